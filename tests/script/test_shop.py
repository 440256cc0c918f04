"""`--shop`: a shop that stays between scripts and that several lanes share; no other kind of shop is played in."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.shop import Mode, ShopRules
from pos.domain.staff import Operator, Role
from pos.domain.transaction import JournalHead
from pos.persistence.shop_folder import OpenShop
from pos.script.premises import STAFF_FILE, LaneClock
from pos.services.shops import NewStaff, found_shop
from pos.services.verify import verify_shop
from pos.workstation import open_workstation
from tests.house import tree
from tests.script.playing import SHOP, play_files, play_text, settings

STAFF = 'staff: [{id: "101", name: Eva, role: cashier, pin: "471100"}, {id: "900", role: manager, pin: "900155"}]\n'
FIRST = f"{SHOP}{STAFF}steps:\n  - sale: {{lines: [{{item: KETTLE}}], tenders: [{{cash: '40'}}]}}\n"
AGAIN = "lane: 1\nsteps:\n  - sale: {lines: [{scan: '9520000001018'}], tenders: [{cash: exact}]}\n"


def test_the_shop_stays_and_the_next_script_goes_on_in_it(tmp_path: Path) -> None:
    shop = tmp_path / "shops" / "shop"
    first = play_text(tmp_path, FIRST, shop=shop)
    assert (first.status, first.err) == (0, "ACK 1 0001-01-0001\n")
    again = play_text(tmp_path, AGAIN, shop=shop)
    assert (again.status, again.err) == (0, "ACK 1 0001-01-0002\n")
    assert again.only["end"]["till"]["takings"] == {"cash": "65.30"}
    named = play_text(tmp_path, f"{AGAIN}operator: '900'\n", shop=shop)
    assert named.status == 0
    assert verify_shop(shop).sound


def test_all_files_play_in_order_in_the_one_shop(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    for file, text in zip(files, (FIRST, "lane: 1\nsteps: [{mistake: {}}]", AGAIN), strict=True):
        file.write_text(text, "utf-8")
    played = play_files(*files, shop=tmp_path / "shop")
    assert played.status == 2
    assert [file["ok"] for file in played.files] == [True, False, True]
    assert [file["file"] for file in played.files] == [str(file) for file in files]
    assert played.err == "ACK 1 0001-01-0001\nACK 1 0001-01-0002\n"


def test_without_a_shop_each_file_plays_in_its_own_and_nothing_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(FIRST, "utf-8")
    played = play_files(file, file)
    assert [one["steps"][0]["receipt"] for one in played.files] == ["0001-01-0001", "0001-01-0001"]
    assert played.err == ""
    assert list(tmp_path.iterdir()) == [file]


def test_an_empty_folder_becomes_a_shop_and_a_first_script_without_currency_does_not(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    refused = play_text(tmp_path, AGAIN, shop=shop)
    assert (refused.status, refused.error) == (2, (1, "“shop.currency” is missing."))
    assert list(shop.iterdir()) == []
    assert play_text(tmp_path, FIRST, shop=shop).status == 0
    assert json.loads((shop / STAFF_FILE).read_text("utf-8")) == {"101": "471100", "900": "900155"}
    assert (shop / STAFF_FILE).stat().st_mode & 0o777 == 0o600
    assert shop.stat().st_mode & 0o777 == 0o700


def test_a_set_up_that_says_the_same_is_welcome(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    assert play_text(tmp_path, FIRST, shop=shop).status == 0
    assert play_text(tmp_path, FIRST, shop=shop).status == 0
    part = (
        "lane: 1\nshop: {tax_rates: {food: '0.0', standard: '8.8750'}, currency: USD}\n"
        "items: [{id: BANANA, price: '1.29', plu: '4011'}, {id: KETTLE, price: '30'}]\n"
        "staff: [{id: '900'}, {id: '101', pin: '471100'}]\nsteps: []\n"
    )
    assert play_text(tmp_path, part, shop=shop).status == 0


@pytest.mark.parametrize(
    ("part", "line", "words"),
    [
        ("shop: {currency: EUR}", 2, "another “shop.currency”"),
        ("shop: {currency: USD, name: Else}", 2, "another “shop.name”"),
        ("shop: {tax_rates: {standard: 9}}", 2, "another “shop.tax_rates”"),
        ("shop: {prices: tax_included}", 2, "another “shop.price_mode”"),
        ("shop: {cash_rounding: '0.10'}", 2, "another “shop.cash_rounding”"),
        ("items: [{id: KETTLE, price: 31}]", 2, "another “items.price”"),
        ("items: [{id: KETTLE, price: 30, tax: food}]", 2, "another “items.tax”"),
        ("items: [{id: KETTLE, price: 30, plu: '4012'}]", 2, "another “items.plu”"),
        ("items: [{id: KETTLE, price: 30, tax: luxury}]", 2, "It may be: standard, food."),
        ("items:\n  - {id: BANANA, price: '1.29'}\n  - {id: MUG, price: 1}", 4, "has no item “MUG”"),
        ("staff: [{id: '102'}]", 2, "nobody with the number “102”"),
        ("staff: [{id: '101', name: Iva}]", 2, "another “staff.name”"),
        ("staff: [{id: '101', role: manager}]", 2, "another “staff.role”"),
        ("staff: [{id: '101', pin: '111111'}]", 2, "another “staff.pin”"),
        ("operator: '102'", 2, "Nobody of the staff has the number “102”"),
    ],
)
def test_a_set_up_that_says_something_else_is_told_with_its_line(
    part: str, line: int, words: str, standing_shop: Path, tmp_path: Path
) -> None:
    played = play_text(tmp_path, f"lane: 1\n{part}\nsteps: []\n", shop=standing_shop)
    assert played.status == 2
    assert played.error[0] == line
    assert words in played.error[1]


@pytest.fixture(scope="module")
def standing_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop that is there already; nothing of these tests is played in it."""
    folder = tmp_path_factory.mktemp("standing")
    assert play_text(folder, FIRST, shop=folder / "shop").status == 0
    return folder / "shop"


