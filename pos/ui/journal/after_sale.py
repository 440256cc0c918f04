"""What may still be done to the chosen sale: taking it back whole, or putting a tender of it right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.post_void import kept_of
from pos.domain.reasons import ReasonKind
from pos.domain.tender_rules import TenderRule
from pos.domain.transaction import Transaction
from pos.services.reasons import reasons
from pos.services.tender_corrections import CorrectionWish
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation


class AfterSalePanel(QWidget):
    """Stands where the receipt shows while a sale is taken back or put right.

    Signals: void_wanted(str, str) the sale and why; correction_wanted(object) a CorrectionWish; left().
    """

    void_wanted = Signal(str, str)
    correction_wanted = Signal(object)
    left = Signal()

    def __init__(self, workstation: Workstation) -> None:
        super().__init__()
        self._workstation, self._words = workstation, Wording()
        self._sale: Transaction | None = None
        self._voiding = True
        self._title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName("journal.after.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        self._card = Card("sunken", padding=14, spacing=4)
        self._about = Label("", 15, 600, wrap=True)
        self._means = Label("", 15, 450, tone="text2", wrap=True)
        self.tender = FormField("journal.after.tender", ChoiceBox())
        self.now = FormField("journal.after.now", ChoiceBox())
        self.reference = FormField("journal.after.reference", QLineEdit())
        self.reason = FormField("journal.after.reason", ChoiceBox())
        self.do_button = ActionButton("", "undo", kind="primary", height=76, px=20, key="F12", key_place="follow")
        self.do_button.setObjectName("journal.after.do")
        self.do_button.clicked.connect(lambda: self.confirm())
        self._box(self.tender).currentIndexChanged.connect(lambda _: self._show_choices())
        self._box(self.now).currentIndexChanged.connect(lambda _: self._show_reference())
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("undo", 24, colour="primary_text"))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._card.column.addWidget(self._about)
        self._card.column.addWidget(self._means)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (self._card, self.tender, self.now, self.reference, self.reason):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.do_button)

    @property
    def entry(self) -> QWidget:
        """Where the keys go first."""
        return self.reason.editor if self._voiding else self.now.editor

    def retranslate(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self.close_button.set_name(say("Leave"), "Esc")
        self.tender.set_words(say("Tender"))
        self.now.set_words(say("What it really was"))
        self.reference.set_words(say("Reference"))
        self.reason.set_words(say("Reason"))
        if self._sale is not None:
            self.begin(self._sale, voiding=self._voiding)

    def begin(self, sale: Transaction, *, voiding: bool) -> None:
        """Open it for a sale: to take it back, or to put a tender right."""
        self._sale, self._voiding = sale, voiding
        words, say = self._words, self._words.say
        amount = words.money(Money(sale.total + sale.rounding, sale.currency))
        kind = ReasonKind.POST_VOID if voiding else ReasonKind.TENDER
        self._title.setText(say("Post-void") if voiding else say("Correct a tender"))
        self._about.setText(say("Receipt {receipt}, {amount}", receipt=sale.receipt, amount=amount))
        self._means.setText(
            say("Everything it did is undone, and the money goes back as it came. A manager has to agree.")
            if voiding
            else say("The money moves to what it really was. The receipt stays; copies say it was corrected.")
        )
        self._box(self.reason).set_choices(
            [(one.code, words.reason(one)) for one in reasons(self._workstation.desk, kind)]
        )
        # What was chosen for something else is no reason for this.
        self._box(self.reason).setCurrentIndex(0)
        for field in (self.tender, self.now, self.reference):
            field.setVisible(not voiding)
        if not voiding:
            self._box(self.tender).set_choices(self._tenders(sale))
            self._show_choices()
        self.do_button.set_text(say("Post-void {amount}", amount=amount) if voiding else say("Correct the tender"))
        self._card.setAccessibleName(f"{self._about.text()}. {self._means.text()}")
        self.setAccessibleName(self._title.text())
        announce(self)

    @property
    def does(self) -> str:
        """What the big button says."""
        return self.do_button.text()

    def confirm(self) -> None:
        """Ask for what was chosen."""
        sale = self._sale
        if sale is None:
            return
        reason = self._box(self.reason).choice
        if self._voiding:
            self.void_wanted.emit(sale.id, reason)
        elif self._box(self.now).choice:
            wish = CorrectionWish(
                sale.id, int(self._box(self.tender).choice), self._box(self.now).choice, reason, self.reference.text
            )
            self.correction_wanted.emit(wish)

    def _tenders(self, sale: Transaction) -> list[tuple[str, str]]:
        """Those that can be corrected."""
        corrections = self._workstation.tender_corrections
        return [
            (str(tender.tender), f"{self._words.tendered(tender)} {self._kept(sale, tender.tender)}")
            for tender in sale.tenders
            if corrections.choices(sale.id, tender.tender)
        ]

    def _kept(self, sale: Transaction, number: int) -> str:
        return self._words.money(Money(kept_of(sale, number), sale.currency))

    def _choices(self) -> tuple[TenderRule, ...]:
        chosen = self._box(self.tender).choice
        if self._sale is None or not chosen:
            return ()
        return self._workstation.tender_corrections.choices(self._sale.id, int(chosen))

    def _show_choices(self) -> None:
        rules = [] if self._voiding else self._choices()
        said = [(rule.code, rule.words or self._words.tender(rule.kind)) for rule in rules]
        self._box(self.now).set_choices(said)
        self.do_button.setEnabled(self._voiding or bool(said))
        self._show_reference()

    def _show_reference(self) -> None:
        chosen = self._box(self.now).choice
        asks = any(rule.code == chosen and (rule.asks_reference or rule.code == "check") for rule in self._choices())
        self.reference.setVisible(not self._voiding and asks)

    @staticmethod
    def _box(field: FormField) -> ChoiceBox:
        assert isinstance(field.editor, ChoiceBox)
        return field.editor
