"""The customer's display: it follows the sale by itself, in the customer's language, and shows nothing of the staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from pos.devices.ports import PolePort
from pos.domain.customer import Customer
from pos.domain.money import Money
from pos.domain.reasons import ReasonKind
from pos.services.customer_pole import CustomerPole
from pos.services.reasons import reasons
from pos.settings import read_settings, write_settings
from pos.ui.app import App, make_application
from pos.ui.customer_display.pole import COLUMNS, apart, pole_lines
from pos.ui.customer_display.view import CustomerView, ShownLine, ShownSum, Shows
from pos.ui.customer_display.window import CustomerDisplay
from pos.ui.customer_screen import CustomerScreen, DisplayState
from pos.ui.shown_to_customer import done_view, idle_view, sale_view
from pos.wording import LANGUAGES, Wording
from receipts.qr import qr_modules
from tests.lane import KETTLE, MUG, SOAP, Lane
from tests.offers import offering
from tests.ui.looking import colours_in, picture

WAIT = 15_000


@dataclass
class Seconds:
    """A clock that counts when told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def screen(lane: Lane, seconds: Seconds) -> Iterator[CustomerScreen]:
    """Return the display of a till that is open, in a window of its own."""
    lane.open_till()
    screen = CustomerScreen(lane.shell, lane.opened.workstation, "window", now=seconds)
    screen.start()
    yield screen
    screen.close()


def pay(lane: Lane) -> None:
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")


def shows(screen: CustomerScreen) -> Shows:
    return screen.view.shows


def texts(view: CustomerView) -> list[str]:
    """Every word that can be read on it."""
    said = [view.shop, view.heading, view.earlier, view.label, view.total, view.label_change, view.change, view.wait]
    said += [part for each in view.lines for part in (each.name, each.detail, each.amount, each.saved)]
    said += [part for row in view.sums for part in (row.text, row.amount)]
    said += [part for each in view.specials for part in (each.name, each.detail, each.figure)]
    return [*said, view.code, view.code_says]


def test_it_follows_the_sale_from_the_greeting_to_the_change(
    lane: Lane, screen: CustomerScreen, seconds: Seconds
) -> None:
    assert (screen.state, shows(screen), screen.view.heading) == (DisplayState.SHOWN, Shows.IDLE, "Welcome")
    assert screen.view.specials
    lane.window.scanned(MUG)
    assert shows(screen) is Shows.SALE
    assert [line.name for line in screen.view.lines] == ["Ceramic mug 350 ml"]
    lane.window.scanned(KETTLE)
    assert [line.amount for line in screen.view.lines] == ["9.50", "45.00"]
    assert screen.view.total == lane.shell.sell.totals._total
    pay(lane)
    assert shows(screen) is Shows.DONE
    assert screen.view.heading == "Thank you"
    assert screen.view.change == ""
    lane.trigger("done.keys.next")
    seconds.now += 5
    screen.look()
    assert shows(screen) is Shows.DONE
    lane.window.scanned(SOAP)
    assert shows(screen) is Shows.SALE
    lane.trigger("sell.keys.remove")
    seconds.now += 60
    screen.look()
    assert shows(screen) is Shows.IDLE


def test_the_change_stands_large_and_the_receipt_can_be_scanned_where_there_is_an_address(
    lane: Lane, screen: CustomerScreen
) -> None:
    desk = lane.opened.workstation.desk
    desk.rules = replace(desk.rules, e_receipt_address="https://alder.example/r/{receipt}")
    lane.window.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry("50")
    lane.trigger("pay.keys.complete")
    done = lane.opened.workstation.sale.last_completed()
    assert done is not None
    assert screen.view.change == Wording("en").money(Money(done.change, "USD"))
    assert screen.view.code == f"https://alder.example/r/{done.receipt_code}"
    assert screen.window is not None
    screen.window.resize(1366, 768)
    file = desk.shop.folder / "shown.png"
    screen.window.grab().save(str(file))
    with Image.open(file) as shown:
        found = zxingcpp.read_barcodes(shown.convert("L"))
    assert [code.text for code in found] == [screen.view.code]


