"""A lane script as it is written."""

from __future__ import annotations

from pathlib import Path

from pos.strict_yaml import DEPTH_MAX, FILE_BYTES_MAX, Fields, FileFault, Node, Rows, Text, read_file
from pos.strict_yaml import parse as parse_file
from pos.wording import N_

__all__ = ["DEPTH_MAX", "FILE_BYTES_MAX", "Fields", "Node", "Rows", "ScriptError", "Text", "parse", "read_script"]

# What is wrong with a script is what may be wrong with any file people write.
ScriptError = FileFault
_BEGINS = N_("A lane script is a map of fields that begins with “lane: 1”.")


def read_script(path: Path) -> Fields:
    """The whole file. Raises ScriptError where it cannot be read or is no map."""
    return read_file(path, _BEGINS)


def parse(text: str) -> Fields:
    """The one document of `text`. Raises ScriptError."""
    return parse_file(text, _BEGINS)
