"""The list of a sale: what a scan paints and what it leaves, and that what is seen is always what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.sell import row_painting
from pos.ui.sell.screen import SellScreen
from pos.ui.shared.draw import amount_face, text_width
from pos.ui.theme import current, set_theme
from tests.lane import KETTLE, MUG, SOAP, Lane

# More than the list has room for.
MANY = 12


class Paints(QObject):
    """Which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(watched)
        return False


@pytest.fixture
def sell(lane: Lane) -> SellScreen:
    """Return the sale of a till that is open."""
    lane.open_till()
    QApplication.processEvents()
    return lane.shell.sell


@pytest.fixture
def paints() -> Iterator[Paints]:
    """Return what hears of every picture while the test lasts."""
    app, heard = QApplication.instance(), Paints()
    assert app is not None
    app.installEventFilter(heard)
    yield heard
    app.removeEventFilter(heard)


def scan(sell: SellScreen, times: int) -> None:
    for number in range(times):
        sell.scanned((KETTLE, MUG, SOAP)[number % 3])
        QApplication.processEvents()


def painted_by(paints: Paints, act: Callable[[], object]) -> list[QObject]:
    QApplication.processEvents()
    paints.seen.clear()
    act()
    QApplication.processEvents()
    return paints.seen


def picture(lane: Lane, *widgets: QWidget) -> list[QImage]:
    """What stands on the screen where these widgets are."""
    QApplication.processEvents()
    lane.shell.sell.afterwards.do_now()
    QApplication.processEvents()
    whole = QGuiApplication.primaryScreen().grabWindow(lane.window.winId()).toImage()
    return [whole.copy(QRect(each.mapTo(lane.window, each.rect().topLeft()), each.size())) for each in widgets]


def test_a_scan_paints_nothing_that_did_not_change(sell: SellScreen, paints: Paints) -> None:
    scan(sell, MANY)
    view = sell.basket.view
    assert view.verticalScrollBar().maximum() > 0
    # Not of the whole window: the cursor of the scan field blinks when it likes.
    places = {sell.basket, *sell.basket.findChildren(QWidget), sell.money, *sell.money.findChildren(QWidget)}
    sell.afterwards.do_now()
    # However slow the machine is, it is not done by itself meanwhile.
    sell.afterwards._timer.setInterval(60_000)
    seen = painted_by(paints, lambda: sell.scanned(MUG))
    assert places & set(seen) == {view.viewport(), view.verticalScrollBar(), sell.totals}
    assert places & set(painted_by(paints, sell.afterwards.do_now)) == {sell.pay_button}


def test_a_strip_that_moves_is_painted_where_it_comes(sell: SellScreen, paints: Paints) -> None:
    scan(sell, 2)
    seen = painted_by(paints, lambda: scan(sell, 1))
    assert sell.basket.strip.remove in seen
    assert sell.basket not in seen


def test_what_is_seen_is_what_stands_there(lane: Lane, sell: SellScreen) -> None:
    app, bar = QApplication.instance(), sell.basket.view.verticalScrollBar()
    assert isinstance(app, QApplication)
    steps: tuple[Callable[[], object], ...] = (
        lambda: scan(sell, 2),
        lambda: scan(sell, MANY),
        lambda: bar.setValue(bar.value() - 37),
        lambda: sell._choose(MANY - 3),
        lambda: set_theme(app, "dark"),
        lambda: scan(sell, 1),
        sell._remove_line,
        lambda: sell._go(lane.opened.workstation.sale.undo),
        sell.basket.strip.more.click,
    )
    for step in steps:
        step()
        seen = picture(lane, sell.basket, sell.totals, sell.pay_button)
        for widget in (sell.basket, *sell.basket.findChildren(QWidget), sell.totals, sell.pay_button):
            widget.update()
        assert seen == picture(lane, sell.basket, sell.totals, sell.pay_button)


def test_the_row_before_is_painted_before_the_next_scan_and_not_by_it(sell: SellScreen, qtbot: QtBot) -> None:
    scan(sell, 2)
    qtbot.waitUntil(lambda: sell.afterwards.is_done)
    made = row_painting.row_picture.cache_info().misses
    sell.scanned(SOAP)
    sell.basket.view.viewport().repaint()
    assert row_painting.row_picture.cache_info().misses == made


def test_a_chosen_row_at_the_end_leaves_the_corners_of_the_card_round(lane: Lane, sell: SellScreen) -> None:
    scan(sell, MANY)
    (card,) = picture(lane, sell.basket)
    bottom = card.height() - 1
    for left in (0, card.width() - 1):
        assert card.pixelColor(left, bottom) == QColor(current().bg)
    # The row's own mark reaches to the left edge of the list, and not into the corner.
    marked = [card.pixelColor(2, bottom - above) == QColor(current().primary_edge) for above in (3, 20)]
    assert marked == [False, True]


@pytest.mark.parametrize("amount", ["9.50", "99,999.99", "949,990.50", "9,499,990.50", "123 456 789,00"])
def test_an_amount_shows_whole_and_stands_off_the_price(qapp: QApplication, amount: str) -> None:
    del qapp
    room = row_painting.columns_of(800)[2]
    assert text_width(amount, amount_face(amount, room)) <= room - 8
