"""Finding a purchase on the Returns screen: what was shown, what a search found, and which of it is opened."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from pos.domain.card_reading import CardRead, UnreadWhy
from pos.domain.customer import Customer
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code, Refused
from pos.services.purchases import Found, PurchaseFound
from pos.services.returns import Outlook
from pos.ui.returns.card_at_terminal import CardAtTerminal
from pos.ui.returns.draft import ReturnDraft
from pos.ui.returns.finder import CARD, CUSTOMER, ITEM, SHOWN, Seen, Sought, look, of_customer
from pos.ui.returns.particulars import Particulars
from pos.ui.returns.purchase_pane import PurchasePane
from pos.ui.returns.rows import found_row, person_row
from pos.ui.returns.ways import Ways
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow
from pos.ui.shared.two_columns import TwoColumns
from pos.workstation import Workstation


class Finding(QObject):
    """The purchases found in the list of `screen`; `empty` is what is said where there is none. `ways`, `particulars`,
    and `looking` are its widgets, `card` asks the terminal. `shown` is the purchase looked at, with the `outlook` of
    all that is left of it.

    Signals: opened(object) the ReturnDraft of the purchase that was opened; looked() another one is looked at.
    """

    opened = Signal(object)
    looked = Signal()

    def __init__(self, screen: TwoColumns, workstation: Workstation, empty: EmptyState) -> None:
        super().__init__(screen)
        self._screen, self._workstation, self._empty = screen, workstation, empty
        self.ways, self.particulars = Ways(screen.name), Particulars(screen.name)
        self.looking = PurchasePane()
        self.card = CardAtTerminal(screen, workstation)
        self.card.read.connect(self._card_read)
        self._sought: Sought | None = None
        self._people: dict[str, Customer] = {}
        self.found: dict[str, PurchaseFound] = {}
        self.shown: Purchase | None = None
        self.outlook: Outlook | None = None

    @property
    def anything(self) -> bool:
        """Whether a search answered something."""
        return bool(self.found or self._people)

    @property
    def person(self) -> str | None:
        """Who is chosen, where people are chosen from; their purchases are listed by opening them."""
        chosen = self._people.get(self._screen.list.chosen)
        return None if chosen is None else chosen.name

    @property
    def today(self) -> date:
        """The day on the shop's clock."""
        desk = self._workstation.desk
        return desk.local(desk.now()).date()

    def enter(self, typed: str) -> None:
        """What was typed, by the way of finding that is chosen; the same once more opens what is chosen."""
        method = self.ways.choice
        self.card.stop()
        if method not in SHOWN:
            self.open_shown(typed)
            return
        known = self.particulars.read(self.today, self._workstation.desk.rules.currency)
        if known is None:
            return
        sought = Sought(method, typed, *known)
        if sought == self._sought and self.anything:
            self.open_chosen()
        else:
            self._search(sought)

    def ask_terminal(self) -> None:
        """The purchases of the card that the customer holds to the terminal, with what else is known of them."""
        if self.particulars.read(self.today, self._workstation.desk.rules.currency) is None:
            return
        self._screen.banner.hide()
        self.forget()
        self._show_rows()
        self.card.ask()

    def stop_card(self) -> bool:
        """Wait for no card any more, and say so; False where none is waited for."""
        stopped = self.card.stop()
        if stopped:
            self._screen.refuse(Refused(Code.CARD_NOT_READ, {"why": UnreadWhy.STOPPED.value}))
        return stopped

    def open_shown(self, shown: str) -> None:
        """The purchase this receipt, barcode or number leads to; or why there is none."""
        self._screen.banner.hide()
        self._open(self._screen.attempt(lambda: self._workstation.purchases.find(shown)))

    def open_last(self) -> None:
        """The last sale of this workstation."""
        self._screen.banner.hide()
        self._open(self._screen.attempt(self._workstation.purchases.last))

    def open_chosen(self) -> None:
        """The row that is chosen: a purchase opens, a person's purchases are listed."""
        chosen = self._screen.list.chosen
        if chosen in self._people:
            self.show_customer(chosen)
        elif self.shown is not None and self._sought is not None:
            self.opened.emit(ReturnDraft(self.shown, SHOWN[self._sought.method]))

    def show_customer(self, customer: str, typed: str = "") -> None:
        """What this customer bought; `typed` is the card that named them."""
        seen = self._screen.attempt(lambda: of_customer(self._workstation, customer))
        if seen is not None:
            self._show(Sought(CUSTOMER, typed) if typed or self._sought is None else self._sought, seen)

    def look_at(self, row_id: str) -> None:
        """Look at one of the purchases that were found, with what the policy says of all that is left of it."""
        self.shown = self.outlook = None
        if row_id in self.found and self._sought is not None:
            self.shown = self._screen.attempt(lambda: self._workstation.purchases.get(row_id))
            shown_by = SHOWN[self._sought.method]
            if self.shown is not None:
                self.outlook = self._screen.attempt(lambda: self._workstation.returns.outlook(row_id, shown_by))
        self.show_looked()
        self.looked.emit()

    def show_looked(self) -> None:
        """The purchase that is looked at, in words."""
        words = self._screen.words
        if self.person is not None:
            self.looking.show_nothing(words.say("{name} is chosen. What they bought is listed next.", name=self.person))
        elif self.shown is None:
            self.looking.show_nothing(words.say("Nothing is chosen yet."))
        else:
            self.looking.show_purchase(self.shown, self.outlook, words)

    def choose_way(self, method: str) -> None:
        """Another way of finding, with nothing typed yet."""
        self.ways.choose(method)
        self.particulars.retranslate(self._screen.words, method)
        self.particulars.begin(method, self.today)

    def retranslate(self) -> None:
        self.ways.retranslate(self._screen.words)
        self.particulars.retranslate(self._screen.words, self.ways.choice)

    def show(self, *, open_: bool) -> None:
        """Ways and what is looked at show while no purchase is open."""
        self.ways.setVisible(not open_)
        self.looking.setVisible(not open_)
        self.particulars.setVisible(not open_ and self.ways.choice in (CARD, ITEM))
        self.show_looked()

    @property
    def asked_for(self) -> str:
        """What the field waits for, by the way of finding."""
        say = self._screen.words.say
        return {
            CARD: say("Last four digits of the card"),
            CUSTOMER: say("Scan a card, or type a name"),
            ITEM: say("Scan the item, or type it"),
        }.get(self.ways.choice, say("Scan the receipt, or type it"))

    def forget(self) -> None:
        """Nothing was found yet, and no card is waited for."""
        self.card.stop()
        self.found, self._people, self._sought = {}, {}, None
        self.shown = self.outlook = None

    def say_empty(self) -> None:
        """What stands in the place of a list that is empty."""
        say = self._screen.words.say
        if self.card.waiting:
            told = say("Ask the customer to tap, insert or swipe the card they paid with. Nothing is charged.")
            self._empty.set_words(say("The terminal waits for the card"), told)
        else:
            told = {
                CARD: say("Have the terminal read the card, or type its last four digits as the receipt shows them."),
                CUSTOMER: say("Scan the customer's card, or type a name, a phone number or an e-mail address."),
                ITEM: say("Scan the goods, or type their name or number, and say when they were bought."),
            }.get(self.ways.choice, say("Scan the receipt's barcode: its lines open at once."))
            self._empty.set_words(say("Find the purchase"), told)

    def rows(self) -> list[ListRow]:
        """What was found, as the list shows it."""
        words = self._screen.words
        people = [person_row(one) for one in self._people.values()]
        return people + [found_row(one, self.today, words) for one in self.found.values()]

    def _card_read(self, card: CardRead) -> None:
        words = self._screen.words
        known = self.particulars.read(self.today, self._workstation.desk.rules.currency)
        if known is None:
            return
        shown = " ".join(filter(None, (card.brand.upper(), f"··{card.masked[-4:]}" if card.masked else "")))
        if not self._search(Sought(CARD, shown, *known, token=card.token)):
            return
        if self.anything:
            self._screen.tell_done(words.say("Bought with {card}, as the terminal read it.", card=shown))
        else:
            told = words.say("Nothing is known that was bought with {card}. Try another way to find it.", card=shown)
            self._empty.set_words(words.say("No purchase found"), told)

    def _search(self, sought: Sought) -> bool:
        """Whether it could be looked for; why not is said."""
        seen = self._screen.attempt(lambda: look(self._workstation, sought))
        if seen is None:
            self.forget()
            self.show_looked()
            self.looked.emit()
            return False
        self._show(sought, seen)
        return True

    def _show(self, sought: Sought, seen: Seen) -> None:
        self._sought, words = sought, self._screen.words
        self.found = {one.id: one for one in seen.purchases}
        self._people = {one.id: one for one in seen.people}
        self._show_rows()
        self._screen.list.choose("")
        if not self.anything:
            self._empty.set_words(words.say("No purchase found"), words.say("Try another way to find it."))
        self.look_at(self._screen.list.chosen)

    def _show_rows(self) -> None:
        self._screen.list.found.show(self.rows())
        self._screen.show_list()

    def _open(self, found: Found | None) -> None:
        if found is not None:
            self.opened.emit(ReturnDraft(found.purchase, found.shown_by))
