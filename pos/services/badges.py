"""A new badge as paper: made once, printed or saved at once. Only its hash is kept, so nobody can make it again."""

from __future__ import annotations

from pathlib import Path

from pos.services.desk import Desk
from pos.services.people import MadeBadge
from pos.services.shop_logo import face_of
from pos.services.whole_file import write_privately
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
    write_privately(path, pdf.render(badge_paper(desk, made)))
    return path
