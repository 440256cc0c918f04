"""The scan router: above all widgets, it takes a scanner's keys out of the stream before any of them sees one.

A scanner that acts as a keyboard sends its keys faster than people type. A burst of characters with short gaps,
ended by Enter or Tab, is a scan: it is announced, and none of its keys reaches a widget or a shortcut, so it presses no
button and glues to nothing typed. Everything else is replayed as typing, in order, to the widget it was meant for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from time import monotonic_ns
from typing import Literal

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputDevice, QInputEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.frozen import dataclass
from pos.ui.double_press import KeyMoment
from pos.ui.shared.key_codes import copy_of, native_code, us_text

Reading = Literal["auto", "keys", "text"]
_Mark = tuple[int, int, bool]

GAP_BOUNDS = (15, 80)
SAME_CODE_MILLISECONDS = 150
_SETTLE_MILLISECONDS = 5
# No keyboard repeats a key that is held as fast as this.
_SAME_KEY_MILLISECONDS = 20
_HELD_MAX = 2
# This many keys at a scanner's pace are a scan under way; a touch then does not cut it in two.
_LIKELY_SCAN = 3
_BRACKET_RIGHT = 27
_GROUP_SEPARATOR = "\x1d"

_KEYS = frozenset((QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride))
_TOUCHES = frozenset((QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin))
_WATCHED = _KEYS | _TOUCHES | {QEvent.Type.InputMethod}
_CLASSES = (QInputEvent, QInputMethodEvent)
_ENDS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab))
_PURE_MODIFIERS = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
    )
)
# With one of these held, Enter and Tab are a person's. Made once: Python makes such a set anew each time it is said.
_HELD_WITH = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)


def _now() -> int:
    return monotonic_ns() // 1_000_000


@dataclass(slots=True)
class _Stroke:
    """A character key of the pending burst."""

    key: int
    by_key: str
    by_text: str
    moment: KeyMoment
    held: bool = False


@dataclass(slots=True)
class _Pending:
    """Keys taken out of the stream and not yet decided on: their events in order, and for whom they were."""

    target: QObject
    focus: QWidget | None
    strokes: list[_Stroke] = field(default_factory=list)
    events: list[QKeyEvent] = field(default_factory=list)
    down: set[int] = field(default_factory=set)


class ScanRouter(QObject):
    """An event filter on the application; one lives as long as the program.

    Signals: scanned(str, str) the code as the scanner read it and its source, "wedge" or what `feed` was told;
    pressed(QWidget, bool) a widget is about to be touched or clicked, and whether by a finger.
    """

    scanned = Signal(str, str)
    pressed = Signal(object, bool)

    def __init__(
        self,
        app: QCoreApplication,
        *,
        gap_milliseconds_max: int = 35,
        replay_milliseconds: int = 80,
        length_min: int = 6,
        prefix: str = "",
        reading: Reading = "auto",
        clock: Callable[[], int] = _now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.set_gap(gap_milliseconds_max)
        self.prefix = prefix
        self.length_min = length_min
        self.reading: Reading = reading
        self._replay_milliseconds = replay_milliseconds
        self._clock = clock
        self._pending: _Pending | None = None
        self._swallowed: set[int] = set()
        self._replayed: _Mark | None = None
        self._last: tuple[str, KeyMoment] | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._quiet)
        self._settling = False
        # Whether a key is one press too many, which nobody is to see.
        self.doubled: Callable[[QKeyEvent, KeyMoment], bool] = lambda _event, _moment: False
        self._touched = clock()
        self._app = app
        app.installEventFilter(self)

    def set_gap(self, milliseconds: int) -> None:
        """The longest pause inside a scan, kept between 15 and 80 ms."""
        low, high = GAP_BOUNDS
        self.gap_milliseconds_max = min(max(milliseconds, low), high)

    @property
    def quiet_milliseconds(self) -> int:
        """How long nobody has typed, touched or scanned anything."""
        return self._clock() - self._touched

    def feed(self, code: str, source: str) -> None:
        """A code from a scanner that is no keyboard (serial, HID). Each one counts."""
        self.replay()
        self._touched = self._clock()
        if code.strip():
            self.scanned.emit(code.strip(), source)

    def replay(self) -> None:
        """Give what is pending to the widget it was typed into, as typing, now."""
        pending, self._pending = self._pending, None
        self._timer.stop()
        if pending is not None:
            # A key still down will bring its own release; it may pass.
            self._swallowed -= pending.down
            self._send(pending.events, pending)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Look at no event meanwhile: a new screen, colours or a line rung up send many, and none of them is typed."""
        self._app.removeEventFilter(self)
        try:
            yield
        finally:
            self._app.installEventFilter(self)

    # The stream of events.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Asked for every event of the program, thousands while a screen is built: its class tells sooner than its type.
        if not isinstance(event, _CLASSES) or (kind := event.type()) not in _WATCHED:
            return False
        self._touched = self._clock()
        if isinstance(event, QKeyEvent):
            return self._key(watched, event, kind)
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and isinstance(event, QMouseEvent):
            finger = event.deviceType() == QInputDevice.DeviceType.TouchScreen
            self.pressed.emit(watched, finger)
        if self._pending is not None and (kind == QEvent.Type.InputMethod or len(self._pending.strokes) < _LIKELY_SCAN):
            self.replay()
        return False

    def _key(self, watched: QObject, event: QKeyEvent, kind: QEvent.Type) -> bool:
        """Whether the event is kept from everyone."""
        if self._replayed is not None and _mark(event) == self._replayed:
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._release(event)
        moment = self._moment(event)
        if self.doubled(event, moment):
            event.accept()
            return True
        return (
            self._override(event, moment)
            if kind == QEvent.Type.ShortcutOverride
            else self._press(watched, event, moment)
        )

    def _override(self, event: QKeyEvent, moment: KeyMoment) -> bool:
        """Keep keys that may belong to a scan from being shortcuts; any other key sends the pending ones ahead."""
        if self._character(event, moment) is not None or self._ends_scan(event, moment):
            event.accept()
            return True
        if event.key() not in _PURE_MODIFIERS:
            self.replay()
        return False

    def _press(self, watched: QObject, event: QKeyEvent, moment: KeyMoment) -> bool:
        if self._ends_scan(event, moment):
            self._swallowed.add(_identity(event))
            self._finish(moment)
            return True
        stroke = self._character(event, moment)
        if stroke is None:
            if event.key() not in _PURE_MODIFIERS:
                self.replay()
                self._swallowed.discard(_identity(event))
            return False
        self._append(watched, event, stroke)
        return True

    def _release(self, event: QKeyEvent) -> bool:
        identity = _identity(event)
        held = event.isAutoRepeat() and not self._same_key(event, self._moment(event))
        if held or identity not in self._swallowed:
            return False
        self._swallowed.discard(identity)
        if self._pending is not None and identity in self._pending.down:
            self._pending.down.discard(identity)
            self._pending.events.append(copy_of(event))
        return True

    # The burst.

    def _character(self, event: QKeyEvent, moment: KeyMoment) -> _Stroke | None:
        """The stroke a key press is, or None for a key that types nothing or repeats by itself."""
        if event.isAutoRepeat() and not self._same_key(event, moment):
            return None
        text, by_key = event.text(), us_text(event)
        if not by_key and self._continues(moment) and _is_group_separator(event):
            text = by_key = _GROUP_SEPARATOR
        if not by_key or (not text.isprintable() and text != _GROUP_SEPARATOR):
            return None
        return _Stroke(_identity(event), by_key, text, moment)

    def _same_key(self, event: QKeyEvent, moment: KeyMoment) -> bool:
        """Whether it is the key of the burst's last character, sooner than a key that is held repeats.

        A key let go and pressed again within a few milliseconds is taken for one that is held down, and both are marked
        as a repeat: the two zeros of a code from a scanner in a hurry.
        """
        if self._pending is None or not self._continues(moment):
            return False
        last = self._pending.strokes[-1]
        return last.key == _identity(event) and moment.since(last.moment) <= _SAME_KEY_MILLISECONDS

    def _append(self, watched: QObject, event: QKeyEvent, stroke: _Stroke) -> None:
        if not self._continues(stroke.moment):
            self.replay()
        if self._pending is None:
            self._pending = _Pending(watched, QApplication.focusWidget())
        for earlier in self._pending.strokes[-1:]:
            earlier.held = earlier.key in self._pending.down
        self._pending.strokes.append(stroke)
        self._pending.events.append(copy_of(event))
        self._pending.down.add(stroke.key)
        self._swallowed.add(stroke.key)
        self._settling = False
        self._timer.start(self._replay_milliseconds)

    def _continues(self, moment: KeyMoment) -> bool:
        """Whether a key at this moment still belongs to the pending burst."""
        if self._pending is None:
            return False
        announced = False
        if self.prefix:
            text = "".join(stroke.by_key for stroke in self._pending.strokes)
            announced = text.startswith(self.prefix) or self.prefix.startswith(text)
        limit = self._replay_milliseconds if announced else self.gap_milliseconds_max
        return 0 <= moment.since(self._pending.strokes[-1].moment) <= limit

    def _ends_scan(self, event: QKeyEvent, moment: KeyMoment) -> bool:
        """Whether this key ends a scan. Without enough characters at a scanner's pace it is somebody's Enter."""
        if self._pending is None or event.key() not in _ENDS or event.modifiers() & _HELD_WITH or event.isAutoRepeat():
            return False
        return self._enough(self._pending.strokes) and self._continues(moment)

    def _enough(self, strokes: list[_Stroke]) -> bool:
        """Whether so many characters are a scan; a few are one after the prefix."""
        if len(strokes) >= self.length_min:
            return True
        code = self._code(strokes) if self.prefix else ""
        return len(code) > len(self.prefix) and code.startswith(self.prefix)

    def _finish(self, moment: KeyMoment) -> None:
        """The burst is a scan: give back what a person typed right before it, then announce the code."""
        pending, self._pending = self._pending, None
        self._timer.stop()
        if pending is None:
            return
        held = self._held(pending.strokes)
        if held:
            typed = {stroke.key for stroke in pending.strokes[:held]}
            self._swallowed -= typed & pending.down
            # A held key goes down once before the scan's own keys; its release, if it came already, goes along.
            self._send(_events_of(pending.events, pending.strokes[:held]), pending)
        code = self._code(pending.strokes[held:]).removeprefix(self.prefix).strip()
        last, self._last = self._last, (code, moment)
        if last is not None and last[0] == code and 0 <= moment.since(last[1]) < SAME_CODE_MILLISECONDS:
            return
        with self.paused():
            self.scanned.emit(code, "wedge")
            # What it changed is seen before anything else that waits, the next key too.
            for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
                QCoreApplication.sendPostedEvents(None, kind)

    def _held(self, strokes: list[_Stroke]) -> int:
        """How many keys at the start a person still held down when the scanner began; it lets go of each key."""
        count = 0
        while count < len(strokes) and strokes[count].held:
            count += 1
        rest = strokes[count:]
        scanner_alone = len(rest) >= self.length_min and not any(stroke.held for stroke in rest)
        return count if count <= _HELD_MAX and scanner_alone else 0

    def _code(self, strokes: list[_Stroke]) -> str:
        """What the strokes spell. Scanners send the keys of a US layout, unless set up for this machine's own."""
        by_key = "".join([stroke.by_key for stroke in strokes])
        by_text = "".join([stroke.by_text for stroke in strokes])
        if self.reading == "text":
            return by_text
        if self.reading == "auto" and by_text != by_key and _digits_in(by_text) > _digits_in(by_key):
            return by_text
        return by_key

    def _moment(self, event: QInputEvent) -> KeyMoment:
        return KeyMoment(event.timestamp(), self._clock())

    # Replaying.

    def _quiet(self) -> None:
        """No key came for a while. A busy window may have more of them waiting, so they get one turn first."""
        if not self._settling:
            self._settling = True
            self._timer.start(_SETTLE_MILLISECONDS)
            return
        self.replay()

    def _send(self, events: list[QKeyEvent], pending: _Pending) -> None:
        """Deliver keys where they were typed, even if the focus has moved since."""
        before = self._replayed
        for event in events:
            # Known again by its mark, not by a flag: a replayed key may open a menu, and scans work in there too.
            # Qt asks about shortcuts once more on the way, so a character that no widget takes may still be one.
            self._replayed = _mark(event)
            target = _receiver(pending)
            if target is not None:
                QCoreApplication.sendEvent(target, event)
        self._replayed = before


