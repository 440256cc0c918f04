"""`python -m tests.screens OUT`: every screen in every language and theme as a PNG, the same in every run."""

from __future__ import annotations

import argparse
import itertools
import os
import secrets
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from pos.devices.ports import Unstable
from pos.devices.simulated.scale import SimulatedScale
from pos.domain.money import Quantity, Unit
from pos.domain.requirement import Weighed, WeightSource
from pos.domain.trouble import KnownError, Trouble
from pos.services.demo_shop import DEMO_PINS, demo_gtin
from pos.services.terminal_state import TerminalState
from pos.services.weighing import Weighing
from pos.ui.cash.count import CountScreen
from pos.ui.cash.move import MoveScreen
from pos.ui.customers.form import CustomerForm
from pos.ui.customers.screen import CustomersScreen
from pos.ui.items.form import ItemForm
from pos.ui.items.screen import ItemsScreen
from pos.ui.journal.screen import JournalScreen
from pos.ui.printing import Measured
from pos.ui.promotions.form import PromotionForm
from pos.ui.promotions.screen import PromotionsScreen
from pos.ui.sell.screen import SellScreen
from pos.ui.set_up.restore_screen import RestoreScreen
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.settings.people import PeoplePage
from pos.ui.settings.screen import SettingsScreen
from pos.ui.shared.afterwards import Afterwards
from pos.ui.suggestions.screen import SuggestionsScreen
from pos.ui.theme import ThemeName
from pos.ui.trouble.screen import TroubleScreen
from pos.wording import LANGUAGES
from tests.lane import DANA, KETTLE, MAYA, MUG, SOAP, Lane, open_lane
from tests.offers import offering
from tests.receipts.pictures import as_file, drawn
from tests.screens_behind import walk_behind
from tests.screens_pay import SETTINGS, walk_payment
from tests.screens_returns import walk_returns

THEMES: tuple[ThemeName, ...] = ("light", "dark")
SIZE = (1366, 768)
Shoot = Callable[[str], None]
PROMOTIONS = """
promotions:
  - {id: MUGS, name: 3 for 2 on mugs, buy_get: {buy: 2, get: 1, of: cheapest}, items: {item: "1012"}, until: 2026-11-30}
  - {id: GOLD, name: Gold week, percent: 10, tier: gold, from: 2026-11-20, weekdays: [sat, sun], priority: 5}
  - {id: SPRING, name: Spring coupon, threshold: {spend: "50.00", amount: "5.00"}, coupon: {codes: [SPRING]}}
  - {id: NEXT, name: Advent, percent: 15, from: 2026-12-01, until: 2026-12-24}
  - {id: LOST, name: Nobody knows it, price: "1.00", items: {item: NOWHERE}}
  - {id: OLD, name: Autumn, percent: 20, until: 2026-10-31}
  - {id: OFF, name: Switched off, amount: "1.00", active: false}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screens")
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="x".join(map(str, SIZE)), help="width x height in logical pixels")
    options = parser.parse_args(arguments)
    width, height = map(int, options.size.split("x"))
    options.out.mkdir(parents=True, exist_ok=True)
    for language, theme in itertools.product(LANGUAGES, THEMES):
        with tempfile.TemporaryDirectory(prefix="kassa-screens-") as home, no_chance():
            lane = open_lane(Path(home), language=language, theme=theme)
            lane.window.resize(width, height)

            def shoot(name: str, lane: Lane = lane, suffix: str = f"{language}.{theme}") -> None:
                settle()
                lane.window.grab().save(str(options.out / f"{name}.{suffix}.png"))

            walk(lane, shoot, language, theme)
            lane.close()
            pay = Path(home) / "pay"
            pay.mkdir()
            (pay / "kassa.toml").write_text(SETTINGS, "utf-8")
            other = open_lane(pay, language=language, theme=theme)
            other.window.resize(width, height)
            walk_payment(other, partial(shoot, lane=other), language, theme)
            other.close()
            back = Path(home) / "returns"
            back.mkdir()
            third = open_lane(back, language=language, theme=theme)
            third.window.resize(width, height)
            walk_returns(third, partial(shoot, lane=third), language, theme)
            third.close()
            behind = Path(home) / "behind"
            behind.mkdir()
            (behind / "kassa.toml").write_text(SETTINGS, "utf-8")
            fourth = open_lane(behind, language=language, theme=theme)
            fourth.window.resize(width, height)
            walk_behind(fourth, partial(shoot, lane=fourth), language, theme)
            fourth.close()
    return 0


@contextmanager
def no_chance() -> Iterator[None]:
    """Keys, tokens and identities that are the same in every run."""
    count = itertools.count(1)

    def token(size: int | None = None) -> bytes:
        return next(count).to_bytes(2, "big") * ((size or 32) // 2)

    with (
        patch.object(secrets, "token_bytes", token),
        patch.object(secrets, "token_hex", lambda size=None: token(size).hex()),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(int=next(count))),
    ):
        yield


def settle() -> None:
    """Let every pending layout, paint and deletion happen."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # What would come a moment later by itself.
        for window in QApplication.topLevelWidgets():
            for afterwards in window.findChildren(Afterwards):
                afterwards.do_now()


