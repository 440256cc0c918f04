"""Switch a version of the policy on: first every kept case is played under it, then whoever has to agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import NeedsApproval
from pos.domain.policy_case import PolicyTrial
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.policies import PolicyVersion
from pos.services.policy_cases import CasePlayer
from pos.ui.shared.signing import Signing
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Progress, Working
from pos.wording import Wording
from pos.workstation import Workstation

Put = Callable[..., PolicyVersion | Refused]
_SAID_MOST = 4
# So many characters of a case stand on one line in a small window.
_LINE = 52


class Switching(QObject):
    """The cases are played on a thread of their own; nothing is written before all of it stands.

    Signals: switched(object) the PolicyVersion; refused(object) a Refused, nothing is switched on; trouble(object) a
    KnownError; told(str) how far it is, in a sentence.
    """

    switched = Signal(object)
    refused = Signal(object)
    trouble = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        workstation: Workstation,
        words: Wording,
        player: Callable[[], CasePlayer] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workstation, self.words, self._player = workstation, words, player
        self.signing = Signing(workstation, words, parent)
        self.working = Working(self)
        self.working.progressed.connect(self._progressed)
        self.working.ended.connect(self._tried)
        self.working.failed.connect(self.trouble)
        self._put: Put | None = None
        self._cases = 0
        # What an owner saw broken: asked once more for exactly that, they have agreed.
        self._seen: PolicyTrial | None = None

    def show_on(self, screen: TwoColumns) -> None:
        """What is not done is said on this place's banner, and its sheet asks for a yes."""
        banner = screen.banner
        screen.signing = self.signing
        self.signing.declined.connect(lambda said: banner.show_message(said, "", "warn"))
        self.told.connect(lambda said: banner.show_message(said, "", "info"))
        self.trouble.connect(screen.tell_trouble)

        def say_no(refused: Refused) -> None:
            screen.refuse(refused)
            cases = refused.facts.get("cases")
            if isinstance(cases, tuple):
                banner.show_message(self.words.refusal(refused), broken_words(cases, self.words), "warn")

        self.refused.connect(say_no)

    @property
    def busy(self) -> bool:
        return self.working.busy

    def begin(self, text: str, put: Put) -> None:
        """Switch this text on with `put`, which takes `trial`, `approval` and `although` as `Policies.put` does."""
        if self.busy:
            return
        cases, self._put = self._workstation.policies.cases, put
        self._cases = len(cases.kept())
        if not self._cases or self._player is None:
            self._do(None)
            return
        player, words = self._player(), self.words

        def work(progress: Progress) -> PolicyTrial | None:
            return cases.try_policy(
                text,
                player,
                words,
                progress=lambda done, _all: progress.say("", done),
                cancelled=lambda: progress.stopped,
            )

        self.working.begin(work)

    def stop(self) -> None:
        """Nothing is switched on."""
        self.working.stop()

    def _progressed(self, _stage: str, done: int) -> None:
        at = min(done + 1, self._cases)
        self.told.emit(self.words.say("Trying the kept cases: {n} of {all}. Esc stops.", n=at, all=self._cases))

    def _tried(self, trial: object) -> None:
        if isinstance(trial, PolicyTrial):
            self._do(trial)
        else:
            self.told.emit(self.words.say("Stopped. Nothing is switched on."))

    def _do(self, trial: PolicyTrial | None, approval: str = "") -> None:
        if self._put is None:
            return
        agreed = trial is not None and self._seen is not None and trial.told == self._seen.told
        try:
            answer = self._put(trial=trial, approval=approval, although=agreed)
        except KnownError as error:
            self.trouble.emit(error)
            return
        if isinstance(answer, NeedsApproval):
            self.refused.emit(answer)
            self.signing.words = self.words
            self.signing.begin(answer, partial(self._do, trial), self.words.say("Back"))
        elif isinstance(answer, Refused):
            self._seen = trial if answer.code is Code.POLICY_BREAKS_CASES else None
            self.refused.emit(answer)
        else:
            self._seen = None
            self.switched.emit(answer)


def broken_words(cases: tuple[str, ...], words: Wording) -> str:
    """The first cases that come out otherwise, a line each, and how many more; who is asked reads them whole."""
    more = len(cases) - _SAID_MOST
    rest = [words.count("and {n} more case", "and {n} more cases", more)] if more > 0 else []
    first = (one if len(one) <= _LINE else f"{one[:_LINE].rstrip()}…" for one in cases[:_SAID_MOST])
    return "\n".join([*first, *rest])
