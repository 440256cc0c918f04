"""The key bar: what the keys do on this screen, as real buttons. It doubles as the cheat sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from pos.ui.shared.buttons import ActionButton, ButtonFace
from pos.ui.shared.notices import set_ground
from pos.ui.shared.reach import reach_into_gaps
from pos.ui.shared.scrolled import own_viewport

KEY_BAR_HEIGHT = 64
BUTTONS_MAX = 10
# What its buttons look like and the gap between them: the first that fits is taken.
_FACES = (
    (ButtonFace(tight=False, px=14, key_place="start"), 8),
    (ButtonFace(tight=True, px=13, key_place="start"), 6),
    (ButtonFace(tight=True, px=13, key_place="above"), 6),
)


class KeyBar(QScrollArea):
    """Up to ten buttons, each one more way to trigger its action. Scrolls where large text leaves no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setFixedHeight(KEY_BAR_HEIGHT)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self)
        inside = QWidget()
        set_ground(inside, "none")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        reach_into_gaps(inside)
        self.setWidget(inside)
        self.buttons: list[ActionButton] = []
        self._shown: list[QAction] = []

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Show these, in order. An action that is not visible gets no button."""
        shown = [action for action in actions if action.isVisible()]
        if len(shown) > BUTTONS_MAX:
            raise ValueError(f"the key bar holds {BUTTONS_MAX} keys, not {len(shown)}")
        if shown == self._shown:
            self._fit()
            return
        self._shown = shown
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for action in shown:
            button = ActionButton(key_place="start", px=14)
            button.follow(action)
            button.setObjectName(f"{action.objectName()}.key")
            self._row.addWidget(button, 1)
            self.buttons.append(button)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            # The words are others, or what shows is.
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Where there is no room for the words, they stand closer and a little smaller, then under their keys."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for face, gap in _FACES:
            if sum(button.width_as(face) + gap for button in self.buttons) - gap <= room:
                break
        if gap != self._row.spacing():
            self._row.setSpacing(gap)
        for button in self.buttons:
            button.set_face(face)
