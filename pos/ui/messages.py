"""What was said since this sign-on: the line at the bottom left with its Undo, and Ctrl J to read all of it again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Icon, rule
from pos.ui.shared.notices import KIND_COLOURS, KIND_ICONS, Banner, EmptyState, Toast, announce, set_ground
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.screen import Screen
from pos.ui.shared.scrolled import own_viewport
from pos.ui.shared.text import Label
from pos.wording import Wording

_SIZE = (820, 620)
MESSAGES_MAX = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was said; `kind` is the banner's."""

    at: datetime
    text: str
    kind: str


class Messages(QObject):
    """Shows what was done in a toast, and keeps that and what every banner says, for as long as this sign-on."""

    def __init__(self, host: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__(host)
        self._now = now
        self._undo_words = ""
        self.kept: deque[Message] = deque(maxlen=MESSAGES_MAX)
        self.toast = Toast(host, margin_left=16, margin_bottom=12)
        self.toast.said.connect(self.keep)

    def set_words(self, words: Wording) -> None:
        self._undo_words = words.say("Undo")
        self.toast.hide()

    def follow(self, screen: QWidget) -> None:
        """Keep what the banners of a screen say."""
        for banner in screen.findChildren(Banner):
            banner.said.connect(self.keep)
        if isinstance(screen, Banner):
            screen.said.connect(self.keep)
        if isinstance(screen, Screen):
            screen.done.connect(self.tell)
            screen.undo_past.connect(self.toast.undo_is_past)

    def tell(self, text: str, undo: Callable[[], object] | None, key: str) -> None:
        """Say what was done."""
        self.toast.show_message(text, self._undo_words, undo, key)

    def keep(self, text: str, kind: str) -> None:
        """What is said twice in a row is kept once, with its last time."""
        if self.kept and (self.kept[-1].text, self.kept[-1].kind) == (text, kind):
            self.kept.pop()
        self.kept.append(Message(self._now(), text, kind))

    def begin(self) -> None:
        """Somebody signed in: what was said to another is none of their business."""
        self.kept.clear()
        self.toast.undo_is_past()
        self.toast.hide()


class MessagesSheet(Overlay):
    """The list, the latest first."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("messages", _SIZE, host)
        self._title = Label("", 22, 680)
        self._empty = EmptyState("notifications")
        self._shelf = QScrollArea()
        self._shelf.setObjectName("messages.list")
        self._shelf.setWidgetResizable(True)
        self._shelf.setFrameShape(QFrame.Shape.NoFrame)
        self._shelf.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self._shelf)
        self.close_button = ActionButton("", "close", height=56)
        self.close_button.setObjectName("messages.close")
        self.close_button.follow(self.escape)
        column = QVBoxLayout()
        column.setSpacing(12)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        for part in (self._title, rule()):
            column.addWidget(part)
        column.addWidget(self._empty, 1)
        column.addWidget(self._shelf, 1)
        column.addLayout(foot)
        self.card.column.addLayout(column)

    def open_for(self, messages: Iterable[Message], words: Wording) -> None:
        """Show what was said, and take the focus, so that the arrows move over it."""
        said = list(messages)[::-1]
        say = words.say
        self._title.setText(say("Messages of this sign-on"))
        self._empty.set_words(say("Nothing was said yet."), say("What the till tells you stands here until you leave."))
        self._empty.setVisible(not said)
        self._shelf.setVisible(bool(said))
        self.escape.setText(say("Close"))
        self._show(said, words)
        self._shelf.setAccessibleName(self._title.text())
        self._shelf.setAccessibleDescription(words.count("{n} message", "{n} messages", len(said)))
        self.setAccessibleName(self._title.text())
        self.open_over()
        (self._shelf if said else self.close_button).setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self)

    def _show(self, said: Iterable[Message], words: Wording) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(said):
            time = Label(words.time(one.at), 15, 600, tone="text2", parent=inside)
            icon = Icon(KIND_ICONS[one.kind], 20, colour=KIND_COLOURS[one.kind], fill=1, parent=inside)
            for at, part in enumerate((time, icon, Label(one.text, 15, 450, wrap=True, parent=inside))):
                grid.addWidget(part, row, at, Qt.AlignmentFlag.AlignTop if at < 2 else Qt.AlignmentFlag(0))
        grid.setRowStretch(grid.rowCount(), 1)
        self._shelf.setWidget(inside)
