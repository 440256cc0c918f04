"""The tables as the program uses them. `migrations/` makes them; a test holds the two against each other.

Facts are append-only: triggers of the migration refuse UPDATE and DELETE on every table in `facts.FACTS`. Money is in
minor units, quantities in thousandths, rates in millionths, moments UTC text (ISO 8601, milliseconds, "Z").
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)

from pos.persistence.columns import table, text_column, whole_column

shop = table(
    "shop",
    whole_column("id", CheckConstraint("id = 1")),
    text_column("shop_id"),
    text_column("mode"),
    text_column("created_at"),
    PrimaryKeyConstraint("id"),
)

shop_rules = table(
    "shop_rules",
    whole_column("version"),
    text_column("starts_at"),
    text_column("body"),
    text_column("changed_by", null=True),
    PrimaryKeyConstraint("version"),
)

staff = table(
    "staff",
    text_column("id"),
    text_column("name"),
    text_column("role"),
    text_column("language"),
    text_column("pin_hash"),
    whole_column("active", CheckConstraint("active IN (0, 1)")),
    whole_column("wrong_pins", CheckConstraint("wrong_pins >= 0")),
    text_column("locked_until", null=True),
    PrimaryKeyConstraint("id"),
)

item = table(
    "item",
    text_column("id"),
    text_column("name"),
    text_column("department"),
    text_column("unit"),
    whole_column("unit_price", CheckConstraint("unit_price >= 0")),
    text_column("taxes"),
    text_column("icon"),
    whole_column("age", CheckConstraint("age >= 0")),
    whole_column("serial", CheckConstraint("serial IN (0, 1)")),
    whole_column("open_price", CheckConstraint("open_price IN (0, 1)")),
    whole_column("final_sale", CheckConstraint("final_sale IN (0, 1)")),
    whole_column("not_discountable", CheckConstraint("not_discountable IN (0, 1)")),
    text_column("family"),
    text_column("variant"),
    text_column("flags"),
    text_column("measure_code"),
    text_column("picture"),
    whole_column("content", CheckConstraint("content >= 0")),
    text_column("content_unit"),
    whole_column("stock_min", CheckConstraint("stock_min >= 0"), null=True),
    whole_column("active", CheckConstraint("active IN (0, 1)")),
    text_column("price_from"),
    text_column("price_until"),
    PrimaryKeyConstraint("id"),
    Index("item_measure_code", "measure_code", sqlite_where=text("measure_code <> ''")),
    Index("item_family", "family", sqlite_where=text("family <> ''")),
    Index("item_icon", "id", sqlite_where=text("icon <> ''")),
    Index("item_icon_department", "department", "id", sqlite_where=text("icon <> ''")),
    Index("item_unit_price", "unit_price"),
    Index("item_department", "department", "unit_price"),
)

item_price = table(
    "item_price",
    text_column("item", ForeignKey("item.id")),
    whole_column("position", CheckConstraint("position >= 1")),
    text_column("starts_at"),
    whole_column("price", CheckConstraint("price >= 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("item", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

item_code = table(
    "item_code",
    text_column("code"),
    text_column("item", ForeignKey("item.id")),
    PrimaryKeyConstraint("code"),
    Index("item_code_item", "item"),
)

basket = table(
    "basket",
    whole_column("workstation"),
    text_column("body"),
    text_column("saved_at"),
    PrimaryKeyConstraint("workstation"),
)

suspended_sale = table(
    "suspended_sale",
    text_column("id"),
    whole_column("number", CheckConstraint("number >= 1")),
    text_column("token"),
    whole_column("workstation"),
    text_column("operator", ForeignKey("staff.id")),
    text_column("suspended_at"),
    text_column("body"),
    whole_column("total"),
    whole_column("resumed_by", null=True),
    text_column("resumed_at", null=True),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("number"),
    UniqueConstraint("token"),
    Index("suspended_sale_waiting", "resumed_at"),
)

reason_code = table(
    "reason_code",
    text_column("kind"),
    whole_column("position", CheckConstraint("position >= 1")),
    text_column("code"),
    text_column("words"),
    PrimaryKeyConstraint("kind", "position"),
    UniqueConstraint("kind", "code"),
)

quick_key = table(
    "quick_key",
    whole_column("page", CheckConstraint("page >= 1")),
    whole_column("position", CheckConstraint("position >= 0")),
    text_column("kind", CheckConstraint("kind IN ('page', 'item', 'action')")),
    text_column("target"),
    text_column("label"),
    text_column("colour"),
    text_column("icon"),
    PrimaryKeyConstraint("page", "position"),
)

till_session = table(
    "till_session",
    text_column("id"),
    whole_column("workstation"),
    text_column("business_day"),
    text_column("opened_at"),
    text_column("opened_by", ForeignKey("staff.id")),
    text_column("currency"),
    whole_column("float", CheckConstraint('"float" >= 0')),
    PrimaryKeyConstraint("id"),
    Index("till_session_workstation", "workstation", "opened_at"),
)

retail_transaction = table(
    "retail_transaction",
    text_column("id"),
    text_column("kind"),
    text_column("store"),
    whole_column("workstation"),
    whole_column("number", CheckConstraint("number >= 1")),
    text_column("at"),
    whole_column("utc_offset_minutes"),
    text_column("business_day"),
    text_column("operator", ForeignKey("staff.id")),
    text_column("till", ForeignKey("till_session.id")),
    text_column("customer", null=True),
    text_column("currency"),
    whole_column("rules_version", ForeignKey("shop_rules.version")),
    whole_column("prices_hold_tax", CheckConstraint("prices_hold_tax IN (0, 1)")),
    text_column("token"),
    whole_column("subtotal"),
    whole_column("discount"),
    whole_column("net"),
    whole_column("tax"),
    whole_column("total"),
    whole_column("rounding"),
    whole_column("paid"),
    whole_column("change", CheckConstraint("change >= 0")),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("workstation", "number"),
    UniqueConstraint("token"),
    CheckConstraint("net + tax = total", name="retail_transaction_gross"),
    CheckConstraint("total + rounding = paid", name="retail_transaction_paid"),
    Index("retail_transaction_day", "business_day", "at", "id"),
    Index("retail_transaction_customer", "customer", "at", sqlite_where=text("customer IS NOT NULL")),
)

sale_line = table(
    "sale_line",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    whole_column("line"),
    text_column("item"),
    text_column("name"),
    text_column("scanned"),
    text_column("department"),
    whole_column("quantity", CheckConstraint("quantity > 0")),
    text_column("unit"),
    whole_column("unit_price"),
    whole_column("extended"),
    whole_column("discount"),
    whole_column("net"),
    whole_column("tax"),
    whole_column("total"),
    text_column("operator", ForeignKey("staff.id")),
    PrimaryKeyConstraint("transaction_id", "line"),
    CheckConstraint("net + tax = total", name="sale_line_gross"),
)

sale_line_detail = table(
    "sale_line_detail",
    text_column("transaction_id"),
    whole_column("line"),
    text_column("serials"),
    text_column("note"),
    text_column("price_source"),
    text_column("weight_source"),
    text_column("weight_reason"),
    whole_column("tare", CheckConstraint("tare >= 0")),
    text_column("expires"),
    whole_column("age_checked", CheckConstraint("age_checked >= 0")),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

sale_note = table(
    "sale_note",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    text_column("note", CheckConstraint("note <> ''")),
    PrimaryKeyConstraint("transaction_id"),
)

sale_line_tax = table(
    "sale_line_tax",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("position"),
    text_column("code"),
    whole_column("rate_millionths"),
    whole_column("base"),
    whole_column("amount"),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

tender_line = table(
    "tender_line",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    whole_column("tender"),
    text_column("kind"),
    whole_column("amount", CheckConstraint("amount >= 0")),
    PrimaryKeyConstraint("transaction_id", "tender"),
)

till_movement = table(
    "till_movement",
    text_column("till", ForeignKey("till_session.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    text_column("kind"),
    whole_column("amount"),
    PrimaryKeyConstraint("workstation", "sequence"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

journal_entry = table(
    "journal_entry",
    whole_column("workstation"),
    whole_column("sequence", CheckConstraint("sequence >= 1")),
    text_column("kind"),
    text_column("at"),
    whole_column("utc_offset_minutes"),
    text_column("operator", null=True),
    text_column("subject", null=True),
    text_column("payload"),
    text_column("mac"),
    PrimaryKeyConstraint("workstation", "sequence"),
    Index("journal_entry_subject", "subject"),
    Index("journal_entry_refused", "at", sqlite_where=text("kind = 'ReturnRefused'")),
)

ledger_entry = table(
    "ledger_entry",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("leg"),
    text_column("account"),
    whole_column("amount", CheckConstraint("amount <> 0")),
    text_column("currency"),
    PrimaryKeyConstraint("workstation", "sequence", "leg"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    # The accounts of customers alone: the others would cost every sale, and nobody asks for one of them.
    Index(
        "ledger_entry_house",
        "account",
        sqlite_where=text("account >= 'house_accounts:' AND account < 'house_accounts;'"),
    ),
)

stock_movement = table(
    "stock_movement",
    text_column("item"),
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("position", CheckConstraint("position >= 1")),
    text_column("disposition"),
    text_column("kind"),
    whole_column("quantity"),
    PrimaryKeyConstraint("item", "workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

stock = table(
    "stock",
    text_column("item"),
    text_column("disposition"),
    whole_column("on_hand"),
    PrimaryKeyConstraint("item", "disposition"),
)

paper_job = table(
    "paper_job",
    text_column("id"),
    whole_column("workstation"),
    text_column("transaction_id", ForeignKey("retail_transaction.id"), null=True),
    text_column("document"),
    text_column("language"),
    whole_column("copy_number", CheckConstraint("copy_number >= 0")),
    text_column("state"),
    text_column("reason"),
    whole_column("attempts"),
    text_column("queued_at"),
    text_column("changed_at"),
    text_column("facts"),
    PrimaryKeyConstraint("id"),
    CheckConstraint("transaction_id IS NOT NULL OR facts <> ''", name="paper_job_subject"),
    Index("paper_job_waiting", "workstation", "state"),
    Index("paper_job_transaction", "transaction_id"),
)

gift_receipt = table(
    "gift_receipt",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    text_column("token"),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id"),
    UniqueConstraint("token"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
