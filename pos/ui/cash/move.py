"""Cash moved by hand, and the drawer opened for nothing else: how much, why, and a slip to sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos.domain.approval import NeedsApproval
from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.services.till_moves import NO_SALE, Moved
from pos.ui.cash.count_board import CountBoard
from pos.ui.cash.reason_chips import REASONS_BY_KEY, ReasonChips
from pos.ui.cash.tabs import CashTabs
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import AmountField
from pos.ui.shared.form import FormField
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.signing import Signing
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import N_

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings

# By kind: the place it is, its title, what its button says, why somebody would, and its icon.
_SAID = {
    ReasonKind.LOAN: (
        "cash_loan", N_("Loan to the till"), N_("Put in"), N_("More cash from the office into the till"), "add",
    ),
    ReasonKind.PICKUP: (
        "cash_pickup", N_("Pickup"), N_("Take out"), N_("Cash out of the till, to the safe or the bank"), "savings",
    ),
    ReasonKind.PAID_IN: (
        "cash_paid_in", N_("Paid in"), N_("Pay in"), N_("Cash that comes in and is no sale"), "add",
    ),
    ReasonKind.PAID_OUT: (
        "cash_paid_out", N_("Paid out"), N_("Pay out"), N_("Something is paid for out of the till"), "payments",
    ),
    ReasonKind.NO_SALE: (
        "cash_no_sale", N_("Open drawer"), N_("Open drawer"), N_("The drawer opens without a sale. It is counted."),
        "lock_open",
    ),
}  # fmt: skip


class MoveScreen(TwoColumns):
    """One of the ways cash moves by hand; `kind` says which."""

    def __init__(self, fittings: Fittings, kind: ReasonKind) -> None:
        place, self._title_said, self._verb, self._meaning, icon = _SAID[kind]
        super().__init__(place, fittings.words, fittings.sounds)
        self._kind = kind
        self._workstation, self._printing = fittings.workstation, fittings.printing
        self.signing = Signing(self._workstation, self.words, self)
        self.signing.declined.connect(lambda said: self.banner.show_message(said, "", "warn"))
        self._make_keys()
        self._fill_left()
        self._fill_right(icon)
        self.set_entry(self.amount if self._moves else self.chips)
        self._tabs = CashTabs(self, self._workstation) if self._moves else None
        self.retranslate()

    @property
    def _moves(self) -> bool:
        """Whether cash moves; opening the drawer alone moves none."""
        return self._kind is not ReasonKind.NO_SALE

    @property
    def _currency(self) -> str:
        return self._workstation.desk.rules.currency

    def _make_keys(self) -> None:
        self._do = self.add_key("do", ["F12", "Return", "Enter"], self._move, primary=True)
        self._by_pieces = self.add_key("by_pieces", "F2", self._turn, in_key_bar=self._moves)
        self._by_pieces.setVisible(self._moves)
        self._rolls = self.add_key("rolls", "Alt+R", lambda: self.board.rolls.toggle(), in_key_bar=False)
        self._to_note = self.add_key("note", "Alt+N", self._focus_note, in_key_bar=self._moves)
        self._to_note.setVisible(self._moves)
        self._choose = []
        for number in range(1, REASONS_BY_KEY + 1):
            choose = partial(self._choose_reason, number)
            self._choose.append(self.add_key(f"reason{number}", f"Alt+{number}", choose, in_key_bar=False))
        self._back = self.add_key("back", "Esc", self._clear_or_leave)

    def _fill_left(self) -> None:
        card = Card("plain", padding=16, spacing=14)
        self._about = Label("", 15, 450, tone="text2", wrap=True)
        card.column.addWidget(self._about)
        self.chips = ReasonChips(self.name)
        self.chips.chosen.connect(lambda _: self.focus_entry())
        self.note = FormField(f"{self.name}.form.note", QLineEdit())
        card.column.addWidget(self.chips)
        card.column.addWidget(self.note)
        self.note.setVisible(self._moves)
        self.left.addWidget(card)
        self.board = CountBoard(self.name, self._workstation.desk.rules)
        self.board.changed.connect(self._count_pieces)
        self.board.came.connect(self.set_entry)
        self.board.hide()
        self.left.addWidget(self.board, 1)
        self.left.addStretch(0 if self._moves else 1)
        self._rest = Label("", 15)
        self.left.addWidget(self._rest, 1)

    def _fill_right(self, icon: str) -> None:
        self.amount = AmountField(self._typed)
        self.amount.setObjectName(f"{self.name}.form.amount")
        self.keypad = Keypad(left="decimal")
        self.keypad.digit.connect(self._pad_digit)
        self.keypad.decimal.connect(lambda: self._pad(self.amount.add_decimal))
        self.keypad.backspace.connect(self._pad_backspace)
        self.right.addWidget(self.amount)
        self.right.addWidget(self.keypad, 1)
        self.amount.setVisible(self._moves)
        self.keypad.setVisible(self._moves)
        if not self._moves:
            self.right.addStretch(1)
        self.do_button = self.add_primary(icon, self._do, "form", "do")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say(self._title_said)

    def retranslate(self) -> None:
        super().retranslate()
        if self._tabs is not None:
            self._tabs.follow()
        say = self.words.say
        assert self.signing is not None
        self.signing.words = self.words
        self._do.setText(say(self._verb))
        self._by_pieces.setText(say("Notes and coins"))
        self._to_note.setText(say("Note"))
        self._rolls.setText(say("Rolls and bags"))
        self._back.setText(say("Back"))
        for number, key in enumerate(self._choose, 1):
            key.setText(say("Reason {number}", number=number))
        self._about.setText(say(self._meaning))
        self.note.set_words(say("Note"), say("For the slip; may stay empty"))
        self.amount.set_words(say("Amount"))
        self.amount.set_shown(self._typed, exponent_of(self._currency))
        self.keypad.set_decimal_sign(self.words.decimal_sign)
        self.keypad.set_names(backspace=say("Take back the last digit"), decimal=say("Decimal sign"))
        self.board.retranslate(self.words)
        self._show_reasons()

    def enter(self) -> None:
        if self._tabs is not None:
            self._tabs.follow()
        self.banner.hide()
        self.amount.clear_entry()
        self.note.set_text("")
        self.board.show_pieces(())
        self._show_pieces(shown=False)
        self.chips.forget()
        self._show_reasons()
        if not self._workstation.tills.is_open:
            self.refuse(Refused(Code.TILL_CLOSED))

    def _show_reasons(self) -> None:
        known = reasons(self._workstation.desk, self._kind)
        self.chips.show_reasons(known, self.words)
        for number, key in enumerate(self._choose, 1):
            key.setVisible(number <= len(known))

    # Typing.

    def _typed(self, entry: str) -> str:
        return self.words.money(Money.read(entry.rstrip(".") or "0", self._currency))

    def _pad_digit(self, digit: str) -> None:
        """A digit of the pad goes where one of the keyboard would."""
        if self.board.isVisible():
            self.board.type(digit)
        else:
            self._pad(lambda: self.amount.add_digit(digit))

    def _pad_backspace(self) -> None:
        if self.board.isVisible():
            self.board.take_back()
        else:
            self._pad(self.amount.take_back)

    def _pad(self, press: Callable[[], None]) -> None:
        press()
        self.focus_entry()

    def _choose_reason(self, number: int) -> None:
        self.chips.choose(number)

    def _focus_note(self) -> None:
        self.note.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        """Count what is moved by its notes and coins, or type its sum."""
        self._show_pieces(shown=self.board.isHidden())

    def _show_pieces(self, *, shown: bool) -> None:
        self.board.setVisible(shown)
        self._rolls.setEnabled(shown and bool(self.board.rolls.rows))
        self._rest.setVisible(not shown)
        self.set_entry(self.board.first if shown else self.amount if self._moves else self.chips)
        self.focus_entry()

    def _count_pieces(self) -> None:
        minor = self.board.minor
        self.amount.set_entry(Money(minor, self._currency).text() if minor else "")

    def _clear_or_leave(self) -> None:
        if not self.board.isHidden():
            self._show_pieces(shown=False)
        elif self._moves and self.amount.entry:
            self.amount.clear_entry()
        else:
            self.back_wanted.emit()

    # Doing it.

    def _move(self, approval: str = "") -> None:
        if not approval and self.board.isVisible() and self.board.step(1):
            return
        try:
            answer = self._ask(approval)
        except KnownError as error:
            self.tell_trouble(error)
            return
        except AmountUnreadable:
            answer = Refused(Code.AMOUNT_INVALID, {"amount": self.amount.text()})
        if isinstance(answer, NeedsApproval):
            assert self.signing is not None
            self.signing.begin(answer, self._move, self.words.say("Back"))
        elif isinstance(answer, Refused):
            self.refuse(answer)
            self.focus_entry()
        else:
            self._moved(answer)

    def _ask(self, approval: str) -> Moved | Refused:
        moves, reason = self._workstation.till_moves, self.chips.choice
        if not reason:
            return Refused(Code.REASON_MISSING, {"choices": ", ".join(b.text() for b in self.chips.buttons.values())})
        if not self._moves:
            return moves.no_sale(reason)
        minor = Money.read(self.amount.entry.rstrip(".") or "0", self._currency).minor
        note = self.note.text
        if self._kind is ReasonKind.PAID_OUT:
            return moves.paid_out(minor, reason, note=note, approval=approval)
        by_kind = {ReasonKind.LOAN: moves.loan, ReasonKind.PICKUP: moves.pickup, ReasonKind.PAID_IN: moves.paid_in}
        return by_kind[self._kind](minor, reason, note=note)

    def _moved(self, moved: Moved) -> None:
        if self._printing is not None:
            self._printing.after_move(moved.paper, moved.kind)
        self.amount.clear_entry()
        self.back_wanted.emit()
        if moved.kind == NO_SALE:
            said = self.words.say("The drawer was opened. Slip {number}.", number=moved.movement)
        else:
            said = self.words.say(
                "{what} {amount}. Slip {number}.",
                what=self.title,
                amount=self.words.money(moved.amount),
                number=moved.movement,
            )
        self.done.emit(said, None, "")
