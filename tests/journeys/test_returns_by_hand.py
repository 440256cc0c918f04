"""Returns and exchanges through the real program by keyboard and scanner, with every input counted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from pos.domain.customer_return import CustomerReturn
from pos.domain.refusal import Refused
from pos.domain.transaction import Transaction
from pos.services.demo_shop import DEMO_PINS
from pos.services.policy_versions import write_policy
from pos.ui.returns.screen import ReturnsScreen
from pos.workstation import Workstation
from tests.journeys.test_first_sale import Till, begin_by_keyboard, till
from tests.lane import DANA, KETTLE, MUG

__all__ = ["till"]

BADGE = "KB-7HQ4WX9D2LPM"
ASKS = "policy: 1\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n"


def at(till: Till) -> Workstation:
    assert till.app.opened is not None
    return till.app.opened.workstation


def bought(till: Till, *codes: str) -> Transaction:
    """A sale rung up by hand and paid exactly; what follows is counted."""
    begin_by_keyboard(till)
    for code in codes:
        till.scan(code)
    till.key(Qt.Key.Key_F12)
    till.key(Qt.Key.Key_Return)
    till.inputs.clear()
    return till.last()


def opened(till: Till, code: str) -> None:
    """A receipt is scanned; its lines are waited for."""
    till.scan(code)
    lines_shown(till)


def lines_shown(till: Till) -> None:
    till.until(lambda: isinstance(screen := till.shell.screen_shown, ReturnsScreen) and screen.draft is not None)


def paid_out(till: Till, count: int) -> list[CustomerReturn]:
    """The returns in the books, once there are so many of them."""
    till.until(lambda: len(came_back(till)) == count)
    return came_back(till)


def came_back(till: Till) -> list[CustomerReturn]:
    with at(till).desk.shop.books.reading() as work:
        return [done for one in work.returns.ids() if (done := work.returns.get(one)) is not None]


def test_one_line_comes_back_in_three_inputs_and_with_its_reason_in_five(till: Till) -> None:
    sale = bought(till, KETTLE, MUG)
    opened(till, sale.receipt_code)
    till.scan(MUG)
    till.key(Qt.Key.Key_F12)
    assert len(till.inputs) == 3
    (first,) = paid_out(till, 1)
    assert (first.refund, first.lines[0].line) == (sale.lines[1].total, 2)
    till.inputs.clear()
    opened(till, sale.receipt_code)
    till.scan(KETTLE)
    till.key(Qt.Key.Key_F5)
    till.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    till.key(Qt.Key.Key_F12)
    assert len(till.inputs) <= 5
    both = paid_out(till, 2)
    assert sum(done.refund for done in both) == sale.paid
    assert both[1].lines[0].reason == "not_as_expected"


def test_like_for_like_takes_five_inputs_and_no_money(till: Till) -> None:
    sale = bought(till, KETTLE, MUG)
    opened(till, sale.receipt_code)
    till.scan(MUG)
    till.key(Qt.Key.Key_F9)
    till.until(lambda: till.shell.screen_shown is till.shell.sell)
    till.scan(MUG)
    till.key(Qt.Key.Key_F12)
    assert len(till.inputs) <= 7
    (done,) = paid_out(till, 1)
    assert (done.refund, done.tenders) == (0, ())
    assert [line.instead for line in done.lines] == [sale.lines[1].item]


def test_a_manager_agrees_by_one_scan_of_the_badge(till: Till) -> None:
    sale = bought(till, MUG)
    workstation = at(till)
    with workstation.desk.shop.books.writing() as work:
        write_policy(work, workstation.desk, ASKS, date(2020, 1, 1), None, by="")
        work.commit()
    give_badge(till)
    till.inputs.clear()
    opened(till, sale.receipt_code)
    till.scan(MUG)
    till.key(Qt.Key.Key_F12)
    till.until(lambda: till.shell.overlays.asks_approval)
    assert came_back(till) == []
    asked = len(till.inputs)
    till.scan(BADGE)
    assert len(till.inputs) - asked == 1
    (done,) = paid_out(till, 1)
    assert done.refund == sale.paid
    assert done.approver == DANA


def give_badge(till: Till) -> None:
    """The manager has one; her own desk gave it."""
    sign_on, people = at(till).sign_on, at(till).people
    cashier = sign_on.operator
    assert cashier is not None
    assert not isinstance(sign_on.sign_on(DANA, DEMO_PINS[DANA]), Refused)
    assert not isinstance(people.give_badge(DANA, BADGE), Refused)
    assert not isinstance(sign_on.sign_on(cashier.id, DEMO_PINS[cashier.id]), Refused)


def test_a_purchase_found_by_item_is_looked_at_before_it_opens(till: Till) -> None:
    sale = bought(till, MUG)
    till.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    till.until(lambda: isinstance(till.shell.screen_shown, ReturnsScreen))
    till.key(Qt.Key.Key_F5)
    till.scan(MUG)
    till.key(Qt.Key.Key_Down)
    till.key(Qt.Key.Key_Return)
    lines_shown(till)
    till.scan(MUG)
    till.key(Qt.Key.Key_F12)
    (done,) = paid_out(till, 1)
    assert (done.purchase, done.shown_by) == (sale.id, "bank_statement")
