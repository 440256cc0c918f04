"""Whatever goes wrong: asked afterwards, the terminal tells each till exactly what the bank did."""

from __future__ import annotations

import itertools
from contextlib import suppress
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.termsim.outcomes import NAMES
from tests.termsim.meanwhile import BROKEN, until
from tests.termsim.raw_till import RawTill

_numbers = itertools.count(1)
# These take real time, and are looked at one by one in test_faults.py.
_TOO_SLOW = {"oversized", "timeout_before", "timeout_after_approval"}
faults = st.sampled_from(sorted(set(NAMES) - _TOO_SLOW))
amounts = st.decimals(min_value="0.01", max_value="99.99", places=2)
acts = st.tuples(st.sampled_from(["pay", "pay again", "reverse"]), faults, amounts)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=st.lists(acts, min_size=1, max_size=6))
def test_status_tells_what_the_bank_did(till: RawTill, schedule: list[tuple[str, str, Decimal]]) -> None:
    till.terminal.control("DELETE", "/next")
    before, asked = till.terminal.charged(), dict[str, str]()
    for act, fault, amount in schedule:
        till.terminal.next(fault)
        with suppress(*BROKEN, AssertionError, KeyError):
            _act(till, act, amount, asked)
        until(lambda: till.terminal.state()["reachable"])
        till.terminal.control("DELETE", "/next")
        till.ask("Login", {})
    known = sum((_moved(till, number, category) for number, category in asked.items()), Decimal(0))
    assert till.terminal.charged() - before == known


def _act(till: RawTill, act: str, amount: Decimal, asked: dict[str, str]) -> None:
    paid = [number for number, category in asked.items() if category == "Payment"]
    if act == "pay" or not paid:
        number = f"v{next(_numbers)}"
        asked[number] = "Payment"
        till.pay(str(amount), number, acquirer="tenderOption=AllowPartialAuthorisation")
    elif act == "pay again":
        till.pay(str(amount), paid[-1])
    else:
        original = _body(till, paid[-1], "Payment").get("POIData", {}).get("POITransactionID")
        number = f"v{next(_numbers)}"
        asked[number] = "Reversal"
        request = {"OriginalPOITransaction": {"POITransactionID": original}, "ReversalReason": "MerchantCancel"}
        till.ask("Reversal", request, number)


def _moved(till: RawTill, number: str, category: str) -> Decimal:
    """What one request took from the customer, as the terminal tells it afterwards."""
    body = _body(till, number, category)
    if body.get("Response", {}).get("Result") not in {"Success", "Partial"}:
        return Decimal(0)
    if category == "Reversal":
        return -Decimal(body["ReversedAmount"])
    return Decimal(body["PaymentResult"]["AmountsResp"]["AuthorizedAmount"])


def _body(till: RawTill, number: str, category: str) -> dict[str, Any]:
    status = till.status(number, category)
    if status["Response"]["Result"] == "Failure":
        assert status["Response"]["ErrorCondition"] == "NotFound"
        return {}
    body: dict[str, Any] = status["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]
    return dict(body[f"{category}Response"])
