"""Everything the shop knows of a customer, as lines to read: who, what may be done, what was bought, the points."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.customer import Customer
from pos.domain.money import Money
from pos.domain.points import PointsKind
from pos.services.customers import PointsView, ProfileView
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording

# As many choices have a key.
CHOICES_MAX = 9
LANGUAGE_NAMES = {"en": "English", "cs": "Čeština", "sv": "Svenska"}


class ProfileCard(Card):
    """The chosen customer; nothing in it can be changed. A purchase leads to its receipt.

    Signals: receipt_wanted(str) the number of a receipt.
    """

    receipt_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Icon("person", 26, tile="info"))
        self.name = Label("", 20, 680, wrap=True)
        head.addWidget(self.name, 1)
        self.column.addLayout(head)
        pills = QHBoxLayout()
        pills.setSpacing(8)
        self.points = Pill("", "ok", "loyalty")
        self.standing = Pill("", "info", "star")
        self.care = Pill("", "warn", "warning")
        for pill in (self.points, self.standing, self.care):
            pills.addWidget(pill)
        pills.addStretch(1)
        self.column.addLayout(pills)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(6)
        self._lines.setHorizontalSpacing(12)
        self._lines.setColumnStretch(1, 1)
        column.addLayout(self._lines)
        column.addStretch(1)
        self.column.addWidget(scrolled(inside), 1)
        self.lines: list[tuple[str, str]] = []
        self.receipts: list[ActionButton] = []

    def show_profile(self, profile: ProfileView, words: Wording) -> None:
        customer, say = profile.customer, words.say
        self.name.setText(customer.name or say("Erased"))
        self.points.set_state(
            words.count("{n} point", "{n} points", customer.points), "ok" if customer.points else "neutral", "loyalty"
        )
        self.standing.set_state(" · ".join(filter(None, (customer.tier, customer.group))), "info", "star")
        self.standing.setVisible(bool(customer.tier or customer.group))
        self.care.set_state(say("Unpaid check"), "warn", "warning")
        self.care.setVisible(customer.open_bad_check)
        facts, purchases = _facts(profile, words), _purchases(profile, words)
        self.lines = [*facts, *purchases, *_points(profile, words)]
        # The first of the purchases is their heading.
        self.receipts = [
            self._receipt(number, sale.receipt, f"{day} · {value}")
            for number, (sale, (day, value)) in enumerate(zip(profile.purchases, purchases[1:], strict=True), start=1)
        ]
        self._lay(dict(enumerate(self.receipts, start=len(facts) + 1)))

    def _receipt(self, number: int, receipt: str, said: str) -> ActionButton:
        key = f"Alt {number}" if number <= CHOICES_MAX else ""
        first, *more = said.split(f" · {receipt}")
        detail = receipt + "".join(more)
        made = ActionButton(first, detail=detail, kind="outlined", height=56, px=15, align="left", key=key)
        made.describe(said, key)
        made.setObjectName(f"customers.profile.receipt{number}")
        made.clicked.connect(lambda: self.receipt_wanted.emit(receipt))
        return made

    def press(self, number: int) -> None:
        """Want the receipt of this purchase, counted from 1, where there is one."""
        if number <= len(self.receipts):
            self.receipts[number - 1].click()

    def _lay(self, buttons: Mapping[int, ActionButton]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (name, value) in enumerate(self.lines):
            if at in buttons:
                self._lines.addWidget(buttons[at], at, 0, 1, 2)
                continue
            title = Label(name, 14, 450 if value else 600, tone="text3" if value else "text2", wrap=True)
            title.setMinimumWidth(120)
            if not value:
                title.setContentsMargins(0, 12, 0, 0)
                self._lines.addWidget(title, at, 0, 1, 2)
                continue
            title.setMaximumWidth(190)
            self._lines.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(Label(value, 15, 500, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)


def _facts(profile: ProfileView, words: Wording) -> list[tuple[str, str]]:
    say, customer = words.say, profile.customer
    worker = " · ".join(filter(None, (customer.staff, profile.staff_name)))
    all_lines = (
        (say("Number"), customer.id),
        (say("Phone"), customer.phone),
        (say("E-mail"), customer.email),
        (say("Card"), customer.card),
        (say("Group"), customer.group),
        (say("Tier"), customer.tier),
        (say("Tax exemption"), customer.tax_exempt),
        (say("Language of receipts"), LANGUAGE_NAMES.get(customer.language, "")),
        (say("Works here"), worker),
        (say("Note"), customer.note),
    )
    return [(name, value) for name, value in all_lines if value]


def _purchases(profile: ProfileView, words: Wording) -> list[tuple[str, str]]:
    if not profile.purchases:
        return []
    lines = [
        (
            words.short_day(sale.at.date()),
            " · ".join(
                filter(
                    None,
                    (
                        words.money(Money(sale.total, sale.currency)),
                        sale.receipt,
                        words.say("Post-voided {number}", number=sale.voided) if sale.voided else "",
                    ),
                )
            ),
        )
        for sale in profile.purchases
    ]
    return [(words.say("Purchases"), ""), *lines]


def _points(profile: ProfileView, words: Wording) -> list[tuple[str, str]]:
    if not profile.points:
        return []
    lines = [(words.short_day(move.at.date()), _moved(move, words)) for move in profile.points]
    return [(words.say("Points"), ""), *lines]


def _moved(move: PointsView, words: Wording) -> str:
    said = {
        PointsKind.OPENING: words.say("brought along"),
        PointsKind.EARNED: words.say("earned"),
        PointsKind.REDEEMED: words.say("spent"),
        PointsKind.REVERSED: words.say("sale post-voided"),
        PointsKind.RETURNED: words.say("goods came back"),
    }[move.kind]
    sign = "+" if move.points > 0 else "−"
    return " · ".join(filter(None, (f"{sign}{words.number(abs(move.points))}", said, move.receipt)))


def row_detail(customer: Customer, words: Wording) -> str:
    """What tells one customer from another of the same name, on one line."""
    check = words.say("Unpaid check") if customer.open_bad_check else ""
    return " · ".join(filter(None, (customer.phone, customer.email, customer.tier, customer.group, check)))
