"""Kassa from a fresh checkout: Python 3.11 or newer and a network are all it needs.

  python3 run.py                  install what is missing into .venv, then open my shop (before set-up the demo shop)
  python3 run.py test [ARGUMENT…] the tests without a display; --all adds the soak tests; the rest goes to pytest
  python3 run.py setup            only install
  python3 run.py translate        bring pos/locale up to date with the words in the source
  python3 run.py WORD …           the command kassa: play, verify, import, backup … (kassa --help names them all)

The packages are those of requirements.lock (for the tests: requirements-test.lock), each checked against its hash. They
are installed once, and again when that file changes.
"""

# ruff: noqa: E402 - Ctrl+C is answered before the rest is loaded
from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress

# What writes into .venv just now, each a group of processes of its own.
TOOLS: list[int] = []


def stop(*_: object) -> None:
    """Ctrl+C: end the tools and this program at once, with one sentence instead of everybody's traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        for tool in TOOLS:
            with suppress(ProcessLookupError):
                os.killpg(tool, signal.SIGTERM)
    os.write(2, b"Stopped. The same command goes on from here.\n")
    os._exit(130)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, stop)

import hashlib
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from pos import preflight

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# What an older Python says by itself is a syntax error: this file and preflight keep to what 3.7 can read.
OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
# Present only while .venv is whole: first line its Python, then the hash of every lock file that is installed in it.
STAMP = VENV / "kassa-installed.txt"
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
INSTEAD = """What works without one:
  python3 run.py play FILE    plays a lane script, like `kassa play FILE`: whole sales without a window
  python3 run.py test         runs the tests
  python3 run.py --help       names the rest"""
ELSEWHERE = "Copy the folder of Kassa to a place of your own and start it there."


class CannotStart(Exception):
    """This machine lacks something; the sentence says what, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do what the first word asks; answer with the exit status."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("open", [])
    if word in {"-h", "--help"}:
        print(__doc__)
        return 0
    if word in {"setup", "translate"} and rest:
        print(
            f"{word} takes nothing after it: {' '.join(rest)}\nPossible words:  python3 run.py --help", file=sys.stderr
        )
        return 2
    try:
        check_python(sys.version_info[:2])
        uv = working_uv()
        check_venv_parts(uv)
        if word == "test":
            return run_tests(rest, uv)
        if word == "open" and not {"-h", "--help"} & set(rest):
            check_window()
        install(LOCK, uv)
        if word == "setup":
            print("Kassa is installed. Start it with:  python3 run.py")
            return 0
        if word == "translate":
            become(["-m", "tests.house.catalogues"], at=ROOT)
        # The caller's folder stays, so that `run.py play FILE` finds the file where it was typed.
        become(["-P", "-m", "pos", word, *rest], at=Path.cwd())
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"{error.filename}: {error.strerror}.\n{ELSEWHERE}", file=sys.stderr)
        return 1


def run_tests(rest: Sequence[str], uv: str | None) -> int:
    """Run pytest with a display of Qt's own, one process more than cores; the soak tests only if asked for all."""
    check_libraries(("offscreen",))
    install(TEST_LOCK, uv)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    chosen = [] if "--all" in rest else ["-m", "not soak"]
    # A file stays in one process, so that what its tests share is made once. `-n 0` after it runs all in one.
    # One process more than there are cores: a test waits for the disk and for a window a third of its time.
    # Files are begun in the order of tests/longest.py, not those with most tests first: few tests may take long, too.
    chosen += ["-n", f"{(os.cpu_count() or 1) + 1}", "--dist", "loadfile", "--no-loadscope-reorder"]
    # A window on a machine that is busy may miss a beat: what fails is tried once more, and named as RERUN either way.
    chosen += ["--reruns", "1", "-raR"]
    become(["-m", "pytest", *chosen, *(argument for argument in rest if argument != "--all")], at=ROOT)


