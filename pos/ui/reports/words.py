"""What the cuts of a report of returns are called, and their rows."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.reasons import Reason
from pos.domain.returns_report import Cut, Part
from pos.return_code_words import code_name
from pos.return_words import goods_words, refund_words
from pos.wording import N_, Wording

CUTS: Mapping[Cut, str] = {
    Cut.REASON: N_("Reason"),
    Cut.ITEM: N_("Item"),
    Cut.GOODS: N_("Where the goods went"),
    Cut.CASHIER: N_("Cashier"),
    Cut.APPROVER: N_("Agreed by"),
    Cut.RULE: N_("Rule"),
    Cut.TENDER: N_("Money"),
    Cut.REFUSED: N_("Refused"),
    Cut.OVERRULED: N_("Agreed against"),
}
ICONS: Mapping[Cut, str] = {
    Cut.REASON: "help",
    Cut.ITEM: "inventory_2",
    Cut.GOODS: "inventory",
    Cut.CASHIER: "person",
    Cut.APPROVER: "verified_user",
    Cut.RULE: "list",
    Cut.TENDER: "payments",
    Cut.REFUSED: "block",
    Cut.OVERRULED: "shield_person",
}


def part_name(words: Wording, cut: Cut, part: Part, reasons: Mapping[str, str]) -> str:
    """What a row is called; `reasons` are the shop's own words for its reasons, by code."""
    if cut in (Cut.RULE, Cut.REFUSED, Cut.OVERRULED):
        return _rule(words, part.key)
    if cut is Cut.REASON:
        return words.reason(Reason(part.key, reasons.get(part.key, ""))) if part.key else words.say("No reason given")
    if not part.key:
        return words.say("Money without goods")
    if cut is Cut.TENDER:
        kind, _, own = part.key.partition(":")
        return own or refund_words(words, kind)
    if cut is Cut.GOODS:
        return goods_words(words, part.key)
    return part.name


def _rule(words: Wording, spoken: str) -> str:
    """The rule's id with what it said; what the books themselves say has no rule."""
    rule, _, code = spoken.rpartition(":")
    said = code_name(words, code)
    return f"{words.rule(rule)} · {said}" if rule else said
