"""Recompute everything from the tables: chain, anchors, ledger, tax, numbers. What cannot be read is a violation."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pos.domain.finding import Finding, Violation
from pos.domain.frozen import dataclass
from pos.domain.gift_card_ledger import gift_card_postings, is_about_cards
from pos.domain.journal import GENESIS, EntryKind, JournalEntry, entry_body, entry_mac
from pos.domain.ledger import LedgerEntry, float_postings, sale_postings
from pos.domain.returned_check import returned_postings as returned_check_postings
from pos.domain.returned_check import settled_postings
from pos.domain.shop import ShopRules
from pos.domain.tax import LineTax, Taxable, Taxed, TaxRate, tax_lines
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.rules import RulesChange
from pos.persistence.shop_folder import OpenShop, look_at_shop
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import read_payload
from pos.services.digests import body_digest
from pos.services.price_facts import prices_digest
from pos.services.roles import roles_digest
from pos.services.shop_logo import logos_lacking
from pos.services.tax_documents import buyer_digest
from pos.services.verify_after_sale import AFTER_SALE, after_sale_postings
from pos.services.verify_cards import (
    CARD_ENTRIES,
    card_numbers,
    card_postings,
    card_violations,
    owed_to_cards,
    unknown_outcomes,
)
from pos.services.verify_returns import RETURN_ENTRIES, refunds_owed, return_violations, returned_postings
from pos.services.verify_staff import staff_violations
from pos.services.verify_taken_over import taken_over_violations
from pos.services.verify_tills import POSTS, report_violations, till_postings


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was looked at and what was found. The first broken journal entry is named, where there is one.

    `unknown_outcomes` are card payments nobody knows the end of, `owed_to_cards` charges that should have gone back and
    did not: no fault of the books, but somebody's money.
    """

    entries: int
    transactions: int
    balances: dict[str, int]
    violations: tuple[Violation, ...]
    first_broken: str | None
    unknown_outcomes: tuple[str, ...] = ()
    owed_to_cards: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.violations


def verify_shop(folder: Path) -> VerifyReport:
    """Verify the shop in `folder`, also one whose books end before their anchors. Nothing in it changes.

    Raises KnownError where the books cannot be read at all.
    """
    shop = look_at_shop(folder, against_anchors=False)
    try:
        return verify_books(shop)
    finally:
        shop.close()


def verify_books(shop: OpenShop) -> VerifyReport:
    """Check every entry, transaction and posting of a shop. Reads one moment of the books and writes nothing."""
    # Before the books: another lane that sells meanwhile notes heads this moment of the books does not hold yet.
    anchors = shop.anchors()
    with shop.books.reading() as work:
        damage = [Violation("I-3", "database", Finding.DAMAGE, text) for text in work.audit.damage()]
        chain = [*_chain(work, shop), *_anchors(work, anchors)]
        found = [
            *damage,
            *(Violation("I-3", table, Finding.UNGUARDED) for table in work.audit.unguarded()),
            *chain,
            *_unanchored(work, shop),
            *work.audit.answers(),
            *_readable(_transactions(work)),
            *_readable(_tax_documents(work)),
            *_readable(report_violations(work)),
            *_readable(return_violations(work)),
            *_readable(card_violations(work)),
            *_readable(card_numbers(work, shop.keys)),
            *_readable(_founding(work)),
            *_readable(_roles(work)),
            *_readable(_logos(work, shop.folder)),
            *_readable(staff_violations(work)),
            *_readable(_stock(work)),
            *_readable(_prices(work)),
            *_readable(taken_over_violations(work)),
            *_baskets(work),
            *(Violation("I-3", where, Finding.SEARCH) for where in work.search.differences()),
            *_files(shop.folder),
        ]
        return VerifyReport(
            entries=work.journal.count(),
            transactions=sum(1 for _ in work.transactions.ids()),
            balances=work.journal.balances(),
            violations=tuple(found),
            first_broken=chain[0].where if chain else None,
            unknown_outcomes=unknown_outcomes(work),
            owed_to_cards=_owed(work),
        )


# What reading a value raises that no program of ours would have written.
_UNREADABLE = (ValueError, LookupError, TypeError, OverflowError)


