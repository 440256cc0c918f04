"""The sample sales as documents, each in the language of its customer."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.transaction import Transaction
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace
from tests.receipts import samples

PAPERS: Mapping[str, tuple[Transaction, ShopFace, str, int]] = {
    "usd_en": (samples.USD, samples.ALDER, "en", 0),
    "czk_cs": (samples.CZK, samples.OLSE, "cs", 0),
    "sek_sv": (samples.SEK, samples.ALEN, "sv", 1),
    "jpy_en": (samples.JPY, samples.ALDER, "en", 0),
    "kwd_en": (samples.KWD, samples.ALDER, "en", 0),
    "mixed_cs": (samples.MIXED, samples.OLSE, "cs", 2),
}


def paper(name: str) -> Document:
    sale, shop, language, copy = PAPERS[name]
    return sale_receipt(sale, shop, Wording(language), head=samples.HEAD, copy_number=copy)
