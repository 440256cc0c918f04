"""What the rules of a return policy say about what goods are worth and where the money goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pos.domain import refund_rules as refund
from pos.domain import return_value_rules as value
from pos.domain.policy_rule import Rule
from pos.policy_scope_words import Saying, Says, tender_words
from pos.return_words import condition_words
from pos.wording import N_


def _promotion(s: Saying, rule: value.PromotionReturn) -> Says:
    method = {
        value.PromotionMethod.PRO_RATA: s.say("Part of a promotion comes back at what was paid for it."),
        value.PromotionMethod.RECALCULATE: s.say(
            "What the customer keeps is priced anew without a promotion it no longer earns."
        ),
        value.PromotionMethod.WHOLE_SET: s.say("What was sold as a set comes back only whole."),
    }[rule.method]
    named = ", ".join(sorted(rule.promotions))
    return method, s.say("For the promotions {names}.", names=named) if named else ""


def _restocking(s: Saying, rule: value.RestockingFee) -> Says:
    if rule.percent_millionths:
        kept = s.say("{percent} of the price is kept as a fee.", percent=s.words.percent(rule.percent_millionths))
    elif rule.by_line:
        kept = s.say("{amount} is kept as a fee for each line.", amount=s.money(rule.amount))
    else:
        kept = s.say("{amount} is kept as a fee for each piece.", amount=s.money(rule.amount))
    tax = {
        value.FeeTax.FULL_TAX_REFUND: "",
        value.FeeTax.TAX_ON_REFUNDED_PART: s.say("Only the tax on the rest comes back."),
        value.FeeTax.FEE_TAXED: s.say("The fee is taxed."),
    }[rule.tax]
    states = s.names(rule.unless, condition_words)
    free = s.say("No fee for: {states}.", states=states) if states else ""
    regions = ", ".join(sorted(rule.unless_regions))
    return kept, tax, free, s.say("No fee in {regions}.", regions=regions) if regions else ""


def _tax_refund(s: Saying, rule: value.TaxRefund) -> Says:
    late = (
        "" if rule.days is None else s.say("More than {days} after the purchase the tax stays.", days=s.days(rule.days))
    )
    return late, "" if rule.without_receipt else s.say("Without a receipt the tax stays.")


def _day_band(s: Saying, rule: value.DayBand) -> Says:
    share = s.words.percent(rule.percent_millionths)
    if not rule.after:
        return (s.say("{percent} of what was paid comes back.", percent=share),)
    return (
        s.say(
            "More than {days} after the purchase {percent} of what was paid comes back.",
            days=s.days(rule.after),
            percent=share,
        ),
    )


def _missing_part(s: Saying, rule: value.MissingPart) -> Says:
    kept = (
        s.money(rule.amount)
        if rule.amount
        else s.say("{percent} of what was paid", percent=s.words.percent(rule.percent_millionths))
    )
    parts = ", ".join(sorted(rule.parts))
    if parts:
        return (s.say("For each of these parts that is missing {kept} is kept: {parts}.", kept=kept, parts=parts),)
    return (s.say("For each missing part {kept} is kept.", kept=kept),)


def _rebate(s: Saying, rule: value.Rebate) -> Says:
    return (
        s.say(
            "{amount} a piece is kept for a rebate that was paid out, unless “{ask}” is yes.",
            amount=s.money(rule.amount),
            ask=rule.fact,
        ),
    )


def _rewards(s: Saying, rule: value.Rewards) -> Says:
    return (
        s.say("Rewards that were used are kept in proportion.")
        if rule.claw_back
        else s.say("Rewards that were used are not kept."),
    )


def _no_receipt_value(s: Saying, rule: value.NoReceiptValue) -> Says:
    if rule.price is value.NoReceiptPrice.LOWEST:
        worth = s.say("Without a known purchase goods are worth their lowest price of {days}.", days=s.days(rule.days))
    else:
        worth = s.say("Without a known purchase goods are worth their price of today.")
    paid = s.say("Paid out as: {tender}.", tender=tender_words(s.words, rule.pays))
    small = s.say("Less than {amount} is paid out in cash.", amount=s.money(rule.cash_below)) if rule.cash_below else ""
    return worth, paid, small


def _order(s: Saying, rule: refund.RefundPrecedence) -> Says:
    if rule.order is refund.Precedence.CLASSES:
        named = ", ".join(tender_words(s.words, one) for one in rule.classes)
        return (s.say("Money goes back in this order: {tenders}.", tenders=named),)
    return (s.say(_ORDERS[rule.order]),)


_ORDERS = {
    refund.Precedence.MIRROR: N_("Money goes back to cards first, then to what the shop owes, checks and cash."),
    refund.Precedence.RATIO: N_("Each way it was paid gets back its share."),
    refund.Precedence.FIRST_PAID: N_("What paid first gets its money back first."),
    refund.Precedence.LAST_PAID: N_("What paid last gets its money back first."),
    refund.Precedence.LOWEST_FIRST: N_("The smallest payment gets its money back first."),
}


def _of(s: Saying, codes: Iterable[str]) -> str:
    named = s.names(codes, tender_words)
    return s.say("Of what was paid by {tenders}.", tenders=named) if named else ""


def _refund_to(s: Saying, rule: refund.RefundTo) -> Says:
    out = s.say("Paid out as: {tender}.", tender=tender_words(s.words, rule.to))
    if rule.limit is None:
        return _of(s, rule.of), out
    above = tender_words(s.words, rule.above)
    return _of(s, rule.of), out, s.say("Above {amount}: {tender}.", amount=s.money(rule.limit), tender=above)


def _refund_choice(s: Saying, rule: refund.RefundChoice) -> Says:
    return _of(s, rule.of), s.say("The customer may choose: {tenders}.", tenders=s.names(rule.to, tender_words))


def _check_hold(s: Saying, rule: refund.CheckHold) -> Says:
    held = (
        s.words.count("{n} business day", "{n} business days", rule.days) if rule.business_days else s.days(rule.days)
    )
    first = s.say("A check may bounce for {days} after the purchase.", days=held)
    if not rule.meanwhile:
        return first, s.say("Until then what it paid waits.")
    return first, s.say("Until then what it paid goes out as: {tender}.", tender=tender_words(s.words, rule.meanwhile))


def _bad_check(s: Saying, rule: refund.BadCheck) -> Says:
    if rule.refuse:
        return _of(s, rule.of), s.say("No money while a check of the customer is unpaid.")
    return _of(s, rule.of), s.say("Money goes back even while a check of the customer is unpaid.")


def _cash_most(s: Saying, rule: refund.CashMost) -> Says:
    instead = tender_words(s.words, rule.instead)
    return (
        s.say(
            "At most {amount} in cash at once; what is more goes out as: {tender}.",
            amount=s.money(rule.most),
            tender=instead,
        ),
    )


def _drawer(s: Saying, rule: refund.DrawerShort) -> Says:
    return (s.say("Cash the drawer does not hold goes out as: {tender}.", tender=tender_words(s.words, rule.to)),)


def _card_gone(s: Saying, rule: refund.CardGone) -> Says:
    ways = ", ".join(tender_words(s.words, one) for one in rule.to)
    asked = s.say("A manager has to agree to it.") if rule.ask else ""
    after = "" if rule.after is None else s.say("So is a payment more than {days} old.", days=s.days(rule.after))
    return s.say("A card that takes nothing back is paid out as: {tenders}.", tenders=ways), after, asked


def _lasts(s: Saying, rule: refund.StoreCreditLasts) -> Says:
    if not rule.months:
        return (s.say("Store credit never ends."),)
    return (
        s.say(
            "Store credit ends after {months}, where the law lets it.",
            months=s.words.count("{n} month", "{n} months", rule.months),
        ),
    )


MONEY_WORDS: dict[type[Rule], Callable[[Saying, Any], Says]] = {
    value.PromotionReturn: _promotion,
    value.RestockingFee: _restocking,
    value.TaxRefund: _tax_refund,
    value.DayBand: _day_band,
    value.MissingPart: _missing_part,
    value.Rebate: _rebate,
    value.Rewards: _rewards,
    value.NoReceiptValue: _no_receipt_value,
    refund.RefundPrecedence: _order,
    refund.RefundTo: _refund_to,
    refund.RefundChoice: _refund_choice,
    refund.CheckHold: _check_hold,
    refund.BadCheck: _bad_check,
    refund.CashMost: _cash_most,
    refund.DrawerShort: _drawer,
    refund.CardGone: _card_gone,
    refund.StoreCreditLasts: _lasts,
}
