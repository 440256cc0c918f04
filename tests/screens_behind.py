"""What stands around a return looked at: who bought it, a claim, money that is owed, files of items and old sales."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.money import Quantity
from pos.domain.payment import CardKind
from pos.domain.refusal import Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.returns import CompletedReturn
from pos.services.sale import CompletedSale
from pos.ui.items.file_import import GOOD, FileImport
from pos.ui.journal.screen import JournalScreen
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.theme import ThemeName
from tests.corner_shop import pay_by_card, simulated
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, sold, wait_until
from tests.screens_returns import press

Shoot = Callable[[str], None]
_POLICY = """policy: 1
name: House rules
rules:
  - {id: R1, window: {days: 30}, override: none}
  - {id: R2, id_required: {}, for: {proof: none}, override: none}
"""
_ITEMS = """Name,Price,Barcode,Tax
Plum jam,4.50,9520000077771,standard
Honey,much,9520000077788,standard
"""
_SALES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
536365,85123A,White lantern,2,2026-11-20 08:26,3.39,17850
536365,PADS,Pads,1,2026-11-20 08:26,0.001,17850
536366,84406B,Cream cupid hearts coat hanger,4,2026-11-20 09:02,2.75,17850
C536379,D,Discount,-1,2026-11-20 09:41,27.50,14527
"""


def walk_behind(lane: Lane, shoot: Shoot, language: str, theme: ThemeName) -> None:
    """With a manager at the till of a Czech shop, who may do everything. The home has a simulated terminal."""
    workstation = lane.opened.workstation
    lane.window.habits.keep_language(language, DANA)
    lane.window.habits.keep_theme(theme, DANA)
    lane.sign_in(DANA)
    assert not isinstance(workstation.policies.put(_POLICY, date(2026, 11, 21)), Refused)
    workstation.desk.rules = replace(workstation.desk.rules, region="CZ")
    workstation.tills.open_till(50_000)
    lane.shell.open_till.opened.emit()
    finding(lane, shoot)
    swapping(lane, shoot)
    without_receipt(lane, shoot)
    owing(lane, shoot)
    importing(lane, shoot)
    claiming(lane, shoot)


def finding(lane: Lane, shoot: Shoot) -> None:
    """By who bought it, and by what was bought when."""
    people = lane.opened.workstation.customers.search("", 50)
    assert not isinstance(people, Refused)
    buyer = next(one for one in people if one.card)
    lane.opened.workstation.sale.set_customer(buyer.id)
    sold(lane, KETTLE, MUG, SOAP)
    sold(lane, MUG)
    lane.shell.open_place("returns")
    press(lane, "F4")
    shown(lane).field.submitted.emit(buyer.name[0])
    shoot("120-found-people")
    lane.window.scanned(buyer.card)
    shoot("120-found-of-customer")
    lane.shell.open_place("sell")
    lane.shell.open_place("returns")
    press(lane, "F5")
    lane.window.scanned(MUG)
    shoot("120-found-by-item")
    lane.shell.open_place("sell")


def shown(lane: Lane) -> ReturnsScreen:
    screen = lane.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    return screen


def swapping(lane: Lane, shoot: Shoot) -> None:
    """The same again, which costs more by now."""
    station = lane.opened.workstation
    station.sale.scan(MUG)
    assert not isinstance(station.markdowns.override_price(0, 900, "price_match"), Refused)
    station.sale.tender_cash(station.sale.view.priced.due_cash)
    done = station.sale.complete()
    assert isinstance(done, CompletedSale)
    lane.window.scanned(done.transaction.receipt_code)
    lane.window.scanned(MUG)
    press(lane, "F9")
    lane.window.scanned(MUG)
    lane.window.scanned(SOAP)
    shoot("121-exchange-even")
    lane.trigger("sell.keys.cancel_exchange")
    station.sale.void_sale()


def without_receipt(lane: Lane, shoot: Shoot) -> None:
    lane.shell.open_place("returns")
    press(lane, "F7")
    lane.window.scanned(MUG)
    lane.window.scanned(KETTLE)
    shoot("122-no-receipt")
    press(lane, "F6")
    shoot("122-no-receipt-document")
    lane.shell.open_place("sell")


