"""Beside a count: what should be there, what is, and what stays when the till is closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit

from pos.domain.check_deposit import HeldCheck, checks_amount
from pos.domain.money import Money
from pos.domain.till import MovementKind
from pos.services.counts import CountView
from pos.services.tills import TillOverview
from pos.ui.cash.move_words import MOVES
from pos.ui.shared.ask_words import over_short_words
from pos.ui.shared.cards import Card, CardKind, Pill, rule
from pos.ui.shared.fields import AmountField
from pos.ui.shared.figures import Figure, Figures
from pos.ui.shared.form import FormField
from pos.ui.shared.text import Label
from pos.ui.theme import Kind
from pos.wording import Wording


class ExpectedCard(Card):
    """What should be in the drawer and how it came there; while the count is blind it says so instead."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        self.setObjectName("cash_count.expected.card")
        head = QHBoxLayout()
        self._title = Label("", 16, 650, wrap=True)
        self._total = Label("", 18, 680)
        head.addWidget(self._title, 1)
        head.addWidget(self._total)
        self.column.addLayout(head)
        self._blind = Label("", 15, 450, tone="text2", wrap=True)
        self.figures = Figures()
        self.column.addWidget(rule())
        self.column.addWidget(self._blind)
        self.column.addWidget(self.figures)

    @property
    def shown(self) -> str:
        """The amount that should be there, as it is said; empty while it is not told."""
        return self._total.text()

    def show_till(self, till: TillOverview | None, words: Wording) -> None:
        """The open till as far as whoever counts may know it."""
        self._title.setText(words.say("Expected in the drawer"))
        expected = None if till is None else till.expected
        self._total.setText("" if expected is None else words.amount(expected))
        self._blind.setText(words.say("The count is blind: this shows when it is in."))
        self._blind.setVisible(expected is None)
        self.figures.show_figures([] if till is None or expected is None else moved_figures(till, expected, words))
        told = self._blind.text() if expected is None else self._total.text()
        self.setAccessibleName(f"{self._title.text()}: {told}")


def moved_figures(till: TillOverview, expected: Money, words: Wording) -> list[Figure]:
    """Float, sales and what was moved by hand, summed by kind; what did not happen is left out."""
    by_kind: dict[MovementKind, list[int]] = {}
    for move in till.moves:
        by_kind.setdefault(move.kind, []).append(move.amount.minor)
    sales = expected.minor - sum(sum(amounts) for amounts in by_kind.values())
    figures: list[Figure] = [(words.say("Opening float"), words.amount(till.opening_float))]
    figures.append((words.say("Cash from sales"), words.amount(Money(sales, expected.currency))))
    for kind, said in MOVES.items():
        if amounts := by_kind.get(kind):
            name = words.say(said) + (f" · {len(amounts)}" if len(amounts) > 1 else "")
            figures.append((name, words.amount(Money(sum(amounts), expected.currency))))
    return figures


