"""The sentences of what is given by hand and of approvals; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]


def _price_limit(w: Speech, f: _Facts) -> str:
    """A price no item may have, or one beyond what the person may charge alone."""
    if "most" in f:
        return w.say(
            "That price cannot be charged. Nothing was changed. Type more than nothing and at most {most}.",
            most=f["most"],
        )
    return w.say(
        "This needs a manager: a price {wanted} away from its own, your limit is {limit}. Nothing was changed yet.",
        wanted=f["wanted"],
        limit=f["limit"],
    )


APPROVAL_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.PRICE_LIMIT: _price_limit,
    Code.DISCOUNT_LIMIT: lambda w, f: w.say(
        "This needs a manager: discount {wanted}, your limit is {limit}. Nothing was changed yet.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
    Code.VOID_LIMIT: lambda w, f: w.say(
        "This needs a manager: a sale of {wanted} is to be voided, your limit is {limit}. The sale is kept.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
    Code.TAX_EXEMPT_LIMIT: lambda w, f: w.say(
        "This needs a manager: {wanted} of tax is not to be charged, your limit is {limit}. Nothing was changed yet.",
        wanted=f["wanted"],
        limit=f["limit"],
    ),
    Code.NOT_DISCOUNTABLE: lambda w, f: w.say(
        "{item} may not be sold for less. Nothing was changed. Choose another line.", item=f["item"]
    ),
    Code.DISCOUNT_INVALID: lambda w, f: w.say(
        "That discount cannot be given. Nothing was changed. Type 0 to 100 %, or an amount of at most {most}.",
        most=f["most"],
    ),
    Code.REASON_MISSING: lambda w, f: w.say(
        "This needs a reason. Nothing was changed. Choose one of: {choices}.",
        choices=f["choices"],
    ),
    Code.SAME_PERSON: lambda w, f: w.say(
        "Nobody approves what they asked for themselves. Nothing was changed. Ask somebody else who may."
    ),
    Code.APPROVAL_EXPIRED: lambda w, f: w.say(
        "This approval is older than two minutes. Nothing was changed. Ask for it again."
    ),
    Code.APPROVAL_USED: lambda w, f: w.say(
        "This request was answered or its approval used already. Nothing was changed. Ask for it again."
    ),
    Code.APPROVAL_DOES_NOT_COVER: lambda w, f: w.say(
        "The approval was for something else: the line, an amount or a tender has changed since, or somebody else "
        "asked. Nothing was changed. Ask for it again."
    ),
    Code.APPROVAL_UNKNOWN: lambda w, f: w.say(
        "There is no such request, or nobody has approved it yet. Nothing was changed. Ask for it again."
    ),
    Code.APPROVAL_OPTION: lambda w, f: w.say(
        "“{option}” was not offered here. Nothing was changed. Choose one of: {choices}.", **f
    ),
}