def test_the_clock_goes_on_from_the_last_moment_the_shop_knows(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    play_text(tmp_path, f"{FIRST}clock: 2026-05-05T12:00\n", shop=shop)
    assert play_text(tmp_path, "lane: 1\nsteps: [{clock: +1m}]\n", shop=shop).steps[0]["now"] == "2026-05-05T12:01"


def test_a_sale_an_earlier_script_left_open_is_there(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    left = f"{SHOP}steps:\n  - sale: {{as: s1, lines: [{{item: KETTLE}}], tenders: [{{cash: '5'}}]}}\n"
    file, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text(left, "utf-8")
    other.write_text(
        "lane: 1\nsteps:\n  - sale: {lines: [{item: KETTLE}]}\n  - tender: {tenders: [{cash: exact}]}\n", "utf-8"
    )
    played = play_files(file, other, shop=shop)
    refused, done = played.files[1]["steps"]
    assert refused["refused"] == "BASKET_OPEN"
    assert [tender["amount"] for tender in done["tenders"]] == ["5.00", "27.65"]


def test_pins_that_are_gone_have_to_be_named(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    play_text(tmp_path, FIRST, shop=shop)
    (shop / STAFF_FILE).unlink()
    assert play_text(tmp_path, f"{AGAIN}operator: '101'\n", shop=shop).status == 2
    named = play_text(tmp_path, f"{AGAIN}operator: '101'\nstaff: [{{id: '101', pin: '471100'}}]\n", shop=shop)
    assert named.status == 0


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.DEMO])
def test_a_shop_that_sells_is_never_played_in(mode: Mode, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    clock = LaneClock(datetime(2026, 1, 2, 9, tzinfo=UTC))
    rules = ShopRules(name="Shop", store="0001", currency="USD", timezone="UTC")
    staff = [NewStaff(Operator("101", "Cashier", Role.CASHIER), "123456")]
    found_shop(shop, rules, mode=mode, clock=clock, workstation=1, staff=staff, items=[])
    played = play_text(tmp_path, AGAIN, shop=shop)
    assert (played.status, played.error[0]) == (2, None)
    assert str(shop) in played.error[1]
    assert not (shop / STAFF_FILE).exists()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    shop = tmp_path / "holiday pictures"
    shop.mkdir()
    (shop / "beach.png").touch()
    played = play_text(tmp_path, FIRST, shop=shop)
    assert (played.status, played.error[0]) == (2, None)
    assert [file.name for file in shop.iterdir()] == ["beach.png"]
    file = tmp_path / "file"
    file.write_text("not a folder", "utf-8")
    assert play_text(tmp_path, FIRST, shop=file).status == 2
    assert file.read_text("utf-8") == "not a folder"


def test_a_number_in_use_is_refused(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    play_text(tmp_path, FIRST, shop=shop, workstation=2)
    clock = LaneClock(datetime(2026, 1, 2, 9, tzinfo=UTC))
    other = open_workstation(shop, number=2, mode=Mode.SCRIPT, settings=settings(), clock=clock)
    try:
        refused = play_text(tmp_path, AGAIN, shop=shop, workstation=2)
        free = play_text(tmp_path, AGAIN, shop=shop, workstation=3)
    finally:
        other.close()
    assert (refused.status, refused.error[0]) == (2, None)
    assert "Workstation 2" in refused.error[1]
    assert (free.status, free.err) == (0, "ACK 1 0001-03-0001\n")


def test_lanes_found_one_shop_together_and_sell_at_once(tmp_path: Path) -> None:
    """Every acknowledged receipt is in the books once, and each acknowledgement is before the report."""
    shop = tmp_path / "shop"
    sale = "  - sale: {lines: [{item: KETTLE}, {plu: '4011', qty: '0.3'}], tenders: [{cash: '50'}]}\n"
    file = tmp_path / "lane.yaml"
    end = "expect_end: {violations: [], journal: {verified: true}}\n"
    file.write_text(f"{SHOP}{STAFF}steps:\n{sale * 8}{end}", "utf-8")
    lanes = [_start(file, shop, number) for number in (1, 2, 3)]
    outputs = [lane.communicate(timeout=240) for lane in lanes]
    for number, (lane, (out, err)) in enumerate(zip(lanes, outputs, strict=True), start=1):
        assert lane.returncode == 0, out + err
        receipts = [f"0001-{number:02d}-{sale:04d}" for sale in range(1, 9)]
        assert out.splitlines()[:8] == [f"ACK {step} {receipt}" for step, receipt in enumerate(receipts, start=1)]
        assert out.splitlines()[8] == str(file)
    report = verify_shop(shop)
    assert report.sound, report.violations
    assert report.transactions == 24


def test_a_lane_that_sells_while_another_verifies_is_no_violation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The heads noted outside the books are read before the books are: later they may be ahead of what is looked at."""
    shop = tmp_path / "shop"
    play_text(tmp_path, FIRST, shop=shop)
    read = OpenShop.anchors

    def sell_and_read(looked_at: OpenShop) -> tuple[JournalHead, ...]:
        monkeypatch.setattr(OpenShop, "anchors", read)
        assert play_text(tmp_path, AGAIN, shop=shop, workstation=2).status == 0
        return read(looked_at)

    monkeypatch.setattr(OpenShop, "anchors", sell_and_read)
    report = verify_shop(shop)
    assert report.sound, report.violations
    assert report.transactions == 2


def _start(file: Path, shop: Path, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pos", "play", str(file), "--shop", str(shop), "--workstation", str(number)]
    return subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_shop_may_be_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    monkeypatch.chdir(shop)
    assert play_text(tmp_path, FIRST, shop=Path()).status == 0
    assert (shop / STAFF_FILE).exists()
