"""Who bought, for a full tax document: name, address and VAT number, in the place of what showed beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.refusal import Code, Refused
from pos.domain.tax_document import Buyer
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Icon
from pos.ui.shared.form import FormField
from pos.ui.shared.text import Label
from pos.wording import Wording

_COUNTRY = 2


class BuyerForm(QWidget):
    """Enter goes from field to field and gives it at the last, or from any field once all that is needed stands there.

    Signals: given(object, bool) the Buyer as typed, and whether it is to be a file; left().
    """

    given = Signal(object, bool)
    left = Signal()

    def __init__(self, screen: str, *, files: bool) -> None:
        """`files`: whether a PDF can be asked for here."""
        super().__init__()
        self.hide()
        self._home = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName(f"{screen}.buyer.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("receipt_long", 24, colour="primary_text"))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        column.addLayout(head)
        self.name = FormField(f"{screen}.buyer.name", QLineEdit())
        self.street = FormField(f"{screen}.buyer.street", QLineEdit())
        self.town = FormField(f"{screen}.buyer.town", QLineEdit())
        self.number = FormField(f"{screen}.buyer.number", QLineEdit())
        self.fields = (self.name, self.street, self.town, self.number)
        for field in self.fields:
            column.addWidget(field)
            if isinstance(field.editor, QLineEdit):
                # Where Enter is no key of the screen's own.
                field.editor.returnPressed.connect(self.confirm)
        column.addStretch(1)
        self.file_button = ActionButton("", "download", height=48, px=16)
        self.file_button.setObjectName(f"{screen}.buyer.file")
        self.file_button.clicked.connect(lambda: self._give(as_file=True))
        # Hidden only: shown before it has a place it would be a window of its own.
        if not files:
            self.file_button.hide()
        self.give_button = ActionButton("", "check", kind="primary", height=64, key="Enter")
        self.give_button.setObjectName(f"{screen}.buyer.give")
        self.give_button.clicked.connect(lambda: self._give())
        for button in (self.file_button, self.give_button):
            column.addWidget(button)

    def retranslate(self, words: Wording, give: str) -> None:
        """`give` is what Enter does with it here."""
        say = words.say
        self._title.setText(say("Tax document: who is buying?"))
        self.setAccessibleName(self._title.text())
        self.close_button.set_name(say("Leave"), "Esc")
        self.name.set_words(say("Name of the business"))
        self.street.set_words(say("Street and number"))
        self.town.set_words(say("Postcode and town"))
        self.number.set_words(say("VAT number"), say("Empty where the buyer has none."))
        self.file_button.set_text(say("Save as PDF"))
        self.give_button.set_text(give)

    def begin(self, buyer: Buyer | None, country: str) -> None:
        """Open it with who was known already; `country` is where a number without letters before it comes from."""
        self._home = country[:_COUNTRY]
        known = buyer or Buyer("")
        street, *town = known.address.splitlines() or [""]
        for field, text in zip(self.fields, (known.name, street, ", ".join(town), known.vat_number), strict=True):
            field.refuse("")
            field.set_text(text)
        self.show()
        self.focus_first()

    def focus_first(self) -> None:
        """Where typing goes: the first field that is empty, or else the name."""
        first = next((field for field in self.fields if not field.text), self.name)
        first.editor.setFocus()

    def confirm(self) -> None:
        """Enter: to the next empty field that has to be filled, or else it is given."""
        empty = next((field for field in (self.name, self.street) if not field.text), None)
        focused = next((field for field in self.fields if field.editor.hasFocus()), None)
        if empty is not None and focused is not None and focused is not empty:
            empty.editor.setFocus()
        elif focused is not None and focused is not self.number and not self.number.text:
            self.fields[self.fields.index(focused) + 1].editor.setFocus()
        else:
            self._give()

    def refuse(self, refused: Refused, sentence: str) -> None:
        """Why it was not taken, at the field that is meant."""
        at = self.number if refused.code is Code.VAT_NUMBER_INVALID else self.name
        if refused.code is Code.BUYER_INCOMPLETE and self.name.text:
            at = self.street
        at.refuse(sentence)

    def _give(self, *, as_file: bool = False) -> None:
        address = "\n".join(filter(None, (self.street.text, self.town.text)))
        number = self.number.text
        country = self._home if number and not number[:_COUNTRY].isalpha() else ""
        self.given.emit(Buyer(self.name.text, address, country, number), as_file)
