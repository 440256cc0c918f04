"""Signatures drawn on screen: no facts, for a person may ask for theirs to be erased."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_to, table, text_column

return_signature = table(
    "return_signature",
    text_column("return_id", refers_to("customer_return.id")),
    text_column("signer", check("signer IN ('customer', 'approver')")),
    text_column("strokes", check("strokes <> '' AND length(strokes) <= 27000")),
    text_column("at"),
    text_column("operator", refers_to("staff.id")),
    primary_key("return_id", "signer"),
)
