"""Whose sale this is: the card above the basket, the search behind F6, and the points that are to be spent."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.money import Money
from pos.domain.points import points_spendable
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.ui.sell import buyer_panels as late_buyer_panels
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Teller
from pos.ui.shared import row_list as late_row_list
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import announce
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.domain.customer import Customer

_FOUND_MAX = 20


class Buyer(QObject):
    """`left` is the column the card stands in, `clear` leaves what else is open on the screen."""

    def __init__(
        self,
        screen: Screen,
        left: QVBoxLayout,
        side: Side,
        teller: Teller,
        workstation: Workstation,
        *,
        clear: Callable[[], None],
    ) -> None:
        super().__init__(side)
        self._side, self._teller, self._workstation, self._clear = side, teller, workstation, clear
        self._customers, self._sale = workstation.customers, workstation.sale
        self._customer: Customer | None = None
        # What the card says, and in which language.
        self._shown: tuple[str, Customer | None, str] | None = None
        self.key = screen.add_key("customer", "F6", self.begin)
        self.card = ActionButton("", "person_add", key="F6", kind="outlined", align="left", height=60, px=16)
        self.card.setObjectName("sell.customer.card")
        self.card.clicked.connect(lambda: self.begin())
        # Below the scan field and what is said there, above the lines.
        left.insertWidget(3, self.card)

    # Each panel is built when it is first wanted.

    @cached_property
    def search(self) -> late_buyer_panels.BuyerSearch:
        panel = late_buyer_panels.BuyerSearch()
        panel.field.edited.connect(lambda _: self._look())
        panel.picked.connect(self._choose)
        return panel

    @cached_property
    def points(self) -> late_buyer_panels.PointsPanel:
        panel = late_buyer_panels.PointsPanel()
        panel.entered.connect(self._spend)
        panel.all_button.clicked.connect(lambda: self._spend(str(self._most())))
        panel.off_button.clicked.connect(lambda: self._choose(""))
        return panel

    # The card.

    def show(self) -> None:
        """Who the sale is for, asked anew only where it is somebody else."""
        words, wanted = self._teller.words, self._sale.open.basket.customer
        before = None if self._customer is None else self._customer.id
        if wanted != before:
            self._customer = None if wanted is None else self._known(wanted)
        customer = self._customer
        said = "" if customer is None else self._said(customer)
        before_said, self._shown = self._shown, (words.language, customer, said)
        if self._shown == before_said:
            return
        self.key.setText(words.say("Customer"))
        if customer is None:
            self.card.set_icon("person_add")
            self.card.set_detail("")
            self.card.set_text(words.say("Add the customer"))
        else:
            self.card.set_icon("badge" if customer.staff else "person")
            self.card.set_detail(said)
            self.card.set_text(customer.name or customer.id)
        self.card.set_kind("outlined" if customer is None else "selected")
        self.card.describe(", ".join(filter(None, (self.card.text(), self.card.detail))), "F6")
        if customer is not None and wanted != before:
            announce(self.card)

    def _said(self, customer: Customer) -> str:
        words, spent = self._teller.words, self._sale.view.priced.points
        points = words.count("{n} point", "{n} points", customer.points)
        taken = words.say("{points} of them spent", points=words.number(spent)) if spent else ""
        check = words.say("Unpaid check") if customer.open_bad_check else ""
        return " · ".join(filter(None, (check, customer.tier, customer.group, points, taken, customer.note)))

    def _known(self, customer_id: str) -> Customer | None:
        try:
            return self._customers.get(customer_id)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return None

    # F6.

    def begin(self) -> None:
        """Look for the customer, or what to do with the one there is; once more puts it away."""
        if self._side.panel in (self.search, self.points):
            self._clear()
            return
        self._clear()
        words = self._teller.words
        wanted = self._sale.open.basket.customer
        self._customer = None if wanted is None else self._known(wanted)
        self.show()
        if self._customer is None:
            self.search.begin(words)
            self._look()
            self._side.open_panel(self.search, self.begin)
            return
        rules = self._workstation.desk.rules
        worth = Money(self._customer.points * rules.point_worth, rules.currency)
        self.points.begin(self._customer, words.money(worth) if rules.point_worth else "", self._most(), words)
        self._side.open_panel(self.points, self.begin)

    def _look(self) -> None:
        try:
            found = self._customers.search(self.search.field.text, _FOUND_MAX)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return
        if isinstance(found, Refused):
            self._teller.refuse(found)
            return
        self.search.show_found(
            [
                late_row_list.ListRow(
                    each.id,
                    "badge" if each.staff else "person",
                    each.name,
                    " · ".join(filter(None, (each.phone, each.tier, each.group))),
                )
                for each in found
            ]
        )

    def _choose(self, customer_id: str) -> None:
        """Make somebody the sale's customer, with nothing nobody."""
        if self._teller.ask(lambda: self._sale.set_customer(customer_id or None)) is not None:
            self._clear()

    def _most(self) -> int:
        """As many points as this sale could take of those there are."""
        priced, rules = self._sale.view.priced, self._workstation.desk.rules
        taken = priced.points * rules.point_worth
        bears = sum(line.extended - line.discount for line in priced.lines if not line.line.not_discountable)
        balance = 0 if self._customer is None else self._customer.points
        return points_spendable(balance, bears + taken, rules.point_worth)

    def _spend(self, typed: str) -> None:
        if self._teller.ask(lambda: self._sale.spend_points(int(typed or "0"))) is not None:
            self._clear()
