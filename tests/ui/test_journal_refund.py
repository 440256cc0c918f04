"""A card that took no money back: asked again, or paid out another way, from the receipt of the return."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.approval import AS_ASKED
from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.demo_shop import DEMO_PINS, demo_gtin
from pos.services.returns import CompletedReturn
from pos.services.sale import CompletedSale
from pos.services.verify import verify_shop
from pos.ui.cash.overview import OverviewScreen
from pos.ui.journal.screen import JournalScreen
from pos.ui.returns.paperwork import PaperworkScreen
from pos.ui.shared.approval_sheet import Answered
from receipts.plain_text import render
from tests.corner_shop import bank_of, pay_by_card, simulated
from tests.lane import DANA, MAYA, Lane, copy_of_demo, open_lane
from tests.ui.test_journal_check_screen import journal

YOGURT = demo_gtin(2102)
OF_YOGURT = 479


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """An open till with its float and a terminal in memory."""
    del qapp
    home = copy_of_demo(tmp_path / "home")
    (home / "kassa.toml").write_text('terminal = "simulated"\n', "utf-8")
    lane = open_lane(home)
    lane.open_till()
    yield lane
    lane.close()


def refused_by_card(till: Lane, *, away: bool = False) -> CustomerReturn:
    """Yogurt paid by card comes back, and the terminal refuses to give the money back, or is `away`."""
    workstation = till.opened.workstation
    workstation.sale.scan(YOGURT)
    pay_by_card(workstation)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    back = workstation.returns.complete(all_of(done))
    assert isinstance(back, CompletedReturn), back
    simulated(workstation).plugged = not away
    simulated(workstation).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    workstation.card_tendering.recover()
    return back.done


def all_of(done: CompletedSale) -> ReturnRequest:
    return ReturnRequest(done.transaction.id, lines=(LineAsked(1, Quantity.pieces(1)),))


def opened(till: Lane, number: str) -> JournalScreen:
    screen = journal(till)
    screen.open_receipt(number)
    return screen


def test_store_credit_goes_out_instead_with_a_managers_yes(till: Lane) -> None:
    done = refused_by_card(till)
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    assert "4.79" in screen.refund.told
    assert list(screen.refund.way.buttons) == ["again", "store_credit", "cash"]
    screen.refund.way.choose("store_credit")
    till.trigger("journal.keys.again")
    assert asks(till)
    till.shell.overlays.approval.answered.emit(Answered(AS_ASKED, "goodwill", DANA, DEMO_PINS[DANA]))
    assert not asks(till)
    assert "4.79" in screen.banner.message
    assert screen.aside.currentWidget() is not screen.refund
    assert screen.actions_of.buttons["failed_refund"].isHidden()
    instead = till.opened.workstation.failed_refunds.of_return(done.id)
    assert instead == ()
    assert bank_of(till.opened.workstation).balance == OF_YOGURT


def test_what_was_given_instead_stands_among_the_papers_of_the_return_with_whose_yes_it_was(till: Lane) -> None:
    done = refused_by_card(till)
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    screen.refund.way.choose("cash")
    till.trigger("journal.keys.again")
    till.shell.overlays.approval.answered.emit(Answered(AS_ASKED, "goodwill", DANA, DEMO_PINS[DANA]))
    till.trigger("journal.keys.papers")
    papers = till.shell.screen_shown
    assert isinstance(papers, PaperworkScreen)
    instead = {item.paper.value: render(item.document, 42) for item in papers.items if item.instead}
    assert list(instead) == ["refund_slip", "exception_form"]
    assert "CARD_UNAVAILABLE" in instead["exception_form"]
    assert "Dana" in instead["exception_form"]
    assert "4.79" in instead["refund_slip"]
    till.trigger("return_papers.keys.finish")
    assert till.shell.screen_shown is screen
    assert str(done.number) in screen.context


@pytest.mark.parametrize(("refuses", "balance"), [(True, OF_YOGURT), (False, 0)])
def test_asked_again_it_is_said_what_became_of_it(till: Lane, refuses: bool, balance: int) -> None:
    done = refused_by_card(till)
    if refuses:
        simulated(till.opened.workstation).script.append(Scripted(Doing.DECLINED))
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    till.trigger("journal.keys.again")
    for _ in range(250):
        if "asked" not in screen.banner.message:
            break
        QTest.qWait(20)
    assert bank_of(till.opened.workstation).balance == balance
    assert ("took no money" in screen.banner.message) is refuses
    assert screen.actions_of.buttons["failed_refund"].isHidden() is not refuses


def test_while_nobody_knows_it_can_only_be_found_out(till: Lane) -> None:
    done = refused_by_card(till, away=True)
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    assert "Nobody knows" in screen.refund.told
    assert list(screen.refund.way.buttons) == ["ask", "back", "not_back"]
    assert screen.refund.fields.isHidden()
    # The terminal is there again, and takes it.
    terminal = simulated(till.opened.workstation)
    terminal.plugged = True
    terminal.script.clear()
    till.trigger("journal.keys.again")
    for _ in range(250):
        if "asked" not in screen.banner.message:
            break
        QTest.qWait(20)
    assert "back on the card" in screen.banner.message
    assert bank_of(till.opened.workstation).balance == 0
    assert screen.actions_of.buttons["failed_refund"].isHidden()


@pytest.mark.parametrize("moved", [True, False])
def test_a_manager_decides_about_a_refund_no_terminal_answers_for(till: Lane, moved: bool) -> None:
    done = refused_by_card(till, away=True)
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    panel = screen.refund
    primary = till.window.findChild(QAction, "journal.keys.again")
    assert primary is not None
    assert primary.text() == "Ask what became of it", "F12 says what it does"
    panel.way.buttons["back" if moved else "not_back"].click()
    assert not panel.fields.isHidden()
    assert primary.text() == "Decide"
    # Nothing is decided by who gives no reason, or is not allowed to.
    till.trigger("journal.keys.again")
    panel.fields.reason.set_text("As its slip says")
    panel.fields.number.set_text(MAYA)
    panel.fields.pin.set_text(DEMO_PINS[MAYA])
    till.trigger("journal.keys.again")
    assert screen.banner.isVisible()
    assert till.opened.workstation.failed_refunds.of_return(done.id)[0].unknown
    panel.fields.number.set_text(DANA)
    panel.fields.pin.set_text(DEMO_PINS[DANA])
    till.trigger("journal.keys.again")
    left = till.opened.workstation.failed_refunds.of_return(done.id)
    assert [one.unknown for one in left] == ([] if moved else [False])
    assert ("back on the card" if moved else "took no money") in screen.banner.message
    assert primary.text() == "Print again"
    assert screen.actions_of.buttons["failed_refund"].isHidden() is moved
    assert verify_shop(till.opened.workstation.desk.shop.folder).sound
    if not moved:
        # And then it can go out another way.
        till.trigger("journal.keys.failed_refund")
        assert "cash" in screen.refund.way.buttons


def test_a_return_whose_money_went_out_offers_nothing(till: Lane) -> None:
    workstation = till.opened.workstation
    workstation.sale.scan(YOGURT)
    workstation.sale.tender_cash(1_000)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    back = workstation.returns.complete(all_of(done))
    assert isinstance(back, CompletedReturn)
    screen = opened(till, str(back.done.number))
    assert screen.actions_of.buttons["failed_refund"].isHidden()


def asks(till: Lane) -> bool:
    return till.shell.overlays.asks_approval


def test_all_of_them_are_listed_and_each_is_settled_from_there(till: Lane) -> None:
    first, second = refused_by_card(till), refused_by_card(till)
    screen = journal(till)
    screen.enter()
    assert "2 refunds" in screen.owed.button.text()
    till.trigger("journal.keys.owed")
    assert [row.id for row in screen.list.found.rows] == [first.id, second.id]
    assert screen.chosen is not None
    assert screen.chosen.id == first.id
    till.trigger("journal.keys.failed_refund")
    screen.refund.way.choose("store_credit")
    till.trigger("journal.keys.again")
    till.shell.overlays.approval.answered.emit(Answered(AS_ASKED, "goodwill", DANA, DEMO_PINS[DANA]))
    assert [row.id for row in screen.list.found.rows] == [second.id]
    till.trigger("journal.keys.owed")
    assert {row.id for row in screen.list.found.rows} > {first.id, second.id}
    assert "1 refund" in screen.owed.button.text()


def test_the_till_shows_them_among_what_is_open_and_leads_to_them(till: Lane) -> None:
    done = refused_by_card(till)
    till.shell.open_place("cash")
    cash = till.shell.screen_shown
    assert isinstance(cash, OverviewScreen)
    assert not cash.refunds_button.isHidden()
    till.trigger("cash.keys.owed_refunds")
    screen = till.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    assert [row.id for row in screen.list.found.rows] == [done.id]
    till.trigger("journal.keys.back")
    assert done.id in {row.id for row in screen.list.found.rows}
    assert len(screen.list.found.rows) == 2


def test_where_all_is_on_its_card_nothing_is_offered(till: Lane) -> None:
    screen = journal(till)
    screen.enter()
    assert screen.owed.button.isHidden()
    screen.show_owed()
    assert not screen.empty.isHidden()
