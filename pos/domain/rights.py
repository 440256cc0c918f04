"""Roles as data: what each role of a shop may do, and up to where by itself.

What no role is given is denied. A role stands on one of the four built in and says only where it differs, so that what
a later program can do besides is given to a shop's own roles as to the one they stand on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

MILLION = 1_000_000
ROLES_MAX = 20
ROLE_NAME_MAX = 30

_ROLE_ID = re.compile(r"[a-z][a-z0-9_]{0,29}")


class Role(StrEnum):
    """The roles every shop begins with. A shop may add its own, so a person's role is any text."""

    CASHIER = "cashier"
    MANAGER = "manager"
    OWNER = "owner"
    TRAINEE = "trainee"


class Permission(StrEnum):
    """What a service asks for before it acts. What no role is given is denied."""

    SELL = "sell"
    OPEN_TILL = "open_till"
    LOAN = "loan"
    PICKUP = "pickup"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    NO_SALE = "no_sale"
    COUNT_TILL = "count_till"
    CLOSE_TILL = "close_till"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    SEE_EXPECTED = "see_expected"
    VOID_SALE = "void_sale"
    POST_VOID = "post_void"
    RETURN = "return"
    MANAGE_RETURN_POLICY = "manage_return_policy"
    CORRECT_TENDER = "correct_tender"
    PRINT_AGAIN = "print_again"
    SEE_RECEIPTS = "see_receipts"
    DISCOUNT_LINE = "discount_line"
    DISCOUNT_RECEIPT = "discount_receipt"
    PRICE_OVERRIDE = "price_override"
    RETURNED_CHECKS = "returned_checks"
    APPROVE = "approve"
    TAX_EXEMPT = "tax_exempt"
    DECIDE_CARD = "decide_card"
    GIFT_CARD_CASH_OUT = "gift_card_cash_out"
    GIFT_CARD_BLOCK = "gift_card_block"
    MANAGE_GIFT_CARDS = "manage_gift_cards"
    SEE_PAST_DAYS = "see_past_days"
    SEE_REPORTS = "see_reports"
    SEE_CUSTOMERS = "see_customers"
    MANAGE_CUSTOMERS = "manage_customers"
    MANAGE_ITEMS = "manage_items"
    MANAGE_PROMOTIONS = "manage_promotions"
    MANAGE_SHOP = "manage_shop"
    MANAGE_STAFF = "manage_staff"
    MANAGE_ROLES = "manage_roles"


class Limit(StrEnum):
    """How far a role may go by itself; beyond it somebody approves whose own limit reaches as far."""

    LINE_DISCOUNT = "line_discount"
    RECEIPT_DISCOUNT = "receipt_discount"
    PRICE_BELOW = "price_below"
    PRICE_ABOVE = "price_above"
    VOID_SALE = "void_sale"
    PAY_OUT = "pay_out"
    # How far beyond what everybody takes of a tender alone.
    TENDER = "tender"
    PAID_OUT = "paid_out"
    OVER_SHORT = "over_short"
    CASH_BACK = "cash_back"
    # The most charged to a card whose number is typed at the terminal: the shop stands in for all of it.
    KEYED_CARD = "keyed_card"
    # The largest paid sale somebody may take back for another, and the largest tender they put right alone.
    POST_VOID = "post_void"
    CORRECT_TENDER = "correct_tender"
    # The largest refund somebody may agree to against the return policy.
    RETURN = "return"
    # The most money without goods somebody may agree to: a price put right afterwards, goodwill.
    GOODWILL = "goodwill"
    # The most tax a sale may be let off alone.
    TAX_EXEMPT = "tax_exempt"

    @property
    def is_amount(self) -> bool:
        """Whether it is in minor units of the shop's currency; otherwise it is a share in millionths."""
        return self not in (Limit.LINE_DISCOUNT, Limit.RECEIPT_DISCOUNT, Limit.PRICE_BELOW, Limit.PRICE_ABOVE)

    @property
    def may_be_none(self) -> bool:
        """Whether a role may be without it; of a price nobody takes off more than all."""
        return self.is_amount or self is Limit.PRICE_ABOVE

    @property
    def most(self) -> int:
        """The largest bound it may have."""
        return MILLION if not self.may_be_none else 100 * MILLION if self is Limit.PRICE_ABOVE else 10**12


