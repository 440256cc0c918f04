"""Write a decided return: the fact with its postings and all that follows, in the unit of work it was decided in."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace

from pos.domain.agreed_rule import AgreedRule
from pos.domain.approval import Approval
from pos.domain.card_attempt import Attempt, AttemptReason, Purpose
from pos.domain.customer_return import CustomerReturn, ReturnLine, ReturnNumber, ReturnTender
from pos.domain.disposition import usual_destination
from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftEntry, GiftMove, shown_number
from pos.domain.gift_card_law import last_day
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.payment import CardKind
from pos.domain.points import PointsKind, PointsMove
from pos.domain.purchase import PurchaseLine
from pos.domain.refusal import Code, Refused
from pos.domain.return_books import (
    goods_returned,
    return_cash,
    return_postings,
    return_told,
    returned_account,
)
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Decision, Deduction, LineDecision, RefundTender, Verdict
from pos.domain.return_points import points_back
from pos.domain.staff import Operator
from pos.domain.stored_value import StoredAct
from pos.domain.tender import TenderKind
from pos.domain.till import MovementKind
from pos.domain.transaction import JournalHead
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_records import going_back, new_attempt, write_attempt
from pos.services.desk import Desk, Fact, new_token, record
from pos.services.pack_papers import EXCEPTIONS
from pos.services.papers import language_for
from pos.services.return_exceptions import agreed_rules
from pos.services.return_pack import queue_pack
from pos.services.store_credit import issue_store_credit, refund_to_card
from pos.services.stored_value import Loads
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Prepared:
    """A return about to be written: the fact, what it does to cards of the shop and to points, and the attempts at
    terminals that give the rest back. `signed`: the customer signs the shop's copy; `agreed_to` is what was agreed to
    beside the policy.
    """

    done: CustomerReturn
    loads: tuple[Loads, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    points: tuple[PointsMove, ...] = ()
    language: str = ""
    signed: bool = False
    agreed_to: tuple[AgreedRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """A decision about to become a fact, under the lock it was made under. `granted` is the yes it stands on, `before`
    the decision without it.

    `exchange` is the sale that is its other half.
    """

    work: UnitOfWork
    desk: Desk
    case: ReturnCase
    decision: Decision
    operator: Operator
    granted: Approval | None = None
    before: Decision | None = None
    exchange: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def prepared(self) -> Prepared | Refused:
        """The fact of what is allowed, with what it moves; nothing is written yet.

        Refused: TILL_CLOSED, TILL_SHORT, GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD, GIFT_CARD_DISABLED, GIFT_CARD_USED,
        NO_TERMINAL.
        """
        work, desk = self.work, self.desk
        till = work.tills.open_till(desk.number)
        if till is None:
            return Refused(Code.TILL_CLOSED)
        loads: list[Loads] = []
        attempts: list[Attempt] = []
        tenders: list[ReturnTender] = []
        for number, tender in enumerate(self.decision.now.tenders, start=1):
            made = self._tender(tender, number)
            if isinstance(made, Refused):
                return made
            stored, load, attempt = made
            tenders.append(stored)
            loads += [] if load is None else [load]
            attempts += [] if attempt is None else [attempt]
        unwound = self._cards_unwound()
        if isinstance(unwound, Refused):
            return unwound
        emptied = {entry.card for load in unwound for entry in load.entries}
        onto = next((tender for tender in tenders if tender.account in emptied), None)
        if onto is not None:
            # The card that comes back is blocked: money on it would be lost to its holder.
            return Refused(Code.GIFT_CARD_DISABLED, {"card": onto.card})
        done = self._fact(till, tuple(tenders))
        cash = -return_cash(done)
        if desk.till_runs_short and cash > max(0, work.tills.cash_in(till.id)):
            return Refused(Code.TILL_SHORT, {"amount": Money(cash, self.case.currency)})
        points = points_moved(self.case, done)
        signed = any(reason.code is Code.SIGNATURE_NEEDED for reason in self.decision.reasons)
        language = language_for(work, desk, self.case)
        return Prepared(done, (*loads, *unwound), tuple(attempts), points, language, signed, self._agreed_to())

    def _agreed_to(self) -> tuple[AgreedRule, ...]:
        """What the yes goes beyond, as the shop says it."""
        if self.granted is None or self.before is None:
            return ()
        return agreed_rules(self.before, self.case, Wording(self.desk.rules.language))

    def _tender(self, tender: RefundTender, number: int) -> tuple[ReturnTender, Loads | None, Attempt | None] | Refused:
        """The tender as it is stored, with what it puts on a card of the shop or asks of a terminal."""
        purchase, desk = self.case.purchase, self.desk
        sold = None if purchase is None else next((one for one in purchase.tenders if one.tender == tender.of), None)
        own_type = sold.type if sold is not None and tender.kind == TenderKind.OTHER else ""
        stored = ReturnTender(
            kind=tender.kind,
            amount=tender.amount,
            of=tender.of,
            type=tender.type or own_type,
            card=tender.card,
            account=tender.account,
            token=tender.token or ("" if sold is None else sold.token),
            method=tender.method,
            tender=number,
            id=uuid.uuid4().hex,
        )
        if tender.kind in _BY_TERMINAL:
            attempt = self._card_back(tender, tender.attempt or ("" if sold is None else sold.attempt))
            return attempt if isinstance(attempt, Refused) else (replace(stored, attempt=attempt.id), None, attempt)
        if tender.kind == TenderKind.STORE_CREDIT and not tender.account:
            today = desk.local(desk.now()).date()
            ends = tender.until or last_day(desk.rules.region, today, desk.rules.gift_card_months)
            load = issue_store_credit(self.work, desk, tender.amount, expires=ends)
            card = load.cards[0]
            return replace(stored, account=card.id, card=shown_number(card.last_four)), load, None
        if tender.kind in _CARDS_OF_THE_SHOP:
            onto = refund_to_card(self.work, tender.account, tender.amount)
            return onto if isinstance(onto, Refused) else (stored, onto, None)
        return stored, None, None

    def _card_back(self, tender: RefundTender, charged: str) -> Attempt | Refused:
        """The attempt that gives a card its money back: of the charge where it is known, else onto the card shown.

        It is queued: whatever becomes of the terminal, it is asked until it is done or refused.
        """
        desk = self.desk
        charge = self.work.card_attempts.get(charged) if charged else None
        if charge is None and not desk.terminal:
            return Refused(Code.NO_TERMINAL)
        if charge is None:
            return new_attempt(desk, self._unreferenced(tender))
        void = tender.method == "void"
        reason = AttemptReason.POST_VOID if void else AttemptReason.RETURN
        back = replace(going_back(desk, charge, reason, terminal=desk.terminal), sale=self.id)
        return back if void else replace(back, purpose=Purpose.REFUND, amount=tender.amount)

    def _unreferenced(self, tender: RefundTender) -> Attempt:
        return Attempt(
            id="",
            purpose=Purpose.REFUND,
            kind=CardKind(tender.kind),
            sale=self.id,
            workstation=self.desk.number,
            terminal=self.desk.terminal,
            reference="",
            amount=tender.amount,
            currency=self.case.currency,
            at=self.desk.now(),
            by=None,
            partial_allowed=False,
            reason=AttemptReason.RETURN,
            queued=True,
        )

    def _cards_unwound(self) -> list[Loads] | Refused:
        """Gift cards that come back unused are emptied, and blocked (returns.md 8.10) if nothing else is on them."""
        loads: list[Loads] = []
        gone: Counter[str] = Counter()
        for decided in self._allowed():
            line = self._sold(decided)
            if line is None or line.stored is None or line.stored.act is StoredAct.ACCOUNT:
                continue
            card = self.work.gift_cards.get(line.stored.account)
            gone[line.stored.account] += decided.merchandise
            if card is None or card.balance < gone[card.id]:
                return Refused(Code.GIFT_CARD_USED, {"card": line.stored.shown})
            left = card.balance - decided.merchandise
            entries = [GiftEntry(card.id, GiftMove.REVERSED, -decided.merchandise, left)]
            if line.stored.act is StoredAct.SELL and not left:
                entries.append(GiftEntry(card.id, GiftMove.DISABLED, 0, left))
            loads.append(Loads((), tuple(entries)))
        return loads

    def _allowed(self) -> list[LineDecision]:
        return [line for line in self.decision.now.lines if line.verdict is Verdict.ALLOWED]

    def _sold(self, decided: LineDecision) -> PurchaseLine | None:
        return None if self.case.purchase is None else self.case.purchase.line(decided.line)

    def _fact(self, till: TillSession, tenders: tuple[ReturnTender, ...]) -> CustomerReturn:
        desk, case, amounts = self.desk, self.case, self.decision.now
        now, request, purchase, granted = desk.now(), case.request, case.purchase, self.granted
        lines = tuple(self._line(decided) for decided in self._allowed())
        shown = request.id_shown
        return CustomerReturn(
            id=self.id,
            number=ReturnNumber(desk.rules.store, desk.number, self.work.returns.next_number(desk.number)),
            token=new_token(),
            at=now,
            utc_offset_minutes=desk.offset_minutes(now),
            business_day=till.business_day,
            operator=self.operator.id,
            operator_name=self.operator.name,
            till=till.id,
            currency=case.currency,
            customer="" if case.customer is None else case.customer.id,
            purchase="" if purchase is None else purchase.id,
            purchase_receipt="" if purchase is None else purchase.receipt,
            purchase_day=None if purchase is None else purchase.day,
            shown_by=request.shown_by.value,
            id_kind="" if shown is None else shown.kind,
            id_key="" if shown is None else shown.key,
            id_shown="" if shown is None else shown.last,
            policy=self.decision.policy,
            policy_version=self.decision.version,
            reason=request.reason,
            merchandise=amounts.merchandise,
            tax=amounts.tax,
            fee=amounts.fee,
            fee_tax=amounts.fee_tax,
            rounding=amounts.rounding,
            refund=amounts.refund,
            lines=lines,
            tenders=tenders,
            deductions=_of_the_whole(self.decision, lines),
            approval="" if granted is None else granted.request.id,
            approver="" if granted is None else granted.approver,
            exchange=self.exchange,
        )

    def _line(self, decided: LineDecision) -> ReturnLine:
        asked = self.case.request.lines[decided.place]
        sold, goods = self._sold(decided), self.case.goods.get(decided.item)
        name = sold.name if sold is not None else decided.item if goods is None else goods.name
        return ReturnLine(
            place=decided.place,
            line=decided.line,
            item=decided.item,
            name=name,
            quantity=decided.quantity,
            condition=asked.condition,
            reason=asked.reason,
            disposition=decided.disposition or asked.disposition or usual_destination(asked.condition),
            serial=asked.serial,
            unit_price=sold.unit_price if sold is not None else 0 if goods is None else goods.unit_price,
            discount=0 if sold is None else sold.slice_of(sold.discount, decided.quantity.thousandths),
            merchandise=decided.merchandise,
            tax=decided.tax,
            fee=decided.fee,
            fee_tax=decided.fee_tax,
            taxes=decided.taxes,
            deductions=decided.deductions,
            instead=asked.instead,
            instead_name=asked.instead_name,
            instead_serial=asked.instead_serial,
            rules=tuple(dict.fromkeys(f"{one.rule}:{one.code.value}" for one in decided.reasons if one.rule)),
            account=returned_account(sold, decided.taxes),
        )


_BY_TERMINAL = frozenset({TenderKind.CREDIT.value, TenderKind.DEBIT.value})
_CARDS_OF_THE_SHOP = frozenset({TenderKind.GIFT_CARD.value, TenderKind.STORE_CREDIT.value})


def write(work: UnitOfWork, desk: Desk, prepared: Prepared) -> tuple[JournalHead, tuple[str, ...]]:
    """Write it all; where the journal stands then, and the papers that wait."""
    done = prepared.done
    told: dict[str, object] = return_told(done)
    loads = _together(prepared.loads)
    if prepared.points:
        told["points"] = [[move.customer, move.kind.value, move.points] for move in prepared.points]
    moves = goods_returned(done)
    if prepared.agreed_to:
        told[EXCEPTIONS] = [rule.told() for rule in prepared.agreed_to]
    if moves:
        told["moved"] = [[move.item, move.disposition.value, move.quantity] for move in moves]
    cash = return_cash(done)
    fact = Fact(
        EntryKind.RETURN_COMPLETED,
        done.at,
        done.operator,
        done.id,
        told | loads.told,
        return_postings(done),
        (done.till, MovementKind.RETURN, cash) if cash else None,
    )
    head = record(work, desk, fact)
    work.returns.add(done, head)
    loads.write(work, head)
    work.stock.move(moves, head)
    work.customers.move_points(prepared.points, head)
    for attempt in prepared.attempts:
        write_attempt(work, desk, attempt)
    papers = queue_pack(work, desk, done, signed=prepared.signed, language=prepared.language)
    return work.journal.head(desk.number), papers


def _together(loads: Sequence[Loads]) -> Loads:
    """All of them in their order. Each was reckoned from the card as it lies there: one card met twice goes on from
    what the first left on it.
    """
    left: dict[str, int] = {}
    entries: list[GiftEntry] = []
    for entry in (entry for load in loads for entry in load.entries):
        left[entry.card] = left.get(entry.card, entry.left - entry.amount) + entry.amount
        entries.append(replace(entry, left=left[entry.card]))
    return Loads(tuple(card for load in loads for card in load.cards), tuple(entries))


def _of_the_whole(decision: Decision, lines: Sequence[ReturnLine]) -> tuple[Deduction, ...]:
    """What is kept back of the whole return: all deductions less those of single lines."""
    kept: dict[str, int] = {}
    for one in decision.now.deductions:
        kept[one.code] = kept.get(one.code, 0) + one.amount
    for line in lines:
        for one in line.deductions:
            kept[one.code] = kept.get(one.code, 0) - one.amount
    return tuple(Deduction(code, amount) for code, amount in kept.items() if amount)


def points_moved(case: ReturnCase, done: CustomerReturn) -> tuple[PointsMove, ...]:
    """Points spent on what comes back come, those earned on it go as far as there are any."""
    purchase = case.purchase
    gone = [(line.line, line.quantity, line.merchandise + line.tax) for line in done.lines if not line.swapped]
    back = points_back(purchase, gone, case.buyer_points)
    buyer = "" if purchase is None else purchase.buyer.id
    return tuple(PointsMove(buyer, PointsKind.RETURNED, points) for points in (back.come, -back.go) if points)
