"""Gift cards of another system are taken over: from a file, or with a new shop. Each row is taken or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pos.domain.gift_card import (
    SHOWN_DIGITS,
    GiftCardFacts,
    GiftCardKind,
    GiftEntry,
    GiftMove,
    Origin,
    number_known_elsewhere,
    number_of,
    pin_readable,
    shown_number,
)
from pos.domain.gift_card_ledger import gift_card_postings, gift_cards_told
from pos.domain.item_columns import FileRefused
from pos.domain.journal import EntryKind
from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_numbers import card_facts, hash_number, new_card_id
from pos.services.item_file import FileRow, open_item_file

COLUMNS = ("number", "balance", "pin", "expires", "kind", "state")
ROWS_MAX = 200_000
_STATES = ("active", "disabled", "unsold")


@dataclass(frozen=True, slots=True)
class NewGiftCard:
    """A card to take over; `balance` in minor units. One that is `unsold` has a number and nothing on it."""

    number: str
    balance: int
    kind: GiftCardKind = GiftCardKind.GIFT_CARD
    pin: str = ""
    expires: date | None = None
    disabled: bool = False
    unsold: bool = False


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its line in the file, what of its number may be shown, and why."""

    line: int
    shown: str
    refused: Refused


@dataclass(frozen=True, slots=True)
class GiftCardImport:
    """What became of a file. The totals are to be held against what the other system says: money in minor units.

    `written`: it is in the books; a dry run writes nothing.
    """

    taken: int
    total: int
    currency: str
    refused: tuple[RefusedRow, ...] = ()
    written: bool = False


def import_gift_cards(
    desk: Desk, path: Path, *, dry_run: bool = False, from_command_line: bool = False
) -> GiftCardImport | Refused:
    """Take the good rows of a CSV file over in one unit of work, and report the others. Columns: `COLUMNS`.

    The command line speaks for whoever owns the shop's folder, as with items. Raises KnownError where the file cannot
    be read. Refused: NOT_SIGNED_ON, NOT_PERMITTED, GIFT_CARD_FILE.
    """
    operator = None
    if not from_command_line:
        permitted = desk.permit(Permission.MANAGE_GIFT_CARDS)
        if isinstance(permitted, Refused):
            return permitted
        operator = permitted.id
    rows = _Rows(desk)
    try:
        with open_item_file(path) as file:
            refused = rows.read(file.header, file.rows())
    except FileRefused:
        return Refused(Code.GIFT_CARD_FILE)
    if refused is not None:
        return refused
    with desk.shop.books.writing() as work:
        good = rows.unknown(work)
        head = None if dry_run or not good else take_over(work, desk, good, operator)
        if head is not None:
            work.commit()
    if head is not None:
        desk.shop.anchor(head)
    total = sum(card.balance for card in good)
    told = tuple(sorted(rows.refused, key=lambda row: row.line))
    return GiftCardImport(len(good), total, desk.rules.currency, told, written=head is not None)


def take_over(work: UnitOfWork, desk: Desk, cards: Sequence[NewGiftCard], operator: str | None) -> JournalHead:
    """Write cards into the books, inside a unit of work of the caller's; what is on them is owed from now on.

    Without cards nothing is written.
    """
    if not cards:
        return work.journal.head(desk.number)
    made = [(card, _facts(desk, card)) for card in cards]
    entries = [
        GiftEntry(
            facts.id,
            GiftMove.IMPORTED,
            card.balance,
            card.balance,
            "" if card.expires is None else card.expires.isoformat(),
        )
        for card, facts in made
        if not card.unsold
    ]
    kinds = {facts.id: facts.kind for _, facts in made}
    moved = [(kinds[entry.card], entry) for entry in entries]
    payload = gift_cards_told([facts for _, facts in made], entries)
    kind = EntryKind.GIFT_CARDS_IMPORTED
    head = record(work, desk, Fact(kind, desk.now(), operator, None, payload, gift_card_postings(kind, moved)))
    work.gift_cards.add([facts for _, facts in made], head)
    work.gift_cards.open([entry.card for entry in entries])
    for entry in entries:
        work.gift_cards.move(entry.card, entry.amount)
    work.gift_cards.write(entries, head)
    blocked = [GiftEntry(facts.id, GiftMove.DISABLED, 0, card.balance) for card, facts in made if card.disabled]
    if blocked:
        fact = Fact(EntryKind.GIFT_CARD_DISABLED, desk.now(), operator, None, gift_cards_told((), blocked))
        head = record(work, desk, fact)
        work.gift_cards.write(blocked, head)
    return head


