"""A picture of an item is looked at, made small and kept; what is none is refused, and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError, Trouble
from pos.services.backup import back_up
from pos.services.item_pictures import picture_path, take_picture
from pos.workstation import Workstation
from receipts.logo import SMALL_MOST
from tests.corner_shop import CASHIER, MANAGER, HandClock, new_shop, open_up


@pytest.fixture
def shop(tmp_path: Path) -> Workstation:
    station = open_up(new_shop(tmp_path / "shop"))
    station.desk.operator = MANAGER
    return station


def photo(folder: Path, name: str = "Zlatý  med!.JPG", size: tuple[int, int] = (900, 600)) -> Path:
    file = folder / name
    content = BytesIO()
    Image.new("RGB", size, "orange").save(content, "JPEG")
    file.write_bytes(content.getvalue())
    return file


def test_a_picture_is_kept_small_under_a_plain_name_and_shown(shop: Workstation, tmp_path: Path) -> None:
    name = take_picture(shop.desk, photo(tmp_path))
    assert isinstance(name, str)
    assert name.startswith("zlaty-med-")
    assert name.endswith(".png")
    kept = Path(picture_path(shop.desk, name))
    assert kept.parent == shop.desk.shop.folder / "pictures"
    with Image.open(kept) as small:
        assert max(small.size) == SMALL_MOST
    assert take_picture(shop.desk, photo(tmp_path)) == name
    item = shop.catalogue.find("BREAD")
    assert item is not None
    changed = shop.catalogue.edit_item(replace(item, picture=name))
    assert not isinstance(changed, Refused)


def test_a_backup_holds_the_pictures(shop: Workstation, tmp_path: Path) -> None:
    name = take_picture(shop.desk, photo(tmp_path))
    copy = back_up(shop.desk.shop.folder, tmp_path / "copy", HandClock().now()).folder
    assert (copy / "pictures" / str(name)).is_file()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\0" * 4_000_001])
def test_what_is_no_picture_is_refused_and_nothing_kept(shop: Workstation, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "words.png"
    file.write_bytes(content)
    refused = take_picture(shop.desk, file)
    assert isinstance(refused, Refused)
    assert refused.code is Code.PICTURE_UNFIT
    assert not (shop.desk.shop.folder / "pictures").exists()
    with pytest.raises(KnownError) as met:
        take_picture(shop.desk, tmp_path / "gone.png")
    assert met.value.trouble is Trouble.FILE_UNREADABLE


def test_an_item_names_only_a_picture_that_is_there(shop: Workstation) -> None:
    item = shop.catalogue.find("BREAD")
    assert item is not None
    refused = shop.catalogue.edit_item(replace(item, picture="gone.png"))
    assert isinstance(refused, Refused)
    assert refused.code is Code.PICTURE_UNFIT
    assert shop.catalogue.find("BREAD") == item
    assert picture_path(shop.desk, "gone.png") == ""


def test_a_cashier_brings_no_pictures(shop: Workstation, tmp_path: Path) -> None:
    shop.desk.operator = CASHIER
    refused = take_picture(shop.desk, photo(tmp_path))
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_PERMITTED
