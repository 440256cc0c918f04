"""A shop's rules of tenders as lines of text, one a tender: as settings keep them and their history shows them.

A line is `swish "Swish" taken reference alone=500.00 refund=same only=food,home`; what is not said is not so.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

from pos.domain.money import AmountUnreadable, Money, minor_text
from pos.domain.refusal import Refused
from pos.domain.tender import BY_RULE, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import refused_rules

REFUNDS = ("same", "cash", "store_credit", "mailed_check", "none")
_FLAGS = {
    "taken": "active",
    "reference": "asks_reference",
    "change": "gives_change",
    "drawer": "opens_drawer",
}
_AMOUNTS = ("least", "most", "alone")
_LISTS = {"only": "departments", "not": "not_for"}


class TenderLineUnreadable(ValueError):
    """A line does not say how a tender is taken."""


def write_tender_line(rule: TenderRule, currency: str) -> str:
    """The line of a rule."""
    words = [rule.code, rule.words]
    words += [word for word, field in _FLAGS.items() if getattr(rule, field)]
    words += [f"{name}={minor_text(getattr(rule, name), currency)}" for name in _AMOUNTS if getattr(rule, name)]
    words += [f"refund={rule.refund_to}"] if rule.refund_to != REFUNDS[0] else []
    words += [f"{word}={','.join(getattr(rule, field))}" for word, field in _LISTS.items() if getattr(rule, field)]
    return shlex.join(words)


def read_tender_line(line: str, currency: str) -> TenderRule:
    """The rule a line says. Raises TenderLineUnreadable."""
    try:
        code, words, *said = shlex.split(line)
    except ValueError as error:
        raise TenderLineUnreadable(line) from error
    fields: dict[str, Any] = dict.fromkeys(_FLAGS.values(), False)
    for word in said:
        name, has, value = word.partition("=")
        if not has and name in _FLAGS:
            fields[_FLAGS[name]] = True
        elif has and name in _AMOUNTS:
            fields[name] = _amount(value, currency, line)
        elif has and name == "refund" and value in REFUNDS:
            fields["refund_to"] = value
        elif has and name in _LISTS:
            fields[_LISTS[name]] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            raise TenderLineUnreadable(line)
    kinds = {kind.value: kind for kind in BY_RULE}
    rule = TenderRule(code, kinds.get(code, TenderKind.OTHER), words, **fields)
    if isinstance(refused_rules((rule,)), Refused):
        raise TenderLineUnreadable(line)
    return rule


def code_of(words: str, taken: set[str]) -> str:
    """A code for a type of the shop's own called so, unlike those that are taken."""
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    plain = plain if plain[:1].isalpha() and plain.isascii() else f"own_{plain}".rstrip("_")
    code, number = plain[:24], 2
    while code in taken or code in list(TenderKind):
        code, number = f"{plain[:24]}_{number}", number + 1
    return code


def _amount(text: str, currency: str, line: str) -> int:
    try:
        return Money.read(text, currency).minor
    except AmountUnreadable as error:
        raise TenderLineUnreadable(line) from error
