"""The search of the sale: what is typed into the scan field finds items in the basket's place, key by key.

Nothing is modal and nothing waits: a scan goes to the basket as ever and ends the search.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from pos.domain.money import Unit
from pos.domain.trouble import KnownError
from pos.services.catalogue import Catalogue
from pos.services.item_search import FoundItem
from pos.ui.sell.picks import KEYS, PAD, PickPanel
from pos.ui.sell.search_list import KEYS_MAX, FoundLine, FoundList
from pos.ui.shared.buttons import IconButton
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import EmptyState, announce
from pos.ui.shared.scrolled import own_viewport
from pos.wording import Wording

_ICON = "inventory_2"


class ScanRow(QWidget):
    """The scan field, and beside it the way to the search for whoever touches."""

    def __init__(self, search: QAction) -> None:
        super().__init__()
        self.field = ScanField()
        self.field.setObjectName("sell.scan.field")
        self.button = IconButton("search", "", kind="outlined", size=56)
        self.button.setObjectName("sell.scan.search")
        self.button.clicked.connect(search.trigger)
        self._search = search
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)

    def add(self, button: IconButton) -> None:
        """One more button, between the field and the search."""
        self._row.insertWidget(1, button)

    def say_prompt(self, prompt: str, words: Wording) -> None:
        """What the field waits for; empty for an item that is sold."""
        self.field.set_words(prompt or words.say("Scan an item, or type its code or name"), key="F2")

    def retranslate(self, words: Wording) -> None:
        self.say_prompt("", words)
        self.button.set_name(words.say("Search the items"), "F2")
        self._search.setText(words.say("Search"))


class SearchPanel(Card):
    """Hidden until `open_with`. It reads the scan field as long as it shows.

    Signals: picked(str) the id of the item a person chose; failed(object) a KnownError; turned() another department
    was chosen.
    """

    picked = Signal(str)
    failed = Signal(object)
    turned = Signal()

    def __init__(self, catalogue: Catalogue, field: ScanField, words: Wording) -> None:
        super().__init__("plain", padding=8, spacing=8)
        self._catalogue, self._field, self._words = catalogue, field, words
        self.departments = SegmentedControl()
        self.departments.setObjectName("sell.search.departments")
        self.departments.chosen.connect(self._narrowed)
        self._shelf = QScrollArea(self)
        own_viewport(self._shelf)
        self._shelf.setWidget(self.departments)
        self._shelf.setWidgetResizable(True)
        self._shelf.setFrameShape(QFrame.Shape.NoFrame)
        self._shelf.setFixedHeight(48)
        for bar in (self._shelf.setHorizontalScrollBarPolicy, self._shelf.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shelf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = FoundList()
        self.list.setObjectName("sell.search.found")
        self.list.picked.connect(self.picked)
        self.nothing = EmptyState("search")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.list)
        self.column.addWidget(self._shelf)
        self.column.addWidget(self._stack, 1)
        field.edit.textChanged.connect(lambda: self._find())
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open_with(self, text: str) -> None:
        """Show the search for a text, which may be empty, in all departments."""
        try:
            names = self._catalogue.departments()
        except KnownError as error:
            self.failed.emit(error)
            return
        self.departments.set_choices([("", self._words.say("All")), *((name, name) for name in names)])
        self.departments.choose("")
        self.show()
        self._field.set_text(text)
        self._find()

    def close_search(self) -> None:
        """Hide it and empty the field."""
        if self.is_open:
            self.hide()
            self._field.clear()

    def step(self, by: int) -> None:
        """Choose the next item that way."""
        self.list.step(by)

    def pick(self, number: int) -> None:
        """Take the item of that number, counted from 1, where there is one."""
        if 0 < number <= min(len(self.list.found.lines), KEYS_MAX):
            self.picked.emit(self.list.found.lines[number - 1].item)

    def take_chosen(self) -> None:
        """Take the chosen item, where something was found."""
        if self.list.chosen:
            self.picked.emit(self.list.chosen)

    def turn(self, by: int) -> None:
        """To the next department that way, and round."""
        keys = list(self.departments.buttons)
        if self.is_open and keys:
            key = keys[(keys.index(self.departments.choice) + by) % len(keys)]
            self.departments.choose(key)
            self._narrowed()

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.list.setAccessibleName(words.say("Items found"))
        self.departments.setAccessibleName(words.say("Departments"))
        if self.is_open:
            self.departments.set_text("", words.say("All"))
            self._find()

    def _narrowed(self) -> None:
        self._shelf.ensureWidgetVisible(self.departments.buttons[self.departments.choice])
        self._find()
        self.turned.emit()

    def _find(self) -> None:
        if not self.is_open:
            return
        text, department = self._field.text.strip(), self.departments.choice
        try:
            found = self._catalogue.search(
                text, department=department, decimal_sign=self._words.decimal_sign, language=self._words.language
            )
        except KnownError as error:
            self.failed.emit(error)
            return
        self.list.show_lines([self._line(number, item) for number, item in enumerate(found, 1)])
        self._stack.setCurrentIndex(1 if found else 0)
        if not found:
            self._say_nothing(text)

    def _say_nothing(self, text: str) -> None:
        say = self._words.say
        if text:
            title = say("Nothing fits “{text}”", text=text)
            detail = say("Try fewer letters or another department. Esc goes back to the sale.")
        else:
            title = say("Search the items")
            detail = say(
                "Type words in any order, a price such as {exact}, {below} or {span}, or digits of a code.",
                exact=f"19{self._words.decimal_sign}90",
                below="<20",
                span="20-30",
            )
        self.nothing.set_words(title, detail)
        announce(self.nothing)

    def _line(self, number: int, item: FoundItem) -> FoundLine:
        price = self._words.amount(item.price)
        if item.unit is not Unit.PIECE:
            price = self._words.say("{price} / {unit}", price=price, unit=self._words.unit(item.unit))
        code = item.code[1:] if len(item.code) == 14 and item.code.startswith("0") else item.code
        name = item.name_in(self._words.language)
        return FoundLine(
            item=item.id,
            icon=item.icon or _ICON,
            name=name,
            # The line of the sale will say the name that is printed.
            detail=" · ".join(filter(None, ("" if name == item.name else item.name, item.department, code))),
            price=price,
            key=f"Alt {number}" if number <= KEYS_MAX else "",
            picture=item.picture,
        )


class Searching:
    """The search in the basket's place: one of the two shows, and the tiles give their keys to what was found."""

    def __init__(self, panel: SearchPanel, basket: QWidget, picks: PickPanel) -> None:
        self._panel, self._basket, self._picks = panel, basket, picks

    def begin(self, text: str) -> None:
        self._panel.open_with(text)
        self._picks.turn_to(PAD)
        self._basket.setVisible(not self._panel.is_open)

    def end(self) -> None:
        """Bring the basket back."""
        if self._panel.is_open:
            self._panel.close_search()
            self._basket.show()
            self._picks.turn_to(KEYS)

    def turn(self, by: int) -> None:
        """To the next department, or else to the next page of tiles."""
        (self._panel.turn if self._panel.is_open else self._picks.turn_page)(by)
