"""The top bar: where we are, what the devices say, the time, who is signed in. It shows only what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.cards import paint_avatar, rule
from pos.ui.shared.draw import focus_ring, keycap, keycap_width, line, rounded, text_width
from pos.ui.shared.notices import set_ground
from pos.ui.shared.text import ElidedLabel, Label
from pos.ui.theme import current, draw_icon, font

TOP_BAR_HEIGHT = 56
PALETTE_WIDTH_MIN, PALETTE_WIDTH_MAX = 180, 330
# Between the parts of the bar, and what the title may need beside them.
_GAPS = 130
# So much of what the screen is about is worth more than the word of a device that is well.
_CONTEXT_MAX = 180
StateKind = Literal["ok", "warn", "bad", "info", "neutral"]


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A measured state of a device, or of the shop: its icon, its word, what it means."""

    name: str
    icon: str
    text: str
    kind: StateKind = "ok"
    description: str = ""


class StateButton(PaintedButton):
    """A device's state; a tap opens what can be done about it."""

    radius = 8.0

    def __init__(self, state: DeviceState) -> None:
        super().__init__()
        self.setFixedHeight(44)
        self._compact = False
        self.set_state(state)

    @property
    def says_something(self) -> bool:
        """Whether it says more than that all is well."""
        return self._state.kind not in {"ok", "neutral"}

    @property
    def full_width(self) -> int:
        """How wide it is with its word."""
        return max(int(text_width(self.text(), font(13, 600))) + 20 + 5 + 14, 44)

    def set_compact(self, *, compact: bool) -> None:
        """The icon alone, where the bar has no room for the word: it stays its name and its tooltip."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def set_state(self, state: DeviceState) -> None:
        self._state = state
        self.setText(state.text)
        self.describe(state.text, state.description)
        self.setToolTip(" · ".join(filter(None, (state.text, state.description))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(44 if self._compact else self.full_width, 44)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self.radius, t)
        colours = {"neutral": t.text3, "info": t.primary_text}
        colour = colours.get(self._state.kind) or str(getattr(t, self._state.kind))
        draw_icon(painter, QRectF(12 if self._compact else 6, 12, 20, 20), self._state.icon, colour, 1)
        if self._compact:
            return
        words = t.text2 if self._state.kind in ("ok", "neutral") else colour
        line(painter, QRectF(31, 0, self.width() - 33, 44), self.text(), face=font(13, 600), colour=words)


class PersonButton(PaintedButton):
    """Who is signed in, with name and role."""

    radius = 10.0

    def __init__(self) -> None:
        super().__init__()
        self._role = ""
        self._full_name = ""
        self.setFixedHeight(48)

    def set_person(self, full_name: str, role: str, shown: str = "") -> None:
        """`shown` is the short form for the bar, such as "Maya R."."""
        self._full_name, self._role = full_name, role
        self.setText(shown or full_name)
        self.describe(f"{full_name}, {role}", "Alt U")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = max(text_width(self.text(), font(14, 600)), text_width(self._role, font(12)))
        return QSize(int(words) + 34 + 8 + 10, 48)

    def minimumSizeHint(self) -> QSize:
        return QSize(44, 48)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self.radius, t)
        paint_avatar(painter, QRectF(4, 7, 34, 34), self._full_name, t)
        width = self.width() - 48
        line(painter, QRectF(46, 6, width, 19), self.text(), face=font(14, 600), colour=t.text)
        line(painter, QRectF(46, 24, width, 17), self._role, face=font(12), colour=t.text3)


class PaletteButton(PaintedButton):
    """The way into the command palette, drawn as a field."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(44)
        self.setFixedWidth(PALETTE_WIDTH_MAX)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(0, 3, self.width(), 38)
        rounded(painter, rect, 10, t.sunken, t.border)
        if self.hasFocus():
            focus_ring(painter, rect, 10, t)
        draw_icon(painter, QRectF(13, 12, 20, 20), "search", t.text2)
        cap = keycap_width(self.key)
        line(
            painter,
            QRectF(41, 0, self.width() - 41 - cap - 24, 44),
            self.text(),
            face=font(14),
            colour=t.text3,
        )
        if self.key:
            keycap(painter, self.width() - 12 - cap, 22, self.key, t)


