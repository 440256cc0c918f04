"""A sheet over the screen, on a scrim. There is never more than one; Esc, a scan or a touch beside it closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QColor, QHideEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.shared.cards import Card

# DESIGN: rgba(10, 14, 24, .47) in both themes.
_SCRIM = QColor(10, 14, 24, 120)
_TOP = 72
_EDGE = 24


class Overlay(QWidget):
    """Covers its host and holds `card`. The host's screen sleeps meanwhile: who opens it silences the keys.

    Signals: closed() it went away.
    """

    closed = Signal()

    def __init__(self, name: str, size: tuple[int, int], host: QWidget) -> None:
        super().__init__(host)
        self._host, self._size = host, size
        self.setObjectName(name)
        self.card = Card("plain", padding=18, spacing=8, parent=self)
        self.escape = QAction(self)
        self.escape.setObjectName(f"{name}.keys.close")
        self.escape.setShortcut(QKeySequence("Esc"))
        self.escape.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.escape.triggered.connect(lambda: self.close_overlay())
        self.addAction(self.escape)
        host.installEventFilter(self)
        self.hide()

    def open_over(self) -> None:
        """Cover the host."""
        self._place()
        self.show()
        self.raise_()

    def close_overlay(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(self._size[0], self.width() - 2 * _EDGE)
        height = min(self._size[1], self.height() - 2 * _EDGE)
        top = min(_TOP, (self.height() - height) // 2)
        self.card.setGeometry((self.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """What lies over a screen goes with it: it does not wait there for whoever sees that screen next."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.close_overlay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_overlay()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _SCRIM)
