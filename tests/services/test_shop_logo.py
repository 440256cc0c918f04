"""The shop's logo: permitted, journalled, kept beside the books, and an old receipt is printed with the one it had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pos.domain.finding import Finding
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import LOGOS
from pos.services.backup import back_up, restore
from pos.services.copies import Copies
from pos.services.receipt_sample import sample_receipt
from pos.services.shop_logo import look_at_logo, remove_logo, set_logo
from pos.services.verify import verify_books, verify_shop
from pos.wording import LANGUAGES, Wording
from pos.workstation import Workstation
from receipts.document import Document, Logo
from tests.corner_shop import CASHIER, MANAGER, OPENED, contents, new_shop, open_up, sell
from tests.receipts.pictures import as_file, drawn, moving


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    workstation.close()


@pytest.fixture
def leaf(tmp_path: Path) -> Path:
    file = tmp_path / "leaf.png"
    file.write_bytes(as_file(drawn()))
    return file


def logo_on(document: object) -> Logo | None:
    assert isinstance(document, Document)
    return next((block for block in document.blocks if isinstance(block, Logo)), None)


def receipt(till: Workstation, sale: str) -> Logo | None:
    return logo_on(till.paperwork.document(sale))


def put(till: Workstation, file: Path) -> ShopRules:
    rules = set_logo(till.desk, file)
    assert isinstance(rules, ShopRules)
    return rules


def test_a_logo_is_on_every_paper_from_now_on_and_old_receipts_keep_theirs(till: Workstation, leaf: Path) -> None:
    before = sell(till).transaction.id
    rules = put(till, leaf)
    assert rules.version == 2
    with_leaf = sell(till).transaction.id
    other = leaf.with_name("other.png")
    other.write_bytes(as_file(drawn(200, 200)))
    put(till, other)
    with_other = sell(till).transaction.id
    assert isinstance(remove_logo(till.desk), ShopRules)
    after = sell(till).transaction.id
    assert receipt(till, before) is None
    assert receipt(till, after) is None
    assert receipt(till, with_leaf) == look_at_logo(leaf)
    assert receipt(till, with_other) == look_at_logo(other)
    assert logo_on(sample_receipt(till.desk, {"name": "Corner & Sons"})) is None
    assert verify_books(till.desk.shop).sound


def test_the_sample_and_the_gift_receipt_show_it(till: Workstation, leaf: Path) -> None:
    put(till, leaf)
    assert logo_on(sample_receipt(till.desk, {"name": "Corner & Sons"})) == look_at_logo(leaf)
    sale = sell(till).transaction.id
    Copies(till.desk, prints=True).gift_receipt(sale)
    assert logo_on(till.paperwork.gift_receipt(sale)) == look_at_logo(leaf)


def test_the_change_stands_in_the_journal_and_the_same_again_writes_nothing(till: Workstation, leaf: Path) -> None:
    put(till, leaf)
    (change,) = till.shop_settings.history()
    assert (change.operator, change.before) == (MANAGER.id, {"receipt.logo": ""})
    assert str(change.after["receipt.logo"]).startswith("301 × 152 ")
    before = contents(till.desk.shop.folder)
    put(till, leaf)
    assert contents(till.desk.shop.folder) == before
    # The other settings are changed beside it without losing it.
    assert isinstance(till.shop_settings.change({"name": "Corner & Sons"}), ShopRules)
    assert till.desk.rules.receipt.logo is not None


def test_what_is_no_logo_is_refused_in_a_sentence_and_nothing_is_written(till: Workstation, tmp_path: Path) -> None:
    before = contents(till.desk.shop.folder)
    for content, code in (
        (b"not a picture", Code.LOGO_NO_PICTURE),
        (moving(), Code.LOGO_ANIMATED),
        (as_file(Image.new("1", (5_000, 5_000))), Code.LOGO_TOO_LARGE),
        (as_file(Image.new("L", (50, 50), 255)), Code.LOGO_BLANK),
    ):
        file = tmp_path / "picture.png"
        file.write_bytes(content)
        answer = set_logo(till.desk, file)
        assert isinstance(answer, Refused)
        assert answer.code is code
        for language in LANGUAGES:
            assert "picture.png" in Wording(language).refusal(answer)
    for missing in (tmp_path / "gone.png", tmp_path):
        with pytest.raises(KnownError) as met:
            set_logo(till.desk, missing)
        assert met.value.trouble is Trouble.FILE_UNREADABLE
    assert contents(till.desk.shop.folder) == before
    assert not (till.desk.shop.folder / LOGOS).exists()


def test_only_who_manages_the_shop_and_not_in_the_middle_of_a_sale(till: Workstation, leaf: Path) -> None:
    till.sale.scan("BREAD")
    assert set_logo(till.desk, leaf) == Refused(Code.BASKET_OPEN)
    till.desk.operator = CASHIER
    assert set_logo(till.desk, leaf) == Refused(Code.NOT_PERMITTED)
    assert remove_logo(till.desk) == Refused(Code.NOT_PERMITTED)
    till.desk.operator = None
    assert set_logo(till.desk, leaf) == Refused(Code.NOT_SIGNED_ON)


def test_a_lost_or_changed_file_stops_no_receipt_and_verify_names_it(till: Workstation, leaf: Path) -> None:
    put(till, leaf)
    sale = sell(till).transaction.id
    (file,) = (till.desk.shop.folder / LOGOS).iterdir()
    for spoil in (lambda: file.write_bytes(as_file(drawn(80, 80))), file.unlink):
        spoil()
        assert receipt(till, sale) is None
        (found,) = verify_books(till.desk.shop).violations
        assert (found.finding, found.where) == (Finding.LOGO_CHANGED, str(file))
    # The same picture chosen again is the way back.
    put(till, leaf)
    assert receipt(till, sale) is not None
    assert verify_books(till.desk.shop).sound


def test_backup_and_restore_bring_it_along(till: Workstation, leaf: Path, tmp_path: Path) -> None:
    put(till, leaf)
    sale = sell(till).transaction.id
    made = back_up(till.desk.shop.folder, tmp_path / "copy", OPENED)
    assert made.report.sound
    restored = tmp_path / "elsewhere" / "shop"
    restored.parent.mkdir()
    assert restore(made.folder, restored, OPENED).sound
    assert verify_shop(restored).sound
    again = open_up(restored, operator=MANAGER)
    try:
        assert receipt(again, sale) == look_at_logo(leaf)
    finally:
        again.close()