def owing(lane: Lane, shoot: Shoot) -> None:
    """A refund that its card did not take, and a charge of no sale."""
    workstation = lane.opened.workstation
    workstation.sale.scan(SOAP)
    pay_by_card(workstation)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    back = workstation.returns.complete(ReturnRequest(done.transaction.id, lines=(LineAsked(1, Quantity.pieces(1)),)))
    assert isinstance(back, CompletedReturn), back
    terminal, cards = simulated(workstation), workstation.card_tendering
    terminal.script.extend([Scripted(Doing.DECLINED)] * 2)
    cards.recover()
    workstation.sale.scan(KETTLE)
    paid = cards.begin(CardKind.CREDIT, 200)
    assert not isinstance(paid, Refused)
    cards.settle(paid.id, cards.ask(paid))
    terminal.script.extend([Scripted(Doing.DECLINED)] * 4)
    workstation.tendering.give_back(1)
    cards.recover()
    lane.shell.open_place("cash")
    shoot("123-cash-owed")
    lane.shell.open_place("cash_owed")
    shoot("123-owed-charges")
    lane.shell.open_place("cash")
    lane.trigger("cash.keys.owed_refunds")
    shoot("123-owed-refunds")
    lane.trigger("journal.keys.failed_refund")
    shoot("123-owed-refund-other-way")
    lane.shell.open_place("sell")


def importing(lane: Lane, shoot: Shoot) -> None:
    """Files with rows that cannot be taken: looked at, tried, taken without those; a sale of one in the journal."""
    with tempfile.TemporaryDirectory() as folder:
        for place, name, text in (
            ("items_import", "supplier.csv", _ITEMS),
            ("sales_import", "old_till.csv", _SALES),
        ):
            path = Path(folder) / name
            path.write_text(text, "utf-8")
            lane.shell.open_place(place)
            screen = lane.shell.screen_shown
            assert isinstance(screen, FileImport)
            screen.choose_file(str(path))
            for name_of_shot, key in (("seen", ""), ("tried", "try"), ("done", "import")):
                if key == "import":
                    screen.rest.choose(GOOD)
                screen.file.set_text(str(path))
                if key:
                    work(screen, lane, f"{place}.keys.{key}")
                # Where it lies is not the same in every run.
                screen.file.set_text(f"/media/usb/{name}")
                shoot(f"124-{place}-{name_of_shot}")
    lane.shell.open_place("sales_imports")
    shoot("124-sales_imports")
    lane.shell.open_place("journal")
    journal = lane.shell.screen_shown
    assert isinstance(journal, JournalScreen)
    journal.field.submitted.emit("536365")
    shoot("125-journal-imported")
    lane.trigger("journal.keys.again")
    shoot("125-returns-imported")
    lane.shell.open_place("sell")


def work(screen: FileImport, lane: Lane, key: str) -> None:
    lane.trigger(key)
    wait_until(lambda: not screen.working.busy)
    assert not screen.working.busy


def claiming(lane: Lane, shoot: Shoot) -> None:
    """A kettle that broke when the shop's own days were over, until the last day to answer is over too."""
    lane.shell.open_place("return_claims")
    shoot("126-claims-none")
    lane.shell.open_place("sell")
    bought = sold(lane, KETTLE)
    lane.clock.moment += timedelta(days=60)
    lane.window.scanned(bought.receipt_code)
    lane.window.scanned(KETTLE)
    screen = shown(lane)
    shoot("126-too-late")
    assert screen.draft is not None
    screen.draft.say(1, {"condition": "defective", "reason": "defective"})
    screen.judge()
    shoot("126-claim")
    lane.trigger("returns.keys.claim")
    shoot("126-claim-form")
    screen.refusing.claiming.panel.wrong.set_text("Leaks at the lid")
    screen.refusing.claiming.panel.take()
    shoot("126-claim-taken")
    lane.clock.moment += timedelta(days=31)
    lane.shell.open_place("return_claims")
    shoot("126-claims")
    lane.shell.open_place("sell")
