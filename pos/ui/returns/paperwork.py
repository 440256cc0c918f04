"""The last step of a return: its papers to be looked at, ticked, and printed with one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.pack_issuing import PackChoice
from pos.services.return_pack import PackItem
from pos.ui import mailing
from pos.ui.returns.on_screen import OnScreen
from pos.ui.returns.pack_tiles import PackTiles, TileWords
from pos.ui.returns.paper_names import detail_of, icon_of, title_of
from pos.ui.returns.paper_pages import PaperPages
from pos.ui.returns.paper_troubles import paper_trouble
from pos.ui.returns.paper_ways import MAIL, PRINTER, SHEETS, WAYS, print_words
from pos.ui.returns.rows import done_words, is_exchange, paid_where
from pos.ui.returns.step_bar import StepBar
from pos.ui.returns.vendor import VendorAsked
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import Banner
from pos.ui.shared.screen import Screen
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings
    from pos.wording import Wording

TILES_MAX = 9
_Answer = TypeVar("_Answer")


class PaperworkScreen(Screen):
    """`items` are the papers of the return, `ticked` the keys of those that are wanted, `way` how they come out."""

    words: Wording

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("return_papers", fittings.words)
        self._workstation, self._at_hand, self._sounds = fittings.workstation, fittings.pack, fittings.sounds
        self._settings, self._printing, self._devices = fittings.settings, fittings.printing, fittings.devices
        if self._devices is not None:
            self._devices.changed.connect(self._say_trouble)
        self.items: tuple[PackItem, ...] = ()
        self.ticked: set[str] = set()
        self.way = PRINTER
        # What is said once it is done.
        self._said = ""
        self._make_keys()
        self._fill()
        self.set_entry(self)
        self.retranslate()

    def _make_keys(self) -> None:
        self._finish = self.add_key("finish", "Esc", self._step_back)
        self._ticks = [
            self.add_key(f"tick{number}", f"Alt+{number}", partial(self.toggle, number - 1), in_key_bar=False)
            for number in range(1, TILES_MAX + 1)
        ]
        self._earlier = self.add_key("earlier", "Left", lambda: self.pages.turn(-1))
        self._later = self.add_key("later", "Right", lambda: self.pages.turn(1))
        self._ways: dict[str, QAction] = {
            way: self.add_key(way, key, partial(self.choose_way, way), in_key_bar=False)
            for way, (_, key) in WAYS.items()
        }
        self._again = self.add_key("again", "F5", self._print_again)
        self.on_screen = OnScreen(self, self._workstation)
        self.vendor = VendorAsked(self, lambda: self.pages.at)
        self._print = self.add_key("print", ["Return", "Enter", "F12"], self._go_on)

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 8)
        column.setSpacing(14)
        self.steps = StepBar()
        column.addWidget(self.steps)
        row = QHBoxLayout()
        row.setSpacing(16)
        column.addLayout(row, 1)
        self.pages = PaperPages(self, self._earlier, self._later)
        row.addWidget(self.pages, 398)
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(8)
        row.addWidget(right, 830)
        self.outcome, self.banner = Banner(), Banner(close_name=" ")
        self.notices = self.banner
        self._right.addWidget(self.outcome)
        self._right.addWidget(self.banner)
        self.tiles = PackTiles(self._ticks)
        self.tiles.looked.connect(self.pages.look_at)
        self.tiles.touched.connect(self.toggle)
        self._right.addWidget(self.tiles, 1)
        self._right.addWidget(self.on_screen.panel, 1)
        self._right.addWidget(self.vendor.panel)
        self.vendor.turned.connect(self._show)
        self.vendor.looked.connect(self.pages.look_at)
        self.vendor.said.connect(self._take_vendor)
        self.on_screen.turned.connect(self._show)
        self.on_screen.kept.connect(self._reload)
        self.on_screen.refused.connect(self._refuse)
        self.on_screen.trouble.connect(lambda error: self.banner.show_message(self.words.trouble(error), "", "bad"))
        self._fill_foot()
        self.columns = row

    def _fill_foot(self) -> None:
        self._where = Label("", 15, 600, tone="text2")
        self._right.addWidget(self._where)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        self.way_buttons: dict[str, ActionButton] = {}
        for way, (icon, _) in WAYS.items():
            button = ActionButton("", icon, align="left")
            button.set_checked_kind("selected")
            self.name_child(button, "where", way)
            button.follow(self._ways[way])
            self.way_buttons[way] = button
            ways.addWidget(button, 1)
        self._right.addLayout(ways)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.finish_button = ActionButton("", None, height=76, px=18)
        self.name_child(self.finish_button, "work", "finish")
        self.finish_button.follow(self._finish)
        self.print_button = ActionButton("", "print", kind="primary", height=76)
        self.name_child(self.print_button, "work", "print")
        self.print_button.follow(self._print)
        foot.addWidget(self.finish_button, 426)
        foot.addWidget(self.print_button, 392)
        self._right.addLayout(foot)

    # What the shell shows and says.

    @property
    def title(self) -> str:
        return self.words.say("Paperwork")

    @property
    def context(self) -> str:
        done, say = self._at_hand.done, self.words.say
        if done is None:
            return ""
        if is_exchange(done):
            return say("Exchange {number}", number=done.number)
        return say("Return {number}", number=done.number)

    def retranslate(self) -> None:
        say = self.words.say
        self.banner.close_button.set_name(say("Dismiss"))
        self.banner.hide()
        steps = (say("Find the purchase"), say("Lines and decision"), say("Refund or exchange"), say("Paperwork"))
        self.steps.show_steps(steps, 3, say("Step {number} of {count}: {step}", number=4, count=4, step=steps[3]))
        self.on_screen.retranslate(self)
        self.vendor.retranslate(self.words)
        self._earlier.setText(say("Paper before"))
        self._later.setText(say("Next paper"))
        self._again.setText(say("Print again"))
        self._ways[PRINTER].setText(say("Receipt printer"))
        self._ways[SHEETS].setText(say("A4 as PDF"))
        self._ways[MAIL].setText(say("Mail the PDF"))
        self._where.setText(say("Where"))
        self.pages.set_words(say("Paper before"), say("Next paper"), say("Nothing to print here yet"))
        for number, action in enumerate(self._ticks, 1):
            action.setText(say("Paper {number}", number=number))
        self._show()

    def enter(self) -> None:
        """The papers of the return that was just completed, or that was led to."""
        self.banner.hide()
        self._said = ""
        self.vendor.forget()
        self._load()
        # Of a return of before nothing is wanted that nobody asks for.
        self.ticked = {item.key for item in self.items if self._at_hand.open and item.ticked and not item.is_out}
        self.way = PRINTER if self._workstation.paperwork.has_printer else SHEETS
        self._say_trouble()
        self.pages.begin()
        self._show()

    def _reload(self) -> None:
        self.banner.hide()
        self._load()
        self._show()

    def _load(self) -> None:
        """What is known of the papers now."""
        done = self._at_hand.done
        found = () if done is None else self._workstation.return_packs.pack_of(done.id, self.vendor.choices())
        self.items = () if isinstance(found, Refused) else found
        if isinstance(found, Refused):
            self._refuse(found)
        self.on_screen.follow(self, done, self.items)
        self.vendor.follow(self.items)

    def leave(self) -> None:
        """Whoever goes elsewhere, by a scan or the rail, wants what is ticked."""
        if self._at_hand.open and not self._issue(self._wanted):
            # Nobody is signed in any more, or may not: then all that was queued comes out rather than none.
            self._let_go()

    def _take_vendor(self, key: str) -> None:
        """A slip that somebody wrote on is wanted."""
        self.ticked.add(key)
        self._reload()

    # Ticking, and where to.

    def toggle(self, at: int) -> None:
        """Tick the paper of this tile, or leave it out."""
        if 0 <= at < len(self.items):
            self.ticked ^= {self.items[at].key}
            self.pages.look_at(at)
            self._show()

    def choose_way(self, way: str) -> None:
        """Where the papers go."""
        self.way = way
        self._show()

    @property
    def _wanted(self) -> list[PackChoice]:
        """What is ticked; a copy of what was out when it was looked at, never of what came out meanwhile."""
        return [self.vendor.choice(item.key, copy=item.is_out) for item in self.items if item.key in self.ticked]

    # Ending the step.

    def _go_on(self) -> None:
        """The large key: what is being signed or typed is done, or the papers come out."""
        if self.on_screen.signing:
            self.on_screen.finish()
        elif self.vendor.asking:
            self.vendor.panel.take()
        else:
            self._print_all()

    def _step_back(self) -> None:
        if self.on_screen.signing:
            self.on_screen.leave()
        elif not self.vendor.put_away():
            self._end([])

    def _print_all(self) -> None:
        """What is ticked comes out: what waits as it is, what is out already as a copy."""
        wanted = self._wanted
        if self.way == PRINTER or not wanted:
            self._end(wanted)
        elif self._save(wanted):
            # They are out now, as a file; what was not ticked is not wanted.
            self._end([])

    def _end(self, wanted: list[PackChoice]) -> None:
        """Put these into the queue and go on, where that is not refused."""
        if not self._issue(wanted):
            return
        at_hand, say = self._at_hand, self.words.say
        done, then, receipt = at_hand.done, at_hand.then, at_hand.receipt
        at_hand.forget()
        if done is not None and not receipt:
            self._said = self._said or done_words(done, self.words)
        elif done is not None and wanted:
            self._said = say("The papers of return {number} are printed.", number=done.number)
        if self._said:
            self.done.emit(self._said, None, "")
        if receipt:
            self.receipt_wanted.emit(receipt)
        else:
            self.place_wanted.emit(then)

    def _issue(self, wanted: list[PackChoice]) -> bool:
        """Queue exactly these; False where it was refused, and nothing is changed."""
        done, packs = self._at_hand.done, self._workstation.return_packs
        if done is not None:
            # What waits since another time, or for another till's printer, is nobody's to drop here.
            ask = packs.print_chosen if self._at_hand.open else packs.print_again
            if self._attempt(lambda: ask(done.id, wanted)) is None:
                return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        self._at_hand.open = False
        self._workstation.paperwork.let_go()
        if self._printing is not None:
            self._printing.try_now()

    def _save(self, wanted: list[PackChoice]) -> bool:
        """The ticked papers as one file, in place of paper; said where it is, or why there is none."""
        done, folder = self._at_hand.done, self._settings.e_receipts
        if done is None:
            return True
        saved = self._attempt(lambda: self._workstation.return_packs.save_sheets(done.id, wanted, folder))
        if saved is None:
            return False
        number = done.number
        self._said = self.words.say("The papers of return {number} are saved: {file}", number=number, file=saved)
        if self.way == MAIL and not mailing.hand_to_mail(saved, self.words.say("Return {number}", number=number)):
            self._said = self.words.say("No mail program answers. The papers are saved: {file}", file=saved)
        return True

    def _print_again(self) -> None:
        """A copy of the paper that is looked at, at once; one that still waits comes out as the original."""
        done = self._at_hand.done
        if not self.items or done is None:
            return
        item = self.items[self.pages.at]
        if not item.is_out:
            self.banner.show_message(self.words.say("This paper still waits. Enter prints it."), "", "info")
            return
        again = [self.vendor.choice(item.key, copy=True)]
        issued = self._attempt(lambda: self._workstation.return_packs.print_again(done.id, again))
        if issued is not None:
            if self._printing is not None:
                self._printing.try_now()
            said = self.words.say("Printed again, marked COPY {number}.", number=issued[0].copy_number)
            self._reload()
            self.banner.show_message(said, "", "ok")

    def _attempt(self, ask: Callable[[], _Answer | Refused]) -> _Answer | None:
        """What a service answers; a no and a trouble are said, and answered as None."""
        try:
            answer = ask()
        except KnownError as error:
            self.banner.show_message(self.words.trouble(error), "", "bad")
            return None
        if isinstance(answer, Refused):
            self._refuse(answer)
            return None
        return answer

    def _refuse(self, refused: Refused) -> None:
        self._sounds.play(Sound.ATTENTION)
        self.banner.show_message(self.words.refusal(refused), "", "warn")

    # What is shown.

    def _say_trouble(self) -> None:
        """What keeps the papers from coming out as they should."""
        trouble = paper_trouble(self._workstation, self._devices, self.words)
        if trouble is not None:
            self.banner.show_message(*trouble, "warn")

    def _show(self) -> None:
        say, done, signing = self.words.say, self._at_hand.done, self.on_screen.signing
        busy = signing or self.vendor.asking
        self.vendor.rest(resting=signing)
        self.on_screen.rest(resting=self.vendor.asking)
        self.tiles.setVisible(not signing)
        self.on_screen.panel.setVisible(signing)
        self._finish.setText(say("Back to the papers") if busy else say("Finish without paper"))
        words, items = self.words, () if done is None else self.items
        tiles = [
            TileWords(
                icon_of(item),
                title_of(item, words),
                self.vendor.shown(item.key) or detail_of(item, done, words),
                item.key in self.ticked,
                say("ticked") if item.key in self.ticked else say("not ticked"),
            )
            for item in items
            if done is not None
        ]
        self.tiles.show_tiles(tiles, self.name)
        named = [(item.document, tile.title) for item, tile in zip(items, tiles, strict=True)]
        self.pages.show_sheets(named, lambda at, of: say("{at} of {count}", at=at, count=of))
        if done is None:
            self.outcome.hide()
        else:
            self.outcome.show_message(done_words(done, self.words), paid_where(done, self.words), "ok")
        old = bool(self._at_hand.receipt)
        self.steps.setVisible(not old)
        chosen = say("Chosen from the decisions, change it as you like")
        self.tiles.set_words(say("What to print"), say("What was printed becomes a copy") if old else chosen)
        for way, button in self.way_buttons.items():
            button.setChecked(way == self.way)
            there = self._possible(way) and not busy
            button.setVisible(there)
            self._ways[way].setVisible(there)
            self._ways[way].setEnabled(there)
        self._where.setVisible(not busy)
        for action in (self._earlier, self._later, self._again):
            action.setEnabled(bool(self.items) and not busy)
        self._print.setText(say("Done") if busy else print_words(self.way, len(self._wanted), self.words))
        self.print_button.set_icon("check" if busy else WAYS[self.way][0])
        self.frame_changed.emit()

    def _possible(self, way: str) -> bool:
        """Whether this till can do it: it has a printer, or hands files to the mail program."""
        if way == PRINTER:
            return self._workstation.paperwork.has_printer
        return way == SHEETS or bool(self._settings.e_receipt_mail)
