"""The locked till: an opaque ground, a keypad, and nothing of the sale but that it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, badge_of
from pos.domain.trouble import KnownError
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Avatar, Card
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.pin import PinField
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound, Sounds
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation

_CARD_WIDTH = 500
# Two lines: what is said there may be a refusal, and nothing moves when it is.
_SAID_HEIGHT = 44


class LockScreen(Screen):
    """Signals: unlocked() who locked it is back; other_wanted() somebody else wants to; other_came() and has."""

    words: Wording
    unlocked = Signal()
    other_wanted = Signal()
    other_came = Signal()

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds) -> None:
        super().__init__("lock", words)
        self._workstation = workstation
        self._sounds = sounds
        self._locked_by: Operator | None = None
        self._refusal = ""
        set_ground(self, "rail")
        self._unlock = self.add_key("unlock", ["Return", "Enter", "F12"], self.submit)
        self._other = self.add_key("other", "F6", self.other_wanted.emit)
        self._over = self.add_key("take_over", "F7", self._take_over)
        self._over.setEnabled(False)
        self.add_key("clear", "Esc", self._clear, in_key_bar=False)
        self._build()
        self.set_entry(self.pin)
        self.retranslate()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        self.card = Card("plain", padding=24, spacing=8)
        self.card.setFixedWidth(_CARD_WIDTH)
        row.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)
        self._avatar = Avatar("", 64)
        self._title = Label("", 22, 680)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said = Label("", 15, 450, tone="text2", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setMinimumHeight(_SAID_HEIGHT)
        self.pin = PinField()
        self.pin.setObjectName("lock.pin.digits")
        self.pin.changed.connect(self._pin_changed)
        self.keypad = Keypad(left="clear")
        self.keypad.digit.connect(self._digit)
        self.keypad.backspace.connect(self.pin.take_back)
        self.keypad.clear.connect(self._clear)
        self.other_button = ActionButton("", "group", height=56)
        self.other_button.setObjectName("lock.foot.other")
        self.other_button.follow(self._other)
        # In the place of the one beside it for as long as it can be used: nothing else moves.
        self.over_button = ActionButton("", "pause_circle", height=56)
        self.over_button.setObjectName("lock.foot.take_over")
        self.over_button.follow(self._over)
        self.over_button.hide()
        self.unlock_button = ActionButton("", "lock_open", kind="primary", height=56)
        self.unlock_button.setObjectName("lock.foot.unlock")
        self.unlock_button.follow(self._unlock)
        column = self.card.column
        column.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._title, self._said, self.pin, self.keypad):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.other_button, 1)
        foot.addWidget(self.over_button, 1)
        foot.addWidget(self.unlock_button, 1)
        column.addSpacing(4)
        column.addLayout(foot)

    @property
    def said(self) -> str:
        """What stands under the name."""
        return self._said.text()

    def retranslate(self) -> None:
        say = self.words.say
        self._unlock.setText(say("Unlock"))
        self._other.setText(say("Other user"))
        self._over.setText(say("Suspend it and sign in"))
        self.keypad.set_names(backspace=say("Take back the last digit"), clear=say("Clear what was typed"))
        self._pin_changed()
        self._refusal = ""
        self._show()

    def enter(self) -> None:
        self._locked_by = self._workstation.sign_on.locked_by
        self.pin.clear()
        self._refusal = ""
        self._offer(offered=False)
        self._show()
        announce(self)

    def take_scan(self, code: str) -> bool:
        """A badge unlocks; any other scan is no PIN: what was typed is dropped, nothing is added, and that is said."""
        self.pin.clear()
        if badge := badge_of(code):
            self._try(partial(self._workstation.sign_on.switch_by_badge, badge))
            return True
        self._say_no(self.words.say("Unlock first. The scan was not used."))
        return True

    def submit(self) -> None:
        digits = self.pin.take()
        self.focus_entry()
        if not digits:
            return
        self._try(partial(self._workstation.sign_on.unlock, digits))

    def _try(self, sign_on: Callable[[], Operator | Refused]) -> None:
        self._offer(offered=False)
        try:
            answer = sign_on()
        except KnownError as error:
            self._say_no(self.words.trouble(error))
            return
        if isinstance(answer, Refused):
            self._refuse(answer)
        elif self._locked_by is not None and answer.id != self._locked_by.id:
            self.other_came.emit()
        else:
            self.unlocked.emit()

    def _take_over(self) -> None:
        """The sale of who locked waits like any suspended one, and whose badge was scanned goes on here."""
        self._try(partial(self._workstation.sign_on.take_over, self._workstation.suspended))

    def _offer(self, *, offered: bool) -> None:
        """What was offered to one person is not there for the next."""
        self._over.setEnabled(offered)
        self.over_button.setVisible(offered)
        self.other_button.setVisible(not offered)

    def _refuse(self, refused: Refused) -> None:
        self._say_no(self.words.refusal(refused))
        self._offer(offered=refused.code is Code.SALE_OF_ANOTHER)
        if refused.code is Code.NOT_SIGNED_ON:
            self.other_wanted.emit()

    def _say_no(self, sentence: str) -> None:
        self._refusal = sentence
        self._show()
        announce(self._said)
        self._sounds.play(Sound.ATTENTION)

    def _show(self) -> None:
        name = self._locked_by.name if self._locked_by is not None else ""
        self._avatar.set_name(name)
        title = self.words.say("Locked by {name}", name=name)
        self._title.setText(title)
        said = self._refusal or self._sale_said()
        self._said.set_tone("bad" if self._refusal else "text2")
        self._said.setText(said)
        self._said.setAccessibleName(said)
        self.setAccessibleName(f"{title}. {said}")
        self.pin.setAccessibleName(self.words.say("{name}, enter your PIN", name=name.split()[0] if name else ""))

    def _sale_said(self) -> str:
        view = self._workstation.sale.view
        if view.empty:
            return self.words.say("No sale is open.")
        total = self.words.money(Money(view.priced.total, view.priced.currency))
        return self.words.count(
            "The sale is kept: {n} line, {total}.",
            "The sale is kept: {n} lines, {total}.",
            len(view.priced.lines),
            total=total,
        )

    def _digit(self, digit: str) -> None:
        self.pin.add(digit)
        self.focus_entry()

    def _clear(self) -> None:
        self.pin.clear()
        self._refusal = ""
        self._offer(offered=False)
        self._show()
        self.focus_entry()

    def _pin_changed(self) -> None:
        typed = self.words.count("{n} digit typed", "{n} digits typed", self.pin.count)
        self.pin.setAccessibleDescription(typed)
