"""What can be done with the terminal while a card's purchases are looked for: ask it, and stop it again."""

from __future__ import annotations

from PySide6.QtGui import QAction

from pos.ui.returns.finder import CARD
from pos.ui.returns.finding import Finding
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.screen import Screen
from pos.wording import Wording


class TerminalButtons:
    """Two buttons in the middle of the empty list, one of which shows; each does what its key does.

    Both keys mean something else on the lines of a purchase: F8 store credit, Esc back.
    """

    def __init__(self, screen: Screen, empty: EmptyState, ask: QAction, stop: QAction) -> None:
        self._ask_key, self._stop_key = ask, stop
        self.ask, self.stop = ActionButton("", "contactless"), ActionButton("", "close")
        for button, action, control in ((self.ask, ask, "ask"), (self.stop, stop, "stop")):
            screen.name_child(button, "terminal", control)
            button.follow(action)
        empty.set_actions([self.ask, self.stop])

    def follow(self, finding: Finding, words: Wording, *, lines: bool) -> None:
        """Whether the terminal can be asked now, or waits for a card; `lines`: a purchase is open."""
        say, waits = words.say, finding.card.waiting
        asks = finding.ways.choice == CARD and not waits and not lines
        self._ask_key.setText(say("As store credit") if lines else say("Ask the terminal"))
        self._ask_key.setVisible(lines or asks)
        self._stop_key.setText(say("Stop the terminal") if waits else say("Back"))
        # Never both at once, not even for a moment: a narrow window would be moved over to make room for two.
        for button, wanted in sorted(((self.ask, asks), (self.stop, waits)), key=lambda each: each[1]):
            button.setVisible(wanted)
