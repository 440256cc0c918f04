"""The tables of a first sale, and the triggers that keep facts as they were written."""

from __future__ import annotations

from alembic import op
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
)

revision = "0001"
down_revision = None

FACTS = (
    "shop",
    "shop_rules",
    "till_session",
    "retail_transaction",
    "sale_line",
    "sale_line_tax",
    "tender_line",
    "till_movement",
    "journal_entry",
    "ledger_entry",
)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
    for table in FACTS:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


metadata = MetaData()
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
    PrimaryKeyConstraint("id"),
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
)

paper_job = _table(
    "paper_job",
    _text("id"),
    _whole("workstation"),
    _text("transaction_id", ForeignKey("retail_transaction.id")),
    _text("document"),
    _text("language"),
    _whole("copy_number", CheckConstraint("copy_number >= 0")),
    _text("state"),
    _text("reason"),
    _whole("attempts"),
    _text("queued_at"),
    _text("changed_at"),
    PrimaryKeyConstraint("id"),
    Index("paper_job_waiting", "workstation", "state"),
)
