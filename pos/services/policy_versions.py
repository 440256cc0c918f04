"""Write the versions of the return policy under their journal entries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from pos.domain.journal import EntryKind
from pos.domain.policy_rule import DEFAULT_POLICY, Policy
from pos.domain.transaction import JournalHead
from pos.persistence.return_policies import PolicyRow
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.policy_file import parse_policy

_NOTHING: Mapping[str, object] = MappingProxyType({})


def write_policy(
    work: UnitOfWork,
    desk: Desk,
    text: str,
    starts: date,
    posted_since: date | None,
    *,
    by: str,
    although: Mapping[str, object] = _NOTHING,
) -> JournalHead:
    """The next version, under its journal entry, whose payload names it by a digest of its words.

    `although` is what else the entry says: the kept cases it breaks, and who agreed to that.
    """
    version = work.return_policies.newest() + 1
    row = PolicyRow(version, starts, posted_since, text, by)
    posted = "" if posted_since is None else posted_since.isoformat()
    told: dict[str, object] = {
        "version": version,
        "starts": starts.isoformat(),
        "posted_since": posted,
        "policy": policy_digest(text),
        **although,
    }
    head = record(work, desk, Fact(EntryKind.RETURN_POLICY_CHANGED, desk.now(), by or None, payload=told))
    work.return_policies.add(row, head)
    return head


def policy_digest(text: str) -> str:
    """What names the words of a version in the journal."""
    return hashlib.sha256(text.encode()).hexdigest()


def trial_of(text: str, posted_since: date | None) -> str:
    """What names the policy that was tried on the kept cases: its words, and since when they are said to hang there."""
    return f"{policy_digest(text)} {'' if posted_since is None else posted_since.isoformat()}"


def policy_on(work: UnitOfWork, desk: Desk, day: date) -> Policy:
    """What a sale of that day is judged by: the newest version begun by then, before the first the program's own."""
    row = work.return_policies.on(day)
    return DEFAULT_POLICY if row is None else read_version(row, desk.rules.currency)


def policy_text_in_force(desk: Desk) -> str:
    """The words of what a sale of today is judged by; empty where that is the program's own."""
    with desk.shop.books.reading() as work:
        row = work.return_policies.on(desk.local(desk.now()).date())
        return "" if row is None else row.body


def policy_in_force(desk: Desk) -> Policy:
    """What a sale of today is judged by."""
    with desk.shop.books.reading() as work:
        return policy_on(work, desk, desk.local(desk.now()).date())


def read_version(row: PolicyRow, currency: str) -> Policy:
    """A version as it is judged by. Raises FileFault where its words are damaged."""
    read = _parsed(row.body, currency, row.version)
    posted = row.posted_since if row.posted_since is not None else read.posted_since
    return replace(read, starts=row.starts, posted_since=posted)


@lru_cache(maxsize=8)
def _parsed(body: str, currency: str, version: int) -> Policy:
    """Read once: every tick of a line asks for it, and reading takes longer than deciding."""
    return parse_policy(body, currency, version)
