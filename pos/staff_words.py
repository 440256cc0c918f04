"""The sentences about badges and roles; `pos.wording` says them. None of them repeats a badge's code."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

STAFF_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.BADGE_UNKNOWN: lambda w, f: w.say(
        "This badge belongs to nobody who works here. Sign in with the PIN, or ask a manager for a badge."
    ),
    Code.BADGE_UNFIT: lambda w, f: w.say(
        "That is no badge, or one that is easily guessed. Nothing was changed. "
        "A badge is a code of KB- and {least} or more letters and digits.",
        least=f["least"],
    ),
    Code.BADGE_TAKEN: lambda w, f: w.say(
        "This badge is somebody else’s already. Nothing was changed. Take it from them first, or scan another one."
    ),
    Code.SALE_OF_ANOTHER: lambda w, f: w.say(
        "A sale of {name} is open, so nobody else was signed in. {name} can complete it, or it is suspended first.",
        name=f["name"],
    ),
    Code.SHUT_OUT: lambda w, f: w.say(
        "{name} no longer works here and was signed out. Nothing was changed. Ask an owner or a manager.",
        name=f["name"],
    ),
    Code.ROLE_ABOVE: lambda w, f: w.say(
        "{name} may do more than you may, or would. Nothing was changed. Ask somebody who may do as much, or an owner.",
        name=f["name"],
    ),
    Code.ROLE_FIXED: lambda w, f: w.say(
        "An owner may always do everything, and only owners change roles. Nothing was changed. "
        "Build the role on cashier, manager or trainee."
    ),
    Code.ROLE_INVALID: lambda w, f: w.say(
        "That cannot be a role. Nothing was changed. It needs a name of 1 to {most} characters.", most=f["most"]
    ),
    Code.ROLE_UNKNOWN: lambda w, f: w.say(
        "This shop has no role “{role}”. Nothing was changed. Choose one of the list, or add it first.", role=f["role"]
    ),
    Code.ROLE_IN_USE: lambda w, f: w.count(
        "{n} person is in this role. Nothing was changed. Give them another role first.",
        "{n} people are in this role. Nothing was changed. Give them another role first.",
        int(str(f["people"])),
    ),
    Code.ROLES_MANY: lambda w, f: w.say(
        "A shop has at most {limit} roles of its own. Nothing was changed. Remove one first.", limit=f["limit"]
    ),
    Code.LIMIT_INVALID: lambda w, f: w.say(
        "That limit cannot be. Nothing was changed. A discount is 0 to 100 %, an amount 0 or more."
    ),
}
