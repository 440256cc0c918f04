"""The way from the Returns screen to money without goods, of the receipt that lies open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.ui.fittings import PurchaseAtHand
    from pos.ui.returns.screen import ReturnsScreen


class MoneyAlone:
    """Its key on `screen`; `at_hand` takes the receipt along."""

    def __init__(self, screen: ReturnsScreen, at_hand: PurchaseAtHand) -> None:
        self._screen, self._at_hand = screen, at_hand
        self._key = screen.add_key("money", "Alt+M", self._lead)

    def retranslate(self) -> None:
        self._key.setText(self._screen.words.say("Without goods"))

    def _lead(self) -> None:
        draft = self._screen.draft
        purchase = None if draft is None else draft.purchase
        self._at_hand.receipt = "" if purchase is None else purchase.receipt
        self._screen.place_wanted.emit("money_back")
