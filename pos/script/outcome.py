"""What playing one file came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.return_decision import Decision
from pos.script.results import Result
from pos.wording import Wording

HELD, FAILED, WRONG = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why nothing was played; `line` is None where no line of the file is to blame."""

    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A field that came out otherwise than expected; `step` is None for the end, `got` where it was not there."""

    step: int | None
    field: str
    expected: str
    got: str | None


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """One step that was played, with the fields of its result."""

    number: int
    name: str | None
    kind: str
    ok: bool
    result: Result


@dataclass(slots=True)
class Outcome:
    """One file. `stopped`: the world (a disk, a lock) ended the play before its last step; `decided` is what was
    decided of its last return.
    """

    file: str
    words: Wording
    steps: list[StepOutcome] = field(default_factory=list)
    end: Result = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    stopped: bool = False
    wrong: Wrong | None = None
    decided: Decision | None = None
    currency: str = ""

    @property
    def status(self) -> int:
        """The exit status of the contract: 0 everything held, 1 something did not, 2 nothing was played."""
        if self.wrong is not None:
            return WRONG
        return FAILED if self.failures or self.stopped or self.end.get("violations") else HELD
