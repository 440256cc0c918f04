"""A receipt from its stored facts, for a thermal printer and as PDF, against typed bytes and a bare canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import shops
from benchmarks.bare_canvas import draw_receipt
from benchmarks.bare_receipt import CODE_PAGE, COLUMNS, type_receipt
from benchmarks.figure import Figure, ratio_p50
from benchmarks.measure import Stopwatch, turn_by_turn
from pos.domain.transaction import JournalHead, Transaction
from pos.services.sale import CompletedSale
from pos.wording import Wording
from receipts import escpos, pdf
from receipts.document import Document
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace
from receipts.printers import PROFILES

ESCPOS = "escpos"
PDF = "pdf"
LIMIT = 2.0
PROFILE = PROFILES[f"80mm-{COLUMNS}-{CODE_PAGE}"]
_LINES = 10
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Sold:
    """What a receipt is made from."""

    sale: Transaction
    shop: ShopFace
    words: Wording
    head: JournalHead

    def document(self) -> Document:
        """The receipt as the program composes it."""
        return sale_receipt(self.sale, self.shop, self.words, head=self.head)


def measure_escpos(home: Path, *, quick: bool) -> Figure:
    """Both sides come to the same bytes."""
    sold = sell(home)
    return _measured(
        ESCPOS,
        50 if quick else 3_000,
        lambda: escpos.render(sold.document(), PROFILE),
        lambda: type_receipt(sold.sale, sold.shop, sold.words, sold.head),
    )


def measure_pdf(home: Path, *, quick: bool) -> Figure:
    """Both sides draw the same words and bars on a page."""
    sold = sell(home)
    return _measured(
        PDF,
        10 if quick else 300,
        lambda: pdf.render(sold.document()),
        lambda: draw_receipt(sold.sale, sold.shop, sold.words, sold.head),
    )


def sell(home: Path) -> Sold:
    """A sale of ten lines in a demo shop."""
    workstation = shops.open_for_sale(shops.found(home, _LINES))
    for number in range(_LINES):
        workstation.sale.scan(shops.invented_gtin(number))
    workstation.sale.tender_cash(100_00)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    rules = workstation.desk.rules
    workstation.close()
    return Sold(done.transaction, ShopFace.of(rules), Wording(rules.language), done.head)


def _measured(name: str, rounds: int, render: Callable[[], bytes], by_hand: Callable[[], bytes]) -> Figure:
    watches = {render: Stopwatch(), by_hand: Stopwatch()}

    def timed(make: Callable[[], bytes]) -> None:
        with watches[make].running():
            make()

    turn_by_turn(_WARM_UP + rounds, lambda _: timed(render), lambda _: timed(by_hand))
    program, bare = watches[render].sample(_WARM_UP), watches[by_hand].sample(_WARM_UP)
    return Figure(name, program, bare, (ratio_p50(program, bare, LIMIT),))
