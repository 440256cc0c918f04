"""The sentences of what a change to items or stock is refused with; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]

CATALOGUE: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.ITEM_TEXT_INVALID: lambda w, f: w.say(
        "The text holds a character that cannot be printed. Nothing was changed. Type it again."
    ),
    Code.ITEM_ID_INVALID: lambda w, f: w.say(
        "An item needs a number of 1 to {limit} characters. Nothing was changed. Type one.", limit=f["limit"]
    ),
    Code.ITEM_NAME_INVALID: lambda w, f: w.say(
        "An item needs a name of 1 to {limit} letters. Nothing was changed. Type one.", limit=f["limit"]
    ),
    Code.ITEM_WORD_TOO_LONG: lambda w, f: w.say(
        "A department, family or variant has up to {limit} letters. Nothing was changed. Shorten it.",
        limit=f["limit"],
    ),
    Code.ITEM_EXISTS: lambda w, f: w.say(
        "There is an item {item} already. Nothing was added. Choose another number.", item=f["item"]
    ),
    Code.PRICE_NEGATIVE: lambda w, f: w.say(
        "A price of {price} is below zero. Nothing was changed. Type zero or more.", price=f["price"]
    ),
    Code.PRICE_TOO_LARGE: lambda w, f: w.say(
        "A price of {price} is larger than a till can take. Nothing was changed. Type it again.", price=f["price"]
    ),
    Code.PRICE_TOO_FINE: lambda w, f: w.say(
        "The price {price} has more digits than {currency}. Nothing was changed. Round it.",
        price=f["price"],
        currency=f["currency"],
    ),
    Code.PRICE_UNREADABLE: lambda w, f: w.say(
        "“{price}” cannot be read as a price. Nothing was changed. Write it as 1234.50.", price=f["price"]
    ),
    Code.CHECK_DIGIT_WRONG: lambda w, f: w.say(
        "The check digit of the barcode {code} is wrong. Nothing was changed. Scan it, or type it again.",
        code=f["code"],
    ),
    Code.CODE_TAKEN: lambda w, f: w.say(
        "The code {code} belongs to “{item}”. Nothing was changed. Take it away there first.",
        code=f["code"],
        item=f["item"],
    ),
    Code.CODE_NOT_OF_ITEM: lambda w, f: w.say(
        "The item does not have the code {code}. Nothing was changed. Choose one of its codes.", code=f["code"]
    ),
    Code.TAX_UNKNOWN: lambda w, f: w.say(
        "The shop has no tax “{tax}”. Nothing was changed. It has: {taxes}.", tax=f["tax"], taxes=f["taxes"]
    ),
    Code.AGE_INVALID: lambda w, f: w.say(
        "An age is 0 to {limit} years. Nothing was changed. Type it again.", limit=f["limit"]
    ),
    Code.CONTENT_INVALID: lambda w, f: w.say(
        "The content of a package is more than nothing. Nothing was changed. Write it as 500 g or 0.75 l."
    ),
    Code.STOCK_INVALID: lambda w, f: w.say(
        "So much cannot lie there or move. Nothing was changed. Type whole pieces, or up to three decimals of a unit."
    ),
    Code.MEASURE_CODE_INVALID: lambda w, f: w.say(
        "The code for weighed packages is its first 2 to 11 digits. Nothing was changed. Type them again."
    ),
    Code.PICTURE_INVALID: lambda w, f: w.say(
        "A picture is named by its file alone, without a folder. Nothing was changed. Choose it again."
    ),
    Code.PICTURE_UNFIT: lambda w, f: w.say(
        "“{file}” is no picture of at most {megabytes} MB. Nothing was changed. Choose a PNG or JPEG file.",
        file=f["file"],
        megabytes=f["megabytes"],
    ),
    Code.FLAGS_INVALID: lambda w, f: w.say(
        "A flag is a word of letters and digits. Nothing was changed. Type it again."
    ),
    Code.UNIT_FIXED: lambda w, f: w.say(
        "The item has been sold or counted by the {unit}. Its unit stays. Make a new item for another unit.",
        unit=f["unit"],
    ),
    Code.PROFILE_NAME_INVALID: lambda w, f: w.say(
        "A mapping is kept under a name of 1 to {limit} letters. Nothing was kept. Type one.", limit=f["limit"]
    ),
    Code.PROFILE_UNKNOWN: lambda w, f: w.say(
        "No mapping is kept as “{name}”. Nothing was read. There are: {names}.", name=f["name"], names=f["names"]
    ),
    Code.ITEM_RETIRED: lambda w, f: w.say(
        "“{item}” is no longer sold here. Nothing was added. A manager can take it into the list again.",
        item=f["item"],
    ),
}
