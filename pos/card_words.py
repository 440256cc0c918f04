"""The sentences about card payments; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import N_, Speech

_Facts = dict[str, object]

# Why a card was declined or a request not taken, in a few words that follow the sentence.
WHY_NOT = {
    "refused": N_("The bank said no."),
    "cancelled": N_("The customer cancelled."),
    "aborted": N_("It was stopped."),
    "invalid_card": N_("The card is not valid."),
    "wrong_pin": N_("The PIN was wrong."),
    "restricted": N_("This card is not taken here."),
    "busy": N_("The terminal is busy."),
    "logged_out": N_("The terminal is logged out."),
    "device_unavailable": N_("The terminal is not ready."),
    "not_reached": N_("The terminal cannot be reached."),
    "not_trusted": N_("It is not the terminal this till knows."),
    "not_found": N_("The terminal never got it."),
}

# What became of asking the terminal which card it is; what to do instead follows it.
UNREAD = {
    "no_terminal": N_("This till has no card terminal that could say which card it is."),
    "not_supported": N_("This terminal cannot say which card it is."),
    "cancelled": N_("The customer cancelled at the terminal. No card was read."),
    "stopped": N_("The terminal was told to stop. No card was read."),
    "invalid_card": N_("The terminal does not take this card. Nothing was charged."),
    "busy": N_("The terminal is busy with something else. No card was read."),
    "not_ready": N_("The terminal is not ready. No card was read."),
    "no_name": N_("The terminal read the card and gave no token for it."),
    "not_reached": N_("The terminal cannot be reached. No card was read."),
    "not_trusted": N_("It is not the terminal this till knows. No card was read."),
    "timed_out": N_("No card was read in time."),
    "not_understood": N_("The line to the terminal broke. No card was read, and nothing was charged."),
}


def why_not(w: Speech, why: object) -> str:
    """Why, as a sentence of its own; empty where there is nothing to say."""
    words = WHY_NOT.get(str(why), "")
    return w.say(words) if words else ""


def _and_why(w: Speech, sentence: str, why: object) -> str:
    return f"{sentence} {why_not(w, why)}".rstrip()


CARD_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.NO_TERMINAL: lambda w, f: w.say(
        "This till has no card terminal. Nothing was taken. Take another way to pay, or set one up in Settings."
    ),
    Code.TERMINAL_SILENT: lambda w, f: w.say(
        "The card terminal does not answer. Check its power and its cable, then try again."
    ),
    Code.CARD_DECLINED: lambda w, f: _and_why(
        w, w.say("The card was declined. Nothing was taken. Try another card or another way to pay."), f["why"]
    ),
    Code.CARD_NOT_PROCESSED: lambda w, f: _and_why(
        w, w.say("The terminal did not take the request for {amount}. No money moved.", amount=f["amount"]), f["why"]
    ),
    Code.CARD_OUTCOME_UNKNOWN: lambda w, f: (
        w.say(
            "Nobody knows yet whether {amount} is back on its card, through terminal {terminal}. No card is charged "
            "there meanwhile. Ask the terminal again, look at it, or have a manager decide.",
            amount=f["amount"],
            terminal=f["terminal"],
        )
        if f.get("purpose", "pay") != "pay"
        else w.say(
            "Nobody knows yet whether {amount} was charged on terminal {terminal}. No other card is charged meanwhile. "
            "Ask the terminal again, look at it, or have a manager decide.",
            amount=f["amount"],
            terminal=f["terminal"],
        )
    ),
    Code.CARD_CHARGED_LATE: lambda w, f: w.say(
        "The card was charged {amount} when the sale no longer needed it. It goes back to the card.",
        amount=f["amount"],
    ),
    Code.CARD_NOT_GIVEN_BACK: lambda w, f: w.say(
        "{amount} could not be given back to the card. It stays listed. A manager settles it with the customer.",
        amount=f["amount"],
    ),
    Code.CARD_ATTEMPT_UNKNOWN: lambda w, f: w.say("This till knows no such card payment. Nothing was changed."),
    Code.CARD_ATTEMPT_SETTLED: lambda w, f: w.say(
        "What became of this card payment is known by now. Nothing was changed."
    ),
    Code.CARD_OVER_CHARGED: lambda w, f: w.say(
        "Only {most} of this card payment can still go back. Nothing was refunded. Refund at most that.",
        most=f["most"],
    ),
    Code.CARD_APPROVAL_TYPED: lambda w, f: (
        w.say("The approval code has 2 to 12 letters and digits. Nothing was taken. Type it as the terminal shows it.")
        if f["field"] == "approval_code"
        else w.say("Type the last four digits of the card, no more. Nothing was taken.")
    ),
    Code.CARD_NOT_READ: lambda w, f: (
        f"{w.say(UNREAD.get(str(f['why']), UNREAD['not_understood']))} "
        f"{w.say('Type the last four digits, or find the purchase another way.')}"
    ),
    Code.CASH_BACK_LIMIT: lambda w, f: w.say(
        "At most {most} is given back in cash on a card. Nothing was taken. Take less.", most=f["most"]
    ),
    Code.CASH_BACK_ALONE: lambda w, f: w.say(
        "This needs a manager: {amount} of cash back, up to {limit} is given alone. Nothing was taken yet.",
        amount=f["amount"],
        limit=f["limit"],
    ),
    Code.CARD_KEYED_ALONE: lambda w, f: w.say(
        "This needs a manager: {amount} on a card whose number is typed, up to {limit} is taken alone. "
        "Nothing was taken yet.",
        amount=f["amount"],
        limit=f["limit"],
    ),
    Code.CARD_KEYED_OFF: lambda w, f: w.say(
        "This card’s number cannot be typed at this terminal. Nothing was taken. Have it tapped, inserted or swiped."
    ),
    Code.CASH_BACK_DEBIT_ONLY: lambda w, f: w.say(
        "Cash back is given on debit cards only. Nothing was taken. Take the card without it, or as debit."
    ),
}
