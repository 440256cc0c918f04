"""The command `kassa`: reads the words, loads what they need, and answers with an exit status.

A command is loaded when it is named, in this one place: the window must be painted before the books are even imported.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pos import VERSION
from pos.cli import heeded, usage
from pos.domain.trouble import KnownError, of_the_system
from pos.late_rooms import put_off
from pos.settings import DEMO_SHOP, OWN_SHOP, first_choice, home_folder
from pos.speech import LANGUAGES, Speech

if TYPE_CHECKING:
    from pos.wording import Wording

# Which module does what a word asks for, in its function of the same name.
_COMMANDS = {
    "open": "pos.cli.window",
    "play": "pos.cli.scripts",
    "verify": "pos.cli.books",
    "backup": "pos.cli.books",
    "restore": "pos.cli.books",
    "import": "pos.cli.items",
    "export": "pos.cli.items",
    "reindex": "pos.cli.items",
    "bench": "pos.cli.figures",
    "policy": "pos.cli.policy",
    "termsim": "pos.cli.terminal",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit status 0: done; 1: something was found or met wrong; 2: asked wrongly; 130: Ctrl+C."""
    # Everything Kassa makes is for its owner's eyes (reliability I-33).
    os.umask(0o077)
    speech = Speech(_language())
    usage.speak(speech.language)
    options = _parser(speech).parse_args(arguments)
    if why := heeded.asked_wrongly(options, speech):
        print(why, file=sys.stderr)
        return 2
    try:
        if options.command != "open":
            # The window does so itself, after its first picture.
            put_off()
        command = importlib.import_module(_COMMANDS[options.command])
        run: Callable[[argparse.Namespace, Speech], int] = getattr(command, f"{options.command}_command")
        if options.command != "open" and "shop" in options:
            _finish_restore(options, speech)
        return run(options, speech if options.command == "open" else _wording(speech))
    except KnownError as error:
        print(_wording(speech).trouble(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(speech.say("Stopped. Nothing was left half done."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing may be written to it any more, not even by the interpreter.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # A folder that may not be made, a file of somebody else: what the world says to whatever command.
        print(_wording(speech).trouble(of_the_system(error)), file=sys.stderr)
        return 1


def _wording(speech: Speech) -> Wording:
    """Every word of the language, loaded when it is wanted."""
    wording: Wording = importlib.import_module("pos.wording").Wording(speech.language)
    return wording


def _language() -> str:
    """The language of the terminal: what its environment names as gettext reads it, where we speak it."""
    variables = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((os.environ[name] for name in variables if os.environ.get(name)), "")
    return next((one[:2] for one in named.split(":") if one[:2] in LANGUAGES), "en")


def _parser(words: Speech) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kassa", description=words.say("The point of sale."))
    version = words.say("show the version and exit")
    parser.add_argument("--version", action="version", version=f"kassa {VERSION}", help=version)
    commands = parser.add_subparsers(dest="command", required=True)
    for add in (_add_open, _add_play, _add_books, _add_import, _add_reindex, _add_policy, _add_bench, _add_termsim):
        add(commands, words)
    return parser


def _add_open(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("open", help=words.say("open the till window"))
    which = command.add_mutually_exclusive_group()
    which.add_argument("--demo", action="store_true", help=words.say("open the demo shop"))
    which.add_argument(
        "--shop",
        type=_place(words),
        nargs="?",
        const=home_folder() / OWN_SHOP,
        metavar="DIR",
        help=words.say("open my shop, or the one in this folder"),
    )
    _add_workstation(command, words)


def _add_play(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("play", help=words.say("play lane scripts"))
    command.add_argument("files", nargs="*", type=Path, metavar="FILE")
    command.add_argument("--codes", action="store_true", help=words.say("print every code with its sentences"))
    command.add_argument("--json", action="store_true", help=words.say("print JSON"))
    _add_shop(command, words, words.say("play in the shop kept in this folder"))
    _add_workstation(command, words)


def _add_books(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    verify = commands.add_parser("verify", help=words.say("recompute the books and report what does not hold"))
    verify.add_argument("--json", action="store_true", help=words.say("print JSON"))
    _add_shop(verify, words)
    backup = commands.add_parser("backup", help=words.say("back the shop up, also while it sells"))
    backup.add_argument("target", nargs="?", type=_place(words), metavar="DIR", help=words.say("folder to make"))
    _add_shop(backup, words)
    restore = commands.add_parser("restore", help=words.say("put a backup in place of the shop"))
    restore.add_argument("backup", type=_place(words), metavar="DIR", help=words.say("folder of the backup"))
    _add_shop(restore, words)


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("import", help=words.say("take items in from a CSV file, or promotions from YAML"))
    command.add_argument("what", choices=("items", "promotions", "gift-cards", "sales"))
    command.add_argument("file", type=_place(words), metavar="FILE")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help=words.say("which column of the file holds a field; may be given several times"),
    )
    command.add_argument("--take-good", action="store_true", help=words.say("take the good rows, report the others"))
    command.add_argument("--dry-run", action="store_true", help=words.say("report only, write nothing"))
    command.add_argument("--price", default="", metavar="AMOUNT", help=words.say("price of rows that have none"))
    command.add_argument("--allow-free", action="store_true", help=words.say("take items at a price of zero, too"))
    command.add_argument("--tax", default="", metavar="CODE", help=words.say("tax of rows that name none"))
    command.add_argument("--unit", default="", metavar="UNIT", help=words.say("unit of rows that name none"))
    command.add_argument("--department", default="", metavar="NAME", help=words.say("department of rows without one"))
    command.add_argument("--profile", default="", metavar="NAME", help=words.say("read it as was kept under this name"))
    command.add_argument(
        "--date-order",
        choices=("day_first", "month_first"),
        default="",
        help=words.say("how dates of sales are written"),
    )
    command.add_argument(
        "--encoding", default="", metavar="NAME", help=words.say("how the letters of sales are written")
    )
    command.add_argument(
        "--round", action="store_true", help=words.say("take amounts finer than the currency, rounded half up")
    )
    command.add_argument(
        "--report", type=_place(words), metavar="FILE", help=words.say("write the report on sales to this file")
    )
    command.add_argument("--keep-as", default="", metavar="NAME", help=words.say("keep how it is read under this name"))
    _add_shop(command, words)
    export = commands.add_parser("export", help=words.say("write items, promotions or a customer's data to a file"))
    export.add_argument("what", choices=("items", "promotions", "customer"))
    export.add_argument("file", type=_place(words), metavar="FILE")
    export.add_argument("--customer", default="", metavar="ID", help=words.say("whose data is written"))
    _add_shop(export, words)


def _add_reindex(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    _add_shop(commands.add_parser("reindex", help=words.say("make the search anew from the item list")), words)


def _add_policy(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("policy", help=words.say("try the return policy on the cases that are kept"))
    command.add_argument("what", choices=("test", "keep", "export"))
    command.add_argument("files", nargs="*", type=Path, metavar="FILE")
    _add_shop(command, words)


def _add_bench(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("bench", help=words.say("measure this machine against bare baselines"))
    command.add_argument("--json", action="store_true", help=words.say("print JSON"))
    command.add_argument("--only", action="append", default=[], metavar="FIGURE", help=words.say("only this figure"))
    command.add_argument("--quick", action="store_true", help=words.say("fewer rounds and items"))


def _add_termsim(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Speech) -> None:
    command = commands.add_parser("termsim", help=words.say("simulate a card terminal, to practise and to test"))
    command.add_argument(
        "--folder",
        type=Path,
        default=home_folder() / "termsim",
        metavar="DIR",
        help=words.say("folder of the terminal"),
    )
    command.add_argument("--profile", choices=("adyen", "westpay"), default="adyen")
    port = _number(words, 0, 65_535)
    command.add_argument("--port", type=port, default=8443, metavar="N", help=words.say("port for the till; 0 is any"))
    command.add_argument("--control-port", type=port, default=0, metavar="N", help=words.say("port that controls it"))
    command.add_argument(
        "--pace", type=float, default=1.0, metavar="FACTOR", help=words.say("scales its waiting times")
    )
    command.add_argument("--magic", action="store_true", help=words.say("cents of an amount decide what happens"))
    command.add_argument(
        "--no-window", dest="window", action="store_false", help=words.say("without a window to play the customer")
    )
    command.add_argument(
        "--terminal", default="P400Plus-123456789", metavar="ID", help=words.say("the terminal’s name in a new folder")
    )
    command.add_argument("--with-till", action="store_true", help=words.say("end with the till that started it"))


def _add_shop(command: argparse.ArgumentParser, words: Speech, meaning: str = "") -> None:
    meaning = meaning or words.say("folder of the shop (default: mine, else the demo)")
    command.add_argument("--shop", type=_place(words), metavar="DIR", help=meaning)


def _add_workstation(command: argparse.ArgumentParser, words: Speech) -> None:
    number = _number(words, 1, 99)
    command.add_argument("--workstation", type=number, metavar="N", help=words.say("number of this workstation"))


def _number(words: Speech, first: int, last: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not first <= int(text[:9]) <= last:
            raise argparse.ArgumentTypeError(
                words.say("{typed} is no number from {first} to {last}", typed=text, first=first, last=last)
            )
        return int(text)

    return number


def _place(words: Speech) -> Callable[[str], Path]:
    """A file or folder as it is called from anywhere: what "." is called has to be known to put something beside it."""

    def place(text: str) -> Path:
        path = Path(os.path.abspath(text))  # noqa: PTH100 - a link to the shop stays the link
        if not text or not path.name:
            raise argparse.ArgumentTypeError(words.say("“{typed}” names no file or folder", typed=text))
        return path

    return place


def _finish_restore(options: argparse.Namespace, words: Speech) -> None:
    """Whoever asks for a shop that a killed restore had still to put in its place, gets it."""
    half_restore = importlib.import_module("pos.services.half_restore")
    home = home_folder()
    for folder in (home / OWN_SHOP, home / DEMO_SHOP) if options.shop is None else (options.shop,):
        if half_restore.finish_restore(folder):
            said = words.say("A restore that was interrupted is finished: this is the shop from the backup.")
            print(f"{folder}: {said}", file=sys.stderr)


def shop_folder(options: argparse.Namespace) -> Path:
    """The folder of the shop a command is about: the one named, else this machine's own, else its demo shop."""
    named: Path | None = options.shop
    return named if named is not None else first_choice(home_folder())
