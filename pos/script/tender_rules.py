"""How a script's shop takes its tenders: `shop.tender_rules`, types of the shop's own among them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.domain.refusal import Refused
from pos.domain.tender import BY_RULE, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import program_rule, refused_rules
from pos.script.fields import Part

_AMOUNTS = ("least", "most", "alone")
_FLAGS = ("active", "asks_reference", "gives_change", "opens_drawer")
_LISTS = ("departments", "not_for")
_KEYS = ("code", "words", "refund_to", *_AMOUNTS, *_FLAGS, *_LISTS)


def read_tender_rules(shop: Part, currency: str) -> tuple[TenderRule, ...]:
    """A list of maps; a code that is no kind of the program's own is a type of the shop's. Raises ScriptError."""
    rules: list[TenderRule] = []
    for row in shop.parts("tender_rules"):
        row.keys(_KEYS)
        rule = _read(row, currency)
        if isinstance(refused_rules((*rules, rule)), Refused):
            raise row.wrong("code")
        rules.append(rule)
    return tuple(rules)


def _read(row: Part, currency: str) -> TenderRule:
    code = row.needed("code")
    kinds = [kind.value for kind in BY_RULE]
    rule = program_rule(TenderKind(code)) if code in kinds else TenderRule(code, TenderKind.OTHER, words=code)
    said: dict[str, Any] = {key: row.money(key, currency) for key in _AMOUNTS if row.get(key) is not None}
    said |= {key: row.yes(key) for key in _FLAGS if row.get(key) is not None}
    said |= {key: tuple(text.text for text in row.texts(key)) for key in _LISTS if row.get(key) is not None}
    said |= {key: row.text(key) for key in ("words", "refund_to") if row.get(key) is not None}
    return replace(rule, **said)
