"""The journal as a cashier and a manager use it: by keys, by typing, and by scanning a receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.services.sale import CompletedSale
from pos.ui.journal.screen import JournalScreen
from tests.lane import DANA, MAYA, MUG, SOAP, Lane, copy_of_demo, open_lane


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float, nothing sold yet."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def sold(till: Lane, code: str) -> CompletedSale:
    sale = till.opened.workstation.sale
    sale.scan(code)
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale), done
    till.clock.move(60)
    return done


def journal(till: Lane) -> JournalScreen:
    till.shell.open_place("journal")
    screen = till.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    return screen


def test_the_empty_day_says_so(till: Lane) -> None:
    screen = journal(till)
    assert not screen.empty.isHidden()
    assert screen.empty.accessibleName() == "No sales yet today The first receipt shows here."
    assert not screen.again_button.isEnabled()
    till.trigger("journal.keys.back")
    assert till.shell.screen_shown is till.shell.sell


def test_newest_first_chosen_and_shown(till: Lane) -> None:
    first, second = sold(till, MUG).transaction, sold(till, SOAP).transaction
    screen = journal(till)
    assert [each.id for each in screen.receipts.values()] == [second.id, first.id]
    assert screen.preview.document is not None
    assert str(second.receipt) in screen.preview.document.title
    till.trigger("journal.keys.down")
    assert str(first.receipt) in screen.preview.document.title
    assert str(first.receipt) in screen.context
    till.trigger("journal.keys.down")
    till.trigger("journal.keys.up")
    assert screen.chosen is not None
    assert screen.chosen.id == second.id


def test_typing_narrows_and_enter_finds(till: Lane) -> None:
    sales = [sold(till, MUG).transaction, sold(till, SOAP).transaction]
    screen = journal(till)
    screen.field.edit.setText("1")
    screen.field.edited.emit("1")
    assert {str(each.receipt) for each in screen.receipts.values()} == {
        str(sale.receipt) for sale in sales if str(sale.receipt.number)[0] == "1" or str(sale.paid)[0] == "1"
    }
    screen.field.edit.setText("999999")
    screen.field.edited.emit("999999")
    assert screen.receipts == {}
    screen.field.submitted.emit("999999")
    assert "not known" in screen.banner.message
    screen.field.submitted.emit(str(sales[0].receipt))
    assert screen.chosen is not None
    assert screen.chosen.id == sales[0].id


def test_a_scanned_receipt_opens_in_the_journal_and_an_item_goes_back_to_the_sale(till: Lane) -> None:
    sale = sold(till, MUG).transaction
    screen = journal(till)
    till.shell.scanned(sale.receipt_code)
    assert till.shell.screen_shown.name == "journal"
    assert screen.chosen is not None
    assert screen.chosen.id == sale.id
    till.shell.scanned("KR" + "A" * 16)
    assert "not known" in screen.banner.message
    till.shell.scanned(SOAP)
    assert till.shell.screen_shown is till.shell.sell
    assert len(till.opened.workstation.sale.view.priced.lines) == 1


def test_the_papers_that_can_be_had(till: Lane) -> None:
    sold(till, MUG)
    screen = journal(till)
    till.trigger("journal.keys.again")
    assert screen.banner.message
    till.trigger("journal.keys.e_receipt")
    assert "E-receipt" in screen.banner.message


def test_other_days_are_the_manager_s(till: Lane) -> None:
    old = sold(till, MUG).transaction
    screen = journal(till)
    assert screen.days.earlier_button.isHidden()
    till.shell.lock()
    till.sign_in(DANA)
    screen = journal(till)
    assert not screen.days.earlier_button.isHidden()
    till.trigger("journal.keys.earlier")
    assert screen.receipts
    assert all(each.at.date() < old.business_day for each in screen.receipts.values())
    # The demo shop sold for a week; before that there is nothing.
    for _ in range(9):
        till.trigger("journal.keys.earlier")
    assert screen.receipts == {}
    assert screen.empty.accessibleName() == "No sales on this day"
    for _ in range(10):
        till.trigger("journal.keys.later")
    assert [each.id for each in screen.receipts.values()] == [old.id]
    assert not screen.days.later_button.isEnabled()
    assert MAYA != DANA
    assert next(iter(screen.receipts.values())).at.date() + timedelta(0) == old.business_day


def typed(screen: JournalScreen, text: str) -> None:
    """Typed, and Enter."""
    screen.field.set_text(text)
    screen.field.edited.emit(text)
    screen.field.submitted.emit(text)


def test_a_day_that_is_typed_opens_for_who_may_see_it(till: Lane) -> None:
    today = sold(till, MUG).transaction
    screen = journal(till)
    typed(screen, "2026-11-20")
    assert screen.banner.isVisible(), "a cashier sees today"
    assert list(screen.receipts) == [today.id]
    till.shell.lock()
    till.sign_in(DANA)
    screen = journal(till)
    typed(screen, "20.11.2026")
    assert "20" in screen.days.name.text()
    assert screen.field.text == ""
    assert today.id not in screen.receipts
    typed(screen, "11/21/2027")
    assert list(screen.receipts) == [today.id], "no day is still to come"


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(till: Lane, language: str) -> None:
    sold(till, MUG)
    screen = journal(till)
    before = screen.list.found.index(0).data()
    till.window.choose_language(language)
    assert screen.list.found.index(0).data() != before
