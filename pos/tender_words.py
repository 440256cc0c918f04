"""What tenders are called, and the sentences about them; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.domain.tender import TenderKind
from pos.speech import N_, Speech

_Facts = dict[str, object]

TENDERS = {
    TenderKind.CASH: N_("Cash"),
    TenderKind.CHECK: N_("Check"),
    TenderKind.CREDIT: N_("Credit card"),
    TenderKind.DEBIT: N_("Debit card"),
    TenderKind.GIFT_CARD: N_("Gift card"),
    TenderKind.STORE_CREDIT: N_("Store credit"),
    TenderKind.HOUSE_ACCOUNT: N_("House account"),
    TenderKind.EXCHANGE: N_("Goods returned"),
    TenderKind.OTHER: N_("Other tender"),
    TenderKind.UNKNOWN: N_("Not known"),
}


def tender_name(w: Speech, code: object) -> str:
    """What a tender is called: a kind of the program's own by its word, a type of the shop's own as the shop says."""
    named = next((words for kind, words in TENDERS.items() if kind.value == code), None)
    return str(code) if named is None else w.say(named)


def _not_for(w: Speech, f: _Facts) -> str:
    """A tender that pays only for some items: how much of this sale, or why nothing of it."""
    tender = tender_name(w, f["tender"])
    match f.get("why"):
        case "paid":
            return w.say(
                "{tender} has paid all it may pay for in this sale. Nothing was taken. Take the rest another way.",
                tender=tender,
            )
        case "only":
            return w.say(
                "{tender} pays only for {departments}, and this sale has nothing of that. Nothing was taken. "
                "Choose another way to pay, or go back and add what it pays for.",
                tender=tender,
                departments=f["departments"],
            )
        case "left_out":
            return w.say(
                "{tender} may pay for none of these items: the shop leaves them out. Nothing was taken. "
                "Choose another way to pay.",
                tender=tender,
            )
        case _:
            return w.say(
                "{tender} may pay only {most} of this sale: not every item. Nothing was taken. "
                "Take the rest another way.",
                tender=tender,
                most=f["most"],
            )


TENDER_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.TENDER_UNKNOWN: lambda w, f: w.say(
        "This shop does not take “{tender}”. Nothing was taken. Choose another way to pay.",
        tender=tender_name(w, f["tender"]),
    ),
    Code.TENDER_OFF: lambda w, f: w.say(
        "{tender} is not taken here now. Nothing was taken. Choose another way to pay.",
        tender=tender_name(w, f["tender"]),
    ),
    Code.TENDER_SMALL: lambda w, f: w.say(
        "{tender} is taken from {least} on. Nothing was taken. Take more of it, or another way to pay.",
        tender=tender_name(w, f["tender"]),
        least=f["least"],
    ),
    Code.TENDER_LIMIT: lambda w, f: w.say(
        "{tender} is taken up to {most} at a time. Nothing was taken. Take less, and the rest another way.",
        tender=tender_name(w, f["tender"]),
        most=f["most"],
    ),
    Code.TENDER_NOT_FOR: _not_for,
    Code.TENDER_OVER_DUE: lambda w, f: w.say(
        "Only {due} is due, and {tender} gives no change. Nothing was taken. Take at most what is due.",
        tender=tender_name(w, f["tender"]),
        due=f["due"],
    ),
    Code.TENDER_ALONE: lambda w, f: w.say(
        "This needs a manager: {amount} as {tender}, up to {limit} is taken alone. Nothing was taken yet.",
        tender=tender_name(w, f["tender"]),
        amount=f["amount"],
        limit=f["limit"],
    ),
    Code.TENDER_GONE: lambda w, f: w.say("The sale has no such tender. Nothing was changed."),
    Code.TENDER_RULE_INVALID: lambda w, f: w.say(
        "“{code}” cannot be a way to pay. Nothing was changed. Give it a code of small letters, a name, "
        "and bounds that leave something between them.",
        code=f["code"],
    ),
    Code.REFERENCE_MISSING: lambda w, f: w.say(
        "{tender} wants its number noted, {most} characters at most. Nothing was taken. Type or scan the number.",
        tender=f["tender"],
        most=f["most"],
    ),
    Code.CASH_LIMIT: lambda w, f: w.say(
        "The law lets a shop take at most {most} in cash for one sale. Nothing was taken. Take the rest another way.",
        most=f["most"],
    ),
    Code.CASH_NOT_HANDED_OVER: lambda w, f: w.say(
        "{amount} in cash cannot be right: {change} would come back. Nothing was taken. Type what was handed over.",
        amount=f["amount"],
        change=f["change"],
    ),
}
