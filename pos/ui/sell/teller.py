"""Asks the services of the sale and says their no: in the banner, with a sound, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.approval import NeedsApproval
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Needs
from pos.domain.trouble import KnownError
from pos.services.sale import SaleView
from pos.ui.shared.notices import Banner
from pos.ui.shared.sounds import Sound, Sounds
from pos.wording import Wording

_UNREADABLE = (Code.ITEM_UNKNOWN, Code.CODE_UNREADABLE)
Answer = SaleView | Refused | None


class Teller(QObject):
    """Signals: changed(object) the SaleView a service answered with; done(str, object, str) as a `Screen`'s;
    approval_wanted(object) a NeedsApproval: somebody else has to agree first.
    """

    changed = Signal(object)
    done = Signal(str, object, str)
    approval_wanted = Signal(object)

    def __init__(self, banner: Banner, sounds: Sounds, words: Wording) -> None:
        super().__init__(banner)
        self.banner = banner
        self.words = words
        self._sounds = sounds

    def ask(self, call: Callable[[], Answer], questions: Callable[[Needs], None] | None = None) -> SaleView | None:
        """What a service answers; a no, or trouble, is said in place. `questions` takes what an item wants to know."""
        try:
            answer = call()
        except KnownError as error:
            self.say_no(self.words.trouble(error), Sound.ATTENTION)
            return None
        if isinstance(answer, Needs) and questions is not None:
            self.banner.hide()
            self._sounds.play(Sound.ATTENTION)
            questions(answer)
            return None
        if isinstance(answer, NeedsApproval):
            self.banner.hide()
            self._sounds.play(Sound.ATTENTION)
            self.approval_wanted.emit(answer)
            return None
        if isinstance(answer, Refused):
            self.refuse(answer)
            return None
        if answer is None:
            return None
        self.banner.hide()
        self.changed.emit(answer)
        return answer

    def refuse(self, refused: Refused) -> None:
        sound = Sound.UNKNOWN_CODE if refused.code in _UNREADABLE else Sound.ATTENTION
        self.say_no(self.words.refusal(refused), sound)
        self.banner.action.setVisible(refused.code is Code.TENDERS_TAKEN)

    def say_no(self, sentence: str, sound: Sound = Sound.ATTENTION) -> None:
        self.banner.action.hide()
        self.banner.show_message(sentence, "", "bad")
        self._sounds.play(sound)

    def tell(self, title: str, detail: str = "") -> None:
        """What was done, where nothing else shows it."""
        self.banner.action.hide()
        self.banner.show_message(title, detail, "ok")

    def tell_done(self, line: str, undo: Callable[[], object] | None = None, key: str = "") -> None:
        """What was done, for a few seconds, with the way to take it back."""
        self.banner.hide()
        self.done.emit(line, undo, key)

    def warn(self, title: str, detail: str = "") -> None:
        """Something to know that stopped nothing."""
        self.banner.action.hide()
        self.banner.show_message(title, detail, "warn")
        self._sounds.play(Sound.ATTENTION)

    def approved(self, title: str) -> None:
        """Somebody agreed, and it is done."""
        self._sounds.play(Sound.APPROVED)
        self.tell(title)

    def rung_up(self) -> None:
        """The sound of an item that is in the sale."""
        self._sounds.play(Sound.SCAN_OK)
