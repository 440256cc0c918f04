"""Goods that came back and money that went back, and the versions of the policy."""

from __future__ import annotations

from sqlalchemy import text

from pos.persistence.columns import (
    check,
    index,
    primary_key,
    refers_by,
    refers_to,
    table,
    text_column,
    unique,
    whole_column,
)

_BY_ENTRY = (["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"])

customer_return = table(
    "customer_return",
    text_column("id"),
    text_column("store"),
    whole_column("workstation"),
    whole_column("number", check("number >= 1")),
    text_column("token"),
    text_column("at"),
    whole_column("utc_offset_minutes"),
    text_column("business_day"),
    text_column("operator", refers_to("staff.id")),
    text_column("till", refers_to("till_session.id")),
    text_column("currency"),
    text_column("customer"),
    # The identity of the sale, of this program's books or taken over; empty where none is known.
    text_column("purchase"),
    text_column("purchase_receipt"),
    text_column("purchase_day"),
    text_column("shown_by"),
    text_column("id_kind"),
    text_column("id_key"),
    text_column("id_shown"),
    text_column("policy"),
    whole_column("policy_version"),
    text_column("reason"),
    whole_column("merchandise", check("merchandise >= 0")),
    whole_column("tax"),
    whole_column("fee", check("fee >= 0")),
    whole_column("fee_tax"),
    # Less than nothing where more is made good than kept: what an earlier return had kept of a promotion.
    whole_column("deducted"),
    whole_column("rounding"),
    whole_column("refund", check("refund >= 0")),
    text_column("approval"),
    text_column("approver"),
    text_column("exchange"),
    whole_column("sequence"),
    primary_key("id"),
    unique("workstation", "number"),
    unique("token"),
    refers_by(*_BY_ENTRY),
    check("merchandise + tax - fee - fee_tax - deducted + rounding = refund", name="customer_return_refund"),
    check("(approver = '') = (approval = '')", name="customer_return_approval"),
    index("customer_return_purchase", "purchase", sqlite_where=text("purchase <> ''")),
    index("customer_return_day", "business_day", "at", "id"),
    index("customer_return_customer", "customer", "at", sqlite_where=text("customer <> ''")),
    index("customer_return_id_key", "id_key", "at", sqlite_where=text("id_key <> ''")),
    index("customer_return_exchange", "exchange", unique=True, sqlite_where=text("exchange <> ''")),
)

return_line = table(
    "return_line",
    text_column("return_id", refers_to("customer_return.id")),
    whole_column("place", check("place >= 0")),
    # The number of the line in the sale, 0 where none is known.
    whole_column("line", check("line >= 0")),
    text_column("item"),
    text_column("name"),
    whole_column("quantity", check("quantity > 0")),
    text_column("unit"),
    text_column("condition"),
    text_column("reason"),
    text_column("disposition"),
    text_column("serial"),
    whole_column("unit_price"),
    whole_column("discount"),
    whole_column("merchandise"),
    whole_column("tax"),
    whole_column("fee", check("fee >= 0")),
    whole_column("fee_tax"),
    # What went out for it in an even exchange, and stands for the line of the sale; empty text where nothing did.
    text_column("instead"),
    text_column("instead_name"),
    text_column("instead_serial"),
    text_column("rules"),
    # Where the net of the line stands in the ledger: an account of sales, of deposits, of a card.
    text_column("account"),
    primary_key("return_id", "place"),
    index("return_line_serial", "item", sqlite_where=text("serial <> ''")),
    index("return_line_instead", "instead", sqlite_where=text("instead_serial <> ''")),
)

return_line_tax = table(
    "return_line_tax",
    text_column("return_id"),
    whole_column("place", check("place >= 0")),
    whole_column("position", check("position >= 1")),
    text_column("code"),
    whole_column("rate_millionths"),
    whole_column("base"),
    whole_column("amount"),
    primary_key("return_id", "place", "position"),
    refers_by(["return_id", "place"], ["return_line.return_id", "return_line.place"]),
)

return_deduction = table(
    "return_deduction",
    text_column("return_id", refers_to("customer_return.id")),
    # The line's place; -1 where it is of the whole return.
    whole_column("place"),
    whole_column("position"),
    text_column("code"),
    whole_column("amount", check("amount <> 0")),
    primary_key("return_id", "place", "position"),
)

refund_tender = table(
    "refund_tender",
    text_column("return_id", refers_to("customer_return.id")),
    whole_column("tender", check("tender >= 1")),
    text_column("kind"),
    whole_column("amount", check("amount > 0")),
    # The number of the sale's tender it goes back to, 0 where there is none.
    whole_column("of", check('"of" >= 0')),
    text_column("type"),
    text_column("card"),
    text_column("account"),
    text_column("attempt"),
    text_column("token"),
    text_column("method"),
    text_column("id"),
    primary_key("return_id", "tender"),
    index("refund_tender_attempt", "attempt", unique=True, sqlite_where=text("attempt <> ''")),
    index("refund_tender_token", "token", sqlite_where=text("token <> ''")),
    index("refund_tender_account", "account", sqlite_where=text("account <> ''")),
)

return_policy_version = table(
    "return_policy_version",
    whole_column("version", check("version >= 1")),
    text_column("starts"),
    text_column("posted_since"),
    text_column("body"),
    text_column("changed_by"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("version"),
    refers_by(*_BY_ENTRY),
)

# The key is the promise: money a card did not take goes out another way once.
refund_instead = table(
    "refund_instead",
    text_column("return_id"),
    whole_column("tender"),
    text_column("kind", check("kind IN ('store_credit', 'cash', 'mailed_check')")),
    whole_column("failed", check("failed > 0")),
    whole_column("amount", check("amount > 0")),
    text_column("attempt", refers_to("payment_attempt.id")),
    text_column("till", refers_to("till_session.id")),
    text_column("account"),
    text_column("card"),
    text_column("approval"),
    text_column("approver"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("return_id", "tender"),
    refers_by(["return_id", "tender"], ["refund_tender.return_id", "refund_tender.tender"]),
    refers_by(*_BY_ENTRY),
    check("(approver = '') = (approval = '')", name="refund_instead_approval"),
    check("kind = 'cash' OR amount = failed", name="refund_instead_amount"),
)
