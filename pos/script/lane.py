"""One lane while a script plays: its workstation, what the script calls each sale, and the process that may die."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos.domain.basket import Basket
from pos.domain.day_report import ReportKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, badge_of
from pos.domain.tender import TenderState
from pos.script.premises import Premises
from pos.script.results import Result, SaleTold, TenderTried, money
from pos.script.return_steps import ReturnsTold
from pos.script.sale_steps import Sell
from pos.script.typed_by_hand import Answering
from pos.services.crash import CrashPoint
from pos.services.gift_card_report import made_numbers
from pos.services.sale import Sale
from pos.wording import Wording
from pos.workstation import Workstation


@dataclass(slots=True)
class Lane:
    """`acknowledge` is told the receipt of a sale as soon as its commit returned.

    `opens_till`: the script has no step that opens the till, so the lane does. `under_way` is the sale of the step
    being played; `dies_at` the point at which the process dies during it. `weighs`: the script put something on the
    scale. `slips` are the suspended sales by the script's names for them, `slip_papers` the papers of slips and closes,
    `deposit_slips` the lists of closes,
    `reports` the day reports. `answering` is who answers at once what the step being played needs, `requested` what it
    asked for; `requests` and `approvals` are those by the names of their steps, `approved` what this step may use,
    `sales_wanted` what each sale's step said, `returns` what became of the returns, `cards_named` the
    numbers of gift cards the script speaks of, `asking` the card tender the terminal is being asked for.
    """

    premises: Premises
    words: Wording
    acknowledge: Callable[[int, str], None]
    opens_till: bool
    step: int = 0
    dies_at: CrashPoint | None = None
    under_way: SaleTold | None = None
    weighs: bool = False
    slips: dict[str, str] = field(default_factory=dict)
    slip_papers: dict[str, str] = field(default_factory=dict)
    deposit_slips: dict[str, str] = field(default_factory=dict)
    reports: dict[str, tuple[ReportKind, int]] = field(default_factory=dict)
    answering: Answering | None = None
    requested: str = ""
    requests: dict[str, str] = field(default_factory=dict)
    approvals: dict[str, str] = field(default_factory=dict)
    approved: list[str] = field(default_factory=list)
    sales_wanted: dict[str, Sell] = field(default_factory=dict)
    returns: ReturnsTold = field(default_factory=ReturnsTold)
    cards_named: list[str] = field(default_factory=list)
    asking: TenderTried | None = None
    _sales: dict[str, SaleTold] = field(default_factory=dict)
    _open: SaleTold | None = None
    _signed_on: tuple[str, str, str] | None = None

    @property
    def station(self) -> Workstation:
        if self.premises.workstation is None:
            raise RuntimeError("a lane plays in a shop that is open")
        return self.premises.workstation

    @property
    def sale(self) -> Sale:
        return self.station.sale

    def begin(self, operator: str | None) -> None:
        """Before the first step: whoever the last script left at the till goes, and the operator signs on."""
        self.station.sign_on.sign_off()
        self.sale.recover()
        if operator is not None:
            self.sign_on(operator, self.premises.pins[operator])

    def sign_on(self, operator: str, pin: str, badge: str = "") -> Operator | Refused:
        """Sign on as the step says, by the badge where it names one, and open the till where no step does."""
        desk = self.station.sign_on
        answer = desk.sign_on_badge(badge_of(badge)) if badge else desk.sign_on(operator, pin)
        if isinstance(answer, Operator):
            self._signed_on = (operator, pin, badge)
            self.open_till_unasked()
        return answer

    def open_till_unasked(self) -> None:
        """A script without an `open_till` step plays with a till that never runs short: one opened with nothing in it.

        Whoever may not open it leaves it closed; what needs it says so.
        """
        if self.opens_till and self.station.sign_on.operator is not None and not self.station.tills.is_open:
            self.station.tills.open_till(0)
        self.station.desk.till_runs_short = not self.opens_till

    def told(self, name: str | None) -> SaleTold | Refused:
        """The open sale, which has to be the one the script calls `name` where it names one.

        Refused: BASKET_EMPTY where no sale is open, BASKET_OPEN where another one is.
        """
        basket = self.sale.view.priced.basket
        if basket.empty:
            return Refused(Code.BASKET_EMPTY)
        told = self.open_sale(basket)
        if name is not None and self._sales.get(name) is not told:
            return Refused(Code.BASKET_OPEN)
        return told

    def open_sale(self, basket: Basket) -> SaleTold:
        """What the script knows of the open basket; a sale an earlier program left open has its tenders from there."""
        if self._open is None or self._open.basket != basket.id:
            currency = self.station.desk.rules.currency
            taken = [
                TenderTried(TenderState.TAKEN, money(tender.amount, currency), kind=tender.kind)
                for tender in basket.tenders
            ]
            self._open = SaleTold(basket.id, taken)
        return self._open

    def new_sale(self, basket: Basket) -> SaleTold:
        """A sale the script begins; a basket emptied line by line may have carried another one before."""
        self._open = SaleTold(basket.id)
        return self._open

    def go_on_with(self, basket: Basket) -> SaleTold:
        """A suspended sale is open again: it is the one the script had a name for, where it had."""
        self._open = next((told for told in self._sales.values() if told.basket == basket.id), None)
        return self.open_sale(basket)

    def call(self, name: str | None, told: SaleTold) -> None:
        """From now on the script means this sale by `name`."""
        self.under_way = told
        if name is not None:
            self._sales[name] = told

    def card_made(self) -> str:
        """The number of the gift card the shop made last."""
        return next(iter(reversed(made_numbers(self.station.desk))), "")

    def called(self, name: str) -> SaleTold | None:
        return self._sales.get(name)

    def all_told(self) -> tuple[SaleTold, ...]:
        """Every sale the script knows of, each once."""
        known = [*self._sales.values(), *([self._open] if self._open is not None else [])]
        return tuple({id(told): told for told in known}.values())

    def name_of(self, told: SaleTold) -> str | None:
        return next((name for name, sale in self._sales.items() if sale is told), None)

    def restart(self, further: Callable[[Lane], list[Result]]) -> list[Result]:
        """The process died; it starts again, the same person signs on, and what it found is told.

        `further` finds out what else became of things, before anybody pays again.
        """
        self.dies_at = None
        under_way = self.under_way
        station = self.premises.restart()
        recovered: list[Result] = []
        if station.sale.recover() is not None:
            recovered.append({"kind": "sale", "receipt": None, "state": "open"})
        last = station.sale.last_completed()
        if under_way is not None and last is not None and last.id == under_way.basket:
            under_way.transaction = last
            recovered.append({"kind": "sale", "receipt": str(last.receipt), "state": "completed"})
        recovered += further(self)
        station.paperwork.recover()
        station.paperwork.print_waiting()
        if self._signed_on is not None:
            self.sign_on(*self._signed_on)
        return recovered
