"""The control interface: for whoever knows the token, and plain about what it does not understand."""

from __future__ import annotations

import http.client
import threading
from typing import Any

import pytest

from pos.termsim.outcomes import NAMES
from tests.termsim.meanwhile import until
from tests.termsim.raw_till import RawTill


def test_without_the_token_nobody_controls_anything(till: RawTill) -> None:
    for token in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": till.terminal._token}):
        for method, path in (("GET", "/state"), ("POST", "/stop"), ("GET", "/journal")):
            link = http.client.HTTPConnection("127.0.0.1", till.terminal.control_port, timeout=10)
            link.request(method, path, headers=token)
            assert link.getresponse().status == 401
            link.close()


@pytest.mark.parametrize(
    ("method", "path", "asked", "said"),
    [
        ("GET", "/dance", {}, "no such request"),
        ("POST", "/next", {"outcomes": ["explode"]}, "no such outcome"),
        ("POST", "/next", {"outcomes": "approved"}, "a list"),
        ("POST", "/next", {"outcomes": [{"partial": "-1"}]}, "partial"),
        ("POST", "/next", {"outcomes": [{"partial": "1e99"}]}, "partial"),
        ("POST", "/next", {"outcomes": [{"slow": "601"}]}, "slow"),
        ("POST", "/next", {"outcomes": [{"approved": "1"}]}, "approved"),
        ("POST", "/next", {"outcomes": [{"busy": None, "on": "Dance"}]}, "Dance"),
        ("POST", "/next", {"outcomes": [{"busy": None, "slow": "1"}]}, "no such outcome"),
        ("POST", "/next", {"outcomes": [{"declined": "a\nb"}]}, "declined"),
        ("POST", "/next", {"outcomes": [{"wrong_pin": 9}]}, "wrong_pin"),
        ("POST", "/next", {"outcomes": [{"clock_skew": "x"}]}, "clock_skew"),
        ("POST", "/next", {"outcomes": [7]}, "7"),
        ("POST", "/card", {"card": "library-card"}, "no such card"),
        ("POST", "/card", {"card": "visa-4242", "entry": "Thrown"}, "Thrown"),
        ("POST", "/cards", {"visa-1": {"state": "lost"}}, "lost"),
        ("POST", "/cards", {"visa-1": {"colour": "red"}}, "colour"),
        ("POST", "/cards", {"visa-1": {"balance": "-1"}}, "balance"),
        ("POST", "/state", {"pace": "-1"}, "pace"),
        ("POST", "/state", {"unplugged": "yes"}, "unplugged"),
        ("POST", "/customer", {}, "present or cancel"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    till: RawTill, method: str, path: str, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(AssertionError, match=said):
        till.terminal.control(method, path, asked)
    assert till.terminal.state()["next"] == []


def test_every_outcome_can_be_asked_for_by_its_name(till: RawTill) -> None:
    till.terminal.next(*NAMES)
    assert till.terminal.state()["next"] == list(NAMES)


def test_outcomes_come_in_their_order(till: RawTill) -> None:
    till.terminal.next("declined", "approved", {"declined": "SECOND"})
    results = [till.pay("5.00")["Response"] for _ in range(4)]
    assert [each["Result"] for each in results] == ["Failure", "Success", "Failure", "Success"]
    assert "SECOND" in results[2]["AdditionalResponse"]


def test_a_card_is_made_as_its_name_says(till: RawTill) -> None:
    till.terminal.card("discover-117", "Contactless")
    card = till.pay("5.00")["PaymentResult"]["PaymentInstrumentData"]["CardData"]
    assert (card["PaymentBrand"], card["EntryMode"]) == ("discover", ["Contactless"])
    assert (card.get("MaskedPan") or card["MaskedPAN"]).endswith("0117")
    assert len(card["PaymentToken"]["TokenValue"]) == 16


class TestByHand:
    """A person plays the customer; the control interface presses the same buttons as the window."""

    def test_the_terminal_waits_for_the_card(self, till: RawTill) -> None:
        answers = self._paying(till)
        assert till.terminal.state()["shown"]["step"] == "present_card"
        present = {"card": "maestro-77", "entry": "Contactless"}
        till.terminal.control("POST", "/customer", {"present": present})
        assert self._answer(answers)["PaymentResult"]["AuthenticationMethod"] == ["OnlinePIN"]
        assert till.terminal.state()["shown"]["step"] == "approved"

    def test_the_customer_may_cancel(self, till: RawTill) -> None:
        answers = self._paying(till)
        till.terminal.control("POST", "/customer", {"cancel": True})
        assert self._answer(answers)["Response"]["ErrorCondition"] == "Cancel"

    def test_the_person_says_what_happens_then(self, till: RawTill) -> None:
        answers = self._paying(till)
        till.terminal.control("POST", "/customer", {"present": {}, "outcome": {"declined": "STOLEN"}})
        assert "STOLEN" in self._answer(answers)["Response"]["AdditionalResponse"]

    def test_the_till_may_stop_waiting(self, till: RawTill) -> None:
        answers = self._paying(till)
        till.abort("h1")
        assert self._answer(answers)["Response"]["ErrorCondition"] == "Aborted"

    def test_what_was_pressed_before_means_nothing(self, till: RawTill) -> None:
        till.terminal.control("POST", "/customer", {"present": {}})
        answers = self._paying(till)
        assert not answers
        till.terminal.control("POST", "/customer", {"cancel": True})
        assert self._answer(answers)["Response"]["ErrorCondition"] == "Cancel"

    @staticmethod
    def _paying(till: RawTill) -> list[dict[str, Any]]:
        till.terminal.set(by_hand=True)
        answers: list[dict[str, Any]] = []
        threading.Thread(target=lambda: answers.append(till.pay("5.00", "h1"))).start()
        until(lambda: till.terminal.state()["shown"]["step"] == "present_card" and till.terminal.state()["busy"])
        return answers

    @staticmethod
    def _answer(answers: list[dict[str, Any]]) -> dict[str, Any]:
        until(lambda: answers)
        return answers[0]
