"""A card whose number is typed at the terminal: only with somebody's yes, only where it can be, and said everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.approval import NeedsApproval
from pos.domain.card_attempt import Attempt, AttemptReason
from pos.domain.money import Money
from pos.domain.payment import CardKind
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit, Role, ShopRole
from pos.services.approvals import Answer
from pos.services.card_records import going_back
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import MANAGER, OWNER, new_shop, open_up, pin_of, simulated

BREAD = 4_290


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    workstation.sale.scan("BREAD")
    return workstation


def agreed(lane: Workstation, amount: int = BREAD) -> str:
    needs = lane.card_tendering.begin(CardKind.CREDIT, amount, keyed=True)
    assert isinstance(needs, NeedsApproval), needs
    assert needs.code is Code.CARD_KEYED_ALONE
    assert (needs.facts["amount"], needs.facts["limit"]) == (Money(amount, "CZK"), Money(0, "CZK"))
    granted = lane.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER), reason="goodwill"))
    assert not isinstance(granted, Refused), granted
    return needs.request.id


def paid(lane: Workstation) -> Attempt:
    begun = lane.card_tendering.begin(CardKind.CREDIT, keyed=True, approval=agreed(lane))
    assert isinstance(begun, Attempt), begun
    assert begun.keyed
    assert isinstance(lane.card_tendering.settle(begun.id, lane.card_tendering.ask(begun)), SaleView)
    return begun


def allow(lane: Workstation, limit: int) -> None:
    """Whoever is at the till types numbers up to this alone."""
    cashier = lane.desk.operator
    lane.desk.operator = OWNER
    role = ShopRole("cashier", Role.CASHIER, limits={Limit.KEYED_CARD: limit})
    assert not isinstance(lane.roles.set_role(role), Refused)
    lane.desk.operator = cashier


def test_a_typed_number_needs_somebody_and_is_kept_and_printed_as_that(lane: Workstation) -> None:
    begun = paid(lane)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale)
    view = lane.card_tendering.get(begun.id)
    assert view is not None
    assert view.attempt.keyed, "the books say that it was asked for"
    assert (view.card.entry_mode, view.card.aid) == ("Keyed", "")
    receipt = lane.paperwork.receipt(done.transaction.id)
    assert receipt is not None
    assert "Typed at the terminal" in render(receipt, 48)
    assert verify_books(lane.desk.shop).violations == ()


def test_a_yes_to_a_typed_number_is_none_to_another_amount_or_a_card_that_is_read(lane: Workstation) -> None:
    yes = agreed(lane, 2_000)
    for amount, keyed in ((3_000, True), (2_000, False)):
        refused = lane.card_tendering.begin(CardKind.CREDIT, amount, keyed=keyed, approval=yes)
        if keyed:
            assert isinstance(refused, Refused)
            assert refused.code is Code.APPROVAL_DOES_NOT_COVER
        else:
            # It needs no yes, and uses up none.
            assert isinstance(refused, Attempt)
            assert not refused.keyed
            lane.card_tendering.settle(refused.id, lane.card_tendering.ask(refused))


def test_up_to_their_own_limit_nobody_is_asked(lane: Workstation) -> None:
    allow(lane, 2_000)
    assert isinstance(lane.card_tendering.begin(CardKind.CREDIT, 2_001, keyed=True), NeedsApproval)
    assert isinstance(lane.card_tendering.begin(CardKind.CREDIT, 2_000, keyed=True), Attempt)


def test_a_number_typed_in_two_parts_is_still_one_sale(lane: Workstation) -> None:
    allow(lane, 2_000)
    begun = lane.card_tendering.begin(CardKind.CREDIT, 1_500, keyed=True)
    assert isinstance(begun, Attempt)
    assert isinstance(lane.card_tendering.settle(begun.id, lane.card_tendering.ask(begun)), SaleView)
    needs = lane.card_tendering.begin(CardKind.CREDIT, 501, keyed=True)
    assert isinstance(needs, NeedsApproval)
    assert needs.facts["amount"] == Money(2_001, "CZK")
    assert isinstance(lane.card_tendering.begin(CardKind.CREDIT, 500, keyed=True), Attempt)


def test_no_number_is_typed_of_a_debit_card_or_where_the_terminal_takes_none(lane: Workstation) -> None:
    for kind, cash_back, takes in (
        (CardKind.DEBIT, 0, True),
        (CardKind.CREDIT, 500, True),
        (CardKind.CREDIT, 0, False),
    ):
        simulated(lane).takes_keyed = takes
        refused = lane.card_tendering.begin(kind, 1_000, cash_back, keyed=True)
        assert isinstance(refused, Refused)
        assert refused.code is Code.CARD_KEYED_OFF


def test_what_gives_it_back_types_nothing(lane: Workstation) -> None:
    view = lane.card_tendering.get(paid(lane).id)
    assert view is not None
    assert not going_back(lane.desk, view, AttemptReason.GIVEN_BACK, terminal=view.attempt.terminal).keyed