def walk(lane: Lane, shoot: Shoot, language: str, theme: ThemeName) -> None:
    """From the sign-in to the next sale, stopping wherever there is something to look at."""
    lane.window.habits.keep_language(language, MAYA)
    lane.window.habits.keep_theme(theme, MAYA)
    sign_in(lane, shoot)
    sell(lane, shoot)
    pay(lane, shoot)
    devices(lane, shoot)
    journal(lane, shoot)
    settings(lane, shoot, language, theme)
    items(lane, shoot)
    customers(lane, shoot)
    promotions(lane, shoot)
    cash(lane, shoot)
    further_places(lane, shoot)
    set_up(lane, shoot)
    trouble(lane, shoot)


def sign_in(lane: Lane, shoot: Shoot) -> None:
    screen = lane.window.sign_in
    for digit in "10":
        screen.pin.add(digit)
    shoot("01-sign-in")
    for digit in "0000":
        screen.pin.add(digit)
    screen.submit()
    shoot("02-sign-in-wrong")
    lane.sign_in()
    shoot("03-open-till")
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    shoot("04-idle")
    lane.shell.sell.board.open_special("KNITWEAR")
    shoot("04-special")
    lane.trigger("sell.keys.cancel")


def sell(lane: Lane, shoot: Shoot) -> None:
    screen = lane.shell.sell
    for code in (demo_gtin(1011), MUG):
        screen.scanned(code)
    asking(lane, screen, shoot)
    for code in (SOAP, KETTLE):
        screen.scanned(code)
    shoot("05-sell")
    by_hand(lane, screen, shoot)
    waiting(lane, screen, shoot)
    lane.trigger("sell.keys.price_check")
    screen.scanned(demo_gtin(2431))
    shoot("51-price-check")
    lane.trigger("sell.keys.cancel")
    why(lane, screen, shoot)
    lane.trigger("sell.keys.cancel")
    lane.trigger("sell.keys.customer")
    shoot("53-customer")
    screen.buyer.search.list.step(1)
    screen.buyer.search.confirm()
    lane.trigger("sell.keys.customer")
    shoot("54-points")
    lane.trigger("sell.keys.cancel")
    lane.trigger("sell.keys.undo")
    lane.trigger("sell.keys.arrange")
    shoot("52-arrange")
    lane.trigger("sell.keys.cancel")
    screen.scanned(demo_gtin(7777))
    shoot("06-sell-unknown")
    lane.trigger("sell.keys.quantity")
    screen.basket.strip.field.add_digit("3")
    screen.picks.turn_to("keypad")
    shoot("07-sell-quantity")
    lane.trigger("sell.keys.cancel")
    lane.trigger("sell.keys.void")
    shoot("08-sell-void")
    lane.trigger("sell.keys.cancel")
    lane.trigger("sell.keys.search")
    shoot("30-search")
    screen.scan_field.set_text("m")
    shoot("31-search-found")
    screen.scan_field.set_text("qqqq")
    shoot("32-search-nothing")
    lane.trigger("sell.keys.cancel")
    lane.shell.top_bar.person_button.click()
    shoot("09-person")
    lane.shell.top_bar.person_button.click()
    lane.trigger("shell.keys.palette")
    shoot("18-palette")
    lane.shell.overlays.palette.type("pa")
    shoot("19-palette-found")
    lane.trigger("shell.keys.palette")
    lane.trigger("shell.keys.help")
    shoot("20-help")
    lane.trigger("shell.keys.help")
    lane.shell.lock()
    shoot("16-locked")
    lock = lane.shell.lock_screen
    for digit in "000000":
        lock.pin.add(digit)
    lock.submit()
    shoot("17-locked-wrong")
    for digit in DEMO_PINS[MAYA]:
        lock.pin.add(digit)
    lock.submit()


