"""The receipt says what was stored, all of it, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.discount import PriceOverride
from pos.domain.shop import ReceiptTexts, ShopRules
from pos.wording import Wording
from receipts.document import Barcode, Centred, Document, Mark, TextLine
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace
from receipts.plain_text import lay_out, render
from tests.receipts import samples

EN = Wording("en")


def receipt(**changes: object) -> Document:
    return sale_receipt(replace(samples.USD, **changes), samples.ALDER, EN, head=samples.HEAD)  # type: ignore[arg-type]


def test_it_prints_stored_amounts_even_where_they_do_not_add_up() -> None:
    """A later program never prices again: what the books say stands on the paper, right or wrong."""
    text = render(receipt(total=11, subtotal=22, discount=0, change=44), 42)
    assert "$0.11" in text
    assert "0.22" in text
    assert "0.44" in text


def test_the_barcode_is_the_token_and_never_the_number() -> None:
    document = receipt()
    (bars,) = [block for block in document.blocks if isinstance(block, Barcode)]
    assert bars.data == "KR" + samples.USD.token == samples.USD.receipt_code
    assert str(samples.USD.receipt) not in bars.data
    assert bars.caption == "0142-03-0118"


def test_the_journal_is_anchored() -> None:
    assert "Journal 118 · 9f3a5b0c77d1e244\n" in render(receipt(), 42)
    assert "Journal" not in render(sale_receipt(samples.USD, samples.ALDER, EN), 42)


def test_the_time_is_the_shops() -> None:
    assert "Nov 21, 2026 14:33" in render(receipt(), 42)
    assert "Nov 22, 2026 00:33" in render(receipt(utc_offset_minutes=300), 42)


@pytest.mark.parametrize("number", [1, 2])
def test_a_copy_is_marked_at_least_twice_as_large_as_the_total(number: int) -> None:
    document = sale_receipt(samples.USD, samples.ALDER, EN, copy_number=number)
    assert document.blocks[0] == Mark(f"COPY {number}")
    sizes = {laid.text.split()[0]: laid.size for laid in lay_out(document, 42) if isinstance(laid, tuple) and laid.text}
    mark, total = sizes["COPY"], sizes["TOTAL"]
    assert mark.tall >= 2 * total.tall
    assert mark.wide >= 2 * total.wide
    assert mark.drawn >= 2 * total.drawn


def test_an_original_is_not_marked() -> None:
    assert not any(isinstance(block, Mark) for block in receipt().blocks)


def test_rounding_stands_on_a_line_of_its_own_only_where_there_is_some() -> None:
    assert "Rounding" not in render(receipt(), 42)
    rounded = render(receipt(rounding=-3), 42)
    assert "Rounding                             -0.03" in rounded
    assert "To pay                             $138.62" in rounded


def test_prices_with_tax_added_show_base_and_tax_of_each_rate() -> None:
    text = render(receipt(), 42)
    assert "Tax 7.25% on 125.70                   9.11" in text
    assert "Tax rate" not in text


def test_prices_that_hold_tax_show_a_table_with_the_zero_rate_too() -> None:
    rows = [row.split() for row in render(sale_receipt(samples.CZK, samples.OLSE, EN), 42).splitlines()]
    heading = rows.index(["Tax", "rate", "Without", "tax", "Tax"])
    assert rows[heading + 1 : heading + 4] == [
        ["12%", "1,116.25", "133.95"],
        ["21%", "206.20", "43.30"],
        ["0%", "349.00", "0.00"],
    ]


def test_a_single_piece_needs_no_quantity_and_weights_always_have_one() -> None:
    lines = [block for block in receipt().blocks if isinstance(block, TextLine) and "×" in block.left]
    assert [line.left for line in lines] == ["3 × 9.50", "1.284 lb × 2.99", "2 × 5.25"]


def test_exact_money_gives_no_change_line() -> None:
    assert "Change" not in render(receipt(change=0), 42)


def test_the_face_of_the_shop_comes_from_its_rules() -> None:
    rules = ShopRules(
        name="Alder & Co.",
        store="0142",
        currency="USD",
        timezone="America/New_York",
        vat_number="US1",
        receipt=ReceiptTexts(header=("Harbor Street 8",), policy=("30 days",), footer=("Thank you",)),
    )
    face = ShopFace.of(rules)
    document = sale_receipt(samples.USD, face, EN)
    centred = [block.text for block in document.blocks if isinstance(block, Centred)]
    assert centred == ["Harbor Street 8", "VAT no. US1", "You saved $22.30", "30 days", "Thank you"]


def test_a_price_lowered_by_hand_says_the_usual_one_and_counts_as_saved() -> None:
    mugs = samples.USD.lines[1]
    lowered = replace(mugs, override=PriceOverride(was=1_050, reason="price_match"))
    raised = replace(samples.USD.lines[3], override=PriceOverride(was=400, reason="price_match"))
    text = render(receipt(lines=(samples.USD.lines[0], lowered, samples.USD.lines[2], raised)), 42)
    assert text.count("Usual price") == 1
    assert "Usual price 10.50" in text
    assert "You saved $25.30" in text, "22.30 of discounts, and three times 1.00"


def test_the_same_facts_give_the_same_paper() -> None:
    assert receipt() == receipt()
    assert receipt().name == "sale_receipt"
    assert receipt().title == "Receipt 0142-03-0118"
