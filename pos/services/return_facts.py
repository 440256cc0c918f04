"""What a return's worth and its way out depend on: promotions as they were, and what cards of the shop may hold."""

from __future__ import annotations

from pos.domain.discount import DiscountSource
from pos.domain.gift_card_law import load_most
from pos.domain.promotion import Promotion
from pos.domain.purchase import Purchase
from pos.domain.shop import ShopRules
from pos.persistence.promotions import PromotionRow
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.promotion_text import stored_promotion


def promotions_of(work: UnitOfWork, desk: Desk, purchase: Purchase | None) -> tuple[Promotion, ...]:
    """The promotions a purchase was made with, in the versions of then; those nobody kept are left out."""
    lines = () if purchase is None else purchase.lines
    given = {one.id: one.version for line in lines for one in line.discounts if one.source is DiscountSource.PROMOTION}
    rows = [_row(work, promotion, version, purchase) for promotion, version in sorted(given.items())]
    return tuple(stored_promotion(row.body, row.version, desk.rules.currency) for row in rows if row is not None)


def room_on(rules: ShopRules, balance: int) -> int:
    """How much more a card of the shop may hold, in minor units."""
    return max(0, (rules.gift_card_holds or load_most(rules.region, rules.currency)) - balance)


def _row(work: UnitOfWork, promotion: str, version: int, purchase: Purchase | None) -> PromotionRow | None:
    """The version the sale names; where another system sold it, the one of then, or the first there is."""
    if version or purchase is None:
        return work.promotions.version(promotion, version)
    rows = work.promotions.history(promotion)
    # Another system tells its time without a zone.
    day = purchase.at.date()
    return next((row for row in reversed(rows) if row.starts_at.date() <= day), rows[0] if rows else None)
