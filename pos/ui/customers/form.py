"""A customer's form: somebody new, or what is to be changed; nothing is written before it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from pos.domain.customer import Customer, card_of
from pos.domain.money import AmountUnreadable, Money, minor_text
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.ui.customers.profile import LANGUAGE_NAMES
from pos.ui.fittings import Fittings
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.edit_form import EditForm
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import LANGUAGES

# Name, the row and the column it stands in, how many columns it takes.
_PLACES = (
    *(("name", 0, 0, 2), ("phone", 1, 0, 1), ("email", 1, 1, 1), ("card", 2, 0, 1), ("language", 2, 1, 1)),
    *(("note", 3, 0, 2), ("group", 4, 0, 1), ("tier", 4, 1, 1), ("tax_exempt", 5, 0, 1), ("staff", 5, 1, 1)),
    ("account_limit", 6, 0, 1),
)
_WEIGHTY = ("group", "tier", "tax_exempt", "staff", "account_limit")
_REFUSED_AT = {
    Code.CUSTOMER_NAME: "name",
    Code.CUSTOMER_PHONE: "phone",
    Code.CUSTOMER_EMAIL: "email",
    Code.CARD_UNFIT: "card",
    Code.CARD_TAKEN: "card",
    Code.CUSTOMER_TEXT: "note",
    Code.PERSON_UNKNOWN: "staff",
    Code.AMOUNT_INVALID: "account_limit",
    Code.SETTING_RANGE: "account_limit",
}


class CustomerForm(EditForm):
    """What is typed stays until it is saved or dropped. A scan is the customer's card."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("customer_edit", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._customers = fittings.workstation.customers
        self._at_hand = fittings.customer
        self.customer = Customer("", "")
        self.add_save_key()
        self._new_card = self.add_key("new_card", "F3", self.give_card)
        self.add_drop_key()
        self.add_back_key()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.fields["name"])
        self.retranslate()

    def _fill_left(self) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.fields: dict[str, FormField] = {}
        for name, row, column, span in _PLACES:
            editor: QWidget = ChoiceBox() if name == "language" else QLineEdit()
            field = FormField(f"customer_edit.field.{name}", editor)
            field.changed.connect(self._changed)
            self.fields[name] = field
            grid.addWidget(field, row, column, 1, span)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(editor.focusNextChild)
        self.bad_check = ActionButton("", "check", align="left", height=48, px=15)
        self.name_child(self.bad_check, "switch", "open_bad_check")
        self.bad_check.set_checked_kind("selected")
        self.bad_check.toggled.connect(lambda _: self._say_switch())
        self.bad_check.clicked.connect(lambda: self._changed())
        grid.addWidget(self.bad_check, 6, 0)
        grid.setRowStretch(7, 1)
        card = Card("plain", padding=16)
        card.column.addWidget(scrolled(inside))
        self.left.addWidget(card, 1)

    def _fill_right(self) -> None:
        card = Card("info", padding=16)
        self._why = Label("", 15, 450, tone="text2", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.column.addWidget(self._why, 1)
        self.right.addWidget(card)
        self.right.addStretch(1)
        self.card_button = self.button("id_card", self._new_card, "customer", "new_card")
        self.right.addWidget(self.card_button)
        self.save_button = self.add_primary("check", self.save_key, "customer", "save")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("New customer") if self.new else self.words.say("Change a customer")

    @property
    def context(self) -> str:
        return self.customer.name

    @property
    def new(self) -> bool:
        return not self.customer.id

    @property
    def texts(self) -> dict[str, str]:
        """What stands everywhere, to see whether something was changed."""
        return {name: field.text for name, field in self.fields.items()} | {"bad": str(self.bad_check.isChecked())}

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._new_card.setText(say("Give a card"))
        for name, title, hint in (
            ("name", say("Name"), ""),
            ("phone", say("Phone"), ""),
            ("email", say("E-mail"), ""),
            ("card", say("Card"), say("Scan it, or give one of the shop’s own with F3")),
            ("language", say("Language of receipts"), ""),
            ("note", say("Note"), say("What whoever serves them should know; the customer may ask to read it")),
            ("group", say("Group"), say("A word of the shop; promotions may ask for it")),
            ("tier", say("Tier"), say("A word of the shop, as gold")),
            ("tax_exempt", say("Tax exemption"), say("Number of the certificate; empty for none")),
            ("account_limit", say("Account limit"), say("How much they may owe the shop; empty for no account")),
            ("staff", say("Works here"), say("Staff number; their purchases follow the staff’s own rule")),
        ):
            self.fields[name].set_words(title, hint)
        self._why.setText(
            say("Write only what the shop needs. A customer may ask to see all of it, and to be forgotten.")
        )
        languages = [("", say("As the shop")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
        box = self.fields["language"].editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(languages)
        self._say_switch()

    def _say_switch(self) -> None:
        name, on = self.words.say("A check of theirs is unpaid"), self.bad_check.isChecked()
        self.bad_check.set_icon("check_circle" if on else "radio_button_unchecked")
        self.bad_check.set_text(name)
        self.bad_check.describe(f"{name}, {self.words.say('yes') if on else self.words.say('no')}")

    def enter(self) -> None:
        """The customer at hand; what was typed for them and not saved is still there."""
        self.banner.hide()
        if not (self.unsaved and self._at_hand.id == self.customer.id):
            self._load()
        self.card_button.setEnabled(True)

    def take_scan(self, code: str) -> bool:
        """A scan is the card."""
        self.fields["card"].set_text(card_of(code))
        self._changed()
        return True

    # What stands here.

    def _load(self) -> None:
        found = self._customers.get(self._at_hand.id) if self._at_hand.id else None
        self.customer = found or Customer("", "")
        for name, field in self.fields.items():
            field.set_text(self._text_of(name))
            field.refuse("")
        self.bad_check.setChecked(self.customer.open_bad_check)
        operator = self._workstation.desk.operator
        manages = operator is not None and operator.may(Permission.MANAGE_CUSTOMERS)
        for name in _WEIGHTY:
            self.fields[name].editor.setEnabled(manages)
        self.bad_check.setEnabled(manages)
        self._suggest()
        self._begin()
        if self.new and self._at_hand.typed:
            typed, self._at_hand.typed = self._at_hand.typed, ""
            self.fields["phone" if typed.strip("+ ").replace(" ", "").isdigit() else "name"].set_text(typed)
        self._changed()

    def _text_of(self, name: str) -> str:
        """What is known, as it is typed; an account without a limit is none."""
        if name != "account_limit":
            return str(getattr(self.customer, name))
        limit = self.customer.account_limit
        return minor_text(limit, self._workstation.desk.rules.currency) if limit else ""

    def _suggest(self) -> None:
        """Groups and tiers there are already, while one is typed."""
        for name, known in zip(("group", "tier"), self._customers.words_used(), strict=True):
            editor = self.fields[name].editor
            assert isinstance(editor, QLineEdit)
            completer = QCompleter(known, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            editor.setCompleter(completer)

    def give_card(self) -> None:
        """A card of the shop's own, to be printed for the customer."""
        self.fields["card"].set_text(self._customers.new_card())
        self._changed()

    # What is written.

    def save(self) -> None:
        """Take the customer in, or put what stands here in place of what was known; back to the list with them."""
        self.banner.hide()
        typed: dict[str, Any] = {name: field.text for name, field in self.fields.items()}
        try:
            currency = self._workstation.desk.rules.currency
            typed["account_limit"] = Money.read(typed["account_limit"].replace(",", ".") or "0", currency).minor
        except AmountUnreadable:
            self.refuse(Refused(Code.AMOUNT_INVALID, {"amount": typed["account_limit"]}))
            return
        wanted = replace(self.customer, **typed, open_bad_check=self.bad_check.isChecked())
        write = self._customers.add if self.new else self._customers.change
        done = self.attempt(lambda: write(wanted))
        if done is None:
            return
        self._at_hand.id = done.id
        self._leave_saved()

    def refuse(self, refused: Refused) -> None:
        """Say it at the field it speaks of, where there is one."""
        name = _REFUSED_AT.get(refused.code, "")
        if not name:
            super().refuse(refused)
            return
        if refused.code is Code.CUSTOMER_TEXT:
            name = max(("note", "group", "tier", "tax_exempt"), key=lambda each: len(self.fields[each].text))
        self._refuse_at(self.fields, name, refused)
