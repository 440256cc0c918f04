"""The sentences about customers and their points; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

CUSTOMER_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.CUSTOMER_UNKNOWN: lambda w, f: w.say(
        "No customer is known by “{customer}”. Nothing was changed. Look by name or phone, or add the customer.", **f
    ),
    Code.CUSTOMER_NUMBER: lambda w, f: w.say(
        "“{number}” cannot be a customer’s number. Nothing was changed. Choose up to 40 letters and digits.", **f
    ),
    Code.CUSTOMER_NAME: lambda w, f: w.say(
        "A customer has a name of 1 to {most} characters. Nothing was changed. Write the name.", **f
    ),
    Code.CUSTOMER_PHONE: lambda w, f: w.say(
        "“{phone}” cannot be a phone number. Nothing was changed. Write its digits, with + before a country’s.", **f
    ),
    Code.CUSTOMER_EMAIL: lambda w, f: w.say(
        "“{email}” cannot be an e-mail address. Nothing was changed. Write it as name@place.example.", **f
    ),
    Code.CUSTOMER_TEXT: lambda w, f: w.say(
        "That is longer than the {most} characters kept here, or cannot be printed. Nothing was changed. Shorten it.",
        **f,
    ),
    Code.CUSTOMER_KNOWN: lambda w, f: w.say(
        "Number {number} belongs to another customer. Nothing was changed. Choose another number.", **f
    ),
    Code.CUSTOMER_FORGOTTEN: lambda w, f: w.say(
        "Customer {number} was erased on request. Nothing was changed. Add the person anew if they wish so.", **f
    ),
    Code.CUSTOMER_ACCOUNT_OPEN: lambda w, f: w.say(
        "{amount} stand on the account of customer {number}. Nothing was erased. Settle the account first.", **f
    ),
    Code.CUSTOMER_CHECK_OPEN: lambda w, f: w.say(
        "A check of customer {number} came back and is not paid yet. Nothing was erased. "
        "Take its money first, or clear the mark in the customer’s form.",
        **f,
    ),
    Code.CUSTOMER_MISSING: lambda w, f: w.say(
        "The sale has no customer whose points could be taken. Nothing was changed. Scan the card or choose with F6."
    ),
    Code.CARD_UNFIT: lambda w, f: w.say(
        "“{card}” cannot be a customer’s card. Nothing was changed. "
        "Scan a card of 4 to 40 letters and digits that is no item and no paper of this shop.",
        **f,
    ),
    Code.CARD_TAKEN: lambda w, f: w.say(
        "This card is customer {number}’s already. Nothing was changed. Take it from them first, or scan another.", **f
    ),
    Code.POINTS_INVALID: lambda w, f: w.say(
        "“{points}” points cannot be taken. Nothing was changed. Type a whole number, or 0 for none.", **f
    ),
    Code.POINTS_BALANCE: lambda w, f: w.say(
        "The customer has {balance} points, not {points}. Nothing was taken. Take at most {balance}.", **f
    ),
    Code.POINTS_NOT_TAKEN: lambda w, f: w.say(
        "This shop does not take points. Nothing was changed. A manager sets what a point is worth in the settings."
    ),
    Code.OWN_PURCHASE: lambda w, f: w.say(
        "{name} cannot ring up their own purchase. Nothing was changed. Ask somebody else to sell it.", **f
    ),
}
