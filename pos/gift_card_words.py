"""The sentences of gift cards, store credit and house accounts; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]


GIFT_CARD_WORDS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.GIFT_CARD_UNKNOWN: lambda w, f: w.say(
        "This shop knows no gift card of that number. Nothing was taken. Check the number, or take another tender."
    ),
    Code.GIFT_CARD_NUMBER: lambda w, f: w.say(
        "That is no gift card number: it has 16 to 19 digits and the last one must fit. Nothing was changed. "
        "Scan the card again."
    ),
    Code.GIFT_CARD_PIN: lambda w, f: w.say(
        "Gift card {card} has a PIN. Nothing was taken yet. Ask for it and type it.", card=f["card"]
    ),
    Code.GIFT_CARD_LOCKED: lambda w, f: w.say(
        "Too many wrong PINs: gift card {card} waits until {until}. Nothing was taken. Take another tender.",
        card=f["card"],
        until=f["until"],
    ),
    Code.GIFT_CARD_UNSOLD: lambda w, f: w.say(
        "Gift card {card} was never sold, so nothing is on it. Nothing was taken. Sell it first.", card=f["card"]
    ),
    Code.GIFT_CARD_SOLD: lambda w, f: w.say(
        "Gift card {card} is sold already. Nothing was added. Reload it, or take another card.", card=f["card"]
    ),
    Code.GIFT_CARD_DISABLED: lambda w, f: w.say(
        "Gift card {card} is blocked. Nothing was taken. Keep the card and call a manager.", card=f["card"]
    ),
    Code.GIFT_CARD_EXPIRED: lambda w, f: w.say(
        "Gift card {card} expired on {day}. Nothing was taken. Take another tender.", card=f["card"], day=f["day"]
    ),
    Code.GIFT_CARD_EMPTY: lambda w, f: w.say(
        "Gift card {card} is empty. Nothing was taken. Take another tender.", card=f["card"]
    ),
    Code.GIFT_CARD_BALANCE: lambda w, f: w.say(
        "Gift card {card} holds {balance}, not {amount}. Nothing was taken. Take what is on it and the rest otherwise.",
        card=f["card"],
        balance=f["balance"],
        amount=f["amount"],
    ),
    Code.GIFT_CARD_USED: lambda w, f: w.say(
        "Gift card {card} was used since it was sold, so its sale stands. Nothing was changed.", card=f["card"]
    ),
    Code.GIFT_CARD_LIMIT: lambda w, f: w.say(
        "A gift card takes {least} to {most} at a time and holds {holds} at most. Nothing was added. "
        "Choose another amount.",
        least=f["least"],
        most=f["most"],
        holds=f["holds"],
    ),
    Code.GIFT_CARD_KIND: lambda w, f: w.say(
        "{card} is store credit, which is given for goods and not loaded. Nothing was added. Sell a gift card.",
        card=f["card"],
    ),
    Code.GIFT_CARD_IN_SALE: lambda w, f: w.say(
        "Gift card {card} is in this sale already. Nothing was added. Change that line instead.", card=f["card"]
    ),
    Code.GIFT_CARD_NOT_WITH_GIFT_CARD: lambda w, f: w.say(
        "No gift card is bought with a gift card: {most} of this sale is for other things. Nothing was taken. "
        "Take the rest in another way.",
        most=f["most"],
    ),
    Code.GIFT_CARD_FILE: lambda w, f: w.say(
        "That is no list of gift cards. Nothing was taken over. Its first line names number and balance, and beside "
        "them only pin, expires, kind and state."
    ),
    Code.GIFT_CARD_ROW: lambda w, f: w.say("This cannot be read: {field}. Put it right in the file.", field=f["field"]),
    Code.GIFT_CARD_TWICE: lambda w, f: w.say("This number stands in the file twice. Only the first was taken."),
    Code.CASH_OUT_THRESHOLD: lambda w, f: (
        w.say(
            "Gift card {card} holds {balance}, and only less than {below} goes out in cash. Nothing was paid.",
            card=f["card"],
            balance=f["balance"],
            below=f["below"],
        )
        if "below" in f
        else w.say("No gift card is paid out in cash here. Nothing was paid. Let the customer spend it.")
    ),
    Code.STORED_VALUE_FIXED: lambda w, f: w.say(
        "The line of {card} is money, not goods: it stays as it is. Nothing was changed. "
        "Remove it and add it with another amount.",
        card=f["card"],
    ),
    Code.HOUSE_ACCOUNT_NONE: lambda w, f: w.say(
        "This customer has no account with the shop. Nothing was taken. Take another tender."
    ),
    Code.HOUSE_ACCOUNT_LIMIT: lambda w, f: w.say(
        "The account of {customer} has {room} left of {limit}. Nothing was taken. Take the rest in another way.",
        customer=f["customer"],
        room=f["room"],
        limit=f["limit"],
    ),
    Code.HOUSE_ACCOUNT_OWED: lambda w, f: w.say(
        "{customer} owes {owed}, and no more than that is paid off. Nothing was added. Type a smaller amount.",
        customer=f["customer"],
        owed=f["owed"],
    ),
}
