"""Who may do what is decided in the services, for every operation that writes: what has no rule is not let in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import pos.services
from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.copies import GivenUp
from pos.domain.customer import Customer
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity, Unit
from pos.domain.payment import CardKind
from pos.domain.policy_case import CasePlayed, PolicyCase
from pos.domain.promotion import Conditions, Coupon, Each, Promotion, Reward
from pos.domain.quick_keys import KeyPage
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Answers, Weighed
from pos.domain.return_request import LineAsked, ReturnRequest, ShownBy
from pos.domain.returns_report import Cut, ReturnsReport, ReturnsTotals
from pos.domain.rights import ShopRole, ShopRoles
from pos.domain.signature import Signer
from pos.domain.staff import Operator, Permission, Role
from pos.domain.stock import StockReason
from pos.domain.suggestion import SuggestionPair, Trigger
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_type import program_rule
from pos.persistence.paper_jobs import PaperState
from pos.script.case_player import ScriptCases
from pos.services.approvals import Answer
from pos.services.copies import Copies, save_paper
from pos.services.coupon_papers import coupon_paper
from pos.services.customer_export import export_customer
from pos.services.customers import found_customers
from pos.services.exchanges import ExchangeView
from pos.services.gift_card_import import NewGiftCard, import_gift_cards, take_over
from pos.services.import_preview import keep_profile
from pos.services.item_import import ImportOptions, import_items
from pos.services.pack_issuing import PackChoice
from pos.services.papers import suspended_slip_job
from pos.services.policy_versions import write_policy
from pos.services.reasons import arrange_reasons
from pos.services.return_copies import ReturnCopies
from pos.services.returns_report import cases_of, make_report, save_report
from pos.services.sale_import import SaleImportOptions, import_sales
from pos.services.sale_imports_kept import kept_imports
from pos.services.sale_preview import keep_sale_profile
from pos.services.shop_logo import remove_logo, set_logo
from pos.services.signatures import clear_signature, keep_signature, signatures_of
from pos.services.stock import StockLine
from pos.services.tax_documents import TaxDocuments
from pos.services.tender_corrections import CorrectionWish
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.paper.suspended_slip import SuspendedSlip
from tests.corner_shop import (
    BUYER,
    CASHIER,
    CHECK,
    GIFT_CARD,
    MANAGER,
    OPENED,
    OWNER,
    STAFF,
    TRAINEE,
    contents,
    end_till,
    new_shop,
    open_up,
    pay_by_card,
    pin_of,
    refuse_refund,
    sell,
    sell_for_the_books,
    simulated,
    take_back,
)
from tests.domain.test_signature import DRAWN
from tests.receipts.pictures import as_file, drawn
from tests.script.playing import settings

A_DAY = date(2026, 11, 21)
A_CASE = "lane: 1\nshop: {currency: CZK}\nsteps: [{quote_return: {lines: [{item: X}]}, expect: {decision: refused}}]\n"
NOTHING_CAME_BACK = ReturnsReport(A_DAY, A_DAY, "CZK", ReturnsTotals(0, 0, 0, 0, 0, 0, 0, 0), {})

# Every public operation that writes: what it asks for, or why it asks for nobody.
RULES: dict[str, Permission | str] = {
    "sale.Sale.scan": Permission.SELL,
    "sale.Sale.add_item": Permission.SELL,
    "gift_cards.GiftCards.sell": Permission.SELL,
    "gift_cards.GiftCards.reload": Permission.SELL,
    "gift_cards.GiftCards.balance": Permission.SELL,
    "tendering_gift_cards.GiftCardTendering.take": Permission.SELL,
    "house_accounts.HouseAccounts.pay_off": Permission.SELL,
    "gift_card_care.GiftCardCare.cash_out": Permission.GIFT_CARD_CASH_OUT,
    "gift_card_care.GiftCardCare.disable": Permission.GIFT_CARD_BLOCK,
    "gift_card_care.GiftCardCare.enable": Permission.MANAGE_GIFT_CARDS,
    "gift_card_import.import_gift_cards": Permission.MANAGE_GIFT_CARDS,
    "sale.Sale.add": Permission.SELL,
    "sale.Sale.set_quantity": Permission.SELL,
    "sale.Sale.remove_line": Permission.SELL,
    "sale.Sale.set_weight": Permission.SELL,
    "sale.Sale.set_open_price": Permission.SELL,
    "sale.Sale.set_serials": Permission.SELL,
    "sale.Sale.set_note": Permission.SELL,
    "sale.Sale.set_customer": Permission.SELL,
    "markdowns.Markdowns.override_price": Permission.PRICE_OVERRIDE,
    "markdowns.Markdowns.discount_line": Permission.DISCOUNT_LINE,
    "markdowns.Markdowns.discount_receipt": Permission.DISCOUNT_RECEIPT,
    "markdowns.Markdowns.carry_out": "does what was approved, and asks what doing it by oneself asks",
    "tendering.Tendering.take": Permission.SELL,
    "tendering.Tendering.place": Permission.SELL,
    "returned_checks.ReturnedChecks.mark": Permission.RETURNED_CHECKS,
    "returned_checks.ReturnedChecks.settle": Permission.RETURNED_CHECKS,
    "tendering.Tendering.give_back": Permission.SELL,
    "tendering.Tendering.give_all_back": Permission.SELL,
    "tendering.Tendering.carry_out": "takes what was approved, and asks what taking it by oneself asks",
    "tendering_cards.CardTendering.begin": Permission.SELL,
    "card_refunds.CardRefunds.begin": Permission.SELL,
    "card_refunds.CardRefunds.begin_unreferenced": Permission.SELL,
    "card_refunds.CardRefunds.compare_totals": Permission.X_REPORT,
    "owed_charges.OwedCharges.ask_again": Permission.DECIDE_CARD,
    "tendering_cards.CardTendering.settle": "writes what the terminal said of what was permitted when it began",
    "tendering_cards.CardTendering.recover": "finds out what became of what was permitted when it began",
    "tendering_cards.CardTendering.resolve": "who decides proves it with their own PIN or badge",
    "owed_charges.OwedCharges.given_back_elsewhere": "who decides proves it with their own PIN or badge",
    "approvals.proven": "the way in",
    "card_records.who_decides": "the way in",
    "approvals.Approvals.ask": "asks what doing it asks",
    "approvals.Approvals.grant": "who answers proves it with their own PIN or badge",
    "approvals.Approvals.decline": "who answers proves it with their own PIN or badge",
    "approvals.Approvals.void_outrun": "notes what a permitted change made void; decides nothing",
    "sign_on.prove_pin": "the way in",
    "sign_on.prove_badge": "the way in",
    "sale.Sale.spend_points": Permission.SELL,
    "sale.Sale.decline_suggestion": Permission.SELL,
    "suggestions.Suggestions.put": Permission.MANAGE_PROMOTIONS,
    "suggestions.Suggestions.remove": Permission.MANAGE_PROMOTIONS,
    "sale.Sale.add_coupon": Permission.SELL,
    "sale.Sale.remove_coupon": Permission.SELL,
    "promotions.Promotions.take_in": Permission.MANAGE_PROMOTIONS,
    "promotions.Promotions.switch": Permission.MANAGE_PROMOTIONS,
    "suspended.Suspended.suspend": Permission.SELL,
    "suspended.Suspended.recall": Permission.SELL,
    "suspended.Suspended.recall_last": Permission.SELL,
    "suspended.Suspended.swap": Permission.SELL,
    "reasons.arrange_reasons": Permission.MANAGE_ITEMS,
    "quick_keys.QuickKeys.arrange": Permission.MANAGE_ITEMS,
    "post_voids.PostVoids.post_void": Permission.POST_VOID,
    "returns.Returns.complete": Permission.RETURN,
    "failed_refunds.FailedRefunds.again": Permission.RETURN,
    "failed_refunds.FailedRefunds.give": Permission.RETURN,
    "return_refusals.ReturnRefusals.note": Permission.RETURN,
    "return_claims.ReturnClaims.take_in": Permission.RETURN,
    "return_claims.ReturnClaims.settle": Permission.RETURN,
    "return_pack.ReturnPacks.print_chosen": Permission.RETURN,
    "return_pack.ReturnPacks.print_again": Permission.RETURN,
    "return_pack.ReturnPacks.save": Permission.RETURN,
    "return_pack.ReturnPacks.save_sheets": Permission.RETURN,
    "signatures.keep_signature": Permission.RETURN,
    "signatures.clear_signature": Permission.RETURN,
    "policies.Policies.put": Permission.MANAGE_RETURN_POLICY,
    "policy_cases.PolicyCases.keep": Permission.MANAGE_RETURN_POLICY,
    "policy_cases.PolicyCases.remove": Permission.MANAGE_RETURN_POLICY,
    "exchanges.Exchanges.begin": Permission.RETURN,
    "exchanges.Exchanges.pay": Permission.RETURN,
    "exchanges.Exchanges.cancel": Permission.SELL,
    "exchanges.Exchanges.complete": Permission.RETURN,
    "tender_corrections.TenderCorrections.correct": Permission.CORRECT_TENDER,
    "sale.Sale.undo": Permission.SELL,
    "sale.Sale.redo": Permission.SELL,
    "sale.Sale.void_sale": Permission.VOID_SALE,
    "tax_exemption.TaxExemptions.exempt": Permission.TAX_EXEMPT,
    "tax_exemption.TaxExemptions.carry_out": "does what was approved, and asks what doing it by oneself asks",
    "tax_documents.TaxDocuments.make_out": Permission.PRINT_AGAIN,
    "tax_documents.TaxDocuments.print": Permission.PRINT_AGAIN,
    "sale.Sale.complete": Permission.SELL,
    "tills.Tills.open_till": Permission.OPEN_TILL,
    "till_moves.TillMoves.loan": Permission.LOAN,
    "till_moves.TillMoves.pickup": Permission.PICKUP,
    "till_moves.TillMoves.paid_in": Permission.PAID_IN,
    "till_moves.TillMoves.paid_out": Permission.PAID_OUT,
    "till_moves.TillMoves.no_sale": Permission.NO_SALE,
    "counts.Counts.count": Permission.COUNT_TILL,
    "till_close.TillClosing.close": Permission.CLOSE_TILL,
    "day_reports.DayReports.x_report": Permission.X_REPORT,
    "day_reports.DayReports.print_again": Permission.Z_REPORT,
    "suspended.Suspended.void": Permission.VOID_SALE,
    "approvals.Approvals.ask_about": "asks what doing it asks",
    "paperwork.Paperwork.after_move": "follows a commit that was permitted",
    "item_import.import_items": Permission.MANAGE_ITEMS,
    "sale_import.import_sales": Permission.MANAGE_SHOP,
    "sale_preview.keep_sale_profile": Permission.MANAGE_SHOP,
    "import_profiles.keep_as": "asks for what its caller says",
    "import_preview.keep_profile": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.new_item": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.edit_item": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.set_price": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.add_code": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.remove_code": Permission.MANAGE_ITEMS,
    "catalogue.Catalogue.retire": Permission.MANAGE_ITEMS,
    "stock.Stock.receive": Permission.MANAGE_ITEMS,
    "stock.Stock.count": Permission.MANAGE_ITEMS,
    "stock.Stock.correct": Permission.MANAGE_ITEMS,
    "stock.Stock.shelve_open_box": Permission.MANAGE_ITEMS,
    "copies.Copies.print_again": Permission.PRINT_AGAIN,
    "return_copies.ReturnCopies.print_last_of": Permission.PRINT_AGAIN,
    "return_copies.ReturnCopies.print_again": Permission.PRINT_AGAIN,
    "return_copies.ReturnCopies.e_receipt": Permission.PRINT_AGAIN,
    "copies.Copies.gift_receipt": Permission.PRINT_AGAIN,
    "copies.Copies.e_receipt": Permission.PRINT_AGAIN,
    "paper_queue.PaperQueue.came_out": Permission.PRINT_AGAIN,
    "paper_queue.PaperQueue.give_up": Permission.PRINT_AGAIN,
    "paper_queue.PaperQueue.slip_again": Permission.PRINT_AGAIN,
    "shop_settings.ShopSettings.change": Permission.MANAGE_SHOP,
    "shop_logo.set_logo": Permission.MANAGE_SHOP,
    "shop_logo.remove_logo": Permission.MANAGE_SHOP,
    "customers.Customers.add": Permission.SEE_CUSTOMERS,
    "customers.Customers.change": Permission.SEE_CUSTOMERS,
    "customers.Customers.erase": Permission.MANAGE_CUSTOMERS,
    "customer_export.export_customer": Permission.MANAGE_CUSTOMERS,
    "people.People.add": Permission.MANAGE_STAFF,
    "people.People.rename": Permission.MANAGE_STAFF,
    "people.People.change_role": Permission.MANAGE_STAFF,
    "people.People.change_language": Permission.MANAGE_STAFF,
    "people.People.new_pin": Permission.MANAGE_STAFF,
    "people.People.end": Permission.MANAGE_STAFF,
    "people.People.take_back": Permission.MANAGE_STAFF,
    "people.People.unlock": Permission.MANAGE_STAFF,
    "people.People.make_badge": Permission.MANAGE_STAFF,
    "people.People.give_badge": Permission.MANAGE_STAFF,
    "people.People.take_badge": Permission.MANAGE_STAFF,
    "roles.RolesDesk.set_role": Permission.MANAGE_ROLES,
    "roles.RolesDesk.remove_role": Permission.MANAGE_ROLES,
    "sign_on.SignOn.sign_on_badge": "the way in",
    "sign_on.SignOn.switch_by_badge": "the way in",
    "sign_on.SignOn.take_over": "the way in",
    "sign_on.SignOn.unlock": "the way in",
    "sign_on.SignOn.lock": "whoever is in may leave",
    "item_search.rebuild_search": "makes anew what is read from the items; changes nothing in the shop",
    "sign_on.SignOn.sign_on": "the way in",
    "sign_on.SignOn.begin_sign_on": "the way in",
    "sign_on.SignOn.sign_off": "whoever is in may leave",
    "paperwork.Paperwork.recover": "notes what a crash interrupted; decides nothing",
    "paperwork.Paperwork.after_sale": "follows a commit that was permitted",
    "paperwork.Paperwork.print_waiting": "sends what a permitted commit queued, each once",
    "shops.found_shop": "there is nobody yet",
    "demo_shop.open_or_found": "there is nobody yet",
    "set_up.found_own_shop": "there is nobody yet",
    "set_up.try_items": "there is nobody yet; nothing is kept",
    "backup.restore_own_shop": "asked by whoever owns the machine, which has no shop yet",
    "backup.back_up": "asked by whoever owns the folder; changes nothing in the shop",
    "backup.back_up_at_end": "the program's own; changes nothing in the shop",
    "backup.restore": "asked by whoever owns the folder, with the shop closed",
}
# What a reader looks with.
LOOKS = {"reading", "glancing"}
# What a writer ends in: a unit of work, or the making, copying or opening of a shop.
ENDS = {"writing", "create_shop", "copy_database", "open_shop"}
# A killed program for tests and exercises passes the commit of a permitted operation on.
# Changed rules are brought in by an operation that has asked.
# The open basket is what sale and suspended share; whoever changes it asks there.
PIN_CARD = "6006490000000000081"
NOT_OPERATIONS = {
    "crash.dying_at_commit",
    "completion.complete_sale",
    "rules_change.bring_in",
    "gift_card_pins.pin_refused",
    *(f"open_basket.OpenBasket.{name}" for name in ("change", "put", "undo", "redo")),
}


# Every public operation that reads the books and asks first.
READS: dict[str, tuple[Permission, Callable[[Workstation], object]]] = {
    "house_accounts.HouseAccounts.view": (Permission.SEE_CUSTOMERS, lambda w: w.house_accounts.view("C1")),
    "house_accounts.HouseAccounts.take": (Permission.SELL, lambda w: w.house_accounts.take()),
    "customers.Customers.profile": (Permission.SEE_CUSTOMERS, lambda w: w.customers.profile("C1")),
    "customers.Customers.search": (Permission.SEE_CUSTOMERS, lambda w: w.customers.search("ann")),
    "exchanges.Exchanges.view": (Permission.RETURN, lambda w: w.exchanges.view()),
    "policies.Policies.versions": (Permission.RETURN, lambda w: w.policies.versions()),
    "return_claims.ReturnClaims.save": (
        Permission.RETURN,
        lambda w: w.return_claims.save("none", w.desk.shop.folder.parent),
    ),
    "signatures.signatures_of": (Permission.RETURN, lambda w: signatures_of(w.desk, "none")),
    "return_pack.ReturnPacks.pack_of": (Permission.RETURN, lambda w: w.return_packs.pack_of("none")),
    "return_pack.ReturnPacks.of_receipt": (Permission.RETURN, lambda w: w.return_packs.of_receipt("none")),
    "return_pack.ReturnPacks.to_sign": (Permission.RETURN, lambda w: w.return_packs.to_sign("none")),
    "return_refusals.ReturnRefusals.save": (
        Permission.RETURN,
        lambda w: w.return_refusals.save("none", w.desk.shop.folder.parent),
    ),
    "returns.Returns.quote": (Permission.RETURN, lambda w: w.returns.quote(all_back("none"))),
    "returns.Returns.outlook": (Permission.RETURN, lambda w: w.returns.outlook("none", ShownBy.RECEIPT)),
    "purchases.Purchases.find": (Permission.RETURN, lambda w: w.purchases.find("1")),
    "purchases.Purchases.get": (Permission.RETURN, lambda w: w.purchases.get("none")),
    "purchases.Purchases.last": (Permission.RETURN, lambda w: w.purchases.last()),
    "purchases.Purchases.by_card": (Permission.RETURN, lambda w: w.purchases.by_card("4242")),
    "purchases.Purchases.by_token": (Permission.RETURN, lambda w: w.purchases.by_token("T1")),
    "purchases.Purchases.by_customer": (Permission.RETURN, lambda w: w.purchases.by_customer("C1")),
    "purchases.Purchases.by_item": (Permission.RETURN, lambda w: w.purchases.by_item(["1"])),
    "post_voids.PostVoids.refused": (Permission.POST_VOID, lambda w: w.post_voids.refused("none")),
    "copies.save_paper": (
        Permission.RETURN,
        lambda w: save_paper(w.desk, "none", "refusal_note", w.desk.shop.folder.parent, lambda _work, _job: None),
    ),
    "sale_imports_kept.kept_imports": (Permission.MANAGE_SHOP, lambda w: kept_imports(w.desk)),
    "returns_report.make_report": (Permission.SEE_REPORTS, lambda w: make_report(w.desk, A_DAY, A_DAY)),
    "returns_report.cases_of": (
        Permission.SEE_REPORTS,
        lambda w: cases_of(w.desk, NOTHING_CAME_BACK, Cut.ITEM, ""),
    ),
    "returns_report.save_report": (
        Permission.SEE_REPORTS,
        lambda w: save_report(w.desk, NOTHING_CAME_BACK, w.desk.shop.folder.parent / "returns.csv"),
    ),
    "day_reports.DayReports.last_z": (Permission.Z_REPORT, lambda w: w.day_reports.last_z()),
    "day_reports.DayReports.find": (Permission.Z_REPORT, lambda w: w.day_reports.find(1)),
    "day_reports.DayReports.history": (Permission.Z_REPORT, lambda w: w.day_reports.history()),
    "day_reports.DayReports.save": (
        Permission.Z_REPORT,
        lambda w: w.day_reports.save(1, w.desk.shop.folder.parent),
    ),
    "day_reports.DayReports.document": (Permission.Z_REPORT, lambda w: w.day_reports.document(1)),
    "tendering_checks.CheckTendering.take": (Permission.SELL, lambda w: w.checks.take(CHECK, 1_000)),
    "tendering_checks.CheckTendering.problems": (
        Permission.SELL,
        lambda w: next(iter(w.checks.problems(CHECK)), None),
    ),
    "returned_checks.ReturnedChecks.waiting": (Permission.RETURNED_CHECKS, lambda w: w.returned_checks.waiting()),
    "returned_checks.ReturnedChecks.find": (Permission.RETURNED_CHECKS, lambda w: w.returned_checks.find("none", 1)),
    "lookup.Lookup.find": (Permission.SEE_RECEIPTS, lambda w: w.lookup.find("0142-01-0001")),
    "lookup.Lookup.find_imported": (Permission.SEE_RECEIPTS, lambda w: w.lookup.find_imported("A77")),
    "lookup.Lookup.find_return": (Permission.SEE_RECEIPTS, lambda w: w.lookup.find_return("R1")),
    "lookup.Lookup.named": (Permission.SEE_RECEIPTS, lambda w: w.lookup.named("A77")),
    "lookup.Lookup.owed": (Permission.RETURN, lambda w: w.lookup.owed()),
    "return_claims.ReturnClaims.waiting": (Permission.RETURN, lambda w: w.return_claims.waiting()),
    "lookup.Lookup.page": (Permission.SEE_RECEIPTS, lambda w: w.lookup.page(w.lookup.today)),
    "people.People.all": (Permission.MANAGE_STAFF, lambda w: w.people.all()),
    "roles.RolesDesk.all": (Permission.MANAGE_STAFF, lambda w: w.roles.all()),
    "tax_exemption.TaxExemptions.quote": (Permission.TAX_EXEMPT, lambda w: w.exemptions.quote()),
    "suggestions.Suggestions.brought": (
        Permission.MANAGE_PROMOTIONS,
        lambda w: w.suggestions.brought(OPENED.date(), OPENED.date()),
    ),
    "tax_documents.TaxDocuments.buyer_of": (Permission.SEE_RECEIPTS, lambda w: w.tax_documents.buyer_of("none")),
    "tax_documents.TaxDocuments.document": (Permission.SEE_RECEIPTS, lambda w: w.tax_documents.document("none")),
    "tax_documents.TaxDocuments.save": (
        Permission.PRINT_AGAIN,
        lambda w: w.tax_documents.save("none", w.desk.shop.folder.parent),
    ),
    "promotions.Promotions.all": (Permission.SELL, lambda w: w.promotions.all()),
    "coupon_papers.coupon_paper": (Permission.MANAGE_PROMOTIONS, lambda w: coupon_paper(w.desk, "ON")),
    "promotions.Promotions.as_they_stand": (Permission.SELL, lambda w: w.promotions.as_they_stand()),
    "promotions.Promotions.history": (Permission.SELL, lambda w: w.promotions.history("ON")),
    "promotions.Promotions.preview": (Permission.SELL, lambda w: w.promotions.preview([])),
    "promotions.Promotions.write_file": (
        Permission.SELL,
        lambda w: w.promotions.write_file(w.desk.shop.folder / "promotions.yaml"),
    ),
    "promotions.Promotions.text": (Permission.SELL, lambda w: w.promotions.text()),
    "promotions.Promotions.try_on": (Permission.SELL, lambda w: w.promotions.try_on([])),
}
# Every other that reads, or all of a class (*), by why it asks for nobody. What it shows says nothing of people,
# takings or customers that an operation above would refuse.
OPEN: dict[str, set[str]] = {
    "what is on the shelf, and its price, may be known": {
        "catalogue.Catalogue.*", "stock.Stock.*", "price_check.check_price", "item_search.list_items",
        "item_search.search_items", "item_export.export_items", "labels.print_labels", "labels.save_labels",
        "import_preview.profile_names", "import_preview.read_profile", "import_profiles.names_kept",
        "import_profiles.read_kept", "sale_preview.sale_profile_names", "sale_preview.read_sale_profile",
        "quick_keys.QuickKeys.view", "quick_keys.QuickKeys.items",
        "reasons.reason_refused", "reasons.reasons", "promotions.Promotions.findings",
        "policy_names.names_known", "policy_picks.found_items", "policy_picks.known_words",
        "promotions.Promotions.called",
        "circumstances.prepared_promotions", "circumstances.promotions_written",
        "coupons.shown_coupon", "coupons.with_coupon",
    },
    "the open sale, its papers and those that wait belong to the workstation": {
        "tendering.Tendering.agreed",
        "open_basket.OpenBasket.clear", "open_basket.OpenBasket.recover", "open_basket.OpenBasket.take",
        "sale.Sale.last_completed",
        "sale.Sale.last_ended", "sale.Sale.recover", "suspended.Suspended.waiting", "circumstances.circumstances",
        "copies.Copies.last_sale", "return_copies.ReturnCopies.returned", "policies.Policies.in_force",
        "policy_cases.PolicyCases.kept", "policy_cases.PolicyCases.try_policy",
        "paper_queue.PaperQueue.papers", "tills.Tills.*",
        "counts.Counts.last",
        "till_close.TillClosing.open_matters", "till_close.TillClosing.refused", "paperwork.Paperwork.*",
        "sale_customer.with_customer", "sale_customer.with_points", "deposits.carried",
        "open_basket.OpenBasket.price", "suggestions.advised",
    },
    "a part of an operation that asks": {
        "returned_checks.ReturnedChecks.is_check_sale",
        "tender_corrections.TenderCorrections.choices",
        "approvals.Approvals.find", "approvals.Approvals.find_about", "approvals.Approvals.given_about",
        "customers.Customers.get",
        "customers.Customers.of_card", "returns.Returns.signals",
        "failed_refunds.FailedRefunds.of_return",
        "beginning.beginning_refused", "customers.Customers.words_used", "approvals.Approvals.waiting",
        "tendering_cards.CardTendering.get", "owed_charges.OwedCharges.all", "tendering_cards.CardTendering.pays",
        "tendering_cards.CardTendering.waiting", "tendering_cards.CardTendering.undecided",
        "cash_back.cash_back_refused", "card_numbers.card_number_refused", "card_refunds.CardRefunds.left",
    },
    "who there is to sign in or to ask, and what the rules are": {
        "sign_on.SignOn.staff", "approvals.Approvals.approvers", "roles.roles_of", "shop_settings.ShopSettings.*",
        "lookup.Lookup.today",
    },
    "what is on today, as the sign-in says it": {"specials.Specials.*"},
    "what goes with what": {"suggestions.Suggestions.pairs"},
    "it is the asking": {"desk.Desk.permit", "desk.Desk.still_here"},
    "asked by whoever owns the folder, from the command line": {
        "backup.look_into", "verify.verify_books", "verify.verify_shop", "books_report.find_sale",
        "books_report.items_of", "books_report.last_moment", "books_report.report_books", "books_report.set_up_of",
        "gift_card_report.card_balances", "gift_card_report.knows_card", "gift_card_report.made_numbers",
        "gift_card_report.card_id_of", "gift_card_report.numbers_by_card",
        "taken_over.receipts_taken_over",
        "policy_versions.policy_in_force", "policy_versions.policy_text_in_force",
    },
}  # fmt: skip


def called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            target = node.func
            if isinstance(target, ast.Name):
                yield target.id
            elif isinstance(target, ast.Attribute):
                mine = isinstance(target.value, ast.Name) and target.value.id == "self"
                shared = isinstance(target.value, ast.Attribute) and target.value.attr in {"open", "_open"}
                name = f"open_basket.OpenBasket.{target.attr}" if shared else target.attr
                yield f"self.{target.attr}" if mine else name


def all_back(purchase: str) -> ReturnRequest:
    """The first line of a purchase is to come back, all of one piece."""
    return ReturnRequest(purchase=purchase, lines=(LineAsked(1, Quantity.pieces(1)),))


def not_sold(purchase: str) -> ReturnRequest:
    """More than the first line of a purchase holds."""
    return ReturnRequest(purchase=purchase, lines=(LineAsked(1, Quantity.pieces(2)),))


def exchanging(workstation: Workstation, for_what: str = "BREAD") -> None:
    """A loaf comes back, for another where nothing else is named."""
    check_taken(workstation)
    workstation.sale.scan(for_what)
    assert isinstance(workstation.exchanges.begin(all_back(sold(workstation))), ExchangeView)


def functions_of_services() -> dict[str, set[str]]:
    """Every function and method of the services by its full name, with what it calls resolved as far as it can be."""
    folder = Path(next(iter(pos.services.__path__)))
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("[a-z]*.py"))}
    home = {
        node.name: module for module, tree in trees.items() for node in tree.body if isinstance(node, ast.FunctionDef)
    }
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        for node in tree.body:
            for function in node.body if isinstance(node, ast.ClassDef) else [node]:
                if not isinstance(function, ast.FunctionDef):
                    continue
                scope = f"{module}.{node.name}" if isinstance(node, ast.ClassDef) else module
                names = set()
                for name in called(function):
                    if name.startswith("self."):
                        names.add(f"{scope}.{name[5:]}")
                    elif "." in name:
                        names.add(name)
                    else:
                        names.add(f"{module if name in own else home.get(name, '')}.{name}".lstrip("."))
                found[f"{scope}.{function.name}"] = names
    return found


def writers() -> set[str]:
    functions = functions_of_services()
    # A class that is made and run inside one function: whatever it does, that function does.
    writing = {name for name, calls in functions.items() if {call.rpartition(".")[2] for call in calls} & ENDS}
    while True:
        classes = {name.rpartition(".")[0] for name in writing if name.count(".") == 2}
        more = {name for name, calls in functions.items() if calls & (writing | classes)}
        if more <= writing:
            return {name for name in writing if "._" not in name}
        writing |= more


def test_every_operation_that_writes_has_a_rule_and_no_rule_is_left_over() -> None:
    assert writers() - NOT_OPERATIONS == RULES.keys()


def readers() -> set[str]:
    """Every public function of the services that reads the books, itself or by another, and is no writer."""
    functions = functions_of_services()
    reading = {name for name, calls in functions.items() if {call.rpartition(".")[2] for call in calls} & LOOKS}
    while True:
        more = {name for name, calls in functions.items() if calls & reading}
        if more <= reading:
            return {name for name in reading if "._" not in name} - RULES.keys() - NOT_OPERATIONS
        reading |= more


def test_every_operation_that_reads_has_a_rule_and_no_rule_is_left_over() -> None:
    names = READS.keys() | {name for because in OPEN.values() for name in because}
    ruled = {name: f"{name.rpartition('.')[0]}.*" for name in readers()}
    assert {name for name, whole in ruled.items() if not {name, whole} & names} == set()
    assert {name for name in names if name not in ruled and name not in ruled.values()} == set()


@pytest.mark.parametrize("operation", READS)
def test_each_role_at_each_reading(tmp_path: Path, operation: str) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    permission, act = READS[operation]
    for person in (None, *STAFF):
        workstation.desk.operator = person
        answer = act(workstation)
        denied = isinstance(answer, Refused) and answer.code in {Code.NOT_SIGNED_ON, Code.NOT_PERMITTED}
        assert denied is not (person is not None and person.may(permission)), person
    workstation.close()


def card_paid(workstation: Workstation) -> None:
    """A sale on a card is in the books."""
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    workstation.sale.complete()


def card_owed(workstation: Workstation) -> None:
    """A card was charged for a sale that was given up, and no terminal gives it back."""
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    workstation.sale.void_sale()
    simulated(workstation).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    workstation.card_tendering.recover()


def keep_case(workstation: Workstation) -> PolicyCase | CasePlayed | Refused:
    return workstation.policies.cases.keep("late", A_CASE, ScriptCases(settings()), Wording("en"))


def case_kept(workstation: Workstation) -> None:
    workstation.desk.operator = OWNER
    assert isinstance(keep_case(workstation), PolicyCase)


def card_kept(workstation: Workstation) -> None:
    """Goods came back, and no terminal puts the money on their card; the shop asks nobody before it gives it out
    another way.
    """
    with workstation.desk.shop.books.writing() as work:
        write_policy(work, workstation.desk, NO_QUESTION, date(2020, 1, 1), None, by="")
        work.commit()
    refuse_refund(workstation)


NO_QUESTION = "policy: 1\nrules:\n  - {id: M10, card_unavailable: {to: [store_credit], ask: false}}\n"


def failed_refund(workstation: Workstation) -> tuple[str, int]:
    with workstation.desk.shop.books.reading() as work:
        (done,) = work.refunds_instead.not_taken()
    return done, 1


def opened_box(workstation: Workstation) -> None:
    """A kettle came back opened."""
    bought = sell(workstation, "09520000000011").transaction
    lines = (LineAsked(1, Quantity.pieces(1), condition="opened"),)
    assert not isinstance(workstation.returns.complete(ReturnRequest(bought.id, lines=lines)), Refused)


def paid_attempt(workstation: Workstation) -> str:
    last = workstation.sale.last_completed()
    assert last is not None
    return last.tenders[0].attempt


def signer(workstation: Workstation) -> Operator:
    """Somebody else who may decide."""
    return OWNER if workstation.desk.operator is not None and workstation.desk.operator.id == MANAGER.id else MANAGER


def prepared(workstation: Workstation) -> None:
    """A line rung up and paid, a line taken back: something to undo and redo, to change, to complete."""
    workstation.sale.scan("BREAD")
    workstation.sale.scan("BREAD")
    workstation.sale.undo()


def paid(workstation: Workstation) -> None:
    workstation.sale.scan("BREAD")
    workstation.sale.tender_cash(5_000)


def card_sold(workstation: Workstation) -> None:
    """A card, and a shop that pays it out."""
    workstation.desk.rules = replace(workstation.desk.rules, cash_out_threshold=60_000)
    assert not isinstance(workstation.gift_cards.sell(50_000, GIFT_CARD), Refused)
    sell(workstation)


def on_account(workstation: Workstation) -> None:
    with workstation.desk.shop.books.writing() as work:
        found_customers(work, workstation.desk, [Customer("C1", "Ann", account_limit=100_000)])
        work.commit()
    workstation.sale.set_customer("C1")
    workstation.sale.scan("BREAD")


def owing(workstation: Workstation) -> None:
    on_account(workstation)
    assert not isinstance(workstation.house_accounts.take(), Refused)
    assert not isinstance(workstation.sale.complete(), Refused)
    workstation.sale.set_customer("C1")


def card_with_pin(workstation: Workstation) -> None:
    """A line rung up, and a card that asks for its PIN."""
    workstation.sale.scan("BREAD")
    with workstation.desk.shop.books.writing() as work:
        take_over(work, workstation.desk, [NewGiftCard(PIN_CARD, 5_000, pin="4711")], None)
        work.commit()


def card_blocked(workstation: Workstation) -> None:
    card_sold(workstation)
    assert not isinstance(workstation.gift_card_care.disable(GIFT_CARD, "lost"), Refused)


def cards_file(workstation: Workstation) -> Path:
    path = workstation.desk.shop.folder.parent / "cards.csv"
    path.write_text("number,balance\n6006490000000000016,25.00\n")
    return path


def check_taken(workstation: Workstation) -> None:
    workstation.sale.scan("BREAD")
    assert not isinstance(workstation.checks.take(CHECK), Refused)
    assert not isinstance(workstation.sale.complete(), Refused)


def check_back(workstation: Workstation) -> None:
    check_taken(workstation)
    assert not isinstance(workstation.returned_checks.mark(sold(workstation), 1), Refused)


def asked(workstation: Workstation) -> None:
    """Apples that were weighed, a price that was typed, a phone with its number; another sale waits on its slip."""
    workstation.sale.scan("BREAD")
    workstation.suspended.suspend()
    workstation.sale.scan("4135", Quantity(500, Unit.KG))
    workstation.sale.add(Item("8", "Gift", 0, (), open_price=True), scanned="8", answers=Answers(price=500))
    workstation.sale.add(Item("9", "Phone", 900, (), serial=True), scanned="9", answers=Answers(serials=("A1",)))


def pair_kept(workstation: Workstation) -> None:
    operator, workstation.desk.operator = workstation.desk.operator, OWNER
    assert not isinstance(workstation.suggestions.put(KETTLE_WITH_BREAD), Refused)
    workstation.desk.operator = operator


def suggested(workstation: Workstation) -> None:
    pair_kept(workstation)
    assert not isinstance(workstation.sale.scan("BREAD"), Refused)


def one_waits(workstation: Workstation) -> None:
    workstation.sale.scan("BREAD")
    workstation.suspended.suspend()


def promoted(workstation: Workstation) -> None:
    operator, workstation.desk.operator = workstation.desk.operator, OWNER
    assert not isinstance(workstation.promotions.take_in([ON_COUPON]), Refused)
    workstation.desk.operator = operator


def coupon_shown(workstation: Workstation) -> None:
    promoted(workstation)
    workstation.sale.scan("BREAD")
    workstation.sale.add_coupon("SPRING")


ON_COUPON = Promotion("ON", "On coupon", Each(Reward(amount=100)), conditions=Conditions(coupon=Coupon(("SPRING",))))
KETTLE_WITH_BREAD = SuggestionPair(0, Trigger.ITEM, "1", "3")
BADGE = "KB-0123456789ABCDEF"

Prepare = Callable[[Workstation], None]
Act = Callable[[Workstation], object]


def sold(workstation: Workstation) -> str:
    """The sale there is; its receipt is in nobody's hand yet."""
    return workstation.copies.last_sale() or ""


