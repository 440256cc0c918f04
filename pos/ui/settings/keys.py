"""The page of the keys: every action whose key can be another one, and a press that sets it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.ui.key_map import KeyMap
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import Banner, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation

KEYS = "keys"
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class KeyCatcher(QWidget):
    """While it has the focus, the next key pressed is announced and does nothing else.

    Signals: caught(str) the key as text; left() nothing was chosen.
    """

    caught = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setObjectName("settings.keys.catcher")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # The key is meant for here, not for the action that has it now.
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _press(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or event.key() in _ALONE:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self.caught.emit(QKeySequence(int(event.key()) | modifiers.value).toString())


class KeysPage(QWidget):
    """Choosing an action waits for its new key. What was pressed holds at once and is written into `kassa.toml`."""

    def __init__(self, words: Wording, workstation: Workstation, keys: KeyMap, banner: Banner) -> None:
        super().__init__()
        self._words = words
        self._workstation = workstation
        self._keys = keys
        self._banner = banner
        self._actions: dict[str, QAction] = {}
        self._chosen = ""
        self.buttons: dict[str, ActionButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._build_head())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_ground(scroll.viewport(), "none")
        inside = QWidget()
        set_ground(inside, "none")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)

    def _build_head(self) -> Card:
        card = Card("plain", padding=14, spacing=8)
        self.catcher = KeyCatcher()
        self.catcher.caught.connect(self.press)
        self.catcher.left.connect(lambda: self.choose(""))
        inside = QVBoxLayout(self.catcher)
        inside.setContentsMargins(0, 0, 0, 0)
        self._asks = Label("", 18, 600, wrap=True)
        self._asks.setMinimumHeight(48)
        inside.addWidget(self._asks)
        card.column.addWidget(self.catcher)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back_button = ActionButton("", "undo", height=48)
        self.back_button.setObjectName("settings.keys.back")
        # By touch and pointer alone: the keyboard waits for the new key meanwhile.
        self.back_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back_button.clicked.connect(lambda: self.back([self._actions[self._chosen]]))
        self.all_button = ActionButton("", "undo", kind="ghost", height=48)
        self.all_button.setObjectName("settings.keys.all_back")
        self.all_button.clicked.connect(lambda: self.back(self._actions.values()))
        row.addWidget(self.back_button, 1)
        row.addWidget(self.all_button, 1)
        card.column.addLayout(row)
        return card

    def set_words(self, words: Wording) -> None:
        self._words = words
        self.back_button.set_text(words.say("Back to default"))
        self.all_button.set_text(words.say("All keys back to default"))
        self._show_chosen()

    def load(self) -> None:
        """Every key there is, anew; nothing is chosen."""
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        self._chosen = ""
        self._actions = {action.objectName(): action for action in self._keys.all()}
        for name, action in self._actions.items():
            button = ActionButton(action.text(), align="left", height=56, detail=self._where(action))
            button.set_checked_kind("soft")
            button.setObjectName(f"settings.keys.{name}")
            button.clicked.connect(partial(self._clicked, name))
            self.buttons[name] = button
            self._list.addWidget(button)
        self._list.addStretch(1)
        self._show_keys()
        self._show_chosen()

    def choose(self, name: str) -> None:
        """Wait for this action's new key; "" for none."""
        self._chosen = name
        self._show_chosen()
        if name:
            self.catcher.setFocus()

    def press(self, key: str) -> None:
        """The chosen action has this key from now on, unless it is refused."""
        action = self._actions.get(self._chosen)
        if action is None:
            return
        before = self._keys.chosen.get(self._chosen)
        refused = self._keys.change(action, key, self._keys.beside(action))
        if refused is not None:
            self._refuse(refused)
        elif not self._write():
            self._keys.restore([action])
            if before is not None:
                self._keys.change(action, before, ())
        self._show_keys()
        self._show_chosen()

    def back(self, actions: Iterable[QAction]) -> None:
        """These actions have the keys they were built with again."""
        self._keys.restore(actions)
        self._write()
        self._show_keys()
        self._show_chosen()

    def _write(self) -> bool:
        try:
            answer = self._workstation.machine_settings.change({"keys": self._keys.text})
        except KnownError as error:
            self._banner.show_message(self._words.trouble(error), "", "bad")
            return False
        if isinstance(answer, Refused):
            self._refuse(answer)
            return False
        self._banner.show_message(self._words.say("Saved."), "", "ok")
        return True

    def _refuse(self, refused: Refused) -> None:
        if refused.code is Code.KEY_TAKEN and (other := self._actions.get(str(refused.facts["action"]))) is not None:
            refused = Refused(refused.code, {**refused.facts, "action": other.text()})
        self._banner.show_message(self._words.refusal(refused), "", "warn")

    def _show_keys(self) -> None:
        for name, button in self.buttons.items():
            key = self._actions[name].shortcut().toString().replace("+", " ")
            button.set_key(key or "–")
            said = f"{self._actions[name].text()}, {self._where(self._actions[name])}"
            button.setAccessibleName(f"{said}, {key}" if key else said)
        self.all_button.setEnabled(bool(self._keys.chosen))

    def _show_chosen(self) -> None:
        say = self._words.say
        action = self._actions.get(self._chosen)
        if action is None:
            self._asks.setText(say("Choose an action, then press its new key."))
        else:
            self._asks.setText(say("Press the new key for “{action}”. Esc leaves it as it is.", action=action.text()))
        self.catcher.setAccessibleName(self._asks.text())
        self.back_button.setEnabled(self._chosen in self._keys.chosen)
        for name, button in self.buttons.items():
            button.setChecked(name == self._chosen)

    def _where(self, action: QAction) -> str:
        screen = action.parent()
        return screen.title if isinstance(screen, Screen) else self._words.say("Everywhere")

    def _clicked(self, name: str, _checked: bool = False) -> None:
        self.choose(name)
