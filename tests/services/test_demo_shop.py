"""The demo shop is there at the first start, and everybody in it can sign in."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.domain.identifiers import gtin_key, lookup_keys
from pos.domain.money import Unit
from pos.domain.refusal import Refused
from pos.domain.shop import Mode
from pos.domain.staff import Operator, Role, pin_acceptable
from pos.persistence.shop_folder import look_at_shop
from pos.services.demo_names import DEMO_NAMES
from pos.services.demo_shop import (
    DEMO_ITEMS,
    DEMO_PINS,
    DEMO_RULES,
    DEMO_STAFF,
    demo_gtin,
    open_or_found,
)
from pos.services.item_import import _icons
from pos.services.verify import verify_books, verify_shop
from pos.settings import read_settings
from pos.workstation import open_workstation
from tests.lane import StandingClock


def test_it_is_founded_once_and_then_opened(tmp_path: Path) -> None:
    folder = open_or_found(tmp_path)
    made = (folder / "shop.keys").read_bytes()
    assert open_or_found(tmp_path) == folder == tmp_path / "demo"
    assert (folder / "shop.keys").read_bytes() == made
    assert folder.stat().st_mode & 0o777 == 0o700


def test_two_programs_that_start_at_once_share_one_shop(tmp_path: Path) -> None:
    found = "import pathlib, sys; from pos.services.demo_shop import *; open_or_found(pathlib.Path(sys.argv[1]))"
    programs = [subprocess.Popen([sys.executable, "-c", found, tmp_path]) for _ in range(2)]
    assert [program.wait(60) for program in programs] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_everybody_signs_in_and_everything_is_found(tmp_path: Path) -> None:
    station = open_workstation(open_or_found(tmp_path), number=1, mode=Mode.DEMO, settings=read_settings(tmp_path))
    try:
        for person in DEMO_STAFF:
            assert station.sign_on.sign_on(person.id, DEMO_PINS[person.id]) == person
            station.sign_on.sign_off()
        assert station.catalogue.count() == len(DEMO_ITEMS)
        for item in DEMO_ITEMS:
            found = station.catalogue.find(item.codes[0])
            assert found is not None
            assert found.id == item.id
        keys = station.catalogue.quick_keys(12)
        assert [item.name for item in keys[:3]] == ["Bananas", "Sourdough loaf", "Coffee, 12 oz"]
        assert len(keys) == 12
    finally:
        station.close()


def test_its_week_was_closed_every_night_to_the_cent(tmp_path: Path) -> None:
    station = open_workstation(open_or_found(tmp_path), number=1, mode=Mode.DEMO, settings=read_settings(tmp_path))
    try:
        station.desk.operator = next(person for person in DEMO_STAFF if person.role == Role.OWNER)
        nights = station.day_reports.history()
        assert not isinstance(nights, Refused)
        assert len({z.business_day for z in nights}) == len(nights) == 7
        report = verify_books(station.desk.shop)
        assert report.violations == ()
        assert all((z.over_short, z.number) == (0, 1) for z in nights)
        assert sum(z.sales.number for z in nights) == report.transactions
        books = report.balances
        charged = sum(
            amount for name, amount in books.items() if name.startswith(("sales:", "tax_payable:", "deposits"))
        )
        assert sum(z.sales.amount for z in nights) == -charged
        assert sum(z.tax for z in nights) == -sum(
            amount for name, amount in books.items() if name.startswith("tax_payable:")
        )
        # Every cent that was taken lies in the office.
        assert books["cash_office"] == sum(z.sales.amount + z.rounding for z in nights)
        assert (books["cash_in_till"], books.get("over_short", 0)) == (0, 0)
        assert all(z.expected == z.opening_float + z.sales.amount + z.rounding - 30_000 for z in nights)
    finally:
        station.close()


def test_its_people_have_pins_of_their_own_and_every_language_a_speaker() -> None:
    assert set(DEMO_PINS) == {person.id for person in DEMO_STAFF}
    assert all(pin_acceptable(pin) for pin in DEMO_PINS.values())
    assert len(set(DEMO_PINS.values())) == len(DEMO_STAFF)
    assert {person.language for person in DEMO_STAFF} == {"en", "cs", "sv"}
    assert {Role.CASHIER, Role.MANAGER, Role.OWNER} <= {person.role for person in DEMO_STAFF}
    assert Operator("101", "Maya Reyes", Role.CASHIER) in DEMO_STAFF


def test_a_bottle_is_lent_with_its_deposit_and_brings_it_back(tmp_path: Path) -> None:
    station = open_workstation(open_or_found(tmp_path), number=1, mode=Mode.DEMO, settings=read_settings(tmp_path))
    try:
        station.desk.operator = DEMO_STAFF[0]
        assert not isinstance(station.tills.open_till(20_000), Refused)
        for code in (demo_gtin(2401), "BOTTLE"):
            assert not isinstance(station.sale.scan(code), Refused)
        soda, lent, back = station.sale.view.priced.lines
        assert (soda.line.name, lent.line.item, lent.total, back.total) == ("Orange soda 12 oz", "2441", 10, -10)
    finally:
        station.close()


def test_its_items_are_invented_and_whole() -> None:
    codes = [code for item in DEMO_ITEMS for code in item.codes]
    assert len(codes) == len(set(codes))
    assert len({item.id for item in DEMO_ITEMS}) == len(DEMO_ITEMS) == 151
    assert len({item.department for item in DEMO_ITEMS}) == 8
    assert all(item.icon for item in DEMO_ITEMS)
    assert {item.age for item in DEMO_ITEMS} == {0, 18, 21}
    assert any(item.serial for item in DEMO_ITEMS)
    assert any(item.open_price for item in DEMO_ITEMS)
    containers = {item.id for item in DEMO_ITEMS if item.container}
    assert containers
    assert containers == {deposit.item for item in DEMO_ITEMS for deposit in item.deposits}
    assert {tax for item in DEMO_ITEMS for tax in item.taxes} == {rate.code for rate in DEMO_RULES.tax_rates}
    for item in DEMO_ITEMS:
        assert all(DEMO_RULES.rate(tax) for tax in item.taxes)
        assert all(lookup_keys(code)[0] == code for code in item.codes)
        assert item.unit_price_minor > 0
        assert not item.icon or item.icon in _icons()
    barcodes = [code for code in codes if len(code) == 14]
    assert len(barcodes) > 30
    assert all(code.startswith("0952") and gtin_key(code) == code for code in barcodes)
    assert gtin_key(demo_gtin(1)).startswith("0952")
    assert {item.unit for item in DEMO_ITEMS} == {Unit.PIECE, Unit.LB}


def test_a_week_was_sold_and_the_books_hold(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    folder = open_or_found(tmp_path, StandingClock(now))
    report = verify_shop(folder)
    assert report.sound, report.violations
    assert report.transactions > 200
    shop = look_at_shop(folder)
    with shop.books.reading() as work:
        sales = [work.transactions.get(identity) for identity, _, _ in work.transactions.ids()]
        assert work.tills.open_till(1) is None
        assert work.transactions.next_number(1) == 1
        assert work.journal.heads() == shop.anchors()
        assert not any(work.paper_jobs.waiting(number) for number in range(1, 20))
    shop.close()
    sold = [sale for sale in sales if sale is not None]
    zone = ZoneInfo(DEMO_RULES.timezone)
    days = {sale.at.astimezone(zone).date() for sale in sold}
    assert days == {date(2026, 11, day) for day in range(14, 21)}
    assert all(sale.business_day == sale.at.astimezone(zone).date() for sale in sold)
    assert all(8 <= sale.at.astimezone(zone).hour < 20 for sale in sold)
    assert len({sale.operator for sale in sold}) >= 3


def test_a_founding_that_is_killed_leaves_no_half_shop(tmp_path: Path) -> None:
    found = "import pathlib, sys; from pos.services.demo_shop import *; open_or_found(pathlib.Path(sys.argv[1]))"
    killed = f"""
