"""Prices and discounts by hand, each with its reason: up to the operator's own limit, beyond it with an approval."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.approval import AS_ASKED, Approval
from pos.domain.by_hand import Action, Asked, done, effect
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import PriceSource
from pos.services.approvals import Approvals, ApprovalSpent, needs_approval
from pos.services.desk import Desk
from pos.services.open_basket import SaleView
from pos.services.reasons import reason_refused, reasons
from pos.services.sale import Sale
from pos.services.tax_exemption import TaxExemptions

_REASONS = {Action.PRICE_OVERRIDE: ReasonKind.PRICE_OVERRIDE}


class Markdowns:
    """What is given by hand on the open sale. A change is undone and redone like any other."""

    def __init__(self, desk: Desk, sale: Sale, approvals: Approvals, exemptions: TaxExemptions) -> None:
        self._desk, self._sale, self._approvals, self._exemptions = desk, sale, approvals, exemptions

    def override_price(self, line: int, price: int, reason: str = "") -> SaleView | Refused:
        """Another unit price for a line (counted from 0), in minor units; the item's own takes it back.

        NeedsApproval with PRICE_LIMIT beyond the operator's limit. Refused: NOT_SIGNED_ON, NOT_PERMITTED,
        TENDERS_TAKEN, LINE_UNKNOWN, PRICE_LIMIT, NOT_DISCOUNTABLE, REASON_MISSING, REASON_UNKNOWN.
        """
        lines = self._sale.view.priced.lines
        if 0 <= line < len(lines) and lines[line].line.price_source == PriceSource.OPEN:
            # Its price was the cashier's to say from the start.
            return self._sale.set_open_price(line, price)
        return self._do(Asked(Action.PRICE_OVERRIDE, reason, line, amount=price))

    def discount_line(
        self, line: int, reason: str = "", *, percent_millionths: int | None = None, amount: int | None = None
    ) -> SaleView | Refused:
        """A share or an amount off a line (counted from 0); nothing takes the discount off again.

        NeedsApproval with DISCOUNT_LIMIT beyond the operator's limit. Refused as `override_price`, DISCOUNT_INVALID.
        """
        return self._do(Asked(Action.LINE_DISCOUNT, reason, line, percent_millionths, amount))

    def discount_receipt(
        self, reason: str = "", *, percent_millionths: int | None = None, amount: int | None = None
    ) -> SaleView | Refused:
        """A share or an amount off the whole sale, spread over what may be discounted. As `discount_line`."""
        return self._do(Asked(Action.RECEIPT_DISCOUNT, reason, None, percent_millionths, amount))

    def carry_out(self, request_id: str) -> SaleView | Refused:
        """Do what was approved, as the option says that was chosen: once, and exactly that.

        Refused as `Approvals.find`, and as what is done.
        """
        found = self._approvals.find(request_id, self._sale.open.priced)
        if isinstance(found, Refused):
            return found
        approval, asked = found
        if asked.action in (Action.TENDER, Action.PAY_OUT):
            return self._sale.tendering.carry_out(approval)
        if asked.action is Action.TAX_EXEMPT:
            return self._exemptions.carry_out(approval)
        if asked.action is Action.VOID_SALE:
            return self._sale.void_sale(asked.reason, approval=request_id)
        return self._do(replace(approval.option.asked, line=asked.line), approval)

    def _do(self, asked: Asked, approval: Approval | None = None) -> SaleView | Refused:
        operator = self._desk.permit(asked.action.permission)
        if isinstance(operator, Refused):
            return operator
        refused = self._sale.open.permitted() or self._reason_refused(asked)
        if refused is not None:
            return refused
        priced = self._sale.open.priced
        found = effect(priced, asked)
        if isinstance(found, Refused):
            return found
        if approval is None:
            needs = needs_approval(self._desk, self._approvals, priced, asked)
            if needs is not None:
                return needs
        beyond = approval.request.id if approval is not None and approval.option.id == AS_ASKED else ""
        basket = done(priced.basket, asked, by=operator.id, approval=beyond)
        selected = self._sale.open.selected if asked.line is None else asked.line
        if approval is None:
            return self._sale.open.change(basket, selected)
        try:
            return self._sale.open.change(basket, selected, besides=lambda work: self._approvals.use(work, approval))
        except ApprovalSpent as spent:
            return Refused(spent.code)

    def _reason_refused(self, asked: Asked) -> Refused | None:
        """Whoever gives something says why; taking it off again needs no reason."""
        kind = _REASONS.get(asked.action, ReasonKind.DISCOUNT)
        gives_nothing = asked.action is not Action.PRICE_OVERRIDE and not asked.percent_millionths and not asked.amount
        if not asked.reason and not gives_nothing and not self._back_to_own(asked):
            choices = ", ".join(one.code for one in reasons(self._desk, kind))
            return Refused(Code.REASON_MISSING, {"choices": choices})
        return reason_refused(self._desk, kind, asked.reason)

    def _back_to_own(self, asked: Asked) -> bool:
        lines = self._sale.view.priced.basket.lines
        if asked.action is not Action.PRICE_OVERRIDE or asked.line is None or not 0 <= asked.line < len(lines):
            return False
        override = lines[asked.line].override
        return override is not None and override.was == asked.amount
