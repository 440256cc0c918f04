"""What a script may say, and how it is told where it cannot be played: line, reason, nearest key, status 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pos.domain.check import CheckRules, ChecksTaken
from pos.domain.shop import CashRounding, RoundingMode, RoundingOf
from pos.domain.staff import Role
from pos.domain.tax import PriceMode, TaxRate, TaxRounding
from pos.script.read import ScriptError, parse
from pos.script.setup import Script, people_of, read_setup
from tests.script.playing import play_text


def _read(text: str) -> Script:
    return read_setup(parse(text), None)


def _error(text: str) -> ScriptError:
    with pytest.raises(ScriptError) as error:
        _read(text)
    return error.value


def test_a_whole_shop() -> None:
    script = _read(
        """
lane: 1
shop:
  name: Corner shop
  store: "0142"
  currency: SEK
  timezone: Europe/Stockholm
  region: SE
  language: sv
  prices: tax_included
  tax_rates: {moms25: "25", moms12: {rate: "12"}, city: "8.875"}
  tax_rounding: receipt
  cash_rounding: {step: "1.00", mode: half_down, of: total, least: "1"}
  vat_number: SE556000000001
  receipt: {header: [Storgatan 1, Umeå], policy: Öppet köp, footer: []}
items:
  - id: KAFFE
    gtin: "7310240071542"
    codes: ["K-1", "96385074", " 01234565 "]
    name: Kaffe
    price: "59.9"
    tax: [moms12, city]
    category: dryck
  - {id: GRUS, plu: "4011", price: 12, per: kg, measure_code: "2104011", flags: [loose, grey]}
  - {id: VIN, price: 99, age: 20, serial: true, open_price: true, final_sale: true, not_discountable: true, family: vin}
staff:
  - {id: "007", name: Åsa, role: manager, pin: "123456", badge: "KB-1"}
  - {id: x}
