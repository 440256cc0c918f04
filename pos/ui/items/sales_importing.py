"""Sales from before, out of a file."""

from __future__ import annotations

from pathlib import Path

from pos.domain.sale_cells import DateSpelling
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.sale_preview import keep_sale_profile, preview_sales, read_sale_profile, sale_profile_names
from pos.services.sale_report import ENCODINGS_SAID
from pos.speech import N_
from pos.ui.fittings import Fittings
from pos.ui.items.file_import import GOOD, FileImport, FileKind
from pos.ui.items.sale_csv import pick_sale_csv, save_sale_csv
from pos.ui.items.sales_words import SALE_COLUMNS, sale_problem_said, sale_report_said

REFUSE, ROUND = "refuse", "round"
_SALES = FileKind(
    columns=SALE_COLUMNS,
    tables=N_("Tables of sales"),
    nothing_said=SaleImportOptions(),
    report=SaleImportReport,
    preview=preview_sales,
    take_in=import_sales,
    names_kept=sale_profile_names,
    read_kept=read_sale_profile,
    keep=keep_sale_profile,
    problem_said=lambda problem, _, words: sale_problem_said(problem, words),
    report_said=sale_report_said,
)


class SalesImportScreen(FileImport):
    """Beside the columns how dates and letters are written, and what becomes of amounts finer than the currency."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("sales_import", _SALES, fittings)

    def _further_key(self) -> None:
        self._kept = self.add_key("kept", "F6", lambda: self.place_wanted.emit("sales_imports"))
        self._save = self.add_key("save", "F9", self._pick_report)

    def _fill_own(self) -> None:
        self.order = self._choice("order", self._look)
        self.encoding = self._choice("encoding", self._look)
        self.fine = self._choice("fine", self._look)
        self._beside(self.profile, self.order)
        self._beside(self.encoding, self.fine)

    @property
    def title(self) -> str:
        return self.words.say("Sales from before")

    def _name_own(self) -> None:
        say = self.words.say
        self._save.setText(say("Report"))
        self._kept.setText(say("Imports so far"))
        self.order.set_words(say("How dates are written"))
        self.encoding.set_words(say("How letters are written"))
        self.fine.set_words(say("Amounts finer than the currency"))
        told = ("", say("As the file tells"))
        orders = (DateSpelling.DAY_FIRST.value, say("Day first")), (DateSpelling.MONTH_FIRST.value, say("Month first"))
        self._choices(self.order, [told, *orders])
        self._choices(self.encoding, [told, *ENCODINGS_SAID.items()])
        self._choices(self.fine, [(REFUSE, say("Refuse them")), (ROUND, say("Round them"))])

    @property
    def options(self) -> SaleImportOptions:
        return SaleImportOptions(
            maps=self.mapping.maps,
            order=self.order.text,
            encoding=self.encoding.text,
            rounds=self.fine.text == ROUND,
            take_good=self.rest.choice == GOOD,
        )

    def _use(self, kept: SaleImportOptions) -> None:
        self.order.set_text(kept.order)
        self.encoding.set_text(kept.encoding)
        self.fine.set_text(ROUND if kept.rounds else REFUSE)

    def _may_further(self, *, busy: bool) -> None:
        del busy
        self._save.setEnabled(self._report is not None and self._report.problem is None)

    def save_report(self, path: Path) -> None:
        """Write the whole report as a table."""
        if self._report is not None:
            save_sale_csv(self, self._report, path)

    def _pick_report(self) -> None:
        if self._report is not None:
            pick_sale_csv(self, self._report, self._kinds("csv"))
