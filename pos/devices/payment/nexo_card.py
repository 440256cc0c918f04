"""What a nexo answer says of the card and of the paper: the little of it that may be kept, made plain."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from pos.devices.payment.nexo_json import Tree, Unreadable, branch, exact, listed, plain, read, text
from pos.domain.card_facts import CardFacts, ReceiptRow, ReceiptSide, TerminalReceipt
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy

_ROWS_MAX = 120
_DETAILS_LENGTH_MAX = 20_000
_EXTRA_MAX = 40
_MASKED_DIGITS_MAX = 12
_AID_NAMES = ("AID", "aid", "9F06", "4F", "84")
# What is kept of an authorisation beside the fields with names of their own. Only what stands here: tracks, numbers,
# names and dates of expiry come in the same list (EMV tags: TVR, TSI, cryptogram, its kind, counter, labels).
_KEPT = frozenset(
    """95 9B 9F26 9F27 9F10 9F12 9F34 9F35 9F36 9F37 50 5F2A 5F34 82 8A TVR TSI AC ATC
    tvr tsi ac atc tid mid txtype posEntryMode applicationLabel applicationPreferredName preferredName
    refusalReason refusalReasonRaw avsResult authorisedAmountCurrency transactionReferenceNumber
    retrievalReferenceNumber fundingSource paymentMethodVariant message""".split()
)
_SIDES = {"CustomerReceipt": ReceiptSide.CUSTOMER, "CashierReceipt": ReceiptSide.MERCHANT}


def card_facts(response: Tree) -> CardFacts:
    """The card of a payment or reversal response, as far as it names one."""
    result = branch(response, "PaymentResult")
    card = branch(result, "PaymentInstrumentData", "CardData")
    acquirer = branch(result, "PaymentAcquirerData")
    poi = branch(response, "POIData", "POITransactionID")
    details = dict(_details(branch(response, "Response")))
    return CardFacts(
        brand=text(card, "PaymentBrand"),
        masked=_masked(card),
        entry_mode=_words(listed(card, "EntryMode")),
        cvm=_words(listed(result, "AuthenticationMethod")),
        aid=next((details[name] for name in _AID_NAMES if name in details), ""),
        approval_code=text(acquirer, "ApprovalCode"),
        merchant=text(acquirer, "MerchantID"),
        terminal=text(acquirer, "AcquirerPOIID"),
        acquirer_reference=text(branch(acquirer, "AcquirerTransactionID"), "TransactionID"),
        poi_transaction=text(poi, "TransactionID"),
        poi_time=text(poi, "TimeStamp"),
        token=_token(card, details),
        extra=tuple((name, said) for name, said in details.items() if name in _KEPT)[:_EXTRA_MAX],
    )


def card_read(response: Tree) -> CardRead | CardUnread:
    """The card of a CardAcquisition response, as far as it has a name."""
    card = branch(response, "PaymentInstrumentData", "CardData")
    token = _token(card, dict(_details(branch(response, "Response"))))
    if not token:
        return CardUnread(UnreadWhy.NO_NAME)
    return CardRead(token, text(card, "PaymentBrand"), _masked(card))


def receipts(response: Tree) -> tuple[TerminalReceipt, ...]:
    """The receipts the terminal wants printed, in its order."""
    papers = []
    for paper in listed(response, "PaymentReceipt"):
        side = _SIDES.get(text(paper, "DocumentQualifier")) if isinstance(paper, dict) else None
        if side is None:
            continue
        rows = tuple(_rows(branch(paper, "OutputContent")))[:_ROWS_MAX]
        if rows:
            papers.append(TerminalReceipt(side, rows, signature=paper.get("RequiredSignatureFlag") is True))
    return tuple(papers)


def _token(card: Tree, details: Mapping[str, str]) -> str:
    """What stands for the card: nexo's token, or the alias Adyen's terminals give beside it.

    One that had to be starred or cut would be the token of several cards: it is none.
    """
    token = branch(card, "PaymentToken")
    said = text(token, "TokenValue") if token else details.get("alias", "")
    whole = not token or said == exact(token, "TokenValue")
    return said if whole and "*" not in said else ""


def _masked(card: Tree) -> str:
    """The number with its middle starred; one that shows too much keeps its last four digits."""
    said = text(card, "MaskedPAN") or text(card, "MaskedPan")
    shown = re.sub(r"[^0-9]", "*", said.replace(" ", ""))
    digits = re.sub(r"[^0-9]", "", shown)
    if not digits:
        return ""
    if len(digits) > _MASKED_DIGITS_MAX or "*" not in shown:
        return f"****{digits[-4:]}"
    return shown[:24]


def _details(response: Tree) -> Iterator[tuple[str, str]]:
    """The name and value pairs of AdditionalResponse: an address's query, or base64 of a JSON object."""
    said = response.get("AdditionalResponse")
    if not isinstance(said, str) or len(said) > _DETAILS_LENGTH_MAX:
        return
    tree = _base64_tree(said)
    if tree is None:
        yield from ((plain(name), plain(value)) for name, value in _query(said))
        return
    for each in (tree, branch(tree, "additionalData")):
        yield from ((plain(name), text(each, name)) for name in each if text(each, name))


def _rows(content: Tree) -> Iterator[ReceiptRow]:
    """Rows of text: each a name and a value for the two edges, or words alone."""
    unfinished = ""
    for line in listed(content, "OutputText"):
        said = line.get("Text") if isinstance(line, dict) else None
        if not isinstance(said, str) or len(said) > _DETAILS_LENGTH_MAX:
            continue
        tree = _base64_tree(said)
        if tree is not None:
            yield from _tree_rows(tree)
            continue
        bold = "Bold" in listed(line, "CharacterStyle")
        if "name=" in said or "value=" in said:
            pairs = dict(_query(said))
            row = ReceiptRow(plain(pairs.get("name", "")), plain(pairs.get("value", "")), bold)
        else:
            row = ReceiptRow(plain(unfinished + said), bold=bold)
        unfinished = ""
        if line.get("EndOfLineFlag") is False and not row.right:
            unfinished = row.left + " "
            continue
        yield row
    if unfinished.strip():
        yield ReceiptRow(unfinished.strip())


def _tree_rows(tree: Tree) -> Iterator[ReceiptRow]:
    """The leaves of a receipt given as an object, in their order."""
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _tree_rows(value)
        elif isinstance(value, list):
            yield ReceiptRow(plain(name), _words(value))
        elif text(tree, name):
            yield ReceiptRow(plain(name), text(tree, name))


def _base64_tree(said: str) -> Tree | None:
    if not re.fullmatch(r"[A-Za-z0-9+/]{8,}={0,2}", said):
        return None
    try:
        return read(base64.b64decode(said, validate=True))
    except (binascii.Error, Unreadable):
        return None


def _query(said: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(said, max_num_fields=500)
    except ValueError:
        return []


def _words(values: list[object]) -> str:
    return plain(", ".join(value for value in values if isinstance(value, str)))
