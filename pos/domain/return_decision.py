"""The answer to a return: per line and as a whole, every reason with the facts that decided it, and the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity
from pos.domain.names import StrEnum
from pos.domain.policy_rule import own_words
from pos.domain.refusal import Code
from pos.domain.tax import LineTax


class Verdict(StrEnum):
    """What becomes of a line, the mildest first. PARTIAL is only said of a whole return."""

    ALLOWED = "allowed"
    NEEDS_APPROVAL = "needs_approval"
    EXCHANGE_ONLY = "exchange_only"
    REFUSED_OVERRIDABLE = "refused_overridable"
    STATUTORY_CLAIM = "statutory_claim"
    REFUSED = "refused"
    PARTIAL = "partial"


class Effect(StrEnum):
    """What a reason does."""

    REFUSES = "refuses"
    APPROVAL = "approval"
    EXCHANGE_ONLY = "exchange_only"
    CLAIM = "claim"
    VALUE = "value"
    TENDER = "tender"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest change that would make it a yes: a code with facts; the sentence stands in the words table.

    `change` says what to do to the request in its own field names ("quantity": "1", "refund_to": "store_credit"), so
    that a remedy offered can be tried.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    change: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke: `line` is the receipt's (or the request's place from 1 without a receipt), 0 for the whole.

    `rule` is the policy's id of it, or the name of a law or hard stop. `value` and `limit` are what was held against
    each other, in the measure of the code (days, minor units, thousandths, words). `remaining` is what is left of a
    limit; `possible_from` the day from which it would be a yes. `overridable`: somebody may decide otherwise.
    `words` are the policy's own: by "cashier" or "customer", with a language behind a point where one is named.
    """

    code: Code
    effect: Effect
    rule: str
    line: int = 0
    overridable: bool = False
    value: object = None
    limit: object = None
    remaining: object = None
    possible_from: date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    remedy: Remedy | None = None
    role: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the line is no plain yes because of it."""
        return self.effect in {Effect.REFUSES, Effect.APPROVAL, Effect.EXCHANGE_ONLY, Effect.CLAIM}

    def said(self, to: str, language: str) -> str:
        """The policy's own words to "cashier" or "customer" in that language, or in none named; empty where none."""
        return own_words(self.words, to, language)


@dataclass(frozen=True, slots=True)
class Deduction:
    """Money kept back, under its own code, in minor units; never a lower line price."""

    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What becomes of one line. Money in minor units: `merchandise` without tax and `tax` come back for it, `fee` and
    `fee_tax` are kept; all 0 while nothing is allowed. `place` is the line's place in the request, from 0.

    `taxes` splits `tax`; their bases are the net that came back. `disposition` is where the goods go, empty
    where they stay with the customer.
    """

    place: int
    line: int
    item: str
    quantity: Quantity
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    merchandise: int = 0
    tax: int = 0
    fee: int = 0
    fee_tax: int = 0
    taxes: tuple[LineTax, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    disposition: str = ""

    @property
    def value(self) -> int:
        """What this line brings the customer."""
        return self.merchandise + self.tax - self.fee - self.fee_tax - sum(one.amount for one in self.deductions)


@dataclass(frozen=True, slots=True)
class RefundTender:
    """Money going out: `kind` of tender (also "mailed_check" and "exchange"), minor units, out of tender `of` of the
    sale (0 where there is none).

    `card` is what may be shown of where it goes, `account` its identity, `attempt` the charge it goes back on, `token`
    what tells the payment card again; `method` is "refund" or "void". `until` is the last day of new store credit where
    the policy gives it one.
    """

    kind: str
    amount: int
    of: int = 0
    type: str = ""
    card: str = ""
    account: str = ""
    attempt: str = ""
    token: str = ""
    method: str = "refund"
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The money of a return, minor units: refund = merchandise + tax − fee − fee_tax − Σ deductions + rounding, and
    that is the sum of the tenders.
    """

    lines: tuple[LineDecision, ...] = ()
    merchandise: int = 0
    tax: int = 0
    fee: int = 0
    fee_tax: int = 0
    deductions: tuple[Deduction, ...] = ()
    rounding: int = 0
    tenders: tuple[RefundTender, ...] = ()

    @property
    def exact(self) -> int:
        """The refund before cash rounding."""
        kept = self.fee + self.fee_tax + sum(one.amount for one in self.deductions)
        return self.merchandise + self.tax - kept

    @property
    def refund(self) -> int:
        return self.exact + self.rounding


@dataclass(frozen=True, slots=True)
class ApprovalNeeded:
    """What somebody would have to agree to: `value` beyond `limit`, by whom (`role` as the policy says, empty for
    anybody who may), and what the options come to: name and refund in minor units, as it was asked for first.
    `recommended` is the one the policy speaks for.
    """

    code: Code
    line: int
    role: str
    value: object
    limit: object
    options: tuple[tuple[str, int], ...]
    recommended: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole answer. `now` is what is paid out at once; `if_approved` what it would be with the approvals needed or
    the override, None where none helps. `reasons` are all there are, those of lines too.

    `policy` and `version` are what it was judged by. `exchange` is what may be taken instead ("same_item",
    "same_family", "any"); `claim` the remedies of the law in their order.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    now: Amounts
    policy: str
    version: int
    if_approved: Amounts | None = None
    approvals_needed: tuple[ApprovalNeeded, ...] = ()
    exchange: str = ""
    claim: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[LineDecision, ...]:
        return self.now.lines