def test_without_an_address_there_is_no_code(lane: Lane, screen: CustomerScreen) -> None:
    lane.window.scanned(MUG)
    pay(lane)
    assert (screen.view.code, screen.view.code_says) == ("", "")


def test_it_asks_for_patience_while_somebody_else_decides(lane: Lane, screen: CustomerScreen) -> None:
    lane.window.scanned(KETTLE)
    lane.trigger("sell.keys.discount")
    strip = lane.shell.sell.basket.strip
    for digit in "35":
        strip.field.add_digit(digit)
    strip.press(1)
    strip.submit()
    assert not lane.shell.overlays.approval.isHidden()
    screen.look()
    assert screen.view.wait == "Please wait a moment"
    lane.shell.overlays.approval.escape.trigger()
    screen.look()
    assert screen.view.wait == ""


def test_it_speaks_the_customers_language_and_the_shops_where_it_knows_none(lane: Lane, screen: CustomerScreen) -> None:
    station = lane.opened.workstation
    lane.window.scanned(MUG)
    assert screen.view.label == "Total"
    customer = next(each for each in _customers(lane) if each.language == "cs")
    station.sale.set_customer(customer.id)
    screen.look()
    assert screen.view.label == Wording("cs").say("Total") != "Total"
    station.sale.set_customer(None)
    screen.look()
    assert screen.view.label == "Total"


def test_nobody_at_the_till_shows_no_sale(lane: Lane, screen: CustomerScreen) -> None:
    lane.window.scanned(MUG)
    lane.shell.lock()
    screen.look()
    assert shows(screen) is Shows.IDLE
    lane.sign_in()
    screen.look()
    assert shows(screen) is Shows.SALE


def test_nothing_of_the_staff_or_of_cost_is_ever_on_it(lane: Lane, screen: CustomerScreen) -> None:
    station = lane.opened.workstation
    with offering(lane):
        for code in (MUG, MUG, MUG, KETTLE, SOAP):
            lane.window.scanned(code)
        lane.trigger("sell.keys.discount")
        strip = lane.shell.sell.basket.strip
        strip.field.add_digit("5")
        strip.press(1)
        strip.submit()
        screen.look()
        shown = texts(screen.view)
        pay(lane)
        shown += texts(screen.view)
    staff = [view.operator for view in station.sign_on.staff()]
    secret = {part for person in staff for part in (person.name, person.id)}
    # Why a person took something off is between them and the shop.
    secret |= {Wording("en").reason(reason) for reason in reasons(station.desk, ReasonKind.DISCOUNT)}
    for text in shown:
        assert not any(re.search(rf"\b{re.escape(each)}\b", text) for each in secret), text
    assert any("Discount" in text for text in shown)


def test_a_dead_pole_holds_nobody_up_and_is_told(lane: Lane, qtbot: QtBot) -> None:
    class Dead:
        def show(self, top: str, bottom: str) -> bool:
            del top, bottom
            return False

        def close(self) -> None:
            """Nothing to let go of."""

    lane.open_till()
    station = lane.opened.workstation
    pole: PolePort = Dead()
    station.customer_pole._pole = pole
    screen = CustomerScreen(lane.shell, station, "pole")
    screen.start()
    qtbot.waitUntil(lambda: screen.state is DisplayState.SILENT, timeout=WAIT)
    lane.window.scanned(MUG)
    pay(lane)
    assert lane.shell.done.isVisible()
    screen.close()


def test_a_pole_shows_the_newest_picture(lane: Lane, qtbot: QtBot) -> None:
    shown: list[tuple[str, str]] = []

    class Kept:
        def show(self, top: str, bottom: str) -> bool:
            shown.append((top, bottom))
            return True

        def close(self) -> None:
            """Nothing to let go of."""

    lane.open_till()
    station = lane.opened.workstation
    station.customer_pole._pole = Kept()
    screen = CustomerScreen(lane.shell, station, "pole")
    screen.start()
    lane.window.scanned(MUG)
    lane.window.scanned(KETTLE)
    total = lane.shell.sell.totals._total
    wanted = (apart("Pour-over kettle 1 L", "45.00"), apart("Total", total))
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == wanted, timeout=WAIT)
    screen.close()
    assert CustomerPole(None).show("a", "b") is False


