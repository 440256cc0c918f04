"""Short sounds for what the eyes may miss, computed when first played. Never the only sign of anything.

QtMultimedia is imported with the first sound, and a machine without it, or without a device, stays silent.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTemporaryDir, Slot
from PySide6.QtGui import QGuiApplication

from pos.late_rooms import open_room

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

_RATE = 44_100
_FADE_SECONDS = 0.004
# Nobody is there to hear, and looking for a loudspeaker there makes Qt complain.
_HEADLESS = ("offscreen", "minimal", "vnc")


class Sound(Enum):
    """What is heard: a list of (hertz, milliseconds); 0 Hz is a pause."""

    SCAN_OK = ((2000, 40),)
    UNKNOWN_CODE = ((400, 120), (0, 60), (400, 120))
    ATTENTION = ((800, 150),)
    APPROVED = ((660, 110), (990, 160))
    DECLINED = ((660, 140), (440, 200))
    TICK = ((1000, 12),)


def wav(sound: Sound, *, octave: int = 0) -> bytes:
    """A sound as a WAV file, mono, 16 bit; `octave` -1 is how it is heard in training."""
    samples: list[int] = []
    for hertz, milliseconds in sound.value:
        count = _RATE * milliseconds // 1000
        fade = _RATE * _FADE_SECONDS
        step = math.tau * hertz * 2.0**octave / _RATE
        # Without the fades the speaker clicks at both ends.
        samples += [round(20_000 * math.sin(step * n) * min(1.0, n / fade, (count - n) / fade)) for n in range(count)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


class Sounds(QObject):
    """Plays sounds without ever waiting for one."""

    def __init__(
        self, *, octave: int = 0, volume: float = 0.8, enabled: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.volume = volume
        self.enabled = enabled
        self._octave = octave
        self._effects: dict[Sound, QSoundEffect] = {}
        self._folder: QTemporaryDir | None = None
        self._silent = False

    @property
    def is_silent(self) -> bool:
        """Whether this machine cannot be heard, as far as a sound was tried."""
        return self._silent

    def play(self, sound: Sound) -> None:
        if not self.enabled or self._silent or self.volume <= 0:
            return
        effect = self._effects.get(sound) or self._load(sound)
        if effect is not None:
            effect.setVolume(self.volume)
            effect.play()

    # A slot by declaration: a timer that outlives its window calls a method Qt only knows by index.
    @Slot()
    def prepare(self) -> None:
        """Load every sound in an idle moment, so that the first scan does not wait for it."""
        if self.enabled and not self._silent:
            for sound in Sound:
                if sound not in self._effects:
                    self._load(sound)

    def _load(self, sound: Sound) -> QSoundEffect | None:
        if self._silent or QGuiApplication.platformName() in _HEADLESS:
            self._silent = True
            return None
        try:
            # The first window must not wait for it, and on some machines it cannot be loaded at all.
            media = open_room("PySide6.QtMultimedia")
        except ImportError:
            self._silent = True
            return None
        if media.QMediaDevices.defaultAudioOutput().isNull():
            self._silent = True
            return None
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.path()) / f"{sound.name.lower()}.wav"
        path.write_bytes(wav(sound, octave=self._octave))
        effect: QSoundEffect = media.QSoundEffect(self)
        effect.setSource(QtCore.QUrl.fromLocalFile(str(path)))
        self._effects[sound] = effect
        return effect
