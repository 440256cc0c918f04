"""The `shop` part of a lane script becomes the shop's rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import is_currency

from pos.domain.cash import roll_readable
from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable
from pos.domain.shop import CashRounding, ReceiptTexts, RoundingMode, RoundingOf, ShopRules
from pos.domain.tax import PriceMode, TaxRounding, read_percent
from pos.script.check_rules import CHECK_KEYS, read_check_rules
from pos.script.code_rules import read_code_rules
from pos.script.fields import Part, bad_choice, part
from pos.script.read import ScriptError, Text
from pos.script.tax_rates import read_tax_rates
from pos.script.tender_rules import read_tender_rules
from pos.wording import LANGUAGES, N_

GIFT_CARD_AMOUNTS = (
    "gift_card_least", "gift_card_most", "gift_card_holds", "gift_card_pin_above", "cash_out_threshold",
)  # fmt: skip
GIFT_CARD_RULES = (*GIFT_CARD_AMOUNTS, "gift_card_months")
# Each key of `shop` and the rule it sets.
RULES = {
    "name": "name",
    "store": "store",
    "currency": "currency",
    "timezone": "timezone",
    "region": "region",
    "language": "language",
    "prices": "price_mode",
    "tax_rates": "tax_rates",
    "tax_rounding": "tax_rounding",
    "cash_rounding": "cash_rounding",
    "vat_number": "vat_number",
    "receipt": "receipt",
    "code_rules": "code_rules",
    "points_every": "points_every",
    "point_worth": "point_worth",
    "staff_discount": "staff_discount",
    **{name: name for name in GIFT_CARD_RULES},
    "drawer_shut_first": "drawer_shut_first",
    "e_receipt_address": "e_receipt_address",
    **dict.fromkeys(CHECK_KEYS, "checks"),
    "tender_rules": "tender_rules",
    "blind_count": "blind_count",
    "count_tolerance": "count_tolerance",
    "drawer_limit": "drawer_limit",
    "cash_back_most": "cash_back_most",
    "mailed_check_days": "mailed_check_days",
    "next_float": "next_float",
    "service_departments": "service_departments",
    "coin_rolls": "coin_rolls",
    "holidays": "holidays",
}
# Part of the shop, no rule of it: pos/script/roles.py reads it.
ROLES = "roles"
_PATTERNS = {"region": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"), "store": re.compile(r"[0-9]{4}")}
# What a shop is where its script does not say.
_DEFAULTS = ShopRules(name="Lane script", store="0001", currency="", timezone="UTC")


@dataclass(frozen=True, slots=True)
class GivenRules:
    """The rules of the script, and which of them its file names: rule → line."""

    rules: ShopRules
    lines: dict[str, int]


def read_rules(shop: Part | None, known: ShopRules | None) -> GivenRules:
    """The rules of the script's shop; what it leaves out is as in the shop that is there, or as in any new one.

    Raises ScriptError.
    """
    rules = known or _DEFAULTS
    if shop is None:
        if known is None:
            raise ScriptError(1, N_("“{key}” is missing."), key="shop.currency")
        return GivenRules(rules, {})
    shop.keys((*RULES, ROLES))
    currency = shop.text("currency")
    if currency is None and known is None:
        raise ScriptError(shop.line, N_("“{key}” is missing."), key="shop.currency")
    if currency is not None and not is_currency(currency):
        raise shop.wrong("currency")
    given = _words(shop) | {"currency": currency or rules.currency}
    if (rates := shop.part("tax_rates")) is not None:
        given["tax_rates"] = read_tax_rates(rates, given["currency"])
    if shop.get("cash_rounding") is not None:
        given["cash_rounding"] = _cash_rounding(shop, given["currency"])
    given |= _for_customers(shop, given["currency"])
    if any(shop.get(key) is not None for key in CHECK_KEYS):
        given["checks"] = read_check_rules(shop, rules.checks, given["currency"])
    given |= _for_tills(shop, given["currency"])
    if (texts := shop.part("receipt")) is not None:
        given["receipt"] = _receipt(texts)
    if shop.get("tender_rules") is not None:
        given["tender_rules"] = read_tender_rules(shop, given["currency"])
    if shop.get("code_rules") is not None:
        given["code_rules"] = read_code_rules(shop)
    rules = replace(rules, **given)
    lines = {rule: shop.line_of(key) for key, rule in RULES.items() if shop.get(key) is not None}
    return GivenRules(rules, lines)


def _words(shop: Part) -> dict[str, Any]:
    """The rules that are one word or one choice."""
    given: dict[str, Any] = {
        key: shop.text(key) for key in ("name", "store", "timezone", "region", "vat_number", "e_receipt_address")
    }
    given["language"] = shop.choice("language", LANGUAGES)
    if (prices := shop.choice("prices", list(PriceMode))) is not None:
        given["price_mode"] = PriceMode(prices)
    if (rounding := shop.choice("tax_rounding", list(TaxRounding))) is not None:
        given["tax_rounding"] = TaxRounding(rounding)
    if (shut := shop.choice("drawer_shut_first", ("yes", "no"))) is not None:
        given["drawer_shut_first"] = shut == "yes"
    if given["timezone"] is not None and not _is_zone(given["timezone"]):
        raise shop.wrong("timezone")
    for key, pattern in _PATTERNS.items():
        if given[key] is not None and not pattern.fullmatch(given[key]):
            raise shop.wrong(key)
    return {rule: value for rule, value in given.items() if value is not None}


def _for_customers(shop: Part, currency: str) -> dict[str, Any]:
    """What points and the staff's own purchases are worth."""
    given: dict[str, Any] = {
        key: shop.money(key, currency)
        for key in ("points_every", "point_worth", *GIFT_CARD_AMOUNTS)
        if shop.get(key) is not None
    }
    if (discount := shop.text("staff_discount")) is not None:
        try:
            given["staff_discount"] = read_percent(discount)
        except AmountUnreadable as error:
            raise shop.wrong("staff_discount") from error
    if (months := shop.text("gift_card_months")) is not None:
        given["gift_card_months"] = _whole(shop, "gift_card_months", months)
    wrong = next((key for key, value in given.items() if value < 0), None)
    if wrong is not None:
        raise shop.wrong(wrong)
    return given


