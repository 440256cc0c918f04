"""The rows under `history`, field by field: lines and tenders of another system's sales, read as they are written."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pos.domain.customer import Customer
from pos.domain.discount import Discount, DiscountSource
from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.money import AmountUnreadable, Quantity, Unit, extend
from pos.domain.purchase import PurchaseLine, PurchaseTender, SoldTerms
from pos.domain.shop import ShopRules
from pos.domain.stored_value import GIFT_CARD_FLAG, StoredAct, StoredValue
from pos.domain.tax import LineTax, read_percent
from pos.domain.tender import CARDS_OF_THE_SHOP, TenderKind
from pos.script.card_steps import GivenCard
from pos.script.fields import Part, bad_choice, local_moment, one_value
from pos.script.read import ScriptError
from pos.services.simulated_cards import card_token
from pos.wording import N_

LINE_KEYS = (
    *("line", "item", "qty", "unit_price", "discount", "tax_rate", "tax", "taxes", "promotions", "serial", "serials"),
    *("final_sale", "flags", "facts", "gift_card", "exchanged"),
)
TENDER_KEYS = (*("kind", "amount", "card", "number", "type", "requested", "cash_back", "settled", "pin", "state"),)
_CARDS = frozenset({TenderKind.CREDIT, TenderKind.DEBIT})
_DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the script says that history speaks of."""

    rules: ShopRules
    items: Mapping[str, Item]
    customers: Mapping[str, Customer] = field(default_factory=dict)
    cards: Mapping[str, GivenCard] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.rules.timezone)


def new_id() -> str:
    """The identity something taken over has in these books."""
    return secrets.token_hex(16)


def read_at(row: Part, known: Known) -> tuple[datetime, date]:
    """When it was: the moment, and the day on the shop's clock. Raises ScriptError."""
    text = row.needed("at")
    moment = local_moment(text if "T" in text else f"{text}T12:00", known.zone)
    if moment is None:
        raise row.wrong("at")
    return moment.astimezone(UTC), moment.astimezone(known.zone).date()


def read_day(row: Part, key: str) -> date | None:
    """A day, `2026-03-02`, or None where it is left out."""
    text = row.text(key)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise row.wrong(key) from error


def read_amount(row: Part, key: str, currency: str) -> int:
    """An amount in minor units; left out it is nothing."""
    return 0 if row.get(key) is None else row.money(key, currency)


def read_signed(row: Part, key: str, currency: str) -> int:
    """The same with a sign: what cash rounding added or took off."""
    text = (row.text(key) or "").strip()
    if not text.startswith("-"):
        return read_amount(row, key, currency)
    bare = Part(row.name, type(row.fields)(row.line, dict(row.fields.values), row.fields.lines), row.step)
    bare.fields.values[key] = type(one_value(row.fields.values[key], key))(text[1:], row.line_of(key))
    return -bare.money(key, currency)


def read_whole(row: Part, key: str, default: int = 0) -> int:
    """A whole number from 0. Raises ScriptError."""
    text = row.text(key)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise row.wrong(key)
    return int(text)


def read_quantity(row: Part, item: Item | None) -> Quantity:
    """In the unit of the item; of one nobody knows a number with decimals is a weight."""
    text = row.text("qty") or "1"
    unit = item.unit if item is not None else Unit.PIECE
    try:
        quantity = Quantity.read(text, Unit.KG if item is None else unit)
    except AmountUnreadable as error:
        raise row.wrong("qty") from error
    if item is None and quantity.thousandths % 1000 == 0:
        return Quantity(quantity.thousandths, unit)
    return quantity


def read_line(row: Part, number: int, known: Known, further: tuple[str, ...] = ()) -> PurchaseLine:
    """One line as it was charged; `number` where it says none. Raises ScriptError."""
    row.keys((*LINE_KEYS, *further))
    currency = known.rules.currency
    card = row.text("gift_card")
    item_id = row.needed("item") if card is None else row.text("item") or ""
    item = known.items.get(item_id)
    quantity = read_quantity(row, item)
    unit_price = row.money("unit_price", currency)
    extended, discount = extend(unit_price, quantity), read_amount(row, "discount", currency)
    holds = known.rules.price_mode == "tax_included"
    taxes = _taxes(row, item, known)
    tax = sum(amount for _, _, amount in taxes)
    net = extended - discount - (tax if holds else 0)
    return PurchaseLine(
        line=read_whole(row, "line", number),
        item=item_id,
        name=_name(item_id, item, card),
        category="" if item is None else item.department,
        quantity=quantity,
        unit_price=unit_price,
        extended=extended,
        discount=discount,
        net=net,
        tax=tax,
        total=net + tax,
        taxes=tuple(LineTax(code, rate, net, amount) for code, rate, amount in taxes),
        discounts=_discounts(row, discount, currency),
        serials=tuple(text.text for key in ("serial", "serials") for text in row.texts(key)),
        terms=_terms(row, item, card),
        facts=read_facts(row),
        stored=None if card is None else StoredValue(StoredAct.SELL, card),
        exchanged=read_whole(row, "exchanged"),
    )


