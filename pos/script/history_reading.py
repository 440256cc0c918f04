"""What the rows of a `history` have said so far: the purchases as they stand, and where each line is to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pos.domain.came_back import with_back
from pos.domain.purchase import Buyer, Purchase, PurchaseLine
from pos.domain.taken_over import TakenReturn
from pos.script.fields import Part
from pos.script.history_rows import Known
from pos.script.read import ScriptError
from pos.wording import N_


@dataclass(slots=True)
class HistoryReading:
    """The purchases as they stand after the rows so far, and where each line of a receipt is to be found."""

    known: Known
    sales: dict[str, Purchase] = field(default_factory=dict)
    now: dict[str, Purchase] = field(default_factory=dict)
    of_receipt: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    returns: list[TakenReturn] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def name(self, row: Part, key: str) -> str:
        """The receipt of a row, given once in the whole history."""
        receipt = row.needed(key)
        if receipt in self.lines:
            raise ScriptError(row.line_of(key), N_("“{key}” is given twice."), key=receipt)
        self.lines[receipt] = row.line
        return receipt

    def add(self, sale: Purchase) -> None:
        self.sales[sale.id] = self.now[sale.id] = sale
        self.of_receipt[sale.receipt] = sale.id
        self.places |= {(sale.receipt, line.line): (sale.id, line.line) for line in sale.lines}

    def take_back(self, one: TakenReturn) -> None:
        self.returns.append(one)
        if one.purchase:
            self.now[one.purchase] = with_back(self.now[one.purchase], [one.back])
            self.of_receipt.setdefault(one.receipt, one.purchase)


def read_buyer(row: Part, known: Known) -> Buyer:
    """Who bought. The tier is the one the row says; without one that of the script's customer."""
    customer = row.text("customer") or ""
    found = known.customers.get(customer)
    tier, group = ("", "") if found is None else (found.tier, found.group)
    said = row.text("tier")
    return Buyer(customer, tier if said is None else said, group)


def numbered_once(row: Part, lines: Sequence[PurchaseLine]) -> None:
    """Raises ScriptError where a number is missing or comes twice."""
    numbers = [line.line for line in lines]
    if len(set(numbers)) < len(numbers) or 0 in numbers:
        raise ScriptError(row.line_of("lines"), N_("The lines of a receipt are numbered from 1, each once."))


def unbalanced(row: Part, receipt: str) -> ScriptError:
    """What was given is not what was to be paid."""
    message = N_("“{receipt}” does not balance: tenders − change − cash-back is to be total + rounding.")
    return ScriptError(row.line, message, receipt=receipt)
