"""Returns: find the purchase by any proof, tick what comes back, see at once what the policy says, pay out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.domain.item import Item
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ShownBy
from pos.domain.scanned_code import receipt_code
from pos.services.returns import CompletedReturn, Outlook
from pos.ui.returns.completing import Completing
from pos.ui.returns.decision_pane import OFFERS_MAX, DecisionPane
from pos.ui.returns.draft import ReturnDraft
from pos.ui.returns.finder import CARD, CUSTOMER, ITEM, NONE, RECEIPT, SHOWN
from pos.ui.returns.finding import Finding
from pos.ui.returns.handing_over import to_paperwork
from pos.ui.returns.id_panel import Documents
from pos.ui.returns.large_key import dress
from pos.ui.returns.leaving import MoneyAlone
from pos.ui.returns.line_list import LineHead, LineList
from pos.ui.returns.offering import Offering
from pos.ui.returns.refusing import Refusing
from pos.ui.returns.rows import line_rows, receipt_named, refund_words
from pos.ui.returns.saying import Saying
from pos.ui.returns.terminal_buttons import TerminalButtons
from pos.ui.shared.chips import BY_KEY
from pos.ui.shared.described import describe_rest
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.two_columns import TwoColumns

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings

_METHOD_KEYS = {
    RECEIPT: ("receipt", "F2"),
    CARD: ("quantity", "F3"),
    CUSTOMER: ("condition", "F4"),
    ITEM: ("reason", "F5"),
    NONE: ("manager", "F7"),
}


class ReturnsScreen(TwoColumns):
    """Finding and ticking on the left, the decision on the right. `draft` is the return in the making."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("returns", fittings.words, fittings.sounds)
        self._workstation, self._at_hand, self._pack = fittings.workstation, fittings.purchase, fittings.pack
        self.completing = Completing(self, self._workstation)
        self.completing.outdated.connect(self.judge)
        self.completing.exchange_agreed.connect(self.begin_exchange)
        self.completing.completed.connect(self._completed)
        self.signing = self.completing.signing
        self.draft: ReturnDraft | None = None
        self._outlook: Outlook | None = None
        self._make_keys()
        self._fill()
        self.set_entry(self.field)
        self.retranslate()

    def _make_keys(self) -> None:
        self._refund = self.add_key("refund", [], self._go_on, primary=True, in_key_bar=False)
        # The keys of finding mean something about the chosen line once a purchase is open.
        self._method_keys = {
            method: self.add_key(name, key, partial(self._method_key, method))
            for method, (name, key) in _METHOD_KEYS.items()
        }
        self._last = self.add_key("last", "F10", lambda: self.finding.open_last())
        self._tick = self.add_key("tick", "Alt+Space", self._toggle, in_key_bar=False)
        self._store = self.add_key("tenders", "F8", self._other_tender)
        self._exchange = self.add_key("exchange", "F9", self.begin_exchange)
        self._choose = self._numbered("choice", "Alt+", BY_KEY, lambda number: self.saying.choose(number))
        self._offer = self._numbered("offer", "Ctrl+F", OFFERS_MAX, lambda number: self.decision.take_offer(number))
        self.add_step_keys()
        self._money = MoneyAlone(self, self._at_hand)
        self._back = self.add_key("back", "Esc", self._step_back)

    def _numbered(self, name: str, key: str, most: int, do: Callable[[int], None]) -> list[QAction]:
        numbers = range(1, most + 1)
        return [self.add_key(f"{name}{one}", f"{key}{one}", partial(do, one), in_key_bar=False) for one in numbers]

    def _fill(self) -> None:
        self.empty = EmptyState("assignment_return")
        self.finding = Finding(self, self._workstation, self.empty)
        self.finding.opened.connect(self._begin)
        self.finding.looked.connect(self._show_refund)
        self.finding.ways.chosen.connect(self._by)
        self.finding.card.changed.connect(self._show)
        self.asking = TerminalButtons(self, self.empty, self._store, self._back)
        self.finding.particulars.entered.connect(lambda: self._entered(self.field.text.strip()))
        beside = QHBoxLayout()
        beside.setSpacing(16)
        self.left.addLayout(beside, 1)
        beside.addWidget(self.finding.ways)
        # What is built from here on stands beside the ways of finding.
        self.left = QVBoxLayout()
        self.left.setSpacing(12)
        beside.addLayout(self.left, 1)
        self.field: ScanField = self.add_field()
        self.field.submitted.connect(self._entered)
        self.field.confirmed.connect(lambda: self.finding.open_chosen() if self.draft is None else None)
        self.left.addWidget(self.finding.particulars)
        rows = LineList()
        self.head = LineHead(rows)
        rows.box_touched.connect(self._box_touched)
        self.add_list(rows, self.empty, self._chosen_row, name=("purchases", "list"), head=self.head)
        self.saying = Saying(self, self._workstation, self._method_keys[CUSTOMER], self._method_keys[ITEM])
        self.saying.said.connect(self.judge)
        self.left.addWidget(self.saying.strip)
        self.documents = Documents(self, self._workstation, self.saying.strip)
        self.documents.changed.connect(self.judge)
        self.decision = DecisionPane()
        self.offering = Offering(self)
        self.decision.offered.connect(self.offering.take)
        self.right.addWidget(self.finding.looking, 1)
        self.right.addWidget(self.decision, 1)
        self.refund_button = self.add_primary("assignment_return", self._refund, "decision", "refund")
        self.right.insertWidget(self.right.count() - 1, self.documents.button)
        self.refusing = Refusing(self, self._workstation)

    # What the shell shows and asks.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.finding.ways.fit(self.width())

    @property
    def title(self) -> str:
        return self.words.say("Returns")

    @property
    def context(self) -> str:
        if self.draft is None:
            return self.words.say("Find the purchase")
        if self.draft.purchase is None:
            return self.words.say("No receipt")
        return receipt_named(self.draft.purchase, self.words)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self.completing.set_words(self.words)
        self.refusing.retranslate()
        self.documents.retranslate()
        self.finding.retranslate()
        self._last.setText(say("Last sale"))
        self._tick.setText(say("Tick"))
        self._exchange.setText(say("Exchange"))
        self._money.retranslate()
        self.up_key.setText(say("Line above"))
        self.down_key.setText(say("Line below"))
        for number, key in enumerate(self._choose, 1):
            key.setText(say("Choice {number}", number=number))
        for number, key in enumerate(self._offer, 1):
            key.setText(say("Offer {number}", number=number))
        self.head.set_words(say("Line"), say("Qty"), say("Decision and rule"), say("To refund"))
        self.list.setAccessibleName(say("Purchases, or what was bought"))
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more: the terminal asks for no card then."""
        self.finding.card.stop()
        super().hideEvent(event)

    def enter(self) -> None:
        self.banner.hide()
        self._forget()

    def take_scan(self, code: str) -> bool:
        """A receipt opens its purchase; goods tick their line, or are looked for where a purchase of them is."""
        if receipt := receipt_code(code):
            self.open_purchase(receipt)
        elif self.draft is not None:
            self._goods(code)
        elif holder := self._workstation.customers.of_card(code):
            self._by(CUSTOMER)
            self.finding.show_customer(holder.id, code)
        elif self.finding.ways.choice == ITEM:
            self.field.set_text(code)
            self._entered(code)
        else:
            return False
        return True

    def open_purchase(self, shown: str) -> None:
        """The lines of the purchase this receipt, barcode or number leads to; or why there is none."""
        self.finding.open_shown(shown)

    # Finding.

    def _by(self, method: str) -> None:
        self.banner.hide()
        self._forget()
        self.finding.choose_way(method)
        if method == NONE:
            self._begin(ReturnDraft(None, ShownBy.NONE))
        self._show()
        self.focus_entry()

    def _method_key(self, method: str) -> None:
        if self.draft is None or method == RECEIPT:
            self._by(method)
        elif method == CARD:
            self._line_entry(self.field.text.strip())
            self.field.clear()
        elif method in (CUSTOMER, ITEM):
            self.saying.ask(about_reason=method == ITEM)
        else:
            self.completing.ask_manager()

    def _entered(self, typed: str) -> None:
        self.banner.hide()
        if self.draft is not None:
            self._line_entry(typed)
        elif typed:
            self.finding.enter(typed)
        if self.draft is None and self.finding.ways.choice in SHOWN:
            # It can be said otherwise, or with another day; the next key typed begins anew.
            self.field.edit.selectAll()
        else:
            self.field.clear()

    def _chosen_row(self, row_id: str) -> None:
        if self.draft is None:
            self.finding.look_at(row_id)
        else:
            self._show_line()

    # Lines.

    def _begin(self, draft: ReturnDraft) -> None:
        self.finding.card.stop()
        self.draft = draft
        self.saying.begin()
        self.completing.forget()
        self._look_ahead()
        self.field.clear()
        self._show()
        self.focus_entry()

    def _forget(self) -> None:
        self.draft = None
        self.completing.forget()
        self.finding.forget()
        self.finding.choose_way(RECEIPT)
        self.field.clear()
        self._show()

    def _look_ahead(self) -> None:
        """What the policy would say of every line, before anything is ticked."""
        draft, self._outlook = self.draft, None
        if draft is not None and draft.purchase is not None:
            known, shown_by = draft.purchase.id, draft.shown_by
            self._outlook = self.attempt(lambda: self._workstation.returns.outlook(known, shown_by))

    @property
    def _selected(self) -> int:
        return int(self.list.chosen) if self.draft is not None and self.list.chosen else 0

    def _toggle(self) -> None:
        if self.draft is not None and self._selected:
            self.draft.toggle(self._selected)
            self.judge()

    def _box_touched(self, row_id: str) -> None:
        self.list.choose(row_id)
        self._toggle()

    def _goods(self, code: str) -> None:
        """Goods on the counter: their line is ticked, or without a receipt they are added."""
        assert self.draft is not None
        item = self._item(code)
        if item is None:
            return
        line = self.draft.scanned(item)
        if not line:
            said = self.words.say("{item} is not on this receipt, or all of it came back already.", item=item.name)
            self.banner.show_message(said, "", "warn")
            return
        self.judge()
        self.list.choose(str(line))
        self._show_line()

    def _item(self, code: str) -> Item | None:
        """The item of a code or a number; None for a serial number that was waited for, or it is said that there is
        none.
        """
        item = self._workstation.catalogue.find(code)
        if item is None and not self.offering.serial(code, self._selected):
            self.refuse(Refused(Code.ITEM_UNKNOWN, {"code": code}))
        return item

    def _line_entry(self, typed: str) -> None:
        """A short number is the quantity of the chosen line; everything else is goods."""
        if not self.saying.quantity(typed):
            self._goods(typed)

    def _other_tender(self) -> None:
        """Store credit instead of what the policy proposes, and back; while a purchase is looked for, the terminal."""
        if self.draft is None:
            self.finding.ask_terminal()
        else:
            self.draft.refund_to = "" if self.draft.refund_to else "store_credit"
            self.judge()

    def begin_exchange(self) -> None:
        """What is ticked comes back; what goes out for it is rung up at the sale."""
        if self.draft is None or not self.draft.ticked:
            return
        request = self.draft.request(exchange=True)
        if self.attempt(lambda: self._workstation.exchanges.begin(request)) is not None:
            self._forget()
            self.place_wanted.emit("sell")

    def judge(self) -> None:
        """The decision of this moment; what was said of an earlier one no longer holds."""
        self.banner.hide()
        self.completing.judge(self.draft)
        self._show()
        self.focus_entry()

    def _go_on(self) -> None:
        """The large key: open the purchase that is looked at, or pay out what is decided."""
        if self.draft is None:
            self.finding.open_chosen()
        elif self.draft.ticked:
            self.completing.complete(self.draft.request())

    def _completed(self, answer: CompletedReturn) -> None:
        self._forget()
        to_paperwork(self, self._workstation, self._pack, answer)

    def _step_back(self) -> None:
        if self.documents.put_away() or self.refusing.claiming.put_away() or self.finding.stop_card():
            return
        if self.draft is not None and self.draft.ticked:
            self.draft.ticked.clear()
            self.judge()
        elif self.draft is not None or self.finding.anything:
            self._forget()
        else:
            self.back_wanted.emit()

    # What is shown.

    def _show(self) -> None:
        say, draft, quote = self.words.say, self.draft, self.completing.quote
        kept = self.list.chosen
        if draft is None:
            self.list.found.show(self.finding.rows())
            self.field.set_words(self.finding.asked_for)
            self.finding.say_empty()
        else:
            decision = None if quote is None else quote.decision
            self.list.found.show(line_rows(draft, decision, self._outlook, self.words))
            self.field.set_words(say("Scan what comes back, or tick it in the list"))
            self.empty.set_words(say("No receipt"), say("Scan the goods that come back."))
            if quote is None:
                self.decision.show_nothing(say("Nothing is ticked yet."))
            else:
                self.decision.show_decision(quote.decision, quote.case, self.completing.offers, self.words)
                describe_rest(self.decision, self.words)
        self.finding.show(open_=draft is not None)
        self.decision.setVisible(draft is not None)
        self.head.setVisible(draft is not None and bool(self.list.found.rows))
        self.show_list()
        self.list.choose(kept)
        self._show_line()
        self._show_refund()
        self.frame_changed.emit()

    def _show_line(self) -> None:
        self.saying.show(self.draft, self._selected)

    def _show_refund(self) -> None:
        say, lines = self.words.say, self.draft is not None
        for action in (self._tick, self._exchange):
            action.setVisible(lines)
        self.asking.follow(self.finding, self.words, lines=lines)
        self._exchange.setEnabled(self.draft is not None and bool(self.draft.ticked))
        self._last.setVisible(not lines)
        of_lines = (say("Another receipt"), say("Quantity"), say("Condition"), say("Reason"), say("Ask a manager"))
        for number, (method, key) in enumerate(self._method_keys.items()):
            key.setText(of_lines[number] if lines else self.finding.ways.buttons[method].text())
        self.refusing.follow(self.completing.quote)
        self.documents.follow(self.draft, self.completing.quote)
        text, can = refund_words(self.completing.quote, self.words)
        opens = say("Return from this") if self.finding.person is None else say("Show purchases")
        self._refund.setText(text if lines else opens)
        self._refund.setEnabled(can if lines else bool(self.list.chosen))
        dress(self.refund_button, pays=lines)
