"""A case the return policy is asked, written as a lane script: the shop, the goods, the purchase, the return."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pos.domain.money import minor_text
from pos.domain.policy_case import EXCHANGE, HOUSE_CARD, CaseAsked
from pos.domain.return_request import ShownBy
from pos.domain.shop import ShopRules
from pos.domain.tax import TaxRate

POLICY_FILE = "return-policy.yaml"
_GIFT_CARD = "6006490000000000024"
_CARDS = {"credit": "visa-4242", "debit": "maestro-77", HOUSE_CARD: "own-card"}
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# Who sells is somebody else than who takes it back: a rule may ask.
_SELLER, _TAKER = "101", "102"
_PINS = {_SELLER: "471100", _TAKER: "582211"}
_SOLD_AT, _BACK_AT = "T10:00", "T15:00"
_TEN_THOUSAND = 10_000


def write_case(asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None = None) -> str:
    """The whole script. Every value stands as text between quotes, so that it means what it looks like."""
    known = asked.proof != ShownBy.NONE.value
    lines = [
        "lane: 1",
        f"shop: {_flow(_shop(rules, asked.tender))}",
        "items:",
        f"  - {_flow(_item(asked, rules))}",
        f"return_policy: {_flow({'file': POLICY_FILE})}",
        *_named("customers", _customer(asked)),
        *_named("cards", {"id": _CARDS[HOUSE_CARD], "house": True} if asked.tender == HOUSE_CARD else {}),
        *_named("gift_cards", _gift_card(asked, rules)),
        "staff:",
        *(f"  - {_flow({'id': one, 'role': 'cashier', 'pin': pin})}" for one, pin in _PINS.items()),
        f"clock: {_flow(_at(asked.bought, _SOLD_AT))}",
        f"operator: {_flow(_SELLER if known else _TAKER)}",
        "steps:",
    ]
    if known:
        lines += [
            f"  - sale: {_flow(_sale(asked))}",
            f"    expect: {_flow({'state': 'completed'})}",
            f"  - sign_on: {_flow({'operator': _TAKER, 'pin': _PINS[_TAKER]})}",
        ]
    lines.append(f"  - clock: {_flow(_at(asked.back, _BACK_AT))}")
    lines.append(f"  - {'exchange' if asked.refund_to == EXCHANGE else 'return'}: {_flow(_back(asked, known=known))}")
    if expect is not None:
        lines.append(f"    expect: {_flow(expect)}")
    return "\n".join(lines) + "\n"


def _named(key: str, row: Mapping[str, object]) -> list[str]:
    return [f"{key}:", f"  - {_flow(row)}"] if row else []


def _at(day: date, time: str) -> str:
    return f"{day.isoformat()}{time}"


# The shop, as far as a return asks for it.


def _shop(rules: ShopRules, tender: str) -> dict[str, object]:
    currency = rules.currency
    said: dict[str, object] = {
        "name": rules.name,
        "currency": currency,
        "timezone": rules.timezone,
        "region": rules.region,
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
    if tender == "check":
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
    said: dict[str, object] = {"rate" if rate.unit_amount is None else "amount": value}
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


def _item(asked: CaseAsked, rules: ShopRules) -> dict[str, object]:
    item = asked.item
    said: dict[str, object] = {
        "id": item.id,
        "name": item.name,
        "price": minor_text(asked.price, rules.currency),
        "per": item.unit.value,
        "tax": list(item.taxes),
        "category": item.department,
        "family": item.family,
        "flags": list(item.flags),
    }
    if item.final_sale:
        said["final_sale"] = True
    return {key: value for key, value in said.items() if value not in ("", [])}


def _customer(asked: CaseAsked) -> dict[str, object]:
    if not asked.customer:
        return {}
    said = {"id": "C1", "name": "Customer", "tier": asked.tier, "group": asked.group}
    return {key: value for key, value in said.items() if value}


def _gift_card(asked: CaseAsked, rules: ShopRules) -> dict[str, object]:
    if asked.tender not in {"gift_card", "store_credit"}:
        return {}
    # Twice the price: any tax that is added is on it too.
    holds = minor_text(2 * asked.price * asked.pieces, rules.currency)
    return {"number": _GIFT_CARD, "kind": asked.tender, "balance": holds}


def _sale(asked: CaseAsked) -> dict[str, object]:
    said: dict[str, object] = {"as": "bought"}
    if asked.customer:
        said["customer"] = "C1"
    said["lines"] = [{"item": asked.item.id, "qty": str(asked.pieces)}]
    said["tenders"] = [_tender(asked)]
    return said


def _tender(asked: CaseAsked) -> dict[str, object]:
    if asked.tender == "check":
        said = {"routing": "021000021", "account": "123456", "number": "1042", "id_seen": "driving_licence"}
        return {"check": "exact", **said}
    if asked.tender in _CARDS:
        return {"credit" if asked.tender == HOUSE_CARD else asked.tender: "exact", "card": _CARDS[asked.tender]}
    beside = {"number": _GIFT_CARD} if asked.tender in {"gift_card", "store_credit"} else {}
    return {asked.tender: "exact", **beside}


def _back(asked: CaseAsked, *, known: bool) -> dict[str, object]:
    line: dict[str, object] = {"line": "1"} if known else {"item": asked.item.id}
    line["qty"] = str(asked.pieces)
    line |= {key: said for key, said in (("condition", asked.condition), ("reason", asked.reason)) if said}
    if asked.facts:
        line["facts"] = dict(asked.facts)
    said: dict[str, object] = {"as": "back"}
    if known:
        said["receipt"] = "bought"
    said["proof"] = asked.proof
    if asked.customer:
        said["customer"] = "C1"
    if asked.id_seen:
        said["id_document"] = {"kind": "driving_licence", "number": "D4417788"}
    said["lines"] = [line]
    if asked.refund_to == EXCHANGE:
        said["new_lines"] = [{"item": asked.item.id, "qty": str(asked.pieces)}]
        said["tenders"] = [{"cash": "exact"}]
    elif asked.refund_to:
        said["refund_to"] = asked.refund_to
    return said


def _flow(value: object) -> str:
    """A value on one line, as YAML reads it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(str(value), ensure_ascii=False)


def _key(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)
