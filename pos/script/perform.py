"""Play one step through the services the windows use, and say what came out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.script import results
from pos.script.after_sale_steps import PutRight, TakeBack
from pos.script.by_hand import agreed, answered, reduce_line, reduce_sale
from pos.script.card_steps import Resolve, Terminal
from pos.script.check_steps import ReturnCheck, SettleCheck
from pos.script.claim_steps import SettleClaim
from pos.script.customers import whole
from pos.script.device_steps import Device
from pos.script.gift_cards import CardStep
from pos.script.lane import Lane
from pos.script.play_cards import carry_on, give_back_cards, play_terminal_step
from pos.script.play_cards import recovered as card_news
from pos.script.play_claims import play_settle_claim
from pos.script.play_exchanges import play_exchange
from pos.script.play_gift_cards import play_card_step
from pos.script.play_refunds import play_failed_refund
from pos.script.play_returns import play_return
from pos.script.play_stock import play_open_box
from pos.script.post_void import play_after_sale
from pos.script.print_papers import completed, print_paper
from pos.script.refund_steps import FailedRefundStep
from pos.script.results import Result, SaleTold
from pos.script.return_steps import GoodsBack
from pos.script.returned_checks import play_check_step
from pos.script.ring_up import as_typed, ring_up
from pos.script.sale_steps import Sell, TypedLine
from pos.script.step_bodies import Clock, Crash, GoOn, Print, Resume, SignOn, Suspend, VoidLine, VoidSale
from pos.script.steps import Step
from pos.script.stock_steps import ShelveOpenBox
from pos.script.take_tenders import take
from pos.script.tenders import TypedTender
from pos.script.till_play import play_till
from pos.script.till_steps import CloseTill, CountDrawer, MoveCash, NoSale, OpenTill, Report
from pos.script.typed_by_hand import Decline, Grant
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit

_Decided = (
    Grant | Decline | ReturnCheck | SettleCheck | CardStep | Terminal | Resolve | TakeBack | PutRight | GoodsBack
    | FailedRefundStep | SettleClaim | ShelveOpenBox
)  # fmt: skip
_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Played:
    """What a step came to; `recovered` is what the start found where the process died in it, else None."""

    result: Result
    recovered: list[Result] | None = None


def perform(lane: Lane, step: Step) -> Played:
    """Play a step, and let the process die and start again where the step before asked for it. Raises KnownError."""
    lane.step, lane.under_way = step.number, None
    lane.answering, lane.requested = step.approve, ""
    dies_at = lane.dies_at
    try:
        result: Result | None = _play(lane, step)
    except ProcessDied:
        result = None
    if step.name is not None and lane.requested:
        lane.requests[step.name] = lane.requested
    if dies_at is None:
        return Played(result or {})
    recovered = lane.restart(card_news)
    # A step that never came to that point dies when it is over: it has answered before.
    return Played({"died": dies_at.value, **(_left_behind(lane) if result is None else result)}, recovered)


def _play(lane: Lane, step: Step) -> Result:
    match step.body:
        case Clock():
            return _clock(lane, step.body)
        case SignOn():
            return _sign_on(lane, step.body)
        case Sell():
            return _sale(lane, step.body, step.name)
        case GoOn():
            return _tender(lane, step.body, step.name)
        case VoidLine() | VoidSale():
            return _void(lane, step.body)
        case Suspend() | Resume():
            return _aside(lane, step.body, step.name)
        case Print():
            return print_paper(lane, step.body)
        case Device():
            return _device(lane, step.body)
        case (
            Grant() | Decline() | ReturnCheck() | SettleCheck() | CardStep() | Terminal() | Resolve()
            | TakeBack() | PutRight() | GoodsBack() | FailedRefundStep() | SettleClaim() | ShelveOpenBox()
        ):  # fmt: skip
            return _decided(lane, step.body, step.name)
        case OpenTill() | MoveCash() | NoSale() | CountDrawer() | CloseTill() | Report():
            return play_till(lane, step.body, step.name)
        case Crash():
            # What it found is told once the next step has died.
            lane.dies_at = step.body.at
            return {}


def _decided(lane: Lane, body: _Decided, name: str | None) -> Result:
    """What is done away from the open sale, or with a sale of its own."""
    if isinstance(body, GoodsBack):
        if body.exchange:
            return play_exchange(lane, body, name, _rung_up, _take_back)
        return play_return(lane, body, name)
    if isinstance(body, FailedRefundStep):
        return play_failed_refund(lane, body)
    if isinstance(body, SettleClaim):
        return play_settle_claim(lane, body)
    if isinstance(body, ShelveOpenBox):
        return play_open_box(lane, body)
    if isinstance(body, CardStep):
        return play_card_step(lane, body, name, _sale)
    if isinstance(body, Terminal | Resolve):
        return play_terminal_step(lane, body)
    if isinstance(body, Grant | Decline):
        return answered(lane, body, name)
    if isinstance(body, TakeBack | PutRight):
        return play_after_sale(lane, body, completed(lane, body.receipt))
    return play_check_step(lane, body, completed(lane, body.receipt))


def _left_behind(lane: Lane) -> Result:
    """What there is of the sale whose step died, as the books have it."""
    told = lane.under_way
    if told is None:
        return {}
    if told.transaction is not None:
        return results.completed_sale(told.transaction, told)
    return results.open_sale(lane.sale.view.priced, told)


def _clock(lane: Lane, body: Clock) -> Result:
    lane.premises.clock.moment = body.at or lane.premises.clock.moment + (body.by or _NOTHING)
    # Time passes: what nobody knew is asked about again.
    carry_on(lane)
    return {"now": results.moment(lane.station.desk.local(lane.premises.clock.moment))}


def _sign_on(lane: Lane, body: SignOn) -> Result:
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer = lane.sign_on(body.operator, body.pin, body.badge)
    return results.refusal(answer, lane.words) if isinstance(answer, Refused) else {"operator": answer.id}


def _sale(lane: Lane, body: Sell, name: str | None) -> Result:
    if body.again is not None:
        body = replace(lane.sales_wanted[body.again], approvals=body.approvals, tenders=body.tenders)
    if name is not None:
        lane.sales_wanted[name] = body
    lane.approved = [lane.approvals.get(approval, "") for approval in body.approvals]
    told = _rung_up(lane, body.lines, name, body.customer)
    if not isinstance(told, SaleTold):
        return told
    shown = _show_coupons(lane, body.coupons)
    if shown is not None:
        _take_back(lane)
        return results.refusal(shown, lane.words)
    reduced = reduce_sale(lane, body.discount)
    if isinstance(reduced, Refused):
        _take_back(lane)
        return results.refusal(reduced, lane.words)
    told.gift_receipt = body.gift_receipt
    if body.certificate is not None:
        # A certificate without a number is none.
        exempt = agreed(lane, lane.station.exemptions.exempt(body.certificate or " "))
        if isinstance(exempt, Refused):
            _take_back(lane)
            return results.refusal(exempt, lane.words)
    if body.points is not None:
        points = whole(body.points)
        # What is no number goes in as one that nobody has.
        answer = lane.sale.spend_points(-1 if points is None else points)
        if isinstance(answer, Refused):
            _take_back(lane)
            return results.refusal(as_typed(answer, Code.POINTS_INVALID, points=body.points), lane.words)
    return _settle(lane, told, body.tenders)


def _rung_up(
    lane: Lane, lines: tuple[TypedLine, ...], name: str | None, customer: str | None = None
) -> SaleTold | Result:
    """A sale of these lines, or why there is none: then nothing of it is left."""
    if not lane.sale.view.empty:
        return results.refusal(Refused(Code.BASKET_OPEN), lane.words)
    lane.open_till_unasked()
    if customer is not None:
        named = lane.sale.set_customer(customer)
        if isinstance(named, Refused):
            return results.refusal(named, lane.words)
    for number, typed in enumerate(lines, start=1):
        answer = ring_up(lane, typed)
        if not isinstance(answer, Refused):
            # A coupon that was scanned is no line.
            answer = reduce_line(lane, typed, len(answer.priced.lines) - 1) or answer
        if isinstance(answer, Refused):
            _take_back(lane)
            return results.refusal(answer, lane.words, number)
    if not lines:
        _take_back(lane)
        return results.refusal(Refused(Code.NOTHING_TO_PAY), lane.words)
    told = lane.new_sale(lane.sale.view.priced.basket)
    told.warnings = results.warnings(lane.sale.view, lane.words)
    suggested = lane.sale.view.priced.basket.suggested
    told.suggested = None if suggested is None else suggested.item
    lane.call(name, told)
    return told


def _show_coupons(lane: Lane, coupons: tuple[str, ...]) -> Refused | None:
    """Keep these with the open sale, up to the first that is refused."""
    for coupon in coupons:
        shown = lane.sale.add_coupon(coupon)
        if isinstance(shown, Refused):
            return shown
    return None


def _aside(lane: Lane, body: Suspend | Resume, name: str | None) -> Result:
    return _suspend(lane, body, name) if isinstance(body, Suspend) else _resume(lane, body, name)


def _suspend(lane: Lane, body: Suspend, name: str | None) -> Result:
    told = _rung_up(lane, body.lines, name) if body.lines else lane.told(None)
    if isinstance(told, Refused):
        return results.refusal(told, lane.words)
    if not isinstance(told, SaleTold):
        return told
    shown = _show_coupons(lane, body.coupons)
    if shown is not None:
        if body.lines:
            _take_back(lane)
        return results.refusal(shown, lane.words)
    lane.call(name, told)
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer = lane.station.suspended.suspend()
    if isinstance(answer, Refused):
        return results.refusal(answer, lane.words)
    if name is not None:
        lane.slips[name] = answer.sale.id
        lane.slip_papers[name] = answer.paper
    lane.station.paperwork.print_waiting()
    return {"receipt": answer.sale.number_text}


def _resume(lane: Lane, body: Resume, name: str | None) -> Result:
    lane.open_till_unasked()
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer = lane.station.suspended.recall(lane.slips.get(body.slip, body.slip))
    if isinstance(answer, Refused):
        return results.refusal(answer, lane.words)
    told = lane.go_on_with(answer.priced.basket)
    lane.call(name, told)
    return results.open_sale(answer.priced, told)


def _tender(lane: Lane, body: GoOn, name: str | None) -> Result:
    told = lane.told(body.sale)
    if isinstance(told, Refused):
        return results.refusal(told, lane.words)
    lane.call(name, told)
    return _settle(lane, told, body.tenders)


def _take_back(lane: Lane) -> None:
    """A sale that was refused leaves nothing: what was rung up so far goes, line by line, and the basket with it."""
    while lines := lane.sale.view.priced.lines:
        if isinstance(lane.sale.remove_line(len(lines) - 1), Refused):
            return
    for coupon in lane.sale.view.priced.basket.coupons:
        lane.sale.remove_coupon(coupon)
    lane.sale.set_customer(None)


def _settle(lane: Lane, told: SaleTold, typed: tuple[TypedTender, ...]) -> Result:
    """Take the tenders in order, each refused one takes nothing; complete the sale where nothing is missing."""
    for tender in typed:
        told.tenders.append(take(lane, tender))
    if not lane.sale.view.priced.complete:
        return results.open_sale(lane.sale.view.priced, told)
    with dying_at_commit(lane.station.desk, lane.dies_at):
        done = lane.sale.complete()
    if isinstance(done, Refused):
        return results.refusal(done, lane.words)
    told.transaction, told.points = done.transaction, done.points
    lane.acknowledge(lane.step, str(done.transaction.receipt))
    if lane.dies_at is CrashPoint.BEFORE_PRINT:
        raise ProcessDied
    if told.gift_receipt:
        lane.station.copies.gift_receipt(done.transaction.id)
    lane.station.paperwork.after_sale(done.paper)
    return results.completed_sale(done.transaction, told)


def _void(lane: Lane, body: VoidLine | VoidSale) -> Result:
    return _void_line(lane, body) if isinstance(body, VoidLine) else _void_sale(lane, body)


def _void_line(lane: Lane, body: VoidLine) -> Result:
    told = lane.told(body.sale)
    if isinstance(told, Refused):
        return results.refusal(told, lane.words)
    number = int(body.line) if body.line.isascii() and body.line.isdigit() and len(body.line) < 10 else 0
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer = lane.sale.remove_line(number - 1, body.reason)
    if isinstance(answer, Refused):
        return results.refusal(as_typed(answer, Code.LINE_UNKNOWN, line=body.line), lane.words)
    return {"receipt": None, "tenders": []}


def _void_sale(lane: Lane, body: VoidSale) -> Result:
    told = lane.told(body.sale)
    if isinstance(told, Refused):
        return results.refusal(told, lane.words)
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer = agreed(lane, lane.sale.void_sale(body.reason))
    if isinstance(answer, Refused):
        return results.refusal(answer, lane.words)
    reversed_ones = results.tenders(told.tenders, state="reversed")
    give_back_cards(lane)
    return {"receipt": None, "tenders": reversed_ones}


def _device(lane: Lane, body: Device) -> Result:
    if body.scale is not None:
        lane.weighs = lane.station.weighing.show(body.scale)
    simulation = lane.station.simulation
    assert simulation is not None, "a lane's devices are simulated"
    if body.printer is not None:
        lane.premises.printer = body.printer
        simulation.printer_is(body.printer)
    if body.drawer is not None:
        simulation.drawer_is(body.drawer)
    return {}


def _read_amount(text: str, lane: Lane) -> int | None:
    """What a cashier typed as an amount, in minor units; None where it is none."""
    try:
        return Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return None
