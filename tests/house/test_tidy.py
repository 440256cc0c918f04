"""Files fit a reader's head, functions do one thing, and nothing is left half merged."""

from __future__ import annotations

import ast

from tests.house import tree

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50
# path or path::function -> why it may be longer
MAY_BE_LONGER: dict[str, str] = {}


def test_files_and_functions_are_short() -> None:
    too_long = {}
    for name in [*tree.python_files(["pos", "receipts", "benchmarks"]), "run.py"]:
        too_long.update(_too_long(name, tree.text(name)))
    unexplained = {where: lines for where, lines in too_long.items() if where not in MAY_BE_LONGER}
    assert not unexplained
    assert set(MAY_BE_LONGER) <= set(too_long), "an exception nobody needs any more"


def test_a_long_file_and_a_long_function_are_found() -> None:
    source = "def long():\n" + "    pass\n" * FUNCTION_LINES_MAX + "\n" * FILE_LINES_MAX
    assert set(_too_long("x.py", source)) == {"x.py", "x.py::long"}


def test_no_file_holds_two_versions_of_itself() -> None:
    assert [name for name in tree.files() if _half_merged((tree.ROOT / name).read_bytes())] == []


def test_a_file_that_was_half_merged_is_found() -> None:
    assert _half_merged(b"one\n" + b"<" * 7 + b" HEAD\ntwo\n")
    assert not _half_merged(b"a heading\n=======\n")


def _half_merged(content: bytes) -> bool:
    return any(line.startswith((b"<" * 7 + b" ", b">" * 7 + b" ")) for line in content.splitlines())


def _too_long(name: str, source: str) -> dict[str, int]:
    sizes = {name: (source.count("\n"), FILE_LINES_MAX)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            sizes[f"{name}::{node.name}"] = (node.end_lineno - node.lineno + 1, FUNCTION_LINES_MAX)
    return {where: lines for where, (lines, limit) in sizes.items() if lines > limit}
