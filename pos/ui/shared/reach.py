"""Touches land beside their target, mostly below it, so a control's hit area reaches into half of the gap around it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRect
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_MOUSE = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonRelease,
    )
)


class GapReach(QObject):
    """Hands touches in the gaps of a container to the button beside them, as if they had hit its edge."""

    def __init__(self, container: QWidget, reach: int) -> None:
        super().__init__(container)
        self._container, self._reach = container, reach
        self._target: QAbstractButton | None = None
        container.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() not in _MOUSE or not isinstance(event, QMouseEvent):
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._target = self._beside(event.position())
        target = self._target
        if target is None:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._target = None
        place = _inside(QPointF(target.mapFrom(self._container, event.position())), target, self._reach)
        QCoreApplication.sendEvent(
            target,
            QMouseEvent(
                event.type(), place, target.mapToGlobal(place), event.button(), event.buttons(), event.modifiers()
            ),
        )
        return True

    def _beside(self, place: QPointF) -> QAbstractButton | None:
        for button in self._container.findChildren(QAbstractButton):
            if not button.isVisible() or not button.isEnabled():
                continue
            area = QRect(button.mapTo(self._container, button.rect().topLeft()), button.size())
            reach = self._reach
            if area.adjusted(-reach, -reach, reach, reach).contains(place.toPoint()):
                return button
        return None


def _inside(place: QPointF, button: QWidget, reach: int) -> QPointF:
    """The nearest place on the button, or the place itself once the finger has left its reach."""
    if not button.rect().adjusted(-reach, -reach, reach, reach).contains(place.toPoint()):
        return place
    return QPointF(min(max(place.x(), 1), button.width() - 2), min(max(place.y(), 1), button.height() - 2))


def reach_into_gaps(container: QWidget, gap: int = 8) -> None:
    """Let every button inside `container` take the touches in its half of the gap to the next."""
    GapReach(container, gap // 2)
