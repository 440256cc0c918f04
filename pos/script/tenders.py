"""The tenders of a script as they are written; `take_tenders` takes them."""

from __future__ import annotations

from dataclasses import field

from pos.domain.frozen import dataclass
from pos.domain.tender import TenderKind
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.wording import N_

EXACT = "exact"
_CARD = ("card", "pin", "cash_back", "approval")
# What may stand beside the amount of each kind.
_BESIDE: dict[TenderKind, tuple[str, ...]] = {
    TenderKind.CASH: (),
    TenderKind.CHECK: ("routing", "account", "number", "micr", "date", "id_seen", "third_party", "starter"),
    TenderKind.GIFT_CARD: ("number", "pin"),
    TenderKind.STORE_CREDIT: ("number", "pin"),
    TenderKind.CREDIT: _CARD,
    TenderKind.DEBIT: _CARD,
    TenderKind.HOUSE_ACCOUNT: (),
    TenderKind.OTHER: ("type", "reference"),
}


@dataclass(frozen=True, slots=True)
class TypedTender:
    """A tender as it was typed: its amount or `exact`, and what stands beside it by name."""

    kind: TenderKind
    amount: str
    said: dict[str, str] = field(default_factory=dict)

    def says(self, key: str) -> str:
        """What stands there; empty where nothing does."""
        return self.said.get(key, "")


def read_tenders(body: Part) -> tuple[TypedTender, ...]:
    """The tenders of a step. Raises ScriptError."""
    return tuple(_read(row) for row in body.parts("tenders"))


def _read(row: Part) -> TypedTender:
    beside = {key for keys in _BESIDE.values() for key in keys}
    row.keys((*_BESIDE, *sorted(beside)))
    kinds = [kind for kind in _BESIDE if kind.value in row.fields.values]
    if not kinds:
        raise row.missing(TenderKind.CASH.value)
    if len(kinds) > 1:
        message = N_("A tender is of one kind, not of “{one}” and “{other}”.")
        raise ScriptError(row.line_of(kinds[1]), message, one=kinds[0].value, other=kinds[1].value)
    kind = kinds[0]
    row.keys((kind.value, *_BESIDE[kind]))
    said = {key: row.text(key) or "" for key in _BESIDE[kind] if key in row.fields.values}
    return TypedTender(kind, row.text(kind.value) or "", said)
