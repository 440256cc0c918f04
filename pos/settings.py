"""The settings of this machine as `kassa.toml` has them: read with every value checked, and written line by line.

The shop's own rules are not here: they are versioned rows in its database. Screen habits are the windows' own.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from pos.domain.frozen import dataclass
from pos.domain.trouble import KnownError, Trouble
from pos.setting_list import SETTINGS, Setting

__all__ = [
    "DEMO_SHOP",
    "FILE_NAME",
    "OWN_SHOP",
    "SETTINGS",
    "MachineSettings",
    "Setting",
    "first_choice",
    "has_own_shop",
    "home_folder",
    "read_settings",
    "restored_beside",
    "write_settings",
]

FILE_NAME = "kassa.toml"
# Under the home folder: the shop that set-up founds or restores, and the invented one to try things in.
OWN_SHOP = "shop"
DEMO_SHOP = "demo"


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """What `kassa.toml` says, each value checked; `home` is the folder everything of this machine lives in."""

    home: Path
    workstation: int
    printer: str
    printer_host: str
    printer_port: int
    printer_folder: str
    printer_profile: str
    drawer_switch: str
    customer_display: str
    customer_display_port: str
    e_receipt_folder: str
    e_receipt_mail: int
    scanner_port: str
    scanner_baud: int
    scanner_parity: str
    scale: str
    scale_port: str
    scale_unit: str
    terminal: str
    terminal_host: str
    terminal_port: int
    terminal_id: str
    terminal_sale_id: str
    terminal_certificate: str
    terminal_passphrase_file: str
    terminal_key: str
    terminal_key_version: int
    terminal_connect_seconds: int
    terminal_card_seconds: int
    terminal_question_seconds: int
    scan_gap_ms: int
    auto_lock_minutes: int
    keys: str
    ui_scale_percent: int
    left_handed: int
    on_screen_keyboard: str
    sounds: int

    @property
    def e_receipts(self) -> Path:
        """Where papers that are saved as files are kept."""
        return Path(self.e_receipt_folder).expanduser() if self.e_receipt_folder else self.home / "e-receipts"


def home_folder() -> Path:
    """KASSA_HOME, or the platform's own folder for data."""
    named = os.environ.get("KASSA_HOME")
    return Path(named).expanduser() if named else user_data_path("kassa", appauthor=False)


def has_own_shop(home: Path) -> bool:
    """Whether this machine has a shop of its own, or had one: whatever is in its folder is never taken for nothing.

    One that a restore had still to put there is there.
    """
    folder = home / OWN_SHOP
    return (folder.is_dir() and any(folder.iterdir())) or restored_beside(folder).exists()


def restored_beside(shop_folder: Path) -> Path:
    """Where a restored shop stands, complete, in the moment before it takes its place."""
    return shop_folder.with_name(f".{shop_folder.name}.restored")


def first_choice(home: Path) -> Path:
    """The shop the program is about where none is named: the own one from set-up on, the demo shop before."""
    return home / (OWN_SHOP if has_own_shop(home) else DEMO_SHOP)


def read_settings(home: Path) -> MachineSettings:
    """The settings of this machine; what the file leaves out has its default.

    Raises KnownError SETTINGS_UNREADABLE with the setting and what it may be.
    """
    path = home / FILE_NAME
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        given = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        detail = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise KnownError(Trouble.SETTINGS_UNREADABLE, file=str(path), detail=detail) from error
    known = {setting.name: setting for setting in SETTINGS}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise _unreadable(path, name, " → ".join([name, *near]))
    for setting in SETTINGS:
        value = given.get(setting.name, setting.default)
        if not setting.allows(value):
            raise _unreadable(path, setting.name, f"{setting.name} = {value!r} ({setting.may_be})")
    values: dict[str, Any] = {setting.name: given.get(setting.name, setting.default) for setting in SETTINGS}
    return MachineSettings(home=home, **values)


def write_settings(home: Path, values: Mapping[str, str | int]) -> None:
    """Write these settings into `kassa.toml`, keeping every line and comment that is about something else.

    The file is replaced whole or not at all, readable by nobody else. A file written in a way this cannot edit line by
    line is written anew from the declarations. Raises KnownError SETTINGS_UNREADABLE or FILE_UNREADABLE.
    """
    path = home / FILE_NAME
    before = read_settings(home)
    wanted = {setting.name: values.get(setting.name, getattr(before, setting.name)) for setting in SETTINGS}
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        written = _edited(text, {name: wanted[name] for name in values})
        if not _says(written, wanted):
            written = _edited("", wanted)
        unfinished = path.with_name(f".{FILE_NAME}.{os.getpid()}")
        try:
            unfinished.touch(mode=0o600)
            with unfinished.open("w", encoding="utf-8") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error


def _edited(text: str, values: Mapping[str, str | int]) -> str:
    """The lines with these values in place of theirs; a setting that has no line gets one, under its meaning."""
    lines = text.splitlines()
    meanings = {setting.name: setting.meaning for setting in SETTINGS}
    for name, value in values.items():
        # A JSON string of printable characters is a TOML string too.
        said = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for at, line in enumerate(lines):
            found = re.fullmatch(rf"\s*{name}\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\"'#]*?)(\s*#.*)?", line)
            if found:
                lines[at] = said + (found[1] or "")
                break
        else:
            lines += [f"# {meanings[name]}", said]
    return "\n".join(lines) + "\n"


def _says(text: str, wanted: Mapping[str, str | int]) -> bool:
    """Whether the file reads back as what is wanted, and holds nothing else."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return given.keys() <= wanted.keys() and all(
        given.get(setting.name, setting.default) == wanted[setting.name] for setting in SETTINGS
    )


def _unreadable(path: Path, name: str, detail: str) -> KnownError:
    """The trouble with one setting, by its line."""
    lines = path.read_text("utf-8").splitlines()
    at = next((at for at, line in enumerate(lines, start=1) if re.match(rf"\s*\[?{re.escape(name)}\b", line)), 0)
    return KnownError(Trouble.SETTINGS_UNREADABLE, file=f"{path}:{at}" if at else str(path), detail=detail)
