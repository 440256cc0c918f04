"""A real sale through the real queue to a printer on a real socket; what came out is read back and scanned."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from pos.devices.drawer import PrinterDrawer, kick_bytes
from pos.devices.ports import Printed
from pos.devices.tcp_printer import TcpPrinter
from pos.domain.shop import Mode
from pos.services.demo_shop import DEMO_PINS
from pos.services.paperwork import Devices, Paperwork
from pos.services.sale import CompletedSale
from pos.settings import DEMO_SHOP, read_settings
from pos.workstation import open_workstation
from receipts import pdf
from receipts.printers import PROFILES
from tests.corner_shop import HandClock
from tests.devices.fake_printer import FakePrinter
from tests.lane import MOMENT, copy_of_demo
from tests.receipts.escpos_reader import read
from tests.receipts.scanner import scan


@pytest.mark.parametrize("name", ["80mm-48-cp852", "80mm-42-cp858"])
def test_the_receipt_of_a_sale_scans_as_its_token(tmp_path: Path, name: str) -> None:
    """The bars have to fit the narrowest head: bars too wide are replaced by text, and no return finds its sale."""
    profile = PROFILES[name]
    folder = copy_of_demo(tmp_path / "home") / DEMO_SHOP
    settings = read_settings(tmp_path)
    station = open_workstation(folder, number=1, mode=Mode.DEMO, settings=settings, clock=HandClock(MOMENT))
    try:
        station.sign_on.sign_on("101", DEMO_PINS["101"])
        station.tills.open_till(100_00)
        station.sale.scan("LOAF")
        station.sale.tender_cash(20_00)
        done = station.sale.complete()
        assert isinstance(done, CompletedSale)
        with FakePrinter() as fake:
            printer = TcpPrinter("127.0.0.1", fake.port)
            paperwork = Paperwork(station.desk, Devices(printer, PrinterDrawer(printer), profile))
            assert paperwork.after_sale(done.paper) == Printed()
            printed = bytes(fake.printed)
        document = paperwork.document(done.transaction.id)
    finally:
        station.close()
    assert printed.startswith(kick_bytes())
    paper = read(printed.removeprefix(kick_bytes()), codec=profile.code_page, dots=profile.dots)
    assert scan(paper.picture(profile.dots)) == [done.transaction.receipt_code]
    assert any(str(done.transaction.receipt) in row.text for row in paper.rows)
    assert document is not None
    page = pdf.render(document)
    assert str(done.transaction.receipt) in PdfReader(BytesIO(page)).pages[0].extract_text()
    with pypdfium2.PdfDocument(page) as file:
        assert scan(file[0].render(scale=4).to_pil()) == [done.transaction.receipt_code]
