"""Steps about a sale that was paid: it is taken back, or a tender of it put right."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.frozen import dataclass
from pos.script.fields import Part


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a paid sale back: `receipt` is a step's name or a number; `reason` None is the first of the shop's list."""

    receipt: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PutRight:
    """A tender was another one: `tender` counts from 1, `to` is a kind or a type of the shop's own."""

    receipt: str
    tender: str
    to: str
    reference: str
    reason: str | None


AfterSale = TakeBack | PutRight


def read_take_back(body: Part, common: tuple[str, ...]) -> TakeBack:
    """Raises ScriptError."""
    body.keys(("receipt", "reason", *common))
    return TakeBack(body.needed("receipt"), body.text("reason"))


def read_put_right(body: Part, common: tuple[str, ...]) -> PutRight:
    """Raises ScriptError."""
    body.keys(("receipt", "tender", "to", "reference", "reason", *common))
    return PutRight(
        body.needed("receipt"),
        body.text("tender") or "1",
        body.needed("to"),
        body.text("reference") or "",
        body.text("reason"),
    )


AFTER_SALE_READERS: dict[str, Callable[[Part, tuple[str, ...]], AfterSale]] = {
    "post_void": read_take_back,
    "correct_tender": read_put_right,
}
