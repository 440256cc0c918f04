"""A setting of several lines as a list of cards: one a line, each fault said on its card, added and removed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label


class ListedCard(Card):
    """One line of the setting. Signals: edited() by a person; removed()."""

    edited = Signal()
    removed = Signal()

    def __init__(self, *, padding: int, spacing: int) -> None:
        super().__init__("sunken", padding=padding, spacing=spacing)
        self._said = Label("", 13, 450, tone="bad", wrap=True)

    @property
    def line(self) -> str:
        """The line the setting keeps."""
        raise NotImplementedError

    @property
    def fault(self) -> str:
        """What is wrong with it, in a sentence; empty where nothing is."""
        raise NotImplementedError

    @property
    def fields(self) -> Sequence[QWidget]:
        """What is filled in, the first one first."""
        raise NotImplementedError

    def name(self, number: int) -> None:
        """Tell the card which of them it is."""
        raise NotImplementedError

    def show_fault(self, otherwise: str = "") -> None:
        """Say what is wrong, or nothing; `otherwise` describes the fields where nothing is."""
        before, fault = self._said.text(), self.fault
        self._said.setText(fault)
        self._said.setVisible(bool(fault))
        for field in self.fields:
            field.setAccessibleDescription(fault or otherwise)
        if fault and fault != before:
            announce(self)


Listed = TypeVar("Listed", bound=ListedCard)


class CardList(QWidget, Generic[Listed]):
    """All of them, in their order. `text` is what the setting keeps, a line each.

    Signals: edited() by a person.
    """

    edited = Signal()

    def __init__(self, name: str, add: str, explains: str) -> None:
        """`name` is the button's that adds, `add` what it says, `explains` what then happens."""
        super().__init__()
        self.rows: list[Listed] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column.addLayout(self._list)
        self.add = ActionButton(add, "add", kind="outlined", height=48)
        self.add.setObjectName(name)
        self.add.setAccessibleDescription(explains)
        self.add.clicked.connect(lambda: self._add())
        column.addWidget(self.add)

    @property
    def text(self) -> str:
        return "\n".join(row.line for row in self.rows)

    def set_text(self, text: str) -> None:
        for row in self.rows:
            self._drop(row)
        self.rows = []
        for line in filter(str.strip, text.split("\n")):
            self.put(self.made(line))

    def show_fault(self) -> bool:
        """Lead to the first card that is none; False where all are."""
        bad = next((row for row in self.rows if row.fault), None)
        if bad is not None:
            bad.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bad is not None

    def made(self, line: str) -> Listed:
        """The card of a line; of no line a new one, to be filled in."""
        raise NotImplementedError

    def put(self, row: Listed) -> None:
        """One more, at the end."""
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))
        self._list.addWidget(row)
        self.rows.append(row)
        row.name(len(self.rows))

    def _add(self) -> None:
        row = self.made("")
        self.put(row)
        # Its turn to show would come only after this.
        row.show()
        row.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self, row: Listed) -> None:
        self.rows.remove(row)
        self._drop(row)
        for number, left in enumerate(self.rows, start=1):
            left.name(number)
        self.edited.emit()

    def _drop(self, row: Listed) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
