"""What is kept of goods that come back: restocking fees, tax that does not come back, missing parts, rebates, rewards.

Whatever is kept is named: a fee or a deduction of its own, never a lower price of the goods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pos.domain.line_share import Share
from pos.domain.money import Money, divide_half_up
from pos.domain.policy_rule import Policy, Rule
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Deduction, Effect, Reason
from pos.domain.return_line import CaseLine
from pos.domain.return_points import points_back
from pos.domain.return_request import ShownBy
from pos.domain.return_subject import holding, most_specific, subject_without_goods
from pos.domain.return_value_rules import DayBand, FeeTax, MissingPart, Rebate, RestockingFee, Rewards, TaxRefund
from pos.domain.tax import MILLION
from pos.domain.valued_line import ValuedLine

YES = frozenset({"true", "yes"})
# The kinds of rules that may keep something of a line.
KEEPING: frozenset[type[Rule]] = frozenset({TaxRefund, RestockingFee, DayBand, MissingPart, Rebate})


@dataclass(slots=True)
class Kept:
    """What is kept of one line, in minor units, and why."""

    fee: int = 0
    fee_tax: int = 0
    deductions: list[Deduction] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return self.fee + self.fee_tax + sum(one.amount for one in self.deductions)


def keep(line: KeptOf, share: Share) -> tuple[Share, Kept]:
    """What comes back of a line's share, and what is kept of that."""
    charged = share
    share = line.tax_refunded(share)
    share = line.fee(charged, share)
    line.band(share)
    line.missing(share)
    line.rebate(share)
    return share, line.kept


@dataclass(slots=True)
class KeptOf:
    """One line that rules may keep something of: so many units of it."""

    line: CaseLine
    thousandths: int
    kept: Kept = field(default_factory=Kept)

    def tax_refunded(self, share: Share) -> Share:
        """The price without the tax, where the law of the place does not give it back (returns.md 4.5)."""
        rule = most_specific(self.line.rules.of(TaxRefund))
        if rule is None or not share.tax:
            return share
        late = rule.days is not None and self._days() is not None and (self._days() or 0) > rule.days
        shown = self.line.sold is not None and self.line.case.request.shown_by is not ShownBy.NONE
        if not late and (shown or rule.without_receipt):
            return share
        value = self._days() if late else self.line.case.request.shown_by.value
        self._say(Code.TAX_NOT_REFUNDABLE, rule.id, share.tax, value=value, limit=rule.days if late else None)
        return share.without_tax()

    def fee(self, charged: Share, share: Share) -> Share:
        """The restocking fee and what it does to the tax (returns.md 4.4)."""
        rule = most_specific(self.line.rules.of(RestockingFee))
        if rule is None:
            return share
        if self._waived(rule) or self._given_up(rule):
            self._say(Code.RESTOCKING_FEE_WAIVED, rule.id, 0)
            return share
        of_gross = self._holds_tax() and rule.tax is not FeeTax.TAX_ON_REFUNDED_PART
        base = charged.gross if of_gross else share.net
        fee = min(self._fee_of(rule, base), max(0, share.gross))
        if rule.tax is FeeTax.TAX_ON_REFUNDED_PART:
            fee = min(fee, share.net)
            share = Share(share.net, share.scaled_taxes(share.net - fee))
        elif rule.tax is FeeTax.FEE_TAXED:
            self.kept.fee_tax = self._tax_of_fee(charged, fee)
            fee -= self.kept.fee_tax if self._holds_tax() else 0
        self.kept.fee = min(fee, max(0, share.gross - self.kept.fee_tax))
        if self.kept.fee:
            self._say(Code.RESTOCKING_FEE, rule.id, self.kept.fee + self.kept.fee_tax)
        return share

    def band(self, share: Share) -> None:
        """Late within the window only part comes back: the band that begins last holds."""
        days = self._days()
        if days is None:
            return
        bands = [rule for rule in self.line.rules.of(DayBand) if days > rule.after]
        if not bands:
            return
        rule = max(bands, key=lambda band: band.after)
        if self._given_up(rule):
            return
        comes = divide_half_up(share.gross * rule.percent_millionths, MILLION)
        self._deduct(Code.VALUE_REDUCED, rule.id, share.gross - comes, share, value=days, limit=rule.after)

    def missing(self, share: Share) -> None:
        """Parts that are not there are deducted, each by its own rule. Who agrees to MISSING_PARTS agrees to those no
        rule has a price for, and gives none of the others away.
        """
        for part in self.line.asked.missing:
            rules = self.line.rules.of(MissingPart)
            named = [rule for rule in rules if part in rule.parts] or [rule for rule in rules if not rule.parts]
            rule = most_specific(named)
            if rule is not None:
                amount = rule.amount or divide_half_up(share.gross * rule.percent_millionths, MILLION)
                self._deduct(Code.MISSING_PARTS, rule.id, amount, share, value=part, parts=(part,))

    def rebate(self, share: Share) -> None:
        """A rebate somebody paid out is kept, unless its receipt comes back too."""
        rule = most_specific(self.line.rules.of(Rebate))
        if rule is None or self._given_up(rule):
            return
        said = self.line.asked.facts.get(rule.fact, self.line.case.request.facts.get(rule.fact, ""))
        if said.strip().lower() not in YES:
            amount = divide_half_up(rule.amount * self.thousandths, 1000)
            self._deduct(Code.REBATE_PAID, rule.id, amount, share, value=rule.fact)

    def _days(self) -> int | None:
        """Days since the sale, or since the goods were handed over."""
        purchase = self.line.case.purchase
        return None if purchase is None else (self.line.case.today - (purchase.delivered or purchase.day)).days

    def _waived(self, rule: RestockingFee) -> bool:
        if self.line.subject.condition in rule.unless:
            return True
        places = (self.line.case.region, self.line.subject.region)
        return bool(rule.unless_regions) and all(_within(place, rule.unless_regions) for place in places)

    def _fee_of(self, rule: RestockingFee, base: int) -> int:
        if rule.amount:
            return rule.amount if rule.by_line else divide_half_up(rule.amount * self.thousandths, 1000)
        return divide_half_up(base * rule.percent_millionths, MILLION)

    def _tax_of_fee(self, charged: Share, fee: int) -> int:
        """The tax in a fee, at the rate of the goods."""
        if self._holds_tax():
            return divide_half_up(fee * charged.tax, charged.gross) if charged.gross else 0
        return divide_half_up(fee * charged.tax, charged.net) if charged.net else 0

    def _holds_tax(self) -> bool:
        purchase = self.line.case.purchase
        return self.line.case.prices_hold_tax if purchase is None else purchase.prices_hold_tax

    def _given_up(self, rule: Rule) -> bool:
        """Whether somebody agreed that nothing is kept by this rule."""
        case = self.line.case
        yes = case.agreed is not None and Code.FEE_WAIVER.value in case.agreed.codes
        return yes and case.request.waive and rule.override is not None

    def _deduct(self, code: Code, rule: str, amount: int, share: Share, **facts: object) -> None:
        """Keep an amount, never more than is left of the line."""
        amount = min(amount, share.gross - self.kept.amount)
        if amount <= 0:
            return
        self.kept.deductions.append(Deduction(code.value, amount))
        self._say(code, rule, amount, **facts)

    def _say(
        self, code: Code, rule: str, amount: int, *, value: object = None, limit: object = None, **facts: object
    ) -> None:
        said = {"item": self.line.name, "amount": self.line.money(amount), **facts}
        value = amount if value is None else value
        reason = Reason(code, Effect.VALUE, rule, self.line.number, value=value, limit=limit, facts=said)
        self.kept.reasons.append(reason)


