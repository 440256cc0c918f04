"""Goods that came back and money that went back, the terms lines were sold under, and the versions of the policy."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pos.persistence.tables import Whole, metadata


def _text(name: str, *parts: object) -> Column[str]:
    return Column(name, Text, *parts, nullable=False)  # type: ignore[arg-type]


def _whole(name: str, *parts: object) -> Column[int]:
    return Column(name, Whole, *parts, nullable=False)  # type: ignore[arg-type]


_BY_ENTRY = (["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"])

customer_return = Table(
    "customer_return",
    metadata,
    _text("id"),
    _text("store"),
    _whole("workstation"),
    _whole("number", CheckConstraint("number >= 1")),
    _text("token"),
    _text("at"),
    _whole("utc_offset_minutes"),
    _text("business_day"),
    _text("operator", ForeignKey("staff.id")),
    _text("till", ForeignKey("till_session.id")),
    _text("currency"),
    _text("customer"),
    # The identity of the sale, of this program's books or taken over; empty where none is known.
    _text("purchase"),
    _text("purchase_receipt"),
    _text("purchase_day"),
    _text("shown_by"),
    _text("id_kind"),
    _text("id_key"),
    _text("id_shown"),
    _text("policy"),
    _whole("policy_version"),
    _text("reason"),
    _whole("merchandise", CheckConstraint("merchandise >= 0")),
    _whole("tax"),
    _whole("fee", CheckConstraint("fee >= 0")),
    _whole("fee_tax"),
    # Less than nothing where more is made good than kept: what an earlier return had kept of a promotion.
    _whole("deducted"),
    _whole("rounding"),
    _whole("refund", CheckConstraint("refund >= 0")),
    _text("approval"),
    _text("approver"),
    _text("exchange"),
    _whole("sequence"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("workstation", "number"),
    UniqueConstraint("token"),
    ForeignKeyConstraint(*_BY_ENTRY),
    CheckConstraint("merchandise + tax - fee - fee_tax - deducted + rounding = refund", name="customer_return_refund"),
    CheckConstraint("(approver = '') = (approval = '')", name="customer_return_approval"),
    Index("customer_return_purchase", "purchase", sqlite_where=text("purchase <> ''")),
    Index("customer_return_day", "business_day", "at", "id"),
    Index("customer_return_customer", "customer", "at", sqlite_where=text("customer <> ''")),
    Index("customer_return_id_key", "id_key", "at", sqlite_where=text("id_key <> ''")),
    Index("customer_return_exchange", "exchange", unique=True, sqlite_where=text("exchange <> ''")),
    sqlite_strict=True,
)

return_line = Table(
    "return_line",
    metadata,
    _text("return_id", ForeignKey("customer_return.id")),
    _whole("place", CheckConstraint("place >= 0")),
    # The number of the line in the sale, 0 where none is known.
    _whole("line", CheckConstraint("line >= 0")),
    _text("item"),
    _text("name"),
    _whole("quantity", CheckConstraint("quantity > 0")),
    _text("unit"),
    _text("condition"),
    _text("reason"),
    _text("disposition"),
    _text("serial"),
    _whole("unit_price"),
    _whole("discount"),
    _whole("merchandise"),
    _whole("tax"),
    _whole("fee", CheckConstraint("fee >= 0")),
    _whole("fee_tax"),
    # What went out for it in an even exchange, and stands for the line of the sale; empty text where nothing did.
    _text("instead"),
    _text("instead_name"),
    _text("instead_serial"),
    _text("rules"),
    # Where the net of the line stands in the ledger: an account of sales, of deposits, of a card.
    _text("account"),
    PrimaryKeyConstraint("return_id", "place"),
    sqlite_strict=True,
)

return_line_tax = Table(
    "return_line_tax",
    metadata,
    _text("return_id"),
    _whole("place", CheckConstraint("place >= 0")),
    _whole("position", CheckConstraint("position >= 1")),
    _text("code"),
    _whole("rate_millionths"),
    _whole("base"),
    _whole("amount"),
    PrimaryKeyConstraint("return_id", "place", "position"),
    ForeignKeyConstraint(["return_id", "place"], ["return_line.return_id", "return_line.place"]),
    sqlite_strict=True,
)

return_deduction = Table(
    "return_deduction",
    metadata,
    _text("return_id", ForeignKey("customer_return.id")),
    # The line's place; -1 where it is of the whole return.
    _whole("place"),
    _whole("position"),
    _text("code"),
    _whole("amount", CheckConstraint("amount <> 0")),
    PrimaryKeyConstraint("return_id", "place", "position"),
    sqlite_strict=True,
)

refund_tender = Table(
    "refund_tender",
    metadata,
    _text("return_id", ForeignKey("customer_return.id")),
    _whole("tender", CheckConstraint("tender >= 1")),
    _text("kind"),
    _whole("amount", CheckConstraint("amount > 0")),
    # The number of the sale's tender it goes back to, 0 where there is none.
    _whole("of", CheckConstraint('"of" >= 0')),
    _text("type"),
    _text("card"),
    _text("account"),
    _text("attempt"),
    _text("token"),
    _text("method"),
    _text("id"),
    PrimaryKeyConstraint("return_id", "tender"),
    Index("refund_tender_attempt", "attempt", unique=True, sqlite_where=text("attempt <> ''")),
    Index("refund_tender_token", "token", sqlite_where=text("token <> ''")),
    Index("refund_tender_account", "account", sqlite_where=text("account <> ''")),
    sqlite_strict=True,
)

# What was agreed with a line when it was sold and policies ask for; lines that say nothing have no row.
sale_line_terms = Table(
    "sale_line_terms",
    metadata,
    _text("transaction_id"),
    _whole("line"),
    _whole("final_sale", CheckConstraint("final_sale IN (0, 1)")),
    _text("flags"),
    _text("family"),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    sqlite_strict=True,
)

return_policy_version = Table(
    "return_policy_version",
    metadata,
    _whole("version", CheckConstraint("version >= 1")),
    _text("starts"),
    _text("posted_since"),
    _text("body"),
    _text("changed_by"),
    _whole("workstation"),
    _whole("sequence"),
    PrimaryKeyConstraint("version"),
    ForeignKeyConstraint(*_BY_ENTRY),
    sqlite_strict=True,
)
