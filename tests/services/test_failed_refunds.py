"""A card that takes no money back: asked again, or given another way; never both, and never while nobody knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import SimulatedPrinter
from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.approval import NeedsApproval
from pos.domain.ledger import CARD_SUSPENSE
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.approvals import Answer
from pos.services.failed_refunds import GivenInstead
from pos.services.lookup import ReceiptView
from pos.services.open_matters import MatterKind
from pos.services.pack_issuing import PackChoice
from pos.services.paperwork import Devices, Paperwork
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.corner_shop import CASHIER, MANAGER, bank_of, new_shop, open_up, pay_by_card, pin_of, sell, simulated

KETTLE, BREAD = "09520000000011", "BREAD"
OF_BREAD = 4_290
WITHOUT_ASKING = "policy: 1\nrules:\n  - {id: M10, card_unavailable: {to: [store_credit], ask: false}}\n"
LITTLE_CASH = 'policy: 1\nrules:\n  - {id: M8, cash_limit: {most: "20.00"}}\n'
NOBODY = "policy: 1\nrules:\n  - {id: M10, card_unavailable: {to: [store_credit]}, override: none}\n"


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    lane = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    sell(lane, KETTLE)
    return lane


def policy(lane: Workstation, body: str) -> None:
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, body, date(2020, 1, 1), None, by="")
        work.commit()
    lane.desk.shop.anchor(head)


def returned(lane: Workstation, *doings: Doing) -> CompletedReturn:
    """A bread paid by card beside a kettle comes back, and the terminal does this with the refund."""
    for code in (KETTLE, BREAD):
        lane.sale.scan(code)
    pay_by_card(lane)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    request = ReturnRequest(bought.transaction.id, lines=(LineAsked(2, Quantity.pieces(1)),))
    done = lane.returns.complete(request)
    assert isinstance(done, CompletedReturn)
    simulated(lane).script.extend(Scripted(doing) for doing in doings)
    lane.card_tendering.recover()
    return done


def agreed(lane: Workstation, done: CompletedReturn, kind: str) -> GivenInstead | Refused:
    asked = lane.failed_refunds.give(done.done.id, 1, kind)
    assert isinstance(asked, NeedsApproval)
    assert asked.code is Code.CARD_UNAVAILABLE
    answer = Answer(MANAGER.id, pin_of(MANAGER), "", asked.request.requirement.options[0].id, "goodwill")
    assert not isinstance(lane.approvals.grant(asked.request.id, answer), Refused)
    return lane.failed_refunds.give(done.done.id, 1, kind, approval=asked.request.id)


def papers(lane: Workstation, given: GivenInstead) -> list[tuple[str, str]]:
    """Name and text of what is printed for it, in order."""
    found = [lane.paperwork.document_of_job(job) for job in given.papers]
    return [(paper.name, render(paper, 42)) for paper in found if paper is not None]


def sound(lane: Workstation) -> dict[str, int]:
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    return report.balances


@pytest.mark.parametrize(("kind", "out", "rounding"), [("cash", 4_300, 10), ("store_credit", OF_BREAD, 0)])
def test_a_refund_the_card_refused_goes_out_another_way_once(
    lane: Workstation, kind: str, out: int, rounding: int
) -> None:
    done = returned(lane, Doing.DECLINED)
    (failed,) = lane.failed_refunds.of_return(done.done.id)
    assert not failed.unknown
    assert [(way.kind, way.amount, way.asks) for way in failed.ways] == [
        ("store_credit", OF_BREAD, True),
        ("cash", 4_300, True),
    ]
    before = sound(lane)
    assert before[CARD_SUSPENSE] == -OF_BREAD
    assert len(verify_books(lane.desk.shop).owed_to_cards) == 1

    given = agreed(lane, done, kind)

    assert isinstance(given, GivenInstead), given
    assert given.instead.amount == out
    first = {"cash": "refund_slip"}.get(kind, kind)
    assert [name for name, _ in papers(lane, given)] == [first, "exception_form"]
    after = sound(lane)
    assert after[CARD_SUSPENSE] == 0
    assert after.get("rounding", 0) - before.get("rounding", 0) == rounding
    account = {"cash": "cash_in_till", "store_credit": "store_credit_liability"}[kind]
    assert after[account] - before.get(account, 0) == -out
    assert verify_books(lane.desk.shop).owed_to_cards == ()
    assert lane.failed_refunds.of_return(done.done.id) == ()
    for answer in (lane.failed_refunds.give(done.done.id, 1, kind), lane.failed_refunds.again(done.done.id, 1)):
        assert isinstance(answer, Refused)
        assert answer.code is Code.CARD_ATTEMPT_UNKNOWN
    assert bank_of(lane).balance == 129_900 + OF_BREAD
    made = lane.day_reports.x_report()
    assert not isinstance(made, Refused)
    assert [(one.kind, one.number, one.amount) for one in made.report.refunds] == [(kind, 1, out)]
    assert made.report.refund_rounding == rounding
    assert made.report.returns.amount - made.report.kept.amount + rounding == out


def test_the_form_says_whose_yes_gave_it_and_the_pack_of_the_return_has_it_all(lane: Workstation) -> None:
    done = returned(lane, Doing.DECLINED)
    given = agreed(lane, done, "cash")
    assert isinstance(given, GivenInstead), given
    (_, slip), (_, form) = papers(lane, given)
    assert "43.00" in slip
    assert str(done.done.number) in slip
    for said in ("CARD_UNAVAILABLE", CASHIER.name, MANAGER.name, "PIN", "Cash 43.00", done.done.tenders[0].card):
        assert said in form
    pack = lane.return_packs.pack_of(done.done.id)
    assert not isinstance(pack, Refused)
    mine = {one.key: one for one in pack if one.instead}
    assert list(mine) == ["refund_slip:1:instead", "exception_form:1:instead"]
    assert tuple(one.job for one in mine.values()) == given.papers
    assert all(one.waits for one in mine.values())
    assert "exception_form" not in {one.key for one in pack}, "nobody agreed to the return itself"
    lane.desk.operator = MANAGER
    printer = SimulatedPrinter()
    paperwork = Paperwork(lane.desk, Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"]))
    for job in given.papers:
        paperwork.after_move(job, "return")
    assert printer.kicks == 1, "the drawer opens for the slip alone"
    again = lane.return_packs.print_again(done.done.id, [PackChoice(key) for key in mine])
    assert not isinstance(again, Refused)
    assert [one.copy_number for one in again] == [1, 1]
    sound(lane)


def test_the_slip_of_store_credit_stands_in_the_pack_with_its_copy_for_the_shop(lane: Workstation) -> None:
    done = returned(lane, Doing.DECLINED)
    given = agreed(lane, done, "store_credit")
    assert isinstance(given, GivenInstead), given
    pack = lane.return_packs.pack_of(done.done.id)
    assert not isinstance(pack, Refused)
    mine = {one.key: one for one in pack if one.instead}
    assert list(mine) == ["store_credit:1:instead", "store_credit_copy:1:instead", "exception_form:1:instead"]
    assert (mine["store_credit:1:instead"].job, mine["exception_form:1:instead"].job) == given.papers
    kept = render(mine["store_credit_copy:1:instead"].document, 42)
    assert "42.90" in kept
    assert "PIN" not in kept
    for one in mine.values():
        document = lane.paperwork.document_of_job(one.job) if one.job else one.document
        assert document == one.document


def test_without_anybody_s_yes_there_is_no_form(lane: Workstation) -> None:
    policy(lane, WITHOUT_ASKING)
    done = returned(lane, Doing.DECLINED)
    given = lane.failed_refunds.give(done.done.id, 1, "store_credit")
    assert isinstance(given, GivenInstead)
    assert [name for name, _ in papers(lane, given)] == ["store_credit"]


def test_asked_once_more_only_the_part_goes_back(lane: Workstation) -> None:
    """The charge took the kettle too: only what came back goes onto the card."""
    done = returned(lane, Doing.DECLINED)
    assert lane.card_tendering.owed.all() == ()
    assert not isinstance(lane.failed_refunds.again(done.done.id, 1), Refused)
    waiting = lane.failed_refunds.give(done.done.id, 1, "cash")
    assert isinstance(waiting, Refused)
    assert waiting.code is Code.CARD_OUTCOME_UNKNOWN
    lane.card_tendering.recover()
    assert bank_of(lane).balance == 129_900
    assert lane.failed_refunds.of_return(done.done.id) == ()
    assert sound(lane)[CARD_SUSPENSE] == 0


def test_what_failed_is_open_until_somebody_settles_it(lane: Workstation) -> None:
    done = returned(lane, Doing.DECLINED)
    (matter,) = lane.till_closing.open_matters()
    assert (matter.kind, matter.id, matter.amount.minor) == (MatterKind.FAILED_REFUND, done.done.id, OF_BREAD)
    assert [(one.id, one.owed, one.known) for one in listed(lane)] == [(done.done.id, OF_BREAD, True)]
    assert not isinstance(lane.failed_refunds.again(done.done.id, 1), Refused)
    assert [(one.owed, one.known) for one in listed(lane)] == [(OF_BREAD, False)], "asked again, and not heard yet"
    assert {one.kind for one in lane.till_closing.open_matters()} == {MatterKind.UNKNOWN_OUTCOME}
    lane.card_tendering.recover()
    assert listed(lane) == ()
    assert lane.till_closing.open_matters() == ()


def listed(lane: Workstation) -> tuple[ReceiptView, ...]:
    owed = lane.lookup.owed()
    assert not isinstance(owed, Refused)
    return owed


def test_while_nobody_knows_it_goes_out_no_other_way(lane: Workstation) -> None:
    done = returned(lane)
    simulated(lane).plugged = False
    other = returned_unheard(lane)
    (unknown,) = lane.failed_refunds.of_return(other.done.id)
    assert unknown.unknown
    assert unknown.ways == ()
    for answer in (lane.failed_refunds.give(other.done.id, 1, "cash"), lane.failed_refunds.again(other.done.id, 1)):
        assert isinstance(answer, Refused)
        assert answer.code is Code.CARD_OUTCOME_UNKNOWN
    decided = lane.card_tendering.resolve(
        unknown.tried.attempt.id, Answer(MANAGER.id, pin_of(MANAGER), "", "", "not on the statement"), moved=False
    )
    assert isinstance(decided, Refused)
    assert isinstance(agreed(lane, other, "cash"), GivenInstead)
    assert lane.failed_refunds.of_return(done.done.id) == ()
    assert sound(lane)[CARD_SUSPENSE] == 0


def returned_unheard(lane: Workstation) -> CompletedReturn:
    """The same while the terminal is away."""
    simulated(lane).plugged = True
    for code in (KETTLE, BREAD):
        lane.sale.scan(code)
    pay_by_card(lane)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    simulated(lane).plugged = False
    done = lane.returns.complete(ReturnRequest(bought.transaction.id, lines=(LineAsked(2, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn)
    lane.card_tendering.recover()
    return done


def test_a_charge_to_be_undone_goes_back_as_a_refund_and_then_another_way(lane: Workstation) -> None:
    """All of an unsettled charge comes back: it is reversed; refused, refunded; refused again, given in cash."""
    lane.sale.scan(BREAD)
    pay_by_card(lane)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    done = lane.returns.complete(ReturnRequest(bought.transaction.id, lines=(LineAsked(1, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn)
    simulated(lane).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    lane.card_tendering.recover()
    assert isinstance(agreed(lane, done, "cash"), GivenInstead)
    assert bank_of(lane).balance == OF_BREAD
    assert sound(lane)[CARD_SUSPENSE] == 0


def test_the_policy_says_which_ways_and_whose_yes(lane: Workstation) -> None:
    policy(lane, WITHOUT_ASKING)
    done = returned(lane, Doing.DECLINED)
    (failed,) = lane.failed_refunds.of_return(done.done.id)
    assert [(way.kind, way.asks) for way in failed.ways] == [("store_credit", False)]
    barred = lane.failed_refunds.give(done.done.id, 1, "cash")
    assert isinstance(barred, Refused)
    assert barred.code is Code.TENDER_NOT_ALLOWED
    assert isinstance(lane.failed_refunds.give(done.done.id, 1, "store_credit"), GivenInstead)
    assert sound(lane)[CARD_SUSPENSE] == 0


@pytest.mark.parametrize(("body", "ways"), [(LITTLE_CASH, ["store_credit"]), (NOBODY, [])])
def test_cash_beyond_the_policys_limit_and_what_nobody_may_decide_are_not_offered(
    lane: Workstation, body: str, ways: list[str]
) -> None:
    policy(lane, body)
    done = returned(lane, Doing.DECLINED)
    (failed,) = lane.failed_refunds.of_return(done.done.id)
    assert [way.kind for way in failed.ways] == ways


def test_a_yes_to_one_way_is_no_yes_to_another(lane: Workstation) -> None:
    done = returned(lane, Doing.DECLINED)
    asked = lane.failed_refunds.give(done.done.id, 1, "store_credit")
    assert isinstance(asked, NeedsApproval)
    answer = Answer(MANAGER.id, pin_of(MANAGER), "", asked.request.requirement.options[0].id, "goodwill")
    lane.approvals.grant(asked.request.id, answer)
    other = lane.failed_refunds.give(done.done.id, 1, "cash", approval=asked.request.id)
    assert isinstance(other, Refused)
    assert other.code is Code.APPROVAL_DOES_NOT_COVER
    assert sound(lane)[CARD_SUSPENSE] == -OF_BREAD


def test_the_drawer_gives_no_more_than_it_holds(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    lane.desk.operator = MANAGER
    assert not isinstance(lane.till_moves.pickup(held(lane), "bank"), Refused)
    lane.desk.operator = CASHIER
    done = returned(lane, Doing.DECLINED)
    (failed,) = lane.failed_refunds.of_return(done.done.id)
    assert "cash" in {way.kind for way in failed.ways}
    answer = agreed(lane, done, "cash")
    assert isinstance(answer, Refused)
    assert answer.code is Code.TILL_SHORT
    assert sound(lane)[CARD_SUSPENSE] == -OF_BREAD


def held(lane: Workstation) -> int:
    with lane.desk.shop.books.reading() as work:
        till = work.tills.open_till(lane.desk.number)
        assert till is not None
        return work.tills.cash_in(till.id)
