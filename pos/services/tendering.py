"""Taking tenders for the open sale, one by one, and giving them back: the rules every kind goes through.

A kind that sets something aside outside the basket (a gift card, a card at the terminal) has a module of its own; it
writes that in the unit of work that saves the basket, and teaches `Tendering` how to give it back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from pos.domain.approval import AS_ASKED, Approval, NeedsApproval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import beyond_alone, tender_fits, tender_room, tender_rule, tender_rules
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.card_numbers import card_number_refused
from pos.services.deposits import pays_out, till_short
from pos.services.desk import Desk
from pos.services.open_basket import TOTAL_MAX, OpenBasket, SaleView

REFERENCE_MAX = 60

# Writes what belongs to a tender into the unit of work that saves the basket with it, or without it.
Write = Callable[[UnitOfWork], None]


class TenderTurnedDown(Exception):
    """What was to be set aside for a tender is not there any more; nothing of the tender is written."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code.value)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class TenderChoice:
    """A way to pay this sale: `room` in minor units is how much of what is due it may pay."""

    rule: TenderRule
    room: int


@dataclass(frozen=True, slots=True)
class Beyond:
    """The refusal of what is more than is taken alone; `which` tells the tender from others of its kind and amount."""

    code: Code
    which: str = ""


ALONE = Beyond(Code.TENDER_ALONE)


