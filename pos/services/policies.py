"""The shop's return policy: versions that stay, and which of them a sale is judged by."""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.services.desk import Desk
from pos.services.policy_file import parse_policy
from pos.services.policy_names import name_unknown
from pos.services.policy_versions import policy_on, read_version, write_policy


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the policy with the words of its file, the first day of sale it is about, and who made it: the
    number, and the name where somebody of the shop did.
    """

    version: int
    starts: date
    policy: Policy
    body: str
    changed_by: str
    by_name: str = ""


class Policies:
    """The versions of this shop's return policy. A sale of a day before the first is judged by the program's own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def versions(self) -> tuple[PolicyVersion, ...] | Refused:
        """Every version, the first first. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        currency = self._desk.rules.currency
        with self._desk.shop.books.reading() as work:
            rows = work.return_policies.all()
            names = {record.operator.id: record.operator.name for record in work.staff.all()}
        return tuple(
            PolicyVersion(
                row.version,
                row.starts,
                read_version(row, currency),
                row.body,
                row.changed_by,
                names.get(row.changed_by, ""),
            )
            for row in rows
        )

    def in_force(self, day: date) -> Policy:
        """What a sale of that day is judged by."""
        with self._desk.shop.books.reading() as work:
            return policy_on(work, self._desk, day)

    def put(self, text: str, starts: date, posted_since: date | None = None) -> PolicyVersion | Refused:
        """A further version, in the words of its file (docs/return-policy.md), for sales from the day `starts` on.

        Raises FileFault where the text is no policy. Refused: NOT_SIGNED_ON, NOT_PERMITTED, POLICY_NAMES, POLICY_STARTS
        where an earlier version is about the sales of a day before today already.
        """
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        policy = parse_policy(text, self._desk.rules.currency)
        today = self._desk.local(self._desk.now()).date()
        with self._desk.shop.books.writing() as work:
            unknown = name_unknown(work, policy)
            if unknown is not None:
                return unknown
            newest = work.return_policies.newest()
            if starts < today and newest:
                return Refused(Code.POLICY_STARTS, {"day": today})
            head = write_policy(work, self._desk, text, starts, posted_since, by=operator.id)
            work.commit()
        self._desk.shop.anchor(head)
        return PolicyVersion(newest + 1, starts, policy, text, operator.id, operator.name)
