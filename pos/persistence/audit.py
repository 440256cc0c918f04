"""Questions to the tables that an honest set of books answers with no row; `services.verify` asks them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sqlalchemy import CheckConstraint, literal_column, or_, select
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from pos.domain.finding import Finding, Violation
from pos.domain.frozen import dataclass
from pos.persistence import (
    audit_after_sale,
    audit_approvals,
    audit_cards,
    audit_checks,
    audit_gift_cards,
    audit_promotions,
    audit_tills,
)
from pos.persistence.every_table import metadata
from pos.persistence.facts import FACTS
from pos.persistence.tables_search import INDEX_TABLES, INDEXES, TRIGGERS


@dataclass(frozen=True, slots=True)
class Question:
    """One invariant as SQL: each row that comes back names what breaks it. Invariants: reliability I-1 and on."""

    invariant: str
    finding: Finding
    sql: str


QUESTIONS = (
    Question(
        "I-1",
        Finding.MONEY_LOST,
        """
        SELECT t.id FROM retail_transaction t
        WHERE (SELECT COALESCE(SUM(amount), 0) FROM tender_line d WHERE d.transaction_id = t.id)
                <> t.total + t.rounding + t.change
           OR (SELECT COALESCE(SUM(total), 0) FROM sale_line l WHERE l.transaction_id = t.id) <> t.total
           OR (SELECT COALESCE(SUM(net), 0) FROM sale_line l WHERE l.transaction_id = t.id) <> t.net
           OR (SELECT COALESCE(SUM(tax), 0) FROM sale_line l WHERE l.transaction_id = t.id) <> t.tax
           OR (SELECT COALESCE(SUM(discount), 0) FROM sale_line l WHERE l.transaction_id = t.id) <> t.discount
           OR (SELECT COALESCE(SUM(extended), 0) FROM sale_line l WHERE l.transaction_id = t.id) <> t.subtotal
        """,
    ),
    Question(
        "I-2",
        Finding.POSTINGS_UNBALANCED,
        """
        SELECT workstation || '/' || sequence FROM ledger_entry GROUP BY workstation, sequence
        HAVING SUM(amount) <> 0 OR COUNT(*) < 2 OR COUNT(DISTINCT currency) <> 1
            OR MIN(leg) <> 1 OR MAX(leg) <> COUNT(*)
        """,
    ),
    Question(
        "I-4",
        Finding.CHANGE_UNCOVERED,
        """
        SELECT t.id FROM retail_transaction t WHERE t.change <> 0 AND t.change >
          (SELECT COALESCE(SUM(d.amount), 0) FROM tender_line d LEFT JOIN tender_detail x
             ON x.transaction_id = d.transaction_id AND x.tender = d.tender
           WHERE d.transaction_id = t.id AND (d.kind = 'cash' OR x.change = 1))
          + MAX(0, -t.paid)
        """,
    ),
    Question(
        "I-5",
        Finding.LINE_TAX,
        """
        SELECT l.transaction_id || '/' || l.line FROM sale_line l WHERE l.net + l.tax <> l.total
           OR (SELECT COALESCE(SUM(amount), 0) FROM sale_line_tax x
               WHERE x.transaction_id = l.transaction_id AND x.line = l.line) <> l.tax
           OR (SELECT COUNT(*) <> COALESCE(MAX(position), 0) OR COALESCE(MIN(position), 1) <> 1 FROM sale_line_tax x
               WHERE x.transaction_id = l.transaction_id AND x.line = l.line)
        """,
    ),
    Question(
        "I-5",
        Finding.LINE_DISCOUNT,
        """
        SELECT l.transaction_id || '/' || l.line FROM sale_line l
        WHERE (SELECT COALESCE(SUM(amount), 0) FROM sale_line_discount d
               WHERE d.transaction_id = l.transaction_id AND d.line = l.line) <> l.discount
           OR (SELECT COUNT(*) <> COALESCE(MAX(position), 0) OR COALESCE(MIN(position), 1) <> 1
               FROM sale_line_discount d WHERE d.transaction_id = l.transaction_id AND d.line = l.line)
        """,
    ),
    Question(
        "I-24",
        Finding.SUGGESTION,
        """
        SELECT j.workstation || '/' || j.sequence FROM journal_entry j
        LEFT JOIN suggestion_made s ON s.workstation = j.workstation AND s.sequence = j.sequence
        WHERE j.kind = 'SaleCompleted' AND json_extract(j.payload, '$.suggestion') IS NOT
                CASE WHEN s.pair IS NULL THEN NULL ELSE json_array(s.pair, s.item, s.outcome) END
           OR j.kind <> 'SaleCompleted' AND s.pair IS NOT NULL
        """,
    ),
    Question("I-24", Finding.PROMOTION_ENTRY, audit_promotions.VERSIONS_AS_JOURNALLED),
    Question("I-24", Finding.COUPON_ENTRY, audit_promotions.USES_AS_JOURNALLED),
    Question("I-11", Finding.TILL_ROWS, audit_tills.ROWS_AS_JOURNALLED),
    Question("I-15", Finding.TILL_CASH, audit_tills.CASH_ADDS_UP),
    Question("I-15", Finding.TILL_BOOKED, audit_tills.CASH_IS_BOOKED),
    Question("I-16", Finding.TILL_SPAN, audit_tills.TILLS_FOLLOW_EACH_OTHER),
    Question("I-13", Finding.REPORT_GAP, audit_tills.REPORTS_ARE_NUMBERED),
    Question("I-11", Finding.CHECK_DETAIL, audit_checks.READ_OF_EACH),
    Question("I-15", Finding.CHECK_DEPOSIT, audit_checks.DEPOSITED),
    Question("I-2", Finding.RETURNED_CHECK, audit_checks.AS_JOURNALLED),
    Question("I-27", Finding.APPROVAL_ENTRY, audit_approvals.AS_JOURNALLED),
    Question("I-27", Finding.APPROVAL_RULE, audit_approvals.BY_ANOTHER_IN_TIME),
    Question("I-15", Finding.CASH_BACK, audit_cards.CASH_BACK),
    Question("I-20", Finding.CARD_TWICE, audit_cards.ONCE),
    Question("I-21", Finding.CARD_ANSWER, audit_cards.AS_APPROVED),
    Question("I-22", Finding.CARD_LOST, audit_cards.NEVER_LOST),
    Question("I-22", Finding.CARD_OPEN, audit_cards.LISTED),
    Question("I-23", Finding.CARD_BACK, audit_cards.NO_MORE_BACK),
    Question("I-8", Finding.GIFT_CARD_ENTRY, audit_gift_cards.AS_JOURNALLED),
    Question("I-8", Finding.GIFT_CARD_BALANCE, audit_gift_cards.BALANCE),
    Question("I-8", Finding.GIFT_CARD_RULE, audit_gift_cards.RULE),
    Question("I-8", Finding.GIFT_CARD_HELD, audit_gift_cards.HELD),
    Question("I-9", Finding.GIFT_CARD_LIABILITY, audit_gift_cards.LIABILITY),
    Question("I-11", Finding.AFTER_SALE_ENTRY, audit_after_sale.AS_JOURNALLED),
    Question("I-13", Finding.POST_VOID_GAP, audit_after_sale.NUMBERED),
    Question("I-10", Finding.POST_VOID_UNDONE, audit_after_sale.UNDONE),
    Question("I-3", Finding.TENDER_CORRECTION, audit_after_sale.CORRECTED),
    Question(
        "I-13",
        Finding.NUMBER_GAP,
        """
        SELECT workstation || ': ' || COUNT(*) || ' of ' || MAX(number) FROM retail_transaction
        GROUP BY workstation HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)
        """,
    ),
    Question(
        "I-14",
        Finding.WRONG_DAY,
        """
        SELECT t.id FROM retail_transaction t JOIN till_session s ON s.id = t.till
        WHERE s.business_day <> t.business_day OR s.workstation <> t.workstation
        """,
    ),
    Question(
        "I-15",
        Finding.CASH_MOVEMENT,
        """
        SELECT t.id FROM retail_transaction t
        JOIN journal_entry j ON j.subject = t.id AND j.kind = 'SaleCompleted'
        LEFT JOIN till_movement m ON m.workstation = j.workstation AND m.sequence = j.sequence
        WHERE m.amount IS NULL OR m.till <> t.till OR m.amount <>
          (SELECT COALESCE(SUM(amount), 0) FROM tender_line d WHERE d.transaction_id = t.id AND d.kind = 'cash')
          - t.change
        """,
    ),
    Question(
        "I-11",
        Finding.SALE_ENTRY,
        """
        SELECT t.id FROM retail_transaction t WHERE (SELECT COUNT(*) FROM journal_entry j
          WHERE j.subject = t.id AND j.kind = 'SaleCompleted' AND j.workstation = t.workstation) <> 1
        """,
    ),
    Question(
        "I-11",
        Finding.TILL_ENTRY,
        """
        SELECT s.id FROM till_session s WHERE (SELECT COUNT(*) FROM journal_entry j
          WHERE j.subject = s.id AND j.kind = 'TillOpened' AND j.workstation = s.workstation) <> 1
        """,
    ),
    Question(
        "I-19",
        Finding.PAPER,
        """
        SELECT t.id FROM retail_transaction t WHERE (SELECT COUNT(*) FROM paper_job p
          WHERE p.transaction_id = t.id AND p.document = 'sale_receipt' AND p.copy_number = 0) <> 1
        """,
    ),
    Question(
        "I-19",
        Finding.GIFT_RECEIPT,
        """
        SELECT g.transaction_id FROM gift_receipt g
        LEFT JOIN journal_entry j ON j.workstation = g.workstation AND j.sequence = g.sequence
        WHERE j.kind IS NOT 'GiftReceiptIssued' OR j.subject IS NOT g.transaction_id
           OR j.payload IS NOT '{"token":"' || g.token || '"}'
        UNION ALL
        SELECT j.subject FROM journal_entry j WHERE j.kind = 'GiftReceiptIssued'
          AND NOT EXISTS (SELECT 1 FROM gift_receipt g WHERE g.transaction_id = j.subject)
        """,
    ),
    Question(
        "I-10",
        Finding.STOCK_SALE,
        """
        SELECT l.transaction_id || '/' || l.line FROM sale_line l
        JOIN journal_entry j ON j.subject = l.transaction_id AND j.kind = 'SaleCompleted'
        LEFT JOIN stock_movement m ON m.item = l.item AND m.workstation = j.workstation
          AND m.sequence = j.sequence AND m.position = l.line
        LEFT JOIN sale_line_container c ON c.transaction_id = l.transaction_id AND c.line = l.line
        LEFT JOIN sale_line_stored v ON v.transaction_id = l.transaction_id AND v.line = l.line
        WHERE (m.quantity IS NULL OR m.quantity <> -l.quantity OR m.kind <> 'sale') AND c.line IS NULL
          AND v.line IS NULL
        UNION ALL
        SELECT m.workstation || '/' || m.sequence || ' ' || m.item FROM stock_movement m
        WHERE m.kind = 'sale' AND NOT EXISTS (SELECT 1 FROM journal_entry j JOIN sale_line l
          ON l.transaction_id = j.subject AND l.line = m.position AND l.item = m.item
          WHERE j.workstation = m.workstation AND j.sequence = m.sequence)
        """,
    ),
    Question(
        "I-10",
        Finding.STOCK_SUM,
        """
        SELECT item FROM (
          SELECT item, disposition, SUM(quantity) AS moved FROM stock_movement GROUP BY item, disposition
        ) m LEFT JOIN stock s USING (item, disposition) WHERE s.on_hand IS NULL OR s.on_hand <> m.moved
        UNION ALL
        SELECT item FROM stock s WHERE NOT EXISTS (
          SELECT 1 FROM stock_movement m WHERE m.item = s.item AND m.disposition = s.disposition
        )
        """,
    ),
    Question(
        "I-10",
        Finding.POINTS_ENTRY,
        """
        SELECT p.workstation || '/' || p.sequence FROM points_move p
        LEFT JOIN journal_entry j ON j.workstation = p.workstation AND j.sequence = p.sequence
        WHERE NOT EXISTS (SELECT 1 FROM json_each(j.payload, '$.points') e WHERE e.key = p.position - 1
          AND e.value = json_array(p.customer, p.kind, p.points))
        UNION ALL
        SELECT j.workstation || '/' || j.sequence FROM journal_entry j WHERE instr(j.payload, '"points":[') > 0
          AND json_array_length(j.payload, '$.points') <> (SELECT COUNT(*) FROM points_move p
            WHERE p.workstation = j.workstation AND p.sequence = j.sequence)
        """,
    ),
    Question(
        "I-10",
        Finding.POINTS_SUM,
        """
        SELECT c.id FROM customer c WHERE c.points <>
          (SELECT COALESCE(SUM(p.points), 0) FROM points_move p WHERE p.customer = c.id)
        """,
    ),
    Question(
        "I-24",
        Finding.PRICE_HELD,
        """
        SELECT i.id FROM item i WHERE (i.price_from <> '' OR i.price_until <> '') <>
          EXISTS (SELECT 1 FROM item_price p WHERE p.item = i.id AND p.starts_at <> '')
          OR EXISTS (SELECT 1 FROM item_price p WHERE p.item = i.id) AND NOT EXISTS (
            SELECT 1 FROM item_price p WHERE p.item = i.id AND p.starts_at = i.price_from AND p.price = i.unit_price)
        """,
    ),
    # The prices by quantity that an item is rung up with are those of the price that holds, the last set of its moment.
    Question(
        "I-24",
        Finding.PRICE_HELD,
        """
        SELECT i.id FROM item i JOIN (SELECT item, starts_at, MAX(position) AS position FROM item_price GROUP BY 1, 2) h
          ON h.item = i.id AND h.starts_at = i.price_from
        WHERE COALESCE((SELECT t.quantity_prices FROM item_terms t WHERE t.item = i.id), '') <>
          COALESCE((SELECT group_concat(q.starts || ':' || q.price, ' ') FROM
            (SELECT * FROM item_quantity_price WHERE item = i.id AND position = h.position ORDER BY starts) q), '')
        """,
    ),
    Question(
        "I-25",
        Finding.PIN_HASH,
        "SELECT id FROM staff WHERE pin_hash NOT LIKE '$argon2id$%'",
    ),
)


class Audit:
    """The checks a database can answer by itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def answers(self) -> Iterator[Violation]:
        """Every row that breaks an invariant."""
        for question in QUESTIONS:
            for row in self._connection.exec_driver_sql(question.sql):
                yield Violation(question.invariant, str(row[0]), question.finding)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that people type or a terminal sends, with where it stands."""
        for sql in audit_cards.TEXTS:
            for row in self._connection.exec_driver_sql(sql):
                yield str(row[0]), str(row[1])

    def damage(self) -> list[str]:
        """What SQLite finds wrong with pages, indexes and references, and what of the schema is not as it was made."""
        found = [str(row[0]) for row in self._connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        found += [
            f"{row[0]} row {row[1]} points to no {row[2]}"
            for row in self._connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
        found += [f"{name} is not as it was made" for name in self._altered()]
        found += [f"CHECK constraint failed in {name}" for name in self._unchecked()]
        return sorted(set(found), key=found.index)

    def _unchecked(self) -> list[str]:
        """Tables with a row that one of their checks refuses: of a database opened for reading only, as `verify` has
        it, SQLite's integrity_check looks at everything but these.
        """
        asked = _checks().items()
        return [table for table, sql in asked if self._connection.exec_driver_sql(sql).first() is not None]

    def _altered(self) -> list[str]:
        """Tables and indexes that lack something or say something else, and what stands beside them uncalled for."""
        expected = _as_made()
        guards = {f"{table.name}_no_{change}" for table in FACTS for change in ("update", "delete")}
        stored = {
            str(name): _squeezed(str(sql))
            for name, sql in self._connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
            if name not in guards and name not in INDEX_TABLES and name != "alembic_version"
        }
        return sorted(name for name in expected.keys() | stored.keys() if expected.get(name) != stored.get(name))

    def unguarded(self) -> list[str]:
        """Tables of facts whose triggers against UPDATE or DELETE are gone or say something else."""
        triggers: dict[str, str] = {
            str(row[0]): str(row[1])
            for row in self._connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        }
        missing: list[str] = []
        for table in FACTS:
            for change in ("UPDATE", "DELETE"):
                sql = triggers.get(f"{table.name}_no_{change.lower()}", "")
                if f"BEFORE {change} ON {table.name} BEGIN SELECT RAISE(ABORT" not in sql:
                    missing.append(f"{table.name} ({change})")
        return missing


@cache
def _checks() -> dict[str, str]:
    """For each table that has checks the question for a row that one of them refuses."""
    asked: dict[str, str] = {}
    for table in metadata.sorted_tables:
        rules = {*table.constraints, *(rule for column in table.columns for rule in column.constraints)}
        checks = sorted(str(rule.sqltext) for rule in rules if isinstance(rule, CheckConstraint))
        if checks:
            broken = or_(*(literal_column(f"NOT ({sql})") for sql in checks))
            sql = str(select(literal_column("1")).select_from(table).where(broken).compile(dialect=SQLiteDialect()))
            asked[table.name] = f"{sql} LIMIT 1"
    return asked


@cache
def _as_made() -> dict[str, str]:
    """What each table, index and trigger of the search says in books that nobody touched."""
    dialect = SQLiteDialect()
    made = {table.name: CreateTable(table).compile(dialect=dialect) for table in metadata.sorted_tables}
    made |= {
        str(index.name): CreateIndex(index).compile(dialect=dialect)
        for table in metadata.sorted_tables
        for index in table.indexes
    }
    return {name: _squeezed(str(sql)) for name, sql in (made | INDEXES | TRIGGERS).items()}


def _squeezed(sql: str) -> str:
    """Blanks and line ends say nothing in SQL."""
    return " ".join(sql.split())
