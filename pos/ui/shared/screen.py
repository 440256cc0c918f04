"""What every screen is: a name, words that can change, actions that sleep with it, one entry that gets the digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from pos.ui.shared.key_codes import entry_text

if TYPE_CHECKING:
    from pos.speech import Speech
    from pos.ui.shared.approval_sheet import Answered
    from pos.ui.shared.notices import Banner
    from pos.ui.shared.signing import Signing

PRIMARY_KEY = "F12"


class Asker(Protocol):
    """What asks somebody else to agree, and hears the answer."""

    @property
    def asks(self) -> SignalInstance: ...
    @property
    def refused(self) -> SignalInstance: ...
    @property
    def answered(self) -> SignalInstance: ...

    def answer(self, answered: Answered) -> None: ...


class Screen(QWidget):
    """A workspace of the shell. Object names are `screen.area.control`, made by `name_child`.

    Actions are QActions owned by the screen with window-wide shortcuts; while the screen is not shown they are disabled
    together, and each comes back in the state it had.

    Signals: paper_wanted(str, str) another paper of a sale (`again`, `gift`, `e_receipt`, `tax_document`, `tax_file`)
    and the sale's identity, or `post_void` and its slip;
    receipt_wanted(str) show the receipt of this number; return_wanted(str) the purchase of this number in Returns;
    place_wanted(str) lead to the place of this name; back_wanted() to where the operator came from;
    frame_changed() title, context or key bar are others now; done(str, object, str) something was done, said in one
    line for a few seconds, with the call that takes it back or None, and the key that does the same;
    undo_past() what `done` told of last can no longer be taken back by it.
    """

    place_wanted = Signal(str)
    back_wanted = Signal()
    frame_changed = Signal()
    done = Signal(str, object, str)
    undo_past = Signal()
    paper_wanted = Signal(str, str)
    receipt_wanted = Signal(str)
    return_wanted = Signal(str)

    def __init__(self, name: str, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.words = words
        self.setObjectName(name)
        self._key_actions: list[QAction] = []
        self._primary: QAction | None = None
        self._entry: QWidget | None = None
        self._giving = False
        self._is_shown = self._is_covered = False
        # Where the shell says what concerns the whole till; without one it has a banner of its own above the screen.
        self.notices: Banner | None = None
        # What this screen has to have signed by somebody else; the shell shows the sheet.
        self.signing: Signing | None = None
        # What else of it asks somebody else to agree.
        self.asker: Asker | None = None
        # What changes sides for a left hand, where it is not the layout of the screen itself.
        self.columns: QLayout | None = None
        # An action group disables its actions without forgetting which of them were enabled.
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._group.setEnabled(False)

    # What the shell shows for the screen.

    @property
    def title(self) -> str:
        """The name in the top bar."""
        return ""

    @property
    def context(self) -> str:
        """What the screen is about at the moment, beside the title: a receipt number, a customer."""
        return ""

    @property
    def key_bar(self) -> list[QAction]:
        """The actions the key bar shows, in order."""
        return list(self._key_actions)

    @property
    def primary(self) -> QAction | None:
        """What F12 does here."""
        return self._primary

    # For subclasses.

    def add_key(
        self,
        name: str,
        keys: str | Sequence[str],
        trigger: Callable[[], object],
        *,
        in_key_bar: bool = True,
        primary: bool = False,
    ) -> QAction:
        """An action of this screen, named `screen.keys.name`. The first key is the one that is printed.

        Its words are set by `retranslate`. The primary action is F12, whatever further keys are given.
        """
        made = QAction(self)
        made.setObjectName(f"{self.name}.keys.{name}")
        wanted = [keys] if isinstance(keys, str) else list(keys)
        if primary:
            wanted = [PRIMARY_KEY, *(key for key in wanted if key != PRIMARY_KEY)]
            self._primary = made
        made.setShortcuts([QKeySequence(key) for key in wanted if key])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setAutoRepeat(False)
        made.triggered.connect(lambda _checked=False: trigger())
        self._group.addAction(made)
        self.addAction(made)
        if in_key_bar:
            self._key_actions.append(made)
        return made

    def sort_keys(self) -> None:
        """The key bar in the order of the keyboard: F keys by number, then the others as they were made."""

        def place(action: QAction) -> int:
            key = action.shortcut().toString().removeprefix("F")
            return int(key) if key.isdigit() else 99

        self._key_actions.sort(key=place)

    def set_entry(self, widget: QWidget) -> None:
        """The field that gets typed digits and letters wherever the focus is, and the focus when nothing needs it."""
        self._entry = widget

    def focus_entry(self) -> None:
        """Bring the focus back to the entry; called after every action. Under an overlay the focus is the overlay's."""
        if self._entry is not None and self.isVisible() and self._group.isEnabled():
            self._entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def name_child(self, widget: QWidget, area: str, control: str) -> None:
        """Give a widget its object name, which tests and screen readers' tools find it by."""
        widget.setObjectName(f"{self.name}.{area}.{control}")

    def retranslate(self) -> None:
        """Say every word anew from `self.words`; called once when shown first and at every change of language."""

    def apply_theme(self) -> None:
        """Renew what was made from the theme's colours and does not paint itself; called after a change of theme."""

    def enter(self) -> None:
        """The screen is about to be worked on; bring what it shows up to date."""

    def leave(self) -> None:
        """The screen is left for another."""

    @property
    def unsaved(self) -> bool:
        """Whether something was typed here that leaving would lose."""
        return False

    def take_scan(self, code: str) -> bool:
        """A scan while this screen shows; False where it is no concern of the screen and goes to the sale."""
        del code
        return False

    def take_badge(self, badge: str) -> bool:
        """A badge while this screen shows; False where it signs in whose it is. It is a secret: never show it."""
        del badge
        return False

    # What the shell and Qt call.

    def set_words(self, words: Speech) -> None:
        """Change the language, now."""
        self.words = words
        self.retranslate()

    def set_covered(self, covered: bool) -> None:
        """Something lies over the screen, or no longer: until it is gone every key is that overlay's.

        It stays so while the window is put away and brought back, which shows the screen anew under the overlay.
        """
        self._is_covered = covered
        self._wake_or_sleep()

    def _wake_or_sleep(self) -> None:
        self._group.setEnabled(self._is_shown and not self._is_covered)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_shown = True
        self._wake_or_sleep()
        self.focus_entry()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_shown = False
        self._wake_or_sleep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.apply_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A character no focused widget wanted belongs to the entry."""
        entry = self._entry.focusProxy() or self._entry if self._entry is not None else None
        if entry is None or entry.hasFocus() or not entry_text(event) or self._giving:
            super().keyPressEvent(event)
            return
        self.focus_entry()
        # What the entry does not want either comes back up to here: once is enough.
        self._giving = True
        try:
            QApplication.sendEvent(entry, event)
        finally:
            self._giving = False
