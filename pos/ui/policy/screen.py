"""The return policy: read by rule, compared by version, put on paper, changed in forms or by a file, switched on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos.domain.policy_difference import Change, RuleChange, policy_changes
from pos.domain.policy_rule import DEFAULT_POLICY, Policy
from pos.domain.refusal import Code, Refused
from pos.policy_words import rule_said
from pos.services.policies import PolicyVersion
from pos.services.policy_draft import draft_of
from pos.services.policy_file import parse_policy
from pos.services.policy_papers import Sheet, save_policy_sheet
from pos.strict_yaml import FileFault
from pos.ui.fittings import Fittings
from pos.ui.policy.draft_work import DraftRow
from pos.ui.policy.drafting import Drafting
from pos.ui.policy.rule_form import fault_words
from pos.ui.policy.switching import Switching
from pos.ui.shared.row_list import ListRow
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound

_ICONS = {Change.SAME: "list", Change.NEW: "add", Change.CHANGED: "edit", Change.GONE: "remove"}


class PolicyScreen(Drafting):
    """Rules at the left, the chosen one whole at the right, or its form. Nothing holds before it is switched on."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__(fittings)
        self._settings = fittings.settings
        self.versions: tuple[PolicyVersion, ...] = ()
        self._at = -1
        self._to_try = fittings.policy
        self.switching = Switching(self._workstation, self.words, fittings.cases, self)
        self.switching.show_on(self)
        self.switching.switched.connect(self._switched)
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._switch = self.add_key("switch", [], self._primary_key, primary=True)
        self._browse = self.add_key("browse", "F3", self._pick, in_key_bar=False)
        self._try = self.add_key("try", "F4", self.go_try)
        self._poster = self.add_key("poster", "F7", partial(self.save, Sheet.POSTER), in_key_bar=False)
        self._crib = self.add_key("crib", "F8", partial(self.save, Sheet.CRIB), in_key_bar=False)
        self._earlier = self.add_key("earlier", "Alt+Left", partial(self._turn, -1))
        self._later = self.add_key("later", "Alt+Right", partial(self._turn, 1))
        self.add_drafting_keys()
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self._clear_or_leave)
        self.sort_keys()

    def _fill_left(self) -> None:
        self.add_rules()
        self.field.edited.connect(lambda _: self._show())
        self.field.submitted.connect(self._take_typed)

    def _fill_right(self) -> None:
        self.add_cards()
        self.poster_button = self.button("print", self._poster, "paper", "poster")
        self.crib_button = self.button("print", self._crib, "paper", "crib")
        self._papers = ButtonShelf([self.poster_button, self.crib_button], gap=8)
        self.right.addWidget(self._papers)
        self.browse_button = self.button("upload", self._browse, "work", "browse")
        self.right.addWidget(self.browse_button)
        self.add_drafting_buttons()
        self.switch_button = self.add_primary("check", self._switch, "work", "switch")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Return policy")

    @property
    def context(self) -> str:
        return "" if self.work.draft is None else self.words.say("Nothing of the draft holds yet")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Look at a file"))
        self._try.setText(say("Try"))
        self.switching.words = self.words
        self._poster.setText(say("Poster as PDF"))
        self._crib.setText(say("Crib sheet as PDF"))
        self._earlier.setText(say("Version before"))
        self._later.setText(say("Version after"))
        self.up_key.setText(say("Rule above"))
        self.down_key.setText(say("Rule below"))
        self._back.setText(say("Back"))
        self.list.setAccessibleName(say("Rules"))
        self.say_drafting()
        self._show()

    def enter(self) -> None:
        """The draft where one is kept; else the version in force, or the file that is being looked at."""
        self.banner.hide()
        self._load()
        self.load_draft()
        self._show()

    def _clear_or_leave(self) -> None:
        if self.switching.busy:
            self.switching.stop()
        elif not self.banner.isHidden():
            self.banner.hide()
        elif self.form_open or self.choosing_kind:
            self.close_form()
        elif self.field.text:
            self.field.clear()
            self._show()
        elif self.work.draft is not None and not self.work.kept:
            self.work.put(None, kept=False)
            self._show()
        else:
            self.back_wanted.emit()

    # The versions.

    def _load(self) -> None:
        self.versions = self.attempt(self._workstation.policies.versions) or ()
        begun = [at for at, one in enumerate(self.versions) if one.starts <= self.today()]
        self._at = begun[-1] if begun else len(self.versions) - 1

    def _turn(self, by: int) -> None:
        if self.work.draft is None and self.versions:
            self._at = min(max(self._at + by, 0), len(self.versions) - 1)
            self._show()

    @property
    def shown(self) -> PolicyVersion | None:
        """The version that is looked at."""
        return self.versions[self._at] if 0 <= self._at < len(self.versions) else None

    @property
    def newest(self) -> tuple[int, Policy]:
        """The newest version, which a draft is written from and compared with."""
        return (self.versions[-1].version, self.versions[-1].policy) if self.versions else (0, DEFAULT_POLICY)

    @property
    def draft(self) -> tuple[str, Policy] | None:
        """The text and the policy that would be switched on; None where there is none, or something is at fault."""
        return self.work.file

    @property
    def rows(self) -> tuple[DraftRow, ...]:
        """The rules that show, each with what became of it: of a draft since the newest version, else since the one
        before.
        """
        if self.work.draft is not None:
            return self.work.rows(self.newest[1])
        if self.shown is None:
            return ()
        before = self.versions[self._at - 1].policy if self._at else self.shown.policy
        return tuple(DraftRow(one.rule.id, None, one) for one in policy_changes(before, self.shown.policy))

    @property
    def changes(self) -> tuple[RuleChange, ...]:
        """What became of each rule that can be read."""
        return tuple(row.told for row in self.rows if row.told is not None)

    # What is shown.

    def _show(self) -> None:
        if self.choosing_kind:
            self.show_kinds()
        else:
            self._show_rules()
        self._show_keys()
        self.frame_changed.emit()

    def _show_rules(self) -> None:
        wanted = "" if self.work.draft is not None and self._typed_day() else self.field.text.casefold()
        kept = self.list.chosen
        rows = [self._row(one) for one in self.rows]
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
                say("Whatever a known sale still holds may come back. Write a rule with F6, or take a file with F3."),
            )
        self._say_version()
        self.show_chosen()
        prompt = say("Type the first day it holds, or words of a rule") if self.work.draft else say("Words of a rule")
        self.field.set_words(prompt)

    def _show_keys(self) -> None:
        """What can be done now, and what the large key does."""
        manages, reading = self.manages, not self.form_open and not self.choosing_kind
        say, draft = self.words.say, self.work.draft
        self._try.setVisible(manages and reading)
        self._try.setEnabled(manages and reading)
        self._browse.setVisible(manages and draft is None)
        self._browse.setEnabled(manages and reading)
        self._switch.setVisible(manages)
        self._switch.setEnabled(manages and (self.choosing_kind or (self.draft is not None and reading)))
        self._switch.setText(say("Take this kind") if self.choosing_kind else say("Switch on"))
        starts = draft is not None and reading
        day = self.words.short_day(draft.starts) if draft is not None else ""
        self.switch_button.set_detail(self.words.say("from {day}", day=day) if starts else "")
        self.switch_button.setVisible(manages and (starts or self.choosing_kind))
        for action in (self._poster, self._crib):
            action.setVisible(draft is None)
            action.setEnabled(self.shown is not None and reading)
        for action in (self._earlier, self._later):
            action.setVisible(draft is None)
            action.setEnabled(reading)
        for action in (self.up_key, self.down_key):
            action.setEnabled(not self.form_open)
        self._papers.setVisible(draft is None and reading)
        self.browse_button.setVisible(manages and draft is None and reading)
        self.show_drafting_keys()

    def _row(self, row: DraftRow) -> ListRow:
        say = self.words.say
        if row.told is None or (row.fault is not None and row.at is not None):
            assert row.fault is not None
            return ListRow(row.id, "error", self.name_of(row), self.fault_of(row), say("not ready"), alarming=True)
        said = rule_said(self.words, row.told.rule, self.currency)
        words = {Change.NEW: say("new"), Change.CHANGED: say("changed"), Change.GONE: say("gone"), Change.SAME: ""}
        name, change = said.about or say("Everything"), row.told.change
        return ListRow(row.id, _ICONS[change], name, said.says, words[change], change is Change.GONE)

    def _say_version(self) -> None:
        words, say, shown = self.words, self.words.say, self.shown
        if self.work.draft is not None:
            self.say_draft(self.difference())
            return
        if shown is None:
            self.name_of_version.setText(say("Kassa’s own"))
            self.state.setText("")
            return
        name = say("Version {version}", version=shown.version)
        self.name_of_version.setText(" · ".join(filter(None, (name, shown.policy.name))))
        since = say("For purchases from {day} on", day=words.short_day(shown.starts))
        made = say("Made by {name}", name=shown.by_name) if shown.by_name else ""
        if shown.made_at is not None and made:
            made = f"{made}, {self.moment(shown.made_at)}"
        told = self.difference() if self._at else ""
        self.state.setText(". ".join(filter(None, (since, made, told))) + ".")

    def difference(self) -> str:
        """How many rules are new, changed and gone, and what else is another."""
        say = self.words.say
        counts = [one.change for one in self.changes]
        told = say(
            "{new} new, {changed} changed, {gone} gone",
            new=counts.count(Change.NEW),
            changed=counts.count(Change.CHANGED),
            gone=counts.count(Change.GONE),
        )
        head, order = self.work.further(self.newest[1])
        further = [say("the head says something else") if head else "", say("another order") if order else ""]
        return ", ".join(filter(None, (told, *further)))

    # A file.

    def _pick(self) -> None:
        kinds = self.words.say("Return policy") + " (*.yaml *.yml)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Look at a file"), "", kinds)
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Show what the file would change, or its first fault with its line; nothing is written."""
        self.banner.hide()
        if self.work.kept:
            self.say_no(self.words.say("There is a draft already. Switch it on, or throw it away first."))
            return
        try:
            text = path.read_text("utf-8-sig")
            policy = parse_policy(text, self.currency)
            tomorrow = self.today() + timedelta(days=1)
            self.work.put(draft_of(policy, self.currency, self.newest[0], tomorrow, text), kept=False)
            self.list.choose_none()
        except FileFault as fault:
            said = fault_words(self.words, fault)
            if fault.line is not None:
                said = self.words.say("Line {line}: {fault}", line=fault.line, fault=said)
            self.say_no(said)
        except (OSError, UnicodeDecodeError):
            self.say_no(self.words.say("{file} cannot be read as text.", file=path.name))
        self._show()

    def say_no(self, sentence: str) -> None:
        """Say why nothing was done."""
        self._sounds.play(Sound.ATTENTION)
        self.banner.show_message(sentence, self.words.say("Nothing is changed."), "warn")

    def _typed_day(self) -> date | None:
        return self.words.read_day(self.field.text, self.today())

    def _take_typed(self, text: str) -> None:
        """The day a draft is to hold from; words only look among the rules, and Enter changes the chosen one."""
        day = self.words.read_day(text, self.today()) if self.work.draft is not None else None
        if day is not None:
            self.start_from(day)
            self.field.clear()
            self._show()
        elif self.choosing_kind:
            self.take_kind()
        else:
            self.edit()

    def _primary_key(self) -> None:
        if self.choosing_kind:
            self.take_kind()
        else:
            self.switch_on()

    def switch_on(self) -> None:
        """Let the draft hold for sales from its first day on."""
        draft, file = self.work.draft, self.draft
        if draft is None or file is None:
            return
        put = partial(self._workstation.policies.put, file[0], draft.starts, based_on=draft.based_on)
        self.switching.begin(file[0], put)

    def _switched(self, done: PolicyVersion) -> None:
        self.drop_draft()
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

    def refuse(self, refused: Refused) -> None:
        """Say why not; where another version came meanwhile, what shows is compared with that one from now on."""
        super().refuse(refused)
        if refused.code is Code.POLICY_MOVED_ON:
            self.versions = self.attempt(self._workstation.policies.versions) or self.versions
            self.base_on(self.newest[0])
            self._show()

    def go_try(self) -> None:
        """Ask it a case: what holds, and beside it what is to be switched on."""
        draft, file = self.work.draft, self.draft
        self._to_try.text, self._to_try.draft = ("", None) if file is None else file
        self._to_try.starts = None if draft is None else draft.starts
        self.place_wanted.emit("policy_try")

    # On paper.

    def save(self, sheet: Sheet) -> None:
        """The version that shows as a PDF, in the language of the shop."""
        shown = self.shown
        if shown is None or self.work.draft is not None:
            return
        folder = self._settings.home / "reports"
        done = self.attempt(lambda: save_policy_sheet(self._workstation.desk, shown, sheet, folder))
        if done is not None:
            self.tell_done(self.words.say("Saved as {name}.", name=done.name), str(done.parent))
