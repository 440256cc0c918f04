"""The tables as the program uses them. `migrations/` makes them; a test holds the two against each other.

Facts are append-only: triggers of the migration refuse UPDATE and DELETE on every table in `facts.FACTS`. Money is in
minor units, quantities in thousandths, rates in millionths, moments UTC text (ISO 8601, milliseconds, "Z").
"""

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

shop = table(
    "shop",
    whole_column("id", check("id = 1")),
    text_column("shop_id"),
    text_column("mode"),
    text_column("created_at"),
    primary_key("id"),
)

shop_rules = table(
    "shop_rules",
    whole_column("version"),
    text_column("starts_at"),
    text_column("body"),
    text_column("changed_by", null=True),
    primary_key("version"),
)

staff = table(
    "staff",
    text_column("id"),
    text_column("name"),
    text_column("role"),
    text_column("language"),
    text_column("pin_hash"),
    whole_column("active", check("active IN (0, 1)")),
    whole_column("wrong_pins", check("wrong_pins >= 0")),
    text_column("locked_until", null=True),
    primary_key("id"),
)

item = table(
    "item",
    text_column("id"),
    text_column("name"),
    text_column("department"),
    text_column("unit"),
    whole_column("unit_price", check("unit_price >= 0")),
    text_column("taxes"),
    text_column("icon"),
    whole_column("age", check("age >= 0")),
    whole_column("serial", check("serial IN (0, 1)")),
    whole_column("open_price", check("open_price IN (0, 1)")),
    whole_column("final_sale", check("final_sale IN (0, 1)")),
    whole_column("not_discountable", check("not_discountable IN (0, 1)")),
    text_column("family"),
    text_column("variant"),
    text_column("flags"),
    text_column("measure_code"),
    text_column("picture"),
    whole_column("content", check("content >= 0")),
    text_column("content_unit"),
    whole_column("stock_min", check("stock_min >= 0"), null=True),
    whole_column("active", check("active IN (0, 1)")),
    text_column("price_from"),
    text_column("price_until"),
    primary_key("id"),
    index("item_measure_code", "measure_code", sqlite_where=text("measure_code <> ''")),
    index("item_family", "family", sqlite_where=text("family <> ''")),
    index("item_icon", "id", sqlite_where=text("icon <> ''")),
    index("item_icon_department", "department", "id", sqlite_where=text("icon <> ''")),
    index("item_unit_price", "unit_price"),
    index("item_department", "department", "unit_price"),
)

