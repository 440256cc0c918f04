"""Claims under the law at the counter: taken in from the decision, listed until they are settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Refused
from pos.domain.return_decision import Verdict
from pos.ui.returns.claims import ClaimsScreen
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.shared.form import ChoiceBox
from tests.lane import DANA, KETTLE, Lane, copy_of_demo, open_lane, returned, sold

POLICY = "policy: 1\nrules:\n  - {id: R1, window: {days: 30}, override: none}\n"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """A till of a Czech shop that takes nothing back after thirty days but what the law answers for."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    workstation = lane.opened.workstation
    lane.sign_in(DANA)
    assert not isinstance(workstation.policies.put(POLICY, date(2026, 11, 21)), Refused)
    lane.open_till()
    workstation.desk.rules = replace(workstation.desk.rules, region="CZ")
    yield lane
    lane.close()


def at_the_decision(till: Lane) -> ReturnsScreen:
    """A kettle that broke when the shop's own days were over, ticked."""
    bought = sold(till, KETTLE)
    till.clock.moment += timedelta(days=60)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(KETTLE)
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    assert screen.draft is not None
    screen.draft.say(1, {"condition": "defective", "reason": "defective"})
    screen.judge()
    assert screen.completing.quote is not None
    assert screen.completing.quote.decision.verdict is Verdict.STATUTORY_CLAIM
    return screen


def taken_in(till: Lane) -> ReturnsScreen:
    screen = at_the_decision(till)
    till.trigger("returns.keys.claim")
    claiming = screen.refusing.claiming
    assert claiming.panel.open
    assert isinstance(claiming.panel.remedy.editor, ChoiceBox)
    claiming.panel.remedy.set_text("replace")
    claiming.panel.wrong.set_text("Leaks at the lid")
    claiming.panel.take()
    return screen


def test_a_claim_is_taken_in_from_the_decision_and_no_money_moves(till: Lane) -> None:
    screen = taken_in(till)
    assert not screen.refusing.claiming.panel.open
    assert screen.draft is not None
    assert not screen.draft.ticked
    assert not returned(till)
    claims = till.opened.workstation.return_claims.waiting()
    assert not isinstance(claims, Refused)
    (claim,) = claims
    assert (claim.remedy, claim.content[-1]) == ("replace", "Leaks at the lid")
    assert claim.due == till.clock.moment.date() + timedelta(days=30)


def test_it_is_there_only_where_the_law_answers_and_esc_leaves_it(till: Lane) -> None:
    screen = at_the_decision(till)
    till.trigger("returns.keys.claim")
    till.trigger("returns.keys.back")
    assert not screen.refusing.claiming.panel.open
    assert screen.saying.strip.isVisible()
    assert screen.draft is not None
    screen.draft.say(1, {"condition": "unopened", "reason": "changed_mind"})
    screen.judge()
    assert not screen.refusing.claiming.key.isEnabled()
    assert till.opened.workstation.return_claims.waiting() == ()


def test_it_stays_listed_until_somebody_says_how_it_ended(till: Lane) -> None:
    taken_in(till)
    till.clock.moment += timedelta(days=31)
    till.shell.open_place("return_claims")
    screen = till.shell.screen_shown
    assert isinstance(screen, ClaimsScreen)
    (row,) = screen.list.found.rows
    assert row.alarming, "its last day is over"
    till.trigger("return_claims.keys.choice1")
    till.trigger("return_claims.keys.settle")
    assert till.opened.workstation.return_claims.waiting() == ()
    assert not screen.list.found.rows
    assert not screen.settle_button.isEnabled()
