"""The rules of the shop as settings: one declaration each, with its words, how it is read and put, what it may be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from pos.domain.check import ChecksTaken
from pos.domain.measure_codes import CodeRule, read_code_rule, write_code_rule
from pos.domain.shop import CashRounding, ReceiptTexts, RoundingMode, RoundingOf, ShopRules
from pos.domain.tax import MILLION, PriceMode, TaxRate, TaxRounding
from pos.services.gift_card_setting_list import GIFT_CARD_SETTINGS
from pos.services.shop_setting import Kind, ShopSetting, Value
from pos.services.tax_settings import AMOUNT_MAX, dated_of, rate_of, refused_rates
from pos.services.tender_settings import tender_setting
from pos.services.till_setting_list import TILL_SETTINGS
from pos.wording import LANGUAGES, N_

__all__ = ["SETTINGS", "Kind", "ShopSetting", "Value", "settings_of"]

STEP_MAX = 100_000
CHECK_LIMIT_MAX = 10_000_000


def settings_of(rules: ShopRules) -> tuple[ShopSetting, ...]:
    """Every setting of a shop, in the order of its pages: those all have, then one for each tax."""
    return (
        *SETTINGS,
        *TILL_SETTINGS,
        *CHECK_SETTINGS,
        *GIFT_CARD_SETTINGS,
        tender_setting(rules),
        *(setting for rate in rules.tax_rates for setting in _tax(rate, rules.currency)),
    )


def _checks(rules: ShopRules, **values: Any) -> ShopRules:
    return replace(rules, checks=replace(rules.checks, **values))


def _rounding(rules: ShopRules, **values: Any) -> ShopRules:
    cash: CashRounding = replace(rules.cash_rounding, **values)
    return replace(rules, cash_rounding=cash)


def _texts(rules: ShopRules, **values: Any) -> ShopRules:
    texts: ReceiptTexts = replace(rules.receipt, **values)
    return replace(rules, receipt=texts)


def _tax(rate: TaxRate, currency: str) -> tuple[ShopSetting, ...]:
    """What a tax is, and what it will be later."""
    name = f"tax.{rate.code}"
    now, later = rate_of(rate.code), dated_of(rate.code)
    if rate.unit_amount is not None:
        meaning = N_("How much of this tax one unit bears. It holds for sales from now on; those made keep theirs.")
        dates = N_("Later amounts, one a line: the day and the amount, as 2027-01-01 0.10. Each begins with its day.")
        check = partial(refused_rates, currency=currency)
        return (
            ShopSetting(name, "shop", Kind.MONEY, N_("Tax “{name}”"), meaning, *now, 0, AMOUNT_MAX),
            ShopSetting(
                f"tax_from.{rate.code}", "shop", Kind.RATES, N_("Tax “{name}”, later"), dates, *later, check=check
            ),
        )
    meaning = N_("The rate of this tax in per cent. It holds for sales from now on; those made keep theirs.")
    dates = N_("Later rates, one a line: the day and the per cent, as 2027-01-01 12.5. Each begins with its day.")
    return (
        ShopSetting(name, "shop", Kind.PERCENT, N_("Tax “{name}”"), meaning, *now, 0, MILLION),
        ShopSetting(f"tax_from.{rate.code}", "shop", Kind.RATES, N_("Tax “{name}”, later"), dates, *later),
    )


SETTINGS = (
    ShopSetting(
        "name",
        "shop",
        Kind.TEXT,
        N_("Name of the shop"),
        N_("Stands at the top of every receipt and in the window's title."),
        lambda rules: rules.name,
        lambda rules, value: replace(rules, name=value.strip()),
        1,
        60,
    ),
    ShopSetting(
        "vat_number",
        "shop",
        Kind.TEXT,
        N_("VAT number"),
        N_("Printed under the header of the receipt; empty prints none."),
        lambda rules: rules.vat_number,
        lambda rules, value: replace(rules, vat_number=value.strip()),
        0,
        30,
    ),
    ShopSetting(
        "language",
        "shop",
        Kind.CHOICE,
        N_("Language of receipts"),
        N_("The customer's language. The screens speak the language of who is signed in."),
        lambda rules: rules.language,
        lambda rules, value: replace(rules, language=value),
        choices=tuple(zip(LANGUAGES, ("English", "Čeština", "Svenska"), strict=True)),
    ),
    ShopSetting(
        "price_mode",
        "shop",
        Kind.CHOICE,
        N_("Prices and tax"),
        N_("Whether the prices on the shelf hold the tax already, or it is added at the till."),
        lambda rules: rules.price_mode.value,
        lambda rules, value: replace(rules, price_mode=PriceMode(value)),
        choices=(("tax_included", N_("Prices hold the tax")), ("tax_added", N_("Tax is added"))),
    ),
    ShopSetting(
        "tax_rounding",
        "shop",
        Kind.CHOICE,
        N_("Rounding of tax"),
        N_("Where tax is rounded: on each line, or once for the whole receipt and rate."),
        lambda rules: rules.tax_rounding.value,
        lambda rules, value: replace(rules, tax_rounding=TaxRounding(value)),
        choices=(("line", N_("Each line")), ("receipt", N_("Whole receipt"))),
    ),
    ShopSetting(
        "cash_step",
        "shop",
        Kind.MONEY,
        N_("Smallest cash amount"),
        N_("Cash is rounded to a multiple of this amount, as where the smallest coin is 1 Kč or 0.05."),
        lambda rules: rules.cash_rounding.step,
        lambda rules, value: _rounding(rules, step=value),
        1,
        STEP_MAX,
    ),
    ShopSetting(
        "cash_mode",
        "shop",
        Kind.CHOICE,
        N_("Rounding of cash"),
        N_("Which way a cash amount falls on the smallest cash amount."),
        lambda rules: rules.cash_rounding.mode.value,
        lambda rules, value: _rounding(rules, mode=RoundingMode(value)),
        choices=(
            ("half_up", N_("Nearest, half up")),
            ("half_down", N_("Nearest, half down")),
            ("up", N_("Up")),
            ("down", N_("Down")),
        ),
    ),
    ShopSetting(
        "cash_of",
        "shop",
        Kind.CHOICE,
        N_("What is rounded"),
        N_("Where cash is only part of what is paid: that part, or the whole total."),
        lambda rules: rules.cash_rounding.of.value,
        lambda rules, value: _rounding(rules, of=RoundingOf(value)),
        choices=(("cash_part", N_("The part in cash")), ("total", N_("The total"))),
    ),
    ShopSetting(
        "code_rules",
        "shop",
        Kind.CODE_RULES,
        N_("Codes with a weight or a price"),
        N_(
            "How labels of your own scale are read: how the code begins, how many digits name the item and hold the "
            "value, and what that is. Without a rule it is as in your country. What an item has as its code wins."
        ),
        lambda rules: tuple(map(write_code_rule, rules.measure_rules)),
        lambda rules, value: replace(rules, code_rules=_code_rules(value)),
    ),
    ShopSetting(
        "points_every",
        "shop",
        Kind.MONEY,
        N_("A point is earned for"),
        N_("A customer earns one point for each full amount of this. 0 gives no points."),
        lambda rules: rules.points_every,
        lambda rules, value: replace(rules, points_every=value),
        0,
        STEP_MAX,
    ),
    ShopSetting(
        "point_worth",
        "shop",
        Kind.MONEY,
        N_("A point is worth"),
        N_("What one point takes off a sale when the customer spends it. 0 takes no points."),
        lambda rules: rules.point_worth,
        lambda rules, value: replace(rules, point_worth=value),
        0,
        STEP_MAX,
    ),
    ShopSetting(
        "staff_discount",
        "shop",
        Kind.PERCENT,
        N_("Discount of the staff"),
        N_("What people who work here get off when they buy for themselves. Somebody else rings it up, always."),
        lambda rules: rules.staff_discount,
        lambda rules, value: replace(rules, staff_discount=value),
        0,
        MILLION,
    ),
    ShopSetting(
        "drawer_shut_first",
        "shop",
        Kind.CHOICE,
        N_("Drawer before the next sale"),
        N_("Whether the next sale waits while the drawer is seen to stand open. It needs a drawer with a switch."),
        lambda rules: "yes" if rules.drawer_shut_first else "no",
        lambda rules, value: replace(rules, drawer_shut_first=value == "yes"),
        choices=(("no", N_("May stand open")), ("yes", N_("Must be shut"))),
    ),
    ShopSetting(
        "e_receipt_address",
        "receipt",
        Kind.TEXT,
        N_("Address of e-receipts"),
        N_("Where a customer finds the receipt; {receipt} is its code. The customer display shows it as a QR code."),
        lambda rules: rules.e_receipt_address,
        lambda rules, value: replace(rules, e_receipt_address=value.strip()),
        0,
        120,
    ),
    ShopSetting(
        "receipt.header",
        "receipt",
        Kind.LINES,
        N_("Header"),
        N_("Under the name: address, telephone, opening hours. One line each."),
        lambda rules: rules.receipt.header,
        lambda rules, value: _texts(rules, header=_trimmed(value)),
    ),
    ShopSetting(
        "receipt.policy",
        "receipt",
        Kind.LINES,
        N_("Terms"),
        N_("Under the totals: how long and how goods may be returned. One line each."),
        lambda rules: rules.receipt.policy,
        lambda rules, value: _texts(rules, policy=_trimmed(value)),
    ),
    ShopSetting(
        "receipt.footer",
        "receipt",
        Kind.LINES,
        N_("Footer"),
        N_("The last words on the receipt. One line each."),
        lambda rules: rules.receipt.footer,
        lambda rules, value: _texts(rules, footer=_trimmed(value)),
    ),
)


def _code_rules(lines: tuple[str, ...]) -> tuple[CodeRule, ...] | None:
    """None, the country's table, where nothing is written."""
    return tuple(read_code_rule(line) for line in lines if line.strip()) or None


