"""The people who may sign in, one large row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.cards import paint_avatar
from pos.ui.shared.draw import line, text_width
from pos.ui.theme import current, draw_icon, font

if TYPE_CHECKING:
    from pos.services.sign_on import StaffView
    from pos.speech import Speech
    from pos.wording import Wording

PEOPLE_MAX = 6
_BETWEEN = " · "
_LEFT, _RIGHT = 71, 48
# Where it takes two lines to say it, the picture stands closer to the edge, and the second line ends there.
_CLOSER, _EDGE = 9, 6


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows them; `detail` is the role, and in the demo shop the PIN."""

    id: str
    name: str
    detail: str
    locked: str = ""


def person_row(view: StaffView, words: Speech, wording: Wording | None, pins: Mapping[str, str]) -> PersonRow:
    """What `wording` can say of somebody, once it is loaded; `pins` are shown, in the demo shop."""
    person = view.operator
    pin = pins.get(person.id, "")
    role = wording.role_of(person) if wording is not None else ""
    detail = words.say("{role} · PIN {pin}", role=role, pin=pin) if pin else role
    return PersonRow(person.id, person.name, detail, words.say("Locked") if view.locked else "")


class PersonButton(PaintedButton):
    """One person to choose; a lock and a word say who may not sign in just now."""

    radius = 12.0

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setMinimumHeight(60)
        self.setMaximumHeight(72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._row = PersonRow("", "", "")

    @property
    def row(self) -> PersonRow:
        return self._row

    def set_row(self, row: PersonRow) -> None:
        self._row = row
        self.setText(row.name)
        self.describe(", ".join(filter(None, (row.name, row.detail, row.locked))), "↑ ↓")
        self.setObjectName(f"sign_on.people.{row.id}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = max(text_width(self._row.name, font(16, 600)), text_width(self._row.detail, font(13)))
        locked = text_width(self._row.locked, font(13, 600)) + 12 if self._row.locked else 0
        return QSize(int(15 + 44 + 12 + words + locked + 52), 72)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        paint = self.paint_ground(painter, t)
        middle = self.height() / 2
        left, right = float(_LEFT), float(self.width() - _RIGHT)
        head, rest = self.told(right - left)
        left -= _CLOSER if rest else 0
        paint_avatar(painter, QRectF(left - 56, middle - 22, 44, 44), self._row.name, t)
        if self._row.locked:
            wide = text_width(self._row.locked, font(13, 600)) + 1
            line(
                painter,
                QRectF(right - wide, 0, wide, self.height()),
                self._row.locked,
                face=font(13, 600),
                colour=t.warn,
            )
            draw_icon(painter, QRectF(self.width() - 38, middle - 11, 22, 22), "lock", t.warn, 1)
            right -= wide + 8
        elif self.isChecked():
            draw_icon(painter, QRectF(self.width() - 38, middle - 11, 22, 22), "check_circle", paint.text, 1)
        # Below the sign at the right there is room for the second line, and what is read off it is the PIN.
        rows = [(self._row.name, right, 22, font(16, 600), t.text), (head, right, 18, font(13), t.text3)]
        if rest:
            rows.append((rest, self.width() - _EDGE, 16, font(13), t.text3))
        top = middle - sum(height for _, _, height, _, _ in rows) / 2
        for text, end, height, face, colour in rows:
            line(painter, QRectF(left, top, end - left, height), text, face=face, colour=colour)
            top += height

    def fits(self) -> bool:
        """Whether all that it says shows; a lock's word may take the room of the line beside it."""
        head, rest = self.told(self.width() - _LEFT - _RIGHT)
        room = self.width() - _LEFT + _CLOSER - _EDGE
        return text_width(rest, font(13)) <= room and text_width(head, font(13)) <= self.width() - _LEFT - _RIGHT

    def told(self, room: float) -> tuple[str, str]:
        """What stands below the name: in one line, or where the room is too narrow for that, in two."""
        head, between, rest = self._row.detail.partition(_BETWEEN)
        if not between or text_width(self._row.detail, font(13)) <= room:
            return self._row.detail, ""
        return head, rest


class PeopleList(QWidget):
    """Up to six people, of whom one is chosen; who is not among them types a staff number.

    Signals: chosen(str) the staff number a person picked (not sent by `choose`).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, PersonButton] = {}

    def set_people(self, rows: Sequence[PersonRow]) -> None:
        """Show these; the same people again only get their new words."""
        shown = rows[:PEOPLE_MAX]
        if [row.id for row in shown] != list(self.buttons):
            self._rebuild(shown)
        for row in shown:
            self.buttons[row.id].set_row(row)

    def _rebuild(self, rows: Sequence[PersonRow]) -> None:
        for old in self.buttons.values():
            self._group.removeButton(old)
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for row in rows:
            button = PersonButton()
            button.clicked.connect(lambda _=False, number=row.id: self.chosen.emit(number))
            self._group.addButton(button)
            self._column.addWidget(button)
            self.buttons[row.id] = button

    @property
    def choice(self) -> str:
        """The staff number of who is chosen; empty for nobody."""
        return next((number for number, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, number: str) -> None:
        """Mark a person; a number that is not listed unmarks everybody."""
        self._group.setExclusive(False)
        for listed, button in self.buttons.items():
            button.setChecked(listed == number)
            button.update()
        self._group.setExclusive(True)

    def step(self, by: int) -> str:
        """Choose the next or the one before; answers who that is."""
        numbers = list(self.buttons)
        if not numbers:
            return ""
        here = numbers.index(self.choice) if self.choice in numbers else -1 if by > 0 else 0
        wanted = numbers[(here + by) % len(numbers)]
        self.choose(wanted)
        return wanted
