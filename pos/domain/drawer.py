"""When the cash drawer opens by itself: where something goes into it or comes out of it."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.shop import ShopRules
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_type import program_rule, tender_rule


def drawer_opens(tenders: Sequence[Tender], change: int, rules: ShopRules) -> bool:
    """Whether a sale paid with these needs the drawer: `change` or cash-back is paid out of it, or what was taken is
    kept in it, as the shop's rule for that tender says. A sale that costs nothing leaves it shut.
    """
    return change > 0 or any(tender.cash_back > 0 or _kept_in_it(tender, rules) for tender in tenders)


def _kept_in_it(tender: Tender, rules: ShopRules) -> bool:
    own = tender.kind is TenderKind.OTHER
    rule = tender_rule(rules, tender.type if own else tender.kind.value)
    return (rule or program_rule(tender.kind)).opens_drawer
