"""Each thing that can go wrong, as a till sees it, and what the bank says happened."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import card_terminal
from tests.termsim.meanwhile import BROKEN, Listener, Paying, approved, until
from tests.termsim.raw_till import RawTill, wish


@pytest.mark.parametrize("fault", ["disconnect_before", "reset_before"])
def test_a_line_that_breaks_before_costs_nothing(till: RawTill, fault: str) -> None:
    charged = till.terminal.charged()
    till.terminal.next(fault)
    with pytest.raises(BROKEN):
        till.pay("5.00", "b1")
    assert till.status("b1")["Response"]["ErrorCondition"] == "NotFound"
    assert till.terminal.charged() == charged
    assert till.pay("5.00", "b1")["Response"]["Result"] == "Success"


@pytest.mark.parametrize(
    "fault",
    ["disconnect_after_approval", "reset_after_approval", "close_mid_body", "garbage", "not_json"],
)
def test_a_line_that_breaks_after_the_bank_spoke_leaves_the_truth_to_status(till: RawTill, fault: str) -> None:
    charged = till.terminal.charged()
    till.terminal.next(fault)
    with pytest.raises(BROKEN):
        till.pay("5.00", "a1")
    assert approved(till.status("a1")) == 5
    assert till.terminal.charged() == charged + 5
    # Asked once more with the same number: told again, not charged again.
    assert till.pay("5.00", "a1")["Response"]["Result"] == "Success"
    assert till.terminal.charged() == charged + 5


@pytest.mark.parametrize("fault", ["reset_before", "reset_after_approval"])
def test_a_line_that_is_torn_down_is_seen_as_that(till: RawTill, fault: str) -> None:
    till.terminal.next(fault)
    # Python's TLS takes a reset for an end; the line below it knows better.
    with till.secured() as line, socket.socket(fileno=os.dup(line.fileno())) as bare:
        bare.settimeout(10)
        line.sendall(_http(till.wrapped(till.message("Payment", wish("5.00")))))
        with pytest.raises(ConnectionResetError):
            list(iter(lambda: bare.recv(65536), b""))


@pytest.mark.parametrize(("fault", "is_charged"), [("timeout_before", False), ("timeout_after_approval", True)])
def test_a_terminal_that_never_answers_is_ready_for_the_question(till: RawTill, fault: str, is_charged: bool) -> None:
    charged = till.terminal.charged()
    till.terminal.next(fault)
    with pytest.raises(TimeoutError):
        RawTill(till.terminal, till.sale_id, timeout=0.5).pay("5.00", "t1")
    status = till.status("t1")
    assert status["Response"].get("ErrorCondition") == (None if is_charged else "NotFound")
    assert till.terminal.charged() == charged + (5 if is_charged else 0)
    assert not till.terminal.state()["busy"]


def test_an_oversized_answer_is_not_an_answer(till: RawTill) -> None:
    till.terminal.next("oversized")
    with till.secured() as line:
        line.sendall(_http(till.wrapped(till.message("Payment", wish("5.00"), "o1"))))
        head = line.recv(65536)
        assert b"Content-Length: 64000000" in head
    assert approved(till.status("o1")) == 5


def test_an_answer_may_speak_of_another_amount(till: RawTill) -> None:
    till.terminal.next({"wrong_amount": "50.00"}, "wrong_amount")
    for number, told in (("w1", 50), ("w2", 6)):
        assert till.pay("5.00", number)["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == told
        assert approved(till.status(number)) == 5
        assert till.terminal.journal()[-1]["amount"] == 5


def test_an_answer_may_belong_to_another_attempt(till: RawTill) -> None:
    till.terminal.next("wrong_attempt")
    answer = till.send(till.message("Payment", wish("5.00"), "x1"))["SaleToPOIResponse"]
    assert answer["MessageHeader"]["ServiceID"] != "x1"
    assert answer["PaymentResponse"]["SaleData"]["SaleTransactionID"]["TransactionID"] != "A-1"
    assert approved(till.status("x1")) == 5


@pytest.mark.parametrize(
    ("fault", "condition"),
    [("busy", "Busy"), ("logged_out", "LoggedOut"), ("host_unreachable", "UnreachableHost")],
)
def test_a_terminal_that_will_not_is_asked_again(till: RawTill, fault: str, condition: str) -> None:
    charged = till.terminal.charged()
    till.terminal.next(fault)
    assert till.pay("5.00", "n1")["Response"]["ErrorCondition"] == condition
    assert till.terminal.charged() == charged
    assert till.status("n1")["Response"]["ErrorCondition"] == "NotFound"
    till.ask("Login", {})
    assert till.pay("5.00", "n1")["Response"]["Result"] == "Success"


def test_logged_out_lasts_until_somebody_logs_in(till: RawTill) -> None:
    till.terminal.next("logged_out")
    for _ in range(2):
        assert till.pay("5.00")["Response"]["ErrorCondition"] == "LoggedOut"


@pytest.mark.parametrize(
    ("fault", "condition", "reason"),
    [
        ("declined", "Refusal", "DECLINED"),
        ({"declined": "InvalidCard"}, "InvalidCard", "InvalidCard"),
        ("cancelled", "Cancel", "CANCELLED_BY_CUSTOMER"),
        ({"wrong_pin": 3}, "WrongPIN", "PIN_TRIES_EXCEEDED"),
    ],
)
def test_a_no_is_final_and_repeated(till: RawTill, fault: str | dict[str, object], condition: str, reason: str) -> None:
    charged = till.terminal.charged()
    till.terminal.next(fault)
    answer = till.pay("5.00", "d1")
    assert (answer["Response"]["Result"], answer["Response"]["ErrorCondition"]) == ("Failure", condition)
    assert reason in answer["Response"]["AdditionalResponse"]
    body = till.status("d1")["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]["PaymentResponse"]
    assert body["Response"] == answer["Response"]
    assert till.terminal.charged() == charged


def test_a_bank_that_charged_and_was_not_heard_is_heard_later(till: RawTill) -> None:
    till.terminal.next("host_lost")
    assert till.pay("5.00", "hl1")["Response"]["ErrorCondition"] == "UnreachableHost"
    assert till.terminal.journal()[-1]["posting"] == "approved"
    assert approved(till.status("hl1")) == 5


def test_a_wrong_pin_may_be_followed_by_the_right_one(till: RawTill) -> None:
    till.terminal.next("wrong_pin")
    assert till.pay("5.00")["Response"]["Result"] == "Success"


def test_a_scripted_part_is_given_where_parts_are_taken(till: RawTill) -> None:
    till.terminal.next({"partial": "20.00"}, {"partial": "20.00"}, "partial")
    allowed = {"acquirer": "tenderOption=ReceiptHandler,AllowPartialAuthorisation"}
    assert till.pay("30.00", **allowed)["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == 20
    assert till.pay("30.00")["Response"]["ErrorCondition"] == "Refusal"
    assert till.pay("30.01", **allowed)["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == Decimal(15)


def test_a_refused_reversal_leaves_the_charge(till: RawTill) -> None:
    paid = till.pay("5.00")
    charged = till.terminal.charged()
    till.terminal.next("reversal_refused")
    assert till.pay("1.00")["Response"]["Result"] == "Success", "a charge does not use it up"
    answer = till.ask("Reversal", _reversal(paid))
    assert answer["Response"]["ErrorCondition"] == "Refusal"
    assert till.terminal.charged() == charged + 1
    assert till.ask("Reversal", _reversal(paid))["Response"]["Result"] == "Success"


def test_a_reversal_whose_answer_is_lost_can_be_asked_for(till: RawTill) -> None:
    paid = till.pay("5.00")
    till.terminal.next("disconnect_after_approval")
    with pytest.raises(BROKEN):
        till.ask("Reversal", _reversal(paid), "r1")
    body = till.status("r1", "Reversal")["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]
    assert body["ReversalResponse"]["Response"]["Result"] == "Success"


def test_the_question_itself_may_get_lost(till: RawTill) -> None:
    till.pay("5.00", "q1")
    till.terminal.next({"disconnect_before": None, "on": "TransactionStatus"})
    with pytest.raises(BROKEN):
        till.status("q1")
    assert approved(till.status("q1")) == 5


def test_a_slow_answer_is_in_progress_until_it_comes(till: RawTill) -> None:
    till.terminal.next({"slow": "0.6"})
    with Paying(till, "5.00", "s1") as answers:
        assert till.status("s1")["Response"]["ErrorCondition"] == "InProgress"
        assert till.pay("5.00", "s1")["Response"]["ErrorCondition"] == "InProgress"
        assert till.pay("6.00", "s2")["Response"]["ErrorCondition"] == "Busy"
        assert till.ask("GetTotals", {})["Response"]["ErrorCondition"] == "Busy"
        assert till.ask("Login", {})["Response"]["Result"] == "Success"
    assert answers[0]["Response"]["Result"] == "Success"
    assert approved(till.status("s1")) == 5


def test_an_abort_in_time_stops_the_charge(till: RawTill) -> None:
    charged = till.terminal.charged()
    till.terminal.next({"slow": "30"})
    started = time.monotonic()
    with Paying(till, "5.00", "ab1") as answers:
        assert till.abort("another") == b""
        assert till.abort("ab1") == b""
    assert time.monotonic() - started < 20
    assert answers[0]["Response"]["ErrorCondition"] == "Aborted"
    assert till.terminal.charged() == charged


def test_an_abort_that_is_too_late_changes_nothing(till: RawTill) -> None:
    till.terminal.next({"late_answer": "0.6"})
    with Paying(till, "5.00", "l1") as answers:
        assert till.abort("l1") == b""
        assert till.status("l1")["Response"]["ErrorCondition"] == "InProgress"
        assert till.terminal.journal()[-1]["posting"] == "approved"
    assert answers[0]["Response"]["Result"] == "Success"


def test_a_terminal_that_restarts_meanwhile_knows_what_it_did(till: RawTill) -> None:
    charged = till.terminal.charged()
    till.terminal.next({"reboot": "0.5"})
    with pytest.raises(BROKEN):
        till.pay("5.00", "rb1")
    with pytest.raises(BROKEN):
        till.status("rb1")
    assert not till.terminal.state()["reachable"]
    until(lambda: till.terminal.state()["reachable"])
    assert approved(till.status("rb1")) == 5
    assert till.terminal.charged() == charged + 5
    till.terminal.next({"reboot_before": "0"})
    with pytest.raises(BROKEN):
        till.pay("5.00", "rb2")
    assert till.status("rb2")["Response"]["ErrorCondition"] == "NotFound"


def test_a_pulled_cable_is_no_answer_at_all(till: RawTill) -> None:
    till.terminal.set(unplugged=True)
    with pytest.raises(BROKEN):
        till.ask("Login", {})
    till.terminal.set(unplugged=False)
    assert till.ask("Login", {})["Response"]["Result"] == "Success"


def test_the_terminals_clock_may_go_wrong(till: RawTill) -> None:
    till.terminal.next({"clock_skew": -86400})
    wrong = till.pay("5.00")["POIData"]["POITransactionID"]["TimeStamp"]
    right = till.pay("5.00")["POIData"]["POITransactionID"]["TimeStamp"]
    assert wrong[:10] < right[:10]
    till.terminal.set(clock_skew_seconds=-86400)
    assert till.pay("5.00")["POIData"]["POITransactionID"]["TimeStamp"][:10] < right[:10]


@pytest.mark.parametrize(
    ("amount", "seen"),
    [
        ("12.01", "Refusal"),
        ("12.05", "Cancel"),
        ("12.54", "InvalidCard"),
        ("12.91", "UnreachableHost"),
        ("12.77", "Busy"),
    ],
)
def test_amounts_mean_something_only_where_they_are_magic(till: RawTill, amount: str, seen: str) -> None:
    assert till.pay(amount)["Response"]["Result"] == "Success"
    till.terminal.set(magic=True)
    assert till.pay(amount)["Response"]["ErrorCondition"] == seen


def test_a_closed_card_takes_nothing_back_once_it_is_settled(till: RawTill) -> None:
    till.terminal.card("mc-31")
    kept, struck = till.pay("5.00"), till.pay("6.00")
    till.terminal.change_card("mc-31", state="closed")
    assert till.ask("Reversal", _reversal(struck))["Response"]["Result"] == "Success"
    till.ask("Reconciliation", {"ReconciliationType": "SaleReconciliation"})
    assert till.ask("Reversal", _reversal(kept))["Response"]["ErrorCondition"] == "Refusal"


class TestOneProfile:
    """What only one of the two ways of wrapping can have."""

    def test_a_signature_that_does_not_fit(self, tmp_path: Path) -> None:
        with card_terminal(tmp_path / "terminal") as terminal:
            till = RawTill(terminal)
            terminal.next("bad_hmac")
            with pytest.raises(AssertionError):
                till.pay("5.00", "h1")
            assert approved(till.status("h1")) == 5

    def test_an_envelope_of_another_is_rejected(self, tmp_path: Path) -> None:
        with card_terminal(tmp_path / "terminal") as terminal:
            till = RawTill(terminal)
            envelope = json.loads(till.wrapped(till.message("Login", {})))
            for field, value in (("Hmac", "AAAA"), ("Nonce", "AAAA"), ("KeyVersion", 9), ("Hmac", 7)):
                spoiled = json.loads(json.dumps(envelope))
                spoiled["SaleToPOIRequest"]["SecurityTrailer"][field] = value
                status, body = till.post(json.dumps(spoiled).encode())
                assert (status, b"Reject" in body) == (400, True)
            moved = json.loads(json.dumps(envelope))
            moved["SaleToPOIRequest"]["MessageHeader"]["ServiceID"] = "other"
            assert till.post(json.dumps(moved).encode())[0] == 400

    def test_what_the_terminal_shows_comes_to_the_till_that_asked(self, tmp_path: Path) -> None:
        with card_terminal(tmp_path / "terminal", "westpay") as terminal, Listener() as listener:
            till = RawTill(terminal)
            till.ask("Login", {})
            message = till.message("Payment", wish("5.00"))
            till.send(message, **{"X-Callback-Url": listener.address})
            told = [_shown(each) for each in listener.heard]
            steps = ["Insert or tap your card", "Asking the bank …", "Approved"]
            assert told == steps
            listener.heard.clear()
            terminal.next("out_of_order_display")
            message = till.message("Payment", wish("5.00"), "z1")
            answer = till.send(message, **{"X-Callback-Url": listener.address})
            assert "DisplayRequest" in answer["SaleToPOIRequest"], "where the answer should have been"
            assert [_shown(each) for each in listener.heard] == steps[::-1]
            assert approved(till.status("z1")) == 5

    def test_nobody_is_told_anything_outside_this_machine(self, tmp_path: Path) -> None:
        with card_terminal(tmp_path / "terminal", "westpay") as terminal:
            till = RawTill(terminal)
            till.ask("Login", {})
            message = till.message("Payment", wish("5.00"))
            assert till.send(message, **{"X-Callback-Url": "http://192.0.2.1/"})["SaleToPOIResponse"]


class TestBrokenRequests:
    """What is no request is answered with a rejection or dropped; the terminal goes on."""

    @pytest.mark.parametrize(
        ("raw", "status"),
        [
            (b"POST /nexo HTTP/1.1\r\nContent-Length: 3\r\n\r\n{{{", 400),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]", 400),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n{}", 413),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: -5\r\n\r\n{}", 413),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: x\r\n\r\n{}", 413),
            (b"POST /nexo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 413),
            (b"POST /nexo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", 413),
            (b"POST /nexo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX\r\n", 413),
            (b"POST /elsewhere HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 404),
            (b"GET /nexo HTTP/1.1\r\n\r\n", 405),
            (b"POST /nexo HTTP/1.1\r\nContent-Length: 9\r\n\r\n" + b"[" * 9, 400),
            (b'POST /nexo HTTP/1.1\r\nContent-Length: 8\r\n\r\n{"a":NaN}'[:-1], 400),
            (b"\x00\x01\x02\r\n\r\n", 400),
        ],
    )
    def test_it_is_rejected(self, till: RawTill, raw: bytes, status: int) -> None:
        with till.secured() as line:
            line.sendall(raw)
            line.settimeout(10)
            answer = line.recv(65536)
        assert f" {status} ".encode() in answer.split(b"\r\n")[0] or f"Error code: {status}".encode() in answer
        assert till.ask("Login", {})["Response"]["Result"] == "Success"

    def test_it_may_come_in_chunks(self, till: RawTill) -> None:
        body = till.wrapped(till.message("Payment", wish("5.00")))
        parts = [body[at : at + 100] for at in range(0, len(body), 100)]
        chunks = b"".join(f"{len(part):x};x=y\r\n".encode() + part + b"\r\n" for part in parts)
        link = till.link()
        link.putrequest("POST", "/nexo/")
        link.putheader("Transfer-Encoding", "chunked")
        link.endheaders(chunks + b"0\r\nTrailer: x\r\n\r\n")
        answer = till.unwrapped(link.getresponse().read())["SaleToPOIResponse"]
        link.close()
        assert answer["PaymentResponse"]["Response"]["Result"] == "Success"

    def test_a_request_that_is_cut_off_is_no_request(self, till: RawTill) -> None:
        charged = till.terminal.charged()
        body = _http(till.wrapped(till.message("Payment", wish("5.00"), "c1")))
        for length in (1, 20, len(body) // 2, len(body) - 1):
            with till.secured() as line:
                line.sendall(body[:length])
        with socket.create_connection(("127.0.0.1", till.terminal.port)) as bare:
            bare.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert till.status("c1")["Response"]["ErrorCondition"] == "NotFound"
        assert till.terminal.charged() == charged

    def test_one_that_never_says_hello_keeps_nobody_waiting(self, till: RawTill) -> None:
        with socket.create_connection(("127.0.0.1", till.terminal.port)):
            assert till.ask("Login", {})["Response"]["Result"] == "Success"

    def test_answers_out_of_order_are_no_requests(self, till: RawTill) -> None:
        message = till.message("Payment", wish("5.00"))
        message["SaleToPOIRequest"]["MessageHeader"]["MessageType"] = "Response"
        assert till.post(till.wrapped(message))[0] == 400
        for field in ("SaleID", "ServiceID", "MessageCategory"):
            message = till.message("Payment", wish("5.00"))
            message["SaleToPOIRequest"]["MessageHeader"][field] = ""
            assert till.post(till.wrapped(message))[0] == 400
        message = till.message("Payment", wish("5.00"), "longerthan10")
        assert till.post(till.wrapped(message))[0] == 400

    def test_another_root_is_not_trusted(self, till: RawTill) -> None:
        context = ssl.create_default_context()
        link = http.client.HTTPSConnection("127.0.0.1", till.terminal.port, timeout=5, context=context)
        with pytest.raises(ssl.SSLCertVerificationError):
            link.request("POST", "/nexo", b"{}")


def _reversal(paid: dict[str, Any]) -> dict[str, Any]:
    return {"OriginalPOITransaction": {"POITransactionID": paid["POIData"]["POITransactionID"]}}


def _http(body: bytes) -> bytes:
    return b"POST /nexo HTTP/1.1\r\nHost: terminal\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _shown(message: dict[str, Any]) -> str:
    output = message["SaleToPOIRequest"]["DisplayRequest"]["DisplayOutput"][0]
    return str(output["OutputContent"]["OutputText"][0]["Text"])
