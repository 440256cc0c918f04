"""An approval: what goes beyond whose limit, who agreed to it, and exactly what that covers. One use, two minutes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from pos.domain.basket import Basket
from pos.domain.by_hand import Asked
from pos.domain.discount import DiscountSource, Markdown, PriceOverride
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.pricing import PricedBasket, PricedLine
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Limit
from pos.domain.tender import tender_facts

APPROVED_FOR = timedelta(minutes=2)
AS_ASKED = "as_asked"
OWN_LIMIT = "own_limit"


class Proof(StrEnum):
    """How somebody showed who they are."""

    PIN = "pin"
    BADGE = "badge"


class Ending(StrEnum):
    """What became of a request: one of these, once."""

    USED = "used"
    DECLINED = "declined"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to say yes: what is done, and what is left to pay for it, in minor units."""

    id: str
    asked: Asked
    amount: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """What exceeds what: `value` is beyond `limit` of whoever asked, and somebody agrees whose own reaches as far.

    Both are in the measure of `limit_of`: millionths or minor units. `before` and `after` are in minor units. `about`
    is the name of the item, empty for the whole sale. `role` is whose yes it takes where a rule names one.
    `recommended` is the option that is proposed; empty: the first.
    """

    code: Code
    limit_of: Limit
    value: int
    limit: int
    before: int
    after: int
    options: tuple[Option, ...]
    about: str = ""
    role: str = ""
    recommended: str = ""

    @property
    def at_stake(self) -> int:
        """The money it is about, in minor units."""
        return abs(self.before - self.after)

    @property
    def over_by(self) -> int:
        return self.value - self.limit

    def option(self, wanted: str) -> Option | None:
        """The option of this name; the first where none is named."""
        return next((one for one in self.options if one.id == wanted), None) if wanted else self.options[0]


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """Somebody waits for a yes. `sale` is the basket's identity; `fingerprint` is over exactly what a yes covers."""

    id: str
    workstation: int
    sale: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    fingerprint: str
    asked: Asked
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody else said yes to one request: `approver` by staff number, `option` of those it offered."""

    request: ApprovalRequest
    approver: str
    proof: Proof
    option: Option
    reason: str
    granted_at: datetime

    @property
    def expires(self) -> datetime:
        return self.granted_at + APPROVED_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsApproval(Refused):
    """Refused for now: `request` waits for somebody who may. Nothing else was written."""

    request: ApprovalRequest


def fingerprint(priced: PricedBasket, asked: Asked) -> str:
    """A name for exactly this wish about exactly this: the sale, the line or lines, their amounts and the tenders.

    Where a line stands among the others is no part of it: they may come and go meanwhile.
    """
    if asked.line is None:
        covered: list[object] = [_line_facts(line) for line in priced.lines]
        covered += [[tender.kind, tender.amount, tender_facts(tender)] for tender in priced.basket.tenders]
    else:
        covered = [_line_facts(priced.lines[asked.line])] if asked.line < len(priced.lines) else []
    body = [priced.basket.id, asdict(replace(asked, line=None if asked.line is None else 0)), covered]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def still_asked(priced: PricedBasket, request: ApprovalRequest) -> Asked | None:
    """What the request asks of the sale as it is now, where it stands unchanged in it; None where it does not."""
    if priced.basket.id != request.sale:
        return None
    if request.asked.line is None:
        return request.asked if fingerprint(priced, request.asked) == request.fingerprint else None
    places = sorted(range(len(priced.lines)), key=lambda place: (place != request.asked.line, place))
    wanted = (replace(request.asked, line=place) for place in places)
    return next((asked for asked in wanted if fingerprint(priced, asked) == request.fingerprint), None)


def refused_use(approval: Approval, asked: Asked, now: datetime) -> Refused | None:
    """Why this approval does not let this happen now; None where it does."""
    if now > approval.expires or now < approval.granted_at:
        return Refused(Code.APPROVAL_EXPIRED)
    if approval.approver == approval.request.asked_by:
        return Refused(Code.SAME_PERSON)
    if replace(asked, line=None) != replace(approval.request.asked, line=None):
        return Refused(Code.APPROVAL_DOES_NOT_COVER)
    return None


def without_uncovered(before: PricedBasket, after: PricedBasket) -> tuple[Basket, tuple[str, ...]]:
    """What of `after` an approval no longer covers comes off: the basket without it, and the names it came off.

    A price or discount that was approved stands while the line, its quantity and its amounts are those that were
    approved; one on the whole receipt, and an exemption from tax, while every line is.
    """
    basket = after.basket
    gone: list[str] = []
    known = {approval: line for line in before.lines if (approval := _approval(line))}
    for place, line in enumerate(after.lines if known else ()):
        approval = _approval(line)
        if not approval or approval not in known or _stands_on(known[approval]) == _stands_on(line):
            continue
        gone.append(line.line.name)
        bare = replace(line.line, markdown=None)
        override = line.line.override
        if override is not None and override.approval:
            bare = replace(bare, override=None, unit_price=override.was)
        basket = basket.with_changed(place, bare)
    markdown, exemption = after.basket.markdown, after.basket.exemption
    approved = markdown is not None and markdown.approval and markdown == before.basket.markdown
    if approved and _other_lines(before, after):
        gone.append("")
        basket = replace(basket, markdown=None)
    bound = exemption is not None and exemption.bound and exemption == before.basket.exemption
    if bound and _other_lines(before, after):
        gone.append("")
        basket = replace(basket, exemption=None)
    return basket, tuple(dict.fromkeys(gone))


def _other_lines(before: PricedBasket, after: PricedBasket) -> bool:
    """Whether anything of the lines that an approval covers is another."""
    return [*map(_line_facts, before.lines)] != [*map(_line_facts, after.lines)]


def _approval(line: PricedLine) -> str:
    """The approvals that a line stands on, as one text."""
    given: tuple[Markdown | PriceOverride | None, ...] = (line.line.override, line.line.markdown)
    if given == (None, None):
        return ""
    return "+".join(each.approval for each in given if each is not None and each.approval)


def _stands_on(line: PricedLine) -> list[object]:
    """What must stay for an approval given already: of a price by hand the price, of a discount also what it takes."""
    markdown = line.line.markdown
    facts = _line_facts(line)
    return facts if markdown is not None and markdown.approval else facts[:-1]


def _line_facts(line: PricedLine) -> list[object]:
    """What of a line an approval covers: the thing, how much of it, its price, and what is taken off."""
    one = line.line
    return [
        [one.item, one.scanned, one.name, list(one.serials), list(one.taxes)],
        [one.quantity.thousandths, one.quantity.unit.value, one.unit_price, line.extended],
        None if one.override is None else one.override.was,
        [[each.source.value, each.id, each.amount] for each in line.discounts if each.source not in _OF_THE_RECEIPT],
    ]


# Their shares move with every other line: the receipt's own approval covers them all, and points are the customer's.
_OF_THE_RECEIPT = frozenset({DiscountSource.RECEIPT, DiscountSource.POINTS})
