"""What a tender says beside its kind and amount; cash, which says nothing, has no row here."""

from __future__ import annotations

from sqlalchemy import text

from pos.persistence.columns import check, index, primary_key, refers_by, table, text_column, whole_column

tender_detail = table(
    "tender_detail",
    text_column("transaction_id"),
    whole_column("tender"),
    text_column("id"),
    text_column("type"),
    text_column("reference"),
    whole_column("cash_back", check("cash_back >= 0")),
    text_column("account"),
    text_column("shown"),
    text_column("attempt"),
    whole_column("change", check("change IN (0, 1)")),
    primary_key("transaction_id", "tender"),
    refers_by(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    index("tender_detail_id", "id", unique=True, sqlite_where=text("id <> ''")),
    index("tender_detail_account", "account", sqlite_where=text("account <> ''")),
    # What a customer says of a card they paid with: its last four digits.
    index("tender_detail_ending", text("substr(shown, -4)"), sqlite_where=text("shown <> ''")),
    index("tender_detail_attempt", "attempt", unique=True, sqlite_where=text("attempt <> ''")),
)
