"""The place where the policy is tried: what it says of a case, beside it what is to be switched on, and kept cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.item import Item
from pos.domain.policy_case import CaseAsked, GoodsAsked
from pos.domain.refusal import Refused
from pos.services.verify import verify_books
from pos.ui.policy.screen import PolicyScreen
from pos.ui.policy_try.goods_form import LINES_MAX
from pos.ui.policy_try.screen import ASK, KEPT, PolicyTryScreen
from pos.ui.working import Working
from tests.lane import DANA, KETTLE, MUG, Lane, copy_of_demo, open_lane, wait_until
from tests.screens_returns import press

OLD = """policy: 1
name: House rules
rules:
  - {id: R1, window: {days: 30}}
  - {id: R2, final_sale: {}, for: {flag: clearance}, override: none}
  - {id: R3, question: {ask: sealed, wanted: [yes]}, for: {flag: bargain}}
"""
NEW = OLD.replace("days: 30", "days: 45")


@pytest.fixture
def lane(tmp_path: Path, qapp: QApplication) -> Iterator[Lane]:
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till(50_000)
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)
    assert not isinstance(lane.opened.workstation.policies.put(OLD, date(2026, 9, 1)), Refused)
    yield lane
    lane.close()


def until_done(working: Working) -> None:
    """Let the worker end, and what it found be shown."""
    wait_until(lambda: not working.busy)
    assert not working.busy
    QApplication.processEvents()


def trying(lane: Lane) -> PolicyTryScreen:
    lane.shell.open_place("policy_try")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyTryScreen)
    return screen


def asked(lane: Lane, **fields: str) -> PolicyTryScreen:
    """The kettle, bought forty days ago unless said otherwise."""
    screen = trying(lane)
    screen.form.fields["bought"].set_text("10/12/2026")
    for name, text in fields.items():
        screen.form.fields[name].set_text(text)
    screen.take_scan(KETTLE)
    until_done(screen.working)
    return screen


def with_file(lane: Lane, tmp_path: Path, text: str) -> PolicyScreen:
    """The policy's window, looking at this text."""
    lane.shell.open_place("policy")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyScreen)
    path = tmp_path / "new.yaml"
    path.write_text(text, "utf-8")
    screen.look_at(path)
    return screen


def page(screen: PolicyTryScreen) -> str:
    return screen.page.choice


def kept(lane: Lane) -> list[str]:
    return [case.name for case in lane.opened.workstation.policies.cases.kept()]


def test_a_case_is_answered_with_its_rule_its_sentence_and_the_money(lane: Lane) -> None:
    screen = asked(lane)
    told = screen.in_force.told
    assert screen.in_force.title.text() == "Version 1 · House rules"
    assert "Not returnable" in told
    assert "Rule R1" in told
    assert "Pour-over kettle 1 L could be returned until Nov 11, 2026." in told
    assert screen.draft.isHidden()
    screen.form.fields["bought"].set_text("11/12/2026")
    press(lane, "F12")
    until_done(screen.working)
    assert screen.in_force.told[0] == "Full refund"
    assert verify_books(lane.opened.workstation.desk.shop).sound


def test_what_is_to_be_switched_on_stands_beside_what_holds(lane: Lane, tmp_path: Path) -> None:
    with_file(lane, tmp_path, NEW).go_try()
    screen = asked(lane)
    assert (screen.in_force.told[0], screen.draft.told[0]) == ("Not returnable", "Full refund")
    assert "Sales before Nov 22, 2026 stay judged as before." in screen.draft.told
    assert not screen.draft.isHidden()


def test_the_form_offers_what_the_policy_asks_for_and_says_what_it_cannot_read(lane: Lane) -> None:
    screen = asked(lane, bought="11/12/2026", flag="clearance")
    screen.form.fields["flag"].set_text("clearance")
    press(lane, "F12")
    until_done(screen.working)
    assert "Rule R2" in screen.in_force.told
    assert not screen.form.fields["answers"].isHidden()
    screen.form.fields["bought"].set_text("yesterday")
    press(lane, "F12")
    assert screen.form.fields["bought"].refusal == "Type a day, as 11/21/2026."
    screen.form.fields["bought"].set_text("11/21/2026")
    screen.form.fields["back"].set_text("11/20/2026")
    screen.form.fields["price"].set_text("x")
    press(lane, "F12")
    assert screen.form.fields["price"].refusal
    screen.form.fields["price"].set_text("45.00")
    press(lane, "F12")
    assert screen.form.fields["back"].refusal == "That is before it was bought."
    assert not screen.working.busy


