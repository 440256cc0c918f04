"""A yes of somebody who may: asked for in writing, given with a PIN or a badge, used once within two minutes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pos.domain.approval import (
    APPROVED_FOR,
    AS_ASKED,
    OWN_LIMIT,
    Approval,
    ApprovalRequest,
    Ending,
    NeedsApproval,
    Option,
    Proof,
    Requirement,
    fingerprint,
    refused_use,
    still_asked,
)
from pos.domain.by_hand import Action, Asked, Effect, Share, effect, within
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, Permission, Role, badge_of
from pos.persistence import approvals as late_approvals
from pos.persistence.staff import StaffRecord
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.reasons import reason_refused
from pos.services.sign_on import prove_badge, prove_pin

# The answer among a request's options that is a no.
DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers, shown by a staff number and its PIN or by a badge; which option, and why."""

    by: str = ""
    pin: str = ""
    badge: str = ""
    option: str = ""
    reason: str = ""


class Approvals:
    """Requests of this workstation, and answers to any. Who answers is never signed on by it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(
        self, priced: PricedBasket, asked: Asked, requirement: Requirement, facts: dict[str, object]
    ) -> NeedsApproval | Refused:
        """Write down what somebody who may is to answer. The same wish about the same thing waits once; one that was
        granted and can be used still is what `NeedsApproval` names.

        NeedsApproval with the code of the requirement; Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        return self.ask_about(priced.basket.id, fingerprint(priced, asked), asked, requirement, facts)

    def ask_about(
        self, subject: str, covers: str, asked: Asked, requirement: Requirement, facts: dict[str, object]
    ) -> NeedsApproval | Refused:
        """The same about something that is no sale: `subject` is its identity, and a yes is for exactly what `covers`
        names. As `ask`.
        """
        operator = self._desk.permit(asked.action.permission)
        if isinstance(operator, Refused):
            return operator
        now = self._desk.now()
        known = (
            one
            for one, granted_at in self._open_about(subject)
            if one.fingerprint == covers
            and one.asked_by == operator.id
            and (granted_at is None or now <= granted_at + APPROVED_FOR)
        )
        request = next(known, None)
        if request is None:
            request = ApprovalRequest(
                id=uuid.uuid4().hex,
                workstation=self._desk.number,
                sale=subject,
                asked_by=operator.id,
                asked_by_name=operator.name,
                asked_at=now,
                fingerprint=covers,
                asked=asked,
                requirement=requirement,
            )
            with self._desk.shop.books.writing() as work:
                payload = _asks(request) | {"fingerprint": covers, "body": late_approvals.request_body(request)}
                fact = Fact(EntryKind.APPROVAL_ASKED, request.asked_at, operator.id, request.sale, payload)
                work.approvals.ask(request, record(work, self._desk, fact))
                work.commit()
        return NeedsApproval(requirement.code, facts, request=request)

    def waiting(self, priced: PricedBasket) -> tuple[ApprovalRequest, ...]:
        """The requests of this workstation about this sale that nobody has answered and that it has not outrun."""
        found = self._open_about(priced.basket.id)
        return tuple(one for one, granted in found if granted is None and still_asked(priced, one) is not None)

    def approvers(self, request: ApprovalRequest) -> tuple[Operator, ...]:
        """Who could say yes to it, by staff number: somebody else, who may approve and reaches as far alone."""
        with self._desk.shop.books.reading() as work:
            people = [found.operator for found in work.staff.all_active()]
        return tuple(person for person in people if _answer_refused(request, person) is None)

    def grant(self, request_id: str, answer: Answer) -> Approval | Refused:
        """Say yes to this request, to one of its options. Nothing happens yet: `use` does it, within two minutes.

        At the workstation that asked, a yes that was given and not used, as before a crash, is given again as it was.
        Refused: APPROVAL_UNKNOWN, APPROVAL_USED where it was answered already, APPROVAL_OPTION, REASON_UNKNOWN,
        PIN_WRONG, LOCKED_OUT, BADGE_UNKNOWN, SAME_PERSON, NOT_PERMITTED where the role of who answers does not reach.
        """
        request = self._open(request_id, answer)
        if isinstance(request, Refused):
            return request
        option = request.requirement.option(answer.option)
        if option is None:
            choices = ", ".join(one.id for one in request.requirement.options)
            return Refused(Code.APPROVAL_OPTION, {"option": answer.option[:40], "choices": choices})
        found = self._proven(answer)
        if isinstance(found, Refused):
            return found
        refused = _answer_refused(request, found.operator)
        if refused is not None:
            return refused
        proof = Proof.BADGE if answer.badge else Proof.PIN
        now = self._desk.now()
        given = self._given(request_id)
        if given is not None:
            usable = request.workstation == self._desk.number and given.option == option and now <= given.expires
            return given if usable else Refused(Code.APPROVAL_USED)
        approval = Approval(request, found.operator.id, proof, option, answer.reason, now)
        with self._desk.shop.books.writing() as work:
            payload = _asks(request) | {
                "option": option.id,
                "gives": option.amount,
                "reason": answer.reason,
                "proof": proof.value,
                "seconds": _seconds(request, now),
            }
            head = record(
                work, self._desk, Fact(EntryKind.APPROVAL_GRANTED, now, approval.approver, request.sale, payload)
            )
            if work.approvals.ending(request.id) is not None or not work.approvals.grant(approval, head):
                return Refused(Code.APPROVAL_USED)
            work.commit()
        self._desk.shop.anchor(head)
        return approval

    def decline(self, request_id: str, answer: Answer) -> ApprovalRequest | Refused:
        """Say no. Refused as `grant`; who says no need not reach as far as what was asked."""
        request = self._open(request_id, answer)
        if isinstance(request, Refused):
            return request
        found = self._proven(answer)
        if isinstance(found, Refused):
            return found
        refused = _no_approver(request, found.operator)
        if refused is not None:
            return refused
        payload = _asks(request) | {"reason": answer.reason, "seconds": _seconds(request, self._desk.now())}
        fact = Fact(EntryKind.APPROVAL_DECLINED, self._desk.now(), found.operator.id, request.sale, payload)
        with self._desk.shop.books.writing() as work:
            granted = work.approvals.granted(request.id) is not None
            if granted or not self._ended(work, request.id, Ending.DECLINED, fact):
                return Refused(Code.APPROVAL_USED)
            work.commit()
        return request

    def find(self, request_id: str, priced: PricedBasket) -> tuple[Approval, Asked] | Refused:
        """The yes to this request, with what it lets happen in the sale as it is now.

        Refused: APPROVAL_UNKNOWN, APPROVAL_USED, APPROVAL_EXPIRED, SAME_PERSON, APPROVAL_DOES_NOT_COVER, also where
        another workstation or another person asked.
        """
        approval = self._granted(request_id)
        if isinstance(approval, Refused):
            return approval
        asked = still_asked(priced, approval.request)
        if asked is None or not self._mine(approval):
            return Refused(Code.APPROVAL_DOES_NOT_COVER)
        refused = refused_use(approval, asked, self._desk.now())
        return (approval, asked) if refused is None else refused

    def find_about(self, request_id: str, covers: str) -> Approval | Refused:
        """The yes to a request about something that is no sale, where it is for exactly what `covers` names.

        Refused as `find`.
        """
        approval = self._granted(request_id)
        if isinstance(approval, Refused):
            return approval
        if approval.request.fingerprint != covers or not self._mine(approval):
            return Refused(Code.APPROVAL_DOES_NOT_COVER)
        refused = refused_use(approval, approval.request.asked, self._desk.now())
        return approval if refused is None else refused

    def given_about(self, subject: str, covers: str, option: str) -> Approval | None:
        """A yes that can be used now, to exactly what `covers` names and for this option; None where there is none."""
        for request, granted_at in self._open_about(subject):
            found = self.find_about(request.id, covers) if granted_at is not None else None
            if isinstance(found, Approval) and found.option.id == option:
                return found
        return None

    def _granted(self, request_id: str) -> Approval | Refused:
        with self._desk.shop.books.reading() as work:
            approval, ending = work.approvals.granted(request_id), work.approvals.ending(request_id)
        if approval is None:
            return Refused(Code.APPROVAL_UNKNOWN)
        return approval if ending is None else Refused(Code.APPROVAL_USED)

    def _mine(self, approval: Approval) -> bool:
        """Whether who is signed on asked for it, at this workstation."""
        request, operator = approval.request, self._desk.operator
        return operator is not None and operator.id == request.asked_by and request.workstation == self._desk.number

    def use(self, work: UnitOfWork, approval: Approval) -> None:
        """Use it up, inside the unit of work that does what it lets happen. Raises ApprovalSpent where it cannot be.

        Looked at again here: between finding it and now another lane, or two minutes, may have come.
        """
        now = self._desk.now()
        if now > approval.expires:
            raise ApprovalSpent(Code.APPROVAL_EXPIRED)
        payload: dict[str, object] = {
            "request": approval.request.id,
            "approver": approval.approver,
            "option": approval.option.id,
            "limit_of": approval.request.requirement.limit_of.value,
        }
        fact = Fact(EntryKind.APPROVAL_USED, now, approval.request.asked_by, approval.request.sale, payload)
        if not self._ended(work, approval.request.id, Ending.USED, fact):
            raise ApprovalSpent(Code.APPROVAL_USED)

    def void_outrun(self, requests: Sequence[ApprovalRequest], priced: PricedBasket) -> tuple[ApprovalRequest, ...]:
        """End the requests whose line, amount or tender has changed since; who asked asks again. Answers with them."""
        outrun = tuple(one for one in requests if still_asked(priced, one) is None)
        if not outrun:
            return ()
        now = self._desk.now()
        operator = None if self._desk.operator is None else self._desk.operator.id
        with self._desk.shop.books.writing() as work:
            for request in outrun:
                fact = Fact(EntryKind.APPROVAL_VOIDED, now, operator, request.sale, {"request": request.id})
                self._ended(work, request.id, Ending.VOIDED, fact)
            work.commit()
        return outrun

    def _open_about(self, subject: str) -> tuple[tuple[ApprovalRequest, datetime | None], ...]:
        with self._desk.shop.books.reading() as work:
            return work.approvals.open_about(self._desk.number, subject)

    def _given(self, request_id: str) -> Approval | None:
        with self._desk.shop.books.reading() as work:
            return work.approvals.granted(request_id)

    def _open(self, request_id: str, answer: Answer) -> ApprovalRequest | Refused:
        with self._desk.shop.books.reading() as work:
            request = work.approvals.request(request_id)
            answered = work.approvals.ending(request_id) is not None
        if request is None:
            return Refused(Code.APPROVAL_UNKNOWN)
        if answered:
            return Refused(Code.APPROVAL_USED)
        refused = reason_refused(self._desk, ReasonKind.APPROVAL, answer.reason)
        return request if refused is None else refused

    def _proven(self, answer: Answer) -> StaffRecord | Refused:
        return proven(self._desk, answer)

    def _ended(self, work: UnitOfWork, request_id: str, ending: Ending, fact: Fact) -> bool:
        if work.approvals.ending(request_id) is not None:
            return False
        return work.approvals.end(request_id, ending, fact.at, record(work, self._desk, fact))


