"""Writing in the policy's window: a rule in its form, new ones, copies, their order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pos.policy_form_words import KINDS, choice_words, field_words, kind_words
from pos.policy_words import rule_said
from pos.services.policy_form import Written, kind_of
from pos.services.policy_picks import found_items, known_words
from pos.services.roles import roles_of
from pos.ui.fittings import Fittings
from pos.ui.policy.draft_keeping import DraftKeeping
from pos.ui.policy.draft_work import AskedHere, DraftRow, asked_of_head, asked_of_rule
from pos.ui.policy.rule_card import RuleCard, VersionCard
from pos.ui.policy.rule_form import PICKS_MOST, RuleForm, fault_words
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.shelf import ButtonShelf

_HEAD = -1
_NOBODY = "none"


class Drafting(DraftKeeping):
    """What both columns are made of, and everything that changes the draft. Whoever shows it says the rest."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__(fittings)
        self.choosing_kind = False
        # The place of the rule whose form is open; `_HEAD` is the policy's own, None is no form.
        self._open: int | None = None
        self._behind = ""
        self._known: dict[str, Sequence[tuple[str, str]]] = {}

    @property
    def form_open(self) -> bool:
        return self._open is not None

    # What it is made of.

    def add_drafting_keys(self) -> None:
        self._edit = self.add_key("edit", "F2", self.edit, in_key_bar=False)
        self._copy = self.add_key("copy", "F5", self.copy, in_key_bar=False)
        self._new = self.add_key("new", ["F6", "Insert"], self.choose_kind, in_key_bar=False)
        self._save_draft = self.add_key("save_draft", "F9", self.save_draft)
        self._next_month = self.add_key("next_month", "F10", self.start_next_month)
        self._head = self.add_key("head", "F11", self.edit_head, in_key_bar=False)
        self._remove = self.add_key("remove", "Del", self.remove, in_key_bar=False)
        self._sooner = self.add_key("sooner", "Alt+Up", partial(self.move_rule, -1))
        self._after = self.add_key("after", "Alt+Down", partial(self.move_rule, 1))
        self._throw = self.add_key("throw", "Alt+D", self.throw_away)
        self._picks = [
            self.add_key(f"pick{number}", f"Alt+{number}", partial(self._pick_word, number), in_key_bar=False)
            for number in range(1, PICKS_MOST + 1)
        ]

    def add_rules(self) -> None:
        self.field = self.add_field(icon="search")
        self.empty = EmptyState("assignment_return")
        self.add_list(RowList(), self.empty, lambda _: self._chose(), name=("policy", "rules"))

    def add_cards(self) -> None:
        self.version_card, self.card, self.form = VersionCard(), RuleCard(), RuleForm()
        self.name_of_version, self.state = self.version_card.name_of_version, self.version_card.state
        self.form.changed.connect(self._typed)
        self.form.hide()
        for card in (self.version_card, self.card, self.form):
            self.right.addWidget(card, 0 if card is self.version_card else 1)

    def add_drafting_buttons(self) -> None:
        self._buttons = made = {
            "edit": self.button("edit", self._edit, "rule", "edit"),
            "new": self.button("add", self._new, "rule", "new"),
            "head": self.button("info", self._head, "rule", "head"),
            "copy": self.button("content_copy", self._copy, "rule", "copy"),
            "remove": self.button("remove", self._remove, "rule", "remove"),
        }
        self._shelves = {
            "write": ButtonShelf([made["edit"], made["new"]], gap=8),
            "rule": ButtonShelf([made["copy"], made["remove"], made["head"]], gap=8),
        }
        for shelf in self._shelves.values():
            self.right.addWidget(shelf)

    def say_drafting(self) -> None:
        say = self.words.say
        for action, text in (
            (self._copy, say("Copy rule")),
            (self._new, say("New rule")),
            (self._save_draft, say("Save as a file")),
            (self._next_month, say("From next month")),
            (self._head, say("About the policy")),
            (self._remove, say("Remove rule")),
            (self._sooner, say("Rule further up")),
            (self._after, say("Rule further down")),
            (self._throw, say("Throw the draft away")),
        ):
            action.setText(text)
        self._edit.setText(say("Edit rule"))
        for number, action in enumerate(self._picks, 1):
            action.setText(say("Take proposal {number}", number=number))
        self.form.set_words(self.words)
        self._close()

    # Rules.

    def copy(self) -> None:
        row = self._at_hand()
        if row is not None and row.at is not None:
            self.work.copy(row.at)
            self._changed(self._id_at(row.at + 1))

    def remove(self) -> None:
        row, before = self._at_hand(), self.work.draft
        if row is None or row.at is None or before is None:
            return
        self.work.remove(row.at)
        self._changed()
        said = self.words.say("Rule {rule} is taken out of the draft.", rule=row.id)
        self.done.emit(said, partial(self._restore, before), "")

    def move_rule(self, by: int) -> None:
        row = self._at_hand()
        if row is not None and row.at is not None:
            self.work.move(row.at, by)
            self._changed(row.id)

    def _at_hand(self) -> DraftRow | None:
        """The chosen rule in the draft, which begins here where there is none."""
        if not self.manages or self.form_open or self.choosing_kind or self._chosen_row() is None:
            return None
        self.begin()
        return self._chosen_row()

    def _id_at(self, at: int) -> str:
        return next((row.id for row in self.rows if row.at == at), "")

    # New ones.

    def choose_kind(self) -> None:
        """The kinds of rules in the list, each with what it does."""
        if not self.manages or self.form_open or self.choosing_kind:
            return
        row = self._chosen_row()
        self._behind = row.id if row is not None else ""
        self.choosing_kind = True
        self.field.clear()
        self._show()
        self.focus_entry()

    def show_kinds(self) -> None:
        wanted, kept = self.field.text.casefold(), self.list.chosen
        said = [(kind, *kind_words(self.words, kind)) for kind in KINDS]
        rows = [ListRow(kind, "add", name, does) for kind, name, does in said if wanted in f"{name} {does}".casefold()]
        self.list.found.show(rows)
        self.list.choose(kept)
        self.show_list()
        self.empty.set_words(self.words.say("No kind of rule matches"), "")
        self.name_of_version.setText(self.words.say("A new rule"))
        self.state.setText(self.words.say("Choose what it is to say. Enter takes the kind."))
        self.field.set_words(self.words.say("Type words of a kind of rule"))
        self.show_chosen()

    def take_kind(self) -> None:
        """A new rule of the chosen kind, behind the one that was chosen before."""
        kind = self.list.chosen
        if kind not in KINDS:
            return
        self.choosing_kind = False
        self.field.clear()
        self.begin()
        last = len(self.begin().rules)
        at = next((row.at + 1 for row in self.rows if row.id == self._behind and row.at is not None), last)
        self.work.add(at, kind)
        self._changed(self._id_at(at))
        self._open_form(at)

    # The form.

    def edit(self) -> None:
        """The chosen rule in its form, or the form away; one that is gone is put back."""
        if self.form_open:
            self.close_form()
            return
        row = self._at_hand()
        if row is None:
            return
        if row.at is None and row.told is not None:
            self.work.put_back(row.told.rule, self.newest[1])
            self._changed(row.id)
            return
        if row.at is not None:
            self._open_form(row.at)

    def edit_head(self) -> None:
        """What stands before the rules: the name, since when they are posted."""
        if self.manages and not self.form_open and not self.choosing_kind:
            self.begin()
            self._open_form(_HEAD)

    def _open_form(self, at: int) -> None:
        draft = self.begin()
        self._open = at
        self._known = {}
        written = draft.head if at == _HEAD else draft.rules[at]
        roles = roles_of(self._workstation.desk).all()
        say = self.words.say
        who = [("", say("Whoever may approve returns")), (_NOBODY, say("Nobody"))]
        who += [(role.id, self.words.role(role.id, role.name)) for role in roles]
        named = str(written.get("override", ""))
        if named not in dict(who):
            # A file may ask for somebody this shop has not got: the form says so and changes nothing by itself.
            who.append((named, named))
        self.form.open(written, self._asked, self._words_for, who, self.today())
        self.version_card.hide()
        self.card.hide()
        self.form.show()
        self.set_entry(self.form.first)
        self._show()
        self.focus_entry()

    def _asked(self, written: Written) -> AskedHere:
        return asked_of_head() if self._open == _HEAD else asked_of_rule(written, self.currency)

    def _words_for(self, key: str, typed: str) -> Sequence[tuple[str, str]]:
        desk, draft = self._workstation.desk, self.work.draft
        if key == "item":
            return found_items(desk, typed)
        if key not in self._known:
            codes = known_words(desk, key, () if draft is None else draft.rules)
            self._known[key] = [(code, choice_words(self.words, key, code)) for code in codes]
        return self._known[key]

    def _typed(self, written: Written) -> None:
        """What stands in the form is in the draft at once, and on the disk a moment later."""
        if self._open is not None:
            self.work.change(None if self._open == _HEAD else self._open, written)
            self.form.show_written(written)
            self._pause.start()
            self._show()

    def close_form(self) -> None:
        """Back to reading; a draft that says nothing new is none."""
        if self._pause.isActive():
            self.keep()
        self._close()
        draft = self.work.draft
        if draft is not None and not self.work.kept and not draft.source:
            self.work.put(None, kept=False)
        self._show()
        self.focus_entry()

    def _close(self) -> None:
        if self.choosing_kind:
            self.field.clear()
        self.choosing_kind, self._open = False, None
        self.form.hide()
        self.version_card.show()
        self.card.show()
        self.set_entry(self.field)

    def load_draft(self) -> None:
        self._close()
        super().load_draft()

    def leave(self) -> None:
        """What was typed last is kept too."""
        if self._pause.isActive():
            self.keep()
        super().leave()

    def _pick_word(self, number: int) -> None:
        if self.form_open:
            self.form.picks.choose(number)

    # What is shown.

    def _chose(self) -> None:
        """Another rule: where a form is open, its form."""
        if self.form_open and not self.choosing_kind:
            row = self._chosen_row()
            if row is not None and row.at is not None and row.at != self._open:
                if self._pause.isActive():
                    self.keep()
                self._open_form(row.at)
            return
        self.show_chosen()

    def show_chosen(self) -> None:
        """The chosen rule whole, or the state of the form."""
        if self._open is not None:
            self._show_form(self._open)
            return
        if self.choosing_kind:
            kind = self.list.chosen
            self.card.tell("", *(kind_words(self.words, kind) if kind in KINDS else ()))
            return
        row = self._chosen_row()
        if row is None:
            self.card.tell()
        elif row.told is None or (row.fault is not None and row.at is not None):
            self.card.tell(row.id, self.name_of(row), "", self.fault_of(row))
        else:
            self.card.show_rule(self.words, row.told, self.currency)

    def _show_form(self, at: int) -> None:
        read = self.work.read
        if read is None:
            return
        fault = read.fault_of(None if at == _HEAD else at)
        if at == _HEAD:
            self.form.say_rule(self.words.say("About the policy"), "", "", fault)
            return
        rule, kind = read.rules[at], self.name_at(at)
        said = None if rule is None else rule_said(self.words, rule, self.currency)
        self.form.say_rule(kind, *(("", "") if said is None else (said.about, said.says)), fault)

    def name_at(self, at: int) -> str:
        """What the kind of the draft's rule in that place is called."""
        draft = self.work.draft
        return "" if draft is None else kind_words(self.words, kind_of(draft.rules[at]))[0]

    def name_of(self, row: DraftRow) -> str:
        return "" if row.at is None else self.name_at(row.at)

    def fault_of(self, row: DraftRow) -> str:
        """What keeps a rule from being one."""
        return (
            ""
            if row.fault is None
            else fault_words(self.words, row.fault.fault, field_words(self.words, row.fault.path))
        )

    def say_draft(self, difference: str) -> None:
        """What the draft is, what it changes, and from when."""
        draft, say = self.work.draft, self.words.say
        if draft is None:
            return
        name = str(draft.head.get("name", "")) or say("without a name")
        said = say("A draft: {name}", name=name) if self.work.kept else say("A file: {name}", name=name)
        self.name_of_version.setText(said if draft.source or self.work.kept else say("A draft: {name}", name=name))
        kept = "" if draft.at is None else f"{draft.by_name}, {self.moment(draft.at)}"
        holds = say("Sales before {day} stay judged as before.", day=self.words.short_day(draft.starts))
        told = ". ".join(filter(None, (kept, difference)))
        faults = len(self.work.read.faults) if self.work.read is not None else 0
        unready = self.words.count("{n} rule is not ready.", "{n} rules are not ready.", faults) if faults else holds
        self.state.setText(f"{told}. {unready}")

    def show_drafting_keys(self) -> None:
        """What can be done to the draft now."""
        reading = self.manages and not self.form_open and not self.choosing_kind
        row, draft = self._chosen_row() if reading else None, self.work.draft
        for action in (self._edit, self._copy, self._new, self._head, self._remove):
            action.setVisible(self.manages)
            action.setEnabled(reading)
        for action in (self._save_draft, self._next_month, self._throw, self._sooner, self._after):
            action.setVisible(self.manages and draft is not None)
            action.setEnabled(reading and draft is not None)
        for action in (self._edit, self._copy, self._remove):
            action.setEnabled(row is not None)
        self._edit.setEnabled(row is not None or self.form_open)
        self._edit.setText(self.words.say("Done") if self.form_open else self.words.say("Edit rule"))
        for action in self._picks:
            action.setVisible(self.form_open)
        self._buttons["new"].setVisible(not self.form_open)
        self._shelves["write"].setVisible(self.manages and not self.choosing_kind)
        self._shelves["rule"].setVisible(reading and draft is not None)