def _facts(desk: Desk, card: NewGiftCard) -> GiftCardFacts:
    keys = desk.shop.keys
    return card_facts(keys, new_card_id(), card.number, pin=card.pin, kind=card.kind, origin=Origin.IMPORTED)


@dataclass(slots=True)
class _Rows:
    """The rows of a file as they are read: those that can be cards, and why the others cannot."""

    desk: Desk
    good: list[tuple[int, NewGiftCard]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    def read(self, header: Sequence[str], rows: Iterator[object]) -> Refused | None:
        """Refused: GIFT_CARD_FILE where the heading names no number and balance, or something it cannot be."""
        names = [name.strip().casefold() for name in header]
        if not {"number", "balance"} <= set(names) or not set(names) <= set(COLUMNS) or len(names) != len(set(names)):
            return Refused(Code.GIFT_CARD_FILE, {"columns": ", ".join(COLUMNS)})
        seen: set[str] = set()
        for row in rows:
            if not isinstance(row, FileRow) or len(row.cells) != len(names):
                line = int(getattr(row, "line", 0))
                self.refused.append(RefusedRow(line, "", Refused(Code.GIFT_CARD_ROW, {"field": "row"})))
                continue
            if len(self.good) + len(self.refused) >= ROWS_MAX:
                return Refused(Code.GIFT_CARD_FILE, {"rows": ROWS_MAX})
            cells = dict(zip(names, (cell.strip() for cell in row.cells), strict=True))
            card = self._card(cells)
            number = number_of(cells["number"])
            if isinstance(card, NewGiftCard) and card.number in seen:
                card = Refused(Code.GIFT_CARD_TWICE)
            if isinstance(card, Refused):
                self.refused.append(RefusedRow(row.line, shown_number(number[-SHOWN_DIGITS:]), card))
                continue
            seen.add(card.number)
            self.good.append((row.line, card))
        return None

    def unknown(self, work: UnitOfWork) -> list[NewGiftCard]:
        """The cards the shop has not got yet; the others are refused now."""
        keys = self.desk.shop.keys
        hashes = {card.number: hash_number(keys, card.number) for _, card in self.good}
        known = work.gift_cards.known(list(hashes.values()))
        new: list[NewGiftCard] = []
        for line, card in self.good:
            if hashes[card.number] in known:
                shown = shown_number(card.number[-SHOWN_DIGITS:])
                self.refused.append(RefusedRow(line, shown, Refused(Code.GIFT_CARD_SOLD, {"card": shown})))
            else:
                new.append(card)
        return new

    def _card(self, cells: dict[str, str]) -> NewGiftCard | Refused:
        number = number_of(cells["number"])
        if not number_known_elsewhere(number):
            return Refused(Code.GIFT_CARD_NUMBER)
        try:
            balance = Money.read(cells["balance"].replace(",", ".") or "0", self.desk.rules.currency).minor
            expires = date.fromisoformat(cells["expires"]) if cells.get("expires") else None
            kind = GiftCardKind(cells.get("kind") or GiftCardKind.GIFT_CARD)
        except AmountUnreadable:
            return Refused(Code.GIFT_CARD_ROW, {"field": "balance"})
        except ValueError:
            return Refused(Code.GIFT_CARD_ROW, {"field": "expires, kind"})
        pin, state = cells.get("pin", ""), cells.get("state") or "active"
        if state not in _STATES or (state == "unsold" and balance):
            return Refused(Code.GIFT_CARD_ROW, {"field": "state"})
        if pin and not pin_readable(pin):
            return Refused(Code.GIFT_CARD_ROW, {"field": "pin"})
        return NewGiftCard(number, balance, kind, pin, expires, disabled=state == "disabled", unsold=state == "unsold")
