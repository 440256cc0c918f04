"""A case as somebody asks it: which goods, bought and brought back when, how paid, in which state, shown by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.domain.item import Item
from pos.domain.money import minor_text
from pos.domain.policy_case import EXCHANGE, HOUSE_CARD, PAID_BY, CaseAsked, CaseWords
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.refusal import Refused
from pos.domain.return_request import FIRST_CONDITION, FIRST_REASON, Condition, ShownBy
from pos.return_words import proof_words
from pos.services.reasons import reasons
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.notices import set_ground
from pos.wording import Wording
from pos.workstation import Workstation

_TYPED = ("bought", "back", "price", "pieces")
_CHOSEN = (
    *("tender", "proof", "condition", "reason", "refund_to", "customer", "id_seen"),
    *("category", "flag", "answers"),
)
_WIDE = 620
_PIECES_MAX = 999
_FINAL, _FINE, _NOT_FINE = "final_sale", "fine", "not_fine"
_KNOWN, _TIER, _GROUP = "known", "tier:", "group:"
# What a customer may wish for; the policy's own way stands first.
_WISHES = ("original", "cash", "store_credit", "gift_card")


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
        self._known = CaseWords()
        self._words: Wording | None = None
        self.item: Item | None = None
        self.fields: dict[str, FormField] = {}
        for name in (*_TYPED, *_CHOSEN):
            editor: QLineEdit | ChoiceBox = NumberEdit() if name in _TYPED else ChoiceBox()
            field = self.fields[name] = FormField(f"policy_try.form.{name}", editor)
            field.changed.connect(self.changed)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.submitted)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._across = 0
        self._lay(3)

    def _lay(self, across: int) -> None:
        """So many fields beside each other."""
        if across == self._across:
            return
        self._across = across
        for at, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, at // across, at % across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._grid.setRowStretch(len(self.fields), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(3 if self.width() >= _WIDE else 2)

    # What may be chosen.

    def set_words(self, words: Wording, known: CaseWords, today: date) -> None:
        """The names and the choices in this language; what was typed and chosen stays."""
        self._known = known
        self._write_anew(words, today)
        say = words.say
        names = {
            "bought": say("Bought on"), "back": say("Brought back on"), "price": say("Price of one"),
            "pieces": say("Pieces"), "tender": say("Paid with"), "proof": say("Shown"),
            "condition": say("State of the goods"), "reason": say("Reason"), "refund_to": say("Wish"),
            "customer": say("Customer"), "id_seen": say("Identity document"), "category": say("Department"),
            "flag": say("Marked"), "answers": say("Questions"),
        }  # fmt: skip
        for name, field in self.fields.items():
            field.set_words(names[name])
        self.fields["answers"].setVisible(bool(known.questions))
        for name, choices in self._choices(words).items():
            box = self.fields[name].editor
            assert isinstance(box, ChoiceBox)
            empty = not box.count()
            box.set_choices(choices)
            if empty and name in {"condition", "reason"}:
                box.choose(FIRST_CONDITION if name == "condition" else FIRST_REASON)
        if not self.fields["bought"].text:
            self.fields["bought"].set_text(words.numeric_day(today - timedelta(days=21)))
            self.fields["back"].set_text(words.numeric_day(today))
            self.fields["pieces"].set_text("1")

    def _write_anew(self, words: Wording, today: date) -> None:
        """Days and the price as they are written in these words, where others stood before."""
        before, self._words = self._words, words
        if before is None:
            return
        for name in ("bought", "back"):
            day = before.read_day(self.fields[name].text, today)
            if day is not None:
                self.fields[name].set_text(words.numeric_day(day))
        price = self.fields["price"]
        price.set_text(price.text.replace(before.decimal_sign, words.decimal_sign))

    def _choices(self, words: Wording) -> dict[str, Sequence[tuple[str, str]]]:
        say, known = words.say, self._known
        shop = [(one.code, words.reason(one)) for one in reasons(self._workstation.desk, ReasonKind.RETURN)]
        why = shop if FIRST_REASON in dict(shop) else [(FIRST_REASON, words.reason(Reason(FIRST_REASON))), *shop]
        states = [*Condition, *(one for one in known.conditions if one not in list(Condition))]
        own = self.item.department if self.item is not None else ""
        departments = sorted({own, *known.categories, *self._workstation.catalogue.departments()} - {""})
        return {
            "tender": [(one, self._paid(one, words)) for one in PAID_BY],
            "proof": [(one.value, _capital(proof_words(words, one.value))) for one in ShownBy],
            "condition": [("", say("Nobody looked")), *((str(one), words.condition(one)) for one in states)],
            "reason": [("", say("None given")), *why],
            "refund_to": [
                ("", say("None said")),
                *((one, _capital(words.refund_to(one))) for one in _WISHES if one != "original"),
                (EXCHANGE, say("The same thing again")),
            ],
            "customer": [
                ("", say("Not known")),
                (_KNOWN, say("Known to the shop")),
                *((f"{_TIER}{one}", say("Tier {tier}", tier=one)) for one in known.tiers),
                *((f"{_GROUP}{one}", say("Group {group}", group=one)) for one in known.groups),
            ],
            "id_seen": [("", say("Not shown")), ("yes", say("Shown"))],
            "category": [("", say("None")), *((one, one) for one in departments)],
            "flag": [
                ("", say("As the item is")),
                *((one, one) for one in known.flags),
                (_FINAL, say("Final sale")),
            ],
            "answers": [
                ("", say("Nobody asked")),
                (_FINE, say("Every answer is fine")),
                (_NOT_FINE, say("No answer is fine")),
            ],
        }

    @staticmethod
    def _paid(code: str, words: Wording) -> str:
        return _capital(words.say("the shop’s own card") if code == HOUSE_CARD else words.tender_called(code))

    def take(self, item: Item, words: Wording) -> None:
        """Ask about this item: its price and its department are there to be changed."""
        self.item = item
        currency = self._workstation.desk.rules.currency
        shown = minor_text(item.unit_price_minor, currency).replace(".", words.decimal_sign)
        self.fields["price"].set_text(shown)
        box = self.fields["category"].editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(self._choices(words)["category"])
        box.choose(item.department)
        self.fields["flag"].set_text("")
        self.changed.emit()

    # What is asked.

    def asked(self, words: Wording, today: date) -> CaseAsked | None:
        """The case as it stands here; None where something cannot be read, which its field says."""
        for field in self.fields.values():
            field.refuse("")
        days = [self._day(name, words, today) for name in ("bought", "back")]
        price, pieces = self._price(words), self._pieces(words)
        bought, back = days
        if self.item is None or bought is None or back is None or price is None or pieces is None:
            return None
        if back < bought:
            self.fields["back"].refuse(words.say("That is before it was bought."))
            return None
        who, flag = self.fields["customer"].text, self.fields["flag"].text
        return CaseAsked(
            item=self._meant(self.item, flag),
            price=price,
            bought=bought,
            back=back,
            pieces=pieces,
            tender=self.fields["tender"].text,
            proof=self.fields["proof"].text,
            condition=self.fields["condition"].text,
            reason=self.fields["reason"].text,
            customer=bool(who),
            tier=who.removeprefix(_TIER) if who.startswith(_TIER) else "",
            group=who.removeprefix(_GROUP) if who.startswith(_GROUP) else "",
            id_seen=bool(self.fields["id_seen"].text),
            refund_to=self.fields["refund_to"].text,
            facts=self._facts(),
        )

    def _meant(self, item: Item, flag: str) -> Item:
        """The item with the department and the mark that are meant here."""
        item = replace(item, department=self.fields["category"].text)
        if flag == _FINAL:
            return replace(item, final_sale=True)
        return replace(item, flags=tuple(sorted({*item.flags, flag}))) if flag else item

    def _facts(self) -> dict[str, str]:
        said = self.fields["answers"].text
        if not said:
            return {}
        other = {"yes": "no"}
        return {ask: fine if said == _FINE else other.get(fine, "yes") for ask, fine in self._known.questions.items()}

    def _day(self, name: str, words: Wording, today: date) -> date | None:
        field = self.fields[name]
        day = words.read_day(field.text, today)
        if day is None:
            field.refuse(words.say("Type a day, as {example}.", example=words.numeric_day(today)))
        return day

    def _price(self, words: Wording) -> int | None:
        field = self.fields["price"]
        read = self._workstation.catalogue.read_price(field.text.replace(words.decimal_sign, "."))
        if isinstance(read, Refused):
            field.refuse(words.refusal(read))
            return None
        return read

    def _pieces(self, words: Wording) -> int | None:
        text = self.fields["pieces"].text
        if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= _PIECES_MAX:
            return int(text)
        self.fields["pieces"].refuse(words.say("Type 1 to {most}.", most=_PIECES_MAX))
        return None

    def said(self, asked: CaseAsked, words: Wording) -> str:
        """The case in a few words: what it is called unless somebody calls it otherwise."""
        days = words.count("{n} day", "{n} days", (asked.back - asked.bought).days)
        known = asked.proof != ShownBy.NONE.value
        told = (
            asked.item.name,
            days if known else "",
            _small(words.condition(asked.condition)) if asked.condition else "",
            _small(self._paid(asked.tender, words)) if known else "",
            proof_words(words, asked.proof),
        )
        return ", ".join(filter(None, told))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
