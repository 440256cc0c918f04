"""What papers of returns have at their head: which return it is, when and by whom, and what it is a return of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos.domain.customer_return import CustomerReturn
from pos.wording import Wording
from receipts.document import Block, TextLine


def which_return(done: CustomerReturn, words: Wording) -> Iterator[Block]:
    """Its number and register, its moment on the shop's clock and who was at the till."""
    at = done.at + timedelta(minutes=done.utc_offset_minutes)
    register = words.say("Register {number}", number=done.number.workstation)
    yield TextLine(words.say("Return {number}", number=done.number), register)
    yield TextLine(f"{words.short_day(at.date())} {words.time(at)}", done.operator_name)


def bought_with(receipt: str, day: date | None, words: Wording) -> Iterator[Block]:
    """The receipt of the purchase with its day, where there is one."""
    if receipt:
        shown = "" if day is None else words.short_day(day)
        yield TextLine(words.say("Bought with receipt {number}", number=receipt), shown)
    else:
        yield TextLine(words.say("Without a receipt"))


def of_whom(done: CustomerReturn, words: Wording) -> Iterator[Block]:
    """The customer's number, where one is known."""
    if done.customer:
        yield TextLine(words.say("Customer {number}", number=done.customer))
