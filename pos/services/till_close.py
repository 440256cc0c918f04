"""A till ends: counted, signed where the difference is large, its cash to the office, its Z report made. Once."""

from __future__ import annotations

import hashlib

from pos.domain.approval import AS_ASKED, Approval, ApprovalRequest, NeedsApproval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.check_deposit import HeldCheck, checks_amount, deposit_postings, deposit_told
from pos.domain.day_report import ReportKind
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind, canonical
from pos.domain.ledger import close_postings
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import note_readable
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.till import MovementKind, TillClose
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.card_numbers import card_number_refused
from pos.services.counts import CountView, count_view
from pos.services.day_reports import Made, write_report
from pos.services.desk import Desk, Fact, record
from pos.services.open_matters import OpenMatter, carry_over, open_matters
from pos.services.papers import deposit_slip_job


@dataclass(frozen=True, slots=True)
class ClosedTill:
    """How a till ended, all of it in the books. `deposit` is cash that goes to the bank, `checks` go with it.

    `number` is that of its Z report, `paper` the report that waits to be printed, `slip` that of the deposit, empty
    where nothing goes; `carried` is what stays open beyond it.
    """

    till: str
    expected: Money
    counted: Money
    over_short: Money
    next_float: Money
    deposit: Money
    checks: tuple[HeldCheck, ...]
    number: int
    paper: str
    slip: str
    carried: tuple[OpenMatter, ...]


@dataclass(frozen=True, slots=True)
class _Signed:
    """Who closes, what a manager agreed to, and what there is to say of it."""

    by: Operator
    granted: Approval | None
    note: str


