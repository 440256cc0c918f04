"""A new version of the shop's rules: one row, one journal entry with what was before and what is after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator
from pos.services.desk import Desk, Fact, record
from pos.services.digests import rules_digest

# What a change makes of the newest rules; what the journal says of them, by the names of the settings it touches.
Change = Callable[[ShopRules], ShopRules | Refused]
Said = Callable[[ShopRules], Mapping[str, object]]


def bring_in(desk: Desk, operator: Operator, change: Change, said: Said) -> ShopRules | Refused:
    """Let changed rules hold from now on; where nothing is another, nothing is written.

    Built on the newest version, also where another workstation brought it in. A sale keeps the version it was
    made under, so none may be open here meanwhile.

    Refused: BASKET_OPEN, and what `change` refuses.
    """
    now = desk.now()
    with desk.shop.books.writing() as work:
        before = work.rules.current()
        after = change(before)
        if isinstance(after, Refused):
            return after
        basket = work.baskets.get(desk.number)
        if basket is not None and not basket.empty:
            return Refused(Code.BASKET_OPEN)
        if after == before:
            desk.rules = before
            return before
        after = replace(after, version=before.version + 1)
        work.rules.add(after, now, operator.id)
        was, is_now = said(before), said(after)
        changed = [name for name in is_now if was.get(name) != is_now[name]]
        payload: dict[str, object] = {
            "version": after.version,
            "rules": rules_digest(after),
            "before": {name: was.get(name) for name in changed},
            "after": {name: is_now[name] for name in changed},
        }
        head = record(work, desk, Fact(EntryKind.RULES_CHANGED, now, operator.id, f"rules {after.version}", payload))
        work.commit()
    desk.rules = after
    desk.shop.anchor(head)
    return after
