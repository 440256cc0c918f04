"""The report of returns: a stretch of days, cut as one asks, with the returns behind a row and the way to each."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from pos.domain.money import Money
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Refused
from pos.domain.returns_report import WHOLE, Cut, Part, ReturnsReport
from pos.services.reasons import reasons
from pos.services.returns_report import LISTED_MAX, ReturnCase, cases_of, make_report, save_report
from pos.ui.reports import spans
from pos.ui.reports.words import CUTS, ICONS, part_name
from pos.ui.shared.cards import Card
from pos.ui.shared.chips import Chips
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.figures import Figures
from pos.ui.shared.notices import EmptyState, set_ground
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pathlib import Path

    from pos.ui.fittings import Fittings

OTHER = "other"


class ReturnsReportScreen(TwoColumns):
    """Days and cut above, rows below; at the right the whole of it and the returns of the chosen row."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("reports", fittings.words, fittings.sounds)
        self._workstation, self._settings = fittings.workstation, fittings.settings
        self.days = spans.named(spans.WEEK, self._today())
        self.cut = Cut.REASON
        self.report: ReturnsReport | None = None
        self._cases: dict[str, ReturnCase] = {}
        self._known: dict[str, str] = {}
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._open_key = self.add_key("open", [], self.open_receipt, primary=True)
        self._days_key = self.add_key("days", "F2", self._ask_days)
        self._file = self.add_key("file", "F8", partial(self.save, each_line=False))
        self._lines = self.add_key("lines", "Shift+F8", partial(self.save, each_line=True))
        self._earlier = self.add_key("earlier", "Alt+Left", partial(self._turn, -1))
        self._later = self.add_key("later", "Alt+Right", partial(self._turn, 1))
        self._cut_keys = [
            self.add_key(f"cut{number}", f"Alt+{number}", partial(self._choose_cut, number), in_key_bar=False)
            for number in range(1, len(CUTS) + 1)
        ]
        self.add_step_keys()
        self._case_up = self.add_key("case_up", "Alt+Up", partial(self._step_case, -1), in_key_bar=False)
        self._case_down = self.add_key("case_down", "Alt+Down", partial(self._step_case, 1), in_key_bar=False)
        self._back = self.add_key("back", "Esc", self.hide_or_leave)

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="calendar_month")
        self.field.submitted.connect(self._take_days)
        self.field.confirmed.connect(self.open_receipt)
        self.spans = SegmentedControl([(name, "") for name in spans.SPANS])
        self.spans.chosen.connect(self._take_span)
        self.left.addWidget(self.spans)
        self.cuts = Chips("reports.cut")
        self.cuts.chosen.connect(self._cut_by)
        self.left.addWidget(self.cuts)
        self.empty = EmptyState("assignment_return")
        set_ground(self.empty, "none")
        # On the smallest screen it moves rather than that the cuts above it are cut off.
        self.add_list(RowList(), scrolled(self.empty), self._show_part, name=("report", "parts"))

    def _fill_right(self) -> None:
        self.whole = Card("plain", padding=16, spacing=8)
        self.title_of_whole = Label("", 16, 600, wrap=True)
        self.whole.column.addWidget(self.title_of_whole)
        self.figures = Figures()
        self.whole.column.addWidget(self.figures)
        self.right.addWidget(self.whole)
        self.cases = RowList()
        self.name_child(self.cases, "report", "cases")
        self.cases.picked.connect(self.cases.choose)
        card = self._behind = Card("plain", padding=2, spacing=0)
        self.title_of_cases = Label("", 15, 600, wrap=True)
        self.title_of_cases.setContentsMargins(14, 10, 14, 8)
        card.column.addWidget(self.title_of_cases)
        card.column.addWidget(self.cases, 1)
        self.right.addWidget(card, 1)
        self.right.addStretch()
        self.file_button = self.button("download", self._file, "report", "file")
        self.lines_button = self.button("download", self._lines, "report", "lines")
        self.right.addWidget(ButtonShelf([self.file_button, self.lines_button], gap=8))
        self.open_button = self.add_primary("receipt_long", self._open_key, "report", "open")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Returns report")

    @property
    def context(self) -> str:
        return self._days_said

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._open_key.setText(say("Show the receipt"))
        self._days_key.setText(say("Other days"))
        self._file.setText(say("Save as CSV"))
        self._lines.setText(say("Every line as CSV"))
        self._earlier.setText(say("Days before"))
        self._later.setText(say("Days after"))
        self.up_key.setText(say("Row above"))
        self.down_key.setText(say("Row below"))
        self._case_up.setText(say("Return above"))
        self._case_down.setText(say("Return below"))
        self._back.setText(say("Back"))
        self.field.set_words(say("Type a day, or the first and the last one"), key="F2")
        for name, said in spans.SPANS.items():
            self.spans.set_text(name, say(said))
        self.list.setAccessibleName(say("Rows of the report"))
        self.cases.setAccessibleName(say("Returns of the chosen row"))
        for action, said in zip(self._cut_keys, CUTS.values(), strict=True):
            action.setText(say("By: {cut}", cut=say(said)))
        self._load()

    def enter(self) -> None:
        """The figures of this moment, of the days that were asked for."""
        self.banner.hide()
        self._load()

    def hide_or_leave(self) -> None:
        """What was typed goes before the place is left."""
        if self.banner.isHidden() and self.field.text:
            self.field.clear()
        else:
            super().hide_or_leave()

    # The days.

    def _today(self) -> date:
        return self._workstation.lookup.today

    @property
    def _days_said(self) -> str:
        since, until = (self.words.short_day(day) for day in self.days)
        return since if since == until else f"{since} – {until}"

    def _ask_days(self) -> None:
        self.field.clear()
        self.focus_entry()

    def _take_span(self, name: str) -> None:
        self.days = spans.named(name, self._today())
        self._load()
        self.focus_entry()

    def _take_days(self, text: str) -> None:
        days = spans.typed(text, self._workstation.lookup.day_named)
        if days is None:
            self._sounds.play(Sound.ATTENTION)
            self.banner.show_message(
                self.words.say("“{text}” is no day and no two days.", text=text),
                self.words.say("Type as 11/1/2026 11/15/2026, 1.11.2026 15.11.2026 or 2026-11-01 2026-11-15."),
                "warn",
            )
            return
        self.field.clear()
        self.banner.hide()
        self.days = days
        self._load()

    def _turn(self, by: int) -> None:
        self.days = spans.turned(self.days, by)
        self._load()

    # The rows.

    def _choose_cut(self, number: int) -> None:
        self.cuts.choose(number)

    def _cut_by(self, cut: str) -> None:
        self.cut = Cut(cut)
        self._load()
        self.focus_entry()

    def _load(self) -> None:
        """Ask for the report anew; the row that was chosen stays so where it is there still."""
        self.report = self.attempt(lambda: make_report(self._workstation.desk, *self.days))
        self._known = {
            one.code: one.words
            for kind in (ReasonKind.RETURN, ReasonKind.GOODWILL)
            for one in reasons(self._workstation.desk, kind)
        }
        today = self._today()
        self.spans.choose_none()
        self.spans.choose(next((name for name in spans.SPANS if spans.named(name, today) == self.days), ""))
        self.cuts.show_words([(cut.value, self.words.say(said)) for cut, said in CUTS.items()], self.cut.value)
        kept = self.list.chosen
        self.list.found.show([self._row(part) for part in self._parts])
        self.list.choose(kept)
        self.show_list()
        self._say_empty()
        self._show_whole()
        self._show_part(self.list.chosen)
        self.frame_changed.emit()

    @property
    def _parts(self) -> tuple[Part, ...]:
        return () if self.report is None else self.report.cuts[self.cut]

    def _row(self, part: Part) -> ListRow:
        words = self.words
        if self.cut is Cut.REFUSED:
            counted, figure = words.count("{n} note", "{n} notes", part.returns), ""
        else:
            counted, figure = words.count("{n} return", "{n} returns", part.returns), self._money(part.amount)
        lines = words.count("{n} line", "{n} lines", part.lines) if part.lines else ""
        name = part_name(words, self.cut, part, self._known)
        detail = " · ".join(filter(None, (counted, lines, self._share(part))))
        return ListRow(_row_id(part), ICONS[self.cut], name, detail, figure)

    def _share(self, part: Part) -> str:
        """How much of the whole it is, where the rows make a whole."""
        whole = sum(one.amount for one in self._parts)
        if self.cut not in WHOLE or whole <= 0 or part.amount < 0:
            return ""
        return self.words.percent(part.amount * 1_000_000 // whole // 1_000 * 1_000)

    def _say_empty(self) -> None:
        say = self.words.say
        titles = {
            Cut.REFUSED: say("No refusal was noted"),
            Cut.OVERRULED: say("Nothing was agreed to against a rule"),
            Cut.APPROVER: say("Nobody had to agree to a return"),
            Cut.RULE: say("No rule spoke"),
        }
        self.empty.set_words(titles.get(self.cut, say("Nothing came back")), self._days_said)

    def _show_whole(self) -> None:
        words, say = self.words, self.words.say
        self.title_of_whole.setText(self._days_said)
        if self.report is None:
            self.figures.show_figures([])
            return
        totals = self.report.totals
        told = [
            (say("Returns"), str(totals.returns)),
            (say("Goods without tax"), self._money(totals.goods)),
            (say("Tax"), self._money(totals.tax)),
        ]
        for name, minor in (
            (say("Fees kept"), -totals.fees),
            (say("Kept back"), -totals.kept),
            (say("Cash rounding"), totals.rounding),
        ):
            told += [(name, self._money(minor))] if minor else []
        told.append((say("Money given back"), self._money(totals.refund)))
        if totals.alone:
            told.append((words.say("of these without goods"), str(totals.alone)))
        self.figures.show_figures(told)

    def _money(self, minor: int) -> str:
        return self.words.money(Money(minor, self._workstation.desk.rules.currency))

    # What is behind a row.

    def _show_part(self, row_id: str) -> None:
        part = next((one for one in self._parts if _row_id(one) == row_id), None)
        report = self.report
        found: tuple[ReturnCase, ...] = ()
        if part is not None and report is not None:
            answer = cases_of(self._workstation.desk, report, self.cut, part.key)
            found = () if isinstance(answer, Refused) else answer
        self._cases = {str(number): one for number, one in enumerate(found)}
        self.cases.found.show([self._case_row(number, one) for number, one in self._cases.items()])
        self.cases.choose("0")
        name = "" if part is None else part_name(self.words, self.cut, part, self._known)
        more = self.words.say("the newest {n}", n=LISTED_MAX) if len(found) == LISTED_MAX else ""
        self.title_of_cases.setText(" · ".join(filter(None, (name, more))))
        self._open_key.setEnabled(bool(found))
        self._behind.setVisible(part is not None)
        for action in (self._file, self._lines):
            action.setEnabled(report is not None)

    def _case_row(self, number: str, case: ReturnCase) -> ListRow:
        when = f"{self.words.short_day(case.at.date())} {self.words.time(case.at)}"
        title = case.number or self.words.say("Without a receipt")
        detail = f"{when} · {case.operator_name}"
        figure = "" if case.refused else self._money(case.refund)
        return ListRow(number, "", title, detail, figure)

    def _step_case(self, by: int) -> None:
        self.cases.step(by)

    def open_receipt(self) -> None:
        """The journal with the return, or with the receipt a refusal was about."""
        case = self._cases.get(self.cases.chosen)
        if case is not None and case.number:
            self.receipt_wanted.emit(case.number)

    # As a file.

    def save(self, *, each_line: bool) -> None:
        """Write the report beside the shop's other reports."""
        report = self.report
        if report is None:
            return
        name = "return-lines" if each_line else "returns"
        path = self._folder / f"{name}-{report.since}-{report.until}.csv"
        done = self.attempt(lambda: save_report(self._workstation.desk, report, path, each_line=each_line))
        if done is not None:
            self.tell_done(self.words.say("Saved as {name}.", name=path.name), str(path.parent))

    @property
    def _folder(self) -> Path:
        return self._settings.home / "reports"


def _row_id(part: Part) -> str:
    """A row of no goods has an empty key, and a list takes an empty id for none."""
    return f"part {part.key}"
