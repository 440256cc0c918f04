"""A gift card whose PIN was wrong too often waits: at every till, for everything its PIN opens, over a new start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.services.gift_card_care import CashedOut
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.gift_card_pins import TRIES_MAX, WAIT
from pos.services.gift_cards import GiftCardView
from pos.services.open_basket import SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import HandClock, new_shop, open_up
from tests.services.test_gift_cards import refused

CARD, OTHER = "6006490000000000081", "6006490000000000099"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def lane(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), clock=clock)
    lane.desk.rules = replace(lane.desk.rules, cash_out_threshold=100_000)
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, [NewGiftCard(number, 5_000, pin="4711") for number in (CARD, OTHER)], None)
        work.commit()
    lane.sale.scan("BREAD")
    yield lane
    lane.tendering.give_all_back()
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def wrong(lane: Workstation, times: int) -> list[Code]:
    return [refused(lane.gift_card_tenders.take(CARD, pin=f"000{number}")) for number in range(times)]


def test_after_five_wrong_pins_the_right_one_does_not_open_it(lane: Workstation, clock: HandClock) -> None:
    assert wrong(lane, TRIES_MAX) == [Code.PIN_WRONG] * (TRIES_MAX - 1) + [Code.GIFT_CARD_LOCKED]
    answer = lane.gift_card_tenders.take(CARD, pin="4711")
    assert isinstance(answer, Refused)
    assert answer.code is Code.GIFT_CARD_LOCKED
    until = answer.facts["until"]
    assert refused(lane.gift_card_care.cash_out(CARD, "4711")) is Code.GIFT_CARD_LOCKED
    assert refused(lane.gift_cards.balance(CARD, "4711")) is Code.GIFT_CARD_LOCKED
    # Without its PIN what is on it is said as ever, and another card opens.
    assert isinstance(lane.gift_cards.balance(CARD), GiftCardView)
    assert isinstance(lane.gift_card_tenders.take(OTHER, 100, "4711"), SaleView)
    clock.moment += WAIT
    assert isinstance(until, datetime)
    assert lane.desk.local(clock.moment) >= until
    assert isinstance(lane.gift_card_tenders.take(CARD, 100, "4711"), SaleView)


def test_it_waits_at_every_till_and_after_a_new_start(lane: Workstation, clock: HandClock) -> None:
    wrong(lane, TRIES_MAX - 1)
    second = open_up(lane.desk.shop.folder, number=2, clock=clock)
    assert refused(second.gift_cards.balance(CARD, "9999")) is Code.GIFT_CARD_LOCKED
    second.close()
    third = open_up(lane.desk.shop.folder, number=3, clock=clock)
    assert refused(third.gift_cards.balance(CARD, "4711")) is Code.GIFT_CARD_LOCKED
    third.close()


def test_each_wrong_one_is_in_the_journal_and_the_pin_is_not(lane: Workstation) -> None:
    wrong(lane, 2)
    with lane.desk.shop.books.reading() as work:
        entries = list(work.journal.of_kind(EntryKind.GIFT_CARD_PIN_WRONG))
    assert [entry.operator for entry in entries] == ["101", "101"]
    assert all("000" not in entry.payload and "•••• 0081" in entry.payload for entry in entries)


def test_tries_that_lie_far_apart_keep_nobody_waiting(lane: Workstation, clock: HandClock) -> None:
    for _ in range(2 * TRIES_MAX):
        assert wrong(lane, 1) == [Code.PIN_WRONG]
        clock.moment += WAIT / (TRIES_MAX - 1) + timedelta(seconds=1)


def test_what_is_paid_out_asks_for_the_pin_first(lane: Workstation) -> None:
    assert refused(lane.gift_card_care.cash_out(CARD)) is Code.GIFT_CARD_PIN
    assert refused(lane.gift_card_care.cash_out(CARD, "0000")) is Code.PIN_WRONG
    assert isinstance(lane.gift_card_care.cash_out(CARD, "4711"), CashedOut)
