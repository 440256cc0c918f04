"""Customers: what is known of them may change and be forgotten; what their points did may not."""

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
    text,
)

from pos.persistence.tables import Whole, metadata

customer = Table(
    "customer",
    metadata,
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("plain", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("grouped", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("tax_exempt", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("open_bad_check", Whole, CheckConstraint("open_bad_check IN (0, 1)"), nullable=False),
    Column("points", Whole, CheckConstraint("points >= 0"), nullable=False),
    Column("erased", Whole, CheckConstraint("erased IN (0, 1)"), nullable=False),
    Column("account_limit", Whole, CheckConstraint("account_limit >= 0"), nullable=True),
    PrimaryKeyConstraint("id"),
    Index("customer_card", "card", unique=True, sqlite_where=text("card <> ''")),
    Index("customer_plain", "plain", "id"),
    Index("customer_staff", "staff", sqlite_where=text("staff <> ''")),
    sqlite_strict=True,
)

customer_word = Table(
    "customer_word",
    metadata,
    Column("word", Text, CheckConstraint("word <> ''"), nullable=False),
    Column("customer", Text, ForeignKey("customer.id"), nullable=False),
    PrimaryKeyConstraint("word", "customer"),
    Index("customer_word_customer", "customer"),
    sqlite_strict=True,
)

points_move = Table(
    "points_move",
    metadata,
    Column("customer", Text, ForeignKey("customer.id"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("position", Whole, CheckConstraint("position >= 1"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("points", Whole, CheckConstraint("points <> 0"), nullable=False),
    PrimaryKeyConstraint("customer", "workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    sqlite_strict=True,
)
