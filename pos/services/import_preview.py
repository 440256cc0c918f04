"""How a file of items would be read: its columns, what they are taken for, its first rows; mappings kept by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pos.domain.frozen import dataclass
from pos.domain.item_columns import FileProblem, FileRefused, choose_columns, guess_columns, shown
from pos.domain.names import StrEnum
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.services.desk import Desk
from pos.services.import_profiles import ITEMS, keep_as, names_kept, read_kept
from pos.services.item_file import UTF_8, FileRow, ItemFile, open_item_file
from pos.services.item_import import ImportOptions

Field = TypeVar("Field", bound=StrEnum)

ROWS_SHOWN = 20
CELL_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The headings of a file, which of them each field is read from (by place, from 0), and its first rows as text.

    `problem` is what still keeps it from being read: no column for the price, a field named twice.
    """

    header: tuple[str, ...]
    mapping: Mapping[str, tuple[int, ...]]
    rows: tuple[tuple[str, ...], ...]
    problem: FileProblem | None


def preview_items(path: Path, options: ImportOptions) -> ImportPreview | FileProblem:
    """Read the beginning of a file without writing anything; FileProblem where it cannot be read at all.

    Raises KnownError FILE_UNREADABLE.
    """
    needed = not options.default_price
    return preview_file(
        path,
        UTF_8,
        lambda header: choose_columns(header, options.maps, price_needed=needed),
        lambda header: guess_columns(header, options.maps),
    )


def preview_file(
    path: Path,
    encoding: str,
    choose: Callable[[Sequence[str]], object],
    guess: Callable[[Sequence[str]], Mapping[Field, tuple[int, ...]]],
) -> ImportPreview | FileProblem:
    """The same of a file of any kind: `choose` raises FileRefused where its headings do not do, `guess` never."""
    try:
        with open_item_file(path, encoding) as file:
            problem = None
            try:
                choose(file.header)
            except FileRefused as error:
                problem = error.problem
            header = tuple(shown(name) for name in file.header)
            guessed = {column.value: places for column, places in guess(file.header).items()}
            return ImportPreview(header, guessed, _first_rows(file), problem)
    except FileRefused as error:
        return error.problem


def _first_rows(file: ItemFile) -> tuple[tuple[str, ...], ...]:
    """The first rows of a file as text that may be shown."""
    rows = (tuple(shown(cell, CELL_SHOWN) for cell in row.cells) for row in file.rows() if isinstance(row, FileRow))
    return tuple(islice(rows, ROWS_SHOWN))


def keep_profile(desk: Desk, name: str, options: ImportOptions, *, from_command_line: bool = False) -> str | Refused:
    """Keep how a file is read under a name, in place of what had that name. Answers with the name as kept.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PROFILE_NAME_INVALID.
    """
    return keep_as(desk, ITEMS, name, options, None if from_command_line else Permission.MANAGE_ITEMS)


def profile_names(desk: Desk) -> tuple[str, ...]:
    """The names mappings are kept under."""
    return names_kept(desk, ITEMS)


def read_profile(desk: Desk, name: str) -> ImportOptions | Refused:
    """What was kept under a name. Refused: PROFILE_UNKNOWN."""
    kept = read_kept(desk, ITEMS, name)
    return kept if isinstance(kept, Refused) else ImportOptions(**kept)
