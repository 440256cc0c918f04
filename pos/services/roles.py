"""The shop's roles: what each may do and how far by itself, changed by an owner, each change a new version."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind, canonical
from pos.domain.refusal import Code, Refused
from pos.domain.rights import (
    OWNER_ALONE,
    ROLE_NAME_MAX,
    ROLES_MAX,
    Limit,
    Permission,
    Role,
    ShopRole,
    ShopRoles,
    role_body,
    role_id_fits,
    roles_body,
)
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role as the shop has it, and how many people who work here are in it."""

    role: ShopRole
    people: int

    @property
    def changed(self) -> bool:
        """Whether it is another than the program's own, or one the shop added."""
        return self.role != ShopRole(self.role.id, self.role.base)


class RolesDesk:
    """The roles of this shop. Who manages staff sees them; a change asks for MANAGE_ROLES, which owners alone have."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[RoleView, ...] | Refused:
        """Every role somebody may have. Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.MANAGE_STAFF)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            people = Counter(each.operator.role for each in work.staff.all_active())
            return tuple(RoleView(role, people[role.id]) for role in work.roles.current().all())

    def set_role(self, role: ShopRole) -> ShopRoles | Refused:
        """Let a role be this from now on, also for who is signed on; one the shop has not got yet is added.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED, ROLE_FIXED, ROLE_INVALID, LIMIT_INVALID, ROLES_MANY.
        """
        role = replace(role, name=role.name.strip())

        def change(_: UnitOfWork, before: ShopRoles) -> ShopRoles | Refused:
            after = before.with_role(role)
            return unfit(after.roles) or after

        return self._change(change)

    def remove_role(self, role_id: str) -> ShopRoles | Refused:
        """No such role any more; one built in is again as the program has it.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED, ROLE_UNKNOWN, ROLE_IN_USE (`people`).
        """

        def change(work: UnitOfWork, before: ShopRoles) -> ShopRoles | Refused:
            if before.find(role_id) is None:
                return Refused(Code.ROLE_UNKNOWN, {"role": role_id})
            # Also who left may come back.
            people = sum(each.operator.role == role_id for each in work.staff.all())
            if people and role_id not in list(Role):
                return Refused(Code.ROLE_IN_USE, {"people": people})
            return before.without(role_id)

        return self._change(change)

    def _change(self, change: Callable[[UnitOfWork, ShopRoles], ShopRoles | Refused]) -> ShopRoles | Refused:
        """One change of the newest version, also where another workstation made it; no difference writes nothing."""
        desk = self._desk
        by = desk.permit(Permission.MANAGE_ROLES)
        if isinstance(by, Refused):
            return by
        with desk.shop.books.writing() as work:
            before = work.roles.current()
            after = change(work, before)
            if isinstance(after, Refused) or after == before:
                return after
            after = replace(after, version=before.version + 1)
            fact = Fact(EntryKind.ROLES_CHANGED, desk.now(), by.id, f"roles {after.version}", said(before, after))
            work.roles.add(after, fact.at, by.id)
            head = record(work, desk, fact)
            work.commit()
        desk.shop.anchor(head)
        return after


def roles_of(desk: Desk) -> ShopRoles:
    """The roles as they stand, for whoever asks what a role gives; who is in which stands elsewhere."""
    with desk.shop.books.reading() as work:
        return work.roles.current()


def unfit(roles: Sequence[ShopRole]) -> Refused | None:
    """Why these cannot be a shop's roles. Refused: as `RolesDesk.set_role`."""
    if len(roles) > ROLES_MAX:
        return Refused(Code.ROLES_MANY, {"limit": ROLES_MAX})
    return next(filter(None, map(_unfit_role, roles)), None)


def _unfit_role(role: ShopRole) -> Refused | None:
    if Role.OWNER in (role.id, role.base) or role.given & OWNER_ALONE:
        return Refused(Code.ROLE_FIXED)
    built_in = role.id in list(Role)
    named = not role.name if built_in else 0 < len(role.name) <= ROLE_NAME_MAX and role.name.isprintable()
    if not (role_id_fits(role.id) and named and (not built_in or role.base == role.id)):
        return Refused(Code.ROLE_INVALID, {"most": ROLE_NAME_MAX})
    for limit, bound in role.limits.items():
        if not _fits(limit, bound):
            return Refused(Code.LIMIT_INVALID)
    return None


def _fits(limit: Limit, bound: int | None) -> bool:
    if bound is None:
        return limit.may_be_none
    return 0 <= bound <= limit.most


def said(before: ShopRoles, after: ShopRoles) -> dict[str, object]:
    """What the journal says of a change: the digest of all roles, and each that is another before and after."""
    was = {role.id: role_body(role) for role in before.roles}
    is_now = {role.id: role_body(role) for role in after.roles}
    changed = sorted(role_id for role_id in was.keys() | is_now.keys() if was.get(role_id) != is_now.get(role_id))
    return {
        "version": after.version,
        "roles": roles_digest(json.dumps(roles_body(after.roles))),
        "before": {role_id: was.get(role_id) for role_id in changed},
        "after": {role_id: is_now.get(role_id) for role_id in changed},
    }


def roles_digest(body: str) -> str:
    """What the journal says of a version of the roles as it is stored: SHA-256 of its one spelling."""
    return hashlib.sha256(canonical({"roles": json.loads(body)})).hexdigest()
