"""X and Z reports: the open till as it stands, and every close there was, as they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.day_report import DayReport, ReportKind
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.settings import MachineSettings
from pos.ui.cash.card_totals import CardTotals
from pos.ui.cash.tabs import CashTabs
from pos.ui.shared.ask_words import over_short_words
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import EmptyState, set_ground
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.two_columns import TwoColumns
from receipts.preview import PaperPreview

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class ReportsScreen(TwoColumns):
    """The list at the left, the paper at the right."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("cash_reports", fittings.words, fittings.sounds)
        self._workstation, self._printing = fittings.workstation, fittings.printing
        self._settings: MachineSettings = fittings.settings
        self._reports: dict[str, DayReport] = {}
        self._x: DayReport | None = None
        self.card_totals = CardTotals(self._workstation.card_tendering, self._tell_totals, self.refuse)
        self._make_keys()
        self.empty = EmptyState("description")
        self.add_list(RowList(), self.empty, self._show_chosen, name=("reports", "list"))
        self._fill_right()
        self.set_entry(self.again_button)
        self._tabs = CashTabs(self, self._workstation)
        self.retranslate()

    def _make_keys(self) -> None:
        self._again = self.add_key("again", [], self._print_again, primary=True)
        self._pdf = self.add_key("pdf", "F8", self._save)
        self._x_key = self.add_key("x", "F9", self._make_x)
        self._totals = self.add_key("card_totals", "F6", self.card_totals.ask)
        self._ends = self.add_key("card_period", "Shift+F6", lambda: self.card_totals.ask(end_period=True))
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)

    def _fill_right(self) -> None:
        card = Card("sunken", padding=12)
        self.preview = PaperPreview()
        inside = QWidget()
        set_ground(inside, "none")
        paper = QVBoxLayout(inside)
        paper.setContentsMargins(4, 0, 4, 0)
        paper.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        paper.addStretch(1)
        card.column.addWidget(scrolled(inside), 1)
        self.right.addWidget(card, 1)
        self.pdf_button = self.button("download", self._pdf, "paper", "pdf")
        self.x_button = self.button("description", self._x_key, "paper", "x")
        self.right.addWidget(ButtonShelf([self.x_button, self.pdf_button], gap=8))
        self.again_button = self.add_primary("print", self._again, "paper", "again")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Reports")

    def retranslate(self) -> None:
        super().retranslate()
        self._tabs.follow()
        say = self.words.say
        self._again.setText(say("Print again"))
        self.again_button.set_detail(say("marked as a copy"))
        self._pdf.setText(say("Save as PDF"))
        self._x_key.setText(say("X report now"))
        self._totals.setText(say("Card terminal’s totals"))
        self._ends.setText(say("Close the card terminal’s day"))
        self.card_totals.words = self.words
        self.up_key.setText(say("Report above"))
        self.down_key.setText(say("Report below"))
        self._back.setText(say("Back"))
        self.empty.set_words(say("No report yet"), say("The first Z report comes when the till is closed."))
        self.list.setAccessibleName(say("Reports, newest first"))
        self._show()

    def enter(self) -> None:
        self._tabs.follow()
        self.banner.hide()
        self._x = None
        operator = self._workstation.sign_on.operator
        may = operator is not None and operator.may(Permission.X_REPORT)
        self._x_key.setVisible(may)
        for key in (self._totals, self._ends):
            key.setVisible(may and self.card_totals.there)
        self._load()

    # The list.

    def _load(self) -> None:
        """Every Z of the shop, those of this workstation first; and the X that was just made."""
        history = self.attempt(self._workstation.day_reports.history) or ()
        number = self._workstation.desk.number
        found = sorted(history, key=lambda one: one.workstation != number)
        listed = [*([self._x] if self._x is not None else []), *found]
        self._reports = {_named(one): one for one in listed}
        self._show()

    def _show(self) -> None:
        kept = self.list.chosen
        self.list.found.show([self._row(name, report) for name, report in self._reports.items()])
        self.list.choose(kept)
        self.show_list()
        self._show_chosen(self.list.chosen)

    def _row(self, name: str, report: DayReport) -> ListRow:
        words, desk = self.words, self._workstation.desk
        made = desk.local(report.made_at)
        is_x = report.kind is ReportKind.X
        title = words.say("X report {number}" if is_x else "Z day report {number}", number=report.number)
        detail = f"{words.short_day(made.date())} {words.time(made)}"
        if report.workstation != desk.number:
            detail = f"{words.say('Register {number}', number=report.workstation)} · {detail}"
        alarming = False
        if report.counted is not None:
            off = Money(report.counted - report.expected, report.currency)
            detail, alarming = f"{detail} · {over_short_words(off, words)}", bool(off.minor)
        total = words.amount(Money(report.sales.amount, report.currency))
        return ListRow(name, "description", title, detail, total, alarming)

    @property
    def chosen(self) -> DayReport | None:
        return self._reports.get(self.list.chosen)

    def _show_chosen(self, _name: str) -> None:
        report = self.chosen
        document = None
        if report is not None:
            document = self.attempt(
                lambda: self._workstation.day_reports.document(
                    report.number, report.kind, workstation=report.workstation
                )
            )
        self.preview.show_document(document)
        self._again.setEnabled(report is not None)
        self._pdf.setEnabled(report is not None)

    # What can be done with them.

    def _make_x(self) -> None:
        made = self.attempt(self._workstation.day_reports.x_report)
        if made is None:
            return
        self._x = made.report
        self._load()
        self.list.choose(_named(made.report))
        self._show_chosen("")
        self._print()
        self.tell_done(self.words.say("X report {number} is made and goes to the printer.", number=made.report.number))

    def _tell_totals(self, title: str, detail: str, even: bool) -> None:
        self.banner.show_message(title, detail, "ok" if even else "warn")

    def _print_again(self) -> None:
        report = self.chosen
        if report is None:
            self.refuse(Refused(Code.REPORT_UNKNOWN))
            return
        issued = self.attempt(
            lambda: self._workstation.day_reports.print_again(
                report.number, report.kind, workstation=report.workstation
            )
        )
        if issued is not None:
            self._print()
            self.tell_done(self.words.say("Copy {number} goes to the printer.", number=issued.copy_number))

    def _save(self) -> None:
        report = self.chosen
        if report is None:
            return
        kept = self.attempt(
            lambda: self._workstation.day_reports.save(
                report.number, self._folder, report.kind, workstation=report.workstation
            )
        )
        if kept is not None:
            self.tell_done(self.words.say("Saved as {name}.", name=kept.name), str(kept.parent))

    def _print(self) -> None:
        if self._printing is not None:
            self._printing.try_now()

    @property
    def _folder(self) -> Path:
        named = self._settings.e_receipt_folder
        return Path(named).expanduser() if named else self._settings.home / "reports"


def _named(report: DayReport) -> str:
    """What the list knows a report by."""
    return f"{report.kind.value}{report.workstation}-{report.number}"