class CountedCard(Card):
    """What was counted; once it is in, how far from what should be there, and whether somebody has to sign."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        self.setObjectName("cash_count.counted.card")
        head = QHBoxLayout()
        self._title = Label("", 16, 600)
        self._amount = Label("", 36, 720)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title)
        head.addWidget(self._amount, 1)
        self.column.addLayout(head)
        self._foot = foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.setSpacing(8)
        self.chip = Pill("", "neutral", "check_circle", height=32, px=15)
        self._limit = Label("", 14, 600, wrap=True)
        foot.addWidget(self.chip)
        foot.addWidget(self._limit, 1)
        self.column.addLayout(foot)

    def show_typed(self, counted: Money, expected: Money | None, words: Wording) -> None:
        """A sum that is still being typed, beside what should be there where that is known already."""
        self.set_kind("plain")
        self._say(counted, words)
        if expected is not None and counted.minor:
            self.chip.set_state(over_short_words(counted - expected, words), "neutral", "info")
        self.chip.setVisible(expected is not None and bool(counted.minor))
        self._limit.hide()

    def show_count(self, count: CountView, words: Wording) -> None:
        """A count that is in the books."""
        off = count.over_short.minor
        state: CardKind = "ok" if not off else "warn" if count.within else "bad"
        chip: Kind = "ok" if not off else "warn" if count.within else "bad"
        icon = "check_circle" if not off else "warning" if count.within else "error"
        self.set_kind(state)
        self.chip.set_state(over_short_words(count.over_short, words), chip, icon)
        limit = words.money(count.tolerance)
        self._limit.setText(
            words.say("Within the limit of {limit}", limit=limit)
            if count.within
            else words.say("Beyond the limit of {limit}: count again, or a manager signs", limit=limit)
        )
        # The longer sentence has a line of its own.
        side = QBoxLayout.Direction.LeftToRight if count.within else QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(side)
        right = Qt.AlignmentFlag.AlignRight if count.within else Qt.AlignmentFlag.AlignLeft
        self._limit.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)
        self._limit.set_tone("ok" if count.within else "bad")
        self.chip.show()
        self._limit.show()
        self._say(count.counted, words)
        self.setAccessibleName(f"{self.accessibleName()}, {self.chip.text}, {self._limit.text()}")

    def _say(self, counted: Money, words: Wording) -> None:
        self._title.setText(words.say("Counted"))
        self._amount.setText(words.money(counted))
        self.setAccessibleName(f"{self._title.text()} {self._amount.text()}")


class AfterCard(Card):
    """What stays as the float of the next day, typed or by the shop's rule, and what goes to the safe."""

    def __init__(self) -> None:
        # As low as it can be: on the smallest window the note below is to be seen without moving anything.
        super().__init__("plain", padding=14, spacing=6)
        self._title = Label("", 14, 600, tone="text2")
        self.float_field = AmountField(height=48, px=20)
        self.float_field.setObjectName("cash_count.after.float")
        self._name = Label("", 15, 450, wrap=True)
        self._deposit = Label("", 16, 650)
        self.column.addWidget(self._title)
        self.column.addWidget(self.float_field)
        foot = QHBoxLayout()
        foot.addWidget(self._name, 1)
        foot.addWidget(self._deposit)
        self.column.addLayout(foot)
        self._checks = Figures()
        self.column.addWidget(self._checks)
        self.note = FormField("cash_count.after.note", QLineEdit())
        self.note.hide()
        self.column.addWidget(self.note)
        self._carried = Label("", 14, 450, tone="text2", wrap=True)
        self._carried.hide()
        self.column.addWidget(self._carried)

    def retranslate(self, words: Wording) -> None:
        self._title.setText(words.say("After closing"))
        self._name.setText(words.say("Take to the safe"))
        self.float_field.set_words(words.say("Leave as float"))
        self.note.set_words(
            words.say("What there is to say of the difference"), words.say("Stands on the Z report. Alt N")
        )

    def show_checks(self, checks: Sequence[HeldCheck], currency: str, words: Wording) -> None:
        """What goes to the bank beside the cash."""
        name = words.count("{n} check to the bank", "{n} checks to the bank", len(checks))
        amount = words.amount(Money(checks_amount(checks), currency))
        self._checks.show_figures([(name, amount)] if checks else [])
        self._checks.setVisible(bool(checks))

    def ask_note(self, *, wanted: bool) -> None:
        """Ask for a note where the count is away from what should be there."""
        self.note.setVisible(wanted)

    def show_deposit(self, deposit: Money, words: Wording) -> None:
        self._deposit.setText(words.amount(deposit))
        self.setAccessibleName(f"{self._name.text()} {self._deposit.text()}")

    def show_carried(self, matters: int, words: Wording) -> None:
        """How much stays open beyond the close: suspended sales, card amounts nobody knows of."""
        self._carried.setText(words.count("{n} open matter carried over.", "{n} open matters carried over.", matters))
        self._carried.setVisible(matters > 0)