# Up to where: millionths or minor units, 0 for nothing, None for no limit at all.
Bound = int | None


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do: the permissions and the bounds of their role. A limit that is not named is nothing."""

    permissions: frozenset[Permission] = frozenset()
    limits: Mapping[Limit, Bound] = field(default_factory=lambda: MappingProxyType({}))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def limit(self, limit: Limit) -> Bound:
        """Up to where by themselves; None is no limit."""
        return self.limits.get(limit, 0)

    def reaches(self, limit: Limit, value: int) -> bool:
        """Whether `value` is within the limit."""
        bound = self.limit(limit)
        return bound is None or value <= bound

    def within(self, other: Rights) -> bool:
        """Whether whoever has the others may do all that these let do, and as far: nobody gives more than they have."""
        return self.permissions <= other.permissions and all(
            _as_far(other.limit(limit), bound) for limit, bound in self.limits.items()
        )


@dataclass(frozen=True, slots=True)
class ShopRole:
    """A role of the shop: one built in, with what the shop gave or took, or one it added, which has a name."""

    id: str
    base: Role
    name: str = ""
    given: frozenset[Permission] = frozenset()
    taken: frozenset[Permission] = frozenset()
    limits: Mapping[Limit, Bound] = field(default_factory=dict)

    @property
    def rights(self) -> Rights:
        """The base, with what is given, without what is taken. What is both is taken: denying wins."""
        base = BUILT_IN[self.base]
        given = self.given if self.base is Role.OWNER else self.given - OWNER_ALONE
        return Rights((base.permissions | given) - self.taken, MappingProxyType({**base.limits, **self.limits}))


@dataclass(frozen=True, slots=True)
class ShopRoles:
    """One version of a shop's roles; version 0 is the program's own four. `roles` are those changed or added."""

    roles: tuple[ShopRole, ...] = ()
    version: int = 0

    def all(self) -> tuple[ShopRole, ...]:
        """Every role somebody may have: the built-in ones first, then the shop's own as they were added."""
        known = {role.id: role for role in self.roles}
        first = (known.get(role.value, ShopRole(role.value, role)) for role in Role)
        return (*first, *(role for role in self.roles if role.id not in _BUILT_IN_IDS))

    def find(self, role_id: str) -> ShopRole | None:
        return next((role for role in self.all() if role.id == role_id), None)

    def rights(self, role_id: str) -> Rights:
        """The rights of a role; one the shop has not got is denied everything."""
        role = self.find(role_id)
        return NO_RIGHTS if role is None else role.rights

    def with_role(self, role: ShopRole) -> ShopRoles:
        """The same roles with this one added or in the place of the one it was."""
        if role.id == role.base and role == ShopRole(role.id, role.base):
            return self.without(role.id)
        if all(each.id != role.id for each in self.roles):
            return ShopRoles((*self.roles, role), self.version)
        return ShopRoles(tuple(role if each.id == role.id else each for each in self.roles), self.version)

    def without(self, role_id: str) -> ShopRoles:
        """The same roles without what stands of this one; one built in is then as the program has it."""
        return ShopRoles(tuple(role for role in self.roles if role.id != role_id), self.version)


def role_id_fits(role_id: str) -> bool:
    """Small letters of the plain alphabet, digits and low lines: what a file can name."""
    return _ROLE_ID.fullmatch(role_id) is not None


def role_body(role: ShopRole) -> dict[str, object]:
    """A role as it is stored and as the journal says it."""
    return {
        "id": role.id,
        "base": role.base.value,
        "name": role.name,
        "given": sorted(role.given),
        "taken": sorted(role.taken),
        "limits": {limit.value: bound for limit, bound in sorted(role.limits.items())},
    }


