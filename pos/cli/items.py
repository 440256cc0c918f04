"""`kassa import` and `kassa export`, `kassa reindex`."""

from __future__ import annotations

import argparse
import sys

from pos.cli import shop_folder
from pos.cli.sales import import_sales_file
from pos.domain.money import Money
from pos.domain.refusal import Refused
from pos.promotion_words import FINDINGS
from pos.services.customer_export import export_customer
from pos.services.demo_shop import open_or_found
from pos.services.desk import Desk
from pos.services.gift_card_import import import_gift_cards
from pos.services.import_preview import keep_profile, read_profile
from pos.services.item_export import export_items
from pos.services.item_import import ImportOptions, import_items
from pos.services.item_report import report_lines
from pos.services.item_search import rebuild_search
from pos.services.promotions import Promotions
from pos.settings import DEMO_SHOP, home_folder, read_settings
from pos.strict_yaml import FileFault
from pos.wording import Wording
from pos.workstation import Workstation, open_workstation

# The command line is a workstation of its own in the journal, so that it can run while the tills sell.
OFFICE_WORKSTATION = 99


def import_command(options: argparse.Namespace, words: Wording) -> int:
    """Import a file; exit status 0 where it was done as asked, 1 where not. The report goes to standard output."""
    station = _open_office(options)
    try:
        if options.what == "promotions":
            return _import_promotions(station.promotions, options, words)
        if options.what == "gift-cards":
            return _import_gift_cards(station.desk, options, words)
        if options.what == "sales":
            return import_sales_file(station.desk, options, words)
        return _import_items(station.desk, options, words)
    finally:
        station.close()


def reindex_command(options: argparse.Namespace, words: Wording) -> int:
    """Make the search anew; it may run while the tills sell, which wait for it as for any other writer."""
    station = open_workstation(
        shop_folder(options), number=OFFICE_WORKSTATION, mode=None, settings=read_settings(home_folder())
    )
    try:
        items = rebuild_search(station.desk)
    finally:
        station.close()
    print(words.count("The search knows {n} item.", "The search knows {n} items.", items))
    return 0


def export_command(options: argparse.Namespace, words: Wording) -> int:
    """Write the items of a shop to a file; exit status 0, or 1 with the reason on standard error."""
    station = _open_office(options)
    try:
        if options.what == "customer":
            return _export_customer(station.desk, options, words)
        if options.what == "promotions":
            return _export_promotions(station.promotions, options, words)
        count = export_items(station.desk, options.file, from_command_line=True) or 0
    finally:
        station.close()
    print(words.count("{n} item was written to {file}.", "{n} items were written to {file}.", count, file=options.file))
    return 0


def _open_office(options: argparse.Namespace) -> Workstation:
    """The shop that is meant; the demo shop is founded where it is missing."""
    home = home_folder()
    folder = shop_folder(options)
    if folder == home / DEMO_SHOP:
        open_or_found(home)
    return open_workstation(folder, number=OFFICE_WORKSTATION, mode=None, settings=read_settings(home))


def _export_customer(desk: Desk, options: argparse.Namespace, words: Wording) -> int:
    done = export_customer(desk, options.customer, options.file, from_command_line=True)
    if isinstance(done, Refused):
        print(words.refusal(done), file=sys.stderr)
        return 1
    print(words.say("The data is in {file}. Hand it to the customer only.", file=options.file))
    return 0


def _import_items(desk: Desk, options: argparse.Namespace, words: Wording) -> int:
    how = _how(desk, options)
    if isinstance(how, Refused):
        print(words.refusal(how), file=sys.stderr)
        return 1
    report = import_items(desk, options.file, how, from_command_line=True)
    if isinstance(report, Refused):
        print(words.refusal(report), file=sys.stderr)
        return 1
    for line in report_lines(report, words):
        print(line)
    if options.keep_as and report.good:
        kept = keep_profile(desk, options.keep_as, how, from_command_line=True)
        if isinstance(kept, Refused):
            print(words.refusal(kept), file=sys.stderr)
            return 1
    return 0 if report.good else 1


def _import_promotions(promotions: Promotions, options: argparse.Namespace, words: Wording) -> int:
    """Take in a file of promotions, all of it or nothing; `--dry-run` says what would change."""
    try:
        read = promotions.read_file(options.file)
    except FileFault as fault:
        said = words.say(fault.message, **fault.values)
        if fault.line is not None:
            said = words.say("Line {line}: {fault}", line=fault.line, fault=said)
        print(said, file=sys.stderr)
        return 1
    if options.dry_run:
        done = promotions.preview(read, from_command_line=True)
    else:
        done = promotions.take_in(read, from_command_line=True)
    if isinstance(done, Refused):
        print(words.refusal(done), file=sys.stderr)
        return 1
    counts = {"new": len(done.new), "changed": len(done.changed), "same": len(done.same)}
    print(words.say("{new} new, {changed} changed, {same} as they are", **counts))
    names = {each.id: each.name_in(words.language) for each in read}
    for which, finding in done.findings:
        print(f"{names[which]}: {words.say(FINDINGS[finding])}")
    return 0


def _import_gift_cards(desk: Desk, options: argparse.Namespace, words: Wording) -> int:
    """Take over the good rows and name the others; the totals are to be held against the other system."""
    done = import_gift_cards(desk, options.file, dry_run=options.dry_run, from_command_line=True)
    if isinstance(done, Refused):
        print(words.refusal(done), file=sys.stderr)
        return 1
    for row in done.refused:
        print(words.say("Line {line}: {fault}", line=row.line, fault=f"{row.shown} {words.refusal(row.refused)}"))
    total = words.money(Money(done.total, done.currency))
    print(
        words.count(
            "{n} card can be taken over, with {total} on it.",
            "{n} cards can be taken over, with {total} on them.",
            done.taken,
            total=total,
        )
    )
    print(words.say("They are in the books.") if done.written else words.say("Nothing was written."))
    return 1 if done.refused else 0


def _export_promotions(promotions: Promotions, options: argparse.Namespace, words: Wording) -> int:
    done = promotions.write_file(options.file, from_command_line=True)
    if isinstance(done, Refused):
        print(words.refusal(done), file=sys.stderr)
        return 1
    print(words.count("{n} promotion is in the file.", "{n} promotions are in the file.", done))
    return 0


def _how(desk: Desk, options: argparse.Namespace) -> ImportOptions | Refused:
    """How the file is to be read: what was kept under a name, and over it what the command line says."""
    kept = read_profile(desk, options.profile) if options.profile else ImportOptions()
    if isinstance(kept, Refused):
        return kept
    return ImportOptions(
        maps=tuple(options.map) or kept.maps,
        default_price=options.price or kept.default_price,
        tax=options.tax or kept.tax,
        unit=options.unit or kept.unit,
        department=options.department or kept.department,
        allow_free=options.allow_free or kept.allow_free,
        take_good=options.take_good,
        dry_run=options.dry_run,
    )
