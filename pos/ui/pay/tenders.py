"""The ways to pay, one button each, and below them what was taken so far: a tap gives a tender back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.tender import Tender
from pos.ui.pay.methods import ICONS, Method
from pos.ui.shared.buttons import ActionButton, PaintedButton
from pos.ui.shared.draw import line, text_width
from pos.ui.shared.notices import set_ground
from pos.ui.shared.reach import reach_into_gaps
from pos.ui.shared.scrolled import own_viewport
from pos.ui.shared.text import Label
from pos.ui.theme import current, draw_icon, font
from pos.wording import Wording

_GAP = 8
_LOW, _HIGH = 48, 82
_DETAILED = 56
_ROW = 56
_ROWS_SHOWN = 3
_NARROW = 250
_LEAST = 196


class TakenRow(PaintedButton):
    """One tender that was taken: its name, its amount, and a cross that gives it back."""

    radius = 10.0

    def __init__(self, name: str, amount: str, icon: str, gives_back: str) -> None:
        super().__init__()
        self.setText(name)
        self._amount, self._icon = amount, icon
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.describe(f"{name} {amount}", gives_back)
        self.setToolTip(gives_back)

    @property
    def said(self) -> str:
        """Its words, whole."""
        return f"{self.text()} {self._amount}"

    def fits(self) -> bool:
        """Whether its name and its amount show whole."""
        room = self.width() - 86
        return max(text_width(self.text(), font(14, 600)), text_width(self._amount, font(16, 680))) <= room

    def sizeHint(self) -> QSize:
        words = max(text_width(self.text(), font(14, 600)), text_width(self._amount, font(16, 680)))
        return QSize(int(words) + 90, _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(170, _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        paint = self.paint_ground(painter, t)
        draw_icon(painter, QRectF(12, (_ROW - 22) / 2, 22, 22), self._icon, t.ok, 1)
        room = self.width() - 86.0
        line(painter, QRectF(44, 8, room, 18), self.text(), face=font(14, 600), colour=paint.text)
        line(painter, QRectF(44, 27, room, 22), self._amount, face=font(16, 680), colour=t.ok)
        draw_icon(painter, QRectF(self.width() - 34, (_ROW - 20) / 2, 20, 20), "close", paint.icon)


class MethodButton(ActionButton):
    """A way to pay; on a narrow screen its second line waits until there is room for it."""

    def __init__(self, icon: str) -> None:
        super().__init__("", icon, height=_HIGH, align="left")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._said = ""
        self._shows_detail = True

    def show_method(self, method: Method) -> None:
        self._said = method.why or method.detail
        self.set_icon(method.icon)
        self._lay_words(method.name)
        self.describe(", ".join(filter(None, (method.name, self._said))), self.accessibleDescription())
        self.setToolTip(method.name)

    def fit(self, height: int, *, detailed: bool) -> None:
        """How tall it may be, and whether there is room for the second line."""
        self._shows_detail = detailed and height >= _DETAILED
        self.setFixedHeight(height)
        self._lay_words(self.text())

    @property
    def name_width(self) -> int:
        """What its name and key need, without the second line."""
        detail, self._detail = self._detail, ""
        width = self.sizeHint().width()
        self._detail = detail
        return width

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST - 16, self.height())

    def _lay_words(self, name: str) -> None:
        self.setText(name)
        self.set_detail(self._said if self._shows_detail else "")


class TenderList(QWidget):
    """Signals: wanted(str) the code of the way to pay that was chosen; given_back(int) the tender, counted from 1."""

    wanted = Signal(str)
    given_back = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(270)
        self._codes: tuple[str, ...] = ()
        self.buttons: dict[str, MethodButton] = {}
        self.rows: list[TakenRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        inside = QWidget()
        set_ground(inside, "none")
        self._ways = QVBoxLayout(inside)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(_GAP)
        self._ways.addStretch(1)
        reach_into_gaps(inside)
        self._scroll = _scrolled(inside)
        column.addWidget(self._scroll, 1)
        self._title = Label("", 13, 600, tone="text2")
        column.addWidget(self._title)
        taken = QWidget()
        set_ground(taken, "none")
        self._list = QVBoxLayout(taken)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self._taken = _scrolled(taken)
        column.addWidget(self._taken)
        self._title.hide()
        self._taken.hide()

    @property
    def said(self) -> str:
        """What was taken, in words; empty for nothing."""
        return "\n".join(row.said for row in self.rows)

    @property
    def cash(self) -> MethodButton:
        return self.buttons["cash"]

    def show_methods(self, methods: Sequence[Method], actions: Mapping[str, QAction], chosen: str) -> None:
        """The ways there are, with their keys; `chosen` is the one that is being used."""
        codes = tuple(method.code for method in methods)
        if codes != self._codes:
            self._make(methods, actions)
            self._codes = codes
        for method in methods:
            button = self.buttons[method.code]
            button.show_method(method)
            button.set_kind("primary" if method.code == chosen else "secondary")
        self._fit()

    def show_tenders(self, priced: PricedBasket, words: Wording) -> None:
        """What the basket holds; nothing shows for nothing."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(tender, number, priced, words) for number, tender in enumerate(priced.basket.tenders, 1)]
        for row in self.rows:
            self._list.addWidget(row)
        self._title.setText(words.say("Taken so far"))
        self._title.setVisible(bool(self.rows))
        shown = min(len(self.rows), _ROWS_SHOWN)
        self._taken.setFixedHeight(shown * (_ROW + 6))
        self._taken.setVisible(bool(self.rows))
        self._fit()

    def _row(self, tender: Tender, number: int, priced: PricedBasket, words: Wording) -> TakenRow:
        amount = words.money(Money(tender.amount, priced.currency))
        row = TakenRow(words.tendered(tender), amount, ICONS[tender.kind], words.say("Give this back"))
        row.setObjectName(f"pay.taken.{number}")
        row.clicked.connect(lambda _=False: self.given_back.emit(number))
        return row

    def _make(self, methods: Sequence[Method], actions: Mapping[str, QAction]) -> None:
        for old in self.buttons.values():
            self._ways.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for number, method in enumerate(methods):
            button = MethodButton(method.icon)
            button.setObjectName(f"pay.methods.{method.code}")
            action = actions.get(method.code)
            if action is not None:
                button.follow(action)
            else:
                button.clicked.connect(lambda _=False, code=method.code: self.wanted.emit(code))
            self._ways.insertWidget(number, button)
            self.buttons[method.code] = button

    def _fit(self) -> None:
        """As tall as there is room for all of them, and never lower than a finger needs."""
        count = len(self.buttons)
        if not count:
            return
        taken = self._taken.height() + self._title.sizeHint().height() + 20 if self.rows else 0
        room = self.height() - taken
        height = max(_LOW, min(_HIGH, (room - _GAP * (count - 1)) // count))
        for button in self.buttons.values():
            button.fit(height, detailed=self.width() >= _NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As wide as the names need, so far as there is room for that at all."""
        names = max((button.name_width for button in self.buttons.values()), default=0)
        return QSize(min(self.maximumWidth(), max(_LEAST, names)), super().minimumSizeHint().height())


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    own_viewport(area)
    area.setWidget(inside)
    return area
