"""Gather everything a return is judged by, in one moment of the books."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from pos.domain.customer_return import CustomerReturn
from pos.domain.holidays import days_off
from pos.domain.item import Item, ShelfPrice
from pos.domain.purchase import Purchase, SoldTerms
from pos.domain.return_case import CardAccount, CustomerFacts, GoodsFacts, PastReturn, ReturnCase
from pos.domain.return_request import ReturnRequest, serials_of
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.purchases import purchase_of
from pos.services.return_facts import promotions_of, room_on
from pos.services.taken_over import past_returns

# As far back as any rolling window of a policy may look.
COUNTED = timedelta(days=36_500)


def return_case(
    work: UnitOfWork,
    desk: Desk,
    request: ReturnRequest,
    spending: Mapping[str, int] | None = None,
    known: Purchase | None = None,
) -> ReturnCase:
    """The request with the purchase as it stands, the goods as they are sold today, who stands there, and what they
    brought back before. `spending` are points that go with it, by customer; `known` is the purchase where it was read
    in this very moment of the books.
    """
    purchase = known or (purchase_of(work, desk, request.purchase) if request.purchase else None)
    now = desk.local(desk.now())
    items = _items(work, desk, request, purchase)
    rules = desk.rules_today
    till = work.tills.open_till(desk.number)
    bought = now.date() if purchase is None else purchase.day
    operator = "" if desk.operator is None else desk.operator.id
    return ReturnCase(
        request=request,
        now=now,
        currency=rules.currency,
        region=rules.region,
        operator=operator,
        own_purchase=_own(work, operator, request, purchase),
        workstation=desk.number,
        prices_hold_tax=rules.price_mode is PriceMode.TAX_INCLUDED,
        cash_rounding=rules.cash_rounding,
        purchase=purchase,
        goods=_goods(work, desk, items),
        customer=_customer(work, request, purchase),
        past=_past(work, request, purchase, now.date() - COUNTED),
        cards=_cards(work, rules, request, purchase),
        promotions=promotions_of(work, desk, purchase),
        tender_rules=rules.tender_rules,
        cash_out_below=rules.cash_out_threshold or None,
        drawer=work.tills.cash_in(till.id) if till is not None and desk.till_runs_short else None,
        item_taxes={item.id: _taxes(rules, item) for item in items},
        bad_check=_bad_check(work, purchase),
        in_the_shop=_in_the_shop(work, request, purchase),
        buyer_points=_points(work, purchase, spending or {}),
        point_worth=rules.point_worth,
        holidays=days_off(rules.region, rules.holidays, bought, _next_year(now)),
    )


def _next_year(now: datetime) -> date:
    """Deadlines of today end by then."""
    return date(now.year + 1, 12, 31)


def _taxes(rules: ShopRules, item: Item) -> tuple[tuple[str, int], ...]:
    rates = [rules.rate(code) for code in item.taxes]
    return tuple((rate.code, rate.rate_millionths) for rate in rates if rate is not None)


def _items(work: UnitOfWork, desk: Desk, request: ReturnRequest, purchase: Purchase | None) -> Collection[Item]:
    asked = {one.item for one in request.lines if one.item} | set(request.new_items or ())
    if purchase is not None:
        asked |= {line.item for one in request.lines if (line := purchase.line(one.line)) is not None}
    return work.items.get_many(sorted(asked), desk.now()).values()


def _goods(work: UnitOfWork, desk: Desk, items: Collection[Item]) -> dict[str, GoodsFacts]:
    dated = work.item_prices.of_items([item.id for item in items]) if items else {}
    return {item.id: _goods_of(desk, item, dated.get(item.id, ())) for item in items}


def _goods_of(desk: Desk, item: Item, dated: Sequence[ShelfPrice]) -> GoodsFacts:
    return GoodsFacts(
        item=item.id,
        name=item.name,
        category=item.department,
        unit_price=item.unit_price_minor,
        terms=SoldTerms(item.final_sale, item.flags, item.family),
        serial=item.serial,
        prices=tuple(
            (date.min if each.starts_at is None else desk.local(each.starts_at).date(), each.price) for each in dated
        ),
    )


def _customer(work: UnitOfWork, request: ReturnRequest, purchase: Purchase | None) -> CustomerFacts | None:
    known = request.customer or ("" if purchase is None else purchase.buyer.id)
    found = work.customers.get(known) if known else None
    if found is None:
        return None
    return CustomerFacts(found.id, found.name, found.tier, found.group, found.open_bad_check)


def _points(work: UnitOfWork, purchase: Purchase | None, spending: Mapping[str, int]) -> int | None:
    """What the buyer may spend beside what goes with it."""
    buyer = None if purchase is None or not purchase.buyer.id else work.customers.get(purchase.buyer.id)
    return None if buyer is None else max(0, buyer.points - spending.get(buyer.id, 0))


def _bad_check(work: UnitOfWork, purchase: Purchase | None) -> bool:
    """Whether who bought it owes the money of a check, or one of its own checks came back: whoever brings the goods."""
    buyer = None if purchase is None or not purchase.buyer.id else work.customers.get(purchase.buyer.id)
    if buyer is not None and buyer.open_bad_check:
        return True
    sale = "" if purchase is None else purchase.id
    while sale:
        if work.checks.unpaid(sale):
            return True
        # What these goods were exchanged for was paid with the tenders of an older sale.
        before = work.returns.of_exchange(sale)
        sale = "" if before is None else before.purchase
    return False


def _in_the_shop(work: UnitOfWork, request: ReturnRequest, purchase: Purchase | None) -> frozenset[tuple[str, str]]:
    """Which of the pieces asked for lie in the shop already, as far as its books know."""
    found = set()
    for asked in request.lines:
        line = None if purchase is None else purchase.line(asked.line)
        item = asked.item or ("" if line is None else line.item)
        found |= {(item, one) for one in serials_of(asked.serial) if work.returns.lies_here(item, one)}
    return frozenset(found)


def _own(work: UnitOfWork, operator: str, request: ReturnRequest, purchase: Purchase | None) -> bool:
    """Whether the customer it is for, or who bought it, is whoever is at the till."""
    known = {request.customer, "" if purchase is None else purchase.buyer.id} - {""}
    people = [found.staff for number in known if (found := work.customers.get(number)) is not None]
    return bool(operator) and operator in people


def _past(work: UnitOfWork, request: ReturnRequest, purchase: Purchase | None, since: date) -> tuple[PastReturn, ...]:
    customer = request.customer or ("" if purchase is None else purchase.buyer.id)
    id_key = "" if request.id_shown is None else request.id_shown.key
    tokens = () if purchase is None else tuple(sorted({one.token for one in purchase.tenders if one.token}))
    found = work.returns.known_by(customer=customer, id_key=id_key, tokens=tokens, since=since)
    theirs = past_returns(work, since, customer=customer, id_key=id_key, tokens=tokens)
    return (*theirs, *(_as_past(one) for one in found))


def _as_past(done: CustomerReturn) -> PastReturn:
    keys = {done.customer, done.id_key, *(tender.token for tender in done.tenders)} - {""}
    return PastReturn(
        day=done.business_day,
        amount=done.refund,
        pieces=sum(line.quantity.thousandths for line in done.lines) // 1000,
        with_receipt=bool(done.purchase),
        keys=frozenset(keys),
        purchase=done.purchase,
        operator=done.operator,
    )


def _cards(
    work: UnitOfWork, rules: ShopRules, request: ReturnRequest, purchase: Purchase | None
) -> dict[str, CardAccount]:
    asked = {request.account, *(one.account for one in request.send_to)}
    if purchase is not None:
        asked |= {one.account for one in purchase.tenders}
        asked |= {line.stored.account for line in purchase.lines if line.stored is not None}
    cards: dict[str, CardAccount] = {}
    for card_id in sorted(asked - {""}):
        card = work.gift_cards.get(card_id)
        if card is not None:
            used = purchase is not None and work.gift_cards.used_since(card_id, purchase.at)
            usable = card.sold and not card.disabled
            room = room_on(rules, card.balance)
            cards[card_id] = CardAccount(card_id, card.shown, card.kind.value, card.balance, usable, used, room)
    return cards
