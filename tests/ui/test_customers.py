"""Customers as a cashier and a manager use them: by typing, by a card, from the list to the sale and to the form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Refused
from pos.services.house_accounts import HouseAccountView
from pos.services.sale import CompletedSale
from pos.ui.customers.form import CustomerForm
from pos.ui.customers.screen import CustomersScreen
from pos.ui.journal.screen import JournalScreen
from tests.lane import DANA, MUG, Lane, copy_of_demo, open_lane

TOMAS, ELIN = "C2", "C3"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float, nothing sold yet."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def customers(till: Lane) -> CustomersScreen:
    till.shell.open_place("customers")
    screen = till.shell.screen_shown
    assert isinstance(screen, CustomersScreen)
    return screen


def form(till: Lane) -> CustomerForm:
    screen = till.shell.screen_shown
    assert isinstance(screen, CustomerForm)
    return screen


def typed(screen: CustomersScreen, text: str) -> list[str]:
    screen.field.set_text(text)
    screen.field.edited.emit(text)
    return [row.name for row in screen.list.found.rows]


def test_somebody_is_found_without_accents_by_phone_and_by_card(till: Lane) -> None:
    screen = customers(till)
    assert typed(screen, "dvorak") == ["Tomáš Dvořák"]
    assert typed(screen, "777 000") == ["Tomáš Dvořák"]
    assert typed(screen, "novk") == []
    assert screen.empty.accessibleName().startswith("No match for “novk”")
    typed(screen, "")
    till.shell.scanned("kc-1000-0003")
    assert screen.customer is not None
    assert (screen.customer.id, screen.context) == (ELIN, "Elin Bergström")


def test_the_chosen_one_goes_to_the_sale(till: Lane) -> None:
    screen = customers(till)
    typed(screen, "dvorak")
    till.trigger("customers.keys.attach")
    assert till.shell.screen_shown is till.shell.sell
    assert till.opened.workstation.sale.view.priced.basket.customer == TOMAS


def test_a_card_scanned_at_the_sale_is_its_customer_and_no_item(till: Lane) -> None:
    till.shell.scanned(MUG)
    till.shell.scanned("KC-1000-0003")
    basket = till.opened.workstation.sale.view.priced.basket
    assert basket.customer == ELIN
    assert len(basket.lines) == 1
    till.trigger("sell.keys.undo")
    assert till.opened.workstation.sale.view.priced.basket.customer is None


def test_who_was_looked_for_and_not_found_is_added(till: Lane) -> None:
    screen = customers(till)
    typed(screen, "Eva Horká")
    till.trigger("customers.keys.new")
    new = form(till)
    assert new.fields["name"].text == "Eva Horká"
    till.shell.scanned("2900000000018")
    assert new.fields["card"].text == "2900000000018"
    assert not new.fields["tier"].editor.isEnabled(), "a manager's to set"
    new.fields["phone"].set_text("x")
    new.save()
    assert "cannot be a phone number" in new.fields["phone"].refusal
    new.fields["phone"].set_text("777 123 456")
    till.trigger("customer_edit.keys.save")
    assert till.shell.screen_shown is screen
    assert screen.customer is not None
    assert (screen.customer.name, screen.customer.card) == ("Eva Horká", "2900000000018")


def test_what_is_typed_stays_until_it_is_saved_or_dropped(till: Lane) -> None:
    screen = customers(till)
    screen.take_scan("KC-1000-0002")
    till.trigger("customers.keys.change")
    form(till).fields["note"].set_text("rings twice")
    till.trigger("customer_edit.keys.back")
    assert "Not saved yet" in form(till).banner.message
    till.trigger("customer_edit.keys.back")
    till.trigger("customers.keys.change")
    assert form(till).fields["note"].text == "rings twice"
    form(till).drop()
    assert not form(till).fields["note"].text


def test_a_manager_gives_an_account_with_its_limit(till: Lane) -> None:
    customers(till).take_scan("KC-1000-0001")
    till.trigger("customers.keys.change")
    assert form(till).fields["account_limit"].text == "500.00"
    assert not form(till).fields["account_limit"].editor.isEnabled(), "a manager's to set"
    till.trigger("customer_edit.keys.back")
    till.shell.lock()
    till.sign_in(DANA)
    screen = customers(till)
    screen.take_scan("KC-1000-0002")
    till.trigger("customers.keys.change")
    form(till).fields["account_limit"].set_text("plenty")
    form(till).save()
    assert "not an amount" in form(till).fields["account_limit"].refusal
    form(till).fields["account_limit"].set_text("120,50")
    till.trigger("customer_edit.keys.save")
    assert screen.customer is not None
    assert screen.customer.account_limit == 12_050


def test_a_manager_exports_and_erases_and_is_asked_first(till: Lane, tmp_path: Path) -> None:
    screen = customers(till)
    screen.take_scan("KC-1000-0002")
    assert screen.erase_button.isHidden()
    till.shell.lock()
    till.sign_in(DANA)
    screen = customers(till)
    screen.take_scan("KC-1000-0002")
    assert not screen.erase_button.isHidden()
    screen.export_to(tmp_path / "tomas.json")
    assert json.loads((tmp_path / "tomas.json").read_text("utf-8"))["customer"]["name"] == "Tomáš Dvořák"
    till.trigger("customers.keys.erase")
    assert "cannot be undone" in screen.banner.message
    till.trigger("customers.keys.back")
    till.trigger("customers.keys.erase")
    assert "cannot be undone" in screen.banner.message, "asked anew"
    till.trigger("customers.keys.erase")
    assert "Customer C2 is erased." in screen.banner.message
    assert typed(screen, "dvorak") == []


def test_nobody_is_their_own_cashier(till: Lane) -> None:
    till.shell.scanned("KC-1000-0004")
    assert till.opened.workstation.sale.view.priced.basket.customer is None
    assert "cannot ring up their own purchase" in till.shell.sell.banner.message


def test_f6_finds_the_customer_in_place_and_spends_points(till: Lane) -> None:
    sell = till.shell.sell
    till.shell.scanned(MUG)
    assert sell.buyer.card.text() == "Add the customer"
    till.trigger("sell.keys.customer")
    assert not sell.buyer.search.isHidden()
    sell.buyer.search.field.set_text("elea")
    sell.buyer.search.field.edited.emit("elea")
    sell.buyer.search.confirm()
    assert sell.buyer.search.isHidden()
    assert (sell.buyer.card.text(), sell.buyer.card.detail) == ("Eleanor Marsh", "gold · 640 points")
    till.trigger("sell.keys.customer")
    assert not sell.buyer.points.isHidden()
    for digit in "100":
        sell.buyer.points.field.add_digit(digit)
    sell.buyer.points.confirm()
    assert till.opened.workstation.sale.view.priced.discount == 100
    assert "100 of them spent" in sell.buyer.card.detail
    till.trigger("sell.keys.undo")
    assert "spent" not in sell.buyer.card.detail
    till.trigger("sell.keys.customer")
    sell.buyer.points.off_button.click()
    assert till.opened.workstation.sale.view.priced.basket.customer is None
    till.trigger("sell.keys.customer")
    till.trigger("sell.keys.customer")
    assert sell.buyer.search.isHidden(), "the same key puts it away"


def test_a_card_is_a_customers_on_every_screen(till: Lane) -> None:
    till.shell.scanned(MUG)
    till.shell.open_place("journal")
    journal = till.shell.screen_shown
    till.shell.scanned("KC-1000-0003")
    assert till.shell.screen_shown is journal
    assert till.opened.workstation.sale.view.priced.basket.customer == ELIN
    till.shell.open_place("sell")
    assert till.shell.sell.buyer.card.text() == "Elin Bergström"
    till.trigger("sell.keys.pay")
    till.shell.scanned("KC-1000-0002")
    assert till.shell.screen_shown is till.shell.pay
    assert till.opened.workstation.sale.view.priced.basket.customer == TOMAS
    assert "Tomáš Dvořák" in till.shell.pay.banner.message
    till.shell.scanned("KC-1000-0004")
    assert "own purchase" in till.shell.pay.banner.message


def test_a_purchase_leads_to_its_receipt_by_key_and_by_touch(till: Lane) -> None:
    sale = till.opened.workstation.sale
    sale.set_customer(TOMAS)
    sale.scan(MUG)
    sale.tender_cash(100_000)
    done = sale.complete()
    assert isinstance(done, CompletedSale)
    till.sign_in(DANA)
    screen = customers(till)
    till.shell.scanned("KC-1000-0002")
    assert [button.key for button in screen.profile.receipts][:1] == ["Alt 1"]
    assert str(done.transaction.receipt) in screen.profile.receipts[0].accessibleName()
    till.trigger("customers.keys.receipt1")
    shown = till.shell.screen_shown
    assert isinstance(shown, JournalScreen)
    assert shown.chosen is not None
    assert shown.chosen.id == done.transaction.id
    screen = customers(till)
    screen.profile.receipts[0].click()
    assert shown.isVisible()
    # Where there is no such purchase, the key does nothing.
    screen = customers(till)
    till.trigger("customers.keys.receipt9")
    assert screen.isVisible()


def owing(till: Lane, customer: str) -> int:
    """The customer buys a mug on their account; what they owe then, in minor units."""
    workstation = till.opened.workstation
    workstation.sale.scan(MUG)
    assert not isinstance(workstation.sale.set_customer(customer), Refused)
    assert not isinstance(workstation.house_accounts.take(), Refused)
    assert isinstance(workstation.sale.complete(), CompletedSale)
    view = workstation.house_accounts.view(customer)
    assert isinstance(view, HouseAccountView)
    return view.owed.minor


def with_an_account(till: Lane) -> str:
    """Somebody of the demo shop with a limit."""
    holder = till.opened.workstation.customers.of_card("KC-1000-0001")
    assert holder is not None
    assert holder.account_limit
    return holder.id


def test_an_account_is_paid_off_from_the_customer_s_data_by_one_key(till: Lane) -> None:
    customer = with_an_account(till)
    owed = owing(till, customer)
    screen = customers(till)
    screen.list.choose(customer)
    screen._show_chosen(customer)
    assert not screen.account.isHidden()
    assert f"{owed / 100:.2f}" in screen.account.button.accessibleName()
    till.trigger("customers.keys.pay_off")
    assert till.shell.screen_shown is till.shell.sell
    basket = till.opened.workstation.sale.view.priced.basket
    assert basket.customer == customer
    assert [line.unit_price for line in basket.lines] == [owed]
    sale = till.opened.workstation.sale
    sale.tender_cash(sale.view.priced.due_cash)
    assert isinstance(sale.complete(), CompletedSale)
    view = till.opened.workstation.house_accounts.view(customer)
    assert isinstance(view, HouseAccountView)
    assert view.owed.minor == 0
    screen = customers(till)
    screen.list.choose(customer)
    screen._show_chosen(customer)
    assert screen.account.button.isHidden(), "nothing is owed"


def test_part_of_an_account_is_paid_and_more_than_is_owed_is_not(till: Lane) -> None:
    customer = with_an_account(till)
    owed = owing(till, customer)
    screen = customers(till)
    screen.list.choose(customer)
    screen._show_chosen(customer)
    till.trigger("customers.keys.pay_amount")
    screen.account.field.set_entry(str(owed))
    screen.account.confirm()
    assert till.shell.screen_shown is screen
    assert screen.banner.isVisible()
    screen.account.field.set_entry("2.50")
    assert "2.50" in screen.account.button.accessibleName()
    screen.account.confirm()
    basket = till.opened.workstation.sale.view.priced.basket
    assert [line.unit_price for line in basket.lines] == [250]
    till.opened.workstation.sale.void_sale()


def test_who_has_no_account_shows_none(till: Lane) -> None:
    screen = customers(till)
    screen._show_chosen(TOMAS)
    assert screen.account.isHidden()
    assert not screen._pay.isEnabled()
