"""Why this price: what was taken off and by what rule, what was not used and why, what one more would bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.services.sale import SaleView
from pos.ui.sell import why_words as late_why_words
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.side import Side, SidePanel
from pos.ui.sell.teller import Teller
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.workstation import Workstation


class ReasonCard(Card):
    """One thing that made the price what it is; what took nothing off stands flat, with an icon before it."""

    def __init__(self, said: late_why_words.Reasoned) -> None:
        super().__init__("plain" if said.amount else "sunken", padding=12, spacing=2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = Label(said.title, 15, 600 if said.amount else 450, wrap=True)
        head.addWidget(Icon(said.icon, 20, colour="ok" if said.amount else "text2", fill=1))
        head.addWidget(self.title, 1)
        if said.amount:
            head.addWidget(Label(said.amount, 15, 680, tone="ok"))
        self.column.addLayout(head)
        if said.rule:
            self.column.addWidget(Label(said.rule, 13, 450, tone="text2", wrap=True))
        if said.where:
            self.column.addWidget(Label(said.where, 13, 600, tone="text2", wrap=True))
        self.setAccessibleName(said.spoken)


class WhyPanel(SidePanel):
    """The selected line first, then the sale; the arrows choose another line. `clear` leaves what else is open."""

    def __init__(
        self,
        screen: Screen,
        side: Side,
        teller: Teller,
        workstation: Workstation,
        basket: BasketCard,
        *,
        clear: Callable[[], None],
    ) -> None:
        super().__init__("why", "sell")
        self._side, self._teller, self._workstation = side, teller, workstation
        self._basket, self._clear = basket, clear
        screen.add_key("why", "Alt+W", self.begin, in_key_bar=False)
        screen.add_key("why_up", "PgUp", lambda: self._scroll(-1), in_key_bar=False)
        screen.add_key("why_down", "PgDown", lambda: self._scroll(1), in_key_bar=False)
        self.cards: list[ReasonCard] = []
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        self._shelf = scrolled(inside)
        self._shelf.setObjectName("sell.why.reasons")
        self.column.addWidget(self._shelf, 1)
        teller.changed.connect(self._follow)

    def begin(self) -> None:
        """Say why; once more puts it away."""
        shows = self._side.panel is self
        self._clear()
        if not shows:
            self.retranslate(self._teller.words)
            self.set_title(self._teller.words.say("Why this price"))
            self._show(self._workstation.sale.view)
            self._side.open_panel(self, self.begin)

    def step(self, by: int) -> None:
        last = self._basket.model.rowCount() - 1
        if last >= 0:
            self._basket.select(min(max(self._basket.view.row + by, 0), last))
            self._show(self._workstation.sale.view)
            announce(self)

    @property
    def said(self) -> str:
        """Everything that shows, as a screen reader says it."""
        return self._shelf.accessibleName()

    def _follow(self, view: SaleView) -> None:
        if self._side.panel is self:
            self._show(view)

    def _show(self, view: SaleView) -> None:
        row = min(max(self._basket.view.row, 0), len(view.priced.lines) - 1)
        sections = late_why_words.why_sections(view.priced, row, self._teller.words)
        while self._list.count() > 1:
            taken = self._list.takeAt(0)
            old = None if taken is None else taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.cards = []
        for section in sections:
            self._add(section)
        self._shelf.verticalScrollBar().setValue(0)
        said = ". ".join(_spoken(sections))
        self._shelf.setAccessibleName(said)
        self.setAccessibleDescription(said)

    def _add(self, section: late_why_words.Section) -> None:
        self._list.insertWidget(self._list.count() - 1, Label(section.title, 13, 600, tone="text2", wrap=True))
        for said in section.reasons:
            card = ReasonCard(said)
            card.setObjectName(f"sell.why.reason{len(self.cards) + 1}")
            self.cards.append(card)
            self._list.insertWidget(self._list.count() - 1, card)

    def _scroll(self, pages: int) -> None:
        if self._side.panel is self:
            bar = self._shelf.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep())


def _spoken(sections: Iterable[late_why_words.Section]) -> Iterable[str]:
    for section in sections:
        yield section.title
        yield from (said.spoken for said in section.reasons)