class TillClosing:
    """The end of this workstation's till."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk, self._approvals = desk, approvals

    def open_matters(self) -> tuple[OpenMatter, ...]:
        """What is open and would be carried over; void what nobody comes back for first."""
        with self._desk.shop.books.reading() as work:
            return open_matters(work, self._desk)

    def refused(self) -> Refused | None:
        """Why the till cannot be closed yet, its count aside. Refused: TILL_CLOSED, BASKET_OPEN."""
        with self._desk.shop.books.reading() as work:
            return self._not_yet(work)

    def close(self, *, next_float: int | None = None, note: str = "", approval: str = "") -> ClosedTill | Refused:
        """Close the till on its last count; `next_float` in minor units stays, else as much as the shop's rule says.

        `note` is what there is to say of a difference; the Z report says it too.

        NeedsApproval with COUNT_DIFFERENCE where the count is further away than the shop tolerates: another person
        whose limit reaches as far signs exactly this count. `approval` is the request that was granted.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_OPEN, TILL_CLOSED, COUNT_MISSING, COUNT_OUTDATED,
        AMOUNT_INVALID, NOTE_INVALID, CARD_NUMBER_TYPED, and as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.CLOSE_TILL)
        if isinstance(operator, Refused):
            return operator
        refused = card_number_refused(self._desk, note)
        if refused is None and not note_readable(note):
            refused = Refused(Code.NOTE_INVALID)
        if refused is not None:
            return refused
        with self._desk.shop.books.reading() as work:
            count = self._count(work)
        if isinstance(count, Refused):
            return count
        stays = min(self._desk.rules.next_float, count.counted.minor) if next_float is None else next_float
        if not 0 <= stays <= count.counted.minor:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(stays, count.counted.currency)})
        granted = self._signed(count, stays, operator, approval)
        if isinstance(granted, Refused):
            return granted
        try:
            with self._desk.shop.books.writing() as work:
                # Looked at again: between the count and now cash may have moved.
                again = self._count(work)
                if isinstance(again, Refused):
                    return again
                if again != count:
                    return Refused(Code.COUNT_OUTDATED)
                head, done = self._write(work, count, stays, _Signed(operator, granted, note.strip()))
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return done

    def _not_yet(self, work: UnitOfWork) -> Refused | None:
        if work.tills.open_till(self._desk.number) is None:
            return Refused(Code.TILL_CLOSED)
        basket = work.baskets.get(self._desk.number)
        return None if basket is None or basket.empty else Refused(Code.BASKET_OPEN)

    def _count(self, work: UnitOfWork) -> CountView | Refused:
        """The count the till would be closed on."""
        refused = self._not_yet(work)
        if refused is not None:
            return refused
        till = work.tills.open_till(self._desk.number)
        count = None if till is None else count_view(work, self._desk, till)
        if count is None:
            return Refused(Code.COUNT_MISSING)
        return count if count.stands else Refused(Code.COUNT_OUTDATED)

    def _signed(self, count: CountView, stays: int, operator: Operator, approval: str) -> Approval | Refused | None:
        """The signature this close needs and has; None where it needs none."""
        if count.within:
            return None
        off = abs(count.over_short.minor)
        covers = _covers(count, stays)
        if approval:
            return self._approvals.find_about(approval, covers)
        asked = Asked(Action.CLOSE_TILL, "", amount=count.over_short.minor)
        limit = count.tolerance.minor
        requirement = Requirement(
            code=Code.COUNT_DIFFERENCE,
            limit_of=Limit.OVER_SHORT,
            value=off,
            limit=limit,
            before=count.expected.minor,
            after=count.counted.minor,
            options=(Option(AS_ASKED, asked, count.counted.minor),),
        )
        facts: dict[str, object] = {"wanted": Money(off, count.counted.currency), "limit": count.tolerance}
        needs = self._approvals.ask_about(count.till, covers, asked, requirement, facts)
        if isinstance(needs, NeedsApproval) and self._alone(needs.request, operator, off):
            return None
        return needs

    def _alone(self, request: ApprovalRequest, operator: Operator, off: int) -> bool:
        """Whether nobody else could sign, and who closes could for somebody else: a till can always be closed."""
        may = operator.may(Permission.APPROVE) and operator.reaches(Limit.OVER_SHORT, off)
        return may and not self._approvals.approvers(request)

    def _write(self, work: UnitOfWork, count: CountView, stays: int, signed: _Signed) -> tuple[JournalHead, ClosedTill]:
        operator, granted = signed.by, signed.granted
        till = work.tills.open_till(self._desk.number)
        assert till is not None, "the count is of an open till"
        if granted is not None:
            self._approvals.use(work, granted)
        now = self._desk.now()
        close = TillClose(
            till=till.id,
            count=count.id,
            closed_by=operator.id,
            closed_at=now,
            expected=count.expected.minor,
            counted=count.counted.minor,
            next_float=stays,
            approval="" if granted is None else granted.request.id,
        )
        carried, checks = carry_over(work, self._desk, till), work.check_deposits.held(till.id)
        fact = Fact(
            EntryKind.TILL_CLOSED,
            now,
            operator.id,
            till.id,
            _told(close, carried, checks, signed.note),
            close_postings(close.expected, close.counted) + deposit_postings(checks_amount(checks)),
            (till.id, MovementKind.CLOSE, -close.expected),
        )
        head = record(work, self._desk, fact)
        work.till_days.close(close, head)
        work.check_deposits.deposit(till.id, checks, head)
        made = write_report(work, self._desk, till, kind=ReportKind.Z, operator=operator, matters=carried)
        slip = self._list_deposit(work, till.id) if close.deposit or checks else ""
        return made.head, _closed(close, made, (carried, checks, slip), till.currency)

    def _list_deposit(self, work: UnitOfWork, till: str) -> str:
        """The slip of what goes to the bank, into the queue."""
        job = deposit_slip_job(self._desk, till)
        work.paper_jobs.add(job)
        return job.id


def _closed(
    close: TillClose, made: Made, also: tuple[tuple[OpenMatter, ...], tuple[HeldCheck, ...], str], currency: str
) -> ClosedTill:
    def money(minor: int) -> Money:
        return Money(minor, currency)

    carried, checks, slip = also
    return ClosedTill(
        till=close.till,
        expected=money(close.expected),
        counted=money(close.counted),
        over_short=money(close.over_short),
        next_float=money(close.next_float),
        deposit=money(close.deposit),
        checks=checks,
        number=made.report.number,
        paper=made.paper,
        slip=slip,
        carried=carried,
    )


def _covers(count: CountView, stays: int) -> str:
    """Exactly this count, of exactly this much against exactly that, with this much left."""
    body = {"close": [count.till, count.id, count.counted.minor, count.expected.minor, stays]}
    return hashlib.sha256(canonical(body)).hexdigest()


def _told(
    close: TillClose, carried: tuple[OpenMatter, ...], checks: tuple[HeldCheck, ...], note: str
) -> dict[str, object]:
    """What the journal says of a close."""
    return {
        "count": close.count,
        "expected": close.expected,
        "counted": close.counted,
        "over_short": close.over_short,
        "next_float": close.next_float,
        "deposit": close.deposit,
        "approval": close.approval,
        "checks": deposit_told(checks),
        "note": note,
        "carried": [[matter.kind.value, matter.id, matter.amount.minor] for matter in carried],
    }
