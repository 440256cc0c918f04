"""The papers of card payments, made from what the books hold: the same today and in ten years."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from pos.domain.card_attempt import AttemptOutcome, AttemptState, AttemptView, Purpose
from pos.domain.card_facts import CardFacts, ReceiptSide
from pos.domain.transaction import Transaction
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from receipts.paper.card_slip import CardSlip, SlipOf

CARD_SLIP = "card_slip"
_OF = {Purpose.PAY: SlipOf.PAID, Purpose.REVERSE: SlipOf.REVERSED, Purpose.REFUND: SlipOf.REFUNDED}


def printed_at_once(view: AttemptView, outcome: AttemptOutcome) -> tuple[int, ...]:
    """Which papers of an outcome are printed unasked, by their places: the shop's where somebody signs, and the
    customer's where no sale's receipt tells of it.
    """
    told_elsewhere = view.attempt.purpose is Purpose.PAY and outcome.state is AttemptState.APPROVED
    return tuple(
        place
        for place, paper in enumerate(outcome.receipts)
        if (paper.signature if paper.side is ReceiptSide.MERCHANT else not told_elsewhere)
    )


def job_facts(outcome: AttemptOutcome, place: int) -> str:
    """What a job in the queue says of its paper."""
    return json.dumps({"attempt": outcome.attempt, "number": outcome.number, "place": place})


def card_slip_of_job(work: UnitOfWork, desk: Desk, job: PaperJob) -> CardSlip:
    """The slip a job in the queue stands for."""
    facts = json.loads(job.facts)
    view = work.card_attempts.get(facts["attempt"])
    assert view is not None, "no attempt is ever removed"
    outcome = work.card_attempts.outcomes(view.attempt.id)[facts["number"] - 1]
    return _slip(work, desk, view, outcome, facts["place"])


def card_slips_of_sale(work: UnitOfWork, desk: Desk, sale: str) -> Iterator[CardSlip]:
    """Every paper the terminal gave for one sale, both sides, declined cards too."""
    for view in work.card_attempts.of_sale(sale):
        for outcome in work.card_attempts.outcomes(view.attempt.id):
            for place in range(len(outcome.receipts)):
                yield _slip(work, desk, view, outcome, place)


def cards_of_sale(work: UnitOfWork, sale: Transaction) -> dict[int, CardFacts]:
    """What may be kept of the cards a completed sale was paid with, by tender."""
    attempts = work.card_attempts.many([tender.attempt for tender in sale.tenders if tender.attempt])
    return {tender.tender: attempts[tender.attempt].card for tender in sale.tenders if tender.attempt in attempts}


def _slip(work: UnitOfWork, desk: Desk, view: AttemptView, outcome: AttemptOutcome, place: int) -> CardSlip:
    attempt = view.attempt
    person = None if attempt.by is None else work.staff.find(attempt.by)
    sale = work.transactions.get(attempt.sale)
    declined = outcome.state is AttemptState.DECLINED
    return CardSlip(
        of=SlipOf.DECLINED if declined else _OF[attempt.purpose],
        paper=outcome.receipts[place],
        amount=attempt.charged if declined else outcome.charged,
        currency=attempt.currency,
        at=(outcome.at + timedelta(minutes=desk.offset_minutes(outcome.at))).replace(tzinfo=None),
        workstation=attempt.workstation,
        reference=attempt.reference,
        operator_name="" if person is None else person.operator.name,
        receipt="" if sale is None else str(sale.receipt),
    )
