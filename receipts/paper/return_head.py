"""What papers of returns share: which return it is, of what and of whom, the goods in hand, and room to sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.money import Unit
from pos.wording import Wording
from receipts.document import Block, Feed, Logo, Rule, TextLine


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


def goods_of(line: ReturnLine, reason: str, words: Wording) -> Iterator[Block]:
    """One line as goods in a hand: what they are, their numbers, their state and why they came back."""
    one_piece = line.quantity.thousandths == 1000 and line.quantity.unit is Unit.PIECE
    many = "" if one_piece else f"{words.quantity(line.quantity)} × "
    yield TextLine(f"{many}{line.name}", emphasis=True)
    yield TextLine(words.say("Item"), line.item)
    if line.serial:
        yield TextLine(words.say("Serial number"), line.serial)
    if line.condition:
        yield TextLine(words.say("Condition"), words.condition(line.condition))
    if reason:
        yield TextLine(words.say("Reason"), reason)


def to_fill_in(lines: int) -> Iterator[Block]:
    """Lines to write on."""
    for _ in range(lines):
        yield from (Feed(), Rule())


def check_promise(days: int, words: Wording) -> Iterator[Block]:
    """Within how many business days a check is mailed; nothing where the shop promises nothing."""
    if days:
        yield TextLine(words.count("Mailed within {n} business day", "Mailed within {n} business days", days))


def signature_line(label: str, name: str, signature: Logo | None = None) -> Iterator[Block]:
    """A line to sign on; with the picture of a signature that was taken on screen it stands over the line."""
    yield Feed(3) if signature is None else signature
    yield from (Rule(), TextLine(label, name))
