"""The page of the people who work here: a list, and one form for somebody new or somebody there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.domain.staff import Operator, Role
from pos.domain.trouble import KnownError
from pos.services.people import PersonView
from pos.ui.fittings import Fittings
from pos.ui.settings.badge import BadgeCard
from pos.ui.settings.choice_grid import ChoiceGrid
from pos.ui.settings.roles import RolesPage
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.ui.theme import font
from pos.wording import Wording

PEOPLE = "people"
_STAFF, _ROLES, _BADGE = "staff", "roles", "badge"
_LANGUAGES = (("en", "English"), ("cs", "Čeština"), ("sv", "Svenska"))


class PeoplePage(QWidget):
    """Choosing a person fills the form; without one it is for somebody new. Each step saved is journalled.

    Their roles and a badge just made have a page of their own here.
    """

    def __init__(self, fittings: Fittings, banner: Banner) -> None:
        super().__init__()
        self._words = fittings.words
        self._workstation = fittings.workstation
        self._banner = banner
        self._people: dict[str, PersonView] = {}
        self._chosen = ""
        self.buttons: dict[str, ActionButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.parts = SegmentedControl(height=48)
        self.parts.chosen.connect(self.turn_to)
        self._staff = QWidget()
        self.role_page = RolesPage(fittings.words, fittings.workstation, banner)
        self.badge = BadgeCard(fittings, banner)
        self.badge.done.connect(lambda: self.turn_to(_STAFF))
        for part, stretch in ((self.parts, 0), (self._staff, 1), (self.role_page, 1), (self.badge, 1)):
            column.addWidget(part, stretch)
        self._build_staff()
        self.turn_to(_STAFF)

    def _build_staff(self) -> None:
        row = QHBoxLayout(self._staff)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumWidth(190)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_ground(scroll.viewport(), "none")
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        scroll.setWidget(inside)
        row.addWidget(scroll, 2)
        row.addWidget(self._build_form(), 3)

    def turn_to(self, part: str) -> None:
        """The people, their roles, or the badge made just now; a badge that was left is not shown again."""
        if part != _BADGE:
            self.badge.forget()
            self.parts.choose(part)
        self.parts.setVisible(part != _BADGE)
        shown = {_STAFF: self._staff, _ROLES: self.role_page, _BADGE: self.badge}
        # What goes makes room first: the window never grows for both at once.
        for name, widget in sorted(shown.items(), key=lambda each: each[0] == part):
            widget.setVisible(name == part)
        if part == _ROLES:
            self.role_page.load()
        elif part == _STAFF and self._people:
            self.load()

    def _build_form(self) -> Card:
        card = Card("plain", padding=14, spacing=6)
        self._title = Label("", 20, 680)
        card.column.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self.number, self.name, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._labels = [Label("", 15, 600) for _ in range(6)]
        badges = self._build_badges()
        self.roles = ChoiceGrid("settings.people.role")
        self.languages = SegmentedControl(_LANGUAGES, height=48)
        editors = (self.number, self.name, self.roles, self.languages, self.pin, badges)
        # Number and PIN share a row: the form fits the smallest screen.
        places = ((0, 0, 1), (2, 0, 2), (4, 0, 2), (6, 0, 2), (0, 1, 1), (8, 0, 2))
        for label, editor, (row, column, wide) in zip(self._labels, editors, places, strict=True):
            grid.addWidget(label, row, column, 1, wide)
            grid.addWidget(editor, row + 1, column, 1, wide)
        for field, control in ((self.number, "number"), (self.name, "name"), (self.pin, "pin")):
            field.setFont(font(16))
            field.setObjectName(f"settings.people.{control}")
            field.returnPressed.connect(self.save)
        inside = QWidget()
        set_ground(inside, "none")
        inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setRowStretch(10, 1)
        card.column.addWidget(scrolled(inside), 1)
        self.unlock_button = ActionButton("", "lock_open", height=48)
        self.unlock_button.setObjectName("settings.people.unlock")
        self.unlock_button.clicked.connect(lambda: self.unlock())
        self.end_button = ActionButton("", "block", height=48)
        self.end_button.setObjectName("settings.people.end")
        self.end_button.clicked.connect(lambda: self.end_or_take_back())
        self.save_button = ActionButton("", "check", kind="primary", height=56)
        self.save_button.setObjectName("settings.people.save")
        self.save_button.clicked.connect(lambda: self.save())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.unlock_button, 1)
        foot.addWidget(self.end_button, 1)
        card.column.addLayout(foot)
        card.column.addWidget(self.save_button)
        return card

    def _build_badges(self) -> QWidget:
        badges = QWidget()
        row = QHBoxLayout(badges)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.badge_button = ActionButton("", "badge", height=48)
        self.badge_button.setObjectName("settings.people.badge")
        self.badge_button.clicked.connect(lambda: self.take_badge_away())
        self.make_button = ActionButton("", "print", height=48)
        self.make_button.setObjectName("settings.people.make_badge")
        self.make_button.clicked.connect(lambda: self.make_badge())
        row.addWidget(self.badge_button, 1)
        row.addWidget(self.make_button, 1)
        return badges

    def set_words(self, words: Wording) -> None:
        self._words = words
        self.parts.set_choices([(_STAFF, words.say("People")), (_ROLES, words.say("Roles"))])
        self.role_page.set_words(words)
        self.badge.set_words(words)
        said = (
            words.say("Staff number"),
            words.say("Name"),
            words.say("Role"),
            words.say("Language of the screens"),
            words.say("New PIN"),
            words.say("Badge"),
        )
        for label, text in zip(self._labels, said, strict=True):
            label.setText(text)
        for field, name in ((self.number, said[0]), (self.name, said[1]), (self.pin, said[4])):
            field.setAccessibleName(name)
        self.pin.setPlaceholderText(words.say("6 to 12 digits"))
        self.load()

    def load(self) -> None:
        """The list anew; who was chosen stays chosen."""
        roles = self._workstation.roles.all()
        known = [] if isinstance(roles, Refused) else [view.role for view in roles]
        self.roles.set_choices([(role.id, self._words.role(role.id, role.name)) for role in known])
        people = self._workstation.people.all()
        self._people = {} if isinstance(people, Refused) else {each.operator.id: each for each in people}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        words = self._words
        new = ActionButton(words.say("Add a person"), "person_add", align="left", height=56)
        new.setObjectName("settings.people.new")
        new.clicked.connect(lambda: self.choose(""))
        self._list.addWidget(new)
        for number, person in self._people.items():
            role = words.role_of(person.operator)
            state = words.say("left") if not person.active else words.say("locked") if person.locked else role
            button = ActionButton(person.operator.name, "person", align="left", height=64, detail=f"{number} · {state}")
            button.set_text(person.operator.name)
            button.set_checked_kind("soft")
            button.setObjectName(f"settings.people.{number}")
            button.clicked.connect(partial(self._clicked, number))
            self.buttons[number] = button
            self._list.addWidget(button)
        self._list.addStretch(1)
        self.choose(self._chosen if self._chosen in self._people else "")

    def choose(self, number: str) -> None:
        """Somebody into the form; "" empties it for somebody new."""
        self._chosen = number
        words = self._words
        person = self._people.get(number)
        for each, button in self.buttons.items():
            button.setChecked(each == number)
        self.number.setText(number)
        self.number.setEnabled(person is None)
        self.name.setText(person.operator.name if person else "")
        self.roles.choose(person.operator.role if person else Role.CASHIER.value)
        self.languages.choose(person.operator.language if person else words.language)
        self.pin.clear()
        self._title.setText(person.operator.name if person else words.say("Add a person"))
        self.save_button.set_text(words.say("Save") if person else words.say("Add"))
        self.end_button.setVisible(person is not None)
        self.unlock_button.setVisible(person is not None and person.locked)
        self.unlock_button.set_text(words.say("Unlock"))
        self._show_badge(person)
        if person is not None:
            self.end_button.set_text(
                words.say("No longer works here") if person.active else words.say("Works here again")
            )

    def _show_badge(self, person: PersonView | None) -> None:
        say = self._words.say
        there = person is not None and person.badge
        self.badge_button.setEnabled(there)
        self.badge_button.set_text(say("Take away") if there else say("Scan it now"))
        self.badge_button.setAccessibleName(f"{say('Badge')}, {self.badge_button.text()}")
        self.make_button.set_text(say("Make a badge"))
        self.make_button.setEnabled(person is not None and person.active)

    def give_badge(self, badge: str) -> None:
        """The badge just scanned is for who is chosen."""
        if self._chosen not in self._people:
            self._banner.show_message(self._words.say("Choose whose badge this is, then scan it again."), "", "warn")
            return
        self._answer(partial(self._workstation.people.give_badge, self._chosen, badge))

    def take_badge_away(self) -> None:
        """Whoever is chosen has no badge any more."""
        if self._chosen in self._people:
            self._answer(partial(self._workstation.people.take_badge, self._chosen))

    def make_badge(self) -> None:
        """A badge of its own for whoever is chosen, shown this once."""
        if self._chosen not in self._people:
            return
        try:
            made = self._workstation.people.make_badge(self._chosen)
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        if isinstance(made, Refused):
            self._tell(made, self._chosen)
            return
        self._banner.hide()
        self.badge.show_badge(made)
        self.turn_to(_BADGE)

    def unlock(self) -> None:
        """Whoever is chosen may try their PIN again."""
        if self._chosen in self._people:
            self._answer(partial(self._workstation.people.unlock, self._chosen))

    def _clicked(self, number: str, _checked: bool = False) -> None:
        self.choose(number)

    def save(self) -> None:
        """Add who is in the form, or change what differs, one step after the other until one is refused."""
        wanted = Operator(
            self.number.text().strip(), self.name.text().strip(), self.roles.choice, self.languages.choice
        )
        pin = self.pin.text()
        people = self._workstation.people
        before = self._people.get(self._chosen)
        try:
            if before is None:
                answers = [people.add(wanted, pin)]
            else:
                old, answers = before.operator, []
                if wanted.name != old.name:
                    answers.append(people.rename(old.id, wanted.name))
                if wanted.role != old.role:
                    answers.append(people.change_role(old.id, wanted.role))
                if wanted.language != old.language:
                    answers.append(people.change_language(old.id, wanted.language))
                if pin:
                    answers.append(people.new_pin(old.id, pin))
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        self._tell(next((answer for answer in answers if isinstance(answer, Refused)), None), wanted.id)

    def end_or_take_back(self) -> None:
        """Whoever is chosen no longer works here, or does so again."""
        person = self._people.get(self._chosen)
        if person is None:
            return
        people = self._workstation.people
        self._answer(partial(people.end if person.active else people.take_back, self._chosen))

    def _answer(self, ask: Callable[[], Operator | Refused]) -> None:
        try:
            answer = ask()
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        self._tell(answer if isinstance(answer, Refused) else None, self._chosen)

    def _tell(self, refused: Refused | None, number: str) -> None:
        if refused is not None:
            self._banner.show_message(self._words.refusal(refused), "", "warn")
            return
        self._chosen = number
        self.load()
        self._banner.show_message(self._words.say("Saved."), "", "ok")
