"""The items: found while typing or by scanning, by department, the low ones, those no longer sold, one beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from pos.domain.identifiers import shown_code
from pos.domain.item import Item
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.transaction import is_receipt_code
from pos.services.item_search import FoundItem
from pos.services.stock import StockView
from pos.ui.fittings import Fittings
from pos.ui.items.detail import ItemDetail
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.form import ChoiceBox
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.two_columns import TwoColumns

SOLD, LOW, RETIRED = "sold", "low", "retired"
_FOUND_MAX = 200
_PART = 100


class ItemsScreen(TwoColumns):
    """List and item. A scan shows the item it names and sells nothing."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("items", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._at_hand = fittings.item
        self._after: tuple[str, str, int] | None = None
        self.item: Item | None = None
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._search = self.add_key("search", "F2", self._search_anew)
        self._new = self.add_key("new", "F3", self._make_new)
        self._stock = self.add_key("stock", "F4", partial(self.place_wanted.emit, "item_stock"))
        self._retire = self.add_key("retire", "F6", self.retire)
        self._file = self.add_key("file", "F7", partial(self.place_wanted.emit, "items_import"))
        self._labels = self.add_key("labels", "F8", partial(self.place_wanted.emit, "item_labels"))
        self._kinds = {
            kind: self.add_key(f"show_{kind}", f"Alt+{number}", partial(self.show_kind, kind), in_key_bar=False)
            for number, kind in enumerate((SOLD, LOW, RETIRED), start=1)
        }
        self.add_step_keys()
        self._change = self.add_key("change", [], lambda: self.place_wanted.emit("item_edit"), primary=True)
        self._back = self.add_key("back", "Esc", self._clear_or_leave)

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="search")
        self.field.edited.connect(lambda _: self._load())
        self.field.submitted.connect(self._find)
        narrow = QHBoxLayout()
        narrow.setSpacing(12)
        self.kinds = SegmentedControl([(kind, "") for kind in self._kinds], height=48)
        self.kinds.setObjectName("items.find.kind")
        self.kinds.chosen.connect(self.show_kind)
        self.department = ChoiceBox()
        self.name_child(self.department, "find", "department")
        self.department.activated.connect(lambda _: self._load())
        narrow.addWidget(self.kinds, 3)
        narrow.addWidget(self.department, 2)
        self.left.addLayout(narrow)
        self.empty = EmptyState("inventory_2")
        self.add_list(RowList(self._more), self.empty, self._show_chosen, name=("list", "items"))

    def _fill_right(self) -> None:
        self.detail = ItemDetail()
        self.right.addWidget(self.detail, 1)
        self.nothing = Card("plain")
        self.right.addWidget(self.nothing, 1)
        self.new_button = self.button("add", self._new, "item", "new")
        self.stock_button = self.button("inventory", self._stock, "item", "stock")
        self.file_button = self.button("download", self._file, "item", "file")
        self.retire_button = self.button("block", self._retire, "item", "retire")
        further = QHBoxLayout()
        further.setSpacing(8)
        further.addWidget(self.new_button, 1)
        further.addWidget(self.stock_button, 1)
        self.right.addLayout(further)
        self.right.addWidget(self.file_button)
        self.labels_button = self.button("label", self._labels, "item", "labels")
        self.right.addWidget(ButtonShelf([self.labels_button, self.retire_button], gap=8))
        self.change_button = self.add_primary("edit", self._change, "item", "change")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Items")

    @property
    def context(self) -> str:
        return self.words.count("{n} item", "{n} items", self._workstation.catalogue.count())

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._search.setText(say("Search"))
        self.up_key.setText(say("Item above"))
        self.down_key.setText(say("Item below"))
        self._new.setText(say("New item"))
        self._stock.setText(say("Stock"))
        self._file.setText(say("Import and export"))
        self._labels.setText(say("Labels"))
        self._change.setText(say("Edit item"))
        self._back.setText(say("Back"))
        names = {SOLD: say("On sale"), LOW: say("Low stock"), RETIRED: say("No longer sold")}
        for kind, name in names.items():
            self.kinds.set_text(kind, name)
            self._kinds[kind].setText(name)
        self.field.set_words(say("Scan an item, or type words, a code or a price"), key="F2")
        self.list.setAccessibleName(say("Items"))
        self.department.setAccessibleName(say("Department"))
        self.department.setAccessibleDescription(say("Only items of this department are listed"))
        self._show_departments()
        self._load()

    def enter(self) -> None:
        """Back from another place the list is as it was left, with the item that was spoken of there."""
        self.banner.hide()
        self._show_departments()
        wanted = self._at_hand.id
        self._load()
        if wanted:
            self.show_item(wanted)

    def take_scan(self, code: str) -> bool:
        """An item's code shows the item; a receipt belongs to the journal."""
        if is_receipt_code(code):
            return False
        self._find(code)
        return True

    # The list.

    def show_kind(self, kind: str) -> None:
        """Only what is on sale, what is low, or what is no longer sold."""
        self.kinds.choose(kind)
        self._load()

    def _show_departments(self) -> None:
        chosen = self.department.choice
        say = self.words.say
        names = self._workstation.catalogue.departments()
        self.department.set_choices([("", say("All departments")), *((name, name) for name in names)])
        self.department.choose(chosen)

    def _load(self) -> None:
        """The list anew; the item that was chosen stays chosen where it still shows."""
        kept = self._at_hand.id
        self._after = None
        typed, department = self.field.text, self.department.choice
        catalogue = self._workstation.catalogue
        goes_on = False
        if self.kinds.choice == LOW:
            rows = [
                self._low_row(view) for view in self._workstation.stock.low() if _fits(view.item, typed, department)
            ]
        elif typed and self.kinds.choice == SOLD:
            sign = self.words.decimal_sign
            found = catalogue.search(
                typed, department=department, decimal_sign=sign, limit=_FOUND_MAX, language=self.words.language
            )
            rows = [self._row(item) for item in found]
        else:
            rows, goes_on = self._part()
        self.list.found.show(rows, goes_on=goes_on)
        self.list.choose(kept)
        self._show_chosen(self.list.chosen)
        self.show_list()
        self._say_empty()

    def _more(self) -> tuple[Sequence[ListRow], bool]:
        return self._part()

    def _part(self) -> tuple[list[ListRow], bool]:
        typed, rows = self.field.text.casefold(), list[ListRow]()
        while True:
            page = self._workstation.catalogue.listed(
                after=self._after,
                department=self.department.choice,
                sold=self.kinds.choice == SOLD,
                limit=_PART,
            )
            self._after = page.more
            rows += [self._row(item) for item in page.items if _named(item, typed)]
            if rows or page.more is None:
                return rows, page.more is not None

    def _row(self, item: FoundItem) -> ListRow:
        detail = " · ".join(filter(None, (item.department, shown_code(item.code))))
        price = self.words.money(item.price)
        name = item.name_in(self.words.language)
        return ListRow(item.id, item.icon or "inventory_2", name, detail, price, picture=item.picture)

    def _low_row(self, view: StockView) -> ListRow:
        item, words = view.item, self.words
        limit = words.quantity(Quantity(item.stock_min or 0, item.unit))
        detail = " · ".join(filter(None, (item.department, words.say("low below {limit}", limit=limit))))
        on_hand = words.quantity(Quantity(view.on_hand, item.unit))
        name = item.name_in(words.language)
        return ListRow(item.id, item.icon or "inventory_2", name, detail, on_hand, alarming=True)

    def show_item(self, item_id: str) -> None:
        """Show this item, whether the list has it or not."""
        if item_id in (row.id for row in self.list.found.rows):
            self.list.choose(item_id)
        else:
            self.list.choose_none()
        self._show_chosen(item_id)

    def _show_chosen(self, item_id: str) -> None:
        self._at_hand.id, self._at_hand.code = item_id, ""
        self.item = self._workstation.catalogue.get(item_id) if item_id else None
        item = self.item
        self.detail.setVisible(item is not None)
        self.nothing.setVisible(item is None)
        if item is not None:
            prices = self._workstation.catalogue.prices(item.id)
            (stock,) = self._workstation.stock.on_hand([item.id])
            self.detail.show_item(stock, prices, self.words, self._workstation.desk)
        self._show_actions()

    def _show_actions(self) -> None:
        say, item = self.words.say, self.item
        self._retire.setText(say("Sell again") if item is not None and not item.active else say("Sell no longer"))
        self._retire.setEnabled(item is not None)
        self._change.setEnabled(item is not None)

    def _search_anew(self) -> None:
        self.banner.hide()
        self.field.clear()
        self._load()
        self.focus_entry()

    def _find(self, typed: str) -> None:
        """Enter, or a scan: the one item that is meant."""
        self.banner.hide()
        item = self._workstation.catalogue.of_code(typed)
        if item is not None:
            self.show_item(item.id)
        elif not self.list.found.rows or typed != self.field.text.strip():
            self.refuse(Refused(Code.ITEM_UNKNOWN, {"code": typed[:40]}))
            self._at_hand.code = typed

    def _clear_or_leave(self) -> None:
        if not self.banner.isHidden():
            self.banner.hide()
        elif self.field.text:
            self._search_anew()
        else:
            self.back_wanted.emit()

    # What is done.

    def _make_new(self) -> None:
        """A new item, with the code that was scanned last and is nobody's yet."""
        self._at_hand.id = ""
        self.place_wanted.emit("item_edit")

    def retire(self) -> None:
        """Sell the chosen item no longer, or again."""
        if self.item is None:
            return
        item = self.item
        changed = self.attempt(lambda: self._workstation.catalogue.retire(item.id, sold=not item.active))
        if changed is None:
            return
        said = self.words.say("“{item}” is no longer sold.", item=changed.name)
        again = self.words.say("“{item}” is on sale again.", item=changed.name)
        self._load()
        self.show_item(changed.id)
        self.tell_done(again if changed.active else said)

    def _say_empty(self) -> None:
        say = self.words.say
        if self.field.text:
            self.empty.set_words(say("No item matches"), say("Type fewer letters, or another word."))
        elif self.kinds.choice == LOW:
            self.empty.set_words(say("Nothing is low"), say("Items with a limit show here when less than it is there."))
        elif self.kinds.choice == RETIRED:
            self.empty.set_words(say("Every item is on sale"), "")
        else:
            self.empty.set_words(say("No items yet"), say("Make one, or take them in from a file."))


def _fits(item: Item, typed: str, department: str) -> bool:
    return _named(item, typed.casefold()) and department in ("", item.department)


def _named(item: Item | FoundItem, typed: str) -> bool:
    """Whether one of its names has this, typed in small letters."""
    return any(typed in name.casefold() for name in (item.name, *(name for _, name in item.names)))
