"""The owner says what each role may do on the page of the people; a manager sees it and changes none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Refused
from pos.domain.rights import Limit, Permission, ShopRole
from pos.domain.staff import Operator, Role
from pos.ui.settings.people import PeoplePage
from pos.ui.settings.role_words import LIMITS, PERMISSIONS
from pos.ui.settings.screen import SettingsScreen
from tests.lane import DANA, MAYA, MUG, Lane, copy_of_demo, open_lane

PETR = "301"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    yield lane
    lane.close()


def people(till: Lane, person: str) -> PeoplePage:
    till.sign_in(person)
    till.opened.workstation.tills.open_till(20000)
    till.shell.open_till.opened.emit()
    till.shell.open_place("settings")
    screen = till.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    screen.turn_to("people")
    return screen.people


def message(till: Lane) -> str:
    screen = till.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    return screen.banner.message


def test_every_permission_and_limit_has_its_words() -> None:
    assert PERMISSIONS.keys() == set(Permission)
    assert LIMITS.keys() == set(Limit)


def test_an_owner_adds_a_role_and_gives_it(till: Lane) -> None:
    page = people(till, PETR)
    page.parts.buttons["roles"].click()
    roles = page.role_page
    roles.choose("")
    roles.name.setText("Vedoucí směny")
    roles.permissions.buttons["approve"].click()
    roles.limits[Limit.LINE_DISCOUNT].setText("12,5")
    roles.limits[Limit.PRICE_ABOVE].setText("")
    roles.save_button.click()
    view = roles._roles["vedouci_smeny"]
    assert view.role == ShopRole(
        "vedouci_smeny",
        Role.CASHIER,
        "Vedoucí směny",
        frozenset({Permission.APPROVE}),
        limits={Limit.LINE_DISCOUNT: 125_000, Limit.PRICE_ABOVE: None},
    )
    page.turn_to("staff")
    page.choose(MAYA)
    page.roles.choose("vedouci_smeny")
    page.save()
    assert page._people[MAYA].operator.role_name == "Vedoucí směny"
    assert "Vedoucí směny" in page.buttons[MAYA].detail
    page.turn_to("roles")
    roles.choose("vedouci_smeny")
    roles.remove_button.click()
    assert "Dejte jí nejdřív jinou" in message(till)


def test_a_limit_that_cannot_be_is_said_and_nothing_is_saved(till: Lane) -> None:
    page = people(till, PETR)
    page.turn_to("roles")
    roles = page.role_page
    for typed in ("lots", "101", "-1", "nan"):
        roles.choose("cashier")
        roles.limits[Limit.LINE_DISCOUNT].setText(typed)
        roles.save_button.click()
        assert "Takový limit není možný" in message(till), typed
    assert roles._roles["cashier"].role == ShopRole("cashier", Role.CASHIER)
    roles.choose("cashier")
    roles.limits[Limit.LINE_DISCOUNT].setText("5")
    roles.save_button.click()
    assert roles._roles["cashier"].role.limits == {Limit.LINE_DISCOUNT: 50_000}
    roles.remove_button.click()
    assert roles._roles["cashier"].role == ShopRole("cashier", Role.CASHIER)


def test_nobody_changes_the_owner_s_role_and_a_manager_changes_none(till: Lane) -> None:
    page = people(till, DANA)
    page.turn_to("roles")
    page.role_page.choose("cashier")
    assert not page.role_page.save_button.isEnabled()
    assert not any(button.isEnabled() for button in page.role_page.permissions.buttons.values())
    till.shell.lock()
    till.sign_in(PETR)
    till.shell.open_place("settings")
    page.turn_to("roles")
    page.role_page.choose("owner")
    assert not page.role_page.save_button.isEnabled()
    assert page.role_page.remove_button.isHidden()


def test_who_is_locked_out_is_unlocked_by_a_button(till: Lane) -> None:
    for _ in range(5):
        till.opened.workstation.sign_on.sign_on(MAYA, "000001")
    page = people(till, DANA)
    page.choose(MAYA)
    assert page.unlock_button.isVisible()
    page.unlock_button.click()
    assert not page.unlock_button.isVisible()
    assert not page._people[MAYA].locked


def test_who_is_shut_out_meanwhile_is_told_at_the_next_scan(till: Lane) -> None:
    till.open_till()
    workstation = till.opened.workstation
    workstation.desk.operator = Operator(PETR, "Petr", Role.OWNER)
    assert not isinstance(workstation.people.end(MAYA), Refused)
    workstation.desk.operator = Operator(MAYA, "Maya Reyes", Role.CASHIER)
    till.shell.scanned(MUG)
    assert "Maya Reyes no longer works here" in till.shell.sell.banner.message
    assert workstation.sale.view.empty
    till.window.tick()
    assert till.window.sign_in.isVisible()


def test_who_is_shut_out_is_back_at_the_sign_in_within_a_second(till: Lane) -> None:
    till.open_till()
    till.shell.scanned(MUG)
    workstation = till.opened.workstation
    till.window.tick()
    assert till.shell.isVisible()
    with workstation.desk.shop.books.writing() as work:
        work.staff.set_active(MAYA, False)
        work.commit()
    till.window.tick()
    assert not till.shell.isVisible()
    assert "Maya Reyes no longer works here" in till.window.sign_in.banner.message
    assert MAYA not in till.window.sign_in.people.buttons
    assert len(workstation.sale.view.priced.lines) == 1
    till.sign_in(DANA)
    assert till.shell.isVisible()
