"""Money: the currency, what shelf prices hold, the tax rates, and what cash is rounded to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos.domain.country import CASH_STEPS, CURRENCIES
from pos.domain.money import Money
from pos.domain.new_shop import NewShop, ShopField, TypedTax
from pos.domain.tax import PriceMode
from pos.ui.set_up.fields import ChoiceField, LineField
from pos.ui.set_up.step import Step
from pos.ui.shared.text import Label
from pos.wording import Wording

TAX_ROWS = 5


class MoneyStep(Step):
    """Currency, prices, rounding, taxes."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words)
        self.currency = ChoiceField("money.currency")
        self.mode = ChoiceField("money.price_mode")
        self.rounding = ChoiceField("money.rounding")
        self.taxes = [
            (LineField(f"money.tax_{row}.name"), LineField(f"money.tax_{row}.percent"))
            for row in range(1, TAX_ROWS + 1)
        ]
        self._currency = "USD"
        self._note = Label("", 14, 450, tone="text2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(16)
        for field in (self.currency, self.mode, self.rounding):
            field.changed.connect(self.changed)
            row.addWidget(field, 4 if field is self.currency else 3)
        self.currency.changed.connect(lambda: self._list_steps(self.currency.choice))
        self.column.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for number, pair in enumerate(self.taxes):
            for side, line in enumerate(pair):
                line.changed.connect(self.changed)
                grid.addWidget(line, number, side)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self._note)
        self.column.addStretch(1)

    @property
    def title(self) -> str:
        return self.words.say("Prices and tax")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        return {
            ShopField.CURRENCY: self.currency,
            ShopField.PRICE_MODE: self.mode,
            ShopField.ROUNDING: self.rounding,
            ShopField.TAX_RATES: self.taxes[0][0],
        }

    def show_shop(self, new: NewShop) -> None:
        self._list_choices()
        self.currency.choose(new.currency)
        self._list_steps(new.currency)
        self.mode.choose(new.price_mode.value)
        self.rounding.choose(str(new.cash_step))
        typed = [*new.taxes, *[TypedTax("", "")] * TAX_ROWS]
        for (name, percent), tax in zip(self.taxes, typed, strict=False):
            name.set_text(tax.code)
            percent.set_text(tax.percent)

    def read(self, new: NewShop) -> NewShop:
        typed = (TypedTax(name.text, percent.text) for name, percent in self.taxes)
        return replace(
            new,
            currency=self.currency.choice,
            price_mode=PriceMode(self.mode.choice),
            cash_step=int(self.rounding.choice),
            taxes=tuple(tax for tax in typed if tax.code.strip() or tax.percent.strip()),
        )

    def retranslate(self) -> None:
        say, field = self.words.say, self.words.field
        self.currency.set_words(field(ShopField.CURRENCY))
        self.mode.set_words(field(ShopField.PRICE_MODE))
        self.rounding.set_words(field(ShopField.ROUNDING))
        for number, (name, percent) in enumerate(self.taxes, 1):
            name.set_words(say("Tax {n}: its name, one word", n=number))
            percent.set_words(say("Tax {n}: per cent", n=number))
        self._note.setText(
            say("These rates are a proposal. Look them up for your place and your goods: you answer for them.")
        )
        self._list_choices()
        self._list_steps(self._currency)

    def _list_choices(self) -> None:
        say = self.words.say
        self.currency.set_choices([(code, self.words.currency(code)) for code in CURRENCIES])
        self.mode.set_choices(
            [
                (PriceMode.TAX_INCLUDED.value, say("hold the tax")),
                (PriceMode.TAX_ADDED.value, say("tax is added")),
            ]
        )

    def _list_steps(self, currency: str) -> None:
        self._currency = currency
        self.rounding.set_choices([(str(step), self.words.money(Money(step, currency))) for step in CASH_STEPS])