import os, signal
from pos.services import demo_week, sale
whole = sale.Sale.complete
count = 0
def complete(self):
    global count
    count += 1
    if count == 100:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self)
sale.Sale.complete = complete
{found}
"""
    program = subprocess.run([sys.executable, "-c", killed, tmp_path], check=False, timeout=60)
    assert program.returncode == -signal.SIGKILL
    assert not (tmp_path / "demo").exists()
    assert subprocess.run([sys.executable, "-c", found, tmp_path], check=False, timeout=60).returncode == 0
    assert verify_shop(tmp_path / "demo").sound


def test_the_shelves_are_full(tmp_path: Path) -> None:
    station = open_workstation(open_or_found(tmp_path), number=1, mode=Mode.DEMO, settings=read_settings(tmp_path))
    try:
        lying = station.stock.on_hand([item.id for item in DEMO_ITEMS])
        kept = [view for view in lying if not (view.item.open_price or view.item.container)]
        assert len(kept) > 100
        assert min(view.on_hand for view in kept) > 0, "a week sold no more than had come"
    finally:
        station.close()


def test_the_demo_shops_goods_are_named_in_every_language() -> None:
    named = {item.name for item in DEMO_ITEMS if item.names}
    assert named == set(DEMO_NAMES)
    assert all([language for language, _ in names] == ["cs", "sv"] for names in DEMO_NAMES.values())
    # What is called the same in all three.
    assert len(DEMO_ITEMS) - len(named) <= 6