def test_without_an_item_it_asks_for_one_and_an_unknown_one_is_said(lane: Lane) -> None:
    screen = trying(lane)
    press(lane, "F12")
    assert not screen.banner.isHidden()
    screen.field.submitted.emit("no such thing at all")
    assert screen.form.item is None
    screen.field.submitted.emit("kettle")
    until_done(screen.working)
    assert screen.form.item is not None


def test_a_case_is_kept_tried_and_taken_away(lane: Lane) -> None:
    screen = asked(lane)
    press(lane, "F5")
    assert kept(lane) == ["Pour-over kettle 1 L, 40 days, unopened, receipt, cash"]
    press(lane, "F5")
    assert len(kept(lane)) == 1, "the name is taken"
    screen.called.set_text("twice")
    press(lane, "F5")
    assert len(kept(lane)) == 2
    press(lane, "F9")
    assert page(screen) == KEPT
    press(lane, "F6")
    until_done(screen.working)
    assert [row.figure for row in screen.list.found.rows] == ["as expected", "as expected"]
    press(lane, "Down")
    press(lane, "F7")
    assert len(kept(lane)) == 1
    press(lane, "Esc")
    press(lane, "Esc")
    assert page(screen) == ASK
    press(lane, "Esc")
    assert isinstance(lane.shell.screen_shown, PolicyScreen)


def test_what_a_draft_breaks_is_said_case_by_case(lane: Lane, tmp_path: Path) -> None:
    asked(lane)
    press(lane, "F5")
    with_file(lane, tmp_path, NEW).go_try()
    screen = trying(lane)
    press(lane, "F6")
    until_done(screen.working)
    assert [row.figure for row in screen.list.found.rows] == ["otherwise"]
    press(lane, "Down")
    assert "Expected: Not returnable. Now: Full refund." in screen.in_force.told[0]


def test_esc_stops_the_asking(lane: Lane) -> None:
    screen = trying(lane)
    screen.take_scan(KETTLE)
    assert screen.working.busy
    press(lane, "Esc")
    until_done(screen.working)
    assert screen.asked is None
    assert lane.shell.screen_shown is screen


def test_a_version_that_breaks_a_case_waits_for_the_owner(lane: Lane, tmp_path: Path) -> None:
    asked(lane)
    press(lane, "F5")
    screen = with_file(lane, tmp_path, NEW)
    press(lane, "F12")
    until_done(screen.switching.working)
    assert len(screen.versions) == 1
    assert lane.shell.overlays.approval.isVisible()
    lane.shell.overlays.approval.close_overlay()
    assert "come out otherwise" in screen.banner.accessibleName()
    screen.enter()
    assert len(screen.versions) == 1


def test_a_version_that_breaks_nothing_is_switched_on_after_its_cases(lane: Lane, tmp_path: Path) -> None:
    asked(lane, bought="11/12/2026")
    press(lane, "F5")
    screen = with_file(lane, tmp_path, NEW)
    press(lane, "F12")
    assert screen.switching.busy
    until_done(screen.switching.working)
    assert len(screen.versions) == 2


def test_esc_while_the_cases_are_tried_switches_nothing_on(lane: Lane, tmp_path: Path) -> None:
    asked(lane, bought="11/12/2026")
    press(lane, "F5")
    screen = with_file(lane, tmp_path, NEW)
    press(lane, "F12")
    press(lane, "Esc")
    until_done(screen.switching.working)
    assert len(screen.versions) == 1


