"""What the ways cash moves in a till are called."""

from __future__ import annotations

from pos.domain.till import MovementKind
from pos.wording import N_

NO_SALE = "no_sale"

# In the order they stand on a count; the float and sales have lines of their own.
MOVES = {
    MovementKind.LOAN: N_("Loan to the till"),
    MovementKind.PICKUP: N_("Pickup"),
    MovementKind.PAID_IN: N_("Paid in"),
    MovementKind.PAID_OUT: N_("Paid out"),
    MovementKind.CASH_BACK: N_("Cash back"),
    MovementKind.CASH_OUT: N_("Gift cards paid out"),
    MovementKind.CHECK_SETTLED: N_("Returned checks settled"),
}
