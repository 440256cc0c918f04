"""The sentences about paper checks; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import N_, Speech

_LINES = {
    "unreadable": N_(
        "The reader could not read the whole line at the foot of the check. Nothing was taken. "
        "Read it again, or type the three numbers."
    ),
    "not_a_check": N_(
        "That is not the line at the foot of a United States check. Nothing was taken. "
        "Read it again, or type the three numbers."
    ),
}

CHECK_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.CARD_NUMBER_TYPED: lambda w, f: w.say(
        "That looks like the number of a bank card. Nothing was kept of it. Cards go through the terminal."
    ),
    Code.CHECK_NOT_TAKEN: lambda w, f: w.say("This shop takes no checks. Nothing was taken. Ask for another tender."),
    Code.CHECK_UNREADABLE: lambda w, f: w.say(_LINES[str(f["fault"])]),
    Code.CHECK_DIFFERS: lambda w, f: w.say(
        "What was typed is not what the line at the foot of the check says. Nothing was taken. "
        "Compare it with the check: where both are printed differently, do not take it."
    ),
    Code.ROUTING_INVALID: lambda w, f: w.say(
        "That is no bank’s routing number. Nothing was taken. Type the nine digits at the check’s foot again."
    ),
    Code.CHECK_ACCOUNT: lambda w, f: w.say(
        "An account has {least} to {most} digits. Nothing was taken. Type it again, without the check’s number.", **f
    ),
    Code.CHECK_NUMBER: lambda w, f: w.say(
        "A check has a number of up to {most} digits, at its top right. Nothing was taken. Type it again.", **f
    ),
    Code.CHECK_DATE: lambda w, f: w.say(
        "That is no day. Nothing was taken. Type the date on the check as month/day/year."
    ),
    Code.CHECK_POST_DATED: lambda w, f: w.say(
        "The check is dated {day}, and that day has not come. Nothing was taken. Ask for a check with today’s date.",
        **f,
    ),
    Code.CHECK_STALE: lambda w, f: w.say(
        "The check is dated {day}. A bank need not pay one older than {days} days. Nothing was taken. "
        "Ask for a new check.",
        **f,
    ),
    Code.CHECK_ID: lambda w, f: w.say(
        "Look at an identity document and say which kind it is, in up to {most} characters. Nothing was taken. "
        "Its number is not kept.",
        **f,
    ),
    Code.CHECK_THIRD_PARTY: lambda w, f: w.say(
        "The check is made out by or to somebody else. Nothing was taken. Ask for a check of the customer’s own."
    ),
    Code.CHECK_STARTER: lambda w, f: w.say(
        "This shop takes no checks without a printed name and address. Nothing was taken. Ask for another tender."
    ),
    Code.CHECK_LIMIT: lambda w, f: w.say(
        "{amount} in checks is more than the {limit} this shop takes without asking. Nothing was taken. "
        "Ask somebody who may approve it.",
        **f,
    ),
    Code.CHECK_TWICE: lambda w, f: w.say(
        "Check {number} is among the tenders of this sale already. Nothing was taken. Take another check.", **f
    ),
    Code.BAD_CHECK_OUTSTANDING: lambda w, f: w.say(
        "A check of this customer came back unpaid and is open still. Nothing was taken. "
        "Ask for another tender, or have the old check settled first."
    ),
    Code.CHECK_UNKNOWN: lambda w, f: w.say(
        "Receipt {receipt} has no check as its tender {tender}. Nothing was changed. Look at the receipt.", **f
    ),
    Code.CHECK_RETURNED: lambda w, f: w.say(
        "That check was marked as returned on {day}. Nothing was changed. It can be settled.", **f
    ),
    Code.CHECK_SETTLED: lambda w, f: w.say(
        "Nothing is open on that check. Nothing was changed. Look at what was written about it."
    ),
}