def _trimmed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty lines a text ends in."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


_YES_NO = (("yes", N_("Yes")), ("no", N_("No")))

CHECK_SETTINGS = (
    ShopSetting(
        "checks",
        "tenders",
        Kind.CHOICE,
        N_("Paper checks"),
        N_("Whether this shop takes paper checks. They are checks of banks in the United States."),
        lambda rules: rules.checks.taken.value,
        lambda rules, value: _checks(rules, taken=ChecksTaken(value)),
        choices=(("by_country", N_("Only in the United States")), *_YES_NO),
    ),
    ShopSetting(
        "check_limit",
        "tenders",
        Kind.MONEY,
        N_("Largest check without asking"),
        N_("Somebody who may approve it agrees to a larger check. 0 is no limit."),
        lambda rules: rules.checks.limit,
        lambda rules, value: _checks(rules, limit=value),
        0,
        CHECK_LIMIT_MAX,
    ),
    ShopSetting(
        "check_id_over",
        "tenders",
        Kind.MONEY,
        N_("A check needs a document over"),
        N_("Over this amount an identity document must be seen. Its kind is kept, its number never. 0 is never."),
        lambda rules: rules.checks.id_over,
        lambda rules, value: _checks(rules, id_over=value),
        0,
        CHECK_LIMIT_MAX,
    ),
    ShopSetting(
        "check_starter",
        "tenders",
        Kind.CHOICE,
        N_("Checks without a printed name"),
        N_("Whether starter checks, which have no printed name and address, are taken."),
        lambda rules: _yes_no(rules.checks.starter),
        lambda rules, value: _checks(rules, starter=value == "yes"),
        choices=_YES_NO,
    ),
    ShopSetting(
        "check_days",
        "tenders",
        Kind.CHOICE,
        N_("A check is too old after"),
        N_("So many days after its date a check is not taken. A bank need not pay one older than six months."),
        lambda rules: str(rules.checks.stale_days),
        lambda rules, value: _checks(rules, stale_days=int(value)),
        choices=(("30", N_("30 days")), ("60", N_("60 days")), ("90", N_("90 days")), ("180", N_("180 days"))),
    ),
    ShopSetting(
        "check_fee",
        "tenders",
        Kind.MONEY,
        N_("Fee for a returned check"),
        N_("What a customer pays besides for a check the bank sent back. Your state’s law bounds it. 0 is no fee."),
        lambda rules: rules.checks.fee,
        lambda rules, value: _checks(rules, fee=value),
        0,
        STEP_MAX,
    ),
)


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
