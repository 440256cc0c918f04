"""The baseline of a thermal receipt: its bytes typed by hand, for one shop, one language and one printer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pos.domain.money import Money
from pos.domain.transaction import JournalHead, Transaction
from pos.wording import Wording
from receipts.paper.shop_face import ShopFace

COLUMNS = 48
CODE_PAGE = "cp852"
_BEGIN = b"\x1b@\x1bt\x12"
_BOLD, _PLAIN = b"\x1bE\x01", b"\x1bE\x00"
_LARGE, _TALL, _SMALL = b"\x1d!\x11", b"\x1d!\x01", b"\x1d!\x00"
_BARS, _LEFT = b"\x1ba\x01\x1dH\x00\x1dhH\x1dw\x02\x1dkI", b"\x1ba\x00"
_CUT = b"\n\n\n\n\x1dVB\x00"

# What a row is, and what stands left (or in the middle) and right in it.
Typed = tuple[str, str, str]


def read_off(sale: Transaction, shop: ShopFace, words: Wording, head: JournalHead) -> Iterator[Typed]:
    """What the receipt says, in the same words and formats as the program's."""

    def amount(minor: int) -> str:
        return words.amount(Money(minor, sale.currency))

    shown = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    yield "heading", shop.name, ""
    yield from (("middle", line, "") for line in shop.header)
    yield "empty", "", ""
    yield "sides", f"Receipt {sale.receipt}", f"Register {sale.receipt.workstation}"
    yield "sides", f"{words.short_day(shown.date())} {words.time(shown)}", sale.operator_name
    yield "rule", "", ""
    yield from (("sides", line.name, amount(line.extended)) for line in sale.lines)
    yield "rule", "", ""
    yield "sides", "Subtotal", amount(sale.subtotal)
    yield from (
        ("sides", f"Tax {words.percent(tax.rate_millionths)} on {amount(tax.base)}", amount(tax.amount))
        for tax in sale.taxes()
        if tax.amount
    )
    yield "total", "TOTAL", words.money(Money(sale.total, sale.currency))
    yield from (("sides", "Cash", amount(tender.amount)) for tender in sale.tenders)
    yield "sides", "Change", amount(sale.change)
    yield "rule", "", ""
    yield from (("middle", line, "") for line in shop.policy)
    yield "empty", "", ""
    yield "bars", sale.receipt_code, ""
    yield "middle", str(sale.receipt), ""
    yield "middle", f"Journal {head.sequence} - {head.mac[:16]}", ""
    yield from (("middle", line, "") for line in shop.footer)


def type_receipt(sale: Transaction, shop: ShopFace, words: Wording, head: JournalHead) -> bytes:
    """The job for the printer."""
    job = [_BEGIN]
    for kind, left, right in read_off(sale, shop, words, head):
        if kind == "sides":
            job.append(f"{left}{right:>{COLUMNS - len(left)}}\n".encode(CODE_PAGE))
        elif kind == "middle":
            job.append((" " * ((COLUMNS - len(left)) // 2) + f"{left}\n").encode(CODE_PAGE))
        elif kind == "rule":
            job.append(b"-" * COLUMNS + b"\n")
        elif kind == "total":
            job.append(_TALL + _BOLD + f"{left}{right:>{COLUMNS - len(left)}}\n".encode(CODE_PAGE) + _PLAIN + _SMALL)
        elif kind == "heading":
            text = " " * ((COLUMNS // 2 - len(left)) // 2) + left
            job.append(_LARGE + _BOLD + f"{text}\n".encode(CODE_PAGE) + _PLAIN + _SMALL)
        elif kind == "bars":
            data = b"{B" + left.encode()
            job.append(_BARS + bytes([len(data)]) + data + _LEFT)
        else:
            job.append(b"\n")
    job.append(_CUT)
    return b"".join(job)
