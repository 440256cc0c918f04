"""A promotion as the shop wrote it: which items, what it gives, to whom, when, how often. Values, no arithmetic."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items: any that one of these words names, or all, less those that one of the `not_` words names."""

    all: bool = False
    items: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    not_items: tuple[str, ...] = ()
    not_departments: tuple[str, ...] = ()
    not_families: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.all or self.items or self.departments or self.families or self.flags)

    @property
    def excludes(self) -> bool:
        """Whether it leaves anything out that it would take by another of its words."""
        return bool(self.not_items or self.not_departments or self.not_families or self.not_flags)

    def leaves_out(self, item: str, department: str, family: str, flags: tuple[str, ...]) -> bool:
        """Whether the item is one of those that are excluded."""
        return (
            item in self.not_items
            or department in self.not_departments
            or family in self.not_families
            or any(flag in self.not_flags for flag in flags)
        )

    def takes(self, item: str, department: str, family: str, flags: tuple[str, ...]) -> bool:
        """Whether an item is one of these."""
        named = (
            self.all
            or item in self.items
            or department in self.departments
            or family in self.families
            or any(flag in self.flags for flag in flags)
        )
        return named and not self.leaves_out(item, department, family, flags)


ALL_ITEMS = Selection(all=True)


@dataclass(frozen=True, slots=True)
class Reward:
    """What is given, one of the three: a share off (10 % is 100,000 millionths), an amount off, or a new price.

    Amount and price are in minor units: of one unit of an item, or of a whole set or purchase where the kind says so.
    """

    percent_millionths: int | None = None
    amount: int | None = None
    price: int | None = None

    def __post_init__(self) -> None:
        if [self.percent_millionths, self.amount, self.price].count(None) != 2:
            raise ValueError("a reward is a share, an amount or a price")


@dataclass(frozen=True, slots=True)
class Each:
    """Every unit of the items is cheaper."""

    reward: Reward


