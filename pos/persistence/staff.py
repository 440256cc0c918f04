"""Who works here, and how often a PIN went wrong: both outlive a restart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from pos.domain.frozen import dataclass
from pos.domain.rights import ShopRoles
from pos.domain.staff import Operator
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.roles import Roles
from pos.persistence.tables import staff
from pos.persistence.tables_badges import staff_badge
from pos.persistence.tables_rights import role_rules


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """An operator with what only `sign_on` may see: the hash of the PIN, and the wrong tries since a right one."""

    operator: Operator
    pin_hash: str
    active: bool
    wrong_pins: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides what somebody may do: whether they work here, in which role, by which version of the roles."""

    active: bool
    role: str
    roles: int


# Asked before every act of whoever is signed on.
_STANDING = Prepared(
    select(
        staff.c.active,
        staff.c.role,
        select(func.max(role_rules.c.version)).scalar_subquery().label("roles"),
    ).where(staff.c.id == bindparam("staff_id"))
)


class StaffRecords:
    """Staff by id, the number they type."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._roles = Roles(connection)

    def add(self, operator: Operator, pin_hash: str) -> None:
        self._connection.execute(
            insert(staff).values(
                id=operator.id,
                name=operator.name,
                role=operator.role,
                language=operator.language,
                pin_hash=pin_hash,
                active=1,
                wrong_pins=0,
                locked_until=None,
            )
        )

    def find(self, staff_id: str) -> StaffRecord | None:
        row = self._connection.execute(select(staff).where(staff.c.id == staff_id)).first()
        return None if row is None else _read(row, self._roles.current())

    def standing(self, staff_id: str) -> Standing | None:
        """What decides what this person may do, read as cheaply as can be; None for a number nobody has."""
        row = _STANDING.first(self._connection, {"staff_id": staff_id})
        return None if row is None else Standing(bool(row.active), row.role, row.roles or 0)

    def all(self) -> tuple[StaffRecord, ...]:
        """Everybody there ever was, by staff number."""
        roles = self._roles.current()
        return tuple(_read(row, roles) for row in self._connection.execute(select(staff).order_by(staff.c.id)))

    def all_active(self) -> tuple[StaffRecord, ...]:
        roles = self._roles.current()
        rows = self._connection.execute(select(staff).where(staff.c.active == 1).order_by(staff.c.id))
        return tuple(_read(row, roles) for row in rows)

    def change(self, operator: Operator) -> None:
        """Another name, role or language for the person of this number."""
        self._connection.execute(
            update(staff)
            .where(staff.c.id == operator.id)
            .values(name=operator.name, role=operator.role, language=operator.language)
        )

    def set_pin(self, staff_id: str, pin_hash: str) -> None:
        """Another PIN; wrong tries of the old one are forgotten."""
        self._connection.execute(
            update(staff).where(staff.c.id == staff_id).values(pin_hash=pin_hash, wrong_pins=0, locked_until=None)
        )

    def find_badge(self, badge_hash: str) -> StaffRecord | None:
        """Whose badge this is."""
        rows = select(staff).join(staff_badge, staff_badge.c.staff == staff.c.id)
        row = self._connection.execute(rows.where(staff_badge.c.badge_hash == badge_hash)).first()
        return None if row is None else _read(row, self._roles.current())

    def badges(self) -> dict[str, str]:
        """The number of everybody who has a badge, with what is kept of it."""
        return {row.staff: row.badge_hash for row in self._connection.execute(select(staff_badge))}

    def set_badge(self, staff_id: str, badge_hash: str | None) -> None:
        """Another badge in the place of the old one; None for no badge."""
        self._connection.execute(delete(staff_badge).where(staff_badge.c.staff == staff_id))
        if badge_hash is not None:
            self._connection.execute(insert(staff_badge).values(staff=staff_id, badge_hash=badge_hash))

    def set_active(self, staff_id: str, active: bool) -> None:
        """Whether this person may sign in."""
        self._connection.execute(update(staff).where(staff.c.id == staff_id).values(active=int(active)))

    def record_tries(self, staff_id: str, wrong_pins: int, locked_until: datetime | None) -> None:
        self._connection.execute(
            update(staff)
            .where(staff.c.id == staff_id)
            .values(wrong_pins=wrong_pins, locked_until=locked_until and to_text(locked_until))
        )


def _read(row: Row[tuple[object, ...]], roles: ShopRoles) -> StaffRecord:
    role = roles.find(row.role)
    return StaffRecord(
        operator=Operator(
            id=row.id,
            name=row.name,
            role=row.role,
            language=row.language,
            granted=roles.rights(row.role),
            role_name="" if role is None else role.name,
        ),
        pin_hash=row.pin_hash,
        active=bool(row.active),
        wrong_pins=row.wrong_pins,
        locked_until=None if row.locked_until is None else from_text(row.locked_until),
    )
