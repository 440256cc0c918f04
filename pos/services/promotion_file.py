"""Promotions as the shop writes them (docs/promotions.md), read strictly: each fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from pos.domain.identifiers import CodeInvalid, gtin_key
from pos.domain.money import AmountUnreadable
from pos.domain.promotion import (
    ALL_ITEMS,
    Bundle,
    BuyGet,
    Conditions,
    Coupon,
    Each,
    GetOf,
    Hours,
    Kind,
    Part,
    Promotion,
    Reward,
    Selection,
    Step,
    TierBy,
    Tiers,
    coupon_key,
)
from pos.domain.tax import MILLION, read_percent
from pos.strict_fields import Part as Map
from pos.strict_fields import part as as_map
from pos.strict_yaml import Fields, FileFault, Node, Text, parse, read_file
from pos.wording import N_

PROMOTIONS_MAX = 2000
PIECES_MAX = 1000
_KEY = "promotions"
_BEGINS = N_("A file of promotions is a map with one field, “promotions”, and a list under it.")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KINDS = ("percent", "amount", "price", "buy_get", "nth", "mix", "bundle", "threshold", "tiers")
_REWARDS = ("percent", "amount", "price")
_WHEN = ("from", "until", "weekdays", "hours", "tier", "customer_group", "coupon")
_KEYS = (
    *("id", "name", "names", "say", *_KINDS, "items", *_WHEN),
    *("limit", "group", "combinable", "priority", "active"),
)
SELECTION_WORDS = {"item": "items", "category": "departments", "family": "families", "flag": "flags"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_HOURS = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])-([01]?[0-9]|2[0-4]):([0-5][0-9])")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")
_GS1 = re.compile(r"[0-9]{13}")
_THOUSANDTHS = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?")
_DAY_MINUTES = 24 * 60


def read_promotions_file(path: Path, currency: str) -> tuple[Promotion, ...]:
    """The promotions of a file. Raises FileFault."""
    return _of_root(read_file(path, _BEGINS), currency)


def parse_promotions(text: str, currency: str) -> tuple[Promotion, ...]:
    """The promotions of a text. Raises FileFault."""
    return _of_root(parse(text, _BEGINS), currency)


def read_promotion_rows(rows: list[Node], currency: str) -> tuple[Promotion, ...]:
    """A list of promotions inside another file. Raises FileFault."""
    if len(rows) > PROMOTIONS_MAX:
        raise FileFault(rows[PROMOTIONS_MAX].line, N_("These are more than {limit}."), limit=PROMOTIONS_MAX)
    promotions = []
    ids: set[str] = set()
    for row in rows:
        body = as_map(row, _KEY)
        promotion = _promotion(body, currency)
        if promotion.id in ids:
            raise FileFault(body.line_of("id"), N_("“{key}” is given twice."), key=promotion.id)
        ids.add(promotion.id)
        promotions.append(promotion)
    return tuple(promotions)


def _of_root(root: Fields, currency: str) -> tuple[Promotion, ...]:
    body = as_map(root, "")
    body.keys((_KEY,))
    return read_promotion_rows(body.rows(_KEY), currency)


def _promotion(body: Map, currency: str) -> Promotion:
    body.keys(_KEYS)
    promotion_id = body.needed("id").strip()
    if not _ID.fullmatch(promotion_id):
        raise body.wrong("id")
    combinable = body.yes("combinable")
    if combinable and body.get("group") is not None:
        raise _contradiction(body, "group", "combinable")
    items = body.get("items")
    kind = _kind(body, currency)
    if isinstance(kind, Bundle) and len(kind.parts) > 1 and items is not None:
        raise _contradiction(body, "items", "bundle")
    return Promotion(
        id=promotion_id,
        name=_words(body, "name") or promotion_id,
        kind=kind,
        items=ALL_ITEMS if items is None else _selection(as_map(items, "items")),
        names=_by_language(body, "names"),
        says=_by_language(body, "say"),
        conditions=_conditions(body),
        limit=_whole(body, "limit", 1, PIECES_MAX),
        group=_words(body, "group") or "",
        combinable=combinable,
        priority=_whole(body, "priority", 0, PIECES_MAX) or 0,
        active=body.text("active") is None or body.yes("active"),
    )


def _kind(body: Map, currency: str) -> Kind:
    """The one thing the promotion does. Bundle and mix take their items from themselves."""
    given = [key for key in _KINDS if body.get(key) is not None]
    if not given:
        message = N_("It says nothing of what it gives. One of these is needed: {choices}.")
        raise FileFault(body.line, message, choices=", ".join(_KINDS))
    if len(given) > 1:
        raise _contradiction(body, given[1], given[0])
    key = given[0]
    if key in _REWARDS:
        return Each(_reward(body, currency))
    node = as_map(body.get(key) or Text("", body.line), key)
    readers: dict[str, Callable[[Map, str], Kind]] = {
        "buy_get": _buy_get, "nth": _nth, "bundle": _bundle, "threshold": _threshold, "tiers": _tiers,
    }  # fmt: skip
    return _mix(node, body, currency) if key == "mix" else readers[key](node, currency)


def _reward(body: Map, currency: str, *, free: bool = False) -> Reward:
    """One of percent, amount and price; `free` where leaving it out gives the thing away."""
    given = [key for key in _REWARDS if body.get(key) is not None]
    if len(given) > 1:
        raise _contradiction(body, given[1], given[0])
    if not given:
        if free:
            return Reward(percent_millionths=MILLION)
        message = N_("It says nothing of what it gives. One of these is needed: {choices}.")
        raise FileFault(body.line, message, choices=", ".join(_REWARDS))
    if given[0] == "percent":
        text = body.needed("percent")
        try:
            return Reward(percent_millionths=read_percent(text))
        except AmountUnreadable as error:
            message = N_("“{key}” cannot be “{value}”: a share is from 0 to 100 per cent, with at most four decimals.")
            raise FileFault(body.line_of("percent"), message, key="percent", value=text) from error
    amount = body.money(given[0], currency)
    return Reward(amount=amount) if given[0] == "amount" else Reward(price=amount)


def _buy_get(body: Map, currency: str) -> BuyGet:
    body.keys(("buy", "get", "of", *_REWARDS))
    buy, get = _needed(body, "buy"), _needed(body, "get")
    of, other = _of(body)
    return BuyGet(buy, get, _reward(body, currency, free=True), of, other)


def _nth(body: Map, currency: str) -> BuyGet:
    body.keys(("n", "of", *_REWARDS))
    number = _whole(body, "n", 2, PIECES_MAX)
    if number is None:
        raise body.missing("n")
    of, other = _of(body)
    if other is not None:
        raise body.wrong("of")
    return BuyGet(number - 1, 1, _reward(body, currency, free=True), of)


def _of(body: Map) -> tuple[GetOf, Selection | None]:
    node = body.get("of")
    if node is None or isinstance(node, Text):
        word = body.choice("of", ("same", "cheapest"))
        return GetOf(word or GetOf.SAME), None
    return GetOf.OTHER, _selection(as_map(node, "of"))


def _mix(node: Map, body: Map, currency: str) -> Bundle:
    node.keys(("pieces", *_REWARDS))
    items = body.get("items")
    chosen = ALL_ITEMS if items is None else _selection(as_map(items, "items"))
    return Bundle((Part(_needed(node, "pieces"), chosen),), _reward(node, currency))


def _bundle(body: Map, currency: str) -> Bundle:
    body.keys(("parts", *_REWARDS))
    parts = []
    for row in body.parts("parts"):
        chosen = Map(row.name, Fields(row.line, dict(row.fields.values), row.fields.lines))
        pieces = _whole(row, "pieces", 1, PIECES_MAX) or 1
        chosen.fields.values.pop("pieces", None)
        parts.append(Part(pieces, _selection(chosen)))
    if len(parts) < 2:
        raise FileFault(
            body.line_of("parts"), N_("A bundle has two parts or more; one part alone is mix and match (“mix”).")
        )
    return Bundle(tuple(parts), _reward(body, currency))


def _threshold(body: Map, currency: str) -> Tiers:
    body.keys(("quantity", "spend", "every", *_REWARDS))
    if (body.get("quantity") is None) == (body.get("spend") is None):
        message = N_("One of these is needed, not both: {choices}.")
        raise FileFault(body.line, message, choices="quantity, spend")
    by = TierBy.AMOUNT if body.get("spend") is not None else TierBy.QUANTITY
    least = body.money("spend", currency) if by is TierBy.AMOUNT else _thousandths(body, "quantity")
    return _stepped(body, by, (Step(least, _reward(body, currency)),))


def _tiers(body: Map, currency: str) -> Tiers:
    body.keys(("by", "steps", "every"))
    by = TierBy.AMOUNT if body.choice("by", ("quantity", "spend")) == "spend" else TierBy.QUANTITY
    steps: list[Step] = []
    for row in body.parts("steps"):
        row.keys(("from", *_REWARDS))
        least = row.money("from", currency) if by is TierBy.AMOUNT else _thousandths(row, "from")
        if steps and least <= steps[-1].at_least:
            raise FileFault(row.line_of("from"), N_("Steps rise: each begins above the one before."))
        steps.append(Step(least, _reward(row, currency)))
    if not steps:
        raise body.missing("steps")
    return _stepped(body, by, tuple(steps))


def _stepped(body: Map, by: TierBy, steps: tuple[Step, ...]) -> Tiers:
    every = body.yes("every")
    if every and (len(steps) > 1 or steps[0].reward.amount is None or not steps[0].at_least):
        raise FileFault(body.line_of("every"), N_("“every” goes with one step above zero and an amount off."))
    return Tiers(by, steps, every)


def _selection(body: Map) -> Selection:
    """Which items, and `not` which."""
    body.keys(("all", *SELECTION_WORDS, "not"))
    everything = body.yes("all")
    named = {name: _texts(body, key) for key, name in SELECTION_WORDS.items()}
    if everything and any(named.values()):
        raise _contradiction(body, next(key for key, name in SELECTION_WORDS.items() if named[name]), "all")
    excluded = body.part("not")
    without: dict[str, tuple[str, ...]] = {}
    if excluded is not None:
        excluded.keys(tuple(SELECTION_WORDS))
        without = {f"not_{name}": _texts(excluded, key) for key, name in SELECTION_WORDS.items()}
    # “All but these” needs no word for all.
    everything = everything or (bool(without) and not any(named.values()))
    selection = Selection(all=everything, **named, **without)
    if selection.empty:
        message = N_("It names no items. One of these is needed: {choices}.")
        raise FileFault(body.line, message, choices="all, item, category, family, flag")
    return selection


def _texts(body: Map, key: str) -> tuple[str, ...]:
    return tuple(sorted({text.text.strip() for text in body.texts(key) if text.text.strip()}))


def _conditions(body: Map) -> Conditions:
    starts, ends = _moment(body, "from", last=False), _moment(body, "until", last=True)
    if starts is not None and ends is not None and ends <= starts:
        raise FileFault(body.line_of("until"), N_("It would end before it begins."))
    weekdays = []
    for text in body.texts("weekdays"):
        if text.text not in DAYS:
            message = N_("“{key}” cannot be “{value}”. It may be: {choices}.")
            raise FileFault(text.line, message, key="weekdays", value=text.text, choices=", ".join(DAYS))
        weekdays.append(DAYS.index(text.text))
    coupon = body.part("coupon")
    return Conditions(
        starts=starts,
        ends=ends,
        weekdays=tuple(sorted(set(weekdays))),
        hours=tuple(sorted((_hours(text) for text in body.texts("hours")), key=lambda hours: hours.start)),
        tiers=_texts(body, "tier"),
        groups=_texts(body, "customer_group"),
        coupon=None if coupon is None else _coupon(coupon),
    )


def _moment(body: Map, key: str, *, last: bool) -> datetime | None:
    """A moment on the shop's clock; a day alone is all of it."""
    text = body.text(key)
    if text is None:
        return None
    try:
        if not _MOMENT.fullmatch(text):
            raise ValueError(text)
        if "T" in text:
            return datetime.fromisoformat(text)
        day = date.fromisoformat(text) + timedelta(days=1 if last else 0)
        return datetime.fromisoformat(day.isoformat())
    except (ValueError, OverflowError) as error:
        raise body.wrong(key) from error


