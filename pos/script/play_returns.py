"""A return of a script: judged, agreed to where somebody answers, completed, and told as the books have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.customer_return import CustomerReturn
from pos.domain.purchase import Purchase
from pos.domain.refusal import Refused
from pos.domain.return_decision import Decision, RefundTender, Verdict
from pos.domain.return_request import ReturnRequest
from pos.domain.tender import TenderKind, TenderState
from pos.script import results
from pos.script.by_hand import agreed_or_why_not
from pos.script.lane import Lane
from pos.script.play_cards import carry_on, present
from pos.script.results import Result
from pos.script.return_requests import Wanted, listed_numbers, wanted
from pos.script.return_results import Telling, told_decision, told_remaining, told_signals
from pos.script.return_steps import GoodsBack
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.gift_card_report import numbers_by_card
from pos.services.returns import CompletedReturn, Quote, ReturnNeedsApproval, ReturnRefused

_CARDS = frozenset({TenderKind.CREDIT.value, TenderKind.DEBIT.value})


def play_return(lane: Lane, body: GoodsBack, name: str | None) -> Result:
    """Quote or complete it. What can be judged is answered by its decision and never refused."""
    body = remember(lane, body, name)
    asked = wanted(lane, body)
    if isinstance(asked, Refused):
        return results.refusal(asked, lane.words)
    lane.open_till_unasked()
    quote = lane.station.returns.quote(asked.request)
    if isinstance(quote, Refused):
        return results.refusal(quote, lane.words)
    if body.quote:
        return decided(lane, asked, quote.decision)
    present_card(lane, asked.purchase)
    answer = _complete(lane, asked.request, quote)
    if isinstance(answer, CompletedReturn):
        return _completed(lane, asked, answer, name)
    if isinstance(answer, ReturnNeedsApproval):
        lane.requested = answer.request.id
        signals = told_signals(lane.station.returns.signals(answer), telling(lane, asked))
        return {**decided(lane, asked, answer.decision), "signals": signals}
    if isinstance(answer, ReturnRefused):
        return decided(lane, asked, answer.decision)
    return {**results.refusal(answer, lane.words), **decided(lane, asked, quote.decision)}


def remember(lane: Lane, body: GoodsBack, name: str | None) -> GoodsBack:
    """What the step asks for, kept under its name for another that repeats it."""
    body = lane.returns.once_more(body)
    if name is not None:
        lane.returns.wanted[name] = body
    lane.approved = [lane.approvals.get(approval, "") for approval in body.approvals]
    return body


def _complete(lane: Lane, request: ReturnRequest, quote: Quote) -> CompletedReturn | Refused:
    """Complete it; where somebody answered or answers at once, all of it under that yes."""
    returns = lane.station.returns

    def complete(approval: str = "") -> CompletedReturn | Refused:
        # What asks and what is answered are commits of their own: the process dies at that of the return.
        with dying_at_commit(lane.station.desk, lane.dies_at):
            return returns.complete(request, approval=approval)

    if not quote.decision.approvals_needed or not (lane.approved or lane.answering):
        return complete()
    needs = returns.ask(quote)
    return complete() if needs is None else agreed_or_why_not(lane, needs, complete)


def _completed(lane: Lane, asked: Wanted, answer: CompletedReturn, name: str | None) -> Result:
    receipt = str(answer.done.number)
    lane.acknowledge(lane.step, receipt)
    if answer.waits is not None:
        lane.requested = answer.waits.id
    if name is not None:
        lane.returns.receipts[name] = receipt
        lane.returns.papers[name] = answer.papers
        lane.returns.came_back[name] = came_back(answer.decision)
    if lane.dies_at is CrashPoint.BEFORE_PRINT:
        raise ProcessDied
    # What goes back to a card is sent now.
    carry_on(lane)
    lane.station.paperwork.print_waiting()
    return {**decided(lane, asked, answer.decision, receipt), "documents": documents(lane, answer.papers)}


def came_back(decision: Decision) -> frozenset[int]:
    """Which lines of the request came back by it, from 0."""
    return frozenset(line.place for line in decision.lines if line.verdict is Verdict.ALLOWED)


def documents(lane: Lane, papers: tuple[str, ...]) -> list[str]:
    """What was printed, by the names `print` knows."""
    made = (lane.station.paperwork.document_of_job(paper) for paper in papers)
    return [paper.name for paper in made if paper is not None]


def decided(lane: Lane, asked: Wanted, decision: Decision, receipt: str | None = None) -> Result:
    """The decision, what is left of the sale, and the receipt where it was completed."""
    lane.returns.decided = decision
    told = telling(lane, asked, receipt)
    result = told_decision(decision, told)
    purchase = asked.purchase
    if purchase is not None:
        now = lane.station.purchases.get(purchase.id) if receipt is not None else after(purchase, decision)
        result["remaining"] = told_remaining(purchase if isinstance(now, Refused) else now, told)
    return {**result, "receipt": receipt}


def after(purchase: Purchase, decision: Decision) -> Purchase:
    """The sale as it would stand when what is allowed now came back."""
    gone = {line.line: line.quantity.thousandths for line in decision.lines if line.verdict is Verdict.ALLOWED}
    out: dict[int, int] = {}
    for tender in decision.now.tenders:
        out[tender.of] = out.get(tender.of, 0) + tender.amount
    return replace(
        purchase,
        lines=tuple(replace(line, returned=line.returned + gone.get(line.line, 0)) for line in purchase.lines),
        tenders=tuple(replace(one, refunded=one.refunded + out.get(one.tender, 0)) for one in purchase.tenders),
    )


def telling(lane: Lane, asked: Wanted, receipt: str | None = None) -> Telling:
    """How the script names cards and tenders; a tender has a state once it is done, under its `receipt`."""
    purchase = asked.purchase
    listed = listed_numbers(lane, purchase)
    cards = _cards_by_tender(lane, purchase)
    numbers = numbers_by_card(lane.station.desk, lane.cards_named) | asked.numbers
    return Telling(
        words=lane.words,
        currency=lane.station.desk.rules.currency,
        number_of=lambda account: numbers.get(account, ""),
        card_of=lambda tender: (cards.get(tender.of) or tender.card) if tender.kind in _CARDS else tender.card,
        listed=lambda stored: listed[stored - 1] if 0 < stored <= len(listed) else stored,
        state_of=(lambda _: None) if receipt is None else _states(lane, receipt),
    )


def _cards_by_tender(lane: Lane, purchase: Purchase | None) -> dict[int, str]:
    """The names a script gave the cards of a sale of its own, by the tender of the books; else what may be shown."""
    if purchase is None:
        return {}
    cards = {tender.tender: tender.card for tender in purchase.tenders}
    for told in lane.all_told():
        if told.transaction is not None and told.transaction.id == purchase.id:
            taken = [tender for tender in told.tenders if tender.state is TenderState.TAKEN]
            cards |= {number: tender.card or "" for number, tender in enumerate(taken, start=1)}
    return cards


def _states(lane: Lane, receipt: str) -> Callable[[RefundTender], str]:
    """What became of the money: of a card's refund what its terminal said, unknown until it has answered."""
    done = lane.station.lookup.find_return(receipt)
    not_there = lane.station.failed_refunds.of_return(done.id) if isinstance(done, CustomerReturn) else ()
    unknown, declined = TenderState.UNKNOWN, TenderState.DECLINED
    states = {
        (one.tender.of, one.tender.kind, one.tender.amount): unknown if one.unknown else declined for one in not_there
    }
    return lambda tender: states.get((tender.of, tender.kind, tender.amount), TenderState.TAKEN).value


def present_card(lane: Lane, purchase: Purchase | None) -> None:
    """The customer holds the card the sale was paid with."""
    cards = _cards_by_tender(lane, purchase)
    paid = [] if purchase is None else [one for one in purchase.tenders if one.kind.value in _CARDS and one.amount]
    if paid and cards.get(paid[0].tender):
        present(lane, cards[paid[0].tender])
