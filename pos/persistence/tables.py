"""The tables as the program uses them. `migrations/` makes them; a test holds the two against each other.

Facts are append-only: triggers of the migration refuse UPDATE and DELETE on every table in `facts.FACTS`. Money is in
minor units, quantities in thousandths, rates in millionths, moments UTC text (ISO 8601, milliseconds, "Z").
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()
# STRICT tables on SQLite refuse a float or text in a column of integers; a server database does so by itself.
Whole = BigInteger().with_variant(Integer(), "sqlite")


def _table(name: str, *parts: Column[object] | CheckConstraint | Index | ForeignKeyConstraint | object) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)  # type: ignore[arg-type]


def _text(name: str, *parts: object, null: bool = False) -> Column[str]:
    return Column(name, Text, *parts, nullable=null)  # type: ignore[arg-type]


def _whole(name: str, *parts: object, null: bool = False) -> Column[int]:
    return Column(name, Whole, *parts, nullable=null)  # type: ignore[arg-type]


shop = _table(
    "shop",
    _whole("id", CheckConstraint("id = 1")),
    _text("shop_id"),
    _text("mode"),
    _text("created_at"),
    PrimaryKeyConstraint("id"),
)

shop_rules = _table(
    "shop_rules",
    _whole("version"),
    _text("starts_at"),
    _text("body"),
    _text("changed_by", null=True),
    PrimaryKeyConstraint("version"),
)

staff = _table(
    "staff",
    _text("id"),
    _text("name"),
    _text("role"),
    _text("language"),
    _text("pin_hash"),
    _whole("active", CheckConstraint("active IN (0, 1)")),
    _whole("wrong_pins", CheckConstraint("wrong_pins >= 0")),
    _text("locked_until", null=True),
    PrimaryKeyConstraint("id"),
)

item = _table(
    "item",
    _text("id"),
    _text("name"),
    _text("department"),
    _text("unit"),
    _whole("unit_price", CheckConstraint("unit_price >= 0")),
    _text("taxes"),
    _text("icon"),
    _whole("age", CheckConstraint("age >= 0")),
    _whole("serial", CheckConstraint("serial IN (0, 1)")),
    _whole("open_price", CheckConstraint("open_price IN (0, 1)")),
    _whole("final_sale", CheckConstraint("final_sale IN (0, 1)")),
    _whole("not_discountable", CheckConstraint("not_discountable IN (0, 1)")),
    _text("family"),
    _text("variant"),
    _text("flags"),
    _text("measure_code"),
    _text("picture"),
    _whole("content", CheckConstraint("content >= 0")),
    _text("content_unit"),
    _whole("stock_min", CheckConstraint("stock_min >= 0"), null=True),
    _whole("active", CheckConstraint("active IN (0, 1)")),
    _text("price_from"),
    _text("price_until"),
    PrimaryKeyConstraint("id"),
    Index("item_measure_code", "measure_code", sqlite_where=text("measure_code <> ''")),
    Index("item_family", "family", sqlite_where=text("family <> ''")),
    Index("item_unit_price", "unit_price"),
    Index("item_department", "department", "unit_price"),
)

item_price = _table(
    "item_price",
    _text("item", ForeignKey("item.id")),
    _whole("position", CheckConstraint("position >= 1")),
    _text("starts_at"),
    _whole("price", CheckConstraint("price >= 0")),
    _whole("workstation"),
    _whole("sequence"),
    PrimaryKeyConstraint("item", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

item_code = _table(
    "item_code",
    _text("code"),
    _text("item", ForeignKey("item.id")),
    PrimaryKeyConstraint("code"),
    Index("item_code_item", "item"),
)

basket = _table(
    "basket",
    _whole("workstation"),
    _text("body"),
    _text("saved_at"),
    PrimaryKeyConstraint("workstation"),
)

suspended_sale = _table(
    "suspended_sale",
    _text("id"),
    _whole("number", CheckConstraint("number >= 1")),
    _text("token"),
    _whole("workstation"),
    _text("operator", ForeignKey("staff.id")),
    _text("suspended_at"),
    _text("body"),
    _whole("total"),
    _whole("resumed_by", null=True),
    _text("resumed_at", null=True),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("number"),
    UniqueConstraint("token"),
    Index("suspended_sale_waiting", "resumed_at"),
)

reason_code = _table(
    "reason_code",
    _text("kind"),
    _whole("position", CheckConstraint("position >= 1")),
    _text("code"),
    _text("words"),
    PrimaryKeyConstraint("kind", "position"),
    UniqueConstraint("kind", "code"),
)

quick_key = _table(
    "quick_key",
    _whole("page", CheckConstraint("page >= 1")),
    _whole("position", CheckConstraint("position >= 0")),
    _text("kind", CheckConstraint("kind IN ('page', 'item', 'action')")),
    _text("target"),
    _text("label"),
    _text("colour"),
    _text("icon"),
    PrimaryKeyConstraint("page", "position"),
)

till_session = _table(
    "till_session",
    _text("id"),
    _whole("workstation"),
    _text("business_day"),
    _text("opened_at"),
    _text("opened_by", ForeignKey("staff.id")),
    _text("currency"),
    _whole("float", CheckConstraint('"float" >= 0')),
    PrimaryKeyConstraint("id"),
    Index("till_session_workstation", "workstation", "opened_at"),
)

retail_transaction = _table(
    "retail_transaction",
    _text("id"),
    _text("kind"),
    _text("store"),
    _whole("workstation"),
    _whole("number", CheckConstraint("number >= 1")),
    _text("at"),
    _whole("utc_offset_minutes"),
    _text("business_day"),
    _text("operator", ForeignKey("staff.id")),
    _text("till", ForeignKey("till_session.id")),
    _text("customer", null=True),
    _text("currency"),
    _whole("rules_version", ForeignKey("shop_rules.version")),
    _whole("prices_hold_tax", CheckConstraint("prices_hold_tax IN (0, 1)")),
    _text("token"),
    _whole("subtotal"),
    _whole("discount"),
    _whole("net"),
    _whole("tax"),
    _whole("total"),
    _whole("rounding"),
    _whole("paid"),
    _whole("change", CheckConstraint("change >= 0")),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("workstation", "number"),
    UniqueConstraint("token"),
    CheckConstraint("net + tax = total", name="retail_transaction_gross"),
    CheckConstraint("total + rounding = paid", name="retail_transaction_paid"),
    Index("retail_transaction_day", "business_day", "at", "id"),
    Index("retail_transaction_customer", "customer", "at", sqlite_where=text("customer IS NOT NULL")),
)

sale_line = _table(
    "sale_line",
    _text("transaction_id", ForeignKey("retail_transaction.id")),
    _whole("line"),
    _text("item"),
    _text("name"),
    _text("scanned"),
    _text("department"),
    _whole("quantity", CheckConstraint("quantity > 0")),
    _text("unit"),
    _whole("unit_price"),
    _whole("extended"),
    _whole("discount"),
    _whole("net"),
    _whole("tax"),
    _whole("total"),
    _text("operator", ForeignKey("staff.id")),
    PrimaryKeyConstraint("transaction_id", "line"),
    CheckConstraint("net + tax = total", name="sale_line_gross"),
)

sale_line_detail = _table(
    "sale_line_detail",
    _text("transaction_id"),
    _whole("line"),
    _text("serials"),
    _text("note"),
    _text("price_source"),
    _text("weight_source"),
    _text("weight_reason"),
    _whole("tare", CheckConstraint("tare >= 0")),
    _text("expires"),
    _whole("age_checked", CheckConstraint("age_checked >= 0")),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

sale_note = _table(
    "sale_note",
    _text("transaction_id", ForeignKey("retail_transaction.id")),
    _text("note", CheckConstraint("note <> ''")),
    PrimaryKeyConstraint("transaction_id"),
)

sale_line_tax = _table(
    "sale_line_tax",
    _text("transaction_id"),
    _whole("line"),
    _whole("position"),
    _text("code"),
    _whole("rate_millionths"),
    _whole("base"),
    _whole("amount"),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

tender_line = _table(
    "tender_line",
    _text("transaction_id", ForeignKey("retail_transaction.id")),
    _whole("tender"),
    _text("kind"),
    _whole("amount", CheckConstraint("amount >= 0")),
    PrimaryKeyConstraint("transaction_id", "tender"),
)

till_movement = _table(
    "till_movement",
    _text("till", ForeignKey("till_session.id")),
    _whole("workstation"),
    _whole("sequence"),
    _text("kind"),
    _whole("amount"),
    PrimaryKeyConstraint("workstation", "sequence"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

journal_entry = _table(
    "journal_entry",
    _whole("workstation"),
    _whole("sequence", CheckConstraint("sequence >= 1")),
    _text("kind"),
    _text("at"),
    _whole("utc_offset_minutes"),
    _text("operator", null=True),
    _text("subject", null=True),
    _text("payload"),
    _text("mac"),
    PrimaryKeyConstraint("workstation", "sequence"),
    Index("journal_entry_subject", "subject"),
)

ledger_entry = _table(
    "ledger_entry",
    _whole("workstation"),
    _whole("sequence"),
    _whole("leg"),
    _text("account"),
    _whole("amount", CheckConstraint("amount <> 0")),
    _text("currency"),
    PrimaryKeyConstraint("workstation", "sequence", "leg"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    # The accounts of customers alone: the others would cost every sale, and nobody asks for one of them.
    Index(
        "ledger_entry_house",
        "account",
        sqlite_where=text("account >= 'house_accounts:' AND account < 'house_accounts;'"),
    ),
)

stock_movement = _table(
    "stock_movement",
    _text("item"),
    _whole("workstation"),
    _whole("sequence"),
    _whole("position", CheckConstraint("position >= 1")),
    _text("disposition"),
    _text("kind"),
    _whole("quantity"),
    PrimaryKeyConstraint("item", "workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

stock = _table(
    "stock",
    _text("item"),
    _text("disposition"),
    _whole("on_hand"),
    PrimaryKeyConstraint("item", "disposition"),
)

paper_job = _table(
    "paper_job",
    _text("id"),
    _whole("workstation"),
    _text("transaction_id", ForeignKey("retail_transaction.id"), null=True),
    _text("document"),
    _text("language"),
    _whole("copy_number", CheckConstraint("copy_number >= 0")),
    _text("state"),
    _text("reason"),
    _whole("attempts"),
    _text("queued_at"),
    _text("changed_at"),
    _text("facts"),
    PrimaryKeyConstraint("id"),
    CheckConstraint("transaction_id IS NOT NULL OR facts <> ''", name="paper_job_subject"),
    Index("paper_job_waiting", "workstation", "state"),
    Index("paper_job_transaction", "transaction_id"),
)

gift_receipt = _table(
    "gift_receipt",
    _text("transaction_id", ForeignKey("retail_transaction.id")),
    _text("token"),
    _whole("workstation"),
    _whole("sequence"),
    PrimaryKeyConstraint("transaction_id"),
    UniqueConstraint("token"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
