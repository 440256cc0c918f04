"""The sheet for a return: what is exceeded, what the books know, every way with its amount, and the policy's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.domain.refusal import Refused
from pos.services.policy_versions import write_policy
from pos.services.sale import CompletedSale
from pos.ui.shared.approval_sheet import ApprovalSheet
from pos.ui.shared.option_button import OptionButton
from pos.wording import LANGUAGES, Wording
from tests.lane import DANA, MAYA, MUG, SOAP, Lane, copy_of_demo, open_lane, returned, sold

BADGE = "KB-7F3Q-2M8X"
POLICY = """policy: 1
posted_since: 2020-01-01
rules:
  - {id: R4, window: {days: 15}}
  - {id: A1, approval: {same_cashier: true}}
"""


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a cashier's till with a late policy and a manager with a badge."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    desk = lane.opened.workstation.desk
    assert not isinstance(lane.opened.workstation.people.give_badge(DANA, BADGE), Refused)
    with desk.shop.books.writing() as work:
        write_policy(work, desk, POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.lock()
    lane.sign_in(MAYA)
    yield lane
    lane.close()


def sheet(till: Lane) -> ApprovalSheet:
    return till.shell.overlays.approval


def asked(till: Lane) -> None:
    """A mug and soap, sold 21 days ago; the mug is to come back."""
    bought = sold(till, MUG, SOAP)
    till.clock.move(21 * 86_400)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    assert sheet(till).isVisible()


def said(till: Lane) -> list[str]:
    return [label.text() for label in sheet(till).findChildren(QLabel) if label.isVisible()]


def chosen(till: Lane) -> OptionButton:
    return next(one for one in sheet(till).findChildren(OptionButton) if "selected" in one.accessibleName())


def test_it_says_what_is_exceeded_and_what_is_usual_and_proposes_what_the_policy_speaks_for(till: Lane) -> None:
    asked(till)
    lines = said(till)
    assert {"Over the limit by", "6 days", "Goes past", "R4, A1"} <= set(lines)
    assert any(line.startswith("Ceramic mug 350 ml · Unopened · ") for line in lines)
    assert any("could be returned until Dec 6, 2026" in line for line in lines)
    assert "Whoever sold it also takes it back." in lines
    assert "Limit of Maya Reyes" not in lines
    texts = [one.text() for one in sheet(till).findChildren(OptionButton) if one.isVisible()]
    assert texts == ["As asked: Cash", "Store credit", "Other goods instead of money", "Decline"]
    assert chosen(till).text() == "Store credit"
    assert "Recommended by the policy" in chosen(till).accessibleName()


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_known_customer_it_says_since_when_and_how_much_of_it_came_back(till: Lane, language: str) -> None:
    till.window.habits.keep_language(language, MAYA)
    till.shell.lock()
    till.sign_in(MAYA)
    station = till.opened.workstation
    found = station.customers.search()
    assert not isinstance(found, Refused)
    receipts = []
    for _ in range(2):
        station.sale.scan(MUG)
        station.sale.set_customer(found[0].id)
        station.sale.tender_cash(station.sale.view.priced.due_cash)
        done = station.sale.complete()
        assert isinstance(done, CompletedSale)
        receipts.append(done.transaction.receipt_code)
    till.clock.move(21 * 86_400)
    till.window.scanned(receipts[0])
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    words, lines = Wording(language), said(till)
    facts = [words.say("At stake"), words.say("Over the limit by"), words.say("Returns in a year")]
    assert {*facts, words.say("Customer since"), words.say("{count} of {of}", count=0, of=2)} <= set(lines)
    assert str(till.clock.moment.year) in lines
    labels = [one for one in sheet(till).findChildren(QLabel) if one.isVisible() and not one.wordWrap()]
    assert [one.text() for one in labels if one.width() < one.sizeHint().width()] == []


def test_the_badge_alone_gives_what_is_proposed(till: Lane) -> None:
    asked(till)
    till.window.scanned(BADGE)
    (done,) = returned(till)
    assert [one.kind for one in done.tenders] == ["store_credit"]
    assert done.approver == DANA


def test_as_asked_is_one_key_away(till: Lane) -> None:
    asked(till)
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    till.window.scanned(BADGE)
    (done,) = returned(till)
    assert [one.kind for one in done.tenders] == ["cash"]


def test_other_goods_lead_to_the_exchange_and_nobody_is_asked_again(till: Lane) -> None:
    asked(till)
    QTest.keyClick(sheet(till).pin, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    till.window.scanned(BADGE)
    assert returned(till) == []
    assert till.shell.screen_shown is till.shell.sell
    till.window.scanned(SOAP)
    till.trigger("sell.keys.pay")
    assert not sheet(till).isVisible()
    (done,) = returned(till)
    assert done.approver == DANA
    assert done.exchange
    assert sorted(one.kind for one in done.tenders) == ["exchange", "store_credit"], "what is left is no money"
