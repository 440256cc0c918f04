"""What else can pay after a card said no: the ways of the payment, each a key away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.pay.methods import ICONS, SPLIT, Method
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.reach import reach_into_gaps

# Those that need no terminal.
OTHER_WAYS = ("cash", "gift_card", "store_credit", "check", SPLIT)


class OtherWays(QWidget):
    """A button a way; `ways` are their actions and `keep` that of putting the sale aside, of whoever shows this."""

    def __init__(self, ways: Mapping[str, QAction], keep: QAction) -> None:
        super().__init__()
        self.hide()
        icons = {kind.value: icon for kind, icon in ICONS.items()} | {SPLIT: "call_split"}
        self.buttons = {code: ActionButton("", icons[code], align="left", height=60) for code in ways}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for code, button in self.buttons.items():
            button.setObjectName(f"pay.card.{code}")
            button.follow(ways[code])
            column.addWidget(button)
        self.keep = ActionButton("", "pause_circle", align="left", height=60)
        self.keep.setObjectName("pay.card.keep")
        self.keep.follow(keep)
        column.addWidget(self.keep)
        reach_into_gaps(self)

    def show_methods(self, found: Sequence[Method]) -> None:
        """Those the shop takes; what cannot pay just now says why."""
        there = {method.code: method for method in found}
        for code, button in self.buttons.items():
            method = there.get(code)
            button.setVisible(method is not None)
            if method is not None:
                button.set_detail(method.why or method.detail)

    def show_keep(self, *, can: bool, detail: str) -> None:
        """Whether the sale can be put aside, and what that means."""
        self.keep.setVisible(can)
        self.keep.set_detail(detail)
