"""The frame of most places: what one works on at the left, what comes of it and what can be done with it at the right.

To build such a place: make its keys (`add_step_keys` among them where it has a list), fill `left` and `right` from top
to bottom, and name what takes the typed characters with `set_entry`. What a service answers goes to `refuse`,
`tell_trouble` and `tell_done`, or `attempt` asks it and says them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import Banner
from pos.ui.shared.row_list import RowList
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound, Sounds

if TYPE_CHECKING:
    from pos.wording import Wording

LEFT_SHARE, RIGHT_SHARE = 784, 446
_Answer = TypeVar("_Answer")


class TwoColumns(Screen):
    """A screen of two columns with its banner on top of the left one; a list and what is chosen in it, as a rule."""

    words: Wording

    def __init__(self, name: str, words: Wording, sounds: Sounds, *, right_min: int = 380) -> None:
        super().__init__(name, words)
        self._sounds = sounds
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        self.left = QVBoxLayout()
        self.left.setSpacing(12)
        row.addLayout(self.left, LEFT_SHARE)
        right = QWidget()
        right.setMinimumWidth(right_min)
        right.setMaximumWidth(RIGHT_SHARE)
        self.right = QVBoxLayout(right)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.right.setSpacing(12)
        row.addWidget(right, RIGHT_SHARE)
        self.banner = Banner(close_name=" ")
        self.left.addWidget(self.banner)
        self.notices = self.banner

    # What places are made of.

    def add_field(self, *, icon: str = "barcode_scanner") -> ScanField:
        """The field that finds by typing and scanning; its signals are the place's own business."""
        field = ScanField(icon=icon)
        self.name_child(field.edit, "find", "typed")
        self.left.addWidget(field)
        return field

    def add_list(
        self,
        rows: RowList,
        empty: QWidget,
        chosen: Callable[[str], None],
        *,
        name: tuple[str, str] = ("list", "rows"),
        head: QWidget | None = None,
    ) -> None:
        """The list fills the rest of the left column, `empty` is for when nothing is in it, `head` stands above it.

        `chosen` hears the id of the row that a touch or a step came to.
        """
        self.list, self._empty_list, self._chosen = rows, empty, chosen
        self.name_child(rows, *name)
        rows.picked.connect(self._picked)
        card = Card("plain", padding=2, spacing=0)
        if head is not None:
            card.column.addWidget(head)
        card.column.addWidget(rows, 1)
        card.column.addWidget(empty, 1)
        self.left.addWidget(card, 1)

    def show_list(self) -> None:
        """The list where it has rows, or what is said in its place."""
        filled = bool(self.list.found.rows)
        self.list.setVisible(filled)
        self._empty_list.setVisible(not filled)

    def add_step_keys(self) -> None:
        """Up and Down choose in the list; their words are `up_key`'s and `down_key`'s."""
        self.up_key = self.add_key("up", "Up", lambda: self._step(-1), in_key_bar=False)
        self.down_key = self.add_key("down", "Down", lambda: self._step(1), in_key_bar=False)
        for action in (self.up_key, self.down_key):
            action.setAutoRepeat(True)

    def button(self, icon: str, action: QAction, area: str, control: str) -> ActionButton:
        """A button that does what the key does, and says what the key says."""
        return self._follow(ActionButton("", icon), action, area, control)

    def add_primary(self, icon: str, action: QAction, area: str, control: str) -> ActionButton:
        """The one large button, at the bottom of the right column."""
        made = self._follow(ActionButton("", icon, kind="primary", height=76), action, area, control)
        self.right.addWidget(made)
        return made

    def _follow(self, made: ActionButton, action: QAction, area: str, control: str) -> ActionButton:
        self.name_child(made, area, control)
        made.follow(action)
        return made

    def hide_or_leave(self) -> None:
        """Esc takes away what was said, and leads back where nothing is."""
        if self.banner.isHidden():
            self.back_wanted.emit()
        else:
            self.banner.hide()

    # Choosing.

    def _picked(self, row_id: str) -> None:
        self.list.choose(row_id)
        self._chosen(row_id)

    def _step(self, by: int) -> None:
        self.list.step(by)
        if self.list.chosen:
            self._chosen(self.list.chosen)

    # What is said.

    def retranslate(self) -> None:
        """The banner's own word; what it said in the language before is gone. Call it first."""
        self.banner.close_button.set_name(self.words.say("Dismiss"))
        self.banner.hide()

    def attempt(self, ask: Callable[[], _Answer | Refused]) -> _Answer | None:
        """What a service answers; a no and a trouble are said, and answered as None."""
        try:
            answer = ask()
        except KnownError as error:
            self.tell_trouble(error)
            return None
        if isinstance(answer, Refused):
            self.refuse(answer)
            return None
        return answer

    def refuse(self, refused: Refused) -> None:
        """Say why not, and let it be heard."""
        self._sounds.play(Sound.ATTENTION)
        self.banner.show_message(self.words.refusal(refused), "", "warn")

    def tell_trouble(self, error: KnownError) -> None:
        """Say what of the world failed."""
        self.banner.show_message(self.words.trouble(error), "", "bad")

    def tell_done(self, sentence: str, detail: str = "") -> None:
        """Say that it is done."""
        self.banner.show_message(sentence, detail, "ok")
