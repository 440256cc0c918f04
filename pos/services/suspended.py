"""Sales put aside: any workstation of the shop takes one up again, and only one does."""

from __future__ import annotations

import uuid

from pos.domain.by_hand import Action, Asked
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.suspended import SuspendedSale, slip_number, slip_token
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import papers as late_papers
from pos.services.approvals import Approvals, ApprovalSpent, needs_approval
from pos.services.beginning import drawer_refused
from pos.services.desk import Desk, Fact, new_token, record
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.reasons import reason_refused, reasons
from pos.services.sale import summary
from pos.wording import Wording
from receipts.paper import suspended_slip as late_suspended_slip


@dataclass(frozen=True, slots=True)
class PutAside:
    """What waits now, and the paper of its slip: `paperwork.print_waiting` prints it."""

    sale: SuspendedSale
    paper: str


class Suspended:
    """Suspend, list, recall. `open_basket` is the one of this workstation's sale."""

    def __init__(self, desk: Desk, open_basket: OpenBasket) -> None:
        self._desk = desk
        self._open = open_basket

    def suspend(self) -> PutAside | Refused:
        """Put the open sale aside, its slip into the queue, and begin anew: all in one unit of work.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_EMPTY, TENDERS_TAKEN.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        priced = self._open.priced
        if not priced.lines:
            return Refused(Code.BASKET_EMPTY)
        refused = self._open.permitted()
        if refused is not None:
            return refused
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            sale = SuspendedSale(
                id=uuid.uuid4().hex,
                number=work.suspended.next_number(),
                token=new_token(),
                workstation=self._desk.number,
                operator=operator.id,
                operator_name=operator.name,
                suspended_at=now,
                total=priced.total,
                basket=priced.basket,
            )
            work.suspended.add(sale)
            work.baskets.drop(self._desk.number)
            payload = summary(priced) | {"number": sale.number, "sale": priced.basket.id}
            head = record(work, self._desk, Fact(EntryKind.SALE_SUSPENDED, now, operator.id, sale.id, payload))
            job = late_papers.suspended_slip_job(self._desk, self._slip(sale))
            work.paper_jobs.add(job)
            work.commit()
        self._desk.shop.anchor(head)
        self._open.clear()
        return PutAside(sale, job.id)

    def waiting(self) -> tuple[SuspendedSale, ...]:
        """What waits in the whole shop, the last one put aside first."""
        with self._desk.shop.books.reading() as work:
            return work.suspended.waiting()

    def void(self, code: str, reason: str, *, approval: str = "") -> SuspendedSale | Refused:
        """Give up a sale nobody comes back for, by its slip's barcode, its number or its identity.

        NeedsApproval with VOID_LIMIT where it is more than the operator gives up alone; `approval` is the request that
        was granted. Refused: NOT_SIGNED_ON, NOT_PERMITTED, SUSPENDED_UNKNOWN, SUSPENDED_TAKEN, REASON_MISSING,
        REASON_UNKNOWN, and as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.VOID_SALE)
        if isinstance(operator, Refused):
            return operator
        if not reason:
            choices = ", ".join(one.code for one in reasons(self._desk, ReasonKind.VOID_SALE))
            return Refused(Code.REASON_MISSING, {"choices": choices})
        refused = reason_refused(self._desk, ReasonKind.VOID_SALE, reason)
        if refused is not None:
            return refused
        with self._desk.shop.books.reading() as work:
            sale = _named(work, code)
        if sale is None or sale.resumed_at is not None:
            return _not_there(code, sale)
        priced, approvals = self._open.price(sale.basket), Approvals(self._desk)
        granted = approvals.find(approval, priced) if approval else None
        if isinstance(granted, Refused):
            return granted
        if granted is None:
            needs = needs_approval(self._desk, approvals, priced, Asked(Action.VOID_SALE, reason))
            if needs is not None:
                return needs
        now = self._desk.now()
        payload = summary(priced) | {"reason": reason, "number": sale.number}
        fact = Fact(EntryKind.SALE_VOIDED, now, operator.id, sale.basket.id, payload)
        try:
            with self._desk.shop.books.writing() as work:
                if granted is not None:
                    approvals.use(work, granted[0])
                if not work.suspended.take(sale.id, self._desk.number, now):
                    return _not_there(code, work.suspended.get(sale.id))
                head = record(work, self._desk, fact)
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return sale

    def recall(self, code: str) -> SaleView | Refused:
        """Take up a sale by its slip's barcode, its number ("S12", "12") or its identity.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_OPEN, TILL_CLOSED, DRAWER_OPEN, SUSPENDED_UNKNOWN,
        SUSPENDED_TAKEN.
        """
        return self._take(code)

    def recall_last(self) -> SaleView | Refused:
        """Take up the sale this workstation put aside last, or else the shop's last. Refused as `recall`.

        SUSPENDED_UNKNOWN where none waits.
        """
        waiting = self.waiting()
        if not waiting:
            return Refused(Code.SUSPENDED_UNKNOWN, {"code": "–"})
        own = next((sale for sale in waiting if sale.workstation == self._desk.number), waiting[0])
        return self._take(own.id)

    def swap(self, code: str) -> SaleView | Refused:
        """Put the open sale aside first, where one is open, and take up the named one. Refused as both."""
        if not self._open.basket.empty:
            with self._desk.shop.books.reading() as work:
                known = _named(work, code)
            if known is None or known.resumed_at is not None:
                return _not_there(code, known)
            aside = self.suspend()
            if isinstance(aside, Refused):
                return aside
        return self._take(code)

    def _take(self, code: str) -> SaleView | Refused:
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        if not self._open.basket.empty:
            return Refused(Code.BASKET_OPEN)
        if (refused := drawer_refused(self._desk)) is not None:
            return refused
        now = self._desk.now()
        with self._desk.shop.books.writing() as work:
            if work.tills.open_till(self._desk.number) is None:
                return Refused(Code.TILL_CLOSED)
            sale = _named(work, code)
            if sale is None or not work.suspended.take(sale.id, self._desk.number, now):
                return _not_there(code, sale)
            work.baskets.save(self._desk.number, sale.basket, now)
            payload: dict[str, object] = {"number": sale.number, "sale": sale.basket.id}
            head = record(work, self._desk, Fact(EntryKind.SALE_RESUMED, now, operator.id, sale.id, payload))
            work.commit()
        self._desk.shop.anchor(head)
        self._open.take(sale.basket)
        return self._open.view

    def _slip(self, sale: SuspendedSale) -> late_suspended_slip.SuspendedSlip:
        words = Wording(self._desk.rules.language)
        return late_suspended_slip.SuspendedSlip(
            token=sale.token,
            number=sale.number_text,
            workstation=sale.workstation,
            operator_name=sale.operator_name,
            at=self._desk.local(sale.suspended_at),
            currency=self._desk.rules.currency,
            total=sale.total,
            lines=tuple((line.name, words.quantity(line.quantity)) for line in sale.basket.lines),
            note=sale.basket.note,
        )


def _named(work: UnitOfWork, code: str) -> SuspendedSale | None:
    """By the slip's barcode, by number, by identity, in this order."""
    token, number = slip_token(code), slip_number(code)
    if token is not None:
        return work.suspended.find_by_token(token)
    found = None if number is None else work.suspended.find_by_number(number)
    return found or work.suspended.get(code.strip())


def _not_there(code: str, sale: SuspendedSale | None) -> Refused:
    if sale is None:
        return Refused(Code.SUSPENDED_UNKNOWN, {"code": code.strip()[:40]})
    return Refused(Code.SUSPENDED_TAKEN, {"code": sale.number_text, "workstation": sale.resumed_by or 0})
