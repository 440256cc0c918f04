"""What is said without stopping the cashier: banners, toasts, the empty state. None is modal, none takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

# Named in full where they are used: the names of all that QAccessible has cost the first picture two milliseconds.
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.text import ElidedLabel, Label
from pos.ui.theme import restyle

BannerKind = Literal["info", "ok", "warn", "bad"]
Ground = Literal["bg", "surface", "sunken", "rail", "none"]
TOAST_MILLISECONDS = 4000

KIND_ICONS: dict[str, str] = {"info": "info", "ok": "check_circle", "warn": "warning", "bad": "error"}
KIND_COLOURS = {"info": "primary_text", "ok": "ok", "warn": "warn", "bad": "bad"}


def announce(widget: QWidget) -> None:
    """Have a screen reader say a widget's new name, without moving the focus."""
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleEvent(widget, QtGui.QAccessible.Event.Alert))


def speak(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say this when it has finished what it is saying; nothing where none listens."""
    if sentence and QtGui.QAccessible.isActive():
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, sentence))


class Banner(Card):
    """One thing to know, beside its cause: what happened, what it means, what to do. Hidden until `show_message`.

    Signals: said(str, str) the sentence and its kind.
    """

    said = Signal(str, str)

    def __init__(self, *, close_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("info", padding=0, spacing=12, row=True, parent=parent)
        self.column.setContentsMargins(16, 8, 8, 8)
        self.setMinimumHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = Icon("info", 22, colour="primary_text", fill=1)
        self._title = Label("", 15, 600, wrap=True)
        self._detail = Label("", 13, 450, tone="text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self.column.addWidget(self._icon)
        self.column.addLayout(words, 1)
        self.action = ActionButton("", kind="ghost", height=44)
        self.action.hide()
        self.column.addWidget(self.action)
        self.close_button = IconButton("close", close_name)
        # First into the layout: a widget without a parent that is made visible is a window of its own.
        self.column.addWidget(self.close_button)
        self.close_button.setVisible(bool(close_name))
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def show_message(self, title: str, detail: str = "", kind: BannerKind = "info") -> None:
        """Say it and stay until hidden or said anew."""
        self.set_kind(kind)
        self._icon.set_icon(KIND_ICONS[kind], colour=KIND_COLOURS[kind])
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(" ".join(filter(None, (title, detail))))
        self.show()
        announce(self)
        self.said.emit(self.accessibleName(), kind)

    def sizeHint(self) -> QSize:
        """No taller than this, so as tall as the words need at this width: on a narrow screen they were cut."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @property
    def message(self) -> str:
        """All it says now; empty while hidden."""
        return "" if self.isHidden() else self.accessibleName()


class Toast(QFrame):
    """A line at the bottom left that goes by itself after four seconds, with a way to undo what it tells of.

    Signals: said(str, str) the line and its kind.
    """

    said = Signal(str, str)

    def __init__(self, host: QWidget, *, margin_left: int = 104, margin_bottom: int = 76) -> None:
        super().__init__(host)
        self.setObjectName("toast")
        self._host = host
        self._margins = (margin_left, margin_bottom)
        self.setProperty("card", "ink")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 4, 4)
        row.setSpacing(8)
        self._text = ElidedLabel("", 15, 550, tone="rail_on")
        self.undo = ActionButton("", kind="soft", height=44)
        self.undo.setObjectName("toast.undo")
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        self.setFixedHeight(54)
        self._undo: Callable[[], object] | None = None
        self.undo.clicked.connect(self._undone)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_message(
        self, text: str, undo_text: str = "", undo: Callable[[], object] | None = None, key: str = ""
    ) -> None:
        """Say one line; with `undo`, offer to take it back."""
        self._text.setText(text)
        self._undo = undo
        self.undo.set_text(undo_text)
        self.undo.set_key(key)
        self.undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MILLISECONDS)
        announce(self)
        self.said.emit(text, "ok")

    def undo_is_past(self) -> None:
        """Something else was done since: what the line offers to take back is no longer the last change."""
        if self._undo is not None:
            self._undo = None
            self.hide()

    def _undone(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        host = self._host
        left, bottom = self._margins
        wanted = (
            self._text.sizeHint().width() + 36 + (self.undo.sizeHint().width() + 8 if self._undo is not None else 0)
        )
        self.setFixedWidth(max(min(wanted, host.width() - left - 16), 160))
        self.move(left, host.height() - bottom - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False


class EmptyState(QWidget):
    """Nothing here yet: a large icon, one sentence, and up to four things to do next."""

    def __init__(self, icon: str, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addStretch(1)
        self._icon = Icon(icon, 56, tile="info", tile_size=96, radius=28)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        self._title = Label("", 28, 700, wrap=True)
        self._detail = Label("", 16, 450, tone="text2", wrap=True)
        for label in (self._title, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
            column.addSpacing(6)
        column.addSpacing(20)
        shelf = QWidget()
        shelf.setMaximumWidth(654)
        self._actions = QGridLayout(shelf)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(10)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(shelf, 100)
        across.addStretch(1)
        column.addLayout(across)
        column.addStretch(1)
        self.set_words(title, detail)

    def set_words(self, title: str, detail: str = "") -> None:
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(" ".join(filter(None, (title, detail))))

    def set_icon(self, icon: str) -> None:
        self._icon.set_icon(icon)

    def show_icon(self, *, shown: bool) -> None:
        """The icon goes where there is no room for it."""
        self._icon.setVisible(shown)

    def set_actions(self, buttons: list[ActionButton]) -> None:
        """The next things to do, two a row."""
        if len(buttons) > 4:
            raise ValueError("an empty state offers at most four actions")
        while (item := self._actions.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget not in buttons:
                widget.deleteLater()
        for place, button in enumerate(buttons):
            self._actions.addWidget(button, place // 2, place % 2)


def set_ground(widget: QWidget, ground: Ground) -> None:
    """Give a plain widget a ground of the theme."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    restyle(widget, ground=ground)
