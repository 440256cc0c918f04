"""The purchase that is looked at, before it is opened: how it was paid, and what the policy says of each line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.return_decision import LineDecision
from pos.services.returns import Outlook
from pos.ui.returns.rows import receipt_named
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.notices import speak
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.ui.shared.verdicts import VERDICTS, verdict_name
from pos.wording import Wording

_LINES_MAX = 60


class PurchasePane(QWidget):
    """Receipt, tenders, lines with their outlook, and whether anything of it came back."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = Card("plain", padding=16, spacing=4)
        self.title = Label("", 17, 680, wrap=True)
        self.paid = Label("", 13, 450, tone="text2", wrap=True)
        self.came_back = Label("", 13, 600, tone="text2", wrap=True)
        for label in (self.title, self.paid, self.came_back):
            head.column.addWidget(label)
        column.addWidget(head)
        self._inside = Card("plain", padding=12, spacing=8)
        column.addWidget(scrolled(self._inside), 1)
        self._rows: list[QWidget] = []

    def show_nothing(self, sentence: str) -> None:
        """No purchase is looked at."""
        self.title.setText(sentence)
        self.paid.hide()
        self.came_back.hide()
        self._fill([])

    def show_purchase(self, purchase: Purchase, outlook: Outlook | None, words: Wording) -> None:
        """One that was found; `outlook` judges all that is left of it."""
        self.title.setText(receipt_named(purchase, words))
        paid = ", ".join(
            f"{words.refund_to(one.kind, one.card or one.type)} {words.amount(Money(one.amount, purchase.currency))}"
            for one in purchase.tenders
        )
        self.paid.setText(words.say("Paid by {tenders}", tenders=paid))
        self.paid.setVisible(bool(paid))
        self.came_back.setText(_came_back(purchase, words))
        self.came_back.show()
        said = {} if outlook is None else outlook.lines
        rows = [self._line(line, said.get(line.line), purchase.currency, words) for line in purchase.lines]
        self._fill(rows[:_LINES_MAX])
        speak(self, f"{self.title.text()}, {self.came_back.text()}")

    def _line(self, line: PurchaseLine, decided: LineDecision | None, currency: str, words: Wording) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(line.name, 15, 600, wrap=True))
        cost = f"{words.quantity(line.quantity)} · {words.amount(Money(line.total, currency))}"
        column.addWidget(Label(cost, 13, 450, tone="text3"))
        across.addLayout(column, 1)
        if line.left.thousandths <= 0:
            across.addWidget(Pill(words.say("Came back"), "neutral", "undo"))
        elif decided is not None:
            _, kind, icon = VERDICTS[decided.verdict]
            across.addWidget(Pill(words.say(verdict_name(decided.verdict, decided)), kind, icon))
        return row

    def _fill(self, rows: list[QWidget]) -> None:
        column = self._inside.column
        for old in self._rows:
            column.removeWidget(old)
            old.hide()
            old.deleteLater()
        while column.count():
            column.takeAt(0)
        self._rows = rows
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)
        self._inside.setVisible(bool(rows))


def _came_back(purchase: Purchase, words: Wording) -> str:
    if purchase.voided:
        return words.say("This sale was taken back whole.")
    if any(line.left != line.quantity for line in purchase.lines):
        return words.say("Something of it came back before.")
    return words.say("Nothing of it came back before.")
