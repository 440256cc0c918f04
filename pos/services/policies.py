"""The shop's return policy: versions that stay, and which of them a sale is judged by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pos.domain.approval import AS_ASKED, Approval, Option, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.frozen import dataclass
from pos.domain.policy_case import PolicyTrial
from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit, Operator, Permission, Role
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals, ApprovalSpent
from pos.services.desk import Desk
from pos.services.policy_cases import PolicyCases, broken_digest
from pos.services.policy_drafts import PolicyDrafts
from pos.services.policy_file import parse_policy
from pos.services.policy_names import name_unknown
from pos.services.policy_versions import policy_on, read_version, trial_of, write_policy


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the policy with the words of its file, the first day of sale it is about, who made it (the number,
    and the name where somebody of the shop did) and when it was switched on.
    """

    version: int
    starts: date
    policy: Policy
    body: str
    changed_by: str
    by_name: str = ""
    made_at: datetime | None = None


class Policies:
    """The versions of this shop's return policy. A sale of a day before the first is judged by the program's own."""

    def __init__(self, desk: Desk, approvals: Approvals) -> None:
        self._desk = desk
        self._approvals = approvals
        self.drafts = PolicyDrafts(desk)

    @property
    def cases(self) -> PolicyCases:
        """The cases that are kept to try it on."""
        return PolicyCases(self._desk)

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
                row.made_at,
            )
            for row in rows
        )

    def in_force(self, day: date) -> Policy:
        """What a sale of that day is judged by."""
        with self._desk.shop.books.reading() as work:
            return policy_on(work, self._desk, day)

    def put(
        self,
        text: str,
        starts: date,
        posted_since: date | None = None,
        *,
        based_on: int | None = None,
        trial: PolicyTrial | None = None,
        approval: str = "",
        although: bool = False,
    ) -> PolicyVersion | Refused:
        """A further version, in the words of its file (docs/return-policy.md), for sales from the day `starts` on.
        `based_on` is the newest version it was written from, where that is known.

        Where cases are kept, `trial` is what they came to under exactly this policy. One that breaks some asks for an
        owner: `approval` names the request an owner said yes to; an owner who is signed on says it with `although`.

        Raises FileFault where the text is no policy. NeedsApproval with POLICY_BREAKS_CASES. Refused: NOT_SIGNED_ON,
        NOT_PERMITTED, POLICY_NAMES, POLICY_STARTS where an earlier version is about the sales of a day before today
        already, POLICY_MOVED_ON where another was switched on since that one, POLICY_UNTRIED, POLICY_BREAKS_CASES,
        and as `Approvals.find_about` and `Approvals.use`.
        """
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        policy = parse_policy(text, self._desk.rules.currency)
        with self._desk.shop.books.reading() as work:
            cannot = self._cannot(work, policy, starts, based_on)
        if cannot is not None:
            return cannot
        said = self._said(operator, _Wanted(text, starts, posted_since, trial), approval, although=although)
        if isinstance(said, Refused):
            return said
        given, told = said
        try:
            with self._desk.shop.books.writing() as work:
                cannot = self._cannot(work, policy, starts, based_on)
                if cannot is not None:
                    return cannot
                newest = work.return_policies.newest()
                if _numbers(trial) != tuple(case.number for case in work.policy_cases.kept()):
                    return Refused(Code.POLICY_UNTRIED)
                if given is not None:
                    self._approvals.use(work, given)
                head = write_policy(work, self._desk, text, starts, posted_since, by=operator.id, although=told)
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        return PolicyVersion(newest + 1, starts, policy, text, operator.id, operator.name, self._desk.now())

    def _cannot(self, work: UnitOfWork, policy: Policy, starts: date, based_on: int | None) -> Refused | None:
        """Why it cannot be the next version, whatever the kept cases say."""
        today = self._desk.local(self._desk.now()).date()
        newest = work.return_policies.newest()
        if starts < today and newest:
            return Refused(Code.POLICY_STARTS, {"day": today})
        if based_on not in {None, newest}:
            return Refused(Code.POLICY_MOVED_ON, {"version": newest})
        return name_unknown(work, policy)

    def _said(
        self, operator: Operator, wanted: _Wanted, approval: str, *, although: bool
    ) -> tuple[Approval | None, Mapping[str, object]] | Refused:
        """The yes it takes to switch a version on although it breaks cases, and what the journal says of that."""
        trial = wanted.trial
        if trial is not None and trial.policy != trial_of(wanted.text, wanted.posted_since):
            return Refused(Code.POLICY_UNTRIED)
        if trial is None or not trial.broken:
            return None, {}
        broken: dict[str, object] = {"breaks": [one.case.number for one in trial.broken]}
        if approval:
            given = self._approvals.find_about(approval, wanted.covers)
            return given if isinstance(given, Refused) else (given, broken | {"agreed": given.approver})
        facts: dict[str, object] = {"count": len(trial.broken), "cases": trial.told}
        if operator.role == Role.OWNER:
            return (None, broken | {"agreed": operator.id}) if although else Refused(Code.POLICY_BREAKS_CASES, facts)
        asked = Asked(Action.SWITCH_POLICY, "")
        requirement = Requirement(
            code=Code.POLICY_BREAKS_CASES,
            # No money is at stake: whose yes it takes is the owner's role alone.
            limit_of=Limit.RETURN,
            value=0,
            limit=0,
            before=0,
            after=0,
            options=(Option(AS_ASKED, asked, 0),),
            about=wanted.starts.isoformat(),
            role=Role.OWNER.value,
        )
        return self._approvals.ask_about(f"policy {wanted.starts}", wanted.covers, asked, requirement, facts)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A version somebody wants to switch on, with what the kept cases came to under it."""

    text: str
    starts: date
    posted_since: date | None
    trial: PolicyTrial | None

    @property
    def covers(self) -> str:
        """What a yes to it covers: these words from this day, breaking these cases in this way."""
        return "" if self.trial is None else f"{self.starts} {broken_digest(self.trial)}"


def _numbers(trial: PolicyTrial | None) -> tuple[int, ...]:
    return () if trial is None else trial.numbers
