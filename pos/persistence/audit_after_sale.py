"""Questions to what was done after a sale: each fact is the journal's, and what was taken back left nothing behind."""

from __future__ import annotations

# Each post-void and each correction beside the entry that wrote it: one without the other, or another value, is a row.
AS_JOURNALLED = """
    SELECT j.workstation || '/' || j.sequence FROM journal_entry j
    LEFT JOIN post_void v ON v.workstation = j.workstation AND v.sequence = j.sequence
    LEFT JOIN tender_correction c ON c.workstation = j.workstation AND c.sequence = j.sequence
    WHERE (v.number IS NOT NULL) <> (j.kind = 'SalePostVoided')
       OR (c.number IS NOT NULL) <> (j.kind = 'TenderCorrected')
       OR v.number IS NOT NULL AND json_array(v.transaction_id, v.store, v.number, v.at, v.voided_by, v.approver,
                                              v.approval, v.reason, v.till)
            <> json_array(j.subject, j.payload ->> 'store', j.payload ->> 'post_void', j.at, j.operator,
                          j.payload ->> 'approver', j.payload ->> 'approval', j.payload ->> 'reason',
                          j.payload ->> 'till')
       OR c.number IS NOT NULL AND json_array(c.transaction_id, c.tender, c.number, c.was_kind, c.was_type, c.kind,
                                              c.type, c.amount, c.reference, c.reason, c.approval, c.corrected_by,
                                              c.at, c.till)
            <> json_array(j.subject, j.payload ->> 'tender', j.payload ->> 'number', j.payload ->> '$.was[0]',
                          j.payload ->> '$.was[1]', j.payload ->> '$.is[0]', j.payload ->> '$.is[1]',
                          j.payload ->> 'amount', j.payload ->> 'reference', j.payload ->> 'reason',
                          j.payload ->> 'approval', j.operator, j.at, j.payload ->> 'till')
"""

# Numbers of post-voids run from 1 without a gap at each workstation.
NUMBERED = """
    SELECT workstation || ': V' || COUNT(*) || ' of ' || MAX(number) FROM post_void
    GROUP BY workstation HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)
"""

# A sale that was taken back left nothing: no money on any account, no goods, no points; in its own till, by a yes of
# somebody else that was used for it.
UNDONE = """
    SELECT v.transaction_id FROM post_void v JOIN retail_transaction t ON t.id = v.transaction_id
    LEFT JOIN till_close e ON e.till = v.till
    LEFT JOIN approval a ON a.request = v.approval
    LEFT JOIN approval_request r ON r.id = v.approval
    LEFT JOIN approval_end x ON x.request = v.approval
    WHERE v.till <> t.till OR v.workstation <> t.workstation OR v.store <> t.store OR v.sequence > e.sequence
       OR v.approval <> '' AND (a.approver IS NOT v.approver OR r.sale IS NOT v.transaction_id
            OR r.asked_by IS NOT v.voided_by OR x.ending IS NOT 'used')
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN journal_entry j ON j.subject = v.transaction_id
      AND j.kind IN ('SaleCompleted', 'CashBackPaid', 'TenderCorrected', 'SalePostVoided')
    JOIN ledger_entry l ON l.workstation = j.workstation AND l.sequence = j.sequence
    GROUP BY v.transaction_id, l.account HAVING SUM(l.amount) <> 0
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN journal_entry j ON j.subject = v.transaction_id
      AND j.kind IN ('SaleCompleted', 'CashBackPaid', 'TenderCorrected', 'SalePostVoided')
    JOIN till_movement m ON m.workstation = j.workstation AND m.sequence = j.sequence
    GROUP BY v.transaction_id HAVING SUM(m.amount) <> 0 OR COUNT(DISTINCT m.till) <> 1
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN journal_entry j ON j.subject = v.transaction_id AND j.kind IN ('SaleCompleted', 'SalePostVoided')
    JOIN stock_movement s ON s.workstation = j.workstation AND s.sequence = j.sequence
    GROUP BY v.transaction_id, s.item, s.disposition HAVING SUM(s.quantity) <> 0
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN journal_entry j ON j.subject = v.transaction_id AND j.kind IN ('SaleCompleted', 'SalePostVoided')
    JOIN points_move p ON p.workstation = j.workstation AND p.sequence = j.sequence
    GROUP BY v.transaction_id, p.customer HAVING SUM(p.points) <> 0
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN tender_line d ON d.transaction_id = v.transaction_id AND d.kind IN ('gift_card', 'store_credit')
    JOIN tender_detail x ON x.transaction_id = d.transaction_id AND x.tender = d.tender
    WHERE NOT EXISTS (SELECT 1 FROM gift_card_entry e WHERE e.tender = x.id AND e.move = 'released')
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN journal_entry j ON j.subject = v.transaction_id AND j.kind IN ('SaleCompleted', 'SalePostVoided')
    JOIN gift_card_entry g ON g.workstation = j.workstation AND g.sequence = j.sequence
    GROUP BY v.transaction_id, g.card HAVING SUM(g.amount) <> 0
    UNION
    SELECT v.transaction_id FROM post_void v
    JOIN tender_line d ON d.transaction_id = v.transaction_id AND d.kind IN ('credit', 'debit')
    LEFT JOIN tender_detail x ON x.transaction_id = d.transaction_id AND x.tender = d.tender
    WHERE (SELECT COUNT(*) FROM payment_attempt a WHERE a.of_attempt = x.attempt AND a.reason = 'post_void') <> 1
"""

# A correction is of a tender without a terminal, from what it was by then, of a sale that still stood in its till.
CORRECTED = """
    SELECT c.transaction_id || '/' || c.tender FROM tender_correction c
    JOIN retail_transaction t ON t.id = c.transaction_id
    JOIN tender_line d ON d.transaction_id = c.transaction_id AND d.tender = c.tender
    LEFT JOIN tender_detail x ON x.transaction_id = d.transaction_id AND x.tender = d.tender
    LEFT JOIN tender_correction b ON b.transaction_id = c.transaction_id AND b.tender = c.tender
      AND b.number = c.number - 1
    LEFT JOIN post_void v ON v.transaction_id = c.transaction_id
    LEFT JOIN till_close e ON e.till = c.till
    WHERE c.till <> t.till OR c.workstation <> t.workstation OR c.sequence > v.sequence OR c.sequence > e.sequence
       OR c.kind NOT IN ('cash', 'check', 'other') OR c.was_kind NOT IN ('cash', 'check', 'other')
       OR json_array(c.kind, c.type) = json_array(c.was_kind, c.was_type)
       OR c.number > 1 AND b.number IS NULL OR c.amount > d.amount OR c.amount <> COALESCE(b.amount, c.amount)
       OR json_array(c.was_kind, c.was_type) <> CASE WHEN b.number IS NULL
            THEN json_array(d.kind, COALESCE(x.type, '')) ELSE json_array(b.kind, b.type) END
"""
