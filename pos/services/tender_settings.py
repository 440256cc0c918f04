"""How the shop takes its tenders, as one setting: a line a tender, the program's own kinds and the shop's own types."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.tender import TenderKind
from pos.domain.tender_lines import TenderLineUnreadable, read_tender_line, write_tender_line
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import program_rule, refused_rules, tender_rules
from pos.services.shop_setting import Kind, ShopSetting, Value
from pos.wording import N_

TENDERS_MAX = 40


def tender_setting(rules: ShopRules) -> ShopSetting:
    """The setting for a shop of this currency."""
    return ShopSetting(
        "tender_rules",
        "tenders",
        Kind.TENDERS,
        N_("Ways to pay"),
        N_(
            "What this shop takes, within which bounds, and what a manager has to agree to. "
            "It holds for sales from now on."
        ),
        lambda shop: tuple(write_tender_line(rule, shop.currency) for rule in tender_rules(shop)),
        lambda shop, value: replace(shop, tender_rules=_different(_read(value, shop.currency))),
        check=lambda value: _refused(value, rules.currency),
    )


def _refused(value: Value, currency: str) -> Refused | None:
    """Why these lines are no rules of tenders; None where they are."""
    lines = value if isinstance(value, tuple) else (str(value),)
    if len(lines) > TENDERS_MAX:
        return Refused(Code.SETTING_LINES, {"lines": TENDERS_MAX, "most": TENDERS_MAX})
    for line in filter(str.strip, lines):
        try:
            read_tender_line(line, currency)
        except TenderLineUnreadable:
            return Refused(Code.TENDER_RULE_INVALID, {"code": line.split()[0][:30]})
    return refused_rules(_read(lines, currency))


def _read(lines: Value, currency: str) -> tuple[TenderRule, ...]:
    given = lines if isinstance(lines, tuple) else (str(lines),)
    return tuple(read_tender_line(line, currency) for line in given if line.strip())


def _different(rules: tuple[TenderRule, ...]) -> tuple[TenderRule, ...]:
    """What differs from the program's own: a later program may know better where the shop said nothing."""
    return tuple(rule for rule in rules if rule.kind is TenderKind.OTHER or rule != program_rule(rule.kind))
