"""The kept cases as the place of trying shows them: their rows, and what the chosen one says and came to."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.policy_case import CaseAsked, CaseResult, PolicyCase
from pos.services.policy_cases import CasePlayer
from pos.ui.policy_try.asked import case_row
from pos.ui.policy_try.verdict import VerdictCard
from pos.ui.shared.row_list import RowList
from pos.wording import N_, Wording
from pos.workstation import Workstation

BY_HAND = N_("This case was written by hand as a script. The form cannot show it, so it stands here as it is written.")


class KeptCases:
    """`results` is what each came to the last time, by its number."""

    def __init__(self, workstation: Workstation, rows: RowList) -> None:
        self._workstation, self._rows = workstation, rows
        self.cases: tuple[PolicyCase, ...] = ()
        self.results: dict[int, CaseResult] = {}
        self._read: dict[int, CaseAsked | None] = {}

    def load(self, words: Wording) -> None:
        """As they are kept now."""
        self.cases = self._workstation.policies.cases.kept()
        local = self._workstation.desk.local
        self._rows.found.show([case_row(one, self.results.get(one.number), local, words) for one in self.cases])
        if self._rows.chosen not in {str(one.number) for one in self.cases}:
            self._rows.choose_none()

    def note(self, results: Iterable[CaseResult]) -> None:
        """What they came to now."""
        self.results = {one.case.number: one for one in results}

    @property
    def chosen(self) -> PolicyCase | None:
        return next((one for one in self.cases if str(one.number) == self._rows.chosen), None)

    def asked(self, player: CasePlayer | None) -> CaseAsked | None:
        """The chosen case as the form asked it; None where none is chosen, or a form cannot show it."""
        case = self.chosen
        if case is None or player is None:
            return None
        if case.number not in self._read:
            self._read[case.number] = player.read(case.script, self._workstation.desk.rules)
        return self._read[case.number]

    def show(self, card: VerdictCard, player: CasePlayer | None, words: Wording) -> None:
        """What the chosen case came to, and what came otherwise; the script of one that was written by hand."""
        case = self.chosen
        card.setVisible(case is not None)
        if case is None:
            return
        result = self.results.get(case.number)
        if result is None:
            card.show_nothing(case.name, words.say("not tried yet"))
        elif result.played.holds:
            card.show_nothing(case.name, words.say("as expected"))
        else:
            card.show_nothing(case.name, "\n".join(result.played.why))
        if self.asked(player) is None:
            card.add_script(words.say(BY_HAND), case.script)

    def told(self, words: Wording) -> str:
        """How many there are, and how many came otherwise."""
        broken = sum(not one.played.holds for one in self.results.values())
        return words.say("Kept cases: {all}. Not as expected: {broken}.", all=len(self.cases), broken=broken)
