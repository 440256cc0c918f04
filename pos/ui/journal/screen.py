"""The journal: today's sales newest first, found while typing, with the receipt beside and its second papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from pos.domain.customer_return import is_return_code
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.transaction import Transaction, is_receipt_code
from pos.services.lookup import Named, ReceiptView
from pos.ui.fittings import Fittings
from pos.ui.journal.actions import ReceiptActions
from pos.ui.journal.after_sale import AfterSalePanel
from pos.ui.journal.agreeing import Agreeing
from pos.ui.journal.days import DayRow
from pos.ui.journal.failed_refund import FailedRefundPanel
from pos.ui.journal.offered import receipt_actions
from pos.ui.journal.owed import OwedRefunds, nothing_listed
from pos.ui.journal.papers import look_at_papers
from pos.ui.journal.receipt_pane import ReceiptPane
from pos.ui.journal.returned_check import ReturnedCheckPanel
from pos.ui.journal.rows import receipt_called, receipt_row
from pos.ui.journal.side_panel import SidePanel, primary_words
from pos.ui.shared.buyer_aside import BuyerAside
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.two_columns import TwoColumns

# What the papers of a sale are called where the chosen receipt is that of a return.
_OF_RETURNS = {"again": "return_copy", "e_receipt": "return_e_receipt"}


class JournalScreen(TwoColumns):
    """List, receipt, and what can be had of it. A scanned receipt opens here."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("journal", fittings.words, fittings.sounds)
        self._workstation, self._pack = fittings.workstation, fittings.pack
        self._day = self._workstation.lookup.today
        self._after: tuple[datetime, str] | None = None
        self._shown = ""
        self.receipts: dict[str, ReceiptView] = {}
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._again = self.add_key("again", [], self._enter, primary=True)
        actions = receipt_actions(
            self._workstation,
            lambda paper: lambda: self._want(paper),
            ask_buyer=self._ask_buyer,
            ask_check=self._ask_check,
            ask_refund=self._ask_refund,
            papers=lambda: look_at_papers(self, self._workstation, self._pack, self.chosen),
            correct=lambda: self._open_panel(voiding=False),
            post_void=lambda: self._open_panel(voiding=True),
        )
        self.actions_of = ReceiptActions(self, actions)
        self._earlier = self.add_key("earlier", "Alt+Left", lambda: self._turn(-1))
        self._later = self.add_key("later", "Alt+Right", lambda: self._turn(1))
        self.owed = OwedRefunds(self, self._workstation, show=self.show_owed, leave=self.enter)
        self._why = self.add_key("why", "Alt+W", self._say_why, in_key_bar=False)
        self.add_step_keys()
        self._back = self.add_key("back", "Esc", self._clear_or_leave)

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="search")
        self.field.edited.connect(lambda _: self._list_day())
        self.field.submitted.connect(self._find)
        self.days = DayRow(self._earlier, self._later, self.owed.button)
        self.left.addWidget(self.days)
        self.empty = EmptyState("receipt_long")
        self.add_list(RowList(self._more), self.empty, self._show_chosen, name=("receipts", "list"))

    def _fill_right(self) -> None:
        self.again_button = self.add_primary("print", self._again, "paper", "again")
        shown = self.shown = ReceiptPane(self.actions_of, self.again_button)
        self.preview, self.why, self.stands = shown.preview, shown.why, shown.stands
        self.aside = BuyerAside("journal", shown, self._workstation, self.words)
        self.aside.turned.connect(self._turned)
        self.aside.made_out.connect(self.paper_wanted)
        self.aside.refused.connect(self.refuse)
        self.aside.trouble.connect(self.tell_trouble)
        self.returned = ReturnedCheckPanel(self._workstation)
        self.aside.addWidget(self.returned)
        self.returned.left.connect(self._close_panel)
        self.returned.said.connect(lambda sentence: self.done.emit(sentence, None, ""))
        self.returned.settled.connect(lambda paper: self.paper_wanted.emit("check_settled", paper))
        self.returned.refused.connect(self.refuse)
        self.returned.trouble.connect(self.tell_trouble)
        self.refund = FailedRefundPanel(self._workstation)
        self.aside.addWidget(self.refund)
        self.refund.left.connect(self._close_panel)
        self.right.addWidget(self.aside, 1)
        self.panel = AfterSalePanel(self._workstation)
        self.aside.addWidget(self.panel)
        self.aside.currentChanged.connect(lambda _: self._name_primary())
        for beside in (self.returned, self.refund):
            beside.named.connect(self._name_primary)
        self.asker = self.agreeing = Agreeing(self._workstation, self)
        self.panel.left.connect(self._close_panel)
        self.panel.void_wanted.connect(self.agreeing.post_void)
        self.panel.correction_wanted.connect(self.agreeing.correct)
        self.refund.wanted.connect(self.agreeing.refund)
        self.refund.asked.connect(lambda: self.agreeing.find_out(self._shown))
        self.refund.decided.connect(
            lambda attempt, moved, answer: self.agreeing.decide(self._shown, attempt, answer, moved=moved)
        )
        self.agreeing.not_done.connect(self.refuse)
        self.agreeing.trouble.connect(self.tell_trouble)
        self.agreeing.done.connect(self._changed)
        self.agreeing.said.connect(self.banner.show_message)

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Journal")

    @property
    def context(self) -> str:
        return "" if self.chosen is None else receipt_called(self.chosen, self.words)

    @property
    def chosen(self) -> ReceiptView | None:
        """The receipt that is shown, if it is in the list."""
        return self.receipts.get(self._shown)

    @property
    def _returned(self) -> bool:
        """Whether what is shown is a return."""
        return self.chosen is not None and self.chosen.returned

    @property
    def _imported(self) -> bool:
        """Whether what is shown is an imported sale."""
        return self.chosen is not None and self.chosen.imported

    def sale_chosen(self) -> Transaction | None:
        """The sale of the receipt that is shown; None where none is, or it may not be seen, which is said."""
        chosen = self.chosen
        return None if chosen is None else self.attempt(lambda: self._workstation.lookup.find(str(chosen.receipt)))

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self.actions_of.retranslate(self.words)
        self.returned.retranslate(self.words)
        self.refund.retranslate(self.words)
        self.aside.retranslate(self.words)
        self.panel.retranslate(self.words)
        self.agreeing.words = self.words
        self._name_primary()
        self.days.retranslate(self.words)
        self.owed.follow(self.words)
        self.up_key.setText(say("Receipt above"))
        self.down_key.setText(say("Receipt below"))
        self._back.setText(say("Back"))
        self._why.setText(say("Why this price"))
        self.why.hide()
        self.shown.say_stands(self.chosen, self.words)
        self.field.set_words(say("Scan a receipt, or type number, day, amount, item, name"))
        self.list.setAccessibleName(say("Receipts of the day, newest first"))
        self.list.found.show(self._rows(tuple(self.receipts.values())), goes_on=self._after is not None)
        self.list.choose(self._shown)
        self._say_day()

    def enter(self) -> None:
        self.banner.hide()
        self.field.clear()
        self._day = self._workstation.lookup.today
        self._shown = ""
        self._list_day()
        self.owed.follow(self.words)

    def take_scan(self, code: str) -> bool:
        """A receipt's code opens its receipt; everything else belongs to the sale."""
        if not is_receipt_code(code) and not is_return_code(code):
            return False
        self._find(code)
        return True

    def open_receipt(self, number: str) -> None:
        """Show the receipt of this number."""
        self._find(number)

    def show_owed(self) -> None:
        """List the returns of every day whose money is not on its card, the first of them chosen."""
        self.banner.hide()
        self.field.clear()
        self.owed.shown = True
        self._shown = next((each.id for each in self.owed.receipts), "")
        self._load()
        self.owed.follow(self.words)

    # The list.

    def _list_day(self) -> None:
        self.owed.shown = False
        self._load()

    def _load(self) -> None:
        """The list anew, narrowed by what is typed; the receipt that was chosen stays chosen where it still shows."""
        page = self.owed.page(self._day) or self._workstation.lookup.page(self._day, typed=self.field.text)
        if isinstance(page, Refused):
            self.refuse(page)
            return
        self._after = page.more
        self.receipts.clear()
        self.list.found.show(self._rows(page.receipts), goes_on=self._after is not None)
        self._say_day()
        self.list.choose(self._shown)
        self._show_chosen(self.list.chosen)

    def _more(self) -> tuple[Sequence[ListRow], bool]:
        page = self._workstation.lookup.page(self._day, typed=self.field.text, after=self._after)
        if isinstance(page, Refused):
            return (), False
        self._after = page.more
        return self._rows(page.receipts), page.more is not None

    def _rows(self, receipts: Iterable[ReceiptView]) -> list[ListRow]:
        self.receipts.update({receipt.id: receipt for receipt in receipts})
        return [receipt_row(receipt, self.words) for receipt in receipts]

    def _show_chosen(self, transaction_id: str) -> None:
        self._shown = transaction_id
        self.why.hide()
        self.preview.show_document(self._workstation.paperwork.receipt(transaction_id) if transaction_id else None)
        self.shown.say_stands(self.chosen, self.words)
        self.aside.close_form()
        self._close_panel()
        self.actions_of.follow(self.chosen)
        self._again.setEnabled(bool(transaction_id) and (not self._imported or self._may_return))
        self._why.setEnabled(bool(transaction_id) and not self._returned and not self._imported)
        self._name_primary()
        self.frame_changed.emit()

    def _say_why(self) -> None:
        """What was taken off, above the receipt; once more puts it away."""
        chosen = self.chosen
        if chosen is None or self.why.isVisible():
            self.why.hide()
            return
        sale = self.sale_chosen()
        if sale is not None:
            named = self._workstation.promotions.called(sale, self.words.language)
            self.why.show_sale(sale, self.words, named)

    def _find(self, typed: str) -> None:
        """Enter, or a scan: the one receipt that is meant."""
        self.banner.hide()
        if len(self.receipts) == 1 and typed == self.field.text.strip():
            self._show_chosen(self.list.chosen)
            return
        lookup = self._workstation.lookup
        found, day = lookup.named(typed), lookup.day_named(typed)
        if isinstance(found, Refused):
            self.refuse(found) if day is None else self._go_to(day)
            return
        self._open(found)

    def _open(self, found: Named) -> None:
        self._day, self._shown, self.owed.shown = found.day, found.id, False
        self.field.set_text(found.number)
        self._load()
        self.field.edit.selectAll()

    def _turn(self, days: int) -> None:
        self.banner.hide()
        self._go_to(self._day + timedelta(days=days), keep=self.field.text)

    def _go_to(self, day: date, keep: str = "") -> None:
        """Another day, where whoever is signed on may see it; none is still to come."""
        self.owed.shown = False
        before, self._day = self._day, min(day, self._workstation.lookup.today)
        self.field.set_text(keep)
        if isinstance(self._workstation.lookup.page(self._day, limit=1), Refused):
            self.refuse(Refused(Code.NOT_PERMITTED))
            self._day = before
        self._load()

    def _ask_buyer(self) -> None:
        sale = self.sale_chosen()
        self.aside.ask(self._shown, None if sale is None else sale.customer)

    @property
    def _beside(self) -> SidePanel | AfterSalePanel | None:
        """Where something of this receipt is mended; None while the receipt or its buyer shows."""
        shown = self.aside.currentWidget()
        return shown if isinstance(shown, SidePanel | AfterSalePanel) else None

    def _ask_refund(self) -> None:
        """Open what can be done about money a card did not take, or close it again."""
        if not self._close_panel() and self.refund.begin(self._shown):
            self.aside.close_form()
            self.aside.setCurrentWidget(self.refund)
            self._turned()

    def _ask_check(self) -> None:
        """Open what can be done about a check of this receipt, or close it again."""
        if self._close_panel():
            return
        sale = self.sale_chosen()
        if sale is not None:
            self.aside.close_form()
            self.aside.setCurrentWidget(self.returned)
            self.returned.begin(sale)
            self._turned()

    def _enter(self) -> None:
        """F12 belongs to the form while it shows."""
        if self._beside is not None and self._beside.does:
            self._beside.confirm()
        elif self._imported and self.chosen is not None:
            self.return_wanted.emit(str(self.chosen.receipt))
        elif not self.aside.confirm():
            self._want("again")

    def _name_primary(self) -> None:
        self._again.setText(primary_words(self.aside.currentWidget(), self.words, imported=self._imported))
        self.again_button.set_detail("" if self._imported else self.words.say("marked as a copy"))
        self.again_button.set_icon("assignment_return" if self._imported else "print")

    def _turned(self) -> None:
        beside = self._beside
        self.set_entry(beside.entry if beside is not None else self.aside.entry or self.field)
        self.focus_entry()

    def _clear_or_leave(self) -> None:
        if self.aside.close_form() or self._close_panel():
            return
        if self.field.text or self.owed.shown or self._day != self._workstation.lookup.today:
            self.enter()
        else:
            self.back_wanted.emit()

    def _open_panel(self, *, voiding: bool) -> None:
        """What can be done to the chosen sale, or why nothing can."""
        self.banner.hide()
        chosen = self.chosen
        if chosen is None or (self._beside is self.panel and self._close_panel()):
            return
        refused = self._workstation.post_voids.refused(chosen.id) if voiding else None
        if refused is not None:
            self.refuse(refused)
            return
        sale = self.sale_chosen()
        if sale is None:
            return
        self.panel.begin(sale, voiding=voiding)
        self.aside.setCurrentWidget(self.panel)
        self._turned()

    def _close_panel(self) -> bool:
        """The receipt again; False where it shows already."""
        if self._beside is None:
            return False
        self.aside.setCurrentIndex(0)
        self._turned()
        return True

    def _changed(self, paper: str) -> None:
        """It is in the books: the list and the receipt say so, and its slip is printed."""
        self._close_panel()
        self._load()
        self.owed.follow(self.words)
        if paper:
            self.paper_wanted.emit("return" if self._returned else "post_void", paper)

    def _want(self, paper: str) -> None:
        if self._shown:
            self.banner.hide()
            self.paper_wanted.emit(_OF_RETURNS.get(paper, paper) if self._returned else paper, self._shown)

    @property
    def _may_return(self) -> bool:
        operator = self._workstation.desk.operator
        return operator is not None and operator.may(Permission.RETURN)

    # What is said.

    def _say_day(self) -> None:
        words, today = self.words, self._workstation.lookup.today
        other = f"{words.day(self._day)} {self._day.year}"
        name = words.say("Today, {day}", day=words.day(today)) if self._day == today else other
        operator = self._workstation.desk.operator
        past = operator is not None and operator.may(Permission.SEE_PAST_DAYS) and not self.owed.shown
        if self.owed.shown:
            name = words.say("Money that is not on its card")
        self.days.show_day(name, past=past, is_today=self._day >= today)
        self.show_list()
        typed, is_today = bool(self.field.text), self._day == today
        self.empty.set_words(*nothing_listed(words, owed=self.owed.shown, typed=typed, is_today=is_today))
