"""Which papers a return leaves, decided by its decisions: one rule for what prints itself and what a screen offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.disposition import Goods
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.refund_instead import RefundInstead
from pos.domain.refusal import Code
from pos.domain.return_books import MAILED_CHECK
from pos.domain.return_floors import STATUTORY_CLAIM
from pos.domain.tender import TenderKind


class PackPaper(StrEnum):
    """The papers of a return, each by the name it has everywhere."""

    RETURN_RECEIPT = "return_receipt"
    STORE_SLIP = "store_slip"
    CARD_SLIP = "card_slip"
    STORE_CREDIT = "store_credit"
    STORE_CREDIT_COPY = "store_credit_copy"
    GIFT_CARD_SLIP = "gift_card_slip"
    REFUND_SLIP = "refund_slip"
    MAIL_CHECK_REQUEST = "mail_check_request"
    EXCEPTION_FORM = "exception_form"
    CLAIM_PROTOCOL = "claim_protocol"
    DISPOSITION_TAG = "disposition_tag"
    VENDOR_RETURN = "vendor_return"


# What the customer takes along is in the customer's language; everything else is in the shop's.
FOR_CUSTOMER = frozenset(
    {
        PackPaper.RETURN_RECEIPT,
        PackPaper.CARD_SLIP,
        PackPaper.STORE_CREDIT,
        PackPaper.GIFT_CARD_SLIP,
        PackPaper.CLAIM_PROTOCOL,
    }
)
# Where the customer signs, and where anybody does: on screen while they wait, or with a pen.
BY_CUSTOMER = frozenset(
    {
        PackPaper.STORE_SLIP,
        PackPaper.STORE_CREDIT_COPY,
        PackPaper.CLAIM_PROTOCOL,
        PackPaper.MAIL_CHECK_REQUEST,
    }
)
SIGNED = BY_CUSTOMER | {PackPaper.EXCEPTION_FORM}


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One paper of the pack. `place` is the line of the return it is about, `tender` the number of the money it is
    about; None and 0 where it is about all of it. `instead`: about how that money went out after its card had refused
    it. `ticked`: printed unless somebody says otherwise.
    """

    paper: PackPaper
    place: int | None = None
    tender: int = 0
    ticked: bool = True
    instead: bool = False


_OF_TENDER = {
    TenderKind.CREDIT.value: PackPaper.CARD_SLIP,
    TenderKind.DEBIT.value: PackPaper.CARD_SLIP,
    TenderKind.STORE_CREDIT.value: PackPaper.STORE_CREDIT,
    TenderKind.GIFT_CARD.value: PackPaper.GIFT_CARD_SLIP,
    MAILED_CHECK: PackPaper.MAIL_CHECK_REQUEST,
}
# Goods that stand for sale again are told apart by their shelf; a tag for them is there for who wants one.
_UNTAGGED = frozenset({Goods.SHELF.value, Goods.OPEN_BOX.value})


def pack_of(done: CustomerReturn, *, signed: bool, otherwise: Sequence[RefundInstead] = ()) -> tuple[PackEntry, ...]:
    """The papers of a completed return in their order. `signed`: the policy asks for a slip the customer signs;
    `otherwise` is what went out another way since.
    """
    return tuple(_pack(done, signed, otherwise))


def _pack(done: CustomerReturn, signed: bool, otherwise: Sequence[RefundInstead]) -> Iterator[PackEntry]:
    yield PackEntry(PackPaper.RETURN_RECEIPT)
    yield PackEntry(PackPaper.STORE_SLIP, ticked=signed)
    for tender in done.tenders:
        paper = _OF_TENDER.get(tender.kind)
        if paper is not None and (paper is not PackPaper.CARD_SLIP or tender.attempt):
            yield PackEntry(paper, tender=tender.tender)
            if paper is PackPaper.STORE_CREDIT:
                yield PackEntry(PackPaper.STORE_CREDIT_COPY, tender=tender.tender, ticked=signed)
    if done.approval:
        yield PackEntry(PackPaper.EXCEPTION_FORM)
    for made in otherwise:
        yield from _otherwise(made, signed)
    for line in done.lines:
        if is_claim(line):
            yield PackEntry(PackPaper.CLAIM_PROTOCOL, place=line.place)
    for line in done.lines:
        yield PackEntry(PackPaper.DISPOSITION_TAG, place=line.place, ticked=line.disposition not in _UNTAGGED)
        if line.disposition in (Goods.VENDOR.value, Goods.REPAIR.value):
            to_vendor = line.disposition == Goods.VENDOR.value
            yield PackEntry(PackPaper.VENDOR_RETURN, place=line.place, ticked=to_vendor)


def _otherwise(made: RefundInstead, signed: bool) -> Iterator[PackEntry]:
    """What pays, what the customer signs for it, and whose yes it was."""
    if made.kind == TenderKind.STORE_CREDIT.value:
        yield PackEntry(PackPaper.STORE_CREDIT, tender=made.tender, instead=True)
        yield PackEntry(PackPaper.STORE_CREDIT_COPY, tender=made.tender, ticked=signed, instead=True)
    else:
        yield PackEntry(PackPaper.REFUND_SLIP, tender=made.tender, instead=True)
    if made.kind == MAILED_CHECK:
        yield PackEntry(PackPaper.MAIL_CHECK_REQUEST, tender=made.tender, instead=True)
    if made.approval:
        yield PackEntry(PackPaper.EXCEPTION_FORM, tender=made.tender, instead=True)


def is_claim(line: ReturnLine) -> bool:
    """Whether the line came back under the law of defective goods, not under the shop's own policy."""
    by_law = any(rule.endswith(f":{Code.STATUTORY_DEFECT.value}") for rule in line.rules)
    return by_law or line.reason == STATUTORY_CLAIM
