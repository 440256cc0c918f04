"""How a weight is found out: from the scale where there is one for the unit, or else typed, for a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from pos.domain.money import AmountUnreadable, Money, Quantity, extend
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Weighed, WeightSource, is_weighed
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.pad_panel import PadPanel
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Teller
from pos.ui.sell.weigh_panel import ToWeigh, WeighPanel
from pos.workstation import Workstation


class WeightAsk(QObject):
    """Signals: weighed(object) the Weighed that was found out."""

    weighed = Signal(object)

    def __init__(self, name: str, side: Side, teller: Teller, workstation: Workstation) -> None:
        super().__init__(side)
        self._side, self._teller, self._desk = side, teller, workstation.desk
        self.weighing = workstation.weighing
        self._what: ToWeigh | None = None
        self._again: Callable[[], None] = self.type_it
        self._reason = ""
        self._name = name

    @cached_property
    def scale(self) -> WeighPanel:
        panel = WeighPanel(f"{self._name}_weigh", self.weighing)
        panel.weighed.connect(self.weighed)
        panel.typing_wanted.connect(self.type_it)
        panel.moving.connect(self._teller.refuse)
        return panel

    @cached_property
    def why(self) -> ChoicePanel:
        panel = ChoicePanel(f"{self._name}_why", "scale")
        panel.chosen.connect(self._type_for)
        return panel

    @cached_property
    def typed(self) -> PadPanel:
        panel = PadPanel(f"{self._name}_weight", "scale")
        panel.entered.connect(self._typed)
        panel.field.entry_changed.connect(lambda _: self._show_sum())
        return panel

    def begin(self, what: ToWeigh, again: Callable[[], None]) -> None:
        """Weigh it, or ask how much it is; `again` asks it in other words."""
        self._what, self._again = what, again
        if self.weighing.has_scale and self.weighing.unit is what.unit:
            self.scale.begin(what, self._teller.words)
            self._side.open_panel(self.scale, again)
        else:
            self.type_it()

    def type_it(self) -> None:
        """Type the weight; where a scale is there, say first why it is not used."""
        if self._what is None:
            return
        if not (self.weighing.has_scale and is_weighed(self._what.unit)):
            self._type_for("")
            return
        words = self._teller.words
        try:
            known = reasons(self._desk, ReasonKind.WEIGHT)
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return
        self.why.retranslate(words)
        self.why.set_title(words.say("Type the weight"), self._what.name)
        self.why.offer(words.say("Why is it not weighed?"), [(one.code, words.reason(one), "") for one in known])
        self._side.open_panel(self.why, lambda: self._anew(self.type_it))

    def _anew(self, step: Callable[[], None]) -> None:
        """Ask in other words, and go on to the step where it was: the name of what is weighed is another one too."""
        self._again()
        step()

    def _type_for(self, reason: str) -> None:
        if self._what is None:
            return
        self._reason, words = reason, self._teller.words
        sign = words.decimal_sign
        self.typed.retranslate(words)
        self.typed.set_title(words.say("Type the weight"), self._what.name)
        self.typed.field.clear_entry()
        self.typed.field.set_shown(lambda entry: entry.replace(".", sign) or f"0{sign}000", 3)
        self._show_sum()
        self._side.open_panel(self.typed, lambda: self._anew(lambda: self._type_for(reason)))

    def _show_sum(self) -> None:
        """What one unit costs, and what the typed weight comes to."""
        if self._what is None:
            return
        words, what = self._teller.words, self._what
        try:
            total = extend(what.unit_price, Quantity.read(self.typed.field.entry.rstrip(".") or "0", what.unit))
        except AmountUnreadable:
            total = 0
        self.typed.set_sentence(
            words.say("How much, in {unit}", unit=words.unit(what.unit)),
            words.say(
                "× {price} / {unit} = {amount}",
                price=words.amount(Money(what.unit_price, what.currency)),
                unit=words.unit(what.unit),
                amount=words.amount(Money(total, what.currency)),
            ),
        )

    def _typed(self, entry: str) -> None:
        if self._what is None:
            return
        try:
            gross = Quantity.read(entry.rstrip(".") or "0", self._what.unit)
        except AmountUnreadable:
            shown = entry.replace(".", self._teller.words.decimal_sign) or "0"
            self._teller.refuse(Refused(Code.QUANTITY_INVALID, {"quantity": shown}))
            self.typed.field.clear_entry()
            return
        self.weighed.emit(Weighed(gross, WeightSource.TYPED, 0, self._reason))
