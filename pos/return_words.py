"""What a return's reasons say to the cashier, and the words they are made of; `pos.wording` says them with facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos.domain.refusal import Code
from pos.domain.return_decision import Verdict
from pos.return_customer_words import CUSTOMER_SENTENCES, REMEDIES, REMEDIES_FOR_CUSTOMER
from pos.speech import N_, Speech
from pos.tender_words import tender_name

_Facts = Mapping[str, object]

CONDITIONS: dict[str, str] = {
    "unopened": N_("Unopened"),
    "opened": N_("Opened"),
    "worn": N_("Worn"),
    "damaged": N_("Damaged"),
    "defective": N_("Defective"),
    "incomplete": N_("Incomplete"),
    "unsanitary": N_("Unsanitary"),
    "altered": N_("Altered"),
}

# How a claim for a defect ends: the remedies of the law, and that it is none.
CLAIM_MANNERS: dict[str, str] = {
    "repair": N_("Repair"),
    "replace": N_("Replacement"),
    "price_cut": N_("Price reduction"),
    "refund": N_("Money back"),
    "refused": N_("Claim refused"),
}

DOCUMENTS: dict[str, str] = {
    "id_card": N_("Identity card"),
    "passport": N_("Passport"),
    "driving_licence": N_("Driving licence"),
}

PROOFS: dict[str, str] = {
    "receipt": N_("receipt"),
    "e_receipt": N_("e-receipt"),
    "card_lookup": N_("the card it was paid with"),
    "check_lookup": N_("the check it was paid with"),
    "customer_lookup": N_("customer account"),
    "gift_receipt": N_("gift receipt"),
    "bank_statement": N_("bank statement"),
    "none": N_("no proof"),
}

_RETURN_SENTENCES: dict[Code, str] = {
    Code.WINDOW_EXPIRED: N_("{item} could be returned until {last}."),
    Code.LATE_STORE_CREDIT: N_("{item} could be returned for money until {last}. Now it is paid out as store credit."),
    Code.RECEIPT_REQUIRED: N_("{item} comes back only with: {proofs}."),
    Code.NO_RECEIPT: N_("No purchase is known for {item}."),
    Code.NO_RECEIPT_LIMIT: N_("Refunds without a proof since {since} come to {amount}; the limit is {limit}."),
    Code.NO_RECEIPT_COUNT: N_("Returns without a proof since {since}: {count}. The limit is {limit}."),
    Code.NO_RECEIPT_VALUE: N_("Without a proof {item} is worth {price}, its lowest price since {since}."),
    Code.ID_REQUIRED: N_("This return needs an identity document."),
    Code.SIGNATURE_NEEDED: N_("The customer signs the shop’s copy."),
    Code.FINAL_SALE: N_("{item} was a final sale."),
    Code.NON_RETURNABLE_CATEGORY: N_("{item} is a kind of goods that is not taken back."),
    Code.NO_RETURN_RIGHT: N_("The shop takes {item} back for no such reason."),
    Code.OPENED_NOT_RETURNABLE: N_("{item} was opened."),
    Code.CONDITION_NOT_ACCEPTED: N_("{item} is not taken back in this state: {condition}."),
    Code.CONDITION_UNKNOWN: N_("The state of {item} has not been noted."),
    Code.VALUE_REDUCED: N_("{amount} is kept back for {item}."),
    Code.MISSING_PARTS: N_("With {item} this is missing: {parts}."),
    Code.MISSING_UPC: N_("The product code of {item} is missing."),
    Code.REBATE_PAID: N_("A rebate of {amount} was paid out for {item}."),
    Code.SERIAL_MISMATCH: N_("Serial number {serial} was not sold with {item}."),
    Code.SERIAL_RETURNED: N_("{item} with serial number {serial} came back already and was not sold again."),
    Code.ITEM_MISMATCH: N_("On the counter is {item}, the receipt says {sold}."),
    Code.QTY_EXCEEDS_SOLD: N_("{quantity} of {item} are to come back, {left} of {sold} are left on the receipt."),
    Code.ALREADY_RETURNED: N_("{item} of this receipt came back already."),
    Code.REFUND_EXCEEDS_PAID: N_("{amount} is asked for, {limit} of what was paid is left."),
    Code.SALE_VOIDED: N_("Receipt {receipt} was taken back whole."),
    Code.RECEIPT_OF_TRAINING: N_("This receipt is from training. Nothing was sold with it."),
    Code.RETURN_EMPTY: N_("Nothing is ticked to come back. Tick a line, scan the goods or type an amount."),
    Code.WHOLE_ONLY: N_("Everything or nothing was asked for, and another line cannot come back."),
    Code.OTHER_SELLER: N_("{item} was sold by another seller."),
    Code.EXCHANGE_ONLY: N_("{item} can only be exchanged."),
    Code.EXCHANGE_CHANGED: N_(
        "What comes back is worth something else by now. Nothing was written. Go back and look at the exchange again."
    ),
    Code.EXCHANGE_AGREED: N_("Other goods were agreed to, no money. Nothing was paid out. Scan what goes out for it."),
    Code.POLICY_STARTS: N_("A new version of the return policy begins on {day} at the earliest."),
    Code.POLICY_NAMES: N_("Rule {rule} names “{name}”, which this shop has not got. It has: {choices}."),
    Code.POLICY_UNTRIED: N_(
        "The kept cases were not tried with exactly this policy. Nothing is switched on. Try again."
    ),
    Code.POLICY_BREAKS_CASES: N_(
        "Cases that come out otherwise with it: {count}. Nothing is switched on yet. The owner has to agree."
    ),
    Code.CASE_NAME: N_("A case needs a name of at most {most} characters. Nothing was kept."),
    Code.CASE_NAME_TAKEN: N_("There is a case called “{name}” already. Nothing was kept. Take another name."),
    Code.CASE_EXPECTS_NOTHING: N_("This case expects nothing, so it can never fail. Nothing was kept."),
    Code.CASE_TOO_LONG: N_("A case has at most {most} characters. Nothing was kept."),
    Code.CASE_UNKNOWN: N_("This case is not kept any more. Somebody else took it away."),
    Code.POLICY_MOVED_ON: N_(
        "Version {version} of the return policy was switched on meanwhile. Nothing was switched on. What shows now is "
        "compared with that version: look at it, then switch on again."
    ),
    Code.EXCHANGE_INCOMPLETE: N_("An exchange needs goods that come back and goods that go out for them."),
    Code.EXCHANGE_LIMIT: N_("{item} was exchanged already: {count}. The limit is {limit}."),
    Code.EXCHANGE_WORTH: N_("What is taken instead comes to {amount}; it has to be {limit} at least."),
    Code.STATUTORY_NO_POSTING: N_(
        "The return rules were not posted in the shop. By law {item} may come back until {last}."
    ),
    Code.STATUTORY_WITHDRAWAL: N_("{item} was bought at a distance. By law it may come back until {last}."),
    Code.STATUTORY_DEFECT: N_("For a defect of {item} the law answers until {last}."),
    Code.STATUTORY_FULL_VALUE: N_("By law nothing is kept back for {item}."),
    Code.PROMO_RECALCULATED: N_("What stays was priced anew without {promotion}: {amount} less comes back."),
    Code.PROMO_SET_INCOMPLETE: N_("{promotion} was sold as a set and comes back only whole."),
    Code.TAX_NOT_REFUNDABLE: N_("The tax of {amount} on {item} does not come back."),
    Code.RESTOCKING_FEE: N_("A restocking fee of {amount} is kept for {item}."),
    Code.RESTOCKING_FEE_WAIVED: N_("No restocking fee for {item}."),
    Code.FEE_WAIVER: N_("Somebody has to agree to give back the {amount} that is kept for {item}."),
    Code.DELIVERY_KEPT: N_("{amount} of delivery or service is not paid back."),
    Code.REWARD_CLAWBACK: N_("Points or rewards worth {amount} were spent already; that is kept back."),
    Code.POINTS_REVERSED: N_("The purchase gave points that go back: {points}."),
    Code.TENDER_NOT_ALLOWED: N_("This may not be paid out as: {tender}."),
    Code.STORE_CREDIT_ONLY: N_("{amount} is paid out as store credit."),
    Code.GIFT_RECEIPT: N_("Shown by a gift receipt: exchange or store credit, and no price is told."),
    Code.CHECK_HOLD: N_("The check may still bounce. Cash comes back from {day}."),
    Code.MAILED_CHECK: N_("{amount} is sent as a check by mail: at most {limit} is paid in cash."),
    Code.DRAWER_INSUFFICIENT: N_("The drawer holds {there}, {amount} is to be paid out."),
    Code.CARD_UNAVAILABLE: N_("Nothing can be paid back to card {card} any more."),
    Code.VOID_BEFORE_SETTLEMENT: N_("The charge on card {card} is not settled yet and is voided as a whole."),
    Code.RETURN_AMOUNT_LIMIT: N_("{amount} is to come back; above {limit} a manager has to agree."),
    Code.RETURN_COUNT_LIMIT: N_("Returns since {since}: {count}. The limit is {limit}."),
    Code.RETURN_APPROVAL: N_("A manager has to agree to this return."),
    Code.RETURN_SAME_CASHIER: N_("Whoever sold it also takes it back."),
    Code.RETURN_OWN: N_("A return of one’s own purchase needs somebody else."),
    Code.RETURN_SOON: N_("The sale was only a moment ago, at {at}."),
    Code.RETURN_VALUE_LIMIT: N_("Returns since {since} come to {amount}; the limit is {limit}."),
    Code.ANSWER_NOT_ACCEPTED: N_("{item}: the answer to “{question}” is {answer}."),
    Code.GOODWILL_LIMIT: N_("{amount} without goods is asked for; the limit is {limit}."),
    Code.GOODWILL_LATE: N_("Money without goods was possible until {last}."),
}
# Codes that other parts of the till say too: what a return means by them.
_KNOWN_CODES: dict[Code, str] = {
    Code.ITEM_UNKNOWN: N_("{item} is not in the item list."),
    Code.LINE_UNKNOWN: N_("The receipt has no line {line}."),
    Code.QUANTITY_INVALID: N_("A quantity of {quantity} cannot come back."),
    Code.AMOUNT_INVALID: N_("{amount} is no amount that can be paid back."),
    Code.SERIAL_REQUIRED: N_("The serial number of {item} is needed."),
    Code.GIFT_CARD_USED: N_("Gift card {card} was used since it was sold."),
    Code.GIFT_CARD_DISABLED: N_("Gift card {card} is blocked and takes no money."),
    Code.GIFT_CARD_LIMIT: N_("Gift card {card} can take {limit} more, {amount} is to go onto it."),
    Code.BAD_CHECK_OUTSTANDING: N_("A check of this customer came back unpaid and is open still."),
    Code.CASH_LIMIT: N_("{amount} in cash is asked for, at most {limit} is paid out in cash."),
}

# Beside a line, where the whole sentence stands next to it.
_SHORT: dict[Code, str] = {
    Code.WINDOW_EXPIRED: N_("was possible until {last}"),
    Code.LATE_STORE_CREDIT: N_("for money until {last}"),
    Code.RECEIPT_REQUIRED: N_("without the proof it needs"),
    Code.NO_RECEIPT: N_("without a receipt"),
    Code.NO_RECEIPT_LIMIT: N_("limit without a receipt"),
    Code.NO_RECEIPT_COUNT: N_("limit without a receipt"),
    Code.ID_REQUIRED: N_("identity document"),
    Code.FINAL_SALE: N_("final sale"),
    Code.NON_RETURNABLE_CATEGORY: N_("not taken back"),
    Code.NO_RETURN_RIGHT: N_("not for this reason"),
    Code.OPENED_NOT_RETURNABLE: N_("opened"),
    Code.CONDITION_NOT_ACCEPTED: N_("state: {condition}"),
    Code.CONDITION_UNKNOWN: N_("state not noted"),
    Code.MISSING_PARTS: N_("missing: {parts}"),
    Code.MISSING_UPC: N_("product code missing"),
    Code.REBATE_PAID: N_("rebate paid out"),
    Code.SERIAL_MISMATCH: N_("other serial number"),
    Code.SERIAL_RETURNED: N_("came back already"),
    Code.SERIAL_REQUIRED: N_("serial number"),
    Code.ITEM_MISMATCH: N_("other goods"),
    Code.QTY_EXCEEDS_SOLD: N_("{left} of {sold} left"),
    Code.ALREADY_RETURNED: N_("came back already"),
    Code.OTHER_SELLER: N_("another seller"),
    Code.EXCHANGE_ONLY: N_("no money"),
    Code.EXCHANGE_LIMIT: N_("exchanged already: {count}"),
    Code.EXCHANGE_WORTH: N_("for {limit} at least"),
    Code.PROMO_SET_INCOMPLETE: N_("only the whole set"),
    Code.RETURN_AMOUNT_LIMIT: N_("above {limit}"),
    Code.RETURN_COUNT_LIMIT: N_("returns: {count} of {limit}"),
    Code.RETURN_VALUE_LIMIT: N_("returns above {limit}"),
    Code.RETURN_APPROVAL: N_("with a yes only"),
    Code.RETURN_SAME_CASHIER: N_("sold by the same person"),
    Code.RETURN_OWN: N_("own purchase"),
    Code.RETURN_SOON: N_("sold at {at}"),
    Code.ANSWER_NOT_ACCEPTED: N_("answer: {answer}"),
    Code.GIFT_CARD_USED: N_("the card was used"),
    Code.GIFT_RECEIPT: N_("gift receipt"),
    Code.BAD_CHECK_OUTSTANDING: N_("unpaid check"),
    Code.SALE_VOIDED: N_("receipt taken back"),
    Code.STATUTORY_NO_POSTING: N_("by law until {last}"),
    Code.STATUTORY_WITHDRAWAL: N_("by law until {last}"),
    Code.STATUTORY_DEFECT: N_("by law until {last}"),
}


# Ways out that are no tender a cashier takes.
_WAYS_OUT: dict[str, str] = {
    "mailed_check": N_("Check by mail"),
    "exchange": N_("Pays for what goes out"),
}
_DEDUCTIONS: dict[str, str] = {
    Code.MISSING_PARTS.value: N_("Missing parts"),
    Code.PROMO_RECALCULATED.value: N_("Promotion no longer earned"),
    Code.REWARD_CLAWBACK.value: N_("Rewards used already"),
    Code.REFUND_EXCEEDS_PAID.value: N_("More than was paid"),
}


def refund_words(w: Speech, kind: str, shown: str = "") -> str:
    """A way money goes out, with what may be shown of where to."""
    known = _WAYS_OUT.get(kind)
    return f"{tender_name(w, kind) if known is None else w.say(known)} {shown}".rstrip()


def deduction_words(w: Speech, code: str) -> str:
    """What is kept back under this code."""
    known = _DEDUCTIONS.get(code)
    return w.say("Kept back") if known is None else w.say(known)


def condition_words(w: Speech, condition: object) -> str:
    """A state of goods, or the policy's own word for one."""
    known = CONDITIONS.get(str(condition))
    return str(condition) if known is None else w.say(known)


