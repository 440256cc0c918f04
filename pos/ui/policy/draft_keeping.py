"""The draft of the policy's window from begin to end: begun, kept a moment after every change, thrown away, saved."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer

from pos.domain.policy_rule import Policy
from pos.domain.staff import Permission
from pos.services.policy_draft import PolicyDraft, draft_of
from pos.services.policy_names import names_known
from pos.ui.fittings import Fittings
from pos.ui.policy.draft_work import DraftRow, DraftWork
from pos.ui.shared.two_columns import TwoColumns

_PAUSE_MS = 300


class DraftKeeping(TwoColumns):
    """One draft in hand, and on the disk as soon as it says something new."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("policy", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._folder = fittings.settings.home / "reports"
        self.work = DraftWork(lambda: self.currency)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.keep())

    # What is known here.

    @property
    def currency(self) -> str:
        return self._workstation.desk.rules.currency

    @property
    def manages(self) -> bool:
        """Whether whoever is at the till may change the policy."""
        operator = self._workstation.desk.operator
        return operator is not None and operator.may(Permission.MANAGE_RETURN_POLICY)

    def today(self) -> date:
        return self._workstation.desk.local(self._workstation.desk.now()).date()

    def moment(self, moment: datetime) -> str:
        """A moment on the shop's clock."""
        local = self._workstation.desk.local(moment)
        return f"{self.words.short_day(local.date())} {self.words.time(local)}"

    @property
    @abstractmethod
    def newest(self) -> tuple[int, Policy]:
        """The newest version, which a draft is written from and compared with."""

    @property
    @abstractmethod
    def rows(self) -> tuple[DraftRow, ...]:
        """The rules that show."""

    @abstractmethod
    def _show(self) -> None:
        """Everything as it is now."""

    @abstractmethod
    def show_chosen(self) -> None:
        """The chosen rule whole, or the state of the form."""

    @abstractmethod
    def close_form(self) -> None:
        """Back to reading."""

    def _chosen_row(self) -> DraftRow | None:
        return next((row for row in self.rows if row.id == self.list.chosen), None)

    # The draft.

    def begin(self) -> PolicyDraft:
        """The draft in hand; where there is none, one that says what the newest version says."""
        if self.work.draft is not None:
            return self.work.draft
        chosen, (version, policy) = self.list.chosen, self.newest
        tomorrow = self.today() + timedelta(days=1)
        draft = draft_of(policy, self.currency, version, tomorrow)
        self.work.put(draft, kept=False)
        self._show()
        self.list.choose(chosen)
        return draft

    def load_draft(self) -> None:
        """The draft that is kept, unless it has come to hold already."""
        self.work.know(names_known(self._workstation.desk))
        if not self.manages:
            self.work.put(None, kept=False)
        if not self.manages or (self.work.draft is not None and not self.work.kept):
            return
        self.work.put(self.attempt(self._workstation.policies.drafts.kept), kept=True)
        if self.work.draft is not None and self.work.draft.says_as(self.newest[1], self.currency):
            self.drop_draft()

    def keep(self) -> None:
        """Put the draft on the disk as it stands."""
        self._pause.stop()
        draft = self.work.draft
        if draft is None or (not self.work.kept and draft.says_as(self.newest[1], self.currency)):
            return
        kept = self.attempt(lambda: self._workstation.policies.drafts.keep(draft))
        if kept is not None:
            self.work.put(kept, kept=True)

    def drop_draft(self) -> None:
        """There is no draft any more, neither here nor on the disk."""
        if self.work.kept:
            self.attempt(self._workstation.policies.drafts.throw_away)
        self.work.put(None, kept=False)

    def throw_away(self) -> None:
        """Forget the draft; the line that says so takes it back."""
        draft = self.work.draft
        if draft is None or not self.manages:
            return
        self.drop_draft()
        self._show()
        self.done.emit(self.words.say("The draft is thrown away."), partial(self._restore, draft), "")

    def _restore(self, draft: PolicyDraft) -> None:
        self.work.put(draft, kept=False)
        self._changed()

    def save_draft(self) -> None:
        """The draft as a file, to be sent, looked through and taken in again."""
        draft = self.work.draft
        if draft is None:
            return
        done = self.attempt(lambda: self._workstation.policies.drafts.save(draft, self._folder))
        if done is not None:
            self.tell_done(self.words.say("Saved as {name}.", name=done.name), str(done.parent))

    def start_from(self, day: date) -> None:
        """The first day of sale it is to be about."""
        self.work.starts_from(day)
        if self.work.kept:
            self.keep()

    def start_next_month(self) -> None:
        if self.work.draft is not None:
            today = self.today()
            self.start_from((today.replace(day=1) + timedelta(days=31)).replace(day=1))
            self._show()

    def base_on(self, version: int) -> None:
        """It is compared with another version from now on."""
        if self.work.draft is not None:
            self.work.put(replace(self.work.draft, based_on=version), kept=self.work.kept)
            if self.work.kept:
                self.keep()

    def _changed(self, chosen: str = "") -> None:
        """Rules are others now: keep them, and show them with this one chosen."""
        self.keep()
        self._show()
        if chosen:
            self.list.choose(chosen)
        self.show_chosen()
