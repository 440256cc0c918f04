"""How often a coupon was used, and by which sales."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.engine import Connection

from pos.persistence.prepared import Prepared
from pos.persistence.tables_after_sale import post_void
from pos.persistence.tables_promotions import coupon_use

_USES = Prepared(
    select(func.count().label("numbered"), (func.count() - func.count(post_void.c.transaction_id)).label("uses"))
    .select_from(coupon_use)
    .outerjoin(post_void, post_void.c.transaction_id == coupon_use.c.transaction_id)
    .where(coupon_use.c.promotion == bindparam("promotion"), coupon_use.c.code == bindparam("code"))
)


class CouponUses:
    """By the coupon's promotion and what its barcode says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, promotion_id: str, code: str) -> int:
        """How many sales that stand used this coupon for this promotion; one that was taken back gives its use back."""
        row = _USES.first(self._connection, {"promotion": promotion_id, "code": code})
        return 0 if row is None else int(row.uses)

    def add(self, promotion_id: str, code: str, transaction_id: str) -> int:
        """The coupon served this sale; which use of it that was. Counted inside the unit of work, so two lanes never
        share one.
        """
        row = _USES.first(self._connection, {"promotion": promotion_id, "code": code})
        use = 1 + (0 if row is None else int(row.numbered))
        self._connection.execute(
            insert(coupon_use).values(promotion=promotion_id, code=code, use=use, transaction_id=transaction_id)
        )
        return use
