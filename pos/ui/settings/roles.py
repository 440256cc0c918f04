"""The page of the roles: what each may do and how far by itself. Owners change it, managers see it."""

from __future__ import annotations

import re
import unicodedata
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import AmountUnreadable
from pos.domain.refusal import Code, Refused
from pos.domain.rights import BUILT_IN, OWNER_ALONE, Limit, Permission, Role, ShopRole
from pos.domain.trouble import KnownError
from pos.services.roles import RoleView
from pos.ui.settings.choice_grid import ChoiceGrid
from pos.ui.settings.role_words import LIMITS, PERMISSIONS, read_bound, write_bound
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.described import describe_rest
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.ui.theme import font
from pos.wording import Wording
from pos.workstation import Workstation

_BASES = (Role.CASHIER, Role.MANAGER, Role.TRAINEE)


class RolesPage(QWidget):
    """Choosing a role fills the form; without one it is for a new one. Each step saved is journalled."""

    def __init__(self, words: Wording, workstation: Workstation, banner: Banner) -> None:
        super().__init__()
        self._words = words
        self._workstation = workstation
        self._banner = banner
        self._roles: dict[str, RoleView] = {}
        self._chosen = ""
        self.buttons: dict[str, ActionButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        listed = scrolled(inside)
        listed.setMinimumWidth(232)
        row.addWidget(listed, 2)
        row.addWidget(self._build_form(), 3)

    def _build_form(self) -> Card:
        card = Card("plain", padding=14, spacing=6)
        self._title = Label("", 20, 680)
        card.column.addWidget(self._title)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self._labels = [Label("", 15, 600) for _ in range(4)]
        self.name = QLineEdit()
        self.name.setFont(font(16))
        self.name.setMinimumHeight(44)
        self.name.setObjectName("settings.roles.name")
        self.bases = SegmentedControl(height=48)
        self.bases.chosen.connect(lambda _: self._stand_on(Role(self.bases.choice)))
        self.permissions = ChoiceGrid("settings.roles.may", many=True, columns=1)
        for label, part in zip(self._labels, (self.name, self.bases, self.permissions), strict=False):
            column.addWidget(label)
            column.addWidget(part)
        column.addWidget(self._labels[3])
        column.addLayout(self._build_limits())
        column.addStretch(1)
        card.column.addWidget(scrolled(inside), 1)
        self.remove_button = ActionButton("", "delete", height=48)
        self.remove_button.setObjectName("settings.roles.remove")
        self.remove_button.clicked.connect(lambda: self.remove())
        self.save_button = ActionButton("", "check", kind="primary", height=56)
        self.save_button.setObjectName("settings.roles.save")
        self.save_button.clicked.connect(lambda: self.save())
        card.column.addWidget(self.remove_button)
        card.column.addWidget(self.save_button)
        return card

    def _build_limits(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self.limits: dict[Limit, QLineEdit] = {}
        self._limit_labels: dict[Limit, Label] = {}
        for place, limit in enumerate(Limit):
            field, label = QLineEdit(), Label("", 14, 450, tone="text2", wrap=True)
            field.setFont(font(16))
            field.setMinimumHeight(44)
            field.setObjectName(f"settings.roles.{limit.value}")
            down, across = divmod(place, 2)
            grid.addWidget(label, 2 * down, across)
            grid.addWidget(field, 2 * down + 1, across)
            self.limits[limit], self._limit_labels[limit] = field, label
        return grid

    def set_words(self, words: Wording) -> None:
        self._words = words
        say = words.say
        said = (say("Name"), say("Stands on"), say("May"), say("How far alone; empty: no limit"))
        for label, text in zip(self._labels, said, strict=True):
            label.setText(text)
        self.name.setAccessibleName(said[0])
        self.bases.set_choices([(role.value, words.role(role)) for role in _BASES])
        self.permissions.set_choices([(each.value, say(PERMISSIONS[each])) for each in Permission])
        for limit, field in self.limits.items():
            self._limit_labels[limit].setText(say(LIMITS[limit]))
            field.setAccessibleName(say(LIMITS[limit]))
        self.load()

    def load(self) -> None:
        """The list anew; what was chosen stays chosen."""
        roles = self._workstation.roles.all()
        self._roles = {} if isinstance(roles, Refused) else {view.role.id: view for view in roles}
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        words = self._words
        new = ActionButton(words.say("Add a role"), "add", align="left", height=56)
        new.setObjectName("settings.roles.new")
        new.clicked.connect(lambda: self.choose(""))
        self._list.addWidget(new)
        for role_id, view in self._roles.items():
            people = words.count("{n} person", "{n} people", view.people)
            button = ActionButton("", "badge", align="left", height=64, detail=people)
            button.set_text(words.role(role_id, view.role.name))
            button.set_checked_kind("soft")
            button.setObjectName(f"settings.roles.{role_id}")
            button.clicked.connect(partial(self._clicked, role_id))
            self.buttons[role_id] = button
            self._list.addWidget(button)
        self._list.addStretch(1)
        describe_rest(self, words)
        self.choose(self._chosen if self._chosen in self._roles else "")

    def _clicked(self, role_id: str, _checked: bool = False) -> None:
        self.choose(role_id)

    def choose(self, role_id: str) -> None:
        """A role into the form; "" empties it for a new one."""
        self._chosen = role_id
        view = self._roles.get(role_id)
        role = ShopRole("", Role.CASHIER) if view is None else view.role
        built_in = role.id in list(Role)
        for each, button in self.buttons.items():
            button.setChecked(each == role_id)
        words = self._words
        called = words.role(role.id, role.name) if role.id else ""
        self._title.setText(called or words.say("Add a role"))
        self.name.setText(called if built_in else role.name)
        self.name.setEnabled(not built_in)
        for part in (self._labels[1], self.bases):
            part.setVisible(not built_in)
        self.bases.choose(role.base.value)
        self._show_rights(role)
        operator = self._workstation.sign_on.operator
        may = operator is not None and operator.may(Permission.MANAGE_ROLES) and role.id != Role.OWNER
        self.permissions.set_enabled(Permission if may else ())
        for fixed in OWNER_ALONE:
            self.permissions.buttons[fixed].setEnabled(False)
        for field in (self.name, *self.limits.values()):
            field.setReadOnly(not may)
        self.save_button.set_text(words.say("Save") if view else words.say("Add"))
        self.save_button.setEnabled(may)
        self.remove_button.set_text(words.say("Back to default") if built_in else words.say("Remove"))
        self.remove_button.setVisible(view is not None and role.id != Role.OWNER)
        self.remove_button.setEnabled(may and view is not None and view.changed)

    def _stand_on(self, base: Role) -> None:
        """A new role begins as the one it stands on."""
        if not self._chosen:
            self._show_rights(ShopRole("", base))

    def _show_rights(self, role: ShopRole) -> None:
        rights = role.rights
        self.permissions.choose(*rights.permissions)
        currency = self._workstation.desk.rules.currency
        for limit, field in self.limits.items():
            field.setText(write_bound(limit, rights.limit(limit), currency))

    # What is done.

    def _typed(self) -> ShopRole | Refused:
        """The role as it stands in the form: only where it differs from the one it stands on."""
        view = self._roles.get(self._chosen)
        name = self.name.text().strip()
        built_in = self._chosen in list(Role)
        base = Role(self._chosen) if built_in else Role(self.bases.choice)
        currency = self._workstation.desk.rules.currency
        try:
            bounds = {limit: read_bound(limit, field.text(), currency) for limit, field in self.limits.items()}
        except AmountUnreadable:
            return Refused(Code.LIMIT_INVALID)
        may, usual = frozenset(map(Permission, self.permissions.chosen)), BUILT_IN[base]
        return ShopRole(
            id=view.role.id if view else _id_for(name, self._roles),
            base=base,
            name="" if built_in else name,
            given=may - usual.permissions,
            taken=usual.permissions - may,
            limits={limit: bound for limit, bound in bounds.items() if bound != usual.limit(limit)},
        )

    def save(self) -> None:
        """Let the role in the form hold from now on."""
        role = self._typed()
        if isinstance(role, Refused):
            self._tell(role, self._chosen)
            return
        try:
            answer = self._workstation.roles.set_role(role)
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        self._tell(answer if isinstance(answer, Refused) else None, role.id)

    def remove(self) -> None:
        """The role that is chosen goes, or is again as the program has it."""
        try:
            answer = self._workstation.roles.remove_role(self._chosen)
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        self._tell(answer if isinstance(answer, Refused) else None, self._chosen)

    def _tell(self, refused: Refused | None, role_id: str) -> None:
        if refused is not None:
            self._banner.show_message(self._words.refusal(refused), "", "warn")
            return
        self._chosen = role_id
        self.load()
        self._banner.show_message(self._words.say("Saved. It holds at every till from now on."), "", "ok")


def _id_for(name: str, taken: dict[str, RoleView]) -> str:
    """A short name for a new role: its letters where they are plain ones, and a number where another has it."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:24]
    word = word if word[:1].isalpha() else f"role_{word}".rstrip("_")
    numbered = (f"{word}_{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (word, *numbered) if each not in taken)
