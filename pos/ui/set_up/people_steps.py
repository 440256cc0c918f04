"""Who may sign in: the owner with a PIN of their own, and whoever else is named now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.new_shop import NewPerson, NewShop, ShopField
from pos.domain.refusal import Refused
from pos.domain.staff import Role
from pos.services.set_up import OWNER_NUMBER, STAFF_MAX, check_person
from pos.ui.set_up.fields import ChoiceField, LineField, PinEdit
from pos.ui.set_up.shop_step import LANGUAGE_NAMES
from pos.ui.set_up.step import Step
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.notices import Banner
from pos.ui.shared.text import Label
from pos.wording import LANGUAGES, Wording

_ROLES = (Role.CASHIER, Role.MANAGER, Role.TRAINEE)


class _PersonStep(Step):
    """A name, a language and a PIN twice; a keypad beside them types into the PIN that has the focus."""

    def __init__(self, words: Wording, area: str) -> None:
        super().__init__(words)
        self.name = LineField(f"{area}.name")
        self.language = ChoiceField(f"{area}.language")
        self.pin = LineField(f"{area}.pin", hint=True, secret=True)
        self.again = LineField(f"{area}.pin_again", secret=True)
        self.keypad = Keypad(left="clear")
        self.keypad.setFixedWidth(264)
        self.keypad.setMinimumHeight(320)
        self.keypad.setMaximumHeight(366)
        row = QHBoxLayout()
        row.setSpacing(24)
        self.left = QVBoxLayout()
        self.left.setSpacing(10)
        for field in (self.name, self.language, self.pin, self.again):
            field.changed.connect(self.changed)
            self.left.addWidget(field)
        row.addLayout(self.left, 1)
        row.addWidget(self.keypad, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.keypad.digit.connect(lambda digit: self._pin_edit().type_digit(digit))
        self.keypad.backspace.connect(lambda: self._pin_edit().backspace())
        self.keypad.clear.connect(lambda: self._pin_edit().clear())

    def _pin_edit(self) -> PinEdit:
        """The PIN a key of the keypad means: the one with the focus, else the first that is empty."""
        focused = QApplication.focusWidget()
        chosen = self.again if focused is self.again.edit else self.pin
        assert isinstance(chosen.edit, PinEdit)
        return chosen.edit

    def retranslate(self) -> None:
        say = self.words.say
        self.pin.set_words(self.words.field(ShopField.OWNER_PIN), say("6 to 12 digits that nobody guesses."))
        self.again.set_words(self.words.field(ShopField.OWNER_PIN_AGAIN))
        self.language.set_words(say("Language of the screens"))
        self.language.set_choices([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
        self.keypad.set_names(backspace=say("Take back the last digit"), clear=say("Clear what was typed"))


class OwnerStep(_PersonStep):
    """You."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words, "owner")
        self._note = Label("", 14, 450, tone="text2", wrap=True)
        self.left.addWidget(self._note)
        self.left.addStretch(1)

    @property
    def title(self) -> str:
        return self.words.say("You")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        return {
            ShopField.OWNER_NAME: self.name,
            ShopField.OWNER_PIN: self.pin,
            ShopField.OWNER_PIN_AGAIN: self.again,
        }

    def show_shop(self, new: NewShop) -> None:
        self.name.set_text(new.owner.name)
        self.language.choose(new.owner.language)
        self.pin.set_text(new.owner.pin)
        self.again.set_text(new.owner.pin_again)

    def read(self, new: NewShop) -> NewShop:
        owner = NewPerson(self.name.text, self.pin.text, self.again.text, Role.OWNER, self.language.choice)
        return replace(new, owner=owner)

    def retranslate(self) -> None:
        super().retranslate()
        self.name.set_words(self.words.field(ShopField.OWNER_NAME))
        self._note.setText(
            self.words.say(
                "You are the owner, staff number {number}. Nobody can look your PIN up: keep it safe.",
                number=OWNER_NUMBER,
            )
        )


class StaffStep(_PersonStep):
    """Whoever else works here; nobody need be named now."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words, "staff")
        self._staff: tuple[NewPerson, ...] = ()
        self.role = ChoiceField("staff.role")
        self.left.insertWidget(1, self.role)
        self.add_button = ActionButton("", "person_add", kind="soft", height=48)
        self.add_button.setObjectName("set_up.staff.add")
        self.add_button.clicked.connect(self.add)
        self.take_back_button = ActionButton("", "undo", kind="outlined", height=48)
        self.take_back_button.setObjectName("set_up.staff.take_back")
        self.take_back_button.clicked.connect(self.take_back)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.add_button, 1)
        row.addWidget(self.take_back_button)
        self.left.addLayout(row)
        self.said = Banner()
        self.left.addWidget(self.said)
        self._named = Label("", 15, 600, wrap=True)
        self.left.addWidget(self._named)
        self.left.addStretch(1)

    @property
    def title(self) -> str:
        return self.words.say("Your people")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        return {
            ShopField.STAFF_NAME: self.name,
            ShopField.STAFF_PIN: self.pin,
            ShopField.STAFF_PIN_AGAIN: self.again,
        }

    def show_shop(self, new: NewShop) -> None:
        self._staff = new.staff
        self._show_staff()

    def read(self, new: NewShop) -> NewShop:
        """With the one who stands in the fields, who was meant to come along."""
        if any(field.text for field in (self.name, self.pin, self.again)) and len(self._staff) < STAFF_MAX:
            return replace(new, staff=(*self._staff, self._typed()))
        return replace(new, staff=self._staff)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self.name.set_words(self.words.field(ShopField.STAFF_NAME))
        self.role.set_words(say("Role"))
        self.role.set_choices([(role.value, self.words.role(role)) for role in _ROLES])
        self.add_button.set_text(say("Add this person"))
        self.take_back_button.set_text(say("Take the last back"))
        self._show_staff()

    def add(self) -> None:
        """Take the person in the fields on, or say why not."""
        person = self._typed()
        refused = check_person(
            person,
            OWNER_NUMBER + len(self._staff) + 1,
            (ShopField.STAFF_NAME, ShopField.STAFF_PIN, ShopField.STAFF_PIN_AGAIN),
        )
        if isinstance(refused, Refused):
            self.said.show_message(self.words.refusal(refused), "", "bad")
            where = refused.facts["field"]
            assert isinstance(where, ShopField)
            self.fields[where].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._staff = (*self._staff, person)
        self._emptied()

    def take_back(self) -> None:
        self._staff = self._staff[:-1]
        self._emptied()

    def _emptied(self) -> None:
        for field in (self.name, self.pin, self.again):
            field.set_text("")
        self._show_staff()
        self.changed.emit()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> NewPerson:
        return NewPerson(self.name.text, self.pin.text, self.again.text, Role(self.role.choice), self.language.choice)

    def _show_staff(self) -> None:
        self.said.hide()
        named = [
            f"{number}  {person.name} ({self.words.role(person.role)})"
            for number, person in enumerate(self._staff, OWNER_NUMBER + 1)
        ]
        self._named.setText("\n".join(named[-3:]) or self.words.say("Nobody yet. You can go on alone."))
        self.take_back_button.setEnabled(bool(self._staff))
