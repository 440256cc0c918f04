"""The journal: one entry a business fact, chained by a keyed MAC over everything the fact stored."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pos.domain.discount import Discount
from pos.domain.frozen import dataclass
from pos.domain.ledger import LedgerEntry
from pos.domain.names import StrEnum
from pos.domain.purchase import NO_TERMS, SoldTerms
from pos.domain.tax import LineTax, is_plain
from pos.domain.tender import tender_facts
from pos.domain.transaction import NO_DETAIL, LineDetail, SaleLine, TenderLine, Transaction

GENESIS = "0" * 64


class EntryKind(StrEnum):
    """What an entry records, in the past tense."""

    SHOP_OPENED = "ShopOpened"
    RULES_CHANGED = "RulesChanged"
    STAFF_ADDED = "StaffAdded"
    STAFF_CHANGED = "StaffChanged"
    ROLES_CHANGED = "RolesChanged"
    SIGNED_ON = "SignedOn"
    SIGN_ON_REFUSED = "SignOnRefused"
    LOCKED_OUT = "LockedOut"
    SIGNED_OFF = "SignedOff"
    WORKSTATION_LOCKED = "WorkstationLocked"
    TILL_OPENED = "TillOpened"
    CASH_LOANED = "CashLoaned"
    CASH_PICKED_UP = "CashPickedUp"
    CASH_PAID_IN = "CashPaidIn"
    CASH_PAID_OUT = "CashPaidOut"
    NO_SALE = "NoSale"
    DRAWER_OPENED = "DrawerOpened"
    TILL_COUNTED = "TillCounted"
    TILL_CLOSED = "TillClosed"
    TILL_REPORTED = "TillReported"
    TILL_REPORT_COPIED = "TillReportCopied"
    SALE_COMPLETED = "SaleCompleted"
    SALE_VOIDED = "SaleVoided"
    SALE_POST_VOIDED = "SalePostVoided"
    TENDER_CORRECTED = "TenderCorrected"
    RETURN_COMPLETED = "ReturnCompleted"
    RETURN_REFUSED = "ReturnRefused"
    CLAIM_TAKEN_IN = "ClaimTakenIn"
    CLAIM_SETTLED = "ClaimSettled"
    SIGNATURE_TAKEN = "SignatureTaken"
    REFUND_GIVEN_INSTEAD = "RefundGivenInstead"
    RETURN_POLICY_CHANGED = "ReturnPolicyChanged"
    POLICY_CASE_KEPT = "PolicyCaseKept"
    POLICY_CASE_REMOVED = "PolicyCaseRemoved"
    GIFT_RECEIPT_ISSUED = "GiftReceiptIssued"
    RECEIPT_COPIED = "ReceiptCopied"
    E_RECEIPT_ISSUED = "EReceiptIssued"
    TAX_DOCUMENT_ISSUED = "TaxDocumentIssued"
    TAX_DOCUMENT_PRINTED = "TaxDocumentPrinted"
    PAPER_SETTLED = "PaperSettled"
    PAPER_COPIED = "PaperCopied"
    CHECK_RETURNED = "CheckReturned"
    RETURNED_CHECK_SETTLED = "ReturnedCheckSettled"
    LINE_VOIDED = "LineVoided"
    SALE_SUSPENDED = "SaleSuspended"
    SALE_RESUMED = "SaleResumed"
    REASONS_CHANGED = "ReasonsChanged"
    QUICK_KEYS_CHANGED = "QuickKeysChanged"
    ITEMS_IMPORTED = "ItemsImported"
    ITEM_ADDED = "ItemAdded"
    ITEM_CHANGED = "ItemChanged"
    IMPORT_PROFILE_KEPT = "ImportProfileKept"
    PRICE_SET = "PriceSet"
    PROMOTIONS_CHANGED = "PromotionsChanged"
    GOODS_RECEIVED = "GoodsReceived"
    STOCK_COUNTED = "StockCounted"
    STOCK_CORRECTED = "StockCorrected"
    OPEN_BOX_SHELVED = "OpenBoxShelved"
    CUSTOMER_ADDED = "CustomerAdded"
    CUSTOMER_CHANGED = "CustomerChanged"
    CUSTOMER_EXPORTED = "CustomerExported"
    CUSTOMER_ERASED = "CustomerErased"
    APPROVAL_ASKED = "ApprovalAsked"
    APPROVAL_GRANTED = "ApprovalGranted"
    APPROVAL_DECLINED = "ApprovalDeclined"
    APPROVAL_USED = "ApprovalUsed"
    APPROVAL_VOIDED = "ApprovalVoided"
    SUGGESTION_CHANGED = "SuggestionChanged"
    GIFT_CARD_TAKEN = "GiftCardTaken"
    GIFT_CARD_GIVEN_BACK = "GiftCardGivenBack"
    GIFT_CARD_CASHED_OUT = "GiftCardCashedOut"
    GIFT_CARD_PIN_WRONG = "GiftCardPinWrong"
    GIFT_CARD_DISABLED = "GiftCardDisabled"
    GIFT_CARD_ENABLED = "GiftCardEnabled"
    GIFT_CARDS_IMPORTED = "GiftCardsImported"
    SALES_TAKEN_OVER = "SalesTakenOver"
    CARD_REQUESTED = "CardRequested"
    CARD_ANSWERED = "CardAnswered"
    CARD_DECIDED = "CardDecided"
    CARD_CARRIED_OVER = "CardCarriedOver"
    CARD_PERIOD_ENDED = "CardPeriodEnded"
    CASH_BACK_PAID = "CashBackPaid"
    CLOCK_STEPPED_BACK = "ClockSteppedBack"


def canonical(body: Mapping[str, object]) -> bytes:
    """One spelling for one body: sorted keys, no blanks, UTF-8; integers and text only, never a float."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def entry_mac(key: bytes, previous: str, body: bytes) -> str:
    """HMAC-SHA-256 over the MAC before and the body, as 64 hex digits (reliability I-11)."""
    return hmac.new(key, previous.encode("ascii") + b"\n" + body, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of a workstation's journal; `sequence` runs from 1 without a gap and orders events, time does not.

    `subject` is what it is about (a transaction's or till's identity, a staff number); `payload` canonical JSON text.
    """

    workstation: int
    sequence: int
    kind: EntryKind
    at: datetime
    utc_offset_minutes: int
    operator: str | None
    subject: str | None
    payload: str


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Cash that moved with an entry: into the till (positive) or out, in minor units."""

    till: str
    kind: str
    amount: int


def entry_body(
    entry: JournalEntry,
    *,
    ledger: Sequence[LedgerEntry],
    currency: str,
    movement: CashMovement | None,
    transaction: Transaction | None,
) -> bytes:
    """Everything one business fact stored, in one spelling: what the MAC covers, recomputed from the tables."""
    return canonical(
        {
            "workstation": entry.workstation,
            "sequence": entry.sequence,
            "kind": entry.kind.value,
            "at": moment_text(entry.at),
            "utc_offset_minutes": entry.utc_offset_minutes,
            "operator": entry.operator,
            "subject": entry.subject,
            "payload": entry.payload,
            "ledger": [[leg.account, leg.amount, currency] for leg in ledger],
            "movement": None if movement is None else [movement.till, movement.kind, movement.amount],
            "transaction": None if transaction is None else transaction_body(transaction),
        }
    )


def transaction_body(sale: Transaction) -> list[object]:
    """Header, lines with their taxes, and tenders of a transaction; names of people are not part of it.

    What a sale may have but most have not stands at the end where it is there: an older sale keeps its spelling.
    """
    return [
        sale.id,
        sale.kind.value,
        [sale.receipt.store, sale.receipt.workstation, sale.receipt.number],
        moment_text(sale.at),
        sale.utc_offset_minutes,
        sale.business_day.isoformat(),
        [sale.operator, sale.till, sale.customer],
        [sale.currency, sale.rules_version, int(sale.prices_hold_tax), sale.token],
        [sale.subtotal, sale.discount, sale.net, sale.tax, sale.total, sale.rounding, sale.paid, sale.change],
        [_line_body(line) for line in sale.lines],
        [_tender_body(tender) for tender in sale.tenders],
        *([sale.note] if sale.note else []),
        *([] if sale.exemption is None else [{"exemption": [sale.exemption.certificate, sale.exemption.by]}]),
    ]


def _line_body(line: SaleLine) -> list[object]:
    return [
        [line.line, line.item, line.name, line.scanned, line.department, line.operator],
        [line.quantity.thousandths, line.quantity.unit.value, line.unit_price, line.extended, line.discount],
        [line.net, line.tax, line.total],
        [_tax_body(tax) for tax in line.taxes],
        *([] if line.detail == NO_DETAIL else [_detail_body(line.detail)]),
        *([{"discounts": [_discount_body(discount) for discount in line.discounts]}] if line.discounts else []),
        *([] if line.override is None else [{"override": [line.override.was, line.override.reason, line.override.by]}]),
        *([{"container": [int(line.container), line.belongs_to]}] if line.container or line.belongs_to else []),
        *([] if line.terms == NO_TERMS else [{"terms": _terms_body(line.terms)}]),
        *([] if line.stored is None else [{"stored": [line.stored.act.value, line.stored.account, line.stored.shown]}]),
    ]


def _terms_body(terms: SoldTerms) -> list[object]:
    return [int(terms.final_sale), list(terms.flags), terms.family]


def _tender_body(tender: TenderLine) -> list[object]:
    plain: list[object] = [tender.tender, tender.kind.value, tender.amount]
    facts = tender_facts(tender)
    return [*plain, facts] if facts else plain


def _tax_body(tax: LineTax) -> list[object]:
    plain = [tax.code, tax.rate_millionths, tax.base, tax.amount]
    return plain if is_plain(tax) else [*plain, tax.unit_amount, int(tax.included)]


def _discount_body(discount: Discount) -> list[object]:
    return [discount.source.value, discount.id, discount.version, discount.name, discount.amount, discount.by]


def _detail_body(detail: LineDetail) -> list[object]:
    return [
        list(detail.serials),
        [detail.note, detail.price_source, detail.weight_source, detail.weight_reason, detail.expires],
        [detail.tare, detail.age_checked],
    ]


def moment_text(moment: datetime) -> str:
    """A moment as the MAC and the tables spell it: UTC to the millisecond, "2026-11-21T13:32:05.123Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
