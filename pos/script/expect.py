"""What may be expected of each step and of the end: a misspelt field is an error, never a comparison that holds."""

from __future__ import annotations

from collections.abc import Mapping

from pos.script.fields import unknown_key
from pos.script.read import Fields, Node, Rows, ScriptError, Text
from pos.script.return_fields import RETURNED, exchanged
from pos.script.till_fields import AMOUNTS, AT_THE_END, BY_NAME, COUNTS, HEAD, TALLIES
from pos.script.till_fields import MOVES as REPORT_MOVES
from pos.script.till_steps import MOVES
from pos.wording import N_

# A part of a result: a map of known fields, a list of one such part, or None for what is compared as it stands.
Shape = Mapping[str, "Shape"] | list["Shape"] | None
MORE = "..."

_REFUSED: dict[str, Shape] = {"refused": None, "text": None, "line": None, "died": None}
_LINE: dict[str, Shape] = dict.fromkeys(
    (
        "line",
        "item",
        "deposit_of",
        "qty",
        "unit_price",
        "extended",
        "discount",
        "net",
        "tax",
        "taxes",
        "total",
        "promotions",
    )
)
_TENDER: dict[str, Shape] = dict.fromkeys(("tender", "kind", "amount", "card", "cash_back", "state", "code"))
_SALE: dict[str, Shape] = {
    **dict.fromkeys(
        ("state", "receipt", "subtotal", "discount", "net", "tax", "taxes", "total", "rounding", "paid", "change")
    ),
    "due": None,
    "points": dict.fromkeys(("earned", "spent", "balance")),
    "suggested": None,
    "lines": [_LINE],
    "tenders": [_TENDER],
    "warnings": [dict.fromkeys(("code", "line", "text"))],
}
_COUNT: dict[str, Shape] = dict.fromkeys(("expected", "counted", "over_short"))
_CLOSE: dict[str, Shape] = {
    **_COUNT,
    **dict.fromkeys(("till", "next_float", "deposit", "number")),
    "carried": [dict.fromkeys(("kind", "receipt", "amount"))],
    "checks": [dict.fromkeys(("receipt", "number", "amount"))],
}
_REPORT: dict[str, Shape] = {
    **dict.fromkeys((*HEAD, *AMOUNTS, *COUNTS, *REPORT_MOVES, *AT_THE_END, *BY_NAME)),
    **{name: dict.fromkeys(("number", "amount")) for name in (*TALLIES, "exempt")},
}
_RECOVERED: dict[str, Shape] = dict.fromkeys(("kind", "receipt", "attempt", "state"))
_VOID: dict[str, Shape] = {"receipt": None, "tenders": [_TENDER]}
_CHECK: dict[str, Shape] = dict.fromkeys(("customer", "receipt", "amount", "fee", "owed"))
_RESULTS: dict[str, Mapping[str, Shape]] = {
    "clock": {"now": None},
    "sign_on": {"operator": None},
    "open_till": dict.fromkeys(("till", "business_day", "expected")),
    "sale": _SALE,
    "tender": _SALE,
    "void_line": _VOID,
    "void_sale": _VOID,
    "suspend": {"receipt": None},
    "resume": _SALE,
    "print": {"text": None},
    **{key: {"till": None, "movement": None} for key in (*MOVES, "no_sale")},
    "count": _COUNT,
    "close_till": _CLOSE,
    "x_report": _REPORT,
    "z_report": _REPORT,
    "approve": {"approval": None, "expires": None},
    "decline": {"request": None},
    "device": {},
    "post_void": _VOID,
    "correct_tender": dict.fromkeys(("receipt", "kind", "was", "amount")),
    "check_returned": _CHECK,
    "refund_instead": dict.fromkeys(("receipt", "kind", "amount", "rounding", "documents")),
    "refund_again": dict.fromkeys(("receipt", "state", "amount")),
    "settle_claim": dict.fromkeys(("claim", "manner", "due")),
    "open_box": dict.fromkeys(("item", "name", "price")),
    "check_settled": _CHECK,
    "gift_card": {**_SALE, **dict.fromkeys(("number", "state", "balance", "paid_out", "receipt"))},
    "terminal": {},
    "return": RETURNED,
    "quote_return": RETURNED,
    "exchange": exchanged(_LINE),
    "quote_exchange": exchanged(_LINE),
    "resolve": {"state": None},
    "crash": {"recovered": [_RECOVERED]},
}
RESULTS: dict[str, Shape] = {kind: {**fields, **_REFUSED} for kind, fields in _RESULTS.items()}
END: Shape = {
    "till": {"expected": None, "takings": None},
    "ledger": None,
    "gift_cards": None,
    "stock": None,
    "journal": dict.fromkeys(("entries", "head", "verified")),
    "open": [dict.fromkeys(("kind", "as", "workstation", "state", "total", "due", "attempt"))],
    "violations": [dict.fromkeys(("invariant", "where", "finding", "detail"))],
}


def check_expected(node: Node, shape: Shape) -> None:
    """Raises ScriptError for a field this part of a result never has, and for `"..."` that is not at the end."""
    if isinstance(node, Rows):
        _check_rows(node, shape)
    elif isinstance(node, Fields):
        known = shape if isinstance(shape, Mapping) else None
        for key, value in node.values.items():
            if known is not None and key not in known:
                raise unknown_key(key, known, node.lines[key])
            check_expected(value, None if known is None else known[key])


def _check_rows(node: Rows, shape: Shape) -> None:
    for place, row in enumerate(node.rows, start=1):
        if isinstance(row, Text) and row.text == MORE:
            if place < len(node.rows):
                raise ScriptError(row.line, N_("“...” stands at the end of a list, for whatever follows."))
        else:
            check_expected(row, shape[0] if isinstance(shape, list) else None)
