"""An item's form: a new one, or what is to be changed of one; nothing is written before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.country import ordinary_taxes
from pos.domain.item import Item
from pos.domain.item_check import read_code
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.ui.fittings import Fittings
from pos.ui.items.codes import CodesCard
from pos.ui.items.fields import ItemFields
from pos.ui.items.prices import PricesCard
from pos.ui.shared.cards import Card
from pos.ui.shared.edit_form import EditForm
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.sounds import Sound

_CODE_REFUSALS = frozenset(
    (Code.CODE_TAKEN, Code.CODE_UNREADABLE, Code.CHECK_DIGIT_WRONG, Code.CODE_NOT_OF_ITEM, Code.ITEM_UNKNOWN)
)


class ItemForm(EditForm):
    """What is typed stays until it is saved or dropped, whatever is looked at meanwhile.

    The codes of an item that exists and a price from a day are changes of their own: they are written at once.
    """

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("item_edit", fittings.words, fittings.sounds)
        self._catalogue = fittings.workstation.catalogue
        self._desk = fittings.workstation.desk
        self._at_hand = fittings.item
        self.item = self._blank()
        self.add_save_key()
        self.add_drop_key()
        self.add_back_key()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.fields.fields["name"])
        self.retranslate()

    def _fill_left(self) -> None:
        card = Card("plain", padding=16)
        self.fields = ItemFields(self._desk)
        self.fields.changed.connect(self._changed)
        set_ground(self.fields, "none")
        card.column.addWidget(scrolled(self.fields))
        self.left.addWidget(card, 1)

    def _fill_right(self) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(0, 0, 8, 0)
        cards.setSpacing(12)
        self.codes = CodesCard()
        self.codes.wanted.connect(self.add_code)
        self.codes.unwanted.connect(self.remove_code)
        self.prices = PricesCard(self._desk)
        self.prices.wanted.connect(self.set_price)
        cards.addWidget(self.codes)
        cards.addWidget(self.prices)
        cards.addStretch(1)
        self.right.addWidget(scrolled(inside), 1)
        self.save_button = self.add_primary("check", self.save_key, "item", "save")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("New item") if self.new else self.words.say("Change an item")

    @property
    def context(self) -> str:
        return self.item.name

    @property
    def new(self) -> bool:
        return not self.item.id

    @property
    def texts(self) -> dict[str, str]:
        return self.fields.texts

    @property
    def unsaved(self) -> bool:
        """Also where a new item has codes already."""
        return super().unsaved or (self._loaded and self.new and bool(self.item.codes))

    def retranslate(self) -> None:
        super().retranslate()
        self.fields.retranslate(self.words, self._desk.rules.currency)
        self.codes.retranslate(self.words)
        self.prices.retranslate(self.words)

    def enter(self) -> None:
        """The item at hand; what was typed for it and not saved is still there."""
        self.banner.hide()
        if not (self.unsaved and self._at_hand.id == self.item.id):
            self._load()
        if self.new and self._at_hand.code:
            code, self._at_hand.code = self._at_hand.code, ""
            self.add_code(code)

    def take_scan(self, code: str) -> bool:
        """A scan is one more code of the item."""
        self.codes.take(code)
        return True

    # What stands here.

    def _blank(self) -> Item:
        taxes = ordinary_taxes(self._desk.rules)
        return Item("", "", 0, taxes[0] if taxes else ())

    def _load(self) -> None:
        self.item = (self._catalogue.get(self._at_hand.id) if self._at_hand.id else None) or self._blank()
        self.fields.show_item(self.item, self._desk.rules.currency, new=self.new)
        self._begin()
        self.codes.field.set_text("")
        self.codes.refuse("")
        self.codes.show_codes(self.item.codes)
        self.prices.setVisible(not self.new)
        self.prices.begin()
        self.prices.show_prices(() if self.new else self._catalogue.prices(self.item.id), self.item.unit)
        self._changed()

    # What is written.

    def save(self) -> None:
        """Take the item in, or put it in place of what it was; back to the list with it."""
        self.banner.hide()
        wanted = self.fields.read(self.item, self._catalogue)
        if isinstance(wanted, Refused):
            self._sounds.play(Sound.ATTENTION)
            return
        item, write = wanted, self._catalogue.new_item if self.new else self._catalogue.edit_item
        done = self.attempt(lambda: write(item))
        if done is None:
            return
        self._at_hand.id = done.id
        self._leave_saved()

    def add_code(self, text: str) -> None:
        """One more code: of an item that exists at once, of a new one when it is saved."""
        self.codes.refuse("")
        if not self.new:
            self._take(lambda: self._catalogue.add_code(self.item.id, text))
            return
        key = read_code(text)
        if isinstance(key, Refused):
            self.refuse(key)
            return
        owner = self._catalogue.of_code(key)
        if owner is not None:
            self.refuse(Refused(Code.CODE_TAKEN, {"code": text, "item": owner.name}))
            return
        self._show_codes(replace(self.item, codes=tuple(sorted({*self.item.codes, key}))))

    def remove_code(self, code: str) -> None:
        """A code less."""
        self.codes.refuse("")
        if self.new:
            self._show_codes(replace(self.item, codes=tuple(each for each in self.item.codes if each != code)))
        else:
            self._take(lambda: self._catalogue.remove_code(self.item.id, code))

    def _take(self, change: Callable[[], Item | Refused]) -> None:
        changed = self.attempt(change)
        if changed is not None:
            self._show_codes(changed)

    def _show_codes(self, item: Item) -> None:
        self.item = replace(self.item, codes=item.codes)
        self.codes.field.set_text("")
        self.codes.show_codes(item.codes)
        self._changed()

    def set_price(self, text: str, begins: datetime) -> None:
        """Another price from the beginning of a day on."""
        self.banner.hide()
        price = self._catalogue.read_price(text)
        try:
            if not isinstance(price, Refused):
                done = self._catalogue.set_price(self.item.id, price, begins.astimezone(UTC))
                price = done if isinstance(done, Refused) else price
        except KnownError as error:
            self.tell_trouble(error)
            return
        if isinstance(price, Refused):
            self._sounds.play(Sound.ATTENTION)
            self.prices.price.refuse(self.words.refusal(price))
            return
        self.prices.begin()
        self.prices.show_prices(self._catalogue.prices(self.item.id), self.item.unit)

    def refuse(self, refused: Refused) -> None:
        """Say it where it belongs: at its field, at the codes, or above everything."""
        if refused.code in _CODE_REFUSALS:
            self._sounds.play(Sound.ATTENTION)
            self.codes.refuse(self.words.refusal(refused))
        elif self.fields.says(refused):
            self._sounds.play(Sound.ATTENTION)
            self.fields.refuse(refused)
        else:
            super().refuse(refused)
