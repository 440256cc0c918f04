"""A card at the terminal: waiting, declined, an outcome nobody knows, or a stand-alone terminal whose slip is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.card_attempt import Attempt
from pos.domain.payment import DeclinedWhy
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.approvals import Answer
from pos.services.sale import SaleView
from pos.services.terminal_state import TerminalState
from pos.ui.pay.approval_code_panel import ApprovalCodePanel
from pos.ui.pay.card_flow import CardFlow
from pos.ui.pay.card_page import CardPage
from pos.ui.pay.decision_panel import DecisionPanel
from pos.ui.pay.methods import KEYS, SPLIT, methods
from pos.ui.pay.other_ways import OTHER_WAYS, OtherWays
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound, Sounds
from pos.wording import Wording
from pos.workstation import Workstation

# After a manager's word these say how it stands; any other refusal says why nothing was decided.
_DECIDED = (Code.CARD_NOT_PROCESSED, Code.CARD_DECLINED, Code.CARD_CHARGED_LATE, Code.CARD_NOT_GIVEN_BACK)
_STORE_CREDIT = "store_credit"
# How a card ends that was stopped here or at the terminal: nobody has to be told.
_STOPPED = (DeclinedWhy.ABORTED, DeclinedWhy.CANCELLED)


class CardScreen(Screen):
    """Esc stops the terminal while it is at it, and goes back to the other ways to pay once it is not.

    Signals: settled(object, str) back to the payment: the SaleView with the tender, or None and why there is none;
    terminal_is(object) its TerminalState, for the top bar; another(str) a way to pay instead of a card that said no;
    amount_wanted(int) another amount than this one, in minor units; keyed_wanted(int) a card for this amount whose
    number is typed at the terminal; kept() the sale is to wait for later.
    """

    words: Wording
    settled = Signal(object, str)
    terminal_is = Signal(object)
    another = Signal(str)
    amount_wanted = Signal(int)
    keyed_wanted = Signal(int)
    kept = Signal()

    def __init__(self, words: Wording, workstation: Workstation, sounds: Sounds) -> None:
        super().__init__("card", words)
        self._workstation, self._sounds = workstation, sounds
        self._stop = self.add_key("stop", "Esc", self._leave)
        self._look = self.add_key("look", "F9", lambda: self.flow.look())
        self._change = self.add_key("change", "F4", self._change_amount)
        self._other = self.add_key("other", "F8", self._pay_another_way)
        self._keep = self.add_key("keep", "Shift+F7", self._keep_for_later, in_key_bar=False)
        # What is done once the terminal has stopped, where it was stopped for that.
        self._then: Callable[[], None] | None = None
        self._ways = {
            code: self._other
            if code == SPLIT
            else self.add_key(code, KEYS[code], partial(self._pay_by, code), in_key_bar=False)
            for code in OTHER_WAYS
        }
        self._go_on = self.add_key("go_on", ["Return", "Enter", "F12"], self._enter, in_key_bar=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        self.page = CardPage()
        row.addWidget(self.page)
        self.page.other.follow(self._other)
        self.page.change.follow(self._change)
        # The key of store credit, which pays nothing while the terminal is at it.
        self.page.typed.follow(self._ways[_STORE_CREDIT])
        self.ways = OtherWays(self._ways, self._keep)
        self.page.choices.addWidget(self.ways)
        self.approval_code, self.decision = ApprovalCodePanel(), DecisionPanel()
        for panel in (self.approval_code, self.decision):
            self.page.choices.addWidget(panel)
            panel.close_button.hide()
        self.approval_code.given.connect(self._typed)
        self.decision.decided.connect(self._decide)
        self.page.primary.clicked.connect(lambda _=False: self._enter())
        self.page.cancel.clicked.connect(lambda _=False: self._leave())
        self.flow = CardFlow(self.page, workstation, words)
        self.flow.changed.connect(self._show)
        self.flow.typing_wanted.connect(self._ask_typing)
        self.flow.paid.connect(lambda view: self._done(view, ""))
        self.flow.stopped.connect(lambda refused: self._done(None, self.words.refusal(refused)))
        self.flow.trouble.connect(self._trouble)
        self.retranslate()

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Pay")

    @property
    def context(self) -> str:
        return self.words.say("Workstation {number}", number=self._workstation.desk.number)

    def retranslate(self) -> None:
        self._look.setText(self.words.say("Check status"))
        for part in (self.approval_code, self.decision, self.flow):
            part.retranslate(self.words)
        self._show()

    def take_scan(self, code: str) -> bool:
        """Nothing is rung up while a card is at the terminal."""
        del code
        self._sounds.play(Sound.UNKNOWN_CODE)
        return True

    # From the payment.

    def ask(self, attempt: Attempt) -> None:
        """Ask the terminal for a card."""
        self._then = None
        self.flow.ask(attempt)

    def tell_open(self, attempt_id: str) -> None:
        """A card whose outcome nobody knows stands in the way of another."""
        self.flow.tell_open(attempt_id)

    # What a cashier does.

    def _enter(self) -> None:
        if self.flow.typing:
            self.approval_code.confirm()
        elif self.flow.open_attempt:
            self.decision.confirm()
        else:
            self.flow.again()

    def _leave(self) -> None:
        if self.flow.waiting:
            # Whatever else was wanted after it is not wanted any more.
            self._stop_for(None)
        elif self.flow.typing:
            # Left before it was used: it charged nothing, as far as this till knows.
            self.flow.type_approval("", "", declined=True)
        else:
            self._done(None, "")

    def _pay_another_way(self) -> None:
        """Stop the terminal first where it is at it; what it charged all the same stays charged. After a no: split."""
        if self._offers:
            self._pay_by(SPLIT)
        elif self.flow.waiting:
            self._stop_for(lambda: None)
        else:
            self._leave()

    def _change_amount(self) -> None:
        """Take part of it on this card: stop the terminal, and go back to the amount."""
        attempt = self.flow.attempt
        if self.flow.waiting and attempt is not None:
            self._stop_for(lambda: self.amount_wanted.emit(attempt.amount))

    def _keep_for_later(self) -> None:
        """Nothing was charged: the sale waits, and the next customer can come."""
        if self._keeps:
            self._done(None, "")
            self.kept.emit()

    def _stop_for(self, then: Callable[[], None] | None) -> None:
        """Do this once the terminal has stopped; a card it charged all the same pays. With None its answer is told."""
        self._then = then
        self.flow.cancel()

    @property
    def _offers(self) -> bool:
        """Whether the open sale can be paid otherwise now."""
        return self.flow.declined and not self._workstation.sale.view.empty

    @property
    def _keeps(self) -> bool:
        """Whether the open sale can be put aside now: nothing of it is paid yet."""
        return self._offers and not self._workstation.sale.view.priced.basket.tenders

    def _type_number(self) -> None:
        """The card cannot be read: stop the terminal, and have the number typed there; it never comes in here."""
        attempt = self.flow.attempt
        if attempt is None:
            return

        def go_on() -> None:
            # A card the bank said no to meanwhile is not tried again by its number.
            if not self._no:
                self.keyed_wanted.emit(attempt.amount)

        self._stop_for(go_on)

    def _pay_by(self, code: str) -> None:
        if self.flow.can_key and code == _STORE_CREDIT:
            self._type_number()
            return
        self._done(None, "")
        self.another.emit(code)

    @property
    def _no(self) -> str:
        """What the terminal said where it did not just stop as it was asked to."""
        told = self.flow.told
        stopped = told is None or told.facts.get("why") in _STOPPED
        return "" if told is None or stopped else self.words.refusal(told)

    def _ask_typing(self, amount: str) -> None:
        self.approval_code.begin(amount)
        self._show()

    def _typed(self, code: str, last_four: str, declined: bool) -> None:
        refused = self.flow.type_approval(code, last_four, declined=declined)
        if refused is not None:
            self.approval_code.refuse(refused)

    def _decide(self, moved: bool, answer: Answer) -> None:
        try:
            said = self._workstation.card_tendering.resolve(self.flow.open_attempt, answer, moved=moved)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(said, Refused) and said.code not in _DECIDED:
            self.decision.refuse(said)
        else:
            self.flow.settled_elsewhere(said)

    def _done(self, view: SaleView | None, sentence: str) -> None:
        self.terminal_is.emit(self._state)
        self.settled.emit(view, sentence)

    def _trouble(self, error: KnownError) -> None:
        self._done(None, self.words.trouble(error))

    @property
    def _state(self) -> TerminalState:
        if self.flow.waiting:
            return TerminalState.BUSY
        return TerminalState.UNRESOLVED if self.flow.open_attempt else TerminalState.READY

    # Showing.

    def _show_ways(self) -> None:
        """After a no, what else can pay; while the terminal is at it, that it can be stopped for it."""
        found = methods(self._workstation, self.words) if self._offers else ()
        there = {method.code: method for method in found}
        for code, action in self._ways.items():
            method = there.get(code)
            action.setEnabled(method is not None and not method.why)
            action.setText("" if method is None else method.name)
        if not found:
            self._other.setText(self.words.say("Pay another way"))
            self._other.setEnabled(self.flow.waiting)
        self._change.setVisible(self.flow.waiting and not self.flow.gives_back)
        self._change.setText(self.words.say("Change the amount"))
        can_key = self.flow.can_key
        if can_key:
            self._ways[_STORE_CREDIT].setText(self.words.say("Type the card number"))
            self._ways[_STORE_CREDIT].setEnabled(True)
        self.page.typed.setVisible(can_key)
        self._keep.setVisible(self._keeps)
        self._keep.setText(self.words.say("Keep for later"))
        self.ways.show_methods(found)
        self.ways.setVisible(bool(found))
        self.ways.show_keep(can=self._keeps, detail=self.words.say("Suspends the sale"))

    def _show(self) -> None:
        flow, say = self.flow, self.words.say
        if self._then is not None and not flow.waiting:
            then, self._then = self._then, None
            if flow.declined:
                self._done(None, self._no)
                then()
                return
        opened = bool(flow.open_attempt)
        if opened and self.decision.isHidden():
            self.decision.begin(back=flow.gives_back)
        self.decision.setVisible(opened)
        self.approval_code.setVisible(flow.typing)
        self.page.show_ways(self.words, waiting=flow.waiting, asks=opened or flow.typing or flow.gives_back)
        self._stop.setText(say("Cancel on terminal") if flow.waiting else say("Pay another way"))
        self._look.setEnabled(opened or flow.asks)
        self._show_ways()
        self._go_on.setText(say("Decide") if opened else say("Try again"))
        self._go_on.setEnabled(not flow.waiting and (opened or not flow.gives_back))
        entry = self.decision.entry if opened else self.approval_code.entry if flow.typing else self.page.cancel
        self.set_entry(entry)
        self.focus_entry()
        if flow.declined or opened:
            self._sounds.play(Sound.DECLINED)
        if flow.used:
            self.terminal_is.emit(self._state)
