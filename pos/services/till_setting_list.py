"""The rules of the till as settings: how the drawer is counted, and what of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.domain.cash import roll_readable
from pos.domain.refusal import Code, Refused
from pos.domain.till import CASH_MAX
from pos.services.shop_setting import Kind, ShopSetting, Value
from pos.wording import N_


def _days(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({date.fromisoformat(line.strip()).isoformat() for line in value if line.strip()}))


def _refused_days(value: Value) -> Refused | None:
    try:
        days = _days(value) if isinstance(value, tuple) else None
    except ValueError:
        days = None
    if days is not None:
        return None
    return Refused(Code.SETTING_CHOICE, {"value": str(value)[:40], "choices": "2026-12-24"})


def _refused_rolls(value: Value) -> Refused | None:
    if isinstance(value, tuple):
        wrong = next((line for line in value if line.strip() and not roll_readable(line)), None)
    else:
        wrong = str(value)
    return None if wrong is None else Refused(Code.SETTING_CHOICE, {"value": wrong[:40], "choices": "40 x 0.25"})


_CHECK_DAYS = (3, 5, 7, 10, 14, 21, 30)

TILL_SETTINGS = (
    ShopSetting(
        "blind_count",
        "shop",
        Kind.CHOICE,
        N_("Counting the drawer"),
        N_("Whether what should be in the drawer shows before it was counted. Managers may see it all the same."),
        lambda rules: "blind" if rules.blind_count else "open",
        lambda rules, value: replace(rules, blind_count=value == "blind"),
        choices=(("blind", N_("Blind")), ("open", N_("With the expected amount"))),
    ),
    ShopSetting(
        "count_tolerance",
        "shop",
        Kind.MONEY,
        N_("Difference without a signature"),
        N_("How far a count may be away from what should be there. Beyond it a manager signs the close."),
        lambda rules: rules.count_tolerance,
        lambda rules, value: replace(rules, count_tolerance=value),
        0,
        CASH_MAX,
    ),
    ShopSetting(
        "drawer_limit",
        "shop",
        Kind.MONEY,
        N_("Pickup above"),
        N_("With more cash than this in the drawer the till asks for a pickup. 0 never asks."),
        lambda rules: rules.drawer_limit,
        lambda rules, value: replace(rules, drawer_limit=value),
        0,
        CASH_MAX,
    ),
    ShopSetting(
        "next_float",
        "shop",
        Kind.MONEY,
        N_("Float of the next day"),
        N_("What stays as float when the till is closed; the rest is the deposit."),
        lambda rules: rules.next_float,
        lambda rules, value: replace(rules, next_float=value),
        0,
        CASH_MAX,
    ),
    ShopSetting(
        "cash_back_most",
        "shop",
        Kind.MONEY,
        N_("Cash back up to"),
        N_("How much cash a debit card may be given on one sale. 0 is no bound but what lies in the till."),
        lambda rules: rules.cash_back_most,
        lambda rules, value: replace(rules, cash_back_most=value),
        0,
        CASH_MAX,
    ),
    ShopSetting(
        "service_departments",
        "shop",
        Kind.LINES,
        N_("Departments of services"),
        N_("Day reports count what is sold there as services, all else as goods. One department a line."),
        lambda rules: rules.service_departments,
        lambda rules, value: replace(rules, service_departments=tuple(line.strip() for line in value if line.strip())),
    ),
    ShopSetting(
        "coin_rolls",
        "shop",
        Kind.LINES,
        N_("Rolls of coins"),
        N_(
            "How many of a coin are in one roll or bag, one coin a line, as 40 x 0.25. Left empty it is the custom "
            "with the currency."
        ),
        lambda rules: rules.coin_rolls,
        lambda rules, value: replace(rules, coin_rolls=tuple(line.strip() for line in value if line.strip())),
        check=_refused_rolls,
    ),
    ShopSetting(
        "mailed_check_days",
        "shop",
        Kind.CHOICE,
        N_("A mailed check goes out within"),
        N_("Business days. It stands on the receipt of the return and on the request for the check."),
        lambda rules: str(rules.mailed_check_days),
        lambda rules, value: replace(rules, mailed_check_days=int(value)),
        choices=(("0", N_("No promise")), *((str(days), str(days)) for days in _CHECK_DAYS)),
    ),
    ShopSetting(
        "holidays",
        "shop",
        Kind.LINES,
        N_("Holidays"),
        N_(
            "Days that are no business days beside Saturday and Sunday, one a line, as 2026-12-24. Left empty they are "
            "those of the shop's country. Deadlines of returns move past them."
        ),
        lambda rules: rules.holidays or (),
        lambda rules, value: replace(rules, holidays=_days(value) or None),
        check=_refused_days,
    ),
)