item_price = table(
    "item_price",
    text_column("item", refers_to("item.id")),
    whole_column("position", check("position >= 1")),
    text_column("starts_at"),
    whole_column("price", check("price >= 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("item", "position"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

item_code = table(
    "item_code",
    text_column("code"),
    text_column("item", refers_to("item.id")),
    primary_key("code"),
    index("item_code_item", "item"),
)

basket = table(
    "basket",
    whole_column("workstation"),
    text_column("body"),
    text_column("saved_at"),
    primary_key("workstation"),
)

suspended_sale = table(
    "suspended_sale",
    text_column("id"),
    whole_column("number", check("number >= 1")),
    text_column("token"),
    whole_column("workstation"),
    text_column("operator", refers_to("staff.id")),
    text_column("suspended_at"),
    text_column("body"),
    whole_column("total"),
    whole_column("resumed_by", null=True),
    text_column("resumed_at", null=True),
    primary_key("id"),
    unique("number"),
    unique("token"),
    index("suspended_sale_waiting", "resumed_at"),
)

reason_code = table(
    "reason_code",
    text_column("kind"),
    whole_column("position", check("position >= 1")),
    text_column("code"),
    text_column("words"),
    primary_key("kind", "position"),
    unique("kind", "code"),
)

quick_key = table(
    "quick_key",
    whole_column("page", check("page >= 1")),
    whole_column("position", check("position >= 0")),
    text_column("kind", check("kind IN ('page', 'item', 'action')")),
    text_column("target"),
    text_column("label"),
    text_column("colour"),
    text_column("icon"),
    primary_key("page", "position"),
)

till_session = table(
    "till_session",
    text_column("id"),
    whole_column("workstation"),
    text_column("business_day"),
    text_column("opened_at"),
    text_column("opened_by", refers_to("staff.id")),
    text_column("currency"),
    whole_column("float", check('"float" >= 0')),
    primary_key("id"),
    index("till_session_workstation", "workstation", "opened_at"),
)

retail_transaction = table(
    "retail_transaction",
    text_column("id"),
    text_column("kind"),
    text_column("store"),
    whole_column("workstation"),
    whole_column("number", check("number >= 1")),
    text_column("at"),
    whole_column("utc_offset_minutes"),
    text_column("business_day"),
    text_column("operator", refers_to("staff.id")),
    text_column("till", refers_to("till_session.id")),
    text_column("customer", null=True),
    text_column("currency"),
    whole_column("rules_version", refers_to("shop_rules.version")),
    whole_column("prices_hold_tax", check("prices_hold_tax IN (0, 1)")),
    text_column("token"),
    whole_column("subtotal"),
    whole_column("discount"),
    whole_column("net"),
    whole_column("tax"),
    whole_column("total"),
    whole_column("rounding"),
    whole_column("paid"),
    whole_column("change", check("change >= 0")),
    primary_key("id"),
    unique("workstation", "number"),
    unique("token"),
    check("net + tax = total", name="retail_transaction_gross"),
    check("total + rounding = paid", name="retail_transaction_paid"),
    index("retail_transaction_day", "business_day", "at", "id"),
    index("retail_transaction_customer", "customer", "at", sqlite_where=text("customer IS NOT NULL")),
)

sale_line = table(
    "sale_line",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    whole_column("line"),
    text_column("item"),
    text_column("name"),
    text_column("scanned"),
    text_column("department"),
    whole_column("quantity", check("quantity > 0")),
    text_column("unit"),
    whole_column("unit_price"),
    whole_column("extended"),
    whole_column("discount"),
    whole_column("net"),
    whole_column("tax"),
    whole_column("total"),
    text_column("operator", refers_to("staff.id")),
    primary_key("transaction_id", "line"),
    check("net + tax = total", name="sale_line_gross"),
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
    whole_column("tare", check("tare >= 0")),
    text_column("expires"),
    whole_column("age_checked", check("age_checked >= 0")),
    primary_key("transaction_id", "line"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    # Several numbers stand in one cell, so a number is looked for in all of them: in these alone.
    index("sale_line_detail_serials", "serials", "transaction_id", "line", sqlite_where=text("serials <> ''")),
)

sale_note = table(
    "sale_note",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    text_column("note", check("note <> ''")),
    primary_key("transaction_id"),
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
    primary_key("transaction_id", "line", "position"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

tender_line = table(
    "tender_line",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    whole_column("tender"),
    text_column("kind"),
    whole_column("amount", check("amount >= 0")),
    primary_key("transaction_id", "tender"),
)

till_movement = table(
    "till_movement",
    text_column("till", refers_to("till_session.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    text_column("kind"),
    whole_column("amount"),
    primary_key("workstation", "sequence"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

journal_entry = table(
    "journal_entry",
    whole_column("workstation"),
    whole_column("sequence", check("sequence >= 1")),
    text_column("kind"),
    text_column("at"),
    whole_column("utc_offset_minutes"),
    text_column("operator", null=True),
    text_column("subject", null=True),
    text_column("payload"),
    text_column("mac"),
    primary_key("workstation", "sequence"),
    index("journal_entry_subject", "subject"),
    index("journal_entry_refused", "at", sqlite_where=text("kind = 'ReturnRefused'")),
)

ledger_entry = table(
    "ledger_entry",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("leg"),
    text_column("account"),
    whole_column("amount", check("amount <> 0")),
    text_column("currency"),
    primary_key("workstation", "sequence", "leg"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    # The accounts of customers alone: the others would cost every sale, and nobody asks for one of them.
    index(
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
    whole_column("position", check("position >= 1")),
    text_column("disposition"),
    text_column("kind"),
    whole_column("quantity"),
    primary_key("item", "workstation", "sequence", "position"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

stock = table(
    "stock",
    text_column("item"),
    text_column("disposition"),
    whole_column("on_hand"),
    primary_key("item", "disposition"),
)

paper_job = table(
    "paper_job",
    text_column("id"),
    whole_column("workstation"),
    text_column("transaction_id", refers_to("retail_transaction.id"), null=True),
    text_column("document"),
    text_column("language"),
    whole_column("copy_number", check("copy_number >= 0")),
    text_column("state"),
    text_column("reason"),
    whole_column("attempts"),
    text_column("queued_at"),
    text_column("changed_at"),
    text_column("facts"),
    primary_key("id"),
    check("transaction_id IS NOT NULL OR facts <> ''", name="paper_job_subject"),
    index("paper_job_waiting", "workstation", "state"),
    index("paper_job_transaction", "transaction_id"),
    index("paper_job_facts", "facts", sqlite_where=text("facts <> ''")),
)

gift_receipt = table(
    "gift_receipt",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    text_column("token"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id"),
    unique("token"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