# --- What may be missing, in the order in which it is said ------------------------------------------------------------


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python that is too old."""
    if version < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, pair)) for pair in (OLDEST_PYTHON, version))
        raise CannotStart(
            f"Kassa needs Python {wanted} or newer; this is Python {found} ({sys.executable}).\n"
            f"Install a newer one and start with it, for example:  python{wanted} run.py"
        )


def check_venv_parts(uv: str | None) -> None:
    """Refuse a Python that cannot make a virtual environment (Debian ships those parts in a package of their own)."""
    needed = ["venv"] if uv else ["venv", "ensurepip"]
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotStart(
            f"This Python cannot make a virtual environment: {' and '.join(missing)} missing. "
            "Install what is missing and start again:\n  sudo apt-get install python3-venv"
        )


def check_window() -> None:
    """Refuse to open a window where none can be shown, and name what works there."""
    platforms = preflight.window_platforms(os.environ)
    if not platforms:
        raise CannotStart(
            f"There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can open.\n{INSTEAD}"
        )
    check_libraries(platforms)
    silent = preflight.silent_display(os.environ)
    if silent:
        raise CannotStart(f"The display {silent} does not answer or lets nobody in, so no window can open.\n{INSTEAD}")


def check_libraries(platforms: Sequence[str]) -> None:
    """Refuse when Qt would not start for want of system libraries, with the one line that brings them."""
    missing = preflight.missing_libraries(platforms)
    if missing:
        raise CannotStart(
            "Qt needs system libraries that are not here. Install them and start again:\n"
            f"  {preflight.install_line(missing)}"
        )


# --- Installing -------------------------------------------------------------------------------------------------------


def install(lock: Path, uv: str | None) -> None:
    """Make .venv hold exactly what `lock` names, unless it does already.

    The stamp is gone while anything is being changed: whatever a killed run leaves behind is made anew.
    """
    if is_installed(lock):
        return
    if not os.access(ROOT, os.W_OK):
        raise CannotStart(
            f"The packages go into .venv beside run.py, and nothing can be written there: {ROOT}\n{ELSEWHERE}"
        )
    with only_one() as turn:
        if is_installed(lock):
            return
        print(f"Installing the packages of {lock.name} into .venv; this is done once.", flush=True)
        if not STAMP.exists() or not STAMP.read_text("utf-8").startswith(python_line()) or not PYTHON.exists():
            make_venv(uv, turn)
        STAMP.unlink(missing_ok=True)
        tool = [uv, "pip", "install", "--python", str(PYTHON), "--compile-bytecode"] if uv else [
            str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
        ]  # fmt: skip
        if call([*tool, "--quiet", "--require-hashes", "--requirement", str(lock)], turn) != 0:
            raise CannotStart(
                f"The packages of {lock.name} could not be installed; the lines above say why.\n"
                "Is there a network? The same command tries again."
            )
        write_stamp(lock)


def is_installed(lock: Path) -> bool:
    """Answer whether .venv is whole, made by this Python's version, and holds what `lock` names now."""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    python, *installed = STAMP.read_text("utf-8").splitlines()
    return python == python_line().strip() and fingerprint(lock) in installed


def write_stamp(lock: Path) -> None:
    """Say that .venv holds `lock`, at once or not at all; the tests' lock holds all of the program's as well."""
    held = {lock, LOCK} if lock == TEST_LOCK else {lock}
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(python_line() + "".join(f"{fingerprint(each)}\n" for each in sorted(held)), "utf-8")
    fresh.replace(STAMP)


def make_venv(uv: str | None, turn: int) -> None:
    """Make .venv from nothing, whatever stood there; uv needs no pip inside."""
    if VENV.exists():
        print("The .venv found here is not whole (or of another Python); it is made anew.", flush=True)
    without_pip = ["--without-pip"] if uv else []
    if call([sys.executable, "-m", "venv", "--clear", *without_pip, str(VENV)], turn) != 0:
        raise CannotStart(
            "The virtual environment .venv could not be made; the lines above say why.\n"
            "On Debian and Ubuntu this often helps:  sudo apt-get install python3-venv"
        )


def working_uv() -> str | None:
    """Return uv's path when it is installed and really starts (a version manager may leave an empty shell of it)."""
    found = shutil.which("uv")
    if found is None:
        return None
    return found if subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0 else None


@contextmanager
def only_one() -> Iterator[int]:
    """Let a second start wait while one installs; the system frees the lock when its last holder is gone."""
    with Path(__file__).open("rb") as mine:
        if sys.platform == "win32":
            mine.seek(1 << 30)  # beyond the end: a locked byte inside would keep the second start from being read
            msvcrt.locking(mine.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(mine, fcntl.LOCK_EX)
        yield mine.fileno()


def call(command: Sequence[str], turn: int) -> int:
    """Run a tool that writes into .venv; it keeps the turn until it ends, even if this program is killed before.

    Ctrl+C is not for the tool, which would show where it was: this program ends it.
    """
    if sys.platform == "win32":
        return subprocess.call(command, cwd=ROOT)
    else:  # noqa: RET505 - the type checker follows a platform only through if and else
        # What is pressed while it begins waits until it is known.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        tool = subprocess.Popen(command, cwd=ROOT, pass_fds=[turn], process_group=0)
        TOOLS.append(tool.pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        status = tool.wait()
        TOOLS.remove(tool.pid)
        return status


def python_line() -> str:
    """Return the stamp's first line: a .venv belongs to one version of Python."""
    return f"python {sys.version_info[0]}.{sys.version_info[1]}\n"


def fingerprint(lock: Path) -> str:
    """Return the hash of a lock file's text, the same on systems that end lines differently."""
    return hashlib.sha256(lock.read_text("utf-8").encode()).hexdigest()


# --- Handing over -----------------------------------------------------------------------------------------------------


def become(arguments: Sequence[str], *, at: Path) -> NoReturn:
    """Go on as .venv's Python with `arguments`: its signals and its exit status are this program's."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    command = [str(PYTHON), *arguments]
    os.chdir(at)
    sys.stdout.flush()
    if sys.platform == "win32":  # there, exec starts a second process and leaves the caller's prompt behind
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
