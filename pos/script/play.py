"""`kassa play`: read a lane script, play it step by step, hold it against what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from pos.domain.policy_rule import Policy
from pos.domain.trouble import KnownError, Trouble
from pos.script.codes import print_codes
from pos.script.compare import compare
from pos.script.lane import Lane
from pos.script.outcome import HELD, Failure, Outcome, StepOutcome, Wrong
from pos.script.perform import perform
from pos.script.play_cards import set_cards, still_unknown
from pos.script.premises import Premises, premises
from pos.script.read import Fields, ScriptError, Text, parse, read_script
from pos.script.report import as_json as json_line
from pos.script.report import as_text
from pos.script.results import Result, end_of_script, money
from pos.script.setup import Script, read_setup
from pos.script.step_bodies import Clock, SignOn
from pos.script.steps import Step
from pos.script.till_steps import OpenTill
from pos.services.books_report import report_books
from pos.services.gift_card_report import card_balances
from pos.services.verify import verify_books
from pos.settings import MachineSettings
from pos.wording import Wording

__all__ = ["main", "print_codes"]

WORKSTATION = 1
_POLICY = "return_policy"

Acknowledge = Callable[[int, str], None]


def main(
    files: Sequence[Path],
    *,
    as_json: bool,
    shop: Path | None,
    workstation: int | None,
    settings: MachineSettings,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Play the files in order and print what came out; the worst exit status of them all.

    0: everything held. 1: something came out otherwise. 2: a file is wrong or asks for what is not built.
    """
    number = workstation or WORKSTATION
    status = HELD
    for path, place in _places(files, shop, number, settings):
        acknowledge = nobody if shop is None else _to(stderr if as_json else stdout)
        outcome = play_file(path, place, acknowledge)
        if as_json:
            print(json_line(outcome), file=stdout, flush=True)
        else:
            print(as_text(outcome), file=stdout if outcome.wrong is None else stderr, flush=True)
        status = max(status, outcome.status)
    return status


def _places(
    files: Sequence[Path], shop: Path | None, number: int, settings: MachineSettings
) -> Iterator[tuple[Path, Premises]]:
    """Each file with where it plays: a shop of its own, or the one they share."""
    if shop is None:
        for path in files:
            with premises(None, number, settings) as place:
                yield path, place
    else:
        with premises(shop, number, settings) as place:
            for path in files:
                yield path, place


def nobody(_step: int, _receipt: str) -> None:
    """A temporary shop is gone afterwards: there is nothing to acknowledge."""


def _to(stream: TextIO) -> Acknowledge:
    def acknowledge(step: int, receipt: str) -> None:
        print(f"ACK {step} {receipt}", file=stream, flush=True)

    return acknowledge


def play_file(path: Path, place: Premises, acknowledge: Acknowledge) -> Outcome:
    """Play one file; a wrong one is answered without playing anything of it."""
    return _play_whole(Outcome(str(path), Wording()), lambda: read_script(path), place, acknowledge)


def play_under(text: str, policy: Policy | None, place: Premises, words: Wording) -> Outcome:
    """Play a script that is no file, in a new shop under this return policy, whatever the script says of it; what is
    wrong with it is told in these words. Other files it names are not there.
    """
    outcome = Outcome(str(place.folder.parent / "none" / "case.yaml"), words)
    return _play_whole(outcome, lambda: without_policy(text), place, nobody, partial(replace, return_policy=policy))


def without_policy(text: str) -> Fields:
    """A script whose policy is another one's business. Raises ScriptError."""
    root = parse(text)
    root.values.pop(_POLICY, None)
    return root


def _play_whole(
    outcome: Outcome,
    read: Callable[[], Fields],
    place: Premises,
    acknowledge: Acknowledge,
    put: Callable[[Script], Script] | None = None,
) -> Outcome:
    """Read, enter and play; `put` makes of what was read what is played."""
    with _told(outcome, place):
        root = read()
        outcome.words = Wording(_language(root) or outcome.words.language)
        script, operator = _enter(root, place, outcome, put)
        lane = Lane(place, outcome.words, acknowledge, opens_till=_never_opens_the_till(script))
    if outcome.wrong is None:
        _play(script, lane, operator, outcome)
        outcome.decided, outcome.currency = lane.returns.decided, script.rules.currency
    return outcome


