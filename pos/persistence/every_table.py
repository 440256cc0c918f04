"""Every table there is: who holds a database against what the program knows asks here, not of what is loaded yet."""

from __future__ import annotations

from sqlalchemy import DDL, event

from pos.late_rooms import load
from pos.persistence import (
    tables,
    tables_after_sale,
    tables_approvals,
    tables_badges,
    tables_cards,
    tables_checks,
    tables_customers,
    tables_deposits,
    tables_discounts,
    tables_gift_cards,
    tables_imports,
    tables_policy_cases,
    tables_promotions,
    tables_returns,
    tables_rights,
    tables_search,
    tables_signatures,
    tables_suggestions,
    tables_taken_over,
    tables_taxes,
    tables_tenders,
    tables_terms,
    tables_tills,
)
from pos.persistence.columns import whole_tables

_MODULES = (
    tables,
    tables_after_sale,
    tables_approvals,
    tables_badges,
    tables_cards,
    tables_checks,
    tables_customers,
    tables_deposits,
    tables_discounts,
    tables_gift_cards,
    tables_imports,
    tables_policy_cases,
    tables_promotions,
    tables_returns,
    tables_rights,
    tables_search,
    tables_signatures,
    tables_suggestions,
    tables_taken_over,
    tables_taxes,
    tables_tenders,
    tables_terms,
    tables_tills,
)
# One that waits to be loaded has declared nothing yet.
load(module.__name__ for module in _MODULES)
metadata = whole_tables()
for _sql in (*tables_search.INDEXES.values(), *tables_search.TRIGGERS.values()):
    event.listen(metadata, "after_create", DDL(_sql.replace("%", "%%")))  # type: ignore[no-untyped-call]
