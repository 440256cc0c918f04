"""A new badge as paper: made once, printed or saved at once. Only its hash is kept, so nobody can make it again."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pos.domain.trouble import KnownError, Trouble
from pos.services.desk import Desk
from pos.services.people import MadeBadge
from pos.services.shop_logo import face_of
from pos.wording import Wording
from receipts import pdf
from receipts.document import Document
from receipts.paper.staff_badge import staff_badge


def badge_paper(desk: Desk, made: MadeBadge) -> Document:
    """The paper of a badge, in the shop's language."""
    words = Wording(desk.rules.language)
    return staff_badge(
        made.code,
        face_of(desk, desk.rules),
        words,
        name=made.operator.name,
        number=made.operator.id,
        role=words.role_of(made.operator),
    )


def save_badge(desk: Desk, made: MadeBadge, folder: Path) -> Path:
    """The paper as a PDF that only this user of the machine can read. Raises KnownError FILE_UNREADABLE."""
    path = folder / f"badge-{made.operator.id}.pdf"
    unfinished = folder / f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(pdf.render(badge_paper(desk, made)))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    return path
