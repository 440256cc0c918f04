"""Room for what is shown: one page at a time, and a window that is too small for it moves over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from pos.ui.shared.scrolled import own_viewport

# How often what did not fit is looked at once more: words in words, each of which learns its width from the outer one.
_LOOKS = 3


class Pages(QStackedWidget):
    """Asks for the room that the page shown needs, and for nothing on behalf of those that do not show."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Qt would ask every page, and take the height each likes best."""
        return False

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().sizeHint() if page is None else page.sizeHint()


class Room(QScrollArea):
    """Holds everything a window shows. Nothing is ever squeezed below what it needs to be read and touched.

    Where a large scale on a small screen leaves less than that, touch, wheel and the focus move over the whole of it.
    """

    def __init__(self, pages: Pages, *, least: QSize | None = None, parent: QWidget | None = None) -> None:
        """`least` is the smallest size the pages were made for, whatever each of them asks."""
        super().__init__(parent)
        self._least = least or QSize()
        self.setObjectName("room")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        own_viewport(self, "bg")
        self.pages = pages
        # What did not fit is looked at once more: words that wrap ask for more height until they know their width.
        self._too_large = QSize()
        self._looks = 0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._look_again)
        self.setWidget(pages)
        pages.installEventFilter(self)
        pages.currentChanged.connect(lambda _: self._fit())
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._follow)

    def is_small(self) -> bool:
        """Whether part of what is shown lies outside."""
        return self.horizontalScrollBar().maximum() > 0 or self.verticalScrollBar().maximum() > 0

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def _fit(self) -> None:
        """As large as the window, and never smaller than what is shown; Qt's own fitting asks for what pages like."""
        least, room = self.pages.minimumSizeHint().expandedTo(self._least), self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        too_large = least if least.expandedTo(room) != room else QSize()
        if too_large.isValid() and too_large != self._too_large:
            self._looks = _LOOKS
            self._settled.start(0)
        self._too_large = too_large
        if least.height() > room.height():
            room.setWidth(room.width() - bar)
        if least.width() > room.width():
            room.setHeight(room.height() - bar)
        self.pages.resize(room.expandedTo(least))

    def _look_again(self) -> None:
        self._looks -= 1
        # What an inner place asked for while it had no width stands in the layouts of all outer ones.
        for inside in reversed(self.pages.findChildren(QWidget)):
            if inside.isVisible() and (layout := inside.layout()) is not None:
                layout.invalidate()
                layout.activate()
        self._fit()
        if self._too_large.isValid() and self._looks > 0:
            self._settled.start(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.pages and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.is_small() and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 16, 16)
