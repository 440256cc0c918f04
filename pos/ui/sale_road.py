"""The road of a sale: open the till, ring up, take the money, done. It knows the order; the screens do not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.card_attempt import Attempt
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.paperwork import PaperView
from pos.services.sale import CompletedSale, SaleView
from pos.ui.card_errands import CardErrands
from pos.ui.cash.open_till import OpenTillScreen
from pos.ui.fittings import Fittings
from pos.ui.paper_words import paper_words
from pos.ui.pay.card_screen import CardScreen
from pos.ui.pay.done import DoneScreen
from pos.ui.pay.screen import PayScreen
from pos.ui.printing import Measured, Printing
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.screen import Screen
from pos.wording import Wording


class SaleRoad(QObject):
    """Signals: wanted(object) the Screen to go to; told(str) a sentence about paper, for a banner; noted(str) what was
    done though no other screen came."""

    wanted = Signal(object)
    told = Signal(str)
    noted = Signal(str)

    def __init__(self, fittings: Fittings, printing: Printing, parent: QObject) -> None:
        super().__init__(parent)
        words, workstation, sounds = fittings.words, fittings.workstation, fittings.sounds
        self._words = words
        self._workstation = workstation
        self._printing = printing
        self._paper_said = ""
        self.sell = SellScreen(words, workstation, sounds)
        self.pay = PayScreen(words, workstation, sounds)
        self.card = CardScreen(words, workstation, sounds)
        self.done = DoneScreen(words, workstation)
        self.open_till = OpenTillScreen(words, workstation, sounds)
        self.sell.notices = self.sell.notice
        self.pay.notices = self.pay.banner
        self.done.notices = self.done.banner
        self.open_till.notices = self.open_till.banner
        self.open_till.opened.connect(lambda: self.wanted.emit(self.sell))
        self.sell.pay_wanted.connect(lambda: self.wanted.emit(self.pay))
        self.sell.slip_waits.connect(printing.try_now)
        self.errands = CardErrands(workstation, lambda: self.card.flow.waiting, self)
        self.errands.settled.connect(self._card_heard)
        self.errands.trouble.connect(lambda error: self.told.emit(self._words.trouble(error)))
        self.errands.start()
        self.sell.gift_card.paid_out.connect(lambda job: printing.after_move(job, "cash_out"))
        self.pay.card_wanted.connect(self._ask_card)
        self.pay.open_card.connect(self._tell_open_card)
        self.card.settled.connect(self._card_settled)
        self.pay.back.connect(lambda: self.wanted.emit(self.sell))
        self.pay.completed.connect(self._completed)
        self.pay.e_receipt_wanted.connect(self.done.e_receipt_wanted)
        self.done.next_wanted.connect(self._next_sale)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return (self.sell, self.pay, self.card, self.done, self.open_till)

    @property
    def beginning(self) -> Screen:
        """Where somebody who signs in goes on: opening the till, the money of the open sale, or the sale."""
        if self._workstation.tills.current() is None:
            return self.open_till
        return self.pay if self._workstation.sale.view.priced.basket.tenders else self.sell

    def set_words(self, words: Wording) -> None:
        self._words = words

    def take_scan(self, shown: Screen, code: str) -> None:
        """A scan that no other screen wanted goes to the sale, if the screen that shows can be left."""
        if shown is not self.sell and self._take_customer(shown, code):
            return
        if shown is self.pay:
            self.pay.scanned()
        elif shown is self.open_till or self._workstation.tills.current() is None:
            self.wanted.emit(self.open_till)
            self.open_till.scanned()
        else:
            if shown is not self.sell:
                self.wanted.emit(self.sell)
            self.sell.scanned(code)

    def _take_customer(self, shown: Screen, code: str) -> bool:
        """A customer's card is one on every screen: theirs is the open sale, or the one that begins next."""
        try:
            holder = self._workstation.customers.of_card(code)
            answer = None if holder is None else self._workstation.sale.set_customer(holder.id)
        except KnownError as error:
            self.told.emit(self._words.trouble(error))
            return True
        if holder is None:
            return False
        if isinstance(answer, Refused):
            self.told.emit(self._words.refusal(answer))
            return True
        if shown is self.pay:
            # What is to be paid may be another sum now.
            self.pay.enter()
        self.noted.emit(self._words.say("{name} is the customer of the sale.", name=holder.name))
        return True

    def show_paper(self, shown: Screen, transaction_id: str, view: PaperView, printer: Measured | None) -> None:
        """What became of a sale's paper; only the last sale's is worth a sentence."""
        said = paper_words(view, self._words, printer)
        self.done.show_paper(transaction_id, said.chip, said.kind, said.icon)
        if transaction_id != self.done.transaction_id:
            return
        if said.sentence:
            self.told.emit(said.sentence)
        elif shown is self.done and self.done.banner.message == self._paper_said:
            # What else stands there stays.
            self.done.banner.hide()
        self._paper_said = said.sentence

    def _ask_card(self, attempt: Attempt) -> None:
        self.wanted.emit(self.card)
        self.card.ask(attempt)

    def _tell_open_card(self, attempt_id: str) -> None:
        self.wanted.emit(self.card)
        self.card.tell_open(attempt_id)

    def show_open_card(self) -> None:
        """The first card payment of the shop that nobody knows the outcome of, wherever it was begun."""
        undecided = self._workstation.card_tendering.undecided()
        if undecided and not self.card.flow.waiting:
            self._tell_open_card(undecided[0].attempt.id)

    def _card_settled(self, view: SaleView | None, sentence: str) -> None:
        if view is None and self._workstation.sale.view.empty:
            # It was a card of another sale, or of another till.
            self.wanted.emit(self.beginning)
            if sentence:
                self.told.emit(sentence)
            return
        self.wanted.emit(self.pay)
        self.pay.settled(view, sentence)

    def _card_heard(self, attempt_id: str, said: SaleView | Refused) -> None:
        """An outcome nobody knew is known, or a charge went back: what shows may be otherwise now."""
        if self.card.flow.open_attempt == attempt_id:
            if not (isinstance(said, Refused) and said.code is Code.CARD_OUTCOME_UNKNOWN):
                self.card.flow.settled_elsewhere(said)
        elif self.pay.isVisible():
            self.pay.enter()

    def _say_pickup(self) -> None:
        """More cash lies in the till than the shop wants there: said before the next sale, in no one's way."""
        limit, till = self._workstation.desk.rules.drawer_limit, None
        if limit:
            till = self._workstation.tills.current()
        if till is not None and till.expected.minor > limit:
            say = self._words.say
            self.told.emit(say("There is more cash in the till than the shop wants there. Make a pickup soon."))

    def _next_sale(self, typed: str) -> None:
        self.wanted.emit(self.sell)
        self._say_pickup()
        if typed:
            self.sell.type_into(typed)

    def _completed(self, done: CompletedSale) -> None:
        self.done.show_sale(done)
        self.wanted.emit(self.done)
        self._printing.after_sale(done.transaction.id, done.paper)