def proven(desk: Desk, answer: Answer) -> StaffRecord | Refused:
    """Who answers, as they showed it. Refused: PIN_WRONG, LOCKED_OUT, BADGE_UNKNOWN."""
    if answer.badge:
        return prove_badge(desk, badge_of(answer.badge))
    found = prove_pin(desk, answer.by, answer.pin)
    if isinstance(found, StaffRecord):
        # The PIN was right: the try does not count, whatever the answer comes to.
        with desk.shop.books.writing() as work:
            work.staff.record_tries(found.operator.id, 0, None)
            work.commit()
    return found


def needs_approval(
    desk: Desk, approvals: Approvals, priced: PricedBasket, asked: Asked
) -> NeedsApproval | Refused | None:
    """The request that waits where this is more than who is signed on may do alone; None where it is not."""
    operator = desk.operator
    found = effect(priced, asked)
    if isinstance(found, Refused) or operator is None or operator.reaches(found.limit, found.value):
        return found if isinstance(found, Refused) else None
    options = [Option(AS_ASKED, asked, found.after)]
    less = within(asked, found, operator)
    lesser = None if less is None else effect(priced, less)
    if less is not None and isinstance(lesser, Effect):
        options.append(Option(OWN_LIMIT, less, lesser.after))
    requirement = Requirement(
        code=_CODES[asked.action],
        limit_of=found.limit,
        value=found.value,
        limit=operator.limit(found.limit) or 0,
        before=found.before,
        after=found.after,
        options=tuple(options),
        about="" if asked.line is None else priced.lines[asked.line].line.name,
    )
    return approvals.ask(priced, asked, requirement, _facts(requirement, priced.currency))


