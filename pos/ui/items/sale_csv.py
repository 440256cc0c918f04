"""The report of an import of sales as a table: a file is chosen for it, and it is said where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos.domain.trouble import KnownError
from pos.services.sale_import import SaleImportReport
from pos.services.sale_report import write_sale_report
from pos.ui.shared.two_columns import TwoColumns


def pick_sale_csv(screen: TwoColumns, report: SaleImportReport, kinds: str) -> None:
    """Ask for a file and write the whole report into it; `kinds` is what the dialogue offers."""
    say = screen.words.say
    chosen, _ = QFileDialog.getSaveFileName(screen, say("Save the report"), "report.csv", kinds)
    if chosen:
        save_sale_csv(screen, report, Path(chosen))


def save_sale_csv(screen: TwoColumns, report: SaleImportReport, path: Path) -> None:
    """Write the whole report as a table; what a disk does is said."""
    try:
        write_sale_report(report, path, screen.words)
    except KnownError as error:
        screen.tell_trouble(error)
        return
    screen.tell_done(screen.words.say("The report is in {file}.", file=path.name))
