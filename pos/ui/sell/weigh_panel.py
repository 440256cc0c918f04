"""What lies on the scale and what it comes to; it is added only when it stands still."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from pos.domain.frozen import dataclass
from pos.domain.money import Money, Quantity, Unit, extend
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Weighed, WeightSource
from pos.services.weighing import Weighing
from pos.ui.sell.scale_watch import ScaleWatch
from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.ui.theme import Kind
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class ToWeigh:
    """What is weighed: its name, the unit it is sold by, and the price of one in minor units."""

    name: str
    unit: Unit
    unit_price: int
    currency: str


class WeighPanel(SidePanel):
    """Signals: weighed(object) a Weighed that stands still; typing_wanted() the weight is to be typed instead;
    moving() somebody wanted it while there was nothing to take.
    """

    weighed = Signal(object)
    typing_wanted = Signal()
    moving = Signal(object)

    def __init__(self, name: str, weighing: Weighing) -> None:
        super().__init__(name, "scale")
        self.watch = ScaleWatch(weighing, self)
        self.watch.read.connect(self.show_reading)
        self._words = Wording()
        self._what = ToWeigh("", weighing.unit, 0, "USD")
        self._gross: int | None = None
        self._tare = 0
        self._said: Refused | None = None
        self._build()

    def _build(self) -> None:
        self._card = Card("selected", padding=12, spacing=0)
        self.chip = Pill("", "warn", "hourglass_top")
        self._tared = Label("", 14, 500, tone="text2")
        top = QHBoxLayout()
        top.addWidget(self.chip)
        top.addStretch(1)
        top.addWidget(self._tared)
        self.weight = Label("", 48, 700)
        self.sum = Label("", 16, 550, tone="text2")
        self._card.column.addLayout(top)
        for label in (self.weight, self.sum):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._card.column.addWidget(label)
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.tare = ActionButton("", kind="outlined", key="Alt T")
        self.zero = ActionButton("", kind="outlined", key="Alt Z")
        self.typed = ActionButton("", "keyboard", kind="ghost", key="F10")
        self.add = ActionButton("", kind="primary", key="Enter", height=52, key_place="follow", px=16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tare, 1)
        row.addWidget(self.zero, 1)
        self.column.addWidget(self._card)
        self.column.addLayout(row)
        self.column.addWidget(self.add)
        self.column.addWidget(self.typed)
        self.column.addStretch(1)
        buttons = {"tare": self.tare, "zero": self.zero, "typed": self.typed, "add": self.add}
        for name, button in buttons.items():
            button.setObjectName(f"sell.{self.name}.{name}")
        self.tare.clicked.connect(lambda: self.take_tare())
        self.zero.clicked.connect(lambda: self.drop_tare())
        self.typed.clicked.connect(lambda: self.typing_wanted.emit())
        self.add.clicked.connect(lambda: self.confirm())

    def begin(self, what: ToWeigh, words: Wording) -> None:
        """Show what lies there, over and over, until the panel is left."""
        self._what, self._words = what, words
        self._gross, self._tare, self._said = None, 0, Refused(Code.WEIGHT_MOVES)
        self.retranslate(words)
        self.set_title(words.say("Weigh"), what.name)
        self._show()
        self.watch.start()

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self._words = words
        self.tare.set_text(words.say("Tare"))
        self.zero.set_text(words.say("Zero"))
        self.typed.set_text(words.say("Type the weight"))
        self.tare.setAccessibleDescription(words.say("Alt T: take off what lies on the scale now"))
        self.zero.setAccessibleDescription(words.say("Alt Z: take nothing off any more"))
        self._show()

    def show_reading(self, said: Weighed | Refused) -> None:
        """What the scale said just now."""
        before = (self._gross, None if self._said is None else self._said.code)
        if isinstance(said, Weighed):
            self._gross, self._said = said.gross.thousandths, None
        elif said.code is Code.WEIGHT_INVALID:
            # Nothing lies there, or less than nothing.
            quantity = said.facts["quantity"]
            self._gross, self._said = quantity.thousandths if isinstance(quantity, Quantity) else 0, None
        else:
            self._said = said
        if before != (self._gross, None if self._said is None else self._said.code):
            self._show()

    @property
    def reading(self) -> Weighed | None:
        """What would be added now; None where nothing stands still that can be sold."""
        if self._said is not None or self._gross is None or self._gross - self._tare <= 0:
            return None
        return Weighed(Quantity(self._gross, self._what.unit), WeightSource.SCALE, self._tare)

    def take_tare(self) -> None:
        if self._said is None and self._gross:
            self._tare = self._gross
        self._show()
        self.used.emit()

    def drop_tare(self) -> None:
        self._tare = 0
        self._show()
        self.used.emit()

    def confirm(self) -> None:
        reading = self.reading
        if reading is None:
            self.moving.emit(self._said or Refused(Code.WEIGHT_INVALID, {"quantity": self._net()}))
        else:
            self.weighed.emit(reading)
        self.used.emit()

    def ended(self) -> None:
        self.watch.stop()

    def unfinished(self) -> object:
        return self._tare

    def take_up(self, unfinished: int) -> None:
        self._tare = unfinished
        self._show()

    def _net(self) -> Quantity:
        return Quantity((self._gross or 0) - self._tare, self._what.unit)

    def _show(self) -> None:
        words, what = self._words, self._what
        net, reading = self._net(), self.reading
        self.weight.setText(words.quantity(net) if self._gross is not None else "–")
        self.weight.set_tone("text" if self._said is None else "text3")
        total = extend(what.unit_price, net) if net.thousandths > 0 else 0
        amount = words.amount(Money(total, what.currency))
        price = words.amount(Money(what.unit_price, what.currency))
        self.sum.setText(
            words.say("× {price} / {unit} = {amount}", price=price, unit=words.unit(what.unit), amount=amount)
        )
        tare = words.quantity(Quantity(self._tare, what.unit))
        self._tared.setText(words.say("Tare {weight}", weight=tare) if self._tare else "")
        text, kind, icon = self._state()
        self.chip.set_state(text, kind, icon)
        self.add.set_text(words.say("Add {amount}", amount=amount) if reading is not None else words.say("Add"))
        self.add.setEnabled(reading is not None)
        name = f"{text}, {self.weight.text()}, {self.sum.text()}"
        if name != self._card.accessibleName():
            self._card.setAccessibleName(name)
            announce(self._card)

    def _state(self) -> tuple[str, Kind, str]:
        say = self._words.say
        if self._said is None:
            if self._net().thousandths > 0:
                return say("Stable"), "ok", "check_circle"
            return say("Nothing on the scale"), "neutral", "scale"
        if self._said.code is Code.WEIGHT_MOVES:
            return say("Unstable"), "warn", "hourglass_top"
        if self._said.code is Code.SCALE_OVERLOADED:
            return say("Too heavy, or below zero"), "bad", "error"
        return say("The scale does not answer"), "bad", "error"
