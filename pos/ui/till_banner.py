"""The banner above a screen that has none of its own, and who says what concerns the whole till."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.shared.notices import Banner, BannerKind
from pos.wording import Wording


class TillBanner(QWidget):
    """Takes no room while it says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(close_name=" ")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 0)
        column.addWidget(self.banner)
        self.banner.close_button.clicked.connect(self.hide)
        self.hide()

    def set_words(self, words: Wording) -> None:
        self.banner.close_button.set_name(words.say("Dismiss"))
        self.hide()

    def tell(self, own: Banner | None, title: str, detail: str, kind: BannerKind) -> None:
        """Say something where the cashier looks: in the screen's `own` banner, or here where it has none."""
        (own or self.banner).show_message(title, detail, kind)
        self.setVisible(own is None)

    def untell(self, own: Banner | None, title: str) -> None:
        """What was said is no longer true; what else a banner says stays."""
        for banner in (own, self.banner):
            if banner is not None and title and banner.message.startswith(title):
                banner.hide()
        self.setVisible(bool(self.banner.message) and own is None)
