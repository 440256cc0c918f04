"""People come, change and go, each step in the journal, and no shop is left without an owner."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.finding import Finding
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, Role
from pos.services.verify import verify_books, verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, contents, new_shop, open_up
from tests.services.test_verify import findings, tamper

EVA = Operator("501", "Eva Malá", Role.CASHIER, "cs")
PIN = "918273"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    yield workstation
    workstation.close()


def on_list(shop: Workstation, number: str) -> tuple[Operator, bool]:
    people = shop.people.all()
    assert not isinstance(people, Refused)
    return next((each.operator, each.active) for each in people if each.operator.id == number)


def test_somebody_new_signs_in_changes_and_leaves(shop: Workstation) -> None:
    assert shop.people.add(EVA, PIN) == EVA
    assert shop.sign_on.sign_on("501", PIN) == EVA
    shop.desk.operator = OWNER
    assert shop.people.rename("501", " Eva Nová ") == Operator("501", "Eva Nová", Role.CASHIER, "cs")
    shop.people.change_role("501", Role.MANAGER)
    shop.people.change_language("501", "sv")
    assert isinstance(shop.people.new_pin("501", "827364"), Operator)
    assert shop.people.end("501") == Operator("501", "Eva Nová", Role.MANAGER, "sv")
    assert on_list(shop, "501") == (Operator("501", "Eva Nová", Role.MANAGER, "sv"), False)
    assert isinstance(shop.sign_on.sign_on("501", "827364"), Refused)
    assert "501" not in [each.operator.id for each in shop.sign_on.staff()]
    shop.people.take_back("501")
    assert isinstance(shop.sign_on.sign_on("501", PIN), Refused)
    assert isinstance(shop.sign_on.sign_on("501", "827364"), Operator)
    assert verify_books(shop.desk.shop).sound


def test_a_new_pin_lets_in_who_was_locked_out(shop: Workstation) -> None:
    for _ in range(5):
        shop.sign_on.sign_on("101", "000001")
    assert isinstance(shop.sign_on.sign_on("101", "101101"), Refused)
    people = shop.people.all()
    assert not isinstance(people, Refused)
    assert [each.operator.id for each in people if each.locked] == ["101"]
    shop.people.new_pin("101", PIN)
    assert shop.sign_on.sign_on("101", PIN) == CASHIER


def test_no_shop_without_an_owner_and_nobody_over_themselves(shop: Workstation) -> None:
    before = contents(shop.desk.shop.folder)
    assert shop.people.end(OWNER.id) == Refused(Code.LAST_OWNER)
    assert shop.people.change_role(OWNER.id, Role.CASHIER) == Refused(Code.LAST_OWNER)
    assert contents(shop.desk.shop.folder) == before
    assert isinstance(shop.people.change_role(MANAGER.id, Role.OWNER), Operator)
    assert shop.people.end(OWNER.id) == Refused(Code.PERSON_SELF)
    shop.desk.operator = MANAGER
    # The new owner is one at once, whatever the desk knew of them.
    assert shop.people.end(MANAGER.id) == Refused(Code.PERSON_SELF)
    assert isinstance(shop.people.end(OWNER.id), Operator)
    assert verify_books(shop.desk.shop).sound


def test_a_manager_does_nothing_to_an_owner(shop: Workstation) -> None:
    shop.desk.operator = MANAGER
    before = contents(shop.desk.shop.folder)
    for answer in (
        shop.people.end(OWNER.id),
        shop.people.new_pin(OWNER.id, PIN),
        shop.people.rename(OWNER.id, "X"),
        shop.people.change_role(OWNER.id, Role.CASHIER),
        shop.people.change_role(CASHIER.id, Role.OWNER),
        shop.people.add(Operator("501", "Eva", Role.OWNER), PIN),
    ):
        assert answer == Refused(Code.OWNER_ONLY)
    assert contents(shop.desk.shop.folder) == before


@pytest.mark.parametrize(
    ("person", "pin", "code"),
    [
        (Operator("", "Eva", Role.CASHIER), PIN, Code.PERSON_NUMBER),
        (Operator("12a", "Eva", Role.CASHIER), PIN, Code.PERSON_NUMBER),
        (Operator("１２", "Eva", Role.CASHIER), PIN, Code.PERSON_NUMBER),
        (Operator("123456789", "Eva", Role.CASHIER), PIN, Code.PERSON_NUMBER),
        (Operator("501", "  ", Role.CASHIER), PIN, Code.PERSON_NAME),
        (Operator("501", "E\nva", Role.CASHIER), PIN, Code.PERSON_NAME),
        (Operator("501", "x" * 61, Role.CASHIER), PIN, Code.PERSON_NAME),
        (Operator("501", "Eva", Role.CASHIER, "de"), PIN, Code.SETTING_CHOICE),
        (Operator("501", "Eva", Role.CASHIER), "12345", Code.PIN_TOO_SHORT),
        (Operator("101", "Eva", Role.CASHIER), PIN, Code.PERSON_KNOWN),
    ],
)
def test_who_cannot_be_added(shop: Workstation, person: Operator, pin: str, code: Code) -> None:
    before = contents(shop.desk.shop.folder)
    answer = shop.people.add(person, pin)
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert contents(shop.desk.shop.folder) == before


def test_who_is_not_there_is_not_changed(shop: Workstation) -> None:
    assert shop.people.rename("999", "Eva") == Refused(Code.PERSON_UNKNOWN, {"number": "999"})
    assert shop.people.new_pin("101", "1") == Refused(Code.PIN_TOO_SHORT)
    shop.desk.operator = CASHIER
    assert shop.people.all() == Refused(Code.NOT_PERMITTED)


def test_somebody_let_in_beside_the_journal_shows(shop: Workstation, tmp_path: Path) -> None:
    shop.people.end("101")
    folder = shutil.copytree(shop.desk.shop.folder, tmp_path / "copy")
    tamper(folder, "UPDATE staff SET active = 1 WHERE id = '101'")
    assert findings(verify_shop(folder)) == {Finding.STAFF_CHANGED}
