"""Labels: which items and how many of each, on which sheet; seen before they are saved as a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from pos.domain.item import Item
from pos.domain.refusal import Code, Refused
from pos.domain.transaction import is_receipt_code
from pos.services.labels import LABELS_MAX, LabelRequest, label_of, save_labels
from pos.speech import N_
from pos.ui.fittings import Fittings
from pos.ui.items.label_page import LabelPage
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.fields import AmountField
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Working
from receipts.labels import SHEETS
from receipts.labels import Label as Printed

SHELF, GOODS = "shelf", "goods"
_SHEET_WORDS = {
    "a4-3x8": N_("A4, 24 labels of 70 × 36 mm"),
    "a4-2x7": N_("A4, 14 labels of 99 × 38 mm"),
    "roll-62": N_("Roll, labels of 62 × 29 mm"),
}


class LabelsScreen(TwoColumns):
    """A scan takes one label more of its item, a number and Enter says how many; F12 saves them."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("item_labels", fittings.words, fittings.sounds, right_min=360)
        self._workstation = fittings.workstation
        self._at_hand = fittings.item
        self._copies: dict[str, int] = {}
        self._items: dict[str, Item] = {}
        self.working = Working(self)
        self.working.ended.connect(self._saved)
        self.working.failed.connect(self.tell_trouble)
        self._find_key = self.add_key("find", "F2", lambda: self.field.edit.setFocus())
        self._remove = self.add_key("remove", "F4", self.remove)
        self._clear = self.add_key("clear", "F8", self.clear)
        self.add_step_keys()
        self._save = self.add_key("save", [], self._pick, primary=True)
        self._back = self.add_key("back", "Esc", self._clear_or_leave)
        self._fill_left()
        self._fill_right()
        self.set_entry(self.amount)
        self.retranslate()

    def _fill_left(self) -> None:
        self.field = self.add_field()
        self.field.submitted.connect(self._find)
        self.amount = AmountField(digits=0, height=80, px=36)
        self.name_child(self.amount, "line", "copies")
        self.amount.submitted.connect(lambda _: self.take_amount())
        self.left.addWidget(self.amount)
        self.kind = SegmentedControl([(SHELF, ""), (GOODS, "")], height=48)
        self.kind.setObjectName("item_labels.kind")
        self.kind.chosen.connect(lambda _: self._show())
        self.left.addWidget(self.kind)
        layout = QHBoxLayout()
        layout.setSpacing(12)
        self.sheet = FormField("item_labels.sheet", ChoiceBox())
        self.sheet.changed.connect(self._show)
        self.skip = FormField("item_labels.skip", NumberEdit())
        self.skip.changed.connect(self._show)
        layout.addWidget(self.sheet, 2)
        layout.addWidget(self.skip, 1)
        self.left.addLayout(layout)
        self._empty = Label("", 15, 450, tone="text2", wrap=True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_list(RowList(), self._empty, self._choose, name=("lines", "list"))

    def _fill_right(self) -> None:
        card = Card("sunken", padding=12)
        self.page = LabelPage()
        card.column.addWidget(self.page, 1)
        self.right.addWidget(card, 1)
        self.save_button = self.add_primary("save", self._save, "page", "save")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Labels")

    @property
    def context(self) -> str:
        return self.words.count("{n} label", "{n} labels", sum(self._copies.values()))

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._find_key.setText(say("Find an item"))
        self._remove.setText(say("Remove line"))
        self._clear.setText(say("Remove all"))
        self.up_key.setText(say("Line above"))
        self.down_key.setText(say("Line below"))
        self._back.setText(say("Back"))
        self.kind.set_text(SHELF, say("For the shelf, with the price"))
        self.kind.set_text(GOODS, say("For the goods, bars alone"))
        self.sheet.set_words(say("Sheet"))
        box = self.sheet.editor
        assert isinstance(box, ChoiceBox)
        box.set_choices([(name, say(said)) for name, said in _SHEET_WORDS.items()])
        self.skip.set_words(say("Places used up"))
        self.field.set_words(say("Scan an item, or type its code or name"), key="F2")
        self.amount.set_words(say("Labels of this item"))
        self._empty.setText(say("Scan what needs a label. Each scan is one more; a number and Enter says how many."))
        self.list.setAccessibleName(say("Labels"))
        self._show()

    def enter(self) -> None:
        """With the item that was spoken of, if no label is asked for yet."""
        self.banner.hide()
        if self._at_hand.id and not self._copies:
            self._add(self._workstation.catalogue.get(self._at_hand.id))
        self._show()

    def take_scan(self, code: str) -> bool:
        if is_receipt_code(code):
            return False
        if self.amount.entry:
            self.take_amount()
        self._find(code)
        return True

    # Which labels.

    @property
    def requests(self) -> tuple[LabelRequest, ...]:
        return tuple(LabelRequest(item, copies) for item, copies in self._copies.items())

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
        self._add(item)
        self._show()

    def _add(self, item: Item | None) -> None:
        if item is not None:
            self._items[item.id], self._at_hand.id = item, item.id
            self._copies[item.id] = min(self._copies.pop(item.id, 0) + 1, LABELS_MAX)

    def take_amount(self) -> None:
        """The number that was typed is how many labels the chosen item gets; none takes it off the list."""
        chosen, entry = self.list.chosen, self.amount.entry
        self.amount.clear_entry()
        if chosen and entry:
            self._copies[chosen] = min(int(entry), LABELS_MAX)
            if not self._copies[chosen]:
                del self._copies[chosen]
            self._show()

    def remove(self) -> None:
        self._copies.pop(self.list.chosen, None)
        self._show()

    def clear(self) -> None:
        self._copies.clear()
        self._show()

    def _choose(self, item_id: str) -> None:
        self._at_hand.id = item_id

    def _clear_or_leave(self) -> None:
        if self.amount.entry:
            self.amount.clear_entry()
        elif not self.banner.isHidden():
            self.banner.hide()
        else:
            self.back_wanted.emit()

    # What comes of them.

    @property
    def _skipped(self) -> int:
        return int(self.skip.text) if self.skip.text.isascii() and self.skip.text.isdigit() else 0

    def _pick(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Save the labels"), "labels.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the PDF, from a worker."""
        desk, requests, words = self._workstation.desk, self.requests, self.words
        sheet, shelf, skip = self.sheet.text, self.kind.choice == SHELF, self._skipped
        self.working.begin(lambda _: save_labels(desk, requests, words, path=path, sheet=sheet, shelf=shelf, skip=skip))

    def _saved(self, path: Path) -> None:
        self.tell_done(self.words.say("The labels are in {file}.", file=str(path)))

    def _show(self) -> None:
        words, desk = self.words, self._workstation.desk
        self.list.found.show(
            [
                ListRow(
                    item,
                    self._items[item].icon or "inventory_2",
                    self._items[item].name_in(words.language),
                    self._items[item].department,
                    words.number(copies),
                )
                for item, copies in self._copies.items()
            ]
        )
        self.list.choose(self._at_hand.id)
        self.show_list()
        count = sum(self._copies.values())
        sheet = SHEETS[self.sheet.text or next(iter(SHEETS))]
        labels: list[Printed] = []
        for item, copies in self._copies.items():
            label = label_of(self._items[item], desk, words, shelf=self.kind.choice == SHELF)
            labels += [label] * min(copies, sheet.count - len(labels))
        said = words.count("Preview of {n} label", "Preview of {n} labels", count)
        self.page.show_labels(labels, sheet, self._skipped, said)
        self._save.setText(words.count("Save {n} label", "Save {n} labels", count))
        for action in (self._save, self._remove, self._clear):
            action.setEnabled(bool(self._copies))
        self.frame_changed.emit()
