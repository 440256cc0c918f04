"""The `history` of a script is read strictly, balanced to the minor unit, and taken over as it stands."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from pos.domain.came_back import with_back
from pos.domain.customer import Customer
from pos.domain.item import Item
from pos.domain.money import Quantity, Unit
from pos.domain.purchase import Channel, Purchase
from pos.domain.shop import ShopRules
from pos.domain.stored_value import StoredAct
from pos.domain.taken_over import TakenOver
from pos.domain.tax import PriceMode, TaxRate
from pos.domain.tender import TenderKind
from pos.script.card_steps import GivenCard
from pos.script.fields import Part
from pos.script.history import read_history
from pos.script.read import ScriptError, parse
from tests.script.playing import play_text

RATES = (TaxRate("standard", 88_750), TaxRate("city", 10_000), TaxRate("food"))
RULES = ShopRules("Shop", "0001", "USD", "America/New_York", region="US-NY", tax_rates=RATES)
ITEMS = (
    Item("KETTLE", "Kettle", 3_000, ("standard",), department="home", family="kettles", flags=("bulky",)),
    Item("RED", "Red kettle", 3_000, ("standard",), department="home", family="kettles"),
    Item("TOASTER", "Toaster", 4_000, ("standard",), department="home", final_sale=True),
    Item("BANANA", "Bananas", 129, ("food",), unit=Unit.LB),
)
KETTLE = 'item: KETTLE, unit_price: "30.00", tax_rate: "8.875", tax: "2.66"'
OLD_1 = f"""
  - receipt: OLD-1
    at: "2026-01-10T23:30"
    lines: [{{line: 1, {KETTLE}}}]
    tenders: [{{kind: credit, amount: "32.66", card: visa-4242}}]
