"""What came out of a lane script, as one line of JSON or as text to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from pos.domain.finding import Finding
from pos.script.outcome import Failure, Outcome, StepOutcome
from pos.script.results import Result
from pos.wording import Wording

_INDENT = "      "


def as_json(outcome: Outcome) -> str:
    """The file's object on one line, as the format's contract has it."""
    body: dict[str, object] = {"file": outcome.file, "ok": outcome.status == 0}
    if outcome.wrong is not None:
        body["error"] = {"line": outcome.wrong.line, "text": outcome.wrong.text}
    else:
        body["steps"] = [_step_object(step) for step in outcome.steps]
        body["end"] = outcome.end
        body["failed"] = [
            {"step": one.step, "field": one.field, "expected": one.expected, "got": one.got} for one in outcome.failures
        ]
    return json.dumps(body)


def _step_object(step: StepOutcome) -> Result:
    return {"step": step.number, "as": step.name, "kind": step.kind, "ok": step.ok, **step.result}


def as_text(outcome: Outcome) -> str:
    """Every step with the fields of its result under the names a script uses, then what did not hold."""
    if outcome.wrong is not None:
        where = outcome.file if outcome.wrong.line is None else f"{outcome.file}:{outcome.wrong.line}"
        return f"{where}: {outcome.wrong.text}"
    lines = [outcome.file]
    for step in outcome.steps:
        lines.append(f"{step.number:>4}  {step.kind} {step.name or ''}".rstrip())
        lines += _fields(step.result)
        lines += [
            f"{_INDENT}! {failure_said(one, outcome.words)}" for one in outcome.failures if one.step == step.number
        ]
    lines.append("      end")
    lines += _fields(outcome.end)
    lines += [f"{_INDENT}! {failure_said(one, outcome.words)}" for one in outcome.failures if one.step is None]
    lines += [f"{_INDENT}! {text}" for text in _violations(outcome)]
    lines.append(_verdict(outcome))
    return "\n".join(lines)


def _fields(result: Result) -> Iterator[str]:
    """The plain fields on one line, then each list and each longer text on lines of its own."""
    plain = {key: value for key, value in result.items() if not _long(value)}
    if plain:
        yield f"{_INDENT}{_joined(plain)}"
    for key, value in result.items():
        if isinstance(value, Mapping):
            if value:
                yield f"{_INDENT}{key}: {_joined(value)}"
        elif isinstance(value, str):
            if "\n" in value:
                yield from (f"{_INDENT}| {row}".rstrip() for row in value.splitlines())
        elif isinstance(value, Sequence):
            yield from (f"{_INDENT}{key}: {_told(row)}" for row in value)


def _long(value: object) -> bool:
    if isinstance(value, str):
        return "\n" in value
    return value is None or isinstance(value, Mapping | Sequence)


def _joined(fields: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {_told(value)}" for key, value in fields.items() if value not in (None, [], {}))


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return f"({_joined(value)})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(_told(each) for each in value)
    return str(value)


def failure_said(one: Failure, words: Wording) -> str:
    """What was expected and what came, in a sentence."""
    if one.got is None:
        return words.say("{field}: expected {expected}, but it is not there.", field=one.field, expected=one.expected)
    return words.say("{field}: expected {expected}, got {got}.", field=one.field, expected=one.expected, got=one.got)


def _violations(outcome: Outcome) -> Iterator[str]:
    found = outcome.end.get("violations")
    for one in found if isinstance(found, list) else []:
        what = outcome.words.finding(Finding(one["finding"]))
        yield f"{one['invariant']}  {one['where']}: {what} {one['detail']}".rstrip()


def _verdict(outcome: Outcome) -> str:
    words = outcome.words
    if outcome.stopped:
        return words.say("{file}: the play stopped before its last step.", file=outcome.file)
    if outcome.status == 0:
        return words.say("{file}: everything came out as expected.", file=outcome.file)
    steps = sorted({str(one.step) for one in outcome.failures if one.step is not None}, key=int)
    if steps:
        return words.say("{file}: not as expected in steps {steps}.", file=outcome.file, steps=", ".join(steps))
    return words.say("{file}: not as expected at the end.", file=outcome.file)
