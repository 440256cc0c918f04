"""The report of returns by keyboard: its days, its cuts, the returns of a row, the way to a receipt and to a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from pos.domain.money import Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.returns_report import Cut
from pos.services.returns import CompletedReturn
from pos.ui.journal.screen import JournalScreen
from pos.ui.reports import spans
from pos.ui.reports.returns import ReturnsReportScreen
from tests.lane import DANA, KETTLE, MUG, Lane, copy_of_demo, open_lane, sold
from tests.screens_returns import press


@pytest.fixture
def lane(tmp_path: Path, qapp: QApplication) -> Iterator[Lane]:
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till(50_000)
    bought = sold(lane, KETTLE, MUG)
    for line, reason in ((1, "defective"), (2, "changed_mind")):
        asked = LineAsked(line, Quantity.pieces(1), condition="opened", reason=reason)
        assert isinstance(
            lane.opened.workstation.returns.complete(ReturnRequest(bought.id, lines=(asked,))), CompletedReturn
        )
    yield lane
    lane.close()


def opened(lane: Lane) -> ReturnsReportScreen:
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)
    lane.shell.open_place("reports")
    screen = lane.shell.screen_shown
    assert isinstance(screen, ReturnsReportScreen)
    return screen


def names(screen: ReturnsReportScreen) -> list[str]:
    return [row.name for row in screen.list.found.rows]


def typed(screen: ReturnsReportScreen, text: str) -> None:
    screen.field.set_text(text)
    screen.field.submitted.emit(text)


def test_a_row_leads_to_its_returns_and_each_to_its_receipt(lane: Lane) -> None:
    screen = opened(lane)
    assert names(screen) == ["Defective", "Customer changed their mind"]
    press(lane, "Down")
    assert screen.title_of_cases.text() == "Customer changed their mind"
    (case,) = screen.cases.found.rows
    assert case.name == "0142-01-R0002"
    press(lane, "F12")
    journal = lane.shell.screen_shown
    assert isinstance(journal, JournalScreen)
    assert str(journal.receipts[journal.list.chosen].receipt) == "0142-01-R0002"


def test_each_cut_has_its_key_and_says_when_it_has_nothing(lane: Lane) -> None:
    screen = opened(lane)
    seen: dict[Cut, list[str]] = {}
    for number, cut in enumerate(Cut, start=1):
        press(lane, f"Alt+{number}")
        seen[screen.cut] = names(screen)
        assert screen.list.isHidden() != bool(seen[cut])
    assert list(seen) == list(Cut)
    assert set(seen[Cut.GOODS]) == {"To be sold as open box"}
    assert seen[Cut.CASHIER] == ["Maya Reyes"]
    assert seen[Cut.TENDER] == ["Cash"]
    assert seen[Cut.REFUSED] == seen[Cut.APPROVER] == []


def test_days_are_turned_named_and_typed_and_what_is_no_day_changes_nothing(lane: Lane) -> None:
    screen = opened(lane)
    week = screen.days
    press(lane, "Alt+Left")
    assert (week[0] - screen.days[1]).days == 1
    assert names(screen) == []
    assert screen.spans.choice == ""
    press(lane, "Alt+Right")
    assert screen.days == week
    assert screen.spans.choice == spans.WEEK
    screen.spans.buttons[spans.TODAY].click()
    assert screen.days == (date(2026, 11, 21), date(2026, 11, 21))
    typed(screen, "2026-11-01 2026-11-30")
    assert screen.days == (date(2026, 11, 1), date(2026, 11, 30))
    typed(screen, "yesterday and more")
    assert screen.days == (date(2026, 11, 1), date(2026, 11, 30))
    assert not screen.banner.isHidden()


def test_the_report_is_saved_as_a_file_and_so_is_every_line(lane: Lane, tmp_path: Path) -> None:
    opened(lane)
    press(lane, "F8")
    press(lane, "Shift+F8")
    folder = tmp_path / "home" / "reports"
    for name, count in (("returns", None), ("return-lines", 2)):
        (path,) = folder.glob(f"{name}-*.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = list(csv.DictReader(file))
        assert written
        assert count is None or len(written) == count
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_cashier_has_no_reports(lane: Lane) -> None:
    assert (
        "reports" not in {place.name for place in lane.shell.rail.places}
        if hasattr(lane.shell.rail, "places")
        else True
    )


DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@given(one=DAYS, other=DAYS)
def test_a_stretch_turned_and_turned_back_is_the_same(one: date, other: date) -> None:
    days = (min(one, other), max(one, other))
    before = spans.turned(days, -1)
    assert (days[0] - before[1]).days == 1
    # Days that are as long as whole months before them are turned back as those months.
    if bool(spans.whole_months(before)) == bool(spans.whole_months(days)):
        assert spans.turned(before, 1) == days


@given(today=DAYS)
def test_a_whole_month_turns_to_the_month_before(today: date) -> None:
    month = spans.named(spans.LAST_MONTH, today)
    earlier = spans.turned(month, -1)
    assert earlier == spans.named(spans.LAST_MONTH, month[0])
    assert spans.turned(earlier, 1) == month


@pytest.mark.parametrize(
    "text", ["1.11.2026 15.11.2026", "1. 11. 2026 – 15. 11. 2026", "11/1/2026 - 11/15/2026", "2026-11-01..2026-11-15"]
)
def test_two_days_are_read_as_people_write_them(lane: Lane, text: str) -> None:
    read = lane.opened.workstation.lookup.day_named
    assert spans.typed(text, read) == (date(2026, 11, 1), date(2026, 11, 15))
    assert spans.typed("15.11.2026", read) == (date(2026, 11, 15), date(2026, 11, 15))
    assert spans.typed("nothing at all", read) is None
