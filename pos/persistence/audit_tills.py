"""Questions to the tills: what moved, what was counted, how they ended and what their reports are numbered."""

from __future__ import annotations

# Each count, close and report beside the entry that wrote it: one without the other, or another value, is a row.
ROWS_AS_JOURNALLED = """
    SELECT j.workstation || '/' || j.sequence FROM journal_entry j
    LEFT JOIN till_count c ON c.workstation = j.workstation AND c.sequence = j.sequence
    LEFT JOIN till_close e ON e.workstation = j.workstation AND e.sequence = j.sequence
    LEFT JOIN till_report r ON r.workstation = j.workstation AND r.sequence = j.sequence
    WHERE (c.id IS NOT NULL) <> (j.kind = 'TillCounted')
       OR (e.till IS NOT NULL) <> (j.kind = 'TillClosed')
       OR (r.till IS NOT NULL) <> (j.kind = 'TillReported')
       OR c.id IS NOT NULL AND json_array(c.id, c.till, c.counted_by, c.counted_at, c.pieces, c.amount)
            <> json_array(j.payload ->> 'count', j.subject, j.operator, j.at, j.payload ->> 'pieces',
                          j.payload ->> 'amount')
       OR e.till IS NOT NULL AND json_array(e.till, e.count_id, e.closed_by, e.closed_at, e.expected, e.counted,
                                            e.over_short, e.next_float, e.deposit, e.approval)
            <> json_array(j.subject, j.payload ->> 'count', j.operator, j.at, j.payload ->> 'expected',
                          j.payload ->> 'counted', j.payload ->> 'over_short', j.payload ->> 'next_float',
                          j.payload ->> 'deposit', j.payload ->> 'approval')
       OR r.till IS NOT NULL AND json_array(r.kind, r.number, r.till, r.made_by, r.made_at)
            <> json_array(j.payload ->> 'kind', j.payload ->> 'number', j.subject, j.operator, j.at)
"""

# Expected is the sum of what moved and nothing else; what was counted is what the count says; a float is the till's.
CASH_ADDS_UP = """
    SELECT e.till FROM till_close e JOIN till_count c ON c.id = e.count_id
    LEFT JOIN (SELECT till, SUM(amount) AS everything, SUM(CASE WHEN kind = 'close' THEN 0 ELSE amount END) AS moved,
        SUM(kind = 'close') AS closes FROM till_movement GROUP BY till) m ON m.till = e.till
    WHERE e.expected <> COALESCE(m.moved, 0) OR COALESCE(m.everything, 0) <> 0 OR COALESCE(m.closes, 0) <> 1
       OR e.over_short <> e.counted - e.expected OR e.counted <> e.next_float + e.deposit
       OR c.till <> e.till OR c.amount <> e.counted
    UNION ALL
    SELECT c.id FROM till_count c WHERE c.amount <>
      (SELECT COALESCE(SUM((p.value ->> 0) * (p.value ->> 1)), 0) FROM json_each(c.pieces) p)
    UNION ALL
    SELECT s.id FROM till_session s
    LEFT JOIN (SELECT till, SUM(amount) AS given FROM till_movement WHERE kind = 'float' GROUP BY till) f
      ON f.till = s.id WHERE s."float" <> COALESCE(f.given, 0)
    UNION ALL
    SELECT workstation || '/' || sequence FROM till_movement
    WHERE kind IN ('float', 'loan', 'paid_in', 'check_settled') AND amount < 0
       OR kind IN ('pickup', 'paid_out', 'cash_back', 'cash_out') AND amount > 0
"""

# What moved in a till is what its entry posted to the cash in tills; every difference counted is posted, no other.
CASH_IS_BOOKED = """
    SELECT m.workstation || '/' || m.sequence FROM till_movement m
    LEFT JOIN (SELECT workstation, sequence, SUM(amount) AS booked FROM ledger_entry
        WHERE account = 'cash_in_till' GROUP BY workstation, sequence) l
      ON l.workstation = m.workstation AND l.sequence = m.sequence
    WHERE m.amount <> COALESCE(l.booked, 0)
    UNION ALL
    SELECT l.workstation || '/' || l.sequence FROM ledger_entry l WHERE l.account = 'cash_in_till'
      AND NOT EXISTS (SELECT 1 FROM till_movement m WHERE m.workstation = l.workstation AND m.sequence = l.sequence)
    UNION ALL
    SELECT 'over_short' WHERE (SELECT COALESCE(SUM(amount), 0) FROM ledger_entry WHERE account = 'over_short')
      <> -(SELECT COALESCE(SUM(over_short), 0) FROM till_close)
"""

# Nothing moves in a till after its end, one is open at a time, and no day begins before the last one (I-14).
TILLS_FOLLOW_EACH_OTHER = """
    SELECT m.workstation || '/' || m.sequence FROM till_movement m JOIN till_close e ON e.till = m.till
    WHERE m.workstation <> e.workstation OR m.sequence > e.sequence
    UNION ALL
    SELECT id FROM (
      SELECT s.id, s.business_day, j.sequence AS opened, LAG(s.business_day) OVER tills AS day_before,
        LAG(s.id) OVER tills AS before, LAG(COALESCE(e.sequence, 9223372036854775807)) OVER tills AS ended
      FROM till_session s
      JOIN journal_entry j ON j.subject = s.id AND j.kind = 'TillOpened' AND j.workstation = s.workstation
      LEFT JOIN till_close e ON e.till = s.id
      WINDOW tills AS (PARTITION BY s.workstation ORDER BY j.sequence)
    ) WHERE before IS NOT NULL AND (business_day < day_before OR opened < ended)
"""

# Numbers of reports run from 1 without a gap for each workstation and kind; each close has its one Z.
REPORTS_ARE_NUMBERED = """
    SELECT workstation || ' ' || kind || ': ' || COUNT(*) || ' of ' || MAX(number) FROM till_report
    GROUP BY workstation, kind HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)
    UNION ALL
    SELECT e.till FROM till_close e
    WHERE (SELECT COUNT(*) FROM till_report r WHERE r.till = e.till AND r.kind = 'z') <> 1
    UNION ALL
    SELECT r.till FROM till_report r WHERE r.kind = 'z'
      AND NOT EXISTS (SELECT 1 FROM till_close e WHERE e.till = r.till)
"""