def test_several_lines_and_tenders_are_asked_and_each_line_has_its_outcome(lane: Lane) -> None:
    screen = asked(lane, bought="11/12/2026")
    screen.form.fields["flag"].set_text("clearance")
    screen.take_scan(MUG)
    until_done(screen.working)
    told = screen.in_force.told
    assert told[0] == "Some of it"
    assert "1 × Pour-over kettle 1 L · Unopened" in told
    assert told.index("1 × Pour-over kettle 1 L · Unopened") < told.index("Rule R2")
    assert "amount" in screen.form.purchase.hidden
    screen.form.fields["second"].set_text("credit")
    screen.form.fields["third"].set_text("gift_card")
    screen.form.purchase.changed.emit()
    assert not screen.form.purchase.hidden & {"amount", "second_amount"}
    screen.form.fields["amount"].set_text("100.00")
    press(lane, "F12")
    assert screen.form.fields["amount"].refusal == "Type an amount below $54.50."
    screen.form.fields["amount"].set_text("10.00")
    screen.form.fields["second_amount"].set_text("40.00")
    press(lane, "F12")
    until_done(screen.working)
    assert screen.asked is not None
    assert [one.kind for one in screen.asked.case.paid] == ["cash", "credit", "gift_card"]
    assert any(line.startswith("Credit card") for line in screen.in_force.told)


def test_a_line_is_chosen_and_taken_out_and_the_same_item_says_one_price(lane: Lane) -> None:
    screen = asked(lane, bought="11/12/2026")
    screen.take_scan(KETTLE)
    until_done(screen.working)
    screen.form.fields["condition"].set_text("opened")
    screen.form.fields["price"].set_text("40.00")
    press(lane, "F12")
    assert "The same item stands above" in screen.form.fields["price"].refusal
    screen.form.fields["price"].set_text("45.00")
    press(lane, "Up")
    assert screen.form.fields["condition"].text == "unopened"
    press(lane, "F12")
    until_done(screen.working)
    assert "1 × Pour-over kettle 1 L · Opened" in screen.in_force.told
    press(lane, "F7")
    assert len(screen.form.goods.lines) == 1
    assert screen.asked is None
    press(lane, "F8")
    assert not screen.form.goods.lines
    for _ in range(LINES_MAX):
        assert screen.form.take(item_of(lane))
    assert not screen.form.take(item_of(lane))


def item_of(lane: Lane) -> Item:
    item = lane.opened.workstation.catalogue.of_code(KETTLE)
    assert item is not None
    return item


def test_a_kept_case_is_opened_changed_and_kept_again_under_its_name(lane: Lane) -> None:
    screen = asked(lane)
    screen.called.set_text("late")
    press(lane, "F5")
    press(lane, "F8")
    press(lane, "F9")
    press(lane, "Down")
    press(lane, "F3")
    until_done(screen.working)
    assert page(screen) == ASK
    assert screen.called.text == "late"
    assert screen.form.fields["bought"].text == "10/12/2026"
    assert "Rule R1" in screen.in_force.told
    screen.form.fields["bought"].set_text("11/12/2026")
    press(lane, "F12")
    until_done(screen.working)
    press(lane, "F5")
    (case,) = lane.opened.workstation.policies.cases.kept()
    assert (case.number, case.name, "2026-11-12" in case.script) == (2, "late", True)
    screen.called.set_text("another")
    press(lane, "F5")
    assert kept(lane) == ["late", "another"]
    assert verify_books(lane.opened.workstation.desk.shop).sound


def test_a_case_written_by_hand_is_shown_as_it_is_written(lane: Lane) -> None:
    screen = asked(lane)
    press(lane, "F5")
    cases = lane.opened.workstation.policies.cases
    script = cases.kept()[0].script.replace("steps:\n", "steps:\n  - no_sale: {reason: change}\n")
    assert screen._player is not None
    assert not isinstance(cases.keep("by hand", script, screen._player, screen.words), Refused)
    press(lane, "F9")
    press(lane, "Down")
    press(lane, "Down")
    assert "no_sale" in screen.in_force.told[-1]
    assert "was written by hand" in screen.in_force.told[-2]
    press(lane, "F3")
    assert page(screen) == KEPT
    press(lane, "Up")
    assert "was written by hand" not in " ".join(screen.in_force.told)


def test_what_a_kept_case_says_stays_where_no_policy_knows_its_words_any_more(lane: Lane) -> None:
    screen = trying(lane)
    item = item_of(lane)
    goods = GoodsAsked(replace(item, department="Gone"), 4500, condition="mouldy", reason="why_not", missing=("lid",))
    odd = replace(goods, facts={"nobody": "asks"})
    case = CaseAsked((odd,), date(2026, 10, 12), date(2026, 11, 21), tier="gold", customer=True, region="SE", offer="7")
    assert screen.form.show_case(case, screen.words, date(2026, 11, 21))
    screen.retranslate()
    assert screen.form.asked(screen.words, date(2026, 11, 21)) == case
