"""The tab of specials: on the idle sale it shows by itself, and gives way to the tiles once something is rung up."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject

from pos.domain.item import Item
from pos.domain.money import Money, Unit
from pos.domain.trouble import KnownError
from pos.services.specials import SpecialsView
from pos.ui.sell.arrange import ArrangePanel
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.picks import SPECIALS, PickPanel
from pos.ui.sell.side import Side, SidePanel
from pos.ui.sell.special_list import SpecialList, SpecialRow
from pos.ui.sell.teller import Teller
from pos.ui.shared.screen import Screen
from pos.ui.special_words import detail_of, figure_of, say_of, terms_of
from pos.ui.theme import icon_names
from pos.wording import Wording

# As many as the sign-in has lines.
TOLD_MAX = 4


class SpecialBoard(QObject):
    """Opening a card shows the items it is about; nothing is rung up by it. Taking one of those items sells it."""

    def __init__(self, screen: Screen, picks: PickPanel, side: Side, teller: Teller, arrange: ArrangePanel) -> None:
        super().__init__(screen)
        self._picks, self._side, self._teller, self._arrange = picks, side, teller, arrange
        self._workstation = arrange.workstation
        self._view: SpecialsView | None = None
        # Nothing is read before somebody comes to sell, and nothing shows before the sale said how it stands.
        self._was_read = False
        self._idle: bool | None = None
        picks.specials.picked.connect(self.open_special)
        self.key = screen.add_key("specials", "Alt+E", self.turn_to, in_key_bar=False)

    @cached_property
    def panel(self) -> ChoicePanel:
        """The items of one special, built when one is opened."""
        panel = ChoicePanel("special", "campaign")
        panel.chosen.connect(self._picks.item_picked)
        return panel

    def read(self) -> None:
        """Read what is on today, and say it."""
        self._was_read = True
        try:
            self._view = self._workstation.specials.today()
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
        self.retranslate()

    def retranslate(self) -> None:
        words = self._teller.words
        self.key.setText(words.say("Specials"))
        if self._idle is None:
            return
        rows = [] if self._view is None else self._rows(self._view, words)
        self._picks.show_specials(rows, words.say("Specials"))
        self.key.setEnabled(bool(rows))
        self._arrange.show_tiles(self._picks)

    def told(self, words: Wording) -> tuple[str, tuple[str, ...]]:
        """What is on today as the sign-in says it: a title, and a line each; the last one says how many more there are.

        Nothing where it cannot be read: whoever signs in is told by whatever they do next.
        """
        try:
            view = self._workstation.specials.today()
        except KnownError:
            return "", ()
        lines = [_line(row) for row in self._rows(view, words)]
        if len(lines) > TOLD_MAX:
            more = len(lines) - TOLD_MAX + 1
            lines[TOLD_MAX - 1 :] = [words.count("and {n} more", "and {n} more", more)]
        return words.say("Specials today"), tuple(lines)

    def follow(self, *, idle: bool) -> None:
        """Read anew between two sales, and show there what is on; with the first item the tiles are as they were."""
        if not self._was_read or idle == self._idle:
            return
        first, self._idle = self._idle is None, idle
        if first:
            # It was read a moment ago.
            self.retranslate()
        elif idle:
            self.read()
        if idle:
            self._picks.show_board()
        else:
            self._picks.leave_board()

    def turn_to(self) -> None:
        """The tab of specials."""
        self._side.close_panel()
        self._picks.turn_to(SPECIALS)
        self._picks.turned.emit()

    @property
    def stepping(self) -> SidePanel | SpecialList | None:
        """What the arrows and Enter mean beside the basket: the panel that shows, or on the idle sale the cards."""
        cards = bool(self._idle) and self._picks.tabs.choice == SPECIALS
        return self._side.panel or (self._picks.specials if cards else None)

    def open_special(self, promotion_id: str) -> None:
        """The items of one special, in the place of the tiles."""
        row = next((each for each in self._picks.specials.rows if each.id == promotion_id), None)
        if row is None:
            return
        words, currency = self._teller.words, self._workstation.desk.rules.currency
        self.panel.retranslate(words)
        self.panel.set_title(f"{row.figure} · {row.detail}" if row.detail else row.figure, row.name)
        try:
            items = self._workstation.specials.items(promotion_id)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return
        sentence = row.said if items else " ".join(filter(None, (row.said, words.say("It is for all items."))))
        choices = [(item.id, item.name_in(words.language), self._price(item, currency)) for item in items]
        self.panel.offer(sentence, choices, chosen=0 if choices else -1)
        self._side.open_panel(self.panel, lambda: self.open_special(promotion_id))

    def _price(self, item: Item, currency: str) -> str:
        words = self._teller.words
        price = words.amount(Money(item.unit_price_minor, currency))
        if item.unit is Unit.PIECE:
            return price
        return words.say("{price} / {unit}", price=price, unit=words.unit(item.unit))

    def _rows(self, view: SpecialsView, words: Wording) -> list[SpecialRow]:
        currency = self._workstation.desk.rules.currency
        rows = []
        for special in view.specials:
            figure, struck = figure_of(special, currency, words)
            said = say_of(special.promotion, words)
            rows.append(
                SpecialRow(
                    special.promotion.id,
                    special.icon if special.icon in icon_names() else "campaign",
                    special.promotion.name_in(words.language),
                    detail_of(special, view.at, currency, words),
                    figure,
                    struck,
                    said,
                    words.say("New") if special.new else "",
                    terms_of(special.promotion.conditions, view.at, words),
                    words.quoted(said),
                )
            )
        return rows


def _line(row: SpecialRow) -> str:
    """A special in one line: what, how much, for whom, until when, and whether it is new."""
    return " · ".join(filter(None, (row.name, row.figure, row.terms, row.new)))
