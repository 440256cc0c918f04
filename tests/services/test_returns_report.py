"""The report of what came back: each cut counts the facts, the parts are the whole, a row leads to its returns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.approval import Approval
from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.returns_report import WHOLE, Cut, Part, ReturnsReport
from pos.domain.trouble import KnownError
from pos.persistence.returns_summary import Span
from pos.services.approvals import Answer
from pos.services.policy_versions import write_policy
from pos.services.return_refusals import NotedRefusal
from pos.services.returns import CompletedReturn, ReturnNeedsApproval
from pos.services.returns_report import ReturnCase, cases_of, make_report, save_report
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from tests.corner_shop import (
    CASHIER,
    MANAGER,
    OPENED,
    HandClock,
    new_shop,
    open_up,
    pay_by_card,
    pin_of,
    sell,
    simulated,
)

KETTLE, BREAD = "09520000000011", "BREAD"
POLICY = """policy: 1
rules:
  - {id: R1, window: {days: 30}}
  - {id: R2, restocking_fee: {percent: 10}, for: {condition: opened}}
  - {id: R3, condition: {accept: [unopened, opened, defective]}}
  - {id: M10, card_unavailable: {to: [cash], ask: false}}
"""
TODAY = OPENED.date()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def lane(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), clock=clock, terminal="simulated")
    with lane.desk.shop.books.writing() as work:
        write_policy(work, lane.desk, POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    yield lane
    lane.close()


def back(
    lane: Workstation, purchase: str, line: int, condition: str = "unopened", reason: str = "changed_mind"
) -> CustomerReturn:
    asked = LineAsked(line, Quantity.pieces(1), condition=condition, reason=reason)
    done = lane.returns.complete(ReturnRequest(purchase, lines=(asked,)))
    assert isinstance(done, CompletedReturn), done
    return done.done


def agreed(lane: Workstation, request: ReturnRequest) -> CustomerReturn:
    needs = lane.returns.complete(request)
    assert isinstance(needs, ReturnNeedsApproval), needs
    options = needs.request.requirement.options
    answer = Answer(MANAGER.id, pin_of(MANAGER), "", options[0].id if options else "", "goodwill")
    assert isinstance(lane.approvals.grant(needs.request.id, answer), Approval)
    done = lane.returns.complete(request, approval=needs.request.id)
    assert isinstance(done, CompletedReturn), done
    return done.done


def report_of(lane: Workstation, since: date = TODAY, until: date = TODAY) -> ReturnsReport:
    lane.desk.operator = MANAGER
    report = make_report(lane.desk, since, until)
    lane.desk.operator = CASHIER
    assert isinstance(report, ReturnsReport)
    return report


def behind(lane: Workstation, report: ReturnsReport, cut: Cut, key: str) -> tuple[ReturnCase, ...]:
    lane.desk.operator = MANAGER
    found = cases_of(lane.desk, report, cut, key)
    lane.desk.operator = CASHIER
    assert not isinstance(found, Refused)
    return found


def sums_up(lane: Workstation, report: ReturnsReport) -> None:
    """What holds of every report: the parts are the whole, and every row leads to as many returns as it counts."""
    totals = report.totals
    assert totals.adds_up
    before_rounding = totals.goods + totals.tax - totals.fees
    for cut in WHOLE:
        whole = {Cut.CASHIER: totals.refund, Cut.TENDER: totals.refund + totals.switched}.get(cut, before_rounding)
        assert sum(part.amount for part in report.cuts[cut]) == whole, cut
    for cut, parts in report.cuts.items():
        for part in parts:
            assert len(behind(lane, report, cut, part.key)) == part.returns, (cut, part)


def rows(report: ReturnsReport, cut: Cut) -> dict[str, tuple[int, int, int]]:
    return {part.key: (part.returns, part.lines, part.amount) for part in report.cuts[cut]}


def test_each_cut_counts_what_came_back(lane: Workstation) -> None:
    bought = sell(lane, KETTLE, BREAD, BREAD).transaction
    first = back(lane, bought.id, 1, "opened", "changed_mind")
    second = back(lane, bought.id, 2, "defective", "defective")
    report = report_of(lane)
    sums_up(lane, report)
    assert first.fee + first.fee_tax == 12_990
    assert rows(report, Cut.REASON) == {"changed_mind": (1, 1, 116_910), "defective": (1, 1, 4_290)}
    assert rows(report, Cut.ITEM) == {"3": (1, 1, 116_910), "1": (1, 1, 4_290)}
    assert [part.name for part in report.cuts[Cut.ITEM]] == ["Kettle", "Bread"]
    assert rows(report, Cut.GOODS) == {"open_box": (1, 1, 116_910), "vendor": (1, 1, 4_290)}
    assert report.cuts[Cut.CASHIER] == (Part(CASHIER.id, 2, 2, first.refund + second.refund, CASHIER.name),)
    assert rows(report, Cut.TENDER) == {"cash": (2, 2, first.refund + second.refund)}
    assert report.cuts[Cut.APPROVER] == report.cuts[Cut.OVERRULED] == report.cuts[Cut.REFUSED] == ()
    assert rows(report, Cut.RULE)["R2:RESTOCKING_FEE"] == (1, 1, 116_910)
    found = behind(lane, report, Cut.REASON, "defective")
    assert [(one.number, one.bought, one.refund) for one in found] == [
        (str(second.number), str(bought.receipt), second.refund)
    ]


def test_what_somebody_agreed_to_stands_under_its_rule_and_under_who_agreed(
    lane: Workstation, clock: HandClock
) -> None:
    bought = sell(lane, BREAD).transaction
    clock.moment += timedelta(days=40)
    asked = ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1), condition="unopened"),))
    done = agreed(lane, asked)
    report = report_of(lane, TODAY, TODAY + timedelta(days=50))
    sums_up(lane, report)
    assert rows(report, Cut.OVERRULED) == {"R1:WINDOW_EXPIRED": (1, 1, 4_290)}
    assert report.cuts[Cut.APPROVER] == (Part(MANAGER.id, 1, 1, done.refund, MANAGER.name),)


def test_money_without_goods_has_its_reason_and_no_goods(lane: Workstation) -> None:
    bought = sell(lane, KETTLE).transaction
    agreed(lane, ReturnRequest(bought.id, amount=10_000, reason="price_adjustment"))
    report = report_of(lane)
    sums_up(lane, report)
    assert (report.totals.returns, report.totals.lines, report.totals.alone) == (1, 0, 1)
    assert rows(report, Cut.REASON) == {"price_adjustment": (1, 0, 10_000)}
    assert rows(report, Cut.ITEM) == rows(report, Cut.GOODS) == {"": (1, 0, 10_000)}


def test_money_a_card_did_not_take_is_told_as_it_went_in_the_end(lane: Workstation) -> None:
    for code in (KETTLE, BREAD):
        lane.sale.scan(code)
    pay_by_card(lane)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    done = back(lane, bought.transaction.id, 2)
    assert rows(report_of(lane), Cut.TENDER) == {"credit": (1, 1, 4_290)}
    simulated(lane).script.append(Scripted(Doing.DECLINED))
    lane.card_tendering.recover()
    assert not isinstance(lane.failed_refunds.give(done.id, 1, "cash"), Refused)
    report = report_of(lane)
    sums_up(lane, report)
    assert rows(report, Cut.TENDER) == {"cash": (1, 1, 4_300)}
    assert (report.totals.refund, report.totals.switched) == (4_290, 10)


def test_a_refusal_is_counted_by_its_rules_on_the_day_it_has_in_the_shop(lane: Workstation, clock: HandClock) -> None:
    bought = sell(lane, BREAD).transaction
    clock.moment += timedelta(days=40, hours=15, minutes=30)
    local = lane.desk.local(clock.moment).date()
    assert local == clock.moment.date() + timedelta(days=1), "past midnight in the shop"
    asked = ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1), condition="unopened"),))
    assert isinstance(lane.return_refusals.note(asked), NotedRefusal)
    report = report_of(lane, local, local)
    sums_up(lane, report)
    assert rows(report, Cut.REFUSED) == {"R1:WINDOW_EXPIRED": (1, 1, 0)}
    (case,) = behind(lane, report, Cut.REFUSED, "R1:WINDOW_EXPIRED")
    assert (case.number, case.refused, case.operator_name) == (str(bought.receipt), True, CASHIER.name)
    assert report_of(lane, clock.moment.date(), clock.moment.date()).cuts[Cut.REFUSED] == ()


def test_refusals_are_found_without_reading_the_journal(lane: Workstation) -> None:
    with lane.desk.shop.books.reading() as work:
        assert "journal_entry_refused" in work.returns_summary.plan_of_refusals(Span(TODAY, TODAY))


def test_days_outside_are_not_in_it_and_may_be_named_in_any_order(lane: Workstation) -> None:
    bought = sell(lane, BREAD).transaction
    back(lane, bought.id, 1)
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert report_of(lane, after, before).totals.returns == 1
    for day in (before, after):
        report = report_of(lane, day, day)
        assert report.totals.returns == report.totals.refund == 0
        assert not any(report.cuts.values())


def test_who_sees_no_reports_gets_none_and_no_file(lane: Workstation, tmp_path: Path) -> None:
    report = report_of(lane)
    assert make_report(lane.desk, TODAY, TODAY) == Refused(Code.NOT_PERMITTED)
    assert cases_of(lane.desk, report, Cut.ITEM, "1") == Refused(Code.NOT_PERMITTED)
    assert save_report(lane.desk, report, tmp_path / "r.csv") == Refused(Code.NOT_PERMITTED)
    assert not (tmp_path / "r.csv").exists()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_says_what_the_report_says(lane: Workstation, tmp_path: Path) -> None:
    bought = sell(lane, KETTLE, BREAD).transaction
    opened = back(lane, bought.id, 1, "opened", "changed_mind")
    agreed(lane, ReturnRequest(bought.id, amount=1_000, reason="price_adjustment"))
    report = report_of(lane)
    lane.desk.operator = MANAGER
    assert save_report(lane.desk, report, tmp_path / "parts.csv") == len(read(tmp_path / "parts.csv"))
    assert [
        (row["key"], row["returns"], row["amount"]) for row in read(tmp_path / "parts.csv") if row["cut"] == "reason"
    ] == [("changed_mind", "1", "1169.10"), ("price_adjustment", "1", "10.00")]
    assert save_report(lane.desk, report, tmp_path / "lines.csv", each_line=True) == 2
    first, second = read(tmp_path / "lines.csv")
    assert (first["return"], first["item"], first["goods"], first["bought"]) == (
        *(str(opened.number), "3", "open_box"),
        TODAY.isoformat(),
    )
    given = sum(float(first[name]) for name in ("merchandise", "tax")) - float(first["fee"]) - float(first["fee_tax"])
    assert round(given * 100) == 116_910
    assert (second["item"], second["reason"], second["approver"]) == ("", "price_adjustment", MANAGER.name)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_is_said(lane: Workstation, tmp_path: Path) -> None:
    report = report_of(lane)
    lane.desk.operator = MANAGER
    (tmp_path / "file").touch()
    with pytest.raises(KnownError):
        save_report(lane.desk, report, tmp_path / "file" / "r.csv")
