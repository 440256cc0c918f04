"""What a script's shop says of paper checks: each key is the setting of that name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.domain.check import CheckRules, ChecksTaken
from pos.script.fields import Part

CHECK_KEYS = ("checks", "check_limit", "check_id_over", "check_starter", "check_days", "check_fee")
_DAYS_MOST = 3660


def read_check_rules(shop: Part, known: CheckRules, currency: str) -> CheckRules:
    """The rules of checks; what is left out is as it was. Raises ScriptError."""
    said: dict[str, Any] = {}
    if (taken := shop.choice("checks", list(ChecksTaken))) is not None:
        said["taken"] = ChecksTaken(taken)
    for key, rule in (("check_limit", "limit"), ("check_fee", "fee"), ("check_id_over", "id_over")):
        if shop.get(key) is not None:
            said[rule] = shop.money(key, currency)
            if said[rule] < 0:
                raise shop.wrong(key)
    if (answer := shop.choice("check_starter", ("yes", "no", "true", "false"))) is not None:
        said["starter"] = answer in {"yes", "true"}
    if (days := shop.text("check_days")) is not None:
        if not (days.isascii() and days.isdigit() and int(days[:6]) <= _DAYS_MOST):
            raise shop.wrong("check_days")
        said["stale_days"] = int(days)
    return replace(known, **said)
