"""What the terminal and its bank still know after the power failed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.house import tree
from tests.terminal import CardTerminal, card_terminal
from tests.termsim.meanwhile import BROKEN, approved, until
from tests.termsim.raw_till import RawTill


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        till, port, root = RawTill(terminal), terminal.port, terminal.certificate.read_bytes()
        terminal.change_card("visa-4242", state="closed")
        paid, refused = till.pay("30.00", "a"), till.pay("5.00", "b")
        terminal.change_card("prepaid-20", balance="50.00")
        terminal.card("prepaid-20")
        paid = till.pay("30.00", "c")
        journal = terminal.journal()
        terminal.restart()
        assert (terminal.port, terminal.certificate.read_bytes()) == (port, root)
        assert terminal.journal() == journal
        assert refused["Response"]["Result"] == "Failure"
        assert approved(till.status("c")) == 30
        assert till.pay("30.00", "c") == paid
        terminal.card("prepaid-20")
        assert till.pay("20.01")["Response"]["Result"] == "Failure", "what was spent before is gone"
        terminal.card("visa-4242")
        assert till.pay("1.00")["Response"]["Result"] == "Failure"


@pytest.mark.parametrize(("fault", "is_charged"), [("late_answer", True), ("slow", False)])
def test_a_power_failure_in_the_middle_leaves_what_the_bank_knows(tmp_path: Path, fault: str, is_charged: bool) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        till = RawTill(terminal)
        terminal.next({fault: "60"})
        lost = threading.Thread(target=_pay_in_vain, args=(till,))
        lost.start()
        _until_working(terminal, entries=1 if is_charged else 0)
        terminal.restart()
        lost.join(30)
        status = till.status("k1")
        assert status["Response"].get("ErrorCondition") == (None if is_charged else "NotFound")
        assert terminal.charged() == (5 if is_charged else 0)


def test_a_line_that_was_cut_off_never_happened(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        till = RawTill(terminal)
        till.pay("5.00", "a")
        terminal.kill()
        journal = Path(terminal.listens["journal"])
        whole = journal.read_bytes()
        journal.write_bytes(whole + whole[: len(whole) // 2])
        terminal.start()
        assert terminal.charged() == 5
        assert till.pay("6.00", "b")["Response"]["Result"] == "Success"
        terminal.restart()
        assert [each["amount"] for each in terminal.journal()] == [Decimal(5), Decimal(6)]


def test_a_line_in_the_middle_that_nobody_can_read_stops_the_start(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        RawTill(terminal).pay("5.00")
        terminal.kill()
        journal = Path(terminal.listens["journal"])
        journal.write_bytes(b'{"posting":"approved"}\n' + journal.read_bytes())
        status, said = _start(tmp_path / "terminal", 0)
        assert (status, "bank.jsonl:1" in said) == (1, True)


def test_one_folder_and_one_port_have_one_terminal(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        assert _start(tmp_path / "terminal", 0)[0] == 1
        status, said = _start(tmp_path / "other", terminal.port)
        assert (status, "cannot start" in said) == (1, True)
        assert RawTill(terminal).pay("5.00")["Response"]["Result"] == "Success"


def test_it_ends_when_it_is_told(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        terminal.control("POST", "/stop")
        assert terminal.wait() == 0


def test_with_a_window_a_person_presents_the_card(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal", window=True) as terminal:
        answers: list[dict[str, Any]] = []
        paying = threading.Thread(target=lambda: answers.append(RawTill(terminal, timeout=60).pay("5.00")))
        paying.start()
        until(lambda: terminal.state()["busy"] and terminal.state()["shown"]["step"] == "present_card")
        terminal.control("POST", "/customer", {"present": {"card": "visa-4242"}})
        paying.join(30)
        assert answers[0]["Response"]["Result"] == "Success"
        assert terminal.state()["magic"]
        terminal.control("POST", "/stop")
        assert terminal.wait() == 0


def test_it_lets_go_of_a_till_that_waits(tmp_path: Path) -> None:
    with card_terminal(tmp_path / "terminal") as terminal:
        terminal.next("timeout_before")
        lost = threading.Thread(target=_pay_in_vain, args=(RawTill(terminal, timeout=60),))
        lost.start()
        time.sleep(0.2)
        terminal.stop()
        lost.join(10)
        assert not lost.is_alive()


def _pay_in_vain(till: RawTill) -> None:
    with suppress(*BROKEN, AssertionError):
        till.pay("5.00", "k1")


def _until_working(terminal: CardTerminal, *, entries: int) -> None:
    until(lambda: terminal.state()["busy"] and len(terminal.journal()) == entries)


def _start(folder: Path, port: int) -> tuple[int, str]:
    """Start a second terminal that cannot; its exit status and what it said."""
    command = [sys.executable, "-m", "pos", "termsim", "--no-window", "--folder", str(folder), "--port", str(port)]
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert not done.stdout or not json.loads(done.stdout)
    return done.returncode, done.stderr
