"""A check: its three numbers read from the line at its foot or typed, its date, and which document was seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.check import TypedCheck
from pos.domain.micr import Micr, read_micr
from pos.domain.refusal import Code, Refused
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Icon
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.general import general_of
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import N_, Wording

_DOCUMENTS = (
    ("", N_("No document")),
    ("driving_licence", N_("Driving licence")),
    ("state_id", N_("State identity card")),
    ("passport", N_("Passport")),
    ("military_id", N_("Military identity card")),
    ("other", N_("Another document")),
)


class CheckPanel(QWidget):
    """Enter goes to the next field that has to be filled, and gives the check once none is left.

    Signals: given(object) the TypedCheck; left().
    """

    given = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        self._title = Label("", 17, 680, wrap=True)
        self._how = Label("", 14, 450, tone="text2", wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName("pay.check.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        self.routing = FormField("pay.check.routing", NumberEdit())
        self.account = FormField("pay.check.account", NumberEdit())
        self.number = FormField("pay.check.number", NumberEdit())
        self.day = FormField("pay.check.date", NumberEdit())
        self.document = FormField("pay.check.document", ChoiceBox())
        self.fields = (self.routing, self.account, self.number, self.day, self.document)
        self.third_party = ActionButton("", "radio_button_unchecked", align="left", height=48, px=15)
        self.third_party.setObjectName("pay.check.third_party")
        self.starter = ActionButton("", "radio_button_unchecked", align="left", height=48, px=15)
        self.starter.setObjectName("pay.check.starter")
        self.give_button = ActionButton("", "check", kind="primary", height=76, key="Enter")
        self.give_button.setObjectName("pay.check.give")
        self.give_button.clicked.connect(lambda: self._give())
        self._words = Wording()
        self._said = Label("", 14, 500, tone="bad", wrap=True)
        self._said.hide()
        self._asks_document = False
        for button in self._switches:
            button.set_checked_kind("selected")
            button.toggled.connect(lambda _: self._say_switches())
        for field in self.fields[:-1]:
            assert isinstance(field.editor, QLineEdit)
            # Where Enter is no key of the screen's own.
            field.editor.returnPressed.connect(self.confirm)
            field.changed.connect(lambda field=field: self._perhaps_line(field))
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("edit_document", 24, colour="primary_text"))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addWidget(self._how)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(self.routing, 0, 0)
        grid.addWidget(self.number, 0, 1)
        grid.addWidget(self.account, 1, 0)
        grid.addWidget(self.day, 1, 1)
        grid.addWidget(self.document, 2, 0, 1, 2)
        column.addLayout(grid)
        column.addWidget(self._said)
        for button in self._switches:
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(self.give_button)
        for first, then in zip(self.fields[:-1], self.fields[1:], strict=True):
            QWidget.setTabOrder(first.editor, then.editor)

    @property
    def _switches(self) -> tuple[ActionButton, ActionButton]:
        return self.third_party, self.starter

    @property
    def entry(self) -> QWidget:
        """Where typed characters go: the first number that is missing."""
        return next((field for field in self.fields[:3] if not field.text), self.number).editor

    @property
    def typed(self) -> TypedCheck:
        """What stands there now."""
        return TypedCheck(
            routing=self.routing.text,
            account=self.account.text,
            number=self.number.text,
            written=self.day.text,
            id_seen=self.document.text,
            third_party=self.third_party.isChecked(),
            starter=self.starter.isChecked(),
        )

    def retranslate(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self._title.setText(say("Check: read it, or type its numbers"))
        self.setAccessibleName(self._title.text())
        self._how.setText(say("The customer’s own check, signed here. Of the account only its end is kept."))
        self.close_button.set_name(say("Leave"), "Esc")
        self.routing.set_words(say("Routing number"))
        self.account.set_words(say("Account"))
        self.number.set_words(say("Check number"))
        self.day.set_words(say("Date, if not today"))
        self.document.set_words(say("Identity document seen"))
        assert isinstance(self.document.editor, ChoiceBox)
        self.document.editor.set_choices([(key, say(text)) for key, text in _DOCUMENTS])
        self.give_button.set_text(say("Take the check"))
        self._say_switches()

    def begin(self, *, asks_document: bool, starters: bool, amount: str = "") -> None:
        """Open it empty. `asks_document`: one must be seen for this amount; `starters`: the shop takes such checks;
        `amount` is what the check is for, in words.
        """
        self._asks_document = asks_document
        self.give_button.set_detail(amount)
        for field in self.fields:
            field.set_text("")
        self._say("")
        for button in self._switches:
            button.setChecked(False)
        self.starter.setVisible(starters)
        self.show()
        self.entry.setFocus()

    def take_scan(self, code: str) -> bool:
        """Fill in what the line of a check says; False where this is none."""
        line = read_micr(code.strip())
        if not isinstance(line, Micr):
            return False
        for field, text in ((self.routing, line.routing), (self.account, line.account), (self.number, line.number)):
            field.set_text(text)
        self._say("")
        self._next().editor.setFocus()
        return True

    def confirm(self) -> None:
        """Enter: to the next field that has to be filled, or else the check is given."""
        empty = self._missing()
        if empty is None:
            self._give()
        else:
            empty.editor.setFocus()

    def unfinished(self) -> TypedCheck:
        """What was typed and chosen so far, so that it outlives another language."""
        return self.typed

    def take_up(self, unfinished: TypedCheck) -> None:
        """Go on with what `unfinished` told."""
        typed = (unfinished.routing, unfinished.account, unfinished.number, unfinished.written, unfinished.id_seen)
        for field, text in zip(self.fields, typed, strict=True):
            field.set_text(text)
        self.third_party.setChecked(unfinished.third_party)
        self.starter.setChecked(unfinished.starter)

    @property
    def said(self) -> str:
        """Why the check was not taken; empty where nothing was refused."""
        return "" if self._said.isHidden() else self._said.text()

    def refuse(self, refusals: Sequence[Refused]) -> None:
        """Say why it was not taken, and lead to the first field that is meant; of several each in its turn."""
        if not refusals:
            return
        meant = next((refused for refused in refusals if self._field_of(refused.code) is not None), refusals[0])
        self._say(self._words.refusal(meant), self._field_of(meant.code))

    def _field_of(self, code: Code) -> FormField | None:
        return {
            Code.ROUTING_INVALID: self.routing,
            Code.CHECK_ACCOUNT: self.account,
            Code.CHECK_NUMBER: self.number,
            Code.CHECK_TWICE: self.number,
            Code.CHECK_DATE: self.day,
            Code.CHECK_POST_DATED: self.day,
            Code.CHECK_STALE: self.day,
            Code.CHECK_ID: self.document,
        }.get(code)

    def _missing(self) -> FormField | None:
        needed = (*self.fields[:3], *((self.document,) if self._asks_document else ()))
        return next((field for field in needed if not field.text), None)

    def _next(self) -> FormField:
        return self._missing() or self.document

    def _perhaps_line(self, field: FormField) -> None:
        """A reader that types into whichever field has the focus."""
        if not field.text.isdigit() and self.take_scan(field.text):
            return
        self._say("")

    def _say(self, sentence: str, field: FormField | None = None) -> None:
        """Across the whole panel: under half of it a sentence has no room."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        for each in self.fields:
            each.editor.setAccessibleDescription(sentence if each is field else general_of(each.editor))
        if field is not None:
            field.editor.setFocus()
        if sentence:
            announce(self if field is None else field.editor)

    def _say_switches(self) -> None:
        say = self._words.say
        names = (say("Made out by or to somebody else"), say("No printed name and address"))
        for button, name in zip(self._switches, names, strict=True):
            on = button.isChecked()
            button.set_icon("check_circle" if on else "radio_button_unchecked")
            button.set_text(name)
            button.describe(f"{name}, {say('yes') if on else say('no')}")

    def _give(self) -> None:
        self.given.emit(self.typed)