def _owed(work: UnitOfWork) -> tuple[str, ...]:
    """What cards are owed; nothing where a value cannot be read, which stands among the violations then."""
    try:
        return (*owed_to_cards(work), *refunds_owed(work))
    except _UNREADABLE:
        return ()


def _readable(found: Iterator[Violation]) -> Iterator[Violation]:
    """The violations of one check; a value that cannot be read ends it as one more violation."""
    try:
        yield from found
    except _UNREADABLE as error:
        yield Violation("I-3", "tables", Finding.VALUE_UNREADABLE, str(error))


def _chain(work: UnitOfWork, shop: OpenShop) -> Iterator[Violation]:
    """Each workstation's entries from the first: dense numbers, and every MAC made anew from the tables (I-11)."""
    for head in work.journal.heads():
        previous = GENESIS
        expected = 1
        try:
            for entry, mac in work.journal.entries(head.workstation):
                where = f"{entry.workstation}/{entry.sequence}"
                if entry.sequence != expected:
                    yield Violation("I-11", f"{entry.workstation}/{expected}", Finding.JOURNAL_GAP)
                    expected = entry.sequence
                body, postings_right = _body_from_tables(work, entry)
                if body is None or entry_mac(shop.keys.journal_key, previous, body) != mac:
                    yield Violation("I-11", where, Finding.ENTRY_CHANGED)
                if not postings_right:
                    yield Violation("I-2", where, Finding.POSTINGS_CHANGED)
                previous = mac
                expected += 1
        except _UNREADABLE as error:
            yield Violation("I-11", f"{head.workstation}/{expected}", Finding.VALUE_UNREADABLE, str(error))


def _body_from_tables(work: UnitOfWork, entry: JournalEntry) -> tuple[bytes | None, bool]:
    """What the MAC should cover, and whether the ledger says what the fact posts. None: the fact is gone."""
    stored = work.journal.ledger_of(entry.workstation, entry.sequence)
    ledger = tuple(leg for leg, _ in stored)
    currencies = {currency for _, currency in stored}
    currency = currencies.pop() if len(currencies) == 1 else ""
    movement = work.journal.movement_of(entry.workstation, entry.sequence)
    transaction = None
    due: tuple[LedgerEntry, ...] = ()
    if entry.kind is EntryKind.SALE_COMPLETED:
        transaction = work.transactions.get(entry.subject or "")
        if transaction is None:
            return None, False
        due = sale_postings(transaction)
    elif entry.kind is EntryKind.TILL_OPENED:
        till = work.tills.get(entry.subject or "")
        if till is None or not _till_as_journalled(till, entry):
            return None, False
        due = float_postings(till.float_minor)
    elif entry.kind in POSTS:
        posted = till_postings(work, entry, movement)
        if posted is None:
            return None, False
        due = posted
    elif entry.kind in CARD_ENTRIES:
        posted = card_postings(work, entry)
        if posted is None:
            return None, False
        due = posted
    if is_about_cards(entry.kind):
        moved = work.gift_cards.of_entry(entry.workstation, entry.sequence)
        due = gift_card_postings(entry.kind, moved, 0 if movement is None else movement.amount)
    due = _check_postings(work, entry, due)
    if entry.kind in AFTER_SALE:
        due = after_sale_postings(work, entry)
    elif entry.kind in RETURN_ENTRIES:
        due = returned_postings(work, entry)
    body = entry_body(entry, ledger=ledger, currency=currency, movement=movement, transaction=transaction)
    return body, ledger == due


