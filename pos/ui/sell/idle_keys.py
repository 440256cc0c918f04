"""What a cashier may want between two customers, in the place of the basket."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction

from pos.domain.money import Money
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.exchanging import Exchanging
from pos.ui.sell.money_column import MoneyColumn
from pos.ui.sell.open_last import OpenLast
from pos.ui.sell.price_check import PriceCheckPanel
from pos.ui.sell.waiting import Waiting
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.keys import key_name
from pos.ui.shared.painted import PaintedButton
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation

# Below this width the words alone have room, below this height the large picture above them goes.
_ROOMY, _HIGH = 640, 420
_TALL, _FLAT = 76, 56


class IdleKeys(QObject):
    """Four ways on, each the key of the screen or the shell that does the same; gone while an exchange is open. A
    fifth, to the receipt of the last sale, is the card that says how it ended.
    """

    def __init__(
        self,
        screen: Screen,
        basket: BasketCard,
        money: MoneyColumn,
        workstation: Workstation,
        *,
        ways: tuple[Waiting, Exchanging, PriceCheckPanel],
    ) -> None:
        super().__init__(basket)
        waiting, exchanging, check = ways
        self._basket, self._money, self._waiting, self._exchanging = basket, money, waiting, exchanging
        self.open_last = OpenLast(screen, money, workstation)
        _follow(money.totals.last, self.open_last.key)
        self._words: Wording | None = None
        self._icons: dict[ActionButton, str] = {}
        self._roomy: bool | None = None
        self.recall = self._tile("recall", "history")
        self.returns = self._tile("returns", "assignment_return")
        self.reprint = self._tile("reprint", "receipt_long")
        self.check = self._tile("price_check", "sell")
        _follow(self.recall, waiting.recall_key)
        _follow(self.returns, exchanging.returns_key)
        exchanging.returns_key.visibleChanged.connect(self.show)
        _follow(self.check, check.key)
        basket.offer(list(self._icons))
        basket.installEventFilter(self)
        waiting.counted.connect(self.show)
        money.rests.connect(self.show)

    def lead(self, reprint: QAction) -> None:
        """Let the tile do what the shell's key does: print the last receipt once more."""
        _follow(self.reprint, reprint)

    def _tile(self, name: str, icon: str) -> ActionButton:
        tile = ActionButton("", icon, height=_TALL, align="left", tile="info")
        tile.setObjectName(f"sell.idle.{name}")
        self._icons[tile] = icon
        return tile

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Icons and what stands under the words go where there is no room for them."""
        if event.type() == QEvent.Type.Resize:
            self._basket.show_empty_icon(shown=self._basket.height() >= _HIGH)
        if event.type() == QEvent.Type.Resize and self._roomy != (roomy := self._basket.width() >= _ROOMY):
            self._roomy = roomy
            for tile, icon in self._icons.items():
                tile.setFixedHeight(_TALL if roomy else _FLAT)
                tile.set_icon(icon if roomy else None)
            self.show()
        return False

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.show()

    def show(self) -> None:
        """Say how things stand between two sales: how many wait, which receipt was the last."""
        words, last, waits = self._words, self._money.last, self._waiting.waits
        if words is None:
            return
        waiting = words.count("{n} waits", "{n} wait", waits) if waits else words.say("Nothing waits")
        printed = words.say("There is no sale yet")
        if last is not None:
            printed = f"{last.receipt} · {words.amount(Money(last.total, last.currency))}"
        said = (
            (self.recall, words.say("Recall a sale"), waiting),
            (self.returns, words.say("Return or exchange"), words.say("Receipt, card or customer")),
            (self.reprint, words.say("Print again"), printed),
            (self.check, words.say("Price check"), words.say("Adds nothing to the sale")),
        )
        for tile, text, detail in said:
            tile.set_detail(detail if self._roomy else "")
            tile.set_text(text)
            tile.describe(f"{text}, {detail}")
            tile.setVisible(not self._exchanging.is_open)
        self.open_last.retranslate(words)
        self.reprint.setEnabled(last is not None)
        self.returns.setVisible(self._exchanging.returns_key.isVisible() and not self._exchanging.is_open)


def _follow(tile: PaintedButton, action: QAction) -> None:
    """Do what the key does, and show what it is on the keyboard; the words are the tile's own."""

    def take() -> None:
        tile.set_key(key_name(action.shortcut()))

    tile.clicked.connect(lambda _=False: action.trigger())
    action.changed.connect(take)
    take()
