"""The words a field of a policy's form may be filled with: what the shop has, and what the policy says already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos.domain.reasons import ReasonKind
from pos.domain.refund_rules import HOUSE_CARD
from pos.domain.tender import TenderKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.return_words import CONDITIONS
from pos.services.desk import Desk
from pos.services.item_search import search_items
from pos.services.policy_form import Written

_NO_TENDERS = (TenderKind.EXCHANGE, TenderKind.UNKNOWN)
_CONDITIONS = {"condition", "not_condition", "accept", "unless"}
_TENDERS = {"tender", "of", "classes"}
FOUND_MOST = 6


def found_items(desk: Desk, typed: str) -> tuple[tuple[str, str], ...]:
    """The items that what was typed may mean, by id and name."""
    return tuple((one.id, one.name) for one in search_items(desk, typed, limit=FOUND_MOST)) if typed else ()


def known_words(desk: Desk, key: str, rules: Sequence[Written]) -> tuple[str, ...]:
    """What the field of that key may hold, the shop's own words first, each once."""
    with desk.shop.books.reading() as work:
        own = _own(work, desk, key)
    return tuple(dict.fromkeys((*own, *_said(key, rules))))


def _own(work: UnitOfWork, desk: Desk, key: str) -> Iterable[str]:
    if key in _CONDITIONS:
        return CONDITIONS
    if key in _TENDERS:
        kinds = (kind.value for kind in TenderKind if kind not in _NO_TENDERS)
        return (*kinds, HOUSE_CARD, *(rule.code for rule in desk.rules.tender_rules))
    match key.removeprefix("not_"):
        case "category":
            return work.search.departments()
        case "family":
            return work.items.words_used()[0]
        case "flag":
            return work.items.words_used()[1]
        case "reason":
            return (reason.code for reason in work.reasons.of(ReasonKind.RETURN))
        case "group":
            return work.customers.words_used()[0]
        case "tier":
            return work.customers.words_used()[1]
        case "region":
            return (desk.rules.region,) if desk.rules.region else ()
        case "promotions":
            return (row.id for row in work.promotions.current())
    return ()


def _said(key: str, rules: Sequence[Written]) -> list[str]:
    """What other rules say in fields of that key."""
    found: list[str] = []
    for rule in rules:
        for part in rule.values():
            said = part.get(key) if isinstance(part, dict) else None
            found += [str(one) for one in said] if isinstance(said, list) else []
    return found
