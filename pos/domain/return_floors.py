"""What the law gives whatever a policy says: by region and day of the sale, with its source beside each row. No advice.

No posting: where the shop's rules did not hang in the shop, the buyer has a right of return. Withdrawal: what was sold
at a distance goes back without a reason. Defects: the shop answers for them; first repair or replacement, then money.
A policy may give more. What is not listed here is not known, and no law is said to hold.
"""

from __future__ import annotations

from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Subject
from pos.domain.purchase import Channel, Purchase
from pos.domain.refusal import Code
from pos.domain.return_line import CaseLine, is_yes
from pos.domain.return_request import Condition, ShownBy
from pos.domain.return_windows import Calendar

# The Union and the rest of the European Economic Area.
_EEA = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())
_NEW = frozenset({"", Condition.UNOPENED})
_UNUSED = _NEW | {Condition.OPENED}
_FOOD = frozenset({"food", "perishable", "plants", "flowers"})
STATUTORY_CLAIM = "statutory_claim"
REMEDIES_OF_LAW = ("repair", "replace", "price_cut", "refund")


@dataclass(frozen=True, slots=True)
class _NoPosting:
    """So many days where nothing hung in the shop, in these states; nothing for goods of these words."""

    days: int
    states: frozenset[str]
    but: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Months:
    """How long a shop answers for defects of what was sold from a day (ISO 8601) on."""

    day: str
    months: int


_NO_POSTING = {
    # General Business Law § 218-a: unused and undamaged, with a dated proof; cash or credit as the buyer chooses.
    "US-NY": _NoPosting(30, _UNUSED, frozenset()),
    # Civil Code § 1723: needed wherever less than a refund, credit or exchange for 7 days is given.
    "US-CA": _NoPosting(30, _UNUSED, _FOOD | {"custom", "as_is"}),
    # Florida Statutes § 501.142: unused, in the original carton.
    "US-FL": _NoPosting(7, _NEW, _FOOD | {"custom", "altered", "unsellable"}),
    # Conn. Gen. Stat. § 42-110aa: new and unused, with proof of purchase.
    "US-CT": _NoPosting(7, _NEW, _FOOD | {"custom", "as_is", "unsellable"}),
}
# Directive 2011/83/EU, articles 9 and 16 (Czechia: § 1829 and § 1837 občanského zákoníku; Sweden: distansavtalslagen
# 2005:59): 14 days from the day after the goods came; a last day that is no business day moves (Regulation 1182/71).
_WITHDRAWAL_DAYS = 14
_NO_WITHDRAWAL = frozenset({"custom", "perishable", "gift_card"})
_NO_WITHDRAWAL_ONCE_OPENED = frozenset({"hygiene", "sealed_media"})
# Directives 1999/44/EC and (EU) 2019/771: two years; longer by national law: Sweden konsumentköplagen 2022:260 3 kap.
# 15 §, Spain RDL 7/2021 and Portugal DL 84/2021 three years; Norway forbrukerkjøpsloven § 27 two.
_DEFECT_MONTHS: dict[str, tuple[_Months, ...]] = {
    **dict.fromkeys(_EEA, (_Months("", 24),)),
    "SE": (_Months("", 36),),
    "ES": (_Months("", 24), _Months("2022-01-01", 36)),
    "PT": (_Months("", 24), _Months("2022-01-01", 36)),
}


@dataclass(frozen=True, slots=True)
class Right:
    """One right of the law that holds for a line today: until `last`, with `claim` the remedies in their order."""

    code: Code
    rule: str
    last: date
    claim: tuple[str, ...] = ()


def right_of_return(line: CaseLine, posted_since: date | None) -> Right | None:
    """The right to give the line back for its full price; None where there is none, or no more."""
    case, purchase = line.case, line.case.purchase
    if purchase is None or case.request.shown_by is ShownBy.NONE or line.sold is None:
        return None
    found = [
        right
        for right in rights_without_reason(purchase, line.subject, posted_since, case.holidays)
        if case.today <= right.last
    ]
    return max(found, key=lambda right: right.last, default=None)


def rights_without_reason(
    purchase: Purchase, subject: Subject, posted_since: date | None, holidays: frozenset[date]
) -> tuple[Right, ...]:
    """The rights to give goods back without saying why, whether or not their last day is over."""
    row, country = _NO_POSTING.get(subject.region), subject.region[:2]
    at_a_distance = purchase.channel is Channel.DISTANCE and country in _EEA
    if row is None and not at_a_distance:
        return ()
    words = subject.flags | {subject.category}
    calendar = Calendar(purchase.day, purchase.delivered, holidays)
    found = []
    posted = posted_since is not None and posted_since <= purchase.day
    if row is not None and not posted and subject.condition in row.states and not words & row.but:
        last = purchase.day + timedelta(days=row.days)
        found.append(Right(Code.STATUTORY_NO_POSTING, f"law.{subject.region}.posting", last))
    opened = subject.condition not in _NEW and words & _NO_WITHDRAWAL_ONCE_OPENED
    if at_a_distance and not words & _NO_WITHDRAWAL and not opened:
        last = calendar.business_day((purchase.delivered or purchase.day) + timedelta(days=_WITHDRAWAL_DAYS))
        found.append(Right(Code.STATUTORY_WITHDRAWAL, f"law.{country}.withdrawal", last))
    return tuple(found)


def claim_for_defect(line: CaseLine) -> Right | None:
    """The claim for a defect of the line; None where it has none, or the law no longer answers for it."""
    purchase = line.case.purchase
    if purchase is None or line.sold is None:
        return None
    if line.asked.condition != Condition.DEFECTIVE and line.asked.reason != STATUTORY_CLAIM:
        return None
    country, last = line.subject.region[:2], answers_until(purchase, line.subject.region)
    if last is None or line.case.today > last:
        return None
    return Right(Code.STATUTORY_DEFECT, f"law.{country}.defect", last, _remedies(line))


def answers_until(purchase: Purchase, region: str) -> date | None:
    """The last day the shop answers for defects of what was bought, by the law of the region; None: no law is known."""
    months = _months(region, purchase.day)
    return None if months is None else months_on(purchase.delivered or purchase.day, months)


def answers_for_defects(region: str, day: date) -> bool:
    """Whether a law is known by which the shop answers for defects of what it sells on that day."""
    return _months(region, day) is not None


def _months(region: str, day: date) -> int | None:
    rows = [row for row in _DEFECT_MONTHS.get(region[:2], ()) if row.day <= day.isoformat()]
    return rows[-1].months if rows else None


def money_at_once(right: Right) -> bool:
    """Whether neither repair nor replacement is left, so that the price goes back."""
    return bool(right.claim) and not set(right.claim) & {"repair", "replace"}


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 28, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, min(day.day, 28))


def _remedies(line: CaseLine) -> tuple[str, ...]:
    """The remedies in their order, without those an answer says are impossible."""
    gone = {
        remedy for remedy in ("repair", "replace") if (said := line.fact(f"{remedy}_possible")) and not is_yes(said)
    }
    return tuple(remedy for remedy in REMEDIES_OF_LAW if remedy not in gone)
