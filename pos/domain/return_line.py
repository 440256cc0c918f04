"""One line of a return with all a rule may ask of it: what is asked, what was sold, and what the goods are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.line_share import NOTHING, Share, share_of
from pos.domain.money import Money
from pos.domain.policy_rule import DEFAULT_POLICY, Policy, Rules, Subject
from pos.domain.purchase import PurchaseLine
from pos.domain.return_case import GoodsFacts, ReturnCase
from pos.domain.return_request import LineAsked, ReturnRequest, ShownBy
from pos.domain.return_subject import sold_line, subject_of, tender_words

_YES = frozenset({"yes", "true"})


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The line at `place` of the request. `sold` is None where no sale, or no such line of it, is known.

    `charged` is what was charged for so much of it, `rules` are those of the policy that speak of it. `before` is how
    much of the same line (thousandths) the request asks for in front of this one, of which `charged` knows nothing.
    """

    case: ReturnCase
    place: int
    asked: LineAsked
    sold: PurchaseLine | None
    goods: GoodsFacts | None
    subject: Subject
    rules: Rules
    charged: Share = NOTHING
    before: int = 0

    @property
    def number(self) -> int:
        """How reasons name it: the receipt's line, or its place in the request from 1."""
        return self.asked.line or self.place + 1

    @property
    def name(self) -> str:
        """What the goods are called."""
        if self.sold is not None:
            return self.sold.name
        return self.goods.name if self.goods is not None else self.asked.item

    @property
    def pieces(self) -> int:
        """How many pieces come back; goods that are weighed or measured count as one."""
        return max(1, self.asked.quantity.thousandths // 1000)

    def money(self, minor: int) -> Money:
        return Money(minor, self.case.currency)

    def is_untouched(self, was: CaseLine) -> bool:
        """Whether no rule about goods can tell it from a line of another request about the same return."""
        mine, its = self.case.request, was.case.request
        return self.subject is was.subject and mine.facts == its.facts

    def fact(self, name: str) -> str:
        """An answer only a person could give: of the line, of the request, or as the seller noted it; "" for none."""
        noted = {} if self.sold is None else self.sold.facts
        return self.asked.facts.get(name) or self.case.request.facts.get(name) or noted.get(name, "")


def is_yes(answer: str) -> bool:
    """Whether an answer is a yes, as files and buttons write it."""
    return answer.strip().lower() in _YES


def in_full(case: ReturnCase) -> ReturnCase:
    """The case with every line of a known sale named by its number, and no proof where no sale is known."""
    if case.purchase is None:
        return replace(case, request=replace(case.request, shown_by=ShownBy.NONE))
    lines = tuple(_numbered(case, asked) for asked in case.request.lines)
    return case if lines == case.request.lines else replace(case, request=replace(case.request, lines=lines))


def lines_of(case: ReturnCase, policy: Policy = DEFAULT_POLICY, known: Sequence[CaseLine] = ()) -> tuple[CaseLine, ...]:
    """The lines of the request in their order, with the rules of the policy that speak of them.

    `known` are the lines of another request about the same return: what a line has in common with one is not looked
    for again.
    """
    made: list[CaseLine] = []
    paid_with = tender_words(case.purchase)
    asked_before: dict[int, int] = {}
    for place, asked in enumerate(case.request.lines):
        before = asked_before.get(asked.line, 0)
        was = known[place] if place < len(known) else None
        if was is not None and was.asked is asked and was.case.request.shown_by is case.request.shown_by:
            made.append(CaseLine(case, place, asked, was.sold, was.goods, was.subject, was.rules, was.charged, before))
        else:
            sold = sold_line(case, asked)
            goods = case.goods.get(asked.item or (sold.item if sold is not None else ""))
            subject = subject_of(case, asked, paid_with)
            charged = _charged(case, sold, asked)
            made.append(CaseLine(case, place, asked, sold, goods, subject, policy.about(subject), charged, before))
        asked_before[asked.line] = before + asked.quantity.thousandths
    return tuple(made)


def stands_for(case: ReturnCase, line: PurchaseLine, item: str) -> bool:
    """Whether goods of that item may be what an even exchange handed out for this line."""
    goods = case.goods.get(item)
    return line.exchanged > 0 and goods is not None and goods.terms.family == line.terms.family != ""


def request_with(case: ReturnCase, request: ReturnRequest) -> ReturnCase:
    """The same case about another request."""
    return replace(case, request=request)


def _charged(case: ReturnCase, sold: PurchaseLine | None, asked: LineAsked) -> Share:
    if sold is None or case.purchase is None:
        return NOTHING
    return share_of(sold, asked.quantity.thousandths, prices_hold_tax=case.purchase.prices_hold_tax)


def _numbered(case: ReturnCase, asked: LineAsked) -> LineAsked:
    """The line of the sale that is meant: of that serial number, or the one of that item with the most left."""
    if asked.line or case.purchase is None:
        return asked
    lines = case.purchase.lines
    alike = [one for one in lines if one.item == asked.item]
    alike = alike or [one for one in lines if stands_for(case, one, asked.item)]
    alike = [one for one in alike if asked.serial and asked.serial in one.serials] or alike
    wanted = asked.quantity.thousandths
    best = max(alike, key=lambda one: min(one.left.thousandths, wanted), default=None)
    return asked if best is None else replace(asked, line=best.line)
