"""The identity document of whoever brings goods back: its kind is chosen, its number typed and forgotten at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.refusal import Code
from pos.domain.return_offers import Offer
from pos.domain.return_request import ID_KINDS, IdShown
from pos.services.returns import Quote
from pos.ui.returns.asking_card import AskingCard
from pos.ui.returns.draft import ReturnDraft
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.two_columns import TwoColumns
from pos.wording import Wording
from pos.workstation import Workstation


class IdPanel(AskingCard):
    """Signals: shown(object) the IdShown."""

    shown = Signal(object)

    def __init__(self, screen: str, workstation: Workstation) -> None:
        super().__init__(screen, "id", "badge")
        self._workstation, self._words = workstation, Wording()
        self.kind = self.add(FormField(f"{screen}.id.kind", ChoiceBox()), 3)
        self.number = self.add(FormField(f"{screen}.id.number", QLineEdit()), 4)

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self._words = words
        self.kind.set_words(words.say("Document"))
        self.number.set_words(words.say("Number of the document"), words.say("Only a code and its end are kept."))
        assert isinstance(self.kind.editor, ChoiceBox)
        self.kind.editor.set_choices([(kind, words.id_kind(kind)) for kind in ID_KINDS])
        self.take_button.set_text(words.say("Document seen"))

    def begin(self) -> None:
        """Ask for it now; nothing of an earlier one stands here."""
        self.number.set_text("")
        self.number.refuse("")
        self.show()
        self.number.setFocus()

    def take(self) -> None:
        """What was typed becomes the key and the end of the number."""
        told: IdShown | None = self._workstation.returns.document(self.kind.text, self.number.text)
        if told is None:
            self.number.refuse(self._words.say("Type the whole number of the document."))
            return
        self.leave()
        self.shown.emit(told)

    def leave(self) -> None:
        """Put it away; what was typed is gone."""
        self.number.set_text("")
        super().leave()


class Documents(QObject):
    """The panel in the place of `instead_of`, and the key that leads there while a document may matter.

    Signals: changed() another document, or the first one, was seen.
    """

    changed = Signal()

    def __init__(self, screen: TwoColumns, workstation: Workstation, instead_of: QWidget) -> None:
        super().__init__(screen)
        self._screen, self._instead_of = screen, instead_of
        self._draft: ReturnDraft | None = None
        self.panel = IdPanel(screen.name, workstation)
        self.panel.shown.connect(self._seen)
        self.panel.closed.connect(self._closed)
        self.key = screen.add_key("document", "F6", self._begin, in_key_bar=False)
        self.button = screen.button("badge", self.key, "decision", "document")
        screen.left.addWidget(self.panel)

    def retranslate(self) -> None:
        self.panel.retranslate(self._screen.words)

    def follow(self, draft: ReturnDraft | None, quote: Quote | None) -> None:
        """Another return or another decision: the key is there where no purchase is known or the policy asks."""
        if draft is not self._draft:
            self.panel.hide()
        if self.panel.open:
            self._instead_of.hide()
        self._draft, say = draft, self._screen.words.say
        known = None if draft is None else draft.id_shown
        asked = quote is not None and any(one.code is Code.ID_REQUIRED for one in quote.decision.reasons)
        self.key.setVisible(draft is not None and (asked or known is not None or draft.purchase is None))
        self.key.setEnabled(self.key.isVisible())
        self.button.setVisible(self.key.isVisible())
        self.key.setText(say("Document") if known is None else say("Document ••{end}", end=known.last))

    def leads(self, offer: Offer) -> bool:
        """Whether what is offered is to look at a document: then it is asked for."""
        if offer.remedy is None or offer.remedy.code != "SHOW_ID":
            return False
        self._begin()
        return True

    def put_away(self) -> bool:
        """Whether the panel stood there and was left."""
        if not self.panel.open:
            return False
        self.panel.leave()
        return True

    def _begin(self) -> None:
        """The panel stands where the words about the line do: both would not fit a small screen."""
        self._instead_of.hide()
        self.panel.begin()

    def _closed(self) -> None:
        self._instead_of.setVisible(self._draft is not None)
        self._screen.focus_entry()

    def _seen(self, document: IdShown) -> None:
        if self._draft is not None:
            self._draft.id_shown = document
            self.changed.emit()
