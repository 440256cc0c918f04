"""Tax at the till: an exempt sale, the notice the law asks for, and the tax document before and after completion."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain import tax_document
from pos.domain.tax_document import Buyer
from pos.services.demo_shop import DEMO_PINS
from pos.ui.journal.screen import JournalScreen
from pos.ui.pay.screen import PayScreen
from pos.ui.shared.buyer_form import BuyerForm
from tests.lane import DANA, KETTLE, MAYA, MUG, SOAP, Lane

# 45.00 + 9.50 + 5.25, without tax and with 7.25 % on each
WITHOUT, WITH_TAX = 5975, 6408


def at_the_money(lane: Lane, person: str) -> PayScreen:
    lane.sign_in(person)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane.shell.pay


def fill(form: BuyerForm, number: str = "") -> None:
    for field, text in zip(form.fields, ("Novák s.r.o.", "Lidická 12", "602 00 Brno", number), strict=True):
        field.set_text(text)


def asks(pay: PayScreen) -> bool:
    return pay.side.entry is not None


def total(lane: Lane) -> int:
    return lane.opened.workstation.sale.view.priced.total


def test_a_certificate_that_is_typed_takes_the_tax_off_and_can_be_taken_back(lane: Lane) -> None:
    pay = at_the_money(lane, DANA)
    lane.trigger("pay.keys.exempt")
    assert pay.side.exempt.said == "$59.75 without tax, $64.08 with tax"
    QTest.keyClicks(pay.side.exempt.field.edit, "EX 4711")
    QTest.keyClick(pay.side.exempt.field.edit, Qt.Key.Key_Return)
    assert total(lane) == WITHOUT
    assert "no tax, certificate EX 4711" in pay.due.accessibleName()
    assert pay.received.text() == "$59.75"
    assert lane.shell.screen_shown is pay
    lane.trigger("pay.keys.exempt")
    QTest.mouseClick(pay.side.exempt.again_button, Qt.MouseButton.LeftButton)
    assert total(lane) == WITH_TAX
    assert pay.received.text() == "$64.08"


def test_a_certificate_can_be_scanned_and_goes_into_the_books(lane: Lane) -> None:
    pay = at_the_money(lane, DANA)
    lane.trigger("pay.keys.exempt")
    lane.window.scanned("EX-2026-0815")
    QTest.keyClick(pay.received, Qt.Key.Key_Return)
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    assert sale.exemption is not None
    assert (sale.exemption.certificate, sale.total, sale.tax) == ("EX-2026-0815", WITHOUT, 0)


def test_a_cashier_asks_and_who_agrees_does_it_in_place(lane: Lane) -> None:
    pay = at_the_money(lane, MAYA)
    lane.trigger("pay.keys.exempt")
    QTest.keyClicks(pay.side.exempt.field.edit, "EX 4711")
    QTest.keyClick(pay.side.exempt.field.edit, Qt.Key.Key_Return)
    sheet = lane.shell.overlays.approval
    assert sheet.isVisible()
    assert "Sell without tax, certificate EX 4711" in sheet.accessibleName()
    assert total(lane) == WITH_TAX
    QTest.keyClicks(sheet.pin, DEMO_PINS[DANA])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert total(lane) == WITHOUT
    assert not asks(pay)
    assert lane.shell.screen_shown is pay
    assert "no tax, certificate EX 4711" in pay.due.accessibleName()


def test_escape_leaves_the_question_and_not_the_payment(lane: Lane) -> None:
    pay = at_the_money(lane, DANA)
    for key in ("exempt", "tax_document"):
        lane.trigger(f"pay.keys.{key}")
        assert asks(pay)
        lane.trigger("pay.keys.back")
        assert not asks(pay)
        assert lane.shell.screen_shown is pay


def test_the_notice_is_there_only_above_the_law_s_limit(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    pay = at_the_money(lane, MAYA)
    assert not pay.banner.message
    monkeypatch.setattr(tax_document, "_SIMPLIFIED_MAX", {("US", "USD"): 64})
    pay.enter()
    assert "Above $64 a business needs a tax document. Alt T takes its name" in pay.banner.message
    QTest.keyClick(pay.received, Qt.Key.Key_Return)
    assert lane.shell.screen_shown is lane.shell.done


def test_a_buyer_named_at_the_payment_has_the_document_with_the_sale(lane: Lane) -> None:
    pay = at_the_money(lane, MAYA)
    lane.trigger("pay.keys.tax_document")
    fill(pay.side.buyer, "CZ123")
    lane.trigger("pay.keys.complete")
    assert "“CZ123” is no VAT number" in pay.side.buyer.number.refusal
    pay.side.buyer.number.set_text("CZ25123891")
    lane.trigger("pay.keys.complete")
    assert pay.side.wanted_buyer == Buyer("Novák s.r.o.", "Lidická 12\n602 00 Brno", "CZ", "CZ25123891")
    lane.trigger("pay.keys.complete")
    done = lane.shell.done
    assert lane.shell.screen_shown is done
    assert lane.opened.workstation.tax_documents.buyer_of(done.transaction_id) is not None
    # This till has no printer: what cannot be printed is kept as a file.
    assert "Tax document saved." in done.banner.message


def test_the_next_sale_has_no_buyer_yet(lane: Lane) -> None:
    pay = at_the_money(lane, MAYA)
    lane.trigger("pay.keys.tax_document")
    fill(pay.side.buyer)
    pay.side.buyer.number.editor.setFocus()
    lane.trigger("pay.keys.complete")
    lane.trigger("pay.keys.complete")
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.pay")
    assert pay.side.wanted_buyer is None


def test_after_the_sale_the_form_stands_where_the_paper_was(lane: Lane) -> None:
    pay = at_the_money(lane, MAYA)
    lane.trigger("pay.keys.complete")
    done = lane.shell.done
    lane.trigger("done.keys.tax_document")
    form = done.aside.form
    QTest.keyClicks(form.name.editor, "Alder 7")
    assert lane.shell.screen_shown is done
    lane.trigger("done.keys.next")
    assert lane.shell.screen_shown is done, "Enter belongs to the form"
    fill(form)
    QTest.mouseClick(form.file_button, Qt.MouseButton.LeftButton)
    assert "Tax document saved." in done.banner.message
    assert list(lane.shell.papers.folder.glob("*-tax-1.pdf"))
    lane.trigger("done.keys.tax_document")
    assert form.name.text == "Novák s.r.o."
    lane.trigger("done.keys.back")
    assert done.isVisible()
    lane.trigger("done.keys.back")
    assert lane.shell.sell.isVisible()
    assert not asks(pay)


def test_the_journal_makes_one_out_for_an_older_sale(lane: Lane) -> None:
    at_the_money(lane, MAYA)
    lane.trigger("pay.keys.complete")
    lane.shell.open_place("journal")
    journal = lane.shell.screen_shown
    assert isinstance(journal, JournalScreen)
    journal.list.step(1)
    lane.trigger("journal.keys.tax_document")
    primary = lane.window.findChild(QAction, "journal.keys.again")
    assert primary is not None
    assert primary.text() == "Print"
    fill(journal.aside.form)
    journal.aside.form.number.editor.setFocus()
    lane.trigger("journal.keys.again")
    assert "Tax document saved." in journal.banner.message
    assert journal.aside.entry is None
