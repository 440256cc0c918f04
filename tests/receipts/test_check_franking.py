"""The back of a check: as kept in three languages, for the slip station, and never with the whole account."""

from __future__ import annotations

from datetime import date

import pytest

from pos.wording import LANGUAGES, Wording
from receipts import escpos
from receipts.document import Document
from receipts.paper.check_franking import Franking, check_franking
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.receipts import samples
from tests.receipts.golden import assert_golden

FRANKING = Franking("0142-03-0118", date(2026, 11, 21), "1042", "••••6789", 13_865, "USD")
SHOPS = {"en": samples.ALDER, "cs": samples.OLSE, "sv": samples.ALEN}
SLIP = PROFILES["slip-42-cp437"]


def paper(language: str) -> Document:
    return check_franking(FRANKING, SHOPS[language].name, Wording(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_back_of_the_check_is_as_kept(language: str) -> None:
    assert_golden(f"check_franking_{language}_45.txt", render(paper(language), 45))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, profile in PROFILES.items() if profile.slip_columns])
def test_a_slip_is_waited_for_printed_and_put_out(language: str, name: str) -> None:
    job = escpos.render_slip(paper(language), PROFILES[name])
    assert job is not None
    page = bytes([PROFILES[name].code_page_number])
    head, tail = b"\x1b@\x1bt" + page + b"\x1bf\x01\x05\x1bc0\x04", b"\x0c\x1bc0\x01"
    assert job.startswith(head)
    assert job.endswith(tail)
    rows = job[len(head) : -len(tail)].decode(PROFILES[name].code_page).splitlines()
    assert len(rows) == 5
    assert max(map(len, rows)) <= PROFILES[name].slip_columns
    assert all(row.isprintable() for row in rows)
    assert any("6789" in row for row in rows)
    # A bank leaves the depositor an inch and a half: letters only, no size, no cut.
    assert b"\x1d" not in job


def test_what_needles_cannot_spell_loses_its_accents_only() -> None:
    job = escpos.render_slip(paper("cs"), PROFILES["slip-42-cp437"])
    assert job is not None
    assert b"?" not in job
    assert "ř".encode("cp852") not in job.replace(b"\x0c", b"")


def test_a_printer_without_the_station_prints_none() -> None:
    assert escpos.render_slip(paper("en"), PROFILES["80mm-48-cp852"]) is None
