"""What every test of the command line needs."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def own_mask() -> Iterator[None]:
    """The command changes the mask of its process, which here is that of the tests."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
