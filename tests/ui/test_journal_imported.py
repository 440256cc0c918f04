"""The journal shows an imported sale, offers nothing that does not fit it, and leads to Returns."""

from __future__ import annotations

from pathlib import Path

from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.ui.journal.screen import JournalScreen
from pos.ui.returns.screen import ReturnsScreen
from tests.lane import DANA, MAYA, MUG, Lane
from tests.ui.test_journal_check_screen import journal, sold


def imported(lane: Lane, tmp_path: Path, day: str) -> JournalScreen:
    path = tmp_path / "sales.csv"
    rows = (f"A77,{day} 08:04,OLD,Lantern,2,4.00,C7", f"A77,{day} 08:04,OLD2,Wick,1,1.00,C7")
    path.write_text("receipt,date,code,name,quantity,price,customer\n" + "\n".join(rows) + "\n", "utf-8")
    report = import_sales(lane.opened.workstation.desk, path, SaleImportOptions(), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    assert report.written, report
    return journal(lane)


def test_it_stands_marked_among_the_others_and_nothing_can_be_done_to_it(lane: Lane, tmp_path: Path) -> None:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    ours = sold(lane, MUG, by_check=False).transaction
    desk = lane.opened.workstation.desk
    screen = imported(lane, tmp_path, desk.local(desk.now()).date().isoformat())
    assert [str(one.receipt) for one in screen.receipts.values()] == [str(ours.receipt), "A77"]
    row = screen.list.found.rows[1]
    assert row.detail == "Imported sale · Customer C7 · 2 lines"
    screen.open_receipt("A77")
    assert screen.context == "Imported sale A77"
    assert screen.stands.isVisible()
    assert screen.preview.document is not None
    assert screen.preview.document.title == "Imported sale A77"
    assert [name for name, button in screen.actions_of.buttons.items() if not button.isHidden()] == []
    assert screen.again_button.text() == "Return goods"
    lane.trigger("journal.keys.again")
    shown = lane.shell.screen_shown
    assert isinstance(shown, ReturnsScreen)
    assert shown.draft is not None
    assert shown.draft.purchase is not None
    assert shown.draft.purchase.receipt == "A77"
    screen = journal(lane)
    screen.open_receipt(str(ours.receipt))
    assert not screen.stands.isVisible()
    assert screen.again_button.text() == "Print again"
    assert not screen.actions_of.buttons["post_void"].isHidden()


def test_an_earlier_day_opens_by_number(lane: Lane, tmp_path: Path) -> None:
    lane.sign_in(DANA)
    screen = imported(lane, tmp_path, "2026-01-10")
    assert screen.receipts == {}
    screen.field.submitted.emit("A77")
    assert screen.chosen is not None
    assert screen.chosen.imported
    assert "2026" in screen.days.name.text()


def test_who_may_not_see_other_days_does_not_see_it(lane: Lane, tmp_path: Path) -> None:
    lane.sign_in(MAYA)
    screen = imported(lane, tmp_path, "2026-01-10")
    screen.field.submitted.emit("A77")
    assert screen.chosen is None
    assert screen.banner.isVisible()
