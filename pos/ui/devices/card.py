"""One device: how it is, what that means for selling, what to do, and a button that tries it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.device_source import DeviceView
from pos.ui.shared.notices import BannerKind, announce
from pos.ui.shared.text import Label
from pos.ui.shared.top_bar import StateKind

_ICONS: dict[StateKind, str] = {
    "ok": "check_circle",
    "warn": "warning",
    "bad": "error",
    "info": "hourglass_top",
    "neutral": "info",
}


class DeviceCard(Card):
    """Signals: test_wanted(str) try this device; place_wanted(str) lead further."""

    test_wanted = Signal(str)
    place_wanted = Signal(str)

    def __init__(self, name: str) -> None:
        """`name` begins the object names of what is in it."""
        super().__init__("plain", padding=16, spacing=10)
        self._device = ""
        self._place = ""
        head = QHBoxLayout()
        head.setSpacing(12)
        self._icon = Icon("devices", 22, tile="info")
        self.title = Label("", 18, 650)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        self.state = Pill("", "neutral")
        self.state.setObjectName(f"{name}.state")
        self.meaning = Label("", 15, 450, tone="text", wrap=True)
        self.next_step = Label("", 15, 450, tone="text2", wrap=True)
        self.said = Label("", 15, 600, wrap=True)
        self.said.setObjectName(f"{name}.said")
        self.test_button = ActionButton("", "play_circle", height=56)
        self.test_button.setObjectName(f"{name}.test")
        self.test_button.clicked.connect(lambda: self.test_wanted.emit(self._device))
        self.place_button = ActionButton("", "arrow_forward", kind="ghost", height=48)
        self.place_button.setObjectName(f"{name}.place")
        self.place_button.clicked.connect(lambda: self.place_wanted.emit(self._place))
        self.column.addLayout(head)
        self.column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.meaning, self.next_step, self.said, self.test_button, self.place_button):
            self.column.addWidget(widget)
        self.said.hide()

    @property
    def device(self) -> str:
        """The device that shows; empty before the first."""
        return self._device

    def show_device(self, view: DeviceView) -> None:
        """Show a device as it is now; another one has said nothing yet."""
        if view.name != self._device:
            self.say("")
        self._device, self._place = view.name, view.place
        self._icon.set_icon(view.icon)
        self.title.setText(view.title)
        self.state.set_state(view.state, view.kind, _ICONS[view.kind])
        for label, text in ((self.meaning, view.meaning), (self.next_step, view.next_step)):
            label.setText(text)
            label.setVisible(bool(text))
        self.test_button.set_text(view.test)
        self.test_button.setVisible(bool(view.test))
        self.place_button.set_text(view.place_says)
        self.place_button.setVisible(bool(view.place))
        self.setAccessibleName(f"{view.title}: {view.state}")
        self.setAccessibleDescription(" ".join(filter(None, (view.meaning, view.next_step))))

    def say(self, sentence: str, kind: BannerKind = "info") -> None:
        """How the device answered just now."""
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        self.said.set_tone("ok" if kind == "ok" else "warn" if kind in {"warn", "bad"} else "text2")
        self.said.setVisible(bool(sentence))
        if sentence:
            announce(self.said)
