"""Steps about what lies in the shop: goods that came back opened go on the shelf as an item of their own."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.script.fields import Part


@dataclass(frozen=True, slots=True)
class ShelveOpenBox:
    """So many of `item` that came back opened, sold at `price` from now on; amounts as typed."""

    item: str
    price: str
    quantity: str


def read_open_box(body: Part, common: tuple[str, ...]) -> ShelveOpenBox:
    """Raises ScriptError."""
    body.keys(("item", "price", "qty", *common))
    return ShelveOpenBox(body.needed("item"), body.needed("price"), body.text("qty") or "1")
