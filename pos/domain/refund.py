"""How a refund goes out: which tender of the sale gets what, in which way, and what cash rounding makes of it.

The plan moves nothing. It never gives more out of a tender than the sale took with it; cash is rounded cumulatively
over all refunds of a sale, so that everything returned is exactly what was paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.gift_card_law import last_day
from pos.domain.policy_rule import Policy
from pos.domain.purchase import PurchaseTender
from pos.domain.refund_cash import paid_out
from pos.domain.refund_limits import cash_bounded
from pos.domain.refund_rooms import Room, emptied, in_order, kept_of, rooms_of, shared_out
from pos.domain.refund_routes import AS_ASKED, ORIGINAL, STORE_CREDIT, Asked, Drawn, Piece, Router
from pos.domain.refund_rules import (
    EXCHANGE,
    BadCheck,
    Precedence,
    RefundPrecedence,
    StoreCreditLasts,
)
from pos.domain.refusal import Code
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import ApprovalNeeded, Effect, Reason, RefundTender, Remedy
from pos.domain.return_subject import most_specific, words_of
from pos.domain.tender import TenderKind
from pos.domain.valued_line import ValuedLines

# Codes about the way money goes; a yes to another code may choose store credit for all of it.
_OF_TENDERS = frozenset(
    {Code.TENDER_NOT_ALLOWED, Code.CARD_UNAVAILABLE, Code.CASH_LIMIT, Code.DRAWER_INSUFFICIENT, Code.CHECK_HOLD}
)


@dataclass(frozen=True, slots=True)
class Planned:
    """The tenders of a refund, as they are to go out once whoever has to agree has agreed. `refund` is their sum:
    the value and `rounding`, minor units.

    `reasons` are about the way of the money; one that asks for approval or refuses stands in the way of all of it.
    `store_credit_until` is the last day of store credit given here, None where it does not end.
    """

    tenders: tuple[RefundTender, ...] = ()
    rounding: int = 0
    refund: int = 0
    reasons: tuple[Reason, ...] = ()
    approvals_needed: tuple[ApprovalNeeded, ...] = ()
    store_credit_until: date | None = None


def plan(case: ReturnCase, policy: Policy, valued: ValuedLines) -> Planned:
    """How the value of these lines goes out."""
    return _Refund(case, policy, valued).planned()


def plan_exchange(case: ReturnCase, policy: Policy, valued: ValuedLines, new_total: int) -> Planned:
    """How it goes out when goods for `new_total` minor units are taken for it: as much as they cost goes to tenders of
    kind "exchange", one for each tender of the sale it came out of, and only the rest goes out, under the same rules.
    """
    return _Refund(case, policy, valued, max(0, min(valued.exact, new_total))).planned()


@dataclass(frozen=True, slots=True)
class _Refund:
    """One refund to be planned; `used` minor units of it are paid on for goods of an exchange."""

    case: ReturnCase
    policy: Policy
    valued: ValuedLines
    used: int = 0

    def planned(self) -> Planned:
        asked = Asked()
        router, paid = self.paid(asked)
        refund = sum(amount for _, amount in paid)
        tenders = _voided(router, [_tender(piece, amount) for piece, amount in paid if amount])
        until = _store_credit_until(router, tenders)
        return Planned(
            tenders=tuple(replace(one, until=until) if _is_new_credit(one) else one for one in tenders),
            rounding=refund - sum(piece.exact for piece, _ in paid),
            refund=refund,
            reasons=tuple(asked.reasons),
            approvals_needed=tuple(self._approvals(asked)),
            store_credit_until=until,
        )

    def paid(self, asked: Asked) -> tuple[Router, list[tuple[Piece, int]]]:
        """Every piece with what goes out for it, and who found the ways."""
        router = Router(self.case, self.policy, [line.place for line in self.valued.lines], asked)
        drawn, kept = _drawn(router, self.valued, self.used)
        _bad_check(router, drawn)
        pieces = cash_bounded(router, router.pieces(drawn))
        return router, paid_out(self.case, [*pieces, *kept])

    def _approvals(self, asked: Asked) -> Iterator[ApprovalNeeded]:
        """What somebody would have to agree to, with what each option comes to."""
        for reason in asked.reasons:
            if reason.effect is Effect.APPROVAL:
                options = asked.options.get(reason.code) or (AS_ASKED,)
                sums = tuple((option, self._comes_to(reason.code, option)) for option in options)
                yield ApprovalNeeded(reason.code, 0, reason.role, reason.value, reason.limit, sums)

    def _comes_to(self, code: Code, option: str) -> int:
        """What would go out were this agreed to."""
        codes = self.case.agreed.codes if self.case.agreed is not None else frozenset()
        agreed = Agreed(frozenset({*codes, code.value}), option)
        _, paid = replace(self, case=replace(self.case, agreed=agreed)).paid(Asked())
        return sum(amount for _, amount in paid)


# --- What comes out of which tender -----------------------------------------------------------------------------------


def _drawn(router: Router, valued: ValuedLines, used: int) -> tuple[list[Drawn], list[Piece]]:
    """The value out of the tenders of the sale: what goes out, and what an exchange keeps."""
    pots = _pots(router, valued, used)
    purchase = router.case.purchase
    if purchase is None:
        goes = [Drawn(None, amount, pays or STORE_CREDIT, _wish(router)) for pays, amount in pots]
        return goes, ([Piece(None, used, EXCHANGE)] if used else [])
    rooms = list(rooms_of(purchase))
    ordered = _ordered(router, rooms)
    drawn: list[Drawn] = []
    for pays, amount in pots:
        sent = [] if pays or router.by_gift_receipt else _sent(router, ordered, amount)
        drawn.extend(sent)
        ordered = _less(ordered, sent)
        rest = [
            Drawn(room.tender, part, pays, _wish(router))
            for room, part in _parts(router, ordered, amount - sum(one.exact for one in sent))
        ]
        drawn.extend(rest)
        ordered = _less(ordered, rest)
    return drawn, [Piece(room.tender, part, EXCHANGE) for room, part in kept_of(ordered, used)]


def _pots(router: Router, valued: ValuedLines, used: int) -> list[tuple[str, int]]:
    """The value by the way it must go out, "" for the tenders of the sale; less what an exchange keeps."""
    pots: dict[str, int] = {"": valued.amount}
    for line in valued.lines:
        pots[line.pays] = pots.get(line.pays, 0) + line.value
    # What is made good of an earlier return is part of what an exchange may use: it goes in before that is taken.
    _take(pots, sum(one.amount for one in valued.deductions), sorted(pots))
    # What must be store credit is what an exchange takes first: it could buy nothing else anyhow.
    _take(pots, used, sorted(pots, reverse=True))
    forced = STORE_CREDIT if router.by_gift_receipt or _all_as_store_credit(router) else None
    if forced is not None:
        whole = sum(pots.values())
        if router.by_gift_receipt and whole:
            facts = {"amount": router.money(whole)}
            router.asked.note(Reason(Code.GIFT_RECEIPT, Effect.TENDER, "gift_receipt", value=whole, facts=facts))
        return [(forced, whole)] if whole > 0 else []
    return [(pays, pots[pays]) for pays in sorted(pots) if pots[pays] > 0]


def _take(pots: dict[str, int], amount: int, order: Sequence[str]) -> None:
    """Take an amount from the pots, one after another; a negative one is put into the first."""
    for pot in order:
        part = min(pots[pot], amount)
        pots[pot] -= part
        amount -= part


def _all_as_store_credit(router: Router) -> bool:
    agreed = router.case.agreed
    # Other goods instead of money: what they leave is no money either.
    if agreed is None or agreed.option not in {STORE_CREDIT, EXCHANGE}:
        return False
    return bool({str(code) for code in agreed.codes} - {code.value for code in _OF_TENDERS})


def _wish(router: Router) -> str:
    """The kind the customer asks for; what somebody chose when agreeing goes before it."""
    request = router.case.request
    if router.agreed(Code.TENDER_NOT_ALLOWED) and router.option() not in {"", AS_ASKED}:
        return router.option()
    if router.by_gift_receipt and request.refund_to in {"", STORE_CREDIT}:
        return ""
    return request.refund_to


def _ordered(router: Router, rooms: Sequence[Room]) -> list[Room]:
    """The rooms in the order of the policy; a tender the customer asks for by its kind comes first."""
    rule = _order(router)
    ordered = in_order(rooms, rule.order, rule.classes)
    wish = _wish(router)
    return sorted(ordered, key=lambda room: wish not in words_of(room.tender)) if wish else ordered


def _order(router: Router) -> RefundPrecedence:
    found = [rule for rule in router.rules(RefundPrecedence) if isinstance(rule, RefundPrecedence)]
    return most_specific(found) or RefundPrecedence(id="mirror")


def _parts(router: Router, ordered: Sequence[Room], amount: int) -> list[tuple[Room, int]]:
    if _order(router).order is Precedence.RATIO and not _wish(router):
        return shared_out(ordered, amount)
    return emptied(ordered, amount)


def _less(rooms: Sequence[Room], drawn: Sequence[Drawn]) -> list[Room]:
    """The rooms after that was drawn."""
    left = []
    for room in rooms:
        taken = sum([one.exact for one in drawn if one.tender is room.tender])
        if room.exact > taken:
            left.append(Room(room.tender, room.exact - taken) if taken else room)
    return left


def _sent(router: Router, rooms: Sequence[Room], amount: int) -> list[Drawn]:
    """What the customer wants from which tender, as far as it can be given; the rest goes the way of the policy."""
    if router.agreed(Code.TENDER_NOT_ALLOWED) and router.option() not in {"", AS_ASKED}:
        return []
    drawn: list[Drawn] = []
    for want in router.case.request.send_to:
        room = next((one for one in rooms if one.tender.tender == want.of), None)
        taken = sum(one.exact for one in drawn if room is not None and one.tender is room.tender)
        most = min(amount, room.exact - taken) if room is not None else 0
        if want.amount > most:
            facts = {"amount": router.money(want.amount), "limit": router.money(max(0, most))}
            router.asked.note(
                Reason(
                    code=Code.REFUND_EXCEEDS_PAID,
                    effect=Effect.REFUSES,
                    rule="tender_ceiling",
                    value=want.amount,
                    limit=max(0, most),
                    remaining=max(0, most),
                    facts={**facts, "of": want.of},
                    remedy=Remedy("ORIGINAL_TENDER", {}, {"refund_to": ORIGINAL}),
                )
            )
        part = max(0, min(most, want.amount))
        if part and room is not None:
            drawn.append(Drawn(room.tender, part, wish=want.to, account=want.account))
            amount -= part
    return drawn


# --- Holds and limits -------------------------------------------------------------------------------------------------


def _bad_check(router: Router, drawn: Sequence[Drawn]) -> None:
    """No money to who owes the shop that of a check, nor to anybody for goods such a check paid."""
    customer, purchase = router.case.customer, router.case.purchase
    owes = customer is not None and customer.open_bad_check
    if not drawn or not (owes or router.case.bad_check):
        return
    found = [rule for rule in router.bounds(BadCheck) if isinstance(rule, BadCheck)]
    words = frozenset(word for one in drawn if one.tender is not None for word in words_of(one.tender))
    # One that names what it was paid with goes before one for anything.
    naming = [rule for rule in found if rule.of & words]
    anything = [rule for rule in found if not rule.of]
    rule = most_specific(naming or anything) or (None if found else BadCheck(id="bad_check"))
    if rule is None or not rule.refuse or router.agreed(Code.BAD_CHECK_OUTSTANDING):
        return
    router.asked.note(
        Reason(
            code=Code.BAD_CHECK_OUTSTANDING,
            effect=Effect.REFUSES,
            rule=rule.id,
            overridable=rule.override is not None,
            value=customer.id if customer is not None and owes else purchase.receipt if purchase is not None else "",
            role=rule.override or "",
        ),
        (AS_ASKED,),
    )


# --- What is handed back ----------------------------------------------------------------------------------------------


def _tender(piece: Piece, amount: int) -> RefundTender:
    of = piece.tender.tender if piece.tender is not None else 0
    return RefundTender(piece.kind, amount, of, piece.type, piece.card, piece.account, piece.attempt)


def _voided(router: Router, tenders: Sequence[RefundTender]) -> tuple[RefundTender, ...]:
    """A whole charge that was not settled yet is undone instead of paid back."""
    purchase = router.case.purchase
    charges = {tender.tender: tender for tender in purchase.tenders} if purchase else {}
    done = []
    for tender in tenders:
        charge = charges.get(tender.of)
        if charge is not None and _undoes(tender, charge):
            facts = {"card": charge.card}
            router.asked.note(
                Reason(Code.VOID_BEFORE_SETTLEMENT, Effect.NOTE, "settlement", value=charge.tender, facts=facts)
            )
        undone = charge is not None and _undoes(tender, charge)
        done.append(replace(tender, method="void") if undone else tender)
    return tuple(done)


def _undoes(tender: RefundTender, charge: PurchaseTender) -> bool:
    card = charge.kind in {TenderKind.CREDIT, TenderKind.DEBIT} and tender.kind == charge.kind.value
    whole = tender.amount == charge.amount and not charge.refunded and not charge.cash_back
    return card and whole and not charge.settled


def _is_new_credit(tender: RefundTender) -> bool:
    return tender.kind == STORE_CREDIT and not tender.account


def _store_credit_until(router: Router, tenders: Sequence[RefundTender]) -> date | None:
    """The last day of store credit that is given, as the policy says and the law lets it."""
    if all(tender.kind != STORE_CREDIT for tender in tenders):
        return None
    found = [rule for rule in router.rules(StoreCreditLasts) if isinstance(rule, StoreCreditLasts)]
    rule = most_specific(found)
    case = router.case
    return last_day(case.region, case.today, rule.months) if rule is not None else None
