"""The `promotions` and the `return_policy` of a lane script: in the shop's own formats, or the files that hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pos.domain.policy_rule import Policy
from pos.domain.promotion import Promotion
from pos.script.fields import Part, part
from pos.script.read import Fields, ScriptError
from pos.services.policy_file import read_policy, read_policy_file
from pos.services.promotion_file import read_promotion_rows, read_promotions_file
from pos.wording import N_

T = TypeVar("T")

_FILE = "file"


def read_promotions(script: Part, currency: str, folder: Path) -> tuple[Promotion, ...]:
    """A list in the shop's own format, or the file that holds it, beside `folder`. Raises ScriptError."""
    node = script.get("promotions")
    if node is None:
        return ()
    if not isinstance(node, Fields):
        return read_promotion_rows(script.rows("promotions"), currency)
    return _of_file(part(node, "promotions"), folder, lambda path: read_promotions_file(path, currency))


def read_return_policy(script: Part, currency: str, folder: Path) -> Policy | None:
    """The policy, or the file that holds it; None where the script leaves it out. Raises ScriptError."""
    given = script.part("return_policy")
    if given is None:
        return None
    if _FILE in given.fields.values:
        return _of_file(given, folder, lambda path: read_policy_file(path, currency))
    return read_policy(given.fields, currency)


def _of_file(named: Part, folder: Path, read: Callable[[Path], T]) -> T:
    named.keys((_FILE,))
    try:
        return read(folder / named.needed(_FILE))
    except ScriptError as error:
        # The line is one of that file; the script has its own.
        told = N_("{file}, line {number}: {text}")
        text = error.message.format(**error.values)
        raise ScriptError(named.line, told, file=named.text(_FILE), number=error.line or 1, text=text) from error
