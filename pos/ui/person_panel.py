"""What a person chooses for themself: language and colours; and the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.ui.panel_keys import keep_from_screen, take_key
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.text import Label
from pos.ui.theme import current
from pos.wording import Wording

LANGUAGES = (("en", "English"), ("cs", "Čeština"), ("sv", "Svenska"))


class PersonPanel(Card):
    """A card below the person's name. It is no dialog: a click beside it, Esc or a scan closes it.

    Signals: language_chosen(str); theme_toggled(); lock_wanted(); close_wanted(); closed().
    """

    language_chosen = Signal(str)
    theme_toggled = Signal()
    lock_wanted = Signal()
    close_wanted = Signal()
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__("plain", padding=16, spacing=10, parent=host)
        self._host = host
        self.setObjectName("person")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._title = Label("", 13, 600, tone="text2")
        self.languages = SegmentedControl(LANGUAGES, height=48)
        self.languages.chosen.connect(self.language_chosen)
        self.theme = ActionButton("", "dark_mode", align="left", height=56)
        self.theme.setObjectName("person.theme")
        self.theme.clicked.connect(lambda: self.theme_toggled.emit())
        self.lock = ActionButton("", "lock", key="Ctrl L", align="left", height=56)
        self.lock.setObjectName("person.lock")
        self.lock.clicked.connect(lambda: self.lock_wanted.emit())
        self.end = ActionButton("", "close", key="Ctrl Q", align="left", height=56)
        self.end.setObjectName("person.end")
        self.end.clicked.connect(lambda: self.close_wanted.emit())
        for widget in (self._title, self.languages, self.theme, self.lock, self.end):
            self.column.addWidget(widget)
        host.installEventFilter(self)
        self.hide()

    def retranslate(self, words: Wording) -> None:
        self._title.setText(words.say("Language"))
        self.languages.choose(words.language)
        dark = current().is_dark
        self.theme.set_icon("light_mode" if dark else "dark_mode")
        self.theme.set_text(words.say("Light colours") if dark else words.say("Dark colours"))
        self.lock.set_text(words.say("Lock"))
        self.end.set_text(words.say("Close Kassa"))
        self.setAccessibleName(words.say("Language and colours"))
        # A screen that says its words anew takes the focus.
        self._keep_focus()

    def open_below(self, anchor: QWidget) -> None:
        """Show under the right edge of `anchor`."""
        self.adjustSize()
        corner = anchor.mapTo(self._host, QPoint(anchor.width(), anchor.height() + 6))
        self.move(max(corner.x() - self.width(), 8), corner.y())
        self.show()
        self.raise_()
        self._keep_focus()

    def _keep_focus(self) -> None:
        """Its keys are its own as long as it shows."""
        chosen = self.languages.buttons.get(self.languages.choice)
        if chosen is not None and not self.isHidden():
            chosen.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize) and not self.isHidden():
            self.close_panel()
        return False

    def event(self, event: QEvent) -> bool:
        return keep_from_screen(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_key(event, self.close_panel):
            super().keyPressEvent(event)
