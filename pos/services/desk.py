"""What every service of one workstation stands on: the shop, the number, the clock and who is signed on."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from pos.domain.frozen import dataclass
from pos.domain.journal import CashMovement, EntryKind, JournalEntry, canonical, entry_body, entry_mac, moment_text
from pos.domain.ledger import LedgerEntry
from pos.domain.prepared_promotions import NO_PROMOTIONS, PreparedPromotions
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.moments import to_the_millisecond
from pos.persistence.shop_folder import OpenShop
from pos.persistence.staff import Standing
from pos.persistence.tills import MovementKind
from pos.persistence.unit_of_work import UnitOfWork


class Clock(Protocol):
    """Where a service asks what time it is."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...


@dataclass(slots=True)
class CardsTold:
    """What is known of bank cards beside what a terminal says, by their tokens: those whose account is closed take
    nothing back, those in `house` are the shop's own. Only a script says so.
    """

    closed: set[str] = field(default_factory=set)
    house: set[str] = field(default_factory=set)

    def say(self, token: str, *, closed: bool, house: bool | None = None) -> None:
        """`house` None leaves that as it was."""
        (self.closed.add if closed else self.closed.discard)(token)
        if house is not None:
            (self.house.add if house else self.house.discard)(token)


class Desk:
    """One workstation of one shop. `operator` is who is signed on, by `sign_on` alone.

    `till_runs_short`: no more cash is paid out than the till holds; only a script may play without it.
    `drawer_open` is how the drawer stood when it was measured last, by `drawer` alone; None where nobody knows.
    `terminal` is the name of the card terminal, empty where there is none; `cards_told` what a script says of cards.
    """

    def __init__(
        self, shop: OpenShop, number: int, clock: Clock, rules: ShopRules, operator: Operator | None = None
    ) -> None:
        self.shop, self.number, self.clock, self.rules = shop, number, clock, rules
        self.operator = operator
        self.till_runs_short = True
        self.drawer_open: bool | None = None
        self.terminal = ""
        self.cards_told = CardsTold()
        self.zone = ZoneInfo(rules.timezone)
        # Whose rights were read last, and from what; read anew when that is another.
        self._read: tuple[Operator, Standing] | None = None
        # Of the newest version this workstation saw; `services/circumstances` reads them anew at another.
        self.promotions: tuple[int, PreparedPromotions, Mapping[str, datetime]] = (0, NO_PROMOTIONS, {})

    def now(self) -> datetime:
        """This moment to the millisecond, as it will be read back."""
        return to_the_millisecond(self.clock.now())

    @property
    def rules_today(self) -> ShopRules:
        """The rules with the tax rates of this day."""
        return self.rules.on(self.local(self.now()).date())

    def local(self, moment: datetime) -> datetime:
        """The moment on the shop's clock."""
        return moment.astimezone(self.zone)

    def offset_minutes(self, moment: datetime) -> int:
        offset = self.local(moment).utcoffset()
        return 0 if offset is None else int(offset.total_seconds() // 60)

    def permit(self, permission: Permission) -> Operator | Refused:
        """Who is signed on, if that person may; nobody and everything unnamed is denied.

        What the books say this moment counts, whichever workstation changed it: SHUT_OUT, and nobody is signed on any
        more, where the person no longer works here.
        """
        operator = self.still_here()
        if isinstance(operator, Refused) or operator.may(permission):
            return operator
        return Refused(Code.NOT_PERMITTED)

    def still_here(self) -> Operator | Refused:
        """Who is signed on, with the rights of this moment. Refused: NOT_SIGNED_ON, SHUT_OUT."""
        operator = self.operator
        if operator is None:
            return Refused(Code.NOT_SIGNED_ON)
        with self.shop.books.glancing() as work:
            standing = work.staff.standing(operator.id)
        if self._read is not None and self._read[0] is operator and self._read[1] == standing:
            return operator
        with self.shop.books.reading() as work:
            found = work.staff.find(operator.id)
        if found is None or standing is None or not found.active:
            self.operator = None
            return Refused(Code.SHUT_OUT, {"name": operator.name})
        self.operator = found.operator
        self._read = (found.operator, standing)
        return found.operator


@dataclass(frozen=True, slots=True)
class Fact:
    """What a journal entry is to say. Money in minor units."""

    kind: EntryKind
    at: datetime
    operator: str | None = None
    subject: str | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    ledger: Sequence[LedgerEntry] = ()
    cash: tuple[str, MovementKind, int] | None = None
    transaction: Transaction | None = None


def record(work: UnitOfWork, desk: Desk, fact: Fact) -> JournalHead:
    """Write one entry at the head of this workstation's journal, with its postings and its movement of cash.

    Everything the fact stores is under the MAC. A clock that stepped back gets an entry of its own first:
    the sequence orders events, time never does.
    """
    head, last = work.journal.head_and_moment(desk.number)
    if moment_text(fact.at) < last:
        stepped = Fact(EntryKind.CLOCK_STEPPED_BACK, fact.at, payload={"from": last, "to": moment_text(fact.at)})
        head = _append(work, desk, stepped, head)
    return _append(work, desk, fact, head)


def _append(work: UnitOfWork, desk: Desk, fact: Fact, head: JournalHead) -> JournalHead:
    sequence = head.sequence + 1
    entry = JournalEntry(
        workstation=desk.number,
        sequence=sequence,
        kind=fact.kind,
        at=fact.at,
        utc_offset_minutes=desk.offset_minutes(fact.at),
        operator=fact.operator,
        subject=fact.subject,
        payload=canonical(fact.payload).decode(),
    )
    movement = None if fact.cash is None else CashMovement(fact.cash[0], fact.cash[1].value, fact.cash[2])
    body = entry_body(
        entry,
        ledger=fact.ledger,
        currency=desk.rules.currency,
        movement=movement,
        transaction=fact.transaction,
    )
    mac = entry_mac(desk.shop.keys.journal_key, head.mac, body)
    work.journal.add(entry, mac, fact.ledger, desk.rules.currency)
    if fact.cash is not None:
        till, kind, amount = fact.cash
        work.tills.move(till, desk.number, sequence, kind, amount)
    return JournalHead(desk.number, sequence, mac)


def new_token() -> str:
    """80 random bits in 16 letters and digits: bars that fit a head of 512 dots, too many to guess."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii")


def read_payload(entry: JournalEntry) -> dict[str, object]:
    """The payload of an entry as it was given."""
    payload = json.loads(entry.payload)
    if not isinstance(payload, dict):
        raise TypeError(f"the payload of entry {entry.sequence} is not an object")
    return payload
