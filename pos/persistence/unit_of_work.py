"""One unit of work: everything in it is written, or nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from pos.persistence import after_sale as late_after_sale
from pos.persistence import approvals as late_approvals
from pos.persistence import audit as late_audit
from pos.persistence import check_deposits as late_check_deposits
from pos.persistence import checks as late_checks
from pos.persistence import coupon_uses as late_coupon_uses
from pos.persistence import customers as late_customers
from pos.persistence import day_figures as late_day_figures
from pos.persistence import gift_cards as late_gift_cards
from pos.persistence import gift_receipts as late_gift_receipts
from pos.persistence import import_profiles as late_import_profiles
from pos.persistence import policy_cases as late_policy_cases
from pos.persistence import purchase_search as late_purchase_search
from pos.persistence import reasons as late_reasons
from pos.persistence import receipt_list as late_receipt_list
from pos.persistence import refunds_instead as late_refunds_instead
from pos.persistence import return_list as late_return_list
from pos.persistence import return_policies as late_return_policies
from pos.persistence import return_rates as late_return_rates
from pos.persistence import returns as late_returns
from pos.persistence import returns_summary as late_returns_summary
from pos.persistence import signatures as late_signatures
from pos.persistence import stock as late_stock
from pos.persistence import taken_over as late_taken_over
from pos.persistence import taken_over_list as late_taken_over_list
from pos.persistence import tax_documents as late_tax_documents
from pos.persistence import transactions as late_transactions
from pos.persistence.baskets import Baskets
from pos.persistence.card_attempts import CardAttempts
from pos.persistence.ended_sales import EndedSales
from pos.persistence.engine import WORLD, world_errors
from pos.persistence.item_prices import ItemPrices
from pos.persistence.items import Items
from pos.persistence.journal import Journal
from pos.persistence.paper_jobs import PaperJobs
from pos.persistence.promotions import Promotions
from pos.persistence.quick_keys import QuickKeyPages
from pos.persistence.roles import Roles
from pos.persistence.rules import Rules
from pos.persistence.search import Search
from pos.persistence.staff import StaffRecords
from pos.persistence.suggestions import Suggestions
from pos.persistence.suspended import SuspendedSales
from pos.persistence.till_days import TillDays
from pos.persistence.tills import Tills


class UnitOfWork:
    """The repositories over one connection, and the one commit. Only services call `commit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Begun and ended here and not by SQLAlchemy, whose own account of it costs more than the act.
        self._driver: Any = connection.connection.dbapi_connection

    def begin(self, words: str) -> None:
        """Begin as `words` say; Books does."""
        self._driver.execute(words)

    def commit(self) -> None:
        """Make everything durable. Returns only when it is, and the unit of work is over then."""
        self._driver.commit()

    def undo(self) -> None:
        """Undo what was not committed; Books does."""
        self._driver.rollback()
        if self._connection.in_transaction():
            self._connection.rollback()

    def let_go(self) -> None:
        """Undo what was not committed and close; Books does."""
        self._connection.invalidate()
        self._connection.close()

    def part(self) -> UnitOfWork:
        """A unit of work inside this one: kept when it is committed, and lasting only if this one is."""
        return _Part(self._connection)

    @cached_property
    def after_sale(self) -> late_after_sale.AfterSale:
        return late_after_sale.AfterSale(self._connection)

    @cached_property
    def approvals(self) -> late_approvals.Approvals:
        return late_approvals.Approvals(self._connection)

    @cached_property
    def audit(self) -> late_audit.Audit:
        return late_audit.Audit(self._connection)

    @cached_property
    def baskets(self) -> Baskets:
        return Baskets(self._connection)

    @cached_property
    def check_deposits(self) -> late_check_deposits.CheckDeposits:
        return late_check_deposits.CheckDeposits(self._connection)

    @cached_property
    def checks(self) -> late_checks.Checks:
        return late_checks.Checks(self._connection)

    @cached_property
    def coupon_uses(self) -> late_coupon_uses.CouponUses:
        return late_coupon_uses.CouponUses(self._connection)

    @cached_property
    def customers(self) -> late_customers.Customers:
        return late_customers.Customers(self._connection)

    @cached_property
    def ended_sales(self) -> EndedSales:
        return EndedSales(self._connection)

    @cached_property
    def gift_cards(self) -> late_gift_cards.GiftCards:
        return late_gift_cards.GiftCards(self._connection)

    @cached_property
    def gift_receipts(self) -> late_gift_receipts.GiftReceipts:
        return late_gift_receipts.GiftReceipts(self._connection)

    @cached_property
    def import_profiles(self) -> late_import_profiles.ImportProfiles:
        return late_import_profiles.ImportProfiles(self._connection)

    @cached_property
    def tax_documents(self) -> late_tax_documents.TaxDocuments:
        return late_tax_documents.TaxDocuments(self._connection)

    @cached_property
    def items(self) -> Items:
        return Items(self._connection)

    @cached_property
    def item_prices(self) -> ItemPrices:
        return ItemPrices(self._connection)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._connection)

    @cached_property
    def paper_jobs(self) -> PaperJobs:
        return PaperJobs(self._connection)

    @cached_property
    def card_attempts(self) -> CardAttempts:
        return CardAttempts(self._connection)

    @cached_property
    def purchase_search(self) -> late_purchase_search.PurchaseSearch:
        return late_purchase_search.PurchaseSearch(self._connection)

    @cached_property
    def returns(self) -> late_returns.Returns:
        return late_returns.Returns(self._connection)

    @cached_property
    def signatures(self) -> late_signatures.Signatures:
        return late_signatures.Signatures(self._connection)

    @cached_property
    def refunds_instead(self) -> late_refunds_instead.RefundsInstead:
        return late_refunds_instead.RefundsInstead(self._connection)

    @cached_property
    def return_rates(self) -> late_return_rates.ReturnRates:
        return late_return_rates.ReturnRates(self._connection)

    @property
    def returns_summary(self) -> late_returns_summary.ReturnsSummary:
        return late_returns_summary.ReturnsSummary(self._connection)

    @cached_property
    def return_policies(self) -> late_return_policies.ReturnPolicies:
        return late_return_policies.ReturnPolicies(self._connection)

    @cached_property
    def policy_cases(self) -> late_policy_cases.PolicyCases:
        return late_policy_cases.PolicyCases(self._connection)

    @cached_property
    def promotions(self) -> Promotions:
        return Promotions(self._connection)

    @cached_property
    def receipt_list(self) -> late_receipt_list.ReceiptList:
        return late_receipt_list.ReceiptList(self._connection)

    @cached_property
    def return_list(self) -> late_return_list.ReturnList:
        return late_return_list.ReturnList(self._connection)

    @cached_property
    def quick_keys(self) -> QuickKeyPages:
        return QuickKeyPages(self._connection)

    @cached_property
    def reasons(self) -> late_reasons.Reasons:
        return late_reasons.Reasons(self._connection)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self._connection)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self._connection)

    @cached_property
    def search(self) -> Search:
        return Search(self._connection)

    @cached_property
    def staff(self) -> StaffRecords:
        return StaffRecords(self._connection)

    @cached_property
    def suggestions(self) -> Suggestions:
        return Suggestions(self._connection)

    @cached_property
    def suspended(self) -> SuspendedSales:
        return SuspendedSales(self._connection)

    @cached_property
    def taken_over(self) -> late_taken_over.TakenSales:
        return late_taken_over.TakenSales(self._connection)

    @cached_property
    def taken_over_list(self) -> late_taken_over_list.TakenOverList:
        return late_taken_over_list.TakenOverList(self._connection)

    @cached_property
    def stock(self) -> late_stock.Stock:
        return late_stock.Stock(self._connection)

    @cached_property
    def day_figures(self) -> late_day_figures.DayFigures:
        return late_day_figures.DayFigures(self._connection)

    @cached_property
    def till_days(self) -> TillDays:
        return TillDays(self._connection)

    @cached_property
    def tills(self) -> Tills:
        return Tills(self._connection)

    @cached_property
    def transactions(self) -> late_transactions.Transactions:
        return late_transactions.Transactions(self._connection)


class Books:
    """One shop's database: where units of work come from.

    What a unit of work stands on is kept when it is over, and serves one at a time: opening it anew would cost more
    than most of what is asked. A worker that comes meanwhile gets its own.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine
        self._idle: list[UnitOfWork] = []
        self._closed = False

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that holds the write lock from its first word; without `commit` nothing of it stays.

        Raises KnownError for what the disk or a lock does.
        """
        return _Begun(self, "BEGIN IMMEDIATE")

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work that sees one moment of the books and writes nothing."""
        return _Begun(self, "BEGIN")

    def glancing(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work for one prepared statement that reads one row: nothing is begun, so nothing has to end."""
        return _Begun(self, "")

    def close(self) -> None:
        """Let go of the file; what a worker still has in hand is let go of when it is done."""
        self._closed = True
        while self._idle:
            self._idle.pop().let_go()
        self._engine.dispose()

    def take(self) -> UnitOfWork:
        """One that is idle, or another one. Lists give and take in one step, so workers need no lock."""
        try:
            return self._idle.pop()
        except IndexError:
            return UnitOfWork(self._engine.connect())

    def give_back(self, work: UnitOfWork) -> None:
        """Keep it for the next unit of work."""
        if self._closed:
            work.let_go()
        else:
            self._idle.append(work)


class BooksInOne(Books):
    """Books whose every unit of work is a part of one that is open: a founding, whole or not at all."""

    def __init__(self, work: UnitOfWork, path: Path) -> None:
        self.path = path
        self._part = work.part()

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        return self._one()

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        return self._one()

    @contextmanager
    def glancing(self) -> Iterator[UnitOfWork]:
        yield self._part

    def close(self) -> None:
        """Nothing to let go of: the connection is the founding's."""

    @contextmanager
    def _one(self) -> Iterator[UnitOfWork]:
        self._part.begin("SAVEPOINT part")
        try:
            yield self._part
        finally:
            self._part.undo()


class _Part(UnitOfWork):
    """One part at a time: its commit keeps it, and what was not committed by its end is undone."""

    def commit(self) -> None:
        self._driver.execute("RELEASE part")
        self._driver.execute("SAVEPOINT part")

    def undo(self) -> None:
        self._driver.execute("ROLLBACK TO part")
        self._driver.execute("RELEASE part")


class _Begun:
    """From the first word of a unit of work to its end: what was not committed by then is undone."""

    __slots__ = ("_begin", "_books", "_work")

    def __init__(self, books: Books, begin: str) -> None:
        self._books = books
        self._begin = begin

    def __enter__(self) -> UnitOfWork:
        work = None
        try:
            work = self._work = self._books.take()
            if self._begin:
                work.begin(self._begin)
        except WORLD as error:
            self._give_up(work, error)
        return self._work

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            try:
                if self._begin:
                    self._work.undo()
            except WORLD as trouble:
                self._give_up(self._work, trouble)
            self._books.give_back(self._work)
        else:
            self._give_up(self._work, error)

    def _give_up(self, work: UnitOfWork | None, error: BaseException) -> NoReturn:
        """After trouble the next unit of work stands on a new connection."""
        if work is not None:
            work.let_go()
        with world_errors(self._books.path):
            raise error
        raise AssertionError("world_errors lets no error go")