def proof_words(w: Speech, proof: object) -> str:
    """A proof of purchase, as it stands in a list."""
    known = PROOFS.get(str(proof))
    return str(proof) if known is None else w.say(known)


def return_sentence(w: Speech, code: Code, facts: _Facts) -> str:
    """What the cashier reads of a reason; its facts by name, written as people write them."""
    return w.say(_RETURN_SENTENCES.get(code) or _KNOWN_CODES[code], **_spoken(w, facts))


def short_words(w: Speech, code: Code, facts: _Facts) -> str:
    """What decided, in a few words; empty where only the whole sentence says it."""
    short = _SHORT.get(code)
    return "" if short is None else w.say(short, **_spoken(w, facts))


def customer_sentence(w: Speech, code: Code, facts: _Facts) -> str:
    """What may be told or printed for the customer; empty where there is nothing to tell."""
    sentence = CUSTOMER_SENTENCES.get(code)
    return "" if sentence is None else w.say(sentence, **_spoken(w, facts))


def remedy_sentence(w: Speech, code: str, facts: _Facts) -> str:
    """What the cashier can do to make it a yes."""
    return w.say(REMEDIES[code], **_spoken(w, facts))


def remedy_for_customer(w: Speech, code: str, facts: _Facts) -> str:
    """What the customer can do to make it a yes; empty where it is not theirs to do, or an amount would be promised."""
    sentence = REMEDIES_FOR_CUSTOMER.get(code)
    return "" if sentence is None else w.say(sentence, **_spoken(w, facts))


