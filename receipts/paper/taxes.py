"""What papers say of tax: the table of rates, the taxes added below the subtotal, and why there is none."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.money import Money
from pos.domain.tax import LineTax
from pos.domain.transaction import Transaction
from pos.wording import Wording
from receipts.document import Block, Columns, Rule, TextLine


def tax_table(sale: Transaction, words: Wording) -> Iterator[Block]:
    """Rate, base and tax of every rate, the zero rate too, as the law wants it where prices hold the tax."""
    rows = tuple(
        (
            words.tax_rate(tax.rate_millionths, tax.unit_amount, sale.currency),
            words.amount(Money(tax.base, sale.currency)),
            words.amount(Money(tax.amount, sale.currency)),
        )
        for tax in sale.taxes()
    )
    if rows:
        yield Rule()
        yield Columns((words.say("Tax rate"), words.say("Without tax"), words.say("Tax")), rows)


def added(tax: LineTax, currency: str, words: Wording) -> Block:
    """A tax on top of the prices; one that they hold already is told without a figure in the column that adds up."""
    rate = words.tax_rate(tax.rate_millionths, tax.unit_amount, currency)
    base, amount = words.amount(Money(tax.base, currency)), words.amount(Money(tax.amount, currency))
    if tax.included:
        return TextLine(words.say("Prices hold tax {rate}: {amount}", rate=rate, amount=amount), indent=2)
    if tax.unit_amount is not None:
        return TextLine(words.say("Tax {rate}", rate=rate), amount)
    return TextLine(words.say("Tax {rate} on {base}", rate=rate, base=base), amount)


def exemption(sale: Transaction, words: Wording) -> Iterator[Block]:
    """That no tax was charged, and under which certificate."""
    if sale.exemption is not None:
        yield TextLine(words.say("Exempt from tax"), emphasis=True)
        yield TextLine(words.say("Certificate {number}", number=sale.exemption.certificate), indent=2)
