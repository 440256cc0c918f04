"""The steps of the till, checked before anything is played: what a person counts or types stays text here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos.domain.day_report import ReportKind
from pos.domain.frozen import dataclass
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.script.sale_steps import typed
from pos.wording import N_

MOVES = ("loan", "pickup", "paid_in", "paid_out")


@dataclass(frozen=True, slots=True)
class OpenTill:
    float_text: str


@dataclass(frozen=True, slots=True)
class MoveCash:
    """Cash in or out by hand; `reason` None is the first of the shop's list."""

    kind: str
    amount: str
    reason: str | None
    note: str
    approvals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSale:
    reason: str | None


@dataclass(frozen=True, slots=True)
class CountDrawer:
    """How many of each note and coin, as typed."""

    pieces: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CloseTill:
    """Close on this count, or on the last one where there is none."""

    pieces: Mapping[str, str] | None
    next_float: str | None
    approvals: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """An X of the open till, or the Z of the one closed last; `number` is an earlier one."""

    kind: ReportKind
    number: str | None


TillStep = OpenTill | MoveCash | NoSale | CountDrawer | CloseTill | Report
# Reads a step: its part, the keys every step may have, and the names of the steps above with their kinds.
TillReader = Callable[[Part, tuple[str, ...], Mapping[str, str]], TillStep]


def _move(kind: str) -> TillReader:
    def read(body: Part, common: tuple[str, ...], names: Mapping[str, str]) -> TillStep:
        body.keys(("amount", "reason", "note", "approvals", *common))
        if "amount" not in body.fields.values:
            raise body.missing("amount")
        return MoveCash(
            kind, typed(body, "amount"), body.text("reason"), body.text("note") or "", _approvals(body, names)
        )

    return read


def _open(body: Part, common: tuple[str, ...], _names: Mapping[str, str]) -> TillStep:
    body.keys(("float", *common))
    text = body.text("float")
    return OpenTill("0" if text is None else text)


def _no_sale(body: Part, common: tuple[str, ...], _names: Mapping[str, str]) -> TillStep:
    body.keys(("reason", *common))
    return NoSale(body.text("reason"))


def _count(body: Part, common: tuple[str, ...], _names: Mapping[str, str]) -> TillStep:
    body.keys(("count", *common))
    if body.get("count") is None:
        raise body.missing("count")
    return CountDrawer(_pieces(body))


def _close(body: Part, common: tuple[str, ...], names: Mapping[str, str]) -> TillStep:
    body.keys(("count", "next_float", "note", "approvals", *common))
    pieces = None if body.get("count") is None else _pieces(body)
    return CloseTill(pieces, body.text("next_float"), _approvals(body, names), body.text("note") or "")


def _report(kind: ReportKind) -> TillReader:
    def read(body: Part, common: tuple[str, ...], _names: Mapping[str, str]) -> TillStep:
        body.keys(("number", *common))
        return Report(kind, body.text("number"))

    return read


def _pieces(body: Part) -> dict[str, str]:
    counted = body.part("count")
    return {} if counted is None else {name: typed(counted, name) for name in counted.fields.values}


def _approvals(body: Part, names: Mapping[str, str]) -> tuple[str, ...]:
    given = body.texts("approvals")
    for row in given:
        if names.get(row.text) != "approve":
            raise ScriptError(row.line, N_("No step above is called “{name}”."), name=row.text)
    return tuple(row.text for row in given)


TILL_READERS: dict[str, TillReader] = {
    "open_till": _open,
    **{kind: _move(kind) for kind in MOVES},
    "no_sale": _no_sale,
    "count": _count,
    "close_till": _close,
    "x_report": _report(ReportKind.X),
    "z_report": _report(ReportKind.Z),
}
