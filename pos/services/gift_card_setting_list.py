"""The rules of gift cards as settings."""

from __future__ import annotations

from dataclasses import replace

from pos.services.shop_setting import Kind, ShopSetting
from pos.wording import N_

AMOUNT_MAX = 10_000_000


def _gift_card(name: str, label: str, meaning: str) -> ShopSetting:
    """An amount of the rules of gift cards."""
    return ShopSetting(
        name,
        "shop",
        Kind.MONEY,
        label,
        meaning,
        lambda rules: getattr(rules, name),
        lambda rules, value: replace(rules, **{name: value}),
        0,
        AMOUNT_MAX,
    )


GIFT_CARD_SETTINGS = (
    _gift_card("gift_card_least", N_("Least on a gift card at a time"), N_("0 is no bound.")),
    _gift_card("gift_card_most", N_("Most on a gift card at a time"), N_("0 is what a card may hold.")),
    _gift_card("gift_card_holds", N_("Most a gift card holds"), N_("0 is what the law says, where it says so.")),
    _gift_card(
        "gift_card_pin_above",
        N_("PIN of a gift card above"),
        N_("For more than this the PIN is asked for, where the card has one. 0 is always."),
    ),
    _gift_card(
        "cash_out_threshold",
        N_("Gift card paid out below"),
        N_("What is left goes out in cash where it is less than this. 0 is what the law of the region says."),
    ),
    ShopSetting(
        "gift_card_months",
        "shop",
        Kind.CHOICE,
        N_("A gift card lasts"),
        N_("From the day it was loaded last. Never shorter than the law says, and for ever where it may not end."),
        lambda rules: str(rules.gift_card_months),
        lambda rules, value: replace(rules, gift_card_months=int(value)),
        choices=(
            ("0", N_("For ever")),
            ("12", N_("1 year")),
            ("24", N_("2 years")),
            ("36", N_("3 years")),
            ("60", N_("5 years")),
            ("108", N_("9 years")),
        ),
    ),
)