"""


def taken(*rows: str, rules: ShopRules = RULES) -> TakenOver:
    root = parse("history:\n" + "".join(dedent(row) for row in rows))
    customers = [Customer("C1", "Ann", tier="member", group="club")]
    return read_history(Part("", root), rules, ITEMS, customers, [GivenCard("house-1", closed=False, house=True)]).taken


def now(found: TakenOver, number: int = 0) -> Purchase:
    """A purchase with what came back of it."""
    sale = found.sales[number]
    return with_back(sale, [one.back for one in found.returns if one.purchase == sale.id])


def test_a_sale_is_what_the_row_says() -> None:
    (sale,) = taken(
        """
          - receipt: OLD-7
            at: "2026-01-10T23:30"
            region: US-CT
            channel: distance
            delivered: "2026-01-14"
            customer: C1
            operator: "55"
            workstation: 3
            rounding: "-0.02"
            change: "7.38"
            points: {earned: 60, spent: 5}
            rewards: {earned: "10.00", spent: "2.50"}
            lines:
              - {item: KETTLE, qty: 2, unit_price: "30.00", discount: "6.00", promotions: [{id: P1, amount: "4.00"},
                 {id: P2, amount: "2.00"}], taxes: [{rate: "8.875", amount: "4.79"}, {rate: "1", amount: "0.54"}],
                 serials: [A, B], final_sale: true, flags: [clearance], facts: {rebate_paid: true}, exchanged: 1}
              - {line: 5, item: BANANA, qty: "1.250", unit_price: "1.29"}
              - {line: 6, gift_card: "6006490000000000024", unit_price: "50.00"}
            tenders:
              - {kind: credit, amount: "20.00", state: declined, card: visa-1}
              - {kind: debit, amount: "60.00", cash_back: "20.00", card: house-1, settled: false, pin: true}
              - {kind: credit, amount: "38.00", requested: "50.00", card: visa-2}
              - {kind: gift_card, amount: "10.00", number: "6006490000000000024"}
              - {kind: cash, amount: "30.30"}
        """
    ).sales
    first, second, third = sale.lines
    assert (first.extended, first.net, first.tax, first.total) == (6_000, 5_400, 533, 5_933)
    assert [(tax.code, tax.base, tax.amount) for tax in first.taxes] == [("standard", 5_400, 479), ("city", 5_400, 54)]
    assert [(one.id, one.amount) for one in first.discounts] == [("P1", 400), ("P2", 200)]
    assert first.terms.final_sale
    assert (first.terms.flags, first.terms.family, first.category) == (("clearance",), "kettles", "home")
    assert (first.serials, dict(first.facts), first.exchanged) == (("A", "B"), {"rebate_paid": "true"}, 1)
    assert (second.line, second.quantity, second.total) == (5, Quantity(1_250, Unit.LB), 161)
    assert third.stored is not None
    assert (third.stored.act, third.terms.flags) == (StoredAct.SELL, ("gift_card",))
    assert (sale.total, sale.rounding) == (5_933 + 161 + 5_000, -2)
    # Change comes off the cash, cash-back off its card; what was declined gave nothing.
    assert [tender.amount for tender in sale.tenders] == [0, 4_000, 3_800, 1_000, 2_292]
    assert [tender.declined for tender in sale.tenders] == [True, False, False, False, False]
    card = sale.tenders[1]
    assert (card.cash_back, card.house_card, card.settled, card.pin) == (2_000, True, False, True)
    assert sale.tenders[2].requested == 5_000
    assert (sale.day.isoformat(), sale.at.isoformat()) == ("2026-01-10", "2026-01-11T04:30:00+00:00")
    assert (sale.region, sale.channel, str(sale.delivered)) == ("US-CT", Channel.DISTANCE, "2026-01-14")
    # The tier then; left out it is the customer's.
    assert (sale.buyer.id, sale.buyer.tier, sale.buyer.group) == ("C1", "member", "club")
    assert (sale.earned.points_earned, sale.earned.rewards_earned, sale.earned.rewards_spent) == (60, 1_000, 250)


def test_prices_that_hold_their_tax() -> None:
    rules = ShopRules("Shop", "0001", "USD", "UTC", price_mode=PriceMode.TAX_INCLUDED, tax_rates=RATES)
    (sale,) = taken(
        """
          - receipt: OLD-1
            at: "2026-01-10"
            lines: [{item: KETTLE, unit_price: "32.66", tax_rate: "8.875", tax: "2.66"}]
            tenders: [{kind: cash, amount: "32.66"}]
        """,
        rules=rules,
    ).sales
    assert (sale.lines[0].net, sale.lines[0].tax, sale.total) == (3_000, 266, 3_266)


def test_that_a_sale_was_final_is_never_looked_up_later() -> None:
    (sale,) = taken(
        """
          - {receipt: OLD-1, at: "2026-01-10", lines: [{item: TOASTER, unit_price: "40.00"}],
             tenders: [{kind: cash, amount: "40.00"}]}
        """
    ).sales
    assert not sale.lines[0].terms.final_sale


def test_a_card_is_known_again_by_its_name() -> None:
    sales = taken(OLD_1, OLD_1.replace("OLD-1", "OLD-2")).sales
    assert sales[0].tenders[0].token == sales[1].tenders[0].token != ""


def test_what_came_back_is_gone_and_its_money_with_it() -> None:
    found = taken(
        """
          - receipt: OLD-1
            at: "2026-01-10"
            lines: [{line: 1, item: KETTLE, qty: 3, unit_price: "96.67", discount: "0.01", tax_rate: "0", tax: "0.00"}]
            tenders: [{kind: cash, amount: "200.00"}, {kind: credit, amount: "90.00", card: visa-1}]
          - {return: OLD-2, of: OLD-1, at: "2026-01-11", lines: [{line: 1, serial: X}],
             tenders: [{kind: credit, amount: "90.00"}, {kind: cash, amount: "6.67"}]}
          - {return: OLD-3, of: OLD-1, at: "2026-01-12", lines: [{line: 1}], rounding: "0.04",
             tenders: [{kind: cash, amount: "80.00"}]}
          - {return: OLD-4, of: OLD-1, at: "2026-01-13", tenders: [{kind: cash, amount: "5.00", of: 1}]}
        """
    )
    first, second, third = found.returns
    # 290.00 in three slices: the first is 96.67. Of the second a fee was kept: 79.96 was paid for it.
    assert [line.net for one in (first, second) for line in one.lines] == [9_667, 7_996]
    assert third.lines == ()
    line = now(found).lines[0]
    assert (line.returned, line.returned_net, line.back_serials) == (2_000, 17_663, ("X",))
    assert [tender.refunded for tender in now(found).tenders] == [667 + 8_000 + 500, 9_000]
    assert (now(found).refunded, now(found).cash_paid, now(found).cash_exact) == (18_167, 9_167, 9_163)


def test_without_a_receipt() -> None:
    (one,) = taken(
        """
          - {return: OLD-2, at: "2026-01-11", customer: C1, id_document: {kind: driving_licence, number: D4417788},
             lines: [{item: KETTLE, qty: 2}], tenders: [{kind: store_credit, amount: "25.00"}]}
        """
    ).returns
    assert (one.purchase, one.customer, one.refund) == ("", "C1", 2_500)
    assert one.id_shown is not None
    assert (one.lines[0].line, one.lines[0].quantity) == (0, Quantity.pieces(2))


def test_an_even_exchange_stands_for_the_old_line() -> None:
    found = taken(
        OLD_1,
        f"""
          - {{exchange: OLD-2, of: OLD-1, at: "2026-01-12", lines: [{{line: 1}}], tenders: [],
             new_lines: [{{line: 3, for: 1, {KETTLE.replace("KETTLE", "RED")}}}]}}
          - {{exchange: OLD-3, of: OLD-2, at: "2026-01-13", lines: [{{line: 3}}], new_lines: [{{for: 3, {KETTLE}}}]}}
          - {{return: OLD-4, of: OLD-3, at: "2026-01-14", lines: [{{line: 1}}],
             tenders: [{{kind: credit, amount: "32.66"}}]}}
        """,
    )
    assert len(found.sales) == 1
    assert [(one.exchange, one.lines[0].swapped, one.lines[0].new_line) for one in found.returns] == [
        (True, True, 3), (True, True, 1), (False, False, 0),
    ]  # fmt: skip
    line = now(found).lines[0]
    assert (line.item, line.exchanged, line.returned) == ("KETTLE", 2, 1_000)
    assert now(found).tenders[0].ceiling == 0


def test_an_uneven_exchange_is_a_purchase_of_its_own_paid_by_what_paid_the_old_one() -> None:
    found = taken(
        OLD_1,
        """
          - {exchange: OLD-2, of: OLD-1, at: "2026-01-12", lines: [{line: 1}], change: "0.11",
             tenders: [{kind: cash, amount: "11.00"}],
             new_lines: [{for: 1, item: TOASTER, unit_price: "40.00", tax_rate: "8.875", tax: "3.55"}]}
        """,
    )
    old, new = now(found), now(found, 1)
    assert (old.lines[0].returned, old.tenders[0].ceiling, old.refunded) == (1_000, 0, 3_266)
    assert (new.receipt, new.total) == ("OLD-2", 4_355)
    assert [(one.tender, one.kind, one.amount, one.card) for one in new.tenders] == [
        (1, TenderKind.CASH, 1_089, ""),
        (2, TenderKind.CREDIT, 3_266, "visa-4242"),
    ]


def test_a_cheaper_exchange_gives_the_rest_back() -> None:
    found = taken(
        OLD_1,
        """
          - {exchange: OLD-2, of: OLD-1, at: "2026-01-12", lines: [{line: 1}],
             tenders: [{kind: credit, amount: "22.66", of: 1}],
             new_lines: [{for: 1, item: TOASTER, unit_price: "10.00"}]}
        """,
    )
    assert found.returns[0].refund == 2_266
    assert now(found).tenders[0].ceiling == 0
    assert [(one.kind, one.amount) for one in now(found, 1).tenders] == [(TenderKind.CREDIT, 1_000)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('amount: "32.66"', 'amount: "32.65"'), "does not balance"),
        (("kind: credit", "kind: mailed_check"), "mailed_check"),
        (("at:", "att:"), "“att” is not known here. Did you mean “at”?"),
        (('tax: "2.66"', 'tax: "x"'), "no amount"),
        (('tax: "2.66"', "tax:"), "“lines.tax” is missing"),
        (('"2026-01-10T23:30"', "yesterday"), "“at” cannot be “yesterday”"),
        (("line: 1", "line: 0"), "numbered from 1"),
        (("line: 1", "line: 1, qty: 0"), "“qty” cannot be “0”"),
        (("line: 1", 'line: 1, discount: "0.00", promotions: [{id: P, amount: "1.00"}]'), "add up to its discount"),
        (("receipt: OLD-1", "receipt:"), "“history.receipt” is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(change: tuple[str, str], why: str) -> None:
    with pytest.raises(ScriptError) as fault:
        taken(OLD_1.replace(*change))
    assert why in fault.value.message.format(**fault.value.values)
    assert fault.value.line


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('{return: R, of: OLD-1, at: "2026-01-11", workstation: 3}', "“workstation” is not known here."),
        ('{return: R, of: OLD-1, at: "2026-01-11", lines: [{line: 1, item: KETTLE}]}', "“item” is not known here"),
        (
            '{return: R, of: OLD-1, at: "2026-01-11", tenders: [{kind: credit, amount: "1.00", card: visa-1}]}',
            "“card” is not known here",
        ),
        ('{return: R, of: OLD-2, at: "2026-01-11", lines: [{line: 1}]}', "Did you mean “OLD-1”?"),
        ('{return: R, of: OLD-1, at: "2026-01-11", lines: [{line: 2}]}', "“line” cannot be “2”"),
        ('{return: OLD-1, of: OLD-1, at: "2026-01-11"}', "“OLD-1” is given twice"),
        ('{return: R, of: OLD-1, at: "2026-01-11", tenders: [{kind: cash, amount: "1.00", of: 9}]}', "“of” cannot be"),
        (
            """{exchange: R, of: OLD-1, at: "2026-01-11", lines: [{line: 1}], tenders: [{kind: cash, amount: "99.00"}],
               new_lines: [{for: 1, item: TOASTER, unit_price: "40.00"}]}""",
            "does not balance",
        ),
    ],
)
def test_a_return_names_what_there_is(row: str, why: str) -> None:
    with pytest.raises(ScriptError) as fault:
        taken(OLD_1, f"- {row}\n")
    assert why in fault.value.message.format(**fault.value.values)


SHOP = f"""
lane: 1
shop: {{currency: USD, timezone: America/New_York, tax_rates: {{standard: "8.875"}}}}
items: [{{id: KETTLE, price: "30.00", tax: standard}}]
history:{OLD_1}
steps: []
"""


def test_it_moves_neither_drawer_nor_stock_nor_ledger(tmp_path: Path) -> None:
    end = play_text(tmp_path, SHOP).only["end"]
    assert (end["till"]["takings"], end["ledger"], end["stock"]) == ({"cash": "0.00"}, {}, {})
    assert end["violations"] == []
    assert end["journal"]["verified"] is True


def test_a_shop_that_is_there_has_it_already_or_it_differs(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    assert play_text(tmp_path, SHOP, shop=shop).status == 0
    assert play_text(tmp_path, SHOP, shop=shop).status == 0
    other = play_text(tmp_path, SHOP.replace("OLD-1", "OLD-2"), shop=shop)
    assert other.status == 2
    assert "history.OLD-2" in other.error[1]


UNKNOWN = """
lane: 1
shop: {{currency: USD, timezone: America/New_York}}
items: [{{id: KETTLE, price: "30.00"}}]
staff: [{{id: "101", name: Cashier, role: cashier, pin: "471100"}}]
return_policy: {{policy: 1, name: House rules, rules: [{rules}]}}
history:
  - receipt: OLD-1
    at: "2026-01-10T10:00"
    lines: [{{line: 1, item: KETTLE, unit_price: "30.00"}}]
    tenders: [{{kind: unknown, amount: "30.00"}}]
clock: "2026-01-12T10:00"
operator: "101"
steps:
  - return: {{receipt: OLD-1, lines: [{{line: 1, condition: unopened}}]}}
    expect: {{refund: "30.00", tenders: [{{kind: {kind}, amount: "30.00", of: 1}}]}}
expect_end: {{violations: []}}
"""


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ("{id: R1, window: {days: 30}}", "store_credit"),
        ("{id: R1, window: {days: 30}}, {id: U1, refund_tender: {of: unknown, to: mailed_check}}", "mailed_check"),
        (
            "{id: R1, window: {days: 30}}, {id: U1, refund_tender: {of: unknown, to: same, limit: '100.00'}}",
            "store_credit",
        ),
    ],
)
def test_how_it_was_paid_is_not_known_and_the_policy_says_how_it_goes_back(
    tmp_path: Path, rules: str, kind: str
) -> None:
    played = play_text(tmp_path, UNKNOWN.format(rules=rules, kind=kind))
    assert played.status == 0, played.only
