"""Customers: what is known of them may change and be forgotten; what their points did may not."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    text,
)

from pos.persistence.columns import table, text_column, whole_column

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
    whole_column("open_bad_check", CheckConstraint("open_bad_check IN (0, 1)")),
    whole_column("points", CheckConstraint("points >= 0")),
    whole_column("erased", CheckConstraint("erased IN (0, 1)")),
    whole_column("account_limit", CheckConstraint("account_limit >= 0"), null=True),
    PrimaryKeyConstraint("id"),
    Index("customer_card", "card", unique=True, sqlite_where=text("card <> ''")),
    Index("customer_plain", "plain", "id"),
    Index("customer_staff", "staff", sqlite_where=text("staff <> ''")),
)

customer_word = table(
    "customer_word",
    text_column("word", CheckConstraint("word <> ''")),
    text_column("customer", ForeignKey("customer.id")),
    PrimaryKeyConstraint("word", "customer"),
    Index("customer_word_customer", "customer"),
)

points_move = table(
    "points_move",
    text_column("customer", ForeignKey("customer.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("position", CheckConstraint("position >= 1")),
    text_column("kind"),
    whole_column("points", CheckConstraint("points <> 0")),
    PrimaryKeyConstraint("customer", "workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
