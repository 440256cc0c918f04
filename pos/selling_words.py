"""The sentences of what a sale refuses or asks; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.reasons import Reason
from pos.domain.refusal import Code
from pos.speech import N_, Speech

_Facts = dict[str, object]

_PAIR_FIELDS = {
    "wanted": N_("Say which item or department the suggestion goes with. Nothing was changed."),
    "item": N_("Say which other item is suggested. Nothing was changed."),
    "say": N_("What the cashier may say is one line of at most 120 characters. Nothing was changed. Shorten it."),
    "ends": N_("The last day lies before the first. Nothing was changed. Choose a later last day."),
    "id": N_("There are too many suggestions, or this one is gone. Nothing was changed. Look at the list again."),
}

SELLING: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.SUGGESTION_GONE: lambda w, f: w.say("Nothing is suggested now. Nothing was changed. Scan the next item."),
    Code.SUGGESTION_INVALID: lambda w, f: w.say(_PAIR_FIELDS[str(f["field"])]),
    Code.PRICE_REQUIRED: lambda w, f: w.say(
        "{item} has no price of its own. Nothing was added yet. Type the price of one.", item=f["item"]
    ),
    Code.PRICE_FIXED: lambda w, f: w.say(
        "{item} has a price of its own. Nothing was changed. Sell it at that price.", item=f["item"]
    ),
    Code.WEIGHT_REQUIRED: lambda w, f: w.say(
        "{item} is sold by measure. Nothing was added yet. Weigh it, or type how much it is.", item=f["item"]
    ),
    Code.WEIGHT_INVALID: lambda w, f: w.say(
        "{quantity} cannot be sold. Nothing was changed. Weigh again, and check the tare.", quantity=f["quantity"]
    ),
    Code.WEIGHT_MOVES: lambda w, f: w.say(
        "The weight still moves. Nothing was added. Wait until it stands still, then weigh again."
    ),
    Code.SCALE_OVERLOADED: lambda w, f: w.say(
        "The scale shows no weight it may sell. Nothing was added. "
        "Take something off or set it to zero, then weigh again."
    ),
    Code.SCALE_OFFLINE: lambda w, f: w.say(
        "The scale does not answer. Nothing was added. Check its cable, or type the weight with a reason."
    ),
    Code.REASON_REQUIRED: lambda w, f: w.say(
        "A weight that is typed needs a reason. Nothing was changed. Choose the reason, or weigh on the scale."
    ),
    Code.REASON_UNKNOWN: lambda w, f: w.say(
        "“{reason}” is not a reason of this shop. Nothing was changed. Choose one of: {choices}.", **f
    ),
    Code.AGE_NOT_SEEN: lambda w, f: w.say(
        "{item} may be sold from the age of {age}. Nothing was added yet. Look at an identity document first.",
        item=f["item"],
        age=f["age"],
    ),
    Code.AGE_TOO_YOUNG: lambda w, f: w.say(
        "{item} may be sold from the age of {age}. Nothing was added. This customer may buy it from {day} on.",
        item=f["item"],
        age=f["age"],
        day=f["from"],
    ),
    Code.BIRTH_DATE_INVALID: lambda w, f: w.say(
        "Nobody was born on that day. Nothing was added. Read the date of birth again."
    ),
    Code.SERIAL_REQUIRED: lambda w, f: w.count(
        "{item} is sold with its serial number. Nothing was added yet. Scan {n} serial number.",
        "{item} is sold with its serial numbers. Nothing was added yet. Scan {n} serial numbers.",
        int(str(f["count"])),
        item=f["item"],
    ),
    Code.SERIAL_INVALID: lambda w, f: w.say(
        "“{serial}” cannot be a serial number. Nothing was changed. Scan or type it without blanks.", serial=f["serial"]
    ),
    Code.SERIAL_TWICE: lambda w, f: w.say(
        "Serial number {serial} is in this sale already. Nothing was changed. Scan that of the other piece.",
        serial=f["serial"],
    ),
    Code.SERIAL_COUNT: lambda w, f: w.say(
        "Each piece has one serial number: {quantity} and {given} do not agree. Nothing was changed. "
        "Scan one for each piece, or remove the line and scan it again.",
        quantity=f["quantity"],
        given=f["given"],
    ),
    Code.NOTE_INVALID: lambda w, f: w.say(
        "That note cannot be kept. Nothing was changed. Write one line of at most 200 characters."
    ),
    Code.SUSPENDED_UNKNOWN: lambda w, f: w.say(
        "No suspended sale is called “{code}”. Nothing was changed. Scan the slip, or choose from the list.",
        code=f["code"],
    ),
    Code.SUSPENDED_TAKEN: lambda w, f: w.say(
        "Suspended sale {code} was recalled at workstation {workstation} already. Nothing was changed. Go on there.",
        code=f["code"],
        workstation=f["workstation"],
    ),
    Code.KEYS_INVALID: lambda w, f: w.say(
        "The quick keys cannot be arranged like that: {key}. Nothing was changed. Choose another item, label or place.",
        key=f["key"],
    ),
}

_REASONS = {
    "scanned_by_mistake": N_("Scanned by mistake"),
    "changed_mind": N_("Customer changed their mind"),
    "colour": N_("Wrong color"),
    "style": N_("Wrong style"),
    "wear": N_("Wears out too soon"),
    "workmanship": N_("Poor workmanship"),
    "wrong_label": N_("Wrong label"),
    "defective_in_shop": N_("Defective in the shop"),
    "wrong_price": N_("Wrong price"),
    "damaged": N_("Damaged"),
    "not_enough_money": N_("Not enough money"),
    "customer_left": N_("Customer left"),
    "cashier_error": N_("Cashier's mistake"),
    "test": N_("Test"),
    "scale_broken": N_("Scale out of order"),
    "weighed_elsewhere": N_("Weighed elsewhere"),
    "too_large": N_("Too large for the scale"),
    "label": N_("Weight is on the label"),
    "price_match": N_("Price match"),
    "shelf_label": N_("Wrong shelf label"),
    "damaged_box": N_("Damaged box"),
    "agreed_price": N_("Agreed price"),
    "goodwill": N_("Goodwill"),
    "short_date": N_("Short date"),
    "lost": N_("Lost"),
    "stolen": N_("Stolen"),
    "fraud": N_("Fraud"),
    "replaced": N_("Replaced by another"),
    "sold_by_mistake": N_("Sold by mistake"),
    "found_again": N_("Found again"),
    "loyal_customer": N_("Loyal customer"),
    "change": N_("Small change"),
    "float": N_("More float"),
    "busy_day": N_("Busy day"),
    "bank": N_("To the bank"),
    "safe": N_("To the safe"),
    "too_much_cash": N_("Too much cash"),
    "found_cash": N_("Found cash"),
    "old_bill": N_("Old bill paid"),
    "supplier_refund": N_("Supplier’s refund"),
    "supplies": N_("Supplies"),
    "postage": N_("Postage"),
    "delivery": N_("Delivery"),
    "cleaning": N_("Cleaning"),
    "repair": N_("Repair"),
    "wrong_change": N_("Wrong change given"),
    "count": N_("Counting the cash"),
    "coin_rolls": N_("Coin rolls"),
    "mistake": N_("By mistake"),
    "rung_twice": N_("Rung up twice"),
    "wrong_item": N_("Wrong item"),
    "wrong_key": N_("Wrong key"),
    "changed_tender": N_("Paid otherwise"),
    "other": N_("Other"),
    "not_as_expected": N_("Not as expected"),
    "poor_fit": N_("Does not fit"),
    "defective": N_("Defective"),
    "wrong_goods": N_("Wrong goods"),
    "price_error": N_("Price error"),
    "gift": N_("Was a gift"),
    "duplicate": N_("Has it already"),
    "statutory_withdrawal": N_("Withdrawal by law"),
    "statutory_claim": N_("Claim by law"),
}


def reason_words(speech: Speech, reason: Reason) -> str:
    """The shop's own words for a reason, or the program's, or its code."""
    known = _REASONS.get(reason.code)
    return reason.words or (reason.code if known is None else speech.say(known))
