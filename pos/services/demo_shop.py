"""The demo shop: an invented shop with its people and their PINs and badges, to try the program on.

What it sells stands in `demo_items`, who works there in `demo_people`;
the week it sold before it was founded is made by `demo_week`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.domain.customer import Customer
from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCardKind
from pos.domain.shop import Mode, ReceiptTexts, ShopRules
from pos.domain.staff import Role
from pos.domain.suggestion import SuggestionPair, Trigger
from pos.domain.tax import PriceMode, TaxRate
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import OpenShop, shop_exists
from pos.services.demo_items import DEMO_ITEMS, demo_gtin
from pos.services.demo_people import DEMO_BADGES, DEMO_PINS, DEMO_STAFF, DEMO_WAYS_IN
from pos.services.demo_promotions import demo_promotions
from pos.services.demo_week import first_moment, sell_a_week, sold_by_hand
from pos.services.desk import Clock
from pos.services.gift_card_import import NewGiftCard
from pos.services.shops import NewStaff, found_shop
from pos.settings import DEMO_SHOP

__all__ = [
    "DEMO_BADGES",
    "DEMO_ITEMS",
    "DEMO_PINS",
    "DEMO_RULES",
    "DEMO_STAFF",
    "DEMO_WAYS_IN",
    "demo_gtin",
    "open_or_found",
]

DEMO_RULES = ShopRules(
    name="Alder & Co.",
    store="0142",
    currency="USD",
    timezone="America/New_York",
    region="US",
    language="en",
    price_mode=PriceMode.TAX_ADDED,
    tax_rates=(TaxRate("standard", 72_500), TaxRate("food", 0), TaxRate("meals", 92_500)),
    # A point a dollar, a cent a point; the staff's own purchases at 15 % off.
    points_every=100,
    point_worth=1,
    staff_discount=150_000,
    # 200 dollars stay for the next day; above a thousand the till asks for a pickup.
    next_float=20_000,
    drawer_limit=100_000,
    receipt=ReceiptTexts(
        header=("14 Harbor Street", "Port Alder", "Open every day, 8 to 20"),
        policy=(
            "Returns: 30 days with this receipt.",
            "Fresh food: 2 days.",
        ),
        footer=("Thank you. See you soon!",),
    ),
)

DEMO_CUSTOMERS = (
    Customer(
        "C1",
        "Eleanor Marsh",
        "555-0142",
        "eleanor@example.com",
        "KC-1000-0001",
        "",
        "gold",
        points=640,
        account_limit=50_000,
    ),
    Customer("C2", "Tomáš Dvořák", "+420 777 000 142", card="KC-1000-0002", tier="silver", language="cs", points=85),
    Customer("C3", "Elin Bergström", "+46 70 000 01 42", card="KC-1000-0003", group="book club", language="sv"),
    Customer("C4", "Maya Reyes", card="KC-1000-0004", group="staff", staff="101"),
)

DEMO_PAIRS = (SuggestionPair(0, Trigger.ITEM, "3001", "3002", "Paper filters go with the kettle"),)

# As a till before this one sold them, with what is left on each; the last one is for the rack.
DEMO_GIFT_CARDS = (
    NewGiftCard("6006490000000000024", 2_500),
    NewGiftCard("6006490000000000016", 800, pin="4711"),
    NewGiftCard("6006490000000000032", 10_000, disabled=True),
    NewGiftCard("6006490000000000040", 1_840, GiftCardKind.STORE_CREDIT),
    NewGiftCard("6006490000000000057", 0, unsold=True),
)


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that says one moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def open_or_found(home: Path, clock: Clock | None = None) -> Path:
    """The demo shop's folder under `home`; the shop is founded there if it is missing.

    Two programs that found it at the same moment end up in the same shop. Raises KnownError (a full disk …).
    """
    folder = home / DEMO_SHOP
    if shop_exists(folder):
        return folder
    now = datetime.now(UTC) if clock is None else clock.now()
    cashiers = [person for person in DEMO_STAFF if person.role == Role.CASHIER]
    manager = next(person for person in DEMO_STAFF if person.role == Role.MANAGER)
    sold = [item for item in DEMO_ITEMS if sold_by_hand(item)]

    def begin(shop: OpenShop) -> None:
        sell_a_week(shop, DEMO_RULES, manager=manager, delivered=DEMO_ITEMS, staff=cashiers, items=sold, now=now)

    try:
        found_shop(
            folder,
            DEMO_RULES,
            mode=Mode.DEMO,
            clock=_At(first_moment(now)),
            workstation=1,
            staff=[NewStaff(person, DEMO_PINS[person.id], DEMO_BADGES[person.id]) for person in DEMO_STAFF],
            items=DEMO_ITEMS,
            customers=DEMO_CUSTOMERS,
            gift_cards=DEMO_GIFT_CARDS,
            suggestions=DEMO_PAIRS,
            promotions=demo_promotions(now.astimezone(ZoneInfo(DEMO_RULES.timezone))),
            begin=begin,
        )
    except (KnownError, OSError) as error:
        lost_the_race = not isinstance(error, KnownError) or error.trouble is Trouble.SHOP_EXISTS
        if not (lost_the_race and shop_exists(folder)):
            raise
    return folder
