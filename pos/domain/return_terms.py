"""What the rules of eligibility say about a line's money; values and tenders are reckoned from it, and it from nothing.

`decide` hands one LineTerms a line to `value_of(case, policy, places, terms)`; a line without one has none.
"""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.refusal import Code


@dataclass(frozen=True, slots=True)
class Kept:
    """Money that `rule` keeps back for a line: minor units, and a share of its value in millionths."""

    code: Code
    rule: str
    amount: int = 0
    share: int = 0


@dataclass(frozen=True, slots=True)
class LineTerms:
    """The money side of what was decided about the line at `place` of the request.

    `unit_price` is what one unit is worth at most, in the shop's price mode, in place of what was paid (without a
    receipt, or too late): minor units, None for what was paid. `pay_as` is the kind of tender its money goes to, ""
    for the sale's own tenders, `pay_rule` the rule that says so; up to `cash_up_to` for the whole return it may be cash
    all the same. `kept` is kept back. `full_value`: by law nothing is kept back, no fee taken and no promotion
    reckoned anew.
    """

    place: int
    unit_price: int | None = None
    pay_as: str = ""
    pay_rule: str = ""
    cash_up_to: int = 0
    kept: tuple[Kept, ...] = ()
    full_value: bool = False
