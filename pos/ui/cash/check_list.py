"""The checks that lie in the till, to be held against those in the hand; they go to the bank with the close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.check_deposit import HeldCheck, checks_amount
from pos.domain.money import Money
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.figures import Figures
from pos.wording import Wording


class CheckList(QWidget):
    """How many and what they come to; a touch says which."""

    def __init__(self, screen: str) -> None:
        super().__init__()
        self._checks: tuple[HeldCheck, ...] = ()
        self.button = ActionButton("", "edit_document", align="left", height=48, key="Alt K")
        self.button.setObjectName(f"{screen}.checks.toggle")
        self.button.clicked.connect(lambda: self.toggle())
        self.figures = Figures()
        inside = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.addWidget(self.figures)
        column.addWidget(inside)
        self._inside = inside
        inside.hide()
        self.hide()

    @property
    def open(self) -> bool:
        """Whether each check is said."""
        return not self._inside.isHidden()

    def toggle(self) -> None:
        self._inside.setVisible(not self.open)

    def show_checks(self, checks: Sequence[HeldCheck], currency: str, words: Wording) -> None:
        """`checks` lie in the till; where there is none, nothing shows."""
        self._checks = tuple(checks)
        amount = words.amount(Money(checks_amount(checks), currency))
        several = words.count("{n} check", "{n} checks", len(checks))
        self.button.set_text(f"{several} · {amount}")
        self.figures.show_figures([(_named(check), words.amount(Money(check.amount, currency))) for check in checks])
        self.setVisible(bool(checks))


def _named(check: HeldCheck) -> str:
    return " · ".join(filter(None, (check.number, check.shown, check.receipt)))
