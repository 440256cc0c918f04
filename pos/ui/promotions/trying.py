"""A basket to try promotions on: what they would take off, why or why not. Nothing of it is sold or written."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.item import Item
from pos.domain.money import Money, Quantity, Unit
from pos.domain.pricing import CustomerFacts, PricedBasket
from pos.domain.promotion import Promotion
from pos.domain.refusal import Refused
from pos.promotion_words import one_more_words, why_not_words
from pos.services.promotion_form import FormFault, read_promotion_form
from pos.services.promotions import TriedLine
from pos.ui.fittings import Fittings
from pos.ui.promotions.detail import clear
from pos.ui.promotions.standing import fault_said
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.form import FormField, NumberEdit
from pos.ui.shared.notices import EmptyState, set_ground
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

_ONE = 1000


class TryScreen(TwoColumns):
    """What is rung up here stays while the promotions are changed, so that one can look again."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("promotion_try", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._at_hand = fittings.promotion
        self._items: dict[str, Item] = {}
        self._quantities: dict[str, int] = {}
        self.priced: PricedBasket | None = None
        self.told: list[tuple[str, str]] = []
        self._search_key = self.add_key("search", "F2", self.focus_entry, in_key_bar=False)
        self._less = self.add_key("less", "F5", lambda: self._change(-_ONE))
        self._more = self.add_key("more", "F6", lambda: self._change(_ONE))
        self._empty_key = self.add_key("empty", "F8", self.start_over)
        self.add_step_keys()
        self._again = self.add_key("again", [], self.try_on, primary=True)
        self._back = self.add_key("back", "Esc", self._go_back)
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _fill_left(self) -> None:
        self.field = self.add_field()
        self.field.submitted.connect(self._typed)
        asked = QGridLayout()
        asked.setHorizontalSpacing(12)
        self.asked: dict[str, FormField] = {}
        for at, name in enumerate(("at", "coupons", "tier", "group")):
            editor = NumberEdit() if name == "at" else QLineEdit()
            self.asked[name] = FormField(f"promotion_try.asked.{name}", editor)
            editor.returnPressed.connect(self.try_on)
            asked.addWidget(self.asked[name], 0, at)
        self.left.addLayout(asked)
        self.empty = EmptyState("shopping_cart")
        self.add_list(RowList(), self.empty, lambda _: None, name=("list", "lines"))

    def _fill_right(self) -> None:
        card = Card("plain", padding=16, spacing=8)
        head = QHBoxLayout()
        self.trial = Pill("", "info", "fact_check")
        head.addWidget(self.trial)
        head.addStretch(1)
        card.column.addLayout(head)
        self.total = Label("", 26, 680, wrap=True)
        self.saved = Label("", 16, 600, tone="ok", wrap=True)
        card.column.addWidget(self.total)
        card.column.addWidget(self.saved)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        column.addLayout(self._told)
        column.addStretch(1)
        card.column.addWidget(scrolled(inside), 1)
        self.right.addWidget(card, 1)
        less = self.button("remove", self._less, "line", "less")
        more = self.button("add", self._more, "line", "more")
        start = self.button("delete", self._empty_key, "line", "empty")
        self.right.addWidget(ButtonShelf([less, more, start], gap=8))
        self.again_button = self.add_primary("fact_check", self._again, "basket", "again")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Try promotions")

    @property
    def context(self) -> str:
        trial = self._at_hand.trial
        return "" if trial is None else trial.name_in(self.words.language)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._search_key.setText(say("Search"))
        self.up_key.setText(say("Line above"))
        self.down_key.setText(say("Line below"))
        self._less.setText(say("One less"))
        self._more.setText(say("One more"))
        self._empty_key.setText(say("Start over"))
        self._again.setText(say("Try it"))
        self._back.setText(say("Back"))
        self.field.set_words(say("Scan an item, or type its name"), key="F2")
        self.asked["at"].set_words(say("When"), say("Empty: now. As 2026-12-24 16:00"))
        self.asked["coupons"].set_words(say("Coupons"), say("Several with commas between"))
        self.asked["tier"].set_words(say("Tier"), say("Of the customer"))
        self.asked["group"].set_words(say("Group"), say("Of the customer"))
        self.list.setAccessibleName(say("Items to try promotions on"))
        self.empty.set_words(say("No items yet"), say("Scan what a customer might buy. Nothing here is sold."))
        self.trial.set_state(say("With the promotion as it stands in the form"), "info", "fact_check")
        self.try_on()

    def enter(self) -> None:
        """The basket as it was left, with the promotions as they are now."""
        self.banner.hide()
        self.trial.setVisible(self._at_hand.trial is not None)
        self.try_on()

    def take_scan(self, code: str) -> bool:
        """An item joins the basket; anything else is shown as a coupon."""
        item = self._workstation.catalogue.of_code(code)
        if item is not None:
            self._add(item)
            return True
        field = self.asked["coupons"]
        field.set_text(", ".join(filter(None, (field.text, code))))
        self.try_on()
        return True

    def _go_back(self) -> None:
        """To the form whose promotion is tried, or to the list."""
        if self._at_hand.trial is None:
            self.back_wanted.emit()
        else:
            self.place_wanted.emit("promotion_edit")

    # The basket.

    def _typed(self, text: str) -> None:
        catalogue = self._workstation.catalogue
        item = catalogue.of_code(text)
        if item is None:
            found = catalogue.search(text, decimal_sign=self.words.decimal_sign, limit=1, language=self.words.language)
            item = catalogue.get(found[0].id) if found else None
        if item is None:
            self._sounds.play(Sound.ATTENTION)
            said = self.words.say("No match for “{text}”", text=text)
            self.banner.show_message(said, "", "warn")
            return
        self.field.clear()
        self._add(item)

    def _add(self, item: Item) -> None:
        self.banner.hide()
        self._items[item.id] = item
        self._quantities[item.id] = self._quantities.get(item.id, 0) + _ONE
        self.try_on(choose=item.id)

    def _change(self, by: int) -> None:
        """One more or less of the chosen line; a line without any is gone."""
        item = self.list.chosen
        if not item:
            return
        self._quantities[item] += by
        if not self._quantities[item]:
            del self._quantities[item]
        self.try_on(choose=item)

    def start_over(self) -> None:
        """An empty basket, nothing asked."""
        self._quantities.clear()
        for field in self.asked.values():
            field.set_text("")
        self.field.clear()
        self.try_on()
        self.focus_entry()

    @property
    def _at(self) -> datetime | None:
        """When it is tried; read as the day a promotion begins is. Raises FormFault."""
        text = self.asked["at"].text
        if not text:
            return None
        probe = read_promotion_form({"id": "x", "value": "1", "from": text}, self._workstation.desk.rules.currency)
        return probe.conditions.starts

    # What comes of it.

    def try_on(self, *, choose: str = "") -> None:
        """Price the basket, and say what every promotion made of it."""
        self.asked["at"].refuse("")
        try:
            at = self._at
        except FormFault as fault:
            self._sounds.play(Sound.ATTENTION)
            self.asked["at"].refuse(fault_said(fault.fault, self.words, self.words.say("When")))
            return
        lines = [
            TriedLine(item, Quantity(much, self._items[item].unit)) for item, much in self._quantities.items()
        ]  # fmt: skip
        tier, group = self.asked["tier"].text, self.asked["group"].text
        customer = CustomerFacts("", tier=tier, group=group) if tier or group else None
        coupons = [code.strip() for code in self.asked["coupons"].text.split(",") if code.strip()]
        self.priced = self.attempt(
            lambda: self._workstation.promotions.try_on(
                lines, at, customer=customer, coupons=coupons, instead=self._instead()
            )
        )
        self._show(choose or self.list.chosen)

    def _instead(self) -> list[Promotion] | None:
        """The shop's own with the one from the form in its place."""
        trial = self._at_hand.trial
        if trial is None:
            return None
        found = self._workstation.promotions.as_they_stand()
        own = () if isinstance(found, Refused) else found
        return [*(each for each in own if each.id != trial.id), trial]

    def _show(self, choose: str) -> None:
        priced, words = self.priced, self.words
        rows = [] if priced is None else [self._row(number) for number in range(len(priced.lines))]
        self.list.found.show(rows)
        self.list.choose(choose)
        self.show_list()
        for action in (self._less, self._more):
            action.setEnabled(bool(rows))
        currency = self._workstation.desk.rules.currency
        saved = 0 if priced is None else priced.promotions.saved
        total = 0 if priced is None else priced.total
        self.total.setText(words.say("Total {amount}", amount=words.money(Money(total, currency))))
        self.saved.setText(words.say("{amount} taken off", amount=words.money(Money(saved, currency))) if saved else "")
        self.saved.setVisible(bool(saved))
        self.told = self._outcome()
        clear(self._told)
        for heading, sentence in self.told:
            self._told.addWidget(Label(heading, 15, 600, wrap=True))
            if sentence:
                self._told.addWidget(Label(sentence, 14, 450, tone="text2", wrap=True))
        self.frame_changed.emit()

    def _row(self, number: int) -> ListRow:
        assert self.priced is not None
        line, words = self.priced.lines[number], self.words
        currency = self._workstation.desk.rules.currency
        quantity = words.quantity(line.line.quantity)
        sign = "" if line.line.quantity.unit is Unit.PIECE else " "
        detail = f"{quantity}{sign} × {words.money(Money(line.line.unit_price, currency))}"
        if line.discount:
            detail += f" − {words.money(Money(line.discount, currency))}"
        figure = words.money(Money(line.extended - line.discount, currency))
        return ListRow(line.line.item, "shopping_cart", line.line.name, detail, figure)

    def _outcome(self) -> list[tuple[str, str]]:
        """Each promotion that these items concern: what it took off, or why nothing."""
        if self.priced is None or not self.priced.lines:
            return []
        outcome, words = self.priced.promotions, self.words
        currency = self._workstation.desk.rules.currency
        concerned = [each.promotion for each in outcome.applied] + [each.promotion for each in outcome.passed_over]
        ids = sorted({item for promotion in concerned for item in promotion.named_items})
        items = {item.id: item.name for item in self._workstation.catalogue.get_many(ids)} if ids else {}
        more = {
            each.promotion.id: one_more_words(each, currency, words, lambda item: items.get(item, item))
            for each in outcome.one_more
        }
        told = []
        for applied in outcome.applied:
            name = applied.promotion.name_in(words.language)
            off = f"{name}: −{words.money(Money(applied.amount, currency))}"
            limited = words.say("its limit a receipt is reached") if applied.limited else ""
            told.append((off, " · ".join(filter(None, (limited, more.get(applied.promotion.id, ""))))))
        for passed in outcome.passed_over:
            why = why_not_words(passed, outcome, currency, words)
            told.append((why, more.get(passed.promotion.id, "")))
        if outcome.stopped:
            told.append((words.say("The search stopped at its bound; the best it had found holds."), ""))
        return told or [(words.say("No promotion concerns these items."), "")]
