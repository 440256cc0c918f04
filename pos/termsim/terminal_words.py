"""What the terminal shows and what may happen to a request, in sentences that are said in the reader's language."""

from __future__ import annotations

from pos.speech import N_
from pos.termsim.bank import Posting
from pos.termsim.customer import Step

STEPS = {
    Step.IDLE: N_("Ready"),
    Step.PRESENT_CARD: N_("Insert or tap your card"),
    Step.TYPE_NUMBER: N_("Type the card’s number"),
    Step.ENTER_PIN: N_("Enter your PIN"),
    Step.WRONG_PIN: N_("Wrong PIN, try again"),
    Step.AUTHORISING: N_("Asking the bank …"),
    Step.APPROVED: N_("Approved"),
    Step.DECLINED: N_("Declined"),
    Step.CANCELLED: N_("Cancelled"),
    Step.CARD_READ: N_("One moment, please"),
    Step.REBOOTING: N_("Restarting …"),
    Step.UNPLUGGED: N_("The cable is out"),
}

POSTINGS = {
    Posting.APPROVED: N_("Approved"),
    Posting.DECLINED: N_("Declined"),
    Posting.REFUNDED: N_("Refunded"),
    Posting.REVERSED: N_("Reversed"),
    Posting.RECONCILED: N_("Period closed"),
}

# Every outcome by its name, in the order in which the window offers them.
OUTCOMES = {
    "approved": N_("Approved"),
    "declined": N_("Declined"),
    "partial": N_("Half of it approved"),
    "cancelled": N_("The customer cancels"),
    "wrong_pin": N_("Wrong PIN, then the right one"),
    "slow": N_("The bank takes its time"),
    "late_answer": N_("Approved, but the answer comes late"),
    "disconnect_after_approval": N_("Approved, then the line breaks"),
    "disconnect_before": N_("The line breaks before the card is read"),
    "timeout_after_approval": N_("Approved, but no answer ever comes"),
    "timeout_before": N_("Nothing happens and no answer comes"),
    "reset_after_approval": N_("Approved, then the line is torn down"),
    "reset_before": N_("The line is torn down before the card is read"),
    "close_mid_body": N_("Approved, half an answer"),
    "garbage": N_("Approved, rubbish for an answer"),
    "not_json": N_("Approved, a web page for an answer"),
    "oversized": N_("Approved, an endless answer"),
    "bad_hmac": N_("Approved, a false signature on the answer"),
    "wrong_amount": N_("The answer tells another amount"),
    "wrong_attempt": N_("The answer belongs to another request"),
    "out_of_order_display": N_("Messages come in the wrong order"),
    "clock_skew": N_("The terminal’s clock is an hour ahead"),
    "reboot": N_("Approved, then the terminal restarts"),
    "reboot_before": N_("The terminal restarts before the card is read"),
    "host_unreachable": N_("The bank cannot be reached"),
    "host_lost": N_("The bank approves and is not heard"),
    "reversal_refused": N_("The next reversal is refused"),
    "busy": N_("The terminal says it is busy"),
    "logged_out": N_("The terminal wants a log-in first"),
}
