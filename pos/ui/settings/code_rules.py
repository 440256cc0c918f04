"""The rules for codes of the shop's own scale as a table: a row a rule, each fault said below its row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pos.domain.measure_codes import MeasureOf, RuleFault, rule_fault
from pos.speech import N_
from pos.ui.settings.card_list import CardList, ListedCard
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.form import ChoiceBox, NumberEdit
from pos.ui.shared.text import Label
from pos.ui.theme import font
from pos.wording import Wording

_KINDS = ((MeasureOf.PRICE, N_("price")), (MeasureOf.WEIGHT, N_("weight")), (MeasureOf.COUNT, N_("count")))
_HEADS = (
    ("prefix", N_("Begins with")),
    ("item", N_("Item digits")),
    ("value", N_("Value digits")),
    ("of", N_("Holds")),
    ("decimals", N_("Decimals")),
)
_FAULTS = {
    RuleFault.CELLS: N_("Fill in every cell: digits alone, a beginning as 28 or 20-22."),
    RuleFault.PREFIX: N_("A beginning has one to three digits; of two, the lower stands first and is as long: 20-22."),
    RuleFault.LENGTH: N_("The digits do not come to a code: with the last check digit they are 12 or 13 in all."),
    RuleFault.CHECK: N_("A value has a check digit of its own only where it has 4 or 5 digits."),
    RuleFault.DECIMALS: N_("Too many decimals: a price has up to 4, a weight up to 3, a count none."),
    RuleFault.UNIT: N_("Only a weight has a unit."),
}
_PREFIX_MAX, _DIGITS_MAX = 7, 2
# What stands for a cell that is not filled in yet, so that the others keep their places.
_EMPTY = "?"


class CodeRuleRow(ListedCard):
    """One rule."""

    def __init__(self, line: str, words: Wording) -> None:
        super().__init__(padding=10, spacing=6)
        self._words = words
        *cells, further = _cells_of(line)
        self.cells: dict[str, QLineEdit] = {}
        self.further: dict[str, ActionButton] = {}
        self.of = ChoiceBox()
        self.column.addLayout(self._build_cells(cells))
        self.column.addLayout(self._build_further(further.split()))
        self.column.addWidget(self._said)
        self._show()

    def _build_cells(self, written: Sequence[str]) -> QGridLayout:
        say, grid = self._words.say, QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, ((name, said), text) in enumerate(zip(_HEADS, written, strict=True)):
            grid.addWidget(Label(say(said), 13, 450, tone="text2", wrap=True), 0, column)
            grid.setColumnStretch(column, 2 if name == "of" else 1)
            cell = self.of if name == "of" else NumberEdit(text)
            cell.setAccessibleName(say(said))
            grid.addWidget(cell, 1, column)
            if isinstance(cell, NumberEdit):
                cell.setFont(font(16))
                cell.setMinimumSize(56, 48)
                cell.setMaxLength(_PREFIX_MAX if name == "prefix" else _DIGITS_MAX)
                cell.textEdited.connect(lambda _: self._edited())
                self.cells[name] = cell
        self.of.setMinimumContentsLength(6)
        self.of.set_choices([(kind.value, say(said)) for kind, said in _KINDS])
        self.of.choose(written[3])
        self.of.activated.connect(lambda _: self._edited())
        self.remove = IconButton("delete", say("Remove the rule"))
        self.remove.clicked.connect(lambda: self.removed.emit())
        grid.addWidget(self.remove, 1, len(_HEADS))
        return grid

    def _build_further(self, chosen: Sequence[str]) -> QHBoxLayout:
        say, row = self._words.say, QHBoxLayout()
        row.setSpacing(8)
        for name, text in (
            ("checked", say("Value has a check digit")),
            ("lb", say("In pounds")),
            ("weigh", say("Weight from the price")),
        ):
            button = self.further[name] = ActionButton("", kind="outlined", height=44, px=14)
            button.set_checked_kind("selected")
            button.setChecked(name in chosen)
            button.set_text(text)
            button.clicked.connect(lambda _=False: self._edited())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def name(self, number: int) -> None:
        """Tell the row which of them it is."""
        for name, edit in self.cells.items():
            edit.setObjectName(f"settings.code_rules.row{number}.{name}")
        self.of.setObjectName(f"settings.code_rules.row{number}.of")
        self.remove.setObjectName(f"settings.code_rules.row{number}.remove")
        for name, button in self.further.items():
            button.setObjectName(f"settings.code_rules.row{number}.{name}")
        self.setAccessibleName(self._words.say("Rule {n}", n=number))

    @property
    def line(self) -> str:
        """The rule as it is kept; what does not go with what the code holds is left out."""
        cells = {name: edit.text().strip() or _EMPTY for name, edit in self.cells.items()}
        of = self.of.choice
        further = [name for name, button in self.further.items() if button.isChecked() and self._goes(name)]
        return " ".join([cells["prefix"], cells["item"], cells["value"], of, cells["decimals"], *further]).strip()

    @property
    def fault(self) -> str:
        """What is wrong with it, in a sentence; empty where nothing is."""
        fault = rule_fault(self.line)
        return "" if fault is None else self._words.say(_FAULTS[fault])

    def _goes(self, name: str) -> bool:
        return {"checked": True, "lb": self.of.choice == "weight", "weigh": self.of.choice == "price"}[name]

    def _edited(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        for name, button in self.further.items():
            button.setVisible(self._goes(name))
        self.show_fault()
        self.setAccessibleDescription(self.fault)

    @property
    def fields(self) -> Sequence[QWidget]:
        return (*self.cells.values(), self.of)


class CodeRulesTable(CardList[CodeRuleRow]):
    """All rules, the first that fits a code wins."""

    def __init__(self, words: Wording) -> None:
        more = words.say("One more row, to be filled in.")
        super().__init__("settings.code_rules.add", words.say("Add a rule"), more)
        self._words = words

    def made(self, line: str) -> CodeRuleRow:
        return CodeRuleRow(line, self._words)


def _cells_of(line: str) -> list[str]:
    """The five cells of a rule, and in one the words that follow them."""
    first, item, value, of, decimals, *further = [*line.split(), *[""] * 5][: max(5, len(line.split()))]
    cells = ["" if cell == _EMPTY else cell for cell in (first, item, value, of, decimals)]
    return [*cells, " ".join(further)]