def waiting(lane: Lane, screen: SellScreen, shoot: Shoot) -> None:
    """Two sales put aside, and the first one taken up again."""
    lane.trigger("sell.keys.suspend")
    shoot("48-suspended")
    screen.scanned(SOAP)
    lane.trigger("sell.keys.suspend")
    lane.trigger("sell.keys.recall")
    shoot("49-recall")
    screen.waiting.list.step(1)
    screen.scanned(MUG)
    screen.waiting.recall("S1")
    shoot("50-swap")
    screen.waiting.swap.chosen.emit("keep")
    lane.trigger("sell.keys.undo")
    screen.waiting.recall("S1")


def by_hand(lane: Lane, screen: SellScreen, shoot: Shoot) -> None:
    """A discount beyond the limit: typed, asked for, waiting, declined by nobody and undone by letting go."""
    lane.trigger("sell.keys.discount")
    for digit in "35":
        screen.basket.strip.field.add_digit(digit)
    screen.basket.strip.press(1)
    shoot("56-discount")
    screen.basket.strip.submit()
    shoot("57-approval")
    lane.shell.overlays.approval.escape.trigger()
    shoot("58-approval-waits")
    screen.asking.drop()


def why(lane: Lane, screen: SellScreen, shoot: Shoot) -> None:
    """Promotions on the lines, and why they are what they are; afterwards nothing of it is left."""
    with offering(lane):
        screen.basket.strip.more.click()
        lane.trigger("sell.keys.why")
        shoot("55-why")
        lane.trigger("sell.keys.cancel")
        screen.basket.select(0)
        shoot("66-promotions")
    lane.trigger("sell.keys.undo")


def asking(lane: Lane, screen: SellScreen, shoot: Shoot) -> None:
    """What items want to know; the apples stay in the sale."""
    questions = screen.ringing.questions
    screen.scanned(demo_gtin(2431))
    screen.banner.hide()
    shoot("33-ask-age")
    for digit in "112":
        questions.age.field.add_digit(digit)
    shoot("34-ask-age-typed")
    screen.scanned(demo_gtin(3021))
    shoot("35-ask-serial")
    screen.picks.item_picked.emit(open_price_item(lane))
    screen.banner.hide()
    questions.price.field.add_digit("7")
    shoot("36-ask-price")
    scale = SimulatedScale()
    questions.weight.weighing = questions.weight.scale.watch.weighing = Weighing(scale, Unit.LB)
    scale.shown = Unstable()
    screen.scanned("3283")
    screen.banner.hide()
    shoot("37-weigh")
    questions.weight.scale.watch.stop()
    questions.weight.scale.show_reading(Weighed(Quantity(120, Unit.LB), WeightSource.SCALE))
    questions.weight.scale.take_tare()
    questions.weight.scale.show_reading(Weighed(Quantity(1404, Unit.LB), WeightSource.SCALE))
    shoot("38-weigh-stable")
    questions.weight.type_it()
    shoot("39-weigh-why")
    questions.weight.why.press(1)
    shoot("40-weigh-typed")
    for key in "1.284":
        (
            questions.weight.typed.field.add_decimal
            if key == "."
            else partial(questions.weight.typed.field.add_digit, key)
        )()
    questions.weight.typed.confirm()
    screen.lines.begin_note()
    shoot("41-note")
    screen.lines.note.written.emit("ripe ones")


