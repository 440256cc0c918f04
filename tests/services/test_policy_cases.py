"""Cases of the return policy: kept for good, played before a version is switched on, and an owner for what breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.approval import Approval, NeedsApproval
from pos.domain.journal import EntryKind
from pos.domain.policy_case import (
    CASE_NAME_MAX,
    CASE_SCRIPT_MAX,
    CaseAsked,
    CasePlayed,
    GoodsAsked,
    PolicyCase,
    PolicyTrial,
)
from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.script.case_player import ScriptCases
from pos.services.approvals import Answer
from pos.services.desk import read_payload
from pos.services.policies import PolicyVersion
from pos.services.verify import verify_books
from pos.strict_yaml import FileFault
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, ITEMS, MANAGER, OWNER, HandClock, new_shop, open_up, pin_of
from tests.script.playing import settings

EN = Wording("en")
PLAYER = ScriptCases(settings())
TODAY = date(2026, 11, 21)
OLD = "policy: 1\nname: House rules\nrules:\n  - {id: R1, window: {days: 30}}\n"
NEW = OLD.replace("30", "45")


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), clock=HandClock())
    lane.desk.operator = MANAGER
    assert isinstance(lane.policies.put(OLD, date(2026, 1, 1)), PolicyVersion)
    yield lane
    lane.close()


def kettle(days: int) -> CaseAsked:
    return CaseAsked((GoodsAsked(ITEMS[2], 129_900),), date.fromordinal(TODAY.toordinal() - days), TODAY)


def keep(lane: Workstation, name: str, asked: CaseAsked) -> PolicyCase:
    """Asked under the policy of today, and kept with what came of it."""
    policy, rules = lane.policies.in_force(TODAY), lane.desk.rules
    played = PLAYER.play(PLAYER.write(asked, rules), policy, EN)
    kept = lane.policies.cases.keep(name, PLAYER.write(asked, rules, played.expectation), PLAYER, EN)
    assert isinstance(kept, PolicyCase)
    return kept


def tried(lane: Workstation, text: str = NEW) -> PolicyTrial:
    trial = lane.policies.cases.try_policy(text, PLAYER, EN)
    assert trial is not None
    return trial


def refused(answer: object) -> Code:
    assert isinstance(answer, Refused)
    return answer.code


def agree(lane: Workstation, needs: object, who: Operator = OWNER) -> Approval | Refused:
    assert isinstance(needs, NeedsApproval)
    return lane.approvals.grant(needs.request.id, Answer(who.id, pin_of(who), reason="goodwill"))


def changes(lane: Workstation) -> list[Mapping[str, object]]:
    with lane.desk.shop.books.reading() as work:
        return [read_payload(entry) for entry in work.journal.of_kind(EntryKind.RETURN_POLICY_CHANGED)]


def test_a_case_says_what_it_says_under_any_policy(lane: Workstation) -> None:
    script = PLAYER.write(kettle(40), lane.desk.rules)
    before = PLAYER.play(script, lane.policies.in_force(TODAY), EN)
    assert before.decision is not None
    assert [reason.code for reason in before.decision.reasons] == [Code.WINDOW_EXPIRED]
    keep(lane, "late", kettle(40))
    assert tried(lane, OLD).broken == ()
    (broken,) = tried(lane).broken
    assert "Expected: Not returnable. Now: Full refund." in broken.played.failures


def test_who_kept_it_and_when_stays_and_its_number_is_never_used_again(lane: Workstation) -> None:
    first = keep(lane, "late", kettle(40))
    assert [(one.number, one.name, one.by_name) for one in lane.policies.cases.kept()] == [(1, "late", "Dana Kim")]
    assert lane.policies.cases.remove(first.number) == replace(first, by_name="")
    assert refused(lane.policies.cases.remove(first.number)) is Code.CASE_UNKNOWN
    assert lane.policies.cases.kept() == ()
    assert keep(lane, "late", kettle(40)).number == 2
    assert verify_books(lane.desk.shop).sound


def test_a_case_takes_the_place_of_another_in_one_go(lane: Workstation) -> None:
    first, beside = keep(lane, "late", kettle(40)), keep(lane, "beside", kettle(10))
    cases, script = lane.policies.cases, beside.script
    assert refused(cases.keep("beside", script, PLAYER, EN, instead_of=first.number)) is Code.CASE_NAME_TAKEN
    again = cases.keep("late", script, PLAYER, EN, instead_of=first.number)
    assert isinstance(again, PolicyCase)
    assert [(one.number, one.name, one.script == script) for one in cases.kept()] == [
        (2, "beside", True),
        (3, "late", True),
    ]
    assert refused(cases.keep("late", script, PLAYER, EN, instead_of=first.number)) is Code.CASE_UNKNOWN
    with lane.desk.shop.books.reading() as work:
        assert len(list(work.journal.of_kind(EntryKind.POLICY_CASE_REMOVED))) == 1
    assert verify_books(lane.desk.shop).sound


@pytest.mark.parametrize(
    ("name", "script", "code"),
    [
        ("", None, Code.CASE_NAME),
        ("n" * (CASE_NAME_MAX + 1), None, Code.CASE_NAME),
        ("a\x07b", None, Code.CASE_NAME),
        ("late", None, Code.CASE_NAME_TAKEN),
        ("long", "#" * (CASE_SCRIPT_MAX + 1), Code.CASE_TOO_LONG),
        ("empty", "lane: 1\nshop: {currency: CZK}\nsteps: []\n", Code.CASE_EXPECTS_NOTHING),
    ],
)
def test_what_is_not_kept(lane: Workstation, name: str, script: str | None, code: Code) -> None:
    kept = keep(lane, "late", kettle(40))
    assert refused(lane.policies.cases.keep(name, script or kept.script, PLAYER, EN)) is code
    assert len(lane.policies.cases.kept()) == 1


def test_a_script_that_cannot_be_read_is_refused_by_its_line(lane: Workstation) -> None:
    script = keep(lane, "late", kettle(40)).script.replace("receipt:", "reciept:")
    answer = lane.policies.cases.keep("typo", script, PLAYER, EN)
    assert isinstance(answer, CasePlayed)
    assert (answer.line, "receipt" in answer.fault) == (script[: script.index("reciept")].count("\n") + 1, True)
    assert len(lane.policies.cases.kept()) == 1


def test_a_case_that_can_be_read_no_more_is_broken_and_no_crash(lane: Workstation) -> None:
    keep(lane, "late", kettle(40))

    class Newer(ScriptCases):
        """As if this program read another format than the one that kept it."""

        def play(self, script: str, policy: Policy | None, words: Wording) -> CasePlayed:
            return super().play(script.replace("lane: 1", "lane: 2"), policy, words)

    trial = lane.policies.cases.try_policy(OLD, Newer(settings()), EN)
    assert trial is not None
    (broken,) = trial.broken
    assert (broken.played.line, bool(broken.played.fault)) == (1, True)


def test_a_cashier_neither_keeps_nor_removes(lane: Workstation) -> None:
    kept = keep(lane, "late", kettle(40))
    lane.desk.operator = CASHIER
    assert refused(lane.policies.cases.keep("more", kept.script, PLAYER, EN)) is Code.NOT_PERMITTED
    assert refused(lane.policies.cases.remove(1)) is Code.NOT_PERMITTED


def test_a_version_that_breaks_nothing_is_switched_on(lane: Workstation) -> None:
    keep(lane, "in time", kettle(20))
    assert isinstance(lane.policies.put(NEW, TODAY, trial=tried(lane)), PolicyVersion)
    assert "breaks" not in changes(lane)[-1]


def test_nothing_is_switched_on_that_was_not_tried_as_it_is(lane: Workstation) -> None:
    keep(lane, "in time", kettle(20))
    assert refused(lane.policies.put(NEW, TODAY)) is Code.POLICY_UNTRIED
    assert refused(lane.policies.put(NEW, TODAY, trial=tried(lane, OLD))) is Code.POLICY_UNTRIED
    assert refused(lane.policies.put(NEW, TODAY, TODAY, trial=tried(lane))) is Code.POLICY_UNTRIED
    trial = tried(lane)
    keep(lane, "meanwhile", kettle(10))
    assert refused(lane.policies.put(NEW, TODAY, trial=trial)) is Code.POLICY_UNTRIED
    assert len(changes(lane)) == 1


def test_what_breaks_a_case_asks_for_the_owner_and_says_so_in_the_journal(lane: Workstation) -> None:
    keep(lane, "late", kettle(40))
    trial = tried(lane)
    needs = lane.policies.put(NEW, TODAY, trial=trial)
    assert refused(needs) is Code.POLICY_BREAKS_CASES
    assert refused(agree(lane, needs, CASHIER)) is Code.NOT_PERMITTED
    assert refused(agree(lane, needs, MANAGER)) is Code.SAME_PERSON
    assert len(changes(lane)) == 1
    given = agree(lane, needs)
    assert isinstance(given, Approval)
    later = date(2026, 12, 1)
    assert refused(lane.policies.put(NEW, later, trial=trial, approval=given.request.id)) is (
        Code.APPROVAL_DOES_NOT_COVER
    )
    assert isinstance(lane.policies.put(NEW, TODAY, trial=trial, approval=given.request.id), PolicyVersion)
    assert (changes(lane)[-1]["breaks"], changes(lane)[-1]["agreed"]) == ([1], OWNER.id)
    assert refused(lane.policies.put(NEW, TODAY, trial=trial, approval=given.request.id)) is Code.APPROVAL_USED
    assert verify_books(lane.desk.shop).sound


def test_nobody_but_an_owner_may_agree(lane: Workstation) -> None:
    keep(lane, "late", kettle(40))
    needs = lane.policies.put(NEW, TODAY, trial=tried(lane))
    assert isinstance(needs, NeedsApproval)
    assert [person.id for person in lane.approvals.approvers(needs.request)] == [OWNER.id]


def test_an_owner_says_it_twice(lane: Workstation) -> None:
    keep(lane, "late", kettle(40))
    lane.desk.operator = OWNER
    assert refused(lane.policies.put(NEW, TODAY, trial=tried(lane))) is Code.POLICY_BREAKS_CASES
    assert isinstance(lane.policies.put(NEW, TODAY, trial=tried(lane), although=True), PolicyVersion)
    assert changes(lane)[-1]["agreed"] == OWNER.id


def test_a_trial_that_is_cancelled_answers_nothing_and_one_of_no_policy_is_a_fault(lane: Workstation) -> None:
    keep(lane, "late", kettle(40))
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))

    cancelled = lane.policies.cases.try_policy(NEW, PLAYER, EN, progress=tell, cancelled=lambda: bool(told))
    assert cancelled is None
    assert told == [(0, 1)]
    with pytest.raises(FileFault):
        lane.policies.cases.try_policy("policy: 9\n", PLAYER, EN)


def test_two_lanes_keep_cases_beside_each_other(lane: Workstation) -> None:
    other = open_up(lane.desk.shop.folder, number=2, clock=HandClock())
    other.desk.operator = OWNER
    try:
        first, second = keep(lane, "here", kettle(20)), keep(other, "there", kettle(40))
        assert (first.number, second.number) == (1, 2)
        assert [one.name for one in lane.policies.cases.kept()] == ["here", "there"]
        assert refused(lane.policies.cases.keep("there", first.script, PLAYER, EN)) is Code.CASE_NAME_TAKEN
        assert verify_books(lane.desk.shop).sound
    finally:
        other.close()


def test_a_power_cut_keeps_a_case_whole_or_not_at_all(lane: Workstation, monkeypatch: pytest.MonkeyPatch) -> None:
    script = keep(lane, "late", kettle(40)).script

    def gone(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr("pos.persistence.policy_cases.PolicyCases.add", gone)
    with pytest.raises(SystemExit):
        lane.policies.cases.keep("half", script, PLAYER, EN)
    monkeypatch.undo()
    assert [one.name for one in lane.policies.cases.kept()] == ["late"]
    with lane.desk.shop.books.reading() as work:
        assert len(list(work.journal.of_kind(EntryKind.POLICY_CASE_KEPT))) == 1
    assert verify_books(lane.desk.shop).sound
