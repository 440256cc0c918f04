"""Sales without tax, tax documents, and rates that begin on a day: by permission, stored, and found again by verify."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.approval import Approval, NeedsApproval
from pos.domain.money import Money, Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit, Role, ShopRole
from pos.domain.tax import TaxExemption
from pos.domain.tax_document import Buyer, read_buyer, wants_document
from pos.services.approvals import Answer
from pos.services.sale import CompletedSale, SaleView
from pos.services.verify import verify_books
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.document import Document
from receipts.plain_text import render
from tests.corner_shop import BUYER, CASHIER, MANAGER, OPENED, OWNER, HandClock, new_shop, open_up, pin_of, sell


def test_an_exempt_sale_bears_no_tax_and_undo_takes_it_back(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    lane.sale.scan("LEMON", Quantity.pieces(2))
    with_tax = lane.sale.view.priced
    exempt = lane.exemptions.exempt(" EX 1 ")
    assert isinstance(exempt, SaleView)
    assert (exempt.priced.tax, exempt.priced.total) == (0, with_tax.net)
    undone = lane.sale.undo()
    assert undone is not None
    assert undone.priced.total == with_tax.total
    lane.exemptions.exempt("EX 1")
    lane.sale.tender_cash(10_000)
    assert lane.exemptions.exempt("") == Refused(Code.TENDERS_TAKEN)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale)
    assert done.transaction.exemption == TaxExemption("EX 1", MANAGER.id)
    paper = lane.paperwork.document(done.transaction.id)
    assert paper is not None
    assert "EX 1" in render(paper, 42)
    assert verify_books(lane.desk.shop).sound
    lane.close()


def exempted(lane: Workstation) -> NeedsApproval:
    """A cashier asks for a sale of two lemonades without tax, and the manager agrees."""
    lane.sale.scan("LEMON", Quantity.pieces(2))
    needs = lane.exemptions.exempt("EX 1")
    assert isinstance(needs, NeedsApproval), needs
    assert needs.code is Code.TAX_EXEMPT_LIMIT
    assert isinstance(lane.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Approval)
    return needs


def test_a_cashier_leaves_tax_out_where_somebody_agrees(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    needs = exempted(lane)
    tax = lane.sale.view.priced.tax
    assert needs.request.requirement.at_stake == needs.request.requirement.value == tax > 0
    assert isinstance(lane.markdowns.carry_out(needs.request.id), SaleView)
    assert lane.sale.view.priced.tax == 0
    assert lane.markdowns.carry_out(needs.request.id) == Refused(Code.APPROVAL_USED)
    done = sell(lane, "LEMON").transaction
    assert done.exemption is None, "what was agreed to was two lemonades, not three"
    assert done.tax > 0
    assert verify_books(lane.desk.shop).sound
    lane.close()


def test_who_agreed_stands_with_the_sale(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    assert isinstance(lane.markdowns.carry_out(exempted(lane).request.id), SaleView)
    lane.sale.tender_cash(10_000)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale)
    assert done.transaction.exemption == TaxExemption("EX 1", MANAGER.id)
    assert done.transaction.tax == 0
    lane.close()


def test_a_yes_to_one_certificate_is_none_to_a_longer_sale(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    needs = exempted(lane)
    lane.sale.scan("LEMON")
    refused = lane.markdowns.carry_out(needs.request.id)
    assert isinstance(refused, Refused)
    assert refused.code is Code.APPROVAL_DOES_NOT_COVER
    lane.close()


def test_what_a_limit_bounds_comes_off_a_longer_sale_also_after_the_power_went(tmp_path: Path) -> None:
    """Else whoever may leave out ten crowns of tax would do so on the first line and ring up the rest after it."""
    lane = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    role = ShopRole("cashier", Role.CASHIER, limits={Limit.TAX_EXEMPT: 1_000})
    assert not isinstance(lane.roles.set_role(role), Refused)
    lane.desk.operator = CASHIER
    lane.sale.scan("LEMON", Quantity.pieces(2))
    assert isinstance(lane.exemptions.exempt("EX 1"), SaleView)
    lane.close()
    lane = open_up(tmp_path / "shop")
    lane.sale.recover()
    assert lane.sale.view.priced.exemption == TaxExemption("EX 1", CASHIER.id)
    longer = lane.sale.scan("BREAD")
    assert isinstance(longer, SaleView)
    assert longer.priced.exemption is None
    assert longer.came_off
    lane.close()


@pytest.mark.parametrize("certificate", [" ", "x" * 41, "a\x07b"])
def test_what_is_no_certificate(tmp_path: Path, certificate: str) -> None:
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    assert lane.exemptions.exempt("EX") == Refused(Code.BASKET_EMPTY)
    lane.sale.scan("BREAD")
    refused = lane.exemptions.exempt(certificate)
    assert isinstance(refused, Refused)
    assert refused.code is Code.CERTIFICATE_INVALID
    lane.close()


def test_a_tax_document_is_made_out_once_and_put_right_by_a_further_issue(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    sale = sell(lane).transaction
    assert lane.tax_documents.document(sale.id) is None
    assert lane.tax_documents.make_out(sale.id, Buyer(" Hrnčíř  s.r.o. ", BUYER.address, "cz", "251 238 91")) == BUYER
    assert lane.tax_documents.make_out(sale.id, BUYER) == BUYER
    document = lane.tax_documents.document(sale.id)
    assert isinstance(document, Document)
    text = render(document, 42)
    assert all(said in text for said in ("Hrnčíř s.r.o.", "CZ25123891", str(sale.receipt)))
    assert "takes the place" not in text
    lane.tax_documents.make_out(sale.id, Buyer("Hrnčíř a syn", BUYER.address))
    document = lane.tax_documents.document(sale.id)
    assert isinstance(document, Document)
    assert "Issue 2: takes the place" in render(document, 42)
    saved = lane.tax_documents.save(sale.id, tmp_path / "papers")
    assert not isinstance(saved, Refused)
    assert saved.path.read_bytes().startswith(b"%PDF")
    assert verify_books(lane.desk.shop).sound
    lane.close()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Buyer(""), Code.BUYER_INCOMPLETE),
        (Buyer("Ann"), Code.BUYER_INCOMPLETE),
        (Buyer("Ann", "Street 1", "Czechia"), Code.BUYER_INCOMPLETE),
        (Buyer("Ann", "Street 1", "CZ", "CZ25123890"), Code.VAT_NUMBER_INVALID),
        (Buyer("Ann", "Street 1", "", "SE123456789601"), Code.VAT_NUMBER_INVALID),
    ],
)
def test_a_buyer_that_cannot_be(typed: Buyer, code: Code) -> None:
    refused = read_buyer(typed)
    assert isinstance(refused, Refused)
    assert refused.code is code


def test_a_number_of_a_country_without_rules_is_taken_as_it_is() -> None:
    assert read_buyer(Buyer("Ann", "Street 1", "US", "12-3456789")) == Buyer("Ann", "Street 1", "US", "12-3456789")


@pytest.mark.parametrize(
    ("region", "total", "wanted"),
    [
        ("CZ", Money(1_000_000, "CZK"), False),
        ("CZ", Money(1_000_001, "CZK"), True),
        ("SE", Money(400_000, "SEK"), False),
        ("SE", Money(400_001, "SEK"), True),
        ("US-NY", Money(10**9, "USD"), False),
    ],
)
def test_from_which_total_on_a_business_needs_one(region: str, total: Money, wanted: bool) -> None:
    assert wants_document(region, total) is wanted


def test_a_later_amount_of_a_tax_by_the_unit_begins_on_its_day(tmp_path: Path) -> None:
    clock = HandClock()
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER, clock=clock)
    begins = (OPENED + timedelta(days=1)).date().isoformat()
    for lines in ((f"{begins} 0.505",), (f"{begins} 5 %",), (f"{begins} 1000.01",), (f"{begins} -1",)):
        refused = lane.shop_settings.change({"tax_from.bottle": lines})
        assert isinstance(refused, Refused)
        assert refused.code is Code.TAX_DATE_INVALID
        assert "later amount" in Wording("en").refusal(refused)
    assert not isinstance(lane.shop_settings.change({"tax_from.bottle": (f"{begins} 0,75",)}), Refused)
    assert lane.shop_settings.history()[0].after == {"tax_from.bottle": [f"{begins} 0.75"]}
    amounts = []
    for _ in range(2):
        amounts += [tax.amount for tax in sell(lane, "LEMON").transaction.taxes() if tax.code == "bottle"]
        clock.moment += timedelta(days=1)
    assert amounts == [50, 75]
    assert verify_books(lane.desk.shop).sound
    lane.close()


def test_a_later_rate_is_set_under_the_journal_and_begins_on_its_day(tmp_path: Path) -> None:
    clock = HandClock()
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER, clock=clock)
    begins = (OPENED + timedelta(days=1)).date().isoformat()
    for lines in (("2026-02-30 5",), (f"{begins} 101",), (f"{begins} 5", f"{begins} 6"), ("5",)):
        refused = lane.shop_settings.change({"tax_from.food": lines})
        assert isinstance(refused, Refused)
        assert refused.code is Code.TAX_DATE_INVALID
    assert not isinstance(lane.shop_settings.change({"tax_from.food": (f"{begins} 15,5 %",)}), Refused)
    change = lane.shop_settings.history()[0]
    assert (change.before, change.after) == ({"tax_from.food": []}, {"tax_from.food": [f"{begins} 15.5"]})
    assert sell(lane, "BREAD").transaction.taxes()[0].rate_millionths == 120_000
    clock.moment += timedelta(days=1)
    assert sell(lane, "BREAD").transaction.taxes()[0].rate_millionths == 155_000
    assert lane.desk.rules.rate("food", (OPENED + timedelta(days=1)).date()) is not None
    assert verify_books(lane.desk.shop).sound
    lane.close()
