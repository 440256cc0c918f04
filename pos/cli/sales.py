"""`kassa import sales`: what another system sold, so that it can come back here."""

from __future__ import annotations

import argparse
import sys

from pos.domain.refusal import Refused
from pos.services.desk import Desk
from pos.services.sale_import import SaleImportOptions, import_sales
from pos.services.sale_preview import keep_sale_profile, read_sale_profile
from pos.services.sale_report import sale_report_lines, write_sale_report
from pos.wording import Wording


def import_sales_file(desk: Desk, options: argparse.Namespace, words: Wording) -> int:
    """Exit status 0 where it was done as asked, 1 where not. The report goes to standard output."""
    kept = read_sale_profile(desk, options.profile) if options.profile else SaleImportOptions()
    if isinstance(kept, Refused):
        print(words.refusal(kept), file=sys.stderr)
        return 1
    how = SaleImportOptions(
        maps=tuple(options.map) or kept.maps,
        order=options.date_order or kept.order,
        encoding=options.encoding or kept.encoding,
        rounds=options.round or kept.rounds,
        take_good=options.take_good,
        dry_run=options.dry_run,
    )
    report = import_sales(desk, options.file, how, from_command_line=True)
    if isinstance(report, Refused):
        print(words.refusal(report), file=sys.stderr)
        return 1
    for line in sale_report_lines(report, words):
        print(line)
    if options.report is not None:
        write_sale_report(report, options.report, words)
    if options.keep_as and report.good:
        named = keep_sale_profile(desk, options.keep_as, how, from_command_line=True)
        if isinstance(named, Refused):
            print(words.refusal(named), file=sys.stderr)
            return 1
    return 0 if report.good else 1
