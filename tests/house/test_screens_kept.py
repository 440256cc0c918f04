"""Windows come and go, and the screen they stand on stays: PySide must never come to own it."""

from __future__ import annotations

import ast

from tests.house import tree


def test_no_window_is_asked_for_its_screen() -> None:
    """What a window answers is its child to PySide, which deleted it with garbage: no window could be made any more."""
    asking = [name for name in tree.python_files(["pos", "tests", "benchmarks"]) if _asks(tree.text(name))]
    assert asking == []


def test_asking_a_window_is_seen() -> None:
    assert _asks("room = self.screen().availableSize()")
    assert not _asks("room = QGuiApplication.primaryScreen().availableSize()")


def _asks(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and not node.args)
    return any(isinstance(call, ast.Attribute) and call.attr == "screen" for call in calls)
