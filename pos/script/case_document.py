"""A case the return policy is asked, as the fields of a lane script: the shop, the goods, the purchase, the return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pos.domain.money import minor_text
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
from pos.domain.tax import TaxRate

POLICY_FILE = "return-policy.yaml"
# Who sells is somebody else than who takes it back: a rule may ask.
SELLER, TAKER = "101", "102"
PINS = {SELLER: "471100", TAKER: "582211"}
SOLD_AT, BACK_AT = "T10:00", "T15:00"
CARDS = {"credit": "visa-4242", "debit": "maestro-77", HOUSE_CARD: "own-card"}
SHOP_CARDS = ("gift_card", "store_credit")
OFFER = "OFFER"
_FIRST_CARD, _FIRST_CHECK = 6006490000000000024, 1042
_ID = {"kind": "driving_licence", "number": "D4417788"}
_TEN_THOUSAND = 10_000
Written = dict[str, Any]


def case_document(asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None = None) -> Written:
    """The whole script; a key that says nothing is left out. Goods that are alike are one line of the sale."""
    paid = _numbered(asked.paid)
    cards = [{"id": _card(one, nth), "house": True} for one, nth in paid if one.kind == HOUSE_CARD]
    said: Written = {
        "lane": "1",
        "shop": _shop(asked, rules),
        "items": [_item(one, rules) for one in _once(asked.goods)],
        "promotions": _offer(asked),
        "return_policy": {"file": POLICY_FILE},
        "customers": _customer(asked),
        "cards": cards,
        "gift_cards": [_gift_card(asked, one, at, rules) for at, (one, _) in enumerate(_of_shop(paid))],
        "history": [_before(asked, number) for number in range(1, asked.before + 1)],
        "staff": [{"id": one, "role": "cashier", "pin": pin} for one, pin in PINS.items()],
        "clock": f"{asked.bought.isoformat()}{SOLD_AT}",
        "operator": SELLER if asked.known else TAKER,
        "steps": _steps(asked, rules, expect),
    }
    return {key: value for key, value in said.items() if value != []}


def lines_sold(goods: Iterable[GoodsAsked]) -> dict[tuple[object, ...], int]:
    """Which line of the sale goods stand on, counted from 1, by what makes them alike."""
    lines: dict[tuple[object, ...], int] = {}
    for one in goods:
        lines.setdefault(_alike(one), len(lines) + 1)
    return lines


def _alike(one: GoodsAsked) -> tuple[object, ...]:
    return (one.item.id, one.price, one.item.department, one.item.flags, one.item.final_sale)


def _once(goods: Iterable[GoodsAsked]) -> list[GoodsAsked]:
    return list({_alike(one): one for one in reversed(list(goods))}.values())[::-1]


def _steps(asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None) -> list[Written]:
    steps: list[Written] = []
    if asked.known:
        steps += [
            {"sale": _sale(asked, rules), "expect": {"state": "completed"}},
            {"sign_on": {"operator": TAKER, "pin": PINS[TAKER]}},
        ]
    steps.append({"clock": f"{asked.back.isoformat()}{BACK_AT}"})
    back: Written = {"exchange" if asked.refund_to == EXCHANGE else "return": _back(asked)}
    steps.append(back if expect is None else back | {"expect": dict(expect)})
    return steps


# The shop, as far as a return asks for it.


def _shop(asked: CaseAsked, rules: ShopRules) -> Written:
    currency = rules.currency
    said: Written = {
        "name": rules.name,
        "currency": currency,
        "timezone": rules.timezone,
        "region": asked.region or rules.region,
        "language": rules.language,
        "prices": rules.price_mode.value,
        "tax_rates": {rate.code: _rate(rate, currency) for rate in rules.tax_rates},
        "tax_rounding": rules.tax_rounding.value,
        "cash_rounding": _rounding(rules),
    }
    amounts = {"points_every": rules.points_every, "point_worth": rules.point_worth}
    amounts |= {"cash_out_threshold": rules.cash_out_threshold}
    said |= {key: minor_text(amount, currency) for key, amount in amounts.items() if amount}
    if rules.gift_card_months:
        said["gift_card_months"] = str(rules.gift_card_months)
    if rules.holidays is not None:
        said["holidays"] = list(rules.holidays)
    if any(one.kind == "check" for one in asked.paid):
        # What the shop asks of a check was asked when it was sold.
        said["checks"] = "yes"
    return {key: value for key, value in said.items() if value not in ("", {})}


def _rate(rate: TaxRate, currency: str) -> object:
    value = _percent(rate.rate_millionths) if rate.unit_amount is None else minor_text(rate.unit_amount, currency)
    later = {
        one.starts: _percent(one.value) if rate.unit_amount is None else minor_text(one.value, currency)
        for one in rate.dated
    }
    if rate.unit_amount is None and not (rate.after or rate.included or later):
        return value
    said: Written = {"rate" if rate.unit_amount is None else "amount": value}
    if rate.after:
        said["after"] = list(rate.after)
    if rate.included:
        said["included"] = True
    if later:
        said["from"] = later
    return said


def _percent(millionths: int) -> str:
    return f"{(Decimal(millionths) / _TEN_THOUSAND).normalize():f}"


def _rounding(rules: ShopRules) -> object:
    how = rules.cash_rounding
    said = {
        "step": minor_text(how.step, rules.currency),
        "mode": how.mode.value,
        "of": how.of.value,
        "least": minor_text(how.least, rules.currency),
    }
    return {key: value for key, value in said.items() if key != "least" or how.least}


# The goods and the purchase.


def _item(one: GoodsAsked, rules: ShopRules) -> Written:
    item = one.item
    said: Written = {
        "id": item.id,
        "name": item.name,
        "price": minor_text(one.price, rules.currency),
        "per": item.unit.value,
        "tax": list(item.taxes),
        "category": item.department,
        "family": item.family,
        "flags": list(item.flags),
    }
    said |= {key: True for key, yes in (("final_sale", item.final_sale), ("serial", item.serial)) if yes}
    return {key: value for key, value in said.items() if value not in ("", [])}


def _offer(asked: CaseAsked) -> list[Written]:
    if not asked.offer:
        return []
    if asked.offer != CHEAPEST_FREE:
        return [{"id": OFFER, "percent": asked.offer}]
    pieces = sum(one.pieces for one in asked.goods)
    return [{"id": OFFER, "buy_get": {"buy": str(max(pieces - 1, 1)), "get": "1", "of": "cheapest"}}]


def _customer(asked: CaseAsked) -> list[Written]:
    if not asked.customer:
        return []
    said: Written = {"id": "C1", "name": "Customer", "tier": asked.tier, "group": asked.group}
    return [{key: value for key, value in said.items() if value}]


def _before(asked: CaseAsked, number: int) -> Written:
    """Something of the same kind that came back the day before, shown by nothing."""
    said: Written = {"return": f"BEFORE-{number}", "at": f"{(asked.back - timedelta(days=1)).isoformat()}{BACK_AT}"}
    said["lines"] = [{"item": asked.goods[0].item.id, "qty": "1"}]
    return said | _person(asked)


def _person(asked: CaseAsked) -> Written:
    """By what somebody who brings goods can be told again."""
    said: Written = {"customer": "C1"} if asked.customer else {}
    return said | ({"id_document": dict(_ID)} if asked.id_seen else {})


def _numbered(paid: Iterable[PaidAsked]) -> list[tuple[PaidAsked, int]]:
    """Each with the how-many-eth of its kind it is, from 0."""
    before: Counter[str] = Counter()
    told = []
    for one in paid:
        told.append((one, before[one.kind]))
        before[one.kind] += 1
    return told


def _of_shop(paid: list[tuple[PaidAsked, int]]) -> list[tuple[PaidAsked, int]]:
    return [each for each in paid if each[0].kind in SHOP_CARDS]


def _card(one: PaidAsked, nth: int) -> str:
    return CARDS[one.kind] + (f"-{nth + 1}" if nth else "")


def _gift_card(asked: CaseAsked, one: PaidAsked, at: int, rules: ShopRules) -> Written:
    # Twice the price: any tax that is added is on it too.
    holds = 2 * sum(each.price * each.pieces for each in asked.goods)
    return {"number": str(_FIRST_CARD + at), "kind": one.kind, "balance": minor_text(holds, rules.currency)}


def _sale(asked: CaseAsked, rules: ShopRules) -> Written:
    said: Written = {"as": "bought"}
    if asked.customer:
        said["customer"] = "C1"
    said["lines"] = [_sold(asked, one) for one in _once(asked.goods)]
    paid = _numbered(asked.paid)
    shop_cards = [one for one, _ in _of_shop(paid)]
    said["tenders"] = [_tender(one, nth, shop_cards, rules) for one, nth in paid]
    return said


def _sold(asked: CaseAsked, one: GoodsAsked) -> Written:
    pieces = sum(each.pieces for each in asked.goods if _alike(each) == _alike(one))
    said: Written = {"item": one.item.id, "qty": str(pieces)}
    if one.item.serial:
        said["serials"] = [_serial(one, number) for number in range(1, pieces + 1)]
    return said


def _serial(one: GoodsAsked, number: int) -> str:
    return f"{one.item.id}-SN{number}"


def _tender(one: PaidAsked, nth: int, shop_cards: list[PaidAsked], rules: ShopRules) -> Written:
    amount = "exact" if one.amount is None else minor_text(one.amount, rules.currency)
    if one.kind == "check":
        said = {"routing": "021000021", "account": "123456", "number": str(_FIRST_CHECK + nth)}
        return {"check": amount, **said, "id_seen": "driving_licence"}
    if one.kind in CARDS:
        return {"credit" if one.kind == HOUSE_CARD else one.kind: amount, "card": _card(one, nth)}
    if one.kind in SHOP_CARDS:
        at = [place for place, each in enumerate(shop_cards) if each.kind == one.kind][nth]
        return {one.kind: amount, "number": str(_FIRST_CARD + at)}
    return {one.kind: amount}


# The return.


def _back(asked: CaseAsked) -> Written:
    said: Written = {"as": "back"}
    if asked.known:
        said["receipt"] = "bought"
    said["proof"] = asked.proof
    said |= _person(asked)
    said["lines"] = _lines_back(asked)
    if asked.refund_to == EXCHANGE:
        said["new_lines"] = [_sold(asked, one) for one in _once(asked.goods)]
        said["tenders"] = [{"cash": "exact"}]
    elif asked.refund_to:
        said["refund_to"] = asked.refund_to
    return said


def _lines_back(asked: CaseAsked) -> list[Written]:
    lines, given = lines_sold(asked.goods), Counter[tuple[object, ...]]()
    rows = []
    for one in asked.goods:
        row: Written = {"line": str(lines[_alike(one)])} if asked.known else {"item": one.item.id}
        row["qty"] = str(one.pieces)
        row |= {key: said for key, said in (("condition", one.condition), ("reason", one.reason)) if said}
        first = given[_alike(one)] + 1
        given[_alike(one)] += one.pieces
        row |= _numbers(one, first)
        if one.missing:
            row["missing"] = list(one.missing)
        if one.code_missing:
            row["code_missing"] = True
        if one.facts:
            row["facts"] = dict(one.facts)
        rows.append(row)
    return rows


def _numbers(one: GoodsAsked, first: int) -> Written:
    """The serial numbers of pieces that come back, `first` being the number of the first of them on the receipt."""
    if not one.item.serial or one.serial not in {SAME_SERIAL, OTHER_SERIAL}:
        return {}
    own = one.serial == SAME_SERIAL
    told = [_serial(one, number) + ("" if own else "-X") for number in range(first, first + one.pieces)]
    return {"serial": " ".join(told)}
