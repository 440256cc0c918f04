"""The facts whoever is asked about a return may know, as sentences, each with how it usually is: nobody is accused."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.return_signals import Noticed, Signal
from pos.wording import Wording


def signal_sentence(words: Wording, signal: Signal, currency: str) -> str:
    """The fact alone."""
    amount = words.money(Money(signal.amount, currency))
    match signal.code:
        case Noticed.CUSTOMER:
            return _customer(words, signal, amount, currency)
        case Noticed.PAST_RETURNS:
            return _past(words, signal, amount)
        case Noticed.RECEIPT_USED:
            return words.count(
                "Receipt {receipt} was used for {n} return before: {amount}",
                "Receipt {receipt} was used for {n} returns before: {amount}",
                signal.count,
                amount=amount,
                **signal.facts,
            )
        case Noticed.SAME_CASHIER:
            return words.say("Whoever takes it back also sold it")
        case Noticed.SOON_AFTER_SALE:
            if not signal.minutes:
                return words.say("Sold less than a minute ago")
            return words.count("Sold {n} minute ago", "Sold {n} minutes ago", signal.minutes)
        case Noticed.SERIAL_NOT_ON_RECEIPT:
            return words.say("Serial number {serial} of {item} is not on receipt {receipt}", **signal.facts)
        case Noticed.SERIAL_NEVER_SOLD:
            return words.say("Serial number {serial} of {item} is on no receipt of this shop", **signal.facts)


def usual_words(words: Wording, signal: Signal) -> str:
    """How it usually is here; empty where the books know of no other."""
    usual = signal.usual
    if usual is None:
        return ""
    if signal.code is Noticed.PAST_RETURNS:
        return words.say("half of those who return: {count} at most", count=words.number(usual.count))
    if signal.code is Noticed.CUSTOMER:
        return words.say("of all customers' purchases: {percent}", percent=_percent(words, usual.count, usual.of))
    rate = {"count": words.number(usual.count), "days": words.number(signal.days)}
    if signal.code is Noticed.RECEIPT_USED:
        return words.count(
            "more than once in {days} days: {count} of {n} receipt",
            "more than once in {days} days: {count} of {n} receipts",
            usual.of,
            **rate,
        )
    if signal.code is Noticed.SOON_AFTER_SALE:
        return words.count(
            "within {within} minutes in {days} days: {count} of {n} return",
            "within {within} minutes in {days} days: {count} of {n} returns",
            usual.of,
            within=words.number(signal.within),
            **rate,
        )
    return words.count(
        "so in {days} days: {count} of {n} return", "so in {days} days: {count} of {n} returns", usual.of, **rate
    )


def _customer(words: Wording, signal: Signal, returned: str, currency: str) -> str:
    """What they bought, and of how much of it something came back."""
    bought = signal.bought
    days = words.number(signal.days)
    if bought is None or not bought.purchases:
        return words.say("This customer: nothing bought in {days} days", days=days)
    spent = words.money(Money(bought.amount, currency))
    said = words.count(
        "This customer: {n} purchase in {days} days, {amount}",
        "This customer: {n} purchases in {days} days, {amount}",
        bought.purchases,
        days=days,
        amount=spent,
    )
    if not signal.count:
        return words.say("{purchases}; nothing of it came back", purchases=said)
    back = words.say(
        "something came back of {count} ({percent}), {amount}",
        count=words.number(signal.count),
        percent=_percent(words, signal.count, bought.purchases),
        amount=returned,
    )
    return f"{said}; {back}"


def _percent(words: Wording, count: int, of: int) -> str:
    """A share in whole percent."""
    return words.percent(round(100 * count / of) * 10_000)


def _past(words: Wording, signal: Signal, amount: str) -> str:
    """By whom, how often and how much."""
    facts = {"days": words.number(signal.days), "amount": amount}
    if not signal.count:
        none = {
            "customer": words.say("This customer: nothing returned in {days} days", days=facts["days"]),
            "id": words.say("This identity document: nothing returned in {days} days", days=facts["days"]),
            "card": words.say("This payment card: nothing returned in {days} days", days=facts["days"]),
        }
        return none[signal.about]
    match signal.about:
        case "customer":
            one = "This customer: {n} return in {days} days, {amount}"
            return words.count(one, "This customer: {n} returns in {days} days, {amount}", signal.count, **facts)
        case "id":
            one = "This identity document: {n} return in {days} days, {amount}"
            many = "This identity document: {n} returns in {days} days, {amount}"
            return words.count(one, many, signal.count, **facts)
        case _:
            one = "This payment card: {n} return in {days} days, {amount}"
            return words.count(one, "This payment card: {n} returns in {days} days, {amount}", signal.count, **facts)
