"""What every painted button shares: the colours of its kind, hover and press, the ring, its action and its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import colour_of, focus_ring, rounded
from pos.ui.shared.general import general_of
from pos.ui.shared.keys import key_name
from pos.ui.theme import Tokens, current

ButtonKind = Literal["primary", "secondary", "outlined", "soft", "ghost", "danger", "plum", "train", "selected"]


@dataclass(frozen=True, slots=True)
class Paint:
    """What a button is painted with in its present state; `on` is set where the ground is a strong colour."""

    ground: str | None
    edge: str | None
    text: str
    detail: str
    edge_width: float = 1
    on: str | None = None
    icon_colour: str | None = None

    @property
    def icon(self) -> str:
        """Icons of quiet buttons are a shade quieter than their words."""
        return self.icon_colour or self.text


def paint_of(t: Tokens, kind: ButtonKind, *, enabled: bool = True) -> Paint:
    """The colours of a kind of button."""
    if not enabled:
        return Paint(None if kind == "ghost" else t.hover, None if kind == "ghost" else t.border, t.text3, t.text3)
    match kind:
        case "primary":
            return Paint(t.primary, None, t.onprimary, t.onprimary, on=t.onprimary)
        case "plum":
            return Paint(t.out, None, t.onout, t.onout, on=t.onout)
        case "outlined":
            return Paint(t.surface, t.control, t.text, t.text3, icon_colour=t.text2)
        case "soft":
            return Paint(t.primary_soft, t.primary_line, t.primary_text, t.text2)
        case "selected":
            return Paint(t.primary_soft, t.primary_edge, t.primary_text, t.text2, edge_width=2)
        case "ghost":
            return Paint(None, None, t.text2, t.text3)
        case "danger":
            return Paint(t.surface, t.bad_line, t.bad, t.text3)
        case "train":
            return Paint(t.surface, t.train, t.train_text, t.text3)
        case _:
            return Paint(t.surface, t.border, t.text, t.text3, icon_colour=t.text2)


class _Kept:
    """The last picture of a button and its last size, and what was looked at for each; no part of that itself."""

    __slots__ = ("look", "picture", "size", "sized")

    def __init__(self) -> None:
        self.look: tuple[object, ...] = ()
        self.picture = QPixmap()
        self.sized: tuple[object, ...] = ()
        self.size = QSize()


class PaintedButton(QAbstractButton):
    """What painted buttons share: hover and press, the ring, names for screen readers, an action to follow."""

    radius = 12.0
    # Whether it paints the window's ground around its corners too, so that nothing behind it has to be painted first.
    covers = False

    def cover_ground(self) -> None:
        """Stand on nothing but the window's ground, and paint that too: what is behind need not be painted first."""
        self.covers = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._kind: ButtonKind = "secondary"
        self._checked_kind: ButtonKind = "selected"
        self._key = ""
        self._text = ""
        self._action: QAction | None = None
        # The words, key and tip its action had when they were last taken over.
        self._followed: tuple[str, QKeySequence, str] | None = None
        self._kept = _Kept()

    @property
    def kind(self) -> ButtonKind:
        """What the button looks like now."""
        return self._checked_kind if self.isCheckable() and self.isChecked() else self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    # The words are kept here: told of them, Qt would lay out every window around anew, at every scan.

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = text
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """The key that does the same, as printed on the cap."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    @property
    def key(self) -> str:
        return self._key

    def describe(self, name: str, description: str = "") -> None:
        """What a screen reader says: the visible label with its state, then key and consequence."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description or self._key or general_of(self))

    def follow(self, action: QAction) -> None:
        """Be one more way to trigger an action: its text, key and state are shown, a click triggers it."""
        self._action = action
        # Connected to the action's own trigger, PySide would keep a little of every button that ever was.
        self.clicked.connect(self._trigger)
        action.changed.connect(self._take)
        self._take()

    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()

    def _take(self) -> None:
        action = self._action
        if action is None:
            return
        self.setEnabled(action.isEnabled())
        said = (action.text(), action.shortcut(), action.toolTip())
        name = action.text().replace("&&", "&")
        if said == self._followed and (self.text(), self.accessibleName()) == (said[0], name):
            # A screen that comes or goes wakes and puts to sleep all its keys: their words are the same.
            return
        before, was = self.sizeHint(), self._followed
        self._followed = said
        self._text = said[0]
        if was is None or was[1] != said[1]:
            self._key = key_name(said[1])
        self.describe(name, ", ".join(filter(None, (self.key, said[2]))))
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does. A scanner's Enter never comes here, and a key of the screen's goes first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_kept(self, draw: Callable[[QPainter], None]) -> None:
        """Copy what `draw` painted last, while nothing about the button has changed.

        For buttons that others carry along: a list that moves up at every scan moves the buttons of its line.
        """
        QPainter(self).drawPixmap(0, 0, self._copy(tuple(vars(self).values()), Qt.GlobalColor.transparent, draw))

    def paint_whole(self, ground: Callable[[QPainter], None], words: Callable[[QPainter], None]) -> None:
        """With the window's ground around it. Its words are others at every scan: only what is under them is kept."""
        # Here, because Qt's style takes it back whenever it dresses the button.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._copy((self.kind, self._key), colour_of(current().bg), ground))
        words(painter)

    def _copy(
        self, about: tuple[object, ...], under: Qt.GlobalColor | QColor, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        """The picture `draw` makes, painted anew where something it is `about` or the button's state is another."""
        state = (self.isEnabled(), self.isDown(), self.isChecked(), self.hasFocus(), self.underMouse())
        ratio, kept = self.devicePixelRatioF(), self._kept
        look = (*about, *state, self.width(), self.height(), current(), ratio)
        if kept.look != look:
            kept.look, kept.picture = look, QPixmap(self.size() * ratio)
            kept.picture.setDevicePixelRatio(ratio)
            kept.picture.fill(under)
            painter = QPainter(kept.picture)
            draw(painter)
            painter.end()
        return kept.picture

    def paint_ground(self, painter: QPainter, t: Tokens) -> Paint:
        """Ground, edge and ring; says what the content is painted with."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint = paint_of(t, self.kind, enabled=self.isEnabled())
        rect = QRectF(self.rect())
        rounded(painter, rect, self.radius, paint.ground, paint.edge, width=paint.edge_width)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            shade = QColor(paint.on or t.text)
            shade.setAlphaF(0.14 if self.isDown() else 0.04)
            painter.setBrush(shade)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, self.radius, self.radius)
        if self.hasFocus():
            focus_ring(painter, rect, self.radius, t, filled=paint.on is not None)
        return paint
