"""What whoever is asked about a return may know of it, with how it usually is here: read when they are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import median_low

from pos.domain.return_case import ReturnCase
from pos.domain.return_signals import BOUGHT_DAYS, Noticed, Signal, Usual, noticed, unproven_serials
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.policy_versions import policy_on

# How far back "usually" looks where a fact names no while of its own.
USUAL_DAYS = 90


def signals_of(work: UnitOfWork, desk: Desk, case: ReturnCase) -> tuple[Signal, ...]:
    """Every fact about the return, each with how it usually is here."""
    purchase = case.purchase
    earlier = 0
    if purchase is not None:
        earlier = len(work.returns.of_purchase(purchase.id)) + len(work.taken_over.returns_of(purchase.id))
    sold = {one: work.transactions.has_serial(one) or work.taken_over.has_serial(one) for one in unproven_serials(case)}
    bought = None
    if case.customer is not None:
        bought = work.return_rates.bought_by(case.customer.id, _since(case.today, BOUGHT_DAYS))
    found = noticed(case, policy_on(work, desk, case.today), earlier=earlier, sold=sold, bought=bought)
    return tuple(_with_usual(work, case.today, signal) for signal in found)


def _with_usual(work: UnitOfWork, today: date, signal: Signal) -> Signal:
    """The fact with its base rate; without one where the books know of no other."""
    if signal.code is Noticed.PAST_RETURNS:
        times = work.return_rates.times(signal.about, _since(today, signal.days))
        return replace(signal, usual=Usual(median_low(times), len(times))) if times else signal
    if signal.code is Noticed.CUSTOMER:
        share = work.return_rates.of_known_customers(_since(today, signal.days))
        return replace(signal, usual=Usual(share.count, share.of)) if share.of else signal
    since = _since(today, USUAL_DAYS)
    match signal.code:
        case Noticed.RECEIPT_USED:
            share = work.return_rates.receipts_used_again(since)
        case Noticed.SAME_CASHIER:
            share = work.return_rates.same_cashier(since)
        case Noticed.SOON_AFTER_SALE:
            share = work.return_rates.soon(since, signal.within)
        case _:
            return signal
    told = replace(signal, days=USUAL_DAYS)
    return replace(told, usual=Usual(share.count, share.of)) if share.of else told


def _since(today: date, days: int) -> date:
    """The first of the last `days` days, today counted."""
    return today - timedelta(days=min(days, today.toordinal()) - 1)
