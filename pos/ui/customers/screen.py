"""The customers: found by name, phone, e-mail or card while typing, with what the shop knows of one beside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos.domain.customer import Customer
from pos.domain.staff import Permission
from pos.services.customer_export import export_customer
from pos.services.house_accounts import HouseAccountView
from pos.ui.customers.account import AccountCard
from pos.ui.customers.profile import CHOICES_MAX, ProfileCard, row_detail
from pos.ui.fittings import Fittings
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.two_columns import TwoColumns

_FOUND_MAX = 100


class CustomersScreen(TwoColumns):
    """List and customer. A scanned card shows its customer; everything else scanned goes to the sale."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("customers", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._at_hand = fittings.customer
        self.customer: Customer | None = None
        self._asked = ""
        self._search_key = self.add_key("search", "F2", self._search_anew)
        self._new = self.add_key("new", "F3", self._make_new)
        self._attach = self.add_key("attach", "F6", self.attach)
        self._export = self.add_key("export", "F7", self._pick)
        self._erase = self.add_key("erase", "F8", self.erase)
        self._pay = self.add_key("pay_off", "F9", lambda: self.account.confirm())
        self._how_much = self.add_key("pay_amount", "Alt+A", lambda: self.account.field.setFocus(), in_key_bar=False)
        self._receipts = [
            self.add_key(f"receipt{number}", f"Alt+{number}", partial(self._open, number), in_key_bar=False)
            for number in range(1, CHOICES_MAX + 1)
        ]
        self.add_step_keys()
        self._change = self.add_key("change", [], lambda: self.place_wanted.emit("customer_edit"), primary=True)
        self._back = self.add_key("back", "Esc", self._clear_or_leave)
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="person_search")
        self.field.edited.connect(lambda _: self._load())
        self.field.submitted.connect(self._find)
        self.empty = EmptyState("group")
        self.add_list(RowList(), self.empty, self._show_chosen, name=("list", "customers"))

    def _fill_right(self) -> None:
        self.profile = ProfileCard()
        self.profile.receipt_wanted.connect(self.receipt_wanted)
        self.right.addWidget(self.profile, 1)
        self.nothing = Card("plain")
        self.right.addWidget(self.nothing, 1)
        self.account = AccountCard()
        self.account.pay.connect(self.pay_off)
        self.right.addWidget(self.account)
        self.new_button = self.button("person_add", self._new, "customer", "new")
        self.attach_button = self.button("shopping_cart", self._attach, "customer", "attach")
        self.right.addWidget(ButtonShelf([self.new_button, self.attach_button], gap=8))
        self.export_button = self.button("download", self._export, "customer", "export")
        self.erase_button = self.button("person_off", self._erase, "customer", "erase")
        self.right.addWidget(ButtonShelf([self.export_button, self.erase_button], gap=8))
        self.change_button = self.add_primary("edit", self._change, "customer", "change")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Customers")

    @property
    def context(self) -> str:
        return "" if self.customer is None else self.customer.name

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._search_key.setText(say("Search"))
        self.up_key.setText(say("Customer above"))
        self.down_key.setText(say("Customer below"))
        self._new.setText(say("New customer"))
        self._attach.setText(say("To the sale"))
        self._export.setText(say("Export data"))
        self._erase.setText(say("Erase"))
        self._pay.setText(say("Pay account off"))
        self._how_much.setText(say("Pay part of the account"))
        self._change.setText(say("Edit customer"))
        for number, action in enumerate(self._receipts, start=1):
            action.setText(say("Receipt {number}", number=number))
        self._back.setText(say("Back"))
        self.field.set_words(say("Scan a card, or type a name, a phone or an e-mail"), key="F2")
        self.list.setAccessibleName(say("Customers"))
        self._load()

    def enter(self) -> None:
        """The list as it was left, with the customer that was spoken of elsewhere."""
        self.banner.hide()
        self._asked = ""
        self._load()

    def take_scan(self, code: str) -> bool:
        """A customer's card shows the customer."""
        found = self._workstation.customers.of_card(code)
        if found is None:
            return False
        self.show_customer(found.id)
        return True

    def show_customer(self, customer_id: str) -> None:
        """Show who was found elsewhere, in the whole list."""
        self.banner.hide()
        self.field.set_text("")
        self._at_hand.id = customer_id
        self._load()

    # The list.

    def _load(self) -> None:
        """The list anew; who was chosen stays chosen."""
        self._asked = ""
        found = self.attempt(lambda: self._workstation.customers.search(self.field.text, _FOUND_MAX)) or ()
        kept = self._at_hand.id
        self.list.found.show([self._row(customer) for customer in found])
        self.list.choose(kept)
        self.show_list()
        typed = self.field.text
        say = self.words.say
        if typed:
            self.empty.set_words(
                say("No match for “{text}”", text=typed), say("Try a phone number, or add a customer with F3.")
            )
        else:
            self.empty.set_words(say("No customers yet"), say("Add the first one with F3."))
        self._show_chosen(kept if kept and not typed else self.list.chosen)

    def _row(self, customer: Customer) -> ListRow:
        points = self.words.count("{n} point", "{n} points", customer.points) if customer.points else ""
        icon = "badge" if customer.staff else "person"
        return ListRow(customer.id, icon, customer.name, row_detail(customer, self.words), points)

    def _show_chosen(self, customer_id: str) -> None:
        self._at_hand.id = customer_id
        profile = self.attempt(lambda: self._workstation.customers.profile(customer_id)) if customer_id else None
        self.customer = None if profile is None else profile.customer
        self.profile.setVisible(profile is not None)
        self.nothing.setVisible(profile is None)
        if profile is not None:
            self.profile.show_profile(profile, self.words)
        self.account.show_account(self._account(), self.words)
        self._pay.setVisible(self.account.owes)
        for action in (self._pay, self._how_much):
            action.setEnabled(self.account.owes)
        there = self.customer is not None and not self.customer.erased
        operator = self._workstation.desk.operator
        manages = operator is not None and operator.may(Permission.MANAGE_CUSTOMERS)
        for action in (self._attach, self._change):
            action.setEnabled(there)
        for action in (self._export, self._erase):
            action.setVisible(manages)
            action.setEnabled(there and manages)
        for button in (self.export_button, self.erase_button):
            button.setVisible(manages)
        self.frame_changed.emit()

    def _search_anew(self) -> None:
        self.banner.hide()
        self.field.clear()
        self._load()
        self.focus_entry()

    def _find(self, typed: str) -> None:
        """Enter: the one who is chosen goes to the sale; a card that was typed shows its customer."""
        if not self.take_scan(typed) and self.customer is not None:
            self.attach()

    def _clear_or_leave(self) -> None:
        if not self.banner.isHidden():
            self.banner.hide()
            self._asked = ""
        elif self.field.text:
            self._search_anew()
        else:
            self.back_wanted.emit()

    # What is done.

    def _open(self, number: int) -> None:
        if self.customer is not None:
            self.profile.press(number)

    def _make_new(self) -> None:
        """Somebody new, by the name or the phone that was typed and found nobody."""
        self._at_hand.id, self._at_hand.typed = "", self.field.text if not self.list.found.rows else ""
        self.place_wanted.emit("customer_edit")

    def attach(self) -> None:
        """Make the chosen one the customer of the open sale, and go there."""
        customer = self.customer
        if customer is None:
            return
        if self.attempt(lambda: self._workstation.sale.set_customer(customer.id)) is not None:
            self.place_wanted.emit("sell")

    def _account(self) -> HouseAccountView | None:
        """What the chosen one owes, where they have an account or still owe something on one."""
        customer = self.customer
        view = None if customer is None else self.attempt(lambda: self._workstation.house_accounts.view(customer.id))
        return view if view is not None and (view.limit.minor or view.owed.minor) else None

    def pay_off(self, amount: int | None) -> None:
        """A line of the sale pays minor units off the account, None all that is owed; then to the sale."""
        customer = self.customer
        if customer is None or self.attempt(lambda: self._workstation.sale.set_customer(customer.id)) is None:
            return
        if self.attempt(lambda: self._workstation.house_accounts.pay_off(amount)) is not None:
            self.place_wanted.emit("sell")

    def _pick(self) -> None:
        if self.customer is None:
            return
        name = f"{self.customer.id}.json"
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Export data"), name, "JSON (*.json)")
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Everything the shop keeps about the chosen one, as a file to hand over."""
        customer = self.customer
        if customer is None:
            return
        done = self.attempt(lambda: export_customer(self._workstation.desk, customer.id, path))
        if done is not None:
            self.tell_done(self.words.say("The data is in {file}. Hand it to the customer only.", file=str(path)))

    def erase(self) -> None:
        """Forget the chosen one: asked once, done when it is pressed again."""
        customer, say = self.customer, self.words.say
        if customer is None:
            return
        if self._asked != customer.id:
            self._asked = customer.id
            self.banner.show_message(
                say("Erase {name}? It cannot be undone. Press F8 again to erase, Esc to keep.", name=customer.name),
                say("Name, phone, e-mail, card and note go for good. The books keep the number and the points."),
                "warn",
            )
            return
        self._asked = ""
        done = self.attempt(lambda: self._workstation.customers.erase(customer.id))
        if done is not None:
            self._at_hand.id = ""
            self._load()
            self.tell_done(say("Customer {number} is erased.", number=done.id))
