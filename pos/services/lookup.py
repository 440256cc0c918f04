"""Find a completed sale or return, or an imported sale: in the list of its day, by its number, or by its code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime

from pos.domain.customer_return import CustomerReturn, ReturnNumber, is_return_code
from pos.domain.frozen import dataclass
from pos.domain.own_codes import own_code
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import RECEIPT_CODE_PREFIX, RETURN_CODE_PREFIX, ReceiptNumber, Transaction
from pos.persistence import receipt_list as late_receipt_list
from pos.persistence import return_list as late_return_list
from pos.persistence import taken_over_list as late_imported
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.owed_refunds import OwedRefund, owed_refunds

PAGE = 50
# As much of a card's number or an account as is kept, and the least of a name that is looked for.
_ENDING = 4
_WORD_LEAST = 2
_ISO_DAY = r"(?a)(?P<year>20\d{2})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_DOTTED_DAY = r"(?a)(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}))?"
_SLASHED_DAY = r"(?a)(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}))?"
_NUMBER = r"(\d{4})-(\d{1,2})-(\d{1,12})"
_RETURNED = r"(?a)(?:(?P<store>\d{4})-(?P<workstation>\d{1,2})-)?[Rr](?P<number>\d{1,12})"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One receipt in the list; `at` is on the shop's clock, `paid` in minor units; `voided` numbers its post-void.

    Of a return `paid` is what went out, below nothing; `bought` is the receipt of what came back (empty: none known),
    `exchange` says that other goods went out for it; `owed` is what no card took back and nobody gave otherwise, where
    that was asked for, `known` whether it is certain that no card has it. An imported sale has its number as text, and
    its `customer`.
    """

    id: str
    receipt: ReceiptNumber | ReturnNumber | str
    at: datetime
    operator_name: str
    paid: int
    currency: str
    lines: int
    voided: str = ""
    bought: str = ""
    exchange: bool = False
    owed: int = 0
    known: bool = True
    customer: str = ""

    @property
    def imported(self) -> bool:
        """Whether another system sold it."""
        return isinstance(self.receipt, str)

    @property
    def returned(self) -> bool:
        """Whether it is a return."""
        return isinstance(self.receipt, ReturnNumber)


@dataclass(frozen=True, slots=True)
class Named:
    """What a number or a code leads to: its identity, the day it is listed under, and its number."""

    id: str
    day: date
    number: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A part of a day's list; `more` is what `page` wants as `after` for the next part, None at the end."""

    day: date
    receipts: tuple[ReceiptView, ...]
    more: tuple[datetime, str] | None


