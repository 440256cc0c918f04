"""The check beside the payment: read by a scan, typed by keyboard alone, and each refusal at its field."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from pos.domain.check import TypedCheck
from pos.domain.refusal import Code, Refused
from pos.ui.pay.check_panel import CheckPanel
from pos.wording import LANGUAGES, Wording

LINE = "T021000021T 000123456789U 1042"


class Shown:
    """A panel in a window as wide as the side of the payment, and what it gave."""

    def __init__(self, language: str = "en", *, asks_document: bool = False, starters: bool = False) -> None:
        self.window = QWidget()
        self.window.resize(392, 624)
        self.panel = CheckPanel()
        QVBoxLayout(self.window).addWidget(self.panel)
        self.panel.retranslate(Wording(language))
        self.given: list[TypedCheck] = []
        self.panel.given.connect(self.given.append)
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()
        self.panel.begin(asks_document=asks_document, starters=starters)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        QTest.keyClicks(focused, text)
        QTest.keyClick(focused, Qt.Key.Key_Return)


@pytest.fixture
def shown(qapp: QApplication) -> Shown:
    del qapp
    return Shown()


def test_three_numbers_and_enter(shown: Shown) -> None:
    shown.type("021000021")
    shown.type("123456")
    assert not shown.given
    shown.type("1042")
    assert shown.given == [TypedCheck("021000021", "123456", "1042")]


def test_a_scan_fills_in_the_line_and_nothing_else_is_one(shown: Shown) -> None:
    assert not shown.panel.take_scan("9520000001018")
    assert not shown.panel.take_scan("T0210?0021T 1U")
    assert shown.panel.typed == TypedCheck()
    assert shown.panel.take_scan(LINE + "\r")
    shown.panel.confirm()
    assert shown.given == [TypedCheck("021000021", "000123456789", "1042")]


def test_a_reader_that_types_into_a_field_is_read_too(shown: Shown) -> None:
    for sign in LINE:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, sign)
    assert shown.panel.typed == TypedCheck("021000021", "000123456789", "1042")


def test_a_line_without_its_number_leads_to_it(shown: Shown) -> None:
    assert shown.panel.take_scan("T021000021T 123456789U")
    shown.type("77")
    assert [check.number for check in shown.given] == ["77"]


def test_a_document_is_asked_for_where_the_amount_asks(qapp: QApplication) -> None:
    del qapp
    shown = Shown(asks_document=True)
    shown.panel.take_scan(LINE)
    shown.panel.confirm()
    assert not shown.given
    assert shown.panel.document.editor.hasFocus()
    shown.panel.document.set_text("passport")
    shown.panel.confirm()
    assert [check.id_seen for check in shown.given] == ["passport"]


def test_what_somebody_else_made_out_is_said(qapp: QApplication) -> None:
    del qapp
    shown = Shown(starters=True)
    shown.panel.take_scan(LINE)
    shown.panel.third_party.click()
    shown.panel.starter.click()
    shown.panel.confirm()
    (check,) = shown.given
    assert check.third_party
    assert check.starter
    assert "yes" in shown.panel.third_party.accessibleName()
    shown.panel.begin(asks_document=False, starters=False)
    assert shown.panel.starter.isHidden()
    assert shown.panel.typed == TypedCheck()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_leads_to_its_field_and_says_why(qapp: QApplication, language: str) -> None:
    del qapp
    shown, words = Shown(language), Wording(language)
    panel = shown.panel
    day = Refused(Code.CHECK_POST_DATED, {"day": date(2026, 12, 1)})
    for refused, field in (
        (Refused(Code.ROUTING_INVALID), panel.routing),
        (Refused(Code.CHECK_ACCOUNT, {"least": 4, "most": 17}), panel.account),
        (Refused(Code.CHECK_NUMBER, {"most": 10}), panel.number),
        (day, panel.day),
        (Refused(Code.CHECK_ID, {"most": 30}), panel.document),
    ):
        panel.refuse([refused])
        assert panel.said == words.refusal(refused) == field.editor.accessibleDescription()
        assert field.editor.hasFocus()
    panel.refuse([Refused(Code.CHECK_THIRD_PARTY), day])
    assert panel.said == words.refusal(day)
    panel.refuse([Refused(Code.BAD_CHECK_OUTSTANDING)])
    assert panel.said == words.refusal(Refused(Code.BAD_CHECK_OUTSTANDING))
    panel.day.editor.setFocus()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    QTest.keyClicks(focused, "1")
    assert panel.said == ""


def test_every_part_is_named_and_large_enough(shown: Shown) -> None:
    panel = shown.panel
    parts = [field.editor for field in panel.fields]
    parts += [panel.close_button, panel.third_party, panel.starter, panel.give_button]
    for part in parts:
        assert part.accessibleName(), part.objectName()
        assert part.objectName().startswith("pay.check.")
        assert part.minimumSizeHint().height() >= 44 or part.height() >= 44 or part.minimumHeight() >= 44
