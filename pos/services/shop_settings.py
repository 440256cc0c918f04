"""The shop's rules as settings: each change is a new version, in the journal with what was before and what is after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.measure_codes import read_code_rule
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Permission
from pos.services.desk import Desk, read_payload
from pos.services.rules_change import bring_in
from pos.services.shop_setting import Kind, ShopSetting, Value
from pos.services.shop_setting_list import SETTINGS, settings_of
from pos.services.tax_settings import refused_rates

__all__ = [
    "LINES_MAX",
    "LINE_MAX",
    "RULES_MAX",
    "SETTINGS",
    "Kind",
    "RulesChangeView",
    "ShopSetting",
    "ShopSettingView",
    "ShopSettings",
    "Value",
    "refusal_of",
    "settings_of",
]

LINES_MAX = 8
LINE_MAX = 120
RULES_MAX = 40


@dataclass(frozen=True, slots=True)
class ShopSettingView:
    """A setting as it stands; `founded` is what it was when the shop was founded."""

    setting: ShopSetting
    value: Value
    founded: Value

    @property
    def changed(self) -> bool:
        return self.value != self.founded


@dataclass(frozen=True, slots=True)
class RulesChangeView:
    """One change of the rules: who, when, and each setting before and after."""

    version: int
    at: datetime
    operator: str
    before: dict[str, object]
    after: dict[str, object]


class ShopSettings:
    """The rules of this shop. Anybody may read them; a change asks for MANAGE_SHOP."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self) -> tuple[ShopSettingView, ...]:
        """Every setting as it stands at this desk."""
        with self._desk.shop.books.reading() as work:
            founded = work.rules.version(1)
        rules = self._desk.rules
        return tuple(
            ShopSettingView(setting, setting.get(rules), _founded(setting, founded, rules))
            for setting in settings_of(rules)
        )

    def history(self) -> tuple[RulesChangeView, ...]:
        """Every change there was, newest first."""
        with self._desk.shop.books.reading() as work:
            entries = work.journal.of_kind(EntryKind.RULES_CHANGED)
        changes = []
        for entry in entries:
            said: Any = read_payload(entry)
            at = self._desk.local(entry.at)
            changes.append(RulesChangeView(said["version"], at, entry.operator or "", said["before"], said["after"]))
        return tuple(sorted(changes, key=lambda change: change.version, reverse=True))

    def change(self, values: Mapping[str, Value]) -> ShopRules | Refused:
        """Let these settings hold from now on, all or none; the same values again write nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, SETTING_TEXT, SETTING_LINES, SETTING_RANGE, SETTING_CHOICE, BASKET_OPEN.
        """
        operator = self._desk.permit(Permission.MANAGE_SHOP)
        if isinstance(operator, Refused):
            return operator

        def change(rules: ShopRules) -> ShopRules | Refused:
            known = {setting.name: setting for setting in settings_of(rules)}
            for name, value in values.items():
                refused = refusal_of(known[name], value)
                if refused is not None:
                    return refused
                rules = known[name].put(rules, value)
            return rules

        def said(rules: ShopRules) -> dict[str, object]:
            return {setting.name: _plain(setting.get(rules)) for setting in settings_of(rules)}

        return bring_in(self._desk, operator, change, said)


def refusal_of(setting: ShopSetting, value: Value) -> Refused | None:
    """Why this setting may not be that; None where it may."""
    if setting.check is not None:
        return setting.check(value)
    if setting.kind is Kind.LINES:
        lines = value if isinstance(value, tuple) else ()
        fits = (
            isinstance(value, tuple) and len(lines) <= LINES_MAX and all(_prints(line, 0, LINE_MAX) for line in lines)
        )
        return None if fits else Refused(Code.SETTING_LINES, {"lines": LINES_MAX, "most": LINE_MAX})
    if setting.kind is Kind.CODE_RULES:
        return _refused_rule(value)
    if setting.kind is Kind.RATES:
        return refused_rates(value)
    if setting.kind is Kind.CHOICE:
        names = [name for name, _ in setting.choices]
        return None if value in names else Refused(Code.SETTING_CHOICE, {"value": value, "choices": ", ".join(names)})
    limits: dict[str, object] = {"value": value, "least": setting.least, "most": setting.most}
    if setting.kind is Kind.TEXT:
        fits = isinstance(value, str) and _prints(value, setting.least, setting.most)
        return None if fits else Refused(Code.SETTING_TEXT, limits)
    fits = type(value) is int and setting.least <= value <= setting.most
    return None if fits else Refused(Code.SETTING_RANGE, limits)


def _refused_rule(value: Value) -> Refused | None:
    """Why these lines are no table of rules."""
    lines = value if isinstance(value, tuple) else (str(value),)
    if len(lines) > RULES_MAX:
        return Refused(Code.SETTING_LINES, {"lines": RULES_MAX, "most": LINE_MAX})
    for line in filter(str.strip, lines):
        try:
            read_code_rule(line)
        except ValueError:
            return Refused(Code.CODE_RULE_INVALID, {"line": line[:LINE_MAX]})
    return None


def _founded(setting: ShopSetting, founded: ShopRules, rules: ShopRules) -> Value:
    """What the setting was at first; a tax that came later is what it is."""
    try:
        return setting.get(founded)
    except LookupError:
        return setting.get(rules)


def _prints(line: str, least: int, most: int) -> bool:
    return least <= len(line.strip()) and len(line) <= most and line.isprintable()


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value
