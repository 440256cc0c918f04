"""What one round of judging a return holds: each line with what is said of it, and what it all comes to in money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pos.domain.disposition import usual_destination
from pos.domain.money import Quantity
from pos.domain.policy_rule import Policy
from pos.domain.refund import Planned
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Amounts, Effect, LineDecision, Reason, Verdict
from pos.domain.return_floors import Right
from pos.domain.return_judging import Said
from pos.domain.return_line import CaseLine
from pos.domain.valued_line import PLAIN, LineAnswer, ValuedLine, ValuedLines

# The mildest first.
SEVERITY = tuple(Verdict)
_IN_THE_WAY = {
    Effect.APPROVAL: Verdict.NEEDS_APPROVAL,
    Effect.EXCHANGE_ONLY: Verdict.EXCHANGE_ONLY,
    Effect.CLAIM: Verdict.STATUTORY_CLAIM,
}
_NOTHING = ValuedLine(0, 0, "", Quantity(0))
_STANDING = frozenset({Effect.REFUSES, *_IN_THE_WAY})


@dataclass(slots=True)
class LineJudged:
    """What is said of one line. `said` is what the rules have against the goods, `reasons` what of it holds with what
    is agreed to, and all the rest. `stopped`: a hard stop; `lawful`: the law gives the right to return it today;
    `defect`: the law answers for its defect, and `claim` are the remedies where that is the answer.
    """

    line: CaseLine
    reasons: list[Reason] = field(default_factory=list)
    worth: LineAnswer = PLAIN
    said: tuple[Said, ...] = ()
    stopped: bool = False
    lawful: bool = False
    defect: Right | None = None
    claim: tuple[str, ...] = ()
    _known: tuple[list[Reason] | None, int, Verdict] = (None, 0, Verdict.ALLOWED)

    @property
    def verdict(self) -> Verdict:
        if self.stopped:
            return Verdict.REFUSED
        # Reasons are only ever added, or put in one's place together.
        known = self._known
        if known[0] is not self.reasons or known[1] != len(self.reasons):
            known = self._known = (self.reasons, len(self.reasons), verdict_of(self.reasons))
        return known[2]


@dataclass(slots=True)
class Round:
    """All that one round found. `whole` are the reasons about all of the return, or about money without goods;
    `with_yes` is how the money would go out, came the lines too that somebody could agree to.
    """

    case: ReturnCase
    policy: Policy
    lines: list[LineJudged]
    whole: list[Reason] = field(default_factory=list)
    valued: ValuedLines = field(default_factory=ValuedLines)
    planned: Planned = field(default_factory=Planned)
    with_yes: Planned = field(default_factory=Planned)

    @property
    def allowed(self) -> tuple[int, ...]:
        """The places of the request that come back now."""
        return tuple(one.line.place for one in self.lines if one.verdict is Verdict.ALLOWED)

    @property
    def some_allowed(self) -> bool:
        """Whether any line comes back now."""
        return any(one.verdict is Verdict.ALLOWED for one in self.lines)

    @property
    def verdict(self) -> Verdict:
        if not self.lines:
            return verdict_of(self.whole)
        found = {one.verdict for one in self.lines}
        if len(found) == 1:
            return next(iter(found))
        return Verdict.PARTIAL if Verdict.ALLOWED in found else min(found, key=SEVERITY.index)

    @property
    def pays(self) -> bool:
        """Whether something comes of it now."""
        return self.some_allowed or (not self.lines and self.verdict is Verdict.ALLOWED)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All of them, each once: by line, then of the whole."""
        of_lines = (reason for one in self.lines for reason in one.reasons)
        return tuple(_once((*of_lines, *self.whole)))

    def amounts(self) -> Amounts:
        """The money that goes out now, with every line asked for."""
        valued = {one.place: one for one in self.valued.lines} if self.pays else {}
        lines = []
        for one in self.lines:
            line, worth = one.line, valued.get(one.line.place)
            comes = one.verdict is Verdict.ALLOWED
            money = worth if worth is not None and comes else _NOTHING
            decided = LineDecision(
                place=line.place,
                line=line.number,
                item=line.sold.item if line.sold is not None else line.asked.item,
                quantity=line.asked.quantity,
                verdict=one.verdict,
                reasons=tuple(_once((*one.reasons, *(said for said in self.whole if said.line == line.number)))),
                disposition=line.asked.disposition or (usual_destination(line.asked.condition) if comes else ""),
                merchandise=money.merchandise,
                tax=money.tax,
                fee=money.fee,
                fee_tax=money.fee_tax,
                taxes=money.taxes,
                deductions=money.deductions,
            )
            lines.append(decided)
        if not self.pays:
            return Amounts(lines=tuple(lines))
        return Amounts(
            lines=tuple(lines),
            merchandise=self.valued.merchandise,
            tax=self.valued.tax,
            fee=self.valued.fee,
            fee_tax=self.valued.fee_tax,
            deductions=self.valued.all_deductions,
            rounding=self.planned.rounding,
            tenders=self.planned.tenders,
        )


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """What these reasons come to: the hardest of them, but a claim of the law goes before the policy's no."""
    found = {_verdict(reason) for reason in reasons if reason.effect in _STANDING}
    if not found:
        return Verdict.ALLOWED
    if Verdict.STATUTORY_CLAIM in found:
        return Verdict.STATUTORY_CLAIM
    return max(found, key=SEVERITY.index)


def _verdict(reason: Reason) -> Verdict:
    if reason.effect is Effect.REFUSES:
        return Verdict.REFUSED_OVERRIDABLE if reason.overridable else Verdict.REFUSED
    return _IN_THE_WAY[reason.effect]


def _once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each reason once; those that say the same of the same line are one."""
    seen: set[tuple[Code, str, int, str]] = set()
    kept = []
    for reason in reasons:
        key = (reason.code, reason.rule, reason.line, f"{reason.value}")
        if key not in seen:
            seen.add(key)
            kept.append(reason)
    return kept
