"""The reasons a cashier may give, as the shop lists them."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.journal import EntryKind
from pos.domain.reasons import REASONS_MAX, Reason, ReasonKind, reason_readable
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.services.desk import Desk, Fact, record


def reasons(desk: Desk, kind: ReasonKind) -> tuple[Reason, ...]:
    """The reasons for this, in the shop's order."""
    with desk.shop.books.reading() as work:
        return work.reasons.of(kind)


def reason_refused(desk: Desk, kind: ReasonKind, reason: str) -> Refused | None:
    """Why a reason cannot be taken; none at all is fine here. Refused: REASON_UNKNOWN."""
    if not reason:
        return None
    known = reasons(desk, kind)
    if any(one.code == reason for one in known):
        return None
    return Refused(Code.REASON_UNKNOWN, {"reason": reason[:40], "choices": ", ".join(one.code for one in known)})


def arrange_reasons(desk: Desk, kind: ReasonKind, chosen: Sequence[Reason]) -> tuple[Reason, ...] | Refused:
    """Put the shop's own list in place; the journal keeps both. An empty one goes back to that of every new shop.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, REASON_UNKNOWN where a code or its words cannot be one.
    """
    operator = desk.permit(Permission.MANAGE_ITEMS)
    if isinstance(operator, Refused):
        return operator
    codes = [reason.code for reason in chosen]
    wrong = next((reason for reason in chosen if not reason_readable(reason) or codes.count(reason.code) > 1), None)
    if wrong is not None or len(chosen) > REASONS_MAX:
        named = "…" if wrong is None else wrong.code[:40]
        return Refused(Code.REASON_UNKNOWN, {"reason": named, "choices": "a–z 0–9 _"})
    with desk.shop.books.writing() as work:
        before = work.reasons.of(kind)
        work.reasons.put(kind, chosen)
        after = work.reasons.of(kind)
        payload: dict[str, object] = {
            "before": [[one.code, one.words] for one in before],
            "after": [[one.code, one.words] for one in after],
        }
        record(work, desk, Fact(EntryKind.REASONS_CHANGED, desk.now(), operator.id, kind.value, payload))
        work.commit()
    return after
