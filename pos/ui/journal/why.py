"""What was taken off a completed sale, as it was stored: the lines, by what, how much."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout

from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Money
from pos.domain.promotions import NO_OUTCOME
from pos.domain.reasons import Reason
from pos.domain.transaction import SaleLine, Transaction
from pos.promotion_words import discount_name
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import Wording

Names = Mapping[tuple[str, int], str]
"""What promotions are called, by id and version."""


def kept_reasons(sale: Transaction, words: Wording, names: Names) -> list[tuple[str, str]]:
    """What made the prices of this sale, in order: words, and the amount taken off where there is one."""
    rows: list[tuple[str, str]] = []
    for line in sale.lines:
        if line.override is not None or line.discounts:
            rows.append((words.say("Line {number}: {item}", number=line.line, item=line.name), ""))
        rows += _of_line(line, sale.currency, words, names)
    if sale.exemption is not None:
        rows.append((words.say("No tax: certificate {number}", number=sale.exemption.certificate), ""))
    return rows or [(words.say("Nothing was taken off this sale."), "")]


def _of_line(line: SaleLine, currency: str, words: Wording, names: Names) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if line.override is not None:
        now, was = (words.money(Money(minor, currency)) for minor in (line.unit_price, line.override.was))
        said = words.say("Price by hand: {now}, was {was}", now=now, was=was)
        reason = words.reason(Reason(line.override.reason)) if line.override.reason else ""
        rows.append((" · ".join(filter(None, (said, reason, _who(line.override.by, words)))), ""))
    for discount in line.discounts:
        amount = words.amount(Money(-discount.amount, currency))
        rows.append((_named(discount, words, names), amount))
    return rows


def _named(discount: Discount, words: Wording, names: Names) -> str:
    name = names.get((discount.id, discount.version)) or discount_name(discount, NO_OUTCOME, words)
    if discount.source is DiscountSource.PROMOTION:
        version = words.say("{id}, version {version}", id=discount.id, version=discount.version)
        return f"{name} · {version}"
    return " · ".join(filter(None, (name, _who(discount.by, words))))


def _who(by: str, words: Wording) -> str:
    return words.say("given by {number}", number=by) if by else ""


class WhyCard(Card):
    """Stands above the receipt while it is asked for."""

    def __init__(self) -> None:
        super().__init__("plain", padding=14, spacing=4)
        self.setObjectName("journal.why.card")
        self.title = Label("", 15, 680)
        self.column.addWidget(self.title)
        self._rows: list[tuple[Label, Label]] = []
        self.hide()

    def show_sale(self, sale: Transaction, words: Wording, names: Names) -> None:
        self.title.setText(words.say("Why this price"))
        said = kept_reasons(sale, words, names)
        while len(self._rows) < len(said):
            self._add_row()
        for number, (text, amount) in enumerate(self._rows):
            told, off = said[number] if number < len(said) else ("", "")
            text.setText(told)
            amount.setText(off)
            text.setVisible(bool(told))
            amount.setVisible(bool(off))
        self.setAccessibleName(
            ". ".join(filter(None, (self.title.text(), *(", ".join(filter(None, row)) for row in said))))
        )
        self.show()
        announce(self)

    def _add_row(self) -> None:
        row = QHBoxLayout()
        text, amount = Label("", 13, 450, tone="text2", wrap=True), Label("", 13, 600, tone="ok")
        row.addWidget(text, 1)
        row.addWidget(amount)
        self.column.addLayout(row)
        self._rows.append((text, amount))