def _for_tills(shop: Part, currency: str) -> dict[str, Any]:
    """How the drawer is counted, and what of it stays."""
    amounts = ("count_tolerance", "drawer_limit", "next_float", "cash_back_most")
    given: dict[str, Any] = {key: shop.money(key, currency) for key in amounts if shop.get(key) is not None}
    if (counting := shop.choice("blind_count", ["blind", "open"])) is not None:
        given["blind_count"] = counting == "blind"
    if (days := shop.text("mailed_check_days")) is not None:
        given["mailed_check_days"] = _whole(shop, "mailed_check_days", days)
    if shop.get("service_departments") is not None:
        given["service_departments"] = tuple(row.text for row in shop.texts("service_departments"))
    if shop.get("coin_rolls") is not None:
        given["coin_rolls"] = tuple(_roll(row) for row in shop.texts("coin_rolls"))
    if shop.get("holidays") is not None:
        given["holidays"] = tuple(_day(row) for row in shop.texts("holidays"))
    return given


def _whole(shop: Part, key: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise shop.wrong(key)
    return int(text)


def _roll(text: Text) -> str:
    if not roll_readable(text.text):
        raise ScriptError(text.line, N_("“{key}” cannot be “{value}”."), key="coin_rolls", value=text.text)
    return text.text.strip()


def _day(text: Text) -> str:
    try:
        return date.fromisoformat(text.text.strip()).isoformat()
    except ValueError as error:
        raise ScriptError(text.line, N_("“{key}” cannot be “{value}”."), key="holidays", value=text.text) from error


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _cash_rounding(shop: Part, currency: str) -> CashRounding:
    """`"0.05"` or `{step, mode, of, least}`; a smallest amount of nothing is none."""
    if isinstance(shop.fields.values["cash_rounding"], Text):
        step = shop.money("cash_rounding", currency)
        if not step:
            raise shop.wrong("cash_rounding")
        return CashRounding(step)
    full = part(shop.fields.values["cash_rounding"], "shop.cash_rounding")
    full.keys(("step", "mode", "of", "least"))
    step = full.money("step", currency)
    if not step:
        raise full.wrong("step")
    return CashRounding(
        step=step,
        mode=RoundingMode(full.choice("mode", list(RoundingMode)) or RoundingMode.HALF_UP),
        of=RoundingOf(full.choice("of", list(RoundingOf)) or RoundingOf.CASH_PART),
        least=0 if full.get("least") is None else full.money("least", currency),
    )


def _receipt(texts: Part) -> ReceiptTexts:
    texts.keys(("header", "policy", "footer"))
    header, policy, footer = (tuple(row.text for row in texts.texts(key)) for key in ("header", "policy", "footer"))
    return ReceiptTexts(header=header, policy=policy, footer=footer)


def taxes_of(item: Part, rules: ShopRules) -> tuple[str, ...]:
    """The taxes of an item, each of them one the shop has."""
    codes = [rate.code for rate in rules.tax_rates]
    taxes: list[str] = []
    for row in item.texts("tax"):
        if row.text not in codes:
            raise bad_choice("tax", row.text, codes, row.line)
        if row.text in taxes:
            raise ScriptError(row.line, N_("“{key}” is given twice."), key=row.text)
        taxes.append(row.text)
    return tuple(taxes)
