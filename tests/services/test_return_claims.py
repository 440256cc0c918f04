"""A claim under the law is a fact: taken in with a protocol, settled once, told in the words of the day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.finding import Finding
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ReturnRequest
from pos.services.return_claims import TakenClaim
from pos.services.verify import verify_books, verify_shop
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.paper.claim_protocol import Claim
from receipts.plain_text import render
from tests.corner_shop import CASHIER, MANAGER, HandClock, new_shop, open_up, sell
from tests.services.test_returns import KETTLE, back
from tests.services.test_verify import tamper

POLICY = "policy: 1\nname: House rules\nrules:\n  - {id: R1, window: {days: 30}, override: none}\n"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def lane(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), clock=clock)
    lane.desk.rules = replace(lane.desk.rules, region="CZ")
    lane.desk.operator = MANAGER
    assert not isinstance(lane.policies.put(POLICY, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER
    yield lane
    # Rules that were put there by hand are what the journal cannot know.
    assert {one.invariant for one in verify_books(lane.desk.shop).violations} <= {"I-24"}
    lane.close()


def broken(lane: Workstation, clock: HandClock, *, days: int = 60, **facts: str) -> ReturnRequest:
    """A kettle that broke when the shop’s own window was over."""
    request = back(sell(lane, KETTLE).transaction.id, 1)
    clock.moment += timedelta(days=days)
    lines = tuple(replace(line, condition="defective", reason="defective", facts=facts) for line in request.lines)
    return replace(request, lines=lines)


def taken(lane: Workstation, request: ReturnRequest) -> TakenClaim:
    (claim,) = accepted(lane.return_claims.take_in(request))
    return claim


def accepted(answer: tuple[TakenClaim, ...] | Refused) -> tuple[TakenClaim, ...]:
    assert not isinstance(answer, Refused), answer
    return answer


def protocol(lane: Workstation, claim: TakenClaim) -> str:
    document = lane.paperwork.document_of_job(claim.job)
    assert document is not None
    return render(document, 48)


def kinds(lane: Workstation, kind: EntryKind) -> int:
    with lane.desk.shop.books.reading() as work:
        return len(work.journal.of_kind(kind))


def test_it_is_taken_in_with_what_is_wrong_what_is_wanted_and_the_last_day(lane: Workstation, clock: HandClock) -> None:
    claim = taken(lane, broken(lane, clock, remedy="replace", defect="The lid leaks"))
    text = protocol(lane, claim)
    for said in ("The lid leaks", "Replacement", claim.number, "Kettle", CASHIER.name):
        assert said in text
    due = lane.desk.local(lane.desk.now()).date() + timedelta(days=30)
    assert f"{due:%b} {due.day}, {due.year}" in text
    assert kinds(lane, EntryKind.CLAIM_TAKEN_IN) == 1
    assert lane.return_packs.pack_of(claim.number) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": claim.number})


def test_without_a_wish_it_is_the_first_remedy_of_the_law(lane: Workstation, clock: HandClock) -> None:
    assert "Repair" in protocol(lane, taken(lane, broken(lane, clock)))


def test_a_remedy_the_law_does_not_give_is_refused_and_nothing_is_written(lane: Workstation, clock: HandClock) -> None:
    refused = lane.return_claims.take_in(broken(lane, clock, remedy="repair", repair_possible="false"))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts["remedy"]) == (Code.CLAIM_REMEDY, "repair")
    assert kinds(lane, EntryKind.CLAIM_TAKEN_IN) == 0


@pytest.mark.parametrize(
    ("region", "days", "due"), [("CZ", 14, 14), ("CZ", 45, 30), ("SE", 45, 45), ("SE", None, None)]
)
def test_the_protocol_and_the_list_say_what_the_policy_promises_and_never_later_than_the_law(
    lane: Workstation, clock: HandClock, region: str, days: int | None, due: int | None
) -> None:
    lane.desk.rules = replace(lane.desk.rules, region=region)
    if days is not None:
        lane.desk.operator = MANAGER
        text = f"{POLICY}  - {{id: K1, claim_days: {{days: {days}}}}}\n"
        assert not isinstance(lane.policies.put(text, lane.desk.local(clock.moment).date()), Refused)
        lane.desk.operator = CASHIER
    claim = taken(lane, broken(lane, clock))
    day = None if due is None else lane.desk.local(clock.moment).date() + timedelta(days=due)
    assert claim.due == day
    (listed,) = accepted_list(lane)
    assert (listed.due, listed.soon) == (day, day is None)
    words = Wording(lane.desk.rules.language)
    said = "within a reasonable time" if day is None else words.short_day(day)
    assert said in " ".join(protocol(lane, claim).split())
    with lane.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.CLAIM_TAKEN_IN)
    assert json.loads(entry.payload)["rule"] == ("K1" if days is not None and due == days else "")


def accepted_list(lane: Workstation) -> tuple[Claim, ...]:
    claims = lane.return_claims.waiting()
    assert not isinstance(claims, Refused)
    return claims


def test_what_is_no_claim_is_none(lane: Workstation, clock: HandClock) -> None:
    request = broken(lane, clock)
    sound = replace(request, lines=tuple(replace(line, condition="unopened", reason="") for line in request.lines))
    assert lane.return_claims.take_in(sound) == Refused(Code.NO_CLAIM)


def test_it_is_settled_once_and_the_confirmation_says_when_and_how(lane: Workstation, clock: HandClock) -> None:
    claim = taken(lane, broken(lane, clock))
    clock.moment += timedelta(days=5)
    settled = lane.return_claims.settle(claim.number, "repair")
    assert isinstance(settled, TakenClaim)
    text, opened = protocol(lane, settled), protocol(lane, claim)
    day = lane.desk.local(lane.desk.now()).date()
    assert f"{day:%b} {day.day}, {day.year}" in text
    assert f"{day:%b} {day.day}, {day.year}" not in opened, "the first paper says the same in ten years"
    assert lane.return_claims.settle(claim.number, "refund") == Refused(Code.CLAIM_SETTLED, {"claim": claim.number})


@pytest.mark.parametrize("number", ["", "1", "1/1", "9/9999999", "x/y", "1/²", "1/-1"])
def test_a_number_that_names_no_claim(lane: Workstation, number: str) -> None:
    assert lane.return_claims.settle(number, "repair") == Refused(Code.NO_CLAIM)


def test_a_manner_nobody_knows(lane: Workstation, clock: HandClock) -> None:
    refused = lane.return_claims.settle(taken(lane, broken(lane, clock)).number, "apology")
    assert isinstance(refused, Refused)
    assert refused.code is Code.CLAIM_REMEDY


def test_where_nothing_prints_it_is_a_file(lane: Workstation, clock: HandClock, tmp_path: Path) -> None:
    claim = taken(lane, broken(lane, clock))
    settled = lane.return_claims.settle(claim.number, "repair")
    assert isinstance(settled, TakenClaim)
    saved = [lane.return_claims.save(one.job, tmp_path / "papers") for one in (claim, settled, claim)]
    assert saved[0] == saved[2] != saved[1]
    assert all(isinstance(file, Path) and file.read_bytes().startswith(b"%PDF-") for file in saved)
    assert lane.return_claims.save("none", tmp_path) == Refused(Code.PAPER_UNKNOWN)
    with lane.desk.shop.books.reading() as work:
        other = next(job.id for job in work.paper_jobs.waiting(lane.desk.number) if job.document != "claim_protocol")
    assert lane.return_claims.save(other, tmp_path) == Refused(Code.PAPER_UNKNOWN)


def test_the_journal_keeps_the_number_of_the_customer_and_no_name(lane: Workstation, clock: HandClock) -> None:
    lane.desk.operator = MANAGER
    added = lane.customers.add(Customer("", "Åsa Nováková", phone="+420777123456"))
    assert isinstance(added, Customer), added
    lane.desk.operator = CASHIER
    claim = taken(lane, replace(broken(lane, clock), customer=added.id))
    text = protocol(lane, claim)
    assert "Åsa Nováková" in text
    assert "777" in text
    with lane.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.CLAIM_TAKEN_IN)
    assert json.loads(entry.payload)["customer"] == added.id
    assert "Nov" not in entry.payload


def test_what_was_taken_in_cannot_be_changed_unseen(tmp_path: Path) -> None:
    clock = HandClock()
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder, clock=clock)
    lane.desk.rules = replace(lane.desk.rules, region="CZ")
    lane.desk.operator = MANAGER
    assert not isinstance(lane.policies.put(POLICY, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER
    taken(lane, broken(lane, clock, defect="The lid leaks"))
    lane.close()
    tamper(folder, "UPDATE journal_entry SET payload = replace(payload, 'leaks', 'shines') WHERE kind = 'ClaimTakenIn'")
    assert Finding.ENTRY_CHANGED in {one.finding for one in verify_shop(folder).violations}
