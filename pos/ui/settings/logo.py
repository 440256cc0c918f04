"""The card of the shop's logo: a picture is looked at and shown on the receipt, and holds once it is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.refusal import Refused
from pos.domain.shop import ShopRules
from pos.domain.trouble import KnownError
from pos.services.shop_logo import LogoChange, logo_of, look_at_logo, remove_logo, set_logo
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.notices import Banner
from pos.ui.shared.picture import PictureField
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation


class LogoCard(Card):
    """Signals: edited() another logo is proposed, or none is any more."""

    edited = Signal()

    def __init__(self, words: Wording, workstation: Workstation, banner: Banner) -> None:
        super().__init__("plain", padding=14, spacing=6)
        self._words = words
        self._workstation = workstation
        self._banner = banner
        self._looked_at = ""
        self.change: LogoChange | None = None
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = Label("", 16, 600, wrap=True)
        self._mark = Pill("", "warn", "edit")
        head.addWidget(self._title, 1)
        head.addWidget(self._mark)
        self.column.addLayout(head)
        self._meaning = Label("", 14, 450, tone="text2", wrap=True)
        self.column.addWidget(self._meaning)
        self.picture = PictureField("settings.logo", words)
        self.picture.picked.connect(lambda _: self.look())
        self.picture.removed.connect(self._take_away)
        self.column.addWidget(self.picture)
        self._now = Label("", 13, 450, tone="text3", wrap=True)
        self.column.addWidget(self._now)
        self.set_words(words)

    def set_words(self, words: Wording) -> None:
        self._words = words
        self.picture.set_words(words)
        self._title.setText(words.say("Logo"))
        self._meaning.setText(words.say("Stands above the name on every paper. Dark, plain drawings print best."))
        self._mark.set_state(words.say("Not saved yet"), "warn", "edit")
        self._show()

    def said(self) -> str:
        """What the search finds it by."""
        return f"{self._title.text()} {self._meaning.text()}"

    @property
    def unread(self) -> bool:
        """Whether a path is typed that nothing was made of yet."""
        return bool(self.picture.text) and self.picture.text != self._looked_at

    def look(self) -> bool:
        """Propose the picture whose path is typed; a file that cannot be a logo is refused, and nothing changes."""
        if not self.picture.text:
            return True
        try:
            logo = look_at_logo(Path(self.picture.text).expanduser())
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return False
        if isinstance(logo, Refused):
            self._banner.show_message(self._words.refusal(logo), "", "warn")
            return False
        self._looked_at = self.picture.text
        self._propose(LogoChange(logo))
        return True

    def before(self) -> LogoChange | None:
        """What would put back the logo in force, where another is proposed."""
        desk = self._workstation.desk
        return None if self.change is None else LogoChange(logo_of(desk.shop.folder, desk.rules))

    def keep(self) -> ShopRules | Refused | None:
        """Put in force what is proposed. Raises KnownError for a full disk."""
        if self.change is None:
            return None
        desk, logo = self._workstation.desk, self.change.logo
        answer = remove_logo(desk) if logo is None else set_logo(desk, logo)
        if not isinstance(answer, Refused):
            self.forget()
        return answer

    def forget(self) -> None:
        """Propose nothing."""
        self._looked_at = ""
        self.picture.set_text("")
        self.change = None
        self._show()

    def _take_away(self) -> None:
        self._looked_at = ""
        self.picture.set_text("")
        self._propose(None if self._workstation.desk.rules.receipt.logo is None else LogoChange(None))

    def _propose(self, change: LogoChange | None) -> None:
        self._banner.hide()
        self.change = change
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        say, kept = self._words.say, self._workstation.desk.rules.receipt.logo
        size = None if kept is None else (kept.width, kept.height)
        if self.change is not None:
            logo = self.change.logo
            size = None if logo is None else (logo.width, logo.height)
        if size is None:
            self._now.setText(say("No logo."))
        else:
            self._now.setText(say("{wide} × {high} dots of a print head", wide=size[0], high=size[1]))
        self._mark.setVisible(self.change is not None)
        self.picture.remove.setEnabled(size is not None)
