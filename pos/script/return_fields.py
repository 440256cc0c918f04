"""The fields a return or an exchange may be expected to have."""

from __future__ import annotations

from typing import Any

_DEDUCTION = dict.fromkeys(("code", "amount"))
_REASON: dict[str, Any] = dict.fromkeys(
    ("code", "line", "effect", "overridable", "rule", "value", "limit", "remaining", "from", "text")
)
_REASON |= {"customer_text": None, "remedy": None, "change": None}
_LINE: dict[str, Any] = {
    **dict.fromkeys(("line", "item", "qty", "decision", "merchandise", "tax", "fee", "fee_tax", "disposition")),
    "reasons": [_REASON],
    "deductions": [_DEDUCTION],
}
_TENDER = dict.fromkeys(("kind", "amount", "of", "type", "card", "number", "method", "state"))
_AMOUNTS: dict[str, Any] = {
    **dict.fromkeys(("merchandise", "tax", "fee", "fee_tax", "rounding", "refund")),
    "lines": [_LINE],
    "deductions": [_DEDUCTION],
    "tenders": [_TENDER],
}
RETURNED: dict[str, Any] = {
    **_AMOUNTS,
    **dict.fromkeys(("decision", "exchange", "claim", "documents", "receipt")),
    "reasons": [_REASON],
    "if_approved": _AMOUNTS,
    "signals": [
        {
            **dict.fromkeys(("code", "about", "days", "count", "amount", "minutes", "serial")),
            **dict.fromkeys(("since", "purchases", "spent")),
            "usual": dict.fromkeys(("count", "of")),
        }
    ],
    "approvals_needed": [
        {
            **dict.fromkeys(("code", "line", "role", "value", "limit", "recommended")),
            "options": [dict.fromkeys(("option", "refund"))],
        }
    ],
    "remaining": {"lines": [dict.fromkeys(("line", "qty"))], "tenders": [dict.fromkeys(("tender", "amount"))]},
}


def exchanged(sale_line: dict[str, Any]) -> dict[str, Any]:
    """Those of an exchange; its new lines are lines of a sale, its tenders either way."""
    return {
        **RETURNED,
        "tenders": [{**_TENDER, **dict.fromkeys(("tender", "cash_back", "code"))}],
        "new_lines": [sale_line],
        **dict.fromkeys(("returned_value", "new_value", "net_due", "change")),
    }
