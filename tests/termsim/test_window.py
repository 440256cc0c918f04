"""The window in which a person plays the customer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos.speech import LANGUAGES, Speech
from pos.termsim.customer import Step
from pos.termsim.messages import Profile
from pos.termsim.outcomes import NAMES
from pos.termsim.simulator import Options, Simulator
from pos.termsim.terminal_words import OUTCOMES, POSTINGS, STEPS
from pos.termsim.window import TerminalWindow
from tests.terminal import CardTerminal
from tests.termsim.raw_till import RawTill, wish


class Demo:
    """A window over a terminal of its own in this process, and a till that asks it for money."""

    def __init__(self, simulator: Simulator, language: str, qtbot: QtBot) -> None:
        self.simulator, self._qtbot = simulator, qtbot
        self.window = TerminalWindow(simulator, Speech(language))
        qtbot.addWidget(self.window)
        self.window.show()
        self.answers: list[dict[str, Any]] = []

    def pay(self, amount: str = "12.30") -> None:
        """Ask for money and wait until the terminal asks for a card."""
        till = RawTill(_terminal_of(self.simulator))
        threading.Thread(target=lambda: self.answers.append(till.pay(amount)), daemon=True).start()
        self._qtbot.waitUntil(lambda: self.simulator.terminal.busy)
        self._qtbot.waitUntil(lambda: self.text("screen.step") == "Insert or tap your card")

    def press(self, name: str) -> None:
        button = self.window.findChild(QPushButton, f"termsim.{name}")
        assert button is not None
        assert button.isEnabled()
        button.click()

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, f"termsim.{name}")
        assert label is not None
        return label.text()

    def answer(self) -> dict[str, Any]:
        self._qtbot.waitUntil(lambda: bool(self.answers))
        return self.answers.pop()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    options = Options(folder=tmp_path / "terminal", profile=Profile.ADYEN, by_hand=True, pace=0)
    with Simulator(options, Speech("en")) as running:
        yield running


@pytest.fixture
def demo(simulator: Simulator, qtbot: QtBot) -> Demo:
    return Demo(simulator, "en", qtbot)


def test_a_person_inserts_a_card_and_the_bank_decides(demo: Demo) -> None:
    demo.pay()
    assert demo.text("screen.amount") == "12.30 USD"
    demo.press("customer.insert")
    result = demo.answer()["PaymentResult"]
    assert result["PaymentInstrumentData"]["CardData"]["EntryMode"] == ["ICC"]
    demo.window.look()
    assert demo.text("screen.step") == "Approved"
    assert "12.30 USD" in demo.text("journal.entries")


def test_the_chosen_card_is_the_one_that_is_tapped(demo: Demo) -> None:
    demo.pay()
    demo.window.cards.setCurrentIndex(demo.window.cards.findData("maestro-77"))
    demo.press("customer.tap")
    card = demo.answer()["PaymentResult"]["PaymentInstrumentData"]["CardData"]
    assert (card["PaymentBrand"], card["EntryMode"]) == ("maestro", ["Contactless"])


@pytest.mark.parametrize(
    ("button", "result"),
    [
        ("next.approved", "Success"),
        ("next.declined", "Failure"),
        ("next.wrong_pin", "Success"),
        ("customer.cancel", "Failure"),
    ],
)
def test_a_person_decides_what_becomes_of_the_request(demo: Demo, button: str, result: str) -> None:
    demo.pay()
    demo.press(button)
    assert demo.answer()["Response"]["Result"] == result


def test_what_is_pressed_before_a_request_is_planned_for_it(demo: Demo) -> None:
    demo.press("next.declined")
    assert demo.text("faults.planned") == "Declined"
    demo.pay()
    demo.press("customer.insert")
    assert demo.answer()["Response"]["Result"] == "Failure"
    demo.press("next.slow")
    demo.press("faults.forget")
    demo.window.look()
    assert demo.simulator.terminal.scripted == ()


def test_a_fault_that_comes_too_late_is_kept_for_the_next_request(demo: Demo) -> None:
    demo.pay()
    demo.window.faults.setCurrentIndex(demo.window.faults.findData("disconnect_before"))
    demo.press("faults.play")
    assert demo.simulator.terminal.scripted == ("disconnect_before",)
    demo.press("customer.insert")
    assert demo.answer()["Response"]["Result"] == "Success"


def test_the_number_of_the_chosen_card_is_typed_where_no_card_is_read(demo: Demo, qtbot: QtBot) -> None:
    body = wish("12.30")
    body["PaymentTransaction"]["TransactionConditions"] = {"ForceEntryMode": ["Keyed"]}
    till = RawTill(_terminal_of(demo.simulator))
    threading.Thread(target=lambda: demo.answers.append(till.ask("Payment", body)), daemon=True).start()
    qtbot.waitUntil(lambda: demo.text("screen.step") == "Type the card’s number")
    key = demo.window.findChild(QPushButton, "termsim.customer.insert")
    tap = demo.window.findChild(QPushButton, "termsim.customer.tap")
    assert key is not None
    assert tap is not None
    assert (key.text(), tap.isEnabled()) == ("Type it", False)
    demo.press("customer.insert")
    card = demo.answer()["PaymentResult"]["PaymentInstrumentData"]["CardData"]
    assert card["EntryMode"] == ["Keyed"]
    demo.window.look()
    assert (key.text(), tap.isEnabled()) == ("Insert", True)


def test_the_cable_can_be_pulled_and_put_back(demo: Demo) -> None:
    demo.press("faults.cable")
    assert demo.text("screen.step") == "The cable is out"
    with pytest.raises(OSError, match=r".*"):
        RawTill(_terminal_of(demo.simulator)).pay("1.00")
    demo.press("faults.cable")
    assert demo.text("screen.step") == "Ready"


def test_the_window_goes_when_the_simulator_is_told_to_stop(demo: Demo, qtbot: QtBot) -> None:
    demo.simulator.ended.set()
    qtbot.waitUntil(lambda: not demo.window.isVisible())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_reached_and_read(simulator: Simulator, qtbot: QtBot, language: str) -> None:
    demo = Demo(simulator, language, qtbot)
    for kind in (QAbstractButton, QComboBox):
        controls: list[QWidget] = demo.window.findChildren(kind)
        for control in controls:
            if control.isVisible():
                assert control.accessibleName(), control.objectName()
                assert control.height() >= 44, control.objectName()
                assert control.width() >= 44, control.objectName()
                assert control.sizeHint().width() <= control.width() or isinstance(control, QComboBox)
    assert demo.window.width() <= 700


def test_every_step_posting_and_outcome_has_words() -> None:
    assert set(STEPS) == set(Step)
    assert set(OUTCOMES) == set(NAMES)
    assert len(POSTINGS) == 5


def test_the_window_goes_with_the_till_that_started_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pos", "termsim", "--folder", str(tmp_path / "it"), "--port", "0", "--with-till"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"terminal"' in done.stdout


def _terminal_of(simulator: Simulator) -> CardTerminal:
    """What the raw till needs to know of a terminal, of one that runs in this process."""
    terminal = CardTerminal.__new__(CardTerminal)
    terminal.listens, terminal.profile = dict(simulator.listens), "adyen"
    terminal.port = int(str(simulator.listens["port"]))
    terminal.identity = json.loads(Path(str(simulator.listens["identity"])).read_text(encoding="utf-8"))
    return terminal
