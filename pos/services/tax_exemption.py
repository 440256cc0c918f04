"""A sale without tax, for who shows a certificate: by whom it was let pass stands with the sale."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.tax import TaxExemption
from pos.services.card_numbers import card_number_refused
from pos.services.desk import Desk
from pos.services.open_basket import OpenBasket, SaleView

CERTIFICATE_MAX = 40


@dataclass(frozen=True, slots=True)
class ExemptQuote:
    """What the open sale comes to, with tax and without."""

    with_tax: Money
    without: Money


class TaxExemptions:
    """Exempt the open sale. Undo goes back as from every change of it."""

    def __init__(self, desk: Desk, open_basket: OpenBasket) -> None:
        self._desk = desk
        self._open = open_basket

    def quote(self) -> ExemptQuote | Refused:
        """What the open sale would come to without tax; nothing is changed.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_EMPTY, TENDERS_TAKEN.
        """
        operator = self._desk.permit(Permission.TAX_EXEMPT)
        if isinstance(operator, Refused):
            return operator
        basket, currency = self._open.basket, self._open.priced.currency
        if not basket.lines:
            return Refused(Code.BASKET_EMPTY)
        if basket.tenders:
            return Refused(Code.TENDERS_TAKEN)
        shown = basket.exemption or TaxExemption("-", operator.id)
        taxed = self._open.price(replace(basket, exemption=None))
        freed = self._open.price(replace(basket, exemption=shown))
        return ExemptQuote(Money(taxed.total, currency), Money(freed.total, currency))

    def exempt(self, certificate: str) -> SaleView | Refused:
        """Charge no tax on the open sale, under the certificate of this number; an empty one charges it again.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_EMPTY, CERTIFICATE_INVALID, CARD_NUMBER_TYPED,
        TENDERS_TAKEN.
        """
        operator = self._desk.permit(Permission.TAX_EXEMPT)
        if isinstance(operator, Refused):
            return operator
        number = " ".join(certificate.split())
        basket = self._open.basket
        if not basket.lines:
            return Refused(Code.BASKET_EMPTY)
        if len(number) > CERTIFICATE_MAX or not number.isprintable() or (certificate and not number):
            return Refused(Code.CERTIFICATE_INVALID, {"most": CERTIFICATE_MAX})
        refused = card_number_refused(self._desk, number)
        if refused is not None:
            return refused
        exemption = TaxExemption(number, operator.id) if number else None
        return self._open.change(replace(basket, exemption=exemption), self._open.selected)