def _receiver(pending: _Pending) -> QObject | None:
    """The window while the focus is where it was (it knows of popups and menus), else the widget that had it."""
    focus = pending.focus
    moved = focus is not None and focus is not QApplication.focusWidget()
    if focus is not None and moved and shiboken6.isValid(focus) and focus.isVisible() and focus.isEnabled():
        return focus
    if shiboken6.isValid(pending.target):
        return pending.target
    return QApplication.focusWidget()


def _events_of(events: list[QKeyEvent], strokes: list[_Stroke]) -> list[QKeyEvent]:
    """The events of these first strokes: each key's press, and its release where it is there."""
    picked: list[QKeyEvent] = []
    for stroke in strokes:
        mine = [event for event in events if _identity(event) == stroke.key]
        press = next(event for event in mine if event.type() == QEvent.Type.KeyPress)
        picked += [press, *[event for event in mine if event.type() == QEvent.Type.KeyRelease][:1]]
    return picked


def _mark(event: QKeyEvent) -> _Mark:
    """What tells one key event from another, but not its press from its release or from the question before it."""
    return (event.key(), event.timestamp(), event.isAutoRepeat())


def _identity(event: QKeyEvent) -> int:
    """One number for a physical key: the press and the release may carry different characters."""
    return event.nativeScanCode() or -int(event.key())


def _is_group_separator(event: QKeyEvent) -> bool:
    """Ctrl ] is how scanners type the separator of GS1 codes."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and (native_code(event) == _BRACKET_RIGHT or event.text() == _GROUP_SEPARATOR)


def _digits_in(text: str) -> int:
    return sum(character in "0123456789" for character in text)
