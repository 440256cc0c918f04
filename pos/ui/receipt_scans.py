"""A receipt scanned on any screen: it leads to the return of what it stands for, or it is said why nothing opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from pos.domain.customer_return import is_return_code
from pos.domain.refusal import Code, Refused
from pos.domain.scanned_code import receipt_code
from pos.domain.staff import Permission
from pos.domain.transaction import is_receipt_code
from pos.ui.places import JOURNAL, MONEY_BACK, RETURNS, SELL
from pos.ui.shared.notices import BannerKind
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation

# These know receipts themselves, or wait for any code whatever.
_OWN = frozenset({RETURNS, MONEY_BACK, JOURNAL, SELL, "settings"})


@runtime_checkable
class ShowsOwed(Protocol):
    """A screen that lists money of returns that is not on its card."""

    def show_owed(self) -> None:
        """List it."""


class ReceiptScans:
    """`shown` is the screen of the moment, `open_place` leads to another, `tell` says a sentence there."""

    def __init__(
        self,
        workstation: Workstation,
        shown: Callable[[], Screen],
        open_place: Callable[[str], None],
        tell: Callable[[str, str, BannerKind], None],
    ) -> None:
        self._workstation, self._shown, self._open_place, self._tell = workstation, shown, open_place, tell

    def take(self, shown: Screen, code: str, words: Wording) -> bool:
        """Whether the code needs nobody else any more: `shown` took it, or it is a receipt's."""
        receipt = receipt_code(code)
        if (not receipt or shown.name in _OWN) and shown.take_scan(code):
            return True
        if not receipt or shown.name == SELL:
            return False
        self.open(receipt, words)
        return True

    def open(self, code: str, words: Wording) -> None:
        """The return of this receipt, for whoever may take goods back; the others see a sale's in the journal."""
        why, operator = _why_not_now(self._shown(), words), self._workstation.sign_on.operator
        if why:
            self._tell(why, "", "warn")
        elif operator is not None and operator.may(Permission.RETURN):
            self._lead(RETURNS, code)
        elif operator is not None and operator.may(Permission.SEE_RECEIPTS) and _in_journal(code):
            self._lead(JOURNAL, code)
        else:
            self._tell(words.refusal(Refused(Code.NOT_PERMITTED)), "", "warn")

    def show_owed(self) -> None:
        """The money of returns that is not on its card, each to be settled there."""
        self._open_place(JOURNAL)
        shown = self._shown()
        if isinstance(shown, ShowsOwed):
            shown.show_owed()

    def _lead(self, place: str, code: str) -> None:
        self._open_place(place)
        self._shown().take_scan(code)


def _in_journal(code: str) -> bool:
    return is_receipt_code(code) or is_return_code(code)


def _why_not_now(shown: Screen, words: Wording) -> str:
    """Why this screen is not left for a receipt; empty where it may be."""
    if shown.name == "pay":
        return words.say("Finish the payment or go back, then scan the receipt. Nothing was opened.")
    if shown.name == "card":
        return words.say("A card is at the terminal. Scan the receipt when that is done. Nothing was opened.")
    if shown.name == "open_till":
        return words.refusal(Refused(Code.TILL_CLOSED))
    if shown.unsaved:
        return words.say("What was typed here is not saved. Save or drop it, then scan the receipt.")
    return ""
