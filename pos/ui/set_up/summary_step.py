"""Everything once more before the shop is founded, and what the law asks that Kassa is not."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from pos.domain.country import country_of
from pos.domain.money import Money
from pos.domain.new_shop import FirstItems, NewShop
from pos.domain.tax import PriceMode
from pos.ui.set_up.shop_step import LANGUAGE_NAMES
from pos.ui.set_up.step import Step
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import Banner
from pos.ui.shared.text import Label
from pos.wording import Wording


class SummaryStep(Step):
    """What will be founded."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words)
        self._shop = NewShop()
        card = Card("plain", padding=20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self._rows = [(Label("", 15, 450, tone="text2"), Label("", 16, 600, wrap=True)) for _ in range(7)]
        for number, (name, value) in enumerate(self._rows):
            grid.addWidget(name, number, 0)
            grid.addWidget(value, number, 1)
        card.column.addLayout(grid)
        self.column.addWidget(card)
        self.notice = Banner()
        self.column.addWidget(self.notice)
        self.column.addStretch(1)

    @property
    def title(self) -> str:
        return self.words.say("All at a glance")

    def show_shop(self, new: NewShop) -> None:
        self._shop = new
        self.retranslate()

    def retranslate(self) -> None:
        for (name, value), (said, what) in zip(self._rows, self._facts(), strict=True):
            name.setText(said)
            value.setText(what)
        country = country_of(self._shop.country)
        if country is None or country.register is None:
            self.notice.hide()
        else:
            self.notice.show_message(self.words.register(country.register, country.code), "", "warn")

    def _facts(self) -> list[tuple[str, str]]:
        say, new, words = self.words.say, self._shop, self.words
        mode = say("hold the tax") if new.price_mode is PriceMode.TAX_INCLUDED else say("tax is added")
        items = {
            FirstItems.NONE: say("none yet"),
            FirstItems.SAMPLES: say("twelve samples"),
            FirstItems.FILE: new.items_file,
        }
        people = [new.owner, *new.staff]
        return [
            (say("Shop"), say("{shop} · Store {store}", shop=new.name, store=new.store)),
            (say("Place"), f"{words.country(new.country)} {new.region} · {new.timezone.replace('_', ' ')}"),
            (say("Receipts"), LANGUAGE_NAMES.get(new.language, new.language)),
            (say("Money"), f"{words.currency(new.currency)} · {words.money(Money(new.cash_step, new.currency))}"),
            (say("Prices"), f"{mode} · " + ", ".join(f"{tax.code} {tax.percent} %" for tax in new.taxes)),
            (say("People"), ", ".join(person.name.strip() for person in people[:6]) + (" …" if people[6:] else "")),
            (say("Items"), items[new.items]),
        ]
