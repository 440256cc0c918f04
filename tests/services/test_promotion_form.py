"""A form of promotions says what a file says: read back it is the same promotion, and a fault has its field."""

from __future__ import annotations

import pytest

from pos.domain.promotion import BuyGet, GetOf, Promotion
from pos.services.promotion_file import parse_promotions
from pos.services.promotion_form import FormFault, promotion_form, proposed_id, read_promotion_form

ALL_KINDS = """
promotions:
  - {id: A, percent: "12.5", items: {category: [home, bath], not: {item: KETTLE, flag: organic}},
     names: {cs: Sleva}, say: {sv: Billigt}}
  - {id: B, amount: "1.00", from: "2026-11-01", until: "2026-11-30", weekdays: [mon, fri],
     hours: ["16:00-18:30", "20:00-22:00"]}
  - {id: C, price: "4.00", items: {item: SOAP}, coupon: {codes: [SPRING], gs1: ["9521234567899"], uses: unlimited}}
  - {id: D, buy_get: {buy: 2, get: 1, of: cheapest}, items: {category: home}, tier: [gold], customer_group: [club]}
  - {id: E, buy_get: {buy: 1, get: 1, of: {item: [MUG, CUP], not: {flag: x}}, percent: 50},
     items: {item: KETTLE}, limit: 2}
  - {id: F, nth: {n: 3, percent: 50}, items: {family: MUGS}, until: "2026-11-22T18:00", active: "false"}
  - {id: G, mix: {pieces: 3, price: "9.90"}, items: {all: "true"}, group: mixes, priority: 7}
  - {id: H, bundle: {parts: [{pieces: 2, item: MUG}, {category: bath, not: {item: SOAP}}, {all: "true"}],
     price: "20.00"}}
  - {id: I, threshold: {spend: "50.00", amount: "5.00", every: "true"}, combinable: "true"}
  - {id: J, tiers: {by: quantity, steps: [{from: "3", percent: 10}, {from: "6.5", percent: 20}]}, items: {flag: fruit}}
"""


@pytest.mark.parametrize("promotion", parse_promotions(ALL_KINDS, "USD"), ids=lambda each: each.id)
def test_what_a_form_shows_is_the_promotion_read_back(promotion: Promotion) -> None:
    assert read_promotion_form(promotion_form(promotion, "USD"), "USD") == promotion


def test_figures_and_days_are_read_as_people_write_them() -> None:
    texts = {"id": "A", "kind": "each", "reward": "percent", "value": "12,5 %", "from": "24. 12. 2026 9:00"}
    read = read_promotion_form(texts | {"until": "2026-12-31"}, "CZK")
    assert read.conditions.starts is not None
    assert read.conditions.starts.isoformat() == "2026-12-24T09:00:00"
    nth = read_promotion_form({"id": "B", "kind": "nth", "n": "2", "of": "same"}, "CZK")
    assert isinstance(nth.kind, BuyGet)
    assert (nth.kind.buy, nth.kind.get, nth.kind.of) == (1, 1, GetOf.SAME)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"value": "120"}, "value"),
        ({"value": ""}, "value"),
        ({"reward": "price", "value": "x"}, "value"),
        ({"id": "a b"}, "id"),
        ({"from": "soon"}, "from"),
        ({"from": "2026-12-02", "until": "2026-12-01"}, "until"),
        ({"hours": "18-16"}, "hours"),
        ({"codes": "SPRING", "uses": "0"}, "uses"),
        ({"gs1": "12"}, "gs1"),
        ({"limit": "0"}, "limit"),
        ({"group": "x", "combinable": "true"}, "group"),
        ({"kind": "buy_get", "buy": "2"}, "get"),
        ({"kind": "buy_get", "buy": "2", "get": "1", "of": "other", "of_items": "categry: home"}, "of_items"),
        ({"kind": "nth", "n": "1"}, "n"),
        ({"kind": "mix", "pieces": "", "value": "5"}, "pieces"),
        ({"kind": "bundle", "part1_items": "MUG", "part1_pieces": "0", "part2_items": "CUP"}, "part1_pieces"),
        ({"kind": "bundle", "part1_items": "MUG"}, "part1_items"),
        ({"kind": "tiers", "step1_from": "", "step1_value": ""}, "step1_from"),
        ({"kind": "tiers", "step1_from": "3", "step1_value": "5", "step2_from": "2", "step2_value": "9"}, "step2_from"),
        ({"kind": "tiers", "step1_from": "3", "step1_value": "500"}, "step1_value"),
    ],
)
def test_a_fault_is_told_of_its_field(texts: dict[str, str], field: str) -> None:
    with pytest.raises(FormFault) as fault:
        read_promotion_form({"id": "A", "kind": "each", "reward": "percent", "value": "10"} | texts, "USD")
    assert fault.value.field == field


def test_a_number_is_made_of_the_name() -> None:
    assert proposed_id("Tři hrnky za dva!", ()) == "TRI-HRNKY-ZA-DVA"
    assert proposed_id("Tři", ("TRI", "TRI-2")) == "TRI-3"
    assert proposed_id("★", ()) == "PROMOTION"
