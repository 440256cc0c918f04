"""Badges: they open the till for their owner alone, are found by a hash only, and never stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import badge_acceptable
from pos.services.badges import badge_paper, save_badge
from pos.services.people import MadeBadge
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts import escpos, plain_text
from receipts.barcodes import code128_width
from receipts.document import Barcode
from receipts.printers import PROFILES, PrinterProfile
from tests.corner_shop import CASHIER, MANAGER, OWNER, new_shop, open_up, pin_of

BADGE = "KB-7F3Q-2M8X"
OTHER = "KB-2Q8D-XX41"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    yield workstation
    workstation.close()


def test_a_badge_signs_on_and_stops_when_taken_away(shop: Workstation) -> None:
    assert shop.people.give_badge(CASHIER.id, f" {BADGE}\n") == CASHIER
    people = shop.people.all()
    assert not isinstance(people, Refused)
    assert [each.operator.id for each in people if each.badge] == [CASHIER.id]
    shop.sign_on.sign_off()
    assert shop.sign_on.sign_on_badge(BADGE) == CASHIER
    shop.desk.operator = OWNER
    shop.people.take_badge(CASHIER.id)
    assert shop.sign_on.sign_on_badge(BADGE) == Refused(Code.BADGE_UNKNOWN)
    assert verify_books(shop.desk.shop).sound


def test_the_code_of_a_badge_stands_nowhere(shop: Workstation) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    shop.sign_on.sign_on_badge(BADGE)
    shop.sign_on.sign_on_badge(OTHER)
    for file in shop.desk.shop.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert BADGE.encode() not in content, file
            assert OTHER.encode() not in content, file


@pytest.mark.parametrize("code", ["", "KB-", "KB-1", "KB-1234567", "KB-------------", "7310240071542", "KC-7F3Q-2M8X"])
def test_what_is_no_badge_or_soon_guessed_is_refused(shop: Workstation, code: str) -> None:
    answer = shop.people.give_badge(CASHIER.id, code)
    assert isinstance(answer, Refused)
    assert answer.code is Code.BADGE_UNFIT
    assert shop.sign_on.sign_on_badge(code) == Refused(Code.BADGE_UNKNOWN)


def test_a_badge_has_one_owner_and_a_person_one_badge(shop: Workstation) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    assert shop.people.give_badge(MANAGER.id, BADGE) == Refused(Code.BADGE_TAKEN)
    assert shop.people.give_badge(CASHIER.id, BADGE) == CASHIER
    assert shop.people.give_badge(CASHIER.id, OTHER) == CASHIER
    assert shop.sign_on.sign_on_badge(BADGE) == Refused(Code.BADGE_UNKNOWN)
    assert shop.sign_on.sign_on_badge(OTHER) == CASHIER


def test_only_an_owner_gives_an_owner_a_badge(shop: Workstation) -> None:
    shop.desk.operator = MANAGER
    assert shop.people.give_badge(OWNER.id, BADGE) == Refused(Code.OWNER_ONLY)
    assert shop.people.give_badge("999", BADGE) == Refused(Code.PERSON_UNKNOWN, {"number": "999"})
    shop.desk.operator = CASHIER
    assert shop.people.give_badge(CASHIER.id, BADGE) == Refused(Code.NOT_PERMITTED)
    assert shop.sign_on.sign_on_badge(BADGE) == Refused(Code.BADGE_UNKNOWN)


def test_a_badge_lets_in_nobody_who_left_or_is_locked_out(shop: Workstation) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    shop.people.give_badge(MANAGER.id, OTHER)
    shop.people.end(MANAGER.id)
    for _ in range(5):
        shop.sign_on.sign_on(CASHIER.id, "000001")
    answer = shop.sign_on.sign_on_badge(BADGE)
    assert isinstance(answer, Refused)
    assert answer.code is Code.LOCKED_OUT
    assert shop.sign_on.sign_on_badge(OTHER) == Refused(Code.BADGE_UNKNOWN)


def test_wrong_pins_still_count_after_a_badge(shop: Workstation) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    for _ in range(4):
        shop.sign_on.sign_on(CASHIER.id, "000001")
    assert shop.sign_on.sign_on_badge(BADGE) == CASHIER
    answer = shop.sign_on.sign_on(CASHIER.id, "000001")
    assert isinstance(answer, Refused)
    assert answer.code is Code.LOCKED_OUT


def test_nobody_comes_into_anothers_open_sale_by_a_badge(shop: Workstation) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    shop.people.give_badge(MANAGER.id, OTHER)
    shop.sign_on.sign_on_badge(BADGE)
    shop.tills.open_till(10000)
    shop.sale.scan("BREAD", None)
    assert not shop.sale.view.empty
    refused = Refused(Code.SALE_OF_ANOTHER, {"name": CASHIER.name})
    assert shop.sign_on.switch_by_badge(OTHER) == refused
    assert shop.sign_on.switch_by_badge(BADGE) == CASHIER
    shop.sign_on.lock()
    assert shop.sign_on.switch_by_badge(OTHER) == refused
    assert shop.sign_on.switch_by_badge(BADGE) == CASHIER
    assert not isinstance(shop.suspended.suspend(), Refused)
    assert shop.sign_on.switch_by_badge(OTHER) == MANAGER
    assert shop.sign_on.operator == MANAGER
    with shop.desk.shop.books.reading() as work:
        last = [entry.kind for entry, _ in work.journal.entries(shop.desk.number)][-2:]
    assert last == [EntryKind.SIGNED_OFF, EntryKind.SIGNED_ON]
    assert verify_books(shop.desk.shop).sound


def test_a_weak_pin_is_refused(shop: Workstation) -> None:
    assert shop.people.new_pin(CASHIER.id, "123456") == Refused(Code.PIN_WEAK)
    assert shop.people.new_pin(CASHIER.id, pin_of(CASHIER)) == Refused(Code.PIN_WEAK)
    assert shop.people.new_pin(CASHIER.id, "12345") == Refused(Code.PIN_TOO_SHORT)


def test_a_badge_is_made_once_on_paper_and_signs_in(shop: Workstation, tmp_path: Path) -> None:
    shop.people.give_badge(CASHIER.id, BADGE)
    made = shop.people.make_badge(CASHIER.id)
    assert isinstance(made, MadeBadge)
    (bars,) = (block for block in badge_paper(shop.desk, made).blocks if isinstance(block, Barcode))
    assert badge_acceptable(bars.data)
    assert shop.sign_on.sign_on_badge(BADGE) == Refused(Code.BADGE_UNKNOWN)
    assert shop.sign_on.sign_on_badge(bars.data) == CASHIER
    assert bars.data not in repr(made)
    text = plain_text.render(badge_paper(shop.desk, made), 42)
    for word in (CASHIER.name, CASHIER.id, "Cashier", "Corner"):
        assert word in text
    path = save_badge(shop.desk, made, tmp_path / "badges")
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    for file in shop.desk.shop.folder.rglob("*"):
        assert not file.is_file() or bars.data.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_the_bars_of_a_badge_fit_every_printer(shop: Workstation, profile: PrinterProfile) -> None:
    made = shop.people.make_badge(CASHIER.id)
    assert isinstance(made, MadeBadge)
    (bars,) = (block for block in badge_paper(shop.desk, made).blocks if isinstance(block, Barcode))
    assert code128_width(bars.data) <= profile.dots
    assert escpos.render(badge_paper(shop.desk, made), profile)


def test_who_is_locked_out_is_let_try_again_with_the_same_pin(shop: Workstation) -> None:
    for _ in range(5):
        shop.sign_on.sign_on(CASHIER.id, "000001")
    shop.desk.operator = MANAGER
    assert shop.people.unlock(CASHIER.id) == CASHIER
    assert shop.people.unlock(OWNER.id) == Refused(Code.OWNER_ONLY)
    assert shop.sign_on.sign_on(CASHIER.id, pin_of(CASHIER)) == CASHIER
    assert verify_books(shop.desk.shop).sound
