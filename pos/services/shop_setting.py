"""What a setting of the shop is: its name, its words, how it is read and put."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.refusal import Refused
from pos.domain.shop import ShopRules

# What a setting may hold: one line, several lines, or a whole number.
Value = str | int | tuple[str, ...]


class Kind(StrEnum):
    """How a setting is written."""

    TEXT = "text"
    LINES = "lines"
    CODE_RULES = "code_rules"
    RATES = "rates"
    CHOICE = "choice"
    MONEY = "money"
    PERCENT = "percent"
    TENDERS = "tenders"


@dataclass(frozen=True, slots=True)
class ShopSetting:
    """One rule of the shop: its name, where it stands, its words, and what it may be.

    Money is in minor units, a rate in millionths; `least` and `most` count characters of a text. `label` and
    `meaning` are messages. `check` says why it may not be that, where no kind of setting knows.
    """

    name: str
    page: str
    kind: Kind
    label: str
    meaning: str
    get: Callable[[ShopRules], Value]
    put: Callable[[ShopRules, Any], ShopRules]
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    check: Callable[[Value], Refused | None] | None = None