def _facts(requirement: Requirement, currency: str) -> dict[str, object]:
    """The values the sentence needs: shares in millionths become percent, the rest amounts."""

    def shown(value: int) -> object:
        return Money(value, currency) if requirement.limit_of.is_amount else Share(value)

    return {"wanted": shown(requirement.value), "limit": shown(requirement.limit), "item": requirement.about}


_CODES = {
    Action.LINE_DISCOUNT: Code.DISCOUNT_LIMIT,
    Action.RECEIPT_DISCOUNT: Code.DISCOUNT_LIMIT,
    Action.PRICE_OVERRIDE: Code.PRICE_LIMIT,
    Action.VOID_SALE: Code.VOID_LIMIT,
}


class ApprovalSpent(Exception):
    """An approval cannot be used any more; whatever was being written with it is not written."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


def _answer_refused(request: ApprovalRequest, person: Operator) -> Refused | None:
    """Why this person cannot say yes to this request; None where they can."""
    refused = _no_approver(request, person)
    if refused is not None:
        return refused
    needed = request.requirement
    far = person.reaches(needed.limit_of, needed.value) and person.may(request.asked.action.permission)
    far = far and (not needed.role or person.role in {needed.role, Role.OWNER})
    return None if far else Refused(Code.NOT_PERMITTED, {"approver": person.name})


def _no_approver(request: ApprovalRequest, person: Operator) -> Refused | None:
    if person.id == request.asked_by:
        return Refused(Code.SAME_PERSON)
    return None if person.may(Permission.APPROVE) else Refused(Code.NOT_PERMITTED, {"approver": person.name})


def _asks(request: ApprovalRequest) -> dict[str, object]:
    """What the journal keeps of a request: who, the rule, how far, and the money before and after."""
    needed = request.requirement
    return {
        "request": request.id,
        "asked_by": request.asked_by,
        "code": needed.code.value,
        "limit_of": needed.limit_of.value,
        "value": needed.value,
        "limit": needed.limit,
        "before": needed.before,
        "after": needed.after,
        "about": needed.about,
        "asked": asdict(request.asked),
    }


def _seconds(request: ApprovalRequest, now: datetime) -> int:
    """From asked to answered, in whole seconds."""
    return max(0, int((now - request.asked_at).total_seconds()))
