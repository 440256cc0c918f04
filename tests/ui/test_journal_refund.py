"""A card that took no money back: asked again, or paid out another way, from the receipt of the return."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
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
from pos.ui.journal.screen import JournalScreen
from pos.ui.shared.approval_sheet import Answered
from tests.corner_shop import bank_of, pay_by_card, simulated
from tests.lane import DANA, Lane, copy_of_demo, open_lane
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


def test_while_nobody_knows_nothing_is_offered(till: Lane) -> None:
    done = refused_by_card(till, away=True)
    screen = opened(till, str(done.number))
    till.trigger("journal.keys.failed_refund")
    assert "Nobody knows" in screen.refund.told
    assert screen.refund.way.isHidden()
    assert screen.refund.do_button.isHidden()
    wanted: list[str] = []
    screen.refund.wanted.connect(lambda *_: wanted.append("asked"))
    screen.refund.confirm()
    assert wanted == []


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
