"""A badge that was just made, shown once: printed or saved now, or made anew later."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.trouble import KnownError
from pos.services.badges import badge_paper, save_badge
from pos.services.people import MadeBadge
from pos.ui.fittings import Fittings
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import Banner
from pos.ui.shared.text import Label
from pos.wording import N_, Wording
from receipts.preview import PaperPreview

_PRINTED = {
    "printed": N_("The badge is printed."),
    "handed_over": N_("The badge was handed to the printer. Look whether it came out."),
}
_NOT_PRINTED = N_("The printer did not print the badge. Save it as a PDF, or see to the printer and try again.")


class BadgeCard(Card):
    """The paper and what can be done with it. Signals: done() nobody needs to see it any more."""

    done = Signal()

    def __init__(self, fittings: Fittings, banner: Banner) -> None:
        super().__init__("plain", padding=14, spacing=8)
        self._words = fittings.words
        self._fittings = fittings
        self._banner = banner
        self._made: MadeBadge | None = None
        self._title = Label("", 20, 680)
        self._said = Label("", 15, 450, tone="text2", wrap=True)
        self.preview = PaperPreview()
        self.print_button = ActionButton("", "print", kind="primary", height=56)
        self.save_button = ActionButton("", "save", height=56)
        self.done_button = ActionButton("", "check", height=56)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, name, act in (
            (self.done_button, "done", self._leave),
            (self.save_button, "save", self.save),
            (self.print_button, "print", self.print_it),
        ):
            button.setObjectName(f"settings.badge.{name}")
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button, 1)
        self.column.addWidget(self._title)
        self.column.addWidget(self._said)
        self.column.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.column.addLayout(row)
        if fittings.printing is not None:
            fittings.printing.printed.connect(self._printed)

    def set_words(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self.print_button.set_text(say("Print"))
        self.save_button.set_text(say("Save as PDF"))
        self.done_button.set_text(say("Done"))
        self._said.setText(
            say("This is the only time it can be printed or saved: the till keeps nothing to make it from.")
        )
        if self._made is not None:
            self._title.setText(say("Badge of {name}", name=self._made.operator.name))

    def show_badge(self, made: MadeBadge) -> None:
        """The badge of somebody, made just now."""
        self._made = made
        self.preview.show_document(badge_paper(self._fittings.workstation.desk, made))
        printer = self._fittings.printing is not None and self._fittings.workstation.paperwork.has_printer
        self.print_button.setEnabled(printer)
        self.set_words(self._words)

    def forget(self) -> None:
        """Nothing of the badge stays on the screen or in memory."""
        self._made = None
        self.preview.show_document(None)

    def print_it(self) -> None:
        if self._made is not None and self._fittings.printing is not None:
            self._fittings.printing.print_now(badge_paper(self._fittings.workstation.desk, self._made))

    def save(self) -> None:
        """The paper as a file beside the settings of this machine."""
        if self._made is None:
            return
        try:
            path = save_badge(self._fittings.workstation.desk, self._made, self._fittings.settings.home / "badges")
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return
        said = self._words.say("Saved. Print it, then delete the file: whoever opens it can sign in with it.")
        self._banner.show_message(said, str(path), "ok")

    def _printed(self, how: str) -> None:
        if self._made is not None:
            self._banner.show_message(
                self._words.say(_PRINTED.get(how, _NOT_PRINTED)), "", "ok" if how in _PRINTED else "warn"
            )

    def _leave(self) -> None:
        self.forget()
        self.done.emit()
