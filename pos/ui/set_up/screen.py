"""Set up my shop: a window a step, the list of steps at the left, F12 on, Esc back; nothing is made before the end."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.new_shop import NewShop, ShopField
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.desk import Clock
from pos.services.item_import import ImportReport
from pos.services.set_up import Founded, check_shop, found_own_shop, try_items
from pos.ui.set_up.items_step import ItemsStep
from pos.ui.set_up.money_step import MoneyStep
from pos.ui.set_up.people_steps import OwnerStep, StaffStep
from pos.ui.set_up.receipt_step import ReceiptStep
from pos.ui.set_up.shop_step import ShopStep, proposal
from pos.ui.set_up.step import Step
from pos.ui.set_up.step_list import StepList
from pos.ui.set_up.summary_step import SummaryStep
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.wording import LANGUAGES, Wording

_LOOK_MILLISECONDS = 20
_LIKELY_COUNTRY = {"cs": "CZ", "sv": "SE"}


class SetUpScreen(Screen):
    """Signals: left() back to the sign-in, with `draft` to go on from; founded(object) the new shop's folder;
    language_chosen(str).
    """

    words: Wording
    left = Signal()
    founded = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, words: Wording, home: Path, clock: Clock, draft: NewShop | None = None) -> None:
        super().__init__("set_up", words)
        self._home = home
        self._clock = clock
        self.draft = draft or proposal(words.language, _LIKELY_COUNTRY.get(words.language, "US"))
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="set-up")
        self._asked: Future[object] | None = None
        self._then: Callable[[object], None] = lambda _: None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)
        self.items = ItemsStep(words)
        self.items.try_wanted.connect(self._try_file)
        self.steps: tuple[Step, ...] = (
            ShopStep(words),
            MoneyStep(words),
            ReceiptStep(words, clock),
            OwnerStep(words),
            StaffStep(words),
            self.items,
            SummaryStep(words),
        )
        set_ground(self, "bg")
        self._build()
        self._next = self.add_key("next", "F12", self.go_on, primary=True)
        self._back = self.add_key("back", "Esc", self.go_back)
        self.next_button.follow(self._next)
        self.back_button.follow(self._back)
        for step in self.steps:
            step.changed.connect(self.banner.hide)
            step.proposed.connect(self._propose)
            step.no.connect(self._say)
        self.retranslate()
        for step in self.steps:
            step.show_shop(self.draft)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = StepList(len(self.steps))
        row.addWidget(self.list)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(36, 28, 36, 20)
        column.setSpacing(14)
        head = QHBoxLayout()
        self._title = Label("", 28, 700)
        self.languages = SegmentedControl([(code, code.upper()) for code in LANGUAGES])
        self.languages.setObjectName("set_up.head.language")
        self.languages.chosen.connect(self.language_chosen)
        head.addWidget(self._title, 1)
        head.addWidget(self.languages)
        column.addLayout(head)
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        column.addWidget(self.stack, 1)
        self.banner = Banner()
        column.addWidget(self.banner)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        self.back_button = ActionButton("", "arrow_back", kind="outlined", height=72)
        self.back_button.setObjectName("set_up.foot.back")
        self.next_button = ActionButton("", "arrow_forward", kind="primary", height=72)
        self.next_button.setObjectName("set_up.foot.next")
        foot.addWidget(self.back_button, 1)
        foot.addWidget(self.next_button, 2)
        column.addLayout(foot)
        row.addWidget(right, 1)

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.steps[self.stack.currentIndex()]

    def retranslate(self) -> None:
        for step in self.steps:
            step.words = self.words
            step.retranslate()
        self.languages.choose(self.words.language)
        self.languages.setAccessibleName(self.words.say("Language"))
        self.list.set_words(self.words.say("Set up my shop"), [step.title for step in self.steps])
        self._frame()

    def focus_entry(self) -> None:
        self.step.enter()

    # On and back.

    def go_on(self) -> None:
        """To the next step, if what stands here is good; from the last one the shop is founded."""
        if self._asked is not None:
            return
        self.draft = self.step.read(self.draft)
        try:
            refused = check_shop(self.draft, tuple(self.step.fields))
        except KnownError as error:
            self._say(error)
            return
        if refused is not None:
            self._say_no(refused)
        elif self.step is self.steps[-1]:
            self._found()
        else:
            self._go(self.stack.currentIndex() + 1)

    def go_back(self) -> None:
        """To the step before with everything kept; from the first one to the sign-in."""
        if self._asked is not None:
            return
        self.draft = self.step.read(self.draft)
        if self.stack.currentIndex():
            self._go(self.stack.currentIndex() - 1)
        else:
            self.left.emit()

    def close_down(self) -> None:
        """The window closes: what is being founded is founded or not, but not waited for by anybody."""
        self._look.stop()
        self._worker.shutdown(wait=True)

    def _go(self, number: int) -> None:
        self.banner.hide()
        self.steps[number].show_shop(self.draft)
        self.stack.setCurrentIndex(number)
        self._frame()
        self.step.enter()

    def _frame(self) -> None:
        say, number = self.words.say, self.stack.currentIndex()
        self._title.setText(self.step.title)
        self.list.show_step(number)
        self._next.setText(say("Open my shop") if self.step is self.steps[-1] else say("Next"))
        self._back.setText(say("Back") if number else say("Back to the demo shop"))

    def _propose(self, new: object) -> None:
        assert isinstance(new, NewShop)
        self.draft = new
        for step in self.steps[:2]:
            step.show_shop(new)

    def _say(self, no: object) -> None:
        if isinstance(no, KnownError):
            self.banner.show_message(self.words.trouble(no), "", "bad")
        elif isinstance(no, Refused):
            self._say_no(no)

    def _say_no(self, refused: Refused) -> None:
        """The sentence, and the focus where it can be set right."""
        self.banner.show_message(self.words.refusal(refused), "", "bad")
        where = refused.facts.get("field")
        for number, step in enumerate(self.steps):
            if isinstance(where, ShopField) and where in step.fields:
                if step is not self.step:
                    self.stack.setCurrentIndex(number)
                    self._frame()
                step.fields[where].setFocus(Qt.FocusReason.OtherFocusReason)

    # What takes a moment runs beside the window.

    def _found(self) -> None:
        draft = self.draft
        self._ask(lambda: found_own_shop(self._home, draft, self._clock), self._was_founded)

    def _try_file(self) -> None:
        draft = self.items.read(self.draft)
        refused = check_shop(draft, (ShopField.ITEMS,))
        if refused is not None:
            self._say_no(refused)
            return
        self._ask(lambda: try_items(draft, self._clock), self._was_tried)

    def _ask(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        if self._asked is not None:
            return
        self._then = then
        self.banner.show_message(self.words.say("One moment …"))
        self._asked = self._worker.submit(work)
        self._look.start()

    def _collect(self) -> None:
        if self._asked is None or not self._asked.done():
            return
        self._look.stop()
        asked, self._asked = self._asked, None
        self.banner.hide()
        try:
            self._then(asked.result())
        except KnownError as error:
            self._say(error)

    def _was_founded(self, answer: object) -> None:
        if isinstance(answer, Founded):
            self.founded.emit(answer.folder)
            return
        assert isinstance(answer, Refused)
        self._say_no(answer)
        report = answer.facts.get("report")
        if isinstance(report, ImportReport):
            self.items.show_report(report)

    def _was_tried(self, answer: object) -> None:
        assert isinstance(answer, ImportReport)
        self.items.show_report(answer)
