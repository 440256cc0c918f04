"""A logo that is gone: every paper of a pack is whole without it, and `verify` names the file in a sentence."""

from __future__ import annotations

from pathlib import Path

from pos.domain.finding import Finding
from pos.domain.refusal import Refused
from pos.domain.shop import ShopRules
from pos.persistence.shop_folder import LOGOS
from pos.services.pack_issuing import PackChoice
from pos.services.return_pack import PackItem
from pos.services.shop_logo import set_logo
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from receipts.document import Logo
from receipts.plain_text import render
from tests.corner_shop import MANAGER, new_shop, open_up, sell
from tests.receipts.pictures import as_file, drawn
from tests.services.test_returns import KETTLE, back, taken


def pack(lane: Workstation, return_id: str) -> tuple[PackItem, ...]:
    found = lane.return_packs.pack_of(return_id)
    assert not isinstance(found, Refused), found
    return found


def logos(items: tuple[PackItem, ...]) -> dict[str, int]:
    return {one.key: sum(isinstance(block, Logo) for block in one.document.blocks) for one in items}


def test_the_pack_is_whole_without_it_and_verify_says_which_file_is_gone(tmp_path: Path) -> None:
    picture = tmp_path / "leaf.png"
    picture.write_bytes(as_file(drawn()))
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder, operator=MANAGER)
    assert isinstance(set_logo(lane.desk, picture), ShopRules)
    done = taken(lane, back(sell(lane, KETTLE).transaction.id, 1)).done
    before = pack(lane, done.id)
    assert logos(before) == {"return_receipt": 1, "store_slip": 1, "disposition_tag:0": 0}
    for file in (folder / LOGOS).iterdir():
        file.unlink()
    after = pack(lane, done.id)
    assert set(logos(after).values()) == {0}
    assert [render(one.document, 42) for one in after] == [render(one.document, 42).lstrip("\n") for one in before]
    files = lane.return_packs.save(done.id, [PackChoice(one.key) for one in after], tmp_path / "papers")
    assert not isinstance(files, Refused)
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)
    lane.close()
    (found,) = verify_shop(folder).violations
    assert found.finding is Finding.LOGO_CHANGED
