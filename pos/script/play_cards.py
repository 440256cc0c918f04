"""Cards of a script: taken, asked about again, decided, and given back, as a cashier and a manager would."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.card_attempt import Attempt, AttemptState, AttemptView, Purpose
from pos.domain.card_number import looks_like_card_number
from pos.domain.card_reading import CardRead
from pos.domain.money import AmountUnreadable, Money
from pos.domain.payment import CardKind, InProgress, NotProcessed, Outcome, Unknown
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderState
from pos.script import results
from pos.script.by_hand import agreed_to
from pos.script.card_steps import GivenCard, Resolve, Terminal, minor_of
from pos.script.lane import Lane
from pos.script.results import Result, SaleTold, TenderTried, money
from pos.script.tenders import TypedTender
from pos.services.approvals import Answer
from pos.services.crash import CrashPoint, ProcessDied
from pos.services.open_basket import SaleView
from pos.services.simulated_cards import (
    DEFAULT_CARD,
    PARTIAL,
    SimulatedCards,
    card_token,
    simulated_cards,
    standing_alone,
)
from pos.services.tendering_cards import Carried

_NONE = -1


def play_terminal_step(lane: Lane, body: Terminal | Resolve) -> Result:
    """A step that is about the terminal and no sale."""
    return _terminal(lane, body) if isinstance(body, Terminal) else _resolve(lane, body)


def set_cards(lane: Lane, cards: Sequence[GivenCard]) -> None:
    """The cards a set-up says more of."""
    for card in cards:
        _cards(lane).card_is(card.id, closed=card.closed)
        lane.station.desk.cards_told.say(card_token(card.id), closed=card.closed, house=card.house)


def present(lane: Lane, card: str) -> None:
    """The customer holds this card from now on."""
    _cards(lane).present(card)


def read_card(lane: Lane, card: str) -> CardRead | Refused:
    """The customer holds this card to the terminal, which says what it calls it; no money moves.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, CARD_NOT_READ.
    """
    present(lane, card)
    reading = lane.station.card_reading
    refused = reading.begin()
    if refused is not None:
        return refused
    with _cards(lane).dying(lane.dies_at):
        return reading.ask()


def take_card(lane: Lane, typed: TypedTender, amount: int | None, tried: TenderTried) -> SaleView | Refused:
    """Charge a card. `amount` is None for what is due, below nothing where it was unreadable; `tried` notes it."""
    cash_back = _cash_back(lane, typed)
    if _NONE in {amount, cash_back}:
        wrong = typed.amount if amount == _NONE else typed.says("cash_back")
        return Refused(Code.AMOUNT_INVALID, {"amount": wrong})
    card = typed.says("card") or DEFAULT_CARD
    if looks_like_card_number(card):
        # The name of a card goes to the bank's own file; its number stands in no file of the shop's.
        return Refused(Code.CARD_NUMBER_TYPED)
    tried.card = card
    if typed.says("approval"):
        with standing_alone(lane.station.card_tendering):
            return _charged(lane, typed, tried, amount, cash_back)
    cards = _cards(lane)
    cards.present(tried.card)
    carry_on(lane)
    with cards.dying(lane.dies_at):
        return _charged(lane, typed, tried, amount, cash_back)


def state_of(lane: Lane, view: AttemptView) -> TenderState:
    """What became of the tender a card was asked for, in the words of a script."""
    if view.open:
        return TenderState.UNKNOWN
    if view.attempt.purpose is not Purpose.PAY:
        return TenderState.REVERSED if view.approved else TenderState.DECLINED
    if view.approved:
        on_sale = lane.station.card_tendering.pays(view.attempt.id)
        return TenderState.TAKEN if on_sale else TenderState.REVERSED
    decided = view.outcome is not None and view.outcome.decided_by
    return TenderState.DECLINED if decided or view.state is AttemptState.DECLINED else TenderState.REFUSED


def carry_on(lane: Lane) -> tuple[Carried, ...]:
    """Ask about everything that is open, carry out what is to go back, and bring what the script was told up to now."""
    carried = lane.station.card_tendering.recover()
    for told in lane.all_told():
        bring_up(lane, told)
    return carried


def bring_up(lane: Lane, told: SaleTold) -> None:
    """What became of the card tenders of a sale since."""
    for tried in told.tenders:
        view = lane.station.card_tendering.get(tried.attempt) if tried.attempt else None
        if view is None:
            continue
        tried.state, tried.code = state_of(lane, view), _CODES.get(state_of(lane, view))
        if view.approved and view.outcome is not None:
            currency = view.attempt.currency
            tried.amount = money(view.outcome.amount, currency)
            tried.cash_back = money(view.outcome.cash_back, currency) if view.outcome.cash_back else None


def recovered(lane: Lane) -> list[Result]:
    """What the start found out about cards."""
    tried = lane.asking
    if tried is not None and lane.under_way is not None:
        lane.under_way.tenders.append(tried)
    lane.asking = None
    return [
        {"kind": "card", "attempt": each.view.attempt.id, "state": state_of(lane, each.view).value}
        for each in carry_on(lane)
        if each.view.attempt.purpose is Purpose.PAY
    ]


def still_unknown(lane: Lane) -> list[Result]:
    """The card payments nobody knows the outcome of, for `end.open`."""
    return [
        {
            "kind": "card",
            "as": _sale_of(lane, view.attempt.id),
            "workstation": view.attempt.workstation,
            "state": TenderState.UNKNOWN.value,
            "total": money(view.attempt.charged, view.attempt.currency),
            "due": None,
            "attempt": view.attempt.id,
        }
        for view in lane.station.card_tendering.waiting()
    ]


def give_back_cards(lane: Lane) -> None:
    """What a sale given up gives back to cards; at a terminal that stands alone the cashier types that it was done."""
    cards = lane.station.card_tendering
    for view in cards.waiting():
        if view.attempt.queued and view.attempt.terminal != _cards(lane).terminal.terminal:
            charge = cards.get(view.attempt.of)
            assert charge is not None, "what goes back was charged"
            with standing_alone(cards):
                cards.type_approval(view.attempt, charge.card.approval_code, charge.card.last_four)
                cards.settle(view.attempt.id, cards.ask(view.attempt))
    carry_on(lane)


def _charged(
    lane: Lane, typed: TypedTender, tried: TenderTried, amount: int | None, cash_back: int
) -> SaleView | Refused:
    cards = lane.station.card_tendering
    kind = CardKind(typed.kind.value)

    def begin(approval: str = "") -> Attempt | Refused:
        return cards.begin(kind, amount, cash_back, approval=approval)

    attempt = agreed_to(lane, begin(), begin)
    if isinstance(attempt, Refused):
        return attempt
    tried.attempt, tried.amount = attempt.id, money(attempt.amount, attempt.currency)
    lane.asking = tried
    if lane.dies_at is CrashPoint.BEFORE_TERMINAL:
        raise ProcessDied
    if typed.says("approval"):
        digits = "".join(letter for letter in tried.card or "" if letter.isdigit())[-4:]
        refused = cards.type_approval(attempt, typed.says("approval"), digits or "0000")
        if refused is not None:
            # What was typed is no approval: the cashier says that nothing was charged.
            cards.type_approval(attempt, "", "", declined=True)
            cards.settle(attempt.id, cards.ask(attempt))
            lane.asking = None
            return refused
    outcome: Outcome = cards.ask(attempt)
    if isinstance(outcome, Unknown) and cards.port().can_be_asked:
        cards.settle(attempt.id, outcome)
        again = cards.find_out(attempt, times=1)
        outcome = outcome if isinstance(again, InProgress) else again
    answer = cards.settle(attempt.id, outcome)
    lane.asking = None
    view = cards.get(attempt.id)
    assert view is not None, "it was begun"
    tried.state = state_of(lane, view)
    if isinstance(answer, Refused) and isinstance(outcome, NotProcessed):
        tried.state = TenderState.REFUSED
    return answer


def _terminal(lane: Lane, body: Terminal) -> Result:
    cards = _cards(lane)
    if body.card is not None:
        cards.card_is(body.card.id, closed=body.card.closed)
        lane.station.desk.cards_told.say(card_token(body.card.id), closed=body.card.closed)
    if body.next:
        amount = minor_of(body.partial, lane.station.desk.rules.currency) if body.next == PARTIAL else 0
        cards.next(body.next, amount)
    return {}


def _resolve(lane: Lane, body: Resolve) -> Result:
    attempt = _meant(lane, body.attempt)
    answer = Answer(by=body.by, pin=body.pin, badge=body.badge, reason=body.reason)
    decided = lane.station.card_tendering.resolve(attempt, answer, moved=body.charged)
    view = lane.station.card_tendering.get(attempt)
    if view is None or view.open:
        assert isinstance(decided, Refused), "what was decided is open no more"
        return results.refusal(decided, lane.words)
    if isinstance(decided, Refused) and decided.code is Code.CARD_ATTEMPT_SETTLED:
        return results.refusal(decided, lane.words)
    carry_on(lane)
    return {"state": state_of(lane, view).value}


def _meant(lane: Lane, name: str) -> str:
    """The attempt a script means: by its identity, by the name of a sale, or the only one that is open."""
    told = lane.called(name) if name else None
    if told is not None:
        asked = [tried for tried in told.tenders if tried.attempt]
        unknown = [tried for tried in asked if tried.state is TenderState.UNKNOWN]
        return next(iter(tried.attempt for tried in (*unknown, *reversed(asked))), "")
    waiting = lane.station.card_tendering.waiting()
    return waiting[0].attempt.id if not name and len(waiting) == 1 else name


def _sale_of(lane: Lane, attempt: str) -> str | None:
    for told in lane.all_told():
        if any(tried.attempt == attempt for tried in told.tenders):
            return lane.name_of(told)
    return None


def _cash_back(lane: Lane, typed: TypedTender) -> int:
    if not typed.says("cash_back"):
        return 0
    try:
        minor = Money.read(typed.says("cash_back"), lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return _NONE
    return minor if minor >= 0 else _NONE


def _cards(lane: Lane) -> SimulatedCards:
    cards = simulated_cards(lane.station.card_tendering)
    assert cards is not None, "a lane's terminal is simulated"
    return cards


_CODES: dict[TenderState, str] = {
    TenderState.UNKNOWN: Code.CARD_OUTCOME_UNKNOWN.value,
    TenderState.DECLINED: Code.CARD_DECLINED.value,
    TenderState.REFUSED: Code.CARD_NOT_PROCESSED.value,
    TenderState.REVERSED: Code.CARD_CHARGED_LATE.value,
}