class TopBar(QWidget):
    """Signals: device_chosen(str) the name of a device state; person_chosen(); palette_chosen()."""

    device_chosen = Signal(str)
    person_chosen = Signal()
    palette_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(TOP_BAR_HEIGHT)
        set_ground(self, "surface")
        self.setObjectName("top")
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(20, 0, 12, 1)
        row.setSpacing(0)
        self._title = Label("", 20, 680)
        self._context = ElidedLabel("", 14, 450, tone="text3")
        row.addWidget(self._title)
        row.addSpacing(15)
        row.addWidget(self._context)
        row.addStretch(1)
        self.palette_button = PaletteButton()
        self.palette_button.setObjectName("top.palette")
        self.palette_button.clicked.connect(self.palette_chosen)
        self.palette_button.hide()
        row.addWidget(self.palette_button)
        row.addStretch(1)
        self._states = QHBoxLayout()
        self._states.setSpacing(3)
        row.addLayout(self._states)
        self._clock_rules = [rule(True), rule(True)]
        for divider in self._clock_rules:
            divider.setFixedHeight(28)
        self._clock = Label("", 17, 600)
        row.addSpacing(10)
        row.addWidget(self._clock_rules[0])
        row.addSpacing(16)
        row.addWidget(self._clock)
        row.addSpacing(16)
        row.addWidget(self._clock_rules[1])
        row.addSpacing(10)
        self.person_button = PersonButton()
        self.person_button.setObjectName("top.person")
        self.person_button.clicked.connect(self.person_chosen)
        self.person_button.hide()
        row.addWidget(self.person_button)
        self._buttons: dict[str, StateButton] = {}

    def set_title(self, title: str, context: str = "") -> None:
        """The screen's name, and what it is about: receipt, customer."""
        self._title.setText(title)
        self._context.setText(context)
        self._fit()

    def set_devices(self, states: Sequence[DeviceState]) -> None:
        """The measured states, in order; each shows only while it is among them."""
        if [state.name for state in states] != list(self._buttons):
            for button in self._buttons.values():
                self._states.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {}
            for state in states:
                button = StateButton(state)
                button.setObjectName(f"top.device.{state.name}")
                button.clicked.connect(lambda _=False, name=state.name: self.device_chosen.emit(name))
                self._states.addWidget(button)
                self._buttons[state.name] = button
        for state in states:
            self._buttons[state.name].set_state(state)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """With icons alone: what it says in words only where there is room keeps no window from being small."""
        others = (self._title, self._clock, self.person_button)
        taken = sum(each.sizeHint().width() for each in others if not each.isHidden()) + _GAPS
        palette = 0 if self.palette_button.isHidden() else PALETTE_WIDTH_MIN
        return QSize(taken + palette + 44 * len(self._buttons), TOP_BAR_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the words of all states have no room, those that are well give theirs up, then all do; the way into the
        palette takes what is left.
        """
        others = (self._title, self._clock, self.person_button)
        taken = sum(each.sizeHint().width() for each in others if not each.isHidden()) + _GAPS
        taken += min(self._context.sizeHint().width(), _CONTEXT_MAX)
        room = self.width() - taken - (0 if self.palette_button.isHidden() else PALETTE_WIDTH_MIN)
        buttons = list(self._buttons.values())
        full = sum(button.full_width for button in buttons)
        spoken = sum(button.full_width if button.says_something else 44 for button in buttons)
        for button in buttons:
            well = not button.says_something
            button.set_compact(compact=full > room and (well or spoken > room))
        left = self.width() - taken - sum(button.sizeHint().width() for button in buttons)
        self.palette_button.setFixedWidth(min(max(left, PALETTE_WIDTH_MIN), PALETTE_WIDTH_MAX))

    def device_button(self, name: str) -> StateButton | None:
        """The state of this device, while it shows."""
        return self._buttons.get(name)

    def set_clock(self, time: str) -> None:
        self._clock.setText(time)

    def set_person(self, full_name: str, role: str = "", shown: str = "") -> None:
        """Who is signed in; an empty name for nobody."""
        self.person_button.setVisible(bool(full_name))
        self._clock_rules[1].setVisible(bool(full_name))
        self.person_button.set_person(full_name, role, shown)
        self._fit()

    def set_palette(self, prompt: str, key: str = "Ctrl K") -> None:
        """Show the palette's field with its prompt; an empty prompt hides it."""
        self.palette_button.setText(prompt)
        self.palette_button.set_key(key)
        self.palette_button.describe(prompt, key)
        self.palette_button.setVisible(bool(prompt))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = current()
        rounded(painter, QRectF(self.rect()), 0, t.surface, None)
        rounded(painter, QRectF(0, self.height() - 1, self.width(), 1), 0, t.border, None)
