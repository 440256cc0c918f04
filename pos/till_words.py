"""The sentences of the till: its opening, what moves cash in it, its count and its close; `pos.wording` says them."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]

TILL_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.DAY_BEFORE_LAST: lambda w, f: w.say(
        "The clock says {day}, but the till was open on {last} already. Nothing was opened. Set the clock right.",
        day=f["day"],
        last=f["last"],
    ),
    Code.DENOMINATION_UNKNOWN: lambda w, f: w.say(
        "“{typed}” is no note or coin of {currency}. Nothing was counted. Choose one of the list.", **f
    ),
    Code.COUNT_INVALID: lambda w, f: w.say(
        "“{typed}” pieces of {piece} cannot be. Nothing was counted. Type a whole number from 0 to {most}.",
        typed=f["typed"],
        piece=f["piece"],
        most=w.number(int(str(f["most"]))),
    ),
    Code.COUNT_MISSING: lambda w, f: w.say(
        "The drawer was not counted yet. The till stays open. Count it first, then close."
    ),
    Code.COUNT_OUTDATED: lambda w, f: w.say(
        "Cash moved since the drawer was counted. The till stays open. Count it again, then close."
    ),
    Code.COUNT_DIFFERENCE: lambda w, f: w.say(
        "The count is {wanted} away from what should be there, the limit is {limit}. "
        "The till stays open. Count again, or let a manager sign.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
    Code.PAID_OUT_LIMIT: lambda w, f: w.say(
        "This needs a manager: {wanted} is to be paid out, your limit is {limit}. Nothing was paid yet.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
    Code.REPORT_UNKNOWN: lambda w, f: w.say(
        "There is no such report of this till. Nothing was printed. Choose one of the list."
    ),
}
