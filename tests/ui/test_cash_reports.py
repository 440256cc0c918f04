"""The reports of the shop at one till: its own first, then those of the others, each with its register."""

from __future__ import annotations

from pos.domain.journal import EntryKind
from pos.domain.refusal import Refused
from pos.services.counts import CountView
from pos.services.till_close import ClosedTill
from pos.ui.cash.reports import ReportsScreen
from pos.ui.opening import open_books
from pos.workstation import Workstation
from tests.lane import DANA, Lane, settings_of


def closed(station: Workstation) -> ClosedTill:
    """A till with nothing but its float, closed as it should be."""
    assert not isinstance(station.tills.open_till(20000), Refused)
    assert isinstance(station.counts.count({"100.00": "2"}), CountView)
    done = station.till_closing.close()
    assert isinstance(done, ClosedTill)
    return done


def test_the_list_holds_every_register_s_reports_its_own_first(lane: Lane) -> None:
    lane.sign_in(DANA)
    here = lane.opened.workstation
    closed(here)
    lane.clock.move(60)
    folder = here.desk.shop.folder
    other = open_books(settings_of(folder.parent), folder, 9, demo=True, clock=lane.clock).workstation
    other.desk.operator = here.desk.operator
    name = f"z9-{closed(other).number}"
    other.close()
    lane.shell.open_place("cash_reports")
    screen = lane.shell.screen_shown
    assert isinstance(screen, ReportsScreen)
    rows = screen.list.found.rows
    own = [row.id.startswith("z1-") for row in rows]
    assert own == sorted(own, reverse=True)
    assert "Register" not in rows[0].detail
    (newest,) = [row for row in rows if row.id == name]
    assert newest.detail.startswith("Register 9 · ")
    screen.list.choose(name)
    screen._show_chosen(name)
    assert screen.chosen is not None
    assert screen.chosen.workstation == 9
    lane.trigger("cash_reports.keys.again")
    with here.desk.shop.books.reading() as work:
        (copied,) = work.journal.of_kind(EntryKind.TILL_REPORT_COPIED)
    assert copied.subject == f"z {screen.chosen.register}-{screen.chosen.number}"
    assert copied.workstation == 1
