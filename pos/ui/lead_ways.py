"""What the shell does where a screen leads to no place of its own."""

from __future__ import annotations

from pos.ui.device_board import DeviceBoard
from pos.ui.receipt_scans import ReceiptScans
from pos.ui.sale_road import SaleRoad
from pos.ui.shared.leads import OPEN_CARD, OWED_REFUNDS, PLAY_CUSTOMER


def follow_lead(name: str, devices: DeviceBoard, road: SaleRoad, receipts: ReceiptScans) -> None:
    """Go where this leads; every other name is a place, and nothing happens here."""
    leads = {PLAY_CUSTOMER: devices.play_customer, OPEN_CARD: road.show_open_card, OWED_REFUNDS: receipts.show_owed}
    if lead := leads.get(name):
        lead()
