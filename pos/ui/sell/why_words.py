"""What made the prices of a sale what they are, in words: of one line first, then of the whole sale."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.basket import BasketLine
from pos.domain.discount import DiscountSource, Markdown
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.promotion import Applied, OneMore, Promotion, WhyNot
from pos.domain.reasons import Reason
from pos.promotion_words import (
    conditions_words,
    discount_name,
    few,
    one_more_words,
    promotion_names,
    rule_words,
    why_not_words,
)
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Reasoned:
    """One thing that made the price: what it is, how much it took off, by what rule, on which lines."""

    icon: str
    title: str
    amount: str = ""
    rule: str = ""
    where: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.title, self.amount, self.rule, self.where)))


@dataclass(frozen=True, slots=True)
class Section:
    """What is said under one heading."""

    title: str
    reasons: tuple[Reasoned, ...]


def why_sections(priced: PricedBasket, row: int, words: Wording) -> tuple[Section, ...]:
    """Why the line of `row` (from 0, less than 0 for none) costs what it does, then the rest of the sale."""
    if not 0 <= row < len(priced.lines):
        nothing = words.say("Nothing is rung up. Scan something, then ask again.")
        return (Section(words.say("This sale"), (Reasoned("info", nothing),)),)
    told = _Teller(priced, words)
    line = priced.lines[row]
    title = words.say("Line {number}: {item}", number=row + 1, item=line.line.name)
    own = tuple(told.of_line(row))
    if not own:
        own = (Reasoned("info", words.say("It costs what it is priced at. Nothing was taken off.")),)
    rest = tuple(told.of_sale(row))
    sections = [Section(title, own)]
    if rest:
        sections.append(Section(words.say("This sale"), rest))
    return tuple(sections)


class _Teller:
    """Everything that can be said of one priced basket."""

    def __init__(self, priced: PricedBasket, words: Wording) -> None:
        self._priced, self._words = priced, words
        self._outcome, self._currency = priced.promotions, priced.currency
        self._names = {line.line.item: line.line.name for line in priced.lines}

    def of_line(self, row: int) -> Iterator[Reasoned]:
        """What fell on this line, what passed it by, what more of it would bring."""
        line = self._priced.lines[row]
        yield from self._unit_price(line)
        yield from (self._applied(each) for each in self._outcome.applied if _fell_on(each, row))
        yield from self._by_hand(line)
        yield from self._passed_over(line.line, its_own=True)

    def of_sale(self, row: int) -> Iterator[Reasoned]:
        """Whatever concerns other lines or all of them."""
        words, line = self._words, self._priced.lines[row]
        yield from (self._applied(each) for each in self._outcome.applied if not _fell_on(each, row))
        yield from self._passed_over(line.line, its_own=False)
        if self._priced.exemption is not None:
            certificate = self._priced.exemption.certificate
            yield Reasoned("badge", words.say("No tax: certificate {number}", number=certificate))
        if self._outcome.stopped:
            yield Reasoned(
                "info",
                words.say("There were too many ways to combine the promotions to try all. The best one found holds."),
            )

    def _unit_price(self, line: PricedLine) -> Iterator[Reasoned]:
        """The price of one, where it is not the item's own."""
        words, override = self._words, line.line.override
        now = self._money(line.unit_price)
        if override is not None:
            yield Reasoned(
                "edit",
                words.say("Price by hand: {now}, was {was}", now=now, was=self._money(override.was)),
                rule=self._given(override.reason, override.by),
                where=words.say("Promotions leave a price by hand alone."),
            )
        elif line.unit_price != line.line.unit_price:
            yield Reasoned(
                "sell",
                words.say("Price by quantity: {now}, one costs {was}", now=now, was=self._money(line.line.unit_price)),
            )
        if line.line.not_discountable:
            yield Reasoned("info", words.say("This item is never discounted."))

    def _applied(self, applied: Applied) -> Reasoned:
        words, promotion = self._words, applied.promotion
        rule = rule_words(promotion, self._currency, words, self._name)
        said = [" · ".join(filter(None, (rule.rstrip("."), conditions_words(promotion, words)))) + "."]
        if applied.beat:
            said.append(self._beaten(applied))
        if applied.limited:
            said.append(words.say("It is given no more often on one receipt."))
        more = next((each for each in self._outcome.one_more if each.promotion.id == promotion.id), None)
        if more is not None:
            said.append(one_more_words(more, self._currency, words, self._name))
        lines = few((str(at + 1) for at, _ in applied.lines), words)
        where = words.count("Applied to line {lines}", "Applied to lines {lines}", len(applied.lines), lines=lines)
        return Reasoned("sell", promotion.name_in(words.language), self._off(applied.amount), " ".join(said), where)

    def _beaten(self, applied: Applied) -> str:
        words = self._words
        named = promotion_names([each for each, _ in applied.beat], self._outcome, words)
        others = [
            words.say("{name} would give {amount}", name=name, amount=words.amount(Money(would, self._currency)))
            for name, (_, would) in zip(named, applied.beat, strict=True)
        ]
        count = len(applied.beat) + 1
        return words.count(
            "Best of {n} offer; {others}.", "Best of {n} offers; {others}.", count, others=few(others, words)
        )

    def _by_hand(self, line: PricedLine) -> Iterator[Reasoned]:
        """What people, their own rule and points took off this line."""
        words = self._words
        for discount in line.discounts:
            if discount.source is DiscountSource.PROMOTION:
                continue
            name = discount_name(discount, self._outcome, words)
            markdown = self._priced.basket.markdown if discount.source is DiscountSource.RECEIPT else line.line.markdown
            icon, rule, where = "percent", "", ""
            if discount.source is DiscountSource.POINTS:
                icon, where = "loyalty", words.say("Its share of the points spent")
            elif discount.source is DiscountSource.STAFF:
                icon, where = "badge", words.say("For what the shop’s own people buy")
            else:
                rule = self._markdown(markdown, discount.by)
                if discount.source is DiscountSource.RECEIPT:
                    where = words.say("Its share of the discount on the whole sale")
            yield Reasoned(icon, name, self._off(discount.amount), rule, where)

    def _markdown(self, markdown: Markdown | None, by: str) -> str:
        words = self._words
        said = words.say("By hand")
        if markdown is not None and markdown.percent_millionths is not None:
            said = words.say("{percent} by hand", percent=words.percent(markdown.percent_millionths))
        elif markdown is not None and markdown.amount is not None:
            said = words.say("{amount} by hand", amount=self._money(markdown.amount))
        return f"{said} · {words.say('given by {number}', number=by)}" if by else said

    def _given(self, reason: str, by: str) -> str:
        words = self._words
        who = words.say("given by {number}", number=by) if by else ""
        return " · ".join(filter(None, (words.reason(Reason(reason)) if reason else "", who)))

    def _passed_over(self, line: BasketLine, *, its_own: bool) -> Iterator[Reasoned]:
        """What gave nothing and why; and of what gave something or nothing, what a little more would bring."""
        words, given = self._words, {each.promotion.id for each in self._outcome.applied}
        hinted: set[str] = set()
        for more in self._outcome.one_more:
            if more.promotion.id not in given and _selects(more.promotion, line) is its_own:
                hinted.add(more.promotion.id)
                yield self._hint(more)
        for passed in self._outcome.passed_over:
            told = passed.why is WhyNot.NEEDS_MORE and passed.promotion.id in hinted
            if not told and _selects(passed.promotion, line) is its_own:
                why = why_not_words(passed, self._outcome, self._currency, words)
                asks_who = passed.why in (WhyNot.NEEDS_TIER, WhyNot.NEEDS_GROUP)
                yield Reasoned("info", f"{why} {words.say('F6 adds the customer.')}" if asks_who else why)

    def _hint(self, more: OneMore) -> Reasoned:
        said = one_more_words(more, self._currency, self._words, self._name)
        return Reasoned("lightbulb", f"{more.promotion.name_in(self._words.language)}: {said}")

    def _name(self, item: str) -> str:
        return self._names.get(item, item)

    def _money(self, minor: int) -> str:
        return self._words.money(Money(minor, self._currency))

    def _off(self, minor: int) -> str:
        return self._words.amount(Money(-minor, self._currency))


def _fell_on(applied: Applied, row: int) -> bool:
    return any(at == row for at, _ in applied.lines)


def _selects(promotion: Promotion, line: BasketLine) -> bool:
    """Whether the line is one of those the promotion is about."""
    return any(part.takes(line.item, line.department, line.family, line.flags) for part in promotion.parts)
