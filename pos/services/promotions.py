"""The shop's promotions: listed, taken in, switched off and tried on a basket; each change a version that stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pos.domain.basket import Basket, BasketLine
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity
from pos.domain.pricing import Circumstances, CustomerFacts, PricedBasket, price
from pos.domain.promotion import Promotion, Selection
from pos.domain.promotion_findings import (
    PartPrices,
    PromotionFinding,
    always_beaten,
    below_cost,
    gives_away,
    gives_nothing,
    hours_overlap,
    is_over,
    never_on,
    rewards,
)
from pos.domain.promotions import PreparedPromotions
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.promotions import PromotionRow
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.promotion_file import parse_promotions, read_promotions_file
from pos.services.promotion_text import promotion_body, promotion_names, promotions_text, stored_promotion
from pos.services.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class PromotionView:
    """A promotion as it stands, since when and by whom (id and name), and what is odd about it."""

    promotion: Promotion
    changed_at: datetime
    changed_by: str | None
    findings: tuple[PromotionFinding, ...]
    changer: str = ""


@dataclass(frozen=True, slots=True)
class PromotionsTaken:
    """What taking promotions in did: their ids by what became of them, and what is odd about each."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    findings: tuple[tuple[str, PromotionFinding], ...] = ()


@dataclass(frozen=True, slots=True)
class TriedLine:
    """An item and how much of it, for trying promotions on."""

    item: str
    quantity: Quantity


