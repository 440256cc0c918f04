"""Questions to the checks: each stands under its tender, and what came back or was settled is as the journal says."""

from __future__ import annotations

# A check tender without what was read from it, and the other way round.
READ_OF_EACH = """
    SELECT d.transaction_id || '/' || d.tender FROM tender_line d
    LEFT JOIN tender_check c ON c.transaction_id = d.transaction_id AND c.tender = d.tender
    WHERE (d.kind = 'check') <> (c.routing IS NOT NULL)
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