def open_price_item(lane: Lane) -> str:
    """The first item without a price of its own."""
    with lane.opened.workstation.desk.shop.books.reading() as work:
        items = work.items.first(500, lane.clock.now())
    return next(item.id for item in items if item.open_price)


def pay(lane: Lane, shoot: Shoot) -> None:
    lane.trigger("sell.keys.pay")
    screen = lane.shell.pay
    shoot("10-pay")
    lane.trigger("pay.keys.tax_document")
    screen.side.buyer.name.set_text("Novák s.r.o.")
    screen.side.buyer.number.set_text("CZ123")
    screen.side.buyer.street.set_text("Lidická 12")
    screen.side.buyer.give_button.click()
    shoot("10-pay-buyer")
    lane.trigger("pay.keys.back")
    screen.received.set_entry("160")
    shoot("11-pay-change")
    screen.received.set_entry("100")
    lane.trigger("pay.keys.complete")
    shoot("12-pay-partial")
    screen.received.set_entry("50")
    lane.trigger("pay.keys.complete")
    lane.wait_for_paper()
    shoot("13-done")
    lane.trigger("done.keys.tax_document")
    shoot("13-done-buyer")
    lane.trigger("done.keys.back")
    lane.trigger("done.keys.next")
    shoot("14-idle-after")


def devices(lane: Lane, shoot: Shoot) -> None:
    """What is out of order, in the bar and in its panel; afterwards nothing of it is left."""
    shell, board = lane.shell, lane.shell.devices
    # What this till really has would be heard in between.
    with patch.object(shell.printing, "measure"):
        board.follow_terminal(None)
        board.set_scanner(False)
        shell.printing.measured.emit(Measured("unreachable", can_print=False, drawer_open=True))
        board.drawer._opened -= 20
        board.drawer.look()
        for name in ("printer", "drawer", "scanner"):
            shell.top_bar.device_chosen.emit(name)
            shoot(f"80-device-{name}")
        for state in (TerminalState.AWAY, TerminalState.UNRESOLVED, TerminalState.REFUSES):
            board.set_terminal(state)
            shell.device_panel.close_panel()
            shell.top_bar.device_chosen.emit("terminal")
            shoot(f"81-terminal-{state}")
        shell.device_panel.close_panel()
        board.terminal = board.scanner = None
        shell.printing.measured.emit(None)
        shell.sell.notice.hide()


def journal(lane: Lane, shoot: Shoot) -> None:
    lane.shell.open_place("journal")
    shoot("20-journal")
    screen = lane.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    screen.field.set_text("xyz")
    screen.field.edited.emit("xyz")
    shoot("21-journal-none")
    lane.shell.open_place("sell")


