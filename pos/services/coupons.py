"""Coupons: known, in date and not used up when they are shown, and counted inside the sale that uses them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pos.domain.basket import Basket
from pos.domain.pricing import PricedBasket
from pos.domain.promotion import Promotion, coupon_key
from pos.domain.refusal import Code, Refused
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.circumstances import prepared_promotions
from pos.services.desk import Desk
from pos.services.open_basket import OpenBasket

_SHOWN = 40
# An end is the first moment it is over; the last day is the one before midnight.
_A_MOMENT = timedelta(minutes=1)


# What a scan is refused with where it is no item: a shop's own coupon may look like anything.
PERHAPS_A_COUPON = frozenset({Code.COUPON_UNKNOWN, Code.ITEM_UNKNOWN, Code.CODE_UNREADABLE})


def with_coupon(desk: Desk, sale: OpenBasket, code: str) -> Basket | Refused:
    """The basket with a coupon: its promotion then applies where the items are there. Shown twice it is one.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, TENDERS_TAKEN, TILL_CLOSED and as `shown_coupon`.
    """
    key = sale.permitted() or shown_coupon(desk, code)
    if isinstance(key, Refused):
        return key
    if sale.basket.empty:
        with desk.shop.books.reading() as work:
            if work.tills.open_till(desk.number) is None:
                return Refused(Code.TILL_CLOSED)
    return replace(sale.basket, coupons=tuple(dict.fromkeys((*sale.basket.coupons, key))))


def without_coupon(basket: Basket, code: str) -> Basket:
    """The basket without this coupon, whether it was there or not."""
    kept = tuple(coupon for coupon in basket.coupons if coupon != coupon_key(code))
    return replace(basket, coupons=kept)


def shown_coupon(desk: Desk, code: str) -> str | Refused:
    """The coupon's code in its one spelling, where one of its promotions may still be had.

    Refused: COUPON_UNKNOWN, COUPON_EXPIRED, COUPON_NOT_YET, COUPON_USED; the first that is not is taken.
    """
    key = coupon_key(code)
    refused: Refused | None = None
    for promotion in prepared_promotions(desk).with_coupon(key):
        said = _refused(desk, promotion, key)
        if said is None:
            return key
        refused = refused or said
    return refused or Refused(Code.COUPON_UNKNOWN, {"code": key[:_SHOWN]})


def _refused(desk: Desk, promotion: Promotion, key: str) -> Refused | None:
    asked, now = promotion.conditions, desk.local(desk.now()).replace(tzinfo=None)
    facts: dict[str, object] = {"code": key[:_SHOWN], "promotion": promotion.name}
    if asked.ends is not None and now >= asked.ends:
        return Refused(Code.COUPON_EXPIRED, {**facts, "until": (asked.ends - _A_MOMENT).date()})
    if asked.starts is not None and now < asked.starts:
        return Refused(Code.COUPON_NOT_YET, {**facts, "from": asked.starts.date()})
    with desk.shop.books.reading() as work:
        return _spent(work, promotion, key)


def _spent(work: UnitOfWork, promotion: Promotion, key: str) -> Refused | None:
    coupon = promotion.conditions.coupon
    if coupon is None or coupon.uses is None or work.coupon_uses.of(promotion.id, key) < coupon.uses:
        return None
    return Refused(Code.COUPON_USED, {"code": key[:_SHOWN], "promotion": promotion.name})


def coupons_of(priced: PricedBasket) -> list[tuple[str, str]]:
    """The coupons this sale uses, as (promotion, code): those of promotions that gave something."""
    keys = tuple(dict.fromkeys(coupon_key(code) for code in priced.basket.coupons))
    return [
        (applied.promotion.id, key)
        for applied in priced.promotions.applied
        for key in keys
        if (coupon := applied.promotion.conditions.coupon) is not None and coupon.takes(key)
    ]


def used_up(work: UnitOfWork, priced: PricedBasket) -> Refused | None:
    """COUPON_USED where another sale took the last use of a coupon meanwhile; asked inside the unit of work."""
    by_id = {applied.promotion.id: applied.promotion for applied in priced.promotions.applied}
    for promotion_id, key in coupons_of(priced):
        refused = _spent(work, by_id[promotion_id], key)
        if refused is not None:
            return refused
    return None