@contextmanager
def _told(outcome: Outcome, place: Premises) -> Iterator[None]:
    """Whatever keeps the file from being played becomes a sentence in the script's own language."""
    try:
        yield
    except ScriptError as error:
        outcome.wrong = Wrong(error.line, outcome.words.say(error.message, **error.values))
    except KnownError as error:
        outcome.wrong = Wrong(None, outcome.words.trouble(error))
    except OSError as error:
        known = KnownError(Trouble.FILE_UNREADABLE, file=str(place.folder), detail=error.strerror or str(error))
        outcome.wrong = Wrong(None, outcome.words.trouble(known))


def _language(root: Fields) -> str | None:
    """The language the script asks for, before anything of it is checked."""
    shop = root.values.get("shop")
    language = shop.values.get("language") if isinstance(shop, Fields) else None
    return language.text if isinstance(language, Text) and not language.null else None


def _enter(
    root: Fields, place: Premises, outcome: Outcome, put: Callable[[Script], Script] | None
) -> tuple[Script, str | None]:
    """Check the whole file, then be in its shop: the one that is there, or a new one. Raises ScriptError, KnownError.

    Another lane may found the shop between looking and founding; then its shop is the one that is there.
    """
    while True:
        place.open_existing()
        if place.rules is not None:
            outcome.words = Wording(place.rules.language)
        script = read_setup(root, place.rules, place.roles, folder=Path(outcome.file).parent)
        script = script if put is None else put(script)
        place.agree(script)
        operator = place.operator(script)
        if place.workstation is not None or place.found(script):
            return script, None if script.operator is None and _begins_with_sign_on(script) else operator


def _begins_with_sign_on(script: Script) -> bool:
    first = next((step.body for step in script.steps if not isinstance(step.body, Clock)), None)
    return isinstance(first, SignOn)


def _never_opens_the_till(script: Script) -> bool:
    return not any(isinstance(step.body, OpenTill) for step in script.steps)


def _play(script: Script, lane: Lane, operator: str | None, outcome: Outcome) -> None:
    try:
        lane.begin(operator)
        set_cards(lane, script.cards)
        lane.cards_named += [given.card.number for given in script.gift_cards]
        for step in script.steps:
            _play_step(step, script, lane, outcome)
            if outcome.stopped:
                return
        outcome.end = _end(lane)
    except KnownError as error:
        outcome.stopped = True
        outcome.end = {"error": error.trouble.value, "text": outcome.words.trouble(error)}
        return
    if script.expect_end is not None:
        outcome.failures += [
            Failure(None, one.field, one.expected, one.got) for one in compare(script.expect_end, outcome.end)
        ]


def _play_step(step: Step, script: Script, lane: Lane, outcome: Outcome) -> None:
    try:
        played = perform(lane, step)
    except KnownError as error:
        result: Result = {"error": error.trouble.value, "text": outcome.words.trouble(error)}
        outcome.steps.append(StepOutcome(step.number, step.name, step.kind, ok=False, result=result))
        outcome.stopped = True
        return
    if played.recovered is not None:
        # Only now the step before, which let the process die, has its answer.
        outcome.steps.pop()
        _note(script.steps[step.number - 2], {"recovered": played.recovered}, outcome)
    _note(step, played.result, outcome)


def _note(step: Step, result: Result, outcome: Outcome) -> None:
    """Hold one result against what was expected. A crash is held when it has happened."""
    crash_ahead = step.kind == "crash" and not result
    differences = [] if step.expect is None or crash_ahead else compare(step.expect, result)
    outcome.failures += [Failure(step.number, one.field, one.expected, one.got) for one in differences]
    outcome.steps.append(StepOutcome(step.number, step.name, step.kind, ok=not differences, result=result))


def _end(lane: Lane) -> Result:
    desk = lane.station.desk
    still_open: list[Result] = []
    priced = lane.sale.view.priced
    if not priced.basket.empty:
        still_open.append(
            {
                "kind": "sale",
                "as": lane.name_of(lane.open_sale(priced.basket)),
                "workstation": desk.number,
                "state": "open",
                "total": money(priced.total, priced.currency),
                "due": money(priced.due, priced.currency),
            }
        )
    names = {slip: name for name, slip in lane.slips.items()}
    still_open += [
        {
            "kind": "suspended",
            "as": names.get(sale.id),
            "workstation": sale.workstation,
            "state": "suspended",
            "total": money(sale.total, desk.rules.currency),
            "due": money(sale.total, desk.rules.currency),
        }
        for sale in reversed(lane.station.suspended.waiting())
    ]
    cards = card_balances(desk, lane.cards_named)
    still_open += still_unknown(lane)
    return end_of_script(report_books(desk), verify_books(desk.shop), still_open, cards)