def rewards_kept(
    case: ReturnCase, policy: Policy, lines: Sequence[ValuedLine]
) -> tuple[tuple[Deduction, ...], tuple[Reason, ...]]:
    """Reward money and points the sale gave go back with the goods; what of them was spent is kept of the refund."""
    if case.purchase is None:
        return (), ()
    # Goods replaced even stand for the old line: no money moves, and nothing that came with it.
    lines = [line for line in lines if not case.request.lines[line.place].instead]
    spent = _rewards_spent(case.purchase, lines) + _points_spent(case, lines)
    amount = min(spent, max(0, sum(line.value for line in lines)))
    if amount <= 0:
        return (), ()
    rule = holding(policy, Rewards, subject_without_goods(case)) or Rewards(id="rewards")
    if not rule.claw_back:
        return (), ()
    facts = {"amount": Money(amount, case.currency)}
    reason = Reason(Code.REWARD_CLAWBACK, Effect.VALUE, rule.id, value=amount, facts=facts)
    return (Deduction(Code.REWARD_CLAWBACK.value, amount),), (reason,)


def _rewards_spent(purchase: Purchase, lines: Sequence[ValuedLine]) -> int:
    earned = purchase.earned.rewards_earned
    if not earned or not purchase.total:
        return 0
    unspent = max(0, earned - purchase.earned.rewards_spent)
    before = sum(line.returned_net + line.returned_tax for line in purchase.lines)
    now = before + sum(line.gross for line in lines)
    kept = [max(0, divide_half_up(earned * back, purchase.total) - unspent) for back in (before, now)]
    return kept[1] - kept[0]


def _points_spent(case: ReturnCase, lines: Sequence[ValuedLine]) -> int:
    gone = [(line.line, line.quantity, line.gross) for line in lines]
    return case.point_worth * points_back(case.purchase, gone, case.buyer_points).short


def _within(region: str, regions: frozenset[str]) -> bool:
    return any(region == one or region.startswith(f"{one}-") for one in regions)
