"""A stand-alone terminal: the cashier keys the amount into it, and types here what it answered."""

from __future__ import annotations

import threading

from pos.devices.payment.ports import Watch, nobody_watches
from pos.domain.card_facts import CardFacts, TypedApproval
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import (
    Approved,
    Declined,
    DeclinedWhy,
    Final,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
    Unknown,
    UnknownWhy,
    wanted,
)


class ManualTerminal:
    """Waits for what is typed. It is never asked: what nobody typed stays unknown until a person looks at it."""

    def __init__(self, terminal: str = "manual") -> None:
        self._terminal = terminal
        self._typed: dict[str, TypedApproval] = {}
        self._closed = False
        self._changed = threading.Condition()

    @property
    def terminal(self) -> str:
        return self._terminal

    @property
    def can_be_asked(self) -> bool:
        return False

    @property
    def takes_keyed(self) -> bool:
        # Whoever keys the amount there types the number there too, if its bank lets them: nobody has to be told.
        return False

    def typed(self, entry: TypedApproval) -> None:
        with self._changed:
            self._typed[entry.reference] = entry
            self._changed.notify_all()

    def login(self) -> TerminalInfo | NotProcessed:
        return TerminalInfo(self._terminal)

    def pay(self, request: PayRequest, watch: Watch = nobody_watches) -> Final:
        return self._waited(request, watch)

    def refund(self, request: RefundRequest, watch: Watch = nobody_watches) -> Final:
        return self._waited(request, watch)

    def reverse(self, request: ReversalRequest) -> Final:
        return self._waited(request, nobody_watches)

    def abort(self, request: TerminalRequest) -> None:
        """Nobody to ask: a cashier who gives up types a decline, or leaves it unknown."""

    def status(self, request: TerminalRequest) -> Outcome:  # noqa: ARG002 - the port's
        return Unknown(UnknownWhy.CANNOT_BE_ASKED)

    def read_card(self, watch: Watch = nobody_watches) -> CardRead | CardUnread:  # noqa: ARG002 - the port's
        return CardUnread(UnreadWhy.NOT_SUPPORTED)

    def stop_reading(self) -> None:
        """It reads none for this till."""

    def totals(self, *, end_period: bool = False) -> TerminalTotals | NotProcessed:  # noqa: ARG002 - the port's
        return NotProcessed(NotProcessedWhy.NOT_ALLOWED)

    def hang_up(self) -> None:
        """No line leads there."""

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _waited(self, request: TerminalRequest, watch: Watch) -> Final:
        watch(Step.KEY_AMOUNT)
        with self._changed:
            self._changed.wait_for(lambda: self._closed or request.reference in self._typed)
            entry = self._typed.pop(request.reference, None)
        if entry is None:
            return Unknown(UnknownWhy.CANNOT_BE_ASKED)
        card = CardFacts(
            brand=entry.brand,
            masked=f"****{entry.last_four}" if entry.last_four else "",
            approval_code=entry.approval_code,
            terminal=self._terminal,
            poi_transaction=request.reference,
        )
        if entry.declined:
            return Declined(DeclinedWhy.REFUSED, request.attempt, request.reference, self._terminal, card=card)
        amount, cash_back = wanted(request)
        return Approved(
            amount, request.currency, request.attempt, request.reference, self._terminal, cash_back, card=card
        )
