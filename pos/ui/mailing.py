"""Hand a file to the program this person writes mail with; what is sent, and to whom, stays that person's business."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def hand_to_mail(file: Path, subject: str) -> bool:
    """Open a new message with the file in it where the desktop can (xdg-email), or one that names it; False: no way."""
    program = shutil.which("xdg-email")
    if program is not None:
        started, _process_id = QProcess.startDetached(program, ["--subject", subject, "--attach", str(file)])
        return bool(started)
    link = f"mailto:?subject={quote(subject)}&body={quote(str(file))}"
    return bool(QDesktopServices.openUrl(QUrl(link)))
