"""The people of the demo shop, with the PINs and badges its sign-in shows."""

from __future__ import annotations

from pathlib import Path

from pos.domain.staff import Operator, Role
from pos.persistence.shop_folder import shop_exists
from pos.settings import DEMO_SHOP

DEMO_STAFF = (
    Operator("101", "Maya Reyes", Role.CASHIER),
    Operator("102", "Tom Okafor", Role.CASHIER),
    Operator("103", "Lucie Svobodová", Role.CASHIER, language="cs"),
    Operator("104", "Johan Åkesson", Role.CASHIER, language="sv"),
    Operator("201", "Dana Kim", Role.MANAGER),
    Operator("301", "Petr Bílek", Role.OWNER, language="cs"),
)

# The number twice: easy to show and to type. No shop but this one is founded with PINs that anybody knows.
DEMO_PINS: dict[str, str] = {person.id: person.id * 2 for person in DEMO_STAFF}
DEMO_BADGES: dict[str, str] = {person.id: f"KB-DEMO0{person.id}" for person in DEMO_STAFF}
# What the sign-in of this shop shows beside each name: the PIN to type and the badge to scan.
DEMO_WAYS_IN: dict[str, str] = {number: f"{pin} · {DEMO_BADGES[number]}" for number, pin in DEMO_PINS.items()}


def demo_stands(home: Path) -> bool:
    """Whether the demo shop was founded under `home`, so that nothing of what it is founded with has to be loaded."""
    return shop_exists(home / DEMO_SHOP)