def test_without_a_second_screen_it_waits_for_one(lane: Lane) -> None:
    lane.open_till()
    screen = CustomerScreen(lane.shell, lane.opened.workstation, "second_screen")
    screen.start()
    assert screen.state is DisplayState.NO_SCREEN
    assert screen.window is not None
    assert not screen.window.isVisible()
    lane.window.scanned(MUG)
    assert shows(screen) is Shows.SALE
    screen.close()


def test_the_application_shows_it_with_the_shop_and_takes_it_away_with_it(qtbot: QtBot, home: Path) -> None:
    write_settings(home, {"customer_display": "window"})
    app = App(make_application(), read_settings(home), None, 1, language="cs")
    app.show()
    try:
        qtbot.waitUntil(lambda: app._customer is not None, timeout=WAIT)
        shell = app.window.shell
        assert shell is not None
        assert app._customer is not None
        window = app._customer.window
        assert window is not None
        assert window.isVisible()
        assert window.windowTitle() == "Customer display"
        view = next(view for view in shell.devices.views() if view.name == "display")
        assert view.state == Wording("cs").say("Shows the sale")
    finally:
        app.close()
    assert app._customer.window is None


def test_a_machine_without_one_has_none(lane: Lane) -> None:
    screen = CustomerScreen(lane.shell, lane.opened.workstation, "none")
    screen.start()
    assert (screen.state, screen.window) == (DisplayState.NONE, None)
    screen.close()


def test_it_takes_no_key_and_no_focus(lane: Lane, screen: CustomerScreen) -> None:
    assert screen.window is not None
    assert screen.window.windowFlags() & screen.window.windowType().WindowDoesNotAcceptFocus
    lane.window.scanned(MUG)
    assert "Ceramic mug" in screen.window.accessibleName()
    assert lane.window.sign_in is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(800, 480), (1024, 768), (1366, 768), (1920, 1080)])
def test_every_picture_is_painted_light_at_every_size(
    lane: Lane, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    lane.open_till()
    station, words = lane.opened.workstation, Wording(language)
    for code in (MUG, MUG, KETTLE, SOAP) * 5:
        station.sale.scan(code)
    rules = station.desk.rules
    open_sale = sale_view(station.sale.view.priced, rules, words, wait=words.say("Please wait a moment"))
    station.sale.tender_cash(1_000_000)
    done = station.sale.complete()
    views = (idle_view(station.specials.today(), rules, words), open_sale, done_view(done.transaction, rules, words))  # type: ignore[union-attr]
    display = CustomerDisplay(views[0])
    qtbot.addWidget(display)
    display.resize(*size)
    for view in views:
        display.show_view(view)
        assert "#EEF0F4" in colours_in(picture(display))
        assert display.accessibleName() == view.spoken


def test_a_pole_line_keeps_its_figure_whole() -> None:
    assert apart("Ceramic mug 350 ml", "1,234.50") == "Ceramic mug 1,234.50"
    assert apart("Total", "$19.00") == "Total         $19.00"
    assert len(apart("x" * 50, "9" * 30)) == COLUMNS
    view = CustomerView(
        Shows.DONE, "Alder", heading="Thank you", label="Total", total="$9.50", label_change="Change", change="$0.50"
    )
    assert pole_lines(view) == ("Thank you", "Change         $0.50")
    line = ShownLine("Mug", "", "9.50")
    waits = CustomerView(
        Shows.SALE,
        "Alder",
        lines=(line,),
        sums=(ShownSum("Tax", "1"),),
        label="Total",
        total="9",
        wait="Please wait a moment",
    )
    assert pole_lines(waits)[0] == "Please wait a moment"
    assert {len(row) for row in pole_lines(replace(waits, wait=""))} == {COLUMNS}


def test_a_code_is_square_and_starts_with_its_finder() -> None:
    modules = qr_modules("https://alder.example/r/KR0123456789ABCDEF")
    assert {len(row) for row in modules} == {len(modules)}
    assert modules[0][:8] == (True,) * 7 + (False,)


def _customers(lane: Lane) -> tuple[Customer, ...]:
    found = lane.opened.workstation.customers.search("")
    assert isinstance(found, tuple)
    return found
