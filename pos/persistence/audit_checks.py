"""Questions to the checks: each stands under its tender, and what came back or was settled is as the journal says."""

from __future__ import annotations

# A check tender without what was read from it, and the other way round.
READ_OF_EACH = """
    SELECT d.transaction_id || '/' || d.tender FROM tender_line d
    LEFT JOIN tender_check c ON c.transaction_id = d.transaction_id AND c.tender = d.tender
    WHERE (d.kind = 'check') <> (c.routing IS NOT NULL)
"""

# What went to the bank is what the close says, check by check, each for what it was taken for and of a standing sale.
DEPOSITED = """
    SELECT j.workstation || '/' || j.sequence FROM journal_entry j WHERE j.kind = 'TillClosed'
      AND COALESCE(j.payload -> 'checks', '[]') <> (SELECT json_group_array(json_array(transaction_id, tender, amount))
        FROM (SELECT * FROM check_deposit b WHERE b.workstation = j.workstation AND b.sequence = j.sequence
          ORDER BY b.position))
    UNION ALL
    SELECT b.transaction_id || '/' || b.tender FROM check_deposit b
    LEFT JOIN journal_entry e ON e.workstation = b.workstation AND e.sequence = b.sequence
      AND e.kind = 'TillClosed' AND e.subject = b.till
    LEFT JOIN tender_line d ON d.transaction_id = b.transaction_id AND d.tender = b.tender
    LEFT JOIN tender_correction o ON o.transaction_id = b.transaction_id AND o.tender = b.tender
      AND o.number = (SELECT MAX(l.number) FROM tender_correction l
        WHERE l.transaction_id = b.transaction_id AND l.tender = b.tender)
    WHERE e.kind IS NULL OR b.amount <> COALESCE(o.amount, d.amount) OR COALESCE(o.kind, d.kind) <> 'check'
       OR b.position <>
         (SELECT COUNT(*) FROM check_deposit l WHERE l.till = b.till AND l.position <= b.position)
    OR EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = b.transaction_id)
"""

# A return without its entry or an entry without its return, and the same of settlements; what was settled is all of it.
AS_JOURNALLED = """
    SELECT j.workstation || '/' || j.sequence FROM journal_entry j
    LEFT JOIN returned_check r ON r.workstation = j.workstation AND r.sequence = j.sequence
    LEFT JOIN returned_check_settled s ON s.workstation = j.workstation AND s.sequence = j.sequence
    LEFT JOIN returned_check o ON o.transaction_id = s.transaction_id AND o.tender = s.tender
    LEFT JOIN tender_line d ON d.transaction_id = COALESCE(r.transaction_id, s.transaction_id)
      AND d.tender = COALESCE(r.tender, s.tender)
    WHERE (r.fee IS NOT NULL) <> (j.kind = 'CheckReturned')
       OR (s.amount IS NOT NULL) <> (j.kind = 'ReturnedCheckSettled')
       OR r.fee IS NOT NULL AND json_array(r.transaction_id, r.tender, d.amount, r.fee, r.customer, r.flagged)
            <> json_array(j.subject, j.payload ->> 'tender', j.payload ->> 'amount', j.payload ->> 'fee',
                          j.payload ->> 'customer', j.payload ->> 'flagged')
       OR s.amount IS NOT NULL AND json_array(s.transaction_id, s.tender, s.amount, s.amount)
            <> json_array(j.subject, j.payload ->> 'tender', j.payload ->> 'amount', d.amount + o.fee)
"""
