"""What a step of the set-up is: it shows its part of the new shop, reads it back, and knows its fields."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.new_shop import NewShop, ShopField
from pos.wording import Wording


class Step(QWidget):
    """One window of the set-up.

    Signals: changed() a person changed something; proposed(object) a `NewShop` in which a choice changed what others
    are proposed to be; no(object) the Refused or KnownError that something chosen here met.
    """

    no = Signal(object)
    changed = Signal()
    proposed = Signal(object)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self.words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    @property
    def title(self) -> str:
        """The heading, and the step's line in the list at the left."""
        return ""

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        """What is asked for here, and where the focus goes when it is refused."""
        return {}

    def show_shop(self, new: NewShop) -> None:
        """Show what was filled in so far."""

    def read(self, new: NewShop) -> NewShop:
        """The shop with what stands here now."""
        return new

    def retranslate(self) -> None:
        """Say every word anew from `self.words`."""

    def enter(self) -> None:
        """The step is shown: the focus goes to its first field."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
