"""A returned check beside the journal: marked with a fee, settled in cash, by Enter alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedRecord
from pos.domain.transaction import Transaction
from pos.services.sale import CompletedSale
from pos.ui.journal.returned_check import ReturnedCheckPanel
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import CHECK, TRAINEE, HandClock, new_shop, open_up


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def till(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), clock=clock)
    yield workstation
    workstation.close()


@pytest.fixture
def panel(qapp: QApplication, till: Workstation) -> Iterator[ReturnedCheckPanel]:
    del qapp
    window = QWidget()
    window.resize(446, 600)
    made = ReturnedCheckPanel(till)
    QVBoxLayout(window).addWidget(made)
    made.retranslate(Wording("en"))
    window.show()
    yield made
    window.close()


def sold(till: Workstation, *amounts: int) -> Transaction:
    """A kettle, so many minor units of it by check, the rest in cash."""
    till.sale.scan("09520000000011")
    for number, amount in enumerate(amounts, start=1):
        assert not isinstance(
            till.checks.take(CHECK.__class__(CHECK.routing, CHECK.account, str(number)), amount), Refused
        )
    till.sale.tender_cash(till.sale.view.priced.due_cash)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done.transaction


def known(till: Workstation, sale: Transaction, tender: int) -> ReturnedRecord:
    record = till.returned_checks.find(sale.id, tender)
    assert isinstance(record, ReturnedRecord)
    return record


def test_marked_and_days_later_settled(panel: ReturnedCheckPanel, till: Workstation, clock: HandClock) -> None:
    said: list[str] = []
    panel.said.connect(said.append)
    cash: list[bool] = []
    panel.settled.connect(lambda paper: cash.append(bool(paper)))
    sale = sold(till, 20_000)
    panel.begin(sale)
    assert panel.choice.isHidden()
    assert panel.told == "Check 1, account ••••6789: CZK\u00a0200.00. It did not come back."
    assert panel.fee.text == "5.00"
    panel.fee.set_text("25")
    panel.confirm()
    assert known(till, sale, 1).check.owed == 22_500
    assert panel.fee.isHidden()
    assert "CZK\u00a0225.00 is owed" in panel.told
    assert not cash
    clock.moment += timedelta(days=3)
    panel.confirm()
    assert known(till, sale, 1).settled_at is not None
    assert panel.told.endswith("Came back Nov 21, 2026, settled Nov 24, 2026 with CZK\u00a0225.00.")
    assert panel.do_button.isHidden()
    assert cash == [True]
    panel.confirm()
    assert said == [
        "The check is marked as returned. CZK\u00a0225.00 is owed for it.",
        "The check is settled: CZK\u00a0225.00 in cash.",
    ]


def test_of_several_checks_one_is_chosen(panel: ReturnedCheckPanel, till: Workstation) -> None:
    sale = sold(till, 20_000, 30_000)
    panel.begin(sale)
    assert panel.choice.isVisible()
    panel.choice.buttons["2"].click()
    panel.confirm()
    assert till.returned_checks.find(sale.id, 1) is None
    assert known(till, sale, 2).check.amount == 30_000
    panel.choice.buttons["1"].click()
    assert panel.told.endswith("It did not come back.")


def test_a_fee_that_is_none_is_refused_at_its_field(panel: ReturnedCheckPanel, till: Workstation) -> None:
    sale = sold(till, 20_000)
    panel.begin(sale)
    panel.fee.set_text("a lot")
    panel.confirm()
    assert "a lot" in panel.fee.refusal
    assert till.returned_checks.find(sale.id, 1) is None


def test_a_fee_is_shown_and_read_with_the_comma_of_the_language(panel: ReturnedCheckPanel, till: Workstation) -> None:
    panel.retranslate(Wording("cs"))
    sale = sold(till, 20_000)
    panel.begin(sale)
    assert panel.fee.text == "5,00"
    panel.fee.set_text("25,50")
    panel.confirm()
    assert known(till, sale, 1).check.fee == 2_550


def test_who_may_not_is_refused(panel: ReturnedCheckPanel, till: Workstation) -> None:
    refused: list[Refused] = []
    panel.refused.connect(refused.append)
    sale = sold(till, 20_000)
    till.desk.operator = TRAINEE
    panel.begin(sale)
    assert [each.code for each in refused] == [Code.NOT_PERMITTED]


def test_leaving_and_names(panel: ReturnedCheckPanel, till: Workstation) -> None:
    left: list[bool] = []
    panel.left.connect(lambda: left.append(True))
    panel.begin(sold(till, 20_000))
    QTest.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert left
    for part in (panel.close_button, panel.fee.editor, panel.do_button, panel.choice):
        assert part.accessibleName(), part.objectName()
    assert ReturnedCheckPanel.checks_of(sold(till)) == ()
