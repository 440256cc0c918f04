"""The sentences of codes that name no item or more than one; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import N_, Speech

_Facts = dict[str, object]

_KINDS = {
    "receipt": N_("That is the code of a receipt, not of an item. Nothing was added. Scan an item."),
    "gift_receipt": N_("That is the code of a gift receipt, not of an item. Nothing was added. Scan an item."),
    "return_receipt": N_("That is the code of a return’s receipt, not of an item. Nothing was added. Scan an item."),
    "slip": N_("That is the slip of a suspended sale, not an item. Nothing was added. Recall the sale with it."),
    "badge": N_("That is somebody’s badge, not an item. Nothing was added. Scan an item."),
    "customer": N_("That is a customer’s card, not an item. Nothing was added. Scan an item."),
    "gift_card": N_("That is a gift card this shop does not know. Nothing was added. Scan an item."),
}


def _on_card(w: Speech, f: _Facts) -> str:
    """A gift card of this shop, scanned where items are."""
    if f["state"] == "unsold":
        return w.say("Gift card {card} is not sold yet. Nothing was added.", card=f["card"])
    if f["state"] != "active":
        return w.say(
            "Gift card {card} is blocked or expired; {balance} is on it.", card=f["card"], balance=f["balance"]
        )
    return w.say(
        "Gift card {card} holds {balance}. Nothing was added. It is taken when the sale is paid.",
        card=f["card"],
        balance=f["balance"],
    )


CODE_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.NOT_AN_ITEM: lambda w, f: _on_card(w, f) if "balance" in f and "state" in f else w.say(_KINDS[str(f["kind"])]),
    Code.MEASURE_UNFIT: lambda w, f: w.say(
        "The code says {measure}, but {item} is not sold by that. Nothing was added. "
        "Type how much it is, or correct the item.",
        measure=f["measure"],
        item=f["item"],
    ),
    Code.CODE_RULE_INVALID: lambda w, f: w.say(
        "“{line}” is no rule for codes. Nothing was changed. Write like 20-22 6 4 price 2: prefix, digits of the item, "
        "digits of the value, price, weight or count, decimals; with the check digit 12 or 13 digits in all.",
        line=f["line"],
    ),
    Code.COUPON_UNKNOWN: lambda w, f: w.say(
        "Coupon {code} is not known in this shop. Nothing was taken off. Read what is printed on it.", code=f["code"]
    ),
    Code.COUPON_EXPIRED: lambda w, f: w.say(
        "Coupon {code} for “{promotion}” was good until {day}. Nothing was taken off. It cannot be used any more.",
        code=f["code"],
        promotion=f["promotion"],
        day=f["until"],
    ),
    Code.COUPON_NOT_YET: lambda w, f: w.say(
        "Coupon {code} for “{promotion}” is good from {day} on. Nothing was taken off. It can be used from that day.",
        code=f["code"],
        promotion=f["promotion"],
        day=f["from"],
    ),
    Code.COUPON_USED: lambda w, f: w.say(
        "Coupon {code} for “{promotion}” was used already. Nothing was taken off. Sell without it.",
        code=f["code"],
        promotion=f["promotion"],
    ),
    Code.PROMOTION_EXISTS: lambda w, f: w.say(
        "There is a promotion {promotion} already. Nothing was changed. Choose another number, or change that one.",
        promotion=f["promotion"],
    ),
    Code.PROMOTION_UNKNOWN: lambda w, f: w.say(
        "There is no promotion {promotion}. Nothing was changed. Look in the list of promotions.",
        promotion=f["promotion"],
    ),
}


def expired_words(words: Speech, item: str, day: str) -> str:
    """What is said of an item whose last day is over; it was rung up all the same."""
    return words.say(
        "{item} could be sold until {day}. It is in the sale. Take it off, unless it may still be sold.",
        item=item,
        day=day,
    )
