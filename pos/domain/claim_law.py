"""How long a shop has to settle a claim for defective goods: by country, with its source beside each row. No advice.

What is not listed is not known, and no day is said to hold.
"""

from __future__ import annotations

from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.return_floors import answers_for_defects

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
    """Until when a claim is settled: `due` where the law names days; `soon` where it says a reasonable time (directive
    (EU) 2019/771, article 14; Sweden: konsumentköplagen 2022:260, 5 kap.).
    """

    due: date | None = None
    soon: bool = False


def claim_term(region: str, day: date) -> ClaimTerm:
    """What the law of the region gives the shop for a claim that is made on this day."""
    days = _DAYS.get(region[:2])
    if days is not None:
        return ClaimTerm(due=day + timedelta(days=days))
    return ClaimTerm(soon=answers_for_defects(region, day))
