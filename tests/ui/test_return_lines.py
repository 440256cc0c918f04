"""The lines of a return as a cashier sees them: what the policy would say, why, and what can be offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.money import Quantity
from pos.domain.refusal import Refused
from pos.domain.requirement import Answers
from pos.domain.return_request import ShownBy
from pos.domain.transaction import Transaction
from pos.services.demo_items import demo_gtin
from pos.services.policy_versions import write_policy
from pos.ui.returns.line_list import LineRow
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.shared.row_list import ROW_HEIGHT
from tests.lane import KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane, sold

SPEAKER = demo_gtin(4021)
HOUSE = "policy: 1\nname: House\nrules:\n  - {id: R1, window: {days: 30}}\n"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def bought(till: Lane, *codes: str, policy: str) -> Transaction:
    """The lines of a sale on the screen, judged by this policy."""
    sale = sold(till, *codes)
    with till.opened.workstation.desk.shop.books.writing() as work:
        write_policy(work, till.opened.workstation.desk, policy, date(2020, 1, 1), None, by="")
        work.commit()
    till.window.scanned(sale.receipt_code)
    return sale


def shown(till: Lane) -> ReturnsScreen:
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    return screen


def rows(till: Lane) -> list[LineRow]:
    found = shown(till).list.found.rows
    assert all(isinstance(row, LineRow) for row in found)
    return [row for row in found if isinstance(row, LineRow)]


def test_before_a_tick_each_line_says_what_the_policy_would_say(till: Lane) -> None:
    final = HOUSE + "  - {id: R7, final_sale: {}, for: {category: kitchen}, override: none}\n"
    sale = bought(till, MUG, SOAP, policy=final.replace("kitchen", "Kitchen"))
    assert {line.department for line in sale.lines} >= {"Kitchen"}
    mug, soap = rows(till)
    assert (mug.ticked, mug.verdict, mug.because) == (False, "Not returnable", "R7 · final sale")
    assert soap.verdict == "Full refund"
    assert soap.because.startswith("until ")
    till.trigger("returns.keys.down")
    till.trigger("returns.keys.tick")
    assert [row.ticked for row in rows(till)] == [False, True]
    assert rows(till)[1].count == "1 of 1"


def test_a_scanner_with_caps_lock_on_opens_the_return_too(till: Lane) -> None:
    sale = sold(till, MUG)
    till.window.scanned(sale.receipt_code.lower())
    assert len(rows(till)) == 1
    assert str(sale.receipt) in shown(till).context


def test_a_touch_on_the_box_ticks_and_elsewhere_it_only_chooses(till: Lane) -> None:
    bought(till, KETTLE, MUG, policy=HOUSE)
    view = shown(till).list
    beside = view.visualRect(view.found.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert [row.ticked for row in rows(till)] == [False, False]
    assert view.chosen == "2"
    box = QPoint(30, view.visualRect(view.found.index(0)).center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert [row.ticked for row in rows(till)] == [True, False]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert [row.ticked for row in rows(till)] == [False, False]


def test_how_many_come_back_is_one_touch_less_or_more(till: Lane) -> None:
    till.opened.workstation.sale.scan(MUG, Quantity.pieces(3))
    bought(till, policy=HOUSE)
    screen = shown(till)
    till.trigger("returns.keys.tick")
    assert not screen.saying.strip.more.isEnabled()
    screen.saying.strip.less.click()
    assert rows(till)[0].count == "2 of 3"
    assert screen.saying.strip.more.isEnabled()
    screen.saying.strip.less.click()
    assert not screen.saying.strip.less.isEnabled()
    assert rows(till)[0].count == "1 of 3"


def test_an_offer_is_taken_by_one_key(till: Lane) -> None:
    sale = bought(till, KETTLE, policy=HOUSE)
    screen = shown(till)
    till.trigger("returns.keys.tick")
    assert screen.saying.quantity("2")
    assert not screen.refund_button.isEnabled()
    (offer,) = screen.decision.offers
    assert offer.text() == "Take back 1."
    till.trigger("returns.keys.offer1")
    assert rows(till)[0].count == "1 of 1"
    till.trigger("returns.keys.refund")
    with till.opened.workstation.desk.shop.books.reading() as work:
        (done,) = [work.returns.get(one) for one in work.returns.ids()]
    assert done is not None
    assert done.refund == sale.paid


def test_who_may_agree_is_asked_by_the_offer_that_needs_it(till: Lane) -> None:
    bought(till, KETTLE, policy="policy: 1\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n")
    till.trigger("returns.keys.tick")
    assert rows(till)[0].because == "R1 · state: Unopened"
    till.trigger("returns.keys.offer1")
    assert till.shell.overlays.asks_approval


def test_the_fee_is_given_up_by_one_offer_and_one_yes(till: Lane) -> None:
    sale = bought(till, KETTLE, policy="policy: 1\nrules:\n  - {id: F1, restocking_fee: {percent: '10'}}\n")
    screen = shown(till)
    till.trigger("returns.keys.tick")
    kept = screen.decision.amount.text()
    assert [row.verdict for row in rows(till)] == ["Reduced refund"]
    (offer,) = screen.decision.offers
    assert offer.text() == "Keep nothing of it."
    till.trigger("returns.keys.offer1")
    assert till.shell.overlays.asks_approval, "the manager is asked at once"
    QTest.keyClick(till.shell.overlays.approval, Qt.Key.Key_Escape)
    (back, *_) = screen.decision.offers
    assert back.text() == "Keep what the rule says."
    till.trigger("returns.keys.offer1")
    assert screen.decision.amount.text() == kept
    till.trigger("returns.keys.offer1")
    QTest.keyClick(till.shell.overlays.approval, Qt.Key.Key_Escape)
    for _ in range(2):
        till.trigger("returns.keys.tick")
    assert screen.decision.amount.text() == kept, "it was asked for the lines that were ticked then"
    till.trigger("returns.keys.refund")
    with till.opened.workstation.desk.shop.books.reading() as work:
        (done,) = [work.returns.get(one) for one in work.returns.ids()]
    assert done is not None
    assert done.refund < sale.paid


def test_a_serial_number_is_scanned_never_filled_in(till: Lane) -> None:
    asked = till.opened.workstation.sale.scan(SPEAKER, None, Answers(serials=("SN-000001",)))
    assert not isinstance(asked, Refused), asked
    bought(till, policy=HOUSE)
    screen = shown(till)
    till.trigger("returns.keys.tick")
    assert rows(till)[0].verdict == "Not returnable"
    till.trigger("returns.keys.offer1")
    assert screen.draft is not None
    assert screen.draft.ticked[1].serial == ""
    assert "serial" in screen.banner.message
    till.window.scanned("SN-000002")
    assert not screen.refund_button.isEnabled()
    assert rows(till)[0].because.endswith("other serial number")
    till.window.scanned("SN-000001")
    assert screen.refund_button.isEnabled()
    till.trigger("returns.keys.refund")
    with till.opened.workstation.desk.shop.books.reading() as work:
        (done,) = [work.returns.get(one) for one in work.returns.ids()]
    assert done is not None
    assert done.lines[0].serial == "SN-000001"


def test_a_proof_nobody_saw_is_not_written_down_by_a_touch(till: Lane) -> None:
    bought(till, KETTLE, policy="policy: 1\nrules:\n  - {id: R1, proof: {accept: [receipt]}}\n")
    screen = shown(till)
    assert screen.draft is not None
    screen.draft.shown_by = ShownBy.CARD_LOOKUP
    till.trigger("returns.keys.tick")
    (offer,) = [one for one in screen.completing.offers if one.remedy is not None]
    assert offer.remedy is not None
    assert offer.remedy.code == "SHOW_PROOF"
    screen.decision.offers[0].click()
    assert screen.draft.shown_by is ShownBy.CARD_LOOKUP
    assert "receipt" in screen.banner.message


def test_on_the_smallest_screen_the_chosen_line_and_its_reason_stay_readable(till: Lane) -> None:
    till.window.resize(1024, 768)
    bought(till, KETTLE, MUG, SOAP, MUG, policy=HOUSE)
    till.window.scanned(MUG)
    till.trigger("returns.keys.reason")
    QApplication.processEvents()
    screen = shown(till)
    row = screen.list.visualRect(screen.list.currentIndex())
    assert screen.list.viewport().rect().contains(row)
    for button in (screen.saying.strip.condition, screen.saying.strip.reason):
        assert button.width() >= button.sizeHint().width(), button.text()


LATE = "policy: 1\nname: House\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n"


def test_in_a_narrow_list_a_line_is_as_tall_as_what_is_said_of_it(till: Lane) -> None:
    bought(till, KETTLE, MUG, policy=LATE)
    till.window.scanned(MUG)
    till.trigger("returns.keys.condition")
    lines = shown(till).list

    def heights() -> list[int]:
        QApplication.processEvents()
        return [lines.sizeHintForIndex(lines.found.index(row)).height() for row in range(2)]

    till.window.resize(1366, 768)
    assert heights() == [ROW_HEIGHT, ROW_HEIGHT]
    till.window.resize(1024, 768)
    open_one, ticked = heights()
    assert open_one == ROW_HEIGHT
    assert ticked > ROW_HEIGHT, "how many, in what state, why, and the rule do not fit beside each other"


def test_a_line_that_waits_for_a_yes_says_what_would_come_back(till: Lane) -> None:
    bought(till, KETTLE, MUG, policy=LATE)
    till.window.scanned(MUG)
    row = next(row for row in rows(till) if row.ticked)
    assert (row.verdict, row.figure) == ("Manager decides", "10.19")


def test_what_came_back_already_says_so(till: Lane) -> None:
    sale = bought(till, KETTLE, MUG, policy=HOUSE)
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    till.window.scanned(sale.receipt_code)
    assert [(row.ticked, row.verdict) for row in rows(till)] == [(False, "Full refund"), (None, "Came back already")]


def test_of_what_no_rule_of_the_shop_decides_no_rule_is_named(till: Lane) -> None:
    till.shell.open_place("returns")
    till.trigger("returns.keys.manager")
    till.window.scanned(MUG)
    (row,) = rows(till)
    assert row.because == "without a receipt"
