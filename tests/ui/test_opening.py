"""The books of a window: what the system says of a folder is a trouble with a sentence, no failure of the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.trouble import KnownError, Trouble, of_the_system
from pos.settings import read_settings
from pos.ui import opening


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    home = tmp_path / "taken" / "home"
    with pytest.raises(KnownError) as met:
        opening.open_books(replace(read_settings(tmp_path), home=home), home / "demo", 1, demo=True)
    assert met.value.trouble is Trouble.FILE_UNREADABLE
    assert str(tmp_path / "taken") in str(met.value.facts["file"])


def test_a_shop_of_somebody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(folder: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "shop.sqlite3"))

    monkeypatch.setattr(opening, "open_workstation", refused)
    with pytest.raises(KnownError) as met:
        opening.open_books(read_settings(tmp_path), tmp_path / "shop", 1, demo=False)
    assert met.value.trouble is Trouble.FILE_UNREADABLE
    assert met.value.facts == {"file": str(tmp_path / "shop" / "shop.sqlite3"), "detail": "Permission denied"}


def test_a_fault_that_names_no_file_stays_a_fault() -> None:
    with pytest.raises(ConnectionResetError):
        of_the_system(ConnectionResetError(104, "Connection reset by peer"))
