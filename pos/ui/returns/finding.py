"""Finding a purchase on the Returns screen: what was shown, what a search found, and which of it is opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.services.purchases import Found, PurchaseFound
from pos.ui.returns.draft import ReturnDraft
from pos.ui.returns.finder import SHOWN, look
from pos.ui.returns.rows import found_row
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow
from pos.ui.shared.two_columns import TwoColumns
from pos.workstation import Workstation


class Finding(QObject):
    """The purchases found in the list of `screen`; `empty` is what is said where there is none.

    Signals: opened(object) the ReturnDraft of the purchase that was opened.
    """

    opened = Signal(object)

    def __init__(self, screen: TwoColumns, workstation: Workstation, empty: EmptyState) -> None:
        super().__init__(screen)
        self._screen, self._workstation, self._empty = screen, workstation, empty
        self._method = ""
        self.found: dict[str, PurchaseFound] = {}

    def enter(self, method: str, typed: str) -> None:
        """What was typed, by the way of finding that is chosen."""
        if method in SHOWN:
            self._search(method, typed)
        else:
            self.open_shown(typed)

    def open_shown(self, shown: str) -> None:
        """The purchase this receipt, barcode or number leads to; or why there is none."""
        self._screen.banner.hide()
        self._open(self._screen.attempt(lambda: self._workstation.purchases.find(shown)))

    def open_last(self) -> None:
        """The last sale of this workstation."""
        self._screen.banner.hide()
        self._open(self._screen.attempt(self._workstation.purchases.last))

    def open_row(self, purchase_id: str) -> None:
        """One of the purchases that were found."""
        purchase = self._screen.attempt(lambda: self._workstation.purchases.get(purchase_id))
        if purchase is not None:
            self.opened.emit(ReturnDraft(purchase, SHOWN[self._method]))

    def forget(self) -> None:
        """Nothing was found yet."""
        self.found = {}

    def rows(self) -> list[ListRow]:
        """What was found, as the list shows it."""
        return [found_row(one, self._screen.words) for one in self.found.values()]

    def _search(self, method: str, typed: str) -> None:
        found = self._screen.attempt(lambda: look(self._workstation, method, typed))
        if found is None:
            return
        self._method, words = method, self._screen.words
        self.found = {one.id: one for one in found}
        self._screen.list.found.show(self.rows())
        self._screen.show_list()
        self._screen.list.choose(next(iter(self.found), ""))
        if not found:
            self._empty.set_words(words.say("No purchase found"), words.say("Try another way to find it."))

    def _open(self, found: Found | None) -> None:
        if found is not None:
            self.opened.emit(ReturnDraft(found.purchase, found.shown_by))
