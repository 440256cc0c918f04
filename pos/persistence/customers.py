"""Customers by number, card and the words they are found by, and their points as movements with a running sum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from pos.domain.customer import Customer, search_words
from pos.domain.frozen import dataclass
from pos.domain.points import PointsKind, PointsMove
from pos.domain.search_text import fold
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import journal_entry, retail_transaction
from pos.persistence.tables_customers import customer, customer_word, points_move

_BY_ID = Prepared(select(customer).where(customer.c.id == bindparam("id")))
_BY_CARD = Prepared(select(customer).where(customer.c.card == bindparam("card")))
_MOVE = Prepared(insert(points_move))
# Beyond every letter: the end of the range of words that begin alike.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class PointsRecord:
    """A movement of points with when it was and what it was about: a sale's identity, or the customer's own."""

    move: PointsMove
    at: datetime
    subject: str | None


class Customers:
    """What is known of them may be changed and forgotten; nobody is ever removed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Customer) -> None:
        """Somebody new, who has no points until they are moved."""
        self._connection.execute(insert(customer).values(**_row(new), points=0))
        self._write_words(new)

    def change(self, changed: Customer) -> None:
        """What is known of somebody, but for the points."""
        self._connection.execute(update(customer).where(customer.c.id == changed.id).values(**_row(changed)))
        self._connection.execute(delete(customer_word).where(customer_word.c.customer == changed.id))
        self._write_words(changed)

    def forget(self, forgotten: Customer) -> None:
        """The same, and what stood there before is overwritten in the file, not only let go of."""
        self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        self.change(forgotten)
        self._connection.exec_driver_sql("PRAGMA secure_delete = OFF")

    def get(self, customer_id: str) -> Customer | None:
        row = _BY_ID.first(self._connection, {"id": customer_id})
        return None if row is None else _read(row)

    def find_card(self, card: str) -> Customer | None:
        """Whose card says this."""
        row = _BY_CARD.first(self._connection, {"card": card}) if card else None
        return None if row is None else _read(row)

    def next_id(self) -> str:
        """A number nobody has; asked for inside the unit of work that uses it."""
        number = int(self._connection.execute(select(func.count()).select_from(customer)).scalar_one()) + 1
        while self.get(f"C{number}") is not None:
            number += 1
        return f"C{number}"

    def search(self, words: Sequence[str], limit: int) -> list[Customer]:
        """Everybody of whom some word begins with each of these, by name; with no words the first of all."""
        rows = select(customer).where(customer.c.erased == 0)
        for word in words:
            rows = rows.where(
                customer.c.id.in_(
                    select(customer_word.c.customer).where(
                        customer_word.c.word >= word, customer_word.c.word < word + _LAST
                    )
                )
            )
        found = self._connection.execute(rows.order_by(customer.c.plain, customer.c.id).limit(limit))
        return [_read(row) for row in found]

    def words_used(self) -> tuple[list[str], list[str]]:
        """Every group and every tier somebody is in."""
        groups, tiers = (
            list(self._connection.execute(select(column).where(column != "").distinct().order_by(column)).scalars())
            for column in (customer.c.grouped, customer.c.tier)
        )
        return groups, tiers

    def sales_of(self, customer_id: str, limit: int) -> list[str]:
        """The identities of the last sales to somebody, the latest first."""
        rows = self._connection.execute(
            select(retail_transaction.c.id)
            .where(retail_transaction.c.customer == customer_id)
            .order_by(retail_transaction.c.at.desc(), retail_transaction.c.id)
            .limit(limit)
        )
        return list(rows.scalars())

    def move_points(self, moves: Sequence[PointsMove], entry: JournalHead) -> None:
        """Write movements under their entry and what is left; the table itself refuses less than nothing."""
        for position, move in enumerate(moves, start=1):
            row = {"customer": move.customer, "workstation": entry.workstation, "sequence": entry.sequence}
            row |= {"position": position, "kind": move.kind.value, "points": move.points}
            _MOVE.run(self._connection, row)
            self._connection.execute(
                update(customer).where(customer.c.id == move.customer).values(points=customer.c.points + move.points)
            )

    def points_of(self, customer_id: str, limit: int) -> list[PointsRecord]:
        """The last movements of somebody's points, the latest first."""
        rows = self._connection.execute(
            select(points_move, journal_entry.c.at, journal_entry.c.subject)
            .join(
                journal_entry,
                (journal_entry.c.workstation == points_move.c.workstation)
                & (journal_entry.c.sequence == points_move.c.sequence),
            )
            .where(points_move.c.customer == customer_id)
            .order_by(journal_entry.c.at.desc(), points_move.c.sequence.desc(), points_move.c.position.desc())
            .limit(limit)
        )
        return [
            PointsRecord(PointsMove(row.customer, PointsKind(row.kind), row.points), from_text(row.at), row.subject)
            for row in rows
        ]

    def points_of_entry(self, workstation: int, sequence: int) -> list[PointsMove]:
        """What one entry moved, in its order."""
        rows = self._connection.execute(
            select(points_move)
            .where(points_move.c.workstation == workstation, points_move.c.sequence == sequence)
            .order_by(points_move.c.position)
        )
        return [PointsMove(row.customer, PointsKind(row.kind), row.points) for row in rows]

    def _write_words(self, of: Customer) -> None:
        words = [] if of.erased else sorted(search_words(of))
        if words:
            self._connection.execute(insert(customer_word), [{"word": word, "customer": of.id} for word in words])


def _row(of: Customer) -> dict[str, object]:
    return {
        "id": of.id,
        "name": of.name,
        "plain": fold(of.name),
        "phone": of.phone,
        "email": of.email,
        "card": of.card,
        "grouped": of.group,
        "tier": of.tier,
        "tax_exempt": of.tax_exempt,
        "language": of.language,
        "note": of.note,
        "staff": of.staff,
        "open_bad_check": int(of.open_bad_check),
        "erased": int(of.erased),
        "account_limit": of.account_limit or None,
    }


def _read(row: Any) -> Customer:
    return Customer(
        id=row.id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        card=row.card,
        group=row.grouped,
        tier=row.tier,
        tax_exempt=row.tax_exempt,
        language=row.language,
        note=row.note,
        staff=row.staff,
        open_bad_check=bool(row.open_bad_check),
        points=row.points,
        erased=bool(row.erased),
        account_limit=row.account_limit or 0,
    )
