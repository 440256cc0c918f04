"""What goods that come back are worth: as charged, slice by slice, less what the policy keeps. Nothing is priced again.

Every amount is a minor unit of the sale's currency. Whatever is asked for, never more than was paid comes back: of a
line no more than was charged for it less what was paid back, of the sale no more than is left of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos.domain.line_share import NOTHING, Share, after, share_of
from pos.domain.money import Money, Quantity, extend
from pos.domain.policy_rule import Policy, Rules
from pos.domain.purchase import PurchaseLine
from pos.domain.refund_rooms import left_of, rooms_of
from pos.domain.refusal import Code
from pos.domain.return_case import GoodsFacts, ReturnCase
from pos.domain.return_decision import Deduction, Effect, Reason, Remedy
from pos.domain.return_kept import KEEPING, Kept, KeptOf, keep, rewards_kept
from pos.domain.return_line import CaseLine, lines_of
from pos.domain.return_promotions import given_for, recalculated, set_broken
from pos.domain.return_subject import most_specific
from pos.domain.return_value_rules import NoReceiptPrice, NoReceiptValue, PromotionMethod, PromotionReturn
from pos.domain.tax import PriceMode, Taxable, TaxRate, TaxRounding, tax_lines
from pos.domain.tender import TenderKind
from pos.domain.valued_line import PLAIN, LineAnswer, ValuedLine, ValuedLines

__all__ = ["LineAnswer", "ValuedLine", "ValuedLines", "set_reasons", "value_of", "value_of_lines"]

CASH = TenderKind.CASH.value
# The name of the rule that nothing more than was paid comes back; it stands in no policy.
PAID = "paid"


def value_of(
    case: ReturnCase, policy: Policy, places: Sequence[int], answers: Mapping[int, LineAnswer] | None = None
) -> ValuedLines:
    """The worth of the lines at these places of the request, as `value_of_lines`."""
    lines = lines_of(case, policy)
    return value_of_lines(case, policy, [lines[place] for place in places], answers or {})


def value_of_lines(
    case: ReturnCase, policy: Policy, coming: Sequence[CaseLine], answers: Mapping[int, LineAnswer]
) -> ValuedLines:
    """The worth of these lines of the request, or of the amount asked for without goods.

    `answers` is what the rest of the policy said of a place that its worth depends on.
    """
    if not case.request.lines and case.request.amount is not None:
        return _without_goods(case, case.request.amount)
    drafts = _drafts(coming, answers)
    over = _recalculate(case, drafts)
    lines = tuple([_valued(case, draft) for draft in drafts])
    bearing = [line for line, draft in zip(lines, drafts, strict=True) if not draft.answer.full]
    return _of_the_whole(case, lines, rewards_kept(case, policy, bearing), over)


def set_reasons(case: ReturnCase, lines: Sequence[CaseLine]) -> tuple[Reason, ...]:
    """Why some of these lines cannot come back without others: PROMO_SET_INCOMPLETE for each, with what is missing."""
    purchase = case.purchase
    if purchase is None or not any(line.discounts for line in purchase.lines):
        return ()
    lines = [line for line in lines if not line.asked.instead]
    coming = _coming(lines)
    definitions = {one.id: one for one in case.promotions}
    reasons = []
    for line in lines:
        sold = line.sold
        for promotion in given_for(sold) if sold else ():
            rule = _promotion_rule(line.rules, promotion)
            if rule is None or rule.method is not PromotionMethod.WHOLE_SET:
                continue
            missing = set_broken(purchase, promotion, definitions.get(promotion), coming)
            if missing:
                facts = {"promotion": _promotion_name(sold, promotion), "item": sold.name if sold else line.asked.item}
                remedy = Remedy("WHOLE_SET", facts, {"lines": missing})
                reasons.append(
                    Reason(
                        code=Code.PROMO_SET_INCOMPLETE,
                        effect=Effect.REFUSES,
                        rule=rule.id,
                        line=line.asked.line,
                        overridable=rule.override is not None,
                        value=promotion,
                        remaining=tuple(missing),
                        facts=facts,
                        remedy=remedy,
                        role=rule.override or "",
                    )
                )
    return tuple(reasons)


# --- As charged -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Draft:
    """One line on its way: the line of the sale as it stood before these units (`sold`), and what they were charged."""

    line: CaseLine
    answer: LineAnswer
    sold: PurchaseLine | None
    thousandths: int
    share: Share
    pays: str = ""
    reasons: list[Reason] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.sold.name if self.sold else self.line.asked.item

    @property
    def quantity(self) -> Quantity:
        """What of the quantity asked for is still there to come back."""
        asked = self.line.asked.quantity
        return asked if asked.thousandths == self.thousandths else replace(asked, thousandths=self.thousandths)


def _drafts(coming: Sequence[CaseLine], answers: Mapping[int, LineAnswer]) -> list[_Draft]:
    """Every line by its slice of what was charged. Two requests for one line of the sale follow each other."""
    now: dict[int, PurchaseLine] = {}
    asked_for = Counter([line.asked.line for line in coming])
    drafts = []
    for line in coming:
        asked, purchase = line.asked, line.case.purchase
        answer = answers.get(line.place, PLAIN)
        if asked.instead:
            # No money moves for what is replaced even: nothing is kept of it, and its offer stays as it was.
            answer = replace(answer, full=True)
        draft = _Draft(line, answer, line.sold, asked.quantity.thousandths, NOTHING, answer.pays)
        if line.sold is not None and purchase is not None:
            sold = draft.sold = now.get(line.sold.line, line.sold)
            draft.thousandths = max(0, min(asked.quantity.thousandths, sold.left.thousandths))
            draft.share = line.charged
            if asked_for[asked.line] > 1:
                draft.share = share_of(sold, draft.thousandths, prices_hold_tax=purchase.prices_hold_tax)
                now[sold.line] = after(sold, draft.thousandths, draft.share)
        drafts.append(draft)
    return drafts


def _coming(lines: Sequence[CaseLine]) -> dict[int, int]:
    """What comes back of each line of the sale, in thousandths."""
    coming: dict[int, int] = {}
    for line in lines:
        sold = line.sold
        if sold is not None:
            most = sold.left.thousandths - coming.get(sold.line, 0)
            coming[sold.line] = coming.get(sold.line, 0) + max(0, min(most, line.asked.quantity.thousandths))
    return coming


# --- Promotions -------------------------------------------------------------------------------------------------------


def _recalculate(case: ReturnCase, drafts: Sequence[_Draft]) -> int:
    """Where the policy prices what stays anew: change the shares by it. Answers what has to be made good beyond them:
    what an earlier return had kept, in minor units.
    """
    purchase = case.purchase
    if purchase is None:
        return 0
    chosen: dict[str, PromotionReturn] = {}
    # A line the promotion only counted has no share of it: every promotion of the sale is asked about.
    given = tuple(dict.fromkeys(promotion for line in purchase.lines for promotion in given_for(line)))
    drafts = [draft for draft in drafts if not draft.line.asked.instead]
    for draft in drafts:
        for promotion in given:
            rule = _promotion_rule(draft.line.rules, promotion)
            if rule is not None and rule.method is PromotionMethod.RECALCULATE:
                chosen.setdefault(promotion, rule)
    coming: dict[int, int] = {}
    for draft in drafts:
        number = draft.line.asked.line
        coming[number] = coming.get(number, 0) + draft.thousandths
    settled = recalculated(purchase, case.promotions, frozenset(chosen), coming) if chosen else None
    if settled is None:
        return 0
    missing = sum(draft.share.gross for draft in drafts) - settled.gross
    # What the law gives back is not re-billed for the promotion.
    about = [draft for draft in drafts if draft.line.asked.line in settled.lines and not draft.answer.full]
    rule_id = next(iter(chosen.values())).id
    if missing > 0:
        _lower(case, about, missing, rule_id, ", ".join(settled.names))
        return 0
    return _raise(about, -missing)


def _lower(case: ReturnCase, drafts: Sequence[_Draft], missing: int, rule: str, names: str) -> None:
    """Spread what does not come back over the lines, none below zero."""
    whole = sum(draft.share.gross for draft in drafts)
    missing = min(missing, whole)
    upto = given = 0
    for draft in drafts:
        before = draft.share.gross
        upto += before
        part = missing * upto // whole - given if whole else 0
        given += part
        if part:
            draft.share = draft.share.scaled(before - part)
            facts = {"item": draft.name, "promotion": names, "amount": Money(part, case.currency)}
            draft.reasons.append(
                Reason(Code.PROMO_RECALCULATED, Effect.VALUE, rule, draft.line.number, value=part, facts=facts)
            )


def _raise(drafts: Sequence[_Draft], more: int) -> int:
    """Give back what was kept before: on the same line up to what was charged for it, the rest of the whole."""
    for draft in drafts:
        sold = draft.sold
        if sold is None or not more:
            continue
        room = sold.total - sold.returned_net - sold.returned_tax - draft.share.gross
        part = max(0, min(more, room))
        if part and draft.share.gross:
            share = draft.share.scaled(draft.share.gross + part)
            draft.share = share.within(sold.net - sold.returned_net, sold.tax - sold.returned_tax)
            more -= part
    return more


def _promotion_rule(rules: Rules, promotion: str) -> PromotionReturn | None:
    """The rule for one promotion: one that names it goes before one for all."""
    fitting = rules.of(PromotionReturn)
    naming = [rule for rule in fitting if promotion in rule.promotions]
    return most_specific(naming or [rule for rule in fitting if not rule.promotions])


def _promotion_name(line: PurchaseLine | None, promotion: str) -> str:
    names = (one.name for one in line.discounts if one.id == promotion) if line else iter(())
    return next(names, "") or promotion


# --- One line ---------------------------------------------------------------------------------------------------------


def _valued(case: ReturnCase, draft: _Draft) -> ValuedLine:
    if draft.sold is None:
        _without_receipt(case, draft)
    elif draft.answer.lowest_since is not None:
        _at_lowest(case, draft)
    share, kept = draft.share, Kept()
    if share.gross and not draft.answer.full and draft.line.rules.has_any(KEEPING):
        share, kept = keep(KeptOf(draft.line, draft.thousandths), share)
    if draft.sold is None and not draft.pays:
        rule = _no_receipt(draft.line)
        draft.pays = CASH if share.gross - kept.amount < rule.cash_below else rule.pays
    return ValuedLine(
        place=draft.line.place,
        line=draft.line.number,
        item=draft.line.subject.item,
        quantity=draft.quantity,
        merchandise=share.net,
        tax=share.tax,
        taxes=share.taxes,
        fee=kept.fee,
        fee_tax=kept.fee_tax,
        deductions=tuple(kept.deductions),
        reasons=(*draft.reasons, *kept.reasons),
        pays=draft.pays,
    )


def _at_lowest(case: ReturnCase, draft: _Draft) -> None:
    """No more than the lowest price since a day, in proportion to what the units would have cost at their price."""
    goods = case.goods.get(draft.line.subject.item)
    since, sold = draft.answer.lowest_since, draft.sold
    if goods is None or since is None or sold is None or sold.unit_price <= 0:
        return
    lowest = goods.lowest(since, case.today)
    price = sold.extended - sold.discount
    paid = sold.slice_of(price, draft.thousandths)
    worth = extend(lowest, draft.quantity)
    if paid > worth:
        draft.share = draft.share.scaled(draft.share.gross * worth // paid)


def _without_receipt(case: ReturnCase, draft: _Draft) -> None:
    """Goods of no known sale: the lowest price of a look-back or today's, with the taxes of today."""
    goods = case.goods.get(draft.line.asked.item)
    if goods is None:
        return
    rule = _no_receipt(draft.line)
    since = case.today.fromordinal(max(1, case.today.toordinal() - rule.days))
    current = rule.price is NoReceiptPrice.CURRENT and draft.answer.lowest_since is None
    price = goods.unit_price if current else goods.lowest(draft.answer.lowest_since or since, case.today)
    draft.share = _priced_today(case, goods, price, draft)
    if not current:
        facts = {"item": goods.name, "price": Money(price, case.currency), "since": since}
        number = draft.line.number
        draft.reasons.append(Reason(Code.NO_RECEIPT_VALUE, Effect.VALUE, rule.id, number, value=price, facts=facts))


