"""The X report on paper: the open till as it stands."""

from __future__ import annotations

from pos.domain.day_report import DayReport
from pos.domain.transaction import JournalHead
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.day_figures import report_document
from receipts.paper.shop_face import ShopFace


def x_report(
    report: DayReport, shop: ShopFace, words: Wording, *, head: JournalHead | None = None, copy_number: int = 0
) -> Document:
    """Every figure so far; nothing ends with it."""
    title = words.say("X report {number}", number=report.number)
    return report_document(report, shop, words, name="x_report", title=title, head=head, copy_number=copy_number)
