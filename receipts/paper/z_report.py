"""The Z report on paper: the day of a till that was closed, the same for ever."""

from __future__ import annotations

from pos.domain.day_report import DayReport
from pos.domain.transaction import JournalHead
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.day_figures import report_document
from receipts.paper.shop_face import ShopFace


def z_report(
    report: DayReport, shop: ShopFace, words: Wording, *, head: JournalHead | None = None, copy_number: int = 0
) -> Document:
    """Every figure of the day, what was counted, and what goes to the bank."""
    title = words.say("Z day report {number}", number=report.number)
    return report_document(report, shop, words, name="z_report", title=title, head=head, copy_number=copy_number)
