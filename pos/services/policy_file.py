"""A return policy as the shop writes it (docs/return-policy.md), read strictly and written again: faults with lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pos.domain.policy_rule import EVERYTHING, Policy, Rule, Scope
from pos.domain.policy_shadow import shadowed_by
from pos.domain.purchase import Channel
from pos.domain.return_request import ShownBy
from pos.domain.return_rules import Answer, CountsFrom, Extension, LateStep, Season, Window
from pos.services.policy_fields import (
    DAY,
    MONEY,
    WORDS,
    Codec,
    KindSpec,
    Named,
    read_values,
    some_of,
    write_values,
)
from pos.services.policy_file_value import VALUE_KINDS
from pos.services.policy_kinds import KINDS, never
from pos.strict_fields import Part as Map
from pos.strict_fields import part as as_map
from pos.strict_yaml import Fields, FileFault, Node, Text, parse, read_file
from pos.wording import LANGUAGES, N_

RULES_MOST = 500
FORMAT = "1"
_BEGINS = N_("A return policy is a map that begins with “policy: 1”.")
_KEYS = ("policy", "name", "better_of_both", "posted_since", "rules")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_ROLE = re.compile(r"[a-z0-9_-]{1,40}")
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_NOBODY = "none"
SAID_TO = ("cashier", "customer")
_WORDS_MOST = 300
ALL_KINDS: tuple[KindSpec, ...] = (*KINDS, *VALUE_KINDS)
KIND_BY_KEY = {spec.kind.KEY: spec for spec in ALL_KINDS}
_BY_KIND = {spec.kind: spec for spec in ALL_KINDS}


def _choice_words(choices: Codec) -> Codec:
    """A choice kept as text."""

    def read(part: Map, key: str, currency: str) -> frozenset[str]:
        return frozenset(str(one.value) for one in choices.read(part, key, currency))

    return Codec(read, lambda value, _: sorted(value), choices.takes)


def _regions(part: Map, key: str, currency: str) -> frozenset[str]:
    found: frozenset[str] = WORDS.read(part, key, currency)
    for one in sorted(found):
        if not _REGION.fullmatch(one):
            message = N_("“{key}” cannot be “{value}”.")
            raise FileFault(part.line_of(key), message, key=key, value=one)
    return found


_PROOFS = _choice_words(some_of(ShownBy))
_REGIONS = Codec(_regions, WORDS.write, WORDS.takes)
SCOPE_FIELDS: dict[str, Codec | Named] = {
    "items": Named("item", WORDS),
    "categories": Named("category", WORDS),
    "families": Named("family", WORDS),
    "flags": Named("flag", WORDS),
    "conditions": Named("condition", WORDS),
    "reasons": Named("reason", WORDS),
    "proofs": Named("proof", _PROOFS),
    "tiers": Named("tier", WORDS),
    "groups": Named("group", WORDS),
    "tenders": Named("tender", WORDS),
    "regions": Named("region", _REGIONS),
    "channels": Named("channel", _choice_words(some_of(Channel))),
    "not_categories": Named("not_category", WORDS),
    "not_flags": Named("not_flag", WORDS),
    "not_conditions": Named("not_condition", WORDS),
    "not_proofs": Named("not_proof", _PROOFS),
    "not_regions": Named("not_region", _REGIONS),
    "sold_from": DAY,
    "sold_until": DAY,
    "price_from": MONEY,
    "price_below": MONEY,
}
# What is named, and what is taken away of the same.
_OPPOSITES = (
    ("categories", "not_categories", "not_category"),
    ("flags", "not_flags", "not_flag"),
    ("conditions", "not_conditions", "not_condition"),
    ("proofs", "not_proofs", "not_proof"),
    ("regions", "not_regions", "not_region"),
)


def read_policy_file(path: Path, currency: str, version: int = 0) -> Policy:
    """The policy of a file. Raises FileFault, with the line, for whatever it does not know or cannot mean."""
    return read_policy(read_file(path, _BEGINS), currency, version)


@lru_cache(maxsize=32)
def parse_policy(text: str, currency: str, version: int = 0) -> Policy:
    """The policy of a text, read once: the same words never mean anything else. Raises FileFault, as
    `read_policy_file`.
    """
    return read_policy(parse(text, _BEGINS), currency, version)


def read_policy(root: Fields, currency: str, version: int = 0) -> Policy:
    """The policy of a map that was read already. Raises FileFault, as `read_policy_file`."""
    part = Map("", root)
    written = part.text("policy") or ""
    # Before its keys: those of a later format are no misspelling.
    if re.fullmatch(r"[0-9]{1,9}", written) and int(written) > int(FORMAT):
        message = N_("The file is of format {written}, of a newer Kassa; this one reads format {format}.")
        raise FileFault(part.line_of("policy"), message, written=written, format=FORMAT)
    part.keys(_KEYS)
    if written != FORMAT:
        raise FileFault(part.line_of("policy"), _BEGINS)
    posted: date | None = DAY.read(part, "posted_since", currency) if part.get("posted_since") is not None else None
    rows = part.rows("rules")
    if len(rows) > RULES_MOST:
        raise FileFault(part.line_of("rules"), N_("A policy has at most {most} rules."), most=RULES_MOST)
    read = [(read_rule(row, currency), as_map(row, "rules")) for row in rows]
    _contradictions(read)
    # What was taken in before holds as it was read then.
    if not version:
        _never_speaking(read)
    return Policy(
        name=part.text("name") or "",
        version=version,
        rules=tuple(rule for rule, _ in read),
        posted_since=posted,
        better_of_both=part.yes("better_of_both"),
    )


def policy_text(policy: Policy, currency: str) -> str:
    """A whole file. Every value stands as text between quotes; read back it is the same policy."""
    return written_text(head_fields(policy), [rule_fields(rule, currency) for rule in policy.rules])


def written_text(head: Mapping[str, str], rules: Sequence[Mapping[str, object]]) -> str:
    """A whole file of what is in the words of the file already."""
    lines = [f"policy: {FORMAT}", *(f"{key}: {_quoted(text)}" for key, text in head.items())]
    lines.append("rules:" if rules else "rules: []")
    lines += [f"  - {_quoted(rule)}" for rule in rules]
    return "\n".join(lines) + "\n"


def head_fields(policy: Policy) -> dict[str, str]:
    """What stands before the rules, in the words of the file."""
    said = {"name": policy.name, "better_of_both": "true" if policy.better_of_both else ""}
    said["posted_since"] = "" if policy.posted_since is None else policy.posted_since.isoformat()
    return {key: text for key, text in said.items() if text}


def rule_fields(rule: Rule, currency: str) -> dict[str, object]:
    """One rule in the words of the file."""
    spec = _BY_KIND[type(rule)]
    written: dict[str, object] = {"id": rule.id, spec.kind.KEY: write_values(spec.fields, rule, currency)}
    scope = write_values(SCOPE_FIELDS, rule.scope, currency)
    if scope:
        written["for"] = scope
    if rule.override != "":
        written["override"] = _NOBODY if rule.override is None else rule.override
    if rule.words:
        written["words"] = _written_words(rule.words)
    return written


# --- One rule ---------------------------------------------------------------------------------------------------------


def read_rule(node: Node, currency: str) -> Rule:
    """One rule by itself. Raises FileFault, as `read_policy_file`."""
    row = as_map(node, "rules")
    row.keys(("id", *KIND_BY_KEY, "for", "override", "words"))
    rule_id = row.needed("id")
    if not _ID.fullmatch(rule_id):
        raise row.wrong("id")
    named = [key for key in row.fields.values if key in KIND_BY_KEY]
    if len(named) != 1:
        line = row.line_of(named[1]) if named else row.line
        raise FileFault(line, N_("A rule is of exactly one kind: {kinds}."), kinds=", ".join(KIND_BY_KEY))
    spec = KIND_BY_KEY[named[0]]
    part = as_map(row.fields.values[named[0]], named[0])
    values = read_values(spec.fields, spec.kind, part, currency)
    scope = row.part("for")
    rule = spec.kind(
        id=rule_id,
        scope=_scope(scope, currency) if scope is not None else EVERYTHING,
        override=_override(row),
        words=_words(row.part("words")),
        **values,
    )
    if rule.override is None and _asks_a_manager(rule):
        raise FileFault(row.line_of("override"), N_("Somebody has to agree, and “override: none” says nobody may."))
    if spec.check is not None:
        spec.check(rule, part)
    return rule


def _scope(part: Map, currency: str) -> Scope:
    values = read_values(SCOPE_FIELDS, Scope, part, currency)
    for attribute, value in values.items():
        # An empty list would mean everything.
        if value == frozenset():
            given = SCOPE_FIELDS[attribute]
            raise part.missing(given.key if isinstance(given, Named) else attribute)
    scope = Scope(**values)
    for wanted, unwanted, key in _OPPOSITES:
        both = getattr(scope, wanted)
        if both and both <= getattr(scope, unwanted):
            raise never(part, key)
    if scope.sold_from and scope.sold_until and scope.sold_from > scope.sold_until:
        raise never(part, "sold_until")
    if scope.price_below is not None and (scope.price_from or 0) >= scope.price_below:
        raise never(part, "price_below")
    return scope


def _override(row: Map) -> str | None:
    said = row.text("override")
    if said is None:
        return ""
    if said == _NOBODY:
        return None
    if not _ROLE.fullmatch(said):
        raise row.wrong("override")
    return said


def _asks_a_manager(rule: Rule) -> bool:
    answers = [getattr(rule, "answer", None), *(step.answer for step in _steps(rule))]
    return Answer.MANAGER in answers


def _steps(rule: Rule) -> tuple[LateStep, ...]:
    return rule.after if isinstance(rule, Window | Season) else ()


def _words(part: Map | None) -> tuple[tuple[str, str], ...]:
    """The shop's own sentences: one for everybody, or one a language."""
    if part is None:
        return ()
    part.keys(SAID_TO)
    found: list[tuple[str, str]] = []
    for to in SAID_TO:
        node = part.get(to)
        if isinstance(node, Text):
            found.append((to, part.needed(to)))
        elif node is not None:
            by_language = as_map(node, to)
            by_language.keys(LANGUAGES)
            found += [(f"{to}.{language}", by_language.needed(language)) for language in by_language.fields.values]
    if any(len(text) > _WORDS_MOST for _, text in found):
        raise FileFault(part.line, N_("A sentence has at most {most} characters."), most=_WORDS_MOST)
    return tuple(found)


