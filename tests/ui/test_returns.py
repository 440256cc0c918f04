"""Returns as a cashier makes them: scan the receipt, scan the goods, one key; and what stands in the way, said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Quantity, minor_text
from pos.domain.refusal import Refused
from pos.domain.return_remedies import ANY_ID
from pos.domain.return_request import LineAsked, ReturnRequest, ShownBy
from pos.domain.transaction import GIFT_CODE_PREFIX, Transaction
from pos.services.copies import Copies
from pos.services.policy_versions import write_policy
from pos.ui.items.form import ItemForm
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.shared.key_bar import BUTTONS_MAX
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane, returned, sold


@pytest.fixture
def unopened(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """A lane whose till is not open yet."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    yield lane
    lane.close()


@pytest.fixture
def till(unopened: Lane) -> Lane:
    """Return a till with its float."""
    unopened.open_till()
    return unopened


def shown(till: Lane) -> ReturnsScreen:
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    return screen


def test_a_receipted_return_of_one_line_takes_three_inputs_from_the_sale(till: Lane) -> None:
    bought = sold(till, KETTLE, MUG, SOAP)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    (done,) = returned(till)
    assert [(line.line, line.condition) for line in done.lines] == [(2, "unopened")]
    assert done.refund == bought.lines[1].total
    assert [(one.kind, one.amount) for one in done.tenders] == [("cash", done.refund)]
    assert till.shell.screen_shown.name == "return_papers"
    till.trigger("return_papers.keys.print")
    assert shown(till).draft is None


def test_the_decision_follows_every_tick_and_the_button_bears_the_amount(till: Lane) -> None:
    bought = sold(till, KETTLE, MUG)
    till.window.scanned(bought.receipt_code)
    screen = shown(till)
    assert not screen.refund_button.isEnabled()
    till.trigger("returns.keys.tick")
    assert minor_text(bought.lines[0].total, bought.currency) in screen.refund_button.text()
    till.trigger("returns.keys.tick")
    assert not screen.refund_button.isEnabled()


def test_state_and_reason_are_chosen_by_key_and_stored(till: Lane) -> None:
    bought = sold(till, MUG)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.condition")
    till.trigger("returns.keys.choice5")
    till.trigger("returns.keys.reason")
    till.trigger("returns.keys.choice2")
    till.trigger("returns.keys.refund")
    (done,) = returned(till)
    assert (done.lines[0].condition, done.lines[0].reason) == ("defective", "not_as_expected")


def test_what_came_back_already_is_refused_with_its_reason(till: Lane) -> None:
    bought = sold(till, MUG)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    assert "came back already" in shown(till).banner.message
    till.trigger("returns.keys.tick")
    assert not shown(till).refund_button.isEnabled()
    assert len(returned(till)) == 1


def test_an_unknown_receipt_is_said_and_nothing_opens(till: Lane) -> None:
    till.shell.open_place("returns")
    shown(till).open_purchase("0142-01-9999")
    assert shown(till).draft is None
    assert "0142-01-9999" in shown(till).banner.message


def test_the_last_sale_is_one_key_away_and_escape_leads_back_step_by_step(till: Lane) -> None:
    bought = sold(till, MUG)
    till.shell.open_place("returns")
    till.trigger("returns.keys.last")
    screen = shown(till)
    assert screen.draft is not None
    assert screen.draft.purchase is not None
    assert screen.draft.purchase.id == bought.id
    till.trigger("returns.keys.tick")
    till.trigger("returns.keys.back")
    assert not screen.draft.ticked
    till.trigger("returns.keys.back")
    assert screen.title == "Returns"
    assert screen.context == "Find the purchase"
    till.trigger("returns.keys.back")
    assert till.shell.screen_shown is till.shell.sell


def finished(till: Lane, bought: Transaction) -> CustomerReturn:
    """All of it came back already."""
    till.window.scanned(bought.receipt_code)
    till.trigger("returns.keys.tick")
    till.trigger("returns.keys.refund")
    return returned(till)[-1]


@pytest.mark.parametrize("place", ["sell", "items", "customers", "cash", "more"])
def test_a_returns_receipt_leads_to_what_it_was_of_from_any_screen(till: Lane, place: str) -> None:
    bought = sold(till, MUG)
    back = finished(till, bought)
    till.shell.open_place(place)
    till.window.scanned(back.code)
    assert shown(till).context == f"Receipt {bought.receipt}"


def test_a_gift_receipt_and_a_typed_number_lead_to_the_purchase_too(till: Lane) -> None:
    bought = sold(till, MUG)
    issued = Copies(till.opened.workstation.desk, prints=True).gift_receipt(bought.id)
    assert not isinstance(issued, Refused)
    with till.opened.workstation.desk.shop.books.reading() as work:
        token = work.gift_receipts.token_of(bought.id)
    till.shell.open_place("journal")
    till.window.scanned(f"{GIFT_CODE_PREFIX}{token}")
    draft = shown(till).draft
    assert draft is not None
    assert draft.shown_by is ShownBy.GIFT_RECEIPT
    till.shell.open_place("sell")
    till.shell.sell.ringing.code(f"{finished(till, sold(till, MUG)).number}")
    assert shown(till).draft is not None