def _hours(text: Text) -> Hours:
    found = _HOURS.fullmatch(text.text.replace(" ", ""))
    numbers = [int(number) for number in found.groups()] if found else [0, 0, 0, 0]
    hours = Hours(numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])
    if not hours.start < hours.end <= _DAY_MINUTES:
        message = N_("“{key}” cannot be “{value}”: hours are written 16:00-18:30, the later one behind.")
        raise FileFault(text.line, message, key="hours", value=text.text)
    return hours


def _coupon(body: Map) -> Coupon:
    body.keys(("codes", "gs1", "uses"))
    numbers = _texts(body, "gs1")
    if not all(map(_gs1_number, numbers)):
        message = N_("A GS1 coupon number has 13 digits, of which the last one is the check digit.")
        raise FileFault(body.line_of("gs1"), message)
    codes = tuple(sorted({coupon_key(code) for code in _texts(body, "codes")}))
    if not codes and not numbers:
        raise body.missing("codes")
    unlimited = body.text("uses") == "unlimited"
    return Coupon(codes, numbers, None if unlimited else _whole(body, "uses", 1, 10**6) or 1)


def _gs1_number(text: str) -> bool:
    """Whether it is a global coupon number without its serial: its check digit is that of a GTIN-13."""
    try:
        return bool(_GS1.fullmatch(text)) and bool(gtin_key(text))
    except CodeInvalid:
        return False


