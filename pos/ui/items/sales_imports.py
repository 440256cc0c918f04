"""The imports of sales so far, each with its report as it was: what was refused, which cancellations found no sale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos.services.sale_imports_kept import KeptImport, kept_imports
from pos.services.sale_report import money_said
from pos.ui.items.sale_csv import pick_sale_csv, save_sale_csv
from pos.ui.items.sales_words import kept_report_said
from pos.ui.shared.file_parts import add_report
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class SalesImportsScreen(TwoColumns):
    """The imports at the left, the newest on top; the report of the chosen one at the right."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("sales_imports", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self.imports: dict[str, KeptImport] = {}
        self._save = self.add_key("save", [], self._pick, primary=True)
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self.hide_or_leave)
        self.empty = EmptyState("history")
        self.add_list(RowList(), self.empty, lambda _: self._show_report(), name=("imports", "list"))
        self.state, self.said = add_report(self)
        self.save_button = self.add_primary("download", self._save, "imports", "save")
        self.set_entry(self.save_button)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.words.say("Imports so far")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._save.setText(say("Save as CSV"))
        self._back.setText(say("Back"))
        self.up_key.setText(say("Import above"))
        self.down_key.setText(say("Import below"))
        self.empty.set_words(say("No sales were imported yet"), say("The report of every import stays here."))
        self.list.setAccessibleName(say("Imports so far"))
        self.said.setAccessibleName(say("Report"))
        self._show()

    def enter(self) -> None:
        self.banner.hide()
        found = self.attempt(lambda: kept_imports(self._workstation.desk))
        self.imports = {one.id: one for one in found or ()}
        self._show()

    def _show(self) -> None:
        kept = self.list.chosen
        self.list.found.show([self._row(one) for one in self.imports.values()])
        self.list.choose(kept)
        self.show_list()
        self._show_report()

    def _row(self, kept: KeptImport) -> ListRow:
        words, report = self.words, kept.report
        who = kept.operator_name or words.say("Command line")
        said = f"{words.short_day(kept.at.date())} · {words.time(kept.at)} · {who}"
        taken = money_said(report.totals.taken, report.currency, words)
        return ListRow(kept.id, "history", report.file, said, taken)

    @property
    def chosen(self) -> KeptImport | None:
        """The import whose report is shown."""
        return self.imports.get(self.list.chosen)

    def _show_report(self) -> None:
        kept = self.chosen
        self._save.setEnabled(kept is not None)
        for label in (self.state, self.said):
            label.setVisible(kept is not None)
        if kept is not None:
            totals, *lines = kept_report_said(kept, self.words)
            self.state.setText(totals)
            self.said.setPlainText("\n".join(lines))

    def save_report(self, path: Path) -> None:
        """Write the report of the chosen import as a table once more."""
        if self.chosen is not None:
            save_sale_csv(self, self.chosen.report, path)

    def _pick(self) -> None:
        if self.chosen is not None:
            pick_sale_csv(self, self.chosen.report, f"{self.words.say('Tables of sales')} (*.csv)")
