"""What an item costs, asked without selling it: while it shows, a scan checks and adds nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos.domain.money import Money, Quantity, Unit
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services import price_check as late_price_check
from pos.ui.sell.side import Side, SidePanel
from pos.ui.sell.teller import Teller
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import announce
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.workstation import Workstation


class PriceCheckPanel(SidePanel):
    """Opened by its key; Esc ends it. `clear` leaves what else is open on the screen."""

    def __init__(
        self, screen: Screen, side: Side, teller: Teller, workstation: Workstation, clear: Callable[[], None]
    ) -> None:
        super().__init__("price_check", "sell")
        self._side, self._teller, self._workstation, self._clear = side, teller, workstation, clear
        self.key = screen.add_key("price_check", "Alt+C", self.begin, in_key_bar=False)
        # What was checked last; empty while nothing was.
        self._code = ""
        self._card = Card("plain", padding=16, spacing=4)
        self.item = Label("", 20, 680, wrap=True)
        self.price = Label("", 40, 680)
        self.facts = Label("", 15, 450, tone="text2", wrap=True)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self.item, self.price, self.facts):
            self._card.column.addWidget(label)
        self._card.column.addStretch(1)
        self.column.addWidget(self._card, 1)

    def begin(self) -> None:
        self._clear()
        words = self._teller.words
        self.retranslate(words)
        self.set_title(words.say("Price check"))
        self.item.setText(words.say("Scan an item, or type its code"))
        self.price.setText("")
        self.facts.setText(words.say("Nothing is added while this shows. Esc ends it."))
        self._code = ""
        self._side.open_panel(self, self.begin)

    def take_scan(self, code: str) -> bool:
        if self._check(code):
            self._teller.rung_up()
        return True

    def unfinished(self) -> object:
        return self._code

    def take_up(self, unfinished: str) -> None:
        if unfinished:
            self._check(unfinished)

    def _check(self, code: str) -> bool:
        """Say what it costs; False where that was refused."""
        words = self._teller.words
        try:
            said = self._workstation.catalogue.check_price(code)
            if isinstance(said, Refused):
                self._teller.refuse(said)
                return False
            stock = self._workstation.stock.on_hand([said.item.id])
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return False
        self._code = code
        self._teller.banner.hide()
        self._show(said, stock[0].on_hand if stock else 0)
        return True

    def _show(self, said: late_price_check.PriceCheck, on_hand: int) -> None:
        words, item = self._teller.words, said.item
        price = words.money(said.price)
        if item.unit is not Unit.PIECE:
            price = words.say("{price} / {unit}", price=price, unit=words.unit(item.unit))
        name = item.name_in(words.language)
        self.item.setText(name)
        self.price.setText(words.say("Price is typed") if item.open_price else price)
        facts = [self._compared(said), *self._by_quantity(said), *self._taxes(said)]
        facts.append(words.say("In stock: {quantity}", quantity=words.quantity(Quantity(on_hand, item.unit))))
        if item.age:
            facts.append(words.say("Sold from the age of {age}", age=item.age))
        codes = ", ".join(code[1:] if len(code) == 14 and code.startswith("0") else code for code in item.codes)
        facts.append(words.say("Codes: {codes}", codes=codes) if codes else "")
        self.facts.setText("\n".join(filter(None, (item.department, *facts))))
        self._card.setAccessibleName(f"{name}, {self.price.text()}, {self.facts.text()}".replace("\n", ", "))
        announce(self._card)

    def _compared(self, said: late_price_check.PriceCheck) -> str:
        """The price of a kilogram or litre, where the content is known."""
        minor, content = said.item.comparison_price, said.item.content
        if minor is None or content is None:
            return ""
        words = self._teller.words
        price = words.amount(Money(minor, said.price.currency))
        return words.say("{price} / {unit}", price=price, unit=words.unit(content.unit))

    def _by_quantity(self, said: late_price_check.PriceCheck) -> list[str]:
        """The prices that hold from a quantity on."""
        words, currency = self._teller.words, said.price.currency
        return [
            words.say(
                "from {quantity}: {price}",
                quantity=words.quantity(Quantity(each.starts, said.item.unit)),
                price=words.money(Money(each.price, currency)),
            )
            for each in said.item.quantity_prices
        ]

    def _taxes(self, said: late_price_check.PriceCheck) -> list[str]:
        words = self._teller.words
        rates = [words.percent(tax.rate_millionths) for tax in said.taxes if tax.rate_millionths]
        if said.prices_hold_tax:
            return [words.say("Tax {rate}, included", rate=rate) for rate in rates]
        return [words.say("Tax {rate}", rate=rate) for rate in rates]
