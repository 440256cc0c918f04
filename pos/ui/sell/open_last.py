"""The key that opens the receipt of the last sale, awake while the card that says how it ended shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from pos.domain.staff import Permission
from pos.ui.sell.money_column import MoneyColumn
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation


class OpenLast(QObject):
    """For who may not see receipts the card only says how the sale ended, and the key sleeps."""

    def __init__(self, screen: Screen, money: MoneyColumn, workstation: Workstation) -> None:
        super().__init__(money)
        self._screen, self._money, self._workstation = screen, money, workstation
        self._card = money.totals.last
        self.key = screen.add_key("open_last", "Alt+L", self._open, in_key_bar=False)
        self._card.installEventFilter(self)

    def retranslate(self, words: Wording) -> None:
        """Say what it does, to who is here now."""
        self.key.setText(words.say("Show the receipt"))
        self.key.setToolTip(words.say("The receipt of the last sale, in the journal"))
        self._card.opens_to(words.say("Show") if self._may_open else "")
        self._wake(shown=self._card.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the first line the card goes, and the key with it."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._wake(shown=event.type() == QEvent.Type.Show)
        return False

    @property
    def _may_open(self) -> bool:
        operator = self._workstation.sign_on.operator
        return operator is not None and operator.may(Permission.SEE_RECEIPTS)

    def _wake(self, *, shown: bool) -> None:
        self.key.setEnabled(shown and self._may_open and self._money.last is not None)

    def _open(self) -> None:
        if self._money.last is not None:
            self._screen.receipt_wanted.emit(str(self._money.last.receipt))
