"""A paper check as a tender: read, held against the shop's rules and what came back before, and only then taken."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.card_number import looks_like_card_number
from pos.domain.check import Check, ReadCheck, TypedCheck, kept, read_check
from pos.domain.micr import Micr, read_micr
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import tender_room, tender_rule
from pos.services.desk import Desk
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.returned_checks import bad_check_outstanding
from pos.services.tendering import Beyond, Tendering, new_tender_id


class CheckTendering:
    """Checks of the open sale. The whole number of an account stands nowhere but in memory."""

    def __init__(self, desk: Desk, basket: OpenBasket, tendering: Tendering) -> None:
        self._desk, self._open, self._tendering = desk, basket, tendering

    @property
    def taken_here(self) -> bool:
        """Whether this shop takes checks at all."""
        rules = self._desk.rules
        return rules.checks.taken_in(rules.region, rules.currency) and self._rule().active

    def problems(self, typed: TypedCheck, amount: int | None = None) -> tuple[Refused, ...]:
        """Everything that is wrong with what was typed so far; nothing where it is a check that could be taken.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CHECK_NOT_TAKEN, CARD_NUMBER_TYPED, BAD_CHECK_OUTSTANDING, CHECK_TWICE
        and as `check.read_check`.
        """
        check = self._read(typed, self._wanted(amount))
        return check if isinstance(check, tuple) else ()

    def take(self, typed: TypedCheck, amount: int | None = None) -> SaleView | Refused:
        """Take a check for so many minor units; None is exactly what it may pay.

        NeedsApproval with CHECK_LIMIT beyond the shop's limit: the yes is for exactly this check and amount.
        Refused: as `problems` and as `Tendering.take`.
        """
        rule = self._rule()
        amount = self._wanted(amount)
        refused = self._tendering.refused(rule, amount)
        if refused is not None:
            return refused
        check = self._read(typed, amount)
        if isinstance(check, tuple):
            return check[0]
        tender = Tender(TenderKind.CHECK, amount, shown=check.shown, id=new_tender_id(), check=check)
        return self._tendering.place(rule, tender, beyond=Beyond(Code.CHECK_LIMIT, ":".join(check.same_paper)))

    def _rule(self) -> TenderRule:
        """As the shop's rules of tenders say, and alone no more than its limit of checks."""
        rules = self._desk.rules
        rule = tender_rule(rules, TenderKind.CHECK.value)
        assert rule is not None, "every kind has a rule"
        bounds = [bound for bound in (rule.alone, rules.checks.limit) if bound]
        return replace(rule, alone=min(bounds, default=0))

    def _wanted(self, amount: int | None) -> int:
        """The amount, or what a check may pay of what is due."""
        return max(0, tender_room(self._open.priced, self._rule())) if amount is None else amount

    def _read(self, typed: TypedCheck, amount: int) -> Check | tuple[Refused, ...]:
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return (operator,)
        if not self.taken_here:
            return (Refused(Code.CHECK_NOT_TAKEN),)
        if any(map(looks_like_card_number, _by_hand(typed))):
            return (Refused(Code.CARD_NUMBER_TYPED),)
        today = self._desk.local(self._desk.now()).date()
        read = read_check(typed, self._desk.rules.checks, today, amount)
        if not isinstance(read, ReadCheck):
            return read
        check = kept(read, self._desk.shop.keys.pepper)
        refused = self._known(check)
        return check if refused is None else (refused,)

    def _known(self, check: Check) -> Refused | None:
        """What the books and this sale say of the check."""
        for tender in self._open.basket.tenders:
            if tender.check is not None and tender.check.same_paper == check.same_paper:
                return Refused(Code.CHECK_TWICE, {"number": check.number})
        with self._desk.shop.books.reading() as work:
            return bad_check_outstanding(work, account_hash=check.account_hash, customer=self._open.basket.customer)


def _by_hand(typed: TypedCheck) -> tuple[str, ...]:
    """What may be a card's number: a line that could be read is a check's."""
    line = "" if isinstance(read_micr(typed.micr.strip()), Micr) else typed.micr
    return typed.account, typed.number, typed.routing, typed.id_seen, typed.written, line