class Promotions:
    """The promotions of this shop. Seeing and trying asks for SELL, a change for MANAGE_PROMOTIONS."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[PromotionView, ...] | Refused:
        """Every promotion as it stands, by id, also those switched off. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            look = _Look(work, self._desk)
            return tuple(self._view(work, look, row) for row in look.rows)

    def as_they_stand(self) -> tuple[Promotion, ...] | Refused:
        """The same promotions alone, without asking what is odd about them. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return tuple(self._stored(row) for row in work.promotions.current())

    def history(self, promotion_id: str) -> tuple[PromotionView, ...] | Refused:
        """Every version of one, the newest first, without findings. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return tuple(
                PromotionView(
                    self._stored(row), self._desk.local(row.starts_at), row.changed_by, (), _changer(work, row)
                )
                for row in reversed(work.promotions.history(promotion_id))
            )

    def called(self, sale: Transaction, language: str) -> dict[tuple[str, int], str]:
        """What the promotions of a sale are called in this language, by id and the version that gave something."""
        with self._desk.shop.books.reading() as work:
            return promotion_names(work, sale, language)

    def read_file(self, path: Path) -> tuple[Promotion, ...]:
        """The promotions of a file, nothing written. Raises FileFault with the line of the first fault."""
        return read_promotions_file(path, self._desk.rules.currency)

    def read_text(self, text: str) -> tuple[Promotion, ...]:
        """The promotions of a text. Raises FileFault."""
        return parse_promotions(text, self._desk.rules.currency)

    def text(self) -> str | Refused:
        """All promotions in the format they are read in. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        found = self.as_they_stand()
        return found if isinstance(found, Refused) else promotions_text(found, self._desk.rules.currency)

    def write_file(self, path: Path, *, from_command_line: bool = False) -> int | Refused:
        """Write all promotions into a file that is whole or not there; answers how many they are.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError FILE_UNREADABLE.
        """
        operator = None if from_command_line else self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            promotions = [self._stored(row) for row in work.promotions.current()]
        write_whole(path, promotions_text(promotions, self._desk.rules.currency))
        return len(promotions)

    def findings(self, promotion: Promotion) -> tuple[PromotionFinding, ...]:
        """What is odd about a promotion before it is taken in."""
        with self._desk.shop.books.reading() as work:
            return _Look(work, self._desk).findings(promotion)

    def preview(self, promotions: Sequence[Promotion], *, from_command_line: bool = False) -> PromotionsTaken | Refused:
        """What `take_in` would do, nothing written. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = None if from_command_line else self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            rows, same = _other_than_before(work, self._desk, promotions, None)
            return _taken(rows, same, _odd(work, self._desk, promotions))

    def take_in(
        self, promotions: Sequence[Promotion], *, only_new: bool = False, from_command_line: bool = False
    ) -> PromotionsTaken | Refused:
        """Let these hold from now on, each that is another than before as a new version, all or none.

        `only_new` refuses PROMOTION_EXISTS. Whoever reaches the command line reaches the books anyway: nobody signs in
        there. Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED.
        """
        operator = None if from_command_line else self._desk.permit(Permission.MANAGE_PROMOTIONS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            for promotion in promotions if only_new else ():
                if work.promotions.history(promotion.id):
                    return Refused(Code.PROMOTION_EXISTS, {"promotion": promotion.id})
            taken, head = take_in(work, self._desk, promotions, None if operator is None else operator.id)
            work.commit()
        self._desk.shop.anchor(head)
        with self._desk.shop.books.reading() as work:
            return replace(taken, findings=tuple(_odd(work, self._desk, promotions)))

    def switch(self, promotion_id: str, *, active: bool) -> PromotionsTaken | Refused:
        """Switch a promotion on or off from now on. Refused: PROMOTION_UNKNOWN and as `take_in`."""
        operator = self._desk.permit(Permission.MANAGE_PROMOTIONS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            history = work.promotions.history(promotion_id)
            if not history:
                return Refused(Code.PROMOTION_UNKNOWN, {"promotion": promotion_id})
            changed = replace(self._stored(history[-1]), active=active)
            taken, head = take_in(work, self._desk, [changed], operator.id)
            work.commit()
        self._desk.shop.anchor(head)
        return taken

    def try_on(
        self,
        lines: Sequence[TriedLine],
        at: datetime | None = None,
        *,
        customer: CustomerFacts | None = None,
        coupons: Sequence[str] = (),
        instead: Sequence[Promotion] | None = None,
    ) -> PricedBasket | Refused:
        """A basket priced as it would be at `at` (on the shop's clock, now where left out); nothing is written.

        `instead` are promotions in place of the shop's own, as one being made. Refused: ITEM_UNKNOWN, NOT_SIGNED_ON,
        NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        now = self._desk.now()
        rung: list[BasketLine] = []
        with self._desk.shop.books.reading() as work:
            for line in lines:
                item = work.items.get(line.item, now)
                if item is None:
                    return Refused(Code.ITEM_UNKNOWN, {"code": line.item})
                rung.append(
                    BasketLine(
                        item=item.id,
                        name=item.name,
                        unit_price=item.unit_price_minor,
                        taxes=item.taxes,
                        quantity=line.quantity,
                        scanned=item.id,
                        operator=operator.id,
                        department=item.department,
                        family=item.family,
                        flags=item.flags,
                        not_discountable=item.not_discountable,
                    )
                )
            own = [self._stored(row) for row in work.promotions.current()] if instead is None else instead
        asked = Circumstances(at or self._desk.local(now), customer, promotions=PreparedPromotions.of(own))
        return price(Basket("tried", tuple(rung), coupons=tuple(coupons)), self._desk.rules, asked)

    def _stored(self, row: PromotionRow) -> Promotion:
        return stored_promotion(row.body, row.version, self._desk.rules.currency)

    def _view(self, work: UnitOfWork, look: _Look, row: PromotionRow) -> PromotionView:
        promotion = self._stored(row)
        found = look.findings(promotion)
        return PromotionView(promotion, self._desk.local(row.starts_at), row.changed_by, found, _changer(work, row))


def _odd(work: UnitOfWork, desk: Desk, promotions: Sequence[Promotion]) -> list[tuple[str, PromotionFinding]]:
    look = _Look(work, desk, promotions)
    return [(each.id, finding) for each in promotions for finding in look.findings(each)]


class _Look:
    """What is odd about promotions at one moment; what items cost is asked once for all that ask for the same."""

    def __init__(self, work: UnitOfWork, desk: Desk, coming: Sequence[Promotion] = ()) -> None:
        self._work = work
        self.rows = work.promotions.current()
        stored = (stored_promotion(row.body, row.version, desk.rules.currency) for row in self.rows)
        # Those being taken in stand in place of what they were before.
        self._beside = {each.id: each for each in (*stored, *coming)}.values()
        self._now = desk.local(desk.now()).replace(tzinfo=None)
        self._costs = work.promotions.any_cost()
        self._known: dict[tuple[Selection, ...], tuple[PartPrices, ...]] = {}

    def findings(self, promotion: Promotion) -> tuple[PromotionFinding, ...]:
        asked, now, parts, told = promotion.conditions, self._now, promotion.parts, self._work.promotions
        # A piece counts for the first part that takes it: a part whose items all stand before it is never reached.
        claimed = [told.claimed_before(parts[at], parts[:at]) for at in range(1, len(parts))]
        reachable = all(told.any_item(part) for part in parts) and not any(every for _, every in claimed)
        prices = self._prices(promotion)
        found = {
            PromotionFinding.OVER: is_over(asked, now),
            PromotionFinding.NEVER_ON: not is_over(asked, now) and never_on(asked, now),
            PromotionFinding.HOURS_OVERLAP: hours_overlap(asked),
            PromotionFinding.NO_ITEM: not reachable,
            PromotionFinding.GIVES_NOTHING: gives_nothing(promotion, prices),
            PromotionFinding.GIVES_AWAY: gives_away(promotion),
            PromotionFinding.OVERLAPS_ITSELF: any(some for some, _ in claimed),
            PromotionFinding.BELOW_COST: below_cost(promotion, prices),
            PromotionFinding.ALWAYS_BEATEN: always_beaten(promotion, self._beside),
        }
        return tuple(finding for finding, holds in found.items() if holds)

    def _prices(self, promotion: Promotion) -> tuple[PartPrices, ...]:
        """What the items of each part cost now, where anything is asked of it: a new price, or a cost that is known."""
        if not self._costs and all(reward.price is None for reward in rewards(promotion)):
            return ()
        if promotion.parts not in self._known:
            self._known[promotion.parts] = self._work.promotions.prices(promotion.parts)
        return self._known[promotion.parts]


def take_in(
    work: UnitOfWork, desk: Desk, promotions: Sequence[Promotion], changed_by: str | None
) -> tuple[PromotionsTaken, JournalHead]:
    """Write what is new and what is another than before, under one entry of the journal with before and after."""
    head = work.journal.head(desk.number)
    before = {row.id: row for row in work.promotions.current()}
    rows, same = _other_than_before(work, desk, promotions, changed_by)
    if rows:
        first = work.promotions.add(rows)
        payload: dict[str, object] = {
            "before": {row.id: before[row.id].body for row in rows if row.id in before},
            "written": [[row.id, row.version, number, row.body] for number, row in enumerate(rows, start=first)],
        }
        # The one moment of all of them: a second look at the clock would be another.
        at = rows[0].starts_at
        head = record(work, desk, Fact(EntryKind.PROMOTIONS_CHANGED, at, changed_by, "promotions", payload))
    return _taken(rows, same), head


def _other_than_before(
    work: UnitOfWork, desk: Desk, promotions: Sequence[Promotion], changed_by: str | None
) -> tuple[list[PromotionRow], list[str]]:
    """A further version of each that is new or another than before; and the ids of the rest."""
    now = desk.now()
    before = {row.id: row for row in work.promotions.current()}
    rows: list[PromotionRow] = []
    same: list[str] = []
    for promotion in promotions:
        body = promotion_body(promotion, desk.rules.currency)
        was = before.get(promotion.id)
        if was is not None and was.body == body:
            same.append(promotion.id)
        else:
            rows.append(PromotionRow(promotion.id, 1 if was is None else was.version + 1, now, body, changed_by))
    return rows, same


def _taken(
    rows: Sequence[PromotionRow], same: Sequence[str], findings: Sequence[tuple[str, PromotionFinding]] = ()
) -> PromotionsTaken:
    return PromotionsTaken(
        new=tuple(row.id for row in rows if row.version == 1),
        changed=tuple(row.id for row in rows if row.version > 1),
        same=tuple(same),
        findings=tuple(findings),
    )


def _changer(work: UnitOfWork, row: PromotionRow) -> str:
    person = work.staff.find(row.changed_by) if row.changed_by else None
    return "" if person is None else person.operator.name
