"""No tax on the open sale: the number of a certificate, scanned or typed, and what the sale then comes to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.fields import ScanField
from pos.ui.shared.text import Label
from pos.wording import Wording


class ExemptPanel(QWidget):
    """Signals: given(str) the certificate's number, empty to charge the tax again; left()."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName("pay.exempt.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("verified", 24, colour="primary_text"))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self.field = ScanField(icon="badge")
        self.field.edit.setObjectName("pay.exempt.certificate")
        self._sums = Card("sunken", padding=14, spacing=4)
        self._without = Label("", 22, 680, wrap=True)
        self._instead = Label("", 15, 450, tone="text2", wrap=True)
        self._sums.column.addWidget(self._without)
        self._sums.column.addWidget(self._instead)
        self._how = Label("", 15, 450, tone="text2", wrap=True)
        self.again_button = ActionButton("", "undo", height=48, px=16)
        self.again_button.setObjectName("pay.exempt.again")
        self.again_button.clicked.connect(lambda: self.given.emit(""))
        self.give_button = ActionButton("", "check", kind="primary", height=76, key="Enter")
        self.give_button.setObjectName("pay.exempt.give")
        self.give_button.clicked.connect(lambda: self.confirm())
        column.addLayout(head)
        for widget in (self.field, self._sums, self._how):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.again_button)
        column.addWidget(self.give_button)

    @property
    def said(self) -> str:
        """The two sums, in words."""
        return self._sums.accessibleName()

    def retranslate(self, words: Wording) -> None:
        say = words.say
        self._title.setText(say("Tax exempt: which certificate?"))
        self.setAccessibleName(self._title.text())
        self.close_button.set_name(say("Leave"), "Esc")
        self.field.set_words(say("Scan or type its number"))
        self._how.setText(say("The number stands on the receipt and with the sale."))
        self.again_button.set_text(say("Charge the tax again"))
        self.give_button.set_text(say("Charge no tax"))

    def begin(self, certificate: str, without: str, instead: str) -> None:
        """Open it; the sums are what the sale comes to, in words."""
        self.field.set_text(certificate)
        self.field.edit.selectAll()
        self.again_button.setVisible(bool(certificate))
        self._without.setText(without)
        self._instead.setText(instead)
        self._sums.setAccessibleName(f"{without}, {instead}")
        self.show()

    def unfinished(self) -> str:
        """What was typed so far, so that it outlives another language."""
        return self.field.text

    def take_up(self, unfinished: str) -> None:
        """Go on with what `unfinished` told."""
        self.field.set_text(unfinished)

    def confirm(self) -> None:
        """Enter: take what stands there; nothing stands for nothing."""
        if text := self.field.text.strip():
            self.given.emit(text)