def roles_body(roles: Sequence[ShopRole]) -> list[object]:
    return [role_body(role) for role in roles]


def read_role(body: Mapping[str, Any]) -> ShopRole:
    """A role as it was stored. Raises ValueError, KeyError or TypeError where it is damaged."""
    bounds = {Limit(name): None if bound is None else int(bound) for name, bound in dict(body["limits"]).items()}
    return ShopRole(
        id=body["id"],
        base=Role(body["base"]),
        name=body["name"],
        given=frozenset(map(Permission, body["given"])),
        taken=frozenset(map(Permission, body["taken"])),
        limits=bounds,
    )


def _as_far(reach: Bound, wanted: Bound) -> bool:
    return reach is None or (wanted is not None and wanted <= reach)


def _limits(share: int, *, above: Bound) -> dict[Limit, Bound]:
    return {
        Limit.LINE_DISCOUNT: share,
        Limit.RECEIPT_DISCOUNT: share,
        Limit.PRICE_BELOW: share,
        Limit.PRICE_ABOVE: above,
        Limit.VOID_SALE: None,
        Limit.PAY_OUT: None,
        Limit.TENDER: None,
        Limit.PAID_OUT: None,
        Limit.OVER_SHORT: None,
        Limit.CASH_BACK: None,
        Limit.KEYED_CARD: None,
        Limit.POST_VOID: None,
        Limit.CORRECT_TENDER: None,
        Limit.RETURN: None,
        Limit.GOODWILL: None,
        Limit.TAX_EXEMPT: None,
    }


NO_RIGHTS = Rights()
# The program's own, as every shop begins.
NO_ROLES = ShopRoles()
_BUILT_IN_IDS = frozenset(role.value for role in Role)
_CASHIER = frozenset(
    {
        Permission.SELL,
        Permission.OPEN_TILL,
        Permission.LOAN,
        Permission.PICKUP,
        Permission.PAID_IN,
        Permission.PAID_OUT,
        Permission.NO_SALE,
        Permission.COUNT_TILL,
        Permission.CLOSE_TILL,
        Permission.X_REPORT,
        Permission.Z_REPORT,
        Permission.VOID_SALE,
        Permission.POST_VOID,
        Permission.RETURN,
        Permission.CORRECT_TENDER,
        Permission.PRINT_AGAIN,
        Permission.SEE_RECEIPTS,
        Permission.SEE_CUSTOMERS,
        Permission.DISCOUNT_LINE,
        Permission.DISCOUNT_RECEIPT,
        Permission.PRICE_OVERRIDE,
        Permission.TAX_EXEMPT,
        Permission.GIFT_CARD_CASH_OUT,
        Permission.GIFT_CARD_BLOCK,
        Permission.RETURNED_CHECKS,
    }
)
# Given to no other role: who changes roles could give themselves everything.
OWNER_ALONE = frozenset({Permission.MANAGE_ROLES})

# What every shop begins with (docs/rights.md). An owner may do everything, always: nobody locks themselves out.
BUILT_IN: Mapping[Role, Rights] = MappingProxyType(
    {
        Role.CASHIER: Rights(
            _CASHIER,
            MappingProxyType(
                _limits(100_000, above=100_000)
                | {Limit.RECEIPT_DISCOUNT: 50_000, Limit.TENDER: 0, Limit.KEYED_CARD: 0, Limit.OVER_SHORT: 0}
                | {Limit.POST_VOID: 0, Limit.CORRECT_TENDER: 0, Limit.RETURN: 0, Limit.TAX_EXEMPT: 0, Limit.GOODWILL: 0}
            ),
        ),
        Role.MANAGER: Rights(frozenset(Permission) - OWNER_ALONE, MappingProxyType(_limits(500_000, above=500_000))),
        Role.OWNER: Rights(frozenset(Permission), MappingProxyType(_limits(MILLION, above=None))),
        # A trainee practises in a training shop; at a live till a trainee may do nothing.
        Role.TRAINEE: NO_RIGHTS,
    }
)
