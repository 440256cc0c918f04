"""What a rule's scope is held against for a line of a return, and which of several fitting rules holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pos.domain.money import Quantity
from pos.domain.policy_rule import Policy, Rule, Scope, Subject
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender
from pos.domain.refund_rules import HOUSE_CARD
from pos.domain.return_case import ReturnCase
from pos.domain.return_request import LineAsked

R = TypeVar("R", bound=Rule)


def subject_of(case: ReturnCase, asked: LineAsked, paid_with: frozenset[str] | None = None) -> Subject:
    """One line of the request with what is known of its sale; of goods without one, as the shop knows them today.

    `paid_with` are the words of the sale's tenders, for who asks about many of its lines.
    """
    purchase = case.purchase
    line = sold_line(case, asked)
    goods = case.goods.get(asked.item or (line.item if line else ""))
    terms = line.terms if line else goods.terms if goods else None
    customer = case.customer
    buyer = purchase.buyer if purchase else None
    return Subject(
        item=line.item if line else asked.item,
        category=line.category if line else goods.category if goods else "",
        family=terms.family if terms else "",
        flags=frozenset(terms.flags) if terms else frozenset(),
        condition=asked.condition,
        reason=asked.reason,
        shown_by=case.request.shown_by.value,
        tier=(buyer.tier if buyer else "") or (customer.tier if customer else ""),
        group=(buyer.group if buyer else "") or (customer.group if customer else ""),
        tenders=tender_words(purchase) if paid_with is None else paid_with,
        region=(purchase.region if purchase else "") or case.region,
        channel=purchase.channel.value if purchase else "",
        sold=purchase.day if purchase else None,
        unit_price=line.unit_price if line else goods.unit_price if goods else 0,
    )


def subject_without_goods(case: ReturnCase) -> Subject:
    """Money without goods, with what is known of its sale: no rule that names goods speaks of it."""
    no_goods = LineAsked(line=0, quantity=Quantity(0), reason=case.request.reason)
    return replace(subject_of(case, no_goods), unit_price=None)


def sold_line(case: ReturnCase, asked: LineAsked) -> PurchaseLine | None:
    """The line of the sale that is to come back; None where no sale is known or it has no such line."""
    return case.purchase.line(asked.line) if case.purchase is not None and asked.line else None


def words_of(tender: PurchaseTender) -> frozenset[str]:
    """By what words policies name a tender: its kind, the shop's own type, the shop's own card."""
    return frozenset({tender.kind.value, tender.type} | ({HOUSE_CARD} if tender.house_card else set())) - {""}


def tender_words(purchase: Purchase | None) -> frozenset[str]:
    """What a sale was paid with, as policies name it."""
    taken = () if purchase is None else [tender for tender in purchase.tenders if tender.amount and not tender.declined]
    return frozenset(word for tender in taken for word in words_of(tender))


def holding(policy: Policy, kind: type[R], subject: Subject) -> R | None:
    """The rule of a kind that holds for the line: the most specific of those that speak of it, the earlier on a tie."""
    return most_specific(policy.speaking(kind, subject))


def most_specific(rules: Iterable[R]) -> R | None:
    """The rule whose scope names most, the earlier on a tie; None of none."""
    found = tuple(rules)
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda rule: rule.scope.named)


def named_fields(scope: Scope) -> int:
    """How many fields of a scope say something."""
    return scope.named
