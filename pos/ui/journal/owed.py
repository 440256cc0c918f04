"""Refunds that are not on their cards, listed in the place of the day's receipts, each to be settled from its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pos.domain.refusal import Refused
from pos.services.lookup import ReceiptPage, ReceiptView
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import Wording
from pos.workstation import Workstation


class OwedRefunds:
    """The key that leads to them and back, there only where there are any; `shown` while they are listed."""

    def __init__(
        self, screen: TwoColumns, workstation: Workstation, *, show: Callable[[], None], leave: Callable[[], None]
    ) -> None:
        self.shown = False
        self._workstation = workstation
        self._key = screen.add_key("owed", "Alt+O", lambda: leave() if self.shown else show(), in_key_bar=False)
        self.button = screen.button("credit_card_off", self._key, "owed", "show")

    @property
    def receipts(self) -> tuple[ReceiptView, ...]:
        """The returns they belong to; none for who may not return."""
        owed = self._workstation.lookup.owed()
        return () if isinstance(owed, Refused) else owed

    def page(self, day: date) -> ReceiptPage | None:
        """The list of them while it shows; None while the day's does."""
        return ReceiptPage(day, self.receipts, None) if self.shown else None

    def follow(self, words: Wording) -> None:
        """Count them on the key."""
        several = len(self.receipts)
        counted = words.count("{n} refund not on its card", "{n} refunds not on their cards", several)
        self._key.setText(words.say("Receipts of the day") if self.shown else counted)
        self._key.setVisible(bool(several) or self.shown)
        self.button.setVisible(bool(several) or self.shown)


def nothing_listed(words: Wording, *, owed: bool, typed: bool, is_today: bool) -> tuple[str, str]:
    """What is said in the place of an empty list, and below it."""
    if owed:
        return words.say("All refunds are on their cards"), ""
    if typed:
        return words.say("No receipt matches"), words.say("Enter looks for the number on every day.")
    if is_today:
        return words.say("No sales yet today"), words.say("The first receipt shows here.")
    return words.say("No sales on this day"), ""
