"""What each command heeds: a word that would mean nothing is refused, never passed over in silence."""

from __future__ import annotations

import argparse

from pos.speech import Speech

_READING = {"map", "take_good", "dry_run", "profile", "keep_as"}
# What one kind of a command takes; of the others the command's own parser refuses what means nothing.
_TAKES = {
    "import items": {*_READING, "price", "allow_free", "tax", "unit", "department"},
    "import sales": {*_READING, "date_order", "encoding", "round", "report"},
    "import promotions": {"dry_run"},
    "import gift-cards": {"dry_run"},
    "export items": set[str](),
    "export promotions": set[str](),
    "export customer": {"customer"},
    "play --codes": {"json"},
}
# What every kind is about.
_ALWAYS = {"command", "what", "file", "shop"}
_ONE_FILE = {"policy test", "policy export"}


def asked_wrongly(options: argparse.Namespace, words: Speech) -> str:
    """Why these words cannot all be meant, and what would be; empty where they can."""
    kind = _kind(options)
    if kind in _TAKES:
        always = {"command", "codes"} if kind == "play --codes" else _ALWAYS
        given = [name for name, value in vars(options).items() if value and name not in _TAKES[kind] | always]
        if given:
            return _means_nothing(kind, options, given, words)
    if kind in _ONE_FILE and len(options.files) > 1:
        return words.say("kassa {command} takes one file or folder. Name only one.", command=kind)
    if kind == "policy keep" and not options.files:
        return words.say("Name at least one lane script to keep.")
    if kind == "export customer" and not options.customer:
        return words.say("Say whose data is to be written: --customer ID.")
    return ""


def _kind(options: argparse.Namespace) -> str:
    if options.command == "play" and options.codes:
        return "play --codes"
    return f"{options.command} {options.what}" if "what" in options else str(options.command)


def _means_nothing(kind: str, options: argparse.Namespace, given: list[str], words: Speech) -> str:
    asked = [str(options.files[0]) if name == "files" else _option(name) for name in given]
    facts = {"command": kind, "words": ", ".join(asked)}
    takes = sorted(_TAKES[kind] if kind == "play --codes" else {*_TAKES[kind], "shop"})
    return words.say(
        "kassa {command} makes nothing of {words}. It takes: {takes}.",
        takes=", ".join(map(_option, takes)),
        **facts,
    )


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
