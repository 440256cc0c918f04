"""Every dependency is declared, explained, locked with hashes, and used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

from tests.house import tree

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def test_each_is_explained_with_its_licence() -> None:
    rows = re.findall(r"^\| `([\w.-]+)` \| (.*) \| (.*) \|$", tree.text("docs/dependencies.md"), re.MULTILINE)
    explained = {_canonical(name) for name, reason, licence in rows if reason.strip() and licence.strip()}
    assert explained == {*_declared("program"), *_declared("test"), *_pins("requirements-test.lock")}


def test_each_is_pinned_with_hashes() -> None:
    assert _declared("program") <= set(_pins("requirements.lock"))
    assert _declared("test") <= set(_pins("requirements-test.lock"))
    for name in ("requirements.lock", "requirements-test.lock"):
        for block in re.split(r"\n(?=[A-Za-z0-9])", tree.text(name)):
            assert "==" not in block or "--hash=sha256:" in block, block


def test_the_tests_lock_holds_all_of_the_programs() -> None:
    """`run.py` relies on it: a .venv made for the tests opens the shop as well."""
    assert _pins("requirements.lock").items() <= _pins("requirements-test.lock").items()


def test_what_is_imported_is_declared() -> None:
    program = _imported(tree.python_files(tree.PACKAGES))
    assert program <= _declared("program"), "imported by the program, but it came along by accident"
    assert _imported(tree.python_files(["tests"])) <= _declared("program") | _declared("test")


def test_what_is_declared_is_used() -> None:
    no_modules = {"tzdata"}  # time zones for Python's own zoneinfo
    assert _declared("program") - _imported(tree.python_files(tree.PACKAGES)) == no_modules


def _imported(names: list[str]) -> set[str]:
    """Return the distributions whose modules these files import."""
    modules = set()
    for name in names:
        for node in ast.walk(tree.syntax(name)):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module)
    found = set()
    for module in modules:
        top = module.partition(".")[0]
        if top not in {*sys.stdlib_module_names, *tree.PACKAGES, "tests", "run", "_typeshed"}:
            found |= _distributions(module)
    return found


def _distributions(module: str) -> set[str]:
    if module.startswith(("PySide6.", "shiboken6")):
        addons = module.split(".")[1:2] in (["QtMultimedia"], ["QtSerialPort"], ["QtCharts"])
        return {"pyside6-addons" if addons else "pyside6-essentials"}
    return {_canonical(name) for name in _providers().get(module.partition(".")[0], [module])}


@cache
def _providers() -> dict[str, list[str]]:
    return {module: list(names) for module, names in packages_distributions().items()}


def _declared(kind: str) -> set[str]:
    project = tomllib.loads(tree.text("pyproject.toml"))["project"]
    lines = project["dependencies"] if kind == "program" else project["optional-dependencies"]["test"]
    return {_canonical(re.split(r"[><=!~; \[]", line)[0]) for line in lines}


def _pins(lock: str) -> dict[str, str]:
    return {_canonical(name): version for name, version in _PIN.findall(tree.text(lock))}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
