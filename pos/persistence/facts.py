"""Which tables hold facts: what may never be changed or removed once it is written."""

from __future__ import annotations

from pos.persistence.tables import (
    gift_receipt,
    item_price,
    journal_entry,
    ledger_entry,
    retail_transaction,
    sale_line,
    sale_line_detail,
    sale_line_tax,
    sale_note,
    shop,
    shop_rules,
    stock_movement,
    tender_line,
    till_movement,
    till_session,
)
from pos.persistence.tables_after_sale import post_void, tender_correction
from pos.persistence.tables_approvals import approval, approval_end, approval_request
from pos.persistence.tables_cards import payment_attempt, payment_outcome
from pos.persistence.tables_checks import check_deposit, returned_check, returned_check_settled, tender_check
from pos.persistence.tables_customers import points_move
from pos.persistence.tables_deposits import item_quantity_price, sale_line_container
from pos.persistence.tables_discounts import sale_line_discount, sale_line_override
from pos.persistence.tables_gift_cards import gift_card, gift_card_entry, sale_line_stored
from pos.persistence.tables_policy_cases import policy_case, policy_case_removed
from pos.persistence.tables_promotions import coupon_use, promotion_version
from pos.persistence.tables_returns import (
    customer_return,
    refund_instead,
    refund_tender,
    return_deduction,
    return_line,
    return_line_tax,
    return_policy_version,
)
from pos.persistence.tables_rights import role_rules
from pos.persistence.tables_suggestions import suggestion_made
from pos.persistence.tables_taken_over import (
    taken_over_line,
    taken_over_return,
    taken_over_return_line,
    taken_over_return_tender,
    taken_over_sale,
    taken_over_serial,
    taken_over_tender,
)
from pos.persistence.tables_taxes import sale_exemption, sale_line_tax_detail, tax_document
from pos.persistence.tables_tenders import tender_detail
from pos.persistence.tables_terms import sale_line_terms
from pos.persistence.tables_tills import till_close, till_count, till_report

FACTS = (
    shop,
    shop_rules,
    item_price,
    item_quantity_price,
    till_session,
    retail_transaction,
    sale_line,
    sale_line_tax,
    sale_line_tax_detail,
    sale_line_detail,
    sale_line_discount,
    sale_line_override,
    sale_line_container,
    sale_line_stored,
    sale_note,
    sale_exemption,
    tender_line,
    tender_detail,
    tender_check,
    check_deposit,
    returned_check,
    returned_check_settled,
    till_movement,
    journal_entry,
    ledger_entry,
    gift_receipt,
    tax_document,
    stock_movement,
    points_move,
    role_rules,
    approval_request,
    approval,
    approval_end,
    suggestion_made,
    promotion_version,
    coupon_use,
    gift_card,
    gift_card_entry,
    payment_attempt,
    payment_outcome,
    till_count,
    till_close,
    till_report,
    post_void,
    tender_correction,
    taken_over_sale,
    taken_over_line,
    taken_over_serial,
    taken_over_tender,
    taken_over_return,
    taken_over_return_line,
    taken_over_return_tender,
    sale_line_terms,
    customer_return,
    return_line,
    return_line_tax,
    return_deduction,
    refund_tender,
    refund_instead,
    return_policy_version,
    policy_case,
    policy_case_removed,
)
