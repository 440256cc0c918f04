"""The customer's window: one painted picture that takes no key, no focus and no time of the till's."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.customer_display.paint import (
    HEIGHT,
    WIDTH,
    paint_code,
    paint_done,
    paint_head,
    paint_idle,
    paint_lines,
    paint_sums,
    paint_wait,
)
from pos.ui.customer_display.view import CustomerView, Shows
from pos.ui.theme import Tokens, tokens
from receipts import qr

_EDGE, _TOP = 40.0, 108.0
_MONEY = 470.0


class CustomerDisplay(QWidget):
    """Shows a CustomerView, light in every theme: it is read from the other side of the counter, by anybody."""

    def __init__(self, view: CustomerView) -> None:
        # On top of nothing and never active: whoever works at the till goes on typing there.
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("customer_display")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # Closing the till's own window ends the program, whatever the customer is shown.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view = view
        self._logo: QImage | None = None
        self._code: tuple[str, tuple[tuple[bool, ...], ...]] = ("", ())
        self.show_view(view)

    @property
    def view(self) -> CustomerView:
        """What is shown."""
        return self._view

    def set_logo(self, logo: QImage | None) -> None:
        self._logo = logo
        self.update()

    def show_view(self, view: CustomerView) -> None:
        """Show another picture; the same one again costs nothing."""
        if view == self._view and self.accessibleName():
            return
        self._view = view
        if view.code != self._code[0]:
            self._code = (view.code, qr.qr_modules(view.code) if view.code else ())
        self.setAccessibleName(view.spoken)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.bg))
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        self._paint(painter, t)

    def _paint(self, painter: QPainter, t: Tokens) -> None:
        view = self._view
        paint_head(painter, view, self._logo, t)
        if view.shows is Shows.IDLE:
            paint_idle(painter, view, t)
        elif view.shows is Shows.DONE:
            paint_done(painter, view, t)
            if self._code[1]:
                paint_code(painter, self._code[1], view.code_says, t)
        else:
            tall = HEIGHT - _TOP - _EDGE
            paint_lines(painter, view, QRectF(_EDGE, _TOP, WIDTH - 2 * _EDGE - _MONEY - 20, tall), t)
            money = QRectF(WIDTH - _EDGE - _MONEY, _TOP, _MONEY, tall)
            if view.wait:
                paint_wait(painter, view, QRectF(money.left(), _TOP, _MONEY, 132), t)
                money.setTop(_TOP + 152)
            paint_sums(painter, view, money, t)
