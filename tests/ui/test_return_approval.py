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
from pos.ui.shared.approval_sheet import ApprovalSheet
from pos.ui.shared.option_button import OptionButton
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
    assert any("could be returned until Dec 6, 2026" in line for line in lines)
    assert "Whoever sold it also takes it back." in lines
    assert "Limit of Maya Reyes" not in lines
    texts = [one.text() for one in sheet(till).findChildren(OptionButton) if one.isVisible()]
    assert texts == ["As asked: Cash", "Store credit", "Other goods instead of money", "Decline"]
    assert chosen(till).text() == "Store credit"
    assert "Recommended by the policy" in chosen(till).accessibleName()


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