def test_while_a_sale_is_open_a_receipt_opens_and_the_sale_waits(till: Lane) -> None:
    bought = sold(till, MUG)
    till.window.scanned(KETTLE)
    till.window.scanned(bought.receipt_code)
    assert shown(till).draft is not None
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    assert len(returned(till)) == 1
    assert len(till.opened.workstation.sale.view.priced.lines) == 1


def test_at_the_payment_it_is_said_why_a_receipt_does_not_open(till: Lane) -> None:
    bought = sold(till, MUG)
    till.window.scanned(KETTLE)
    till.trigger("sell.keys.pay")
    till.window.scanned(bought.receipt_code)
    assert till.shell.screen_shown is till.shell.pay
    assert "scan the receipt" in till.shell.pay.banner.message


def test_what_was_typed_into_a_form_is_not_lost_by_a_scanned_receipt(till: Lane) -> None:
    bought = sold(till, MUG)
    till.sign_in(DANA)
    till.shell.open_place("items")
    till.shell.open_place("item_edit")
    form = till.shell.screen_shown
    assert isinstance(form, ItemForm)
    form.fields.fields["name"].set_text("Something new")
    till.window.scanned(bought.receipt_code)
    assert till.shell.screen_shown is form
    assert "not saved" in form.banner.message
    form.drop()
    till.window.scanned(bought.receipt_code)
    assert shown(till).draft is not None


def test_who_is_told_no_gets_a_note_by_one_key(till: Lane) -> None:
    bought = sold(till, MUG)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    screen = shown(till)
    assert screen.refusing.button.isHidden(), "all of it may come back"
    till.trigger("returns.keys.refund")
    till.window.scanned(bought.receipt_code)
    screen.list.choose("1")
    till.trigger("returns.keys.tick")
    assert screen.refusing.button.isVisible()
    quote = screen.completing.quote
    assert quote is not None
    assert [one.code.value for one in quote.decision.reasons] == ["ALREADY_RETURNED"]
    wanted: list[tuple[str, str]] = []
    screen.paper_wanted.connect(lambda paper, job: wanted.append((paper, job)))
    till.trigger("returns.keys.refusal_note")
    ((paper, job),) = wanted
    document = till.opened.workstation.paperwork.document_of_job(job)
    assert paper == "refusal_note"
    assert document is not None
    assert document.name == "refusal_note"
    assert "note for the customer" in screen.banner.message


def searched(till: Lane, way: str, typed: str) -> ReturnsScreen:
    """What is found by this way for what was typed."""
    till.shell.open_place("returns")
    till.trigger(f"returns.keys.{way}")
    screen = shown(till)
    screen.field.set_text(typed)
    QTest.keyClick(screen.field.edit, Qt.Key.Key_Return)
    return screen


def rows(screen: ReturnsScreen) -> list[str]:
    return [row.id for row in screen.list.found.rows]


def test_up_and_down_only_look_at_a_purchase_and_enter_opens_it(till: Lane) -> None:
    older = sold(till, MUG, SOAP)
    till.clock.move(60)
    newer = sold(till, MUG)
    screen = searched(till, "reason", MUG)
    assert rows(screen) == [newer.id, older.id]
    till.trigger("returns.keys.down")
    assert screen.draft is None
    assert str(older.receipt) in screen.finding.looking.title.text()
    till.trigger("returns.keys.up")
    till.trigger("returns.keys.down")
    QTest.keyClick(screen.field.edit, Qt.Key.Key_Return)
    assert screen.context == f"Receipt {older.receipt}"


def test_the_large_key_opens_what_is_looked_at_and_a_touch_only_looks(till: Lane) -> None:
    older = sold(till, MUG)
    till.clock.move(60)
    sold(till, MUG)
    screen = searched(till, "reason", MUG)
    screen.list.picked.emit(older.id)
    assert screen.draft is None
    till.trigger("returns.keys.refund")
    assert screen.context == f"Receipt {older.receipt}"


def test_what_is_looked_at_shows_what_came_back_of_it(till: Lane) -> None:
    bought = sold(till, MUG)
    finished(till, bought)
    screen = searched(till, "reason", MUG)
    assert "came back before" in screen.finding.looking.came_back.text()
    assert screen.finding.outlook is not None
    assert not screen.finding.outlook.lines


@pytest.mark.parametrize(("days", "typed", "found"), [(0, None, 1), (9, "11/12/2026", 1), (9, None, 0), (40, "", 0)])
def test_by_item_and_day(unopened: Lane, days: int, typed: str | None, found: int) -> None:
    till = unopened
    till.clock.move(-days * 86_400)
    till.open_till()
    bought = sold(till, KETTLE)
    till.clock.move(days * 86_400)
    screen = searched(till, "reason", "kettle")
    if typed is not None:
        screen.finding.particulars.day.set_text(typed)
        screen.finding.particulars.entered.emit()
    assert rows(screen) == [bought.id] * found


