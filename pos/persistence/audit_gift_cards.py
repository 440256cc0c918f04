"""Questions to gift cards and store credit: no more on them than was put there, and the ledger owes exactly that."""

from __future__ import annotations

# Every card and every entry stands in the entry of the journal that wrote it; one without the other is a row.
AS_JOURNALLED = """
    WITH told_card (id, kind, number_hash, last_four, pin_hash, origin, workstation, sequence) AS (
      SELECT e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5,
             j.workstation, j.sequence
      FROM journal_entry j, json_each(j.payload, '$.gift_cards') e WHERE instr(j.payload, '"gift_cards":[') > 0
    ), kept_card AS (
      SELECT id, kind, number_hash, last_four, pin_hash, origin, workstation, sequence FROM gift_card
    ), told (card, move, amount, remaining, expires, tender, position, workstation, sequence) AS (
      SELECT e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5,
             e.key + 1, j.workstation, j.sequence
      FROM journal_entry j, json_each(j.payload, '$.gift_card_entries') e
      WHERE instr(j.payload, '"gift_card_entries":[') > 0
    ), kept AS (
      SELECT card, move, amount, remaining, expires, tender, position, workstation, sequence FROM gift_card_entry
    )
    SELECT workstation || '/' || sequence FROM (SELECT * FROM told_card EXCEPT SELECT * FROM kept_card)
    UNION SELECT workstation || '/' || sequence FROM (SELECT * FROM kept_card EXCEPT SELECT * FROM told_card)
    UNION SELECT workstation || '/' || sequence FROM (SELECT * FROM told EXCEPT SELECT * FROM kept)
    UNION SELECT workstation || '/' || sequence FROM (SELECT * FROM kept EXCEPT SELECT * FROM told)
"""

# The running balance, the last day and the state of a card are what its entries come to, and never below nothing.
BALANCE = """
    SELECT b.card FROM gift_card_balance b WHERE b.balance < 0
       OR b.balance <> (SELECT COALESCE(SUM(e.amount), 0) FROM gift_card_entry e WHERE e.card = b.card)
       OR b.disabled <> (SELECT COALESCE(SUM((e.move = 'disabled') - (e.move = 'enabled')), 0)
                         FROM gift_card_entry e WHERE e.card = b.card)
       OR b.expires <> (SELECT COALESCE(MAX(CASE e.expires WHEN '' THEN '9999-12-31' ELSE e.expires END), '')
                        FROM gift_card_entry e
                        WHERE e.card = b.card AND e.move IN ('sold', 'reloaded', 'issued', 'imported'))
    UNION
    SELECT e.card FROM gift_card_entry e LEFT JOIN gift_card_balance b ON b.card = e.card WHERE b.card IS NULL
    UNION
    SELECT e.card FROM gift_card_entry e
    WHERE e.amount > 0 AND e.move NOT IN ('sold', 'reloaded', 'issued', 'imported', 'released', 'refunded')
       OR e.amount < 0 AND e.move NOT IN ('redeemed', 'cashed_out', 'reversed')
       OR e.amount = 0 AND e.move NOT IN ('disabled', 'enabled', 'imported')
"""

# What is owed by the ledger is what is on the cards: under every single entry, and so at every commit.
LIABILITY = """
    WITH cards AS (
      SELECT e.workstation, e.sequence, c.kind || '_liability' AS account, SUM(e.amount) AS amount
      FROM gift_card_entry e JOIN gift_card c ON c.id = e.card GROUP BY 1, 2, 3
    ), posted AS (
      SELECT workstation, sequence, account, -SUM(amount) AS amount FROM ledger_entry
      WHERE account IN ('gift_card_liability', 'store_credit_liability') GROUP BY 1, 2, 3
    )
    SELECT workstation || '/' || sequence FROM (
      SELECT * FROM cards WHERE amount <> 0 EXCEPT SELECT * FROM posted)
    UNION
    SELECT workstation || '/' || sequence FROM (
      SELECT * FROM posted WHERE amount <> 0 EXCEPT SELECT * FROM cards)
"""

