"""The panel below a device's state in the top bar: how it is and what can be done, without leaving the sale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from pos.ui.device_board import DeviceBoard
from pos.ui.devices.card import DeviceCard
from pos.ui.panel_keys import keep_from_screen, take_key
from pos.ui.shared.notices import BannerKind

_WIDTH = 400


class DevicePanel(DeviceCard):
    """It is no dialog: a click beside it, Esc, another screen or a scan that is not waited for closes it.

    Signals: closed().
    """

    closed = Signal()

    def __init__(self, host: QWidget, board: DeviceBoard) -> None:
        super().__init__("device")
        self.setParent(host)
        self._host, self._board = host, board
        self.setObjectName("device")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setFixedWidth(_WIDTH)
        self.test_wanted.connect(board.test)
        board.changed.connect(self._renew)
        board.answered.connect(self._answered)
        host.installEventFilter(self)
        self.hide()

    def open_below(self, anchor: QWidget, device: str) -> None:
        """Show a device under its state; the same one again closes it."""
        if not self.isHidden() and self.device == device:
            self.close_panel()
            return
        self._board.look()
        self.say("")
        self._show(device)
        corner = anchor.mapTo(self._host, QPoint(anchor.width(), anchor.height() + 6))
        self.move(min(max(corner.x() - self.width(), 8), self._host.width() - self.width() - 8), corner.y())
        self.show()
        self.raise_()
        self.test_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        if not self.isHidden():
            self._board.stop_waiting()
            self.hide()
            self.closed.emit()

    def _show(self, device: str) -> None:
        view = next((view for view in self._board.views() if view.name == device), None)
        if view is not None:
            self.show_device(view)
            self._fit()

    def _fit(self) -> None:
        """As tall as what it says, with every sentence whole."""
        self.setFixedHeight(self.column.totalHeightForWidth(_WIDTH))

    def _renew(self) -> None:
        if not self.isHidden():
            self._show(self.device)

    def _answered(self, device: str, sentence: str, kind: BannerKind) -> None:
        if not self.isHidden() and device == self.device:
            self.say(sentence, kind)
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize):
            self.close_panel()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch on the panel is no touch beside it."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        return keep_from_screen(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(event, self.close_panel):
            super().keyPressEvent(event)
