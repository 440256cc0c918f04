"""The step that settles a claim; it is taken in when its protocol is printed."""

from __future__ import annotations

from pos.domain.claim_law import MANNERS
from pos.domain.frozen import dataclass
from pos.script.fields import Part


@dataclass(frozen=True, slots=True)
class SettleClaim:
    """`claim` is the step whose claim it is, or a claim's own number; `line` which of several, from 1; `manner` how it
    ended.
    """

    claim: str
    line: str
    manner: str


def read_settle_claim(body: Part, common: tuple[str, ...]) -> SettleClaim:
    """Raises ScriptError."""
    body.keys(("claim", "line", "manner", *common))
    claim = body.needed("claim")
    if body.text("manner") is None:
        raise body.missing("manner")
    return SettleClaim(claim, body.text("line") or "1", body.choice("manner", MANNERS) or "")
