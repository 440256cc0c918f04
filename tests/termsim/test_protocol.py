"""What a till hears from the terminal when nothing goes wrong, in both profiles."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import CardTerminal
from tests.termsim.raw_till import RawTill, wish

PARTIAL = "tenderOption=AllowPartialAuthorisation"


def test_a_charge_is_approved_and_stands_in_the_bank(terminal: CardTerminal, till: RawTill) -> None:
    answer = till.pay("12.30")
    assert answer["Response"]["Result"] == "Success"
    result = answer["PaymentResult"]
    assert result["AmountsResp"] == {"AuthorizedAmount": Decimal("12.3"), "Currency": "USD"}
    card = result["PaymentInstrumentData"]["CardData"]
    assert (card["PaymentBrand"], card["EntryMode"]) == ("visa", ["ICC"])
    assert (card.get("MaskedPan") or card["MaskedPAN"]).endswith("4242")
    assert len(result["PaymentAcquirerData"]["ApprovalCode"]) == 6
    assert answer["SaleData"]["SaleTransactionID"]["TransactionID"] == "A-1"
    entry = terminal.journal()[-1]
    assert (entry["posting"], entry["amount"], entry["card"]) == ("approved", Decimal("12.3"), "visa-4242")
    assert entry["id"] == answer["POIData"]["POITransactionID"]["TransactionID"]
    assert {paper["DocumentQualifier"] for paper in answer["PaymentReceipt"]} == {"CustomerReceipt", "CashierReceipt"}


def test_a_declined_charge_says_why_and_takes_nothing(terminal: CardTerminal, till: RawTill) -> None:
    before = terminal.charged()
    terminal.next({"declined": "LOST_CARD"})
    answer = till.pay("12.30")
    assert (answer["Response"]["Result"], answer["Response"]["ErrorCondition"]) == ("Failure", "Refusal")
    assert "LOST_CARD" in answer["Response"]["AdditionalResponse"]
    assert answer["PaymentReceipt"]
    assert "AmountsResp" not in answer["PaymentResult"]
    assert terminal.charged() == before


@pytest.mark.parametrize(
    ("card", "asked", "allowed", "given"),
    [
        ("prepaid-20", "30.00", {"acquirer": PARTIAL}, 20),
        ("prepaid-20", "30.00", {"MinimumAmountToDeliver": "10.00"}, 20),
        ("prepaid-20", "30.00", {"MinimumAmountToDeliver": "25.00"}, None),
        ("prepaid-20", "30.00", {}, None),
        ("closed-9999", "1.00", {"acquirer": PARTIAL}, None),
        ("debit-1881", "500.01", {"acquirer": PARTIAL}, None),
    ],
)
def test_the_bank_gives_what_the_card_has_and_the_till_takes(
    till: RawTill, card: str, asked: str, allowed: dict[str, Any], given: int | None
) -> None:
    till.terminal.card(card)
    answer = till.pay(asked, "", **allowed)
    if given is None:
        assert answer["Response"]["Result"] == "Failure"
    else:
        assert answer["Response"]["Result"] == part_of(till)
        assert answer["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == given
        till.ask("Reversal", reversal(answer))


def test_cash_back_is_part_of_what_is_asked(terminal: CardTerminal, till: RawTill) -> None:
    terminal.card("maestro-77")
    answer = till.pay("120.00", CashBackAmount="20.00")
    assert answer["PaymentResult"]["AmountsResp"] == {
        "AuthorizedAmount": Decimal(120),
        "CashBackAmount": Decimal(20),
        "Currency": "USD",
    }
    assert answer["PaymentResult"]["AuthenticationMethod"] == ["OnlinePIN"]
    terminal.card("visa-4242")
    assert till.pay("120.00", CashBackAmount="20.00")["Response"]["ErrorCondition"] == "PaymentRestriction"


def test_a_card_without_money_for_both_gets_the_goods_and_no_cash(terminal: CardTerminal, till: RawTill) -> None:
    terminal.change_card("maestro-9", balance="110.00")
    terminal.card("maestro-9")
    answer = till.pay("120.00", CashBackAmount="20.00", acquirer=PARTIAL)
    assert answer["Response"]["Result"] == part_of(till)
    assert answer["PaymentResult"]["AmountsResp"]["AuthorizedAmount"] == 100
    assert answer["PaymentResult"]["AmountsResp"]["CashBackAmount"] == 0


def test_a_reversal_gives_back_all_and_only_once(terminal: CardTerminal, till: RawTill) -> None:
    before = terminal.charged()
    paid = till.pay("40.00")
    answer = till.ask("Reversal", reversal(paid))
    assert (answer["Response"]["Result"], answer["ReversedAmount"]) == ("Success", 40)
    assert terminal.charged() == before
    again = till.ask("Reversal", reversal(paid))
    assert again["Response"]["ErrorCondition"] == "NotAllowed"
    assert till.ask("Reversal", reversal("nothing"))["Response"]["ErrorCondition"] == "NotFound"


def test_refunds_never_exceed_their_charge(terminal: CardTerminal, till: RawTill) -> None:
    before = terminal.charged()
    paid = till.pay("40.00")
    of = paid["POIData"]["POITransactionID"]["TransactionID"]
    assert till.pay("15.00", kind="Refund", of=of)["Response"]["Result"] == "Success"
    assert till.pay("25.01", kind="Refund", of=of)["Response"]["Result"] == "Failure"
    assert till.ask("Reversal", {**reversal(paid), "ReversedAmount": 25.00})["Response"]["Result"] == "Success"
    assert terminal.charged() == before


def test_a_refund_without_a_charge_goes_to_the_card_that_is_shown(terminal: CardTerminal, till: RawTill) -> None:
    terminal.card("amex-5")
    answer = till.pay("9.00", kind="Refund")
    assert answer["PaymentResult"]["PaymentType"] == "Refund"
    assert (terminal.journal()[-1]["posting"], terminal.journal()[-1]["card"]) == ("refunded", "amex-5")
    terminal.card("closed-9999")
    assert till.pay("9.00", kind="Refund")["Response"]["Result"] == "Failure"


def test_the_same_request_is_answered_again_and_charged_once(terminal: CardTerminal, till: RawTill) -> None:
    first = till.pay("7.00", "same")
    charged = terminal.charged()
    assert till.pay("7.00", "same") == first
    assert till.pay("8.00", "same")["Response"]["ErrorCondition"] == "NotAllowed"
    assert terminal.charged() == charged


def test_status_repeats_the_answer_or_knows_nothing(till: RawTill) -> None:
    paid = till.pay("7.00", "s1")
    status = till.status("s1", ReceiptReprintFlag=True)
    assert status["Response"]["Result"] == "Success"
    assert status["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]["PaymentResponse"] == paid
    assert status["RepeatedMessageResponse"]["MessageHeader"]["ServiceID"] == "s1"
    assert "PaymentReceipt" not in str(till.status("s1"))
    assert till.status("never")["Response"]["ErrorCondition"] == "NotFound"
    assert till.status("s1", "Reversal")["Response"]["ErrorCondition"] == "NotFound"


def test_two_tills_may_use_the_same_number(terminal: CardTerminal, till: RawTill) -> None:
    till.pay("7.00", "n1")
    other = RawTill(terminal, "Another")
    assert other.status("n1")["Response"]["ErrorCondition"] == "NotFound"


def test_totals_and_reconciliation_count_the_period(till: RawTill) -> None:
    till.ask("Reconciliation", {"ReconciliationType": "SaleReconciliation"})
    paid = till.pay("10.00")
    till.pay("5.50")
    till.ask("Reversal", reversal(paid))
    totals = till.ask("GetTotals", {})["TransactionTotals"]
    lines = {line["TransactionType"]: line for line in totals[0]["PaymentTotals"]}
    assert (totals[0]["CardBrand"], totals[0]["PaymentCurrency"]) == ("visa", "USD")
    assert (lines["Debit"]["TransactionCount"], lines["Debit"]["TransactionAmount"]) == (2, Decimal("15.5"))
    assert lines["ReverseDebit"]["TransactionAmount"] == 10
    closed = till.ask("Reconciliation", {"ReconciliationType": "SaleReconciliation"})
    assert closed["TransactionTotals"] == totals
    assert till.ask("GetTotals", {})["TransactionTotals"] == []
    before = till.ask("Reconciliation", {"ReconciliationType": "PreviousReconciliation"})
    assert before["POIReconciliationID"] == closed["POIReconciliationID"]


def test_login_and_diagnosis_say_how_the_terminal_is(till: RawTill) -> None:
    assert till.ask("Login", {})["POISystemData"]["POIStatus"]["GlobalStatus"] == "OK"
    told = till.ask("Diagnosis", {"HostDiagnosisFlag": True})
    assert (told["LoggedSaleID"], told["HostStatus"][0]["IsReachableFlag"]) == ([till.sale_id], True)
    till.ask("Logout", {})
    assert till.pay("1.00")["Response"]["ErrorCondition"] == "LoggedOut"
    assert till.ask("Diagnosis", {})["Response"]["Result"] == "Success"
    till.ask("Login", {})
    assert till.pay("1.00")["Response"]["Result"] == "Success"


@pytest.mark.parametrize("category", ["Display", "Print", "Input", "StoredValue"])
def test_what_the_terminal_does_not_do_it_says(till: RawTill, category: str) -> None:
    assert "NotAllowed" in str(till.ask(category, {}))


@pytest.mark.parametrize(
    ("category", "body"),
    [
        ("Dance", {}),
        ("Payment", {}),
        ("Payment", {"SaleData": {"SaleTransactionID": {"TransactionID": "x"}}, "PaymentTransaction": []}),
    ],
)
def test_what_nobody_understands_is_a_wrong_format(till: RawTill, category: str, body: dict[str, Any]) -> None:
    assert till.ask(category, body)["Response"]["ErrorCondition"] == "MessageFormat"


def test_a_request_for_another_terminal_is_not_done(till: RawTill) -> None:
    assert till.ask("Login", {}, POIID="Other-1")["Response"]["ErrorCondition"] == "UnavailableDevice"


def test_a_signature_is_asked_for_where_the_card_wants_one(terminal: CardTerminal, till: RawTill) -> None:
    terminal.card("amex-5")
    papers = {paper["DocumentQualifier"]: paper for paper in till.pay("5.00")["PaymentReceipt"]}
    assert papers["CashierReceipt"]["RequiredSignatureFlag"] is True
    assert papers["CustomerReceipt"]["RequiredSignatureFlag"] is False


def part_of(till: RawTill) -> str:
    """How a part is called: one kind of terminal says so, of the other only the amount tells."""
    return "Partial" if till.terminal.profile == "adyen" else "Success"


def reversal(paid: dict[str, Any] | str) -> dict[str, Any]:
    of = paid if isinstance(paid, str) else paid["POIData"]["POITransactionID"]["TransactionID"]
    original = {"POITransactionID": {"TransactionID": of, "TimeStamp": "2026-03-02T10:00:00Z"}}
    return {"OriginalPOITransaction": original, "ReversalReason": "MerchantCancel"}


def test_the_folder_is_for_its_owner_only(terminal: CardTerminal) -> None:
    for file in terminal.folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    assert Path(terminal.listens["journal"]).is_file()


def test_a_number_is_typed_where_the_till_says_so(terminal: CardTerminal, till: RawTill) -> None:
    body = wish("12.30")
    body["PaymentTransaction"]["TransactionConditions"] = {"ForceEntryMode": ["Keyed"]}
    answer = till.ask("Payment", body)
    if terminal.profile != "adyen":
        assert answer["Response"]["ErrorCondition"] == "NotAllowed"
        return
    result = answer["PaymentResult"]
    assert result["PaymentInstrumentData"]["CardData"]["EntryMode"] == ["Keyed"]
    # No chip, so nothing of one; and nobody was asked for a PIN.
    assert "AID=" not in answer["Response"]["AdditionalResponse"]
    assert result["AuthenticationMethod"] == ["PaperSignature"]
    assert [paper["RequiredSignatureFlag"] for paper in answer["PaymentReceipt"]] == [False, True]
