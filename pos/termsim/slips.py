"""The terminal's own papers and the facts of the card, as they stand in an answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from pos.speech import N_, Speech
from pos.termsim.cards import Card
from pos.termsim.messages import Profile, Wish
from pos.termsim.wire import Json, spelled, text

MERCHANT = "KassaTestMerchant"
_KINDS = {"Normal": N_("PURCHASE"), "Refund": N_("REFUND"), "Reversal": N_("REVERSAL")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing done with a card. `error` and `reason` are empty where it went well."""

    identity: str
    at: str
    terminal: str
    card: Card
    entry: str
    wish: Wish
    amount: Decimal
    cash_back: Decimal = Decimal(0)
    error: str = ""
    reason: str = ""

    @property
    def approval_code(self) -> str:
        """Six digits that look like a bank's."""
        return str(int(hashlib.sha256(self.identity.encode()).hexdigest(), 16))[:6]

    @property
    def needs_signature(self) -> bool:
        by_card = self.card.verification == "PaperSignature" and self.entry == "ICC"
        return not self.error and (by_card or self.is_keyed)

    @property
    def is_keyed(self) -> bool:
        """Whether the number was typed: no chip was there, and nobody proved to be the card's owner."""
        return self.entry == "Keyed"


def response(done: Done, profile: Profile) -> Json:
    """How it ended, with the chip's own data as a terminal hands them on."""
    # Some terminals say that it was a part, others only how much it was.
    partial = profile is Profile.ADYEN and not done.error and done.amount < done.wish.amount
    said: Json = {"Result": "Failure" if done.error else "Partial" if partial else "Success"}
    extra = {"tid": done.terminal[-8:], "pspReference": done.identity.rpartition(".")[2]}
    if not done.is_keyed:
        extra |= {
            "AID": done.card.aid,
            "TVR": "0000008000",
            "TSI": "E800",
            "AC": hashlib.sha256(done.identity.encode()).hexdigest()[:16].upper(),
        }
    if done.error:
        said["ErrorCondition"] = done.error
        extra |= {"refusalReason": done.reason, "message": done.reason}
    said["AdditionalResponse"] = urlencode(extra)
    return {"Response": said}


def result(done: Done, profile: Profile) -> Json:
    """PaymentResult: the amounts and what may be known of the card."""
    facts: Json = {
        "PaymentType": done.wish.kind,
        "OnlineFlag": True,
        "AuthenticationMethod": [verified(done)],
        "PaymentInstrumentData": {
            "PaymentInstrumentType": "Card",
            "CardData": card_data(done.card, done.entry, profile, done.wish.sale),
        },
        "PaymentAcquirerData": _acquirer_facts(done),
    }
    if not done.error:
        amounts: Json = {"AuthorizedAmount": done.amount, "Currency": done.wish.currency}
        if done.wish.cash_back:
            amounts["CashBackAmount"] = done.cash_back
        facts["AmountsResp"] = amounts
    return facts


def verified(done: Done) -> str:
    """How the customer was found to be the card's owner."""
    if done.is_keyed:
        return "PaperSignature"
    return "Bypass" if done.entry == "Contactless" and not done.card.debit else done.card.verification


def receipts(done: Done, words: Speech, profile: Profile) -> list[Json]:
    """The customer's and the shop's paper: for Adyen each line as name, value and key, else as it is printed."""
    papers: list[Json] = []
    for reader in ("CustomerReceipt", "CashierReceipt"):
        lines = _lines(done, words)
        if done.needs_signature and reader == "CashierReceipt":
            lines.append(("signature", words.say("Signature"), "________________"))
        texts = [
            {
                "Text": urlencode({"name": name, "value": value, "key": key})
                if profile is Profile.ADYEN
                else f"{name}: {value}",
                "EndOfLineFlag": True,
            }
            for key, name, value in lines
        ]
        paper: Json = {"DocumentQualifier": reader, "OutputContent": {"OutputFormat": "Text", "OutputText": texts}}
        paper["RequiredSignatureFlag"] = done.needs_signature and reader == "CashierReceipt"
        papers.append(paper)
    return papers


def _lines(done: Done, words: Speech) -> list[tuple[str, str, str]]:
    kind = words.say(_KINDS.get(done.wish.kind, _KINDS["Normal"]))
    amount = done.wish.amount if done.error else done.amount
    lines = [
        ("txtype", words.say("Type"), kind),
        ("txdate", words.say("Date"), done.at[:19].replace("T", " ")),
        ("mid", words.say("Merchant"), MERCHANT),
        ("tid", words.say("Terminal"), done.terminal),
        ("cardBrand", words.say("Card"), done.card.brand.upper()),
        ("pan", words.say("Number"), done.card.masked),
        ("paymentMethodVariant", words.say("Entry"), done.entry),
        *([] if done.is_keyed else [("aid", "AID", done.card.aid)]),
        (
            "totalAmount",
            words.say("Amount"),
            spelled(amount, done.wish.currency),
        ),
    ]
    if done.cash_back and not done.error:
        lines.append(("cashBack", words.say("Cash back included"), spelled(done.cash_back, done.wish.currency)))
    if done.error:
        return [*lines, ("declined", words.say("Declined"), done.reason)]
    return [*lines, ("authCode", words.say("Approved"), done.approval_code)]


def card_data(card: Card, entry: str, profile: Profile, sale: Json) -> Json:
    """What a till may know of a card; its token only where the `sale` part of the request asks for one."""
    facts: Json = {"PaymentBrand": card.brand, "EntryMode": [entry]}
    masked = card.masked
    # Each spells the field and the number in its own way.
    if profile is Profile.ADYEN:
        facts["MaskedPan"] = f"{masked[:6]} **** {masked[-4:]}"
    else:
        facts["MaskedPAN"] = masked
    if text(sale, "TokenRequestedType") == "Customer":
        facts["PaymentToken"] = {"TokenRequestedType": "Customer", "TokenValue": card.token}
    return facts


def _acquirer_facts(done: Done) -> Json:
    facts: Json = {"MerchantID": MERCHANT, "AcquirerPOIID": done.terminal}
    facts["AcquirerTransactionID"] = {"TransactionID": done.identity.rpartition(".")[2], "TimeStamp": done.at}
    if not done.error:
        facts["ApprovalCode"] = done.approval_code
    return facts