def perhaps(workstation: Workstation) -> None:
    """A sale whose receipt may be on paper, and a slip of the same kind."""
    sell(workstation)
    slip = SuspendedSlip("AAAA", 1, "Maya", workstation.desk.now(), "CZK", 4290, (("Bread", "1"),))
    with workstation.desk.shop.books.writing() as work:
        work.paper_jobs.add(suspended_slip_job(workstation.desk, slip))
        for job in work.paper_jobs.waiting(1):
            work.paper_jobs.set_state(job.id, PaperState.UNKNOWN, "", workstation.desk.now())
        work.commit()


def documented(workstation: Workstation) -> None:
    """A sale that was made out to somebody."""
    sell_for_the_books(workstation)


def first(workstation: Workstation) -> str:
    return workstation.papers.papers()[0].job


def came_back(workstation: Workstation) -> None:
    """A return whose receipt is in nobody's hand yet."""
    take_back(workstation)
    workstation.paperwork.print_waiting()


def broke(workstation: Workstation) -> None:
    """A sale under a policy that takes nothing back that was opened, in a country whose law answers for defects."""
    check_taken(workstation)
    workstation.desk.rules = replace(workstation.desk.rules, region="CZ")
    with workstation.desk.shop.books.writing() as work:
        write_policy(work, workstation.desk, UNOPENED_ONLY, date(2020, 1, 1), None, by="")
        work.commit()


