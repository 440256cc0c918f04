"""Taking what a return offers: what the cashier may do alone is done, what somebody must show is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.refusal import Code
from pos.domain.return_decision import Remedy
from pos.domain.return_offers import WAIVE, Offer
from pos.domain.return_request import serials_of

if TYPE_CHECKING:
    from pos.ui.returns.screen import ReturnsScreen

_SERIAL = {Code.SERIAL_REQUIRED, Code.SERIAL_MISMATCH}
# What nobody has seen yet is not written down by a touch: it has to be shown, scanned or looked at.
_TO_SHOW = {"SHOW_PROOF", "WAIT", "SCAN_SERIAL", "NOTE_CONDITION"}


class Offering:
    """What becomes of an offer that was touched on `screen`, and of a serial number that was scanned."""

    def __init__(self, screen: ReturnsScreen) -> None:
        self._screen = screen

    def take(self, offer: Offer) -> None:
        """Go this way on."""
        screen, draft = self._screen, self._screen.draft
        if draft is None or screen.documents.leads(offer):
            return
        if offer.remedy is None or offer.request is None:
            screen.completing.ask_manager()
        elif offer.remedy.code in _TO_SHOW:
            self._ask(offer.remedy)
        elif offer.request.exchange and not draft.request().exchange:
            screen.begin_exchange()
        else:
            draft.take(offer.request)
            screen.judge()
            if offer.remedy.code == WAIVE:
                screen.completing.ask_manager()

    def serial(self, code: str, number: int) -> bool:
        """Whether this is a serial number that the chosen line waits for: then it is noted, beside those that fit."""
        quote, draft = self._screen.completing.quote, self._screen.draft
        asked = None if draft is None else draft.ticked.get(number)
        waits = [one for one in (quote.decision.reasons if quote else ()) if one.line == number and one.code in _SERIAL]
        if not waits or draft is None or asked is None:
            return False
        wrong = {str(one.value) for one in waits}
        fits = [one for one in serials_of(asked.serial) if one not in wrong]
        draft.say(number, {"serial": " ".join([*fits, code])})
        self._screen.judge()
        return True

    def _ask(self, remedy: Remedy) -> None:
        """Say what is to be shown, with its line chosen; the entry waits for it."""
        screen, draft, place = self._screen, self._screen.draft, remedy.change.get("place")
        if draft is not None and isinstance(place, int) and place < len(draft.ticked):
            screen.list.choose(str(sorted(draft.ticked)[place]))
        if remedy.code == "NOTE_CONDITION":
            screen.saying.ask(about_reason=False)
        screen.banner.show_message(screen.words.remedy(remedy), "", "info")
        screen.focus_entry()
