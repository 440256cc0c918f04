"""The place of the tiles: what the sale asks or shows beside the basket stands there for a while, and goes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.ui.shared.buttons import IconButton
from pos.ui.shared.cards import Icon
from pos.ui.shared.notices import announce
from pos.ui.shared.text import ElidedLabel, Label
from pos.wording import Wording


class SidePanel(QWidget):
    """Nothing in it is modal: a scan it does not want goes to the sale, Esc and the cross leave it.

    Signals: left() a person closed it; used() something was touched, so that the focus goes back to the entry.
    """

    left = Signal()
    used = Signal()

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self.name = name
        # It has its owner before its place there: until it is opened nothing of it shows.
        self.hide()
        # Where typed characters go while it shows; the scan field where it has no entry of its own.
        self.entry: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._icon = Icon(icon, 24, colour="primary_text")
        self._asks = Label("", 13, 600, tone="text2")
        self._title = ElidedLabel("", 17, 680)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._asks)
        said.addWidget(self._title)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName(f"sell.{name}.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        head.addWidget(self._icon)
        head.addLayout(said, 1)
        head.addWidget(self.close_button)
        self.column.addLayout(head)
        # Whoever owns it shows before it does: it shows when the side opens it.
        self.hide()

    def set_title(self, asks: str, about: str = "") -> None:
        """What the panel is for, and what it is about."""
        self._asks.setText(asks if about else "")
        self._asks.setVisible(bool(about))
        self._title.setText(about or asks)
        self.setAccessibleName(" · ".join(filter(None, (asks, about))))

    @property
    def title(self) -> str:
        return self.accessibleName()

    def retranslate(self, words: Wording) -> None:
        self.close_button.set_name(words.say("Leave"), "Esc")

    def take_scan(self, code: str) -> bool:
        """Whether the panel wanted this scan; one it did not want goes to the sale."""
        del code
        return False

    def press(self, number: int) -> None:
        """Take the choice of this number, counted from 1, where there is one."""

    def step(self, by: int) -> None:
        """Choose the next line that way, where there are lines."""

    def confirm(self) -> None:
        """Enter, with nothing typed into the scan field."""

    def erase(self) -> bool:
        """Empty what was typed here, or take off what is chosen; False where Del means the sale."""
        return False

    def ended(self) -> None:
        """The panel does not show any more."""

    def unfinished(self) -> object:
        """What a person typed or chose here and did not give yet, so that it outlives another language."""
        return None

    def take_up(self, unfinished: Any) -> None:
        """Go on with what `unfinished` told, in a panel that was opened anew."""


class Side(QStackedWidget):
    """The tiles, or one panel in their place.

    Signals: turned() another one shows, or the tiles again; left() and used() as the panels say them.
    """

    turned = Signal()
    left = Signal()
    used = Signal()

    def __init__(self, tiles: QWidget) -> None:
        super().__init__()
        self._tiles = tiles
        self._again: Callable[[], object] = self.close_panel
        self.addWidget(tiles)

    @property
    def panel(self) -> SidePanel | None:
        """The panel that shows; None while the tiles do."""
        shown = self.currentWidget()
        return shown if isinstance(shown, SidePanel) else None

    def open_panel(self, panel: SidePanel, again: Callable[[], object]) -> None:
        """Show a panel; another one that showed is left. `again` opens it in other words, with nothing typed yet."""
        before, self._again = self.panel, again
        if self.indexOf(panel) < 0:
            self.addWidget(panel)
            panel.left.connect(self.left)
            panel.used.connect(self.used)
        self.setCurrentWidget(panel)
        if before is not None and before is not panel:
            before.ended()
        announce(panel)
        self.turned.emit()

    def say_anew(self) -> None:
        """The language is another one: open what shows once more in its words, with what was typed so far."""
        panel, again = self.panel, self._again
        if panel is None:
            return
        unfinished = panel.unfinished()
        self.close_panel()
        again()
        if self.panel is panel:
            panel.take_up(unfinished)

    def close_panel(self) -> None:
        """Show the tiles again."""
        before = self.panel
        if before is not None:
            self.setCurrentWidget(self._tiles)
            before.ended()
            self.turned.emit()