UNOPENED_ONLY = "policy: 1\nrules:\n  - {id: R1, condition: {accept: [unopened]}, override: none}\n"


def broken(workstation: Workstation) -> ReturnRequest:
    """Its first line is defective."""
    return ReturnRequest(sold(workstation), lines=(LineAsked(1, Quantity.pieces(1), condition="defective"),))


def claimed(workstation: Workstation) -> None:
    broke(workstation)
    assert not isinstance(workstation.return_claims.take_in(broken(workstation)), Refused)


def claim_of(workstation: Workstation) -> str:
    """The number of the claim there is."""
    with workstation.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.CLAIM_TAKEN_IN)
    return f"{entry.workstation}/{entry.sequence}"


def signed(workstation: Workstation) -> None:
    came_back(workstation)
    workstation.desk.operator = OWNER
    assert not isinstance(keep_signature(workstation.desk, brought(workstation), Signer.CUSTOMER, DRAWN), Refused)


def copies(workstation: Workstation) -> Copies:
    return Copies(workstation.desk, prints=True)


def return_copies(workstation: Workstation) -> ReturnCopies:
    return ReturnCopies(workstation.desk, prints=True)


TAGS = [PackChoice("disposition_tag:0")]


def brought(workstation: Workstation) -> str:
    """The last thing that came back."""
    with workstation.desk.shop.books.reading() as work:
        return work.returns.tied_to(sold(workstation))[-1].id


