"""Quick keys: pages of buttons as the shop arranged them."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

PAGES_MAX = 12
KEYS_MAX = 40
LABEL_MAX = 24
# Names of the palette; empty is none. A colour never says anything alone: the label stands on every key.
COLOURS = ("", "red", "orange", "yellow", "green", "teal", "blue", "purple", "brown", "grey")


class KeyKind(StrEnum):
    """What a key does: ring up an item, or what an action of the program does."""

    ITEM = "item"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class QuickKey:
    """One button. `position` counts from 1 by rows; empty `label` and `icon` are those of the item or action."""

    position: int
    kind: KeyKind
    target: str
    label: str = ""
    colour: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One page with its name and its keys by position."""

    name: str
    keys: tuple[QuickKey, ...] = ()


def wrong_key(pages: tuple[KeyPage, ...]) -> str | None:
    """What of this arrangement cannot be, as a word of it; None where all of it can."""
    if len(pages) > PAGES_MAX:
        return str(len(pages))
    for page in pages:
        if not _readable(page.name) or not page.name.strip():
            return page.name[:LABEL_MAX] or "–"
        positions = [key.position for key in page.keys]
        for key in page.keys:
            placed = 1 <= key.position <= KEYS_MAX and positions.count(key.position) == 1
            if not placed or not key.target or not _readable(key.label) or key.colour not in COLOURS:
                return (key.label or key.target)[:LABEL_MAX] or "–"
    return None


def _readable(label: str) -> bool:
    return len(label) <= LABEL_MAX and label.isprintable()
