"""Nothing in the tree names a host that packages come from, or a folder of one machine."""

from __future__ import annotations

import re

import pytest

from tests.house import tree

_ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host")
_MACHINE_PATH = re.compile(r"(?<![\w.~<>{}])(?:/(?:work|root|home|farm|Users)/|[A-Z]:\\Users\\)\w")


def test_the_locks_name_no_host() -> None:
    for name in tree.files():
        if re.fullmatch(r"requirements.*|.*\.lock|\.ci/.*", name):
            assert not _ADDRESS.search(tree.text(name)), name


def test_lock_files_that_name_hosts_are_not_kept() -> None:
    ignored = tree.text(".gitignore").split()
    assert {"uv.lock", "pylock.toml"} <= set(ignored)
    assert not {"uv.lock", "pylock.toml"} & set(tree.files())


def test_no_file_names_a_folder_of_one_machine() -> None:
    for name in tree.files():
        try:
            text = tree.text(name)
        except UnicodeDecodeError:  # a font, a picture, a catalogue's compiled form
            continue
        found = _MACHINE_PATH.search(text)
        assert found is None, f"{name}: {found}"


@pytest.mark.parametrize("line", ["--index-url x", "# from https" + "://example.test/simple"])
def test_an_address_is_found(line: str) -> None:
    assert _ADDRESS.search(line)


@pytest.mark.parametrize("folder", ["work", "root", "home"])
def test_a_machine_path_is_found(folder: str) -> None:
    assert _MACHINE_PATH.search(f"see /{folder}/someone")
    assert not _MACHINE_PATH.search(f"see pos/{folder}/someone")