def _check_postings(work: UnitOfWork, entry: JournalEntry, due: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """What a check that came back, or was settled, posts; every other entry what is due already."""
    if entry.kind is EntryKind.CHECK_RETURNED:
        returned = work.checks.returned_by(entry.workstation, entry.sequence)
        return () if returned is None else returned_check_postings(returned)
    if entry.kind is EntryKind.RETURNED_CHECK_SETTLED:
        return settled_postings(work.checks.settled_by(entry.workstation, entry.sequence) or 0)
    return due


def _till_as_journalled(till: TillSession, entry: JournalEntry) -> bool:
    said = {"business_day": till.business_day.isoformat(), "currency": till.currency, "float": till.float_minor}
    opened = (till.workstation, till.opened_at, till.opened_by)
    return read_payload(entry) == said and opened == (entry.workstation, entry.at, entry.operator)


def _anchors(work: UnitOfWork, anchors: Iterable[JournalHead]) -> Iterator[Violation]:
    """The books reach every head noted outside them (I-12): a cut tail, an old file or a new key shows here."""
    for anchor in anchors:
        if work.journal.mac_at(anchor.workstation, anchor.sequence) != anchor.mac:
            where = f"{anchor.workstation}/{anchor.sequence}"
            yield Violation("I-12", where, Finding.ANCHOR)


def _unanchored(work: UnitOfWork, shop: OpenShop) -> Iterator[Violation]:
    """Nobody took away the notes of how far the books reached (I-12): whoever cuts them short would begin there.

    A program killed right after a workstation's first entry had no time to note it. Read after the books: what is in
    them by now was noted before the next.
    """
    noted = {anchor.workstation for anchor in shop.anchors()}
    for head in work.journal.heads():
        if head.sequence > 1 and head.workstation not in noted:
            yield Violation("I-12", f"{head.workstation}/{head.sequence}", Finding.ANCHOR_GONE)


def _transactions(work: UnitOfWork) -> Iterator[Violation]:
    versions: dict[int, ShopRules] = {}
    for transaction_id, _, _ in work.transactions.ids():
        sale = work.transactions.get(transaction_id)
        if sale is None:
            yield Violation("I-3", transaction_id, Finding.VALUE_UNREADABLE)
            continue
        if sale.rules_version not in versions:
            versions[sale.rules_version] = work.rules.version(sale.rules_version)
        if not _tax_recomputes(sale, versions[sale.rules_version]):
            yield Violation("I-5", transaction_id, Finding.TAX_RECOMPUTED)


def _tax_recomputes(sale: Transaction, rules: ShopRules) -> bool:
    taxable = [
        Taxable(
            line.extended - line.discount,
            tuple(_as_charged(tax, rules) for tax in line.taxes),
            -line.quantity.thousandths if line.unit_price < 0 else line.quantity.thousandths,
        )
        for line in sale.lines
    ]
    exempt = sale.exemption is not None
    taxed = tax_lines(taxable, mode=rules.price_mode, rounding=rules.tax_rounding, exempt=exempt)
    return taxed == tuple(Taxed(line.net, line.taxes) for line in sale.lines)


def _as_charged(tax: LineTax, rules: ShopRules) -> TaxRate:
    """The tax as the rules say it, at the rate the sale stored: whichever day's it was."""
    declared = rules.rate(tax.code) or TaxRate(tax.code)
    return replace(declared, rate_millionths=tax.rate_millionths, unit_amount=tax.unit_amount)


def _tax_documents(work: UnitOfWork) -> Iterator[Violation]:
    """Every issue of a tax document is made out to whom the journal says, and none is gone (I-5)."""
    said = {
        (entry.workstation, entry.sequence): (entry.subject, read_payload(entry))
        for entry in work.journal.of_kind(EntryKind.TAX_DOCUMENT_ISSUED)
    }
    for sale, issue, buyer, entry in work.tax_documents.all():
        due = (sale, {"issue": issue, "buyer": buyer_digest(buyer)})
        if said.pop((entry.workstation, entry.sequence), None) != due:
            yield Violation("I-5", f"{sale}/{issue}", Finding.TAX_DOCUMENT)
    for workstation, sequence in said:
        yield Violation("I-5", f"{workstation}/{sequence}", Finding.TAX_DOCUMENT)


def _founding(work: UnitOfWork) -> Iterator[Violation]:
    """The shop and its rules are those its first entry names (I-24)."""
    opened = next(iter(work.journal.of_kind(EntryKind.SHOP_OPENED)), None)
    said = {} if opened is None else read_payload(opened)
    shop_id, mode = work.rules.shop()
    if opened is None or (said["shop"], said["mode"], opened.at) != (shop_id, mode.value, work.rules.founded_at()):
        yield Violation("I-24", "shop", Finding.RULES_CHANGED)
    due = {} if opened is None else {RulesChange(1, opened.at, None): said["rules"]}
    for entry in work.journal.of_kind(EntryKind.RULES_CHANGED):
        payload = read_payload(entry)
        due[RulesChange(int(str(payload["version"])), entry.at, entry.operator)] = payload["rules"]
    stored = {change: body_digest(work.rules.body(change.version)) for change in work.rules.history()}
    for version in sorted({change.version for change, _ in due.items() ^ stored.items()}):
        yield Violation("I-24", f"rules {version}", Finding.RULES_CHANGED)


def _roles(work: UnitOfWork) -> Iterator[Violation]:
    """Every version of the roles is the one the journal names (I-24), and can be read."""
    due: dict[RulesChange, object] = {}
    for entry in work.journal.of_kind(EntryKind.ROLES_CHANGED):
        payload = read_payload(entry)
        due[RulesChange(int(str(payload["version"])), entry.at, entry.operator)] = payload["roles"]
    stored = {change: roles_digest(work.roles.body(change.version)) for change in work.roles.history()}
    for version in sorted({change.version for change, _ in due.items() ^ stored.items()}):
        yield Violation("I-24", f"roles {version}", Finding.ROLES_CHANGED)


def _logos(work: UnitOfWork, folder: Path) -> Iterator[Violation]:
    """The pictures the rules name are there, so that an old receipt can be printed as it was (I-24)."""
    versions = (work.rules.version(change.version) for change in work.rules.history())
    for file in logos_lacking(folder, versions):
        yield Violation("I-24", file, Finding.LOGO_CHANGED)


_MOVES_GOODS = (
    EntryKind.SHOP_OPENED,
    EntryKind.GOODS_RECEIVED,
    EntryKind.STOCK_COUNTED,
    EntryKind.STOCK_CORRECTED,
    EntryKind.OPEN_BOX_SHELVED,
    EntryKind.SALE_POST_VOIDED,
    EntryKind.RETURN_COMPLETED,
)


def _stock(work: UnitOfWork) -> Iterator[Violation]:
    """Goods moved as the entry says under which they did (I-10); those of sales are held against their lines."""
    moved = work.stock.unsold()
    for kind in _MOVES_GOODS:
        for entry in work.journal.of_kind(kind):
            stored = moved.pop((entry.workstation, entry.sequence), [])
            told = [[move.item, move.disposition.value, move.quantity] for move in stored]
            in_order = [move.position for move in stored] == list(range(1, len(stored) + 1))
            if not in_order or told != read_payload(entry).get("moved", []):
                yield Violation("I-10", f"{entry.workstation}/{entry.sequence}", Finding.STOCK_ENTRY)
    for workstation, sequence in moved:
        yield Violation("I-10", f"{workstation}/{sequence}", Finding.STOCK_ENTRY)


_SETS_PRICES = (EntryKind.SHOP_OPENED, EntryKind.PRICE_SET, EntryKind.ITEM_CHANGED, EntryKind.ITEMS_IMPORTED)


def _prices(work: UnitOfWork) -> Iterator[Violation]:
    """Every price stands under the entry that set it, and no entry lacks one (I-24)."""
    stored = work.item_prices.by_entry()
    for kind in _SETS_PRICES:
        for entry in work.journal.of_kind(kind):
            rows = stored.pop((entry.workstation, entry.sequence), [])
            if (prices_digest(rows) if rows else None) != read_payload(entry).get("prices"):
                yield Violation("I-24", f"{entry.workstation}/{entry.sequence}", Finding.PRICE_ENTRY)
    for workstation, sequence in stored:
        yield Violation("I-24", f"{workstation}/{sequence}", Finding.PRICE_ENTRY)


def _baskets(work: UnitOfWork) -> Iterator[Violation]:
    """Every open sale and every suspended one can be taken up again."""
    for workstation in work.baskets.workstations():
        try:
            work.baskets.get(workstation)
        except _UNREADABLE as error:
            yield Violation("I-3", f"basket {workstation}", Finding.VALUE_UNREADABLE, str(error))
    for suspended_id in work.suspended.ids():
        try:
            work.suspended.get(suspended_id)
        except _UNREADABLE as error:
            yield Violation("I-3", f"suspended sale {suspended_id}", Finding.VALUE_UNREADABLE, str(error))


def _files(folder: Path) -> Iterator[Violation]:
    """Nobody else on this machine may read the shop (I-33). Windows keeps rights elsewhere: not looked at there."""
    if sys.platform == "win32":
        return
    for path in (folder, *sorted(folder.rglob("*"))):
        # A shop that sells makes and removes files beside its database while we look.
        with suppress(FileNotFoundError):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                yield Violation("I-33", str(path), Finding.FILE_OPEN_TO_OTHERS)
