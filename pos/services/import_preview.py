"""How a file of items would be read: its columns, what they are taken for, its first rows; mappings kept by name."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.item_columns import Column, FileProblem, FileRefused, choose_columns, guess_columns, shown
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.services.desk import Desk, Fact, record
from pos.services.item_file import FileRow, open_item_file
from pos.services.item_import import ImportOptions

ROWS_SHOWN = 20
CELL_SHOWN = 200
PROFILE_NAME_MAX = 60


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The headings of a file, which of them each field is read from (by place, from 0), and its first rows as text.

    `problem` is what still keeps it from being read: no column for the price, a field named twice.
    """

    header: tuple[str, ...]
    mapping: dict[Column, tuple[int, ...]]
    rows: tuple[tuple[str, ...], ...]
    problem: FileProblem | None


def preview_items(path: Path, options: ImportOptions) -> ImportPreview | FileProblem:
    """Read the beginning of a file without writing anything; FileProblem where it cannot be read at all.

    Raises KnownError FILE_UNREADABLE.
    """
    try:
        with open_item_file(path) as file:
            problem = None
            try:
                choose_columns(file.header, options.maps, price_needed=not options.default_price)
            except FileRefused as error:
                problem = error.problem
            rows: list[tuple[str, ...]] = []
            for row in file.rows():
                if isinstance(row, FileRow):
                    rows.append(tuple(shown(cell, CELL_SHOWN) for cell in row.cells))
                if len(rows) == ROWS_SHOWN:
                    break
            header = tuple(shown(name) for name in file.header)
            return ImportPreview(header, guess_columns(file.header, options.maps), tuple(rows), problem)
    except FileRefused as error:
        return error.problem


def keep_profile(desk: Desk, name: str, options: ImportOptions, *, from_command_line: bool = False) -> str | Refused:
    """Keep how a file is read under a name, in place of what had that name. Answers with the name as kept.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PROFILE_NAME_INVALID.
    """
    operator = None
    if not from_command_line:
        permitted = desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(permitted, Refused):
            return permitted
        operator = permitted.id
    name = " ".join(name.split())
    if not name or len(name) > PROFILE_NAME_MAX or not name.isprintable():
        return Refused(Code.PROFILE_NAME_INVALID, {"limit": PROFILE_NAME_MAX})
    kept = asdict(options)
    kept.pop("dry_run")
    kept.pop("take_good")
    body = json.dumps(kept, sort_keys=True, ensure_ascii=False)
    with desk.shop.books.writing() as work:
        before = work.import_profiles.get(name)
        work.import_profiles.keep(name, body)
        payload: dict[str, object] = {"before": before, "after": body}
        head = record(work, desk, Fact(EntryKind.IMPORT_PROFILE_KEPT, desk.now(), operator, name, payload))
        work.commit()
    desk.shop.anchor(head)
    return name


def profile_names(desk: Desk) -> tuple[str, ...]:
    """The names mappings are kept under."""
    with desk.shop.books.reading() as work:
        return work.import_profiles.names()


def read_profile(desk: Desk, name: str) -> ImportOptions | Refused:
    """What was kept under a name. Refused: PROFILE_UNKNOWN."""
    with desk.shop.books.reading() as work:
        body = work.import_profiles.get(" ".join(name.split()))
        known = work.import_profiles.names()
    if body is None:
        return Refused(Code.PROFILE_UNKNOWN, {"name": shown(name), "names": ", ".join(known)})
    kept = json.loads(body)
    return ImportOptions(**{**kept, "maps": tuple(kept["maps"])})