def badge_given(workstation: Workstation) -> None:
    workstation.desk.operator = OWNER
    assert workstation.people.give_badge("101", BADGE) == CASHIER


def ann_known(workstation: Workstation) -> None:
    workstation.desk.operator = OWNER
    assert not isinstance(workstation.customers.add(Customer("C1", "Ann Novák")), Refused)


def role_added(workstation: Workstation) -> None:
    workstation.desk.operator = OWNER
    assert isinstance(workstation.roles.set_role(ShopRole("lead", Role.CASHIER, "Lead")), ShopRoles)


def ann_buys(workstation: Workstation) -> None:
    """Ann has points, the shop takes them, and the sale is hers."""
    desk = workstation.desk
    desk.operator = OWNER
    assert not isinstance(workstation.shop_settings.change({"point_worth": 10}), Refused)
    with desk.shop.books.writing() as work:
        found_customers(work, desk, [Customer("C1", "Ann Novák", points=5)])
        work.commit()
    workstation.sale.scan("BREAD")
    workstation.sale.set_customer("C1")


def logo_file(workstation: Workstation) -> Path:
    path = workstation.desk.shop.folder.parent / "logo.png"
    path.write_bytes(as_file(drawn()))
    return path


def logo_set(workstation: Workstation) -> None:
    workstation.desk.operator = OWNER
    assert not isinstance(set_logo(workstation.desk, logo_file(workstation)), Refused)


