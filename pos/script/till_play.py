"""Play the steps of the till through the services the windows use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos.domain.cash import denominations, hand_over
from pos.domain.day_report import DayReport, ReportKind
from pos.domain.money import AmountUnreadable, Money, minor_text
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.script import results
from pos.script.by_hand import agreed_to
from pos.script.compare import Figure
from pos.script.lane import Lane
from pos.script.results import Result, money
from pos.script.ring_up import as_typed
from pos.script.till_report import figures
from pos.script.till_steps import CloseTill, CountDrawer, MoveCash, NoSale, OpenTill, Report, TillStep
from pos.services.counts import CountView
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.papers import DEPOSIT_SLIP
from pos.services.reasons import reasons
from pos.services.till_moves import NO_SALE, Moved
from receipts.document import Document

T = TypeVar("T")


def play_till(lane: Lane, step: TillStep, name: str | None) -> Result:
    """What a step of the till comes to."""
    if isinstance(step, OpenTill):
        return _open(lane, step)
    if not (isinstance(step, Report) and step.kind is ReportKind.Z):
        lane.open_till_unasked()
    match step:
        case MoveCash():
            return _move(lane, step, name)
        case NoSale():
            moved = _dying(lane, lambda: lane.station.till_moves.no_sale(_reason(lane, NO_SALE, step.reason)))
            return _moved(lane, moved, name)
        case CountDrawer():
            counted = _dying(lane, lambda: lane.station.counts.count(step.pieces))
            return results.refusal(counted, lane.words) if isinstance(counted, Refused) else _counted(counted)
        case CloseTill():
            return _close(lane, step, name)
        case Report():
            return _report(lane, step, name)


def _open(lane: Lane, step: OpenTill) -> Result:
    # What is no amount goes in as one no till takes, so that whoever may not open it is told that first.
    answer = _dying(lane, lambda: lane.station.tills.open_till(_amount(step.float_text, lane)))
    if isinstance(answer, Refused):
        return results.refusal(as_typed(answer, Code.AMOUNT_INVALID, amount=step.float_text), lane.words)
    expected = _money(answer.expected)
    return {"till": answer.id, "business_day": answer.business_day.isoformat(), "expected": expected}


def _move(lane: Lane, step: MoveCash, name: str | None) -> Result:
    lane.approved = [lane.approvals.get(approval, "") for approval in step.approvals]
    amount = _amount(step.amount, lane)
    reason = _reason(lane, step.kind, step.reason)
    moves = lane.station.till_moves

    def paid_out(approval: str) -> Moved | Refused:
        return moves.paid_out(amount, reason, note=step.note, approval=approval)

    def act() -> Moved | Refused:
        if step.kind == "paid_out":
            return agreed_to(lane, paid_out(""), paid_out)
        known = {"loan": moves.loan, "pickup": moves.pickup, "paid_in": moves.paid_in}
        return known[step.kind](amount, reason, note=step.note)

    answer = _dying(lane, act)
    if isinstance(answer, Refused):
        return results.refusal(as_typed(answer, Code.AMOUNT_INVALID, amount=step.amount), lane.words)
    return _moved(lane, answer, name)


def _moved(lane: Lane, moved: Moved | Refused, name: str | None) -> Result:
    if isinstance(moved, Refused):
        return results.refusal(moved, lane.words)
    _keep_paper(lane, name, moved.paper)
    if lane.dies_at is CrashPoint.BEFORE_PRINT:
        raise ProcessDied
    lane.station.paperwork.after_move(moved.paper, moved.kind)
    return {"till": moved.till, "movement": moved.movement}


def _counted(count: CountView) -> Result:
    return {
        "expected": _money(count.expected),
        "counted": _money(count.counted),
        "over_short": _money(count.over_short),
    }


def _close(lane: Lane, step: CloseTill, name: str | None) -> Result:
    lane.approved = [lane.approvals.get(approval, "") for approval in step.approvals]
    stays = None if step.next_float is None else _amount(step.next_float, lane)
    if step.pieces is not None:
        # A close that cannot be is refused before anything is counted.
        refused = lane.station.till_closing.refused()
        counted = refused or lane.station.counts.count(step.pieces)
        if isinstance(counted, Refused):
            return results.refusal(counted, lane.words)
    closing = lane.station.till_closing
    answer = _dying(
        lane,
        lambda: agreed_to(
            lane,
            closing.close(next_float=stays, note=step.note),
            lambda signed: closing.close(next_float=stays, note=step.note, approval=signed),
        ),
    )
    if isinstance(answer, Refused):
        return results.refusal(as_typed(answer, Code.AMOUNT_INVALID, amount=step.next_float or ""), lane.words)
    _keep_paper(lane, name, answer.paper)
    if name is not None:
        lane.deposit_slips[name] = answer.slip
    if lane.dies_at is CrashPoint.BEFORE_PRINT:
        raise ProcessDied
    lane.station.paperwork.print_waiting()
    return {
        "till": answer.till,
        "expected": _money(answer.expected),
        "counted": _money(answer.counted),
        "over_short": _money(answer.over_short),
        "next_float": _money(answer.next_float),
        "deposit": _money(answer.deposit),
        "checks": [
            {"receipt": check.receipt, "number": check.number, "amount": money(check.amount, answer.deposit.currency)}
            for check in answer.checks
        ],
        "number": str(answer.number),
        "carried": [
            {"kind": matter.kind.value, "receipt": matter.label, "amount": _money(matter.amount)}
            for matter in answer.carried
        ],
    }


def _report(lane: Lane, step: Report, name: str | None) -> Result:
    reports = lane.station.day_reports
    if step.number is not None:
        number = int(step.number) if step.number.isascii() and step.number.isdigit() and len(step.number) < 10 else 0
        return _told(lane, reports.find(number, step.kind), name)
    if step.kind is ReportKind.Z:
        refused = _ended(lane)
        return _told(lane, refused or reports.last_z(), name)
    made = _dying(lane, reports.x_report)
    if isinstance(made, Refused):
        return results.refusal(made, lane.words)
    lane.station.paperwork.print_waiting()
    return _told(lane, made.report, name)


def _ended(lane: Lane) -> Refused | None:
    """A Z is that of a till that ended. One the script never opened ends here, counted as it should be."""
    current = lane.station.tills.current()
    if current is None:
        return None
    currency, expected = current.expected.currency, current.expected.minor
    pieces = hand_over(max(0, expected), denominations(currency))
    if not lane.opens_till or sum(piece * many for piece, many in pieces) != expected:
        return Refused(Code.TILL_OPEN, {"closing": True})
    refused = lane.station.till_closing.refused()
    if refused is not None:
        return refused
    counted = lane.station.counts.count({minor_text(piece, currency): str(many) for piece, many in pieces})
    closed = counted if isinstance(counted, Refused) else _dying(lane, lane.station.till_closing.close)
    return closed if isinstance(closed, Refused) else None


def _told(lane: Lane, report: DayReport | Refused, name: str | None) -> Result:
    if isinstance(report, Refused):
        return results.refusal(report, lane.words)
    if name is not None:
        lane.reports[name] = (report.kind, report.number)
    return figures(report)


def till_paper(lane: Lane, name: str, document: str) -> Document | None:
    """The paper of this kind that the step called `name` made; None where it made none."""
    kept = lane.deposit_slips if document == DEPOSIT_SLIP else lane.slip_papers
    paper: Document | Refused | None = lane.station.paperwork.document_of_job(kept.get(name, ""))
    if name in lane.reports:
        kind, number = lane.reports[name]
        paper = lane.station.day_reports.document(number, kind)
    return paper if isinstance(paper, Document) and paper.name == document else None


def _keep_paper(lane: Lane, name: str | None, paper: str) -> None:
    if name is not None:
        lane.slip_papers[name] = paper


def _reason(lane: Lane, kind: str, reason: str | None) -> str:
    """A reason left out is the first of the shop's list: a script need not know it."""
    return reasons(lane.station.desk, ReasonKind(kind))[0].code if reason is None else reason


def _dying(lane: Lane, act: Callable[[], T]) -> T:
    with dying_at_commit(lane.station.desk, lane.dies_at):
        return act()


def _amount(text: str, lane: Lane) -> int:
    """What was typed as an amount; what is none goes in as one that nobody can move."""
    try:
        return Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return -1


def _money(amount: Money) -> Figure:
    return money(amount.minor, amount.currency)
