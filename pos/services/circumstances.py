"""What prices depend on beside the basket and the shop's rules, as it stands at this workstation now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.domain.basket import Basket
from pos.domain.pricing import Circumstances, CustomerFacts
from pos.domain.promotions import NO_PROMOTIONS, PreparedPromotions
from pos.services.desk import Desk
from pos.services.promotion_text import stored_promotion


def circumstances(desk: Desk, basket: Basket) -> Circumstances:
    """Under what this basket is priced now: the moment on the shop's clock, who buys, and the shop's promotions."""
    return Circumstances(
        at=desk.local(desk.now()),
        customer=_buyer(desk, basket.customer),
        promotions=prepared_promotions(desk) if basket.lines else NO_PROMOTIONS,
    )


def prepared_promotions(desk: Desk) -> PreparedPromotions:
    """The promotions in force, read anew only where another workstation or this one changed any since."""
    return promotions_written(desk)[0]


def promotions_written(desk: Desk) -> tuple[PreparedPromotions, Mapping[str, datetime]]:
    """The promotions in force, and since when each, by its id, stands as it is."""
    with desk.shop.books.glancing() as work:
        newest = work.promotions.newest()
    if newest != desk.promotions[0]:
        with desk.shop.books.reading() as work:
            # Read as one moment: a version that comes between the glance and this is then in both.
            newest, rows = work.promotions.newest(), work.promotions.current()
        promotions = [stored_promotion(row.body, row.version, desk.rules.currency) for row in rows]
        desk.promotions = (newest, PreparedPromotions.of(promotions), {row.id: row.starts_at for row in rows})
    return desk.promotions[1:]


def _buyer(desk: Desk, customer_id: str | None) -> CustomerFacts | None:
    """What prices ask of the customer, as they are known now; nobody where they were forgotten meanwhile."""
    if customer_id is None:
        return None
    with desk.shop.books.reading() as work:
        found = work.customers.get(customer_id)
    if found is None or found.erased:
        return None
    return CustomerFacts(found.id, found.tier, found.group, found.tax_exempt, works_here=bool(found.staff))
