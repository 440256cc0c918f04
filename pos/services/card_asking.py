"""What is asked of the card terminal itself: it blocks, for a worker thread, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable

from pos.devices.payment.manual import ManualTerminal
from pos.devices.payment.ports import PaymentTerminal, Watch, nobody_watches
from pos.domain.card_attempt import Attempt
from pos.domain.card_facts import TypedApproval, typed_wrong
from pos.domain.card_number import looks_like_card_number
from pos.domain.payment import (
    CardKind,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    TerminalInfo,
    Unknown,
    UnknownWhy,
)
from pos.domain.refusal import Code, Refused

# How long to wait before each further question about an outcome that is not known, in seconds.
BACK_OFF = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)

Wait = Callable[[float], None]


def no_wait(_seconds: float) -> None:
    """For whoever asks again at once."""


class CardAsking:
    """The terminal of this workstation; None where it has none."""

    def __init__(self, terminal: PaymentTerminal | None) -> None:
        self.terminal = terminal

    def ask(self, attempt: Attempt, watch: Watch = nobody_watches) -> Outcome:
        """Send it, and wait for what the terminal says. Blocks; for a worker thread. Writes nothing.

        `watch` is told the steps, in the thread that called. Hand the answer to `settle`.
        """
        terminal, request = self.port(), attempt.request
        match request:
            case PayRequest():
                return terminal.pay(request, watch)
            case RefundRequest():
                return terminal.refund(request, watch)
            case ReversalRequest():
                return terminal.reverse(request)

    def abort(self, attempt: Attempt) -> None:
        """Ask the terminal to stop. Decides nothing: the payment still answers itself, to whoever waits in `ask`."""
        self.port().abort(attempt.request)

    def look(self, attempt: Attempt) -> Outcome:
        """Ask once what became of it. Blocks shortly, moves no money, writes nothing."""
        outcome = self.port().status(attempt.request)
        if isinstance(outcome, NotProcessed) and outcome.why is not NotProcessedWhy.NOT_FOUND:
            return Unknown(UnknownWhy.NOT_REACHED, outcome.detail)
        return outcome

    def hang_up(self) -> None:
        """Let go of the line under whoever waits in `ask`: it is known by now how it ended. They hear Unknown."""
        self.port().hang_up()

    def find_out(self, attempt: Attempt, wait: Wait = no_wait, *, times: int = len(BACK_OFF)) -> Outcome:
        """Ask again and again, longer apart each time, until the terminal knows; the last answer where it never does.

        Blocks; for a worker thread. `wait` is given the seconds and may raise to end it. Writes nothing.
        """
        outcome: Outcome = Unknown(UnknownWhy.CANNOT_BE_ASKED)
        if not self.port().can_be_asked:
            return outcome
        for number in range(times):
            if number:
                wait(BACK_OFF[min(number - 1, len(BACK_OFF) - 1)])
            outcome = self.look(attempt)
            if not isinstance(outcome, Unknown | InProgress):
                break
        return outcome

    def type_approval(
        self, attempt: Attempt, approval_code: str, last_four: str, *, brand: str = "", declined: bool = False
    ) -> Refused | None:
        """What a stand-alone terminal answered, as the cashier typed it; `ask` for the same attempt then returns.

        Refused: CARD_NUMBER_TYPED, CARD_APPROVAL_TYPED, NO_TERMINAL where the terminal answers by itself.
        """
        if not isinstance(self.terminal, ManualTerminal):
            return Refused(Code.NO_TERMINAL)
        if any(map(looks_like_card_number, (approval_code, last_four, brand))):
            return Refused(Code.CARD_NUMBER_TYPED)
        wrong = typed_wrong(approval_code, last_four, declined=declined)
        if wrong:
            return Refused(Code.CARD_APPROVAL_TYPED, {"field": wrong})
        self.terminal.typed(TypedApproval(attempt.reference, approval_code, last_four, brand[:20], declined))
        return None

    def login(self) -> TerminalInfo | Refused:
        """Make sure that the terminal takes requests. Blocks. Refused: NO_TERMINAL, TERMINAL_SILENT."""
        if self.terminal is None:
            return Refused(Code.NO_TERMINAL)
        found = self.terminal.login()
        return Refused(Code.TERMINAL_SILENT) if isinstance(found, NotProcessed) else found

    def port(self) -> PaymentTerminal:
        """The terminal, where there has to be one."""
        assert self.terminal is not None, "nothing is begun without a terminal"
        return self.terminal

    def can_key(self, kind: CardKind, cash_back: int) -> bool:
        """Whether the number of such a card can be typed at the terminal: never of one that wants its PIN."""
        takes = self.terminal is not None and self.terminal.takes_keyed
        return takes and kind is CardKind.CREDIT and not cash_back

    def asks(self, attempt: Attempt) -> bool:
        """Whether the terminal of this attempt is the one that is here, and can be asked."""
        port = self.terminal
        return port is not None and port.can_be_asked and port.terminal == attempt.terminal
