"""The sale is in the books: the change stays on the screen until the next scan or Enter, never for some seconds."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.tender import TenderKind
from pos.domain.transaction import Transaction
from pos.services.sale import CompletedSale
from pos.ui.pay.amounts import Amount
from pos.ui.pay.pieces import Pieces
from pos.ui.pay.returned_half import ReturnedHalf
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.buyer_aside import BuyerAside
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.key_codes import entry_text
from pos.ui.shared.notices import Banner, announce, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.scrolled import own_viewport
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.preview import PaperPreview

PaperKind = Literal["ok", "warn", "bad", "neutral"]


class DoneScreen(Screen):
    """Change, paper, next.

    Signals: next_wanted(str) on to the next sale, with what was typed already, if anything; again_wanted(str),
    e_receipt_wanted(str), gift_wanted(str): a further paper of this sale; left() it is left, but not for the papers of
    its return.
    """

    words: Wording
    next_wanted = Signal(str)
    again_wanted = Signal(str)
    e_receipt_wanted = Signal(str)
    gift_wanted = Signal(str)
    left = Signal()

    def __init__(self, words: Wording, workstation: Workstation) -> None:
        super().__init__("done", words)
        self._workstation = workstation
        self._sale: Transaction | None = None
        self._half: ReturnedHalf | None = None
        self._to_papers = False
        # What stands in the place of what was paid while the drawer is open.
        self.drawer_says = ""
        self._next = self.add_key("next", ["Return", "Enter", "F12"], self._go_on)
        self._again = self.add_key("again", "F5", lambda: self.again_wanted.emit(self.transaction_id))
        self._e_receipt = self.add_key("e_receipt", "F11", lambda: self.e_receipt_wanted.emit(self.transaction_id))
        self._gift = self.add_key("gift", "F7", lambda: self.gift_wanted.emit(self.transaction_id))
        self._papers = self.add_key("papers", "F6", self._look_at_papers)
        self._document = self.add_key("tax_document", "Alt+T", self._ask_buyer)
        self._frank = self.add_key(
            "frank", "Alt+K", lambda: self.paper_wanted.emit("franking", self.transaction_id), in_key_bar=False
        )
        self._back = self.add_key("back", "Esc", self._leave, in_key_bar=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        self.aside = BuyerAside("done", self._build_paper(), workstation, words)
        self.aside.setMinimumWidth(300)
        self.aside.setMaximumWidth(366)
        self.aside.turned.connect(self._turned)
        self.aside.made_out.connect(self.paper_wanted)
        self.aside.refused.connect(lambda refused: self._say(self.words.refusal(refused)))
        self.aside.trouble.connect(lambda error: self._say(self.words.trouble(error)))
        row.addWidget(self.aside)
        row.addLayout(self._build_change(), 1)
        self.set_entry(self)
        self.retranslate()

    def _build_paper(self) -> Card:
        card = Card("sunken", padding=0, spacing=8)
        card.column.setContentsMargins(16, 14, 16, 12)
        head = QHBoxLayout()
        self._paper_title = Label("", 16, 600)
        self.paper_state = Pill("", "neutral")
        self.paper_state.setObjectName("done.paper.state")
        place = self.paper_state.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        self.paper_state.setSizePolicy(place)
        head.addWidget(self._paper_title, 1)
        head.addWidget(self.paper_state)
        card.column.addLayout(head)
        self.preview = PaperPreview()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        set_ground(inside, "none")
        own_viewport(scroll)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 4, 0)
        column.addWidget(self.preview)
        column.addStretch(1)
        scroll.setWidget(inside)
        card.column.addWidget(scroll, 1)
        return card

    def _build_change(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.banner = Banner()
        column.addWidget(self.banner)
        self._change_card = card = Card("plain", padding=12, spacing=0)
        centre = Qt.AlignmentFlag.AlignHCenter
        card.column.addStretch(1)
        self._tick = Icon("check", 40, tile="ok", tile_size=72, radius=36)
        self.banner.installEventFilter(self)
        card.column.addWidget(self._tick, 0, centre)
        card.column.addSpacing(12)
        self._complete = Label("", 22, 500, tone="text2")
        self._complete.setAlignment(centre)
        self.change = Amount(64, 720, tone="ok", align=centre)
        self.change.setObjectName("done.change")
        self.pieces = Pieces(88, centred=True)
        self._detail = Label("", 16, 450, tone="text2", wrap=True)
        self._detail.setAlignment(centre)
        for widget, gap in ((self._complete, 8), (self.change, 14), (self.pieces, 10), (self._detail, 0)):
            card.column.addWidget(widget)
            card.column.addSpacing(gap)
        card.column.addStretch(1)
        column.addWidget(card, 1)
        column.addWidget(self._build_papers())
        foot = QHBoxLayout()
        foot.addStretch(472)
        self.next_button = ActionButton("", "arrow_forward", kind="primary", height=76)
        self.next_button.setObjectName("done.next")
        self.next_button.follow(self._next)
        foot.addWidget(self.next_button, 392)
        column.addLayout(foot)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a banner says takes the room of the tick: the buttons stay where they are."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._tick.setVisible(self.banner.isHidden())
            # At once: both together are more than a small window has.
            self._change_card.updateGeometry()
        return super().eventFilter(watched, event)

    def _build_papers(self) -> ButtonShelf:
        """Further papers of this sale, side by side where there is room."""
        self.paper_buttons = {
            name: ActionButton("", icon, align="left", height=60)
            for name, icon in (
                ("again", "print"),
                ("e_receipt", "description"),
                ("gift", "redeem"),
                ("papers", "assignment_return"),
                ("tax_document", "receipt_long"),
                ("frank", "edit_document"),
            )
        }
        for (name, button), action in zip(
            self.paper_buttons.items(),
            (self._again, self._e_receipt, self._gift, self._papers, self._document, self._frank),
            strict=True,
        ):
            self.name_child(button, "paper", name)
            button.follow(action)
        return ButtonShelf(list(self.paper_buttons.values()))

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Done")

    @property
    def context(self) -> str:
        if self._sale is None:
            return ""
        return self.words.say("Receipt {receipt}", receipt=self._sale.receipt)

    @property
    def transaction_id(self) -> str:
        """The sale that is shown; empty before the first."""
        return "" if self._sale is None else self._sale.id

    @property
    def tenders_said(self) -> str:
        """What was paid and with what, in words."""
        return self._detail.text()

    def retranslate(self) -> None:
        say = self.words.say
        self._again.setText(say("Print again"))
        self.paper_buttons["again"].set_detail(say("Marked as a copy"))
        self._e_receipt.setText(say("E-receipt"))
        self.paper_buttons["e_receipt"].set_detail(say("As a PDF file"))
        self._gift.setText(say("Gift receipt"))
        self.paper_buttons["gift"].set_detail(say("No prices shown"))
        self._papers.setText(say("Papers of the return"))
        self._document.setText(say("Tax document"))
        self.paper_buttons["tax_document"].set_detail(say("For a business"))
        self._frank.setText(say("Frank check"))
        self.paper_buttons["frank"].set_detail(say("Put it into the printer"))
        self._back.setText(say("Next sale"))
        self.aside.retranslate(self.words)
        self._next.setText(say("Next sale"))
        self.next_button.set_detail(self.words.say("or just scan an item"))
        self._paper_title.setText(self.words.say("Receipt"))
        self._complete.setText(self.words.say("Sale complete"))
        if self._sale is not None:
            self._show(self._sale)

    def show_sale(self, done: CompletedSale, back: ReturnedHalf | None = None) -> None:
        """The sale that was just completed; `back` is what came back in the same exchange."""
        self._sale, self._half = done.transaction, back
        self.aside.close_form()
        self.banner.hide()
        self.paper_state.hide()
        self.preview.show_document(self._workstation.paperwork.document(done.transaction.id))
        self._show(done.transaction)
        announce(self.change)

    def _show(self, sale: Transaction) -> None:
        words = self.words
        cash_back = sum(tender.cash_back for tender in sale.tenders)
        hand = Money(sale.change + cash_back, sale.currency)
        amount = words.money(hand)
        said = words.say("Change {amount}", amount=amount) if hand.minor else words.say("No change")
        if cash_back:
            both = words.say("Hand over {amount}", amount=amount)
            said = both if sale.change else words.say("Cash-back {amount}", amount=amount)
        if self._half is not None and self._half.given_back:
            hand = Money(self._half.given_back, sale.currency)
            said = words.say("Give back {amount}", amount=words.money(hand))
        self.change.show_text(said)
        self.pieces.set_change(hand, words)
        self.pieces.setVisible(bool(hand.minor))
        self._show_papers()
        franks = bool(self._workstation.paperwork.checks_to_frank(sale.id))
        self._frank.setVisible(franks)
        self._frank.setEnabled(franks)
        self.paper_buttons["frank"].setVisible(franks)
        self._show_detail(sale)

    def _show_papers(self) -> None:
        """The papers of an exchange's other half, where this is one."""
        half, say = self._half, self.words.say
        self._papers.setVisible(half is not None)
        self._papers.setEnabled(half is not None)
        self.paper_buttons["papers"].setVisible(half is not None)
        waits = half is not None and half.to_sign
        self.paper_buttons["papers"].set_detail(say("They wait to be signed") if waits else say("Look, copy, as PDF"))

    def _show_detail(self, sale: Transaction) -> None:
        """What was paid and with what; while the drawer stands open, that."""
        self._detail.setText(self.drawer_says or "\n".join((self._paid(sale), *self._tendered(sale))))

    def _paid(self, sale: Transaction) -> str:
        words = self.words
        return words.say(
            "{paid} paid, {given} received.",
            paid=words.money(Money(sale.paid, sale.currency)),
            given=words.money(Money(sum(tender.amount for tender in sale.tenders), sale.currency)),
        )

    def _tendered(self, sale: Transaction) -> list[str]:
        """What it was paid with, where that is more than one thing or no cash."""
        if all(tender.kind is TenderKind.CASH for tender in sale.tenders):
            return []
        words = self.words
        amounts = [words.money(Money(tender.amount, sale.currency)) for tender in sale.tenders]
        named = [words.tendered(tender) for tender in sale.tenders]
        return [" · ".join(f"{name} {amount}" for name, amount in zip(named, amounts, strict=True))]

    def show_paper(self, transaction_id: str, text: str, kind: PaperKind, icon: str) -> None:
        """What is known of this sale's paper; word of another sale's is left out."""
        if self._sale is not None and self._sale.id == transaction_id:
            self.paper_state.set_state(text, kind, icon)
            self.paper_state.show()

    @property
    def says_of_paper(self) -> bool:
        """Whether it says how this sale's paper stands."""
        return not self.paper_state.isHidden()

    def show_drawer(self, *, is_open: bool, shut_first: bool) -> None:
        """Whether the drawer stands open, and whether the next sale waits for it."""
        say = self.words.say
        shown = say("The drawer is open. Shut it to begin the next sale.") if shut_first else say("The drawer is open.")
        self.drawer_says = shown if is_open else ""
        if self._sale is not None:
            self._show_detail(self._sale)

    def _ask_buyer(self) -> None:
        self.aside.ask(self.transaction_id, None if self._sale is None else self._sale.customer)

    def _go_on(self) -> None:
        """Enter belongs to the form while it shows."""
        if not self.aside.confirm():
            self.next_wanted.emit("")

    def _leave(self) -> None:
        if not self.aside.close_form():
            self.next_wanted.emit("")

    def _look_at_papers(self) -> None:
        self._to_papers = True
        self.place_wanted.emit("return_papers")
        self._to_papers = False

    def leave(self) -> None:
        if not self._to_papers:
            self.left.emit()

    def _turned(self) -> None:
        self.set_entry(self.aside.entry or self)
        self.focus_entry()

    def _say(self, sentence: str) -> None:
        self.banner.show_message(sentence, "", "warn")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever types here has begun the next sale."""
        if self.aside.entry is not None:
            super().keyPressEvent(event)
        elif text := entry_text(event):
            self.next_wanted.emit(text)
        else:
            event.ignore()
