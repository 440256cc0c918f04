"""Sales put aside, for every workstation of the shop. A row stays when it was taken: who had it can be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.engine import Connection

from pos.domain.suspended import SuspendedSale
from pos.persistence.baskets import basket_text, read_basket
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import staff, suspended_sale

_ROWS: Select[tuple[object, ...]] = select(suspended_sale, staff.c.name.label("operator_name")).join(
    staff, staff.c.id == suspended_sale.c.operator
)


class SuspendedSales:
    """By identity, number and the token of the slip; each is taken once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """Asked for inside the unit of work that uses it."""
        highest = self._connection.execute(select(func.max(suspended_sale.c.number))).scalar()
        return int(highest or 0) + 1

    def add(self, sale: SuspendedSale) -> None:
        self._connection.execute(
            insert(suspended_sale).values(
                id=sale.id,
                number=sale.number,
                token=sale.token,
                workstation=sale.workstation,
                operator=sale.operator,
                suspended_at=to_text(sale.suspended_at),
                body=basket_text(sale.basket),
                total=sale.total,
            )
        )

    def get(self, suspended_id: str) -> SuspendedSale | None:
        """Raises LookupError, TypeError or ValueError where it is damaged; so do the others."""
        return self._one(_ROWS.where(suspended_sale.c.id == suspended_id))

    def find_by_number(self, number: int) -> SuspendedSale | None:
        return self._one(_ROWS.where(suspended_sale.c.number == number))

    def find_by_token(self, token: str) -> SuspendedSale | None:
        return self._one(_ROWS.where(suspended_sale.c.token == token))

    def waiting(self) -> tuple[SuspendedSale, ...]:
        """What nobody has taken yet, the last one first."""
        rows = self._connection.execute(
            _ROWS.where(suspended_sale.c.resumed_at.is_(None)).order_by(suspended_sale.c.number.desc())
        )
        return tuple(_read(row) for row in rows)

    def ids(self) -> tuple[str, ...]:
        return tuple(self._connection.execute(select(suspended_sale.c.id).order_by(suspended_sale.c.number)).scalars())

    def take(self, suspended_id: str, workstation: int, at: datetime) -> bool:
        """Take it for this workstation; False where another one has."""
        taken = self._connection.execute(
            update(suspended_sale)
            .where(suspended_sale.c.id == suspended_id, suspended_sale.c.resumed_at.is_(None))
            .values(resumed_by=workstation, resumed_at=to_text(at))
        )
        return taken.rowcount == 1

    def _one(self, statement: Select[tuple[object, ...]]) -> SuspendedSale | None:
        row = self._connection.execute(statement).first()
        return None if row is None else _read(row)


def _read(row: Any) -> SuspendedSale:
    return SuspendedSale(
        id=row.id,
        number=row.number,
        token=row.token,
        workstation=row.workstation,
        operator=row.operator,
        operator_name=row.operator_name,
        suspended_at=from_text(row.suspended_at),
        total=row.total,
        basket=read_basket(row.body),
        resumed_by=row.resumed_by,
        resumed_at=None if row.resumed_at is None else from_text(row.resumed_at),
    )