def _no_receipt(line: CaseLine) -> NoReceiptValue:
    return most_specific(line.rules.of(NoReceiptValue)) or NoReceiptValue(id="no_receipt")


def _priced_today(case: ReturnCase, goods: GoodsFacts, price: int, draft: _Draft) -> Share:
    rates = tuple(TaxRate(code, rate) for code, rate in case.item_taxes.get(goods.item, ()))
    mode = PriceMode.TAX_INCLUDED if case.prices_hold_tax else PriceMode.TAX_ADDED
    taxable = Taxable(extend(price, draft.line.asked.quantity), rates, draft.thousandths)
    (taxed,) = tax_lines([taxable], mode=mode, rounding=TaxRounding.LINE)
    return Share(taxed.net, taxed.taxes)


# --- The whole --------------------------------------------------------------------------------------------------------


def _of_the_whole(
    case: ReturnCase,
    lines: tuple[ValuedLine, ...],
    rewards: tuple[tuple[Deduction, ...], tuple[Reason, ...]],
    over: int,
) -> ValuedLines:
    """The lines with what is made good or kept of the whole return, and never more than is left of the sale."""
    good = (Deduction(Code.PROMO_RECALCULATED.value, -over),) if over else ()
    deducted, reasons = rewards
    whole = ValuedLines(lines, (*good, *deducted), reasons)
    most = _most(case)
    if most is None or whole.exact <= most:
        return whole
    facts = {"amount": Money(whole.exact, case.currency), "limit": Money(most, case.currency)}
    reason = Reason(
        Code.REFUND_EXCEEDS_PAID, Effect.VALUE, PAID, value=whole.exact, limit=most, remaining=most, facts=facts
    )
    kept = Deduction(Code.REFUND_EXCEEDS_PAID.value, whole.exact - most)
    return replace(whole, deductions=(*whole.deductions, kept), reasons=(*whole.reasons, reason))


def _most(case: ReturnCase) -> int | None:
    """What may come back of the sale at all; None where no sale is known."""
    if case.purchase is None:
        return None
    return min(left_of(case.purchase), sum(room.exact for room in rooms_of(case.purchase)))


def _without_goods(case: ReturnCase, amount: int) -> ValuedLines:
    """Money alone: all of what is asked for, or nothing where that is more than is left of the sale."""
    most = _most(case)
    if amount >= 0 and (most is None or amount <= most):
        return ValuedLines(amount=amount)
    facts = {"amount": Money(amount, case.currency), "limit": Money(most or 0, case.currency)}
    remedy = Remedy("LESS_AMOUNT", {"amount": Money(most or 0, case.currency)}, {"amount": most or 0})
    return ValuedLines(
        reasons=(
            Reason(
                code=Code.REFUND_EXCEEDS_PAID,
                effect=Effect.REFUSES,
                rule=PAID,
                value=amount,
                limit=most,
                remaining=most,
                facts=facts,
                remedy=remedy if most else None,
            ),
        )
    )