@dataclass(frozen=True, slots=True)
class CardWish:
    """What a card is to be charged, in minor units: towards the sale, and in cash on top; `keyed`, typed by hand."""

    amount: int
    cash_back: int
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A tender that somebody has to agree to."""

    rule: TenderRule
    tender: Tender
    besides: Write | None


@dataclass(frozen=True, slots=True)
class _Over:
    """Which limit of a role a wish is beyond, and how far it goes in minor units."""

    code: Code
    limit: Limit
    value: int


class Tendering:
    """The tenders of the open sale. What is on the list is in the books."""

    def __init__(self, desk: Desk, basket: OpenBasket, approvals: Approvals) -> None:
        self._desk, self._open, self._approvals = desk, basket, approvals
        self._waiting: dict[str, _Waiting] = {}
        # How each kind that sets something aside gives it back: a Refused where it cannot be now.
        self._givers: dict[TenderKind, Callable[[Tender], Write | Refused]] = {}

    def teach(self, kind: TenderKind, give_back: Callable[[Tender], Write | Refused]) -> None:
        """Say how tenders of a kind are given back; the answer writes the opposite of what was set aside."""
        self._givers[kind] = give_back

    def choices(self) -> tuple[TenderChoice, ...]:
        """The ways to pay that this shop has, in their order, each with what it may pay of the open sale."""
        priced = self._open.priced
        rules = (rule for rule in tender_rules(self._desk.rules) if rule.active)
        return tuple(TenderChoice(rule, tender_room(priced, rule)) for rule in rules)

    def take(self, code: str, amount: int | None = None, reference: str = "") -> SaleView | Refused:
        """Take cash, or a type of the shop's own, in minor units; None is exactly what it may pay.

        NeedsApproval with TENDER_ALONE beyond what is taken alone, with PAY_OUT_LIMIT where more cash goes out than the
        operator pays out alone. Refused: NOT_SIGNED_ON, NOT_PERMITTED, NOTHING_TO_PAY, TENDER_UNKNOWN,
        REFERENCE_MISSING, CARD_NUMBER_TYPED, AMOUNT_INVALID, TILL_SHORT and as `tender_fits`.
        """
        rule = tender_rule(self._desk.rules, code)
        if rule is None or rule.kind not in {TenderKind.CASH, TenderKind.OTHER}:
            return Refused(Code.TENDER_UNKNOWN, {"tender": code})
        if amount is None:
            amount = max(0, tender_room(self._open.priced, rule))
        if rule.kind is TenderKind.CASH:
            return self.place(rule, Tender(TenderKind.CASH, amount))
        reference = reference.strip()
        if (rule.asks_reference and not reference) or len(reference) > REFERENCE_MAX or not reference.isprintable():
            return Refused(Code.REFERENCE_MISSING, {"tender": rule.words, "most": REFERENCE_MAX})
        refused = card_number_refused(self._desk, reference)
        if refused is not None:
            return refused
        tender = Tender(
            TenderKind.OTHER,
            amount,
            rule.code,
            reference,
            shown=rule.words,
            id=new_tender_id(),
            change=rule.gives_change,
        )
        return self.place(rule, tender)

    def refused(self, rule: TenderRule, amount: int) -> Refused | None:
        """Why this much cannot be taken this way now, before anything is set aside for it; None where it can."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        priced = self._open.priced
        if not priced.lines or priced.complete:
            return Refused(Code.NOTHING_TO_PAY)
        wants_nothing = rule.kind is TenderKind.CASH and amount == 0 and priced.due_cash > 0
        if wants_nothing or not 0 <= amount <= TOTAL_MAX:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, priced.currency)})
        day = self._desk.local(self._desk.now()).date()
        return tender_fits(priced, rule, amount, self._desk.rules, day)

    def place(
        self, rule: TenderRule, tender: Tender, besides: Write | None = None, *, beyond: Beyond = ALONE
    ) -> SaleView | Refused:
        """Put a tender on the open sale, with what `besides` writes in the same unit of work. As `take`.

        `beyond` is how it is told, and which tender it is, where somebody has to agree to it.
        """
        refused = self.refused(rule, tender.amount)
        if refused is not None:
            return refused
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        waiting = _Waiting(rule, tender, besides)
        needs = self._needs_pay_out(waiting, operator) or self._needs(waiting, operator, beyond)
        return needs or self._placed(tender, besides)

    def carry_out(self, approval: Approval) -> SaleView | Refused:
        """Take the tender somebody agreed to: exactly that one, once.

        Refused as `take`, and APPROVAL_DOES_NOT_COVER.
        """
        waiting = self._waiting.pop(approval.request.id, None)
        if waiting is None:
            return Refused(Code.APPROVAL_DOES_NOT_COVER)
        refused = self.refused(waiting.rule, waiting.tender.amount)
        if refused is not None:
            return refused

        def write(work: UnitOfWork) -> None:
            self._approvals.use(work, approval)
            if waiting.besides is not None:
                waiting.besides(work)

        try:
            return self._placed(waiting.tender, write)
        except ApprovalSpent as spent:
            return Refused(spent.code)

    def agreed(self, rule: TenderRule, wish: CardWish, approval: str) -> Approval | Refused | None:
        """Whether a card may be charged this much: the approval to use, None where none is needed.

        NeedsApproval with TENDER_ALONE, CASH_BACK_ALONE or CARD_KEYED_ALONE; Refused: NOT_SIGNED_ON,
        APPROVAL_DOES_NOT_COVER, NOT_PERMITTED and as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        # What is split stays one sale, in cash handed out and in numbers typed, too.
        handed_out = wish.cash_back and wish.cash_back + sum(tender.cash_back for tender in self._open.basket.tenders)
        reaches = (
            _Over(Code.CARD_KEYED_ALONE, Limit.KEYED_CARD, wish.amount + self._keyed() if wish.keyed else 0),
            _Over(Code.CASH_BACK_ALONE, Limit.CASH_BACK, handed_out),
            _Over(Code.TENDER_ALONE, Limit.TENDER, max(0, beyond_alone(self._open.priced, rule, wish.amount))),
        )
        beyond = next((over for over in reaches if not operator.reaches(over.limit, over.value)), None)
        if beyond is None:
            return None
        which = f"{rule.code}+{wish.cash_back}{'+keyed' if wish.keyed else ''}"
        asked = Asked(Action.TENDER, "", amount=wish.amount, tender=which)
        if not approval:
            return self._asks(rule, asked, beyond, operator)
        found = self._approvals.find(approval, self._open.priced)
        if isinstance(found, Refused):
            return found
        # A yes to another amount, card or cash-back is no yes to this one.
        return self._reaching(found[0], reaches) if found[1] == asked else Refused(Code.APPROVAL_DOES_NOT_COVER)

    def _keyed(self) -> int:
        """What cards whose numbers were typed pay of the sale already, in minor units."""
        tenders = {tender.attempt: tender.amount for tender in self._open.basket.tenders if tender.attempt}
        if not tenders:
            return 0
        with self._desk.shop.books.reading() as work:
            views = work.card_attempts.many(list(tenders))
        return sum(tenders[attempt] for attempt, view in views.items() if view.attempt.keyed)

    def _reaching(self, approval: Approval, reaches: tuple[_Over, ...]) -> Approval | Refused:
        """The approval, where whoever gave it goes as far in all: the request names only one of the limits."""
        with self._desk.shop.books.reading() as work:
            found = work.staff.find(approval.approver)
        if found is not None and all(found.operator.reaches(over.limit, over.value) for over in reaches):
            return approval
        return Refused(Code.NOT_PERMITTED, {"approver": approval.approver if found is None else found.operator.name})

    def give_back(self, number: int) -> SaleView | Refused:
        """Give one tender back, counted from 1. Refused: TENDER_GONE, NOT_SIGNED_ON, and as its kind gives back."""
        tenders = self._open.basket.tenders
        if not 0 < number <= len(tenders):
            return Refused(Code.TENDER_GONE)
        tender = tenders[number - 1]
        write = self._opposite(tender)
        if isinstance(write, Refused):
            return write
        basket = self._open.basket.without_tender(number - 1)
        return self._open.change(basket, self._open.selected, tendering=True, besides=write, lasting=tender.held)

    def give_all_back(self) -> SaleView | Refused:
        """Give every tender back, the last one first; what was given back stays so where one cannot be."""
        view: SaleView | Refused = self._open.view
        while self._open.basket.tenders:
            view = self.give_back(len(self._open.basket.tenders))
            if isinstance(view, Refused):
                return view
        return view

    def _opposite(self, tender: Tender) -> Write | Refused | None:
        if not tender.held:
            return None
        giver = self._givers.get(tender.kind)
        return Refused(Code.TENDER_GONE) if giver is None else giver(tender)

    def _placed(self, tender: Tender, besides: Write | None) -> SaleView | Refused:
        basket = self._open.basket.with_tender(tender)
        refused = self._till_short(self._goes_out(tender))
        try:
            return refused or self._open.change(
                basket, self._open.selected, tendering=True, besides=besides, lasting=tender.held
            )
        except TenderTurnedDown as answer:
            return answer.refused

    def _goes_out(self, tender: Tender) -> int:
        """The cash that would leave the till with this tender, in minor units."""
        if self._open.priced.total >= 0 and not tender.change:
            return 0
        return pays_out(self._open.price(self._open.basket.with_tender(tender)))

    def _till_short(self, out: int) -> Refused | None:
        if not out:
            return None
        with self._desk.shop.books.reading() as work:
            return till_short(work, self._desk, out)

    def _needs_pay_out(self, waiting: _Waiting, operator: Operator) -> Refused | None:
        """The request that waits where more cash goes out than the operator pays out alone; None where it does not."""
        out = self._goes_out(waiting.tender)
        limit = operator.limit(Limit.PAY_OUT)
        if limit is None or out <= limit:
            return None
        currency = self._open.priced.currency
        facts: dict[str, object] = {"amount": Money(out, currency), "most": Money(limit, currency)}
        short = self._till_short(out)
        if short is not None:
            return short
        over = beyond_alone(self._open.priced, waiting.rule, waiting.tender.amount)
        if over > 0 and not operator.reaches(Limit.TENDER, over):
            # A yes is to one limit: what is beyond two of them is taken in smaller pieces.
            return Refused(Code.PAY_OUT_LIMIT, facts)
        asked = Asked(Action.PAY_OUT, "", amount=out, tender=waiting.rule.code)
        requirement = Requirement(
            code=Code.PAY_OUT_LIMIT,
            limit_of=Limit.PAY_OUT,
            value=out,
            limit=limit,
            before=0,
            after=-out,
            options=(Option(AS_ASKED, asked, -out),),
        )
        return self._wait(waiting, self._approvals.ask(self._open.priced, asked, requirement, facts))

    def _wait(self, waiting: _Waiting, needs: NeedsApproval | Refused) -> NeedsApproval | Refused:
        if isinstance(needs, NeedsApproval):
            self._waiting[needs.request.id] = waiting
        return needs

    def _needs(self, waiting: _Waiting, operator: Operator, beyond: Beyond) -> Refused | None:
        """The request that waits where this is more than the operator takes alone; None where it is not."""
        rule, tender = waiting.rule, waiting.tender
        over = beyond_alone(self._open.priced, rule, tender.amount)
        if over <= 0 or operator.reaches(Limit.TENDER, over):
            return None
        # What tells this tender from another of the same amount; its identity was made for it alone.
        asked = Asked(Action.TENDER, "", amount=tender.amount, tender=f"{rule.code}:{beyond.which or tender.id}")
        return self._wait(waiting, self._asks(rule, asked, _Over(beyond.code, Limit.TENDER, over), operator))

    def _asks(self, rule: TenderRule, asked: Asked, beyond: _Over, operator: Operator) -> NeedsApproval | Refused:
        priced, amount = self._open.priced, asked.amount or 0
        limit = operator.limit(beyond.limit) or 0
        requirement = Requirement(
            code=beyond.code,
            limit_of=beyond.limit,
            value=beyond.value,
            limit=limit,
            before=priced.due,
            after=priced.due - amount,
            options=(Option(AS_ASKED, asked, amount),),
            about=rule.words or rule.code,
        )
        by_rule = beyond.limit is Limit.TENDER
        facts: dict[str, object] = {
            "tender": rule.words or rule.code,
            "amount": Money(rule.alone + beyond.value if by_rule else beyond.value, priced.currency),
            "limit": Money(rule.alone if by_rule else limit, priced.currency),
        }
        return self._approvals.ask(priced, asked, requirement, facts)


def new_tender_id() -> str:
    """An identity for a tender that is more than counted cash."""
    return uuid.uuid4().hex