def read_facts(row: Part) -> dict[str, str]:
    """Answers to questions only a person can answer, by the policy's names."""
    given = row.part("facts")
    if given is None:
        return {}
    return {key: one_value(node, key).text for key, node in given.fields.values.items()}


def read_tender(row: Part, number: int, known: Known) -> PurchaseTender:
    """One tender; its amount is what was given less cash-back, and the change comes off later. Raises ScriptError."""
    row.keys(TENDER_KEYS)
    currency = known.rules.currency
    kind = TenderKind(_kind(row, [kind.value for kind in TenderKind]))
    given, cash_back = row.money("amount", currency), read_amount(row, "cash_back", currency)
    declined = row.choice("state", ("taken", _DECLINED)) == _DECLINED
    card = (row.text("card") or "") if kind in _CARDS else ""
    named = known.cards.get(card)
    if cash_back > given:
        raise row.wrong("cash_back")
    return PurchaseTender(
        tender=number,
        kind=kind,
        amount=0 if declined else given - cash_back,
        type=row.text("type") or "",
        card=card,
        token=card_token(card) if card else "",
        house_card=named is not None and named.house,
        account=(row.text("number") or "") if kind in CARDS_OF_THE_SHOP else "",
        requested=read_amount(row, "requested", currency),
        cash_back=0 if declined else cash_back,
        settled=row.get("settled") is None or row.yes("settled"),
        pin=row.yes("pin") if row.get("pin") is not None else kind is TenderKind.DEBIT,
        declined=declined,
    )


def _kind(row: Part, kinds: list[str]) -> str:
    kind = row.needed("kind")
    if kind not in kinds:
        raise bad_choice("kind", kind, kinds, row.line_of("kind"))
    return kind


def read_kind(row: Part, further: tuple[str, ...]) -> str:
    """The kind of a tender that went out. Raises ScriptError."""
    return _kind(row, [*(kind.value for kind in TenderKind), *further])


def _name(item_id: str, item: Item | None, card: str | None) -> str:
    return item.name if item is not None else item_id or ("" if card is None else "gift card")


def _taxes(row: Part, item: Item | None, known: Known) -> list[tuple[str, int, int]]:
    """Each tax with its code, its rate in millionths and what was charged."""
    if row.get("taxes") is not None:
        rows = list(row.parts("taxes"))
        for each in rows:
            each.keys(("rate", "amount"))
        read = [(_rate(each, "rate"), each.money("amount", known.rules.currency)) for each in rows]
    elif row.get("tax_rate") is not None or row.get("tax") is not None:
        rate = _rate(row, "tax_rate") if row.get("tax_rate") is not None else 0
        if rate and row.get("tax") is None:
            raise row.missing("tax")
        read = [(rate, read_amount(row, "tax", known.rules.currency))]
    else:
        read = []
    free = [] if item is None else list(item.taxes)
    return [(_code(rate, free, known), rate, amount) for rate, amount in read]


def _code(rate: int, free: list[str], known: Known) -> str:
    """Which of the shop's taxes this was: one of the item's at that rate, else any at that rate, else by its rate."""
    find: Callable[[str], bool] = lambda code: any(  # noqa: E731 - said once, used twice
        one.code == code and (one.rate_millionths == rate or any(dated.value == rate for dated in one.dated))
        for one in known.rules.tax_rates
    )
    for code in (*free, *(one.code for one in known.rules.tax_rates)):
        if find(code):
            if code in free:
                free.remove(code)
            return code
    return free.pop(0) if free else f"{rate / 10_000:g}"


def _rate(row: Part, key: str) -> int:
    try:
        return read_percent(row.needed(key))
    except AmountUnreadable as error:
        raise row.wrong(key) from error


def _discounts(row: Part, discount: int, currency: str) -> tuple[Discount, ...]:
    """Each promotion's share; what is left of the discount has no name."""
    named: list[Discount] = []
    for each in row.parts("promotions"):
        each.keys(("id", "amount"))
        promotion = each.needed("id")
        named.append(Discount(DiscountSource.PROMOTION, promotion, each.money("amount", currency), promotion))
    left = discount - sum(one.amount for one in named)
    if named and left:
        raise ScriptError(row.line_of("promotions"), N_("The promotions of a line add up to its discount."))
    return (*(one for one in named if one.amount), *([Discount(DiscountSource.LINE, "", left)] if left else []))


def _terms(row: Part, item: Item | None, card: str | None) -> SoldTerms:
    """What was agreed then. A final sale stands on its line alone; flags are the item's unless the line says them."""
    flags = [text.text for text in row.texts("flags")]
    if row.get("flags") is None and item is not None:
        flags = list(item.flags)
    if card is not None:
        flags.append(GIFT_CARD_FLAG)
    return SoldTerms(row.yes("final_sale"), tuple(sorted(set(flags))), "" if item is None else item.family)
