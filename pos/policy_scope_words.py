"""What a rule of a return policy is about, in the words of people, and the words all of its sentences share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pos.domain import refund_rules as refund
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.policy_rule import Scope
from pos.domain.reasons import Reason
from pos.domain.return_rules import Answer
from pos.return_words import condition_words, proof_words, refund_words
from pos.wording import N_, Wording


def scope_words(words: Wording, scope: Scope, currency: str) -> str:
    """What a rule is about; empty for everything."""
    say = words.say
    named: list[tuple[str, Iterable[str]]] = [
        (N_("item {names}"), scope.items),
        (N_("department {names}"), scope.categories),
        (N_("family {names}"), scope.families),
        (N_("marked {names}"), scope.flags),
        (N_("state: {names}"), (condition_words(words, one) for one in scope.conditions)),
        (N_("reason: {names}"), (words.reason(Reason(one)) for one in scope.reasons)),
        (N_("shown by {names}"), (proof_words(words, one) for one in scope.proofs)),
        (N_("customers of tier {names}"), scope.tiers),
        (N_("customers of group {names}"), scope.groups),
        (N_("paid by {names}"), (tender_words(words, one) for one in scope.tenders)),
        (N_("in {names}"), scope.regions),
        (N_("sold: {names}"), (say(CHANNELS.get(one, one)) for one in scope.channels)),
        (N_("not department {names}"), scope.not_categories),
        (N_("not marked {names}"), scope.not_flags),
        (N_("state not: {names}"), (condition_words(words, one) for one in scope.not_conditions)),
        (N_("not shown by {names}"), (proof_words(words, one) for one in scope.not_proofs)),
        (N_("not in {names}"), scope.not_regions),
    ]
    told = [say(sentence, names=", ".join(sorted(names))) for sentence, given in named if (names := tuple(given))]
    told += _days_and_price(words, scope, currency)
    joined = " · ".join(told)
    return joined[:1].upper() + joined[1:]


def _days_and_price(words: Wording, scope: Scope, currency: str) -> list[str]:
    say, told = words.say, []
    if scope.sold_from is not None:
        told.append(say("sold from {day}", day=words.short_day(scope.sold_from)))
    if scope.sold_until is not None:
        told.append(say("sold until {day}", day=words.short_day(scope.sold_until)))
    if scope.price_from is not None:
        told.append(say("a piece costs {amount} or more", amount=words.money(Money(scope.price_from, currency))))
    if scope.price_below is not None:
        told.append(say("a piece costs less than {amount}", amount=words.money(Money(scope.price_below, currency))))
    return told


CHANNELS = {"shop": N_("in the shop"), "distance": N_("at a distance")}


def tender_words(words: Wording, code: str) -> str:
    """A way money came or goes, as a policy names it."""
    known = _TENDERS.get(code)
    return refund_words(words, code) if known is None else words.say(known)


_TENDERS = {refund.HOUSE_CARD: N_("the shop’s own card"), refund.SAME: N_("the way it was paid")}


def answer_words(words: Wording, answer: Answer) -> str:
    """What happens instead of a plain yes."""
    return words.say(_ANSWERS[answer])


_ANSWERS = {
    Answer.DENY: N_("not taken back"),
    Answer.MANAGER: N_("only if a manager agrees"),
    Answer.EXCHANGE: N_("exchange only"),
    Answer.SAME_FAMILY: N_("exchange for another size or colour only"),
    Answer.SAME_ITEM: N_("exchange for the same item only"),
    Answer.STORE_CREDIT: N_("as store credit"),
    Answer.LOWEST: N_("as store credit at the lowest price"),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """What the sentences of one reader are made with."""

    words: Wording
    currency: str

    def money(self, minor: int) -> str:
        return self.words.money(Money(minor, self.currency))

    def say(self, sentence: str, **facts: object) -> str:
        """The sentence in the reader's language."""
        return self.words.say(sentence, **facts)

    def answer(self, answer: Answer) -> str:
        return answer_words(self.words, answer)

    def names(self, codes: Iterable[str], name: Callable[[Wording, str], str]) -> str:
        return ", ".join(sorted(name(self.words, one) for one in codes))

    def days(self, number: int) -> str:
        return self.words.count("{n} day", "{n} days", number)


Says = Sequence[str]