def _words(body: Map, key: str) -> str | None:
    text = body.text(key)
    if text is None:
        return None
    said = " ".join(text.split())
    if not said or len(said) > 60 or not said.isprintable():
        raise body.wrong(key)
    return said


def _by_language(body: Map, key: str) -> tuple[tuple[str, str], ...]:
    node = body.part(key)
    if node is None:
        return ()
    return tuple(sorted((language, node.needed(language)) for language in node.fields.values))


def _needed(body: Map, key: str) -> int:
    value = _whole(body, key, 1, PIECES_MAX)
    if value is None:
        raise body.missing(key)
    return value


def _whole(body: Map, key: str, least: int, most: int) -> int | None:
    text = body.text(key)
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not least <= number <= most:
        message = N_("“{key}” cannot be “{value}”: it is a whole number from {least} to {most}.")
        raise FileFault(body.line_of(key), message, key=key, value=text, least=least, most=most)
    return number


def _thousandths(body: Map, key: str) -> int:
    found = _THOUSANDTHS.fullmatch(body.needed(key))
    if not found:
        raise body.wrong(key)
    return int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))


def _contradiction(body: Map, key: str, other: str) -> FileFault:
    return FileFault(body.line_of(key), N_("“{key}” does not go with “{other}”."), key=key, other=other)
