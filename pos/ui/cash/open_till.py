"""Opening the till: how much cash lies in it before the first sale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import AmountField
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.sounds import Sound, Sounds
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import Wording
from pos.workstation import Workstation


class OpenTillScreen(TwoColumns):
    """The float, and nothing else. Signals: opened() the till is open."""

    words: Wording
    opened = Signal()

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds) -> None:
        super().__init__("open_till", words, sounds)
        self._workstation = workstation
        self._open = self.add_key("open", ["F12", "Return", "Enter"], self._open_till, in_key_bar=False, primary=True)
        self._take = self.add_key("take", "F2", self._take_proposed)
        self._proposed = Money(0, self._currency)
        self._clear = self.add_key("clear", "Esc", lambda: self.float_field.clear_entry())
        self._fill_left()
        self._fill_right()
        self.set_entry(self.float_field)
        self.retranslate()

    def _fill_left(self) -> None:
        self.float_field = AmountField(self._typed)
        self.float_field.setObjectName("open_till.float.amount")
        self._why = EmptyState("point_of_sale")
        card = Card("plain", padding=8)
        card.column.addWidget(self._why)
        self.take_button = self.button("check", self._take, "float", "take")
        card.column.addWidget(self.take_button)
        self.left.addWidget(card, 1)
        self.left.addWidget(self.float_field)

    def _fill_right(self) -> None:
        self.keypad = Keypad(left="decimal")
        self.keypad.digit.connect(lambda digit: self._pad(lambda: self.float_field.add_digit(digit)))
        self.keypad.decimal.connect(lambda: self._pad(self.float_field.add_decimal))
        self.keypad.backspace.connect(lambda: self._pad(self.float_field.take_back))
        self.right.addWidget(self.keypad, 1)
        self.open_button = self.add_primary("lock_open", self._open, "till", "open")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Open the till")

    @property
    def context(self) -> str:
        return self.words.say("Workstation {number}", number=self._workstation.desk.number)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._open.setText(say("Open the till"))
        self._clear.setText(say("Clear the amount"))
        self._show_proposed()
        self._why.set_words(say("The till is closed"), say("Count the cash that lies in it and type the sum."))
        self.float_field.set_words(say("Cash in the till"), say("The float before the first sale"))
        self.float_field.set_shown(self._typed, exponent_of(self._currency))
        self.keypad.set_decimal_sign(self.words.decimal_sign)
        self.keypad.set_names(backspace=say("Take back the last digit"), decimal=say("Decimal sign"))

    def enter(self) -> None:
        self.banner.hide()
        self.float_field.clear_entry()
        self._proposed = self._workstation.tills.proposed_float()
        self._show_proposed()

    def scanned(self) -> None:
        self._say_no(self.words.refusal(Refused(Code.TILL_CLOSED)))

    def _show_proposed(self) -> None:
        """What the last close left, or the shop's rule says; nothing is no proposal."""
        proposed = self._proposed.minor > 0
        self._take.setText(self.words.say("As it was left: {amount}", amount=self.words.money(self._proposed)))
        self._take.setVisible(proposed)
        self.take_button.setVisible(proposed)
        self.frame_changed.emit()

    def _take_proposed(self) -> None:
        self.float_field.set_entry(self._proposed.text())
        self.focus_entry()

    @property
    def _currency(self) -> str:
        return self._workstation.desk.rules.currency

    def _typed(self, entry: str) -> str:
        return self.words.money(Money.read(entry.rstrip(".") or "0", self._currency))

    def _pad(self, press: Callable[[], None]) -> None:
        press()
        self.focus_entry()

    def _open_till(self) -> None:
        try:
            amount = Money.read(self.float_field.entry.rstrip(".") or "0", self._currency)
            answer = self._workstation.tills.open_till(amount.minor)
        except KnownError as error:
            self._say_no(self.words.trouble(error))
            return
        except AmountUnreadable:
            answer = Refused(Code.AMOUNT_INVALID, {"amount": self.float_field.text()})
        # Another program, or this one before, may have opened it: that is what was wanted.
        if isinstance(answer, Refused) and answer.code is not Code.TILL_OPEN:
            self._say_no(self.words.refusal(answer))
            return
        self.opened.emit()

    def _say_no(self, sentence: str) -> None:
        self.banner.show_message(sentence, "", "bad")
        self._sounds.play(Sound.ATTENTION)
        self.focus_entry()
