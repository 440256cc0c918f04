"""What a return's reasons count: the measure of a code's value, limit and remainder."""

from __future__ import annotations

from pos.domain.names import StrEnum
from pos.domain.refusal import Code


class Measure(StrEnum):
    """Minor units, thousandths of a unit, days, minutes, times; anything else is told as it is."""

    MONEY = "money"
    THOUSANDTHS = "thousandths"
    DAYS = "days"
    MINUTES = "minutes"
    TIMES = "times"
    PLAIN = "plain"


def measure_of(code: Code) -> Measure:
    return _MEASURES.get(code, Measure.PLAIN)


_MEASURES: dict[Code, Measure] = {
    **dict.fromkeys(
        (
            *(Code.NO_RECEIPT_LIMIT, Code.NO_RECEIPT_VALUE, Code.RETURN_AMOUNT_LIMIT, Code.GOODWILL_LIMIT),
            *(Code.CASH_LIMIT, Code.DRAWER_INSUFFICIENT, Code.MAILED_CHECK, Code.REFUND_EXCEEDS_PAID),
            *(Code.GIFT_CARD_LIMIT, Code.REWARD_CLAWBACK, Code.PROMO_RECALCULATED, Code.GIFT_RECEIPT),
            *(Code.STORE_CREDIT_ONLY, Code.TENDER_NOT_ALLOWED, Code.AMOUNT_INVALID, Code.DELIVERY_KEPT),
            *(Code.RETURN_VALUE_LIMIT, Code.RESTOCKING_FEE, Code.FEE_WAIVER, Code.EXCHANGE_WORTH),
        ),
        Measure.MONEY,
    ),
    **dict.fromkeys((Code.QTY_EXCEEDS_SOLD, Code.ALREADY_RETURNED, Code.QUANTITY_INVALID), Measure.THOUSANDTHS),
    **dict.fromkeys((Code.WINDOW_EXPIRED, Code.LATE_STORE_CREDIT, Code.CHECK_HOLD, Code.GOODWILL_LATE), Measure.DAYS),
    Code.RETURN_SOON: Measure.MINUTES,
    **dict.fromkeys((Code.NO_RECEIPT_COUNT, Code.RETURN_COUNT_LIMIT, Code.EXCHANGE_LIMIT), Measure.TIMES),
}
