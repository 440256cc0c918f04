"""The set-up of a lane script: which shop, which items, which people, what time it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pos.domain.frozen import dataclass
from pos.domain.identifiers import CodeInvalid, gtin_key, plu_key, shop_code_key, upc_e_key
from pos.domain.item import Deposit, Item, QuantityPrice, ShelfPrice
from pos.domain.item_cells import CellUnreadable, read_age, read_deposits, read_measure_code, read_stock
from pos.domain.money import AmountUnreadable, Quantity, Unit
from pos.domain.policy_rule import Policy
from pos.domain.promotion import Promotion
from pos.domain.rights import NO_ROLES, ShopRole, ShopRoles
from pos.domain.shop import ShopRules
from pos.domain.staff import PIN_DIGITS_MIN, Operator, Permission, Role, badge_of, pin_acceptable
from pos.domain.stock import countable
from pos.domain.suggestion import SuggestionPair
from pos.script.card_steps import GivenCard, read_cards
from pos.script.customers import GivenCustomer, read_customers
from pos.script.expect import END, check_expected
from pos.script.fields import Part, local_moment, one_value, part, unknown_key
from pos.script.gift_cards import GivenGiftCard, read_gift_cards
from pos.script.history import GivenHistory, read_history
from pos.script.policies import read_promotions, read_return_policy
from pos.script.read import Fields, Node, ScriptError, Text
from pos.script.roles import read_roles
from pos.script.rules import ROLES, GivenRules, read_rules, taxes_of
from pos.script.steps import Step, read_steps
from pos.script.suggestions import read_suggestions
from pos.services.shops import NewStaff
from pos.wording import N_

T = TypeVar("T")

FORMAT = "1"
# The cashier of a script that names nobody.
CASHIER = "101"
_KEYS = (
    "lane",
    "shop",
    "items",
    "staff",
    "customers",
    "cards",
    "clock",
    "operator",
    "stock",
    "suggestions",
    "promotions",
    "gift_cards",
    "history",
    "return_policy",
    "steps",
    "expect_end",
)
_ITEM_KEYS = (
    *("id", "gtin", "plu", "codes", "name", "price", "per", "tax", "category"),
    *("prices", "measure_code", "family", "age", "flags", "serial", "open_price", "final_sale", "not_discountable"),
    *("container", "deposit", "quantity_prices"),
)
_STAFF_KEYS = ("id", "name", "role", "pin", "badge")


@dataclass(frozen=True, slots=True)
class GivenItem:
    """An item of the script with its dated prices, and which of its parts the file names: part → line."""

    item: Item
    lines: dict[str, int]
    prices: tuple[ShelfPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenPerson:
    """A person of the script with the PIN; `made` where the file gives none. `lines` as in GivenItem."""

    staff: NewStaff
    made: bool
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole lane script, read and checked: nothing of it has been played."""

    given: GivenRules
    roles: tuple[ShopRole, ...]
    roles_line: int
    items: tuple[GivenItem, ...]
    stock: dict[str, Text]
    people: tuple[GivenPerson, ...]
    customers: tuple[GivenCustomer, ...]
    cards: tuple[GivenCard, ...]
    suggestions: tuple[SuggestionPair, ...]
    promotions: tuple[Promotion, ...]
    promotions_line: int
    return_policy: Policy | None
    return_policy_line: int
    gift_cards: tuple[GivenGiftCard, ...]
    history: GivenHistory
    clock: datetime | None
    operator: Text | None
    steps: tuple[Step, ...]
    expect_end: Node | None

    @property
    def rules(self) -> ShopRules:
        return self.given.rules


def read_setup(root: Fields, known: ShopRules | None, roles: ShopRoles = NO_ROLES, *, folder: Path = Path()) -> Script:
    """Check the whole script; `known` and `roles` are those of the shop that is there already.

    Files it names lie beside `folder`. Raises ScriptError.
    """
    script = part(root, "")
    script.keys(_KEYS)
    if script.needed("lane") != FORMAT:
        message = N_("Version {version} of this format is not built. Version {known} is.")
        raise ScriptError(script.line_of("lane"), message, version=script.text("lane"), known=FORMAT)
    given = read_rules(script.part("shop"), known)
    items = _items(script, given.rules)
    shop = script.part("shop")
    own = () if shop is None else read_roles(shop, given.rules.currency)
    roles = ShopRoles(own) if own else roles
    people = _people(script, roles)
    numbers = frozenset(person.staff.operator.id for person in people) | {script.text("operator") or CASHIER}
    if "steps" not in root.values:
        raise script.missing("steps")
    expect_end = script.get("expect_end")
    if expect_end is not None:
        check_expected(expect_end, END)
    customers, cards = read_customers(script, numbers, given.rules.currency), read_cards(script)
    return Script(
        given=given,
        roles=own,
        roles_line=0 if shop is None else shop.line_of(ROLES),
        items=items,
        stock=_stock(script, items, new=known is None),
        people=people,
        customers=customers,
        cards=cards,
        suggestions=read_suggestions(script, [each.item.id for each in items], new=known is None),
        promotions=read_promotions(script, given.rules.currency, folder),
        promotions_line=script.line_of("promotions"),
        return_policy=read_return_policy(script, given.rules.currency, folder),
        return_policy_line=script.line_of("return_policy"),
        gift_cards=read_gift_cards(script, given.rules.currency),
        history=read_history(
            script, given.rules, [one.item for one in items], [one.customer for one in customers], cards
        ),
        clock=_clock(script, given.rules),
        operator=_operator(script),
        steps=read_steps(script.rows("steps"), ZoneInfo(given.rules.timezone)),
        expect_end=expect_end,
    )


