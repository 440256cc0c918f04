"""The row above every window of the till: where one is, and a touch to any of the others."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.staff import Permission
from pos.ui.shared.choices import Tabs
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import N_
from pos.workstation import Workstation

_TABS = (
    ("cash", Permission.COUNT_TILL, N_("Overview")),
    ("cash_count", Permission.COUNT_TILL, N_("Count and close")),
    ("cash_loan", Permission.LOAN, N_("Loan")),
    ("cash_pickup", Permission.PICKUP, N_("Pickup")),
    ("cash_paid_out", Permission.PAID_OUT, N_("Paid out")),
    ("cash_paid_in", Permission.PAID_IN, N_("Paid in")),
    ("cash_reports", Permission.Z_REPORT, N_("Reports")),
)


class CashTabs:
    """Stands above a screen's columns; the chosen one is the screen itself."""

    def __init__(self, screen: TwoColumns, workstation: Workstation) -> None:
        self._screen, self._workstation = screen, workstation
        self.row = Tabs()
        self.row.setObjectName(f"{screen.name}.tabs")
        self.row.chosen.connect(self._lead)
        columns = screen.layout()
        assert columns is not None, "the columns are there first"
        body = QWidget()
        # The columns move into a widget of their own, below the row.
        body.setLayout(columns)
        columns.setContentsMargins(16, 12, 16, 8)
        whole = QVBoxLayout(screen)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(0)
        beside = QVBoxLayout()
        beside.setContentsMargins(16, 0, 16, 0)
        beside.addWidget(self.row)
        whole.addLayout(beside)
        whole.addWidget(body, 1)
        screen.columns = columns

    def follow(self) -> None:
        """The windows whoever is signed on may open, in the words of the screen."""
        operator = self._workstation.sign_on.operator
        seen = [
            (place, self._screen.words.say(said))
            for place, permission, said in _TABS
            if operator is not None and operator.may(permission)
        ]
        self.row.set_choices(seen)
        for place, button in self.row.buttons.items():
            button.setObjectName(f"{self._screen.name}.tabs.{place}")
        self.row.choose(self._screen.name)

    def _lead(self, place: str) -> None:
        if place != self._screen.name:
            self._screen.place_wanted.emit(place)
            self.row.choose(self._screen.name)