def set_up(lane: Lane, shoot: Shoot) -> None:
    """A shop of one's own, step by step; it is not founded."""
    screen = SetUpScreen(lane.window.words, Path("nowhere"), lane.clock)
    lane.window.show_guide(screen)
    country, name = screen.findChild(QComboBox, "set_up.shop.country"), screen.findChild(QLineEdit, "set_up.shop.name")
    assert country is not None
    assert name is not None
    country.setCurrentIndex(country.findData("SE"))
    country.activated.emit(country.currentIndex())
    name.setText("Lind")
    for step, shown in enumerate(("shop", "prices", "receipt", "owner", "staff", "items", "summary"), 40):
        shoot(f"{step}-set-up-{shown}")
        if shown == "owner":
            for field, text in (("name", "Eva Lind"), ("pin", "739146"), ("pin_again", "739146")):
                edit = screen.findChild(QLineEdit, f"set_up.owner.{field}")
                assert edit is not None
                edit.setText(text)
        if shown != "summary":
            screen.go_on()
    screen.close_down()
    restore = RestoreScreen(lane.window.words, Path("nowhere"), lane.clock)
    lane.window.show_guide(restore)
    restore.file.set_text("nowhere/copy")
    restore.look()
    shoot("47-restore")
    restore.close_down()
    lane.window.leave_guide()


def logo_file() -> Path:
    """A picture as somebody brings it."""
    file = Path(tempfile.gettempdir()) / "leaf.png"
    file.write_bytes(as_file(drawn()))
    return file


def settings(lane: Lane, shoot: Shoot, language: str, theme: ThemeName) -> None:
    """As a manager: cashiers do not see them."""
    lane.shell.lock()
    lane.window.habits.keep_language(language, DANA)
    lane.window.habits.keep_theme(theme, DANA)
    lane.sign_in(DANA)
    lane.shell.open_place("settings")
    screen = lane.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    for page, name in (("shop", "30"), ("receipt", "31"), ("devices", "32"), ("people", "33")):
        screen.turn_to(page)
        if page == "shop":
            screen.rows[0].put("")
            screen.save()
        if page == "receipt":
            screen.logo.picture.set_text(str(logo_file()))
            screen.logo.look()
            # Where it came from is not the same in every run.
            screen.logo.picture.set_text("/media/usb/leaf.png")
        shoot(f"{name}-settings-{page}")
        if page == "people":
            people_pages(screen.people, shoot)
        screen.drop()
    lane.shell.open_place("sell")


def people_pages(page: PeoplePage, shoot: Shoot) -> None:
    """Somebody in the form, the roles, a badge just made."""
    page.choose(MAYA)
    shoot("33-settings-person")
    page.turn_to("roles")
    page.role_page.choose("cashier")
    shoot("33-settings-roles")
    page.turn_to("staff")


def items(lane: Lane, shoot: Shoot) -> None:
    """As the manager who came for the settings."""
    lane.shell.open_place("items")
    screen = lane.shell.screen_shown
    assert isinstance(screen, ItemsScreen)
    lane.shell.scanned(KETTLE)
    shoot("40-items")
    screen.field.set_text("mug")
    screen.field.edited.emit("mug")
    shoot("41-items-found")
    screen.show_kind("low")
    shoot("42-items-low")
    screen.field.clear()
    screen.show_kind("sold")
    lane.shell.scanned(KETTLE)
    lane.trigger("items.keys.change")
    form = lane.shell.screen_shown
    assert isinstance(form, ItemForm)
    shoot("43-item")
    form.fields.fields["age"].set_text("200")
    form.save()
    form.take_scan(MUG)
    shoot("44-item-refused")
    form.drop()
    lane.trigger("item_edit.keys.back")
    lane.trigger("items.keys.stock")
    for code in (MUG, SOAP):
        lane.shell.scanned(code)
    shoot("45-stock")
    lane.trigger("item_stock.keys.correct")
    shoot("46-stock-correct")
    lane.shell.open_place("items_import")
    shoot("47-import")
    lane.shell.open_place("sales_import")
    shoot("47-import-sales")
    lane.shell.open_place("item_labels")
    lane.shell.scanned(KETTLE)
    shoot("48-labels")
    lane.shell.open_place("sell")


