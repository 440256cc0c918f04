"""Steps about checks that came back: marked as returned, and settled."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.script.fields import Part
from pos.script.sale_steps import typed


@dataclass(frozen=True, slots=True)
class ReturnCheck:
    """A check came back: `receipt` is a step's name or a number, `tender` counts every one that was tried, from 1."""

    receipt: str
    tender: str
    fee: str | None


@dataclass(frozen=True, slots=True)
class SettleCheck:
    """What is owed for it was paid in cash."""

    receipt: str
    tender: str


def read_return_check(body: Part, common: tuple[str, ...]) -> ReturnCheck:
    """Raises ScriptError."""
    body.keys(("receipt", "tender", "fee", *common))
    fee = typed(body, "fee") if "fee" in body.fields.values else None
    return ReturnCheck(body.needed("receipt"), body.text("tender") or "1", fee)


def read_settle_check(body: Part, common: tuple[str, ...]) -> SettleCheck:
    """Raises ScriptError."""
    body.keys(("receipt", "tender", *common))
    return SettleCheck(body.needed("receipt"), body.text("tender") or "1")