# What becomes of a line or of a whole return, as the shop says it.
VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.ALLOWED: N_("Full refund"),
    Verdict.NEEDS_APPROVAL: N_("Manager decides"),
    Verdict.EXCHANGE_ONLY: N_("Exchange only"),
    Verdict.REFUSED_OVERRIDABLE: N_("Not returnable"),
    Verdict.STATUTORY_CLAIM: N_("Claim by law"),
    Verdict.REFUSED: N_("Not returnable"),
    Verdict.PARTIAL: N_("Some of it"),
}

_REFUSED: dict[Verdict, str] = {
    Verdict.NEEDS_APPROVAL: N_("Only if a manager agrees"),
    Verdict.EXCHANGE_ONLY: N_("Exchange only"),
    Verdict.STATUTORY_CLAIM: N_("Taken in as a complaint under the law"),
}


def refusal_verdict(w: Speech, verdict: Verdict) -> str:
    """What becomes of goods that do not come back now, as the customer reads it."""
    return w.say(_REFUSED.get(verdict, N_("Not taken back")))


# What somebody agreed to, in a few words; whatever is not named is an exception.
_APPROVED: dict[str, str] = {
    **dict.fromkeys(("WINDOW_EXPIRED", "LATE_STORE_CREDIT"), N_("After the last return day")),
    **dict.fromkeys(
        ("RECEIPT_REQUIRED", "NO_RECEIPT", "NO_RECEIPT_LIMIT", "NO_RECEIPT_COUNT"), N_("Without a proof of purchase")
    ),
    "ID_REQUIRED": N_("Without an identity document"),
    **dict.fromkeys(
        ("FINAL_SALE", "NON_RETURNABLE_CATEGORY", "NO_RETURN_RIGHT", "OTHER_SELLER"),
        N_("Goods not taken back otherwise"),
    ),
    **dict.fromkeys(
        ("OPENED_NOT_RETURNABLE", "CONDITION_NOT_ACCEPTED", "CONDITION_UNKNOWN", "MISSING_PARTS", "MISSING_UPC"),
        N_("State of the goods"),
    ),
    **dict.fromkeys(("EXCHANGE_ONLY", "EXCHANGE_WORTH"), N_("Money instead of an exchange")),
    **dict.fromkeys(
        ("TENDER_NOT_ALLOWED", "CARD_UNAVAILABLE", "STORE_CREDIT_ONLY", "CHECK_HOLD"), N_("Paid out another way")
    ),
    **dict.fromkeys(("CASH_LIMIT", "DRAWER_INSUFFICIENT"), N_("Amount of cash")),
    "RETURN_AMOUNT_LIMIT": N_("Amount of the return"),
    **dict.fromkeys(("GOODWILL_LIMIT", "GOODWILL_LATE"), N_("Money without goods")),
    "FEE_WAIVER": N_("Nothing kept of the refund"),
}


