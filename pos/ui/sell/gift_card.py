"""A gift card is sold or loaded: the amount typed, the card scanned, or none where the slip is to be the card.

One that was sold is also looked at here, paid out where the law says so, blocked, and let pay again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from pos.domain.gift_card import GiftCardState, number_fits, number_of, shown_number
from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError
from pos.services.gift_cards import GiftCardView
from pos.services.reasons import reasons
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.pad_panel import PadPanel
from pos.ui.sell.price_check import PriceCheckPanel
from pos.ui.sell.side import Side
from pos.ui.sell.teller import Teller
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import announce
from pos.ui.shared.screen import Screen
from pos.wording import Wording
from pos.workstation import Workstation


class GiftCardPanel(PadPanel):
    """Opened by its key; while it shows, the scan of a gift card is the card. Enter adds the line.

    Signals: paid_out(str) what was on a card went out in cash: the slip that waits.
    """

    paid_out = Signal(str)

    def __init__(
        self, screen: Screen, side: Side, teller: Teller, workstation: Workstation, clear: Callable[[], None]
    ) -> None:
        super().__init__("gift_card", "redeem")
        self._side, self._teller, self._workstation, self._clear = side, teller, workstation, clear
        self._number, self._loads = "", False
        self._card: GiftCardView | None = None
        self.key = screen.add_key("gift_card", "Alt+V", self.begin, in_key_bar=False)
        self.entered.connect(self._add)
        self.out_key = screen.add_key("gift_pay_out", "Alt+O", self._pay_out, in_key_bar=False)
        self.out = ActionButton("", height=56, px=15, key="Alt O", key_place="follow")
        self.out.setObjectName("sell.gift_card.pay_out")
        self.out.clicked.connect(self._pay_out)
        self.said_column.insertWidget(self.said_column.count() - 1, self.out)
        self.block_key = screen.add_key("gift_block", "Alt+B", self._ask_why, in_key_bar=False)
        self.block = ActionButton("", height=48, px=15, key="Alt B", key_place="follow")
        self.block.setObjectName("sell.gift_card.block")
        self.block.clicked.connect(self._ask_why)
        self.said_column.insertWidget(self.said_column.count() - 1, self.block)
        self.why = ChoicePanel("gift_card_why", "block")
        self.why.chosen.connect(self._switch)
        self._offer(None)

    def begin(self) -> None:
        self._clear()
        words = self._teller.words
        self._number, self._loads = "", False
        self._offer(None)
        self.retranslate(words)
        sign, nothing = words.decimal_sign, "0"
        digits = exponent_of(self._workstation.desk.rules.currency)
        self.field.set_shown(lambda entry: entry.replace(".", sign) or nothing, digits)
        self.set_title(words.say("Gift card"))
        self._say(words.say("Scan a card from the rack, or one to load. Without one the slip is the card."))
        self._side.open_panel(self, self.begin)

    def begin_with(self, number: str) -> None:
        """Open it with a card that was scanned or typed where items are."""
        self.begin()
        self.take_scan(number)

    def take_scan(self, code: str) -> bool:
        """A gift card, new or known; anything else goes to the sale."""
        words, number = self._teller.words, number_of(code)
        try:
            view = self._workstation.gift_cards.balance(number)
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return True
        if isinstance(view, Refused) and (view.code is not Code.GIFT_CARD_UNKNOWN or not number_fits(number)):
            return False
        known = isinstance(view, GiftCardView) and view.state is not GiftCardState.UNSOLD
        self._number, self._loads = number, known
        self._teller.banner.hide()
        self._offer(view if isinstance(view, GiftCardView) else None)
        if isinstance(view, GiftCardView) and known:
            self._say(_told(view, words))
        else:
            self._say(words.say("{card} is sold.", card=shown_number(number[-4:])))
        announce(self)
        return True

    def ended(self) -> None:
        super().ended()
        self._offer(None)

    def unfinished(self) -> object:
        return self._number, self.field.entry

    def take_up(self, unfinished: tuple[str, str]) -> None:
        number, entry = unfinished
        if number:
            self.take_scan(number)
        self.field.set_entry(entry)

    def _offer(self, card: GiftCardView | None) -> None:
        """To pay out what is on it, where that is little enough for the law or the shop; or to block it."""
        self._card = card
        self._offer_block(card)
        below = self._workstation.gift_card_care.cash_out_below().minor
        pays = card is not None and card.state is GiftCardState.ACTIVE and 0 < card.balance.minor < below
        self.out.setVisible(pays)
        self.out_key.setEnabled(pays)
        if card is not None:
            words = self._teller.words
            self.out.set_text(words.say("Pay out"))
            self.out.describe(words.say("Pay out {amount}", amount=words.money(card.balance)))

    def _offer_block(self, card: GiftCardView | None) -> None:
        """Who may block a card may not always let it pay again."""
        operator = self._workstation.sign_on.operator
        blocked = card is not None and card.state is GiftCardState.DISABLED
        wanted = Permission.MANAGE_GIFT_CARDS if blocked else Permission.GIFT_CARD_BLOCK
        there = card is not None and card.state is not GiftCardState.UNSOLD
        offered = there and operator is not None and operator.may(wanted)
        self.block.setVisible(offered)
        self.block_key.setEnabled(offered)
        say = self._teller.words.say
        self.block_key.setText(say("Let it pay again") if blocked else say("Block the card"))
        self.block.set_text(self.block_key.text())

    def _ask_why(self) -> None:
        """The reasons of the shop; one of them does it."""
        words, card = self._teller.words, self._card
        if card is None:
            return
        known = reasons(self._workstation.desk, ReasonKind.GIFT_CARD)
        self.why.retranslate(words)
        self.why.set_title(self.block.text(), card.shown)
        self.why.offer(words.say("Why? The journal keeps it."), [(one.code, words.reason(one), "") for one in known])
        self._side.open_panel(self.why, self._ask_why_anew)
        self._card = card

    def _ask_why_anew(self) -> None:
        self.begin_with(self._number)
        self._ask_why()

    def _switch(self, reason: str) -> None:
        care, card = self._workstation.gift_card_care, self._card
        if card is None:
            return
        blocked = card.state is GiftCardState.DISABLED
        try:
            done = care.enable(self._number, reason) if blocked else care.disable(self._number, reason)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return
        if isinstance(done, Refused):
            self._teller.refuse(done)
            return
        self._side.close_panel()
        self._teller.tell(_told(done, self._teller.words))

    def _pay_out(self) -> None:
        """What was typed is the PIN, where the card has one."""
        try:
            done = self._workstation.gift_card_care.cash_out(self._number, self.field.entry)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return
        self.field.clear_entry()
        if isinstance(done, Refused):
            self._teller.refuse(done)
            return
        words = self._teller.words
        self._side.close_panel()
        self._teller.tell(
            words.say("{amount} is paid out. Nothing is left on the card.", amount=words.money(done.paid))
        )
        self.paid_out.emit(done.paper)

    def _say(self, which: str) -> None:
        self.set_sentence(self._teller.words.say("How much comes onto it?"), which)

    def _add(self, typed: str) -> None:
        try:
            amount = Money.read(typed or "0", self._workstation.desk.rules.currency).minor
        except AmountUnreadable:
            amount = 0
        cards, number = self._workstation.gift_cards, self._number
        added = self._teller.ask(lambda: cards.reload(number, amount) if self._loads else cards.sell(amount, number))
        if added is not None:
            self._side.close_panel()
            self._teller.rung_up()


def _told(view: GiftCardView, words: Wording) -> str:
    """Whether a card pays, and what is on it."""
    balance = words.money(view.balance)
    if view.state is GiftCardState.DISABLED:
        return words.say("{card} is blocked; {balance} stays on it.", card=view.shown, balance=balance)
    return words.say("{card} is loaded; {balance} is on it.", card=view.shown, balance=balance)


def card_and_price(
    screen: Screen, side: Side, teller: Teller, workstation: Workstation, clear: Callable[[], None]
) -> tuple[PriceCheckPanel, GiftCardPanel]:
    """What is asked beside the sale without an item in hand: a price, a gift card."""
    panels = (side, teller, workstation, clear)
    return PriceCheckPanel(screen, *panels), GiftCardPanel(screen, *panels)
