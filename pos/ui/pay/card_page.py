"""While a card is at the terminal, and what came of it: waiting, declined, or an outcome that nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.pay.amounts import Amount
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label, Tone
from pos.ui.theme import current, draw_icon
from pos.wording import Wording

PageKind = Literal["wait", "declined", "unknown"]
StepState = Literal["done", "now", "later"]
# What it is, how it stands, and beside it how long it takes or took.
StepLine = tuple[str, StepState, str]

_RING = 208
_DISC = 96
_CENTRE_MIN = 230
_STEPS_MAX = 4
_ICONS: dict[PageKind, str] = {"wait": "contactless", "declined": "credit_card_off", "unknown": "help"}
_STEP_ICONS: dict[StepState, str] = {
    "done": "check_circle", "now": "radio_button_checked", "later": "radio_button_unchecked",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the sums at the left: what it is, a second line, the amount; a rule stands above what is `strong`."""

    name: str
    amount: str
    detail: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class CardView:
    """What the page says, all in words. `say` is what the cashier may tell the customer."""

    kind: PageKind
    title: str
    detail: str
    sums: tuple[SumLine, ...]
    steps: tuple[StepLine, ...] = ()
    say: str = ""
    note: str = ""
    reference: str = ""


class Ring(QWidget):
    """How much of the time the terminal has is gone, around a sign; or the sign alone on its colour."""

    def __init__(self) -> None:
        super().__init__()
        self._kind: PageKind = "wait"
        self._share = 0.0
        self.setFixedSize(_RING, _RING)

    def show_kind(self, kind: PageKind) -> None:
        self._kind, self._share = kind, 0.0
        side = _RING if kind == "wait" else _DISC
        self.setFixedSize(side, side)
        self.update()

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self._kind == "wait":
            whole = whole.adjusted(8, 8, -8, -8)
            painter.setPen(QPen(QColor(t.primary_soft), 12))
            painter.drawEllipse(whole)
            painter.setPen(QPen(QColor(t.primary), 12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(whole, 90 * 16, -round(360 * 16 * self._share))
            draw_icon(painter, whole.adjusted(56, 56, -56, -56), _ICONS["wait"], t.primary)
            return
        ground, colour = (t.bad_soft, t.bad) if self._kind == "declined" else (t.warn_soft, t.warn)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(whole)
        draw_icon(painter, whole.adjusted(24, 24, -24, -24), _ICONS[self._kind], colour)


class StepRow(QWidget):
    """One step of a card payment."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self._icon, self._words = Icon("radio_button_unchecked", 22), Label("", 16, 500, wrap=True)
        self._time = Label("", 14, 450, tone="text2")
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addWidget(self._time)

    def show_step(self, step: StepLine) -> None:
        words, state, time = step
        tone: Tone = "text3" if state == "later" else "text"
        self._icon.set_icon(_STEP_ICONS[state], colour="ok" if state == "done" else "primary")
        self._words.set_tone(tone)
        self._words.setText(words)
        self.show_time(time)

    def show_time(self, time: str) -> None:
        self._time.setText(time)


class SumsCard(Card):
    """The sale in a few lines: due, what was taken, what is left."""

    def __init__(self) -> None:
        super().__init__("plain", padding=18, spacing=10)
        self._rows: list[QWidget] = []
        self.column.addStretch(1)

    def show_lines(self, lines: Sequence[SumLine]) -> None:
        for row in self._rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(line) for line in lines]
        for number, row in enumerate(self._rows):
            self.column.insertWidget(number, row)
        self.setAccessibleName(", ".join(f"{line.name} {line.amount}" for line in lines))

    def _row(self, line: SumLine) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 4 if line.strong else 0, 0, 4 if line.strong else 0)
        inside.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(line.name, 16, 600 if line.strong else 500, wrap=True))
        if line.detail:
            words.addWidget(Label(line.detail, 13, 450, tone="text2", wrap=True))
        amount = Amount(22 if line.strong else 17, 680 if line.strong else 550)
        amount.show_text(line.amount)
        # What it needs and no more: the words have the rest.
        wide = amount.sizeHint().width()
        amount.setMinimumWidth(min(wide, amount.minimumSizeHint().width()))
        amount.setMaximumWidth(wide)
        inside.addLayout(words, 1)
        inside.addWidget(amount)
        return row


class CardPage(QWidget):
    """Fills the place of the payment. The choices at the right are given by whoever shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pay.card")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.sums = SumsCard()
        row.addWidget(self.sums, 30)
        row.addWidget(self._build_centre(), 48)
        right = QVBoxLayout()
        right.setSpacing(12)
        self.choices = QVBoxLayout()
        self.choices.setSpacing(10)
        self._wait_title = Label("", 15, 600, tone="text2")
        self.other = ActionButton("", "swap_horiz", align="left", height=72)
        self.other.setObjectName("pay.card.other")
        self.change = ActionButton("", "edit", align="left", height=72)
        self.change.setObjectName("pay.card.change")
        right.addWidget(self._wait_title)
        right.addWidget(self.other)
        right.addWidget(self.change)
        self.typed = ActionButton("", "dialpad", align="left", height=72)
        self.typed.setObjectName("pay.card.typed")
        right.addWidget(self.typed)
        right.addLayout(self.choices)
        right.addStretch(1)
        self.primary = ActionButton("", "refresh", kind="primary", height=76, px=20, key="Enter", key_place="follow")
        self.primary.setObjectName("pay.card.primary")
        self.cancel = ActionButton("", "close", height=76, px=20, key="Esc", key_place="follow")
        self.cancel.setObjectName("pay.card.cancel")
        right.addWidget(self.primary)
        right.addWidget(self.cancel)
        row.addLayout(right, 30)
        self.view: CardView | None = None

    def _build_centre(self) -> Card:
        card = Card("plain", padding=20, spacing=12)
        self.ring = Ring()
        self._title = Label("", 26, 700, wrap=True)
        self._detail = Label("", 17, 450, tone="text2", wrap=True)
        self._steps = Card("sunken", padding=16, spacing=8)
        self._step_rows = [StepRow() for _ in range(_STEPS_MAX)]
        for step_row in self._step_rows:
            self._steps.column.addWidget(step_row)
        self._say = Card("info", padding=16, spacing=2)
        self._say_title = Label("", 14, 600, tone="primary_text")
        self._say_words = Label("", 17, 500, wrap=True)
        self._say.column.addWidget(self._say_title)
        self._say.column.addWidget(self._say_words)
        self._note = Label("", 15, 450, tone="text2", wrap=True)
        self._reference = Label("", 13, 450, tone="text3", wrap=True)
        for label in (self._title, self._detail, self._note, self._reference):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._title, self._detail, self._steps, self._say, self._note, self._reference):
            column.addWidget(widget)
        column.addStretch(1)
        # On a small screen in large letters the sentences move rather than being cut.
        moving = scrolled(inside)
        moving.setMinimumWidth(_CENTRE_MIN)
        card.column.addWidget(moving, 1)
        return card

    def show_ways(self, words: Wording, *, waiting: bool, asks: bool) -> None:
        """What can be done: stop it; answer what is asked; or try it again, or pay another way."""
        say = words.say
        self.primary.setVisible(not waiting and not asks)
        self.primary.set_text(say("Try again"))
        self._wait_title.setText(say("While you wait"))
        self.other.set_detail(say("Cancels on the terminal first"))
        self.change.set_detail(say("Take part of it on this card"))
        self.typed.set_detail(say("At the terminal, never here"))
        for widget in (self._wait_title, self.other, self.change):
            widget.setVisible(waiting)
        self.cancel.set_text(say("Cancel card payment") if waiting else say("Pay another way"))

    def show_time(self, share: float, time: str) -> None:
        """How much of the terminal's time is gone, from 0 to 1, and how long the step that runs has taken."""
        self.ring.set_share(share)
        steps = () if self.view is None else self.view.steps
        for row, step in zip(self._step_rows, steps, strict=False):
            if step[1] == "now":
                row.show_time(time)

    def show_view(self, view: CardView, say_title: str) -> None:
        """Another state, or the next step of the same."""
        news = self.view is None or (self.view.kind, self.view.title) != (view.kind, view.title)
        if self.view is None or self.view.kind != view.kind:
            self.ring.show_kind(view.kind)
        self.view = view
        self._title.setText(view.title)
        self._detail.setText(view.detail)
        self._steps.setVisible(bool(view.steps))
        for number, row in enumerate(self._step_rows):
            row.setVisible(number < len(view.steps))
            if number < len(view.steps):
                row.show_step(view.steps[number])
        self._say.setVisible(bool(view.say))
        self._say_title.setText(say_title)
        self._say_words.setText(view.say)
        for label, text in ((self._note, view.note), (self._reference, view.reference)):
            label.setText(text)
            label.setVisible(bool(text))
        self.sums.show_lines(view.sums)
        self.setAccessibleName(" ".join(filter(None, (view.title, view.detail, view.say, view.note))))
        if news:
            announce(self)