clock: 2026-07-01T10:00:05
operator: "007"
steps: []
"""
    )
    rules = script.rules
    assert (rules.name, rules.store, rules.currency) == ("Corner shop", "0142", "SEK")
    assert rules.timezone == "Europe/Stockholm"
    assert (rules.region, rules.language, rules.vat_number) == ("SE", "sv", "SE556000000001")
    assert (rules.price_mode, rules.tax_rounding) == (PriceMode.TAX_INCLUDED, TaxRounding.RECEIPT)
    assert rules.tax_rates == (TaxRate("moms25", 250_000), TaxRate("moms12", 120_000), TaxRate("city", 88_750))
    assert rules.cash_rounding == CashRounding(100, RoundingMode.HALF_DOWN, RoundingOf.TOTAL, 100)
    assert rules.receipt.header == ("Storgatan 1", "Umeå")
    assert rules.receipt.policy == ("Öppet köp",)
    coffee, gravel, wine = (given.item for given in script.items)
    assert (coffee.name, coffee.unit_price_minor, coffee.taxes, coffee.department) == (
        "Kaffe", 5990, ("moms12", "city"), "dryck",
    )  # fmt: skip
    assert coffee.codes == ("00000001234565", "00000096385074", "07310240071542", "K-1")
    assert (gravel.name, gravel.unit_price_minor, gravel.unit, gravel.codes) == ("GRUS", 1200, "kg", ("4011",))
    assert (gravel.measure_code, gravel.flags, gravel.age) == ("2104011", ("grey", "loose"), 0)
    assert (wine.age, wine.family, wine.serial, wine.open_price) == (20, "vin", True, True)
    assert wine.final_sale
    assert wine.not_discountable
    boss, unnamed = (person.staff for person in script.people)
    assert (boss.operator.name, boss.operator.role, boss.pin) == ("Åsa", Role.MANAGER, "123456")
    assert (unnamed.operator.name, unnamed.operator.role) == ("x", Role.CASHIER)
    assert re.fullmatch("[0-9]{6}", unnamed.pin)
    assert script.clock is not None
    assert script.clock.isoformat() == "2026-07-01T08:00:05+00:00"


def test_what_a_shop_says_of_checks() -> None:
    shop = (
        "{currency: USD, checks: yes, check_limit: '300', check_id_over: '50', check_starter: yes, check_fee: '25.00'}"
    )
    given = _read(f"lane: 1\nshop: {shop}\nsteps: []").given
    assert given.rules.checks == CheckRules(ChecksTaken.YES, 30_000, id_over=5_000, starter=True, fee=2_500)
    assert given.lines["checks"] == 2
    days = _read("lane: 1\nshop: {currency: USD, check_days: 90, check_limit: 0}\nsteps: []").given.rules.checks
    assert (days.stale_days, days.limit) == (90, 0)


def test_what_is_left_out() -> None:
    script = _read("lane: 1\nshop: {currency: USD}\nsteps: []")
    rules = script.rules
    assert (rules.timezone, rules.price_mode, rules.tax_rounding) == ("UTC", PriceMode.TAX_ADDED, TaxRounding.LINE)
    assert rules.cash_rounding == CashRounding()
    assert script.clock is None
    (cashier,) = people_of(script)
    assert (cashier.staff.operator.id, cashier.staff.operator.role) == ("101", Role.CASHIER)
    named = _read("lane: 1\nshop: {currency: USD}\noperator: '7'\nsteps: []")
    assert [person.staff.operator.id for person in people_of(named)] == ["7"]


def test_an_empty_part_asks_for_nothing() -> None:
    script = _read(
        "lane: 1\nshop: {currency: USD, holidays: [], check_limit: }\n"
        "items: [{id: A, price: 1, serial: false, flags: []}]"
        "\npromotions: []\ncustomers: []\nhistory:\nstock: {}\nsteps: []"
    )
    assert len(script.items) == 1


@pytest.mark.parametrize(
    ("shop", "line", "words"),
    [
        ("{}", 2, "“shop.currency” is missing"),
        ("{currency: DOL}", 2, "“currency” cannot be “DOL”"),
        ("{currency: usd}", 2, "“currency” cannot be “usd”"),
        ("{currency: USD, curency: USD}", 2, "Did you mean “currency”"),
        ("{currency: USD, zzzzzzz: 1}", 2, "“zzzzzzz” is not known here."),
        ("\n  currency: USD\n  timezone: Mars/Base\n", 4, "“timezone” cannot be “Mars/Base”"),
        ("{currency: USD, timezone: ../../etc/passwd}", 2, "“timezone”"),
        ("{currency: USD, region: Texas}", 2, "“region”"),
        ("{currency: USD, store: '12'}", 2, "“store”"),
        ("{currency: USD, language: de}", 2, "en, cs, sv"),
        ("{currency: USD, prices: net}", 2, "tax_added, tax_included"),
        ("{currency: USD, tax_rounding: item}", 2, "line, receipt"),
        ("\n  currency: USD\n  tax_rates:\n    a: '5'\n    b: 101\n", 6, "“b” cannot be “101”"),
        ("{currency: USD, tax_rates: {a: '8.87512'}}", 2, "no rate in per cent"),
        ("{currency: USD, tax_rates: {a: '-1'}}", 2, "no rate in per cent"),
        ("{currency: USD, tax_rates: {a: [1]}}", 2, "“a” is to be one value"),
        ("{currency: USD, tax_rates: {'a b': 1}}", 2, "“tax_rates” cannot be “a b”"),
        ("{currency: USD, tax_rates: [5]}", 2, "“tax_rates” is to be a map"),
        ("{currency: USD, tax_rates: {a: {rate: 3, after: [b]}}}", 2, "“after” cannot be “b”. It may be: a."),
        ("{currency: USD, tax_rates: {a: {rate: 3, after: b}, b: {rate: 1, after: a}}}", 2, "reckoned upon itself"),
        ("{currency: USD, tax_rates: {a: {amount: '0.005'}}}", 2, "no amount of USD"),
        ("{currency: USD, tax_rates: {a: {amount: '0.05', after: [a]}}}", 2, "“after” is not known here"),
        ("{currency: USD, tax_rates: {a: {rate: 3, from: {'2026-13-01': 4}}}}", 2, "“from” cannot be “2026-13-01”"),
        ("{currency: USD, tax_rates: {a: {rate: 3, from: {'2026-12-01': 101}}}}", 2, "no rate in per cent"),
        ("{currency: USD, tax_rates: {a: {}}}", 2, "“shop.tax_rates.a.rate” is missing"),
        ("{currency: USD, cash_rounding: '0.005'}", 2, "no amount of USD"),
        ("{currency: USD, cash_rounding: 0}", 2, "“cash_rounding” cannot be “0”"),
        ("{currency: USD, cash_rounding: {mode: up}}", 2, "“shop.cash_rounding.step” is missing"),
        ("{currency: USD, cash_rounding: {step: 1, mode: bankers}}", 2, "half_up, half_down, up, down"),
        ("{currency: USD, cash_rounding: {step: 1, of: change}}", 2, "cash_part, total"),
        ("{currency: USD, holidays: [2026-02-30]}", 2, "“holidays” cannot be “2026-02-30”"),
        ("{currency: USD, check_limit: '1.005'}", 2, "no amount of USD"),
        ("{currency: USD, checks: sometimes}", 2, "by_country, yes, no"),
        ("{currency: USD, check_days: soon}", 2, "“check_days” cannot be “soon”"),
        ("{currency: USD, check_starter: perhaps}", 2, "yes, no"),
        ("{currency: USD, code_rules: [{prefix: 20}]}", 2, "“code_rules.of” is missing"),
        ("{currency: USD, receipt: {top: x}}", 2, "“top” is not known here"),
        ("USD", 2, "“shop” is to be a map"),
    ],
)
def test_a_shop_that_cannot_be(shop: str, line: int, words: str) -> None:
    error = _error(f"lane: 1\nshop: {shop}\nsteps: []")
    assert words in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("[{price: 1}]", 3, "“items.id” is missing"),
        ("[{id: ' ', price: 1}]", 3, "“items.id” is missing"),
        ("[{id: A}]", 3, "“items.price” is missing"),
        ("[{id: A, price: 1.999}]", 3, "no amount of USD"),
        ("[{id: A, price: -1}]", 3, "no amount of USD"),
        ("[{id: A, price: '1,5'}]", 3, "no amount of USD"),
        ("[{id: A, price: 1e3}]", 3, "no amount of USD"),
        ("\n  - {id: A, price: 1}\n  - {id: A, price: 2}\n", 5, "“A” is given twice"),
        ("\n  - {id: A, price: 1, plu: '4011'}\n  - {id: B, price: 2, codes: ['4011']}\n", 5, "4011 of B is that of A"),
        ("[{id: A, price: 1, gtin: '9520000001019'}]", 3, "“gtin” cannot be “9520000001019”"),
        ("[{id: A, price: 1, gtin: abc}]", 3, "“gtin” cannot be “abc”"),
        ("[{id: A, price: 1, plu: '123'}]", 3, "“plu” cannot be “123”"),
        ("[{id: A, price: 1, codes: ['']}]", 3, "“codes” cannot be “”"),
        ("[{id: A, price: 1, codes: [[1]]}]", 3, "“codes” is to be one value"),
        ("[{id: A, price: 1, per: pound}]", 3, "piece, kg, lb, m, l"),
        ("[{id: A, price: 1, tax: luxury}]", 3, "It may be: std, low."),
        ("[{id: A, price: 1, tax: [std, std]}]", 3, "“std” is given twice"),
        ("[{id: A, price: 1, catgory: x}]", 3, "Did you mean “category”"),
        ("[{id: A, price: 1, serial: perhaps}]", 3, "“serial” cannot be “perhaps”. It may be: true, false."),
        ("[{id: A, price: 1, age: young}]", 3, "“age” cannot be “young”"),
        ("[{id: A, price: 1, measure_code: 2x}]", 3, "“measure_code” cannot be “2x”"),
        ("[{id: A, price: 1, prices: [{from: soon, price: 2}]}]", 3, "“from” cannot be “soon”"),
        ("[{id: A, price: 1, prices: [{price: 2}]}]", 3, "“prices.from” is missing"),
        ("{id: A}", 3, "“items” is to be a list"),
        ("[A]", 3, "“items” is to be a map"),
    ],
)
def test_items_that_cannot_be(rows: str, line: int, words: str) -> None:
    error = _error(f"lane: 1\nshop: {{currency: USD, tax_rates: {{std: 5, low: 1}}}}\nitems: {rows}\nsteps: []")
    assert words in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("rest", "line", "words"),
    [
        ("staff: [{name: X}]", 3, "“staff.id” is missing"),
        ("staff: [{id: a}, {id: a}]", 3, "“a” is given twice"),
        ("staff: [{id: a, pin: '12345'}]", 3, "6 to 12 digits"),
        ("staff: [{id: a, pin: '12345a'}]", 3, "6 to 12 digits"),
        ("staff: [{id: a, role: boss}]", 3, "cashier, manager, owner, trainee"),
        ("staff: [{id: a, nam: x}]", 3, "Did you mean “name”"),
        ("clock: yesterday", 3, "“clock” cannot be “yesterday”"),
        ("clock: 2026-02-30T10:00", 3, "“clock” cannot be"),
        ("clock: 2026-02-03", 3, "“clock” cannot be"),
        ("clock: 0001-01-01T00:00", 3, "“clock” cannot be"),
        ("clock: [1]", 3, "“clock” is to be one value"),
        ("clok: 2026-01-01T10:00", 3, "Did you mean “clock”"),
        ("promotions: {file: x.yaml}", 3, "x.yaml, line 1: The file cannot be read"),
        ("promotions: [{id: P, percent: 101}]", 3, "from 0 to 100 per cent"),
        ("return_policy: {days: 30}", 3, "“days” is not known here"),
        ("customers: [{id: C1, tear: gold}]", 3, "Did you mean “tier”"),
        ("customers: [{id: C1}, {id: C1}]", 3, "“C1” is given twice"),
        ("customers: [{id: C1, card: KC-A1}, {id: C2, card: kc-a1}]", 3, "“KC-A1” is given twice"),
        ("customers: [{id: C1, card: KB-1}]", 3, "“card” cannot be “KB-1”"),
        ("customers: [{id: C1, points: -1}]", 3, "“points” cannot be “-1”"),
        ("customers: [{id: C1, phone: no}]", 3, "“phone” cannot be “no”"),
        ("customers: [{id: C1, staff: x}]", 3, "Nobody of the staff has the number “x”"),
        ("items: [{id: A, price: 1}]\nstock: {A: 1.5}", 4, "“stock” cannot be “1.5”"),
        ("items: [{id: APPLE, price: 1}]\nstock: {APLE: 1}", 4, "Did you mean “APPLE”"),
        ("history: [{receipt: OLD-1}]", 3, "“history.at” is missing"),
        ("suggestions: [{with: A, department: x, item: B}]", 3, "“department” does not go with “with”"),
        ("suggestions: [{item: B}]", 3, "“suggestions.department” is missing"),
        ("suggestions: [{department: x, item: B, from: soon}]", 3, "“from” cannot be “soon”"),
        ("items: [{id: KETTLE, price: 1}]\nsuggestions: [{with: KETLE, item: KETTLE}]", 4, "Did you mean “KETTLE”"),
        ("items: [{id: KETTLE, price: 1}]\nsuggestions: [{with: KETTLE, item: CUP}]", 4, "“CUP” is not known here"),
        ("expect_end: {journl: {}}", 3, "Did you mean “journal”"),
        ("expect_end: {journal: {entrys: 1}}", 3, "Did you mean “entries”"),
        ("expect_end: {till: {cash: 1}}", 3, "“cash” is not known here"),
    ],
)
def test_the_rest_that_cannot_be(rest: str, line: int, words: str) -> None:
    error = _error(f"lane: 1\nshop: {{currency: USD}}\n{rest}\nsteps: []")
    assert words in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("script", "line", "words"),
    [
        ("shop: {currency: USD}\nsteps: []", 1, "“lane” is missing"),
        ("lane: 2\nshop: {currency: USD}\nsteps: []", 1, "Version 2 of this format is not built"),
        ("lane: 1\nsteps: []", 1, "“shop.currency” is missing"),
        ("lane: 1\nshop: {currency: USD}", 1, "“steps” is missing"),
        ("lane: 1\nshop: {currency: USD}\nsteps: {}", 3, "“steps” is to be a list"),
    ],
)
def test_a_script_that_is_none(script: str, line: int, words: str) -> None:
    error = _error(script)
    assert words in str(error)
    assert error.line == line


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("- sail: {}", "Did you mean “sale”"),
        ("- {}", "Step 1 does not say what happens"),
        ("- as: s1", "Step 1 does not say what happens"),
        ("- 5", "“steps” is to be a map"),
        ("- {sale: {}, tender: {}}", "Step 1 is to be one thing, not “sale” and “tender”"),
        ("- sale: []", "“sale” is to be a map"),
        ("- sale: {line: []}", "Did you mean “lines”"),
        ("- sale: {lines: {item: A}}", "“lines” is to be a list"),
        ("- sale: {lines: [{qty: 1}]}", "“lines.item” is missing"),
        ("- sale: {lines: [{item: A, scan: B}]}", "not by “item” and “scan”"),
        ("- return: {receipt: R, card: visa-1}", "by “receipt” or by “card”, not by both"),
        ("- sale: {lines: [{item: A, quantity: 1}]}", "“quantity” is not known here"),
        ("- sale: {lines: [{item: [A]}]}", "“item” is to be one value"),
        ("- sale: {tenders: [{}]}", "“tenders.cash” is missing"),
        ("- sale: {tenders: [{cahs: 1}]}", "Did you mean “cash”"),
        ("- sale: {as: s1, as: s2}", "“as” is given twice"),
        ("- {as: s1, sale: {as: s2}}", "“as” is given twice"),
        ("- {as: [s1], sale: {}}", "“as” is to be one value"),
        ("- {sale: {}, expect: {totl: 1}}", "Did you mean “total”"),
        ("- {sale: {}, expect: {lines: [{totl: 1}]}}", "Did you mean “total”"),
        ("- {sale: {}, expect: {tenders: [{stat: 1}]}}", "Did you mean “state”"),
        ("- {sale: {}, expect: {lines: ['...', {total: 1}]}}", "stands at the end of a list"),
        ("- {sale: {}, expect: completed}", "“expect” is to be a map"),
        ("- {clock: +1m, expect: {total: 1}}", "“total” is not known here"),
        ("- {sale: {}, approve: {who: 900}}", "“who” is not known here"),
        ("- clock: {}", "“clock” is to be one value"),
        ("- clock: later", "“clock” cannot be “later”"),
        ("- clock: +", "“clock” cannot be “+”"),
        ("- clock: +5x", "“clock” cannot be “+5x”"),
        ("- clock:", "“clock” cannot be “”"),
        ("- sign_on: {operator: a}", "“sign_on.pin” is missing"),
        ("- sign_on: {pin: '123456'}", "“sign_on.operator” is missing"),
        ("- sign_on: {badge: KB-1, pin: '123456'}", "“pin” is not known here"),
        ("- open_till: {flaot: 1}", "Did you mean “float”"),
        ("- tender: {sale: s1}", "No sale above is called “s1”"),
        ("- void_line: {line: 1, reson: x}", "Did you mean “reason”"),
        ("- void_line: {}", "“void_line.line” is missing"),
        ("- print: {}", "“print.document” is missing"),
        ("- print: {document: s1.sale_receipt}", "No sale above is called “s1”"),
        ("- print: {document: sale_receipt}", "“document” cannot be “sale_receipt”"),
        ("- print: {document: s1.receipt}", "“document” cannot be “s1.receipt”"),
        ("- print: {document: s1.parking_ticket}", "“document” cannot be “s1.parking_ticket”"),
        ("- print: {document: s1.vendor_return}", "No step above is called “s1”"),
        ("- settle_claim: {manner: repair}", "“settle_claim.claim” is missing"),
        ("- settle_claim: {claim: r5}", "“settle_claim.manner” is missing"),
        ("- settle_claim: {claim: r5, manner: apology}", "“manner” cannot be “apology”"),
        ("- crash: {at: lunch}", "before_commit, after_commit, before_print"),
        ("- crash: {at: before_commit}", "there is none to play"),
    ],
)
def test_steps_that_cannot_be(step: str, words: str) -> None:
    error = _error(f"lane: 1\nshop: {{currency: USD}}\nsteps:\n  {step}\n")
    assert words in str(error)
    assert error.line == 4


def test_a_name_stands_for_one_step() -> None:
    steps = "[{sale: {as: s1}}, {sale: {as: s1}}]"
    assert "“s1” is given twice" in str(_error(f"lane: 1\nshop: {{currency: USD}}\nsteps: {steps}"))
    steps = "[{clock: +1m, as: sale1}, {tender: {sale: sale1}}]"
    assert "No sale above is called “sale1”" in str(_error(f"lane: 1\nshop: {{currency: USD}}\nsteps: {steps}"))
    steps = "[{sale: {as: first}}, {tender: {sale: frist}}]"
    assert "Did you mean “first”" in str(_error(f"lane: 1\nshop: {{currency: USD}}\nsteps: {steps}"))


def test_an_operator_nobody_knows(tmp_path: Path) -> None:
    script = "lane: 1\nshop: {currency: USD}\nstaff: [{id: '101'}]\noperator: '110'\nsteps: []\n"
    played = play_text(tmp_path, script)
    assert played.status == 2
    assert played.error == (4, "Nobody of the staff has the number “110”. Did you mean “101”?")


def test_a_wrong_file_is_answered_in_the_language_of_its_shop(tmp_path: Path) -> None:
    played = play_text(
        tmp_path,
        "lane: 1\nshop: {language: en, currency: USD}\nsteps: [{print: {document: s.vendor_return}}]\n",
        as_json=False,
    )
    assert played.status == 2
    assert played.out == ""
    assert played.err.endswith("script.yaml:3: No step above is called “s”.\n")
