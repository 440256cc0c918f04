"""The goods of a case: a row for each line, and below the chosen one what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.item import Item
from pos.domain.money import Money, minor_text
from pos.domain.policy_case import SAME_SERIAL, CaseWords, GoodsAsked
from pos.domain.refusal import Refused
from pos.domain.return_request import FIRST_CONDITION, FIRST_REASON
from pos.ui.policy_try.choices import AS_KEPT, CODE_MISSING, FINAL, FINE, NOT_FINE, PART_MISSING, goods_choices
from pos.ui.policy_try.field_grid import FieldGrid
from pos.ui.shared.notices import set_ground
from pos.ui.shared.option_button import OptionButton
from pos.wording import Wording
from pos.workstation import Workstation

LINES_MAX = 9
_PIECES_MAX = 999
_ROW = 52
_NAMES = ("pieces", "price", "condition", "reason", "category", "flag", "serial", "missing", "answers")
_OTHER = {"yes": "no"}


class _Line:
    """One line as it stands in the form: its item, and the text of every field. `kept` is what a kept case said."""

    def __init__(self, item: Item, texts: dict[str, str], kept: GoodsAsked | None = None) -> None:
        self.item, self.texts, self.kept = item, texts, kept


class GoodsForm(QWidget):
    """One line is chosen, and its fields stand below its row.

    Signals: changed(): something was typed or chosen; submitted(): Enter in a line.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, workstation: Workstation) -> None:
        super().__init__()
        set_ground(self, "none")
        self._workstation, self._known, self._words = workstation, CaseWords(), Wording("en")
        self.lines: list[_Line] = []
        self.at = 0
        self._rows: list[OptionButton] = []
        self.grid = FieldGrid("policy_try.form", _NAMES, ("pieces", "price"), wide=("reason",))
        self.fields = self.grid.fields
        self.grid.changed.connect(self._edited)
        self.grid.submitted.connect(self.submitted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.grid)
        self._show()

    @property
    def item(self) -> Item | None:
        """That of the chosen line."""
        return self.lines[self.at].item if self.lines else None

    # What stands there.

    def set_words(self, words: Wording, known: CaseWords, write_anew: Callable[[str], str]) -> None:
        """The names and the choices in this language; `write_anew` writes a price that was typed in another."""
        self._words, self._known = words, known
        for line in self.lines:
            line.texts["price"] = write_anew(line.texts["price"])
        self._show()

    def take(self, item: Item) -> bool:
        """One line more, of this item; whether there is room."""
        if len(self.lines) >= LINES_MAX:
            return False
        self._hold()
        self.lines.append(_Line(item, self._first(item)))
        self.choose(len(self.lines) - 1)
        return True

    def _first(self, item: Item) -> dict[str, str]:
        texts = dict.fromkeys(_NAMES, "")
        first = {"pieces": "1", "price": self._price_text(item.unit_price_minor), "category": item.department}
        return texts | first | {"condition": FIRST_CONDITION, "reason": FIRST_REASON, "serial": SAME_SERIAL}

    def show_goods(self, goods: Sequence[GoodsAsked]) -> None:
        """The lines of a kept case."""
        self.lines = [_Line(one.item, self._texts(one), one) for one in goods]
        self.at = 0
        self._show()

    def _texts(self, one: GoodsAsked) -> dict[str, str]:
        answers = {self._answers(said): said for said in (NOT_FINE, FINE, "")}
        missing = CODE_MISSING if one.code_missing else "".join(f"{PART_MISSING}{part}" for part in one.missing)
        said = tuple(sorted(one.facts.items()))
        return {
            "pieces": str(one.pieces),
            "price": self._price_text(one.price),
            "condition": one.condition,
            "reason": one.reason,
            "category": one.item.department,
            "flag": "",
            "serial": one.serial,
            "missing": missing,
            "answers": answers.get(said, AS_KEPT) if one.facts else "",
        }

    def _price_text(self, price: int) -> str:
        return minor_text(price, self._workstation.desk.rules.currency).replace(".", self._words.decimal_sign)

    def choose(self, at: int) -> None:
        """Show the fields of that line."""
        self.at = min(max(at, 0), max(len(self.lines) - 1, 0))
        self._show()

    def remove(self) -> None:
        """Take the chosen line out."""
        if self.lines:
            del self.lines[self.at]
            self.choose(self.at)
            self.changed.emit()

    def clear(self) -> None:
        self.lines, self.at = [], 0
        self._show()

    def _hold(self) -> None:
        """Keep what stands in the fields with the chosen line."""
        if self.lines:
            self.lines[self.at].texts = self.grid.texts()

    def _edited(self) -> None:
        self._hold()
        self._show_rows()
        self.changed.emit()

    def _show(self) -> None:
        """The fields and the rows, as the chosen line says."""
        say, line = self._words.say, self.lines[self.at] if self.lines else None
        names = {
            "pieces": say("Pieces"), "price": say("Price of one"), "condition": say("State of the goods"),
            "reason": say("Reason"), "category": say("Department"), "flag": say("Marked"),
            "serial": say("Serial number"), "missing": say("Missing"), "answers": say("Questions"),
        }  # fmt: skip
        kept = line is not None and line.kept is not None and bool(line.kept.facts)
        choices = goods_choices(self._workstation, self._known, self._words, kept=kept)
        if line is not None and line.item.department not in dict(choices["category"]):
            choices["category"] = [*choices["category"], (line.item.department, line.item.department)]
        self.grid.set_words(names, choices)
        hidden = {"serial"} if line is None or not line.item.serial else set()
        if not self._known.questions and not kept:
            hidden.add("answers")
        self.grid.show_only(hidden)
        if line is not None:
            self.grid.show_texts(line.texts)
        self._show_rows()

    def _show_rows(self) -> None:
        """A row for each line, the fields below the chosen one."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._column.removeWidget(self.grid)
        self._rows = []
        for at, line in enumerate(self.lines):
            row = self._row(at, line)
            self._rows.append(row)
            self._column.addWidget(row)
            if at == self.at:
                self._column.addWidget(self.grid)
        self.grid.setVisible(bool(self.lines))

    def _row(self, at: int, line: _Line) -> OptionButton:
        words, texts = self._words, line.texts
        state = words.condition(texts["condition"]) if texts["condition"] else words.say("Nobody looked")
        row = OptionButton(line.item.name, state, f"{texts['pieces']} × {texts['price']}", "", height=_ROW)
        row.setObjectName(f"policy_try.form.line{at + 1}")
        row.mark(words.say("chosen") if at == self.at else "")
        row.setAccessibleDescription(words.say("Up and Down choose a line, F7 takes it out"))
        row.clicked.connect(lambda _=False, at=at: self.step(at - self.at))
        return row

    def step(self, by: int) -> None:
        """The line above or below."""
        self._hold()
        self.choose(self.at + by)

    # What is asked.

    def asked(self) -> tuple[GoodsAsked, ...] | None:
        """The lines as they stand here; None where one cannot be read, which is chosen then and its field says."""
        self.grid.refuse_nothing()
        self._hold()
        told: list[GoodsAsked] = []
        for at, line in enumerate(self.lines):
            one = self._line(at, line, told)
            if one is None:
                return None
            told.append(one)
        return tuple(told) or None

    def _line(self, at: int, line: _Line, before: Sequence[GoodsAsked]) -> GoodsAsked | None:
        texts, words = line.texts, self._words
        price = self._workstation.catalogue.read_price(texts["price"].replace(words.decimal_sign, "."))
        if isinstance(price, Refused):
            self._cannot(at, "price", words.refusal(price))
            return None
        pieces = texts["pieces"]
        if not (pieces.isascii() and pieces.isdigit() and 0 < int(pieces[:6]) <= _PIECES_MAX):
            self._cannot(at, "pieces", words.say("Type 1 to {most}.", most=_PIECES_MAX))
            return None
        missing = texts["missing"]
        one = GoodsAsked(
            self._meant(line),
            price,
            pieces=int(pieces),
            condition=texts["condition"],
            reason=texts["reason"],
            serial=texts["serial"] if line.item.serial else SAME_SERIAL,
            missing=(missing.removeprefix(PART_MISSING),) if missing.startswith(PART_MISSING) else (),
            code_missing=missing == CODE_MISSING,
            facts=self._facts(line),
        )
        same = next((each for each in before if each.item.id == one.item.id), None)
        if same is not None and (same.item, same.price) != (one.item, one.price):
            currency = self._workstation.desk.rules.currency
            of = words.money(Money(same.price, currency))
            said = words.say("The same item stands above for {price}: let both say the same.", price=of)
            self._cannot(at, "price", said)
            return None
        return one

    def _cannot(self, at: int, name: str, sentence: str) -> None:
        if at != self.at:
            self.at = at
            self._show()
        self.fields[name].refuse(sentence)

    def _meant(self, line: _Line) -> Item:
        """The item with the department and the mark that are meant here."""
        item, flag = replace(line.item, department=line.texts["category"]), line.texts["flag"]
        if flag == FINAL:
            return replace(item, final_sale=True)
        return replace(item, flags=tuple(sorted({*item.flags, flag}))) if flag else item

    def _facts(self, line: _Line) -> dict[str, str]:
        said = line.texts["answers"]
        if said == AS_KEPT:
            return {} if line.kept is None else dict(line.kept.facts)
        return dict(self._answers(said))

    def _answers(self, said: str) -> tuple[tuple[str, str], ...]:
        """What is answered to every question, in their order."""
        if not said:
            return ()
        asked = sorted(self._known.questions.items())
        return tuple((ask, fine if said == FINE else _OTHER.get(fine, "yes")) for ask, fine in asked)
