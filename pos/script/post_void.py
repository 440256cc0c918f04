"""A sale taken back after it was paid, and a tender put right, as steps of a script."""

from __future__ import annotations

from pos.domain.post_void import TenderCorrection, kept_of, tender_now
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderState
from pos.domain.transaction import Transaction
from pos.script import results
from pos.script.after_sale_steps import PutRight, TakeBack
from pos.script.by_hand import agreed_to
from pos.script.lane import Lane
from pos.script.play_cards import carry_on
from pos.script.results import Result, money
from pos.script.returned_checks import stored_tender
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.post_voids import PostVoided
from pos.services.reasons import reasons
from pos.services.tender_corrections import CorrectionWish

POST_VOID = "post_void"


def play_after_sale(lane: Lane, body: TakeBack | PutRight, sale: Transaction | None) -> Result:
    """Take back or put right; `sale` is the transaction that is called so."""
    if sale is None:
        return results.refusal(Refused(Code.RECEIPT_UNKNOWN, {"receipt": body.receipt}), lane.words)
    return _take_back(lane, body, sale) if isinstance(body, TakeBack) else _put_right(lane, body, sale)


def _take_back(lane: Lane, body: TakeBack, sale: Transaction) -> Result:
    voids, reason = lane.station.post_voids, _reason(lane, ReasonKind.POST_VOID, body.reason)

    def signed(approval: str) -> PostVoided | Refused:
        # What asks and what is answered are commits of their own: the process dies at that of the post-void.
        with dying_at_commit(lane.station.desk, lane.dies_at):
            return voids.post_void(sale.id, reason, approval=approval)

    done = agreed_to(lane, voids.post_void(sale.id, reason), signed)
    if isinstance(done, Refused):
        return results.refusal(done, lane.words)
    if lane.dies_at is CrashPoint.BEFORE_PRINT:
        raise ProcessDied
    # What goes back to a card is sent now.
    carry_on(lane)
    lane.station.paperwork.after_move(done.paper, POST_VOID)
    return {"receipt": str(done.done.number), "tenders": _tenders(lane, done, body.receipt)}


def _put_right(lane: Lane, body: PutRight, sale: Transaction) -> Result:
    number = stored_tender(lane, body.receipt, body.tender)
    reason = _reason(lane, ReasonKind.TENDER, body.reason)
    wish = CorrectionWish(sale.id, number, body.to, reason, body.reference)
    corrections = lane.station.tender_corrections
    with dying_at_commit(lane.station.desk, lane.dies_at):
        done: TenderCorrection | Refused = agreed_to(
            lane, corrections.correct(wish), lambda signed: corrections.correct(wish, approval=signed)
        )
    if isinstance(done, Refused):
        return results.refusal(done, lane.words)
    return {
        "receipt": str(sale.receipt),
        "kind": done.type or done.kind.value,
        "was": done.was_type or done.was_kind.value,
        "amount": money(done.amount, sale.currency),
    }


def _tenders(lane: Lane, done: PostVoided, receipt: str) -> list[Result]:
    """What went back, tender by tender; a card's is unknown until its terminal has answered."""
    waits = {view.attempt.of for view in lane.station.card_tendering.waiting()}
    named = lane.called(receipt)
    taken = [] if named is None else [one for one in named.tenders if one.state is TenderState.TAKEN]
    told: list[Result] = []
    for tender in done.sale.tenders:
        kind, _ = tender_now(done.sale, tender.tender, done.corrections) or (tender.kind, tender.type)
        unknown = bool(tender.attempt) and tender.attempt in waits
        told.append(
            {
                "tender": tender.tender,
                "kind": kind.value,
                "amount": money(kept_of(done.sale, tender.tender), done.sale.currency),
                "card": taken[tender.tender - 1].card if len(taken) >= tender.tender else tender.shown or None,
                "cash_back": money(tender.cash_back, done.sale.currency) if tender.cash_back else None,
                "state": (TenderState.UNKNOWN if unknown else TenderState.REVERSED).value,
                "code": None,
            }
        )
    return told


def _reason(lane: Lane, kind: ReasonKind, reason: str | None) -> str:
    """A reason left out is the first of the shop's list: a script need not know it."""
    return reasons(lane.station.desk, kind)[0].code if reason is None else reason
