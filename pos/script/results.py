"""What came out, as the fields of a step's result: money as text with all digits, quantities as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pos.domain.discount import DiscountSource
from pos.domain.money import Money, Quantity, minor_text
from pos.domain.points import PointsOfSale
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Refused
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind, TenderState
from pos.domain.transaction import SaleLine, Transaction, sale_lines
from pos.script.compare import Figure, Moment
from pos.services.books_report import BooksReport
from pos.services.sale import SaleView
from pos.services.verify import VerifyReport
from pos.wording import Wording

Result = dict[str, object]


@dataclass(slots=True)
class TenderTried:
    """A tender of the script and what became of it; `amount` is as typed where that is no amount. `attempt` is the
    request to the card terminal.
    """

    state: TenderState
    amount: str
    code: str | None = None
    kind: TenderKind = TenderKind.CASH
    card: str | None = None
    cash_back: str | None = None
    attempt: str = ""


@dataclass(slots=True)
class SaleTold:
    """A sale of the script: which basket it is, every tender tried for it, and the transaction it became.

    `warnings` are what a cashier is told of lines that were rung up all the same; `suggested` is the item the till
    suggested in it.
    """

    basket: str
    tenders: list[TenderTried] = field(default_factory=list)
    transaction: Transaction | None = None
    gift_receipt: bool = False
    points: PointsOfSale | None = None
    warnings: list[Result] = field(default_factory=list)
    suggested: str | None = None


def money(minor: int, currency: str) -> Figure:
    return Figure(minor_text(minor, currency))


def refusal(refused: Refused, words: Wording, line: int | None = None) -> Result:
    """`line` is the line of the step that was refused, counted from 1."""
    result: Result = {"refused": refused.code.value, "text": words.refusal(refused)}
    return result if line is None else {**result, "line": line}


def open_sale(priced: PricedBasket, told: SaleTold) -> Result:
    """The fields of a sale that still misses money."""
    figures = {**_figures(priced, priced.currency), "due": money(priced.due, priced.currency)}
    return {"state": "open", "receipt": None, **_sale(sale_lines(priced), priced.currency, figures, told)}


def completed_sale(sale: Transaction, told: SaleTold) -> Result:
    """The fields of a sale in the books, from what is stored."""
    figures = {**_figures(sale, sale.currency), "due": money(0, sale.currency)}
    return {"state": "completed", "receipt": str(sale.receipt), **_sale(sale.lines, sale.currency, figures, told)}


_FIGURES = ("subtotal", "discount", "net", "tax", "total", "rounding", "paid", "change")


def _figures(sale: PricedBasket | Transaction, currency: str) -> dict[str, Figure]:
    return {name: money(getattr(sale, name), currency) for name in _FIGURES}


def _sale(lines: Sequence[SaleLine], currency: str, figures: dict[str, Figure], told: SaleTold) -> Result:
    return {
        "lines": [told_line(each, currency) for each in lines],
        **{name: figures[name] for name in ("subtotal", "discount", "net", "tax")},
        "taxes": _taxes([tax for line in lines for tax in line.taxes], currency),
        **{name: figures[name] for name in ("total", "rounding")},
        "tenders": tenders(told.tenders),
        **{name: figures[name] for name in ("paid", "change", "due")},
        "points": _points(told.points),
        **({"warnings": told.warnings} if told.warnings else {}),
        **({"suggested": told.suggested} if told.suggested else {}),
    }


def _points(points: PointsOfSale | None) -> Result | None:
    """What the sale did to its customer's points; nothing while it is open, or nobody has any."""
    if points is None:
        return None
    told = {"earned": points.earned, "spent": points.spent, "balance": points.left}
    return {name: Figure(str(value)) for name, value in told.items()}


def warnings(view: SaleView, words: Wording) -> list[Result]:
    """What the screen warns of: lines (counted from 1) whose last day is over."""
    lines = view.priced.basket.lines
    return [
        {
            "code": "EXPIRED",
            "line": number + 1,
            "text": words.expired(lines[number].name, date.fromisoformat(lines[number].expires)),
        }
        for number in view.expired
    ]


def told_line(line: SaleLine, currency: str) -> Result:
    """One line as it was charged."""
    return {
        "line": line.line,
        "item": line.item,
        **({"deposit_of": line.belongs_to or None} if line.container else {}),
        "qty": quantity(line.quantity),
        "unit_price": money(line.unit_price, currency),
        "extended": money(line.extended, currency),
        "discount": money(line.discount, currency),
        "net": money(line.net, currency),
        "tax": money(line.tax, currency),
        "taxes": _taxes(line.taxes, currency),
        "total": money(line.total, currency),
        "promotions": [
            {"id": discount.id, "amount": money(discount.amount, currency)}
            for discount in line.discounts
            if discount.source is DiscountSource.PROMOTION
        ],
    }


def quantity(value: Quantity) -> Figure:
    return Figure(value.text())


def _taxes(taxes: Sequence[LineTax], currency: str) -> dict[str, Figure]:
    amounts: dict[str, int] = {}
    for tax in taxes:
        amounts[tax.code] = amounts.get(tax.code, 0) + tax.amount
    return {code: money(amount, currency) for code, amount in amounts.items()}


def tenders(tried: Sequence[TenderTried], *, state: str | None = None) -> list[Result]:
    """Every tender tried, numbered as it was; with `state` only those that were taken, in that state now."""
    return [
        {
            "tender": number,
            "kind": tender.kind.value,
            "amount": tender.amount,
            "card": tender.card,
            "cash_back": tender.cash_back,
            "state": state or tender.state.value,
            "code": tender.code,
        }
        for number, tender in enumerate(tried, start=1)
        if state is None or tender.state is TenderState.TAKEN
    ]


def moment(local: datetime) -> Moment:
    """A time on the shop's clock, with seconds where there are any."""
    return Moment(f"{local:%Y-%m-%dT%H:%M:%S}" if local.second else f"{local:%Y-%m-%dT%H:%M}")


def end_of_script(
    books: BooksReport, verified: VerifyReport, still_open: list[Result], gift_cards: Mapping[str, Money]
) -> Result:
    """What `end` holds; the parts of what is not built are empty."""
    return {
        "till": {
            "expected": None if books.expected is None else _amount(books.expected),
            "takings": {kind.value: _amount(amount) for kind, amount in books.takings.items()},
        },
        "ledger": {account: _amount(balance) for account, balance in books.ledger.items()},
        "gift_cards": {number: _amount(balance) for number, balance in gift_cards.items()},
        "stock": {
            item: {disposition: quantity(lying) for disposition, lying in levels.items()}
            for item, levels in books.stock.items()
        },
        "journal": {"entries": books.entries, "head": books.head.mac, "verified": verified.first_broken is None},
        "open": still_open,
        "violations": [
            {"invariant": one.invariant, "where": one.where, "finding": one.finding.value, "detail": one.detail}
            for one in verified.violations
        ],
    }


def _amount(amount: Money) -> Figure:
    return money(amount.minor, amount.currency)
