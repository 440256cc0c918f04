"""The `roles` of a lane script's shop: one of the four as the shop has it, or one of the shop's own."""

from __future__ import annotations

from pos.domain.money import AmountUnreadable, Money
from pos.domain.rights import Bound, Limit, Permission, Role, ShopRole
from pos.domain.tax import read_percent
from pos.script.fields import Part, bad_choice
from pos.script.read import ScriptError
from pos.services.roles import unfit
from pos.wording import N_

_NO_LIMIT = "none"


def read_roles(shop: Part, currency: str) -> tuple[ShopRole, ...]:
    """The roles of the shop, each fit to be one. Raises ScriptError."""
    roles: list[ShopRole] = []
    for row in shop.parts("roles"):
        role = _role(row, currency)
        if any(each.id == role.id for each in roles):
            raise ScriptError(row.line_of("id"), N_("“{key}” is given twice."), key=role.id)
        roles.append(role)
        if unfit(roles) is not None:
            raise ScriptError(row.line, N_("“{key}” cannot be “{value}”."), key="roles", value=role.id)
    return tuple(roles)


def _role(row: Part, currency: str) -> ShopRole:
    row.keys(("id", "like", "name", "may", "may_not", "limits"))
    role_id = row.needed("id")
    built_in = role_id in list(Role)
    like = row.choice("like", list(Role)) or (role_id if built_in else Role.CASHIER)
    limits = row.part("limits")
    return ShopRole(
        id=role_id,
        base=Role(like),
        name=row.text("name") or ("" if built_in else role_id),
        given=_permissions(row, "may"),
        taken=_permissions(row, "may_not"),
        limits={} if limits is None else _limits(limits, currency),
    )


def _permissions(row: Part, key: str) -> frozenset[Permission]:
    known = list(Permission)
    for given in row.texts(key):
        if given.text not in known:
            raise bad_choice(key, given.text, known, given.line)
    return frozenset(Permission(given.text) for given in row.texts(key))


def _limits(part: Part, currency: str) -> dict[Limit, Bound]:
    part.keys(list(Limit))
    return {limit: _bound(part, limit, currency) for limit in Limit if part.get(limit) is not None}


def _bound(part: Part, limit: Limit, currency: str) -> Bound:
    """Per cent or an amount as written; `none` is no limit."""
    text = part.needed(limit)
    if text == _NO_LIMIT:
        return None
    try:
        return Money.read(text, currency).minor if limit.is_amount else read_percent(text)
    except AmountUnreadable as error:
        raise part.wrong(limit) from error