class GetOf(StrEnum):
    """Which pieces the reward of a buy-and-get falls on."""

    SAME = "same"
    CHEAPEST = "cheapest"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class BuyGet:
    """Of every `buy` + `get` pieces, `get` have the reward: of the same item, the cheapest of the set, or `other` ones.

    The n-th piece at a better price is `buy` n - 1, `get` 1.
    """

    buy: int
    get: int
    reward: Reward
    of: GetOf = GetOf.SAME
    other: Selection | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of these items."""

    count: int
    items: Selection


@dataclass(frozen=True, slots=True)
class Bundle:
    """A set of so many pieces of each part has the reward as a whole. With one part it is mix and match."""

    parts: tuple[Part, ...]
    reward: Reward


class TierBy(StrEnum):
    """What a threshold counts."""

    QUANTITY = "quantity"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Step:
    """From `at_least` on (thousandths of a quantity, or minor units) this is the reward."""

    at_least: int
    reward: Reward


@dataclass(frozen=True, slots=True)
class Tiers:
    """The highest step that the items in the basket reach together; an amount off is given once.

    `every`: an amount off for each full `at_least`. Steps rise.
    """

    by: TierBy
    steps: tuple[Step, ...]
    every: bool = False


Kind = Each | BuyGet | Bundle | Tiers


@dataclass(frozen=True, slots=True)
class Hours:
    """From minute `start` of the day, up to and without minute `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coupon:
    """What must be shown: one of `codes`, or a GS1 global coupon number (13 digits, any serial number behind them).

    `uses` is how many sales one code serves; None: as many as there are.
    """

    codes: tuple[str, ...] = ()
    gs1: tuple[str, ...] = ()
    uses: int | None = 1

    def takes(self, code: str) -> bool:
        """Whether this is one of them, as `coupon_key` spells it."""
        return code in self.codes or any(code.startswith(number) for number in self.gs1)


@dataclass(frozen=True, slots=True)
class Conditions:
    """When it holds and for whom. `starts` and `ends` are on the shop's clock, `ends` the first moment it is over.

    `weekdays` count from 0, Monday; empty is every day, as empty `hours`, `tiers` and `groups` ask nothing.
    """

    starts: datetime | None = None
    ends: datetime | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[Hours, ...] = ()
    tiers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    coupon: Coupon | None = None


NO_CONDITIONS = Conditions()


@dataclass(frozen=True, slots=True)
class Promotion:
    """One version of a promotion. `name` stands on the receipt; `names` and `says` are (language, words) for people.

    Promotions of one `group` exclude each other on a piece: it takes part in one of them, and of all ways to share the
    pieces out the one that is best for the customer holds. Groups follow each other by `priority`, the highest first,
    each on what the ones before left of the price. A promotion that is `combinable` is a group of its own.
    `limit` is how many times it is given a receipt: pieces, sets or amounts; None: no limit. With a coupon it is for
    each code shown.
    """

    id: str
    name: str
    kind: Kind
    items: Selection = ALL_ITEMS
    version: int = 1
    names: tuple[tuple[str, str], ...] = ()
    says: tuple[tuple[str, str], ...] = ()
    conditions: Conditions = NO_CONDITIONS
    limit: int | None = None
    group: str = ""
    combinable: bool = False
    priority: int = 0
    active: bool = True

    @property
    def parts(self) -> tuple[Selection, ...]:
        """The items of each part. A piece counts for the first part that takes it."""
        if isinstance(self.kind, Bundle):
            return tuple(part.items for part in self.kind.parts)
        if isinstance(self.kind, BuyGet) and self.kind.other is not None:
            return (self.items, self.kind.other)
        return (self.items,)

    @property
    def named_items(self) -> set[str]:
        """The ids of every item it speaks of."""
        return {item for part in self.parts for item in (*part.items, *part.not_items)}

    @property
    def rank(self) -> tuple[int, str]:
        """Before which others it stands where nothing else decides: the higher priority, then the id."""
        return (-self.priority, self.id)

    def name_in(self, language: str) -> str:
        """Its name in this language, or the one that stands on the receipt."""
        return dict(self.names).get(language, self.name)

    def say_in(self, language: str) -> str:
        """What may be said about it: in this language, or in the first it was written in; empty where nothing was."""
        return dict(self.says).get(language, next((words for _, words in self.says), ""))


def coupon_key(code: str) -> str:
    """A coupon's code in its one spelling: without blanks, in capitals, without what GS1 writes before the number."""
    spelled = "".join(code.split()).upper()
    for before in ("]C1", "]E0", "]D2", "]Q3"):
        spelled = spelled.removeprefix(before)
    if spelled.startswith("(255)"):
        return spelled[5:]
    # GS1: 255, thirteen digits with their check digit, and a serial number of up to twelve.
    long = spelled.isascii() and spelled.isdigit() and 16 <= len(spelled) <= 28
    return spelled[3:] if long and spelled.startswith("255") else spelled


class WhyNot(StrEnum):
    """Why a promotion whose items are in the basket gave nothing."""

    NOT_YET = "not_yet"
    NOT_TODAY = "not_today"
    NOT_THIS_HOUR = "not_this_hour"
    NEEDS_TIER = "needs_tier"
    NEEDS_GROUP = "needs_group"
    NEEDS_COUPON = "needs_coupon"
    NEEDS_MORE = "needs_more"
    NO_BETTER = "no_better"
    OTHER_BETTER = "other_better"


@dataclass(frozen=True, slots=True)
class Applied:
    """A promotion that gave something: `amount` in minor units, and which line (from 0) had how much of it.

    `times` is how often it was given, `limited` whether its limit stopped it there. `beat` are (promotion, amount) of
    others of its group that would have given this much had they stood alone.
    """

    promotion: Promotion
    amount: int
    times: int
    lines: tuple[tuple[int, int], ...]
    limited: bool = False
    beat: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A promotion that gave nothing although its items are here. `facts` by reason:

    NOT_YET `starts` · NOT_TODAY `weekdays` · NOT_THIS_HOUR `hours` · NEEDS_TIER `tiers` · NEEDS_GROUP `groups` ·
    OTHER_BETTER `by` (ids of those that took its pieces), `would` (what it would have given alone, minor units).
    """

    promotion: Promotion
    why: WhyNot
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OneMore:
    """What a little more would bring: `missing` of `items` (thousandths), or `missing_amount` in minor units.

    `saves` is how much more is then taken off, in minor units, if what is added costs as little as what is there;
    None where nothing of it is there to tell by.
    """

    promotion: Promotion
    items: Selection
    missing: int = 0
    missing_amount: int = 0
    saves: int | None = None
