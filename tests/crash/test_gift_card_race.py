"""Four programs pay with one gift card at once, and one dies at each commit: what was on it is given exactly once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCard
from pos.domain.refusal import Code, Refused
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.gift_card_numbers import hash_number
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books, verify_shop
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, new_shop, open_up
from tests.crash.killing import Child, Say

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

ROUNDS, ON_IT, EACH = 20, 10_000, 900


def on_the_card(lane: Workstation) -> GiftCard:
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.find(hash_number(lane.desk.shop.keys, GIFT_CARD))
    assert card is not None
    return card


def known(lane: Workstation, amount: int) -> None:
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, [NewGiftCard(GIFT_CARD, amount)], None)
        work.commit()


def paying(number: int, folder: Path, say: Say) -> None:
    """Bread after bread with the card alone, until it gives no more; every third sale is given up again."""
    lane = open_up(folder, number=number)
    turn = 0
    while True:
        turn += 1
        lane.sale.scan("BREAD")
        answer = lane.gift_card_tenders.take(GIFT_CARD, EACH)
        if isinstance(answer, Refused):
            assert answer.code in {Code.GIFT_CARD_BALANCE, Code.GIFT_CARD_EMPTY}, answer
            break
        if turn % 3 == 0:
            assert not isinstance(lane.sale.void_sale(), Refused)
            say("BACK")
            continue
        lane.sale.tender_cash(lane.sale.view.priced.due_cash)
        assert isinstance(lane.sale.complete(), CompletedSale)
        say(f"PAID {EACH}")
    # What is left goes to whoever asks for it last.
    rest = lane.gift_card_tenders.take(GIFT_CARD)
    if not isinstance(rest, Refused):
        lane.sale.tender_cash(lane.sale.view.priced.due_cash)
        paid = rest.priced.paid
        assert isinstance(lane.sale.complete(), CompletedSale)
        say(f"PAID {paid}")
    lane.close()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_four_programs_take_from_a_card_what_is_on_it(tmp_path: Path, turn: int) -> None:
    folder = new_shop(tmp_path / "shop")
    first = open_up(folder, number=9)
    known(first, ON_IT + turn)
    lanes = [Child(partial(paying, number), folder) for number in (1, 2, 3, 4)]
    for lane in lanes:
        lane.go()
    outcomes = [lane.outcome() for lane in lanes]
    assert all(line.split(" ")[0] in {"PAID", "BACK"} for outcome in outcomes for line in outcome.said), "all went well"
    paid = sum(int(amount) for outcome in outcomes for amount in outcome.says("PAID"))
    left = on_the_card(first).balance
    assert paid + left == ON_IT + turn
    # A sale that was given up late may leave something on it; nobody ever took more than there was.
    assert left >= 0
    first.close()
    assert verify_shop(folder).violations == ()


def bought(lane: Workstation) -> None:
    lane.sale.scan("BREAD")


def held(lane: Workstation) -> None:
    bought(lane)
    assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD, 1_000), Refused)


def paid(lane: Workstation) -> None:
    held(lane)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)


def loaded(lane: Workstation) -> None:
    assert not isinstance(lane.gift_cards.reload(GIFT_CARD, 500), Refused)
    lane.sale.tender_cash(500)


Prepare = Callable[[Workstation], None]
STEPS: dict[str, tuple[Prepare, Callable[[Workstation], object], tuple[int, int]]] = {
    "take": (bought, lambda lane: lane.gift_card_tenders.take(GIFT_CARD, 1_000), (2_000, 1_000)),
    "give back": (held, lambda lane: lane.tendering.give_back(1), (1_000, 2_000)),
    "void": (held, lambda lane: lane.sale.void_sale(), (1_000, 2_000)),
    "complete": (paid, lambda lane: lane.sale.complete(), (1_000, 1_000)),
    "load": (loaded, lambda lane: lane.sale.complete(), (2_000, 2_500)),
    "block": (bought, lambda lane: lane.gift_card_care.disable(GIFT_CARD, "lost"), (2_000, 2_000)),
}


@pytest.mark.parametrize("point", [CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_dies_at_its_commit_happened_or_did_not(tmp_path: Path, step: str, point: CrashPoint) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    known(lane, 2_000)
    prepare, act, (before, after) = STEPS[step]
    prepare(lane)
    with pytest.raises(ProcessDied), dying_at_commit(lane.desk, point):
        act(lane)
    lane.close()
    again = open_up(folder)
    again.sale.recover()
    assert on_the_card(again).balance == (before if point is CrashPoint.BEFORE_COMMIT else after)
    assert verify_books(again.desk.shop).violations == ()
    if not again.sale.view.empty:
        again.sale.void_sale()
        assert verify_books(again.desk.shop).violations == ()
    again.close()
