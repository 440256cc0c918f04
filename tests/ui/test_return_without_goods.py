"""Money without goods: of one receipt, with a reason, within the policy's limit or with somebody's yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.journal import EntryKind
from pos.services.demo_shop import DEMO_PINS
from pos.services.desk import read_payload
from pos.services.policy_versions import write_policy
from pos.ui.returns.without_goods import WithoutGoodsScreen
from pos.ui.shared.approval_sheet import Answered
from tests.lane import DANA, MUG, SOAP, Lane, copy_of_demo, open_lane, returned, sold

POLICY = 'policy: 1\nrules: [{id: M1, goodwill: {most: "2.00"}}]\n'


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float, where two dollars are given without asking."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    yield lane
    lane.close()


def shown(till: Lane) -> WithoutGoodsScreen:
    screen = till.shell.screen_shown
    assert isinstance(screen, WithoutGoodsScreen)
    return screen


def typed(till: Lane, amount: str) -> None:
    QTest.keyClicks(shown(till).amount, amount)


def test_from_the_receipt_on_the_returns_screen_by_key_within_the_limit(till: Lane) -> None:
    bought = sold(till, MUG, SOAP)
    till.window.scanned(bought.receipt_code)
    till.trigger("returns.keys.money")
    assert str(bought.receipt) in shown(till).context
    typed(till, "1.50")
    assert "1.50" in shown(till).do_button.text()
    till.trigger("money_back.keys.choice2")
    till.trigger("money_back.keys.do")
    (done,) = returned(till)
    assert (done.purchase, done.lines, done.refund, done.reason) == (bought.id, (), 150, "price_error")
    assert [(one.kind, one.amount) for one in done.tenders] == [("cash", 150)]
    till.trigger("return_papers.keys.print")
    assert shown(till).found is None


def test_what_was_given_before_counts_towards_the_limit_and_somebody_agrees_beyond_it(till: Lane) -> None:
    bought = sold(till, MUG)
    till.shell.open_place("money_back")
    till.window.scanned(bought.receipt_code)
    typed(till, "1.50")
    QTest.keyClick(shown(till).amount, Qt.Key.Key_Return)
    till.trigger("return_papers.keys.print")
    till.window.scanned(bought.receipt_code)
    assert "1.50" in shown(till)._so_far.text()
    typed(till, "1.00")
    till.trigger("money_back.keys.do")
    sheet = till.shell.overlays.approval
    assert sheet.isVisible()
    assert len(returned(till)) == 1, "nothing is given before somebody agreed"
    sheet.answered.emit(Answered("as_asked", "goodwill", DANA, DEMO_PINS[DANA]))
    assert [one.refund for one in returned(till)] == [150, 100]
    desk = till.opened.workstation.desk
    with desk.shop.books.reading() as work:
        entries = [one for one, _ in work.journal.entries(desk.number)]
    asked = read_payload(next(one for one in entries if one.kind is EntryKind.APPROVAL_ASKED))
    assert (asked["limit_of"], asked["code"], asked["after"]) == ("goodwill", "GOODWILL_LIMIT", 100)


def test_more_than_was_paid_is_refused_and_escape_goes_back_step_by_step(till: Lane) -> None:
    sold(till, SOAP)
    till.shell.open_place("money_back")
    till.trigger("money_back.keys.last")
    typed(till, "99")
    assert not shown(till).do_button.isEnabled()
    till.trigger("money_back.keys.back")
    assert not shown(till).amount.entry
    till.trigger("money_back.keys.back")
    assert shown(till).found is None
    till.trigger("money_back.keys.back")
    assert till.shell.screen_shown is not None
    assert till.shell.screen_shown.name == "returns"


def test_store_credit_instead_is_asked_about_where_the_policy_names_no_other_way(till: Lane) -> None:
    bought = sold(till, MUG)
    till.shell.open_place("money_back")
    till.window.scanned(bought.receipt_code)
    typed(till, "1.00")
    till.trigger("money_back.keys.tenders")
    quote = shown(till).completing.quote
    assert quote is not None
    assert [one.code.value for one in quote.decision.approvals_needed] == ["TENDER_NOT_ALLOWED"]
