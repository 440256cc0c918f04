"""How much of a refund may go out in cash: the policy's limit, and what lies in the drawer."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.refund_cash import paid_out
from pos.domain.refund_routes import AS_ASKED, CASH, STORE_CREDIT, Piece, Router
from pos.domain.refund_rules import MAILED_CHECK, CashMost, DrawerShort
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Effect, Reason
from pos.domain.return_subject import most_specific


def cash_bounded(router: Router, pieces: list[Piece]) -> list[Piece]:
    """The pieces with cash only where the policy and the drawer have it.

    What a policy bounds is the cash of one purchase: bit by bit no more goes out than at once.
    """
    cash = _cash_of(router.case, pieces)
    found = [rule for rule in router.bounds(CashMost) if isinstance(rule, CashMost)]
    rule = most_specific(found)
    purchase = router.case.purchase
    most = 0 if rule is None else max(0, rule.most - (0 if purchase is None else purchase.cash_exact))
    if rule is not None and cash > most:
        facts = {"amount": router.money(cash), "limit": router.money(most)}
        yes = router.agreed(Code.CASH_LIMIT)
        if yes and router.option() in {rule.instead, STORE_CREDIT, MAILED_CHECK}:
            pieces = _without_cash(pieces, router.option())
        elif not yes:
            router.asked.note(
                Reason(
                    code=Code.CASH_LIMIT,
                    effect=Effect.APPROVAL if rule.override is not None else Effect.REFUSES,
                    rule=rule.id,
                    overridable=rule.override is not None,
                    value=cash,
                    limit=most,
                    facts=facts,
                    role=rule.override or "",
                ),
                tuple(dict.fromkeys((AS_ASKED, rule.instead, STORE_CREDIT))),
            )
    return _drawer_bounded(router, pieces)


def _drawer_bounded(router: Router, pieces: list[Piece]) -> list[Piece]:
    cash, there = _cash_of(router.case, pieces), router.case.drawer
    if there is None or cash <= there:
        return pieces
    found = [rule for rule in router.rules(DrawerShort) if isinstance(rule, DrawerShort)]
    rule = most_specific(found)
    yes = router.agreed(Code.DRAWER_INSUFFICIENT)
    to = STORE_CREDIT if rule is None else rule.to
    if yes and router.option() in {STORE_CREDIT, MAILED_CHECK}:
        to = router.option()
    router.asked.note(
        Reason(
            code=Code.DRAWER_INSUFFICIENT,
            effect=Effect.TENDER if yes or rule is not None else Effect.APPROVAL,
            rule="drawer" if rule is None else rule.id,
            overridable=not yes and rule is None,
            value=cash,
            limit=there,
            remaining=there,
            facts={"there": router.money(there), "amount": router.money(cash)},
        ),
        (STORE_CREDIT, MAILED_CHECK),
    )
    return _without_cash(pieces, to)


def _cash_of(case: ReturnCase, pieces: Sequence[Piece]) -> int:
    return sum(amount for piece, amount in paid_out(case, pieces) if piece.kind == CASH)


def _without_cash(pieces: Sequence[Piece], to: str) -> list[Piece]:
    return [Piece(piece.tender, piece.exact, to) if piece.kind == CASH else piece for piece in pieces]
