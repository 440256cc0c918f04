"""An owner says what each role may do; it holds at once, is in the journal, and nobody gives more than they have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.rights import ROLES_MAX, ShopRole, ShopRoles
from pos.domain.staff import Limit, Operator, Permission, Role
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, contents, new_shop, open_up

LEAD = ShopRole(
    "lead", Role.CASHIER, "Lead cashier", frozenset({Permission.APPROVE}), limits={Limit.LINE_DISCOUNT: 200_000}
)
NO_FLOAT = ShopRole("cashier", Role.CASHIER, taken=frozenset({Permission.OPEN_TILL, Permission.SELL}))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    yield workstation
    workstation.close()


def seen(workstation: Workstation) -> dict[str, tuple[ShopRole, int]]:
    roles = workstation.roles.all()
    assert not isinstance(roles, Refused)
    return {view.role.id: (view.role, view.people) for view in roles}


def test_a_role_is_added_given_to_somebody_and_taken_away_again(shop: Workstation) -> None:
    assert list(seen(shop)) == [*Role]
    assert isinstance(shop.roles.set_role(LEAD), ShopRoles)
    assert isinstance(shop.people.change_role(CASHIER.id, "lead"), Operator)
    assert seen(shop)["lead"] == (LEAD, 1)
    shop.desk.operator = CASHIER
    lead = shop.desk.permit(Permission.APPROVE)
    assert isinstance(lead, Operator)
    assert (lead.role, lead.role_name, lead.limit(Limit.LINE_DISCOUNT)) == ("lead", "Lead cashier", 200_000)
    shop.desk.operator = OWNER
    assert shop.roles.remove_role("lead") == Refused(Code.ROLE_IN_USE, {"people": 1})
    shop.people.change_role(CASHIER.id, Role.CASHIER)
    assert isinstance(shop.roles.remove_role("lead"), ShopRoles)
    assert list(seen(shop)) == [*Role]
    assert verify_books(shop.desk.shop).sound


def test_each_change_is_in_the_journal_with_what_was_before(shop: Workstation) -> None:
    shop.roles.set_role(LEAD)
    again = contents(shop.desk.shop.folder)
    assert shop.roles.set_role(LEAD) == ShopRoles((LEAD,), 1)
    assert contents(shop.desk.shop.folder) == again, "no difference writes nothing"
    shop.roles.remove_role("lead")
    with shop.desk.shop.books.reading() as work:
        entries = work.journal.of_kind(EntryKind.ROLES_CHANGED)
    first, second = (json.loads(entry.payload) for entry in entries)
    assert [entry.operator for entry in entries] == [OWNER.id, OWNER.id]
    assert (first["version"], first["before"], first["after"]["lead"]["given"]) == (1, {"lead": None}, ["approve"])
    assert (second["version"], second["before"], second["after"]) == (2, first["after"], {"lead": None})


def test_a_changed_role_holds_at_every_workstation_from_the_next_act(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    first, second = open_up(folder, operator=OWNER), open_up(folder, number=2)
    assert not isinstance(second.sale.scan("BREAD"), Refused)
    first.roles.set_role(NO_FLOAT)
    before = contents(folder)
    assert second.sale.scan("BREAD") == Refused(Code.NOT_PERMITTED)
    assert contents(folder) == before
    first.roles.remove_role("cashier")
    assert not isinstance(second.sale.scan("BREAD"), Refused)
    first.close()
    second.close()


def test_who_is_shut_out_is_out_at_once_wherever_they_stand(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    first, second = open_up(folder, operator=MANAGER), open_up(folder, number=2)
    second.sale.scan("BREAD")
    first.people.end(CASHIER.id)
    before = contents(folder)
    assert second.sale.scan("BREAD") == Refused(Code.SHUT_OUT, {"name": CASHIER.name})
    assert second.sign_on.operator is None
    assert second.sale.scan("BREAD") == Refused(Code.NOT_SIGNED_ON)
    assert contents(folder) == before
    assert len(second.sale.view.priced.lines) == 1, "the sale is kept"
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (ShopRole("owner", Role.OWNER, taken=frozenset({Permission.SELL})), Code.ROLE_FIXED),
        (ShopRole("boss", Role.OWNER, "Boss"), Code.ROLE_FIXED),
        (ShopRole("boss", Role.MANAGER, "Boss", frozenset({Permission.MANAGE_ROLES})), Code.ROLE_FIXED),
        (ShopRole("Boss", Role.MANAGER, "Boss"), Code.ROLE_INVALID),
        (ShopRole("boss", Role.MANAGER, " "), Code.ROLE_INVALID),
        (ShopRole("boss", Role.MANAGER, "x" * 31), Code.ROLE_INVALID),
        (ShopRole("cashier", Role.MANAGER), Code.ROLE_INVALID),
        (ShopRole("cashier", Role.CASHIER, "Clerk"), Code.ROLE_INVALID),
        (ShopRole("boss", Role.MANAGER, "Boss", limits={Limit.LINE_DISCOUNT: 1_000_001}), Code.LIMIT_INVALID),
        (ShopRole("boss", Role.MANAGER, "Boss", limits={Limit.LINE_DISCOUNT: -1}), Code.LIMIT_INVALID),
        (ShopRole("boss", Role.MANAGER, "Boss", limits={Limit.RECEIPT_DISCOUNT: None}), Code.LIMIT_INVALID),
    ],
)
def test_what_cannot_be_a_role_is_refused(shop: Workstation, role: ShopRole, code: Code) -> None:
    before = contents(shop.desk.shop.folder)
    answer = shop.roles.set_role(role)
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert contents(shop.desk.shop.folder) == before


def test_a_shop_has_only_so_many_roles(shop: Workstation) -> None:
    for number in range(ROLES_MAX):
        assert isinstance(shop.roles.set_role(ShopRole(f"r{number}", Role.CASHIER, "R")), ShopRoles)
    assert shop.roles.set_role(LEAD) == Refused(Code.ROLES_MANY, {"limit": ROLES_MAX})
    assert shop.roles.remove_role("magician") == Refused(Code.ROLE_UNKNOWN, {"role": "magician"})


def test_nobody_gives_more_than_they_have(shop: Workstation) -> None:
    """A manager whose discounts the owner cut makes nobody a cashier who may give more, and touches none who may."""
    shop.roles.set_role(ShopRole("manager", Role.MANAGER, limits={Limit.LINE_DISCOUNT: 50_000}))
    shop.desk.operator = MANAGER
    before = contents(shop.desk.shop.folder)
    for answer in (
        shop.people.rename(CASHIER.id, "Maya"),
        shop.people.new_pin(CASHIER.id, "918273"),
        shop.people.end(CASHIER.id),
        shop.people.change_role("401", Role.CASHIER),
    ):
        assert isinstance(answer, Refused)
        assert answer.code is Code.ROLE_ABOVE
    assert shop.people.add(Operator("501", "Eva", Role.CASHIER), "918273") == Refused(Code.ROLE_ABOVE, {"name": "Eva"})
    assert shop.people.add(Operator("501", "Eva", "magician"), "918273") == Refused(
        Code.ROLE_UNKNOWN, {"role": "magician"}
    )
    assert contents(shop.desk.shop.folder) == before
    assert isinstance(shop.people.change_role("401", Role.MANAGER), Operator)
