"""A ratio means something only where program and baseline do the same work."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from benchmarks import item_list, lookup, promoted_shop, receipt, reprice, returns, run, sale, shops
from benchmarks.bare import open_bare
from benchmarks.bare_canvas import draw_receipt
from benchmarks.bare_lookup import look_up
from benchmarks.bare_painted import BarePainted
from benchmarks.bare_receipt import type_receipt
from benchmarks.bare_reprice import take_off
from benchmarks.live_till import LiveTill
from benchmarks.recording import recorded
from pos.domain.pricing import price
from pos.domain.promotion import Bundle, BuyGet, Each, Tiers
from pos.domain.promotions import PreparedPromotions
from pos.domain.return_decision import Verdict
from pos.persistence.shop_folder import BACKUPS
from receipts import escpos, pdf

ROUNDS_OF_A_QUICK_SALE = 25


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the figures stand beside each other: a shop of one size is founded once and copied for each."""
    return tmp_path_factory.mktemp("figures")


@pytest.mark.parametrize("name", run.FIGURES)
def test_every_figure_is_measured_in_quick_mode(name: str, beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    figure = run.FIGURES[name](beside / name, quick=True)
    assert figure.name == name
    assert figure.program.n > 0
    assert figure.program.p50 > 0
    assert figure.checks
    if figure.bare is not None:
        assert figure.bare.n == figure.program.n
        assert figure.bare.p50 > 0


def test_both_sides_of_a_sale_write_as_many_rows(tmp_path: Path) -> None:
    home = tmp_path / "sale"
    # The demo shop has a week of sales behind it.
    before = _rows(shops.found(home, sale.ITEMS) / shops.DATABASE)
    sale.measure(home, quick=True)
    sold, replayed = (_rows(home / folder / shops.DATABASE) for folder in ("demo", "bare"))
    assert sold == replayed
    assert sold["retail_transaction"] - before["retail_transaction"] == ROUNDS_OF_A_QUICK_SALE
    assert sold["sale_line"] - before["sale_line"] == ROUNDS_OF_A_QUICK_SALE * sale.LINES
    assert sold["basket"] == 0


def _rows(database: Path) -> dict[str, int]:
    connection = open_bare(database)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {table: connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    return counts


def test_what_is_recorded_is_what_the_driver_was_asked(tmp_path: Path) -> None:
    with recorded() as recording:
        connection = open_bare(tmp_path / "books")
        connection.execute("CREATE TABLE line (number INTEGER)")
        recording.take()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO line VALUES (?)", [(1,), (2,)])
        connection.commit()
        connection.commit()
        asked = recording.take()
        connection.close()
    assert [(statement.sql, statement.many) for statement in asked] == [
        ("BEGIN IMMEDIATE", False),
        ("INSERT INTO line VALUES (?)", True),
        ("COMMIT", False),
    ]
    unrecorded = open_bare(tmp_path / "books")
    assert unrecorded.execute("SELECT number FROM line").fetchall() == [(1,), (2,)]
    unrecorded.close()
    assert not recording.take()


def test_both_sides_of_a_lookup_find_the_same_item(tmp_path: Path) -> None:
    folder = shops.found(tmp_path / lookup.NAME, 300)
    workstation, bare = shops.open_for_sale(folder), open_bare(folder / shops.DATABASE)
    for number in (0, 7, 299):
        code = shops.invented_gtin(number)
        item, row = workstation.catalogue.find(code), look_up(bare, code.zfill(14))
        assert item is not None
        assert row is not None
        assert (item.id, item.name, item.unit_price_minor, " ".join(item.taxes), item.unit.value) == row[:5]
    assert look_up(bare, shops.invented_gtin(300).zfill(14)) is None
    workstation.close()
    bare.close()


def test_a_receipt_typed_by_hand_is_the_program_s_byte_for_byte(tmp_path: Path) -> None:
    sold = receipt.sell(tmp_path / "escpos")
    by_hand = type_receipt(sold.sale, sold.shop, sold.words, sold.head)
    assert by_hand == escpos.render(sold.document(), receipt.PROFILE)


def test_both_sides_of_a_pdf_say_the_same(tmp_path: Path) -> None:
    sold = receipt.sell(tmp_path / "pdf")
    pages = (pdf.render(sold.document()), draw_receipt(sold.sale, sold.shop, sold.words, sold.head))
    texts = [pypdf.PdfReader(BytesIO(page)).pages[0].extract_text() for page in pages]
    program, by_hand = (sorted(text.replace("·", "-").split()) for text in texts)
    assert program == by_hand
    assert "TOTAL" in program


def test_the_bare_widget_paints_what_it_was_given(qapp: object) -> None:  # noqa: ARG001 - a widget needs the application
    widget = BarePainted()
    empty = widget.grab().toImage()
    widget.add("Invented item", "2900000000018", 100)
    one = widget.grab().toImage()
    widget.add("Invented item", "2900000000018", 100)
    assert empty != one != widget.grab().toImage()
    widget.clear()
    assert widget.grab().toImage() == empty


def test_the_item_list_is_as_long_as_it_says_and_every_row_is_good(tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    item_list.write_list(file, 120)
    lines = file.read_text("utf-8").splitlines()
    assert len(set(lines)) == len(lines) == 121
    assert item_list.measure(tmp_path / "import", quick=True).program.n == 1


def test_both_sides_of_a_reprice_take_the_same_off_where_percents_are_all_there_is() -> None:
    """The baseline knows neither groups on top of each other, nor limits, conditions and flags: those are left out."""
    shop = [
        promotion
        for promotion in promoted_shop.promotions(500)
        if isinstance(promotion.kind, Each)
        and promotion.kind.reward.percent_millionths is not None
        and not (promotion.combinable or promotion.limit or promotion.items.flags or promotion.id.endswith("0"))
    ]
    circumstances = replace(promoted_shop.circumstances([]), promotions=PreparedPromotions.of(shop))
    for number in range(10):
        priced = price(promoted_shop.basket(shop, number), promoted_shop.RULES, circumstances)
        amounts = take_off(reprice.lines_of(priced), reprice.percents(shop))
        assert [line.discount for line in priced.lines] == amounts
        assert sum(map(bool, amounts)) >= 20


def test_promotions_of_every_kind_are_at_work_in_the_baskets_that_are_priced() -> None:
    shop = promoted_shop.promotions(500)
    circumstances = promoted_shop.circumstances(shop)
    at_work: set[type] = set()
    for number in range(5):
        outcome = price(promoted_shop.basket(shop, number), promoted_shop.RULES, circumstances).promotions
        at_work |= {type(applied.promotion.kind) for applied in outcome.applied}
        assert 100 <= len(outcome.applied) + len(outcome.passed_over) < 250
    assert at_work == {Each, BuyGet, Bundle, Tiers}


def test_the_return_that_is_decided_has_lines_that_come_back_and_lines_that_wait() -> None:
    for number in range(3):
        decided = returns.decision(number)
        verdicts = [line.verdict for line in decided.lines]
        assert len(verdicts) == returns.LINES
        assert (decided.verdict, decided.now.refund > 0) == (Verdict.PARTIAL, True)
        assert {Verdict.ALLOWED, Verdict.EXCHANGE_ONLY, Verdict.REFUSED_OVERRIDABLE} <= set(verdicts)
        assert decided.if_approved is not None
        assert any(reason.remedy for reason in decided.reasons)


@pytest.mark.usefixtures("qapp")
def test_a_till_to_measure_in_makes_no_backup_and_no_noise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shops.found(tmp_path / "till", 3)
    till = LiveTill(tmp_path / "till")
    till.close()
    assert capsys.readouterr().err == ""
    assert list((folder / BACKUPS).iterdir()) == []
    shops.open_for_sale(folder).close()
