"""The journal takes a sale back and puts a tender right: by keys alone, with a manager's yes on the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.customer import Customer
from pos.domain.points import PointsKind
from pos.domain.post_void import PostVoid
from pos.domain.stock import MoveKind
from pos.domain.transaction import Transaction
from pos.services.customers import PointsView, ProfileView
from pos.services.demo_shop import DEMO_PINS
from pos.services.sale import CompletedSale
from pos.ui.customers.profile import _moved, _purchases
from pos.ui.items.stock_words import KINDS
from pos.ui.journal.screen import JournalScreen
from pos.ui.shared.approval_sheet import DECLINE, Answered
from pos.wording import Wording
from tests.lane import DANA, MUG, SOAP, Lane, copy_of_demo, open_lane


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def sold(till: Lane, code: str) -> Transaction:
    sale = till.opened.workstation.sale
    sale.scan(code)
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    till.clock.move(60)
    return done.transaction


def journal(till: Lane) -> JournalScreen:
    till.shell.open_place("journal")
    screen = till.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    return screen


def answer(till: Lane, option: str = "as_asked") -> None:
    till.shell.overlays.approval.answered.emit(Answered(option, "goodwill", DANA, DEMO_PINS[DANA]))


def void_of(till: Lane, sale: Transaction) -> PostVoid | None:
    with till.opened.workstation.desk.shop.books.reading() as work:
        return work.after_sale.void_of(sale.id)


def test_taken_back_with_a_manager_s_yes(till: Lane) -> None:
    sale = sold(till, MUG)
    screen = journal(till)
    till.trigger("journal.keys.post_void")
    assert screen.panel.isVisibleTo(screen)
    till.trigger("journal.keys.again")
    approval = till.shell.overlays.approval
    assert not approval.isHidden()
    assert void_of(till, sale) is None
    answer(till)
    assert approval.isHidden()
    voided = void_of(till, sale)
    assert voided is not None
    assert (voided.approver, voided.reason) == (DANA, "cashier_error")
    assert str(voided.number) in screen.banner.message
    assert not screen.panel.isVisibleTo(screen)
    # It is marked wherever it shows, and cannot be taken back again.
    assert screen.receipts[sale.id].voided == str(voided.number)
    assert "Post-voided" in screen.list.found.rows[0].detail
    assert not screen.actions_of.buttons["post_void"].isEnabled()
    assert not screen.actions_of.buttons["correct"].isEnabled()
    assert screen.preview.document is not None
    assert any(str(voided.number) in str(block) for block in screen.preview.document.blocks)


def test_a_no_leaves_the_sale(till: Lane) -> None:
    sale = sold(till, MUG)
    screen = journal(till)
    till.trigger("journal.keys.post_void")
    till.trigger("journal.keys.again")
    answer(till, DECLINE)
    assert void_of(till, sale) is None
    assert "Nothing was changed" in screen.banner.message


def test_esc_goes_back_to_the_receipt_and_another_receipt_closes_the_panel(till: Lane) -> None:
    sold(till, MUG)
    sold(till, SOAP)
    screen = journal(till)
    till.trigger("journal.keys.post_void")
    till.trigger("journal.keys.back")
    assert not screen.panel.isVisibleTo(screen)
    assert till.shell.screen_shown is screen
    till.trigger("journal.keys.correct")
    assert screen.panel.isVisibleTo(screen)
    till.trigger("journal.keys.down")
    assert not screen.panel.isVisibleTo(screen)


def test_cash_that_was_a_check_is_put_right(till: Lane) -> None:
    sale = sold(till, MUG)
    screen = journal(till)
    till.trigger("journal.keys.correct")
    till.trigger("journal.keys.again")
    answer(till)
    with till.opened.workstation.desk.shop.books.reading() as work:
        corrections = work.after_sale.corrections_of(sale.id)
    assert [(one.was_kind.value, one.kind.value, one.amount) for one in corrections] == [("cash", "check", sale.paid)]
    assert "corrected" in screen.banner.message


def test_found_by_what_was_sold(till: Lane) -> None:
    mug, soap = sold(till, MUG), sold(till, SOAP)
    screen = journal(till)
    for sale, other in ((mug, soap), (soap, mug)):
        word = sale.lines[0].name[2:7].lower()
        screen.field.edit.setText(word)
        screen.field.edited.emit(word)
        assert sale.id in screen.receipts
        assert (other.id in screen.receipts) is (word in other.lines[0].name.lower())


def test_the_customer_and_the_shelf_say_so_too(till: Lane) -> None:
    workstation = till.opened.workstation
    ann = workstation.customers.add(Customer("", "Ann Novák"))
    assert isinstance(ann, Customer)
    workstation.sale.scan(MUG)
    workstation.sale.set_customer(ann.id)
    sale = sold(till, SOAP)
    journal(till)
    till.trigger("journal.keys.post_void")
    till.trigger("journal.keys.again")
    answer(till)
    voided = void_of(till, sale)
    assert voided is not None
    profile = workstation.customers.profile(ann.id)
    assert isinstance(profile, ProfileView)
    assert [one.voided for one in profile.purchases] == [str(voided.number)]
    words = Wording("en")
    assert any(f"Post-voided {voided.number}" in value for _, value in _purchases(profile, words))
    assert all(_moved(PointsView(sale.at, kind, 1, ""), words) for kind in PointsKind)
    # Every reason goods or points move for has its words.
    assert set(KINDS) == set(MoveKind)
