"""No test sees or touches this machine's own Kassa, display, settings or luck."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.compiled_once import share_compiled
from tests.longest import LONGEST

# Before anything of Qt is imported; a test of a real window starts its own process under a display of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("by hand", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "by hand")


def pytest_configure(config: pytest.Config) -> None:
    """Turn every folder that a program finds by itself into one that goes away with the run.

    Here and not in a fixture, because Qt and platformdirs look once and remember.
    """
    home = tempfile.TemporaryDirectory(prefix="kassa-tests-")
    config.add_cleanup(home.cleanup)
    for variable in ("KASSA_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(Path(home.name, variable.lower()))
    share_compiled()
    # The usual permissive mask: private folders and files are private by the program's own doing.
    os.umask(0o022)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; the others stay in their order."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.location[0], len(place)))


def pytest_collection_finish() -> None:
    """The program looks for no garbage from its first module of windows on until it stands; tests go on for long."""
    gc.enable()
    look_no_more()


def look_no_more() -> None:
    """Take away what is garbage, and never look at the rest again: ten thousand collected tests and every module.

    Looking through them took a fifth of the suite's time.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def _own_garbage() -> Iterator[None]:
    """Blame each file for what it left behind; a program that closed in a test has thawed everything, too."""
    yield
    look_no_more()


@pytest.fixture(autouse=True)
def kassa_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return this test's own KASSA_HOME, which does not exist yet."""
    home = tmp_path / "kassa"
    monkeypatch.setenv("KASSA_HOME", str(home))
    return home
