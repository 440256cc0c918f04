"""A sale that another system made is marked as that where Returns finds it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Code, Refused
from pos.services.purchases import Found
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.ui.returns.finder import CUSTOMER, ITEM, Seen, Sought, look
from pos.ui.returns.rows import found_row, receipt_named
from pos.wording import Wording
from tests.corner_shop import MANAGER, new_shop, open_up


def test_it_is_marked_with_what_was_bought(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    path = tmp_path / "sales.csv"
    path.write_text(
        "receipt,date,code,name,quantity,price,customer\n"
        "77,2026-01-10,BREAD,Loaf of then,1,20.00,C7\n77,2026-01-10,LANTERN,Lantern,1,3.00,C7\n",
        "utf-8",
    )
    report = import_sales(lane.desk, path, SaleImportOptions(), from_command_line=True)
    assert isinstance(report, SaleImportReport)
    today, words = lane.desk.local(lane.desk.now()).date(), Wording("en")
    # Neither that customer nor that item is this shop's own.
    for method, typed, day in ((CUSTOMER, " C7 ", None), (ITEM, "LANTERN", date(2026, 1, 10))):
        seen = look(lane, Sought(method, typed, day))
        assert isinstance(seen, Seen), seen
        assert "Imported sale · 77 · Loaf of then, Lantern" in found_row(seen.purchases[0], today, words).detail
    assert look(lane, Sought(ITEM, "QQXQQ", date(2026, 1, 10))) == Refused(Code.ITEM_UNKNOWN, {"code": "QQXQQ"})
    found = lane.purchases.find("77")
    assert isinstance(found, Found)
    assert receipt_named(found.purchase, words) == "Imported sale 77"
    lane.close()
