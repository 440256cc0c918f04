"""The player of cases: writes them as lane scripts and plays those as `kassa play` does, each in a shop of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pos.domain.policy_case import CaseAsked, CasePlayed
from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code
from pos.domain.shop import ShopRules
from pos.script.case_words import difference_said
from pos.script.outcome import Outcome
from pos.script.play import WORKSTATION, play_under, without_policy
from pos.script.premises import premises
from pos.script.read import ScriptError
from pos.script.read_case import read_case
from pos.script.report import failure_said
from pos.script.results import Result
from pos.script.return_steps import RETURN_KINDS
from pos.script.setup import read_setup
from pos.script.write_case import write_case
from pos.settings import MachineSettings
from pos.wording import Wording

# Of a return and of each reason, what is expected of it once it is kept.
_PLAIN = ("decision", "refused", "refund", "exchange", "net_due")
_OF_REASON = ("code", "effect", "rule", "change")
_OF_LINE = ("decision",)
_PAPERS = "documents"
_OF_TENDER = ("kind", "amount")


class ScriptCases:
    """`pos.services.policy_cases.CasePlayer`, with the settings of this machine."""

    def __init__(self, settings: MachineSettings) -> None:
        self._settings = settings

    def write(self, asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None = None) -> str:
        """The case as a lane script of its own, in a shop with these rules, expecting that of its return."""
        return write_case(asked, rules, expect)

    def read(self, script: str, rules: ShopRules) -> CaseAsked | None:
        """What the form asked to write a script; None where a form of a shop with these rules cannot show all of it."""
        read = read_case(script)
        if read is None or read[1] != rules.currency:
            return None
        asked = read[0]
        return replace(asked, region="" if asked.region == rules.region else asked.region)

    def check(self, script: str, words: Wording) -> CasePlayed:
        """What is wrong with a script before anything of it is played; how many steps expect something."""
        try:
            read = read_setup(without_policy(script), None, folder=Path(__file__).parent / "none")
        except ScriptError as error:
            return CasePlayed(fault=words.say(error.message, **error.values), line=error.line)
        expects = sum(step.expect is not None for step in read.steps if step.kind in RETURN_KINDS)
        return CasePlayed(expects=expects)

    def play(self, script: str, policy: Policy | None, words: Wording) -> CasePlayed:
        """Play it in a shop of its own under this policy, None: the program's own, whatever policy the script names."""
        with premises(None, WORKSTATION, self._settings) as place:
            outcome = play_under(script, policy, place, words)
        if outcome.wrong is not None:
            return CasePlayed(fault=outcome.wrong.text, line=outcome.wrong.line)
        if outcome.stopped:
            return CasePlayed(fault=_why_stopped(outcome))
        last = next((step for step in reversed(outcome.steps) if step.kind in RETURN_KINDS), None)
        result = {} if last is None else last.result
        return CasePlayed(
            decision=outcome.decided,
            failures=tuple(_failed(outcome, words, asked=read_case(script) is not None)),
            refused=str(result.get("text", "")) if "refused" in result else "",
            expectation=expectation(result),
        )


def _why_stopped(outcome: Outcome) -> str:
    """What of the world kept the case from being played to its end."""
    told = [step.result.get("text") for step in outcome.steps] + [outcome.end.get("text")]
    return next((str(text) for text in reversed(told) if text), Code.CASE_UNKNOWN.value)


def _failed(outcome: Outcome, words: Wording, *, asked: bool) -> list[str]:
    """Each field that came otherwise, with its step where it is not of the return. Of a case a form `asked` papers do
    not count: it showed none.
    """
    kinds = {step.number: step.kind for step in outcome.steps}
    told = []
    for one in outcome.failures:
        kind = kinds.get(one.step or 0, "end")
        if asked and one.field == _PAPERS:
            continue
        if kind in RETURN_KINDS:
            told.append(difference_said(one, outcome.currency, words))
        else:
            told.append(f"{kind}: {failure_said(one, words)}")
    return told


def expectation(result: Result) -> dict[str, object]:
    """What to expect of a return from now on, all of it shown by the form: what was decided, of each line where there
    are several, why and what would make it a yes, and what money goes where.
    """
    kept: dict[str, object] = {key: result[key] for key in _PLAIN if result.get(key) is not None}
    if "decision" in result:
        kept["reasons"] = [_part(one, _OF_REASON) for one in _rows(result, "reasons")]
        kept["tenders"] = [_part(one, _OF_TENDER) for one in _rows(result, "tenders")]
    if_approved = result.get("if_approved")
    if isinstance(if_approved, Mapping):
        kept["if_approved"] = {"refund": if_approved["refund"]}
    if result.get("claim"):
        kept["claim"] = result["claim"]
    lines = _rows(result, "lines")
    if len(lines) > 1:
        kept["lines"] = [_part(one, _OF_LINE) for one in lines]
    return kept


def _rows(result: Result, key: str) -> Sequence[Mapping[str, Any]]:
    rows = result.get(key)
    return rows if isinstance(rows, list) else []


def _part(row: Mapping[str, Any], keys: Sequence[str]) -> dict[str, object]:
    return {key: row[key] for key in keys if row.get(key) not in (None, "")}
