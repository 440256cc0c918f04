"""Every function of the journal for one receipt, in the order of its buttons, and for which receipts it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos.ui.journal.actions import ReceiptAction, for_one_that, for_ours, for_sale, for_standing
from pos.ui.journal.papers import has_papers
from pos.wording import N_
from pos.workstation import Workstation


def receipt_actions(
    workstation: Workstation,
    want: Callable[[str], Callable[[], None]],
    *,
    ask_buyer: Callable[[], None],
    ask_check: Callable[[], None],
    ask_refund: Callable[[], None],
    papers: Callable[[], None],
    correct: Callable[[], None],
    post_void: Callable[[], None],
) -> tuple[ReceiptAction, ...]:
    """`want` makes what asks for the paper of a name; the others open what is asked first."""
    return (
        ReceiptAction("gift", "F4", "redeem", N_("Gift receipt"), want("gift"), for_sale),
        ReceiptAction("e_receipt", "F11", "mail", N_("E-receipt"), want("e_receipt"), for_ours),
        ReceiptAction(
            "tax_document", "Alt+T", "receipt_long", N_("Tax document"), ask_buyer, for_sale, in_key_bar=False
        ),
        ReceiptAction(
            "failed_refund",
            "Alt+G",
            "credit_card_off",
            N_("Refund not on card"),
            ask_refund,
            for_one_that(workstation.failed_refunds.of_return),
            in_key_bar=False,
        ),
        ReceiptAction(
            "papers", "F6", "description", N_("Papers"), papers, for_one_that(partial(has_papers, workstation))
        ),
        *_offered_for_some(workstation, want, ask_check),
        ReceiptAction("correct", "F3", "swap_horiz", N_("Correct tender"), correct, for_standing, "after"),
        ReceiptAction("post_void", "F8", "undo", N_("Post-void"), post_void, for_standing, "after"),
    )


def _offered_for_some(
    workstation: Workstation, want: Callable[[str], Callable[[], None]], ask_check: Callable[[], None]
) -> tuple[ReceiptAction, ...]:
    """What only receipts of one kind offer."""
    return (
        ReceiptAction(
            "returned_check",
            "Alt+C",
            "edit_document",
            N_("Returned check"),
            ask_check,
            for_one_that(workstation.returned_checks.is_check_sale),
            in_key_bar=False,
        ),
        ReceiptAction(
            "frank",
            "Alt+K",
            "print",
            N_("Frank check"),
            want("franking"),
            for_one_that(workstation.paperwork.checks_to_frank),
            in_key_bar=False,
        ),
        ReceiptAction(
            "return_again",
            "Alt+R",
            "assignment_return",
            N_("Return receipt"),
            want("return_again"),
            for_one_that(workstation.return_copies.returned),
            in_key_bar=False,
        ),
    )
