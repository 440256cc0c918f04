"""Try the return policy: a case by form and what it comes to, today and with what is to be switched on; kept cases."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from PySide6.QtWidgets import QLineEdit

from pos.domain.item import Item
from pos.domain.policy_case import CasePlayed, CaseResult, PolicyCase, PolicyTrial, case_words
from pos.domain.trouble import KnownError
from pos.services.policy_cases import CasePlayer
from pos.services.policy_versions import policy_text_in_force
from pos.ui.fittings import Fittings
from pos.ui.policy_try.asked import Asked, asking, item_meant, version_words
from pos.ui.policy_try.form import CaseForm
from pos.ui.policy_try.goods_form import LINES_MAX
from pos.ui.policy_try.kept import BY_HAND, KeptCases
from pos.ui.policy_try.verdict import Answers
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.form import FormField
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import RowList
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.two_columns import RIGHT_SHARE, TwoColumns
from pos.ui.working import Working

ASK, KEPT = "ask", "kept"
# How wide the answers stand: one, and two beside each other.
_ONE, _BOTH = 380, 500


class PolicyTryScreen(TwoColumns):
    """The case is played in a shop of its own on a thread of its own; nothing of it touches these books."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("policy_try", fittings.words, fittings.sounds, right_min=_ONE)
        self._workstation, self._cases = fittings.workstation, fittings.cases
        self._at_hand = fittings.policy
        self.asked: Asked | None = None
        # The kept case the form stands for, where one was opened.
        self.opened: PolicyCase | None = None
        self.working = Working(self)
        self.working.progressed.connect(self._progressed)
        self.working.ended.connect(self._ended)
        self.working.failed.connect(self._failed)
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._search = self.add_key("search", "F2", self.focus_entry, in_key_bar=False)
        self._open = self.add_key("open", "F3", self.open_case)
        self._keep = self.add_key("keep", "F5", self.keep)
        self._all = self.add_key("all", "F6", self.try_all)
        self._remove = self.add_key("remove", "F7", self.remove)
        self._over = self.add_key("start_over", "F8", self.start_over)
        self._turn = self.add_key("turn", "F9", self._turn_page)
        self.add_step_keys()
        self._ask = self.add_key("ask", [], self.ask, primary=True)
        self._back = self.add_key("back", "Esc", self._stop_or_leave)

    def _fill_left(self) -> None:
        self.page = SegmentedControl([(ASK, ""), (KEPT, "")], height=48)
        self.page.setObjectName("policy_try.page")
        self.page.chosen.connect(lambda _: self._show_page())
        self.left.addWidget(self.page)
        self.field = self.add_field()
        self.field.submitted.connect(self._typed)
        self.form = CaseForm(self._workstation)
        self.form.changed.connect(self._forget)
        self.form.submitted.connect(self.ask)
        self._form_card = Card("plain", padding=14)
        self._scroll = scrolled(self.form)
        self._form_card.column.addWidget(self._scroll)
        self.left.addWidget(self._form_card, 1)
        self.empty = EmptyState("fact_check")
        self.add_list(RowList(), self.empty, lambda _: self._show_case(), name=("kept", "cases"))
        self.kept = KeptCases(self._workstation, self.list)

    def _fill_right(self) -> None:
        self.answers = Answers(self._workstation.desk.rules.currency)
        self.state, self.in_force, self.draft = self.answers.state, self.answers.in_force, self.answers.draft
        self.right.addWidget(self.answers, 1)
        self.called_line = QLineEdit()
        self.called = FormField("policy_try.keep.name", self.called_line)
        self.right.addWidget(self.called)
        self.keep_button = self.button("save", self._keep, "keep", "keep")
        remove = self.button("delete", self._remove, "keep", "remove")
        every = self.button("fact_check", self._all, "keep", "all")
        self.right.addWidget(self.keep_button)
        self.shelf = ButtonShelf([self.button("edit", self._open, "keep", "open"), every, remove], gap=8)
        self.right.addWidget(self.shelf)
        self.ask_button = self.add_primary("fact_check", self._ask, "case", "ask")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Try the return policy")

    @property
    def context(self) -> str:
        return self.words.say("Nothing of it is sold or written")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._search.setText(say("Search"))
        self._open.setText(say("Open it"))
        self._keep.setText(say("Keep as a test"))
        self._all.setText(say("Try all"))
        self._remove.setText(say("Remove"))
        self._over.setText(say("Start over"))
        self._turn.setText(say("Kept cases"))
        self.up_key.setText(say("Case above"))
        self.down_key.setText(say("Case below"))
        self._ask.setText(say("Ask"))
        self._back.setText(say("Back"))
        self.page.set_text(ASK, say("Ask"))
        self.page.set_text(KEPT, say("Kept cases"))
        self.field.set_words(say("Scan an item, or type its name"), key="F2")
        self._open_as(self.opened)
        self.list.setAccessibleName(say("Kept cases"))
        self.empty.set_words(
            say("No case is kept yet"),
            say("Ask one, look at what is said, and keep it with F5: it is tried before a version is switched on."),
        )
        self._fill_form()
        self._show_page()

    def enter(self) -> None:
        """The form as it was left, with the policies as they are now."""
        self.banner.hide()
        self.asked = None
        self._fill_form()
        self._show_page()

    def take_scan(self, code: str) -> bool:
        """An item to ask about."""
        item = self._workstation.catalogue.of_code(code)
        if item is not None:
            self._take(item)
        return item is not None

    def _stop_or_leave(self) -> None:
        if self.working.busy:
            self.working.stop()
        elif not self.banner.isHidden():
            self.banner.hide()
        elif self.page.choice == KEPT:
            self._turn_page()
        else:
            self.place_wanted.emit("policy")

    # The form.

    def _today(self) -> date:
        desk = self._workstation.desk
        return desk.local(desk.now()).date()

    def _fill_form(self) -> None:
        policies = [self._workstation.policies.in_force(self._today()), self._at_hand.draft]
        self.form.set_words(self.words, case_words(one for one in policies if one is not None), self._today())

    def _typed(self, text: str) -> None:
        item = item_meant(self._workstation.catalogue, text, self.words)
        if item is None:
            self._sounds.play(Sound.ATTENTION)
            self.banner.show_message(self.words.say("No match for “{text}”", text=text), "", "warn")
            return
        self._take(item)

    def _take(self, item: Item) -> None:
        self.banner.hide()
        self.field.clear()
        self.page.choose(ASK)
        if not self.form.take(item):
            self._sounds.play(Sound.ATTENTION)
            self.banner.show_message(self.words.say("A case has at most {most} lines.", most=LINES_MAX), "", "warn")
            return
        self._show_page()
        self.ask()

    def _forget(self) -> None:
        """What was said was of another case."""
        self.asked = None
        self._show()

    def start_over(self) -> None:
        """As the form stood at the beginning, with no item."""
        self._open_as(None)
        self.form.begin(self.words, self._today())
        self._fill_form()
        self._forget()
        self.focus_entry()

    # Asking.

    @cached_property
    def _player(self) -> CasePlayer | None:
        """Who plays; loaded when the first case is asked."""
        return None if self._cases is None else self._cases()

    def ask(self) -> None:
        """Play the case under the policy in force, and under the draft where one is open."""
        player = self._player
        if player is None or self.working.busy:
            return
        self.banner.hide()
        if self.form.item is None:
            self._sounds.play(Sound.ATTENTION)
            self.banner.show_message(self.words.say("Say first which item it is about."), "", "warn")
            return
        case = self.form.asked(self.words, self._today())
        if case is None:
            self._sounds.play(Sound.ATTENTION)
            self._show()
            return
        policies = (self._workstation.policies.in_force(case.judged_on), self._at_hand.draft)
        self.working.begin(asking(player, case, self._workstation.desk.rules, policies, self.words))
        self._show()

    def try_all(self) -> None:
        """Play every kept case under the draft, or where none is open under what holds today."""
        player, cases = self._player, self._workstation.policies.cases
        if player is None or self.working.busy or not self.kept.cases:
            return
        self.banner.hide()
        text = self._at_hand.text or policy_text_in_force(self._workstation.desk)
        words = self.words
        self.page.choose(KEPT)
        self.working.begin(
            lambda progress: cases.try_policy(
                text,
                player,
                words,
                progress=lambda done, _all: progress.say("", done),
                cancelled=lambda: progress.stopped,
            )
        )
        self._show_page()

    def _progressed(self, _stage: str, done: int) -> None:
        all_of_them = len(self.kept.cases)
        going = self.words.say("Case {n} of {all} … Esc stops.", n=min(done + 1, all_of_them), all=all_of_them)
        self.state.setText(going if self.page.choice == KEPT else self.words.say("Asking … Esc stops."))

    def _ended(self, answer: object) -> None:
        if isinstance(answer, Asked):
            self.asked = answer
            opened = self.opened
            self.called.set_text(self.form.said(answer.case, self.words) if opened is None else opened.name)
            self.called_line.setCursorPosition(0)
        elif isinstance(answer, PolicyTrial):
            self.kept.note(answer.results)
        self._show_page()

    def _failed(self, error: KnownError) -> None:
        self._show_page()
        self.tell_trouble(error)

    # Keeping.

    def keep(self) -> None:
        """Keep the case with what was just seen: what the draft said where one is open, else what holds."""
        player, asked = self._player, self.asked
        if player is None or asked is None:
            return
        script = player.write(asked.case, self._workstation.desk.rules, asked.played[-1].expectation)
        name, opened = self.called.text, self.opened
        instead = opened.number if opened is not None and opened.name == name else 0
        kept = self.attempt(
            lambda: self._workstation.policies.cases.keep(name, script, player, self.words, instead_of=instead)
        )
        if isinstance(kept, PolicyCase):
            self._open_as(kept if instead else opened)
            self.kept.results[kept.number] = CaseResult(kept, CasePlayed())
            self.tell_done(self.words.say("Kept as “{name}”.", name=kept.name))
        elif isinstance(kept, CasePlayed):
            self.banner.show_message(" ".join(kept.why), "", "warn")
        self._show_page()

    def _open_as(self, case: PolicyCase | None) -> None:
        """The form stands for this case."""
        self.opened = case
        say = self.words.say
        hint = say("Under the same name it takes the place of the case that was opened.") if case is not None else ""
        self.called.set_words(say("Keep it as"), hint)

    def remove(self) -> None:
        """Keep the chosen case no more; in the form take the chosen line out."""
        case = self.kept.chosen
        if self.page.choice == ASK:
            self.form.goods.remove()
        elif case is not None:
            if self.attempt(lambda: self._workstation.policies.cases.remove(case.number)) is not None:
                self.tell_done(self.words.say("“{name}” is kept no more.", name=case.name))
                self._open_as(None if self.opened == case else self.opened)
            self._show_page()

    def open_case(self) -> None:
        """The chosen case in the form, asked anew: to be looked at, changed, and kept again under its name."""
        case, asked = self.kept.chosen, self.kept.asked(self._player)
        if case is None or asked is None:
            return
        self.page.choose(ASK)
        if not self.form.show_case(asked, self.words, self._today()):
            self.start_over()
            self.page.choose(KEPT)
            self._show_page()
            self.banner.show_message(self.words.say(BY_HAND), "", "warn")
            return
        self._open_as(case)
        self._show_page()
        self._scroll.verticalScrollBar().setValue(0)
        self.ask()

    def _step(self, by: int) -> None:
        """Another case, or in the form another line."""
        if self.page.choice == ASK:
            self.form.goods.step(by)
        else:
            super()._step(by)

    # What is shown.

    def _turn_page(self) -> None:
        self.page.choose(ASK if self.page.choice == KEPT else KEPT)
        self._show_page()

    def _show_page(self) -> None:
        kept = self.page.choice == KEPT
        for part in (self.field, self._form_card, self.called, self.keep_button, self.ask_button):
            part.setVisible(not kept)
        self.shelf.setVisible(kept)
        self.kept.load(self.words)
        self.show_list()
        card = self.list.parentWidget()
        if card is not None:
            card.setVisible(kept)
        self._show()

    def _show(self) -> None:
        kept, busy, able = self.page.choice == KEPT, self.working.busy, self._cases is not None
        self._keep.setEnabled(self.asked is not None and not busy and not kept)
        self._all.setEnabled(bool(self.kept.cases) and not busy and able)
        self._remove.setEnabled((bool(self.list.chosen) if kept else bool(self.form.goods.lines)) and not busy)
        self._open.setEnabled(False)
        self._over.setEnabled(not kept and not busy)
        self._ask.setEnabled(not kept and not busy and able)
        for card in (self.in_force, self.draft):
            card.hide()
        if kept:
            self._show_case()
        else:
            self._show_asked()
        self._make_room(both=self._at_hand.draft is not None and not kept)
        self.state.setVisible(bool(self.state.text()))
        self.frame_changed.emit()

    def _make_room(self, *, both: bool) -> None:
        """Two answers stand beside each other."""
        right = self.right.parentWidget()
        if right is not None:
            right.setMinimumWidth(_BOTH if both else _ONE)
            right.setMaximumWidth(max(RIGHT_SHARE, _BOTH if both else 0))

    def _show_asked(self) -> None:
        say = self.words.say
        if self.asked is None:
            if not self.working.busy:
                self.state.setText(say("F12 asks. Nothing of it is sold or written."))
            return
        asked, words = self.asked, self.words
        names = asked.names(words)
        self.state.setText("")
        note = "" if asked.in_force.version else say("No policy is written yet")
        self.in_force.show_played(version_words(asked.in_force, words), note, asked.played[0], names, words)
        self.in_force.show()
        if len(asked.played) > 1:
            starts, note = self._at_hand.starts, ""
            if starts is not None and asked.case.bought < starts:
                note = say("Sales before {day} stay judged as before.", day=words.short_day(starts))
            self.draft.show_played(say("What is to be switched on"), note, asked.played[1], names, words)
            self.draft.show()

    def _show_case(self) -> None:
        able = not self.working.busy
        self._remove.setEnabled(self.kept.chosen is not None and able)
        self._open.setEnabled(self.kept.asked(self._player) is not None and able)
        if able:
            self.state.setText(self.kept.told(self.words))
        self.kept.show(self.in_force, self._player, self.words)
