"""Money a card would not take back goes out another way: what of it, how, and what that posts."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.ledger import CARD_SUSPENSE, ROUNDING, LedgerEntry
from pos.domain.policy_rule import Policy
from pos.domain.refund_routes import CASH, STORE_CREDIT, Asked, Router
from pos.domain.refund_rules import MAILED_CHECK, CashMost
from pos.domain.return_books import refund_account
from pos.domain.return_case import ReturnCase
from pos.domain.return_subject import most_specific
from pos.domain.shop import CashRounding

_WAYS = (STORE_CREDIT, CASH, MAILED_CHECK)


@dataclass(frozen=True, slots=True)
class RefundInstead:
    """Tender `tender` of the return `return_id` went out as `kind`, after the terminal refused it for good.

    `failed` is what the card was to get, `amount` what went out for it (cash is rounded), in minor units. `attempt` is
    the last try. `account` and `card` are of store credit, `approval` the request that `approver` agreed to.
    """

    return_id: str
    tender: int
    kind: str
    failed: int
    amount: int
    attempt: str
    till: str
    account: str = ""
    card: str = ""
    approval: str = ""
    approver: str = ""

    @property
    def cash(self) -> int:
        """What the drawer gives out (negative), in minor units."""
        return -self.amount if self.kind == CASH else 0


@dataclass(frozen=True, slots=True)
class Way:
    """A way the money may go out: `amount` in minor units. `asks`: somebody has to agree, `role` where one is named."""

    kind: str
    amount: int
    asks: bool
    role: str = ""


def ways_instead(case: ReturnCase, policy: Policy, failed: int, rounding: CashRounding) -> tuple[Way, ...]:
    """How money a card does not take may go out, the best first: as the policy says of cards that take none any more,
    and cash only within the policy's limit of it. Nothing where the policy lets nobody decide so.
    """
    router = Router(case, policy, range(len(case.request.lines)), Asked())
    rule = router.gone_rule()
    if rule.ask and rule.override is None:
        return ()
    most = most_specific([each for each in router.bounds(CashMost) if isinstance(each, CashMost)])
    amounts = {kind: rounding.rounded(failed) if kind == CASH else failed for kind in rule.to if kind in _WAYS}
    return tuple(
        Way(kind, amount, rule.ask, rule.override or "")
        for kind, amount in amounts.items()
        if amount and (kind != CASH or most is None or amount <= most.most)
    )


def instead_postings(done: RefundInstead) -> tuple[LedgerEntry, ...]:
    """What was owed to the card is owed no more; the other tender gives it, and a coin of rounding."""
    legs = (
        LedgerEntry(CARD_SUSPENSE, done.failed),
        LedgerEntry(ROUNDING, done.amount - done.failed),
        LedgerEntry(refund_account(done.kind, account=done.account), -done.amount),
    )
    return tuple(leg for leg in legs if leg.amount)


def instead_told(done: RefundInstead) -> list[object]:
    """The whole fact as its journal entry tells it."""
    return [
        [done.return_id, done.tender, done.attempt, done.till],
        [done.kind, done.failed, done.amount, done.account, done.card],
        [done.approval, done.approver],
    ]
