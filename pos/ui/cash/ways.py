"""From one window of the till to the others: the same keys everywhere, for who may do what they lead to."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction

from pos.domain.frozen import dataclass
from pos.domain.staff import Permission
from pos.ui.shared.screen import Screen
from pos.wording import N_, Wording
from pos.workstation import Workstation


@dataclass(frozen=True, slots=True)
class Way:
    """Where a key leads, and what somebody has to be allowed for it."""

    name: str
    key: str
    place: str
    permission: Permission
    said: str


WAYS = (
    Way("loan", "F3", "cash_loan", Permission.LOAN, N_("Loan to the till")),
    Way("pickup", "F4", "cash_pickup", Permission.PICKUP, N_("Pickup")),
    Way("paid_out", "F5", "cash_paid_out", Permission.PAID_OUT, N_("Paid out")),
    Way("paid_in", "F6", "cash_paid_in", Permission.PAID_IN, N_("Paid in")),
    Way("reports", "F9", "cash_reports", Permission.Z_REPORT, N_("Reports")),
)


class Ways:
    """The keys of one screen that lead to the other windows of the till."""

    def __init__(self, screen: Screen, workstation: Workstation, wanted: tuple[str, ...]) -> None:
        self._workstation = workstation
        self.keys: dict[str, QAction] = {}
        self._ways = tuple(way for way in WAYS if way.name in wanted)
        for way in self._ways:
            self.keys[way.name] = screen.add_key(way.name, way.key, partial(screen.place_wanted.emit, way.place))

    def retranslate(self, words: Wording) -> None:
        for way in self._ways:
            self.keys[way.name].setText(words.say(way.said))

    def follow(self) -> None:
        """Show what whoever is signed on may do."""
        operator = self._workstation.sign_on.operator
        for way in self._ways:
            self.keys[way.name].setVisible(operator is not None and operator.may(way.permission))
