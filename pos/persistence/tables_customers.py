"""Customers: what is known of them may change and be forgotten; what their points did may not."""

from __future__ import annotations

from sqlalchemy import text

from pos.persistence.columns import check, index, primary_key, refers_by, refers_to, table, text_column, whole_column

customer = table(
    "customer",
    text_column("id"),
    text_column("name"),
    text_column("plain"),
    text_column("phone"),
    text_column("email"),
    text_column("card"),
    text_column("grouped"),
    text_column("tier"),
    text_column("tax_exempt"),
    text_column("language"),
    text_column("note"),
    text_column("staff"),
    whole_column("open_bad_check", check("open_bad_check IN (0, 1)")),
    whole_column("points", check("points >= 0")),
    whole_column("erased", check("erased IN (0, 1)")),
    whole_column("account_limit", check("account_limit >= 0"), null=True),
    primary_key("id"),
    index("customer_card", "card", unique=True, sqlite_where=text("card <> ''")),
    index("customer_plain", "plain", "id"),
    index("customer_staff", "staff", sqlite_where=text("staff <> ''")),
)

customer_word = table(
    "customer_word",
    text_column("word", check("word <> ''")),
    text_column("customer", refers_to("customer.id")),
    primary_key("word", "customer"),
    index("customer_word_customer", "customer"),
)

points_move = table(
    "points_move",
    text_column("customer", refers_to("customer.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("position", check("position >= 1")),
    text_column("kind"),
    whole_column("points", check("points <> 0")),
    primary_key("customer", "workstation", "sequence", "position"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
