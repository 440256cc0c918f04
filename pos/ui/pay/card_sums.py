"""The sale beside a card that is at the terminal: what was bought, what was taken already, what is left."""

from __future__ import annotations

from pos.domain.card_attempt import Attempt
from pos.domain.money import Money, Unit
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode
from pos.domain.tender import TenderKind
from pos.ui.pay.card_page import SumLine
from pos.wording import Wording

# As many lines as stand above the sums on the smallest screen.
_LINES_MAX = 6


def sum_lines(
    priced: PricedBasket, attempt: Attempt | None, state: str, rules: ShopRules, words: Wording, *, waits: bool
) -> tuple[SumLine, ...]:
    """The last lines of the sale and the sums; `state` is how the card asked for stands, `waits` if it may pay."""

    def money(minor: int) -> str:
        return words.money(Money(minor, priced.currency))

    added = rules.price_mode is PriceMode.TAX_ADDED
    shown = priced.lines[-_LINES_MAX:]
    whole = words.count("… {n} line in all", "… {n} lines in all", len(priced.lines))
    lines = [SumLine(whole, "")] if len(shown) < len(priced.lines) else []
    lines += [SumLine(_named(line, words), money(line.extended - line.discount)) for line in shown]
    tax = sum(line.tax for line in priced.lines)
    if added and tax:
        lines.append(SumLine(words.say("Tax"), money(tax)))
    lines.append(SumLine(words.say("Amount due"), money(priced.total), strong=True))
    lines += [SumLine(words.tendered(each), money(-each.amount)) for each in priced.basket.tenders]
    if attempt is not None:
        lines.append(SumLine(words.tender(TenderKind(attempt.kind.value)), money(attempt.charged), state))
    after = attempt is not None and waits
    left = words.say("Left to pay after this") if after else words.say("Left to pay")
    lines.append(SumLine(left, money(priced.due - (attempt.amount if attempt and waits else 0)), strong=True))
    return tuple(lines)


def _named(line: PricedLine, words: Wording) -> str:
    quantity = line.line.quantity
    if quantity.unit is not Unit.PIECE:
        return f"{line.line.name} {words.quantity(quantity)}"
    return line.line.name if quantity == quantity.pieces(1) else f"{line.line.name} × {words.quantity(quantity)}"
