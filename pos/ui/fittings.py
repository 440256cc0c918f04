"""What a screen is built with, known to the screens and to the places that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.promotion import Promotion
from pos.settings import MachineSettings
from pos.ui.habits import Habits
from pos.ui.key_map import KeyMap
from pos.ui.printing import Printing
from pos.ui.shared.device_source import DeviceSource
from pos.ui.shared.sounds import Sounds
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.domain.policy_rule import Policy
    from pos.services.policy_cases import CasePlayer


@dataclass(slots=True)
class ItemAtHand:
    """The item that the places about items speak of: one leads to the other with it.

    `id` is empty for an item that is still to be made; `code` is what was scanned for that one.
    """

    id: str = ""
    code: str = ""


@dataclass(slots=True)
class CustomerAtHand:
    """The customer that the places about customers speak of.

    `id` is empty for somebody still to be added; `typed` is what was looked for then and found nobody.
    """

    id: str = ""
    typed: str = ""


@dataclass(slots=True)
class PurchaseAtHand:
    """The purchase that the places about returns speak of: the number of its receipt, empty for none."""

    receipt: str = ""


@dataclass(slots=True)
class PackAtHand:
    """The return whose papers are decided about, and the place to go on at. `open`: its papers wait for it; `receipt`
    is the one in the journal that led here, empty where the return was just completed.
    """

    done: CustomerReturn | None = None
    then: str = "returns"
    open: bool = False
    receipt: str = ""

    def take(self, done: CustomerReturn, then: str) -> None:
        """A return was completed at the place `then`; its papers wait."""
        self.done, self.then, self.open, self.receipt = done, then, True, ""

    def look(self, done: CustomerReturn, receipt: str) -> None:
        """The papers of a return of before are looked at, from its receipt in the journal; they wait for nobody."""
        self.done, self.then, self.open, self.receipt = done, "journal", False, receipt

    def forget(self) -> None:
        """It is decided."""
        self.done, self.open, self.receipt = None, False, ""


@dataclass(slots=True)
class PromotionAtHand:
    """The promotion that the places about promotions speak of.

    `id` is empty for one still to be made; `trial` is one as it stands in the form, to be tried before it holds.
    """

    id: str = ""
    trial: Promotion | None = None


@dataclass(slots=True)
class PolicyAtHand:
    """What is to be switched on as the return policy: its text, what it says and its first day; no text for none."""

    text: str = ""
    draft: Policy | None = None
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class Fittings:
    """What a screen is built with."""

    words: Wording
    workstation: Workstation
    sounds: Sounds
    habits: Habits
    settings: MachineSettings
    printing: Printing | None = None
    devices: DeviceSource | None = None
    keys: KeyMap = field(default_factory=KeyMap)
    item: ItemAtHand = field(default_factory=ItemAtHand)
    customer: CustomerAtHand = field(default_factory=CustomerAtHand)
    purchase: PurchaseAtHand = field(default_factory=PurchaseAtHand)
    promotion: PromotionAtHand = field(default_factory=PromotionAtHand)
    policy: PolicyAtHand = field(default_factory=PolicyAtHand)
    # Who plays the cases of the return policy stands beside the screens: it comes in from whoever starts both.
    cases: Callable[[], CasePlayer] | None = None
    pack: PackAtHand = field(default_factory=PackAtHand)
