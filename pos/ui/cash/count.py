"""Counting the drawer and closing the till: type and Enter from note to note, F12 counts, F12 closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.approval import NeedsApproval
from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services.counts import CountView
from pos.services.till_close import ClosedTill
from pos.services.tills import TillOverview
from pos.ui.cash.count_board import CountBoard
from pos.ui.cash.count_side import AfterCard, CountedCard, ExpectedCard
from pos.ui.cash.tabs import CashTabs
from pos.ui.cash.ways import Ways
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.signing import Signing
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class CountScreen(TwoColumns):
    """The count, what it comes to, and the end of the till."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("cash_count", fittings.words, fittings.sounds, right_min=392)
        self._workstation, self._printing = fittings.workstation, fittings.printing
        self._count: CountView | None = None
        self._till: TillOverview | None = None
        self.signing = Signing(self._workstation, self.words, self)
        self.signing.declined.connect(lambda said: self.banner.show_message(said, "", "warn"))
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.board.first)
        self._tabs = CashTabs(self, self._workstation)
        self.retranslate()

    def _make_keys(self) -> None:
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self._next = self.add_key("next", ["Return", "Enter"], lambda: self._walk(1))
        self._before = self.add_key("before", ["Shift+Return", "Shift+Enter"], lambda: self._walk(-1), in_key_bar=False)
        self._recount = self.add_key("recount", "F2", self._begin_anew)
        self._witness = self.add_key("witness", "F7", self._close)
        self._float = self.add_key("float", "Alt+F", self._to_float, in_key_bar=False)
        self._to_note = self.add_key("note", "Alt+N", self._focus_note, in_key_bar=False)
        self._rolls = self.add_key("rolls", "Alt+R", lambda: self.board.rolls.toggle(), in_key_bar=False)
        self._checks = self.add_key("checks", "Alt+K", lambda: self.board.checks.toggle(), in_key_bar=False)
        self._ways = Ways(self, self._workstation, ("pickup", "paid_out", "paid_in", "reports"))
        self._primary_key = self.add_key("close", [], self._go_on, primary=True)

    def _fill_left(self) -> None:
        self.board = CountBoard("cash_count", self._workstation.desk.rules)
        self.board.changed.connect(self._edited)
        self.board.came.connect(self.set_entry)
        self.left.addWidget(self.board, 1)
        hint = Card("plain", padding=12, row=True)
        self._hint = Label("", 15, 450, wrap=True)
        hint.column.addWidget(Icon("keyboard", 20))
        hint.column.addWidget(self._hint, 1)
        self.recount_button = self.button("refresh", self._recount, "count", "recount")
        hint.column.addWidget(self.recount_button)
        self.left.addWidget(hint)

    def _fill_right(self) -> None:
        self.expected, self.counted, self.after = ExpectedCard(), CountedCard(), AfterCard()
        self.after.float_field.entry_changed.connect(lambda _: self._show_sums())
        inside = QWidget()
        set_ground(inside, "none")
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(12)
        for card in (self.expected, self.counted, self.after):
            cards.addWidget(card)
        cards.addStretch(1)
        # A day with all that can move in it is taller than a small screen.
        self._shelf = scrolled(inside)
        self.right.addWidget(self._shelf, 1)
        self.witness_button = self.button("shield_person", self._witness, "count", "witness")
        self.right.addWidget(self.witness_button)
        self.primary_button = self.add_primary("lock", self._primary_key, "count", "close")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Count and close")

    @property
    def context(self) -> str:
        if self._till is None:
            return ""
        at = self.words.time(self._till.opened_at)
        return self.words.say("Since {time}, {name}", time=at, name=self._till.opened_by)

    def retranslate(self) -> None:
        super().retranslate()
        self._tabs.follow()
        say = self.words.say
        assert self.signing is not None
        self.signing.words = self.words
        self._next.setText(say("Next count"))
        self._before.setText(say("Count before"))
        self._recount.setText(say("Recount"))
        self._witness.setText(say("Manager signs"))
        self._float.setText(say("Change the float"))
        self._to_note.setText(say("Note on the difference"))
        self._rolls.setText(say("Rolls and bags"))
        self._checks.setText(say("Checks in the till"))
        self._back.setText(say("Back"))
        self._hint.setText(say("Type a count and press Enter for the next one. Shift Enter goes back."))
        self._ways.retranslate(self.words)
        self.board.retranslate(self.words)
        self.after.retranslate(self.words)
        self.after.float_field.set_shown(self._float_shown, exponent_of(self._currency))
        self._show()

    def enter(self) -> None:
        """The count that still stands, or a new one."""
        self._tabs.follow()
        self.banner.hide()
        self._ways.follow()
        self.after.float_field.clear_entry()
        self.after.note.set_text("")
        self._look()
        count = None if self._till is None else self._till.count
        self._count = count if count is not None and count.stands else None
        self.board.show_pieces(() if self._count is None else self._count.pieces)
        self.set_entry(self.board.first)
        self._show()
        if self._till is None:
            self.refuse(Refused(Code.TILL_CLOSED))

    # Counting.

    @property
    def _currency(self) -> str:
        return self._workstation.desk.rules.currency

    def _walk(self, by: int) -> None:
        if self.after.float_field.hasFocus() or self.after.note.editor.hasFocus():
            self.focus_entry()
        elif not self.board.step(by) and by > 0 and self._count is None:
            self._keep()

    def _begin_anew(self) -> None:
        """Every field empty again; the counts that were made stay in the books."""
        self.banner.hide()
        self._count = None
        self.board.show_pieces(())
        self.set_entry(self.board.first)
        self._show()
        self.focus_entry()

    def _edited(self) -> None:
        """Something else was counted: what is in the books is not it."""
        self._count = None
        self._show()

    def _keep(self) -> None:
        count = self.attempt(lambda: self._workstation.counts.count(self.board.typed))
        if count is None:
            return
        self.banner.hide()
        self._count = count
        self._look()
        self._show()
        self.board.begin_field()
        self._shelf.ensureWidgetVisible(self.counted)
        announce(self.counted)
        if not count.within:
            self._sounds.play(Sound.ATTENTION)

    def _go_on(self) -> None:
        if self._count is None:
            self._keep()
        else:
            self._close()

    # Closing.

    def _to_float(self) -> None:
        self.after.float_field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shelf.ensureWidgetVisible(self.after.float_field)

    def _focus_note(self) -> None:
        if self.after.note.isVisibleTo(self.after):
            self.after.note.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._shelf.ensureWidgetVisible(self.after.note)

    def _float_minor(self) -> int | None:
        """What was typed as the next float; None where nothing was."""
        entry = self.after.float_field.entry.rstrip(".")
        try:
            return Money.read(entry, self._currency).minor if entry else None
        except AmountUnreadable:
            return None

    def _float_shown(self, entry: str) -> str:
        """The float as it will be: what is typed, or as much as the shop's rule leaves."""
        if not entry:
            return self.words.money(Money(self._stays(), self._currency))
        return self.words.money(Money.read(entry.rstrip(".") or "0", self._currency))

    def _stays(self) -> int:
        typed = self._float_minor()
        return min(self._workstation.desk.rules.next_float, self.board.minor) if typed is None else typed

    def _close(self, approval: str = "") -> None:
        if self._count is None:
            self.refuse(Refused(Code.COUNT_MISSING))
            return
        try:
            answer = self._workstation.till_closing.close(
                next_float=self._float_minor(), note=self.after.note.text, approval=approval
            )
        except KnownError as error:
            self.tell_trouble(error)
            return
        if isinstance(answer, NeedsApproval):
            assert self.signing is not None
            self.signing.begin(answer, self._close, self.words.say("Back to the count"))
        elif isinstance(answer, Refused):
            self._look()
            if answer.code is Code.COUNT_OUTDATED:
                self._count = None
            self._show()
            self.refuse(answer)
        else:
            self._closed(answer)

    def _closed(self, closed: ClosedTill) -> None:
        if self._printing is not None:
            self._printing.try_now()
        self.place_wanted.emit("sell")
        said = self.words.say(
            "Till closed, Z report {number}. {amount} to the safe.",
            number=closed.number,
            amount=self.words.money(closed.deposit),
        )
        if closed.carried:
            carried = self.words.count(
                "{n} open matter carried over.", "{n} open matters carried over.", len(closed.carried)
            )
            said = f"{said} {carried}"
        self.done.emit(said, None, "")

    # What it shows.

    def _look(self) -> None:
        """The till as it is in the books now."""
        try:
            self._till = self._workstation.tills.overview()
        except KnownError as error:
            self.tell_trouble(error)

    def _show(self) -> None:
        say = self.words.say
        counted = self._count is not None
        signed = self._count is not None and not self._count.within
        self._primary_key.setText(say("Close and print Z") if counted else say("Done counting"))
        self._primary_key.setEnabled(self._till is not None)
        self._witness.setVisible(signed)
        self.witness_button.setVisible(signed)
        self.after.setVisible(counted)
        self.primary_button.set_icon("lock" if counted else "fact_check")
        self.expected.show_till(self._till, self.words)
        checks = () if self._till is None else self._till.checks
        self.board.checks.show_checks(checks, self._currency, self.words)
        self._checks.setEnabled(bool(checks))
        self._rolls.setEnabled(bool(self.board.rolls.rows))
        self.after.show_checks(checks, self._currency, self.words)
        self.after.ask_note(wanted=self._count is not None and bool(self._count.over_short.minor))
        self.after.show_carried(0 if self._till is None else len(self._till.matters), self.words)
        if self._count is not None:
            self.counted.show_count(self._count, self.words)
        self._show_sums()
        self.frame_changed.emit()

    def _show_sums(self) -> None:
        minor = self.board.minor
        if self._count is None:
            told = None if self._till is None else self._till.expected
            self.counted.show_typed(Money(minor, self._currency), told, self.words)
        self.after.float_field.set_shown(self._float_shown)
        self.after.show_deposit(Money(max(minor - self._stays(), 0), self._currency), self.words)