def test_without_a_day_an_item_is_looked_for_in_the_last_thirty_days_and_by_amount(unopened: Lane) -> None:
    till = unopened
    till.clock.move(-20 * 86_400)
    till.open_till()
    bought = sold(till, KETTLE)
    sold(till, KETTLE, MUG)
    till.clock.move(20 * 86_400)
    screen = searched(till, "reason", KETTLE)
    screen.finding.particulars.day.set_text("")
    screen.finding.particulars.paid.set_text(minor_text(bought.paid, bought.currency))
    screen.finding.particulars.entered.emit()
    assert rows(screen) == [bought.id]


def test_a_day_or_an_amount_nobody_can_read_is_said_where_it_stands(till: Lane) -> None:
    screen = searched(till, "reason", MUG)
    screen.finding.particulars.day.set_text("yesterday")
    screen.finding.particulars.entered.emit()
    assert "11/21/2026" in screen.finding.particulars.day.refusal
    screen.finding.particulars.day.set_text("")
    screen.finding.particulars.paid.set_text("much")
    screen.finding.particulars.entered.emit()
    assert screen.finding.particulars.paid.refusal


def test_goods_scanned_where_an_item_is_looked_for_find_its_purchases(till: Lane) -> None:
    bought = sold(till, MUG)
    till.shell.open_place("returns")
    till.trigger("returns.keys.reason")
    till.window.scanned(MUG)
    assert rows(shown(till)) == [bought.id]


def test_several_customers_who_fit_are_chosen_from_and_a_card_names_one(till: Lane) -> None:
    desk = till.opened.workstation
    people = desk.customers.search("", 50)
    assert not isinstance(people, Refused)
    buyer = next(one for one in people if one.card)
    desk.sale.set_customer(buyer.id)
    bought = sold(till, MUG)
    screen = searched(till, "condition", buyer.name[0])
    assert buyer.id in rows(screen)
    assert screen.draft is None
    screen.list.choose(buyer.id)
    till.trigger("returns.keys.refund")
    assert rows(screen) == [bought.id]
    till.shell.open_place("sell")
    till.shell.open_place("returns")
    till.window.scanned(buyer.card)
    assert rows(shown(till)) == [bought.id]


ID_POLICY = """policy: 1
rules:
  - {id: R1, window: {days: 30}}
  - {id: R2, id_required: {}, override: none}
"""


def test_where_the_policy_asks_for_a_document_its_remedy_leads_to_typing_it(till: Lane) -> None:
    desk = till.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, ID_POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    bought = sold(till, MUG)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    screen = shown(till)
    assert not screen.refund_button.isEnabled()
    till.trigger("returns.keys.offer1")
    panel = screen.documents.panel
    assert panel.open
    assert screen.draft is not None
    assert screen.draft.id_shown is None, "nobody has looked at it yet"
    panel.kind.set_text("passport")
    panel.number.set_text("12")
    panel.take()
    assert panel.number.refusal
    panel.number.set_text("AB 12 34 56")
    panel.take()
    assert panel.isHidden()
    assert panel.number.text == ""
    assert "3456" in screen.documents.key.text()
    till.trigger("returns.keys.refund")
    (done,) = returned(till)
    assert (done.id_kind, done.id_shown) == ("passport", "3456")
    assert "1234" not in done.id_key


def test_a_remedys_document_that_nobody_looked_at_is_none(till: Lane) -> None:
    desk = till.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, ID_POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    bought = sold(till, MUG)
    asked = LineAsked(1, Quantity.pieces(1), condition="unopened", reason="changed_mind")
    request = ReturnRequest(bought.id, ShownBy.RECEIPT, (asked,), id_shown=ANY_ID)
    answer = till.opened.workstation.returns.complete(request)
    assert isinstance(answer, Refused)
    assert returned(till) == []


def test_without_a_receipt_the_document_is_one_key_away_and_escape_puts_it_back(till: Lane) -> None:
    till.shell.open_place("returns")
    till.trigger("returns.keys.manager")
    till.window.scanned(MUG)
    till.trigger("returns.keys.document")
    screen = shown(till)
    assert screen.documents.panel.open
    till.trigger("returns.keys.back")
    assert screen.documents.panel.isHidden()
    assert screen.draft is not None
    assert screen.draft.ticked


def test_the_key_bar_holds_the_keys_of_every_stage(till: Lane) -> None:
    bought = sold(till, MUG)
    till.shell.open_place("returns")
    screen = shown(till)
    assert len([key for key in screen.key_bar if key.isVisible()]) <= BUTTONS_MAX
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    assert len([key for key in screen.key_bar if key.isVisible()]) <= BUTTONS_MAX
    till.shell.open_place("sell")
    till.shell.open_place("returns")
    till.trigger("returns.keys.manager")
    till.window.scanned(MUG)
    assert screen.documents.button.isVisible()
    assert len([key for key in screen.key_bar if key.isVisible()]) <= BUTTONS_MAX
