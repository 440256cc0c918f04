"""What can be done with the chosen receipt: one entry a function, each with its key and its button.

To add one: append a `ReceiptAction` in `JournalScreen._actions`; it stands beside the others in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from PySide6.QtGui import QAction, QResizeEvent

from pos.domain.frozen import dataclass
from pos.services.lookup import ReceiptView
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import Wording

_ROOMY = 420


class Offer(Enum):
    """Whether a function is there for a receipt."""

    YES = "yes"
    OFF = "off"
    HIDDEN = "hidden"


def for_any(chosen: ReceiptView | None) -> Offer:
    """Whatever receipt is chosen."""
    return Offer.OFF if chosen is None else Offer.YES


def for_ours(chosen: ReceiptView | None) -> Offer:
    """What this shop wrote itself; of an imported sale nothing is seen of it."""
    return for_any(chosen) if chosen is None or not chosen.imported else Offer.HIDDEN


def for_sale(chosen: ReceiptView | None) -> Offer:
    """The receipt of a sale; of a return nothing is seen of it."""
    return for_ours(chosen) if chosen is None or not chosen.returned else Offer.HIDDEN


def for_standing(chosen: ReceiptView | None) -> Offer:
    """The receipt of a sale that was not taken back."""
    return Offer.OFF if chosen is not None and chosen.voided else for_sale(chosen)


def for_one_that(has: Callable[[str], object]) -> Callable[[ReceiptView | None], Offer]:
    """Only a receipt, by its identity, of which this is so; elsewhere nothing is seen of it."""
    return lambda chosen: Offer.YES if chosen is not None and has(chosen.id) else Offer.HIDDEN


@dataclass(frozen=True, slots=True)
class ReceiptAction:
    """`name` is the key's ("journal.keys.NAME"), `area` and `name` the button's; `said` is looked up in the words."""

    name: str
    key: str
    icon: str
    said: str
    does: Callable[[], object]
    offered: Callable[[ReceiptView | None], Offer] = for_any
    area: str = "paper"
    in_key_bar: bool = True


class ReceiptActions:
    """The keys of the journal that are about one receipt, and their buttons on a shelf."""

    def __init__(self, screen: TwoColumns, actions: Sequence[ReceiptAction]) -> None:
        self._actions = tuple(actions)
        self.keys: dict[str, QAction] = {}
        self.buttons: dict[str, ActionButton] = {}
        for each in self._actions:
            made = screen.add_key(each.name, each.key, each.does, in_key_bar=each.in_key_bar)
            self.keys[each.name] = made
            self.buttons[each.name] = screen.button(each.icon, made, each.area, each.name)
        self.shelf = _Shelf({self.buttons[each.name]: each.icon for each in self._actions})

    def retranslate(self, words: Wording) -> None:
        for each in self._actions:
            self.keys[each.name].setText(words.say(each.said))

    def follow(self, chosen: ReceiptView | None) -> None:
        """Another receipt is chosen, or none."""
        for each in self._actions:
            offer = each.offered(chosen)
            key, shown = self.keys[each.name], offer is not Offer.HIDDEN
            key.setVisible(shown)
            key.setEnabled(offer is Offer.YES)
            self.buttons[each.name].setVisible(shown)


class _Shelf(ButtonShelf):
    """Words before their pictures, where there is not room for both: the receipt above wants its height."""

    def __init__(self, icons: Mapping[ActionButton, str]) -> None:
        super().__init__(list(icons), gap=8)
        self._icons = icons

    def resizeEvent(self, event: QResizeEvent) -> None:
        roomy = self.width() >= _ROOMY
        for button, icon in self._icons.items():
            button.set_icon(icon if roomy else None)
        super().resizeEvent(event)
