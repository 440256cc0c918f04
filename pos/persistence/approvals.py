"""Requests for a yes, the yes, and the end of both."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from pos.domain.approval import Approval, ApprovalRequest, Ending, Option, Proof, Requirement
from pos.domain.by_hand import Action, Asked
from pos.domain.refusal import Code
from pos.domain.staff import Limit
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import staff
from pos.persistence.tables_approvals import approval, approval_end, approval_request


class Approvals:
    """Every row is written with the journal's entry about it, and never again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, request: ApprovalRequest, head: JournalHead) -> None:
        self._connection.execute(
            insert(approval_request).values(
                id=request.id,
                sale=request.sale,
                asked_by=request.asked_by,
                asked_at=to_text(request.asked_at),
                fingerprint=request.fingerprint,
                body=request_body(request),
                workstation=request.workstation,
                sequence=head.sequence,
            )
        )

    def request(self, request_id: str) -> ApprovalRequest | None:
        row = self._connection.execute(_requests().where(approval_request.c.id == request_id)).first()
        return None if row is None else _request(row)

    def open_about(self, workstation: int, sale: str) -> tuple[tuple[ApprovalRequest, datetime | None], ...]:
        """The requests about this sale that have not ended, each with when it was granted."""
        rows = self._connection.execute(
            _requests()
            .add_columns(approval.c.granted_at)
            .join(approval, approval.c.request == approval_request.c.id, isouter=True)
            .where(approval_request.c.sale == sale, approval_request.c.workstation == workstation)
            .where(approval_request.c.id.not_in(select(approval_end.c.request)))
            .order_by(approval_request.c.sequence)
        )
        return tuple((_request(row), None if row.granted_at is None else from_text(row.granted_at)) for row in rows)

    def grant(self, given: Approval, head: JournalHead) -> bool:
        """Whether this is the first answer to the request."""
        written = self._connection.execute(
            insert(approval)
            .values(
                request=given.request.id,
                approver=given.approver,
                proof=given.proof.value,
                option=given.option.id,
                reason=given.reason,
                granted_at=to_text(given.granted_at),
                workstation=head.workstation,
                sequence=head.sequence,
            )
            .on_conflict_do_nothing()
        )
        return written.rowcount == 1

    def granted(self, request_id: str) -> Approval | None:
        """The yes to this request."""
        request = self.request(request_id)
        row = self._connection.execute(select(approval).where(approval.c.request == request_id)).first()
        if request is None or row is None:
            return None
        option = request.requirement.option(row.option)
        if option is None:
            raise ValueError(f"the request offers no {row.option}")
        return Approval(request, row.approver, Proof(row.proof), option, row.reason, from_text(row.granted_at))

    def ending(self, request_id: str) -> Ending | None:
        """What became of it; None while it may still be used."""
        found = self._connection.scalar(select(approval_end.c.ending).where(approval_end.c.request == request_id))
        return None if found is None else Ending(found)

    def used_up(self, sale: str, limit: Limit, value: int) -> bool:
        """Whether somebody agreed to exactly this much beyond that limit in this sale, and it was done."""
        rows = self._connection.execute(
            _requests()
            .join(approval_end, approval_end.c.request == approval_request.c.id)
            .where(approval_request.c.sale == sale, approval_end.c.ending == Ending.USED.value)
        )
        needed = (_request(row).requirement for row in rows)
        return any((each.limit_of, each.value) == (limit, value) for each in needed)

    def end(self, request_id: str, ending: Ending, at: datetime, head: JournalHead) -> bool:
        """Whether it ended just now, and not before."""
        written = self._connection.execute(
            insert(approval_end)
            .values(
                request=request_id,
                ending=ending.value,
                ended_at=to_text(at),
                workstation=head.workstation,
                sequence=head.sequence,
            )
            .on_conflict_do_nothing()
        )
        return written.rowcount == 1


def _requests() -> Select[Any]:
    named = staff.c.name.label("asked_by_name")
    return select(approval_request, named).join(staff, staff.c.id == approval_request.c.asked_by)


def request_body(request: ApprovalRequest) -> str:
    """What was asked and why it needs a yes, as the books keep it; the journal says the same."""
    body = {"asked": asdict(request.asked), "requirement": asdict(request.requirement)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _request(row: Row[Any]) -> ApprovalRequest:
    body: dict[str, Any] = json.loads(row.body)
    needed: dict[str, Any] = body["requirement"]
    options = tuple(Option(one["id"], _asked(one["asked"]), one["amount"]) for one in needed["options"])
    return ApprovalRequest(
        id=row.id,
        workstation=row.workstation,
        sale=row.sale,
        asked_by=row.asked_by,
        asked_by_name=row.asked_by_name,
        asked_at=from_text(row.asked_at),
        fingerprint=row.fingerprint,
        asked=_asked(body["asked"]),
        requirement=Requirement(
            **{
                **needed,
                "code": Code(needed["code"]),
                "limit_of": Limit(needed["limit_of"]),
                "options": options,
            }
        ),
    )


def _asked(body: dict[str, Any]) -> Asked:
    return Asked(**{**body, "action": Action(body["action"])})
