"""The papers a script may print, by name."""

from __future__ import annotations

from pos.services.card_slips import CARD_SLIP
from pos.services.gift_card_slips import GIFT_CARD_SLIP, STORE_CREDIT_SLIP
from pos.services.papers import (
    DEPOSIT_SLIP,
    GIFT_RECEIPT,
    POST_VOID,
    SALE_RECEIPT,
    SUSPENDED_SLIP,
    TAX_DOCUMENT,
    TILL_SLIP,
    X_REPORT,
    Z_REPORT,
)
from receipts.paper.refusal_note import REFUSAL_NOTE
from receipts.paper.return_receipt import (
    CLAIM_PROTOCOL,
    DISPOSITION_TAG,
    EXCEPTION_FORM,
    EXCHANGE_RECEIPT,
    MAIL_CHECK_REQUEST,
    REFUND_SLIP,
    RETURN_RECEIPT,
    STORE_CREDIT_COPY,
    STORE_SLIP,
    VENDOR_RETURN,
)

TILL_PAPERS = (TILL_SLIP, X_REPORT, Z_REPORT, DEPOSIT_SLIP)
PAPERS = (
    SALE_RECEIPT,
    POST_VOID,
    GIFT_RECEIPT,
    SUSPENDED_SLIP,
    TAX_DOCUMENT,
    GIFT_CARD_SLIP,
    STORE_CREDIT_SLIP,
    CARD_SLIP,
    RETURN_RECEIPT,
    EXCHANGE_RECEIPT,
    STORE_SLIP,
    STORE_CREDIT_COPY,
    EXCEPTION_FORM,
    DISPOSITION_TAG,
    VENDOR_RETURN,
    CLAIM_PROTOCOL,
    MAIL_CHECK_REQUEST,
    REFUND_SLIP,
    REFUSAL_NOTE,
    *TILL_PAPERS,
)
