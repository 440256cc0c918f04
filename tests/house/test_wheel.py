"""`pip install .` brings the whole program: every package, every file it opens, the command `kassa`."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import copyfile

import pytest

from tests.house import tree

_BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
_FIND = """
import sys
from importlib import import_module, resources
for name in sys.stdin.read().splitlines():
    package, _, inside = name.partition("/")
    assert resources.files(package).joinpath(inside).is_file(), name
    print(resources.files(package).joinpath(inside))
import pos.preflight
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the tree and lay it out as an installer does."""
    source, wheels, site = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "site"))
    for name in tree.files():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        copyfile(tree.ROOT / name, source / name)
    built = subprocess.run(
        [sys.executable, "-P", "-c", _BUILD, str(wheels)], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = wheels.glob("kassa-*.whl")
    zipfile.ZipFile(wheel).extractall(site)
    return site


def test_every_file_of_the_program_is_found_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    wanted = [name for name in tree.files() if name.startswith(tuple(f"{package}/" for package in tree.PACKAGES))]
    wanted = [name for name in wanted if not name.endswith((".po", ".md"))]
    found = subprocess.run(
        [sys.executable, "-P", "-c", _FIND],
        cwd=tmp_path, env={"PYTHONPATH": str(installed)}, input="\n".join(wanted),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert all(Path(line).is_relative_to(installed) for line in found.stdout.splitlines())


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(tree.PACKAGES)


def test_the_command_and_the_licences_come_along(installed: Path) -> None:
    (about,) = installed.glob("kassa-*.dist-info")
    assert "kassa = pos.cli:main" in (about / "entry_points.txt").read_text("utf-8")
    licences = {path.name for path in about.rglob("licenses/**/*") if path.is_file()}
    wanted = [name for name in tree.files() if name == "LICENSE" or name.startswith("pos/assets/licences/")]
    assert {Path(name).name for name in wanted} <= licences
