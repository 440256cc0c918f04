"""What lies there: goods are received and counted by scanning, corrected with a reason, and all movements listed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pos.domain.item import Item
from pos.domain.item_cells import CellUnreadable, read_stock
from pos.domain.money import Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.stock import StockReason
from pos.domain.transaction import is_receipt_code
from pos.services.stock import StockLine, StockView
from pos.ui.fittings import Fittings
from pos.ui.items.stock_words import REASONS, movement_row
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.fields import AmountField
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import ElidedLabel, Label
from pos.ui.shared.two_columns import TwoColumns

RECEIVE, COUNT, CORRECT, OPEN_BOX = "receive", "count", "correct", "open_box"
OUT, IN = "out", "in"


class StockScreen(TwoColumns):
    """A scan takes one more of its item onto the list, a number and Enter says how many; F12 writes them all."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("item_stock", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._at_hand = fittings.item
        self._item: Item | None = None
        # What was received or counted so far and is not written yet, in thousandths of each item's unit.
        self._lines: dict[str, dict[str, int]] = {RECEIVE: {}, COUNT: {}}
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.amount)
        self.retranslate()

    def _make_keys(self) -> None:
        self._find_key = self.add_key("find", "F2", lambda: self.field.edit.setFocus())
        self._kind_keys = {
            kind: self.add_key(kind, f"Alt+{number}", partial(self.turn_to, kind))
            for number, kind in enumerate((RECEIVE, COUNT, CORRECT, OPEN_BOX), start=1)
        }
        self._remove = self.add_key("remove", "F4", self.remove)
        self.add_step_keys()
        self._write = self.add_key("write", [], self.write, primary=True)
        self._back = self.add_key("back", "Esc", self._clear_or_leave)

    def _fill_left(self) -> None:
        self.kinds = SegmentedControl([(kind, "") for kind in self._kind_keys], height=48)
        self.kinds.setObjectName("item_stock.kind")
        self.kinds.chosen.connect(self.turn_to)
        self.left.addWidget(self.kinds)
        self.field = self.add_field()
        self.field.submitted.connect(self._find)
        self.amount = AmountField(self._shown, digits=3, height=80, px=36)
        self.name_child(self.amount, "line", "amount")
        self.amount.submitted.connect(lambda _: self.take_amount())
        self.left.addWidget(self.amount)
        why = QHBoxLayout()
        why.setSpacing(12)
        self.way = SegmentedControl([(OUT, ""), (IN, "")], height=48)
        self.way.setObjectName("item_stock.way")
        self.reason = FormField("item_stock.reason", ChoiceBox())
        self.note = FormField("item_stock.note", QLineEdit())
        for field, stretch in ((self.way, 2), (self.reason, 2), (self.note, 3)):
            why.addWidget(field, stretch)
        self.left.addLayout(why)
        self._empty = Label("", 15, 450, tone="text2", wrap=True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_list(RowList(), self._empty, self._choose, name=("lines", "list"))

    def _fill_right(self) -> None:
        card = Card("plain", padding=16)
        self._name = ElidedLabel("", 20, 680)
        self._on_hand = Label("", 28, 700)
        card.column.addWidget(self._name)
        card.column.addWidget(self._on_hand)
        self.right.addWidget(card)
        past = Card("plain", padding=2)
        self.moves = RowList()
        self.name_child(self.moves, "moves", "list")
        past.column.addWidget(self.moves, 1)
        self.right.addWidget(past, 1)
        self.write_button = self.add_primary("check", self._write, "lines", "write")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Stock")

    @property
    def said(self) -> str:
        """What lies there of the item shown."""
        return self._on_hand.text()

    @property
    def context(self) -> str:
        return "" if self._item is None else self._item.name

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        names = {RECEIVE: say("Receive"), COUNT: say("Count"), CORRECT: say("Correct"), OPEN_BOX: say("Open box")}
        for kind, name in names.items():
            self.kinds.set_text(kind, name)
            self._kind_keys[kind].setText(name)
        self._find_key.setText(say("Find an item"))
        self._remove.setText(say("Remove line"))
        self.up_key.setText(say("Line above"))
        self.down_key.setText(say("Line below"))
        self._back.setText(say("Back"))
        self.way.set_text(OUT, say("Gone"))
        self.way.set_text(IN, say("There"))
        self.reason.set_words(say("Reason"))
        box = self.reason.editor
        assert isinstance(box, ChoiceBox)
        box.set_choices([(reason.value, say(said)) for reason, said in REASONS.items()])
        self.note.set_words(say("Note, such as the delivery’s number"))
        self.field.set_words(say("Scan an item, or type its code or name"), key="F2")
        self.list.setAccessibleName(say("Not written yet"))
        self.moves.setAccessibleName(say("Movements, the latest first"))
        self.amount.set_shown(self._shown, 3)
        self._show()

    def enter(self) -> None:
        self.banner.hide()
        if self._at_hand.id:
            self._item = self._workstation.catalogue.get(self._at_hand.id)
        self._show()

    def take_scan(self, code: str) -> bool:
        """One more of this item, or the item that is to be corrected; a number that was typed counts first."""
        if is_receipt_code(code):
            return False
        if self.amount.entry and self.kinds.choice in self._lines:
            self.take_amount()
        self._find(code)
        return True

    # One line after the other.

    def turn_to(self, kind: str) -> None:
        """Receive, count or correct; the lines of each wait for its return."""
        self.kinds.choose(kind)
        self.banner.hide()
        self.amount.clear_entry()
        self._show()
        self.focus_entry()

    def _find(self, typed: str) -> None:
        self.banner.hide()
        catalogue = self._workstation.catalogue
        item = catalogue.of_code(typed)
        if item is None:
            found = catalogue.search(typed, decimal_sign=self.words.decimal_sign, limit=2, language=self.words.language)
            item = catalogue.get(found[0].id) if len(found) == 1 else None
        self.field.clear()
        self.focus_entry()
        if item is None:
            self.refuse(Refused(Code.ITEM_UNKNOWN, {"code": typed[:40]}))
            return
        self._item, self._at_hand.id = item, item.id
        lines = self._lines.get(self.kinds.choice)
        if lines is not None:
            one = 1000 if item.unit is Unit.PIECE else 0
            lines[item.id] = lines.pop(item.id, 0) + one
        self._show()

    def take_amount(self) -> None:
        """The number that was typed is how much there is of the item shown."""
        if self._item is None or not self.amount.entry:
            return
        if self.kinds.choice not in self._lines:
            self.write()
            return
        thousandths = self._read()
        if thousandths is not None:
            self._lines[self.kinds.choice][self._item.id] = thousandths
            self.amount.clear_entry()
            self.banner.hide()
        self._show()

    def _read(self) -> int | None:
        assert self._item is not None
        try:
            thousandths = read_stock(self.amount.entry.rstrip("."))
        except CellUnreadable:
            thousandths = -1
        if thousandths < 0 or (self._item.unit is Unit.PIECE and thousandths % 1000):
            self.refuse(Refused(Code.STOCK_INVALID))
            return None
        return thousandths

    def remove(self) -> None:
        """The chosen line is none."""
        if self._item is not None:
            self._lines.get(self.kinds.choice, {}).pop(self._item.id, None)
        self._show()

    def _choose(self, item_id: str) -> None:
        self._item = self._workstation.catalogue.get(item_id)
        self._at_hand.id = item_id
        self._show()

    def _clear_or_leave(self) -> None:
        if self.amount.entry:
            self.amount.clear_entry()
        elif not self.banner.isHidden():
            self.banner.hide()
        else:
            self.back_wanted.emit()

    # What is written.

    def write(self) -> None:
        """Everything on the list, the one correction, or one open box."""
        stock, kind, note = self._workstation.stock, self.kinds.choice, self.note.text
        if kind == OPEN_BOX:
            self._shelve()
            return
        if kind == CORRECT:
            thousandths = self._read() if self._item is not None else None
            if self._item is None or thousandths is None:
                return
            line = StockLine(self._item.id, thousandths if self.way.choice == IN else -thousandths)
            done = self.attempt(lambda: stock.correct(line, StockReason(self.reason.text), note))
        else:
            if self.amount.entry:
                self.take_amount()
            lines = [StockLine(item, amount) for item, amount in self._lines[kind].items()]
            written = stock.receive if kind == RECEIVE else stock.count
            done = self.attempt(lambda: written(lines, note))
        if done is None:
            return
        self._lines.get(kind, {}).clear()
        self.amount.clear_entry()
        self.note.set_text("")
        said = self.words.count("{n} item was written.", "{n} items were written.", len(done))
        self._show()
        self.tell_done(said)

    def _shelve(self) -> None:
        """One opened unit goes on the shelf as an item of its own, which shows then: its labels are printed as any."""
        item, workstation = self._item, self._workstation
        if item is None or not self.amount.entry:
            return
        price = self.attempt(lambda: workstation.catalogue.read_price(self.amount.entry))
        made = None if price is None else self.attempt(lambda: workstation.stock.shelve_open_box(item.id, price))
        if made is None:
            return
        self.amount.clear_entry()
        self._item, self._at_hand.id = made, made.id
        self._show()
        said = self.words.say("{item} is on the shelf for {price}.", item=made.name, price=self._price(made))
        self.tell_done(said)

    def _price(self, item: Item) -> str:
        return self.words.money(Money(item.unit_price_minor, self._workstation.desk.rules.currency))

    # What is shown.

    def _shown(self, entry: str) -> str:
        return entry.replace(".", self.words.decimal_sign)

    def _show(self) -> None:
        say, kind, item = self.words.say, self.kinds.choice, self._item
        lines = self._lines.get(kind, {})
        correcting = kind == CORRECT
        self.way.setVisible(correcting)
        self.reason.setVisible(correcting)
        self.note.setVisible(kind != OPEN_BOX)
        rows = [self._row(view, lines[view.item.id]) for view in self._workstation.stock.on_hand(list(lines))]
        self.list.found.show(rows)
        if item is not None:
            self.list.choose(item.id)
        self.show_list()
        hints = {
            RECEIVE: say("Scan what came. Each scan is one more; a number and Enter says how many."),
            COUNT: say("Scan what lies there. Each scan is one more; a number and Enter says how many."),
            CORRECT: say("Scan the item, type how many are gone or there besides, choose why."),
            OPEN_BOX: say("Scan what came back opened, type its price. One goes on the shelf as an item of its own."),
        }
        self._empty.setText(hints[kind])
        unit = "" if item is None else self.words.unit(item.unit)
        labels = {RECEIVE: say("Received"), COUNT: say("Counted"), CORRECT: say("Quantity"), OPEN_BOX: say("Price")}
        self.amount.set_words(labels[kind], self._workstation.desk.rules.currency if kind == OPEN_BOX else unit)
        writes = {
            RECEIVE: self.words.count("Receive {n} item", "Receive {n} items", len(lines)),
            COUNT: self.words.count("Write the count of {n} item", "Write the count of {n} items", len(lines)),
            CORRECT: say("Correct"),
            OPEN_BOX: say("Put on the shelf"),
        }
        self._write.setText(writes[kind])
        self._write.setEnabled(bool(lines) if kind in self._lines else item is not None)
        self._remove.setEnabled(item is not None and item.id in lines)
        self._show_item()
        self.frame_changed.emit()

    def _row(self, view: StockView, thousandths: int) -> ListRow:
        item, words = view.item, self.words
        there = words.say("{quantity} on hand", quantity=words.quantity(Quantity(view.on_hand, item.unit)))
        return ListRow(
            item.id,
            item.icon or "inventory_2",
            item.name_in(words.language),
            there,
            words.quantity(Quantity(thousandths, item.unit)),
        )

    def _show_item(self) -> None:
        item, words = self._item, self.words
        if item is None:
            self._name.setText(words.say("No item chosen"))
            self._on_hand.setText("")
            self.moves.found.show([])
            return
        (view,) = self._workstation.stock.on_hand([item.id])
        self._name.setText(item.name_in(words.language))
        there = words.quantity(Quantity(view.on_hand, item.unit))
        opened = self._workstation.stock.open_boxes(item.id)
        on_hand = words.say("{quantity} on hand", quantity=there)
        if opened:
            on_hand += " · " + words.say("{quantity} opened", quantity=words.quantity(Quantity(opened, item.unit)))
        self._on_hand.setText(on_hand)
        people = {view.operator.id: view.operator.name for view in self._workstation.sign_on.staff()}
        desk = self._workstation.desk
        moves = self._workstation.stock.movements(item.id)
        self.moves.found.show([movement_row(move, item.unit, words, desk, people) for move in moves])
