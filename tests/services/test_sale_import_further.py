"""What a file of sales may say beyond its lines: several tenders, serial numbers; and which policy judges its sales."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.sale_rows import SaleFault
from pos.domain.tender import TenderKind
from pos.services.policy_versions import write_policy
from pos.services.purchases import Found
from pos.services.returns import CompletedReturn, Quote
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.sale_report import sale_report_lines
from pos.services.verify import verify_books
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, new_shop, open_up

HEAD = "receipt,date,code,quantity,price,customer,serial,paid_cash,paid_credit"
MAPS = ("paid_cash=paid_cash", "paid_credit=paid_credit")


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield lane
    lane.close()


def take(lane: Workstation, folder: Path, *rows: str, head: str = HEAD) -> SaleImportReport:
    path = folder / "sales.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    maps = MAPS if head == HEAD else ()
    report = import_sales(lane.desk, path, SaleImportOptions(maps=maps, take_good=True), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.problem is None
    assert report.adds_up
    assert verify_books(lane.desk.shop).violations == ()
    return report


def found(lane: Workstation, number: str) -> Found:
    answer = lane.purchases.find(number)
    assert isinstance(answer, Found), answer
    return answer


def back(lane: Workstation, number: str, pieces: int = 1, serial: str = "") -> ReturnRequest:
    asked = LineAsked(1, Quantity.pieces(pieces), condition="unopened", serial=serial)
    return ReturnRequest(purchase=found(lane, number).purchase.id, lines=(asked,))


def test_a_sale_paid_in_two_ways_goes_back_in_both(lane: Workstation, tmp_path: Path) -> None:
    report = take(lane, tmp_path, "80,2026-11-10,OLD,2,10.00,C1,,5.00,15.00", "80,2026-11-10,OLD2,1,4.00,C1,,4.00,")
    assert (report.sales, report.totals.taken_rows) == (1, 2)
    tenders = found(lane, "80").purchase.tenders
    assert [(one.kind, one.amount) for one in tenders] == [(TenderKind.CASH, 900), (TenderKind.CREDIT, 1_500)]
    quote = lane.returns.quote(back(lane, "80", 2))
    assert isinstance(quote, Quote), quote
    assert [(one.kind, one.amount) for one in quote.decision.now.tenders] == [("credit", 1_500), ("cash", 500)]


def test_a_sale_whose_tenders_do_not_come_to_its_rows_is_refused_row_by_row(lane: Workstation, tmp_path: Path) -> None:
    rows = (
        "80,2026-11-10,OLD,2,10.00,,,5.00,12.00",
        "80,2026-11-10,OLD2,1,4.00,,,4.00,",
        "81,2026-11-10,OLD,1,1.00,,,,",
    )
    report = take(lane, tmp_path, *rows)
    assert (report.sales, report.totals.taken_rows, report.totals.refused_rows) == (1, 1, 2)
    assert dict(report.reasons) == {SaleFault.TENDERS_NOT_THE_TOTAL: 2}
    assert report.totals.money == report.totals.taken + report.totals.refused == 25 * 10**9
    assert "Line 2, “80”: the tenders of its sale come to 21.00, its rows to 24.00." in sale_report_lines(
        report, Wording("en")
    )
    assert lane.purchases.find("80") == Refused(Code.RECEIPT_UNKNOWN, {"receipt": "80"})


def test_rows_that_name_different_tenders_were_paid_each_with_its_own(lane: Workstation, tmp_path: Path) -> None:
    head = "receipt,date,code,quantity,price,tender"
    take(lane, tmp_path, "80,2026-11-10,OLD,2,10.00,cash", "80,2026-11-10,OLD2,1,4.00,credit", head=head)
    tenders = found(lane, "80").purchase.tenders
    assert [(one.kind, one.amount) for one in tenders] == [(TenderKind.CASH, 2_000), (TenderKind.CREDIT, 400)]


def test_what_was_cancelled_came_off_the_tender_it_went_back_to(lane: Workstation, tmp_path: Path) -> None:
    sale = "80,2026-11-10,OLD,3,10.00,C1,,12.00,18.00"
    take(lane, tmp_path, sale, "S1,2026-11-11,OLD,-1,10.00,C1,,,-10.00")
    assert [one.ceiling for one in found(lane, "80").purchase.tenders] == [1_200, 800]
    # Another file later, and no tender gives back more than it gave.
    take(lane, tmp_path, "S2,2026-11-12,OLD,-1,10.00,C1,,,10.00")
    assert [one.ceiling for one in found(lane, "80").purchase.tenders] == [1_000, 0]


def test_a_serial_number_of_then_is_held_against_what_comes_back(lane: Workstation, tmp_path: Path) -> None:
    report = take(
        lane,
        tmp_path,
        "80,2026-11-10,DRILL,2,10.00,C1,SN-1 | SN-2,,",
        "81,2026-11-10,DRILL,1,10.00,,SN-3 SN-4,,",
        "82,2026-11-10,DRILL,2,10.00,,SN-5 SN-5,,",
    )
    assert dict(report.reasons) == {SaleFault.SERIALS_TOO_MANY: 2}
    assert found(lane, "80").purchase.lines[0].serials == ("SN-1", "SN-2")
    wrong = lane.returns.quote(back(lane, "80", serial="SN-9"))
    assert isinstance(wrong, Quote)
    reasons = {reason.code for line in wrong.decision.lines for reason in line.reasons}
    assert Code.SERIAL_MISMATCH in reasons
    done = lane.returns.complete(back(lane, "80", serial="SN-2"))
    assert isinstance(done, CompletedReturn), done
    assert found(lane, "80").purchase.lines[0].back_serials == ("SN-2",)


def test_a_cancelled_serial_number_came_back_there(lane: Workstation, tmp_path: Path) -> None:
    sales = ("80,2026-11-10,DRILL,1,10.00,C1,SN-1,,", "81,2026-11-11,DRILL,1,10.00,C1,SN-2,,")
    take(lane, tmp_path, *sales, "S1,2026-11-12,DRILL,-1,10.00,C1,SN-1,,")
    # The newer sale would be taken first, were it not for the number.
    assert found(lane, "80").purchase.lines[0].back_serials == ("SN-1",)
    assert found(lane, "81").purchase.lines[0].returned == 0


def test_the_policy_of_its_day_judges_an_imported_sale(lane: Workstation, tmp_path: Path) -> None:
    versions = ((date(2026, 1, 1), "JANUARY", 30), (date(2026, 3, 1), "MARCH", 365), (date(2026, 6, 1), "JUNE", 15))
    with lane.desk.shop.books.writing() as work:
        for starts, name, days in versions:
            text = f"policy: 1\nname: {name}\nrules:\n  - {{id: {name}, window: {{days: {days}}}}}\n"
            write_policy(work, lane.desk, text, starts, None, by=MANAGER.id)
        work.commit()
    sold_on = {"J": "2026-02-28", "M": "2026-03-01", "L": "2026-05-31", "U": "2026-06-01"}
    take(lane, tmp_path, *(f"{receipt},{day},OLD,1,10.00,,,," for receipt, day in sold_on.items()))
    judged = {}
    for receipt in sold_on:
        quote = lane.returns.quote(back(lane, receipt))
        assert isinstance(quote, Quote), quote
        reasons = [reason for line in quote.decision.lines for reason in line.reasons]
        judged[receipt] = [reason.rule for reason in reasons if reason.code is Code.WINDOW_EXPIRED]
    assert judged == {"J": ["JANUARY"], "M": [], "L": [], "U": ["JUNE"]}
