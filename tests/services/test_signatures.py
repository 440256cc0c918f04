"""Signatures drawn on screen: on the papers that ask for them, never on one that is out, and gone with their person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.signature import Signature, Signer, signature_of
from pos.persistence.paper_jobs import PaperState
from pos.services.customer_export import export_customer
from pos.services.desk import read_payload
from pos.services.pack_issuing import PackChoice
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn
from pos.services.signatures import clear_signature, keep_signature, signatures_of
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.document import Logo
from receipts.signature import signature_picture
from tests.corner_shop import CASHIER, MANAGER, contents, new_shop, open_up, sell
from tests.domain.test_signature import DRAWN
from tests.services.test_return_pack import pack
from tests.services.test_return_papers import onto_store_credit
from tests.services.test_returns import KETTLE, back, taken

SIGNED = "policy: 1\nrules:\n  - {id: S1, signature: {}}\n"


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def pictures(lane: Workstation, done: CompletedReturn) -> dict[str, int]:
    """How many pictures stand on each paper of the pack."""
    found = pack(lane, done).values()
    return {one.key: sum(isinstance(block, Logo) for block in one.document.blocks) for one in found}


def kept(lane: Workstation, done: CompletedReturn, signer: Signer = Signer.CUSTOMER) -> Signature:
    answer = keep_signature(lane.desk, done.done.id, signer, DRAWN)
    assert isinstance(answer, Signature), answer
    return answer


def told(lane: Workstation) -> list[tuple[object, bool]]:
    with lane.desk.shop.books.reading() as work:
        entries = [read_payload(one) for one in work.journal.of_kind(EntryKind.SIGNATURE_TAKEN)]
    return [(one["signer"], bool(one["digest"])) for one in entries]


def test_each_signs_where_their_line_is(lane: Workstation) -> None:
    done = onto_store_credit(lane)
    before = pictures(lane, done)
    drawn = kept(lane, done)
    after = pictures(lane, done)
    assert [key for key in after if after[key] != before[key]] == ["store_slip", "store_credit_copy:1"]
    kept(lane, done, Signer.APPROVER)
    last = pictures(lane, done)
    assert [key for key in last if last[key] != after[key]] == ["exception_form"]
    assert signatures_of(lane.desk, done.done.id) == {Signer.CUSTOMER: drawn, Signer.APPROVER: drawn}
    assert told(lane) == [("customer", True), ("approver", True)]
    slip = pack(lane, done)["store_slip"]
    assert signature_picture(drawn) in slip.document.blocks


def test_it_may_be_drawn_again_or_signed_on_paper_until_the_paper_is_out(lane: Workstation) -> None:
    done = onto_store_credit(lane)
    kept(lane, done)
    other = [[(10, 10), (900, 200)]]
    assert keep_signature(lane.desk, done.done.id, Signer.CUSTOMER, other) == signature_of(other)
    assert clear_signature(lane.desk, done.done.id, Signer.CUSTOMER) is True
    assert clear_signature(lane.desk, done.done.id, Signer.CUSTOMER) is False
    assert signatures_of(lane.desk, done.done.id) == {}
    kept(lane, done)
    assert told(lane) == [("customer", True), ("customer", True), ("customer", False), ("customer", True)]
    issued = lane.return_packs.print_chosen(done.done.id, [PackChoice("store_slip")])
    assert not isinstance(issued, Refused)
    with lane.desk.shop.books.writing() as work:
        work.paper_jobs.set_state(issued[0].job, PaperState.PRINTED, "", lane.desk.now())
        work.commit()
    late = Refused(Code.SIGNATURE_LATE)
    assert keep_signature(lane.desk, done.done.id, Signer.CUSTOMER, other) == late
    assert clear_signature(lane.desk, done.done.id, Signer.CUSTOMER) == late


@pytest.mark.parametrize(
    ("strokes", "code"),
    [([], Code.SIGNATURE_EMPTY), ([[(0, 0), (5000, 0)]], Code.SIGNATURE_UNREADABLE),
     ([[(0, 0), (90, 0)]] * 200, Code.SIGNATURE_TOO_LARGE)],
)  # fmt: skip
def test_what_is_no_signature_is_said_and_not_kept(
    lane: Workstation, strokes: list[list[tuple[int, int]]], code: Code
) -> None:
    done = onto_store_credit(lane)
    assert keep_signature(lane.desk, done.done.id, Signer.CUSTOMER, strokes) == Refused(code)
    assert keep_signature(lane.desk, "none", Signer.CUSTOMER, DRAWN) == Refused(
        Code.RECEIPT_UNKNOWN, {"receipt": "none"}
    )
    assert told(lane) == []


def test_a_policy_that_asks_for_it_gets_it_on_the_slip_that_prints(lane: Workstation) -> None:
    with lane.desk.shop.books.writing() as work:
        write_policy(work, lane.desk, SIGNED, date(2020, 1, 1), None, by="")
        work.commit()
    done = taken(lane, back(sell(lane, KETTLE).transaction.id, 1))
    kept(lane, done)
    printed = [lane.paperwork.document_of_job(job) for job in done.papers]
    assert [paper.name for paper in printed if paper and any(isinstance(one, Logo) for one in paper.blocks)] == [
        "store_slip"
    ]


def test_with_the_customer_their_signature_goes_and_whoever_approved_keeps_theirs(
    lane: Workstation, tmp_path: Path
) -> None:
    ann = lane.customers.add(Customer("", "Ann Nováková", phone="+420 777 123 456"))
    assert isinstance(ann, Customer)
    lane.sale.set_customer(ann.id)
    bought = sell(lane, KETTLE).transaction.id
    done = taken(lane, replace(back(bought, 1), customer=ann.id))
    assert done.done.customer == ann.id
    drawn = kept(lane, done)
    other = keep_signature(lane.desk, done.done.id, Signer.APPROVER, [[(10, 10), (900, 200)]])
    lane.desk.operator = MANAGER
    file = tmp_path / "ann.json"
    assert not isinstance(export_customer(lane.desk, ann.id, file), Refused)
    assert [one.get("signature") for one in json.loads(file.read_text("utf-8"))["returns"]] == [drawn.text()]
    assert not isinstance(lane.customers.erase(ann.id), Refused)
    lane.desk.operator = CASHIER
    assert signatures_of(lane.desk, done.done.id) == {Signer.APPROVER: other}
    assert pictures(lane, done)["store_slip"] == 0
    rows = [row for of in contents(lane.desk.shop.folder).values() for row in of]
    assert not any(drawn.text() in str(row) for row in rows)
