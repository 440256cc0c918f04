"""The sentences of what is done to a sale after it was paid; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]

AFTER_SALE_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.POST_VOIDED: lambda w, f: w.say(
        "Receipt {receipt} was post-voided already, as {number}. Nothing was changed.", **f
    ),
    Code.POST_VOID_DAY: lambda w, f: w.say(
        "Receipt {receipt} is of {day}, and only today’s sales can be changed. Nothing was changed. Make a return.",
        receipt=f["receipt"],
        day=f["day"],
    ),
    Code.POST_VOID_TILL: lambda w, f: w.say(
        "Receipt {receipt} is of another till, or of one that is closed. Nothing was changed. "
        "Go to its register while that till is open, or make a return.",
        receipt=f["receipt"],
    ),
    Code.POST_VOID_CARD: lambda w, f: w.say(
        "Receipt {receipt} was paid by card, and this charge cannot be reversed any more. "
        "Nothing was changed. Make a return.",
        receipt=f["receipt"],
    ),
    Code.POST_VOID_RETURNED: lambda w, f: w.say(
        "Goods of receipt {receipt} came back or were exchanged already, with {number}. Nothing was changed. "
        "Make a return of what is left.",
        **f,
    ),
    Code.RETURN_STANDS: lambda w, f: w.say(
        "Return {receipt} stands: its money and goods went their own way already. Nothing was changed. "
        "If the customer keeps the goods after all, sell them again.",
        receipt=f["receipt"],
    ),
    Code.RETURN_NOT_REFUSED: lambda w, f: w.say(
        "All of it may come back, so there is nothing to explain. No note was made. Pay it back."
    ),
    Code.NO_CLAIM: lambda w, f: w.say(
        "There is no claim under the law here. Nothing was written down. Look at the number, or explain the refusal."
    ),
    Code.CLAIM_REMEDY: lambda w, f: w.say(
        "A claim cannot come to {remedy} here. Nothing was written down. Choose one of: {choices}.", **f
    ),
    Code.CLAIM_SETTLED: lambda w, f: w.say(
        "Claim {claim} is settled already. Nothing was changed. Take in a new one if the goods broke again.", **f
    ),
    Code.POST_VOID_LIMIT: lambda w, f: w.say(
        "This needs a manager: receipt {receipt} of {wanted} is to be post-voided. Nothing was changed yet.",
        receipt=f["receipt"],
        wanted=f["wanted"],
    ),
    Code.POINTS_SPENT: lambda w, f: w.say(
        "The sale gave {points} points, and the customer has {balance} left of them. Nothing was changed. "
        "Take back what was bought with them first.",
        points=w.number(int(str(f["points"]))),
        balance=w.number(int(str(f["balance"]))),
    ),
    Code.TENDER_FIXED: lambda w, f: w.say(
        "Tender {tender} of receipt {receipt} cannot be corrected: only cash, checks and the shop’s own tenders can. "
        "Nothing was changed. Post-void the sale instead.",
        **f,
    ),
    Code.TENDER_SAME: lambda w, f: w.say(
        "It was rung up as {tender} already. Nothing was changed. Choose what it really was.", **f
    ),
    Code.CORRECTION_LIMIT: lambda w, f: w.say(
        "This needs a manager: a tender of {wanted} is to be corrected, your limit is {limit}. "
        "Nothing was changed yet.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
}
