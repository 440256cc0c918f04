"""A device in words, and where such words come from: the pages and the panel show them and know no more."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.frozen import dataclass
from pos.ui.shared.top_bar import StateKind


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device in words. `test` is the button's, empty where there is nothing to try; `place` leads further.

    `meaning` says what the state means for selling, `next_step` what somebody can do now; either may be empty.
    """

    name: str
    icon: str
    title: str
    state: str
    kind: StateKind
    meaning: str = ""
    next_step: str = ""
    test: str = ""
    place: str = ""
    place_says: str = ""


class DeviceSource(QObject):
    """Signals: changed() something is known anew; answered(str, str, str) how a device that was tried did: its name, a
    sentence, its kind.
    """

    changed = Signal()
    answered = Signal(str, str, str)

    def views(self) -> tuple[DeviceView, ...]:
        """Every device in words, also those this till does not have."""
        raise NotImplementedError

    def look(self) -> None:
        """Somebody looks: find out how things are now."""
        raise NotImplementedError

    def test(self, name: str) -> None:
        """Try a device; `answered` says how it did. Nothing is sold, and nobody waits."""
        raise NotImplementedError

    def stop_waiting(self) -> None:
        """The next scan is a scan like any other."""
        raise NotImplementedError
