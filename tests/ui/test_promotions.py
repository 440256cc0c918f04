"""Promotions as a manager makes and tests them: listed, made in a form, tried on a basket, from a file and into one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.promotion import Bundle, BuyGet, Promotion, Tiers
from pos.domain.refusal import Refused
from pos.services.demo_promotions import demo_promotions
from pos.ui.promotions.exchange import PromotionsFileScreen
from pos.ui.promotions.form import PromotionForm
from pos.ui.promotions.screen import PromotionsScreen
from pos.ui.promotions.trying import TryScreen
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it, nothing sold yet."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    lane.shell.lock()
    lane.sign_in(DANA)
    yield lane
    lane.close()


def promotions(till: Lane) -> PromotionsScreen:
    till.shell.open_place("promotions")
    screen = till.shell.screen_shown
    assert isinstance(screen, PromotionsScreen)
    return screen


def form(till: Lane) -> PromotionForm:
    screen = till.shell.screen_shown
    assert isinstance(screen, PromotionForm)
    return screen


def stored(till: Lane) -> dict[str, Promotion]:
    """What was made here, beside what the demo shop offers anyway."""
    views = till.opened.workstation.promotions.all()
    assert not isinstance(views, Refused)
    offered = {each.id for each in demo_promotions(till.clock.now())}
    return {view.promotion.id: view.promotion for view in views if view.promotion.id not in offered}


def figure(screen: PromotionsScreen, promotion_id: str) -> str:
    return next(row.figure for row in screen.list.found.rows if row.id == promotion_id)


def fill(shown: PromotionForm, **texts: str) -> None:
    for name, text in texts.items():
        shown.fields.fields[name].set_text(text)
        shown.fields.fields[name].changed.emit()


def make(till: Lane, **texts: str) -> PromotionsScreen:
    screen = promotions(till)
    till.trigger("promotions.keys.new")
    fill(form(till), **texts)
    till.trigger("promotion_edit.keys.save")
    assert till.shell.screen_shown is screen, [f.refusal for f in form(till).fields.fields.values() if f.refusal]
    return screen


def number_of(till: Lane, code: str) -> str:
    item = till.opened.workstation.catalogue.of_code(code)
    assert item is not None
    return item.id


def test_one_is_made_by_scanning_its_items_and_holds_at_the_sale(till: Lane) -> None:
    screen = promotions(till)
    till.trigger("promotions.keys.new")
    till.shell.scanned(MUG)
    fill(form(till), name="Mug week", value="20")
    form(till).look()
    assert ("Gives", "Ceramic mug 350 ml: 20% off.") in form(till).card.lines
    till.trigger("promotion_edit.keys.save")
    assert till.shell.screen_shown is screen
    assert screen.context == "Mug week"
    assert figure(screen, "MUG-WEEK") == "In force"
    assert ("Version 1", f"Nov 21, 2026 · 14:32 · {_name(till)}") in [*screen.card.lines]
    till.shell.open_place("sell")
    till.shell.scanned(MUG)
    assert till.opened.workstation.sale.view.priced.discount > 0


def _name(till: Lane) -> str:
    operator = till.opened.workstation.desk.operator
    assert operator is not None
    return operator.name


def test_each_kind_has_its_own_fields(till: Lane) -> None:
    mug, soap = number_of(till, MUG), number_of(till, SOAP)
    make(till, name="Three", kind="buy_get", buy="2", get="1", of="other", of_items=soap, item=mug)
    make(till, name="Set", kind="bundle", part1_items=mug, part2_items=f"{soap}; not flag: x", part3_items="all",
         reward="price", value="9.90")  # fmt: skip
    make(till, name="More", kind="tiers", by="spend", step1_from="50", step1_reward="amount", step1_value="5",
         step2_from="100", step2_reward="percent", step2_value="10")  # fmt: skip
    kinds = {promotion.id: promotion.kind for promotion in stored(till).values()}
    assert isinstance(kinds["THREE"], BuyGet)
    assert isinstance(kinds["SET"], Bundle)
    assert len(kinds["SET"].parts) == 3
    assert isinstance(kinds["MORE"], Tiers)
    assert [step.at_least for step in kinds["MORE"].steps] == [5000, 10000]
    screen = promotions(till)
    screen.list.choose("SET")
    screen._show_chosen("SET")
    till.trigger("promotions.keys.change")
    shown = form(till)
    assert not shown.unsaved
    assert shown.fields.fields["part2_items"].text == f"{soap}; not flag: x"
    assert shown.fields.fields["item"].isHidden() or not shown.fields.fields["item"].isVisible()


def test_a_fault_is_said_at_its_field_and_nothing_is_written(till: Lane) -> None:
    promotions(till)
    till.trigger("promotions.keys.new")
    shown = form(till)
    till.trigger("promotion_edit.keys.save")
    assert shown.fields.fields["name"].refusal == "“Name on the receipt” is missing."
    fill(shown, name="Mug week", value="120")
    shown.save()
    assert "from 0 to 100 per cent" in shown.fields.fields["value"].refusal
    fill(shown, value="12", until="2026-12-01", **{"from": "2026-12-24"})
    shown.save()
    assert shown.fields.fields["until"].refusal == "It would end before it begins."
    assert stored(till) == {}
    shown.drop()
    make(till, name="Mug week", value="12")
    till.trigger("promotions.keys.new")
    fill(form(till), name="Other", id="MUG-WEEK", value="12")
    form(till).save()
    assert "already" in form(till).fields.fields["id"].refusal


def test_what_is_odd_is_noted_and_not_forbidden(till: Lane) -> None:
    promotions(till)
    till.trigger("promotions.keys.new")
    fill(form(till), name="Old", value="100", item="NOWHERE", until="2020-01-01")
    form(till).look()
    assert len(form(till).card.notes.said) == 3
    till.trigger("promotion_edit.keys.save")
    assert stored(till)["OLD"].conditions.ends is not None


def test_switched_off_and_on_again_from_a_day(till: Lane) -> None:
    screen = make(till, name="Mug week", value="20", item=number_of(till, MUG))
    till.trigger("promotions.keys.switch")
    assert not stored(till)["MUG-WEEK"].active
    assert not screen.starts.isHidden()
    screen.starts.set_text("soon")
    till.trigger("promotions.keys.switch")
    assert "cannot be “soon”" in screen.starts.refusal
    screen.starts.set_text("24. 12. 2026")
    till.trigger("promotions.keys.switch")
    again = stored(till)["MUG-WEEK"]
    assert again.active
    assert again.conditions.starts is not None
    assert again.conditions.starts.isoformat() == "2026-12-24T00:00:00"
    assert figure(screen, "MUG-WEEK") == "Coming"
    assert [name for name, _ in screen.card.lines if name.startswith("Version ")] == [
        "Version 3",
        "Version 2",
        "Version 1",
    ]


def test_the_list_is_found_by_typing_by_state_and_by_a_scan(till: Lane) -> None:
    make(till, name="Mug week", value="20", item=number_of(till, MUG))
    screen = make(till, name="Soap for two", value="10", item=number_of(till, SOAP), codes="SPRING", category="Bath")
    for text, found in (
        ("mug", ["Mug week"]),
        ("bath", ["Soap for two"]),
        ("10%", ["Soap for two"]),
        ("spring", ["Soap for two"]),
        ("zz", []),
    ):
        screen.field.set_text(text)
        screen.field.edited.emit(text)
        assert [row.name for row in screen.list.found.rows] == found, text
    till.shell.scanned(SOAP)
    assert [row.name for row in screen.list.found.rows] == ["Soap for two"]
    screen._search_anew()
    screen.which.choose("off")
    screen.which.chosen.emit("off")
    assert screen.list.found.rows == []


def test_a_basket_is_tried_with_a_day_a_coupon_and_a_tier(till: Lane) -> None:
    make(till, name="Gold mugs", value="50", item=number_of(till, MUG), tier="gold", codes="SPRING",
         **{"from": "2026-12-01"})  # fmt: skip
    till.trigger("promotions.keys.try")
    screen = till.shell.screen_shown
    assert isinstance(screen, TryScreen)
    till.shell.scanned(MUG)
    assert screen.told == [("Gold mugs not used. It begins Dec 1, 2026.", "")]
    screen.asked["at"].set_text("2026-12-02 10:00")
    screen.try_on()
    assert screen.told == [("Gold mugs not used. It is for customers of gold.", "")]
    screen.asked["tier"].set_text("gold")
    till.trigger("promotion_try.keys.again")
    assert screen.told == [("Gold mugs not used. It wants its coupon; scan that.", "")]
    till.shell.scanned("SPRING")
    assert screen.told[0][0].startswith("Gold mugs: −$")
    assert till.opened.workstation.sale.view.priced.basket.lines == ()
    till.trigger("promotion_try.keys.more")
    assert screen.priced is not None
    assert screen.priced.lines[0].line.quantity.thousandths == 2000
    screen.asked["at"].set_text("never")
    screen.try_on()
    assert screen.asked["at"].refusal
    till.trigger("promotion_try.keys.empty")
    assert screen.list.found.rows == []


def test_one_is_tried_before_it_is_saved(till: Lane) -> None:
    promotions(till)
    till.trigger("promotions.keys.new")
    fill(form(till), name="Kettles", value="10", item=number_of(till, KETTLE))
    till.trigger("promotion_edit.keys.try")
    screen = till.shell.screen_shown
    assert isinstance(screen, TryScreen)
    screen.field.set_text("kettle")
    screen.field.submitted.emit("kettle")
    assert screen.told[0][0].startswith("Kettles: −$")
    assert stored(till) == {}
    till.trigger("promotion_try.keys.back")
    assert form(till).fields.fields["name"].text == "Kettles"


def test_a_file_is_looked_at_before_it_is_taken_in(till: Lane, tmp_path: Path) -> None:
    make(till, name="Mug week", value="20", item=number_of(till, MUG))
    till.trigger("promotions.keys.file")
    screen = till.shell.screen_shown
    assert isinstance(screen, PromotionsFileScreen)
    out = tmp_path / "promotions.yaml"
    screen.export_to(out)
    assert 'id: "MUG-WEEK"' in out.read_text(encoding="utf-8")
    file = tmp_path / "more.yaml"
    file.write_text("promotions:\n  - {id: MUG-WEEK, percent: 25}\n  - id: NEW\n    percent: 120\n")
    screen.choose_file(str(file))
    assert screen.file.refusal.startswith("Line 4: “percent” cannot be “120”")
    assert not screen.import_button.isEnabled()
    file.write_text("promotions:\n  - {id: MUG-WEEK, percent: 25}\n  - id: NEW\n    percent: 12\n")
    screen.choose_file(str(file))
    assert screen.state.text() == "1 new, 1 changed, 0 as they are"
    assert "NEW" not in stored(till)
    till.trigger("promotions_file.keys.import")
    assert sorted(stored(till)) == ["MUG-WEEK", "NEW"]
    assert stored(till)["MUG-WEEK"].version == 2
    assert screen.banner.message == "2 promotions were taken in."
    screen.choose_file(str(out))
    assert screen.state.text().startswith("0 new, 1 changed")


def test_the_coupons_of_a_promotion_are_handed_out(till: Lane) -> None:
    screen = make(till, name="Gold mugs", value="50", item=number_of(till, MUG), codes="SPRING")
    assert not screen.coupons_button.isHidden()
    till.trigger("promotions.keys.coupons")
    assert screen.banner.message
    make(till, name="Mug week", value="20", item=number_of(till, MUG))
    assert screen.coupons_button.isHidden()
