"""Money of returns that is not on its card and did not go out otherwise: how it was tried, and what is still owed."""

from __future__ import annotations

from pos.domain.card_attempt import AttemptReason, AttemptView
from pos.domain.customer_return import CustomerReturn, ReturnTender
from pos.domain.frozen import dataclass
from pos.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwedRefund:
    """A tender of a return and its last try. While that is open nobody knows whether the money is on the card."""

    done: CustomerReturn
    tender: ReturnTender
    tried: AttemptView

    @property
    def failed(self) -> bool:
        """Whether it is certain that nothing moved: the money is owed to the customer."""
        return not self.tried.open


def owed_refunds(work: UnitOfWork) -> tuple[OwedRefund, ...]:
    """All of the shop, those of the earliest return first."""
    found = (work.returns.get(one) for one in work.refunds_instead.not_taken())
    return tuple(
        OwedRefund(done, tender, tried)
        for done in found
        if done is not None
        for tender, tried in not_on_card(work, done)
    )


def not_on_card(work: UnitOfWork, done: CustomerReturn) -> tuple[tuple[ReturnTender, AttemptView], ...]:
    """The tenders of a return whose money is not on its card and did not go out otherwise, each with its last try."""
    found = []
    for tender in done.tenders:
        tried = last_try(work, done, tender)
        if tried is not None and not tried.approved and work.refunds_instead.get(done.id, tender.tender) is None:
            found.append((tender, tried))
    return tuple(found)


def last_try(work: UnitOfWork, done: CustomerReturn, tender: ReturnTender) -> AttemptView | None:
    """The last request to a terminal that was to give this tender back, the one that did where one did; None where it
    went out without one.
    """
    first = work.card_attempts.get(tender.attempt) if tender.attempt else None
    if first is None:
        return None
    of = {first.attempt.of or first.attempt.id, first.attempt.id}
    again = [
        view
        for view in work.card_attempts.of_sale(done.id)
        if view.attempt.reason is AttemptReason.NOT_REVERSED and view.attempt.of in of
    ]
    tries = (first, *again)
    return next((view for view in tries if view.approved), tries[-1])
