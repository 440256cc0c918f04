"""What the figures of a day report are called in a script."""

from __future__ import annotations

from pos.domain.till import BY_HAND, MovementKind

TALLIES = (
    "copies", "training", "returns", "discounts", "reductions", "voided_lines", "unfinished", "suspended", "unknown",
    "post_voids", "corrections",
    "stored", "checks", "kept",
)  # fmt: skip
MOVES = tuple(
    kind.value for kind in (*BY_HAND, MovementKind.CASH_BACK, MovementKind.CASH_OUT, MovementKind.CHECK_SETTLED)
)
AMOUNTS = ("net", "tax", "rounding", "refund_rounding", "grand_sales", "grand_returns", "grand_net", "expected")
AT_THE_END = ("counted", "over_short", "next_float", "deposit")
HEAD = ("number", "register", "till", "business_day", "sales", "receipts", "float")
BY_NAME = ("departments", "taxes", "tenders", "refunds")
COUNTS = ("goods", "services", "drawer_openings", "no_sales")
