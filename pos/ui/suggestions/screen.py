"""The pairs of items that go together, with what each brought in the last thirty days, and the form of one."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.suggestion import SAY_CHARACTERS_MAX, SuggestionPair, Trigger
from pos.services.promotion_form import written_moment
from pos.services.suggestions import PairFigures, PairView
from pos.ui.fittings import Fittings
from pos.ui.shared.cards import Card
from pos.ui.shared.form import FormField
from pos.ui.shared.notices import EmptyState, set_ground
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.two_columns import TwoColumns

DAYS = 30
_NEW = SuggestionPair(0, Trigger.ITEM, "", "")
_FIELDS = ("wanted", "item", "say", "starts", "ends")


class SuggestionsScreen(TwoColumns):
    """List and form. A scan goes into the field that is typed into, as the item it is."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("suggestions", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._suggestions = fittings.workstation.suggestions
        self._views: dict[str, PairView] = {}
        self.pair = _NEW
        self._shown = dict.fromkeys(_FIELDS, "")
        self._brought = 0
        self._new = self.add_key("new", "F3", self.begin)
        self._remove = self.add_key("remove", "F8", self.remove)
        self.add_step_keys()
        self._save = self.add_key("save", [], self.save, primary=True)
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self.empty = EmptyState("lightbulb")
        self.add_list(RowList(), self.empty, self._show_pair, name=("list", "pairs"))
        self._fill_right()
        self.set_entry(self.fields["wanted"])
        self.retranslate()

    def _fill_right(self) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        self.fields = {name: FormField(f"suggestions.field.{name}", QLineEdit()) for name in _FIELDS}
        for name in ("wanted", "item", "say"):
            column.addWidget(self.fields[name])
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(self.fields["starts"])
        days.addWidget(self.fields["ends"])
        column.addLayout(days)
        column.addStretch(1)
        for field in self.fields.values():
            editor = field.editor
            assert isinstance(editor, QLineEdit)
            editor.returnPressed.connect(editor.focusNextChild)
        say = self.fields["say"].editor
        assert isinstance(say, QLineEdit)
        say.setMaxLength(SAY_CHARACTERS_MAX)
        card = Card("plain", padding=16)
        card.column.addWidget(scrolled(inside))
        self.right.addWidget(card, 1)
        self.new_button = self.button("add", self._new, "pair", "new")
        self.remove_button = self.button("delete", self._remove, "pair", "remove")
        self.right.addWidget(ButtonShelf([self.new_button, self.remove_button], gap=8))
        self.save_button = self.add_primary("check", self._save, "pair", "save")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Suggestions")

    @property
    def context(self) -> str:
        return self.words.say("{amount} in the last {n} days", amount=self._money(self._brought), n=DAYS)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._new.setText(say("New pair"))
        self._remove.setText(say("Remove"))
        self._save.setText(say("Save"))
        self._back.setText(say("Back"))
        self.up_key.setText(say("Pair above"))
        self.down_key.setText(say("Pair below"))
        self.list.setAccessibleName(say("Suggestions"))
        day = say("As 2026-12-31, or empty")
        self.fields["wanted"].set_words(say("With"), say("An item by its name or code, or a whole department"))
        self.fields["item"].set_words(say("Suggest"), say("An item by its name or code"))
        self.fields["say"].set_words(say("What to say"), say("Empty: the name of the item is said"))
        self.fields["starts"].set_words(say("First day"), day)
        self.fields["ends"].set_words(say("Last day"), day)
        self.empty.set_words(
            say("Nothing is suggested yet"), say("Say what goes with what: one suggestion a sale, never while paying.")
        )
        self._load()

    def enter(self) -> None:
        """The list with today's figures; the form as it was left."""
        self.banner.hide()
        self._load()

    def take_scan(self, code: str) -> bool:
        """A scanned item stands in the field that is typed into."""
        item = self._workstation.catalogue.find(code)
        if item is None:
            return False
        name = "item" if self.fields["item"].editor.hasFocus() else "wanted"
        self.fields[name].set_text(item.id)
        return True

    # The list.

    def _load(self) -> None:
        views = self.attempt(self._suggestions.pairs) or ()
        today = self._workstation.desk.local(self._workstation.desk.now()).date()
        figures = self.attempt(lambda: self._suggestions.brought(today - timedelta(days=DAYS - 1), today)) or ()
        self._views = {str(view.pair.id): view for view in views}
        self._brought = sum(each.brought for each in figures)
        rows = [self._row(view, [each for each in figures if each.pair == view.pair.id]) for view in views]
        gone = [each for each in figures if str(each.pair) not in self._views]
        rows += [self._row(None, [each]) for each in gone]
        self.list.found.show(rows)
        self.list.choose(str(self.pair.id) if self.pair.id else "")
        self.show_list()
        self._remove.setEnabled(bool(self.pair.id))
        self.frame_changed.emit()

    def _row(self, view: PairView | None, figures: list[PairFigures]) -> ListRow:
        """A pair with what it did; one that was removed since only says so."""
        say = self.words.say
        accepted, declined = sum(each.accepted for each in figures), sum(each.declined for each in figures)
        seen = accepted + declined + sum(each.shown for each in figures)
        told = say(
            "shown {seen}, accepted {taken}, declined {not_taken}", seen=seen, taken=accepted, not_taken=declined
        )
        brought = self._money(sum(each.brought for each in figures))
        if view is None:
            return ListRow(f"gone {figures[0].pair}", "history", say("A pair that was removed"), told, brought)
        name = say("{item} with {wanted}", item=view.item_name, wanted=view.wanted_name)
        icon = "lightbulb" if view.pair.trigger is Trigger.ITEM else "category"
        return ListRow(str(view.pair.id), icon, name, told, brought)

    def _money(self, minor: int) -> str:
        return self.words.money(Money(minor, self._workstation.desk.rules.currency))

    # The form.

    def begin(self) -> None:
        """An empty form."""
        self.banner.hide()
        self.list.choose("")
        self._show_pair("")
        self.focus_entry()

    def _show_pair(self, row_id: str) -> None:
        view = self._views.get(row_id)
        self.pair = _NEW if view is None else view.pair
        self._shown = dict.fromkeys(_FIELDS, "")
        if view is not None:
            starts, ends = ("" if day is None else day.isoformat() for day in (self.pair.starts, self.pair.ends))
            texts = (view.wanted_name, view.item_name, self.pair.say, starts, ends)
            self._shown = dict(zip(_FIELDS, texts, strict=True))
        for name, text in self._shown.items():
            self.fields[name].set_text(text)
            self.fields[name].refuse("")
        self._remove.setEnabled(view is not None)

    def save(self) -> None:
        """Keep the pair; the form is empty for the next one."""
        self.banner.hide()
        days: list[date | None] = []
        for name in ("starts", "ends"):
            try:
                typed = written_moment(self.fields[name].text)
                days.append(date.fromisoformat(typed) if typed else None)
            except ValueError:
                self._sounds.play(Sound.ATTENTION)
                self.fields[name].refuse(self.words.say("This is no day. Type year, month and day, as 2026-12-31."))
                return
        trigger, wanted = self._wanted()
        wished = SuggestionPair(
            self.pair.id, trigger, wanted, self._item("item", self.pair.item), self.fields["say"].text, *days
        )
        if self.attempt(lambda: self._suggestions.put(wished)) is not None:
            self._done(self.words.say("The pair is kept."))

    def remove(self) -> None:
        """Suggest it no more."""
        self.banner.hide()
        if self.pair.id and self.attempt(lambda: self._suggestions.remove(self.pair.id)) is not None:
            self._done(self.words.say("The pair is suggested no more. What it brought stays in the list."))

    def _done(self, sentence: str) -> None:
        self._show_pair("")
        self._load()
        self.tell_done(sentence)
        self.focus_entry()

    def refuse(self, refused: Refused) -> None:
        """Say it at the field it speaks of, where there is one."""
        name = str(refused.facts.get("field", "")) if refused.code is Code.SUGGESTION_INVALID else ""
        if refused.code is Code.ITEM_UNKNOWN:
            name = "item" if refused.facts.get("code") == self.fields["item"].text[:40] else "wanted"
        if name not in self.fields:
            super().refuse(refused)
            return
        self._sounds.play(Sound.ATTENTION)
        self.fields[name].refuse(self.words.refusal(refused))

    def _wanted(self) -> tuple[Trigger, str]:
        text = self.fields["wanted"].text
        if self.pair.id and text == self._shown["wanted"]:
            return self.pair.trigger, self.pair.wanted
        departments = self.attempt(self._workstation.catalogue.departments) or ()
        named = next((each for each in departments if each.casefold() == text.casefold()), None)
        return (Trigger.ITEM, self._item("wanted", "")) if named is None else (Trigger.DEPARTMENT, named)

    def _item(self, field: str, kept: str) -> str:
        """The item that is meant: as it was, by its code, or by its whole name; else what was typed."""
        text, catalogue = self.fields[field].text, self._workstation.catalogue
        if self.pair.id and kept and text == self._shown[field]:
            return kept
        item = catalogue.find(text) if text else None
        if item is not None:
            return item.id
        found = self.attempt(lambda: catalogue.search(text, language=self.words.language)) or ()
        return next((each.id for each in found if each.name.casefold() == text.casefold()), text)
