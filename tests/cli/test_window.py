"""`kassa open` where no window can be shown: a sentence with what to do, and nothing of Qt is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos import cli, preflight
from pos.cli import main, window
from pos.settings import home_folder

ROOT = Path(__file__).parents[2]


def test_without_a_display_it_says_so_and_what_works_there(tmp_path: Path) -> None:
    code = "import sys; from pos.cli import main; print(main(['open']), 'PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"KASSA_HOME": str(tmp_path / "kassa")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "1 False\n"
    assert "There is no display here" in done.stderr
    assert "kassa play FILE" in done.stderr
    assert not (tmp_path / "kassa").exists()


def test_libraries_that_are_not_there_are_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(window, "missing_libraries", lambda _: ("libxcb-icccm.so.4", "libEGL.so.1"))
    assert main(["open"]) == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1].strip() == preflight.install_line(("libxcb-icccm.so.4", "libEGL.so.1"))


def test_a_display_that_does_not_answer_is_no_crash_of_qt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(window, "missing_libraries", lambda _: ())
    monkeypatch.setattr(window, "silent_display", lambda _: ":7")
    assert main(["open"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The display :7 does not answer")
    assert "kassa play FILE" in said


@pytest.mark.parametrize("command", ["open", "verify", "backup"])
def test_a_home_that_is_a_file_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    (tmp_path / "kassa").write_text("", "utf-8")
    monkeypatch.setenv("KASSA_HOME", str(tmp_path / "kassa" / "home"))
    assert main([command]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(tmp_path / "kassa") in said
    assert (tmp_path / "kassa").read_text("utf-8") == ""


def test_a_home_of_somebody_else_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(home: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(home))

    monkeypatch.setattr(cli, "first_choice", refused)
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert said == f"{home_folder()} cannot be read or written: Permission denied. Nothing was changed.\n"
