"""The place of the devices: all of them with their states, and the one that is chosen in full."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.ui.devices.card import DeviceCard
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import Banner, BannerKind
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class DevicesScreen(Screen):
    """Shows what the board knows; it measures nothing itself."""

    words: Wording

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("devices", fittings.words)
        assert fittings.devices is not None, "the shell hands its board on"
        self._board = fittings.devices
        self._chosen = ""
        self._test = self.add_key("test", "F5", self._try, primary=True)
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        self._list = Card("plain", padding=16, spacing=8)
        self._title = Label("", 16, 600)
        self._list.column.addWidget(self._title)
        self.buttons: dict[str, ActionButton] = {}
        for number, view in enumerate(self._board.views(), start=1):
            button = ActionButton("", view.icon, key=f"Alt {number}", align="left", height=68)
            button.set_checked_kind("selected")
            self.name_child(button, "list", view.name)
            choose = self.add_key(f"device{number}", f"Alt+{number}", partial(self.choose, view.name), in_key_bar=False)
            button.clicked.connect(partial(self._clicked, view.name))
            choose.setText(view.title)
            self._list.column.addWidget(button)
            self.buttons[view.name] = button
        self._list.column.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        self.banner = Banner()
        self.notices = self.banner
        self.card = DeviceCard("devices.card")
        self.card.test_wanted.connect(self._board.test)
        self.card.place_wanted.connect(self.place_wanted)
        column.addWidget(self.banner)
        column.addWidget(self.card)
        column.addStretch(1)
        row.addWidget(self._list, 6)
        row.addLayout(column, 7)
        self._board.changed.connect(self._show)
        self._board.answered.connect(self._answered)
        self.choose(next(iter(self.buttons)))

    @property
    def title(self) -> str:
        return self.words.say("Devices")

    def enter(self) -> None:
        self.banner.hide()
        self.card.say("")
        self._board.look()
        self._show()

    def leave(self) -> None:
        self._board.stop_waiting()

    def retranslate(self) -> None:
        self._title.setText(self.words.say("Devices of this till"))
        self._back.setText(self.words.say("Back"))
        self._show()

    def choose(self, name: str) -> None:
        """Show this device in full."""
        self._board.stop_waiting()
        self._chosen = name
        self.set_entry(self.buttons[name])
        self._show()
        self.focus_entry()

    def _clicked(self, name: str, _checked: bool = False) -> None:
        self.choose(name)

    def _show(self) -> None:
        for view in self._board.views():
            button = self.buttons[view.name]
            button.set_detail(view.state)
            button.set_text(view.title)
            button.setChecked(view.name == self._chosen)
            if view.name == self._chosen:
                self.card.show_device(view)
                self._test.setText(view.test or self.words.say("Nothing to try"))
                self._test.setEnabled(bool(view.test))

    def _try(self) -> None:
        self._board.test(self._chosen)

    def _answered(self, name: str, sentence: str, kind: BannerKind) -> None:
        if name == self._chosen:
            self.card.say(sentence, kind)
