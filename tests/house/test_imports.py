"""Imports only point down: the contracts of pyproject.toml hold, and every room that exists is on their lists."""

from __future__ import annotations

import tomllib

import pytest
from importlinter.cli import lint_imports

from tests.house import tree


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(tree.ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_every_screen_is_on_the_list_of_those_that_do_not_know_each_other() -> None:
    contracts = tomllib.loads(tree.text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    listed = {module for contract in contracts if contract["type"] == "independence" for module in contract["modules"]}
    folders = {name.split("/")[2] for name in tree.python_files(["pos/ui"]) if name.count("/") > 2}
    assert listed == {f"pos.ui.{folder}" for folder in folders - {"shared", "theme"}}
