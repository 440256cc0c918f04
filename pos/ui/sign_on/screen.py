"""Sign-in: digits go to the PIN at once, also those typed while the books are still being opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.refusal import Code, Refused
from pos.domain.staff import PIN_DIGITS_MIN, Operator, badge_of
from pos.domain.trouble import KnownError
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.pin import PinField
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.ui.sign_on.face import FACE_WIDTH_MAX, FACE_WIDTH_MIN, Face
from pos.ui.sign_on.people import PEOPLE_MAX, PeopleList, PersonRow, person_row
from pos.ui.theme import current

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pos.services.sign_on import SignOn, StaffView
    from pos.services.suspended import Suspended
    from pos.speech import Speech
    from pos.wording import Wording

LANGUAGE_NAMES = (("en", "EN"), ("cs", "CS"), ("sv", "SV"))


class SignInScreen(Screen):
    """Who, and the PIN.

    Signals: signed_in() somebody is; language_chosen(str); theme_toggled(); close_wanted(); wrong() something
    was refused; set_up_wanted(), restore_wanted() the way to a shop of one's own, where it is offered.
    """

    signed_in = Signal()
    language_chosen = Signal(str)
    theme_toggled = Signal()
    close_wanted = Signal()
    wrong = Signal()
    set_up_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__("sign_on", words, parent)
        self._wording: Wording | None = None
        self._sign_on: SignOn | None = None
        self._staff: tuple[StaffView, ...] = ()
        self._pins: Mapping[str, str] = {}
        self._number = ""
        self._last = ""
        # What Enter asked for while there was nothing to come in to.
        self._waits: Callable[[], bool] | None = None
        set_ground(self, "bg")
        self._suspended: Suspended | None = None
        self._today: Callable[[Wording], tuple[str, Sequence[str]]] | None = None
        self.face = Face()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.face)
        row.addWidget(self._build_right(), 1)
        self.face.set_width(FACE_WIDTH_MAX)
        self.set_up_button = ActionButton("", "storefront", kind="soft", height=48, align="left")
        self.set_up_button.setObjectName("sign_on.own.set_up")
        self.restore_button = ActionButton("", "history", kind="outlined", height=48, align="left")
        self.restore_button.setObjectName("sign_on.own.restore")
        self.face.ways.addWidget(self.set_up_button)
        self.face.ways.addWidget(self.restore_button)
        self._enter = self.add_key("sign_in", ["Return", "Enter", "F12"], self.submit)
        self.sign_in_button.follow(self._enter)
        self._close = self.add_key("close", "Ctrl+Q", self.close_wanted.emit, in_key_bar=False)
        self.close_button.follow(self._close)
        self._set_up = self.add_key("set_up", "F2", self.set_up_wanted.emit)
        self.set_up_button.follow(self._set_up)
        self._restore = self.add_key("restore", "F3", self.restore_wanted.emit)
        self.restore_button.follow(self._restore)
        self._over = self.add_key("take_over", "F7", self._take_over)
        self._over.setEnabled(False)
        self.banner.action.follow(self._over)
        self.offer_set_up(offered=False)
        self.add_key("next", "Down", lambda: self._step(1), in_key_bar=False)
        self.add_key("previous", "Up", lambda: self._step(-1), in_key_bar=False)
        self.add_key("clear", "Esc", self._clear, in_key_bar=False)
        self.set_entry(self.pin)
        self.retranslate()

    # What the program tells it.

    def learn(self, words: Wording) -> None:
        """From now on it can say all there is to say, in this language."""
        self._wording = words
        self.set_words(words)

    def begin_sign_on(self, sign_on: SignOn, last: str, worker: Executor) -> None:
        """The books are open, their screens are not built yet: `worker` looks at the PIN that waits meanwhile."""
        self._last = last
        if self._waits is not None and self.pin.count >= PIN_DIGITS_MIN:
            self._read_staff(sign_on)
            self._waits = partial(self._try, sign_on.begin_sign_on(self._number, self.pin.take(), worker))

    def open(
        self,
        sign_on: SignOn,
        *,
        last: str = "",
        pins: Mapping[str, str] | None = None,
        suspended: Suspended | None = None,
        today: Callable[[Wording], tuple[str, Sequence[str]]] | None = None,
    ) -> None:
        """The books are open: show the people, and do what was typed meanwhile. `pins` are shown, in the demo shop;
        `today` says what is on.
        """
        self._today = today
        self._suspended = suspended
        self._sign_on = sign_on
        self._pins = pins or {}
        self._last = last
        waits, self._waits = self._waits, None
        if waits is not None and not self._staff:
            # Whoever comes in at once needs no list of people: it is read when the screen is entered again.
            self._read_staff(sign_on)
        if waits is None or not waits():
            self.refresh()

    def refresh(self) -> None:
        """Read the people anew, with who is locked."""
        if self._sign_on is None:
            return
        self._read_staff(self._sign_on)
        self.people.set_people(self._rows())
        self._choose(self._number)
        self._say_today()

    def _read_staff(self, sign_on: SignOn) -> None:
        self._staff = sign_on.staff()
        if not self._number:
            known = [view.operator.id for view in self._staff]
            self._number = self._last if self._last in known else (known[0] if known else "")

    def _say_today(self) -> None:
        if self._today is not None and self._wording is not None:
            self.face.set_specials(*self._today(self._wording))

    def enter(self) -> None:
        self._withdraw()
        self.pin.clear()
        self.banner.hide()
        self.refresh()

    def offer_set_up(self, *, offered: bool) -> None:
        """Whether the ways to a shop of one's own stand here: in the demo shop, while there is none."""
        for action, button in ((self._set_up, self.set_up_button), (self._restore, self.restore_button)):
            action.setEnabled(offered)
            button.setVisible(offered)

    def see_off(self, show: Callable[[], None]) -> None:
        """Show this screen to who was shut out at another till, and say so; the sale is kept."""
        refused = None if self._sign_on is None else self._sign_on.still_here()
        if refused is not None:
            show()
            self.tell(self._all_words.refusal(refused))

    def tell(self, title: str, detail: str = "") -> None:
        """Something to know before signing in."""
        self.banner.show_message(title, detail, "info")

    def scanned(self, code: str) -> None:
        """A badge signs in; any other scan is no PIN: what was typed is dropped, nothing is added."""
        self.pin.clear()
        self._waits = None
        badge = badge_of(code)
        if badge and self._sign_on is not None:
            self._try(partial(self._sign_on.sign_on_badge, badge))
            return
        self.banner.show_message(self.words.say("Sign in first. The scan was not used."), "", "warn")
        self.wrong.emit()

    # Building.

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(44, 32, 44, 28)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._title = Label("", 28, 700, wrap=True)
        self.languages = SegmentedControl(LANGUAGE_NAMES, height=44)
        self.languages.setObjectName("sign_on.head.language")
        self.languages.chosen.connect(self.language_chosen)
        self.theme_button = IconButton("dark_mode", "", kind="secondary", size=44)
        self.theme_button.setObjectName("sign_on.head.theme")
        self.theme_button.clicked.connect(lambda: self.theme_toggled.emit())
        head.addWidget(self._title, 1)
        head.addWidget(self.languages)
        head.addWidget(self.theme_button)
        column.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(32)
        self.people = PeopleList()
        self.people.chosen.connect(self._picked)
        people = QVBoxLayout()
        people.addWidget(self.people)
        people.addStretch(1)
        body.addLayout(people, 408)
        body.addLayout(self._build_pin(), 360)
        column.addLayout(body)
        self.banner = Banner()
        column.addWidget(self.banner)
        column.addStretch(1)
        self._foot = Label("", 15, 450, tone="text2", wrap=True)
        self.close_button = ActionButton("", kind="ghost")
        self.close_button.setObjectName("sign_on.foot.close")
        foot = QHBoxLayout()
        foot.addWidget(self._foot, 1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        return right

    def _build_pin(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        self._whose = Label("", 18, 500, wrap=True)
        self._whose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pin = PinField()
        self.pin.setObjectName("sign_on.pin.digits")
        self.pin.changed.connect(self._pin_changed)
        self.keypad = Keypad(left="clear", spacing=10)
        self.keypad.setMinimumHeight(350)
        self.keypad.setMaximumHeight(366)
        self.keypad.setMinimumWidth(300)
        self.keypad.setMaximumWidth(360)
        self.keypad.digit.connect(self._digit)
        self.keypad.backspace.connect(self.pin.take_back)
        self.keypad.clear.connect(self._clear)
        self.sign_in_button = ActionButton("", "login", kind="primary", height=72)
        self.sign_in_button.setObjectName("sign_on.pin.sign_in")
        for widget in (self._whose, self.pin, self.keypad, self.sign_in_button):
            column.addWidget(widget)
        return column

    # Words and looks.

    def retranslate(self) -> None:
        say = self.words.say
        self._title.setText(say("Who is signing in?"))
        self._enter.setText(say("Sign in"))
        self._close.setText(say("Close Kassa"))
        self._over.setText(say("Suspend it and sign in"))
        self._set_up.setText(say("Set up my shop"))
        self._restore.setText(say("Restore a backup"))
        self._foot.setText(say("Not listed? Scan your badge, or type your staff number and press Enter."))
        self.languages.choose(self.words.language)
        self.languages.setAccessibleName(say("Language"))
        self.keypad.set_names(backspace=say("Take back the last digit"), clear=say("Clear what was typed"))
        self.pin.setAccessibleDescription(say("Type your PIN and press Enter."))
        self.people.set_people(self._rows())
        self.apply_theme()
        self._say_whose()
        self._say_today()
        self._pin_changed()

    def apply_theme(self) -> None:
        dark = current().is_dark
        self.theme_button.set_icon("light_mode" if dark else "dark_mode")
        self.theme_button.set_name(self.words.say("Light colours") if dark else self.words.say("Dark colours"))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width() - self.face.minimumWidth() + FACE_WIDTH_MIN, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.face.set_width(min(max(self.width() * 344 // 1000, FACE_WIDTH_MIN), FACE_WIDTH_MAX))

    def _rows(self) -> Sequence[PersonRow]:
        return [person_row(view, self.words, self._wording, self._pins) for view in self._staff[:PEOPLE_MAX]]

    def _say_whose(self) -> None:
        name = next((view.operator.name for view in self._staff if view.operator.id == self._number), "")
        if name:
            text = self.words.say("{name}, enter your PIN", name=name.split()[0])
        elif self._sign_on is None:
            text = self.words.say("Opening … type your PIN")
        else:
            text = self.words.say("Enter your PIN")
        self._whose.setText(text)
        self.pin.setAccessibleName(text)

    def _pin_changed(self) -> None:
        typed = self.words.count("{n} digit typed", "{n} digits typed", self.pin.count)
        self.pin.setAccessibleDescription(typed)

    # What a person does.

    def _digit(self, digit: str) -> None:
        self.pin.add(digit)
        self.focus_entry()

    def _clear(self) -> None:
        self._waits = None
        self.pin.clear()
        self.banner.hide()
        self._withdraw()
        self.focus_entry()

    def _withdraw(self) -> None:
        """What was offered to one person is not there for the next."""
        self._over.setEnabled(False)
        self.banner.action.hide()

    def _step(self, by: int) -> None:
        if number := self.people.step(by):
            self._picked(number)

    def _picked(self, number: str) -> None:
        """Another person: what was typed was not theirs, unless nobody was shown yet."""
        self.pin.clear()
        self.banner.hide()
        self._withdraw()
        self._choose(number)

    def _choose(self, number: str) -> None:
        self._number = number
        self.people.choose(number)
        self._say_whose()
        self.focus_entry()

    def submit(self) -> bool:
        """Sign in with what was typed; fewer digits than a PIN has are a staff number. True when somebody is in."""
        if self._sign_on is None:
            self._waits = self.submit if self.pin.count else self._waits
            return False
        digits = self.pin.take()
        self.focus_entry()
        if not digits:
            return False
        if len(digits) < PIN_DIGITS_MIN:
            self._take_number(digits)
            return False
        return self._try(partial(self._sign_on.sign_on, self._number, digits))

    def _try(self, sign_on: Callable[[], Operator | Refused]) -> bool:
        try:
            answer = sign_on()
        except KnownError as error:
            self._say_no(self._all_words.trouble(error))
            return False
        if isinstance(answer, Refused):
            self._refuse(answer)
            return False
        self.banner.hide()
        self._withdraw()
        self.signed_in.emit()
        return True

    def _take_number(self, digits: str) -> None:
        if any(view.operator.id == digits for view in self._staff):
            self.banner.hide()
            self._choose(digits)
            return
        self._say_no(
            self.words.say("Nobody here has staff number {number}. A PIN has at least 6 digits.", number=digits)
        )

    def _refuse(self, refused: Refused) -> None:
        self._say_no(self._all_words.refusal(refused))
        if refused.code is Code.LOCKED_OUT:
            self.refresh()
        if refused.code is Code.SALE_OF_ANOTHER:
            self._over.setEnabled(True)
            self.banner.action.show()

    def _take_over(self) -> None:
        """Somebody else's sale waits like any suspended one, and who gave their PIN goes on here."""
        if self._sign_on is not None and self._suspended is not None:
            self._try(partial(self._sign_on.take_over, self._suspended))

    def _say_no(self, sentence: str) -> None:
        self._withdraw()
        self.banner.show_message(sentence, "", "bad")
        self.wrong.emit()

    @property
    def _all_words(self) -> Wording:
        assert self._wording is not None, "nobody signs in before the books are open"
        return self._wording
