"""How long a shop has to settle a claim for defective goods: by country, with its source beside each row. No advice.

What is not listed is not known, and no day is said to hold but the one the shop's own policy promises.
"""

from __future__ import annotations

from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy, Subject
from pos.domain.return_floors import answers_for_defects
from pos.domain.return_rules import ClaimDays
from pos.domain.return_subject import most_specific

# Days from the day after the claim was made.
# CZ: zákon č. 634/1992 Sb. o ochraně spotřebitele, § 19 odst. 3: settled, and the customer told, within 30 days, unless
# both agree on more.
_DAYS = {"CZ": 30}

# What a request may say of a claim among its facts, of the whole or of a line; what is wrong in so many signs.
REMEDY, DEFECT = "remedy", "defect"
DEFECT_MOST = 200

# What a claim may end with: the remedies of the law, and that it was found to be none.
MANNERS = ("repair", "replace", "price_cut", "refund", "refused")


@dataclass(frozen=True, slots=True)
class ClaimTerm:
    """Until when a claim is settled: `due` where the law or a `rule` of the shop names days; `soon` where the law says
    a reasonable time (directive (EU) 2019/771, article 14; Sweden: konsumentköplagen 2022:260, 5 kap.).
    """

    due: date | None = None
    soon: bool = False
    rule: str = ""


def days_of_law(region: str) -> int | None:
    """The days the law of the region gives the shop for a claim; None where it names none."""
    return _DAYS.get(region[:2])


def days_promised(policy: Policy, subject: Subject) -> ClaimDays | None:
    """The rule by which the shop promises to settle a claim for these goods; None where it promises nothing."""
    return most_specific(policy.speaking(ClaimDays, subject))


def claim_term(region: str, day: date, promised: ClaimDays | None = None) -> ClaimTerm:
    """Until when a claim that is made on this day is settled: as the law of the region says, sooner where the shop
    promised so. Nobody may promise later than the law.
    """
    law = days_of_law(region)
    days = min((one for one in (law, None if promised is None else promised.days) if one is not None), default=None)
    if days is None:
        return ClaimTerm(soon=answers_for_defects(region, day))
    rule = promised.id if promised is not None and days != law else ""
    return ClaimTerm(due=day + timedelta(days=days), rule=rule)
