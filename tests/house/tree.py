"""The files that belong to the project, as the house tests read them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What the program is made of and goes into the wheel.
PACKAGES = ("pos", "receipts", "migrations", "benchmarks")


@cache
def files() -> tuple[str, ...]:
    """Return every file of the project, as its path from the root: what git keeps, or would keep once it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def python_files(folders: Sequence[str]) -> list[str]:
    """Return the Python files below `folders`."""
    return [name for name in files() if name.endswith(".py") and name.startswith(tuple(f"{top}/" for top in folders))]


def text(name: str) -> str:
    """Return what stands in one file of the project."""
    return (ROOT / name).read_text("utf-8")


@cache
def syntax(name: str) -> ast.Module:
    """Return the parsed source of one Python file of the project."""
    return ast.parse(text(name), name)
