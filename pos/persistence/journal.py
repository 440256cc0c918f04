"""The journal and the ledger as they stand in the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.engine import Connection, Row

from pos.domain.journal import GENESIS, CashMovement, EntryKind, JournalEntry
from pos.domain.ledger import LedgerEntry
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import journal_entry, ledger_entry, till_movement

_LAST = Prepared(
    select(journal_entry.c.sequence, journal_entry.c.mac, journal_entry.c.at)
    .where(journal_entry.c.workstation == bindparam("workstation"))
    .order_by(journal_entry.c.sequence.desc())
)
_LOOKED_AT_MAX = 20_000
_LEDGER_OF = Prepared(
    select(ledger_entry)
    .where(
        ledger_entry.c.workstation == bindparam("workstation"),
        ledger_entry.c.sequence == bindparam("sequence"),
    )
    .order_by(ledger_entry.c.leg)
)
_MOVEMENT_OF = Prepared(
    select(till_movement).where(
        till_movement.c.workstation == bindparam("workstation"),
        till_movement.c.sequence == bindparam("sequence"),
    )
)
# The bounds are spelled as the index over these accounts spells them, so that it serves.
_HOUSE = Prepared(
    select(func.sum(ledger_entry.c.amount).label("balance")).where(
        ledger_entry.c.account == bindparam("account"),
        text("account >= 'house_accounts:' AND account < 'house_accounts;'"),
    )
)
_MAC = Prepared(
    select(journal_entry.c.mac).where(
        journal_entry.c.workstation == bindparam("workstation"), journal_entry.c.sequence == bindparam("sequence")
    )
)
_ADD = Prepared(insert(journal_entry))
_POST = Prepared(insert(ledger_entry))


class Journal:
    """Entries are added at the head of a workstation's chain, and read in order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self, workstation: int) -> JournalHead:
        """The last entry; number 0 and the MAC of nothing before the first."""
        return self.head_and_moment(workstation)[0]

    def head_and_moment(self, workstation: int) -> tuple[JournalHead, str]:
        """The last entry, and when it was written, as stored; "" before the first."""
        row = _LAST.first(self._connection, {"workstation": workstation})
        if row is None:
            return JournalHead(workstation, 0, GENESIS), ""
        return JournalHead(workstation, row.sequence, row.mac), row.at

    def last_moment(self, workstation: int) -> str:
        """When the last entry was written, as stored; "" before the first."""
        return self.head_and_moment(workstation)[1]

    def heads(self) -> tuple[JournalHead, ...]:
        """The last entry of every workstation that has one."""
        workstations = self._connection.execute(select(journal_entry.c.workstation).distinct()).scalars()
        return tuple(self.head(workstation) for workstation in sorted(workstations))

    def has_since(self, heads: Sequence[JournalHead], kinds: Collection[EntryKind]) -> bool:
        """Whether an entry of one of these kinds came after those heads."""
        known = {head.workstation: head.sequence for head in heads}
        wanted = [kind.value for kind in kinds]
        return any(
            self._connection.execute(
                select(journal_entry.c.sequence)
                .where(
                    journal_entry.c.workstation == head.workstation,
                    journal_entry.c.sequence > known.get(head.workstation, 0),
                    journal_entry.c.kind.in_(wanted),
                )
                .limit(1)
            ).first()
            is not None
            for head in self.heads()
        )

    def mac_at(self, workstation: int, sequence: int) -> str:
        """The stored MAC of one entry; "" where there is none."""
        row = _MAC.first(self._connection, {"workstation": workstation, "sequence": sequence})
        return "" if row is None else str(row.mac)

    def add(self, entry: JournalEntry, mac: str, ledger: Sequence[LedgerEntry], currency: str) -> None:
        _ADD.run(
            self._connection,
            {
                "workstation": entry.workstation,
                "sequence": entry.sequence,
                "kind": entry.kind.value,
                "at": to_text(entry.at),
                "utc_offset_minutes": entry.utc_offset_minutes,
                "operator": entry.operator,
                "subject": entry.subject,
                "payload": entry.payload,
                "mac": mac,
            },
        )
        if ledger:
            _POST.run_many(
                self._connection,
                [
                    {
                        "workstation": entry.workstation,
                        "sequence": entry.sequence,
                        "leg": leg,
                        "account": posting.account,
                        "amount": posting.amount,
                        "currency": currency,
                    }
                    for leg, posting in enumerate(ledger, start=1)
                ],
            )

    def last_sign_on(self, workstation: int, before: datetime, operator: str | None = None) -> datetime | None:
        """When somebody, or this person, last signed on there before a moment; looked for among the last entries only,
        so that whoever was never there costs no walk through the years.
        """
        asked = [
            journal_entry.c.workstation == workstation,
            journal_entry.c.sequence > self.head(workstation).sequence - _LOOKED_AT_MAX,
            journal_entry.c.kind == EntryKind.SIGNED_ON.value,
            journal_entry.c.at < to_text(before),
        ]
        if operator is not None:
            asked.append(journal_entry.c.operator == operator)
        newest = select(journal_entry.c.at).where(*asked).order_by(journal_entry.c.sequence.desc()).limit(1)
        at = self._connection.execute(newest).scalar()
        return None if at is None else from_text(at)

    def entry_of(self, subject: str, kind: EntryKind) -> JournalHead | None:
        """Where the journal stood with the entry of this kind about `subject`."""
        row = self._connection.execute(
            select(journal_entry.c.workstation, journal_entry.c.sequence, journal_entry.c.mac).where(
                journal_entry.c.subject == subject, journal_entry.c.kind == kind.value
            )
        ).first()
        return None if row is None else JournalHead(row.workstation, row.sequence, row.mac)

    def entry(self, workstation: int, sequence: int) -> JournalEntry | None:
        """One entry by its place."""
        row = self._connection.execute(
            select(journal_entry).where(
                journal_entry.c.workstation == workstation, journal_entry.c.sequence == sequence
            )
        ).first()
        return None if row is None else _read(row)

    def last_at(self, subject: str, kind: EntryKind) -> datetime | None:
        """When the last entry of this kind about `subject` was written, at any workstation; None where none was."""
        row = self._connection.execute(
            select(func.max(journal_entry.c.at)).where(
                journal_entry.c.subject == subject, journal_entry.c.kind == kind.value
            )
        ).scalar()
        return None if row is None else from_text(row)

    def entries(self, workstation: int) -> Iterator[tuple[JournalEntry, str]]:
        """Every entry with its stored MAC, in order."""
        rows = self._connection.execute(
            select(journal_entry)
            .where(journal_entry.c.workstation == workstation)
            .order_by(journal_entry.c.sequence)
            .execution_options(yield_per=500)
        )
        for row in rows:
            yield _read(row), row.mac

    def of_kind(self, kind: EntryKind) -> tuple[JournalEntry, ...]:
        """Every entry of one kind, by workstation and number."""
        rows = self._connection.execute(
            select(journal_entry)
            .where(journal_entry.c.kind == kind.value)
            .order_by(journal_entry.c.workstation, journal_entry.c.sequence)
        )
        return tuple(_read(row) for row in rows)

    def of_subject(self, subject: str, kind: EntryKind) -> tuple[JournalEntry, ...]:
        """Every entry of one kind about one subject, by workstation and number."""
        rows = self._connection.execute(
            select(journal_entry)
            .where(journal_entry.c.subject == subject, journal_entry.c.kind == kind.value)
            .order_by(journal_entry.c.workstation, journal_entry.c.sequence)
        )
        return tuple(_read(row) for row in rows)

    def ledger_of(self, workstation: int, sequence: int) -> tuple[tuple[LedgerEntry, str], ...]:
        """The legs of one entry, each with its currency."""
        rows = _LEDGER_OF.rows(self._connection, {"workstation": workstation, "sequence": sequence})
        return tuple((LedgerEntry(row.account, row.amount), row.currency) for row in rows)

    def movement_of(self, workstation: int, sequence: int) -> CashMovement | None:
        row = _MOVEMENT_OF.first(self._connection, {"workstation": workstation, "sequence": sequence})
        return None if row is None else CashMovement(row.till, row.kind, row.amount)

    def balances(self) -> dict[str, int]:
        """What every account holds, in minor units, debit positive."""
        rows = self._connection.execute(
            select(ledger_entry.c.account, func.sum(ledger_entry.c.amount).label("balance"))
            .group_by(ledger_entry.c.account)
            .order_by(ledger_entry.c.account)
        )
        return {row.account: int(row.balance) for row in rows}

    def house_balance(self, account: str) -> int:
        """What one customer owes, in minor units: the balance of their account among the house accounts."""
        row = _HOUSE.first(self._connection, {"account": account})
        return 0 if row is None else int(row.balance or 0)

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(journal_entry)).scalar_one())


def _read(row: Row[tuple[object, ...]]) -> JournalEntry:
    return JournalEntry(
        workstation=row.workstation,
        sequence=row.sequence,
        kind=EntryKind(row.kind),
        at=from_text(row.at),
        utc_offset_minutes=row.utc_offset_minutes,
        operator=row.operator,
        subject=row.subject,
        payload=row.payload,
    )
