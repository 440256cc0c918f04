"""The checks of a till go to the bank with its close: listed, posted, on paper; none twice, none forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from pos.domain.day_report import DayReport, Tally
from pos.domain.journal import EntryKind
from pos.domain.post_void import TenderCorrection
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedCheck
from pos.services.day_reports import Made
from pos.services.post_voids import PostVoided, PostVoids
from pos.services.sale import CompletedSale, SaleView
from pos.services.tender_corrections import CorrectionWish
from pos.services.till_close import ClosedTill
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import CHECK, MANAGER, new_shop, open_up


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def paid_by_check(till: Workstation, number: str) -> str:
    """A sale of one bread by a check with this number; the sale's identity."""
    till.sale.scan("BREAD")
    assert isinstance(till.checks.take(replace(CHECK, number=number)), SaleView)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done.transaction.id


def closed(till: Workstation, *, off: int = 0, note: str = "") -> ClosedTill:
    """The till counted and closed; `off` in crowns."""
    current = till.tills.current()
    assert current is not None
    assert not isinstance(till.counts.count({"1": str(current.expected.minor // 100 + off)}), Refused)
    done = till.till_closing.close(note=note)
    assert isinstance(done, ClosedTill), done
    return done


def balance(till: Workstation, account: str) -> int:
    with till.desk.shop.books.reading() as work:
        return work.journal.balances().get(account, 0)


def z_of(till: Workstation, number: int) -> DayReport:
    report = till.day_reports.find(number)
    assert isinstance(report, DayReport)
    return report


def test_a_close_takes_every_check_to_the_bank(till: Workstation) -> None:
    first, second = paid_by_check(till, "1042"), paid_by_check(till, "1043")
    assert balance(till, "checks_in_till") == 8_580
    x = till.day_reports.x_report()
    assert isinstance(x, Made)
    assert x.report.checks == Tally(2, 8_580)
    done = closed(till)
    assert [(check.sale, check.tender, check.amount, check.number) for check in done.checks] == [
        (first, 1, 4_290, "1042"),
        (second, 1, 4_290, "1043"),
    ]
    assert (balance(till, "checks_in_till"), balance(till, "checks_deposited")) == (0, 8_580)
    assert z_of(till, done.number).checks == Tally(2, 8_580)
    with till.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_subject(done.till, EntryKind.TILL_CLOSED)
    assert json.loads(entry.payload)["checks"] == [[first, 1, 4_290], [second, 1, 4_290]]


def test_the_slip_lists_them_with_the_cash(till: Workstation) -> None:
    paid_by_check(till, "1042")
    done = closed(till)
    slip = till.paperwork.document_of_job(done.slip)
    assert slip is not None
    rows = render(slip, 42).splitlines()
    said = [" ".join(row.split()) for row in rows]
    assert "Cash 1,000.00" in said
    assert said[said.index("Check 1042 42.90") + 1 :][:2] == ["021000021 · ••••6789", "Receipt 0142-01-0001"]
    assert "1 check 42.90" in said
    assert any(row.startswith("Total") and row.endswith("1,042.90") for row in said)
    z = till.day_reports.document(done.number)
    assert not isinstance(z, Refused)
    assert "Checks to deposit · 1" in render(z, 42)


def test_nothing_to_deposit_is_no_slip(till: Workstation) -> None:
    current = till.tills.current()
    assert current is not None
    assert not isinstance(till.counts.count({"1": str(current.expected.minor // 100)}), Refused)
    done = till.till_closing.close(next_float=current.expected.minor)
    assert isinstance(done, ClosedTill)
    assert (done.deposit.minor, done.checks, done.slip) == (0, (), "")


def test_what_is_no_check_in_the_drawer_stays_off_the_list(till: Workstation) -> None:
    back, void, cash, stays = (paid_by_check(till, number) for number in ("1", "2", "3", "4"))
    with patch.object(PostVoids, "_signed", return_value=None):
        assert isinstance(till.post_voids.post_void(void, "rung_twice"), PostVoided)
    assert isinstance(till.tender_corrections.correct(CorrectionWish(cash, 1, "cash", "wrong_key")), TenderCorrection)
    till.sale.scan("BREAD")
    till.sale.tender_cash(4_300)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    wish = CorrectionWish(done.transaction.id, 1, "check", "wrong_key", "1050")
    assert isinstance(till.tender_corrections.correct(wish), TenderCorrection)
    assert isinstance(till.returned_checks.mark(back, 1, 0), ReturnedCheck)
    listed = closed(till).checks
    assert [(check.sale, check.number, check.amount) for check in listed] == [
        (stays, "4", 4_290),
        (done.transaction.id, "1050", 4_300),
    ]
    assert balance(till, "checks_in_till") == 0
    assert balance(till, "checks_deposited") == 8_590


def test_a_check_goes_to_the_bank_once_and_comes_back_from_there(till: Workstation) -> None:
    sale = paid_by_check(till, "1042")
    closed(till)
    till.tills.open_till(100_000)
    second = paid_by_check(till, "1043")
    assert [check.sale for check in closed(till).checks] == [second]
    till.tills.open_till(100_000)
    returned = till.returned_checks.mark(sale, 1, 500)
    assert isinstance(returned, ReturnedCheck)
    assert returned.deposited
    assert balance(till, "checks_in_till") == 0
    assert balance(till, "checks_deposited") == 4_290
    assert balance(till, "returned_checks") == 4_790
    assert not isinstance(till.returned_checks.settle(sale, 1), Refused)
    assert balance(till, "returned_checks") == 0


def test_a_till_deposits_its_own_checks_alone(till: Workstation) -> None:
    other = open_up(till.desk.shop.folder, number=2)
    paid_by_check(other, "7")
    paid_by_check(till, "8")
    assert [check.number for check in closed(till).checks] == ["8"]
    assert balance(till, "checks_in_till") == 4_290
    other.close()


def test_what_there_is_to_say_of_a_difference_stands_on_the_z(till: Workstation) -> None:
    done = closed(till, off=-3, note="  Gave 3 too much at noon ")
    report = z_of(till, done.number)
    assert (report.over_short, report.note) == (-300, "Gave 3 too much at noon")
    paper = till.day_reports.document(done.number)
    assert not isinstance(paper, Refused)
    assert "Note: Gave 3 too much at noon" in render(paper, 42)


@pytest.mark.parametrize(
    ("note", "code"), [("\x00", Code.NOTE_INVALID), ("4111 1111 1111 1111", Code.CARD_NUMBER_TYPED)]
)
def test_a_note_nobody_may_keep_closes_nothing(till: Workstation, note: str, code: Code) -> None:
    current = till.tills.current()
    assert current is not None
    assert not isinstance(till.counts.count({"1": str(current.expected.minor // 100)}), Refused)
    refused = till.till_closing.close(note=note)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert till.tills.current() is not None
