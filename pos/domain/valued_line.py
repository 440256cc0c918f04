"""What goods that come back are worth: one line with its money, and all of them."""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity
from pos.domain.return_decision import Deduction, Reason
from pos.domain.tax import LineTax


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What the rest of the policy said of a line that its worth depends on.

    `lowest_since`: worth the lowest price since that day, never more than was paid. `pays` is a kind of tender it must
    go out as, empty for the tenders of the sale. `full`: nothing is kept back, by law or because it is replaced even.
    """

    lowest_since: date | None = None
    pays: str = ""
    full: bool = False


PLAIN = LineAnswer()


@dataclass(frozen=True, slots=True)
class ValuedLine:
    """One line's money in minor units, as in LineDecision. `place` is its place in the request, `line` that of the
    sale or else the place from 1. `pays` as in LineAnswer.
    """

    place: int
    line: int
    item: str
    quantity: Quantity
    merchandise: int = 0
    tax: int = 0
    taxes: tuple[LineTax, ...] = ()
    fee: int = 0
    fee_tax: int = 0
    deductions: tuple[Deduction, ...] = ()
    reasons: tuple[Reason, ...] = ()
    pays: str = ""

    @property
    def gross(self) -> int:
        """What comes back for the goods with their tax, before anything is kept."""
        return self.merchandise + self.tax

    @property
    def value(self) -> int:
        """What this line brings the customer."""
        kept = sum(one.amount for one in self.deductions) if self.deductions else 0
        return self.gross - self.fee - self.fee_tax - kept


@dataclass(frozen=True, slots=True)
class ValuedLines:
    """The lines of a return with what is kept of the whole (`deductions`; a negative one is made good: what an earlier
    return had kept of a promotion). `amount` is money without goods, `reasons` are those of the whole alone.
    """

    lines: tuple[ValuedLine, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    reasons: tuple[Reason, ...] = ()
    amount: int = 0

    @property
    def merchandise(self) -> int:
        return sum(line.merchandise for line in self.lines) + self.amount

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def fee(self) -> int:
        return sum(line.fee for line in self.lines)

    @property
    def fee_tax(self) -> int:
        return sum(line.fee_tax for line in self.lines)

    @property
    def all_deductions(self) -> tuple[Deduction, ...]:
        """What is kept of lines and of the whole."""
        return (*(one for line in self.lines for one in line.deductions), *self.deductions)

    @property
    def all_reasons(self) -> tuple[Reason, ...]:
        """Those of lines and of the whole."""
        return (*(one for line in self.lines for one in line.reasons), *self.reasons)

    @property
    def exact(self) -> int:
        """What comes back before cash rounding; never less than nothing."""
        return sum(line.value for line in self.lines) + self.amount - sum(one.amount for one in self.deductions)
