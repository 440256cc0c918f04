"""Screen habits: what a person or this screen had chosen last. Losing them loses nothing but comfort."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from pos.ui.theme import ThemeName

FILE_NAME = "screen.ini"


class Habits:
    """Kept in a file of their own under `home`; a person's own choice goes before the screen's."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._settings = QSettings(str(self._path), QSettings.Format.IniFormat)

    def language(self, person: str = "") -> str:
        """The language chosen by a person, or at this screen for nobody; empty where none was."""
        return self._read(person, "language")

    def theme(self, person: str = "") -> ThemeName:
        said = self._read(person, "theme") or self._read("", "theme")
        return "dark" if said == "dark" else "light"

    @property
    def last_person(self) -> str:
        """Who signed in here last."""
        return self._read("", "person")

    def keep_language(self, language: str, person: str = "") -> None:
        self._write(person, "language", language)

    def keep_theme(self, theme: ThemeName, person: str = "") -> None:
        self._write(person, "theme", theme)

    def keep_last_person(self, person: str) -> None:
        self._write("", "person", person)

    def _read(self, person: str, name: str) -> str:
        return str(self._settings.value(_key(person, name), "") or "")

    def _write(self, person: str, name: str, value: str) -> None:
        if value == self._read(person, name):
            # Whoever signs in where they were last does not wait for the disk.
            return
        self._settings.setValue(_key(person, name), value)
        self._settings.sync()
        if self._path.exists():
            self._path.chmod(0o600)


def _key(person: str, name: str) -> str:
    return f"person-{person}/{name}" if person else f"screen/{name}"
