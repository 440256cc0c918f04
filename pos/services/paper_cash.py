"""Whether cash goes out with a paper that belongs to no sale: the paper's own facts tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pos.domain.return_books import return_cash
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.papers import GIFT_CARD_PAPERS
from receipts.paper.gift_card_slip import SlipCause
from receipts.paper.refusal_note import REFUSAL_NOTE
from receipts.paper.return_receipt import OF_THE_RETURN, REFUND_SLIP, RETURN_RECEIPT


def sends_cash_out(work: UnitOfWork, job: PaperJob) -> bool | None:
    """None where the paper does not say so itself."""
    told = _TOLD_BY_FACTS.get(job.document)
    return None if told is None else told(work, json.loads(job.facts))


def _return_pays_cash(work: UnitOfWork, facts: dict[str, Any]) -> bool:
    done = work.returns.get(facts["return"])
    return done is not None and return_cash(done) != 0


def _instead_pays_cash(work: UnitOfWork, facts: dict[str, Any]) -> bool:
    made = work.refunds_instead.get(facts["return"], facts["instead"])
    return made is not None and made.cash != 0


def _pays_nothing(_: UnitOfWork, __: dict[str, Any]) -> bool:
    return False


def _card_pays_cash(_: UnitOfWork, facts: dict[str, Any]) -> bool:
    return bool(facts["cause"] == SlipCause.CASHED_OUT.value)


_TOLD_BY_FACTS: dict[str, Callable[[UnitOfWork, dict[str, Any]], bool]] = {
    **dict.fromkeys(OF_THE_RETURN, _pays_nothing),
    RETURN_RECEIPT: _return_pays_cash,
    REFUND_SLIP: _instead_pays_cash,
    REFUSAL_NOTE: _pays_nothing,
    **dict.fromkeys(GIFT_CARD_PAPERS, _card_pays_cash),
}
