"""The ways to pay as a table: a card a tender, with its bounds and what it may do; the shop's own types are added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pos.domain.tender import TenderKind
from pos.domain.tender_lines import (
    REFUNDS,
    TenderLineUnreadable,
    code_of,
    read_tender_line,
    write_tender_line,
)
from pos.domain.tender_rules import TenderRule
from pos.speech import N_
from pos.ui.settings.card_list import CardList, ListedCard
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.form import ChoiceBox, NumberEdit
from pos.ui.shared.text import Label
from pos.ui.theme import font
from pos.wording import Wording

_BOUNDS = (
    ("least", N_("At least")),
    ("most", N_("At most")),
    ("alone", N_("More needs a manager")),
)
_DOES = (
    ("taken", N_("Taken here")),
    ("reference", N_("Ask for a number")),
    ("change", N_("Gives change")),
    ("drawer", N_("Opens the drawer")),
)
_REFUND_WORDS = {
    "same": N_("The way it was paid"),
    "cash": N_("In cash"),
    "store_credit": N_("As store credit"),
    "mailed_check": N_("By check in the mail"),
    "none": N_("Not at all"),
}
_FLAG_FIELDS = {"taken": "active", "reference": "asks_reference", "change": "gives_change", "drawer": "opens_drawer"}
_NAME_MAX = 30


class TenderRow(ListedCard):
    """One way to pay."""

    def __init__(self, rule: TenderRule, currency: str, words: Wording, taken: set[str]) -> None:
        super().__init__(padding=12, spacing=8)
        self._rule, self._currency, self._words, self._codes = rule, currency, words, taken
        self.own = rule.kind is TenderKind.OTHER
        self.cells: dict[str, QLineEdit] = {}
        self.does: dict[str, ActionButton] = {}
        self.column.addLayout(self._build_head())
        self.column.addLayout(self._build_does())
        self.column.addLayout(self._build_cells())
        self.column.addWidget(self._said)
        self._show()

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if not self.own:
            row.addWidget(Label(self._words.tender(self._rule.kind), 17, 600), 1)
            return row
        self.cells["words"] = self._cell("words", self._words.say("What it is called"), self._rule.words)
        self.cells["words"].setMaxLength(_NAME_MAX)
        self.cells["words"].setPlaceholderText(self._words.say("What it is called"))
        self.remove = IconButton("delete", self._words.say("Remove this way to pay"))
        self.remove.clicked.connect(lambda: self.removed.emit())
        row.addWidget(self.cells["words"], 1)
        row.addWidget(self.remove)
        return row

    def _build_does(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, said in _DOES:
            button = self.does[name] = ActionButton("", kind="outlined", height=44, px=14)
            button.set_checked_kind("selected")
            button.setChecked(bool(getattr(self._rule, _FLAG_FIELDS[name])))
            button.set_text(self._words.say(said))
            button.clicked.connect(lambda _=False: self._edited())
            # What the program itself knows of a kind is not the shop's to say.
            button.setVisible(self.own or name in {"taken", "drawer"})
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_cells(self) -> QGridLayout:
        say, grid = self._words.say, QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        money = {name: getattr(self._rule, name) for name, _ in _BOUNDS}
        sign = self._words.decimal_sign
        line = write_tender_line(TenderRule("x", TenderKind.OTHER, "x", **money), self._currency)
        written = dict(word.split("=", 1) for word in line.split() if "=" in word)
        for column, (name, said) in enumerate(_BOUNDS):
            grid.addWidget(Label(say(said), 13, 450, tone="text2", wrap=True), 0, column)
            self.cells[name] = self._cell(name, say(said), written.get(name, "").replace(".", sign), NumberEdit())
            grid.addWidget(self.cells[name], 1, column)
            grid.setColumnStretch(column, 1)
        self.refund = ChoiceBox()
        self.refund.set_choices([(name, say(_REFUND_WORDS[name])) for name in REFUNDS])
        self.refund.choose(self._rule.refund_to)
        self.refund.setMinimumContentsLength(14)
        grid.setColumnStretch(len(_BOUNDS), 2)
        self.refund.setAccessibleName(say("Goes back"))
        self.refund.activated.connect(lambda _: self._edited())
        grid.addWidget(Label(say("Goes back"), 13, 450, tone="text2"), 0, len(_BOUNDS))
        grid.addWidget(self.refund, 1, len(_BOUNDS))
        only = say("Only for these departments, with commas; empty for all")
        self.cells["only"] = self._cell("only", only, ", ".join(self._rule.departments))
        grid.addWidget(Label(only, 13, 450, tone="text2", wrap=True), 2, 0, 1, len(_BOUNDS) + 1)
        grid.addWidget(self.cells["only"], 3, 0, 1, len(_BOUNDS) + 1)
        return grid

    def _cell(self, name: str, said: str, text: str, edit: QLineEdit | None = None) -> QLineEdit:
        cell = edit or QLineEdit()
        cell.setText(text)
        cell.setFont(font(16))
        cell.setMinimumSize(88, 48)
        cell.setAccessibleName(said)
        cell.textEdited.connect(lambda _: self._edited())
        return cell

    def name(self, number: int) -> None:
        """Tell the row which of them it is."""
        place = self._rule.code or f"own{number}"
        for name, edit in self.cells.items():
            edit.setObjectName(f"settings.tenders.{place}.{name}")
        for name, button in self.does.items():
            button.setObjectName(f"settings.tenders.{place}.{name}")
            button.setAccessibleDescription(self.called)
        self.refund.setObjectName(f"settings.tenders.{place}.refund")
        if self.own:
            self.remove.setObjectName(f"settings.tenders.{place}.remove")
        self.setAccessibleName(self.called)

    @property
    def called(self) -> str:
        return self.cells["words"].text().strip() if self.own else self._words.tender(self._rule.kind)

    @property
    def line(self) -> str:
        """The line the setting keeps; a cell that is no amount stays as it was typed, and makes it unreadable."""
        code = self._rule.code or code_of(self.called, self._codes)
        rule = TenderRule(
            code,
            self._rule.kind,
            self.called if self.own else "",
            **{field: self.does[name].isChecked() for name, field in _FLAG_FIELDS.items()},
            refund_to=self.refund.choice,
            departments=tuple(part.strip() for part in self.cells["only"].text().split(",") if part.strip()),
            not_for=self._rule.not_for,
        )
        amounts = ((name, self.cells[name].text().strip().replace(",", ".")) for name, _ in _BOUNDS)
        typed = "".join(f" {name}={text.replace(' ', '')}" for name, text in amounts if text)
        return write_tender_line(rule, self._currency) + typed

    @property
    def fault(self) -> str:
        """What is wrong with it, in a sentence; empty where nothing is."""
        if self.own and not self.called:
            return self._words.say("Give it a name.")
        try:
            read_tender_line(self.line, self._currency)
        except TenderLineUnreadable:
            return self._words.say("These bounds are no amounts, or leave nothing between them.")
        return ""

    def _edited(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.show_fault(self.called)

    @property
    def fields(self) -> Sequence[QWidget]:
        return tuple(self.cells.values())


class TenderTable(CardList[TenderRow]):
    """All ways to pay, in their order."""

    def __init__(self, words: Wording, currency: str) -> None:
        more = words.say("A transfer, a meal voucher: one more card, to be filled in.")
        super().__init__("settings.tenders.add", words.say("Add a way to pay"), more)
        self._words, self._currency = words, currency

    def made(self, line: str) -> TenderRow:
        new = TenderRule("", TenderKind.OTHER, asks_reference=True)
        rule = read_tender_line(line, self._currency) if line else new
        taken = {row.line.split(" ", 1)[0] for row in self.rows}
        return TenderRow(rule, self._currency, self._words, taken)
