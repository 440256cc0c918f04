"""The README's feature map tells the truth: each row names tests, and they run."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house import tree

# Where the columns of the map look: domain, services, persistence, paper, screens.
_FLOORS = (
    ("pos/domain/",),
    ("pos/services/",),
    ("pos/persistence/",),
    ("receipts/paper/", "receipts/", ""),
    ("pos/ui/", ""),
)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")


def test_each_feature_names_a_test_that_runs() -> None:
    rows = _rows(tree.text("README.md"))
    assert rows, "the README has no table under the heading “Feature map”"
    for row in rows:
        tests = _TEST.findall(row)
        assert tests, f"no test is named: {row}"
        for file, name in tests:
            assert (tree.ROOT / file).is_file(), f"{file} does not exist"
            assert _why_not_run(tree.text(file), name) is None, f"{file}::{name} {_why_not_run(tree.text(file), name)}"


def test_each_floor_of_a_feature_has_what_the_map_says() -> None:
    for row in _rows(tree.text("README.md")):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        for folders, cell in zip(_FLOORS, cells[1:6], strict=True):
            for name in re.findall(r"`([^`]+)`", cell):
                assert _stands(name, folders), f"{name} is in none of {folders}: {cells[0]}"


def test_what_is_not_on_its_floor_is_seen() -> None:
    assert _stands("basket", ("pos/domain/",))
    assert _stands("returns/", ("pos/ui/",))
    assert not _stands("basket", ("pos/services/",))
    assert not _stands("returns/by_card", ("pos/ui/", ""))


def test_the_readme_gives_the_two_commands() -> None:
    readme = tree.text("README.md")
    assert "python3 run.py\n" in readme
    assert "python3 run.py test\n" in readme
    assert "python3 run.py test" in tree.text(".ci/run")


def test_the_readme_links_to_what_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", tree.text("README.md")):
        assert "://" in target or target.rstrip("/") in tree.files() or (tree.ROOT / target).is_dir(), target


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def test_a(): assert True", None),
        ("def test_b(): pass", "does not exist"),
        ("@pytest.mark.skip\ndef test_a(): pass", "is skipped"),
        ("@pytest.mark.skipif(True, reason='')\ndef test_a(): pass", "is skipped"),
        ("@pytest.mark.xfail\ndef test_a(): pass", "is skipped"),
        ("pytestmark = [pytest.mark.skip]\ndef test_a(): pass", "is skipped"),
        ("def test_a(): pytest.skip('later')", "is skipped"),
        ("pytest.importorskip('x')\ndef test_a(): pass", "is skipped"),
    ],
)
def test_a_test_that_does_not_run_is_found(source: str, found: str | None) -> None:
    assert _why_not_run(source, "test_a") == found


def test_a_row_without_a_test_is_seen() -> None:
    assert _rows("## Feature map\n| f | t |\n|---|---|\n| sale | none |\n\n## Else\n| x | y |\n") == ["| sale | none |"]


def _stands(name: str, folders: tuple[str, ...]) -> bool:
    """Whether a module or a room of this name is in one of the folders."""
    files = tree.files()
    return any(
        f"{folder}{name}.py" in files or any(file.startswith(f"{folder}{name.rstrip('/')}/") for file in files)
        for folder in folders
    )


def _rows(readme: str) -> list[str]:
    """Return the rows of the tables under the heading “Feature map”, without their heads."""
    section = re.search(r"^## Feature map\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    lines = section.group(1).splitlines() if section else []
    table = [line for line in lines if line.startswith("|")]
    heads = {number - 1 for number, line in enumerate(table) if re.fullmatch(r"[|:\- ]+", line)}
    return [line for number, line in enumerate(table) if number not in heads and number - 1 not in heads]


def _why_not_run(source: str, name: str) -> str | None:
    """Return why a test does not run: it is missing, or it, its class or its module is skipped or expected to fail."""
    module = ast.parse(source)
    outside = [node for node in module.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    path: list[ast.stmt] = []
    body = module.body
    for part in name.split("::"):
        named = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == part]
        if not named:
            return "does not exist"
        path.append(named[0])
        body = named[0].body
    decorators = [mark for node in path if isinstance(node, ast.ClassDef) for mark in node.decorator_list]
    words = [_words(node) for node in (*outside, *decorators, path[-1])]
    return "is skipped" if set().union(*words) & {"skip", "skipif", "xfail", "importorskip"} else None


def _words(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
