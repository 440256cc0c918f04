"""The kinds of rules that say whether goods come back, each with its named fields. What they mean stands in
`return_windows` and `return_judging`; docs/return-policy.md says it to the shop.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Rule


class Answer(StrEnum):
    """What a rule says where it does not simply say yes."""

    DENY = "deny"
    MANAGER = "manager"
    EXCHANGE = "exchange"
    SAME_FAMILY = "same_family"
    SAME_ITEM = "same_item"
    STORE_CREDIT = "store_credit"
    LOWEST = "lowest_price"


class Per(StrEnum):
    """By what a counter tells somebody again."""

    ID = "id"
    CUSTOMER = "customer"
    CARD = "card"
    PURCHASE = "purchase"


class Begins(StrEnum):
    """From which day a window counts; without a delivery it is the sale's. FIRST_SALE: of goods got in an exchange the
    day of the sale they were exchanged for.
    """

    SALE = "sale"
    DELIVERY = "delivery"
    FIRST_SALE = "first_sale"


@dataclass(frozen=True, slots=True)
class LateStep:
    """What holds after a window: up to `days` from its beginning, None for ever. `look_back` is for the lowest price:
    so many days before today, None since the sale.
    """

    answer: Answer
    days: int | None = None
    look_back: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Rule):
    """So many days the goods may come back, None for ever; afterwards `after` in its order, and then no.

    `inclusive`: day `days` is still in time. `business_days`: a last day that is no business day moves to the next
    one. `cap`: no other rule makes it longer.
    """

    KEY: ClassVar[str] = "window"

    days: int | None
    begins: Begins = Begins.SALE
    inclusive: bool = True
    business_days: bool = False
    cap: bool = False
    after: tuple[LateStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Rule):
    """So many days more on whatever window holds, caps apart."""

    KEY: ClassVar[str] = "extension"

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Season(Rule):
    """What was sold on the days of its scope may come back until `return_by`: where `later_of`, if that is later than
    the window, else in place of it.
    """

    KEY: ClassVar[str] = "season"

    return_by: date
    later_of: bool = True
    after: tuple[LateStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsFrom(Rule):
    """The days of every window count from `day` where that is later than the day they would count from."""

    KEY: ClassVar[str] = "counts_from"

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalSale(Rule):
    """Goods sold as final: all of its scope, or where that names no goods those the receipt calls a final sale."""

    KEY: ClassVar[str] = "final_sale"

    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class NonReturnable(Rule):
    """A kind of goods that is not taken back."""

    KEY: ClassVar[str] = "non_returnable"

    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReturn(Rule):
    """The shop gives no right of return for this (a change of mind, where the law asks for none)."""

    KEY: ClassVar[str] = "no_return"

    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSeller(Rule):
    """Goods somebody else sold: another banner, a marketplace."""

    KEY: ClassVar[str] = "other_seller"

    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeOnly(Rule):
    """No money: the same thing, the same family, or anything instead; `same_or_more`: of at least what came back."""

    KEY: ClassVar[str] = "exchange_only"

    answer: Answer = Answer.EXCHANGE
    same_or_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRule(Rule):
    """The states goods may come back in; for another `answer`. `noted`: somebody has to look first."""

    KEY: ClassVar[str] = "condition"

    accept: frozenset[str]
    answer: Answer = Answer.DENY
    noted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRule(Rule):
    """The proofs of purchase that are enough; for another, or none, `answer`."""

    KEY: ClassVar[str] = "proof"

    accept: frozenset[str]
    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True)
class Rolling:
    """At most this much within the last `days` days, today counted: money in minor units, returns, pieces; None for no
    bound. `answer` is for what goes beyond.
    """

    days: int
    amount: int | None = None
    times: int | None = None
    pieces: int | None = None
    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReceipt(Rule):
    """Goods of no known sale are taken back, within `limits` for whoever can be told again by `per`; `id_needed`: with
    an identity document. What they are worth is another rule's.
    """

    KEY: ClassVar[str] = "no_receipt"

    id_needed: bool = True
    limits: tuple[Rolling, ...] = ()
    per: frozenset[Per] = frozenset({Per.ID, Per.CUSTOMER})


@dataclass(frozen=True, slots=True, kw_only=True)
class IdRule(Rule):
    """An identity document has to be seen, for a refund above `above` (minor units)."""

    KEY: ClassVar[str] = "id_required"

    above: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Rule):
    """The customer signs the shop's copy, for a refund above `above` (minor units)."""

    KEY: ClassVar[str] = "signature"

    above: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDays(Rule):
    """A claim for a defect is settled within so many days from the day after it was made, or sooner by law."""

    KEY: ClassVar[str] = "claim_days"

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCode(Rule):
    """Goods whose product code was cut off."""

    KEY: ClassVar[str] = "missing_code"

    answer: Answer = Answer.SAME_ITEM


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingParts(Rule):
    """Goods without all their parts, where no other rule says what is kept for a part."""

    KEY: ClassVar[str] = "missing_parts"

    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Rule):
    """Something only a person can answer: where the answer is none of `wanted` (not given counts as "no")."""

    KEY: ClassVar[str] = "question"

    ask: str
    wanted: frozenset[str] = frozenset({"yes"})
    answer: Answer = Answer.DENY


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLimit(Rule):
    """A unit is exchanged at most `times` times, and within `days` days of its sale; None for no bound."""

    KEY: ClassVar[str] = "exchange_limit"

    times: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenExchange(Rule):
    """Whether goods replaced even stand for the old ones, with their day, price and tenders; else they are bought anew
    and what came back pays for them. `any_price`: another of the family does too where its price is another.
    """

    KEY: ClassVar[str] = "even_exchange"

    keeps: bool = True
    any_price: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Rule):
    """A manager has to agree, to all of its scope or where one of these holds: the refund of it is above `above` (minor
    units), whoever sold it is at the till, it is the operator's own purchase, the sale is younger than `within`
    minutes, an answer is as `facts` say.
    """

    KEY: ClassVar[str] = "approval"

    above: int | None = None
    same_cashier: bool = False
    own: bool = False
    within: int | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLimit(Rule):
    """How much somebody returns in a while; `note`: it is only said, and stops nothing."""

    KEY: ClassVar[str] = "count_limit"

    limit: Rolling
    per: frozenset[Per] = frozenset({Per.ID, Per.CUSTOMER, Per.CARD})
    without_receipt: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodwill(Rule):
    """Money without goods: up to `most` (minor units) and `share` of what was paid (millionths), and until `days` days
    after the sale; beyond it `answer`.
    """

    KEY: ClassVar[str] = "goodwill"

    most: int | None = None
    share: int | None = None
    days: int | None = None
    answer: Answer = Answer.MANAGER
