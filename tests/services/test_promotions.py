"""The shop's promotions: versions that stay, coupons that two lanes never share, and a scan that asks little."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest

from benchmarks.recording import recorded
from pos.domain.discount import DiscountSource
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity, Unit
from pos.domain.promotion import BuyGet, Conditions, Coupon, Each, GetOf, Promotion, Reward, Selection, WhyNot
from pos.domain.promotion_findings import PromotionFinding
from pos.domain.refusal import Code, Refused
from pos.services.coupon_papers import coupon_paper, save_coupons
from pos.services.desk import read_payload
from pos.services.papers import receipt_of
from pos.services.promotions import PromotionsTaken, PromotionView, TriedLine
from pos.services.sale import CompletedSale, SaleView
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.document import Barcode, Document
from receipts.plain_text import render
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up

BREAD = Selection(items=("1",))
HALF = Promotion("HALF", "Half", Each(Reward(percent_millionths=500_000)), BREAD)
HALF_OVER = datetime.fromisoformat("2020-01-01")
COUPON = replace(HALF, id="ONCE", conditions=Conditions(coupon=Coupon(("SPRING",))))


@pytest.fixture
def till(tmp_path: Path) -> Workstation:
    return open_up(new_shop(tmp_path / "shop"))


def take(workstation: Workstation, *promotions: Promotion) -> PromotionsTaken:
    workstation.desk.operator = OWNER
    taken = workstation.promotions.take_in(promotions)
    workstation.desk.operator = CASHIER
    assert isinstance(taken, PromotionsTaken)
    return taken


def test_each_change_is_a_version_and_the_journal_says_before_and_after(till: Workstation) -> None:
    assert take(till, HALF).new == ("HALF",)
    assert take(till, HALF).same == ("HALF",)
    assert take(till, replace(HALF, name="Half off")).changed == ("HALF",)
    views = till.promotions.all()
    assert not isinstance(views, Refused)
    assert [(view.promotion.version, view.promotion.name) for view in views] == [(2, "Half off")]
    with till.desk.shop.books.reading() as work:
        told = [read_payload(entry) for entry in work.journal.of_kind(EntryKind.PROMOTIONS_CHANGED)]
    written = [each["written"] for each in told]
    assert [str(rows)[:12] for rows in written] == ["[['HALF', 1,", "[['HALF', 2,"]
    assert "Half off" in str(written[1])
    assert "Half off" not in str(told[1]["before"])
    assert isinstance(till.promotions.take_in([HALF]), Refused)
    text = till.promotions.text()
    assert isinstance(text, str)
    assert till.promotions.read_text(text) == (replace(HALF, name="Half off"),)
    till.close()


def test_a_sale_stores_the_promotion_and_its_version(till: Workstation) -> None:
    take(till, HALF)
    take(till, replace(HALF, name="Half off"))
    till.sale.scan("BREAD")
    till.sale.tender_cash(10**6)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    with till.desk.shop.books.reading() as work:
        stored = work.transactions.get(done.transaction.id)
    assert stored is not None
    (share,) = stored.lines[0].discounts
    assert (share.source, share.id, share.version, share.name) == (DiscountSource.PROMOTION, "HALF", 2, "Half off")
    till.close()


def test_switched_off_it_holds_no_more_on_any_lane(till: Workstation, tmp_path: Path) -> None:
    other = open_up(tmp_path / "shop", number=2)
    take(till, HALF)
    shown = other.sale.scan("BREAD")
    assert isinstance(shown, SaleView)
    assert shown.priced.promotions.applied[0].promotion.id == "HALF"
    till.desk.operator = OWNER
    assert isinstance(till.promotions.switch("HALF", active=False), PromotionsTaken)
    assert till.promotions.switch("NONE", active=False) == Refused(Code.PROMOTION_UNKNOWN, {"promotion": "NONE"})
    again = other.sale.scan("BREAD")
    assert isinstance(again, SaleView)
    assert again.priced.discount == 0
    other.close()
    till.close()


def test_a_coupon_is_used_by_one_sale_though_two_lanes_hold_it(till: Workstation, tmp_path: Path) -> None:
    other = open_up(tmp_path / "shop", number=2)
    take(till, COUPON)
    for lane in (till, other):
        lane.sale.scan("BREAD")
        assert isinstance(lane.sale.scan("spring"), SaleView)
        assert lane.sale.view.priced.discount > 0
        lane.sale.tender_cash(10**6)
    assert isinstance(till.sale.complete(), CompletedSale)
    raced = other.sale.complete()
    assert isinstance(raced, Refused)
    assert raced.code is Code.COUPON_USED
    other.sale.release_tenders()
    assert isinstance(other.sale.remove_coupon("SPRING"), SaleView)
    shown = other.sale.add_coupon("SPRING")
    assert isinstance(shown, Refused)
    assert shown.code is Code.COUPON_USED
    other.sale.tender_cash(10**6)
    assert isinstance(other.sale.complete(), CompletedSale)
    other.close()
    till.close()


def test_a_coupon_whose_items_are_not_here_is_kept_for_another_day(till: Workstation) -> None:
    take(till, replace(COUPON, items=Selection(items=("ELSE",))))
    till.sale.scan("BREAD")
    till.sale.add_coupon("SPRING")
    till.sale.tender_cash(10**6)
    assert isinstance(till.sale.complete(), CompletedSale)
    assert till.sale.add_coupon("SPRING") == till.sale.view
    assert till.sale.view.priced.basket.coupons == ("SPRING",)
    unknown = till.sale.scan("AUTUMN")
    assert isinstance(unknown, Refused)
    assert unknown.code is Code.ITEM_UNKNOWN
    till.close()


def test_a_scan_reads_the_promotions_once(tmp_path: Path) -> None:
    with recorded() as recording:
        workstation = open_up(new_shop(tmp_path / "shop"))
        take(workstation, *(replace(HALF, id=f"P{number}") for number in range(50)))
        workstation.sale.scan("BREAD")
        counts = []
        for _ in range(3):
            recording.take()
            workstation.sale.scan("BREAD")
            statements = recording.take()
            counts.append(len(statements))
            assert not any("promotion_version.body" in statement.sql for statement in statements)
        assert counts[0] == counts[-1] <= 14
        workstation.close()


def test_what_is_odd_is_said_and_tried_before_it_holds(till: Workstation) -> None:
    odd = replace(HALF, items=Selection(items=("NOWHERE",)), conditions=Conditions(ends=HALF_OVER))
    assert till.promotions.findings(odd) == (PromotionFinding.OVER, PromotionFinding.NO_ITEM)
    assert till.promotions.findings(HALF) == ()
    for other, found in (
        (BREAD, (PromotionFinding.NO_ITEM, PromotionFinding.OVERLAPS_ITSELF)),
        (Selection(all=True), (PromotionFinding.OVERLAPS_ITSELF,)),
        (Selection(all=True, not_items=("1",)), ()),
    ):
        kind = BuyGet(1, 1, Reward(percent_millionths=500_000), GetOf.OTHER, other)
        assert till.promotions.findings(replace(HALF, kind=kind)) == found
    till.desk.operator = OWNER
    bread = till.catalogue.get("1")
    assert isinstance(bread, Item)
    for cost, found in (
        (bread.unit_price_minor // 2, ()),
        (bread.unit_price_minor // 2 + 1, (PromotionFinding.BELOW_COST,)),
    ):
        assert isinstance(till.catalogue.edit_item(replace(bread, cost=cost)), Item)
        assert till.promotions.findings(HALF) == found
    assert till.promotions.findings(replace(HALF, kind=Each(Reward(price=bread.unit_price_minor - 1)))) == ()
    dear = replace(HALF, kind=Each(Reward(price=bread.unit_price_minor)))
    assert till.promotions.findings(dear) == (PromotionFinding.GIVES_NOTHING,)
    assert isinstance(till.catalogue.edit_item(replace(bread, not_discountable=True)), Item)
    assert till.promotions.findings(HALF) == (PromotionFinding.NO_ITEM,)
    assert isinstance(till.catalogue.edit_item(bread), Item)
    free = replace(HALF, kind=Each(Reward(percent_millionths=1_000_000)))
    assert take(till, free).findings == (("HALF", PromotionFinding.GIVES_AWAY),)
    less = replace(HALF, id="LESS", kind=Each(Reward(percent_millionths=100_000)))
    assert till.promotions.findings(less) == (PromotionFinding.ALWAYS_BEATEN,)
    both = take(till, less, replace(HALF, active=False))
    assert both.findings == (), "what takes its place stands down in the same file"
    tried = till.promotions.try_on([TriedLine("1", Quantity.pieces(2))], instead=[COUPON])
    assert not isinstance(tried, Refused)
    assert tried.promotions.passed_over[0].why is WhyNot.NEEDS_COUPON
    views = till.promotions.all()
    assert not isinstance(views, Refused)
    assert isinstance(views[0], PromotionView)
    till.close()


def test_versions_are_listed_and_a_preview_writes_nothing(till: Workstation) -> None:
    take(till, HALF)
    newer = replace(HALF, name="Half off")
    shown = till.promotions.preview([newer, COUPON])
    assert isinstance(shown, PromotionsTaken)
    assert (shown.new, shown.changed, shown.same) == (("ONCE",), ("HALF",), ())
    take(till, newer)
    history = till.promotions.history("HALF")
    assert not isinstance(history, Refused)
    assert [(each.promotion.version, each.promotion.name, each.changer) for each in history] == [
        (2, "Half off", OWNER.name),
        (1, "Half", OWNER.name),
    ]
    till.desk.operator = OWNER
    assert till.promotions.take_in([HALF], only_new=True) == Refused(Code.PROMOTION_EXISTS, {"promotion": "HALF"})
    till.desk.operator = None
    assert isinstance(till.promotions.take_in([COUPON], from_command_line=True), PromotionsTaken)
    till.close()


def test_a_receipt_calls_a_promotion_as_its_customer_does_and_as_it_was_then(till: Workstation) -> None:
    """In a language the shop wrote no name in, the name of the receipt holds."""
    named = replace(HALF, names=(("cs", "Půlka"), ("en", "Half price")), says=(("cs", "Za půl ceny."),))
    take(till, named)
    till.sale.scan("BREAD")
    till.sale.tender_cash(10_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    take(till, replace(named, names=(("cs", "Něco jiného"),)))
    said = {}
    with till.desk.shop.books.reading() as work:
        for language in ("cs", "en", "sv"):
            paper = receipt_of(work, till.desk, done.transaction, Wording(language))
            said[language] = [name for name in ("Půlka", "Half price", "Half ") if name in render(paper, 42)]
    assert till.promotions.called(done.transaction, "cs") == {("HALF", 1): "Půlka"}
    assert said == {"cs": ["Půlka"], "en": ["Half price", "Half "], "sv": ["Half "]}
    assert (named.say_in("cs"), named.say_in("sv"), HALF.say_in("sv")) == ("Za půl ceny.", "Za půl ceny.", "")
    till.close()


def test_coupons_are_paper_whose_bars_the_till_takes(till: Workstation, tmp_path: Path) -> None:
    gs1 = replace(COUPON, conditions=Conditions(coupon=Coupon(("SPRING",), gs1=("9521234567899",))))
    take(till, gs1, HALF)
    assert coupon_paper(till.desk, "ONCE") == Refused(Code.NOT_PERMITTED)
    till.desk.operator = OWNER
    assert coupon_paper(till.desk, "NONE") == Refused(Code.PROMOTION_UNKNOWN, {"promotion": "NONE"})
    assert coupon_paper(till.desk, "HALF") == Refused(Code.COUPON_UNKNOWN, {"code": "HALF"})
    paper = coupon_paper(till.desk, "ONCE")
    assert isinstance(paper, Document)
    assert "Bread: 50% off." in render(paper, 42)
    bars = [block for block in paper.blocks if isinstance(block, Barcode)]
    assert [(each.data, each.caption) for each in bars] == [
        ("SPRING", "SPRING"),
        ("2559521234567899", "(255)9521234567899"),
    ]
    saved = save_coupons(paper, "ONCE", tmp_path / "coupons")
    assert saved.read_bytes().startswith(b"%PDF")
    assert saved.stat().st_mode & 0o777 == 0o600
    till.desk.operator = CASHIER
    for each in bars:
        assert isinstance(till.sale.scan(each.data), SaleView)
    assert till.sale.view.priced.basket.coupons == ("SPRING", "9521234567899")
    till.close()


def test_the_catalogue_knows_the_same_items_as_the_engine(till: Workstation) -> None:
    """Which items a promotion is about is asked of the books and of lines: both have one answer."""
    shop = [
        Item("A", "Aa", 100, (), Unit.PIECE, "North", ("AAA1",), family="one", flags=("red", "big")),
        Item("B", "Bb", 250, (), Unit.PIECE, "North", ("BBB1",), family="two", flags=("red",)),
        Item("C", "Cc", 250, (), Unit.PIECE, "South", ("CCC1",), family="one", cost=90),
        Item("D", "Dd", 400, (), Unit.PIECE, "South", ("DDD1",), flags=("bigger",), not_discountable=True),
        Item("E", "Ee", 300, (), Unit.PIECE, "", ("EEE1",), flags=("big",), container=True),
        Item("F", "Ff", 0, (), Unit.PIECE, "South", ("FFF1",), open_price=True),
    ]
    till.desk.operator = OWNER
    for item in shop:
        assert isinstance(till.catalogue.new_item(item), Item)
    takes_part = [item for item in shop if not (item.not_discountable or item.container)]
    words = ((), ("A", "F")), ((), ("North",), ("South",)), ((), ("one",)), ((), ("red",), ("big",))
    for items, departments, families, flags in product(*words):
        without = Selection(True, not_items=items, not_departments=departments, not_families=families, not_flags=flags)
        for one in (Selection(False, items, departments, families, flags), without):
            taken = [item for item in takes_part if one.takes(item.id, item.department, item.family, item.flags)]
            with till.desk.shop.books.reading() as work:
                found = [each for each in work.promotions.ids_of(one, 100) if each in "ABCDEF"]
                prices = work.promotions.prices([Selection(items=("B",)), one])[1]
            assert found == [item.id for item in taken], one
            behind = {item.unit_price_minor for item in taken if item.id not in ("B", "F")}
            assert behind <= {price for price, _ in prices.prices}
            assert prices.open is any(item.open_price for item in taken)
    with till.desk.shop.books.reading() as work:
        some = Selection(departments=("South",))
        assert work.promotions.claimed_before(some, [Selection(families=("one",))]) == (True, False)
        assert work.promotions.claimed_before(some, [Selection(all=True)]) == (True, True)
        assert work.promotions.claimed_before(some, [Selection(departments=("North",))]) == (False, False)
        assert work.promotions.prices([some])[0].prices == ((250, 90),)
    till.close()
