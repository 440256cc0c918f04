"""Found a shop: its rules, its people and its first journal entry, in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pos.domain.customer import Customer
from pos.domain.frozen import dataclass
from pos.domain.item import Item, ShelfPrice
from pos.domain.journal import EntryKind
from pos.domain.policy_rule import Policy
from pos.domain.promotion import Promotion
from pos.domain.rights import ShopRole, ShopRoles
from pos.domain.shop import Mode, ShopRules
from pos.domain.staff import Operator
from pos.domain.stock import MoveKind, StockMove
from pos.domain.suggestion import SuggestionPair
from pos.domain.taken_over import TakenOver
from pos.domain.transaction import JournalHead
from pos.persistence.shop_folder import DATABASE, Keys, OpenShop, create_shop
from pos.persistence.unit_of_work import BooksInOne, UnitOfWork
from pos.services.customers import found_customers
from pos.services.desk import Clock, Desk, Fact, record
from pos.services.digests import opens_digest, rules_digest
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.policy_file import policy_text
from pos.services.policy_versions import write_policy
from pos.services.price_facts import record_prices
from pos.services.promotions import take_in
from pos.services.roles import said
from pos.services.sign_on import hash_badge, hash_pin
from pos.services.suggestions import found_suggestions
from pos.services.taken_over import take_over as take_over_sales

_NOTHING: Mapping[str, Any] = MappingProxyType({})
NO_HISTORY = TakenOver()


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A person to begin with, the PIN that only its hash will remember, and a badge likewise, if there is one."""

    operator: Operator
    pin: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that says one moment: a shop is founded at once."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


class _Founding(OpenShop):
    """A shop that is being made: its services may be used, and everything they commit lasts if the founding does."""

    def anchor(self, head: JournalHead) -> None:
        """Not yet: there may be another shop in the folder by now. Heads are noted when the books are whole."""


def found_shop(
    folder: Path,
    rules: ShopRules,
    *,
    mode: Mode,
    clock: Clock,
    workstation: int,
    staff: Sequence[NewStaff],
    items: Sequence[Item],
    begin: Callable[[OpenShop], None] = lambda shop: None,
    prices: Mapping[str, Sequence[ShelfPrice]] = _NOTHING,
    stock: Mapping[str, int] = _NOTHING,
    logos: Mapping[str, bytes] = _NOTHING,
    roles: Sequence[ShopRole] = (),
    customers: Sequence[Customer] = (),
    suggestions: Sequence[SuggestionPair] = (),
    promotions: Sequence[Promotion] = (),
    gift_cards: Sequence[NewGiftCard] = (),
    history: TakenOver = NO_HISTORY,
    return_policy: Policy | None = None,
) -> None:
    """Make a new shop in `folder`, whole or not at all; `begin` does its first business inside the founding.

    `prices` are further prices of its items with the moment they begin, `stock` is what lies there (thousandths),
    `logos` the picture files that its rules name, by their digest; `roles` are those the shop has besides the
    program's own, or otherwise; `customers` bring their points, `suggestions` say what goes with what, `promotions`
    hold from the beginning, `gift_cards` are those of another system, `history` what it sold and took back;
    `return_policy` is about every sale, however old.

    Raises KnownError (SHOP_EXISTS, a full disk …), ValueError for a PIN that is none, and whatever `begin` does.
    """
    now = clock.now()

    def fill(work: UnitOfWork, keys: Keys) -> None:
        shop = _Founding(folder, BooksInOne(work, folder / DATABASE), keys, mode)
        desk = Desk(shop, workstation, _At(now), rules)
        work.rules.add(rules, now, None)
        moves = _openings(stock)
        payload = {"shop": keys.shop_id, "mode": mode.value, "rules": rules_digest(rules), **_moved(moves)}
        dated = [(item_id, price) for item_id, several in prices.items() for price in several]
        work.items.add_many(items)
        opened = Fact(EntryKind.SHOP_OPENED, desk.now(), payload=payload)
        head = record_prices(work, desk, opened, dated, {item.id: item.shelf_price for item in items})
        _begin_people(work, desk, staff, roles)
        work.stock.move(moves, head)
        _begin_trade(work, desk, customers, promotions, suggestions)
        _take_over(work, desk, gift_cards, history, return_policy)
        begin(shop)

    create_shop(folder, mode, now, fill, logos)


def _moved(moves: Sequence[StockMove]) -> dict[str, object]:
    """What the first entry says of them; nothing where nothing lies there."""
    told = [[move.item, move.disposition.value, move.quantity] for move in moves]
    return {"moved": told} if told else {}


def _openings(stock: Mapping[str, int]) -> list[StockMove]:
    """What lies there on the first day, as movements."""
    return [
        StockMove(position, item_id, MoveKind.OPENING, quantity)
        for position, (item_id, quantity) in enumerate(stock.items(), start=1)
    ]


def _begin_trade(
    work: UnitOfWork,
    desk: Desk,
    customers: Sequence[Customer],
    promotions: Sequence[Promotion],
    suggestions: Sequence[SuggestionPair],
) -> None:
    """Whom a shop knows and what it offers from its first day, each journalled."""
    found_customers(work, desk, customers)
    take_in(work, desk, promotions, None)
    found_suggestions(work, desk, suggestions)


def _begin_returns(work: UnitOfWork, desk: Desk, policy: Policy | None) -> None:
    """What it takes back, also of sales from before its first day, where it says so; journalled."""
    if policy is not None:
        text = policy_text(policy, desk.rules.currency)
        write_policy(work, desk, text, date.min, policy.posted_since, by="")


def _take_over(
    work: UnitOfWork, desk: Desk, gift_cards: Sequence[NewGiftCard], history: TakenOver, policy: Policy | None
) -> None:
    """What comes from another system, each journalled: its gift cards, the sales that name them, and what is taken back
    of them.
    """
    _begin_returns(work, desk, policy)
    take_over(work, desk, gift_cards, None)
    take_over_sales(work, desk, history, None)


def _begin_people(work: UnitOfWork, desk: Desk, staff: Sequence[NewStaff], roles: Sequence[ShopRole]) -> None:
    """The roles a shop is founded with, where they are not the program's own, and who is in them, each journalled."""
    if roles:
        first = ShopRoles(tuple(roles), version=1)
        work.roles.add(first, desk.now(), None)
        record(work, desk, Fact(EntryKind.ROLES_CHANGED, desk.now(), None, "roles 1", said(ShopRoles(), first)))
    keys = desk.shop.keys
    for person in staff:
        work.staff.add(person.operator, hash_pin(keys, person.operator.id, person.pin))
        if person.badge:
            work.staff.set_badge(person.operator.id, hash_badge(keys, person.badge))
        added = {"role": person.operator.role, "opens": opens_digest(work, person.operator.id)}
        record(work, desk, Fact(EntryKind.STAFF_ADDED, desk.now(), None, person.operator.id, added))