def _clock(script: Part, rules: ShopRules) -> datetime | None:
    text = script.text("clock")
    if text is None:
        return None
    moment = local_moment(text, ZoneInfo(rules.timezone))
    if moment is None:
        raise script.wrong("clock")
    return moment


def _operator(script: Part) -> Text | None:
    text = script.text("operator")
    return None if text is None else Text(text, script.line_of("operator"))


def _items(script: Part, rules: ShopRules) -> tuple[GivenItem, ...]:
    items = tuple(_item(row, rules) for row in script.parts("items"))
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for given in items:
        item = given.item
        if item.id in ids:
            raise ScriptError(given.lines["id"], N_("“{key}” is given twice."), key=item.id)
        ids.add(item.id)
        for code in item.codes:
            if code in owners:
                message = N_("The code {code} of {item} is that of {other} already.")
                raise ScriptError(given.lines["id"], message, code=code, item=item.id, other=owners[code])
            owners[code] = item.id
    return _with_containers(items)


def _with_containers(items: tuple[GivenItem, ...]) -> tuple[GivenItem, ...]:
    """What a deposit names is a container, said or not. Raises ScriptError where that is none or cannot be."""
    named = {deposit.item for given in items for deposit in given.item.deposits}
    ids = [given.item.id for given in items]
    for given in items:
        for deposit in given.item.deposits:
            if deposit.item not in ids:
                raise unknown_key(deposit.item, ids, given.lines["deposit"])
        if given.item.deposits and (given.item.id in named or given.item.unit is not Unit.PIECE):
            message = N_("“{key}” cannot be “{value}”.")
            raise ScriptError(given.lines["deposit"], message, key="deposit", value=given.item.id)
    return tuple(
        replace(given, item=replace(given.item, container=True)) if given.item.id in named else given for given in items
    )


def _item(row: Part, rules: ShopRules) -> GivenItem:
    row.keys(_ITEM_KEYS)
    item_id = row.needed("id").strip()
    item = Item(
        id=item_id,
        name=row.text("name") or item_id,
        unit_price_minor=row.money("price", rules.currency),
        taxes=taxes_of(row, rules),
        unit=Unit(row.choice("per", list(Unit)) or Unit.PIECE),
        department=row.text("category") or "",
        codes=_codes(row),
        family=row.text("family") or "",
        flags=tuple(sorted({flag.text for flag in row.texts("flags")})),
        measure_code=_cell(row, "measure_code", read_measure_code) or "",
        age=_cell(row, "age", read_age) or 0,
        serial=row.yes("serial"),
        open_price=row.yes("open_price"),
        final_sale=row.yes("final_sale"),
        not_discountable=row.yes("not_discountable"),
        container=row.yes("container"),
        deposits=_deposits(row),
        quantity_prices=_quantity_prices(row, rules),
    )
    lines = {key: row.line_of(key) for key in row.fields.values if row.get(key) is not None}
    return GivenItem(item, lines, tuple(_price(price, rules) for price in row.parts("prices")))


def _price(row: Part, rules: ShopRules) -> ShelfPrice:
    """A dated price; a day alone begins at midnight in the shop."""
    row.keys(("from", "price", "quantity_prices"))
    text = row.needed("from")
    moment = local_moment(text if "T" in text else f"{text}T00:00", ZoneInfo(rules.timezone))
    if moment is None:
        raise row.wrong("from")
    return ShelfPrice(moment, row.money("price", rules.currency), _quantity_prices(row, rules))


def _quantity_prices(row: Part, rules: ShopRules) -> tuple[QuantityPrice, ...]:
    """Prices from a quantity on; in the order of their quantities."""
    prices: list[QuantityPrice] = []
    for each in row.parts("quantity_prices"):
        each.keys(("from", "price"))
        try:
            starts = Quantity.read(each.needed("from"), Unit.KG).thousandths
        except AmountUnreadable as error:
            raise each.wrong("from") from error
        prices.append(QuantityPrice(starts, each.money("price", rules.currency)))
    return tuple(sorted(prices, key=lambda price: price.starts))