def approved_words(w: Speech, code: str) -> str:
    """What was agreed to under this code, in a few words."""
    return w.say(_APPROVED.get(code, N_("An exception")))


# Where goods that came back go.
_GOODS: dict[str, str] = {
    "shelf": N_("Back on the shelf"),
    "damaged": N_("Damaged goods"),
    "vendor": N_("Back to the vendor"),
    "repair": N_("To be repaired"),
    "destroy": N_("To be destroyed"),
    "open_box": N_("To be sold as open box"),
    "undecided": N_("Not decided yet"),
}


def goods_words(w: Speech, disposition: str) -> str:
    """Where goods go; a word of the policy's own as it is."""
    known = _GOODS.get(disposition)
    return disposition if known is None else w.say(known)


def _spoken(w: Speech, facts: _Facts) -> dict[str, object]:
    said = dict(facts)
    if "condition" in said:
        said["condition"] = condition_words(w, said["condition"])
    if "tender" in said:
        said["tender"] = tender_name(w, said["tender"])
    proofs, parts = said.get("proofs"), said.get("parts")
    if isinstance(proofs, tuple):
        said["proofs"] = ", ".join(proof_words(w, proof) for proof in proofs)
    if isinstance(parts, tuple):
        said["parts"] = ", ".join(str(part) for part in parts)
    return said


def _as_refused(code: Code) -> Callable[[Speech, dict[str, object]], str]:
    return lambda w, facts: return_sentence(w, code, facts)


RETURN_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    code: _as_refused(code) for code in _RETURN_SENTENCES
}
# Every code a reason of a return may have.
RETURN_CODES = frozenset({*_RETURN_SENTENCES, *_KNOWN_CODES})


# What decides where a policy says nothing: by the same name on every screen, in words.
_OWN_RULES = {"no_receipt": N_("No receipt"), "goodwill": N_("Money without goods")}


def rule_words(words: Speech, rule: str) -> str:
    """What a rule that decided is called: a policy's own id, or in words what the program or the law decides."""
    if rule in _OWN_RULES:
        return words.say(_OWN_RULES[rule])
    law, _, article = rule.partition(".")
    if law == "law" and article:
        return words.say("Law ({country})", country=article.partition(".")[0])
    return rule
