"""A case as somebody asks it: which goods, bought and brought back when, how paid, shown by what, with which wish."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.item import Item
from pos.domain.money import Money, minor_text
from pos.domain.policy_case import CASE_NAME_MAX, CaseAsked, CaseWords, GoodsAsked, PaidAsked, with_words_of
from pos.domain.refusal import Refused
from pos.domain.return_request import ShownBy
from pos.return_words import proof_words
from pos.ui.policy_try.choices import GROUP, KNOWN, TIER, paid_words, purchase_choices, small
from pos.ui.policy_try.field_grid import FieldGrid
from pos.ui.policy_try.goods_form import GoodsForm
from pos.ui.shared.form import FormField
from pos.ui.shared.notices import set_ground
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation

_TYPED = ("bought", "back", "amount", "second_amount", "before")
_NAMES = (
    *("bought", "back", "proof", "tender", "amount", "second", "second_amount", "third"),
    *("refund_to", "customer", "id_seen", "before", "region", "offer"),
)
_BEFORE_MAX = 20
_DAYS_AGO = 21


class CaseForm(QWidget):
    """Sensible to begin with: bought three weeks ago, unopened, paid in cash, with its receipt, back today.

    Signals: changed(): something was typed or chosen; submitted(): Enter in a line.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, workstation: Workstation) -> None:
        super().__init__()
        set_ground(self, "none")
        self._workstation = workstation
        self._words: Wording | None = None
        self._known = CaseWords()
        # The kept case that is shown: its words can be chosen, also where no policy knows them any more.
        self._shown: CaseAsked | None = None
        self.goods = GoodsForm(workstation)
        self.purchase = FieldGrid("policy_try.form", _NAMES, _TYPED)
        self._head = Label("", 14, 600, tone="text3")
        for part in (self.goods, self.purchase):
            part.changed.connect(self._edited)
            part.submitted.connect(self.submitted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for each in (self.goods, self._head, self.purchase):
            column.addWidget(each)
        column.addStretch(1)

    @property
    def fields(self) -> dict[str, FormField]:
        """Every field by its name; those of the goods are of the chosen line."""
        return {**self.goods.fields, **self.purchase.fields}

    @property
    def item(self) -> Item | None:
        """That of the chosen line; None where there is no line yet."""
        return self.goods.item

    # What stands there.

    def set_words(self, words: Wording, known: CaseWords, today: date) -> None:
        """The names and the choices in this language; what was typed and chosen stays."""
        before, self._words = self._words or words, words
        self._known = known = known if self._shown is None else with_words_of(known, self._shown)
        self._write_anew(before, words, today)
        self._head.setText(words.say("The purchase, and who brings it back"))
        self.goods.set_words(words, known, lambda text: text.replace(before.decimal_sign, words.decimal_sign))
        say = words.say
        names = {
            "bought": say("Bought on"), "back": say("Brought back on"), "proof": say("Shown"),
            "tender": say("Paid with"), "amount": say("How much of it"), "second": say("And with"),
            "second_amount": say("How much of it"), "third": say("And with"), "refund_to": say("Wish"),
            "customer": say("Customer"), "id_seen": say("Identity document"), "region": say("Sold in"),
            "offer": say("Offer"), "before": say("Came back before"),
        }  # fmt: skip
        self.purchase.set_words(names, purchase_choices(self._workstation, known, words))
        if not self.purchase.fields["bought"].text:
            self.begin(words, today)
        self._show_fitting()

    def begin(self, words: Wording, today: date) -> None:
        """As it stands to begin with."""
        self._shown = None
        self.goods.clear()
        first = dict.fromkeys(_NAMES, "") | {"tender": "cash", "proof": ShownBy.RECEIPT.value, "before": "0"}
        first |= {"bought": words.numeric_day(today - timedelta(days=_DAYS_AGO)), "back": words.numeric_day(today)}
        self.purchase.show_texts(first)
        self._show_fitting()

    def _write_anew(self, before: Wording, words: Wording, today: date) -> None:
        """Days and amounts as they are written in these words, where others stood before."""
        fields = self.purchase.fields
        for name in ("bought", "back"):
            day = before.read_day(fields[name].text, today)
            if day is not None:
                fields[name].set_text(words.numeric_day(day))
        for name in ("amount", "second_amount"):
            fields[name].set_text(fields[name].text.replace(before.decimal_sign, words.decimal_sign))

    def _edited(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        """A further tender is asked where there is one before, an amount where it is not all of it."""
        fields, hidden = self.purchase.fields, set[str]()
        if not fields["second"].text:
            hidden |= {"amount", "second_amount", "third"}
        elif not fields["third"].text:
            hidden.add("second_amount")
        if fields["proof"].text == ShownBy.NONE.value:
            hidden |= {"tender", "amount", "second", "second_amount", "third", "offer"}
        if not (fields["customer"].text or fields["id_seen"].text):
            # Nobody could be told again.
            hidden.add("before")
        self.purchase.show_only(hidden)

    def take(self, item: Item) -> bool:
        """Ask about this item too: its price and its department are there to be changed. Whether there is room."""
        return self.goods.take(item)

    def show_case(self, asked: CaseAsked, words: Wording, today: date) -> bool:
        """A kept case; whether the form shows all of it."""
        self._shown = asked
        self.set_words(words, self._known, today)
        self.goods.show_goods(asked.goods)
        paid, currency = asked.paid, self._workstation.desk.rules.currency
        kinds = [one.kind for one in paid] + ["", ""]
        amounts = [
            "" if one.amount is None else minor_text(one.amount, currency).replace(".", words.decimal_sign)
            for one in paid
        ] + ["", ""]
        who = f"{TIER}{asked.tier}" if asked.tier else f"{GROUP}{asked.group}" if asked.group else KNOWN
        self.purchase.show_texts(
            {
                "bought": words.numeric_day(asked.bought),
                "back": words.numeric_day(asked.back),
                "proof": asked.proof,
                **dict(zip(("tender", "second", "third"), kinds, strict=False)),
                **dict(zip(("amount", "second_amount"), amounts, strict=False)),
                "refund_to": asked.refund_to,
                "customer": who if asked.customer else "",
                "id_seen": "yes" if asked.id_seen else "",
                "before": str(asked.before),
                "region": asked.region,
                "offer": asked.offer,
            }
        )
        self._show_fitting()
        return self.asked(words, today) == asked

    # What is asked.

    def asked(self, words: Wording, today: date) -> CaseAsked | None:
        """The case as it stands here; None where something cannot be read, which its field says."""
        self.purchase.refuse_nothing()
        goods = self.goods.asked()
        if goods is None:
            return None
        bought, back = (self._day(name, words, today) for name in ("bought", "back"))
        paid, before = self._paid(goods, words), self._before(words)
        if bought is None or back is None or paid is None or before is None:
            return None
        fields = self.purchase.fields
        if back < bought:
            fields["back"].refuse(words.say("That is before it was bought."))
            return None
        who, known = fields["customer"].text, fields["proof"].text != ShownBy.NONE.value
        return CaseAsked(
            goods=goods,
            bought=bought,
            back=back,
            paid=paid,
            proof=fields["proof"].text,
            customer=bool(who),
            tier=who.removeprefix(TIER) if who.startswith(TIER) else "",
            group=who.removeprefix(GROUP) if who.startswith(GROUP) else "",
            id_seen=bool(fields["id_seen"].text),
            refund_to=fields["refund_to"].text,
            region=fields["region"].text,
            offer=fields["offer"].text if known else "",
            before=before,
        )

    def _paid(self, goods: tuple[GoodsAsked, ...], words: Wording) -> tuple[PaidAsked, ...] | None:
        """The tenders in their order, the last one with what is left; None where an amount cannot be read."""
        fields = self.purchase.fields
        if fields["proof"].text == ShownBy.NONE.value:
            return (PaidAsked("cash"),)
        kinds = [fields["tender"].text]
        if fields["second"].text:
            kinds += [fields["second"].text, fields["third"].text]
        kinds = [one for one in kinds if one]
        left, paid = sum(one.price * one.pieces for one in goods), []
        for kind, name in zip(kinds[:-1], ("amount", "second_amount"), strict=False):
            amount = self._workstation.catalogue.read_price(fields[name].text.replace(words.decimal_sign, "."))
            if isinstance(amount, Refused) or not 0 < amount < left:
                most = words.money(Money(left, self._workstation.desk.rules.currency))
                fields[name].refuse(words.say("Type an amount below {most}.", most=most))
                return None
            left -= amount
            paid.append(PaidAsked(kind, amount))
        return (*paid, PaidAsked(kinds[-1]))

    def _before(self, words: Wording) -> int | None:
        field = self.purchase.fields["before"]
        text = "0" if "before" in self.purchase.hidden else field.text or "0"
        if text.isascii() and text.isdigit() and int(text[:6]) <= _BEFORE_MAX:
            return int(text)
        field.refuse(words.say("Type 0 to {most}.", most=_BEFORE_MAX))
        return None

    def _day(self, name: str, words: Wording, today: date) -> date | None:
        field = self.purchase.fields[name]
        day = words.read_day(field.text, today)
        if day is None:
            field.refuse(words.say("Type a day, as {example}.", example=words.numeric_day(today)))
        return day

    def said(self, asked: CaseAsked, words: Wording) -> str:
        """The case in a few words: what it is called unless somebody calls it otherwise."""
        days = words.count("{n} day", "{n} days", (asked.back - asked.bought).days)
        first = asked.goods[0]
        others = len(asked.goods) - 1
        told = [
            first.item.name,
            words.count("{n} line more", "{n} lines more", others) if others else "",
            days if asked.known else "",
            small(words.condition(first.condition)) if first.condition else "",
            proof_words(words, asked.proof),
            *(small(paid_words(one.kind, words)) for one in asked.paid if asked.known),
        ]
        told = [one for one in told if one]
        while len(", ".join(told)) > CASE_NAME_MAX and len(told) > 1:
            told.pop()
        return ", ".join(told)[:CASE_NAME_MAX].strip()
