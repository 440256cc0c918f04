"""What the page of a card says: while the terminal is at it, after a no, and when nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.card_attempt import Attempt
from pos.domain.refusal import Code, Refused
from pos.ui.pay.card_page import CardView, StepLine, SumLine
from pos.wording import Wording

Sums = tuple[SumLine, ...]


def waiting_view(
    title: str, charged: str, sums: Sums, words: Wording, *, steps: Sequence[StepLine], note: str
) -> CardView:
    """The terminal is at it."""
    detail = words.say("The terminal shows {amount}", amount=charged)
    return CardView("wait", title, detail, sums, steps=tuple(steps), note=note)


def typing_view(charged: str, sums: Sums, words: Wording) -> CardView:
    """A terminal that stands alone: the cashier keys the amount there, and types here what its slip says."""
    return CardView(
        "wait",
        words.say("Key {amount} into the card terminal", amount=charged),
        words.say("Then write here what its slip says. Never the card’s number."),
        sums,
    )


def declined_view(refused: Refused, attempt: Attempt | None, sums: Sums, words: Wording, *, back: bool) -> CardView:
    """Nothing was charged; or with `back` nothing went back."""
    say, by_bank = words.say, refused.code is Code.CARD_DECLINED
    reference = "" if attempt is None else say("Reference {number}", number=attempt.reference)
    if back:
        title = say("The card took no money back")
        return CardView("declined", title, words.refusal(refused), sums, reference=reference)
    return CardView(
        "declined",
        say("The card was declined") if by_bank else say("The card was not charged"),
        words.refusal(refused),
        sums,
        say=say("“The bank did not accept it. Do you have another card?”")
        if by_bank
        else say("“The terminal did not take it. One moment, I will try again.”"),
        reference=reference,
    )


def unknown_view(refused: Refused, attempt_id: str, sums: Sums, words: Wording, *, back: bool) -> CardView:
    """Nobody knows whether money moved, or with `back` whether it went back."""
    say = words.say
    return CardView(
        "unknown",
        say("Is the money back on the card?") if back else say("Nobody knows yet whether the card was charged"),
        words.refusal(refused),
        sums,
        say="" if back else say("“The terminal does not answer. I will find out; you are not charged twice.”"),
        note=say("Look at the terminal: its display or its slip says how it ended. Then a manager decides."),
        reference=say("Attempt {number}", number=attempt_id[:8]),
    )
