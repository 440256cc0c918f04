"""Today's promotions as people read them: what is new, which items they are about, what stands on a tile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pos.domain.promotion import Bundle, Conditions, Coupon, Each, Part, Promotion, Reward, Selection
from pos.domain.refusal import Refused
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, ITEMS, OWNER, HandClock, contents, new_shop, open_up, pin_of

BREAD = Promotion("BREAD", "Cheap bread", Each(Reward(price=3_990)), Selection(items=("1",)))
BAKERY = Promotion("BAKERY", "Bakery", Each(Reward(percent_millionths=100_000)), Selection(departments=("Bakery",)))
PAIR = Promotion(
    "PAIR",
    "Bread and kettle",
    Bundle((Part(2, Selection(items=("1",))), Part(1, Selection(items=("3",)))), Reward(price=100_000)),
)


def take(workstation: Workstation, *promotions: Promotion) -> None:
    before, workstation.desk.operator = workstation.desk.operator, OWNER
    assert not isinstance(workstation.promotions.take_in(promotions), Refused)
    workstation.desk.operator = before


def sign_on(workstation: Workstation) -> None:
    assert not isinstance(workstation.sign_on.sign_on(CASHIER.id, pin_of(CASHIER)), Refused)


def test_todays_say_their_item_and_the_usual_price_and_nothing_is_written(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    till = open_up(folder)
    take(till, BREAD, BAKERY, PAIR, replace(BREAD, id="OFF", active=False))
    before = contents(folder)
    found = {each.promotion.id: each for each in till.specials.today().specials}
    assert list(found) == ["BAKERY", "BREAD", "PAIR"]
    assert found["BREAD"].item is not None
    assert found["BREAD"].was == ITEMS[0].unit_price_minor
    assert found["PAIR"].was == 2 * ITEMS[0].unit_price_minor + ITEMS[2].unit_price_minor
    assert found["BAKERY"].item is None
    assert [item.id for item in till.specials.items("PAIR")] == ["1", "3"]
    assert "1" in [item.id for item in till.specials.items("BAKERY")]
    assert till.specials.items("GONE") == ()
    assert contents(folder) == before
    till.close()


def test_new_is_what_came_since_the_last_shift_on_an_earlier_day(tmp_path: Path) -> None:
    clock = HandClock()
    till = open_up(new_shop(tmp_path / "shop"), clock=clock)
    take(till, BREAD)
    sign_on(till)
    assert [each.new for each in till.specials.today().specials] == [False]
    clock.moment += timedelta(hours=2)
    take(till, BAKERY)
    clock.moment += timedelta(days=1)
    assert [(each.promotion.id, each.new) for each in till.specials.today().specials] == [
        ("BAKERY", True),
        ("BREAD", False),
    ]
    till.desk.operator = None
    assert [each.new for each in till.specials.today().specials] == [True, False]
    till.desk.operator = OWNER  # Who was never here before sees nothing as new.
    assert not any(each.new for each in till.specials.today().specials)
    till.close()


def test_a_promotion_that_begins_today_is_new_though_it_was_written_before(tmp_path: Path) -> None:
    clock = HandClock()
    till = open_up(new_shop(tmp_path / "shop"), clock=clock)
    tomorrow = (clock.moment + timedelta(days=1)).replace(hour=0, tzinfo=None)
    take(till, replace(BREAD, conditions=Conditions(starts=tomorrow)))
    assert till.specials.today().specials == ()
    sign_on(till)
    clock.moment += timedelta(days=1)
    assert [each.new for each in till.specials.today().specials] == [True]
    till.close()


def test_a_tile_has_the_tag_of_what_holds_for_everybody_now(tmp_path: Path) -> None:
    till = open_up(new_shop(tmp_path / "shop"))
    take(till, replace(BREAD, conditions=Conditions(coupon=Coupon(("SPRING",)))))
    assert till.specials.tags(ITEMS) == {}
    take(till, BREAD)
    assert {item: promotion.id for item, promotion in till.specials.tags(ITEMS).items()} == {"1": "BREAD"}
    till.close()
