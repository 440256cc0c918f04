"""Cases the return policy is tried on: asked once, or kept as lane scripts and played before a version is switched on.

Who plays them stands above the services: a front end hands it in. It plays in a shop of its own that is gone
afterwards, so nothing that is tried touches these books.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from pos.domain.journal import EntryKind
from pos.domain.policy_case import (
    CASE_NAME_MAX,
    CASE_SCRIPT_MAX,
    CaseAsked,
    CasePlayed,
    CaseResult,
    PolicyCase,
    PolicyTrial,
)
from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator, Permission
from pos.domain.transaction import JournalHead
from pos.persistence.moments import to_text
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.policy_file import parse_policy
from pos.services.policy_versions import policy_digest, trial_of
from pos.wording import Wording


class CasePlayer(Protocol):
    """What writes and plays the lane scripts of cases. Raises nothing: what cannot be played is told."""

    def write(self, asked: CaseAsked, rules: ShopRules, expect: Mapping[str, object] | None = None) -> str:
        """The case as a lane script of its own, in a shop with these rules, expecting that of its return."""

    def read(self, script: str, rules: ShopRules) -> CaseAsked | None:
        """What the form asked to write a script; None where a form of a shop with these rules cannot show all of it."""

    def check(self, script: str, words: Wording) -> CasePlayed:
        """What is wrong with a script before anything of it is played; how many steps expect something."""

    def play(self, script: str, policy: Policy | None, words: Wording) -> CasePlayed:
        """Play it in a shop of its own under this policy, None: the program's own, whatever policy the script names."""


Progress = Callable[[int, int], None]


def _untold(_done: int, _all: int) -> None:
    """Nobody watches."""


class PolicyCases:
    """The kept cases of this shop, and what they come to under any policy."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def kept(self) -> tuple[PolicyCase, ...]:
        """Every case that is kept, the first first, with the names of who kept them."""
        with self._desk.shop.books.reading() as work:
            cases = work.policy_cases.kept()
            names = {record.operator.id: record.operator.name for record in work.staff.all()} if cases else {}
        return tuple(replace(case, by_name=names.get(case.kept_by, "")) for case in cases)

    def keep(
        self,
        name: str,
        script: str,
        player: CasePlayer,
        words: Wording,
        *,
        instead_of: int = 0,
        from_command_line: bool = False,
    ) -> PolicyCase | CasePlayed | Refused:
        """Keep a lane script as a case; what is wrong with the script is answered as what came of it. The kept case
        numbered `instead_of` is kept no more: under a number of its own this one stands for it.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CASE_NAME, CASE_NAME_TAKEN, CASE_TOO_LONG, CASE_EXPECTS_NOTHING,
        CASE_UNKNOWN where nobody keeps that one any more.
        """
        operator = self._who(from_command_line=from_command_line)
        if isinstance(operator, Refused):
            return operator
        name = " ".join(name.split())
        if not name or len(name) > CASE_NAME_MAX or not name.isprintable():
            return Refused(Code.CASE_NAME, {"most": CASE_NAME_MAX})
        if len(script) > CASE_SCRIPT_MAX:
            return Refused(Code.CASE_TOO_LONG, {"most": CASE_SCRIPT_MAX})
        read = player.check(script, words)
        if read.fault:
            return read
        if not read.expects:
            return Refused(Code.CASE_EXPECTS_NOTHING)
        by = "" if operator is None else operator.id
        with self._desk.shop.books.writing() as work:
            before = next((case for case in work.policy_cases.kept() if case.number == instead_of), None)
            if instead_of and before is None:
                return Refused(Code.CASE_UNKNOWN)
            if any(case.name == name and case.number != instead_of for case in work.policy_cases.kept()):
                return Refused(Code.CASE_NAME_TAKEN, {"name": name})
            if before is not None:
                self._take_out(work, before, by)
            case = PolicyCase(work.policy_cases.newest() + 1, name, script, by, self._desk.now())
            said = {"case": case.number, "name": name, "script": policy_digest(script)}
            head = record(work, self._desk, Fact(EntryKind.POLICY_CASE_KEPT, case.at, by or None, name, said))
            work.policy_cases.add(case, head)
            work.commit()
        self._desk.shop.anchor(head)
        return case

    def remove(self, number: int) -> PolicyCase | Refused:
        """Keep a case no more. Refused: NOT_SIGNED_ON, NOT_PERMITTED, CASE_UNKNOWN."""
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            case = next((one for one in work.policy_cases.kept() if one.number == number), None)
            if case is None:
                return Refused(Code.CASE_UNKNOWN)
            head = self._take_out(work, case, operator.id)
            work.commit()
        self._desk.shop.anchor(head)
        return case

    def _take_out(self, work: UnitOfWork, case: PolicyCase, by: str) -> JournalHead:
        """The fact that a case is kept no more."""
        at = self._desk.now()
        fact = Fact(EntryKind.POLICY_CASE_REMOVED, at, by or None, case.name, {"case": case.number})
        head = record(work, self._desk, fact)
        work.policy_cases.remove(case.number, by, to_text(at), head)
        return head

    def try_policy(
        self,
        text: str,
        player: CasePlayer,
        words: Wording,
        *,
        posted_since: date | None = None,
        progress: Progress = _untold,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> PolicyTrial | None:
        """Play every kept case under the policy of this text, the empty one being the program's own; None where it was
        cancelled. Nothing is written. Raises FileFault where the text is no policy.
        """
        policy = parse_policy(text, self._desk.rules.currency) if text else None
        if policy is not None and posted_since is not None:
            policy = replace(policy, posted_since=posted_since)
        results: list[CaseResult] = []
        cases = self.kept()
        for done, case in enumerate(cases):
            progress(done, len(cases))
            if cancelled():
                return None
            results.append(CaseResult(case, player.play(case.script, policy, words)))
        return None if cancelled() else PolicyTrial(trial_of(text, posted_since), tuple(results))

    def _who(self, *, from_command_line: bool) -> Operator | Refused | None:
        """Who is signed on, where that person may; None speaks for the owner of the shop's folder."""
        return None if from_command_line else self._desk.permit(Permission.MANAGE_RETURN_POLICY)


def broken_digest(trial: PolicyTrial) -> str:
    """What a yes to a policy covers: its words, and which cases come out otherwise in which way."""
    told = [trial.policy, *(_told(one) for one in trial.broken)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _told(broken: CaseResult) -> str:
    """One broken case as it is agreed to."""
    return "\n".join((str(broken.case.number), broken.played.fault, *broken.played.failures))
