"""What the printer and its queue say, in words."""

from __future__ import annotations

from pos.domain.copies import GivenUp
from pos.services.paper_queue import QueuedPaper
from pos.wording import N_, Wording

_DOCUMENTS = {
    "sale_receipt": N_("Receipt {receipt}"),
    "gift_receipt": N_("Gift receipt of {receipt}"),
    "suspended_slip": N_("Slip of a suspended sale"),
    "return_receipt": N_("Receipt of return {receipt}"),
    "store_slip": N_("Shop’s copy of a return"),
    "mail_check_request": N_("Check to be mailed"),
    "refund_slip": N_("Refund given another way"),
    "exception_form": N_("Exception to the return policy"),
    "disposition_tag": N_("Tag for goods that came back"),
    "vendor_return": N_("Return to vendor"),
    "claim_protocol": N_("Claim for defective goods"),
    "refusal_note": N_("Note on a refused return"),
    "gift_card_slip": N_("Gift card slip"),
    "store_credit": N_("Slip of store credit"),
    "store_credit_copy": N_("Shop’s copy of store credit"),
}
_WAITS = {
    "paper_out": N_("waits for paper"),
    "cover_open": N_("waits until the cover is closed"),
    "unreachable": N_("waits until the printer answers"),
    "silent": N_("waits until the printer answers"),
    "offline": N_("waits until the printer is on line"),
    "fault": N_("waits until the fault is mended"),
    "not_writable": N_("waits until the folder can be written"),
}
_TESTED = {
    "printed": N_("The test page is printed."),
    "handed_over": N_("The test page was sent. This printer does not say whether it came out."),
    "no_printer": N_("This till has no printer. Name one in the settings."),
    "paper_out": N_("The printer is out of paper. Put a roll in, then try again."),
    "cover_open": N_("The printer’s cover is open. Close it, then try again."),
    "unreachable": N_("The printer cannot be reached. Look at its cable and its switch, then try again."),
    "silent": N_("The printer does not answer. Look at its cable and its switch, then try again."),
    "link_lost": N_("The line broke off while it was printing. Look whether the page came out."),
    "offline": N_("The printer is switched off line. Switch it on line, then try again."),
    "not_writable": N_("The printer’s folder cannot be written. Check the folder’s rights."),
}
_FAULT = N_("The printer reports a fault. Nothing is lost. Switch it off and on again.")

GIVEN_UP = {
    GivenUp.NOT_WANTED: N_("Nobody wants it"),
    GivenUp.UNREADABLE: N_("Unreadable"),
    GivenUp.GIVEN_OTHERWISE: N_("Given another way"),
}


def paper_title(paper: QueuedPaper, words: Wording) -> str:
    """Which paper it is."""
    title = words.say(_DOCUMENTS.get(paper.document, _DOCUMENTS["sale_receipt"]), receipt=paper.receipt)
    if paper.copy_number:
        return f"{title} · {words.say('COPY {number}', number=paper.copy_number)}"
    return title


def paper_state(paper: QueuedPaper, words: Wording) -> str:
    """Since when, and what it waits for."""
    if paper.uncertain:
        said = words.say("perhaps printed: look at the printer")
    else:
        said = words.say(_WAITS[paper.reason]) if paper.reason in _WAITS else words.say("waits")
    return f"{words.time(paper.at)} · {said}"


def tested_words(said: str, words: Wording) -> tuple[str, bool]:
    """How the test print went, and whether it went well."""
    return words.say(_TESTED.get(said, _FAULT)), said in {"printed", "handed_over"}
