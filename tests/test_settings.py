"""`kassa.toml`: what it leaves out has its default, and what cannot be is said with its name."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from pos.domain.trouble import KnownError, Trouble
from pos.settings import FILE_NAME, SETTINGS, MachineSettings, home_folder, read_settings, write_settings


def read(home: Path, text: str | bytes) -> MachineSettings:
    (home / FILE_NAME).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_settings(home)


def complaint(home: Path, text: str | bytes) -> str:
    with pytest.raises(KnownError) as met:
        read(home, text)
    assert met.value.trouble is Trouble.SETTINGS_UNREADABLE
    assert str(met.value.facts["file"]).startswith(str(home / FILE_NAME))
    return str(met.value.facts["detail"])


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert {name: getattr(settings, name) for name in (setting.name for setting in SETTINGS)} == {
        setting.name: setting.default for setting in SETTINGS
    }
    assert settings.home == tmp_path
    assert settings == read(tmp_path, "")
    assert not list(tmp_path.glob("*.sqlite3"))


def test_each_setting_is_declared_once_and_read(tmp_path: Path) -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(set(names)) == len(names)
    assert [field.name for field in fields(MachineSettings)] == ["home", *names]
    for setting in SETTINGS:
        assert setting.meaning.endswith(".")
        other = setting.choices[-1] if setting.choices else "x" if isinstance(setting.default, str) else setting.most
        written = f'"{other}"' if isinstance(other, str) else str(other)
        assert getattr(read(tmp_path, f"{setting.name} = {written}\n"), setting.name) == other


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workstation = 0", "workstation = 0 (1–99)"),
        ("workstation = 100", "workstation = 100 (1–99)"),
        ("workstation = -1", "workstation = -1 (1–99)"),
        ("workstation = 1.0", "workstation = 1.0 (1–99)"),
        ("workstation = true", "workstation = True (1–99)"),
        ('workstation = "1"', "workstation = '1' (1–99)"),
        ("sounds = 2", "sounds = 2 (0–1)"),
        ("sounds = false", "sounds = False (0–1)"),
        ('printer = "laser"', "printer = 'laser' (none|tcp|file)"),
        ("printer = 1", "printer = 1 (none|tcp|file)"),
        ("printer_host = 5", "printer_host = 5 (text)"),
        ("printer_port = 65536", "printer_port = 65536 (1–65535)"),
        ("[printer]\nport = 1", "printer = {'port': 1} (none|tcp|file)"),
    ],
)
def test_what_a_setting_cannot_be(tmp_path: Path, text: str, said: str) -> None:
    assert complaint(tmp_path, text) == said


def test_a_misspelt_name_is_met_with_the_likely_one(tmp_path: Path) -> None:
    assert complaint(tmp_path, "workstaton = 1") == "workstaton → workstation"
    assert complaint(tmp_path, "xyzzy = 1") == "xyzzy"


@pytest.mark.parametrize("text", ["workstation = ", "= 1", b"\xff\xfe", "a = 1\na = 2", "\x00"])
def test_what_is_no_settings_file(tmp_path: Path, text: str | bytes) -> None:
    assert complaint(tmp_path, text)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(KnownError) as met:
        read_settings(tmp_path)
    assert met.value.trouble is Trouble.SETTINGS_UNREADABLE
    assert met.value.facts["detail"] == "Is a directory"


def test_the_home_is_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_HOME", str(tmp_path / "here"))
    assert home_folder() == tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KASSA_HOME", "~/there")
    assert home_folder() == tmp_path / "there"
    monkeypatch.delenv("KASSA_HOME")
    assert home_folder().name == "kassa"
    monkeypatch.setenv("KASSA_HOME", "")
    assert home_folder().name == "kassa"


def test_what_cannot_be_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("# the till by the door\nworkstation = 2\n\n  printer_port = 99999 # wrong\n")
    with pytest.raises(KnownError) as met:
        read_settings(tmp_path)
    assert met.value.facts["file"] == f"{tmp_path / FILE_NAME}:4"


def test_writing_keeps_what_it_is_not_about(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('# the till by the door\nworkstation = 2  # never 1\n\nprinter_host = "10.0.0.5"\n')
    write_settings(tmp_path, {"workstation": 3, "printer_host": "printer.local", "printer": "tcp"})
    assert path.read_text().splitlines() == [
        "# the till by the door",
        "workstation = 3  # never 1",
        "",
        'printer_host = "printer.local"',
        "# How receipts are printed: not at all, on a network printer, or into files.",
        'printer = "tcp"',
    ]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_that_is_made_is_nobody_else_s(tmp_path: Path) -> None:
    write_settings(tmp_path, {"sounds": 0})
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert read_settings(tmp_path).sounds == 0


@pytest.mark.parametrize("text", ['printer_host = """\nlong\\\n"""\n', "'printer_host' = \"x\"\n", "printer_host=''\n"])
def test_however_it_was_written_it_says_what_was_wanted(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text.replace('"""\nlong\\\n"""', '"""long"""'))
    write_settings(tmp_path, {"printer_host": "new"})
    assert read_settings(tmp_path).printer_host == "new"


def test_a_file_that_cannot_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("workstation = 100\n")
    with pytest.raises(KnownError):
        write_settings(tmp_path, {"sounds": 0})
    assert (tmp_path / FILE_NAME).read_text() == "workstation = 100\n"


_PRINTABLE = st.text(st.characters(codec="utf-8")).filter(str.isprintable)


@trials(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_PRINTABLE, _PRINTABLE, st.integers(1, 65535))
def test_what_is_written_is_read(tmp_path: Path, host: str, folder: str, port: int) -> None:
    write_settings(tmp_path, {"printer_host": host, "printer_folder": folder, "printer_port": port})
    read = read_settings(tmp_path)
    assert (read.printer_host, read.printer_folder, read.printer_port) == (host, folder, port)


def test_the_page_about_settings_tells_of_each() -> None:
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text("utf-8")
    for setting in SETTINGS:
        assert setting.label, setting.name
        default = f"`{setting.default}`" if setting.default != "" else "empty"
        may_be = setting.may_be.replace("|", ", ")
        assert f"| `{setting.name}` | {default} | {may_be} | {setting.meaning} |" in page, setting.name
