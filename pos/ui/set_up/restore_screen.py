"""Restore a backup: choose it, see whose shop and how many sales are in it, then make it the shop of this machine."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from pos.domain.trouble import KnownError
from pos.services.backup import BackupContents, found_backups, look_into, restore_own_shop
from pos.services.desk import Clock
from pos.services.verify import VerifyReport
from pos.settings import OWN_SHOP
from pos.ui.set_up.fields import LineField
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.wording import Wording

_LOOK_MILLISECONDS = 20


class RestoreScreen(Screen):
    """Signals: left() back to the sign-in; restored(object) the shop's folder."""

    words: Wording
    left = Signal()
    restored = Signal(object)

    def __init__(self, words: Wording, home: Path, clock: Clock) -> None:
        super().__init__("restore", words)
        self._home = home
        self._clock = clock
        self.contents: BackupContents | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="restore")
        self._asked: Future[VerifyReport] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)
        set_ground(self, "bg")
        self._build()
        self._restore = self.add_key("restore", "F12", self.restore, primary=True)
        self._back = self.add_key("back", "Esc", self._leave)
        self._browse = self.add_key("browse", "F2", self._pick)
        self.restore_button.follow(self._restore)
        self.back_button.follow(self._back)
        self.browse_button.follow(self._browse)
        newest = found_backups(home)
        if newest:
            self.file.set_text(str(newest[0]))
        self.retranslate()
        self.look()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(120, 40, 120, 24)
        column.setSpacing(14)
        self._title = Label("", 28, 700)
        self._note = Label("", 16, 450, tone="text2", wrap=True)
        self.file = LineField("restore.file")
        self.file.edit.setObjectName("restore.file")
        self.file.edit.editingFinished.connect(self.look)
        self.browse_button = ActionButton("", "folder_open", kind="outlined", height=48)
        self.browse_button.setObjectName("restore.browse")
        self._card = Card("plain", padding=20)
        self._shop = Label("", 20, 680)
        self._sales = Label("", 16, 450, tone="text2", wrap=True)
        self._card.column.addWidget(self._shop)
        self._card.column.addWidget(self._sales)
        self.banner = Banner()
        for widget in (self._title, self._note, self.file):
            column.addWidget(widget)
        column.addWidget(self.browse_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._card)
        column.addWidget(self.banner)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        self.back_button = ActionButton("", "arrow_back", kind="outlined", height=72)
        self.back_button.setObjectName("restore.back")
        self.restore_button = ActionButton("", "history", kind="primary", height=72)
        self.restore_button.setObjectName("restore.restore")
        foot.addWidget(self.back_button, 1)
        foot.addWidget(self.restore_button, 2)
        column.addLayout(foot)
        self.set_entry(self.file)

    def retranslate(self) -> None:
        say = self.words.say
        self._title.setText(say("Restore a backup"))
        self._note.setText(
            say("A backup is a folder with the books and, in a file beside them, the keys. Choose any file of it.")
        )
        self.file.set_words(say("Backup"))
        self._browse.setText(say("Choose a backup"))
        self._back.setText(say("Back to the demo shop"))
        self._restore.setText(say("Make it my shop"))
        self._show_contents()

    def look(self) -> None:
        """Show what is in the backup that is named; nothing changes."""
        self.contents = None
        self.banner.hide()
        named = self.file.text.strip()
        if named:
            try:
                self.contents = look_into(Path(named).expanduser())
            except KnownError as error:
                self.banner.show_message(self.words.trouble(error), "", "bad")
        self._show_contents()

    def restore(self) -> None:
        """Take the place of no shop: there is none, or this would not be offered."""
        if self._asked is not None:
            return
        self.look()
        contents = self.contents
        if contents is None:
            return
        self.banner.show_message(self.words.say("One moment …"))
        self._asked = self._worker.submit(restore_own_shop, self._home, contents.folder, self._clock.now())
        self._look.start()

    def close_down(self) -> None:
        """The window closes: what was begun is finished or not, as a whole."""
        self._look.stop()
        self._worker.shutdown(wait=True)

    def _collect(self) -> None:
        if self._asked is None or not self._asked.done():
            return
        self._look.stop()
        asked, self._asked = self._asked, None
        try:
            asked.result()
        except KnownError as error:
            self.banner.show_message(self.words.trouble(error), "", "bad")
            return
        self.banner.hide()
        self.restored.emit(self._home / OWN_SHOP)

    def _leave(self) -> None:
        if self._asked is None:
            self.left.emit()

    def _pick(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Choose a backup"), self.file.text)
        if chosen:
            self.file.set_text(chosen)
            self.look()

    def _show_contents(self) -> None:
        found, words = self.contents, self.words
        self._card.setVisible(found is not None)
        self._restore.setEnabled(self._asked is None)
        if found is None:
            return
        self._shop.setText(words.say("{shop} · Store {store}", shop=found.shop, store=found.store))
        made = words.say(
            "Made on {day} at {time}.", day=words.short_day(found.made_at.date()), time=words.time(found.made_at)
        )
        sales = words.count("{n} sale", "{n} sales", found.sales)
        last = words.say("the last on {day}", day=words.short_day(found.last_day)) if found.last_day else ""
        self._sales.setText(f"{made} " + ", ".join(filter(None, (sales, last))) + ".")
