"""What each role may do is said in one place, and nothing else is allowed; nobody gives more than they have."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.rights import BUILT_IN, NO_RIGHTS, ShopRole, ShopRoles, read_role, role_body
from pos.domain.staff import Limit, Operator, Permission, Role

AT_THE_TILL = {
    Permission.SELL,
    Permission.OPEN_TILL,
    Permission.VOID_SALE,
    Permission.POST_VOID,
    Permission.CORRECT_TENDER,
    Permission.LOAN,
    Permission.PICKUP,
    Permission.PAID_IN,
    Permission.PAID_OUT,
    Permission.NO_SALE,
    Permission.COUNT_TILL,
    Permission.CLOSE_TILL,
    Permission.X_REPORT,
    Permission.Z_REPORT,
    Permission.SEE_RECEIPTS,
    Permission.SEE_CUSTOMERS,
    Permission.PRINT_AGAIN,
    Permission.DISCOUNT_LINE,
    Permission.DISCOUNT_RECEIPT,
    Permission.PRICE_OVERRIDE,
    Permission.RETURN,
    Permission.TAX_EXEMPT,
    Permission.GIFT_CARD_CASH_OUT,
    Permission.GIFT_CARD_BLOCK,
    Permission.RETURNED_CHECKS,
}
MAY = {
    Role.CASHIER: AT_THE_TILL,
    Role.MANAGER: {*Permission} - {Permission.MANAGE_ROLES},
    Role.OWNER: {*Permission},
    Role.TRAINEE: set(),
}
# Line and receipt discount, price below and above, in millionths; voided, paid out by a sale and by
# hand, what difference somebody signs, cash-back, typed card numbers, what is taken back for another and put right,
# refunds, money without goods, and tax left out, in minor units.
REACH = {
    Role.CASHIER: (100_000, 50_000, 100_000, 100_000, None, None, 0, None, 0, None, 0, 0, 0, 0, 0, 0),
    Role.MANAGER: (*(500_000,) * 4, *(None,) * 12),
    Role.OWNER: (*(1_000_000,) * 3, *(None,) * 13),
    Role.TRAINEE: (0,) * 16,
}

bounds = st.none() | st.integers(0, 1_000_000)
roles = st.builds(
    ShopRole,
    id=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    base=st.sampled_from([Role.CASHIER, Role.MANAGER, Role.TRAINEE]),
    name=st.text(max_size=10),
    given=st.frozensets(st.sampled_from(Permission)),
    taken=st.frozensets(st.sampled_from(Permission)),
    limits=st.dictionaries(st.sampled_from(Limit), bounds),
)


@pytest.mark.parametrize("role", [*Role])
def test_the_roles_every_shop_begins_with(role: Role) -> None:
    person = Operator("101", "Maya", role)
    assert {permission for permission in Permission if person.may(permission)} == MAY[role]
    assert tuple(person.limit(limit) for limit in Limit) == REACH[role]
    assert ShopRoles().rights(role.value) == BUILT_IN[role]


def test_a_role_nobody_knows_is_denied_everything() -> None:
    person = Operator("101", "Maya", "magician")
    assert person.rights == ShopRoles().rights("magician") == NO_RIGHTS
    assert not any(person.may(permission) for permission in Permission)
    assert all(person.limit(limit) == 0 for limit in Limit)
    assert person.reaches(Limit.LINE_DISCOUNT, 0)
    assert not person.reaches(Limit.LINE_DISCOUNT, 1)


def test_a_role_says_only_where_it_differs_from_what_it_stands_on() -> None:
    lead = ShopRole(
        "lead", Role.CASHIER, "Lead", frozenset({Permission.APPROVE}), limits={Limit.LINE_DISCOUNT: 200_000}
    )
    shop = ShopRoles().with_role(lead)
    rights = shop.rights("lead")
    assert rights.permissions == AT_THE_TILL | {Permission.APPROVE}
    assert (rights.limit(Limit.LINE_DISCOUNT), rights.limit(Limit.RECEIPT_DISCOUNT)) == (200_000, 50_000)
    assert [role.id for role in shop.all()] == [*Role, "lead"]
    assert shop.rights(Role.CASHIER) == BUILT_IN[Role.CASHIER]
    assert shop.without("lead") == ShopRoles()


def test_a_role_built_in_can_be_changed_and_put_back() -> None:
    less = ShopRole("cashier", Role.CASHIER, taken=frozenset({Permission.OPEN_TILL}))
    shop = ShopRoles().with_role(less)
    assert not shop.rights("cashier").may(Permission.OPEN_TILL)
    assert shop.with_role(ShopRole("cashier", Role.CASHIER)) == ShopRoles()


def test_denying_wins_and_nobody_but_an_owner_changes_roles() -> None:
    both = frozenset({Permission.APPROVE})
    assert not ShopRole("x", Role.CASHIER, given=both, taken=both).rights.may(Permission.APPROVE)
    everything = ShopRole("x", Role.MANAGER, given=frozenset(Permission))
    assert not everything.rights.may(Permission.MANAGE_ROLES)


@given(roles)
def test_a_role_is_read_as_it_was_stored(role: ShopRole) -> None:
    assert read_role(json.loads(json.dumps(role_body(role)))) == role


@given(roles, roles, st.sampled_from(Permission), st.sampled_from(Limit), st.integers(0, 1_000_000))
def test_who_is_within_another_can_do_nothing_the_other_cannot(
    small: ShopRole, large: ShopRole, permission: Permission, limit: Limit, value: int
) -> None:
    assert small.rights.within(small.rights)
    assert NO_RIGHTS.within(small.rights)
    assert small.rights.within(BUILT_IN[Role.OWNER]) or any(
        bound is None or bound > 1_000_000 for bound in small.limits.values()
    )
    if small.rights.within(large.rights):
        assert large.rights.may(permission) or not small.rights.may(permission)
        assert large.rights.reaches(limit, value) or not small.rights.reaches(limit, value)