def _deposits(row: Part) -> tuple[Deposit, ...]:
    """What an item goes with: the id of a container, or a list of them, each with how many of it."""
    deposits: list[Deposit] = []
    for text in row.texts("deposit"):
        try:
            deposits += read_deposits(text.text)
        except CellUnreadable as error:
            raise ScriptError(text.line, N_("“{key}” cannot be “{value}”."), key="deposit", value=text.text) from error
    return tuple(deposits)


def _stock(script: Part, items: tuple[GivenItem, ...], *, new: bool) -> dict[str, Text]:
    """How much of each item lies there, as written; an item of a shop that is there already may be meant."""
    given = script.part("stock")
    if given is None:
        return {}
    texts = {key: one_value(node, key) for key, node in given.fields.values.items()}
    units = {item.item.id: item.item.unit for item in items}
    for key, text in texts.items():
        if key in units:
            stock_of(text, units[key])
        elif items or new:
            raise unknown_key(key, list(units), text.line)
    return texts


def stock_of(text: Text, unit: Unit) -> int:
    """So many thousandths of the unit; nothing at all is a stock too. Raises ScriptError."""
    try:
        thousandths = read_stock(text.text.strip())
    except CellUnreadable as error:
        raise ScriptError(text.line, N_("“{key}” cannot be “{value}”."), key="stock", value=text.text) from error
    if not countable(thousandths, unit):
        raise ScriptError(text.line, N_("“{key}” cannot be “{value}”."), key="stock", value=text.text)
    return thousandths


def _cell(row: Part, key: str, read: Callable[[str], T]) -> T | None:
    text = row.text(key)
    if text is None:
        return None
    try:
        return read(text)
    except CellUnreadable as error:
        raise row.wrong(key) from error


def _codes(row: Part) -> tuple[str, ...]:
    """The codes of an item in their one form each, sorted as the books give them back."""
    codes: set[str] = set()
    for key in ("gtin", "plu", "codes"):
        for given in row.texts(key):
            try:
                codes.add(_code(key, given.text.strip()))
            except CodeInvalid as error:
                raise ScriptError(given.line, N_("“{key}” cannot be “{value}”."), key=key, value=given.text) from error
    return tuple(sorted(codes))


def _code(key: str, text: str) -> str:
    if key == "plu":
        return plu_key(text)
    try:
        return gtin_key(text)
    except CodeInvalid:
        if key == "codes":
            return shop_code_key(text)
        return upc_e_key(text)


def _people(script: Part, roles: ShopRoles) -> tuple[GivenPerson, ...]:
    people = tuple(_person(row, roles) for row in script.parts("staff"))
    ids: set[str] = set()
    badges: set[str] = set()
    for person in people:
        staff_id, badge = person.staff.operator.id, person.staff.badge
        if staff_id in ids:
            raise ScriptError(person.lines["id"], N_("“{key}” is given twice."), key=staff_id)
        if badge in badges:
            # A badge is a secret, also in what is said about a script.
            raise ScriptError(person.lines["badge"], N_("“{key}” is given twice."), key="badge")
        ids.add(staff_id)
        badges |= {badge} - {""}
    return people


def _person(row: Part, roles: ShopRoles) -> GivenPerson:
    row.keys(_STAFF_KEYS)
    staff_id = row.needed("id")
    pin = row.text("pin")
    if pin is not None and not pin_acceptable(pin):
        raise ScriptError(row.line_of("pin"), N_("A PIN has 6 to 12 digits."))
    badge = row.text("badge")
    if badge is not None and not badge_of(badge):
        raise ScriptError(row.line_of("badge"), N_("A badge is a code of KB- and letters and digits."))
    role = row.choice("role", [role.id for role in roles.all()]) or Role.CASHIER
    name = row.text("name") or staff_id
    return GivenPerson(
        staff=NewStaff(
            Operator(staff_id, name, role, granted=roles.rights(role)), pin or _made_pin(), badge_of(badge or "")
        ),
        made=pin is None,
        lines={key: row.line_of(key) for key in row.fields.values if row.get(key) is not None},
    )


def people_of(script: Script) -> tuple[GivenPerson, ...]:
    """The people a new shop begins with: those of the script, or one cashier, who is the operator it names."""
    if script.people:
        return script.people
    staff_id = script.operator.text if script.operator else CASHIER
    return (GivenPerson(NewStaff(Operator(staff_id, "Cashier", Role.CASHIER), _made_pin()), made=True),)


def first_cashier(people: tuple[Operator, ...]) -> str | None:
    """Who stands at the till where the script does not say: the first person who may sell."""
    return next((person.id for person in people if person.may(Permission.SELL)), None)


def _made_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS_MIN):0{PIN_DIGITS_MIN}d}"
