"""What the approval sheet says of a return: what is exceeded and by how much, who stands there, and every way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos.domain.approval import AS_ASKED, ApprovalRequest, NeedsApproval
from pos.domain.money import Money
from pos.domain.reasons import Reason
from pos.domain.refund_rules import EXCHANGE
from pos.domain.refusal import Code
from pos.domain.return_decision import ApprovalNeeded, Decision
from pos.domain.return_line import lines_of
from pos.domain.return_measures import Measure, measure_of
from pos.domain.return_signals import Noticed, Signal
from pos.services.returns import ReturnNeedsApproval
from pos.signal_words import signal_sentence, usual_words
from pos.ui.shared.approval_sheet import DECLINE, AskView, Choice, Told
from pos.wording import Wording
from pos.workstation import Workstation

ORIGINAL = "original"
# Returns in a year, customer since.
_CUSTOMER_FACTS = 2
# Facts that a rule of the policy may ask about: its sentence says them already.
_SAME = {Noticed.SAME_CASHIER: Code.RETURN_SAME_CASHIER, Noticed.SOON_AFTER_SALE: Code.RETURN_SOON}


def with_return(view: AskView, needs: NeedsApproval, workstation: Workstation, words: Wording) -> AskView:
    """The view of the request, told as the return it is about; as it is where nobody told what it was judged by."""
    if not isinstance(needs, ReturnNeedsApproval):
        return view
    decision, currency = needs.decision, needs.case.currency
    signals = workstation.returns.signals(needs)
    request = needs.request
    return replace(
        view,
        about=" · ".join(filter(None, (_goods(needs, words), view.about))),
        facts=tuple(_facts(request, decision, signals, currency, words)),
        choices=(
            *(_choice(name, amount, needs, words) for name, amount in _options(request)),
            *(choice for choice in view.choices if choice.id == DECLINE),
        ),
        told=tuple(_told(decision, signals, currency, words)),
        chosen=request.requirement.recommended,
    )


def _goods(needs: ReturnNeedsApproval, words: Wording) -> str:
    """What lies on the counter: the thing, its state, why it comes back; of several how many there are."""
    lines = lines_of(needs.case)
    if not lines:
        return ""
    if len(lines) > 1:
        return words.count("{n} line", "{n} lines", len(lines))
    line = lines[0]
    state = words.condition(line.asked.condition) if line.asked.condition else ""
    reason = words.reason(Reason(line.asked.reason)) if line.asked.reason else ""
    return " · ".join(filter(None, (line.name, state, reason)))


def _options(request: ApprovalRequest) -> Iterator[tuple[str, int]]:
    yield from ((option.id, option.amount) for option in request.requirement.options)


def _facts(
    request: ApprovalRequest, decision: Decision, signals: tuple[Signal, ...], currency: str, words: Wording
) -> Iterator[tuple[str, str]]:
    """At stake, by how much it goes beyond, whose rule says so, and how often this customer was here.

    Of a known customer there is more to say than fits: the rules stand beside "as asked" all the same.
    """
    yield words.say("At stake"), words.money(Money(request.requirement.at_stake, currency))
    over = next((said for one in decision.approvals_needed if (said := _over(one, currency, words))), "")
    if over:
        yield words.say("Over the limit by"), over
    told = tuple(_customer(signals, words))
    if len(told) < _CUSTOMER_FACTS or all(name != AS_ASKED for name, _ in _options(request)):
        yield words.say("Goes past"), ", ".join(words.rule(rule) for rule in _rules(decision))
    yield from told


def _customer(signals: tuple[Signal, ...], words: Wording) -> Iterator[tuple[str, str]]:
    """Of how many purchases something came back and since when they buy here; of whoever is not known, the returns."""
    known = next((one for one in signals if one.bought is not None), None)
    past = next((one for one in signals if one.code is Noticed.PAST_RETURNS), None)
    if known is not None and known.bought is not None:
        counted = {"count": words.number(known.count), "of": words.number(known.bought.purchases)}
        yield words.say("Returns in a year"), words.say("{count} of {of}", **counted)
        if known.bought.since is not None:
            yield words.say("Customer since"), str(known.bought.since.year)
    elif past is not None:
        label = words.say("Returns in {days} days", days=words.number(past.days))
        usual = "" if past.usual is None else words.say("median {count}", count=words.number(past.usual.count))
        yield label, " · ".join(filter(None, (words.number(past.count), usual)))


def _rules(decision: Decision) -> list[str]:
    needed = {(one.code, one.line) for one in decision.approvals_needed}
    standing = (reason for reason in decision.reasons if reason.stands_in_the_way)
    return list(dict.fromkeys(reason.rule for reason in standing if (reason.code, reason.line) in needed))


def _over(needed: ApprovalNeeded, currency: str, words: Wording) -> str:
    """By how much it goes beyond, where that can be counted."""
    value, limit = needed.value, needed.limit
    if not isinstance(value, int) or not isinstance(limit, int) or value <= limit:
        return ""
    over = value - limit
    match measure_of(needed.code):
        case Measure.MONEY:
            return words.money(Money(over, currency))
        case Measure.DAYS:
            return words.count("{n} day", "{n} days", over)
        case Measure.TIMES:
            return words.number(over)
        case _:
            return ""


def _told(decision: Decision, signals: tuple[Signal, ...], currency: str, words: Wording) -> Iterator[Told]:
    """Why it needs a yes, then what the books know; each sentence once."""
    needed = {(one.code, one.line) for one in decision.approvals_needed}
    standing = (one for one in decision.reasons if one.stands_in_the_way and (one.code, one.line) in needed)
    same = {_SAME[signal.code]: usual_words(words, signal) for signal in signals if signal.code in _SAME}
    said: dict[str, str] = {}
    for reason in standing:
        said.setdefault(words.return_reason(reason), same.pop(reason.code, ""))
    for sentence, usual in said.items():
        yield Told(sentence, usual, weighs=True)
    for signal in signals:
        if signal.code not in _SAME or _SAME[signal.code] in same:
            yield Told(signal_sentence(words, signal, currency), usual_words(words, signal))


def _choice(name: str, amount: int, needs: ReturnNeedsApproval, words: Wording) -> Choice:
    sum_of = words.amount(Money(amount, needs.case.currency))
    spoken = words.say("Recommended by the policy") if name == needs.request.requirement.recommended else ""
    if name == AS_ASKED:
        past = words.say("Goes past {rules}", rules=", ".join(words.rule(rule) for rule in _rules(needs.decision)))
        detail = " · ".join(filter(None, (spoken, past)))
        return Choice(name, _as_asked(needs, words), detail, sum_of, words.say("Approve as asked"))
    if name == EXCHANGE:
        text, verb = words.say("Other goods instead of money"), words.say("Approve an exchange")
        return Choice(name, text, spoken or words.say("What comes back pays for what goes out"), sum_of, verb)
    if name == ORIGINAL:
        text = words.say("Back to what it was paid with")
        return Choice(name, text, spoken, sum_of, words.say("Approve"))
    way = words.refund_to(name, "")
    return Choice(name, way, spoken, sum_of, words.say("Approve: {what}", what=way))


def _as_asked(needs: ReturnNeedsApproval, words: Wording) -> str:
    """Where the money would go, as it is asked for."""
    then = needs.decision.if_approved
    tenders = () if then is None else then.tenders
    ways = dict.fromkeys(words.refund_to(one.kind, one.card or one.type) for one in tenders)
    return words.say("As asked: {where}", where=", ".join(ways)) if ways else words.say("As asked")
