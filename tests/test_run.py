"""`run.py` on a fresh machine: it installs once, recovers from being killed, hands over, and says what is missing.

The installing is real, pip's and uv's, of a wheel made here: a small tree stands for the checkout and needs no network.
"""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import PySide6
import pytest

import run
from pos import preflight
from tests.longest import LONGEST

_ROOT = Path(__file__).parents[1]
_TELL = "import os, sys; print(sys.argv[1:], os.getcwd(), os.environ.get('QT_QPA_PLATFORM')); sys.exit(7)"
# PATH with uv as this machine has it, and without
_PATHS = {"pip": "/usr/bin:/bin", **({"uv": os.environ["PATH"]} if run.working_uv() else {})}


class Checkout:
    """A small checkout: run.py itself, a `pos` and a `pytest` that tell how they were called, and two locks."""

    def __init__(self, folder: Path, installer: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, "PATH": _PATHS[installer], "DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal"}
        (folder / "pos").mkdir(parents=True)
        for name in ("run.py", "pos/__init__.py", "pos/preflight.py"):
            shutil.copy(_ROOT / name, folder / name)
        (folder / "pos" / "__main__.py").write_text(_TELL, "utf-8")
        self.lock("requirements.lock", self.wheel("kassa_probe", {"probe.py": "VALUE = 1"}))
        program = (folder / "requirements.lock").read_text("utf-8")
        tests = self.wheel("kassa_tests", {"pytest/__main__.py": _TELL, "pytest/__init__.py": ""})
        self.lock("requirements-test.lock", tests, before=program)

    def wheel(self, name: str, modules: dict[str, str], version: str = "1.0") -> Path:
        path = self.folder / f"{name}-{version}-py3-none-any.whl"
        about = f"{name}-{version}.dist-info"
        metadata = {
            f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        inside = {**modules, **metadata}
        with zipfile.ZipFile(path, "w") as wheel:
            for inner, text in inside.items():
                wheel.writestr(inner, text)
            wheel.writestr(f"{about}/RECORD", "".join(f"{inner},,\n" for inner in [*inside, f"{about}/RECORD"]))
        return path

    def lock(self, name: str, wheel: Path, *, before: str = "") -> None:
        fingerprint = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.folder / name).write_text(f"{before}./{wheel.name} --hash=sha256:{fingerprint}\n", "utf-8")

    def run(self, *words: str, at: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(self.folder / "run.py"), *words],
            cwd=at or self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def probe(self) -> str:
        python = run.PYTHON.relative_to(run.ROOT)
        return subprocess.check_output([self.folder / python, "-c", "import probe; print(probe.VALUE)"], text=True)


@pytest.fixture(scope="module", params=sorted(_PATHS))
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = Checkout(tmp_path_factory.mktemp("fresh") / "kassa", request.param)
    first = checkout.run("setup")
    assert first.returncode == 0, first.stderr
    assert "Installing the packages of requirements.lock" in first.stdout
    assert checkout.probe() == "1\n"
    return checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "kassa", min(_PATHS, key="uv".__ne__))  # uv where it is: quicker


def test_it_installs_once(installed: Checkout) -> None:
    again = installed.run("setup")
    assert again.returncode == 0
    assert "Installing" not in again.stdout


def test_without_a_word_it_opens_the_window(installed: Checkout) -> None:
    opened = installed.run()
    assert "['open']" in opened.stdout, opened.stderr


def test_other_words_go_to_kassa_from_the_callers_folder_and_its_status_comes_back(
    installed: Checkout, tmp_path: Path
) -> None:
    played = installed.run("play", "a sale.lane", "--strict", at=tmp_path)
    assert f"['play', 'a sale.lane', '--strict'] {tmp_path}" in played.stdout
    assert played.returncode == 7


def test_the_tests_get_a_display_of_qts_own_and_the_soak_tests_only_when_asked(installed: Checkout) -> None:
    some = installed.run("test", "-k", "money")
    every = installed.run("test", "--all", "-x")
    cores = f"'-n', '{(os.cpu_count() or 1) + 1}', '--dist', 'loadfile', '--no-loadscope-reorder'"
    cores += ", '--reruns', '1', '-raR'"
    assert f"['-m', 'not soak', {cores}, '-k', 'money'] {installed.folder} offscreen" in some.stdout
    assert f"[{cores}, '-x']" in every.stdout
    assert some.returncode == every.returncode == 7


def test_every_file_that_is_begun_first_is_there() -> None:
    assert [name for name in LONGEST if not (_ROOT / name).is_file()] == []


