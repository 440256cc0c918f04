"""Every version of a shop's roles; a shop without one has the program's four."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.rights import ShopRoles, read_role, roles_body
from pos.persistence.moments import from_text, to_text
from pos.persistence.rules import RulesChange
from pos.persistence.tables_rights import role_rules

_NEWEST = select(role_rules.c.version, role_rules.c.body).order_by(role_rules.c.version.desc()).limit(1)


class Roles:
    """The roles of one shop by version, from 1."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, roles: ShopRoles, at: datetime, changed_by: str | None) -> None:
        body = json.dumps(roles_body(roles.roles), ensure_ascii=False, sort_keys=True)
        self._connection.execute(
            insert(role_rules).values(version=roles.version, starts_at=to_text(at), body=body, changed_by=changed_by)
        )

    def current(self) -> ShopRoles:
        """The newest version. Raises LookupError, TypeError or ValueError where it is damaged."""
        row = self._connection.execute(_NEWEST).first()
        return ShopRoles() if row is None else ShopRoles(tuple(map(read_role, json.loads(row.body))), row.version)

    def version(self) -> int:
        """The number of the newest version, 0 where the shop has the program's own."""
        return self._connection.scalar(select(func.max(role_rules.c.version))) or 0

    def body(self, version: int) -> str:
        """One version as it is stored, JSON. Raises LookupError where there is none such."""
        body = self._connection.scalar(select(role_rules.c.body).where(role_rules.c.version == version))
        if body is None:
            raise LookupError(f"roles {version}")
        return str(body)

    def history(self) -> tuple[RulesChange, ...]:
        """Every version, oldest first, without its body."""
        rows = self._connection.execute(
            select(role_rules.c.version, role_rules.c.starts_at, role_rules.c.changed_by).order_by(role_rules.c.version)
        )
        return tuple(RulesChange(row.version, from_text(row.starts_at), row.changed_by) for row in rows)
