"""What the rules of a return policy say about whether goods come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pos.domain import return_rules as goods
from pos.domain.policy_rule import Rule
from pos.policy_scope_words import Saying, Says
from pos.return_words import condition_words, proof_words
from pos.wording import N_, Wording


def _window(s: Saying, rule: goods.Window) -> Says:
    if rule.days is None:
        first = s.say("May be returned without a time limit.")
    elif rule.inclusive:
        first = s.say("May be returned within {days}.", days=s.days(rule.days))
    else:
        first = s.say("May be returned before {days} are over; that last day is too late.", days=s.days(rule.days))
    begins = {
        goods.Begins.SALE: "",
        goods.Begins.DELIVERY: s.say("Counted from the delivery."),
        goods.Begins.FIRST_SALE: s.say("After an exchange counted from the first purchase."),
    }
    moved = s.say("A last day on which business rests moves to the next one.") if rule.business_days else ""
    return (
        first,
        begins[rule.begins],
        moved,
        *_late(s, rule.after),
        s.say("Nothing makes it longer.") if rule.cap else "",
    )


def _late(s: Saying, steps: Iterable[goods.LateStep]) -> list[str]:
    told = []
    for step in steps:
        answer = s.answer(step.answer)
        if step.days is None:
            told.append(s.say("After that {answer}.", answer=answer))
        else:
            told.append(s.say("Then until {days}: {answer}.", days=s.days(step.days), answer=answer))
        if step.look_back is not None:
            told.append(s.say("The lowest price of the last {days} counts.", days=s.days(step.look_back)))
    return told


def _extension(s: Saying, rule: goods.Extension) -> Says:
    return (s.say("{days} more than otherwise.", days=s.days(rule.days)),)


def _counts_from(s: Saying, rule: goods.CountsFrom) -> Says:
    return (s.say("The days count from {day} at the earliest.", day=s.words.short_day(rule.day)),)


def _season(s: Saying, rule: goods.Season) -> Says:
    day = s.words.short_day(rule.return_by)
    if rule.later_of:
        first = s.say("May be returned until {day}, or until the usual last day where that is later.", day=day)
    else:
        first = s.say("May be returned until {day}.", day=day)
    return first, *_late(s, rule.after)


def _final_sale(s: Saying, rule: goods.FinalSale) -> Says:
    return (s.say("Sold as final: {answer}.", answer=s.answer(rule.answer)),)


def _non_returnable(s: Saying, rule: goods.NonReturnable) -> Says:
    return (s.say("This kind of goods: {answer}.", answer=s.answer(rule.answer)),)


def _no_return(s: Saying, rule: goods.NoReturn) -> Says:
    return (s.say("No right of return: {answer}.", answer=s.answer(rule.answer)),)


def _other_seller(s: Saying, rule: goods.OtherSeller) -> Says:
    return (s.say("Sold by another seller: {answer}.", answer=s.answer(rule.answer)),)


def _exchange_only(s: Saying, rule: goods.ExchangeOnly) -> Says:
    worth = s.say("What goes out costs at least as much.") if rule.same_or_more else ""
    return s.say("No money: {answer}.", answer=s.answer(rule.answer)), worth


def _condition(s: Saying, rule: goods.ConditionRule) -> Says:
    states = s.names(rule.accept, condition_words)
    looked = s.say("Somebody looks at the goods first.") if rule.noted else ""
    return s.say("Taken back as: {states}. Otherwise {answer}.", states=states, answer=s.answer(rule.answer)), looked


def _proof(s: Saying, rule: goods.ProofRule) -> Says:
    proofs = s.names(rule.accept, proof_words)
    return (s.say("Needed is one of: {proofs}. Otherwise {answer}.", proofs=proofs, answer=s.answer(rule.answer)),)


def _no_receipt(s: Saying, rule: goods.NoReceipt) -> Says:
    shown = s.say("An identity document is needed.") if rule.id_needed else ""
    return s.say("Taken back without a known purchase."), shown, *(_rolling(s, one) for one in rule.limits)


def _rolling(s: Saying, limit: goods.Rolling) -> str:
    most = [
        "" if limit.amount is None else s.money(limit.amount),
        "" if limit.times is None else s.words.count("{n} return", "{n} returns", limit.times),
        "" if limit.pieces is None else s.words.count("{n} piece", "{n} pieces", limit.pieces),
    ]
    return s.say(
        "At most {most} in {days}; beyond it {answer}.",
        most=", ".join(filter(None, most)),
        days=s.days(limit.days),
        answer=s.answer(limit.answer),
    )


def _above(s: Saying, amount: int | None) -> str:
    return "" if amount is None else s.say("Only for a refund above {amount}.", amount=s.money(amount))


def _id(s: Saying, rule: goods.IdRule) -> Says:
    return s.say("An identity document is needed."), _above(s, rule.above)


def _signature(s: Saying, rule: goods.Signature) -> Says:
    return s.say("The customer signs the shop’s copy."), _above(s, rule.above)


def _claim_days(s: Saying, rule: goods.ClaimDays) -> Says:
    return (s.say("A claim for a defect is settled within {days}, or sooner by law.", days=s.days(rule.days)),)


def _missing_code(s: Saying, rule: goods.MissingCode) -> Says:
    return (s.say("The product code is missing: {answer}.", answer=s.answer(rule.answer)),)


def _missing_parts(s: Saying, rule: goods.MissingParts) -> Says:
    return (s.say("Parts are missing: {answer}.", answer=s.answer(rule.answer)),)


def _question(s: Saying, rule: goods.Question) -> Says:
    wanted = s.names(rule.wanted, _answered)
    answer = s.answer(rule.answer)
    return (s.say("Asked is “{ask}”: {wanted}. Otherwise {answer}.", ask=rule.ask, wanted=wanted, answer=answer),)


def _answered(words: Wording, answer: str) -> str:
    return words.say(_YES_OR_NO[answer]) if answer in _YES_OR_NO else answer


_YES_OR_NO = {"yes": N_("yes"), "no": N_("no")}


def _exchange_limit(s: Saying, rule: goods.ExchangeLimit) -> Says:
    times = "" if rule.times is None else s.words.count("{n} exchange", "{n} exchanges", rule.times)
    days = "" if rule.days is None else s.say("Exchanged within {days} of the purchase.", days=s.days(rule.days))
    return s.say("At most {times} of one piece.", times=times) if times else "", days


def _even_exchange(s: Saying, rule: goods.EvenExchange) -> Says:
    if not rule.keeps:
        return (s.say("An exchange is a new purchase at today’s price and with a new last day."),)
    dearer = s.say("Another size or colour too where its price is another.") if rule.any_price else ""
    return s.say("An even exchange keeps the day and the price of the purchase."), dearer


def _approval(s: Saying, rule: goods.Approval) -> Says:
    asked = [
        "" if rule.above is None else s.say("above {amount}", amount=s.money(rule.above)),
        s.say("where whoever sold it takes it back") if rule.same_cashier else "",
        s.say("for the own purchase of whoever is at the till") if rule.own else "",
        "" if rule.within is None else s.say("within {n} minutes of the sale", n=rule.within),
        *(f"{ask}: {_answered(s.words, answer)}" for ask, answer in rule.facts),
    ]
    told = ", ".join(filter(None, asked))
    return (s.say("A manager agrees {when}.", when=told) if told else s.say("A manager has to agree to it."),)


def _count_limit(s: Saying, rule: goods.CountLimit) -> Says:
    counted = s.say("Only returns without a receipt count.") if rule.without_receipt else ""
    noted = s.say("It is only noted and stops nothing.") if rule.note else ""
    return _rolling(s, rule.limit), counted, noted


def _goodwill(s: Saying, rule: goods.Goodwill) -> Says:
    most = [
        "" if rule.most is None else s.money(rule.most),
        "" if rule.share is None else s.say("{percent} of what was paid", percent=s.words.percent(rule.share)),
    ]
    told = ", ".join(filter(None, most))
    until = "" if rule.days is None else s.say("Until {days} after the purchase.", days=s.days(rule.days))
    bound = s.say("Money without goods: up to {most}.", most=told) if told else s.say("Money without goods.")
    return bound, until, s.say("Beyond it {answer}.", answer=s.answer(rule.answer))


GOODS_WORDS: dict[type[Rule], Callable[[Saying, Any], Says]] = {
    goods.Window: _window,
    goods.Extension: _extension,
    goods.CountsFrom: _counts_from,
    goods.Season: _season,
    goods.FinalSale: _final_sale,
    goods.NonReturnable: _non_returnable,
    goods.NoReturn: _no_return,
    goods.OtherSeller: _other_seller,
    goods.ExchangeOnly: _exchange_only,
    goods.ConditionRule: _condition,
    goods.ProofRule: _proof,
    goods.NoReceipt: _no_receipt,
    goods.IdRule: _id,
    goods.Signature: _signature,
    goods.ClaimDays: _claim_days,
    goods.MissingCode: _missing_code,
    goods.MissingParts: _missing_parts,
    goods.Question: _question,
    goods.ExchangeLimit: _exchange_limit,
    goods.EvenExchange: _even_exchange,
    goods.Approval: _approval,
    goods.CountLimit: _count_limit,
    goods.Goodwill: _goodwill,
}