# Each kind of entry is written by its own kind of business: money comes onto a card only with a sale that was paid,
# a return or a take-over, and each line that sold some put exactly that much there.
RULE = """
    SELECT e.workstation || '/' || e.sequence FROM gift_card_entry e
    JOIN journal_entry j ON j.workstation = e.workstation AND j.sequence = e.sequence
    WHERE CASE e.move
      WHEN 'sold' THEN j.kind <> 'SaleCompleted' WHEN 'reloaded' THEN j.kind <> 'SaleCompleted'
      WHEN 'redeemed' THEN j.kind <> 'GiftCardTaken' OR e.tender = ''
      WHEN 'released' THEN j.kind <> 'GiftCardGivenBack' OR NOT EXISTS (
        SELECT 1 FROM gift_card_entry r WHERE r.tender = e.tender AND r.move = 'redeemed' AND r.card = e.card
          AND r.amount = -e.amount)
      WHEN 'imported' THEN j.kind <> 'GiftCardsImported' WHEN 'cashed_out' THEN j.kind <> 'GiftCardCashedOut'
      WHEN 'issued' THEN j.kind NOT IN ('ReturnCompleted', 'RefundGivenInstead')
      WHEN 'disabled' THEN j.kind <> 'GiftCardDisabled' AND NOT (j.kind = 'ReturnCompleted' AND EXISTS (
        SELECT 1 FROM gift_card_entry r WHERE r.workstation = e.workstation AND r.sequence = e.sequence
          AND r.card = e.card AND r.move = 'reversed'))
      WHEN 'enabled' THEN j.kind <> 'GiftCardEnabled'
      WHEN 'reversed' THEN j.kind <> 'SalePostVoided' AND NOT (j.kind = 'ReturnCompleted' AND EXISTS (
        SELECT 1 FROM return_line b JOIN customer_return c ON c.id = b.return_id AND c.id = j.subject
          JOIN sale_line_stored s ON s.transaction_id = c.purchase AND s.line = b.line AND s.account = e.card))
      ELSE 0 END
    UNION
    SELECT s.transaction_id || '/' || s.line FROM sale_line_stored s
    JOIN sale_line l ON l.transaction_id = s.transaction_id AND l.line = s.line
    JOIN journal_entry j ON j.subject = s.transaction_id AND j.kind = 'SaleCompleted'
    WHERE s.act <> 'account' AND l.total <> (
      SELECT COALESCE(SUM(e.amount), 0) FROM gift_card_entry e
      WHERE e.workstation = j.workstation AND e.sequence = j.sequence AND e.card = s.account)
    UNION
    SELECT e.workstation || '/' || e.sequence FROM gift_card_entry e
    JOIN journal_entry j ON j.workstation = e.workstation AND j.sequence = e.sequence
    WHERE e.move IN ('sold', 'reloaded') AND NOT EXISTS (
      SELECT 1 FROM sale_line_stored s WHERE s.transaction_id = j.subject AND s.account = e.card)
"""

# What a card gave stands in one place: in a completed sale that stands, in an open one, or back on the card.
HELD = """
    SELECT e.workstation || '/' || e.sequence FROM gift_card_entry e
    WHERE e.move = 'redeemed' AND
      (SELECT COUNT(*) FROM gift_card_entry r WHERE r.tender = e.tender AND r.move = 'released')
      + (SELECT COUNT(*) FROM tender_detail d
         JOIN tender_line t ON t.transaction_id = d.transaction_id AND t.tender = d.tender
         WHERE d.id = e.tender AND d.account = e.card AND t.amount = -e.amount
           AND t.kind = (SELECT kind FROM gift_card WHERE id = e.card)
           AND NOT EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = t.transaction_id))
      + (SELECT COUNT(*) FROM basket b WHERE instr(b.body, '"' || e.tender || '"') > 0) <> 1
    UNION
    SELECT t.transaction_id || '/' || t.tender FROM tender_line t
    LEFT JOIN tender_detail d ON d.transaction_id = t.transaction_id AND d.tender = t.tender
    WHERE t.kind IN ('gift_card', 'store_credit') AND NOT EXISTS (
      SELECT 1 FROM gift_card_entry e WHERE e.tender = d.id AND e.card = d.account AND e.move = 'redeemed')
"""
