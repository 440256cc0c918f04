"""What the journal says of the shop's rules: their digest, which a version must answer to for ever."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from pos.domain.journal import canonical
from pos.domain.shop import ShopRules


def rules_digest(rules: ShopRules) -> str:
    """What the journal says of a version of the rules: SHA-256 of its one spelling."""
    return body_digest(json.dumps(asdict(rules)))


def body_digest(body: str) -> str:
    """The same of a version as it is stored: a rule that a later program knows besides does not change it."""
    return hashlib.sha256(canonical(json.loads(body))).hexdigest()