def test_a_venv_made_for_the_tests_opens_the_shop_too(checkout: Checkout) -> None:
    assert "Installing" in checkout.run("test").stdout
    assert "Installing" not in checkout.run("open").stdout
    assert "Installing" not in checkout.run("test").stdout


def test_a_changed_lock_is_installed_again(installed: Checkout) -> None:
    installed.lock(
        "requirements.lock",
        installed.wheel(
            "kassa_probe", {"probe.py": "VALUE = 2  # longer: compiled files are told apart by second and size"}, "2.0"
        ),
    )
    assert "Installing" in installed.run("setup").stdout
    assert installed.probe() == "2\n"


def test_a_package_with_another_hash_is_refused(checkout: Checkout) -> None:
    checkout.wheel("kassa_probe", {"probe.py": "VALUE = 666"})
    refused = checkout.run("setup")
    assert refused.returncode == 1
    assert "could not be installed" in refused.stderr
    assert "Installing" in checkout.run("setup").stdout, "a failed installation passed for a whole one"


def test_a_half_made_venv_is_made_anew(checkout: Checkout) -> None:
    (checkout.folder / ".venv" / "bin").mkdir(parents=True)
    (checkout.folder / ".venv" / "bin" / "python").write_text("not a Python", "utf-8")
    assert checkout.run("setup").returncode == 0
    assert checkout.probe() == "1\n"


def kill_session(leader: int, how: signal.Signals) -> None:
    """Kill a program with all it began, whatever group of processes that is in."""
    os.kill(leader, how)
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[3]) == leader:
                os.kill(int(status.parent.name), how)


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_stopped_in_the_middle_it_says_so_in_one_sentence_and_goes_on_next_time(tmp_path: Path, seconds: float) -> None:
    """Ctrl+C reaches every process of the terminal: venv and ensurepip would each show where they were."""
    checkout = Checkout(tmp_path / "kassa", "pip")
    with subprocess.Popen(
        [sys.executable, "run.py", "setup"], cwd=checkout.folder, env=checkout.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as first:  # fmt: skip
        while not (checkout.folder / ".venv").exists():
            time.sleep(0.01)
        time.sleep(seconds)
        os.killpg(first.pid, signal.SIGINT)
        said = first.communicate()[1]
    assert (first.returncode, said) == (130, "Stopped. The same command goes on from here.\n")
    assert checkout.run("setup").returncode == 0
    assert checkout.probe() == "1\n"


@pytest.mark.parametrize("kill", [kill_session, os.kill], ids=["with its tools", "alone"])
@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_killed_in_the_middle_it_starts_over(
    tmp_path: Path, seconds: float, kill: Callable[[int, signal.Signals], None]
) -> None:
    checkout = Checkout(tmp_path / "kassa", "pip")
    with subprocess.Popen(
        [sys.executable, "run.py", "setup"],
        cwd=checkout.folder, env=checkout.environment, stdout=subprocess.DEVNULL, start_new_session=True,
    ) as first:  # fmt: skip
        while not (checkout.folder / ".venv").exists():
            time.sleep(0.01)
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            kill(first.pid, signal.SIGKILL)
    assert checkout.run("setup").returncode == 0
    assert checkout.probe() == "1\n"


def test_two_starts_at_once_install_once(checkout: Checkout) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "run.py", "setup"],
            cwd=checkout.folder, env=checkout.environment, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [start.communicate()[0] for start in starts]
    assert sum("Installing" in each for each in said) == 1
    assert [start.returncode for start in starts] == [0, 0]


def test_what_it_does_not_know_is_refused(installed: Checkout) -> None:
    refused = installed.run("setup", "tomorrow")
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        "setup takes nothing after it: tomorrow", "Possible words:  python3 run.py --help",
    ]  # fmt: skip
    assert installed.run("translate", "cs").returncode == 2


def test_a_folder_that_may_not_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("VENV", "STAMP", "PYTHON"):
        monkeypatch.setattr(run, name, tmp_path / name)
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (run.ROOT, os.W_OK))
    assert run.main(["setup"]) == 1
    said = capsys.readouterr()
    assert str(run.ROOT) in said.err
    assert said.err.endswith("Copy the folder of Kassa to a place of your own and start it there.\n")
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_venv_that_may_not_be_read_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(lock: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(lock))

    monkeypatch.setattr(run, "is_installed", refused)
    assert run.main(["setup"]) == 1
    assert capsys.readouterr().err.startswith(f"{run.LOCK}: Permission denied.\nCopy the folder")


