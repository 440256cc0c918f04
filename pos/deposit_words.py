"""The sentences of deposits, empties and prices by quantity; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]

DEPOSIT_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.NO_DEPOSIT: lambda w, f: w.say(
        "{item} has no deposit, so nothing is paid for its empties. Nothing was added. "
        "Leave the empties to sell it, or choose the empties by hand.",
        item=f["item"],
    ),
    Code.DEPOSIT_FOLLOWS: lambda w, f: w.say(
        "{item} goes with {goods} and follows it. Nothing was changed. Change the line of {goods} instead.",
        item=f["item"],
        goods=f["goods"],
    ),
    Code.DEPOSIT_UNKNOWN: lambda w, f: w.say(
        "There is no container {item} in the item list. Nothing was written. Add it as a container first.",
        item=f["item"],
    ),
    Code.DEPOSIT_INVALID: lambda w, f: w.say(
        "Up to four containers go with an item sold by the piece, each written as BOTTLE or BOTTLE*20. "
        "Nothing was written. Write them so, with | between."
    ),
    Code.COST_UNREADABLE: lambda w, f: w.say("This is no cost. Type it like a price, or leave it empty."),
    Code.QUANTITY_PRICES_INVALID: lambda w, f: w.say(
        "Prices by quantity are written as 6: 0.89 | 12: 0.79, up to six, each quantity once. "
        "Nothing was written. Write them so."
    ),
    Code.PAY_OUT_LIMIT: lambda w, f: w.say(
        "This needs a manager: {amount} would go out, and your role pays out {most} alone. Nothing was paid yet.",
        most=f["most"],
        amount=f["amount"],
    ),
    Code.TILL_SHORT: lambda w, f: (
        w.say(
            "{amount} would go out and the till holds {there}. Nothing was paid. "
            "Sell something first, or put the sale aside until there is cash.",
            amount=f["amount"],
            there=f["there"],
        )
        if "there" in f
        # How much there is stays unsaid: whoever counts is not to know.
        else w.say(
            "The till does not hold {amount}. Nothing was moved. Look into the drawer and type what there is.",
            amount=f["amount"],
        )
    ),
}