class Lookup:
    """Completed sales and returns. Cashiers see the running day's, whoever made them; SEE_PAST_DAYS opens others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def today(self) -> date:
        """The business day that runs here: the open till's, or the date in the shop."""
        with self._desk.shop.books.reading() as work:
            return self._today(work)

    def page(
        self, day: date | None = None, *, typed: str = "", after: tuple[datetime, str] | None = None, limit: int = PAGE
    ) -> ReceiptPage | Refused:
        """The receipts of a day (None: today), returns and imported sales among them, newest first; with `typed` those
        whose number or amount begins so, whose cashier or items are named so, whose customer's name begins so or has
        that number, or whose card, gift card or check ends so.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            today = self._today(work)
            day = day or today
            if day != today and not operator.may(Permission.SEE_PAST_DAYS):
                return Refused(Code.NOT_PERMITTED)
            sought = self._sought(work, typed) if typed.strip() else None
            heads: list[late_receipt_list.ReceiptHead | late_return_list.ReturnHead | late_imported.ImportedHead] = [
                *work.receipt_list.of_day(day, sought=sought, before=after, limit=limit + 1),
                *work.return_list.of_day(day, sought=sought, before=after, limit=limit + 1),
                *work.taken_over_list.of_day(day, sought=sought, before=after, limit=limit + 1),
            ]
        heads.sort(key=lambda head: (head.at, head.id), reverse=True)
        shown = heads[:limit]
        more = (shown[-1].at, shown[-1].id) if len(heads) > limit else None
        return ReceiptPage(day, tuple(self._view(head) for head in shown), more)

    def owed(self) -> tuple[ReceiptView, ...] | Refused:
        """The returns of every day whose money is not on its card and did not go out otherwise, the earliest first.

        They are whoever's day it is: the money is owed until somebody settles it. Refused: NOT_SIGNED_ON,
        NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            owed = owed_refunds(work)
            heads = {head.id: head for head in work.return_list.of_ids({one.done.id for one in owed})}
        of_each: dict[str, list[OwedRefund]] = {}
        for one in owed:
            of_each.setdefault(one.done.id, []).append(one)
        return tuple(
            replace(
                self._view(heads[each]),
                owed=sum(one.tender.amount for one in theirs),
                known=all(one.failed for one in theirs),
            )
            for each, theirs in of_each.items()
        )

    def day_named(self, typed: str) -> date | None:
        """The day that was typed: 2026-11-20, 20.11.2026 or 20. 11., 11/20/2026; None where it is none. Without a year
        it is the last such day there was.
        """
        return _day_named(typed.strip(), self.today)

    def named(self, typed: str) -> Named | Refused:
        """The sale, return or imported sale of a barcode or a number; one of this shop's own goes first.

        Refused: as `find`.
        """
        found: Transaction | CustomerReturn | Purchase | Refused = self.find_return(typed) or self.find(typed)
        if isinstance(found, Refused) and found.code is Code.RECEIPT_UNKNOWN:
            found = self.find_imported(typed) or found
        if isinstance(found, Refused):
            return found
        if isinstance(found, Purchase):
            return Named(found.id, found.day, found.receipt)
        return Named(
            found.id, found.business_day, str(found.receipt if isinstance(found, Transaction) else found.number)
        )

    def find_imported(self, typed: str) -> Purchase | Refused | None:
        """The imported sale of this number, or the one that a cancellation of this number is of; None where none is.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_OTHER_DAY.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            place = work.taken_over.by_receipt(typed.strip())
            found = None if place is None else work.taken_over.get(place.purchase)
            today = self._today(work)
        if found is None or found.day == today or operator.may(Permission.SEE_PAST_DAYS):
            return found
        return Refused(Code.RECEIPT_OTHER_DAY, {"receipt": found.receipt})

    def find(self, typed: str) -> Transaction | Refused:
        """The sale of a receipt's barcode, of its whole number, or of its last part at this workstation.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, RECEIPT_OTHER_DAY.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        said = own_code(typed)
        with self._desk.shop.books.reading() as work:
            sale = self._sale(work, said)
            today = self._today(work)
        if sale is None:
            return Refused(Code.RECEIPT_UNKNOWN, {"receipt": typed.strip()[:40]})
        return sale if self._may_see(operator, sale, today) else _other_day(sale)

    def find_return(self, typed: str) -> CustomerReturn | Refused | None:
        """The return of a barcode, of its whole number, or of its number at this workstation ("R7"); None where what is
        typed is none of these.

        Refused: as `find`.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        said = own_code(typed)
        number = re.fullmatch(_RETURNED, said)
        if number is None and not is_return_code(said):
            return None
        with self._desk.shop.books.reading() as work:
            if number is None:
                done = work.returns.find_by_token(said.removeprefix(RETURN_CODE_PREFIX))
            else:
                store, place = number["store"] or self._desk.rules.store, number["workstation"] or self._desk.number
                done = work.returns.find(ReturnNumber(store, int(place), int(number["number"])))
            today = self._today(work)
        if done is None:
            return Refused(Code.RECEIPT_UNKNOWN, {"receipt": typed.strip()[:40]})
        return done if self._may_see(operator, done, today) else _other_day(done)

    def _sale(self, work: UnitOfWork, said: str) -> Transaction | None:
        if said.startswith(RECEIPT_CODE_PREFIX):
            return work.transactions.find_by_token(said.removeprefix(RECEIPT_CODE_PREFIX))
        if whole := re.fullmatch(_NUMBER, said):
            return work.transactions.find(ReceiptNumber(whole[1], int(whole[2]), int(whole[3])))
        if said.isascii() and said.isdigit() and len(said) <= 12:
            return work.transactions.find(ReceiptNumber(self._desk.rules.store, self._desk.number, int(said)))
        return None

    def _may_see(self, operator: Operator, sale: Transaction | CustomerReturn, today: date) -> bool:
        return sale.business_day == today or operator.may(Permission.SEE_PAST_DAYS)

    def _today(self, work: UnitOfWork) -> date:
        till = work.tills.open_till(self._desk.number)
        return till.business_day if till is not None else self._desk.local(self._desk.now()).date()

    def _sought(self, work: UnitOfWork, typed: str) -> late_receipt_list.Sought:
        word = _folded(typed.strip())
        people = [each.operator.id for each in work.staff.all() if word in _folded(each.operator.name)]
        number, returned = re.fullmatch(_NUMBER, word), re.fullmatch(_RETURNED, word)
        digits = word.replace(",", "").replace(".", "").replace(" ", "").replace("\xa0", "")
        if not (digits.isascii() and digits.isdigit()):
            digits = ""
        tail = str(int(number[3])) if number else digits.lstrip("0") if digits == word else ""
        ending = digits if digits == word and len(digits) == _ENDING else ""
        named = word if len(word) >= _WORD_LEAST else ""
        of_return = str(int(returned["number"])) if returned else "" if number else tail
        return late_receipt_list.Sought(tail, digits, people, typed.strip(), named, ending, of_return)

    def _view(
        self, head: late_receipt_list.ReceiptHead | late_return_list.ReturnHead | late_imported.ImportedHead
    ) -> ReceiptView:
        if isinstance(head, late_imported.ImportedHead):
            return ReceiptView(
                head.id,
                head.receipt,
                self._desk.local(head.at),
                head.operator,
                head.paid,
                head.currency,
                head.lines,
                customer=head.customer,
            )
        if isinstance(head, late_return_list.ReturnHead):
            return ReceiptView(
                head.id,
                head.number,
                self._desk.local(head.at),
                head.operator_name,
                -head.refund,
                head.currency,
                head.lines,
                bought=head.bought,
                exchange=head.exchange,
            )
        return ReceiptView(
            head.id,
            head.receipt,
            self._desk.local(head.at),
            head.operator_name,
            head.paid,
            head.currency,
            head.lines,
            "" if head.voided is None else str(head.voided),
        )


def _day_named(text: str, today: date) -> date | None:
    found = re.fullmatch(_ISO_DAY, text) or re.fullmatch(_DOTTED_DAY, text) or re.fullmatch(_SLASHED_DAY, text)
    if found is None:
        return None
    said = found.groupdict()
    year = int(said["year"] or today.year)
    try:
        day = date(year, int(said["month"]), int(said["day"]))
        return day if said["year"] or day <= today else day.replace(year=year - 1)
    except ValueError:
        return None


def _folded(text: str) -> str:
    """Without accents and capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _other_day(found: Transaction | CustomerReturn) -> Refused:
    number = found.receipt if isinstance(found, Transaction) else found.number
    return Refused(Code.RECEIPT_OTHER_DAY, {"receipt": str(number)})
