"""The fields of a promotion's form: those of its kind show, and each can say why what stands in it was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.services.promotion_file import DAYS
from pos.services.promotion_form import KINDS, REWARDS, FormFault, Texts
from pos.speech import LANGUAGES, N_
from pos.ui.promotions.standing import fault_said
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.notices import set_ground
from pos.ui.shared.text import Label
from pos.wording import Wording

ROWS_MIN = 2
LANGUAGE_NAMES = {"en": "English", "cs": "Čeština", "sv": "Svenska"}
_CHOICES = {"kind", "reward", "of", "by"}
_NUMBERS = {"value", "buy", "get", "n", "pieces", "from", "until", "hours", "uses", "limit", "priority"}
_EVERY_KIND = tuple(KINDS)
_NOT_BUNDLE = tuple(kind for kind in KINDS if kind != "bundle")
_NOT_TIERS = tuple(kind for kind in KINDS if kind != "tiers")
# The fields of a row, and the kinds that have it; a row without fields is a heading.
_ROWS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("", ("name", "id"), _EVERY_KIND),
    (N_("What it gives"), (), _EVERY_KIND),
    ("", ("kind",), _EVERY_KIND),
    ("", ("buy", "get"), ("buy_get",)),
    ("", ("n",), ("nth",)),
    ("", ("pieces",), ("mix",)),
    ("", ("of", "of_items"), ("buy_get", "nth")),
    ("", ("reward", "value"), _NOT_TIERS),
    ("", ("by",), ("tiers",)),
    ("steps", (), ("tiers",)),
    ("parts", (), ("bundle",)),
    ("switch:every", (), ("tiers",)),
    (N_("Which items"), (), _NOT_BUNDLE),
    ("", ("item",), _NOT_BUNDLE),
    ("", ("category", "family", "flag"), _NOT_BUNDLE),
    ("", ("not_item",), _NOT_BUNDLE),
    ("", ("not_category", "not_family", "not_flag"), _NOT_BUNDLE),
    (N_("When, and for whom"), (), _EVERY_KIND),
    ("", ("from", "until"), _EVERY_KIND),
    ("weekdays", (), _EVERY_KIND),
    ("", ("hours",), _EVERY_KIND),
    ("", ("tier", "customer_group"), _EVERY_KIND),
    ("", ("codes",), _EVERY_KIND),
    ("", ("gs1", "uses"), _EVERY_KIND),
    (N_("How often, and beside which others"), (), _EVERY_KIND),
    ("", ("limit", "priority", "group"), _EVERY_KIND),
    ("switch:combinable", (), _EVERY_KIND),
    (N_("In other languages, and what to say of it"), (), _EVERY_KIND),
    ("", tuple(f"names_{language}" for language in LANGUAGES), _EVERY_KIND),
    *(("", (f"say_{language}",), _EVERY_KIND) for language in LANGUAGES),
)


class PromotionFields(QWidget):
    """Signals: changed() by a person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self.switches: dict[str, ActionButton] = {}
        self.days: list[ActionButton] = []
        self._words = Wording("en")
        self._currency = ""
        self._kept: Texts = {}
        self._titles: dict[str, str] = {}
        self._headings: list[tuple[str, Label]] = []
        self._rows: list[tuple[QWidget, tuple[str, ...]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        self._grown = {"steps": QVBoxLayout(), "parts": QVBoxLayout()}
        for said, names, kinds in _ROWS:
            made = self._row(said, names)
            column.addWidget(made)
            self._rows.append((made, kinds))
        column.addStretch(1)
        for _ in range(ROWS_MIN):
            self._grow("steps")
            self._grow("parts")

    # What it is made of.

    def _row(self, said: str, names: tuple[str, ...]) -> QWidget:
        if said and said not in self._grown and said != "weekdays" and not said.startswith("switch:"):
            heading = Label("", 16, 680)
            heading.setContentsMargins(0, 10, 0, 0)
            self._headings.append((said, heading))
            return heading
        inside = QWidget()
        set_ground(inside, "none")
        if said in self._grown:
            inside.setLayout(self._grown[said])
            self._grown[said].setContentsMargins(0, 0, 0, 0)
            self._grown[said].setSpacing(10)
            return inside
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16 if names else 6)
        for name in names:
            row.addWidget(self._field(name), 2 if name in ("name", "of_items") else 1)
        if said == "weekdays":
            for day in DAYS:
                self.days.append(self._switch(f"day_{day}"))
                row.addWidget(self.days[-1], 1)
        elif said:
            name = said.partition(":")[2]
            self.switches[name] = self._switch(name)
            row.addWidget(self.switches[name])
        return inside

    def _field(self, name: str) -> FormField:
        kind = name.rsplit("_", maxsplit=1)[-1] if name.startswith(("step", "part")) else name
        number = kind in _NUMBERS and kind != "of"
        editor: QWidget = ChoiceBox() if kind in _CHOICES else NumberEdit() if number else QLineEdit()
        field = FormField(f"promotion_edit.field.{name}", editor)
        field.changed.connect(self._edited)
        self.fields[name] = field
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(editor.focusNextChild)
        return field

    def _switch(self, name: str) -> ActionButton:
        day = name.startswith("day_")
        button = ActionButton("", None if day else "check", align="center" if day else "left", height=48, px=15)
        button.setObjectName(f"promotion_edit.switch.{name}")
        button.set_checked_kind("selected")
        button.toggled.connect(lambda _: self._say_switches())
        button.clicked.connect(lambda _: self.changed.emit())
        return button

    def _grow(self, which: str) -> None:
        """One more row of steps or parts."""
        number = self._grown[which].count() + 1
        inside = QWidget()
        set_ground(inside, "none")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        names = ("from", "reward", "value") if which == "steps" else ("pieces", "items")
        for name in names:
            row.addWidget(self._field(f"{which[:-1]}{number}_{name}"), 3 if name == "items" else 1)
        self._grown[which].addWidget(inside)
        self._say_grown(which, number)

    def _edited(self) -> None:
        self.fit()
        self.changed.emit()

    def fit(self) -> None:
        """The rows of its kind, and always an empty one of steps and parts below those that are filled."""
        kind = self.fields["kind"].text or "each"
        for row, kinds in self._rows:
            row.setVisible(kind in kinds)
        for which, name in (("steps", "from"), ("parts", "items")):
            if self.fields[f"{which[:-1]}{self._grown[which].count()}_{name}"].text:
                self._grow(which)
        self.fields["of_items"].setVisible(self.fields["of"].text == "other")

    # Words.

    def retranslate(self, words: Wording, currency: str) -> None:
        """Names and hints; whatever was said of what stands in them is taken back."""
        self._words, self._currency = words, currency
        for said, heading in self._headings:
            heading.setText(words.say(said))
        for name, (title, hint) in _field_words(words).items():
            self.fields[name].set_words(title, hint)
            self._titles[name] = title
        for language in LANGUAGES:
            spoken = LANGUAGE_NAMES[language]
            self.fields[f"names_{language}"].set_words(words.say("Name in {language}", language=spoken))
            self.fields[f"say_{language}"].set_words(words.say("To say in {language}", language=spoken))
        for name, choices in _choices(words, currency).items():
            self._set_choices(name, choices)
        for which, rows in self._grown.items():
            for number in range(1, rows.count() + 1):
                self._say_grown(which, number)
        self._say_switches()

    def _say_grown(self, which: str, number: int) -> None:
        say = self._words.say
        names = (
            (("from", say("From")), ("reward", say("Gives")), ("value", say("How much")))
            if which == "steps"
            else (("pieces", say("Pieces")), ("items", say("Items of part {number}", number=number)))
        )
        for name, title in names:
            key = f"{which[:-1]}{number}_{name}"
            hint = say("As MUG, CUP; category: home; not item: KETTLE") if name == "items" and number == 1 else ""
            self.fields[key].set_words(title, hint)
            self._titles[key] = title
            if name == "reward":
                self._set_choices(key, _choices(self._words, self._currency)["reward"])

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        box = self.fields[name].editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(choices)

    def _say_switches(self) -> None:
        say = self._words.say
        names = {
            "every": say("The amount for each full “from”, again and again"),
            "combinable": say("Goes with every other promotion"),
        }
        for name, button in self.switches.items():
            button.set_icon("check_circle" if button.isChecked() else "radio_button_unchecked")
            button.set_text(names[name])
            button.describe(f"{names[name]}, {self._state(button)}")
        for number, button in enumerate(self.days):
            day = self._words.short_weekday(number)
            button.set_text(day)
            button.describe(f"{day}, {self._state(button)}")

    def _state(self, button: ActionButton) -> str:
        return self._words.say("yes") if button.isChecked() else self._words.say("no")

    # What stands here.

    @property
    def texts(self) -> Texts:
        """What stands everywhere; what the form does not show is kept as it was."""
        said = {name: field.text for name, field in self.fields.items()}
        said |= {name: "true" if button.isChecked() else "" for name, button in self.switches.items()}
        chosen = [day for day, button in zip(DAYS, self.days, strict=True) if button.isChecked()]
        return self._kept | said | {"weekdays": ", ".join(chosen)}

    def show_texts(self, texts: Texts, *, new: bool) -> None:
        """Put these in, and empty the rest."""
        self._kept = {"active": texts["active"]} if "active" in texts else {}
        for which in self._grown:
            while f"{which[:-1]}{self._grown[which].count()}_{'from' if which == 'steps' else 'items'}" in texts:
                self._grow(which)
        sign = self._words.decimal_sign
        for name, field in self.fields.items():
            text = texts.get(name, "")
            money = name == "value" or (name.startswith("step") and not name.endswith("reward"))
            field.set_text(text.replace(".", sign) if money else text)
            field.refuse("")
        for name, button in self.switches.items():
            button.setChecked(texts.get(name) == "true")
        chosen = texts.get("weekdays", "").split(", ")
        for day, button in zip(DAYS, self.days, strict=True):
            button.setChecked(day in chosen)
        self.fields["id"].editor.setEnabled(new)
        self.fit()

    def title_of(self, name: str) -> str:
        """What the field is called; empty where there is none."""
        return self._titles.get(name, "")

    def refuse(self, fault: FormFault) -> bool:
        """Say it at its field; whether there is one."""
        said = fault_said(fault.fault, self._words, self.title_of(fault.field))
        for field in self.fields.values():
            field.refuse("")
        if fault.field not in self.fields:
            return False
        self.fields[fault.field].refuse(said)
        return True

    def take_item(self, item: str) -> None:
        """A scanned item joins the field of items that has the focus, or the first one that is shown."""
        bundle = self.fields["kind"].text == "bundle"
        taking = [name for name in self.fields if name in ("item", "not_item", "of_items") or name.endswith("_items")]
        first = next((name for name in taking if name.startswith("part") and not self.fields[name].text), "item")
        here = next((name for name in taking if self.fields[name].editor.hasFocus()), first if bundle else "item")
        field = self.fields[here]
        words = [word.strip() for word in field.text.split(",") if word.strip()]
        if item not in words:
            field.set_text(", ".join([*words, item]))
            self._edited()

    def take_coupon(self, code: str) -> bool:
        """A scanned code joins the coupons while their field has the focus."""
        field = self.fields["codes"]
        if not field.editor.hasFocus():
            return False
        field.set_text(", ".join(filter(None, (field.text, code))))
        self._edited()
        return True


def _field_words(words: Wording) -> dict[str, tuple[str, str]]:
    say: Callable[..., str] = words.say
    commas = say("Several with commas between")
    return {
        "name": (say("Name on the receipt"), ""),
        "id": (say("Number"), say("Left empty it is made of the name")),
        "kind": (say("Kind"), ""),
        "buy": (say("Buy"), say("Pieces")),
        "get": (say("Get"), say("Pieces")),
        "n": (say("Which piece"), say("2: every second one")),
        "pieces": (say("Pieces together"), ""),
        "of": (say("Which get it"), ""),
        "of_items": (say("Other items"), say("As MUG, CUP; category: home; not item: KETTLE")),
        "reward": (say("Gives"), ""),
        "value": (say("How much"), ""),
        "by": (say("Counted by"), ""),
        "item": (say("Items"), say("Numbers with commas between, or scan them. All empty: everything")),
        "category": (say("Departments"), commas),
        "family": (say("Families"), commas),
        "flag": (say("Flags"), commas),
        "not_item": (say("But not the items"), commas),
        "not_category": (say("Not departments"), ""),
        "not_family": (say("Not families"), ""),
        "not_flag": (say("Not flags"), ""),
        "from": (say("From"), say("As 2026-12-24 or 2026-12-24 16:00")),
        "until": (say("Until"), say("A day alone is all of it")),
        "hours": (say("Hours"), say("As 16:00-18:30, 20:00-22:00")),
        "tier": (say("Tier"), say("Only customers of these")),
        "customer_group": (say("Group"), say("Only customers of these")),
        "codes": (say("Coupons"), say("Codes with commas between, or scan them. Empty: no coupon is asked for")),
        "gs1": (say("GS1 coupon numbers"), say("13 digits each")),
        "uses": (say("Uses of a coupon"), say("Empty: as often as it is shown")),
        "limit": (say("Times a receipt"), say("Empty: no limit")),
        "priority": (say("Priority"), say("0 to 1000, the highest first")),
        "group": (say("Excludes each other"), say("One word for promotions of which a piece takes one")),
    }


def _choices(words: Wording, currency: str) -> dict[str, list[tuple[str, str]]]:
    say = words.say
    kinds = {
        "each": say("Every piece cheaper"),
        "buy_get": say("Buy some, get some"),
        "nth": say("Every n-th piece"),
        "mix": say("Mix and match: so many of these together"),
        "bundle": say("Bundle: a set of several parts"),
        "tiers": say("From a quantity or an amount on, in steps"),
    }
    rewards = {
        "percent": say("Per cent off"),
        "amount": say("Amount off in {currency}", currency=currency),
        "price": say("New price in {currency}", currency=currency),
    }
    return {
        "kind": [(kind, kinds[kind]) for kind in KINDS],
        "reward": [(reward, rewards[reward]) for reward in REWARDS],
        "of": [("same", say("The same item")), ("cheapest", say("The cheapest")), ("other", say("Other items"))],
        "by": [("quantity", say("Quantity")), ("spend", say("Amount spent in {currency}", currency=currency))],
    }
