"""Paper compared with what tests/golden keeps; KASSA_WRITE_GOLDEN=1 writes it anew, to be read before it is kept."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden"


def assert_golden(name: str, text: str) -> None:
    """`text` is what tests/golden/`name` holds, sign by sign."""
    file = GOLDEN / name
    if os.environ.get("KASSA_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
