"""What the card terminal counted beside what the books say: asked on a thread of its own, told in a banner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.domain.refusal import Refused
from pos.services.card_refunds import TotalsCompared
from pos.services.tendering_cards import CardTendering
from pos.ui.working import Working
from pos.wording import Wording


class CardTotals(QObject):
    """One question at a time."""

    def __init__(
        self, cards: CardTendering, tell: Callable[[str, str, bool], None], refuse: Callable[[Refused], None]
    ) -> None:
        """`tell` hears a title, a detail and whether all is well; `refuse` why nothing was learned."""
        super().__init__()
        self._cards, self._tell, self._refuse = cards, tell, refuse
        self._ends = False
        self.words = Wording()
        self.working = Working(self)
        self.working.ended.connect(self._answered)

    @property
    def there(self) -> bool:
        """Whether this till has a terminal that counts."""
        return self._cards.terminal is not None and self._cards.terminal.can_be_asked

    def ask(self, *, end_period: bool = False) -> None:
        """Compare; with `end_period` the terminal closes its day and begins anew."""
        if self.there and not self.working.busy:
            self._ends = end_period
            self.working.begin(lambda _progress: self._cards.refunds.compare_totals(end_period=end_period))

    def _answered(self, answer: TotalsCompared | Refused) -> None:
        if isinstance(answer, Refused):
            self._refuse(answer)
            return
        say, money = self.words.say, self.words.money
        even = answer.difference == 0
        title = (
            say("The card terminal and the till agree: {amount}.", amount=money(answer.books))
            if even
            else say(
                "The card terminal counted {terminal}, the till {books}.",
                terminal=money(answer.terminal),
                books=money(answer.books),
            )
        )
        detail = say("The terminal’s day is closed. What it charged is returned from now on, not post-voided.")
        open_ones = self.words.count(
            "Of {n} card payment nobody knows the outcome yet.",
            "Of {n} card payments nobody knows the outcome yet.",
            answer.unknown,
        )
        unsaid = say("The terminal may count since another day, or for another till.")
        why = "" if even else open_ones if answer.unknown else unsaid
        self._tell(title, " ".join(filter(None, (why, detail if self._ends else ""))), even)
