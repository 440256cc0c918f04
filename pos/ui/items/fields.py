"""The fields of an item's form: what they ask, what stands in them, and which of them a refusal speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.country import ordinary_taxes
from pos.domain.item import AGE_MAX, Item
from pos.domain.item_cells import (
    CellUnreadable,
    content_text,
    deposits_text,
    read_age,
    read_content,
    read_deposits,
    read_flags,
    read_stock,
)
from pos.domain.item_rows import read_cost
from pos.domain.money import Quantity, Unit, minor_text
from pos.domain.quantity_prices import quantity_prices_text, read_quantity_prices
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError
from pos.services.catalogue import Catalogue
from pos.services.desk import Desk
from pos.services.item_pictures import picture_path, take_picture
from pos.ui.items.words import LANGUAGE_NAMES, tax_name, unit_name
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Icon
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.item_icons import ICONS
from pos.wording import Wording

_NUMBERS = {"price", "cost", "age", "content", "stock_min", "measure_code"}
_CHOICES = {"tax", "unit", "icon"}
# Name, the row and the column it stands in, how many columns it takes.
_PLACES = (
    *(("name", 0, 0, 2), ("number", 2, 0, 1), ("department", 2, 1, 1), ("price", 3, 0, 1), ("tax", 3, 1, 1)),
    *(("unit", 4, 0, 1), ("content", 4, 1, 1), ("family", 5, 0, 1), ("variant", 5, 1, 1)),
    ("cost", 6, 0, 1),
    *(("age", 7, 0, 1), ("stock_min", 7, 1, 1), ("icon", 8, 0, 1), ("picture", 8, 1, 1)),
    *(("measure_code", 9, 0, 1), ("flags", 9, 1, 1), ("deposits", 10, 0, 1), ("quantity_prices", 10, 1, 1)),
)
# The row of the names in other languages: side by side, since that of the shop's own language is not asked.
_NAMES_ROW = 1
_SWITCHES = ("open_price", "serial", "final_sale", "not_discountable", "container")
_REFUSED_AT = {
    Code.ITEM_ID_INVALID: "number",
    Code.ITEM_EXISTS: "number",
    Code.ITEM_NAME_INVALID: "name",
    Code.ITEM_TEXT_INVALID: "name",
    Code.ITEM_WORD_TOO_LONG: "department",
    Code.PRICE_UNREADABLE: "price",
    Code.PRICE_NEGATIVE: "price",
    Code.PRICE_TOO_FINE: "price",
    Code.PRICE_TOO_LARGE: "price",
    Code.COST_UNREADABLE: "cost",
    Code.TAX_UNKNOWN: "tax",
    Code.AGE_INVALID: "age",
    Code.CONTENT_INVALID: "content",
    Code.STOCK_INVALID: "stock_min",
    Code.MEASURE_CODE_INVALID: "measure_code",
    Code.PICTURE_INVALID: "picture",
    Code.PICTURE_UNFIT: "picture",
    Code.FLAGS_INVALID: "flags",
    Code.UNIT_FIXED: "unit",
    Code.DEPOSIT_INVALID: "deposits",
    Code.DEPOSIT_UNKNOWN: "deposits",
    Code.QUANTITY_PRICES_INVALID: "quantity_prices",
}


class ItemFields(QWidget):
    """Signals: changed() by a person."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.fields: dict[str, FormField] = {}
        self.switches: dict[str, ActionButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for name, row, column, span in _PLACES:
            editor: QWidget = ChoiceBox() if name in _CHOICES else NumberEdit() if name in _NUMBERS else QLineEdit()
            field = FormField(f"item_edit.field.{name}", editor)
            field.changed.connect(self.changed)
            self.fields[name] = field
            grid.addWidget(self._with_browse(field) if name == "picture" else field, row, column, 1, span)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(editor.focusNextChild)
        for at, name in enumerate(_SWITCHES):
            button = ActionButton("", "check", align="left", height=48, px=15)
            button.setObjectName(f"item_edit.switch.{name}")
            button.set_checked_kind("selected")
            button.toggled.connect(lambda _: self._say_switches())
            button.clicked.connect(self.changed)
            self.switches[name] = button
            grid.addWidget(button, 11 + at // 2, at % 2)
        grid.setRowStretch(14, 1)
        grid.addLayout(self._names_row(), _NAMES_ROW, 0, 1, 2)

    def _names_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for language in LANGUAGE_NAMES:
            field = FormField(f"item_edit.field.name_{language}", QLineEdit())
            field.changed.connect(self.changed)
            self.fields[f"name_{language}"] = field
            row.addWidget(field, 1)
        return row

    def _with_browse(self, field: FormField) -> QWidget:
        """The field of the picture with the way to choose one beside it, and the picture itself."""
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.browse = IconButton("folder_open", "", kind="outlined", size=48)
        self.browse.setObjectName("item_edit.picture.browse")
        self.browse.clicked.connect(lambda: self._pick())
        self.shown = Icon("inventory_2", 24, tile="neutral", tile_size=48)
        row.addWidget(field, 1)
        for part in (self.browse, self.shown):
            column = QVBoxLayout()
            column.setContentsMargins(0, 22, 0, 0)
            column.addWidget(part)
            column.addStretch(1)
            row.addLayout(column)
        field.changed.connect(self.show_picture)
        return beside

    def show_picture(self) -> None:
        """The picture whose name stands in its field."""
        name = self.fields["picture"].text
        self.shown.set_icon(self.fields["icon"].text or "inventory_2")
        self.shown.set_picture("" if set(name) & set("/\\") else picture_path(self._desk, name))

    def _pick(self) -> None:
        words = self._words
        kinds = f"{words.say('Pictures')} (*.png *.jpg *.jpeg *.gif *.bmp *.webp)"
        chosen, _ = QFileDialog.getOpenFileName(self, words.say("Choose a picture"), "", kinds)
        if chosen:
            self.take_picture(Path(chosen))

    def take_picture(self, path: Path) -> None:
        """Keep a copy of this file and name it here; what is no picture is refused at the field."""
        try:
            name = take_picture(self._desk, path)
        except KnownError as error:
            self.fields["picture"].refuse(self._words.trouble(error))
            return
        if isinstance(name, Refused):
            self.fields["picture"].refuse(self._words.refusal(name))
            return
        self.fields["picture"].refuse("")
        self.fields["picture"].set_text(name)
        self.show_picture()
        self.changed.emit()

    def retranslate(self, words: Wording, currency: str) -> None:
        """Names and hints; whatever was said of what stands in them is taken back."""
        self._words = words
        say = words.say
        for name, title, hint in (
            ("name", say("Item name"), ""),
            ("number", say("Number"), say("Left empty it is the first code")),
            ("department", say("Department"), ""),
            ("price", say("Price in {currency}", currency=currency), ""),
            (
                "cost",
                say("Cost in {currency}", currency=currency),
                say("What the shop pays for one; empty for not known"),
            ),
            ("tax", say("Tax"), ""),
            ("unit", say("Sold by"), ""),
            ("content", say("Content"), say("Such as 500 g or 0.75 l, for the unit price on the shelf")),
            ("family", say("Family"), say("What binds its sizes and colours")),
            ("variant", say("Variant"), say("Which size or colour this is")),
            ("age", say("Age asked for"), say("Years; empty asks nobody")),
            ("stock_min", say("Low below"), say("Listed as low when less is there")),
            ("icon", say("Icon"), ""),
            ("picture", say("Picture"), say("A file in the shop folder’s pictures")),
            ("measure_code", say("Weight code"), say("How codes with its weight or price begin")),
            ("flags", say("Flags"), say("Words that rules and promotions may ask for")),
            ("deposits", say("Goes with"), say("Its containers, such as BOTTLE3 or BOTTLE3*20 | CRATE")),
            ("quantity_prices", say("Prices by quantity"), say("Such as 6: 0.89 | 12: 0.79")),
        ):
            self.fields[name].set_words(title, hint)
        for language, title in LANGUAGE_NAMES.items():
            self.fields[f"name_{language}"].set_words(say(title))
        self.browse.set_name(say("Choose a picture"), say("A copy is kept in the shop folder."))
        self._set_choices("unit", [(unit.value, unit_name(unit, words)) for unit in Unit])
        self._set_choices("icon", [("", say("None")), *((icon, say(said)) for icon, said in ICONS.items())])
        rates = {rate.code: rate for rate in self._desk.rules_today.tax_rates}
        choices = [
            (" ".join(codes), " + ".join(tax_name(rates[code], self._words, currency) for code in codes))
            for codes in ordinary_taxes(self._desk.rules)
        ]
        self._set_choices("tax", choices or [("", "—")])
        self._say_switches()

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        box = self.fields[name].editor
        assert isinstance(box, ChoiceBox)
        kept = box.choice
        if kept and kept not in dict(choices):
            choices.append((kept, kept))
        box.set_choices(choices)

    def _say_switches(self) -> None:
        say = self._words.say
        names = {
            "open_price": say("Price is typed at the sale"),
            "serial": say("Asks for a serial number"),
            "final_sale": say("Does not come back"),
            "not_discountable": say("No discounts"),
            "container": say("Container with a deposit"),
        }
        for name, button in self.switches.items():
            state = say("yes") if button.isChecked() else say("no")
            button.set_icon("check_circle" if button.isChecked() else "radio_button_unchecked")
            button.set_detail("")
            button.set_text(names[name])
            button.describe(f"{names[name]}, {state}")

    @property
    def texts(self) -> dict[str, str]:
        """What stands everywhere, to see whether something was changed."""
        said = {name: field.text for name, field in self.fields.items()}
        return said | {name: str(button.isChecked()) for name, button in self.switches.items()}

    def show_item(self, item: Item, currency: str, *, new: bool) -> None:
        """Show an item, or the beginnings of one."""
        sign = self._words.decimal_sign
        price = minor_text(item.unit_price_minor, currency).replace(".", sign)
        limit = "" if item.stock_min is None else Quantity(item.stock_min, Unit.KG).text().replace(".", sign)
        for name, text in {
            "name": item.name,
            "number": item.id,
            "department": item.department,
            "price": "" if new else price,
            "cost": "" if item.cost is None else minor_text(item.cost, currency).replace(".", sign),
            "unit": item.unit.value,
            "content": content_text(item.content).replace(".", sign),
            "family": item.family,
            "variant": item.variant,
            "age": str(item.age or ""),
            "stock_min": limit,
            "picture": item.picture,
            "measure_code": item.measure_code,
            "flags": " ".join(item.flags),
            "deposits": deposits_text(item.deposits),
            "quantity_prices": quantity_prices_text(item.quantity_prices, currency),
        }.items():
            self.fields[name].set_text(text)
            self.fields[name].refuse("")
        for name, key in (("tax", " ".join(item.taxes)), ("icon", item.icon)):
            box = self.fields[name].editor
            assert isinstance(box, ChoiceBox)
            if key and box.findData(key) < 0:
                box.addItem(key, key)
            box.choose(key)
        for name, button in self.switches.items():
            button.setChecked(bool(getattr(item, name)))
        names = dict(item.names)
        for language in LANGUAGE_NAMES:
            field = self.fields[f"name_{language}"]
            field.set_text(names.get(language, ""))
            field.refuse("")
            field.setVisible(language != self._desk.rules.language or language in names)
        self.fields["number"].editor.setEnabled(new)
        operator = self._desk.operator
        self.fields["cost"].setVisible(operator is not None and operator.may(Permission.MANAGE_ITEMS))
        self.show_picture()

    def read(self, before: Item, catalogue: Catalogue) -> Item | Refused:
        """The item with what stands here, or the first thing that cannot be read, said at its field."""
        price = catalogue.read_price(self.fields["price"].text)
        if isinstance(price, Refused):
            return self.refuse(price)
        read: dict[str, object] = {}
        currency = self._desk.rules.currency
        by_quantity: Callable[[str], object] = partial(read_quantity_prices, currency=currency)
        cost: Callable[[str], object] = partial(read_cost, currency=currency)
        unread = Refused(Code.COST_UNREADABLE)
        for name, reader, empty, refused in (
            *_READ,
            ("quantity_prices", by_quantity, (), _BY_QUANTITY),
            ("cost", cost, None, unread),
        ):
            text = self.fields[name].text
            try:
                read[name] = reader(text) if text else empty
            except CellUnreadable:
                return self.refuse(refused)
        codes = before.codes
        return replace(
            before,
            id=before.id or self.fields["number"].text or (codes[0] if codes else ""),
            name=" ".join(self.fields["name"].text.split()),
            names=self._names(),
            unit_price_minor=price,
            taxes=tuple(self.fields["tax"].text.split()),
            unit=Unit(self.fields["unit"].text),
            department=" ".join(self.fields["department"].text.split()),
            family=self.fields["family"].text,
            variant=self.fields["variant"].text,
            icon=self.fields["icon"].text,
            picture=self.fields["picture"].text,
            measure_code=self.fields["measure_code"].text,
            **read,  # type: ignore[arg-type]
            open_price=self.switches["open_price"].isChecked(),
            serial=self.switches["serial"].isChecked(),
            final_sale=self.switches["final_sale"].isChecked(),
            not_discountable=self.switches["not_discountable"].isChecked(),
            container=self.switches["container"].isChecked(),
        )

    def _names(self) -> tuple[tuple[str, str], ...]:
        typed = ((language, " ".join(self.fields[f"name_{language}"].text.split())) for language in LANGUAGE_NAMES)
        return tuple(sorted((language, name) for language, name in typed if name))

    def refuse(self, refused: Refused) -> Refused:
        """Say it at the field it speaks of, where there is one."""
        name = _REFUSED_AT.get(refused.code, "")
        if refused.code is Code.ITEM_WORD_TOO_LONG:
            name = max(("department", "family", "variant"), key=lambda each: len(self.fields[each].text))
        if refused.code is Code.ITEM_NAME_INVALID and self.fields["name"].text:
            others = (f"name_{language}" for language in LANGUAGE_NAMES)
            name = max("name", *others, key=lambda each: len(self.fields[each].text))
        for each, field in self.fields.items():
            field.refuse(self._words.refusal(refused) if each == name else "")
        return refused

    def says(self, refused: Refused) -> bool:
        """Whether a refusal has its field here."""
        return refused.code in _REFUSED_AT


_READ: tuple[tuple[str, Callable[[str], object], object, Refused], ...] = (
    ("age", read_age, 0, Refused(Code.AGE_INVALID, {"limit": AGE_MAX})),
    ("content", read_content, None, Refused(Code.CONTENT_INVALID)),
    ("stock_min", read_stock, None, Refused(Code.STOCK_INVALID)),
    ("flags", read_flags, (), Refused(Code.FLAGS_INVALID)),
    ("deposits", read_deposits, (), Refused(Code.DEPOSIT_INVALID)),
)
_BY_QUANTITY = Refused(Code.QUANTITY_PRICES_INVALID)
