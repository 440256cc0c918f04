"""What the shop prints around its sales, beside the receipt as it will look."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from pos.domain.new_shop import NewShop, ShopField
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.desk import Clock
from pos.services.receipt_sample import sample_of_new_shop
from pos.services.set_up import LINE_LENGTH_MAX, LINES_MAX, logo_of_new
from pos.ui.set_up.fields import LineField, ParagraphField
from pos.ui.set_up.step import Step
from pos.ui.shared.notices import set_ground
from pos.ui.shared.picture import PictureField
from pos.ui.shared.text import Label
from pos.wording import Wording
from receipts.document import Document, Logo
from receipts.preview import PaperPreview

_PAPER_WIDTH = 330


class ReceiptStep(Step):
    """The lines of the receipt's head and foot, the number the tax office gave, and the logo over all of it."""

    def __init__(self, words: Wording, clock: Clock) -> None:
        super().__init__(words)
        self._clock = clock
        self._shop = NewShop()
        self._looked_at = ""
        self._logo: Logo | None = None
        self.header = ParagraphField("receipt.header")
        self.policy = ParagraphField("receipt.policy")
        self.footer = ParagraphField("receipt.footer")
        self.vat_number = LineField("receipt.vat_number")
        self.logo = PictureField("set_up.receipt.logo", words)
        self._logo_name = Label("", 14, 600, tone="text2")
        self._note = Label("", 14, 450, tone="text2", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(10)
        for field in (self.header, self.policy, self.footer, self.vat_number):
            field.changed.connect(self.changed)
            field.changed.connect(self._preview)
            left.addWidget(field)
        left.addWidget(self._note)
        left.addStretch(1)
        self.logo.picked.connect(lambda _: self._look())
        self.logo.removed.connect(self._take_away)
        self.logo.edit.textEdited.connect(lambda _: self.changed.emit())
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._build_paper(), 1)
        right.addWidget(self._logo_name)
        right.addWidget(self.logo)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self.column.addLayout(row, 1)

    def _build_paper(self) -> QScrollArea:
        paper = QScrollArea()
        paper.setWidgetResizable(True)
        paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.setMinimumWidth(_PAPER_WIDTH)
        paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_ground(paper.viewport(), "none")
        QScroller.grabGesture(paper.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self.preview = PaperPreview()
        column.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        paper.setWidget(inside)
        return paper

    @property
    def title(self) -> str:
        return self.words.say("The receipt")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        return {
            ShopField.HEADER: self.header,
            ShopField.POLICY: self.policy,
            ShopField.FOOTER: self.footer,
            ShopField.VAT_NUMBER: self.vat_number,
            ShopField.LOGO: self.logo,
        }

    def show_shop(self, new: NewShop) -> None:
        self._shop = new
        self.header.set_text(new.header)
        self.policy.set_text(new.policy)
        self.footer.set_text(new.footer)
        self.vat_number.set_text(new.vat_number)
        self.logo.set_text(new.logo_file)
        if self.logo.text != self._looked_at:
            with suppress(KnownError):
                logo = logo_of_new(new)
                self._looked_at, self._logo = self.logo.text, None if isinstance(logo, Refused) else logo
        self._preview()

    def read(self, new: NewShop) -> NewShop:
        return replace(
            new,
            header=self.header.text,
            policy=self.policy.text,
            footer=self.footer.text,
            vat_number=self.vat_number.text,
            logo_file=self.logo.text,
        )

    def retranslate(self) -> None:
        field = self.words.field
        self.header.set_words(field(ShopField.HEADER))
        self.policy.set_words(field(ShopField.POLICY))
        self.footer.set_words(field(ShopField.FOOTER))
        self.vat_number.set_words(field(ShopField.VAT_NUMBER))
        self.logo.set_words(self.words)
        self._logo_name.setText(field(ShopField.LOGO))
        self._note.setText(
            self.words.say(
                "Up to {lines} lines of {length} characters each. All of it can be changed later under Settings.",
                lines=LINES_MAX,
                length=LINE_LENGTH_MAX,
            )
        )

    def _look(self) -> None:
        """Show the picture whose path is typed on the receipt; a file that cannot be a logo is refused."""
        try:
            logo = logo_of_new(self.read(self._shop))
        except KnownError as error:
            self.no.emit(error)
            return
        if isinstance(logo, Refused):
            self.no.emit(Refused(logo.code, {"field": ShopField.LOGO, **logo.facts}))
            return
        self._looked_at, self._logo = self.logo.text, logo
        self.changed.emit()
        self._preview()

    def _take_away(self) -> None:
        self.logo.set_text("")
        self._look()

    def _preview(self) -> None:
        """What cannot be printed as it stands leaves the paper as it was."""
        sample = sample_of_new_shop(self.read(self._shop), self._logo, self._clock.now())
        if isinstance(sample, Document):
            self.preview.show_document(sample)
        self.logo.remove.setEnabled(bool(self.logo.text) or self._logo is not None)
