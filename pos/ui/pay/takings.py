"""What each way to pay does: asks what there is to ask, calls its service, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import NeedsApproval
from pos.domain.card_attempt import Attempt
from pos.domain.check import TypedCheck
from pos.domain.gift_card import GiftCardKind
from pos.domain.micr import Micr, read_micr
from pos.domain.money import AmountUnreadable, Money
from pos.domain.payment import CardKind
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderKind
from pos.domain.trouble import KnownError
from pos.services.cash_back import cash_back_offers
from pos.services.gift_cards import GiftCardView
from pos.services.sale import SaleView
from pos.services.tendering import TenderChoice
from pos.ui.pay.methods import SPLIT
from pos.ui.pay.panel import PayPanel
from pos.ui.pay.shares import Shares
from pos.ui.pay.side import PaySide
from pos.ui.pay.sums import Sums
from pos.ui.shared.money_back import goes_back, gone
from pos.ui.shared.signing import Signing
from pos.wording import Wording
from pos.workstation import Workstation

_Answer = TypeVar("_Answer")
_STORED = {TenderKind.GIFT_CARD: GiftCardKind.GIFT_CARD, TenderKind.STORE_CREDIT: GiftCardKind.STORE_CREDIT}
# What is wrong with what stands in a panel is said there.
_AT_PANEL = frozenset(
    (
        Code.GIFT_CARD_UNKNOWN,
        Code.GIFT_CARD_UNSOLD,
        Code.GIFT_CARD_DISABLED,
        Code.GIFT_CARD_EXPIRED,
        Code.GIFT_CARD_EMPTY,
        Code.GIFT_CARD_BALANCE,
        Code.GIFT_CARD_PIN,
        Code.GIFT_CARD_LOCKED,
        Code.GIFT_CARD_NOT_WITH_GIFT_CARD,
        Code.PIN_WRONG,
        Code.REFERENCE_MISSING,
        Code.CASH_BACK_LIMIT,
        Code.CASH_BACK_DEBIT_ONLY,
        Code.TILL_SHORT,
        Code.CARD_NUMBER_TYPED,
    )
)


class Takings(QObject):
    """Signals: taken(object) the SaleView with the tender; refused(object) a Refused; trouble(object) a KnownError;
    card_wanted(object) an Attempt that is written down and goes to the terminal; open_card(str) the attempt nobody
    knows of yet; shared() another share is asked for.
    """

    taken = Signal(object)
    refused = Signal(object)
    trouble = Signal(object)
    card_wanted = Signal(object)
    open_card = Signal(str)
    shared = Signal()

    def __init__(self, workstation: Workstation, sums: Sums, side: PaySide, words: Wording) -> None:
        super().__init__(side)
        self._workstation, self._sums, self._side, self._words = workstation, sums, side, words
        self.shares = Shares()
        self.asking = Signing(workstation, words, self)
        side.asks.connect(lambda needs, agreed: self._say_no(needs, None, agreed))
        side.reference.given.connect(self._reference)
        side.gift_card.looked_at.connect(self._look_at)
        side.gift_card.given.connect(self._stored)
        side.debit.given.connect(lambda cash_back: self._charge(CardKind.DEBIT, cash_back))
        side.check.given.connect(self._check)
        side.split.parts_chosen.connect(self._in_parts)
        side.split.lines_chosen.connect(self._by_lines)

    def retranslate(self, words: Wording) -> None:
        self._words = self.asking.words = words

    # What a cashier does.

    def choose(self, code: str) -> None:
        """Pay this way. What the shop does not take, nobody can choose."""
        if code == SPLIT:
            self._side.toggle(self._side.split, lambda: self._side.split.begin(self._workstation.sale.view.priced))
            return
        choice = self._choice(code)
        if choice is None:
            return
        kind = choice.rule.kind
        if self._workstation.sale.view.priced.complete or kind is TenderKind.CASH:
            self._side.close_panel()
        elif kind is TenderKind.CREDIT:
            self._side.close_panel()
            self._charge(CardKind.CREDIT, 0)
        elif kind is TenderKind.DEBIT:
            self._ask_cash_back(choice)
        elif kind in _STORED:
            self._side.toggle(self._side.gift_card, lambda: self._side.gift_card.begin(code))
        elif kind is TenderKind.CHECK:
            self._side.toggle(self._side.check, lambda: self._begin_check(choice))
        elif kind is TenderKind.HOUSE_ACCOUNT:
            self._side.close_panel()
            self._place(lambda: self._workstation.house_accounts.take(self._house_wanted()), None)
        elif choice.rule.asks_reference:
            self._side.toggle(self._side.reference, lambda: self._begin_reference(choice))
        else:
            self._side.close_panel()
            self._reference(code, "")

    def scanned(self, code: str) -> bool:
        """A gift card or store credit is a tender, and so is a check whose line was read; False for any other code."""
        if self._read_check(code):
            return True
        view = self._quietly(lambda: self._workstation.gift_cards.balance(code))
        if view is None:
            return False
        kind = TenderKind.GIFT_CARD if view.kind is GiftCardKind.GIFT_CARD else TenderKind.STORE_CREDIT
        if self._choice(kind.value) is None:
            self.refused.emit(Refused(Code.TENDER_OFF, {"tender": kind.value}))
            return True
        answer = self._answer(lambda: self._workstation.gift_card_tenders.take(code, self._wanted(kind.value)))
        if isinstance(answer, SaleView):
            self._took(answer)
        elif isinstance(answer, Refused) and answer.code is Code.GIFT_CARD_PIN:
            panel = self._side.gift_card
            self._side.open(panel, lambda: panel.begin(kind.value, code))
            self._show_card(view)
        elif isinstance(answer, Refused):
            self._say_no(answer, None, lambda _: None)
        return True

    def take_cash(self) -> None:
        """Take what was handed over."""
        try:
            given = self._sums.given
        except AmountUnreadable:
            self.refused.emit(Refused(Code.AMOUNT_INVALID, {"amount": self._sums.received.text()}))
            return
        self._place(lambda: self._workstation.sale.tender_cash(given.minor), None)

    def take_keyed(self, amount: int) -> None:
        """Have a credit card's number typed at the terminal, for so much in minor units."""
        self._charge(CardKind.CREDIT, 0, amount=amount, keyed=True)

    def give_back(self, number: int) -> None:
        """Give one tender back, counted from 1."""
        self._give_back(lambda: self._workstation.tendering.give_back(number))

    def give_all_back(self) -> None:
        self._give_back(self._workstation.tendering.give_all_back)

    def _give_back(self, call: Callable[[], SaleView | Refused]) -> None:
        """Give tenders back, and say how where nobody hands them over: on a card of the shop, or at the terminal."""
        before = self._sums.priced
        self._place(call, None)
        back = gone(before.basket.tenders, self._sums.priced.basket.tenders)
        if any(tender.held for tender in back):
            self._sums.banner.show_message(goes_back(back, before.currency, self._words))

    def share(self) -> int | None:
        """What is asked for next, in minor units; None for all that is due."""
        return self.shares.next(self._workstation.sale.view.priced)

    # One kind each.

    def _begin_reference(self, choice: TenderChoice) -> None:
        rule = choice.rule
        self._side.reference.begin(rule.code, rule.words, self._words.money(self._amount(choice)))

    def _reference(self, code: str, reference: str) -> None:
        tendering = self._workstation.tendering
        self._place(lambda: tendering.take(code, self._wanted(code), reference), self._side.reference)

    def _look_at(self, number: str) -> None:
        answer = self._answer(lambda: self._workstation.gift_cards.balance(number))
        if isinstance(answer, GiftCardView):
            self._show_card(answer)
        elif isinstance(answer, Refused):
            self._say_no(answer, self._side.gift_card, lambda _: None)

    def _show_card(self, view: GiftCardView) -> None:
        kind = TenderKind.GIFT_CARD if view.kind is GiftCardKind.GIFT_CARD else TenderKind.STORE_CREDIT
        choice = self._choice(kind.value)
        pays = 0 if choice is None else max(0, min(view.balance.minor, self._amount(choice).minor))
        self._side.gift_card.show_card(view, Money(pays, view.balance.currency))
        self._side.gift_card.entry.setFocus()

    def _stored(self, number: str, pin: str) -> None:
        view = self._quietly(lambda: self._workstation.gift_cards.balance(number))
        wanted = None if view is None else self._wanted(view.kind.value)
        if wanted is not None and view is not None and self._sums.received.entry == "":
            # A share is asked for: what is on the card pays it as far as it goes.
            wanted = min(wanted, view.balance.minor)
        tenders = self._workstation.gift_card_tenders
        self._place(lambda: tenders.take(number, wanted, pin), self._side.gift_card)

    def _read_check(self, line: str) -> bool:
        """A check that was read while nothing was asked opens its question, filled in."""
        choice = self._choice(TenderKind.CHECK.value)
        taken = choice is not None and self._workstation.checks.taken_here
        if choice is None or not taken or not isinstance(read_micr(line.strip()), Micr):
            return False
        self._side.open(self._side.check, lambda: self._begin_check(choice))
        return self._side.check.take_scan(line)

    def _begin_check(self, choice: TenderChoice) -> None:
        rules, amount = self._workstation.desk.rules.checks, self._amount(choice)
        self._side.check.begin(
            asks_document=rules.asks_id(amount.minor), starters=rules.starter, amount=self._words.money(amount)
        )

    def _house_wanted(self) -> int | None:
        """What was typed or is the next share; all that is due goes as far as the account does."""
        return self._wanted(TenderKind.HOUSE_ACCOUNT.value)

    def _check(self, typed: TypedCheck) -> None:
        checks = self._workstation.checks
        wanted = self._wanted(TenderKind.CHECK.value)
        problems = self._answer(lambda: checks.problems(typed, wanted))
        if isinstance(problems, tuple) and problems:
            self._side.check.refuse(problems)
        elif isinstance(problems, tuple):
            self._place(lambda: checks.take(typed, wanted), None)

    def _ask_cash_back(self, choice: TenderChoice) -> None:
        panel, offers = self._side.debit, cash_back_offers(self._workstation.desk)
        self._side.toggle(panel, lambda: panel.begin(self._amount(choice), offers))

    def _charge(
        self, kind: CardKind, cash_back: int, approval: str = "", amount: int | None = None, *, keyed: bool = False
    ) -> None:
        """Write the attempt down; the terminal is asked on its own screen."""
        amount = self._wanted(kind.value) if amount is None else amount
        cards = self._workstation.card_tendering
        answer = self._answer(lambda: cards.begin(kind, amount, cash_back, approval=approval, keyed=keyed))
        if isinstance(answer, Attempt):
            self._side.close_panel()
            self.card_wanted.emit(answer)
        elif isinstance(answer, Refused) and answer.code is Code.CARD_OUTCOME_UNKNOWN:
            self.open_card.emit(str(answer.facts.get("attempt", "")))
        elif isinstance(answer, Refused):
            panel = self._side.debit if kind is CardKind.DEBIT else None
            self._say_no(answer, panel, lambda request: self._charge(kind, cash_back, request, amount, keyed=keyed))

    def _in_parts(self, parts: int) -> None:
        self.shares.in_parts(self._workstation.sale.view.priced, parts)
        self._shared()

    def _by_lines(self, lines: tuple[int, ...]) -> None:
        self.shares.by_lines(self._workstation.sale.view.priced, lines)
        self._shared()

    def _shared(self) -> None:
        self._sums.received.clear_entry()
        self._side.close_panel()
        self.shared.emit()

    # What is asked for, and what came of it.

    def _choice(self, code: str) -> TenderChoice | None:
        choices = self._workstation.tendering.choices()
        return next((choice for choice in choices if choice.rule.code == code), None)

    def _amount(self, choice: TenderChoice) -> Money:
        """What this tender would pay now."""
        room = max(0, choice.room)
        wanted = self._wanted(choice.rule.code)
        return Money(room if wanted is None else min(wanted, room), self._sums.priced.currency)

    def _wanted(self, code: str) -> int | None:
        """What was typed; else the share that is next, as far as this tender may pay it; None for all it may."""
        try:
            wanted = self._sums.wanted
        except AmountUnreadable:
            return None
        choice = self._choice(code)
        if wanted is None or choice is None or self._sums.received.entry:
            return wanted
        return min(wanted, max(0, choice.room))

    def _place(self, call: Callable[[], SaleView | Refused], panel: PayPanel | None) -> None:
        answer = self._answer(call)
        if isinstance(answer, SaleView):
            self._took(answer)
        elif isinstance(answer, Refused):
            self._say_no(answer, panel, self._carry_out)

    def _carry_out(self, request: str) -> None:
        self._place(lambda: self._workstation.markdowns.carry_out(request), None)

    def _took(self, view: SaleView) -> None:
        self._side.close_panel()
        self.taken.emit(view)

    def _say_no(self, refused: Refused, panel: PayPanel | None, agreed: Callable[[str], None]) -> None:
        if isinstance(refused, NeedsApproval):
            self.asking.begin(refused, agreed, self._words.say("Back to the payment"))
        elif panel is not None and panel.isVisible() and refused.code in _AT_PANEL:
            panel.refuse(refused)
        else:
            self.refused.emit(refused)

    def _answer(self, call: Callable[[], _Answer]) -> _Answer | None:
        try:
            return call()
        except KnownError as error:
            self.trouble.emit(error)
            return None

    def _quietly(self, call: Callable[[], GiftCardView | Refused]) -> GiftCardView | None:
        answer = self._answer(call)
        return answer if isinstance(answer, GiftCardView) else None
