"""Exchange: goods come back and others go out, in one piece of business with one net.

What comes back stands in the open basket (`Basket.returning`), beside the lines that go out: a power cut finds both.
Goods of the same item or family in the same quantity are replaced even: they stand for the old line of the sale, with
its date, price and tenders, and no money moves. The rest is a return whose value pays for an ordinary sale: two facts
in one unit of work, between which the account `exchange_clearing` comes to nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos.domain.approval import Approval, NeedsApproval
from pos.domain.basket import Basket
from pos.domain.by_hand import Action, Asked
from pos.domain.even_exchange import paying, replaced_even, without_even
from pos.domain.frozen import dataclass
from pos.domain.journal import canonical
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.return_books import EXCHANGE
from pos.domain.return_decision import Amounts, Decision, LineDecision, Reason, Verdict
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.staff import Operator, Permission
from pos.domain.tender import Tender, TenderKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.completion import CompletedSale, complete_sale
from pos.services.desk import Desk
from pos.services.exchange_agreed import goods_agreed, goods_cover, is_for_goods
from pos.services.return_writing import Prepared, Writing, write
from pos.services.returns import (
    CompletedReturn,
    Quote,
    ReturnNeedsApproval,
    agreed,
    allows,
    covers,
    judged,
    policy_refuses,
    requirement_of,
    subject_of,
)
from pos.services.sale import Sale


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """An exchange as it stands. `quote` is all that comes back: lines replaced even stand last and bear no money.

    `priced` is what goes out beside them. In minor units: `returned_value` and `new_value` with the even lines on both
    sides, `net_due` what the customer pays (negative: gets), before cash rounding.
    """

    quote: Quote
    priced: PricedBasket
    even: tuple[LineAsked, ...]
    returned_value: int
    new_value: int

    @property
    def net_due(self) -> int:
        return self.new_value - self.returned_value

    @property
    def decision(self) -> Decision:
        return self.quote.decision


@dataclass(frozen=True, slots=True)
class CompletedExchange:
    """Both halves in the books: `sale` is None where all was replaced even."""

    returned: CompletedReturn
    sale: CompletedSale | None
    view: ExchangeView


class Exchanges:
    """The exchange of this workstation's open basket."""

    def __init__(self, desk: Desk, sale: Sale, approvals: Approvals) -> None:
        self._desk, self._sale, self._approvals = desk, sale, approvals

    def begin(self, request: ReturnRequest) -> ExchangeView | Refused:
        """Make the open basket an exchange for what comes back, or say anew what does.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TENDERS_TAKEN, RECEIPT_UNKNOWN, RETURN_EMPTY.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        if not request.lines:
            return Refused(Code.RETURN_EMPTY)
        wanted = replace(self._sale.open.basket, returning=replace(request, exchange=True))
        view = self._viewed(wanted)
        if isinstance(view, Refused):
            return view
        saved = self._sale.open.change(wanted, self._sale.open.selected)
        return saved if isinstance(saved, Refused) else view

    def cancel(self) -> Refused | None:
        """Make it an ordinary sale again. Refused: NOT_SIGNED_ON, NOT_PERMITTED, TENDERS_TAKEN."""
        saved = self._sale.open.change(replace(self._sale.open.basket, returning=None), self._sale.open.selected)
        return saved if isinstance(saved, Refused) else None

    def view(self) -> ExchangeView | Refused:
        """The exchange as it stands. Refused: NOT_SIGNED_ON, NOT_PERMITTED, RETURN_EMPTY where none is open."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        return self._viewed(self._sale.open.basket)

    def pay(self, *, approval: str = "") -> ExchangeView | Refused:
        """Let what came back pay for what goes out, as far as it reaches; the customer's tenders follow. `approval` as
        in `complete`.

        Refused: EXCHANGE_INCOMPLETE where nothing comes back or nothing goes out, and as `view` and `Approvals.find`.
        """
        view = self.view()
        granted = view if isinstance(view, Refused) else self._granted(view, approval)
        if granted is not None:
            view = granted if isinstance(granted, Refused) else self._viewed(self._sale.open.basket, granted)
        if isinstance(view, Refused):
            return view
        refused = _incomplete(view)
        if refused is not None:
            return refused
        basket = self._sale.open.basket
        wanted = _to_be_paid(basket, view)
        if wanted != basket:
            selected = None if wanted.set_aside else self._sale.open.selected
            saved = self._sale.open.change(wanted, selected, tendering=True)
            if isinstance(saved, Refused):
                return saved
        return view

    def complete(self, *, approval: str = "") -> CompletedExchange | Refused:
        """Write both halves at once; `approval` is the request that was granted, for exactly this.

        ReturnNeedsApproval and ReturnRefused as `Returns.complete`. Refused: MONEY_MISSING, as `pay`, as
        `Returns.complete` and as `Sale.complete`.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        view = self.view()
        if isinstance(view, Refused):
            return view
        granted = self._granted(view, approval)
        if isinstance(granted, Refused):
            return granted
        if granted is None and not _all_allowed(view.decision):
            return self._refused(view, operator)
        refused = None if granted is not None else _incomplete(view)
        if refused is not None:
            return refused
        try:
            return self._completed(operator, granted)
        except ApprovalSpent as spent:
            return Refused(spent.code)

    def _completed(self, operator: Operator, granted: Approval | None) -> CompletedExchange | Refused:
        made: list[tuple[CompletedReturn, ExchangeView]] = []

        def returned(work: UnitOfWork) -> Refused | None:
            """The returned half, decided anew under the lock."""
            half = self._returned_half(work, operator, granted)
            if isinstance(half, Refused):
                return half
            made.append(half)
            return None

        open_basket = self._sale.open
        going_out = _going_out(open_basket.basket, self._even(open_basket.basket))
        sale: CompletedSale | None = None
        if going_out.lines:
            done = complete_sale(self._desk, open_basket.price(going_out), operator, besides=returned)
            if isinstance(done, Refused):
                return done
            sale = done
        elif _others(open_basket.basket):
            # All is replaced even: what was handed over or charged goes back first.
            return Refused(Code.TENDERS_TAKEN)
        else:
            with self._desk.shop.books.writing() as work:
                refused = returned(work)
                if refused is not None:
                    return refused
                work.baskets.drop(self._desk.number)
                head = work.journal.head(self._desk.number)
                work.commit()
            self._desk.shop.anchor(head)
        open_basket.clear()
        (back, view) = made[0]
        return CompletedExchange(back, sale, view)

    def _returned_half(
        self, work: UnitOfWork, operator: Operator, granted: Approval | None
    ) -> tuple[CompletedReturn, ExchangeView] | Refused:
        basket = self._sale.open.basket
        view = self._judged(work, basket, None)
        if isinstance(view, Refused):
            return view
        before = view.decision
        if granted is not None:
            if not self._covers(work, view, granted):
                return Refused(Code.APPROVAL_DOES_NOT_COVER)
            view = self._judged(work, basket, granted)
            if isinstance(view, Refused):
                return view
        if not _all_allowed(view.decision):
            return policy_refuses(view.decision)
        refused = _incomplete(view)
        if refused is not None:
            return refused
        sale = basket.id if view.priced.lines else ""
        if sale and _to_be_paid(basket, view) != basket:
            # What it is worth has changed since the customer paid on: they look at it again.
            return Refused(Code.EXCHANGE_CHANGED)
        writing = Writing(work, self._desk, view.quote.case, view.decision, operator, granted, before, sale)
        prepared = writing.prepared()
        if not isinstance(prepared, Prepared):
            return prepared
        if granted is not None:
            self._approvals.use(work, granted)
        _, papers = write(work, self._desk, prepared)
        return CompletedReturn(prepared.done, view.decision, papers), view

    def _granted(self, view: ExchangeView, approval: str) -> Approval | Refused | None:
        """The yes it stands on: the one that is named, or one to the return for other goods instead of money."""
        if approval:
            return self._approvals.find_about(approval, exchange_covers(view))
        returning = self._sale.open.basket.returning
        if _all_allowed(view.decision) or returning is None:
            return None
        with self._desk.shop.books.reading() as work:
            return goods_agreed(work, self._desk, self._approvals, returning, view.decision)

    def _covers(self, work: UnitOfWork, view: ExchangeView, granted: Approval) -> bool:
        returning = self._sale.open.basket.returning
        if returning is not None and is_for_goods(granted):
            return goods_cover(work, self._desk, granted, returning, view.decision)
        return exchange_covers(view) == granted.request.fingerprint

    def _refused(self, view: ExchangeView, operator: Operator) -> Refused:
        decision = view.decision
        if not decision.approvals_needed:
            return policy_refuses(decision)
        requirement = requirement_of(decision, operator)
        currency = view.quote.case.currency
        needs = self._approvals.ask_about(
            subject_of(view.quote.case.request),
            exchange_covers(view),
            Asked(Action.RETURN, "", amount=requirement.value),
            requirement,
            {"wanted": Money(requirement.value, currency), "limit": Money(requirement.limit, currency)},
        )
        if not isinstance(needs, NeedsApproval):
            return needs
        return ReturnNeedsApproval(
            needs.code, needs.facts, request=needs.request, decision=decision, case=view.quote.case
        )

    def _viewed(self, basket: Basket, granted: Approval | None = None) -> ExchangeView | Refused:
        with self._desk.shop.books.reading() as work:
            return self._judged(work, basket, granted)

    def _judged(self, work: UnitOfWork, basket: Basket, granted: Approval | None) -> ExchangeView | Refused:
        """What comes back and what goes out, judged by the books of this moment."""
        request = basket.returning
        if request is None:
            return Refused(Code.RETURN_EMPTY)
        whole = judged(work, self._desk, request)
        if isinstance(whole, Refused):
            return whole
        even = replaced_even(whole.case, basket.whole, whole.policy)
        priced = self._sale.open.price(_going_out(basket, even))
        taken = {one.line for one in even}
        rest = replace(
            request,
            lines=tuple(one for one in request.lines if one.line not in taken or not one.line),
            new_items=tuple(line.line.item for line in priced.lines),
            new_total=priced.total,
        )
        spending = {} if basket.customer is None else {basket.customer: priced.points}
        quote = self._part(work, rest, granted, spending) if rest.lines else None
        if isinstance(quote, Refused):
            return quote
        swapped = self._part(work, _even_request(request, even), granted) if even else None
        if isinstance(swapped, Refused):
            return swapped
        both = _together(request, quote, swapped, even)
        # What is kept of the whole is kept of what pays for the new goods as well.
        value = (0 if quote is None else quote.decision.now.exact) + _value(swapped)
        return ExchangeView(both, priced, even, value, priced.total + _value(swapped))

    def _part(
        self,
        work: UnitOfWork,
        request: ReturnRequest,
        granted: Approval | None,
        spending: Mapping[str, int] | None = None,
    ) -> Quote | Refused:
        quote = judged(work, self._desk, request, spending)
        if isinstance(quote, Refused) or granted is None:
            return quote
        return agreed(quote, granted)

    def _even(self, basket: Basket) -> tuple[LineAsked, ...]:
        view = self._viewed(basket)
        return () if isinstance(view, Refused) else view.even


def _even_request(request: ReturnRequest, even: tuple[LineAsked, ...]) -> ReturnRequest:
    return replace(request, lines=even, new_items=tuple(one.instead for one in even), new_total=10**12)


def _value(swapped: Quote | None) -> int:
    return 0 if swapped is None else sum(line.value for line in swapped.decision.now.lines)


def _together(request: ReturnRequest, rest: Quote | None, swapped: Quote | None, even: tuple[LineAsked, ...]) -> Quote:
    """Both parts as one answer: the lines replaced even stand last, and bear no money."""
    if swapped is None:
        assert rest is not None, "something comes back"
        return rest
    first = len(rest.case.request.lines) if rest is not None else 0
    lines = tuple(_bare(line, first) for line in swapped.decision.now.lines)
    base = rest if rest is not None else swapped
    money = base.decision.now if rest is not None else Amounts()
    now = replace(money, lines=(*money.lines, *lines) if rest is not None else lines)
    parts = [one.decision for one in (rest, swapped) if one is not None]
    whole = replace(request, lines=(*(base.case.request.lines if rest is not None else ()), *even))
    decision = replace(
        base.decision,
        verdict=max((one.verdict for one in parts), key=list(Verdict).index),
        reasons=_each_once([reason for one in parts for reason in one.reasons]),
        now=now,
        approvals_needed=tuple(needed for one in parts for needed in one.approvals_needed),
    )
    return replace(base, case=replace(base.case, request=whole), decision=decision)


def _each_once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """What both parts say is said once; a reason carries facts by name, which have no hash."""
    return tuple(reason for place, reason in enumerate(reasons) if reason not in reasons[:place])


def _bare(line: LineDecision, first: int) -> LineDecision:
    return replace(line, place=line.place + first, merchandise=0, tax=0, fee=0, fee_tax=0, taxes=(), deductions=())


def _going_out(basket: Basket, even: Sequence[LineAsked]) -> Basket:
    """What goes out beside the lines that replace others even, as it is sold."""
    out = without_even(basket.whole, even)
    return replace(out, tenders=tuple(one for one in out.tenders if one.amount or one.kind is not TenderKind.EXCHANGE))


def _to_be_paid(basket: Basket, view: ExchangeView) -> Basket:
    """The basket as the customer pays on it: what comes back pays first, and what replaces even is set aside.

    Where that pays nothing it stands there all the same: what is set aside comes back into the sale with the last
    tender.
    """
    value = _value_tenders(view.decision.now)
    if not view.priced.lines:
        return replace(basket.whole, tenders=(*value, *_others(basket)))
    worth = value or (Tender(TenderKind.EXCHANGE, 0),)
    return replace(paying(basket.whole, view.even), tenders=(*worth, *_others(basket)))


def _others(basket: Basket) -> tuple[Tender, ...]:
    return tuple(one for one in basket.tenders if one.kind is not TenderKind.EXCHANGE)


def _value_tenders(amounts: Amounts) -> tuple[Tender, ...]:
    return tuple(Tender(TenderKind.EXCHANGE, one.amount) for one in amounts.tenders if one.kind == EXCHANGE)


def _all_allowed(decision: Decision) -> bool:
    return all(line.verdict is Verdict.ALLOWED for line in decision.lines) and allows(decision)


def _incomplete(view: ExchangeView) -> Refused | None:
    """An exchange has at least one line each way (returns.md 5.1)."""
    if (view.even or view.priced.lines) and _all_allowed(view.decision):
        return None
    return Refused(Code.EXCHANGE_INCOMPLETE)


def exchange_covers(view: ExchangeView) -> str:
    """A name for exactly this exchange: what comes back with its amounts, and what goes out."""
    going = [[line.line.item, line.line.quantity.thousandths, line.total] for line in view.priced.lines]
    even = [[one.line, one.instead, one.instead_serial] for one in view.even]
    return hashlib.sha256(canonical({"returned": covers(view.quote), "going": going, "even": even})).hexdigest()
