"""What the journal says of what stands elsewhere: a digest, which that must answer to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from pos.domain.journal import canonical
from pos.domain.shop import ShopRules
from pos.persistence.unit_of_work import UnitOfWork


def rules_digest(rules: ShopRules) -> str:
    """What the journal says of a version of the rules: SHA-256 of its one spelling."""
    return body_digest(json.dumps(asdict(rules)))


def body_digest(body: str) -> str:
    """The same of a version as it is stored: a rule that a later program knows besides does not change it."""
    return hashlib.sha256(canonical(json.loads(body))).hexdigest()


def opens_digest(work: UnitOfWork, staff_id: str) -> str:
    """What the journal says of what lets somebody in: SHA-256 of what is kept of their PIN and their badge.

    So nobody gets another one behind the program's back: not somebody else's badge, not the PIN of last year.
    """
    record = work.staff.find(staff_id)
    kept = ["" if record is None else record.pin_hash, work.staff.badges().get(staff_id, "")]
    return hashlib.sha256(canonical({"opens": kept})).hexdigest()
