"""The road of a sale: open the till, ring up, take the money, done. It knows the order; the screens do not."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos.domain.card_attempt import Attempt
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderKind
from pos.domain.trouble import KnownError
from pos.services.paperwork import PaperView
from pos.services.sale import CompletedSale, SaleView
from pos.ui.card_errands import CardErrands
from pos.ui.cash import open_till
from pos.ui.fittings import Fittings
from pos.ui.paper_words import paper_words
from pos.ui.pay import card_screen, done
from pos.ui.pay import screen as pay
from pos.ui.pay.returned_half import ReturnedHalf
from pos.ui.printing import Measured, Printing
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.screen import Screen
from pos.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos.domain.customer_return import CustomerReturn
    from pos.services.exchanges import CompletedExchange
    from pos.ui.shared.notices import Banner

# Each after a moment without a scan; whoever needs one sooner has it built then.
_AHEAD_MILLISECONDS = 500
# A printer that has not answered for a sale by then is a slow one; until then its answer would only flicker.
_SLOW_PRINTER_MILLISECONDS = 700


class SaleRoad(QObject):
    """The sale stands from the start. What comes after it, and the till's opening, is built when it is first wanted, or
    one screen after the other as soon as somebody is at work.

    Signals: wanted(object) the Screen to go to; built(object) a Screen that was not there before; completed(object) a
    CompletedSale; told(str) a sentence about paper, for a banner; noted(str) what was done though no other screen came;
    terminal_is(object) the card terminal's state; tax_document_wanted(str, object) as PayScreen says.
    """

    wanted = Signal(object)
    built = Signal(object)
    completed = Signal(object)
    told = Signal(str)
    noted = Signal(str)
    terminal_is = Signal(object)
    tax_document_wanted = Signal(str, object)

    def __init__(self, fittings: Fittings, printing: Printing, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = fittings.words
        self._workstation = fittings.workstation
        self._sounds = fittings.sounds
        self._printing, self._pack = printing, fittings.pack
        self._paper_said = ""
        self.sell = SellScreen(fittings.words, fittings.workstation, fittings.sounds, parent)
        self.sell.notices = self.sell.notice
        self.sell.pay_wanted.connect(lambda: self.wanted.emit(self.pay))
        self.sell.exchanging.pay_wanted.connect(self._pay_difference)
        self.sell.exchanging.exchanged.connect(self._exchanged)
        self.sell.slip_waits.connect(printing.try_now)
        self.sell.gift_card.paid_out.connect(lambda job: printing.after_move(job, "cash_out"))
        self.errands = CardErrands(fittings.workstation, self._terminal_busy, self)
        self.errands.settled.connect(self._card_heard)
        self.errands.trouble.connect(lambda error: self.told.emit(self._words.trouble(error)))
        # What a terminal was asked before this start can wait until the till is ready.
        QTimer.singleShot(_AHEAD_MILLISECONDS, self.errands, self.errands.start)
        self._ahead = QTimer(self)
        self._ahead.setInterval(_AHEAD_MILLISECONDS)
        self._ahead.timeout.connect(self._build_one)
        self.sell.changed.connect(self._not_now)

    @cached_property
    def pay(self) -> pay.PayScreen:
        screen = pay.PayScreen(self._words, self._workstation, self._sounds)
        screen.notices = screen.banner
        screen.card_wanted.connect(self._ask_card)
        screen.open_card.connect(self._tell_open_card)
        screen.back.connect(self._back_to_sale)
        screen.needed.connect(lambda: self.wanted.emit(screen))
        screen.completed.connect(self._completed)
        screen.exchanged.connect(self._exchanged)
        screen.e_receipt_wanted.connect(lambda sale: screen.paper_wanted.emit("e_receipt", sale))
        screen.tax_document_wanted.connect(self.tax_document_wanted)
        self._stands(screen)
        return screen

    @cached_property
    def card(self) -> card_screen.CardScreen:
        screen = card_screen.CardScreen(self._words, self._workstation, self._sounds)
        screen.settled.connect(self._card_settled)
        screen.another.connect(lambda code: self.pay.choose(code))
        screen.amount_wanted.connect(lambda minor: self.pay.ask_amount(minor))
        screen.keyed_wanted.connect(lambda minor: self.pay.takings.take_keyed(minor))
        screen.kept.connect(self._keep_for_later)
        screen.terminal_is.connect(self.terminal_is)
        self._stands(screen)
        return screen

    @cached_property
    def done(self) -> done.DoneScreen:
        screen = done.DoneScreen(self._words, self._workstation)
        screen.notices = screen.banner
        screen.next_wanted.connect(self._next_sale)
        screen.left.connect(self._let_papers_go)
        papers = (("again", screen.again_wanted), ("e_receipt", screen.e_receipt_wanted), ("gift", screen.gift_wanted))
        for paper, asked in papers:
            asked.connect(lambda sale, paper=paper: screen.paper_wanted.emit(paper, sale))
        self._stands(screen)
        return screen

    @cached_property
    def open_till(self) -> open_till.OpenTillScreen:
        screen = open_till.OpenTillScreen(self._words, self._workstation, self._sounds)
        screen.notices = screen.banner
        screen.opened.connect(lambda: self.wanted.emit(self.sell))
        self._stands(screen)
        return screen

    def _stands(self, screen: Screen) -> None:
        # Whoever hears of it asks for it by its name.
        vars(self)[screen.name] = screen
        self.built.emit(screen)

    def _is_there(self, name: str) -> bool:
        return name in vars(self)

    def build_ahead(self) -> None:
        """Somebody is at work: what a sale leads to is built now, a screen at a time."""
        self._ahead.start()

    def build_all(self) -> tuple[Screen, ...]:
        """Every screen of the road, in its order."""
        return (self.sell, self.pay, self.card, self.done, self.open_till)

    def _not_now(self) -> None:
        """Something was rung up: the next scan is on its way, and waits for no screen."""
        if self._ahead.isActive():
            self._ahead.start()

    def _build_one(self) -> None:
        for name in ("pay", "done", "card"):
            if not self._is_there(name):
                getattr(self, name)
                return
        self._ahead.stop()

    @property
    def finished(self) -> str:
        """The sale that was paid last; "" before the first."""
        return self.done.transaction_id if self._is_there("done") else ""

    def show_drawer(self, *, is_open: bool, shut_first: bool) -> None:
        """How the drawer stands, for the end of a sale."""
        if self._is_there("done"):
            self.done.show_drawer(is_open=is_open, shut_first=shut_first)

    def _terminal_busy(self) -> bool:
        return self._is_there("card") and self.card.flow.waiting

    @property
    def beginning(self) -> Screen:
        """Where somebody who signs in goes on: opening the till, the money of the open sale, or the sale."""
        if not self._workstation.tills.is_open:
            return self.open_till
        return self.pay if self._workstation.sale.view.priced.basket.tenders else self.sell

    def set_words(self, words: Wording) -> None:
        """What stands in a banner was said in another language; what waits to be printed is said anew."""
        self._words = words
        for notices in self._notices():
            notices.hide()
        if self._paper_said:
            self._printing.refresh(self.finished)

    def take_scan(self, shown: Screen, code: str) -> None:
        """A scan that no other screen wanted goes to the sale, if the screen that shows can be left."""
        if shown is not self.sell and self._take_customer(shown, code):
            return
        if shown.name == "pay":
            self.pay.scanned()
        elif shown.name == "open_till" or not self._may_sell:
            self.wanted.emit(self.open_till)
            self.open_till.scanned()
        else:
            if shown is not self.sell:
                self.wanted.emit(self.sell)
            self.sell.scanned(code)

    @property
    def _may_sell(self) -> bool:
        """Whether a till is open; where something was rung up it is, for an open sale keeps it from being closed."""
        return not self._workstation.sale.open.basket.empty or self._workstation.tills.is_open

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
        if shown.name == "pay":
            # What is to be paid may be another sum now.
            self.pay.enter()
        self.noted.emit(self._words.say("{name} is the customer of the sale.", name=holder.name))
        return True

    def show_paper(self, transaction_id: str, view: PaperView, printer: Measured | None, *, tried: bool) -> None:
        """What became of a sale's paper; only the last sale's is worth a sentence. Of one that was only looked at once
        more the same is not said again: what somebody closed stays closed.
        """
        said = paper_words(view, self._words, printer)
        if self._is_there("done"):
            self.done.show_paper(transaction_id, said.chip, said.kind, said.icon)
        if not self.finished or transaction_id != self.finished:
            return
        if said.sentence != self._paper_said:
            self._unsay_paper()
        if said.sentence and (tried or said.sentence != self._paper_said):
            self.told.emit(said.sentence)
        self._paper_said = said.sentence

    def _unsay_paper(self) -> None:
        """The paper came out: wherever it says that it waits, that is no longer true. What else stands there stays."""
        for notices in self._notices():
            if self._paper_said and notices.message == self._paper_said:
                notices.hide()

    def _notices(self) -> Iterator[Banner]:
        """Where the screens that stand say what concerns the whole till."""
        for name in ("sell", "pay", "done"):
            notices = getattr(self, name).notices if self._is_there(name) else None
            if notices is not None:
                yield notices

    def _ask_card(self, attempt: Attempt) -> None:
        # First the terminal hears of it: it is at work while its screen comes up.
        self.card.ask(attempt)
        self.wanted.emit(self.card)

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
        if view is not None and self.pay.finish_unseen(view):
            return
        self.wanted.emit(self.pay)
        self.pay.settled(view, sentence)

    def _keep_for_later(self) -> None:
        self.wanted.emit(self.sell)
        self.sell.waiting.suspend()

    def _card_heard(self, attempt_id: str, said: SaleView | Refused) -> None:
        """An outcome nobody knew is known, or a charge went back: what shows may be otherwise now."""
        if self._is_there("card") and self.card.flow.open_attempt == attempt_id:
            if not (isinstance(said, Refused) and said.code is Code.CARD_OUTCOME_UNKNOWN):
                self.card.flow.settled_elsewhere(said)
        elif self._is_there("pay") and self.pay.isVisible():
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

    def _completed(self, sale: CompletedSale, back: ReturnedHalf | None = None) -> None:
        self.done.show_sale(sale, back)
        self.wanted.emit(self.done)
        self.completed.emit(sale)
        self._printing.after_sale(sale.transaction.id, sale.paper)
        QTimer.singleShot(_SLOW_PRINTER_MILLISECONDS, self, partial(self._say_printing, sale.transaction.id))

    def _say_printing(self, transaction_id: str) -> None:
        """A printer that takes its time: what is known of the paper meanwhile."""
        if self.done.says_of_paper or self.done.transaction_id != transaction_id:
            return
        view = self._workstation.paperwork.view(transaction_id)
        if view is not None:
            self.show_paper(transaction_id, view, None, tried=False)

    def _pay_difference(self) -> None:
        self.pay.agreed = self.sell.exchanging.agreed
        self.wanted.emit(self.pay)

    def _back_to_sale(self) -> None:
        self.sell.exchanging.free()
        self.wanted.emit(self.sell)

    def _exchanged(self, exchange: CompletedExchange) -> None:
        """Both halves are in the books: the end of the sale shows, with what goes back; or the next sale. Papers come
        out by themselves, but for those that somebody signs.
        """
        back, words = exchange.returned.done, self._words
        signed = self._keep_back(back)
        out = [one for one in back.tenders if one.kind != TenderKind.EXCHANGE.value]
        if any(one.kind == TenderKind.CASH.value for one in out):
            for job in exchange.returned.papers:
                self._printing.after_move(job, "return")
        if exchange.sale is not None:
            cash = sum(one.amount for one in out if one.kind == TenderKind.CASH.value)
            self._pack.take(back, self.sell.name)
            self._completed(exchange.sale, ReturnedHalf(cash, to_sign=signed))
        else:
            self.wanted.emit(self.sell)
            self._printing.try_now()
        where = ", ".join(
            words.refund_to(one.kind, one.card or one.type) + " " + words.amount(Money(one.amount, back.currency))
            for one in out
        )
        said = words.say("Exchange {number} is done.", number=back.number)
        self.noted.emit(words.say("{done} Give back: {where}", done=said, where=where) if where else said)
        if exchange.sale is None and signed:
            self._pack.take(back, self.sell.name)
            self.sell.place_wanted.emit("return_papers")

    def _keep_back(self, back: CustomerReturn) -> bool:
        """What of it somebody signs waits for them; whether there is any."""
        waits = self._workstation.return_packs.to_sign(back.id)
        if isinstance(waits, Refused) or not waits:
            return False
        self._workstation.paperwork.keep_back(waits)
        return True

    def _let_papers_go(self) -> None:
        """Whoever goes on without a look at the papers of an exchange has them printed, to be signed with a pen."""
        if self._pack.open:
            self._pack.forget()
            self._workstation.paperwork.let_go()
            self._printing.try_now()


class RoadScreens:
    """The screens of the road by name, for who leads along it; each is built when it is first asked for."""

    road: SaleRoad

    @property
    def pay(self) -> pay.PayScreen:
        return self.road.pay

    @property
    def done(self) -> done.DoneScreen:
        return self.road.done

    @property
    def open_till(self) -> open_till.OpenTillScreen:
        return self.road.open_till
