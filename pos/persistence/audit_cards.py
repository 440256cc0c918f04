"""Questions to card payments: one charge is one tender or goes back once, and nothing that moved is forgotten."""

from __future__ import annotations

# Charged or approved twice, or a tender in the books and on its way back besides.
ONCE = """
    SELECT a.id FROM payment_attempt a WHERE a.purpose = 'pay' AND (
      (SELECT COUNT(*) FROM payment_outcome o WHERE o.attempt = a.id AND o.state = 'approved') > 1
      OR EXISTS (SELECT 1 FROM tender_detail d WHERE d.attempt = a.id)
        AND EXISTS (SELECT 1 FROM payment_attempt b WHERE b.of_attempt = a.id AND b.reason IN ('given_back', 'late')))
"""

# A card tender is exactly what was approved for this sale, and no more was approved than was asked.
AS_APPROVED = """
    SELECT d.transaction_id || '/' || d.tender FROM tender_detail d
    JOIN tender_line t ON t.transaction_id = d.transaction_id AND t.tender = d.tender
    LEFT JOIN payment_attempt a ON a.id = d.attempt
    LEFT JOIN payment_outcome o ON o.attempt = d.attempt AND o.state = 'approved'
    WHERE d.attempt <> '' AND (o.amount IS NULL OR o.amount <> t.amount OR o.cash_back <> d.cash_back
      OR a.kind <> t.kind OR a.sale <> d.transaction_id OR a.purpose <> 'pay'
      OR o.amount > a.amount OR o.cash_back > a.cash_back)
"""

# What was charged is a tender in the books, a tender of a sale still open, or goes back.
NEVER_LOST = """
    SELECT a.id FROM payment_attempt a JOIN payment_outcome o ON o.attempt = a.id AND o.state = 'approved'
    WHERE a.purpose = 'pay'
      AND NOT EXISTS (SELECT 1 FROM tender_detail d WHERE d.attempt = a.id)
      AND NOT EXISTS (SELECT 1 FROM payment_attempt b WHERE b.of_attempt = a.id AND b.queued = 1)
      AND NOT EXISTS (SELECT 1 FROM basket k WHERE instr(k.body, a.id) > 0)
      AND NOT EXISTS (SELECT 1 FROM suspended_sale s WHERE s.resumed_by IS NULL AND instr(s.body, a.id) > 0)
"""

# No more goes back than was charged.
NO_MORE_BACK = """
    SELECT a.id FROM payment_attempt a WHERE a.purpose = 'pay' AND
      (SELECT COALESCE(SUM(o.amount), 0) FROM payment_attempt b
         JOIN payment_outcome o ON o.attempt = b.id AND o.state = 'approved' WHERE b.of_attempt = a.id)
      > (SELECT COALESCE(SUM(o.amount + o.cash_back), 0) FROM payment_outcome o
         WHERE o.attempt = a.id AND o.state = 'approved')
"""

# The short list of what nobody knows is what the outcomes leave open.
LISTED = """
    WITH open AS (
      SELECT a.id AS attempt FROM payment_attempt a WHERE NOT EXISTS (
        SELECT 1 FROM payment_outcome o WHERE o.attempt = a.id AND o.state <> 'unknown')
    )
    SELECT attempt FROM (SELECT attempt FROM open EXCEPT SELECT attempt FROM card_open)
    UNION SELECT attempt FROM (SELECT attempt FROM card_open EXCEPT SELECT attempt FROM open)
"""

# Cash handed out on a card left the till once, under an entry of its own.
CASH_BACK = """
    WITH paid AS (
      SELECT j.subject AS sale, j.payload ->> '$.tender' AS tender, m.amount, m.kind
      FROM journal_entry j LEFT JOIN till_movement m ON m.workstation = j.workstation AND m.sequence = j.sequence
      WHERE j.kind = 'CashBackPaid'
    )
    SELECT d.transaction_id || '/' || d.tender FROM tender_detail d
    WHERE d.cash_back > 0 AND (SELECT COUNT(*) FROM paid p WHERE p.sale = d.transaction_id AND p.tender = d.tender
      AND p.amount = -d.cash_back AND p.kind = 'cash_back') <> 1
    UNION ALL
    SELECT p.sale || '/' || p.tender FROM paid p WHERE NOT EXISTS (SELECT 1 FROM tender_detail d
      WHERE d.transaction_id = p.sale AND d.tender = p.tender AND d.cash_back = -p.amount)
"""

# What people type and terminals send, each with what it is in: where a card number would stand if one were kept.
TEXTS = (
    "SELECT transaction_id, note FROM sale_note",
    "SELECT transaction_id || '/' || line, note FROM sale_line_detail WHERE note <> ''",
    "SELECT transaction_id || '/' || tender, reference || ' ' || shown FROM tender_detail",
    "SELECT attempt || '/' || number, detail || ' ' || reason || ' ' || quarantine FROM payment_outcome",
    "SELECT attempt || '/' || number, card || ' ' || receipts FROM payment_outcome WHERE card <> '' OR receipts <> ''",
    "SELECT 'customer ' || id, name || ' ' || phone || ' ' || email FROM customer",
    "SELECT 'approval ' || request, reason FROM approval WHERE reason <> ''",
    # A sale that cannot be read is another finding.
    (
        "SELECT 'basket ' || workstation, body ->> '$.note' FROM basket"
        " WHERE CASE WHEN json_valid(body) THEN body ->> '$.note' <> '' END"
    ),
)
