"""What the customer is shown of the open sale, of one that is paid, and between sales. Money and words, no more:
what the shop pays, who works here and why somebody took something off are nobody's business on that side.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Money, Quantity, Unit, exponent_of
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.promotions import PromotionOutcome
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode
from pos.domain.transaction import Transaction
from pos.promotion_words import discount_name
from pos.services.specials import SpecialsView
from pos.ui.customer_display.view import CustomerView, ShownLine, ShownSpecial, ShownSum, Shows
from pos.ui.special_words import detail_of, figure_of
from pos.ui.theme import icon_names
from pos.wording import Wording

SPECIALS_MAX = 4
# Nobody reads more back than this, and a sale may have thousands.
_LINES_MAX = 12


def idle_view(specials: SpecialsView | None, rules: ShopRules, words: Wording) -> CustomerView:
    """A greeting, and the first of what is on today for everybody."""
    shown: list[ShownSpecial] = []
    for special in () if specials is None else specials.specials:
        asked = special.promotion.conditions
        if specials is None or asked.tiers or asked.groups or asked.coupon is not None:
            continue
        icon = special.icon if special.icon in icon_names() else "campaign"
        detail = detail_of(special, specials.at, rules.currency, words)
        figure, _struck = figure_of(special, rules.currency, words)
        shown.append(ShownSpecial(icon, special.promotion.name_in(words.language), detail, figure))
    return CustomerView(Shows.IDLE, rules.name, heading=words.say("Welcome"), specials=tuple(shown[:SPECIALS_MAX]))


def sale_view(priced: PricedBasket, rules: ShopRules, words: Wording, *, wait: str = "") -> CustomerView:
    """The open sale: its last lines, what was saved, what is due."""
    lines = priced.lines[-_LINES_MAX:]
    more = len(priced.lines) - len(lines)
    return CustomerView(
        Shows.SALE,
        rules.name,
        lines=tuple(_line(line, priced, words) for line in lines),
        earlier=words.count("… {n} line in all", "… {n} lines in all", len(lines) + more),
        sums=_sums(priced, rules, words),
        label=_label(priced, words),
        total=words.money(Money(abs(priced.due if priced.paid else priced.total), priced.currency)),
        wait=wait,
    )


def done_view(sale: Transaction, rules: ShopRules, words: Wording) -> CustomerView:
    """A sale that is in the books: what it came to, and what goes back."""

    def money(minor: int) -> str:
        return words.money(Money(minor, sale.currency))

    sums = (ShownSum(words.say("You saved"), money(sale.discount), saved=True),) if sale.discount > 0 else ()
    address = rules.e_receipt_address
    marked = address if "{receipt}" in address else f"{address}{{receipt}}"
    return CustomerView(
        Shows.DONE,
        rules.name,
        heading=words.say("Thank you"),
        sums=sums,
        label=words.say("Total") if sale.total >= 0 else words.say("Paid out to you"),
        total=money(abs(sale.total + sale.rounding)),
        label_change=words.say("Your change") if sale.change else "",
        change=money(sale.change) if sale.change else "",
        code=marked.replace("{receipt}", sale.receipt_code) if address else "",
        code_says=words.say("Your receipt: scan it with your phone") if address else "",
    )


def test_view(rules: ShopRules, words: Wording) -> CustomerView:
    """A picture that is plainly no sale's: to see that the display works."""
    total = words.money(Money.read("123.45" if exponent_of(rules.currency) >= 2 else "123", rules.currency))
    line = ShownLine(words.say("Customer display"), "", total)
    return CustomerView(Shows.SALE, rules.name, lines=(line,), label=words.say("Total"), total=total)


def _label(priced: PricedBasket, words: Wording) -> str:
    if priced.paid and not priced.complete:
        return words.say("Left to pay")
    return words.say("Total") if priced.total >= 0 else words.say("Paid out to you")


def _sums(priced: PricedBasket, rules: ShopRules, words: Wording) -> tuple[ShownSum, ...]:
    def amount(minor: int) -> str:
        return words.amount(Money(minor, priced.currency))

    rows = []
    if priced.discount > 0:
        rows.append(ShownSum(words.say("You save"), amount(priced.discount), saved=True))
    if priced.tax and rules.price_mode is PriceMode.TAX_ADDED:
        rows.append(ShownSum(words.say("Tax"), amount(priced.tax)))
    if priced.paid:
        rows.append(ShownSum(words.say("Total"), amount(priced.total)))
        rows.append(ShownSum(words.say("Paid"), amount(priced.paid)))
    return tuple(rows)


def _line(priced: PricedLine, basket: PricedBasket, words: Wording) -> ShownLine:
    line, currency = priced.line, basket.currency
    one = line.quantity.unit is Unit.PIECE and line.quantity == Quantity.pieces(1)
    price = words.amount(Money(priced.unit_price, currency))
    detail = "" if one else f"{words.quantity(line.quantity)} × {price}"
    if line.container and not line.each:
        detail = " · ".join(filter(None, (words.say("Empties back"), detail)))
    return ShownLine(
        name=line.name,
        detail=words.say("Deposit") if line.each else detail,
        amount=words.amount(Money(priced.extended - priced.discount, currency)),
        saved=_saved(priced.discounts, basket.promotions, currency, words),
        within=bool(line.each),
    )


def _saved(discounts: Sequence[Discount], outcome: PromotionOutcome, currency: str, words: Wording) -> str:
    """What was taken off, each promotion by its name; why a person took something off stays with the shop."""
    if not discounts:
        return ""
    named = [discount_name(each, outcome, words) for each in discounts if each.source is DiscountSource.PROMOTION]
    off = words.amount(Money(-sum(each.amount for each in discounts), currency))
    return " · ".join(dict.fromkeys((*(named or [words.say("Discount")]), off)))
