"""A sale without tax, for who shows a certificate: by whom it was let pass stands with the sale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.approval import AS_ASKED, Approval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit, Operator, Permission
from pos.domain.tax import TaxExemption
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
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
    """Exempt the open sale: as far as the operator's limit reaches, beyond it with an approval.

    Undo goes back as from every change of it.
    """

    def __init__(self, desk: Desk, open_basket: OpenBasket, approvals: Approvals) -> None:
        self._desk = desk
        self._open = open_basket
        self._approvals = approvals

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

        NeedsApproval with TAX_EXEMPT_LIMIT where that is more tax than the operator may leave out alone. Refused:
        NOT_SIGNED_ON, NOT_PERMITTED, BASKET_EMPTY, CERTIFICATE_INVALID, CARD_NUMBER_TYPED, TENDERS_TAKEN.
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
        if not number:
            return self._change(None)
        quote = self.quote()
        if isinstance(quote, Refused):
            return quote
        left_out = quote.with_tax.minor - quote.without.minor
        if not operator.reaches(Limit.TAX_EXEMPT, left_out):
            return self._asks(operator, number, quote, left_out)
        # What a limit bounds holds for these lines alone: a longer sale is judged again.
        return self._change(TaxExemption(number, operator.id, operator.limit(Limit.TAX_EXEMPT) is not None))

    def carry_out(self, approval: Approval) -> SaleView | Refused:
        """Charge no tax as somebody agreed, once. Refused as `exempt`, and as `Approvals.use`."""
        number = approval.option.asked.certificate
        exemption = TaxExemption(number, approval.approver, bound=True)
        try:
            return self._change(exemption, lambda work: self._approvals.use(work, approval))
        except ApprovalSpent as spent:
            return Refused(spent.code)

    def _change(
        self, exemption: TaxExemption | None, besides: Callable[[UnitOfWork], None] | None = None
    ) -> SaleView | Refused:
        basket = replace(self._open.basket, exemption=exemption)
        return self._open.change(basket, self._open.selected, besides=besides)

    def _asks(self, operator: Operator, number: str, quote: ExemptQuote, left_out: int) -> Refused:
        asked = Asked(Action.TAX_EXEMPT, "", amount=left_out, certificate=number)
        limit = operator.limit(Limit.TAX_EXEMPT) or 0
        requirement = Requirement(
            code=Code.TAX_EXEMPT_LIMIT,
            limit_of=Limit.TAX_EXEMPT,
            value=left_out,
            limit=limit,
            before=quote.with_tax.minor,
            after=quote.without.minor,
            options=(Option(AS_ASKED, asked, quote.without.minor),),
        )
        currency = quote.with_tax.currency
        facts: dict[str, object] = {"wanted": Money(left_out, currency), "limit": Money(limit, currency)}
        return self._approvals.ask(self._open.priced, asked, requirement, facts)
