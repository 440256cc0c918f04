"""Promotions written in the format they are read in (docs/promotions.md): what is read back is the same promotion."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta

from pos.domain.discount import DiscountSource
from pos.domain.money import minor_text
from pos.domain.promotion import (
    ALL_ITEMS,
    Bundle,
    BuyGet,
    Conditions,
    Each,
    GetOf,
    Promotion,
    Reward,
    Selection,
    TierBy,
    Tiers,
)
from pos.domain.transaction import Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.promotion_file import DAYS, SELECTION_WORDS, read_promotion_rows
from pos.strict_yaml import Fields, FileFault, Node, Rows, Text

Written = dict[str, object]


def promotions_text(promotions: Iterable[Promotion], currency: str) -> str:
    """A whole file. Every value stands as text between quotes: nothing is guessed when it is read."""
    lines = ["promotions:"]
    for promotion in promotions:
        mark = "-"
        for key, value in promotion_fields(promotion, currency).items():
            lines.append(f"  {mark} {key}: {json.dumps(value, ensure_ascii=False)}")
            mark = " "
    return "\n".join(lines if len(lines) > 1 else ["promotions: []"]) + "\n"


def promotion_body(promotion: Promotion, currency: str) -> str:
    """One promotion as the books keep it: JSON in the words of the file, without its version."""
    return json.dumps(promotion_fields(promotion, currency), ensure_ascii=False, sort_keys=True)


def stored_promotion(body: str, version: int, currency: str) -> Promotion:
    """A promotion the books keep. Raises FileFault where it is damaged."""
    (promotion,) = read_promotion_rows([_node(json.loads(body))], currency)
    return replace(promotion, version=version)


def promotion_names(work: UnitOfWork, sale: Transaction, language: str) -> dict[tuple[str, int], str]:
    """What the promotions of a sale, in the versions that gave something, are called in this language."""
    taken = (each for line in sale.lines for each in line.discounts if each.source is DiscountSource.PROMOTION)
    names: dict[tuple[str, int], str] = {}
    for which in dict.fromkeys((each.id, each.version) for each in taken):
        row = work.promotions.version(*which)
        # A version that cannot be read is a matter for verify; the sale keeps the name it was given under.
        with suppress(FileFault, ValueError):
            if row is not None:
                names[which] = stored_promotion(row.body, row.version, sale.currency).name_in(language)
    return names


def _node(value: object) -> Node:
    """JSON as the reader of files takes it: texts, lists and maps."""
    if isinstance(value, dict):
        return Fields(1, {key: _node(inner) for key, inner in value.items()}, dict.fromkeys(value, 1))
    if isinstance(value, list):
        return Rows(1, [_node(inner) for inner in value])
    return Text(str(value), 1, plain=False)


def promotion_fields(promotion: Promotion, currency: str) -> Written:
    """One promotion as nested maps, lists and texts in the words of the file."""
    written: Written = {"id": promotion.id, "name": promotion.name}
    written |= {"names": dict(promotion.names)} if promotion.names else {}
    written |= {"say": dict(promotion.says)} if promotion.says else {}
    written |= _kind(promotion, currency)
    items = promotion.kind.parts[0].items if isinstance(promotion.kind, Bundle) else promotion.items
    several = isinstance(promotion.kind, Bundle) and len(promotion.kind.parts) > 1
    written |= {} if several or items == ALL_ITEMS else {"items": _selection(items)}
    written |= _conditions(promotion.conditions)
    written |= {} if promotion.limit is None else {"limit": str(promotion.limit)}
    written |= {"group": promotion.group} if promotion.group else {}
    written |= {"combinable": "true"} if promotion.combinable else {}
    written |= {"priority": str(promotion.priority)} if promotion.priority else {}
    return written | ({} if promotion.active else {"active": "false"})


def _kind(promotion: Promotion, currency: str) -> Written:
    kind = promotion.kind
    match kind:
        case Each():
            return _reward(kind.reward, currency)
        case BuyGet():
            of: object = kind.of.value
            if kind.of is GetOf.OTHER and kind.other is not None:
                of = _selection(kind.other)
            sets: Written = {"buy": str(kind.buy), "get": str(kind.get), "of": of}
            return {"buy_get": sets | _reward(kind.reward, currency)}
        case Bundle() if len(kind.parts) == 1:
            return {"mix": {"pieces": str(kind.parts[0].count)} | _reward(kind.reward, currency)}
        case Bundle():
            parts = [{"pieces": str(part.count)} | _selection(part.items) for part in kind.parts]
            return {"bundle": {"parts": parts} | _reward(kind.reward, currency)}
        case Tiers():
            return {"tiers": _tiers(kind, currency)}


def _tiers(kind: Tiers, currency: str) -> Written:
    by_amount = kind.by is TierBy.AMOUNT
    steps = [
        {"from": minor_text(step.at_least, currency) if by_amount else _decimal(step.at_least, 3)}
        | _reward(step.reward, currency)
        for step in kind.steps
    ]
    written: Written = {"by": "spend" if by_amount else "quantity", "steps": steps}
    return written | ({"every": "true"} if kind.every else {})


def _reward(reward: Reward, currency: str) -> Written:
    if reward.percent_millionths is not None:
        return {"percent": _decimal(reward.percent_millionths, 4)}
    if reward.amount is not None:
        return {"amount": minor_text(reward.amount, currency)}
    return {"price": minor_text(reward.price or 0, currency)}


def _decimal(number: int, digits: int) -> str:
    whole, part = divmod(number, 10**digits)
    return f"{whole}.{part:0{digits}d}".rstrip("0") if part else str(whole)


def _selection(items: Selection) -> Written:
    written: Written = {"all": "true"} if items.all else {}
    for key, name in SELECTION_WORDS.items():
        if words := getattr(items, name):
            written[key] = list(words)
    without: Written = {
        key: list(words) for key, name in SELECTION_WORDS.items() if (words := getattr(items, f"not_{name}"))
    }
    return written | ({"not": without} if without else {})


def _conditions(asked: Conditions) -> Written:
    written: Written = {}
    if asked.starts is not None:
        written["from"] = _moment(asked.starts, last=False)
    if asked.ends is not None:
        written["until"] = _moment(asked.ends, last=True)
    if asked.weekdays:
        written["weekdays"] = [DAYS[day] for day in asked.weekdays]
    if asked.hours:
        written["hours"] = [f"{_clock(hours.start)}-{_clock(hours.end)}" for hours in asked.hours]
    if asked.tiers:
        written["tier"] = list(asked.tiers)
    if asked.groups:
        written["customer_group"] = list(asked.groups)
    coupon = asked.coupon
    if coupon is not None:
        codes: Written = {"codes": list(coupon.codes)} if coupon.codes else {}
        codes |= {"gs1": list(coupon.gs1)} if coupon.gs1 else {}
        written["coupon"] = codes | {"uses": "unlimited" if coupon.uses is None else str(coupon.uses)}
    return written


def _moment(moment: datetime, *, last: bool) -> str:
    """A day alone where it is midnight: the last day is the one that then ends."""
    if moment.time() != time():
        return moment.isoformat(timespec="minutes")
    return (moment - timedelta(days=1 if last else 0)).date().isoformat()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
