"""Steps about a card that took no money back: it is asked again, or the money goes out another way."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.script.claim_steps import SettleClaim
from pos.script.fields import Part
from pos.script.return_steps import GoodsBack


@dataclass(frozen=True, slots=True)
class FailedRefundStep:
    """`receipt` is a return's step or number, `tender` which of its tenders, from 1; `to` the way, empty: the card
    once more.
    """

    receipt: str
    tender: str
    to: str = ""


Back = GoodsBack | FailedRefundStep | SettleClaim


def read_refund_instead(body: Part, common: tuple[str, ...]) -> FailedRefundStep:
    """Raises ScriptError."""
    body.keys(("return", "tender", "to", *common))
    return FailedRefundStep(body.needed("return"), body.text("tender") or "1", body.needed("to"))


def read_refund_again(body: Part, common: tuple[str, ...]) -> FailedRefundStep:
    """Raises ScriptError."""
    body.keys(("return", "tender", *common))
    return FailedRefundStep(body.needed("return"), body.text("tender") or "1")
