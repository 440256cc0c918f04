"""A case the return policy is asked, written as a lane script."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pos.domain.policy_case import CaseAsked
from pos.domain.shop import ShopRules
from pos.script.case_document import POLICY_FILE, case_document

__all__ = ["POLICY_FILE", "write_case"]

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# What is written row by row; all else stands on one line.
_BY_ROW = frozenset({"items", "promotions", "customers", "cards", "gift_cards", "history", "staff", "steps"})
_BARE = frozenset({"lane"})


def write_case(asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None = None) -> str:
    """The whole script. Every value stands as text between quotes, so that it means what it looks like."""
    lines: list[str] = []
    for key, value in case_document(asked, rules, expect).items():
        if key not in _BY_ROW:
            lines.append(f"{key}: {value if key in _BARE else _flow(value)}")
            continue
        lines.append(f"{key}:")
        for row in value:
            lines += _step(row) if key == "steps" else [f"  - {_flow(row)}"]
    return "\n".join(lines) + "\n"


def _step(row: Mapping[str, object]) -> list[str]:
    """A step, with what is expected of it below."""
    told = [f"{_key(key)}: {_flow(value)}" for key, value in row.items()]
    return [f"  - {told[0]}", *(f"    {each}" for each in told[1:])]


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
