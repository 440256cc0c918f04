"""Where a screen may lead that is no place of its own: the shell knows what to do."""

from __future__ import annotations

# The window in which somebody plays the customer at the practice terminal.
PLAY_CUSTOMER = "play_customer"
# A card payment nobody knows the outcome of, for a manager to decide.
OPEN_CARD = "open_card"
# Money of returns that is not on its card, to be settled in the journal.
OWED_REFUNDS = "owed_refunds"
