"""How files are read, kept by a name for the next file of that kind; files of different kinds share no names."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pos.domain.item_columns import shown
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ITEMS, SALES = "", "sales"
PROFILE_NAME_MAX = 60
# Between the kind of file and the name: a sign that no name may hold.
_BETWEEN = "\x1f"
_SAID_ONCE = ("dry_run", "take_good")


def keep_as(
    desk: Desk, kind: str, name: str, options: DataclassInstance, permission: Permission | None
) -> str | Refused:
    """Keep how a kind of file is read under a name, in place of what had that name; answers with it as kept.

    What is said of one file alone is not kept. `permission` None: the owner of the shop's folder speaks.
    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PROFILE_NAME_INVALID.
    """
    operator = None
    if permission is not None:
        permitted = desk.permit(permission)
        if isinstance(permitted, Refused):
            return permitted
        operator = permitted.id
    name = " ".join(name.split())
    if not name or len(name) > PROFILE_NAME_MAX or not name.isprintable():
        return Refused(Code.PROFILE_NAME_INVALID, {"limit": PROFILE_NAME_MAX})
    said = {key: value for key, value in asdict(options).items() if key not in _SAID_ONCE}
    body = json.dumps(said, sort_keys=True, ensure_ascii=False)
    with desk.shop.books.writing() as work:
        before = work.import_profiles.get(_key(kind, name))
        work.import_profiles.keep(_key(kind, name), body)
        payload: dict[str, object] = {"before": before, "after": body}
        head = record(work, desk, Fact(EntryKind.IMPORT_PROFILE_KEPT, desk.now(), operator, name, payload))
        work.commit()
    desk.shop.anchor(head)
    return name


def names_kept(desk: Desk, kind: str) -> tuple[str, ...]:
    """The names of a kind of file."""
    with desk.shop.books.reading() as work:
        return _names(work, kind)


def read_kept(desk: Desk, kind: str, name: str) -> dict[str, Any] | Refused:
    """What was kept under a name. Refused: PROFILE_UNKNOWN."""
    with desk.shop.books.reading() as work:
        body = work.import_profiles.get(_key(kind, " ".join(name.split())))
        known = _names(work, kind)
    if body is None:
        return Refused(Code.PROFILE_UNKNOWN, {"name": shown(name), "names": ", ".join(known)})
    kept = json.loads(body)
    return {**kept, "maps": tuple(kept["maps"])}


def _names(work: UnitOfWork, kind: str) -> tuple[str, ...]:
    parted = [key.rpartition(_BETWEEN) for key in work.import_profiles.names()]
    return tuple(name for found, _, name in parted if found == kind)


def _key(kind: str, name: str) -> str:
    return f"{kind}{_BETWEEN}{name}" if kind else name
