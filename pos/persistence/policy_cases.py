"""Cases of the return policy: each stays where it was written; one that is kept no more has a fact that says so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.policy_case import PolicyCase
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables_policy_cases import policy_case, policy_case_removed


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One of the two facts about a case, with the entry it stands under; `script` is empty for a removal."""

    number: int
    name: str
    script: str
    by: str
    at: str
    workstation: int
    sequence: int


class PolicyCases:
    """Cases by number; the number of one that is kept no more is never used again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> int:
        """The highest number, 0 where there is none."""
        return int(self._connection.execute(select(func.max(policy_case.c.number))).scalar() or 0)

    def add(self, case: PolicyCase, head: JournalHead) -> None:
        """A further case, under its journal entry."""
        self._connection.execute(
            insert(policy_case).values(
                number=case.number,
                name=case.name,
                script=case.script,
                kept_by=case.kept_by,
                at=to_text(case.at),
                workstation=head.workstation,
                sequence=head.sequence,
            )
        )

    def remove(self, number: int, by: str, at: str, head: JournalHead) -> None:
        """Keep it no more, under its journal entry."""
        self._connection.execute(
            insert(policy_case_removed).values(
                number=number, removed_by=by, at=at, workstation=head.workstation, sequence=head.sequence
            )
        )

    def kept(self) -> tuple[PolicyCase, ...]:
        """Those that are kept, the first first."""
        gone = select(policy_case_removed.c.number)
        wanted = select(policy_case).where(policy_case.c.number.not_in(gone)).order_by(policy_case.c.number)
        return tuple(_case(row) for row in self._connection.execute(wanted))

    def facts(self) -> tuple[CaseFact, ...]:
        """Every fact there is, for whoever holds them against the journal."""
        kept = self._connection.execute(select(policy_case).order_by(policy_case.c.number))
        gone = self._connection.execute(select(policy_case_removed).order_by(policy_case_removed.c.number))
        return (
            *(CaseFact(r.number, r.name, r.script, r.kept_by, r.at, r.workstation, r.sequence) for r in kept),
            *(CaseFact(r.number, "", "", r.removed_by, r.at, r.workstation, r.sequence) for r in gone),
        )


def _case(row: Any) -> PolicyCase:
    return PolicyCase(row.number, row.name, row.script, row.kept_by, from_text(row.at))
