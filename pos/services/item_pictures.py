"""Pictures of items: a file somebody brings is looked at, made small, and kept in the shop folder's `pictures`."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import PICTURES, keep_picture
from pos.services.desk import Desk
from receipts import logo as pictures

_STEM_MOST = 40


def take_picture(desk: Desk, path: Path) -> str | Refused:
    """Keep a copy of a picture for an item, no larger than a till shows; the name it is kept under.

    The same picture again is the same file. No item has it before it is written: `Catalogue.edit_item`.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PICTURE_UNFIT. Raises KnownError FILE_UNREADABLE or for a full disk.
    """
    operator = desk.permit(Permission.MANAGE_ITEMS)
    if isinstance(operator, Refused):
        return operator
    try:
        with path.open("rb") as file:
            content = file.read(pictures.BYTES_MOST + 1)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    small = pictures.small_picture(content)
    if small is None:
        return Refused(Code.PICTURE_UNFIT, {"file": path.name, "megabytes": pictures.BYTES_MOST // 1_000_000})
    name = f"{_plain(path.stem)}-{sha256(small).hexdigest()[:12]}.png"
    keep_picture(desk.shop.folder, name, small)
    return name


def picture_path(desk: Desk, name: str) -> str:
    """Where the picture of this name lies; empty for none, and where the file is gone."""
    if not name:
        return ""
    file = desk.shop.folder / PICTURES / name
    return str(file) if file.is_file() else ""


def picture_refused(desk: Desk, name: str) -> Refused | None:
    """Why an item cannot have the file of this name in `pictures`; None where it can, or none is named."""
    if not name:
        return None
    try:
        content = (desk.shop.folder / PICTURES / name).read_bytes()
    except OSError:
        content = b""
    if len(content) <= pictures.BYTES_MOST and pictures.small_picture(content) is not None:
        return None
    return Refused(Code.PICTURE_UNFIT, {"file": name, "megabytes": pictures.BYTES_MOST // 1_000_000})


def _plain(stem: str) -> str:
    """A name of letters, digits and dashes, whatever the file was called."""
    apart = unicodedata.normalize("NFKD", stem.casefold())
    plain = re.sub(r"[^a-z0-9]+", "-", apart.encode("ascii", "ignore").decode()).strip("-")
    return plain[:_STEM_MOST] or "picture"
