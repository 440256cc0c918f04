"""What is rung up without a scan: tiles for items that have no code at hand, and a keypad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.domain.frozen import dataclass
from pos.ui.sell.special_list import SpecialList, SpecialRow
from pos.ui.shared.buttons import PaintedButton, TileButton
from pos.ui.shared.choices import Tabs
from pos.ui.shared.keypad import Keypad, KeypadKey
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import Kind
from pos.wording import Wording

TILES_MAX = 9
_COLUMNS = 3
_KINDS: tuple[Kind, ...] = ("warn", "ok", "info", "out", "neutral", "bad")
KEYS, SPECIALS, PAD = "keys", "specials", "keypad"
_NEIGHBOUR = 48


@dataclass(frozen=True, slots=True)
class Pick:
    """An item with a tile of its own; `kind` is the colour the shop gave it, if any."""

    item: str
    icon: str
    name: str
    price: str
    department: str
    kind: Kind | None = None
    # The path of the item's picture, which stands in the icon's place.
    picture: str = ""
    # What a promotion makes of it just now, in a word.
    tag: str = ""


class Page:
    """A page of tiles with its name; its tiles are asked for when it is shown first."""

    def __init__(self, name: str, picks: Callable[[], tuple[Pick, ...]] = tuple) -> None:
        self.name, self._picks = name, picks

    @cached_property
    def picks(self) -> tuple[Pick, ...]:
        return self._picks()


class PickPanel(QWidget):
    """Tabs over one place of fixed size.

    Signals: item_picked(str) an item's id; digit(str); decimal(); backspace(); times(); enter() of the keypad; turned()
    another tab was chosen.
    """

    item_picked = Signal(str)
    digit = Signal(str)
    decimal = Signal()
    backspace = Signal()
    times = Signal()
    enter = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.tabs = Tabs(((KEYS, ""), (PAD, "")))
        self.tabs.setObjectName("sell.picks.tabs")
        self.tabs.chosen.connect(self._turn)
        self._shelf = QScrollArea(self)
        own_viewport(self._shelf)
        self._shelf.setWidget(self.tabs)
        self._shelf.setWidgetResizable(True)
        self._shelf.setFrameShape(QFrame.Shape.NoFrame)
        self._shelf.setFixedHeight(44)
        self._shelf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for bar in (self._shelf.setHorizontalScrollBarPolicy, self._shelf.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._shelf)
        self._stack = QStackedWidget(self)
        tiles = QWidget()
        self._tiles = QGridLayout(tiles)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self._tiles.setSpacing(8)
        for number in range(_COLUMNS):
            self._tiles.setColumnStretch(number, 1)
            self._tiles.setRowStretch(number, 1)
        self._stack.addWidget(tiles)
        self._stack.addWidget(self._build_pad())
        self.specials = SpecialList()
        self._stack.addWidget(self.specials)
        column.addWidget(self._stack, 1)
        self.tiles: list[TileButton] = []
        self._picks: tuple[Pick, ...] = ()
        self._pages: tuple[Page, ...] = ()
        self._keypad = self._board = ""
        self._printed = True
        # The tab that showed before the board came by itself; empty while it did not.
        self._before = ""

    def _build_pad(self) -> QWidget:
        pad = QWidget()
        row = QHBoxLayout(pad)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.keypad = Keypad(left="decimal")
        self.times_key = KeypadKey("×")
        self.enter_key = KeypadKey("", "check")
        self.enter_key.set_kind("soft")
        for key in (*self.keypad.keys.values(), self.times_key, self.enter_key):
            key.setMinimumSize(70, 70)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.times_key, 1)
        side.addWidget(self.enter_key, 3)
        row.addWidget(self.keypad, 3)
        row.addLayout(side, 1)
        self.keypad.digit.connect(self.digit)
        self.keypad.decimal.connect(self.decimal)
        self.keypad.backspace.connect(self.backspace)
        self.times_key.clicked.connect(lambda: self.times.emit())
        self.enter_key.clicked.connect(lambda: self.enter.emit())
        self.times_key.setObjectName("sell.picks.times")
        self.enter_key.setObjectName("sell.picks.enter")
        return pad

    def show_pages(self, pages: Sequence[Page], keypad: str) -> None:
        """The pages, of each the first nine tiles; specials and keypad stand beside the first one, always in sight."""
        self._pages = tuple(pages) or (Page(""),)
        self._keypad = keypad
        self._show_tabs()
        self._show_page()

    def show_specials(self, rows: Sequence[SpecialRow], board: str) -> None:
        """What is on today; without any there is no tab for it."""
        self._board = board
        self.specials.show_rows(rows)
        self._show_tabs()

    def show_board(self) -> None:
        """Show the specials, where there are any; the tab that shows comes back with `leave_board`."""
        if SPECIALS in self.tabs.buttons and self.tabs.choice != SPECIALS:
            self._before = self.tabs.choice
            self.turn_to(SPECIALS)

    def leave_board(self) -> None:
        """The tab as it was left, unless another one was chosen meanwhile."""
        before, self._before = self._before, ""
        if before and self.tabs.choice == SPECIALS:
            self.turn_to(before if before in self.tabs.buttons else KEYS)

    def _show_tabs(self) -> None:
        first, *others = ((f"{KEYS}{at or ''}", page.name) for at, page in enumerate(self._pages or (Page(""),)))
        count = len(self.specials.rows)
        choices = [first, *([(SPECIALS, self._board)] if count else []), (PAD, self._keypad), *others]
        if [key for key, _ in choices] != list(self.tabs.buttons):
            self.tabs.set_choices(choices)
            self.turn_to(self.tabs.choice)
        for key, text in choices:
            self.tabs.set_text(key, text)
        if count:
            self.tabs.set_badge(SPECIALS, str(count))

    @property
    def page(self) -> int:
        """Which page shows, counted from 0; the first one where the keypad does."""
        return int(self.tabs.choice.removeprefix(KEYS) or 0) if self.tabs.choice.startswith(KEYS) else 0

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The tiles that show."""
        return self._picks

    def turn_page(self, by: int) -> None:
        """To the next tab that way, and round."""
        keys = list(self.tabs.buttons)
        self._turn(keys[(keys.index(self.tabs.choice) + by) % len(keys)])

    def _show_page(self) -> None:
        shown = self._pages[min(self.page, len(self._pages) - 1)].picks[:TILES_MAX]
        if [(pick.item, pick.kind, pick.icon, pick.picture) for pick in shown] != [
            (pick.item, pick.kind, pick.icon, pick.picture) for pick in self._picks
        ]:
            self._rebuild(shown)
        self._picks = shown
        for tile, pick in zip(self.tiles, shown, strict=True):
            tile.set_words(pick.name, pick.price, pick.tag)
            tile.setToolTip(pick.name)

    def _rebuild(self, picks: Sequence[Pick]) -> None:
        for old in self.tiles:
            self._tiles.removeWidget(old)
            old.hide()
            old.deleteLater()
        kinds: dict[str, Kind] = {}
        self.tiles = []
        for number, pick in enumerate(picks):
            kind = pick.kind or kinds.setdefault(pick.department, _KINDS[len(kinds) % len(_KINDS)])
            tile = TileButton("", pick.icon, tile=kind, height=92)
            tile.setObjectName(f"sell.picks.tile{number + 1}")
            tile.set_picture(pick.picture)
            tile.clicked.connect(lambda _=False, item=pick.item: self.item_picked.emit(item))
            self._tiles.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
            self.tiles.append(tile)
        self.print_keys(self._printed)

    def print_keys(self, printed: bool) -> None:
        """Alt and a number press the tiles, unless something else has these keys for a while."""
        self._printed = printed
        for number, tile in enumerate(self.tiles, start=1):
            tile.set_key(f"Alt {number}" if printed else "")

    def pick(self, number: int) -> None:
        """Press tile `number`, counted from 1, where there is one."""
        if number <= len(self._picks):
            self.item_picked.emit(self._picks[number - 1].item)

    def turn_to(self, tab: str) -> None:
        self.tabs.choose(tab)
        # With some of the next one, so that somebody without a wheel or a finger gets there too.
        self._shelf.ensureWidgetVisible(self.tabs.buttons[tab], _NEIGHBOUR)
        self._stack.setCurrentIndex({PAD: 1, SPECIALS: 2}.get(tab, 0))
        self.specials.unmark()
        if tab not in (PAD, SPECIALS) and self._pages:
            self._show_page()

    def _turn(self, tab: str) -> None:
        self._before = ""
        self.turn_to(tab)
        self.turned.emit()

    def retranslate(self, words: Wording) -> None:
        self.keypad.set_decimal_sign(words.decimal_sign)
        self.keypad.set_names(backspace=words.say("Take back the last digit"), decimal=words.say("Decimal sign"))
        named: tuple[tuple[PaintedButton, str, str], ...] = (
            (self.times_key, words.say("Times: the quantity of the next item"), "*"),
            (self.enter_key, words.say("Enter what was typed"), "Enter"),
        )
        for key, name, does in named:
            key.describe(name, does)
            key.setToolTip(name)
