"""The draft of the return policy outlives the program, and a version that came meanwhile is not run over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.domain.policy_rule import DEFAULT_POLICY
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.policy_draft import PolicyDraft, draft_of
from pos.services.policy_file import parse_policy
from pos.services.policy_form import new_rule
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up

TEXT = "policy: 1\nrules:\n  - {id: R1, window: {days: 30}}\n"


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    lane = open_up(new_shop(tmp_path / "shop"))
    lane.desk.operator = MANAGER
    return lane


def draft(lane: Workstation, text: str = TEXT, based_on: int = 0) -> PolicyDraft:
    policy = parse_policy(text, lane.desk.rules.currency)
    return draft_of(policy, lane.desk.rules.currency, based_on, lane.desk.now().date() + timedelta(days=1))


def test_a_draft_is_there_again_with_who_kept_it_and_when_and_what_is_not_ready(lane: Workstation) -> None:
    drafts = lane.policies.drafts
    assert drafts.kept() is None
    unready = draft(lane).with_new(1, new_rule("season", ()))
    assert not isinstance(drafts.keep(unready), Refused)
    kept = drafts.kept()
    assert isinstance(kept, PolicyDraft)
    assert kept.rules == unready.rules
    assert kept.by_name == MANAGER.name
    assert kept.at is not None
    assert kept.at.date() == lane.desk.now().date()
    assert drafts.throw_away() is True
    assert drafts.kept() is None
    lane.close()


def test_a_damaged_draft_is_said_and_written_anew(lane: Workstation) -> None:
    drafts = lane.policies.drafts
    (lane.desk.shop.folder / "return-policy-draft.json").write_text('{"based_on": 1', "utf-8")
    with pytest.raises(KnownError):
        drafts.kept()
    assert not isinstance(drafts.keep(draft(lane)), Refused)
    assert isinstance(drafts.kept(), PolicyDraft)
    lane.close()


def test_a_file_of_a_draft_is_a_policy(lane: Workstation, tmp_path: Path) -> None:
    path = lane.policies.drafts.save(draft(lane), tmp_path)
    assert isinstance(path, Path)
    assert [rule.id for rule in parse_policy(path.read_text("utf-8"), "USD").rules] == ["R1"]
    lane.close()


def test_a_cashier_writes_no_draft(lane: Workstation, tmp_path: Path) -> None:
    lane.desk.operator = CASHIER
    drafts = lane.policies.drafts
    asked = (
        drafts.kept,
        drafts.throw_away,
        lambda: drafts.keep(draft(lane)),
        lambda: drafts.save(draft(lane), tmp_path),
    )
    for answer in (ask() for ask in asked):
        assert isinstance(answer, Refused)
        assert answer.code is Code.NOT_PERMITTED
    lane.close()


def test_a_draft_of_an_older_version_is_not_switched_on_over_a_newer_one(lane: Workstation) -> None:
    tomorrow = lane.desk.now().date() + timedelta(days=1)
    before = lane.policies.versions()
    assert not isinstance(before, Refused)
    newest = before[-1].version if before else 0
    assert not isinstance(lane.policies.put(TEXT, tomorrow, based_on=newest), Refused)
    refused = lane.policies.put(TEXT, tomorrow, based_on=newest)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts["version"]) == (Code.POLICY_MOVED_ON, newest + 1)
    after = lane.policies.versions()
    assert not isinstance(after, Refused)
    assert after[-1].by_name == MANAGER.name
    assert after[-1].made_at is not None
    assert after[-1].made_at.date() == lane.desk.now().date()
    lane.close()


def test_a_draft_says_as_the_policy_it_was_made_of() -> None:
    made = draft_of(DEFAULT_POLICY, "USD", 0, date(2026, 1, 1))
    assert made.says_as(DEFAULT_POLICY, "USD")
    assert not made.with_new(0, new_rule("window", ())).says_as(DEFAULT_POLICY, "USD")
