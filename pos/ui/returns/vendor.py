"""Whom goods go back to, and their number for it: asked at the papers where a slip to a vendor is among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from pos.domain.frozen import dataclass
from pos.domain.return_pack import PackPaper
from pos.services.pack_issuing import PackChoice
from pos.services.return_pack import PackItem
from pos.ui.returns.asking_card import AskingCard
from pos.ui.shared.form import FormField
from pos.ui.shared.screen import Screen
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class VendorSaid:
    """What was typed for one slip; empty is written by hand."""

    vendor: str = ""
    ra: str = ""

    @property
    def shown(self) -> str:
        """Both, as a tile shows them."""
        return " · ".join(filter(None, (self.vendor, self.ra)))


class VendorPanel(AskingCard):
    """Signals: said() what stands there is to stand on the slip."""

    said = Signal()

    def __init__(self, screen: str) -> None:
        super().__init__(screen, "vendor", "local_shipping")
        self.vendor = self.add(FormField(f"{screen}.vendor.name", QLineEdit()), 1)
        self.ra = self.add(FormField(f"{screen}.vendor.ra", QLineEdit()), 1)

    def retranslate(self, words: Wording) -> None:
        super().retranslate(words)
        self.vendor.set_words(words.say("Vendor"))
        self.ra.set_words(words.say("RA number"), words.say("The vendor’s number for this return"))
        self.take_button.set_text(words.say("Put it on the slip"))

    @property
    def typed(self) -> VendorSaid:
        """What stands there."""
        return VendorSaid(self.vendor.text, self.ra.text)

    def begin(self, said: VendorSaid) -> None:
        """Ask for it now; this stands there."""
        self.vendor.set_text(said.vendor)
        self.ra.set_text(said.ra)
        self.show()

    def take(self) -> None:
        self.said.emit()


class VendorAsked(QObject):
    """The key that asks, there while the pack has a slip to a vendor, and what was typed for each slip.

    Signals: turned() the panel comes or goes; said(str) the slip of this key says something else now; looked(int) the
    paper of this place is asked about.
    """

    turned = Signal()
    said = Signal(str)
    looked = Signal(int)

    def __init__(self, screen: Screen, at: Callable[[], int]) -> None:
        """`at` is the place of the paper that is looked at."""
        super().__init__(screen)
        self._screen, self._at = screen, at
        self._typed: dict[str, VendorSaid] = {}
        self._slips: dict[str, int] = {}
        self._about = ""
        self.panel = VendorPanel(screen.name)
        self.panel.said.connect(self._take)
        self.panel.closed.connect(self._closed)
        self.key = screen.add_key("vendor", "Alt+V", self.begin)

    @property
    def asking(self) -> bool:
        """Whether the panel stands there."""
        return self.panel.open

    def retranslate(self, words: Wording) -> None:
        self.key.setText(words.say("Vendor"))
        self.panel.retranslate(words)

    def forget(self) -> None:
        """The papers of another return: nothing of an earlier one may stand on its slips."""
        self._typed.clear()
        self._about = ""
        self.panel.hide()

    def follow(self, items: Sequence[PackItem]) -> None:
        """These are the papers."""
        self._slips = {item.key: at for at, item in enumerate(items) if item.paper is PackPaper.VENDOR_RETURN}
        self.key.setVisible(bool(self._slips))
        self.key.setEnabled(bool(self._slips))

    def rest(self, *, resting: bool) -> None:
        """Nothing is asked while something else stands in its place."""
        self.key.setEnabled(bool(self._slips) and not resting)

    def shown(self, key: str) -> str:
        """What was typed for this paper, in one line."""
        return self._typed.get(key, VendorSaid()).shown

    def choice(self, key: str, *, copy: bool) -> PackChoice:
        """This paper with what was typed for it."""
        said = self._typed.get(key, VendorSaid())
        return PackChoice(key, said.vendor, said.ra, copy)

    def choices(self) -> tuple[PackChoice, ...]:
        """Every slip that something was typed for."""
        return tuple(self.choice(key, copy=True) for key in self._typed)

    def begin(self) -> None:
        """Ask about the slip that is looked at, or the first; asked again, about the next. What was typed last stands
        there until something else is.
        """
        keys = list(self._slips)
        if not keys:
            return
        if self.asking:
            self._typed[self._about] = self.panel.typed
            self._about = keys[(keys.index(self._about) + 1) % len(keys)]
        else:
            self._about = next((key for key, at in self._slips.items() if at == self._at()), keys[0])
        last = next(reversed(self._typed.values()), VendorSaid())
        self.looked.emit(self._slips[self._about])
        self.panel.begin(self._typed.get(self._about, last))
        self._screen.set_entry(self.panel.vendor.editor)
        self.panel.vendor.setFocus()
        self.turned.emit()

    def put_away(self) -> bool:
        """Whether the panel stood there and was left."""
        if not self.asking:
            return False
        self.panel.leave()
        return True

    def _take(self) -> None:
        self._typed[self._about] = self.panel.typed
        self.panel.leave()
        self.said.emit(self._about)

    def _closed(self) -> None:
        self._screen.set_entry(self._screen)
        self._screen.focus_entry()
        self.turned.emit()
