"""What is new: the manual's page about what came with each version, to be read in peace."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScroller, QTextBrowser, QVBoxLayout

from pos import VERSION
from pos.ui.fittings import Fittings
from pos.ui.help.pages import page
from pos.ui.help.text import let_breathe
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import set_ground
from pos.ui.shared.screen import Screen
from pos.ui.theme import font

NAME = "news"
_WIDTH_MAX = 900


class NewsScreen(Screen):
    """One page, scrolled by keys, wheel and touch."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__(NAME, fittings.words)
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self.text = QTextBrowser()
        self.name_child(self.text, "page", "text")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFont(font(16))
        self.text.setOpenLinks(False)
        self.text.setMaximumWidth(_WIDTH_MAX)
        set_ground(self.text, "surface")
        QScroller.grabGesture(self.text.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        card = Card("plain", padding=24, spacing=0)
        card.column.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.addWidget(card)
        self.set_entry(self.text)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("What is new")

    @property
    def context(self) -> str:
        return self.words.say("Kassa {version}", version=VERSION)

    def retranslate(self) -> None:
        self._back.setText(self.words.say("Back"))
        self.text.setMarkdown(page(NAME, self.words.language))
        let_breathe(self.text.document())
        self.text.setAccessibleName(self.text.toPlainText())
