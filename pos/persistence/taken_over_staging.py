"""Rows of what is to be taken over wait on the disk until all of them are known: memory does not grow with them.

They lie in files without a name, which are gone with the program whatever ends it. Each line is the one that the digest
of the journal's entry is made of, so what is written afterwards is what was digested.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

from sqlalchemy import Table

from pos.domain.purchase import Purchase
from pos.domain.taken_over import TakenOver, TakenReturn
from pos.persistence.taken_over import ROWS_OF, told, told_columns
from pos.persistence.taken_over_rows import Row

_STEP = 2_000


@contextmanager
def staging() -> Iterator[Staging]:
    """A place for rows to wait, which is gone afterwards."""
    with ExitStack() as files:
        yield Staging({table.name: files.enter_context(tempfile.TemporaryFile()) for table, _ in ROWS_OF})


class Staging:
    """Purchases and returns on their way into the books; each kind is added in the order of its identities.

    `totals` are those of everything that was added, as `TakenOver.totals` says them.
    """

    def __init__(self, files: Mapping[str, BinaryIO]) -> None:
        """`files` are open and empty, by the tables' names."""
        self._files = files
        self._columns = {table.name: told_columns(table) for table, _ in ROWS_OF}
        self._rows = 0
        self.totals = TakenOver().totals()

    def add_sale(self, sale: Purchase) -> None:
        """One purchase with its lines and tenders."""
        for table, (of_sale, _) in ROWS_OF:
            if of_sale is not None:
                self._keep(table, of_sale(sale))
        self._count(TakenOver(sales=(sale,)))

    def add_return(self, one: TakenReturn) -> None:
        """One return with its lines and tenders."""
        for table, (_, of_return) in ROWS_OF:
            if of_return is not None:
                self._keep(table, of_return(one))
        self._count(TakenOver(returns=(one,)))

    @property
    def rows(self) -> int:
        """How many rows wait."""
        return self._rows

    def digest(self) -> str:
        """As `taken_over_digest`, of everything that was added."""
        made = hashlib.sha256()
        for table, _ in ROWS_OF:
            file = self._files[table.name]
            file.seek(0)
            while block := file.read(1 << 20):
                made.update(block)
        return made.hexdigest()

    def steps(self) -> Iterator[tuple[Table, list[Row]]]:
        """Everything that was added, some rows at a time, in the order they are to be written."""
        for table, _ in ROWS_OF:
            names = self._columns[table.name]
            file = self._files[table.name]
            file.seek(0)
            rows: list[Row] = []
            for line in file:
                rows.append(dict(zip(names, json.loads(line)["row"], strict=True)))
                if len(rows) == _STEP:
                    yield table, rows
                    rows = []
            yield table, rows

    def _count(self, more: TakenOver) -> None:
        for name, amount in more.totals().items():
            self.totals[name] += amount

    def _keep(self, table: Table, rows: list[Any]) -> None:
        names = self._columns[table.name]
        file = self._files[table.name]
        for row in rows:
            file.write(told(table, row, names))
        self._rows += len(rows)
