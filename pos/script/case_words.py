"""What a kept case expected and what came, said as people say it: verdicts, reasons by their rules, money."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pos.domain.money import AmountUnreadable, Money
from pos.domain.return_decision import Verdict
from pos.return_code_words import code_name
from pos.return_words import VERDICT_WORDS
from pos.script.outcome import Failure
from pos.script.report import failure_said
from pos.wording import N_, Wording

_MONEY = frozenset({"refund", "net_due", "if_approved.refund"})
_SENTENCES = {
    "decision": N_("Expected: {expected}. Now: {got}."),
    "refund": N_("Refund expected: {expected}. Now: {got}."),
    "net_due": N_("To pay expected: {expected}. Now: {got}."),
    "if_approved.refund": N_("Refund with somebody’s yes expected: {expected}. Now: {got}."),
    "reasons": N_("Reasons expected: {expected}. Now: {got}."),
    "documents": N_("Papers expected: {expected}. Now: {got}."),
    "tenders": N_("Paid out expected: {expected}. Now: {got}."),
}

_LINE = N_("Line {line}, expected: {expected}. Now: {got}.")
_OF_LINE = re.compile(r"lines\[([0-9]+)\]\.decision")


def difference_said(one: Failure, currency: str, words: Wording) -> str:
    """One field of a return that came otherwise. What has no words of its own is said as the script has it."""
    line = _OF_LINE.fullmatch(one.field)
    sentence, field = (_SENTENCES.get(one.field), one.field) if line is None else (_LINE, "decision")
    if sentence is None:
        return failure_said(one, words)
    expected, got = (_told(field, text, currency, words) for text in (one.expected, one.got))
    return words.say(sentence, line="" if line is None else line[1], expected=expected, got=got)


def _told(field: str, text: str | None, currency: str, words: Wording) -> str:
    if text is None:
        return words.say("nothing")
    if field == "decision":
        return words.say(VERDICT_WORDS[Verdict(text)]) if text in list(Verdict) else text
    if field in _MONEY:
        return _money(text, currency, words)
    rows = json.loads(text)
    told = [_row(row, currency, words) for row in rows] if isinstance(rows, list) else []
    return ", ".join(dict.fromkeys(told)) or words.say("nothing")


def _row(row: object, currency: str, words: Wording) -> str:
    """A reason by its name, its rule and whether anything helps; a tender by its kind and amount; a paper."""
    if not isinstance(row, Mapping):
        return str(row)
    if "kind" in row:
        return f"{words.refund_to(str(row['kind']))} {_money(str(row.get('amount', '')), currency, words)}"
    named, rule = code_name(words, str(row.get("code", ""))), row.get("rule")
    named = f"{named} ({rule})" if rule else named
    return words.say("{reason}, with a way to a yes", reason=named) if row.get("change") else named


def _money(text: str, currency: str, words: Wording) -> str:
    try:
        return words.money(Money.read(text, currency))
    except AmountUnreadable:
        return text
