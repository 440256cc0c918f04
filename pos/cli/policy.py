"""`kassa policy`: the cases the return policy is tried on, from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pos.cli import shop_folder
from pos.cli.items import OFFICE_WORKSTATION
from pos.domain.policy_case import CasePlayed, CaseResult, PolicyCase
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError, Trouble
from pos.script.case_player import ScriptCases
from pos.script.write_case import POLICY_FILE
from pos.services.policy_versions import policy_text_in_force
from pos.settings import MachineSettings, home_folder, read_settings
from pos.strict_yaml import FILE_BYTES_MAX, FileFault
from pos.wording import Wording
from pos.workstation import Workstation, open_workstation


def policy_command(options: argparse.Namespace, words: Wording) -> int:
    """Play the kept cases, keep further ones, or write them out. Exit status 0 where everything held or was done."""
    settings = read_settings(home_folder())
    station = open_workstation(shop_folder(options), number=OFFICE_WORKSTATION, mode=None, settings=settings)
    try:
        if options.what == "test":
            return _test(station, options.files, settings, words)
        if options.what == "keep":
            return max(_keep(station, file, settings, words) for file in options.files)
        return _export(station, options.files, words)
    except FileFault as fault:
        print(_fault(fault, words), file=sys.stderr)
        return 2
    finally:
        station.close()


def _test(station: Workstation, files: list[Path], settings: MachineSettings, words: Wording) -> int:
    """Every kept case under the policy of a file, or under the one a sale of today is judged by."""
    text = _text(files[0]) if files else policy_text_in_force(station.desk)
    trial = station.policies.cases.try_policy(text, ScriptCases(settings), words)
    results = () if trial is None else trial.results
    for one in results:
        print(_said(one, words))
    broken = [one for one in results if not one.played.holds]
    print(words.say("Kept cases: {all}. Not as expected: {broken}.", all=len(results), broken=len(broken)))
    return 1 if broken else 0


def _said(one: CaseResult, words: Wording) -> str:
    """The case in a line, with what came otherwise below it."""
    played = one.played
    if played.holds:
        return words.say("{case}: as expected", case=one.case.name)
    why = [played_fault(played, words)] if played.fault else list(played.failures)
    return "\n".join([words.say("{case}: not as expected", case=one.case.name), *(f"    {each}" for each in why)])


def played_fault(played: CasePlayed, words: Wording) -> str:
    """What is wrong with the script of a case, with its line where one is to blame."""
    if played.line is None:
        return played.fault
    return words.say("Line {line}: {fault}", line=played.line, fault=played.fault)


def _keep(station: Workstation, file: Path, settings: MachineSettings, words: Wording) -> int:
    """Keep a lane script under the name of its file."""
    name = file.name.removesuffix(".yaml").removesuffix(".play")
    kept = station.policies.cases.keep(name, _text(file), ScriptCases(settings), words, from_command_line=True)
    if isinstance(kept, PolicyCase):
        print(words.say("Kept as case {number}: {name}", number=kept.number, name=kept.name))
        return 0
    said = words.refusal(kept) if isinstance(kept, Refused) else f"{file}: {played_fault(kept, words)}"
    print(said, file=sys.stderr)
    return 1


def _export(station: Workstation, files: list[Path], words: Wording) -> int:
    """Each kept case as a file that `kassa play` plays, and the policy of today beside them."""
    if not files:
        print(words.say("Name the folder the cases are written to."), file=sys.stderr)
        return 2
    folder = files[0]
    text = policy_text_in_force(station.desk)
    cases = station.policies.cases.kept()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if text:
            (folder / POLICY_FILE).write_text(text, "utf-8")
        for case in cases:
            (folder / f"case-{case.number:03}.play.yaml").write_text(case.script, "utf-8")
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(folder), detail=error.strerror or str(error)) from error
    print(words.say("Kept cases: {n}. They are in {folder}.", n=len(cases), folder=folder))
    return 0


def _text(file: Path) -> str:
    """Raises KnownError where it is no text that can be read."""
    try:
        with file.open("rb") as opened:
            # What is longer is cut, and refused for what it says: a device may never end.
            return opened.read(FILE_BYTES_MAX + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(file), detail=detail) from error


def _fault(fault: FileFault, words: Wording) -> str:
    said = words.say(fault.message, **fault.values)
    return said if fault.line is None else words.say("Line {line}: {fault}", line=fault.line, fault=said)
