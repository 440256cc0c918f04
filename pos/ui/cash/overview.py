"""The till at a glance: what is in it, what moved by hand, what is still open, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.check_deposit import checks_amount
from pos.domain.money import Money
from pos.domain.staff import Permission
from pos.domain.till import MovementKind
from pos.services.open_matters import MatterKind, OpenMatter
from pos.services.tills import MoveView, TillOverview
from pos.ui.cash.count_side import moved_figures
from pos.ui.cash.move_words import MOVES
from pos.ui.cash.tabs import CashTabs
from pos.ui.cash.ways import Ways
from pos.ui.shared.ask_words import over_short_words
from pos.ui.shared.cards import Card
from pos.ui.shared.figures import Figures
from pos.ui.shared.leads import OPEN_CARD, OWED_REFUNDS
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.text import Label
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings


class OverviewScreen(TwoColumns):
    """The place the rail leads to; a closed till is opened from here."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("cash", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._till: TillOverview | None = None
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        self._begin = self.add_key("begin", "F2", self._go_on, primary=True)
        wanted = ("loan", "pickup", "paid_out", "paid_in", "reports")
        self._ways = Ways(self, self._workstation, wanted)
        self._void = self.add_key("void_suspended", "F8", lambda: self.place_wanted.emit("cash_suspended"))
        self._decide = self.add_key("decide_card", "F7", lambda: self.place_wanted.emit(OPEN_CARD))
        self._refunds = self.add_key(
            "owed_refunds", "Alt+G", lambda: self.place_wanted.emit(OWED_REFUNDS), in_key_bar=False
        )
        self._owed = self.add_key(
            "owed_charges", "Alt+K", lambda: self.place_wanted.emit("cash_owed"), in_key_bar=False
        )
        self.add_step_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.begin_button)
        self._tabs = CashTabs(self, self._workstation)
        self.retranslate()

    def _fill_left(self) -> None:
        self._listed = Label("", 16, 650)
        self.left.addWidget(self._listed)
        self.empty = EmptyState("payments")
        self.add_list(RowList(), self.empty, lambda _: None, name=("moves", "list"))

    def _fill_right(self) -> None:
        card = Card("plain", padding=16, spacing=8)
        self._name = Label("", 16, 650, wrap=True)
        self._amount = Label("", 36, 720, wrap=True)
        self._blind = Label("", 15, 450, tone="text2", wrap=True)
        self.figures = Figures()
        for widget in (self._name, self._amount, self._blind, self.figures):
            card.column.addWidget(widget)
        self.right.addWidget(card)
        self._open = Card("warn", padding=14, spacing=6)
        self._open_title = Label("", 15, 650, wrap=True)
        self._open_what = Label("", 14, 450, wrap=True)
        self._open.column.addWidget(self._open_title)
        self._open.column.addWidget(self._open_what)
        self.void_button = self.button("remove_shopping_cart", self._void, "matters", "void")
        self.refunds_button = self.button("credit_card_off", self._refunds, "matters", "refunds")
        self._open.column.addWidget(self.void_button)
        self._open.column.addWidget(self.refunds_button)
        self.owed_button = self.button("credit_card_off", self._owed, "matters", "owed")
        self._open.column.addWidget(self.owed_button)
        self.right.addWidget(self._open)
        self.right.addStretch(1)
        self.begin_button = self.add_primary("fact_check", self._begin, "till", "begin")

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Cash")

    @property
    def context(self) -> str:
        if self._till is None:
            return self.words.say("Till closed")
        at = self.words.time(self._till.opened_at)
        return self.words.say("Since {time}, {name}", time=at, name=self._till.opened_by)

    def retranslate(self) -> None:
        super().retranslate()
        self._tabs.follow()
        say = self.words.say
        self._ways.retranslate(self.words)
        self.up_key.setText(say("Movement above"))
        self.down_key.setText(say("Movement below"))
        self._void.setText(say("Suspended sales"))
        self._decide.setText(say("Decide the card payment"))
        self._refunds.setText(say("Refunds not on their cards"))
        self._owed.setText(say("Charges to give back"))
        self._back.setText(say("Back"))
        self._listed.setText(say("Moved by hand"))
        self.list.setAccessibleName(say("What moved in the till by hand, newest first"))
        self._show()

    def enter(self) -> None:
        self._tabs.follow()
        self.banner.hide()
        self._ways.follow()
        self._till = self._workstation.tills.overview()
        self._show()
        if self._till is not None and self._till.pickup_due:
            say = self.words.say
            self.banner.show_message(
                say("There is more cash in the till than the shop wants there."),
                say("Take some to the safe: F4."),
                "warn",
            )

    def _go_on(self) -> None:
        self.place_wanted.emit("sell" if self._till is None else "cash_count")

    @property
    def open_matters(self) -> str:
        """What is still open, as it is said; empty where nothing is."""
        return "" if self._open.isHidden() else self._open.accessibleName()

    # What it shows.

    def _show(self) -> None:
        till, say = self._till, self.words.say
        self._begin.setText(say("Open the till") if till is None else say("Count and close"))
        self.begin_button.set_icon("lock_open" if till is None else "fact_check")
        for key in ("loan", "pickup", "paid_out", "paid_in"):
            self._ways.keys[key].setEnabled(till is not None)
        self._show_moves(till)
        self._show_till(till)
        self._show_matters(() if till is None else till.matters)
        self.frame_changed.emit()

    def _show_moves(self, till: TillOverview | None) -> None:
        say = self.words.say
        moves = () if till is None else till.moves
        self.list.found.show([self._row(move) for move in reversed(moves)])
        self.list.choose("")
        if till is None:
            self.empty.set_words(say("The till is closed"), say("Open it with its float before the first sale."))
        else:
            self.empty.set_words(say("Nothing moved by hand yet"))
        self.show_list()

    def _row(self, move: MoveView) -> ListRow:
        words = self.words
        is_float = move.kind is MovementKind.FLOAT
        name = words.say("Opening float") if is_float else words.say(MOVES.get(move.kind, move.kind.value))
        detail = " · ".join(filter(None, (move.number, move.operator, move.note)))
        return ListRow(move.number, "", name, detail, words.amount(move.amount), lead=words.time(move.at))

    def _show_till(self, till: TillOverview | None) -> None:
        say, words = self.words.say, self.words
        self._name.setText(say("In the drawer"))
        expected = None if till is None else till.expected
        self._amount.setText("" if expected is None else words.money(expected))
        self._amount.setVisible(expected is not None)
        blind = "" if expected is not None else say("Till closed") if till is None else say("Shown after the count.")
        self._blind.setText(blind)
        self._blind.setVisible(bool(blind))
        figures = [] if till is None or expected is None else moved_figures(till, expected, words)
        if till is not None and till.checks:
            several = words.count("{n} check", "{n} checks", len(till.checks))
            figures.append((several, words.amount(Money(checks_amount(till.checks), till.opening_float.currency))))
        if till is not None and till.count is not None and till.count.stands:
            figures.append((say("Counted"), over_short_words(till.count.over_short, words)))
        self.figures.show_figures(figures)

    def _show_matters(self, matters: tuple[OpenMatter, ...]) -> None:
        words = self.words
        suspended = [one for one in matters if one.kind is MatterKind.SUSPENDED]
        unknown = [one for one in matters if one.kind is MatterKind.UNKNOWN_OUTCOME]
        failed = [one for one in matters if one.kind is MatterKind.FAILED_REFUND]
        owed = [one for one in matters if one.kind is MatterKind.OWED_CHARGE]
        said = []
        if owed:
            said.append(words.count("{n} card charge to give back", "{n} card charges to give back", len(owed)))
        if suspended:
            said.append(words.count("{n} suspended sale", "{n} suspended sales", len(suspended)))
        if unknown:
            said.append(words.count("{n} card outcome unknown", "{n} card outcomes unknown", len(unknown)))
        if failed:
            said.append(words.count("{n} refund not on its card", "{n} refunds not on their cards", len(failed)))
        self._open.setVisible(bool(said))
        self._open_title.setText(", ".join(said))
        labels = ", ".join(f"{one.label} {words.money(one.amount)}" for one in matters[:6])
        self._open_what.setText(words.say("Carried over if the till is closed now: {what}", what=labels))
        self._open.setAccessibleName(f"{self._open_title.text()}. {self._open_what.text()}")
        self._decide.setVisible(bool(self._workstation.card_tendering.undecided()))
        self._void.setVisible(bool(suspended))
        self.void_button.setVisible(bool(suspended))
        operator = self._workstation.sign_on.operator
        # A terminal gives back what it charged itself: of another till's it knows nothing.
        here = [one for one in owed if one.workstation == self._workstation.desk.number]
        again = bool(here) and operator is not None and operator.may(Permission.DECIDE_CARD)
        self._owed.setVisible(again)
        self.owed_button.setVisible(again)
        leads = bool(failed) and operator is not None and operator.may(Permission.RETURN)
        self._refunds.setVisible(leads)
        self.refunds_button.setVisible(leads)
