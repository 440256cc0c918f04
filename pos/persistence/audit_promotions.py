"""Questions to promotions and coupons: each version and each use is the one its entry of the journal tells."""

from __future__ import annotations

# Every value of a version stands in the entry that wrote it; one without the other is a row.
VERSIONS_AS_JOURNALLED = """
    WITH told (id, version, sequence, body, starts_at, changed_by) AS (
      SELECT e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, j.at, j.operator
      FROM journal_entry j, json_each(j.payload, '$.written') e WHERE j.kind = 'PromotionsChanged'
    ), kept AS (SELECT id, version, sequence, body, starts_at, changed_by FROM promotion_version)
    SELECT id || ' ' || version FROM (SELECT * FROM told EXCEPT SELECT * FROM kept)
    UNION
    SELECT id || ' ' || version FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)
"""

USES_AS_JOURNALLED = """
    WITH told (promotion, code, use, transaction_id) AS (
      SELECT e.value ->> 0, e.value ->> 1, e.value ->> 2, j.subject
      FROM journal_entry j, json_each(j.payload, '$.coupons') e WHERE j.kind = 'SaleCompleted'
    ), kept AS (SELECT promotion, code, use, transaction_id FROM coupon_use)
    SELECT promotion || ' ' || code FROM (SELECT * FROM told EXCEPT SELECT * FROM kept)
    UNION
    SELECT promotion || ' ' || code FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)
"""