def items_file(workstation: Workstation) -> Path:
    path = workstation.desk.shop.folder.parent / "items.csv"
    path.write_text("id,name,price,tax,code\n77,Jam,4.50,food,JAM\n")
    return path


def sales_file(workstation: Workstation) -> Path:
    path = workstation.desk.shop.folder.parent / "sales.csv"
    path.write_text("receipt,date,code,quantity,price\nOLD-9,2026-01-02,JAM,1,4.50\n")
    return path


def counted(workstation: Workstation) -> None:
    """The float is there, and nothing else moved."""
    assert not isinstance(workstation.counts.count({"1000": "1"}), Refused)


def ended(workstation: Workstation) -> None:
    end_till(workstation)


ACTS: dict[str, tuple[Prepare, Act]] = {
    "sale.Sale.scan": (prepared, lambda w: w.sale.scan("BREAD")),
    "gift_cards.GiftCards.sell": (prepared, lambda w: w.gift_cards.sell(50_000)),
    "house_accounts.HouseAccounts.pay_off": (owing, lambda w: w.house_accounts.pay_off()),
    "gift_cards.GiftCards.balance": (card_with_pin, lambda w: w.gift_cards.balance(PIN_CARD, "0000")),
    "tendering_gift_cards.GiftCardTendering.take": (
        card_with_pin,
        lambda w: w.gift_card_tenders.take(PIN_CARD, pin="4711"),
    ),
    "gift_cards.GiftCards.reload": (card_sold, lambda w: w.gift_cards.reload(GIFT_CARD, 50_000)),
    "gift_card_care.GiftCardCare.cash_out": (card_sold, lambda w: w.gift_card_care.cash_out(GIFT_CARD)),
    "gift_card_care.GiftCardCare.disable": (card_sold, lambda w: w.gift_card_care.disable(GIFT_CARD, "lost")),
    "gift_card_care.GiftCardCare.enable": (card_blocked, lambda w: w.gift_card_care.enable(GIFT_CARD, "found_again")),
    "gift_card_import.import_gift_cards": (prepared, lambda w: import_gift_cards(w.desk, cards_file(w))),
    "sale.Sale.add_item": (prepared, lambda w: w.sale.add_item("1")),
    "sale.Sale.add": (prepared, lambda w: w.sale.add(w.catalogue.find("BREAD"), scanned="BREAD")),  # type: ignore[arg-type]
    "sale.Sale.set_quantity": (prepared, lambda w: w.sale.set_quantity(0, Quantity.pieces(3))),
    "sale.Sale.remove_line": (prepared, lambda w: w.sale.remove_line(0)),
    "sale.Sale.set_weight": (asked, lambda w: w.sale.set_weight(0, Weighed(Quantity(750, Unit.KG), tare=20))),
    "sale.Sale.set_open_price": (asked, lambda w: w.sale.set_open_price(1, 700)),
    "sale.Sale.set_serials": (asked, lambda w: w.sale.set_serials(2, ("B2",))),
    "sale.Sale.set_note": (asked, lambda w: w.sale.set_note(0, "ripe")),
    "sale.Sale.set_customer": (ann_known, lambda w: w.sale.set_customer("C1")),
    "markdowns.Markdowns.override_price": (prepared, lambda w: w.markdowns.override_price(0, 4_200, "price_match")),
    "markdowns.Markdowns.discount_line": (
        prepared,
        lambda w: w.markdowns.discount_line(0, "goodwill", percent_millionths=50_000),
    ),
    "markdowns.Markdowns.discount_receipt": (prepared, lambda w: w.markdowns.discount_receipt("goodwill", amount=10)),
    "sale.Sale.spend_points": (ann_buys, lambda w: w.sale.spend_points(2)),
    "sale.Sale.decline_suggestion": (suggested, lambda w: w.sale.decline_suggestion()),
    "suggestions.Suggestions.put": (lambda w: None, lambda w: w.suggestions.put(KETTLE_WITH_BREAD)),
    "sale.Sale.add_coupon": (promoted, lambda w: w.sale.add_coupon("SPRING")),
    "sale.Sale.remove_coupon": (coupon_shown, lambda w: w.sale.remove_coupon("SPRING")),
    "promotions.Promotions.take_in": (lambda w: None, lambda w: w.promotions.take_in([ON_COUPON])),
    "promotions.Promotions.switch": (promoted, lambda w: w.promotions.switch("ON", active=False)),
    "suggestions.Suggestions.remove": (pair_kept, lambda w: w.suggestions.remove(1)),
    "suspended.Suspended.suspend": (asked, lambda w: w.suspended.suspend()),
    "suspended.Suspended.recall": (one_waits, lambda w: w.suspended.recall("S1")),
    "suspended.Suspended.recall_last": (one_waits, lambda w: w.suspended.recall_last()),
    "suspended.Suspended.swap": (asked, lambda w: w.suspended.swap("S1")),
    "quick_keys.QuickKeys.arrange": (lambda w: None, lambda w: w.quick_keys.arrange([KeyPage("Mine")])),
    "reasons.arrange_reasons": (
        lambda w: None,
        lambda w: arrange_reasons(w.desk, ReasonKind.VOID_LINE, [Reason("rain", "Rain")]),
    ),
    "card_refunds.CardRefunds.begin": (
        card_paid,
        lambda w: w.card_tendering.refunds.begin(paid_attempt(w), 1_000, "return"),
    ),
    "card_refunds.CardRefunds.compare_totals": (
        lambda w: None,
        lambda w: w.card_tendering.refunds.compare_totals(end_period=True),
    ),
    "card_refunds.CardRefunds.begin_unreferenced": (
        lambda w: None,
        lambda w: w.card_tendering.refunds.begin_unreferenced(
            CardKind.CREDIT, 1_000, "return", Answer(signer(w).id, pin_of(signer(w)))
        ),
    ),
    "owed_charges.OwedCharges.ask_again": (
        card_owed,
        lambda w: w.card_tendering.owed.ask_again(w.card_tendering.owed.all()[0].attempt.id),
    ),
    "tendering_cards.CardTendering.begin": (prepared, lambda w: w.card_tendering.begin(CardKind.CREDIT, 1_000)),
    "tendering.Tendering.take": (prepared, lambda w: w.tendering.take("swish", 1_000, "A-1")),
    "tendering.Tendering.place": (
        prepared,
        lambda w: w.tendering.place(program_rule(TenderKind.CASH), Tender(TenderKind.CASH, 5_000)),
    ),
    "post_voids.PostVoids.post_void": (check_taken, lambda w: w.post_voids.post_void(sold(w), "test")),
    "exchanges.Exchanges.begin": (check_taken, lambda w: w.exchanges.begin(all_back(sold(w)))),
    "exchanges.Exchanges.pay": (lambda w: exchanging(w, "09520000000011"), lambda w: w.exchanges.pay()),
    "exchanges.Exchanges.cancel": (exchanging, lambda w: w.exchanges.cancel() or True),
    "exchanges.Exchanges.complete": (exchanging, lambda w: w.exchanges.complete()),
    "policies.Policies.put": (lambda w: None, lambda w: w.policies.put("policy: 1\n", w.desk.now().date())),
    "policy_cases.PolicyCases.keep": (lambda w: None, keep_case),
    "policy_cases.PolicyCases.remove": (case_kept, lambda w: w.policies.cases.remove(1)),
    "failed_refunds.FailedRefunds.again": (
        card_kept,
        lambda w: w.failed_refunds.again(*failed_refund(w)),
    ),
    "failed_refunds.FailedRefunds.give": (
        card_kept,
        lambda w: w.failed_refunds.give(*failed_refund(w), "store_credit"),
    ),
    "return_claims.ReturnClaims.take_in": (broke, lambda w: w.return_claims.take_in(broken(w))),
    "return_claims.ReturnClaims.settle": (claimed, lambda w: w.return_claims.settle(claim_of(w), "repair")),
    "return_refusals.ReturnRefusals.note": (check_taken, lambda w: w.return_refusals.note(not_sold(sold(w)))),
    "returns.Returns.complete": (check_taken, lambda w: w.returns.complete(all_back(sold(w)))),
    "tender_corrections.TenderCorrections.correct": (
        check_taken,
        lambda w: w.tender_corrections.correct(CorrectionWish(sold(w), 1, "cash", "wrong_key")),
    ),
    "returned_checks.ReturnedChecks.mark": (check_taken, lambda w: w.returned_checks.mark(sold(w), 1)),
    "returned_checks.ReturnedChecks.settle": (check_back, lambda w: w.returned_checks.settle(sold(w), 1)),
    "tendering.Tendering.give_back": (paid, lambda w: w.tendering.give_back(1)),
    "tendering.Tendering.give_all_back": (paid, lambda w: w.tendering.give_all_back()),
    "sale.Sale.undo": (prepared, lambda w: w.sale.undo()),
    "sale.Sale.redo": (prepared, lambda w: w.sale.redo()),
    "sale.Sale.void_sale": (prepared, lambda w: w.sale.void_sale()),
    "sale.Sale.complete": (paid, lambda w: w.sale.complete()),
    "tills.Tills.open_till": (lambda w: None, lambda w: w.tills.open_till(100)),
    "till_moves.TillMoves.loan": (lambda w: None, lambda w: w.till_moves.loan(100, "change")),
    "till_moves.TillMoves.pickup": (lambda w: None, lambda w: w.till_moves.pickup(100, "bank")),
    "till_moves.TillMoves.paid_in": (lambda w: None, lambda w: w.till_moves.paid_in(100, "found_cash")),
    "till_moves.TillMoves.paid_out": (lambda w: None, lambda w: w.till_moves.paid_out(100, "postage")),
    "till_moves.TillMoves.no_sale": (lambda w: None, lambda w: w.till_moves.no_sale("change")),
    "counts.Counts.count": (lambda w: None, lambda w: w.counts.count({"5000": "2"})),
    "till_close.TillClosing.close": (counted, lambda w: w.till_closing.close()),
    "day_reports.DayReports.x_report": (lambda w: None, lambda w: w.day_reports.x_report()),
    "day_reports.DayReports.print_again": (ended, lambda w: w.day_reports.print_again(1)),
    "suspended.Suspended.void": (one_waits, lambda w: w.suspended.void("S1", "customer_left")),
    "customers.Customers.add": (lambda w: None, lambda w: w.customers.add(Customer("", "Ann Novák"))),
    "customers.Customers.change": (ann_known, lambda w: w.customers.change(Customer("C1", "Ann Nová"))),
    "customers.Customers.erase": (ann_known, lambda w: w.customers.erase("C1")),
    "customer_export.export_customer": (
        ann_known,
        lambda w: export_customer(w.desk, "C1", w.desk.shop.folder.parent / "ann.json"),
    ),
    "people.People.add": (lambda w: None, lambda w: w.people.add(Operator("501", "Eva Malá", Role.CASHIER), "918273")),
    "people.People.rename": (lambda w: None, lambda w: w.people.rename("101", "Maya R.")),
    "people.People.change_role": (lambda w: None, lambda w: w.people.change_role("101", Role.TRAINEE)),
    "people.People.change_language": (lambda w: None, lambda w: w.people.change_language("101", "sv")),
    "people.People.new_pin": (lambda w: None, lambda w: w.people.new_pin("101", "918273")),
    "people.People.end": (lambda w: None, lambda w: w.people.end("101")),
    "people.People.take_back": (lambda w: None, lambda w: w.people.take_back("101")),
    "people.People.unlock": (lambda w: None, lambda w: w.people.unlock("101")),
    "people.People.make_badge": (lambda w: None, lambda w: w.people.make_badge("101")),
    "people.People.give_badge": (lambda w: None, lambda w: w.people.give_badge("101", BADGE)),
    "people.People.take_badge": (badge_given, lambda w: w.people.take_badge("101")),
    "roles.RolesDesk.set_role": (lambda w: None, lambda w: w.roles.set_role(ShopRole("lead", Role.CASHIER, "Lead"))),
    "roles.RolesDesk.remove_role": (role_added, lambda w: w.roles.remove_role("lead")),
    "shop_settings.ShopSettings.change": (lambda w: None, lambda w: w.shop_settings.change({"name": "Other"})),
    "shop_logo.set_logo": (lambda w: None, lambda w: set_logo(w.desk, logo_file(w))),
    "shop_logo.remove_logo": (logo_set, lambda w: remove_logo(w.desk)),
    "copies.Copies.print_again": (perhaps, lambda w: copies(w).print_again(sold(w))),
    "return_pack.ReturnPacks.save_sheets": (
        came_back,
        lambda w: w.return_packs.save_sheets(brought(w), TAGS, w.desk.shop.folder.parent),
    ),
    "signatures.keep_signature": (came_back, lambda w: keep_signature(w.desk, brought(w), Signer.CUSTOMER, DRAWN)),
    "signatures.clear_signature": (signed, lambda w: clear_signature(w.desk, brought(w), Signer.CUSTOMER)),
    "return_pack.ReturnPacks.print_chosen": (came_back, lambda w: w.return_packs.print_chosen(brought(w), TAGS)),
    "return_pack.ReturnPacks.print_again": (came_back, lambda w: w.return_packs.print_again(brought(w), TAGS)),
    "return_pack.ReturnPacks.save": (
        came_back,
        lambda w: w.return_packs.save(brought(w), TAGS, w.desk.shop.folder.parent),
    ),
    "return_copies.ReturnCopies.print_last_of": (came_back, lambda w: return_copies(w).print_last_of(sold(w))),
    "return_copies.ReturnCopies.print_again": (came_back, lambda w: return_copies(w).print_again(brought(w))),
    "return_copies.ReturnCopies.e_receipt": (
        came_back,
        lambda w: return_copies(w).e_receipt(brought(w), w.desk.shop.folder.parent),
    ),
    "copies.Copies.gift_receipt": (perhaps, lambda w: copies(w).gift_receipt(sold(w))),
    "tax_exemption.TaxExemptions.exempt": (prepared, lambda w: w.exemptions.exempt("E1")),
    "tax_documents.TaxDocuments.make_out": (perhaps, lambda w: w.tax_documents.make_out(sold(w), BUYER)),
    "tax_documents.TaxDocuments.print": (documented, lambda w: TaxDocuments(w.desk, prints=True).print(sold(w))),
    "copies.Copies.e_receipt": (perhaps, lambda w: copies(w).e_receipt(sold(w), w.desk.shop.folder.parent)),
    "paper_queue.PaperQueue.came_out": (perhaps, lambda w: w.papers.came_out(first(w))),
    "paper_queue.PaperQueue.give_up": (
        perhaps,
        lambda w: w.papers.give_up(w.papers.papers()[0].job, GivenUp.NOT_WANTED),
    ),
    "paper_queue.PaperQueue.slip_again": (
        perhaps,
        lambda w: w.papers.slip_again(next(paper.job for paper in w.papers.papers() if not paper.receipt)),
    ),
    "catalogue.Catalogue.new_item": (lambda w: None, lambda w: w.catalogue.new_item(Item("77", "Jam", 450, ("food",)))),
    "catalogue.Catalogue.edit_item": (
        lambda w: None,
        lambda w: w.catalogue.edit_item(Item("1", "Rye bread", 4_290, ("food",))),
    ),
    "catalogue.Catalogue.set_price": (lambda w: None, lambda w: w.catalogue.set_price("1", 4_490)),
    "catalogue.Catalogue.add_code": (lambda w: None, lambda w: w.catalogue.add_code("1", "RYE")),
    "catalogue.Catalogue.remove_code": (lambda w: None, lambda w: w.catalogue.remove_code("1", "BREAD")),
    "catalogue.Catalogue.retire": (lambda w: None, lambda w: w.catalogue.retire("1")),
    "stock.Stock.receive": (lambda w: None, lambda w: w.stock.receive([StockLine("1", 5_000)])),
    "stock.Stock.shelve_open_box": (opened_box, lambda w: w.stock.shelve_open_box("3", 99_900)),
    "stock.Stock.count": (lambda w: None, lambda w: w.stock.count([StockLine("1", 5_000)])),
    "stock.Stock.correct": (
        lambda w: None,
        lambda w: w.stock.correct(StockLine("1", -1_000), next(iter(StockReason))),
    ),
    "import_preview.keep_profile": (lambda w: None, lambda w: keep_profile(w.desk, "Bakery", ImportOptions())),
    "item_import.import_items": (lambda w: None, lambda w: import_items(w.desk, items_file(w), ImportOptions())),
    "sale_preview.keep_sale_profile": (
        lambda w: None,
        lambda w: keep_sale_profile(w.desk, "Old till", SaleImportOptions()),
    ),
    "sale_import.import_sales": (lambda w: None, lambda w: import_sales(w.desk, sales_file(w), SaleImportOptions())),
}


