"""Another system's sales from a file: every row is taken or refused, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.item import Item
from pos.domain.item_columns import FileFault
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity, Unit
from pos.domain.purchase import Purchase
from pos.domain.refusal import Refused
from pos.domain.sale_columns import SaleColumn
from pos.domain.sale_rows import SaleFault
from pos.domain.tender import TenderKind
from pos.services import sale_report
from pos.services.desk import Desk, read_payload
from pos.services.file_import import Stage
from pos.services.import_preview import profile_names, read_profile
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.sale_preview import keep_sale_profile, read_sale_profile, sale_profile_names
from pos.services.sale_report import sale_report_lines, write_sale_report
from pos.services.taken_over import purchase_of
from pos.services.verify import verify_books
from pos.wording import Wording
from tests.services.item_shop import Csv, item_desk

WORDS = Wording("en")
MUG = Item("MUG", "Mug", 950, ("standard",), codes=("M1",), department="home", family="mugs")
HEAD = "receipt,date,code,name,quantity,price,customer"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", [MUG]) as desk:
        yield desk


@pytest.fixture
def csv(tmp_path: Path) -> Csv:
    return Csv(tmp_path)


def take(desk: Desk, path: Path, **options: Any) -> SaleImportReport:
    report = import_sales(desk, path, SaleImportOptions(**options), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.problem is not None or report.adds_up
    return report


def bought(desk: Desk, receipt: str) -> Purchase:
    with desk.shop.books.reading() as work:
        place = work.taken_over.by_receipt(receipt)
        assert place is not None, receipt
        found = purchase_of(work, place.purchase)
    assert found is not None
    return found


def rows_held(desk: Desk) -> int:
    with desk.shop.books.reading() as work:
        return work.taken_over.rows_held()


def test_a_sale_is_kept_as_it_stands(desk: Desk, csv: Csv) -> None:
    path = csv(HEAD, "77,2026-01-10 15:04,M1, Big  mug ,2,9.00,C1", "77,2026-01-10 15:05,OLD,Old thing,1,0.00,C1")
    report = take(desk, path)
    assert (report.sales, report.written, report.items_unknown) == (1, True, 1)
    sale = bought(desk, "77")
    # Half past three in London in winter, at the price of then; the shop's own word only where the file has none.
    assert (sale.at.isoformat(), sale.total) == ("2026-01-10T15:04:00+00:00", 1_800)
    first, second = sale.lines
    assert (first.item, first.name, first.category, first.unit_price) == ("MUG", "Big mug", "home", 900)
    assert (second.item, second.name, second.quantity) == ("OLD", "Old thing", Quantity(1_000, Unit.PIECE))
    assert [(tender.kind, tender.amount) for tender in sale.tenders] == [(TenderKind.UNKNOWN, 1_800)]
    with desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.SALES_TAKEN_OVER)
        assert [one.receipt for one in work.taken_over.by_customer("C1", 5)] == ["77"]
    said = read_payload(entry)
    assert (said["sales"], said["lines"], said["total"], said["rows"], said["money"]) == (1, 2, 1_800, 2, "18.00")
    checked = verify_books(desk.shop)
    assert checked.violations == ()
    assert checked.balances == {}


def test_cancellations_come_off_their_sales_and_others_are_listed(desk: Desk, csv: Csv) -> None:
    path = csv(
        HEAD,
        "C9,2026-01-12,M1,Mug,-3,9.00,C1",
        "C9,2026-01-12,D,Discount,-1,2.50,C1",
        "77,2026-01-10,M1,Mug,2,9.00,C1",
        "78,2026-01-11,M1,Mug,2,9.00,C1",
    )
    report = take(desk, path)
    assert (report.sales, report.cancellations, report.matched_rows, report.unmatched_rows) == (2, 1, 1, 1)
    assert [line.returned for line in bought(desk, "78").lines] == [2_000]
    assert [line.returned for line in bought(desk, "77").lines] == [1_000]
    assert bought(desk, "77").tenders[0].ceiling == 900
    assert "Line 3, “C9”: 1 × Discount for £2.50 cancels no sale that is known." in sale_report_lines(report, WORDS)
    # What came back in another file later finds the sales of this one, and only what is left of them.
    again = take(desk, csv(HEAD, "C10,2026-01-13,M1,Mug,-1,9.00,C1", "C11,2026-01-14,M1,Mug,-1,9.00,C1"))
    assert (again.matched_rows, again.unmatched_rows) == (1, 1)
    assert [line.left.thousandths for line in bought(desk, "77").lines] == [0]
    assert verify_books(desk.shop).violations == ()


def test_the_same_sales_are_taken_once(desk: Desk, csv: Csv) -> None:
    first = csv(HEAD, "77,2026-01-10,M1,Mug,2,9.00,C1")
    take(desk, first)
    held = rows_held(desk)
    again = take(desk, first)
    assert (again.good, again.written, dict(again.reasons)) == (False, False, {SaleFault.RECEIPT_KNOWN: 1})
    assert sale_report_lines(again, WORDS)[0] == "Line 2, “77”: the sale 77 was imported before."
    more = csv(HEAD, "77,2026-01-10,M1,Mug,2,9.00,C1", "79,2026-01-11,M1,Mug,1,9.00,")
    assert not take(desk, more).written
    assert rows_held(desk) == held
    assert take(desk, more, take_good=True).sales == 1
    assert bought(desk, "79").total == 900


BAD = {
    '80,2026-01-10,M1,"Mug,1,9.00,': SaleFault.ROW_TORN,
    "80,2026-01-10,M1,Mug,1": SaleFault.ROW_WIDTH,
    ",2026-01-10,M1,Mug,1,9.00,": SaleFault.RECEIPT_MISSING,
    "8" * 41 + ",2026-01-10,M1,Mug,1,9.00,": SaleFault.TEXT_TOO_LONG,
    "80,10th of May,M1,Mug,1,9.00,": SaleFault.DATE_UNREADABLE,
    "80,2036-01-10,M1,Mug,1,9.00,": SaleFault.DATE_AHEAD,
    "80,2026-01-10,,,1,9.00,": SaleFault.ITEM_MISSING,
    "80,2026-01-10,M1,Mug,few,9.00,": SaleFault.QUANTITY_UNREADABLE,
    "80,2026-01-10,M1,Mug,0,9.00,": SaleFault.QUANTITY_ZERO,
    "80,2026-01-10,M1,damaged,-9,0,": SaleFault.STOCK_ONLY,
    "80,2026-01-10,M1,Mug,1,£9,": SaleFault.AMOUNT_UNREADABLE,
    "80,2026-01-10,M1,Mug,1,-9.00,": SaleFault.AMOUNT_NEGATIVE,
    "80,2026-01-10,PADS,Pads,1,0.001,": SaleFault.AMOUNT_TOO_FINE,
    "80,2026-01-10,M1,Mug,1000000,999999999999,": SaleFault.AMOUNT_TOO_LARGE,
    "80,2026-01-10,M1,Mug\x07,1,9.00,": SaleFault.CONTROL_CHARACTER,
    "80,2026-01-10,M1,Mug,1,9.00,Jana Nováková": SaleFault.CUSTOMER_NAMED,
    "80,2026-01-10,M1,Mug,1,9.00,jana55@example.com": SaleFault.CUSTOMER_NAMED,
}


@pytest.mark.parametrize(("line", "fault"), BAD.items())
def test_a_bad_row_is_named_with_its_reason_and_nothing_is_half_done(
    desk: Desk, csv: Csv, line: str, fault: SaleFault
) -> None:
    path = csv(HEAD, "79,2026-01-09,M1,Mug,1,9.00,", line)
    report = take(desk, path)
    assert (dict(report.reasons), report.written, rows_held(desk)) == ({fault: 1}, False, 0)
    assert sale_report_lines(report, WORDS)[0].startswith("Line 3")
    good = take(desk, path, take_good=True)
    assert (good.totals.taken_rows, good.totals.refused_rows, good.written) == (1, 1, True)


def test_the_manual_names_every_field_a_column_can_hold() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "import-sales.md").read_text("utf-8")
    assert [column for column in SaleColumn if f"| `{column}` |" not in manual] == []


def test_mappings_of_sales_and_of_items_share_no_names(desk: Desk) -> None:
    options = SaleImportOptions(maps=("receipt=No",), order="day_first", rounds=True, take_good=True)
    assert keep_sale_profile(desk, " Old  till ", options, from_command_line=True) == "Old till"
    assert (sale_profile_names(desk), profile_names(desk)) == (("Old till",), ())
    # What is asked for anew each time is not kept.
    assert read_sale_profile(desk, "Old till") == replace(options, take_good=False)
    assert isinstance(read_profile(desk, "Old till"), Refused)


def test_every_reason_has_its_sentence() -> None:
    assert set(sale_report._FAULTS) == set(SaleFault)


def test_amounts_finer_than_the_currency_are_rounded_only_where_that_is_asked_for(desk: Desk, csv: Csv) -> None:
    path = csv(HEAD, "80,2026-01-10,PADS,Pads,600,0.001,", "80,2026-01-10,PADS,Pads,5,0.001,")
    report = take(desk, path, rounds=True)
    assert (report.totals.stored - report.totals.taken, report.totals.rounded) == (5_000_000, 5_000_000)
    assert bought(desk, "80").total == 61
    lines = sale_report_lines(report, WORDS)
    assert "Amounts finer than GBP has were taken to the nearest unit, half up: 0.005 GBP in all." in lines
    assert verify_books(desk.shop).violations == ()


def test_the_line_s_own_amount_counts_and_what_it_lacks_is_a_discount(desk: Desk, csv: Csv) -> None:
    head = "receipt,date,code,quantity,price,amount,tax,tender,currency"
    path = csv(head, "80,2026-01-10,M1,2,9.00,15.00,2.50,Cash,gbp", "81,2026-01-10,M1,1,9.00,9.00,,,CZK")
    report = take(desk, path, take_good=True)
    assert dict(report.reasons) == {SaleFault.CURRENCY_OTHER: 1}
    (line,) = bought(desk, "80").lines
    # This shop's prices are without tax: what was paid is the amount and the tax upon it.
    assert (line.extended, line.discount, line.net, line.tax, line.total) == (1_800, 300, 1_500, 250, 1_750)
    assert bought(desk, "80").tenders[0].kind is TenderKind.CASH
    assert report.totals.money == report.totals.taken + report.totals.refused


def test_sales_whose_rows_are_mixed_up_are_whole(desk: Desk, csv: Csv) -> None:
    path = csv(
        HEAD, *(f"{80 + n % 3},2026-01-10,M{n},Mug,1,{n}.00," for n in range(9)), "80,2026-01-11,M1,Mug,-1,1.00,"
    )
    report = take(desk, path)
    assert report.sales == 3
    assert [len(bought(desk, str(80 + n)).lines) for n in range(3)] == [3, 3, 3]
    # What came back under the number of a sale has one of its own.
    assert (report.cancellations, report.unmatched[0].receipt) == (1, "80 (2)")


def test_dates_in_two_orders_are_asked_for(desk: Desk, csv: Csv) -> None:
    open_dates = csv(HEAD, "80,3/4/2026,M1,Mug,1,9.00,")
    problem = take(desk, open_dates).problem
    assert problem is not None
    assert problem.fault is FileFault.DATE_ORDER_NEEDED
    assert "“3/4/2026” may be read" in sale_report_lines(take(desk, open_dates), WORDS)[1]
    assert take(desk, open_dates, order="day_first").days[0][0] == date(2026, 4, 3)
    # One date that can be read one way only tells how all of them are meant.
    told = take(desk, csv(HEAD, "81,3/4/2026,M1,Mug,1,9.00,", "82,3/14/2026,M1,Mug,1,9.00,"))
    assert [str(day) for day, _ in told.days] == ["2026-03-04", "2026-03-14"]
    mixed = take(desk, csv(HEAD, "83,13/4/2026,M1,Mug,1,9.00,", "84,3/14/2026,M1,Mug,1,9.00,")).problem
    assert mixed is not None
    assert mixed.fault is FileFault.DATE_ORDERS_MIXED


@pytest.mark.parametrize(
    ("name", "encoding", "said"),
    [("Žluťoučký kůň", "cp1250", "Windows-1250"), ("Blå kopp för £5", "cp1252", "Windows-1252")],
)
def test_another_encoding_is_found_out_and_said(
    desk: Desk, tmp_path: Path, name: str, encoding: str, said: str
) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(f"účtenka,{HEAD}\n,80,2026-01-10,M1,{name},1,9.00,\n".encode(encoding, "replace"))
    report = take(desk, path, maps=("receipt=receipt",))
    assert bought(desk, "80").lines[0].name == name
    assert f"The file is not UTF-8. It was read as {said}: look at its letters." in sale_report_lines(report, WORDS)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("date,code,quantity,price", FileFault.RECEIPT_COLUMN_MISSING),
        ("receipt,code,quantity,price", FileFault.DATE_COLUMN_MISSING),
        ("receipt,date,quantity,price", FileFault.ITEM_COLUMN_MISSING),
        ("receipt,date,code,price", FileFault.QUANTITY_COLUMN_MISSING),
        ("receipt,date,code,quantity", FileFault.AMOUNT_COLUMN_MISSING),
        ("receipt,date,date,code,quantity,price", FileFault.COLUMN_TWICE),
    ],
)
def test_a_column_that_is_missing_or_twice_there_is_named(desk: Desk, csv: Csv, header: str, fault: FileFault) -> None:
    report = take(desk, csv(header, "1,2026-01-01,1,1,1,1"))
    assert report.problem is not None
    assert report.problem.fault is fault
    assert rows_held(desk) == 0


def test_a_trial_and_a_stopped_import_write_nothing(desk: Desk, csv: Csv) -> None:
    path = csv(HEAD, *(f"{n},2026-01-10,M1,Mug,1,9.00," for n in range(100)))
    assert take(desk, path, dry_run=True).sales == 100
    for stage in Stage:
        seen: set[Stage] = set()

        def note(at: Stage, rows: int, seen: set[Stage] = seen) -> None:
            assert rows >= 0
            seen.add(at)

        def stop(stage: Stage = stage, seen: set[Stage] = seen) -> bool:
            return stage in seen

        report = import_sales(desk, path, SaleImportOptions(), from_command_line=True, progress=note, cancelled=stop)
        assert isinstance(report, SaleImportReport)
        assert (report.cancelled, report.written, stage in seen) == (True, False, True)
    assert rows_held(desk) == 0
    with desk.shop.books.reading() as work:
        assert list(work.journal.of_kind(EntryKind.SALES_TAKEN_OVER)) == []


def test_the_whole_report_is_a_table(desk: Desk, csv: Csv, tmp_path: Path) -> None:
    path = csv(HEAD, "=1+1,2026-01-10,M1,Mug,1,0.001,", "80,2026-01-10,M1,Mug,1,9.00,")
    write_sale_report(take(desk, path), tmp_path / "report.csv", WORDS)
    assert (tmp_path / "report.csv").read_text("utf-8").splitlines() == [
        "what,day,line,receipt,rows,taken,refused,rounded,why",
        "day,2026-01-10,,,2,9.00,0.001,0.00,",
        "total,,,,2,9.00,0.001,0.00,",
        "refused,2026-01-10,2,'=1+1,1,,0.001,,the amount is finer than the smallest unit of GBP.",
    ]


LINES = st.tuples(
    st.integers(1, 6),
    st.sampled_from(["2026-01-10", "2026-01-11 09:30", "soon"]),
    st.sampled_from(["M1", "m1", "X"]),
    st.integers(-5, 5),
    st.sampled_from(["9.00", "0.10", "0", "0.001", "-1", "many"]),
    st.sampled_from(["", "C1", "C2"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(LINES, min_size=1, max_size=25), rounds=st.booleans())
def test_rows_and_money_in_are_rows_and_money_out(
    desk: Desk, csv: Csv, rows: list[tuple[object, ...]], rounds: bool
) -> None:
    held = rows_held(desk)
    numbered = [
        f"{held}-{receipt},{day},{code},Thing,{quantity},{price},{who}"
        for receipt, day, code, quantity, price, who in rows
    ]
    report = take(desk, csv(HEAD, *numbered), take_good=True, rounds=rounds)
    totals = report.totals
    assert totals.rows == len(rows) == totals.taken_rows + totals.refused_rows
    assert totals.rows == sum(day.rows for _, day in report.days)
    assert totals.money == sum(day.taken + day.refused for _, day in report.days)
    with desk.shop.books.reading() as work:
        entries = list(work.journal.of_kind(EntryKind.SALES_TAKEN_OVER))
        if report.written:
            last = entries[-1]
            stored = work.taken_over.totals_of(last.workstation, last.sequence)
            # What is in the books is the file's own money, but for what rounding is said to have added.
            assert (stored["total"] - stored["refunded"]) * 10**7 == totals.stored == totals.taken + totals.rounded
            assert rounds or not totals.rounded
    assert verify_books(desk.shop).violations == ()
