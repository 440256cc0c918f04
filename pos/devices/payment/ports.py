"""What the shop asks of a card terminal. Drivers block as long as the customer takes; a worker thread calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from pos.domain.card_facts import TypedApproval
from pos.domain.card_reading import CardRead, CardUnread
from pos.domain.payment import (
    Final,
    NotProcessed,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
)

# Told where a payment is, from the thread that asked for it. What it raises is not caught.
Watch = Callable[[Step], None]


def nobody_watches(step: Step) -> None:
    """A watch for whoever has no screen."""


class PaymentTerminal(Protocol):
    """A card terminal. Nothing here raises for what a terminal, a cable or a bank does.

    The caller commits the attempt *before* it calls `pay`, `refund` or `reverse`, and asks one of them, or `read_card`,
    at a time; `abort`, `stop_reading`, `status` and `login` may be called meanwhile, from another thread. Every answer
    has been through `pos.domain.payment.answers`: Approved and Declined are about exactly this request.
    """

    @property
    def terminal(self) -> str:
        """Its id, as requests name it. Asks nobody."""

    @property
    def can_be_asked(self) -> bool:
        """Whether `status` can ever say more than Unknown; False for a stand-alone terminal. Asks nobody."""

    @property
    def takes_keyed(self) -> bool:
        """Whether it lets a card's number be typed at it when a request says so. Asks nobody."""

    def login(self) -> TerminalInfo | NotProcessed:
        """Make sure that the terminal is there, is the one named, and takes requests. Moves no money."""

    def pay(self, request: PayRequest, watch: Watch = nobody_watches) -> Final:
        """Charge a card. Blocks until the terminal says how it went, or the time-out of the settings has passed.

        A terminal that is logged out is logged in and asked once more, with the same reference.
        """

    def abort(self, request: TerminalRequest) -> None:
        """Ask the terminal to stop; decides nothing: the payment still answers itself. Blocks shortly."""

    def status(self, request: TerminalRequest) -> Outcome:
        """What became of a request sent before, also before a restart. Moves no money, may be asked for ever.

        NotProcessed(NOT_FOUND): it never took the request. InProgress: it is still at it. Unknown: it could not be
        asked, or its answer decides nothing. Asked once; who calls waits between askings.
        """

    def refund(self, request: RefundRequest, watch: Watch = nobody_watches) -> Final:
        """Give money back, as `pay` takes it."""

    def reverse(self, request: ReversalRequest) -> Final:
        """Take an approved payment back. Declined(REFUSED): it can no longer be, a refund can."""

    def read_card(self, watch: Watch = nobody_watches) -> CardRead | CardUnread:
        """Which card is this: have one presented, charge nothing, and let go of it. Moves no money, leaves no trace.

        Blocks as `pay` does. However it ends, the terminal is told that nobody waits for a card any more.
        """

    def stop_reading(self) -> None:
        """Have `read_card` end with STOPPED; nothing where none is read. Blocks shortly."""

    def totals(self, *, end_period: bool = False) -> TerminalTotals | NotProcessed:
        """What the terminal counted since it was last reconciled; with `end_period` it reconciles now.

        NotProcessed says only that no totals came: a period may have ended all the same.
        """

    def hang_up(self) -> None:
        """Let go of the line under a call that waits, which ends with Unknown; the next call has another line."""

    def close(self) -> None:
        """Let go of everything; a call that waits ends with Unknown."""


@runtime_checkable
class PlayedTerminal(PaymentTerminal, Protocol):
    """A terminal to practise with: whoever likes plays the customer at it."""

    @property
    def stands_in(self) -> bool:
        """Whether it could not start, and one in memory answers that approves every card. Asks nobody."""

    def play_customer(self) -> bool:
        """Open the window to play the customer in. Blocks shortly; False where it cannot be."""


class TypedTerminal(PaymentTerminal, Protocol):
    """A stand-alone terminal: the cashier keys in the amount there and types here what it answered."""

    def typed(self, entry: TypedApproval) -> None:
        """Hand over what was typed, before `pay`, `refund` or `reverse` is called or, from another thread, while it
        waits. An entry for another reference is kept for that one.
        """