def test_every_permission_is_tried_out() -> None:
    assert ACTS.keys() == {name for name, rule in RULES.items() if isinstance(rule, Permission)}


@pytest.mark.parametrize("person", [None, *STAFF], ids=lambda person: person.role if person else "nobody")
@pytest.mark.parametrize("operation", ACTS)
def test_each_role_at_each_operation(tmp_path: Path, operation: str, person: Operator | None) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder, terminal="simulated")
    prepare, act = ACTS[operation]
    prepare(workstation)
    workstation.desk.operator = person
    before, view = contents(folder), workstation.sale.view
    answer = act(workstation)
    rule = RULES[operation]
    assert isinstance(rule, Permission)
    denied = isinstance(answer, Refused) and answer.code in {Code.NOT_SIGNED_ON, Code.NOT_PERMITTED}
    if person is not None and person.may(rule):
        assert not denied
        assert answer is not None
        assert contents(folder) != before or answer == Refused(Code.TILL_OPEN)
    else:
        if operation.endswith(("undo", "redo")):
            assert answer is None
        else:
            assert answer == Refused(Code.NOT_PERMITTED if person else Code.NOT_SIGNED_ON)
        assert contents(folder) == before
        assert workstation.sale.view == view
    workstation.close()


def test_rights_go_with_the_person_who_leaves(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    for person, may in ((MANAGER, True), (CASHIER, False), (OWNER, True), (TRAINEE, False)):
        workstation.desk.operator = person
        answer = workstation.desk.permit(Permission.MANAGE_ITEMS)
        assert answer == (person if may else Refused(Code.NOT_PERMITTED))
    workstation.sign_on.sign_off()
    assert workstation.desk.permit(Permission.SELL) == Refused(Code.NOT_SIGNED_ON)
    workstation.sign_on.sign_off()
    workstation.close()
