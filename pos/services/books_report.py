"""What the books say at one moment, for whoever ends a day, a script or an exercise. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.item import Item, ShelfPrice
from pos.domain.journal import EntryKind
from pos.domain.money import Money, Quantity, Unit
from pos.domain.tender import TenderKind
from pos.domain.transaction import JournalHead, ReceiptNumber, Transaction
from pos.persistence.moments import from_text
from pos.persistence.shop_folder import shop_exists
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk


@dataclass(frozen=True, slots=True)
class BooksReport:
    """The figures of one workstation's till, and of the whole shop's ledger and journal.

    `expected` is the cash that should lie in the open till, None where none is open; `takings` are tenders less
    change and refunds, of every kind this till takes; `ledger` is debit positive. `head` is this workstation's.
    """

    expected: Money | None
    takings: dict[TenderKind, Money]
    ledger: dict[str, Money]
    stock: dict[str, dict[str, Quantity]]
    entries: int
    head: JournalHead


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a shop began with beside its items: further prices by item, and goods in thousandths."""

    prices: dict[str, tuple[ShelfPrice, ...]]
    stock: dict[str, int]


def report_books(desk: Desk) -> BooksReport:
    """The figures as they stand, all of one moment."""
    currency = desk.rules.currency
    with desk.shop.books.reading() as work:
        till = work.tills.open_till(desk.number)
        takings = work.transactions.takings(desk.number)
        for name, amount in work.returns.paid_out(desk.number).items():
            takings[name] = takings.get(name, 0) - amount
        # Value that went from goods to goods was never money.
        takings.pop(TenderKind.EXCHANGE, None)
        return BooksReport(
            expected=None if till is None else Money(work.tills.cash_in(till.id), currency),
            takings={kind: Money(takings[kind], currency) for kind in TenderKind if kind in takings},
            ledger={account: Money(balance, currency) for account, balance in work.journal.balances().items()},
            stock=_stock(work, desk),
            entries=work.journal.count(),
            head=work.journal.head(desk.number),
        )


def last_moment(desk: Desk) -> datetime | None:
    """When the last entry of any workstation was written; None where there is none."""
    with desk.shop.books.reading() as work:
        moments = [work.journal.last_moment(head.workstation) for head in work.journal.heads()]
    return from_text(max(moments)) if moments else None


def items_of(desk: Desk, item_ids: Sequence[str]) -> dict[str, Item]:
    """The items of these ids that the shop has, with all their codes."""
    with desk.shop.books.reading() as work:
        return work.items.get_many(item_ids, desk.now())


def set_up_of(desk: Desk) -> SetUp:
    """The further prices and the goods the shop that is there was set up with."""
    with desk.shop.books.reading() as work:
        founded = next(iter(work.journal.of_kind(EntryKind.SHOP_OPENED)))
        return SetUp(
            prices=work.item_prices.set_under(JournalHead(founded.workstation, founded.sequence, "")),
            stock=dict(work.stock.openings()),
        )


def _stock(work: UnitOfWork, desk: Desk) -> dict[str, dict[str, Quantity]]:
    """What lies there of every item that ever moved, by disposition."""
    lying = work.stock.everything()
    items = work.items.get_many(list(lying), desk.now())
    return {
        item_id: {
            disposition.value: Quantity(quantity, items[item_id].unit if item_id in items else Unit.PIECE)
            for disposition, quantity in levels.items()
        }
        for item_id, levels in lying.items()
    }


def find_sale(desk: Desk, receipt: ReceiptNumber) -> Transaction | None:
    """The sale that has this receipt number, or None."""
    with desk.shop.books.reading() as work:
        return work.transactions.find(receipt)


def holds_a_shop(folder: Path) -> bool:
    """Whether there is, or was, a shop in this folder."""
    return shop_exists(folder)
