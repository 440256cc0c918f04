"""Why a key cannot be chosen, in sentences; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

KEY_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.KEY_UNREADABLE: lambda w, f: w.say(
        "“{key}” is no key an action can have. Nothing was changed. Use F2 to F11, or a letter with Ctrl or Alt.", **f
    ),
    Code.KEY_RESERVED: lambda w, f: w.say(
        "{key} means the same on every screen and stays as it is. Nothing was changed. Choose another key.", **f
    ),
    Code.KEY_TAKEN: lambda w, f: w.say(
        "{key} already belongs to “{action}” here. Nothing was changed. Choose another key, or give that one up first.",
        **f,
    ),
}
