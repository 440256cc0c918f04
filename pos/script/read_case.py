"""Read a kept case back as the form asked it, where the form can show all that its script says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos.domain.item import Item
from pos.domain.money import AmountUnreadable, Money, Unit
from pos.domain.policy_case import (
    CHEAPEST_FREE,
    EXCHANGE,
    HOUSE_CARD,
    OTHER_SERIAL,
    SAME_SERIAL,
    CaseAsked,
    GoodsAsked,
    PaidAsked,
)
from pos.domain.shop import ShopRules
from pos.script.case_document import CARDS, Written, case_document
from pos.script.fields import part
from pos.script.read import ScriptError, parse
from pos.script.rules import read_rules
from pos.strict_yaml import Fields, Node, Rows, Text

_DAY = len("2026-01-01")
# What is the shop's own is that of today, and what is expected is seen by asking.
_NOT_ASKED = ("shop", "expect")
_CARDS = ("cards", "gift_cards")
_UNFIT = (AttributeError, LookupError, TypeError, ValueError, AmountUnreadable, ScriptError)


def read_case(script: str) -> tuple[CaseAsked, str] | None:
    """What the form asked to write this script, and the currency of its shop; None where a form cannot
    show all of it.
    """
    try:
        read = parse(script)
        said, rules = plain(read), read_rules(part(read, "").part("shop"), None).rules
        asked = _asked(said, rules)
    except _UNFIT:
        return None
    same = _without(_told(case_document(asked, rules))) == _without(said)
    return (asked, rules.currency) if same else None


def plain(node: Node) -> Any:
    """A part of a script as text, lists and maps."""
    if isinstance(node, Text):
        return None if node.null else node.text
    if isinstance(node, Rows):
        return [plain(row) for row in node.rows]
    assert isinstance(node, Fields)
    return {key: plain(value) for key, value in node.values.items()}


def _told(value: Any) -> Any:
    """What was written, as it is read again."""
    if isinstance(value, Mapping):
        return {str(key): _told(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _without(said: Written) -> Written:
    """What is held against each other. Where nothing was sold, nothing was paid with the cards that are there."""
    steps = [{key: value for key, value in step.items() if key not in _NOT_ASKED} for step in said.get("steps", [])]
    unused = () if any("sale" in step for step in steps) else _CARDS
    return {key: value for key, value in said.items() if key not in {*_NOT_ASKED, *unused}} | {"steps": steps}


def _asked(said: Written, rules: ShopRules) -> CaseAsked:
    """As much of it as the form knows; what it does not know is missing when it is written again."""
    steps = said["steps"]
    sale = steps[0].get("sale", {})
    back = steps[-1].get("exchange") or steps[-1]["return"]
    customer: Written = next(iter(said.get("customers", [])), {})
    return CaseAsked(
        goods=_goods(said, sale, back, rules),
        bought=date.fromisoformat(said["clock"][:_DAY]),
        back=date.fromisoformat(steps[-2]["clock"][:_DAY]),
        paid=tuple(_paid(row, rules) for row in sale.get("tenders", [])) or (PaidAsked("cash"),),
        proof=back["proof"],
        customer=bool(customer),
        tier=customer.get("tier", ""),
        group=customer.get("group", ""),
        id_seen="id_document" in back,
        refund_to=EXCHANGE if "exchange" in steps[-1] else back.get("refund_to", ""),
        region=rules.region,
        offer=_offer(said),
        before=len(said.get("history", [])),
    )


def _offer(said: Written) -> str:
    offers = said.get("promotions", [])
    if not offers:
        return ""
    return CHEAPEST_FREE if "buy_get" in offers[0] else str(offers[0]["percent"])


def _goods(said: Written, sale: Written, back: Written, rules: ShopRules) -> tuple[GoodsAsked, ...]:
    items = {row["id"]: _item(row, rules) for row in said["items"]}
    goods = []
    for row in back["lines"]:
        item, price = items[sale["lines"][int(row["line"]) - 1]["item"] if "line" in row else row["item"]]
        goods.append(
            GoodsAsked(
                item,
                price,
                pieces=int(row["qty"]),
                condition=row.get("condition", ""),
                reason=row.get("reason", ""),
                serial=_serial(item, row.get("serial")),
                missing=tuple(row.get("missing", ())),
                code_missing=row.get("code_missing") == "true",
                facts=row.get("facts", {}),
            )
        )
    return tuple(goods)


def _serial(item: Item, said: str | None) -> str:
    if not item.serial:
        return SAME_SERIAL
    if not said:
        return ""
    return OTHER_SERIAL if said.endswith("-X") else SAME_SERIAL


def _item(row: Written, rules: ShopRules) -> tuple[Item, int]:
    price = Money.read(row["price"], rules.currency).minor
    item = Item(
        id=row["id"],
        name=row["name"],
        unit_price_minor=price,
        taxes=tuple(row.get("tax", ())),
        unit=Unit(row["per"]),
        department=row.get("category", ""),
        family=row.get("family", ""),
        flags=tuple(row.get("flags", ())),
        final_sale=row.get("final_sale") == "true",
        serial=row.get("serial") == "true",
    )
    return item, price


def _paid(row: Written, rules: ShopRules) -> PaidAsked:
    kind = next(iter(row))
    amount = None if row[kind] == "exact" else Money.read(row[kind], rules.currency).minor
    house = kind == "credit" and row["card"].startswith(CARDS[HOUSE_CARD])
    return PaidAsked(HOUSE_CARD if house else kind, amount)
