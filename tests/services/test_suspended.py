"""A sale put aside is there for every till of the shop, and one of them takes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.sale import CompletedSale, SaleView
from pos.services.suspended import PutAside
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import contents, new_shop, open_up, sell


@pytest.fixture
def tills(tmp_path: Path) -> Iterator[tuple[Workstation, Workstation]]:
    folder = new_shop(tmp_path / "shop")
    both = open_up(folder), open_up(folder, number=2)
    yield both
    for till in both:
        assert verify_books(till.desk.shop).violations == ()
        till.close()


def put_aside(till: Workstation, *codes: str) -> PutAside:
    for code in codes or ("BREAD",):
        assert isinstance(till.sale.scan(code), SaleView)
    aside = till.suspended.suspend()
    assert isinstance(aside, PutAside)
    return aside


def code_of(answer: object) -> Code | None:
    return answer.code if isinstance(answer, Refused) else None


@pytest.mark.parametrize("way", ["code", "number", "digits", "id", "last", "lower"])
def test_what_one_till_puts_aside_another_takes_up_by_slip_number_or_list(
    tills: tuple[Workstation, Workstation], way: str
) -> None:
    one, two = tills
    one.sale.scan("BREAD")
    one.sale.set_note(0, "sliced")
    one.sale.set_note(None, "for Ann")
    before = one.sale.view.priced
    aside = one.suspended.suspend()
    assert isinstance(aside, PutAside)
    assert one.sale.view.empty
    assert not one.sale.view.can_undo
    assert [sale.id for sale in two.suspended.waiting()] == [aside.sale.id]
    named = {"code": aside.sale.code, "number": "S1", "digits": " 1 ", "id": aside.sale.id, "lower": "s0001"}
    view = two.suspended.recall_last() if way == "last" else two.suspended.recall(named[way])
    assert isinstance(view, SaleView)
    assert view.priced == before
    assert one.suspended.waiting() == ()
    two.sale.tender_cash(10_000)
    done = two.sale.complete()
    assert isinstance(done, CompletedSale)
    assert done.transaction.note == "for Ann"
    assert done.transaction.lines[0].detail.note == "sliced"


def test_only_one_takes_it(tills: tuple[Workstation, Workstation]) -> None:
    one, two = tills
    aside = put_aside(one)
    assert isinstance(one.suspended.recall("S1"), SaleView)
    answer = two.suspended.recall(aside.sale.code)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts) == (Code.SUSPENDED_TAKEN, {"code": "S1", "workstation": 1})
    assert two.sale.view.empty


def test_refusals_write_nothing(tills: tuple[Workstation, Workstation]) -> None:
    one, two = tills
    assert code_of(one.suspended.suspend()) is Code.BASKET_EMPTY
    assert code_of(one.suspended.recall_last()) is Code.SUSPENDED_UNKNOWN
    put_aside(one)
    two.sale.scan("DEPOSIT")
    before = contents(one.desk.shop.folder)
    for code in ("", "S2", "999999999", "KS" + "A" * 16, "x" * 500, "9520000001018"):
        assert code_of(one.suspended.recall(code)) is Code.SUSPENDED_UNKNOWN
    assert code_of(two.suspended.recall("S1")) is Code.BASKET_OPEN
    assert code_of(two.suspended.recall_last()) is Code.BASKET_OPEN
    assert code_of(two.suspended.swap("S7")) is Code.SUSPENDED_UNKNOWN
    one.desk.operator = None
    assert code_of(one.suspended.suspend()) is Code.NOT_SIGNED_ON
    assert code_of(one.suspended.recall("S1")) is Code.NOT_SIGNED_ON
    assert contents(one.desk.shop.folder) == before


def test_money_taken_is_given_back_first(tills: tuple[Workstation, Workstation]) -> None:
    one, _ = tills
    one.sale.scan("BREAD")
    one.sale.tender_cash(1_000)
    assert code_of(one.suspended.suspend()) is Code.TENDERS_TAKEN
    one.sale.release_tenders()
    assert isinstance(one.suspended.suspend(), PutAside)


def test_the_open_sale_is_put_aside_first_where_asked(tills: tuple[Workstation, Workstation]) -> None:
    one, two = tills
    put_aside(one)
    two.sale.scan("DEPOSIT")
    view = two.suspended.swap("S1")
    assert isinstance(view, SaleView)
    assert [line.line.name for line in view.priced.lines] == ["Bread"]
    assert [sale.number for sale in one.suspended.waiting()] == [2]


def test_the_slip_is_in_the_queue_and_names_the_sale(tills: tuple[Workstation, Workstation]) -> None:
    one, _ = tills
    aside = put_aside(one, "BREAD", "DEPOSIT")
    with one.desk.shop.books.reading() as work:
        job = work.paper_jobs.get(aside.paper)
    assert job is not None
    assert job.document == "suspended_slip"
    assert job.transaction_id is None
    assert aside.sale.token in job.facts


def test_the_journal_keeps_both(tills: tuple[Workstation, Workstation]) -> None:
    one, two = tills
    aside = put_aside(one)
    two.suspended.recall("S1")
    with one.desk.shop.books.reading() as work:
        for number, kind in ((1, EntryKind.SALE_SUSPENDED), (2, EntryKind.SALE_RESUMED)):
            kinds = [entry for entry, _ in work.journal.entries(number) if entry.subject == aside.sale.id]
            assert [entry.kind for entry in kinds] == [kind]


@pytest.mark.parametrize("point", [CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT])
def test_killed_while_suspending_or_recalling_the_sale_is_in_one_place(tmp_path: Path, point: CrashPoint) -> None:
    folder = new_shop(tmp_path / "shop")
    till = open_up(folder)
    till.sale.scan("BREAD")
    with pytest.raises(ProcessDied), dying_at_commit(till.desk, point):
        till.suspended.suspend()
    till.close()
    till = open_up(folder)
    done = point is CrashPoint.AFTER_COMMIT
    assert (till.sale.recover() is None, len(till.suspended.waiting())) == (done, int(done))
    if not done:
        assert isinstance(till.suspended.suspend(), PutAside)
    with pytest.raises(ProcessDied), dying_at_commit(till.desk, point):
        till.suspended.recall("S1")
    till.close()
    till = open_up(folder)
    assert (till.sale.recover() is not None, len(till.suspended.waiting())) == (done, int(not done))
    if not done:
        assert isinstance(till.suspended.recall_last(), SaleView)
    assert sell(till).transaction.lines[0].name == "Bread"
    assert verify_books(till.desk.shop).violations == ()
    till.close()
