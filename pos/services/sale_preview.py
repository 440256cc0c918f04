"""How a file of another system's sales would be read: its columns and first rows; mappings kept by name."""

from __future__ import annotations

from pathlib import Path

from pos.domain.item_columns import FileProblem, FileRefused
from pos.domain.refusal import Refused
from pos.domain.sale_columns import choose_sale_columns, guess_sale_columns
from pos.domain.staff import Permission
from pos.services.desk import Desk
from pos.services.import_preview import ImportPreview, preview_file
from pos.services.import_profiles import SALES, keep_as, names_kept, read_kept
from pos.services.sale_import import SaleImportOptions
from pos.services.sale_scan import ENCODINGS, encoding_of


def preview_sales(path: Path, options: SaleImportOptions) -> ImportPreview | FileProblem:
    """Read the beginning of a file without writing anything; FileProblem where it cannot be read at all.

    Raises KnownError FILE_UNREADABLE.
    """
    try:
        encoding = options.encoding if options.encoding in ENCODINGS else encoding_of(path)
    except FileRefused as error:
        return error.problem
    return preview_file(
        path,
        encoding,
        lambda header: choose_sale_columns(header, options.maps),
        lambda header: guess_sale_columns(header, options.maps),
    )


def keep_sale_profile(
    desk: Desk, name: str, options: SaleImportOptions, *, from_command_line: bool = False
) -> str | Refused:
    """Keep how a file is read under a name, in place of what had that name. Answers with the name as kept.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PROFILE_NAME_INVALID.
    """
    return keep_as(desk, SALES, name, options, None if from_command_line else Permission.MANAGE_SHOP)


def sale_profile_names(desk: Desk) -> tuple[str, ...]:
    """The names mappings of sales are kept under."""
    return names_kept(desk, SALES)


def read_sale_profile(desk: Desk, name: str) -> SaleImportOptions | Refused:
    """What was kept under a name. Refused: PROFILE_UNKNOWN."""
    kept = read_kept(desk, SALES, name)
    return kept if isinstance(kept, Refused) else SaleImportOptions(**kept)
