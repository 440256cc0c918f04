"""The simulator answers a client that nobody here wrote: Adyen's own library for Node, where it is installed.

`KASSA_ADYEN_LIBRARY` names a folder with `node_modules/@adyen/api-library` in it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import CardTerminal, card_terminal
from tests.termsim.raw_till import wish

_LIBRARY = os.environ.get("KASSA_ADYEN_LIBRARY", "")

pytestmark = pytest.mark.skipif(
    not _LIBRARY or shutil.which("node") is None,
    reason="KASSA_ADYEN_LIBRARY names no folder with @adyen/api-library, or node is missing",
)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path / "terminal") as running:
        yield running


def test_a_charge_its_part_and_its_reversal(terminal: CardTerminal) -> None:
    terminal.next("approved", {"partial": "20.00"}, {"declined": "NOT_ENOUGH_BALANCE"})
    part = wish("30.00", acquirer="tenderOption=AllowPartialAuthorisation")
    whole, some, none = ask(
        terminal, ("Payment", "1", wish("12.30")), ("Payment", "2", part), ("Payment", "3", wish("9.99"))
    )
    assert whole["PaymentResponse"]["Response"]["Result"] == "Success"
    assert whole["PaymentResponse"]["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == Decimal("12.3")
    card = whole["PaymentResponse"]["PaymentResult"]["PaymentInstrumentData"]["CardData"]
    assert (card["PaymentBrand"], card["MaskedPan"], card["EntryMode"]) == ("visa", "424242 **** 4242", ["ICC"])
    assert some["PaymentResponse"]["Response"]["Result"] == "Partial"
    assert some["PaymentResponse"]["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == 20
    assert none["PaymentResponse"]["Response"]["ErrorCondition"] == "Refusal"
    original = {"POITransactionID": whole["PaymentResponse"]["POIData"]["POITransactionID"]}
    request = {"OriginalPOITransaction": original, "ReversalReason": "MerchantCancel"}
    (reversed_,) = ask(terminal, ("Reversal", "4", request))
    assert reversed_["ReversalResponse"]["Response"]["Result"] == "Success"
    assert terminal.charged() == 20


@pytest.mark.parametrize("fault", ["disconnect_after_approval", "close_mid_body", "bad_hmac", "reset_after_approval"])
def test_an_outcome_nobody_knows_is_asked_for(terminal: CardTerminal, fault: str) -> None:
    terminal.next(fault)
    reference = {"MessageCategory": "Payment", "SaleID": "AdyenLane", "ServiceID": "7"}
    status_request = {"MessageReference": reference, "ReceiptReprintFlag": True}
    lost, status = ask(terminal, ("Payment", "7", wish("5.00")), ("TransactionStatus", "8", status_request))
    assert "error" in lost
    repeated = status["TransactionStatusResponse"]["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]
    assert repeated["PaymentResponse"]["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == 5
    assert repeated["PaymentResponse"]["PaymentReceipt"]
    assert terminal.charged() == 5


def test_what_never_came_is_not_found(terminal: CardTerminal) -> None:
    terminal.next("disconnect_before")
    reference = {"MessageCategory": "Payment", "SaleID": "AdyenLane", "ServiceID": "7"}
    lost, status = ask(
        terminal, ("Payment", "7", wish("5.00")), ("TransactionStatus", "8", {"MessageReference": reference})
    )
    assert "error" in lost
    assert status["TransactionStatusResponse"]["Response"] == {"Result": "Failure", "ErrorCondition": "NotFound"}
    assert terminal.charged() == 0


def test_the_other_messages(terminal: CardTerminal) -> None:
    reference = {"MessageCategory": "Payment", "SaleID": "AdyenLane", "ServiceID": "9"}
    abort, login, diagnosis, totals, closed, display, logout = ask(
        terminal,
        ("Abort", "1", {"AbortReason": "MerchantAbort", "MessageReference": reference}),
        ("Login", "2", {"DateTime": "2026-03-02T10:00:00Z", "OperatorLanguage": "en"}),
        ("Diagnosis", "3", {"HostDiagnosisFlag": True}),
        ("GetTotals", "4", {}),
        ("Reconciliation", "5", {"ReconciliationType": "SaleReconciliation"}),
        ("Display", "6", {"DisplayOutput": [{"Device": "CashierDisplay", "InfoQualify": "Status"}]}),
        ("Logout", "7", {}),
    )
    assert abort == {}
    assert login["LoginResponse"]["POISystemData"]["POIStatus"]["GlobalStatus"] == "OK"
    assert diagnosis["DiagnosisResponse"]["HostStatus"][0]["IsReachableFlag"] is True
    assert totals["GetTotalsResponse"]["Response"]["Result"] == "Success"
    assert closed["ReconciliationResponse"]["POIReconciliationID"] == "1"
    assert display["DisplayResponse"]["OutputResult"][0]["Response"]["ErrorCondition"] == "NotAllowed"
    assert logout["LogoutResponse"]["Response"]["Result"] == "Success"


def ask(terminal: CardTerminal, *requests: tuple[str, str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What Adyen's client makes of each answer; an exception of it is {"error": …}."""
    settings = {
        "library": _LIBRARY,
        "certificate": str(terminal.certificate),
        "port": terminal.port,
        "requests": requests,
        **terminal.identity,
    }
    script = Path(__file__).with_name("adyen_client.js")
    done = subprocess.run(
        ["node", str(script), json.dumps(settings)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1], parse_float=Decimal)
    assert len(answers) == len(requests)
    return answers
