"""Questions to the approvals: each stands in the journal as it was, by another person, and within its time (I-27)."""

from __future__ import annotations

# Each of the three facts beside the entry that wrote it: one without the other, or another value, is a row.
AS_JOURNALLED = """
    SELECT j.workstation || '/' || j.sequence FROM journal_entry j
    LEFT JOIN approval_request r ON r.workstation = j.workstation AND r.sequence = j.sequence
    LEFT JOIN approval a ON a.workstation = j.workstation AND a.sequence = j.sequence
    LEFT JOIN approval_end e ON e.workstation = j.workstation AND e.sequence = j.sequence
    WHERE (r.id IS NOT NULL) <> (j.kind = 'ApprovalAsked')
       OR (a.request IS NOT NULL) <> (j.kind = 'ApprovalGranted')
       OR (e.request IS NOT NULL) <> (j.kind IN ('ApprovalUsed', 'ApprovalDeclined', 'ApprovalVoided'))
       OR r.id IS NOT NULL AND json_array(r.id, r.sale, r.asked_by, r.asked_at, r.fingerprint, r.body)
            <> json_array(j.payload ->> 'request', j.subject, j.operator, j.at,
                          j.payload ->> 'fingerprint', j.payload ->> 'body')
       OR a.request IS NOT NULL AND json_array(a.request, a.approver, a.proof, a.option, a.reason, a.granted_at)
            <> json_array(j.payload ->> 'request', j.operator, j.payload ->> 'proof', j.payload ->> 'option',
                          j.payload ->> 'reason', j.at)
       OR e.request IS NOT NULL AND json_array(e.request, e.ended_at, 'Approval' || e.ending)
            <> json_array(j.payload ->> 'request', j.at, 'Approval' || lower(substr(j.kind, 9)))
"""

# A yes of the person who asked, a use without a yes, or one that came too late.
BY_ANOTHER_IN_TIME = """
    SELECT r.id FROM approval_request r
    LEFT JOIN approval a ON a.request = r.id
    LEFT JOIN approval_end e ON e.request = r.id
    WHERE a.approver = r.asked_by
       OR e.ending = 'used' AND (a.request IS NULL
            OR (julianday(e.ended_at) - julianday(a.granted_at)) * 86400 > 120.5 OR e.ended_at < a.granted_at)
"""
