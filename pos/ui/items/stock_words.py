"""Words for what moves goods, and why."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.money import Quantity, Unit
from pos.domain.stock import MoveKind, StockReason
from pos.services.desk import Desk
from pos.services.stock import MovementView
from pos.speech import N_
from pos.ui.shared.row_list import ListRow
from pos.wording import Wording

KINDS = {
    MoveKind.OPENING: N_("There from the beginning"),
    MoveKind.SALE: N_("Sold"),
    MoveKind.POST_VOID: N_("Sale post-voided"),
    MoveKind.RETURN: N_("Came back"),
    MoveKind.RECEIVING: N_("Received"),
    MoveKind.COUNT: N_("Counted"),
    MoveKind.CORRECTION: N_("Corrected"),
    MoveKind.OPEN_BOX: N_("Open box"),
}
REASONS = {
    StockReason.DAMAGED: N_("Damaged"),
    StockReason.EXPIRED: N_("Past its date"),
    StockReason.STOLEN: N_("Stolen"),
    StockReason.OWN_USE: N_("Used by the shop"),
    StockReason.FOUND: N_("Found"),
    StockReason.TO_SUPPLIER: N_("Back to the supplier"),
    StockReason.MISTAKE: N_("A mistake"),
}
_ICONS = {
    MoveKind.OPENING: "inventory_2",
    MoveKind.SALE: "shopping_cart",
    MoveKind.POST_VOID: "undo",
    MoveKind.RETURN: "assignment_return",
    MoveKind.RECEIVING: "local_shipping",
    MoveKind.COUNT: "checklist",
    MoveKind.CORRECTION: "edit",
    MoveKind.OPEN_BOX: "inventory_2",
}


def signed(thousandths: int, unit: Unit, words: Wording) -> str:
    """A quantity that came (with a plus) or went."""
    said = words.quantity(Quantity(thousandths, unit))
    return f"+{said}" if thousandths > 0 else said


def movement_row(move: MovementView, unit: Unit, words: Wording, desk: Desk, people: Mapping[str, str]) -> ListRow:
    """A movement as a row: why, when, who, how much."""
    name = words.say(KINDS[move.kind])
    if move.reason is not None:
        name = words.say("{kind}: {reason}", kind=name, reason=words.say(REASONS[move.reason]))
    at = desk.local(move.at)
    who = people.get(move.operator or "", move.operator or "")
    detail = " · ".join(filter(None, (words.short_day(at.date()), words.time(at), who, move.note)))
    return ListRow("", _ICONS[move.kind], name, detail, signed(move.quantity, unit, words))
