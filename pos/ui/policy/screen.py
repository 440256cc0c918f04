"""The return policy to be read: each rule in a sentence, what a version changed, its papers, a file to switch on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pos.domain.policy_difference import Change, RuleChange, policy_changes
from pos.domain.policy_rule import DEFAULT_POLICY, Policy, own_words
from pos.domain.staff import Permission
from pos.policy_words import rule_said
from pos.services.policies import PolicyVersion
from pos.services.policy_file import parse_policy
from pos.services.policy_papers import Sheet, override_words, save_policy_sheet
from pos.strict_yaml import FileFault
from pos.ui.fittings import Fittings
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import EmptyState, set_ground
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

_ICONS = {Change.SAME: "list", Change.NEW: "add", Change.CHANGED: "edit", Change.GONE: "remove"}


class PolicyScreen(TwoColumns):
    """Rules at the left, the chosen one whole at the right. A file is looked at before it is switched on."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("policy", fittings.words, fittings.sounds)
        self._workstation, self._settings = fittings.workstation, fittings.settings
        self.versions: tuple[PolicyVersion, ...] = ()
        self._at = -1
        self.draft: tuple[str, Policy] | None = None
        self.starts = date.min
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._switch = self.add_key("switch", [], self.switch_on, primary=True)
        self._browse = self.add_key("browse", "F3", self._pick)
        self._poster = self.add_key("poster", "F7", partial(self.save, Sheet.POSTER))
        self._crib = self.add_key("crib", "F8", partial(self.save, Sheet.CRIB))
        self._earlier = self.add_key("earlier", "Alt+Left", partial(self._turn, -1))
        self._later = self.add_key("later", "Alt+Right", partial(self._turn, 1))
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self._clear_or_leave)

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="search")
        self.field.edited.connect(lambda _: self._show())
        self.field.submitted.connect(self._take_day)
        self.empty = EmptyState("assignment_return")
        self.add_list(RowList(), self.empty, lambda _: self._show_rule(), name=("policy", "rules"))

    def _fill_right(self) -> None:
        stand = Card("plain", padding=16, spacing=6)
        self.name_of_version = Label("", 16, 600, wrap=True)
        self.state = Label("", 15, 450, tone="text2", wrap=True)
        stand.column.addWidget(self.name_of_version)
        stand.column.addWidget(self.state)
        self.right.addWidget(stand)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.rule = Label("", 13, 600, tone="text3", wrap=True)
        self.about = Label("", 17, 600, wrap=True)
        self.says = Label("", 16, 450, wrap=True)
        self.before = Label("", 15, 450, tone="warn", wrap=True)
        self.own = Label("", 15, 450, tone="text2", wrap=True)
        self.override = Label("", 13, 450, tone="text3", wrap=True)
        for label in (self.rule, self.about, self.says, self.before, self.own, self.override):
            column.addWidget(label)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = Card("plain", padding=16)
        card.column.addWidget(scrolled(inside), 1)
        self.right.addWidget(card, 1)
        self.poster_button = self.button("print", self._poster, "paper", "poster")
        self.crib_button = self.button("print", self._crib, "paper", "crib")
        self.right.addWidget(ButtonShelf([self.poster_button, self.crib_button], gap=8))
        self.browse_button = self.button("upload", self._browse, "work", "browse")
        self.right.addWidget(self.browse_button)
        self.switch_button = self.add_primary("check", self._switch, "work", "switch")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Return policy")

    @property
    def context(self) -> str:
        return "" if self.draft is None else self.words.say("Nothing of the file holds yet")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Look at a file"))
        self._switch.setText(say("Switch on"))
        self._poster.setText(say("Poster as PDF"))
        self._crib.setText(say("Crib sheet as PDF"))
        self._earlier.setText(say("Version before"))
        self._later.setText(say("Version after"))
        self.up_key.setText(say("Rule above"))
        self.down_key.setText(say("Rule below"))
        self._back.setText(say("Back"))
        self.list.setAccessibleName(say("Rules"))
        self._show()

    def enter(self) -> None:
        """The version in force, or the file that is being looked at."""
        self.banner.hide()
        self._load()

    def _clear_or_leave(self) -> None:
        if not self.banner.isHidden():
            self.banner.hide()
        elif self.field.text:
            self.field.clear()
            self._show()
        elif self.draft is not None:
            self.draft = None
            self._show()
        else:
            self.back_wanted.emit()

    # The versions.

    def _today(self) -> date:
        desk = self._workstation.desk
        return desk.local(desk.now()).date()

    def _load(self) -> None:
        self.versions = self.attempt(self._workstation.policies.versions) or ()
        begun = [at for at, one in enumerate(self.versions) if one.starts <= self._today()]
        self._at = begun[-1] if begun else len(self.versions) - 1
        self._show()

    def _turn(self, by: int) -> None:
        if self.draft is None and self.versions:
            self._at = min(max(self._at + by, 0), len(self.versions) - 1)
            self._show()

    @property
    def shown(self) -> PolicyVersion | None:
        """The version that is looked at."""
        return self.versions[self._at] if 0 <= self._at < len(self.versions) else None

    @property
    def changes(self) -> tuple[RuleChange, ...]:
        """The rules that show, each with what became of it: of a file since the newest version, else since the one
        before.
        """
        if self.draft is not None:
            before = self.versions[-1].policy if self.versions else DEFAULT_POLICY
            return policy_changes(before, self.draft[1])
        if self.shown is None:
            return ()
        before = self.versions[self._at - 1].policy if self._at else self.shown.policy
        return policy_changes(before, self.shown.policy)

    # What is shown.

    def _show(self) -> None:
        wanted = "" if self.draft is not None and self._typed_day() else self.field.text.casefold()
        kept = self.list.chosen
        rows = [self._row(one) for one in self.changes]
        told = [row for row in rows if wanted in f"{row.id} {row.name} {row.detail}".casefold()]
        self.list.found.show(told)
        self.list.choose(kept)
        self.show_list()
        say = self.words.say
        if rows:
            self.empty.set_words(say("No rule matches"), "")
        else:
            self.empty.set_words(
                say("No policy is written yet"),
                say("Whatever a known sale still holds may come back. Take a policy from a file with F3."),
            )
        self._say_version()
        self._show_rule()
        operator = self._workstation.desk.operator
        manages = operator is not None and operator.may(Permission.MANAGE_RETURN_POLICY)
        for action in (self._browse, self._switch):
            action.setVisible(manages)
        self._switch.setEnabled(manages and self.draft is not None)
        starts = self.words.short_day(self.starts) if self.draft is not None else ""
        self.switch_button.set_detail(say("from {day}", day=starts) if starts else "")
        for action in (self._poster, self._crib):
            action.setEnabled(self.draft is None and self.shown is not None)
        prompt = say("Type the first day it holds, or words of a rule") if self.draft else say("Type words of a rule")
        self.field.set_words(prompt)
        self.frame_changed.emit()

    def _row(self, one: RuleChange) -> ListRow:
        said = rule_said(self.words, one.rule, self._workstation.desk.rules.currency)
        name = said.about or self.words.say("Everything")
        gone = one.change is Change.GONE
        return ListRow(one.rule.id, _ICONS[one.change], name, said.says, self._change_words(one.change), gone)

    def _change_words(self, change: Change) -> str:
        say = self.words.say
        return {Change.NEW: say("new"), Change.CHANGED: say("changed"), Change.GONE: say("gone"), Change.SAME: ""}[
            change
        ]

    def _say_version(self) -> None:
        words, say, shown = self.words, self.words.say, self.shown
        counts = [one.change for one in self.changes]
        told = say(
            "{new} new, {changed} changed, {gone} gone",
            new=counts.count(Change.NEW),
            changed=counts.count(Change.CHANGED),
            gone=counts.count(Change.GONE),
        )
        if self.draft is not None:
            self.name_of_version.setText(say("A file: {name}", name=self.draft[1].name or say("without a name")))
            self.state.setText(
                f"{told}. {say('Sales before {day} stay judged as before.', day=words.short_day(self.starts))}"
            )
            return
        if shown is None:
            self.name_of_version.setText(say("Kassa’s own"))
            self.state.setText("")
            return
        name = say("Version {version}", version=shown.version)
        self.name_of_version.setText(" · ".join(filter(None, (name, shown.policy.name))))
        since = say("For purchases from {day} on", day=words.short_day(shown.starts))
        who = shown.by_name
        told = told if self._at else ""
        self.state.setText(". ".join(filter(None, (since, say("Made by {name}", name=who) if who else "", told))) + ".")

    def _show_rule(self) -> None:
        one = next((each for each in self.changes if each.rule.id == self.list.chosen), None)
        texts = ("",) * 6 if one is None else self._told(one)
        for label, text in zip(
            (self.rule, self.about, self.says, self.before, self.own, self.override), texts, strict=True
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def _told(self, one: RuleChange) -> tuple[str, ...]:
        words, currency, rule = self.words, self._workstation.desk.rules.currency, one.rule
        said = rule_said(words, rule, currency)
        before = "" if one.before is None else rule_said(words, one.before, currency).whole
        gone = words.say("This rule holds no more.") if one.change is Change.GONE else ""
        own = [own_words(rule.words, reader, words.language) for reader in ("cashier", "customer")]
        return (
            rule.id,
            said.about,
            said.says,
            words.say("Before: {rule}", rule=before) if before else gone,
            "\n".join(words.quoted(text) for text in dict.fromkeys(filter(None, own))),
            override_words(words, rule),
        )

    # A file.

    def _pick(self) -> None:
        kinds = self.words.say("Return policy") + " (*.yaml *.yml)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Look at a file"), "", kinds)
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Show what the file would change, or its first fault with its line; nothing is written."""
        self.banner.hide()
        try:
            text = path.read_text("utf-8-sig")
            self.draft = text, parse_policy(text, self._workstation.desk.rules.currency)
            self.list.choose_none()
        except FileFault as fault:
            said = self.words.say(fault.message, **fault.values)
            if fault.line is not None:
                said = self.words.say("Line {line}: {fault}", line=fault.line, fault=said)
            self._say_no(said)
        except (OSError, UnicodeDecodeError):
            self._say_no(self.words.say("{file} cannot be read as text.", file=path.name))
        self.starts = self._today() + timedelta(days=1)
        self._show()

    def _say_no(self, sentence: str) -> None:
        self._sounds.play(Sound.ATTENTION)
        self.banner.show_message(sentence, self.words.say("Nothing is changed."), "warn")

    def _typed_day(self) -> date | None:
        return self.words.read_day(self.field.text, self._today())

    def _take_day(self, text: str) -> None:
        """The day a file is to hold from; words only look among the rules."""
        day = self.words.read_day(text, self._today()) if self.draft is not None else None
        if day is not None:
            self.starts = day
            self.field.clear()
            self._show()

    def switch_on(self) -> None:
        """Let the file hold for sales from its first day on."""
        if self.draft is None:
            return
        text, starts = self.draft[0], self.starts
        done = self.attempt(lambda: self._workstation.policies.put(text, starts))
        if done is None:
            return
        self.draft = None
        self._load()
        self._at = len(self.versions) - 1
        self._show()
        self.tell_done(
            self.words.say(
                "Version {version} holds for purchases from {day} on.",
                version=done.version,
                day=self.words.short_day(done.starts),
            )
        )

    # On paper.

    def save(self, sheet: Sheet) -> None:
        """The version that shows as a PDF, in the language of the shop."""
        shown = self.shown
        if shown is None or self.draft is not None:
            return
        folder = self._settings.home / "reports"
        done = self.attempt(lambda: save_policy_sheet(self._workstation.desk, shown, sheet, folder))
        if done is not None:
            self.tell_done(self.words.say("Saved as {name}.", name=done.name), str(done.parent))