def customers(lane: Lane, shoot: Shoot) -> None:
    """As the manager who came for the settings."""
    lane.shell.open_place("customers")
    screen = lane.shell.screen_shown
    assert isinstance(screen, CustomersScreen)
    lane.shell.scanned("KC-1000-0002")
    shoot("60-customers")
    screen.field.set_text("novk")
    screen.field.edited.emit("novk")
    shoot("61-customers-none")
    screen.field.clear()
    lane.shell.scanned("KC-1000-0002")
    screen.erase()
    shoot("62-customers-erase")
    lane.trigger("customers.keys.change")
    form = lane.shell.screen_shown
    assert isinstance(form, CustomerForm)
    shoot("63-customer")
    form.fields["phone"].set_text("x")
    form.save()
    shoot("64-customer-refused")
    form.drop()
    lane.shell.open_place("sell")


def promotions(lane: Lane, shoot: Shoot) -> None:
    """As the manager who came for the settings: one of each kind of trouble, nothing is saved but one."""
    lane.shell.open_place("promotions")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PromotionsScreen)
    lane.opened.workstation.promotions.take_in(lane.opened.workstation.promotions.read_text(PROMOTIONS))
    screen.enter()
    shoot("71-promotions")
    screen.list.step(1)
    screen.take_scan(MUG)
    shoot("72-promotions-found")
    screen.field.clear()
    lane.trigger("promotions.keys.new")
    form = lane.shell.screen_shown
    assert isinstance(form, PromotionForm)
    shoot("73-promotion-new")
    for name, text in {"name": "Set", "kind": "bundle", "part1_items": "MUG", "value": "120"}.items():
        form.fields.fields[name].set_text(text)
        form.fields.fields[name].changed.emit()
    form.save()
    shoot("74-promotion-refused")
    form.drop()
    lane.trigger("promotion_edit.keys.back")
    lane.trigger("promotions.keys.try")
    for code in (MUG, KETTLE, SOAP):
        lane.shell.scanned(code)
    shoot("75-promotion-try")
    lane.trigger("promotion_try.keys.back")
    lane.trigger("promotions.keys.file")
    shoot("76-promotions-file")
    lane.shell.open_place("sell")


def cash(lane: Lane, shoot: Shoot) -> None:
    """The till: something paid out, and a count that is a little short."""
    lane.shell.open_place("cash_paid_out")
    moving = lane.shell.screen_shown
    assert isinstance(moving, MoveScreen)
    moving.amount.set_entry("14")
    lane.trigger("cash_paid_out.keys.reason1")
    shoot("91-paid-out")
    lane.trigger("cash_paid_out.keys.do")
    shoot("90-cash")
    lane.shell.open_place("cash_count")
    counting = lane.shell.screen_shown
    assert isinstance(counting, CountScreen)
    shoot("92-count-blind")
    for row, many in zip(counting.board.rows, (1, 1, 3, 0, 4, 6), strict=False):
        row.set_many(many)
        row.changed.emit()
    lane.trigger("cash_count.keys.close")
    shoot("93-counted")
    lane.shell.open_place("cash_reports")
    lane.trigger("cash_reports.keys.x")
    shoot("94-x-report")
    lane.shell.open_place("sell")


def further_places(lane: Lane, shoot: Shoot) -> None:
    lane.shell.open_place("more")
    shoot("21-more")
    lane.shell.open_place("printer")
    shoot("22-printer")
    lane.shell.open_place("suggestions")
    screen = lane.shell.screen_shown
    assert isinstance(screen, SuggestionsScreen)
    lane.trigger("suggestions.keys.down")
    shoot("23-suggestions")
    lane.shell.open_place("sell")


def trouble(lane: Lane, shoot: Shoot) -> None:
    screen = TroubleScreen(lane.window.words)
    lane.window.show_trouble(screen)
    screen.show_error(KnownError(Trouble.BOOKS_DAMAGED, file="demo/shop.sqlite3"))
    shoot("15-trouble")


if __name__ == "__main__":
    sys.exit(main())
