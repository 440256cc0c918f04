"""An exchange of a script: what goes out is rung up, what comes back is judged and pays for it, both halves at once."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.even_exchange import at_kept_price
from pos.domain.refusal import Code, Refused
from pos.domain.return_books import EXCHANGE
from pos.domain.transaction import SaleLine, sale_lines
from pos.script import results
from pos.script.by_hand import agreed_or_why_not
from pos.script.lane import Lane
from pos.script.play_cards import carry_on
from pos.script.play_returns import came_back, decided, documents, present_card, remember
from pos.script.results import Result, SaleTold, money
from pos.script.return_requests import Wanted, wanted
from pos.script.return_steps import GoodsBack
from pos.script.sale_steps import TypedLine
from pos.script.take_tenders import not_taken, take
from pos.services.crash import dying_at_commit
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.returns import ReturnNeedsApproval, ReturnRefused

RingUp = Callable[[Lane, tuple[TypedLine, ...], str | None], SaleTold | Result]
GiveUp = Callable[[Lane], None]


def play_exchange(lane: Lane, body: GoodsBack, name: str | None, ring_up: RingUp, give_up: GiveUp) -> Result:
    """Quote or complete it; `ring_up` rings up what goes out, `give_up` empties the lane again."""
    body = remember(lane, body, name)
    asked = wanted(lane, body)
    if isinstance(asked, Refused):
        return results.refusal(asked, lane.words)
    if not body.new_lines:
        return results.refusal(Refused(Code.EXCHANGE_INCOMPLETE), lane.words)
    told = ring_up(lane, body.new_lines, name)
    if not isinstance(told, SaleTold):
        return told
    lines = sale_lines(lane.sale.view.priced)
    view = lane.station.exchanges.begin(asked.request)
    if isinstance(view, Refused):
        give_up(lane)
        return results.refusal(view, lane.words)
    if body.quote:
        _end(lane, give_up)
        return _told(lane, asked, view, lines)
    present_card(lane, asked.purchase)
    answer = _completed(lane, body, told)
    if isinstance(answer, CompletedExchange):
        if name is not None:
            lane.returns.receipts[name] = str(answer.returned.done.number)
            lane.returns.papers[name] = _papers(answer)
            lane.returns.came_back[name] = came_back(answer.view.decision)
        return _done(lane, asked, answer, lines, told)
    _end(lane, give_up)
    if isinstance(answer, ReturnNeedsApproval):
        lane.requested = answer.request.id
    if isinstance(answer, ReturnNeedsApproval | ReturnRefused):
        return _told(lane, asked, view, lines)
    return {**results.refusal(answer, lane.words), **_told(lane, asked, view, lines)}


def _completed(lane: Lane, body: GoodsBack, told: SaleTold) -> CompletedExchange | Refused:
    """Let what came back pay, then the customer's tenders in order, then write both halves."""
    exchanges = lane.station.exchanges

    def complete(approval: str = "") -> CompletedExchange | Refused:
        view = exchanges.pay(approval=approval)
        if not isinstance(view, Refused):
            # All replaced even: there is nothing to pay.
            tries = take if view.priced.lines else not_taken
            told.tenders += [tries(lane, typed) for typed in body.tenders]
        with dying_at_commit(lane.station.desk, lane.dies_at):
            return exchanges.complete(approval=approval)

    return agreed_or_why_not(lane, complete(), complete)


def _end(lane: Lane, give_up: GiveUp) -> None:
    """Nothing of it stays in the lane: what was taken goes back."""
    if lane.sale.view.priced.basket.tenders:
        lane.sale.void_sale("")
    lane.station.exchanges.cancel()
    give_up(lane)


def _done(lane: Lane, asked: Wanted, done: CompletedExchange, lines: tuple[SaleLine, ...], told: SaleTold) -> Result:
    number = str(done.returned.done.number)
    receipt = number if done.sale is None else str(done.sale.transaction.receipt)
    lane.acknowledge(lane.step, receipt)
    papers = _papers(done)
    told.transaction = None if done.sale is None else done.sale.transaction
    carry_on(lane)
    lane.station.paperwork.print_waiting()
    result = _told(lane, asked, done.view, lines, receipt)
    if done.sale is not None:
        sale = done.sale.transaction
        result["change"] = money(sale.change, sale.currency)
        result["rounding"] = money(sale.rounding + done.returned.done.rounding, sale.currency)
    paid = results.tenders(told.tenders)
    went_out = result["tenders"]
    assert isinstance(went_out, list), "a list of tenders"
    return {**result, "tenders": [*went_out, *paid], "documents": documents(lane, papers)}


def _papers(done: CompletedExchange) -> tuple[str, ...]:
    return (*done.returned.papers, *(() if done.sale is None else (done.sale.paper,)))


def _told(
    lane: Lane, asked: Wanted, view: ExchangeView, lines: tuple[SaleLine, ...], receipt: str | None = None
) -> Result:
    currency = lane.station.desk.rules.currency
    result = decided(lane, asked, view.decision, receipt)
    went_out = result["tenders"]
    assert isinstance(went_out, list), "a list of tenders"
    out = [tender for tender in went_out if tender["kind"] != EXCHANGE]
    out_at = at_kept_price(lines, view.even, view.quote.case.purchase)
    return {
        **result,
        # What goes into other goods is no refund.
        "refund": money(sum(one.amount for one in view.decision.now.tenders if one.kind != EXCHANGE), currency),
        "tenders": out,
        "new_lines": [results.told_line(line, currency) for line in out_at],
        "returned_value": money(view.returned_value, currency),
        "new_value": money(view.new_value, currency),
        "net_due": money(view.net_due, currency),
        "change": money(0, currency),
    }