@pytest.mark.parametrize("file", ["run.py", "pos/__init__.py", "pos/preflight.py"])
def test_a_python_that_is_too_old_can_still_read_what_refuses_it(file: str) -> None:
    ast.parse((_ROOT / file).read_text("utf-8"), feature_version=(3, 7))


# --- What is missing, and in which order it is said -------------------------------------------------------------------


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make this machine lack everything: the Python, the parts of a venv, the display, the libraries."""
    monkeypatch.setattr(run, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "ensurepip", None)  # how import is told "not here"
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(preflight, "_loads", lambda soname: soname not in {"libEGL.so.1", "libxcb-icccm.so.4"})
    return monkeypatch


def test_what_is_missing_is_said_one_after_the_other(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said() -> str:
        assert run.main([]) == 1
        return capsys.readouterr().err

    assert "Kassa needs Python 99.0 or newer" in said()
    bare.setattr(run, "OLDEST_PYTHON", (3, 11))
    assert "sudo apt-get install python3-venv" in said()
    bare.delitem(sys.modules, "ensurepip")
    no_display = said()
    assert "There is no display here" in no_display
    assert "python3 run.py play FILE" in no_display
    assert "kassa play" in no_display
    bare.setenv("DISPLAY", ":0")
    assert "  sudo apt-get install libegl1 libxcb-icccm4\n" in said()
    bare.setattr(preflight, "_loads", lambda _: True)
    bare.setattr(preflight, "_SERVERS", {"xcb": ("DISPLAY", lambda: False)})
    silent = said()
    assert "The display :0 does not answer" in silent
    assert "python3 run.py play FILE" in silent


def test_the_tests_need_no_display_and_none_of_its_libraries(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare.setattr(run, "OLDEST_PYTHON", (3, 11))
    bare.delitem(sys.modules, "ensurepip")
    assert run.main(["test"]) == 1
    assert "  sudo apt-get install libegl1\n" in capsys.readouterr().err


@pytest.mark.usefixtures("bare")
def test_help_needs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    assert "python3 run.py test" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({}, ()),
        ({"DISPLAY": ""}, ()),
        ({"DISPLAY": ":0"}, ("xcb",)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ("wayland",)),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("wayland", "xcb")),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, ("vnc",)),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, ("wayland", "xcb")),
    ],
)
def test_the_display_is_found_where_qt_finds_it(environment: dict[str, str], platforms: tuple[str, ...]) -> None:
    assert preflight.window_platforms(environment) == platforms


def test_one_kind_of_display_that_works_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "_loads", lambda soname: "wayland" not in soname)
    assert preflight.missing_libraries(["wayland", "xcb"]) == ()
    assert preflight.missing_libraries(["wayland"])


def test_a_display_that_nobody_serves_is_found_before_qt_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    if preflight.missing_libraries(["xcb"]):
        pytest.skip("the libraries of X are not here")
    monkeypatch.setenv("DISPLAY", ":4711")
    assert preflight.silent_display({"DISPLAY": ":4711"}) == ":4711"


@pytest.mark.parametrize(
    ("environment", "silent"),
    [
        ({"DISPLAY": ":0"}, ":0"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ""),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, ""),
        ({}, ""),
    ],
)
def test_one_display_that_answers_is_enough(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], silent: str
) -> None:
    servers = {"xcb": ("DISPLAY", lambda: False), "wayland": ("WAYLAND_DISPLAY", lambda: True)}
    monkeypatch.setattr(preflight, "_SERVERS", servers)
    assert preflight.silent_display(environment) == silent


def test_every_library_is_named_as_the_system_knows_it() -> None:
    everything = [*preflight._BASE, *preflight._WINDOW_PLATFORMS["xcb"], *preflight._WINDOW_PLATFORMS["wayland"]]
    assert len(preflight.debian_packages(everything)) == len(set(everything))


def test_qt_links_to_nothing_that_is_not_asked_for() -> None:
    """A newer Qt that needs one more library must say so here, not on a shop's new machine."""
    platforms = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    for plugin, platform in {"libqoffscreen.so": "offscreen", "libqxcb.so": "xcb"}.items():
        listed = subprocess.check_output(["ldd", platforms / plugin], text=True)
        names = {line.split()[0] for line in listed.splitlines() if "PySide6" not in line}
        x11 = {name for name in names if "xcb" in name and name != "libxcb.so.1"}
        asked = {*preflight._BASE, *preflight._WINDOW_PLATFORMS.get(platform, {})}
        assert x11 <= asked, f"{plugin} also needs {x11 - asked}"