def _written_words(words: tuple[tuple[str, str], ...]) -> dict[str, object]:
    written: dict[str, Any] = {}
    for name, text in words:
        to, _, language = name.partition(".")
        if language:
            written.setdefault(to, {})[language] = text
        else:
            written[to] = text
    return written


# --- All of them ------------------------------------------------------------------------------------------------------


def _contradictions(read: list[tuple[Rule, Map]]) -> None:
    """Ids are given once, and no two rules of a kind speak of exactly the same."""
    ids: set[str] = set()
    spoken: dict[object, str] = {}
    for rule, row in read:
        if rule.id in ids:
            raise FileFault(row.line_of("id"), N_("“{key}” is given twice."), key=rule.id)
        ids.add(rule.id)
        apart = _BY_KIND[type(rule)].told_apart
        told: object = replace(rule, id="", words=()) if apart is None else tuple(getattr(rule, name) for name in apart)
        key = (type(rule), rule.scope, told)
        if key in spoken:
            message = N_("Rules {one} and {other} are of one kind and speak of exactly the same. Keep one of them.")
            raise FileFault(row.line, message, one=spoken[key], other=rule.id)
        spoken[key] = rule.id
    windows = any(isinstance(rule, Window) for rule, _ in read)
    for rule, row in read:
        alone = isinstance(rule, Extension | CountsFrom) or (isinstance(rule, Season) and rule.later_of)
        if alone and not windows:
            raise never(row, type(rule).KEY)


def _never_speaking(read: list[tuple[Rule, Map]]) -> None:
    """Where one rule of a kind answers, none is hidden behind an earlier one."""
    earlier: dict[object, list[Rule]] = {}
    for rule, row in read:
        spec = _BY_KIND[type(rule)]
        if not spec.alone(rule):
            continue
        alike = earlier.setdefault((type(rule), *(getattr(rule, name) for name in spec.told_apart or ())), [])
        other = shadowed_by(rule, alike)
        if other is not None:
            message = N_("Rule {rule} can never apply: {other} stands before it and speaks of all of it. Put it first.")
            raise FileFault(row.line, message, rule=rule.id, other=other.id)
        alike.append(rule)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
