"""What to print: a tile for each paper of the return, two beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.returns.paper_tile import PaperTile
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import ElidedLabel, Label

_ACROSS = 2


@dataclass(frozen=True, slots=True)
class TileWords:
    """What one tile shows; `said` is the word for being ticked or not."""

    icon: str
    title: str
    detail: str
    ticked: bool
    said: str


class PackTiles(QWidget):
    """The first tiles have the keys there are; those behind them are touched.

    Signals: looked(int) somebody points at the tile of this place; touched(int) a tile that has no key was pressed.
    """

    looked = Signal(int)
    touched = Signal(int)

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._actions = tuple(actions)
        self.tiles: list[PaperTile] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        self._title, self._hint = Label("", 15, 600, tone="text2"), ElidedLabel("", 13, 450, tone="text3")
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._hint)
        column.addLayout(head)
        inside = QWidget()
        set_ground(inside, "none")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        for at in range(_ACROSS):
            self._grid.setColumnStretch(at, 1)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._scroll = scrolled(inside)
        column.addWidget(self._scroll, 1)

    def set_words(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)

    def show_tiles(self, papers: Sequence[TileWords], screen: str) -> None:
        """One tile for each, and the keys that have none sleep."""
        if [paper.icon for paper in papers] != [tile.picture for tile in self.tiles]:
            self._build(papers, screen)
        for at, action in enumerate(self._actions):
            action.setVisible(at < len(papers))
            action.setEnabled(at < len(papers))
        for tile, paper in zip(self.tiles, papers, strict=True):
            tile.show_paper(paper.title, paper.detail, ticked=paper.ticked, said=paper.said)

    def _build(self, papers: Sequence[TileWords], screen: str) -> None:
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        for at, paper in enumerate(papers):
            tile = PaperTile(paper.icon, self._actions[at] if at < len(self._actions) else None)
            if at >= len(self._actions):
                tile.clicked.connect(partial(self.touched.emit, at))
            tile.setObjectName(f"{screen}.paper.{at + 1}")
            tile.looked.connect(partial(self.looked.emit, at))
            self._grid.addWidget(tile, at // _ACROSS, at % _ACROSS)
            self.tiles.append(tile)
