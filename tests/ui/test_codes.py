"""Codes that are more than an item, or none: each is answered where the cashier looks, and the sale stays as it was."""

from __future__ import annotations

from tests.lane import MUG, Lane


def test_a_day_that_is_over_is_said_and_the_line_is_there(lane: Lane) -> None:
    lane.open_till()
    lane.shell.scanned(f"(01){MUG.zfill(14)}(17)200131")
    sale = lane.opened.workstation.sale
    assert sale.view.expired == (0,)
    assert lane.shell.sell.banner.isVisible()
    assert "Jan 31, 2020" in lane.shell.sell.banner.message
    lane.shell.scanned(MUG)
    assert not lane.shell.sell.banner.isVisible()
    assert len(sale.view.priced.lines) == 2


def test_rubbish_is_refused_in_a_sentence(lane: Lane) -> None:
    lane.open_till()
    lane.shell.scanned(MUG)
    before = lane.opened.workstation.sale.view
    for rubbish in ("9" * 500, "x" * 500, "abc\x00def", "]C1nonsense", "KB-7F3Q-2M8X"):
        lane.shell.scanned(rubbish)
        assert lane.shell.sell.banner.isVisible()
        assert lane.shell.sell.banner.message.isprintable()
        lane.shell.sell.banner.hide()
    assert lane.opened.workstation.sale.view == before
