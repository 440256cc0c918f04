"""The pole display: what goes over its line, read back at the other end of a pseudo-terminal."""

from __future__ import annotations

import os
import select
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.pole_display import COLUMNS, PoleDisplay, picture

BEGIN, CLEAR, FIRST, SECOND = b"\x1b@", b"\x0c", b"\x1f$\x01\x01", b"\x1f$\x01\x02"


@dataclass
class Pole:
    """The far end of the line."""

    master: int
    slave: int
    name: str

    def read(self) -> bytes:
        came = b""
        while select.select([self.master], [], [], 0.2)[0]:
            came += os.read(self.master, 4096)
        return came


@pytest.fixture
def pole() -> Iterator[Pole]:
    """Return a display that hangs on a pseudo-terminal."""
    master, slave = os.openpty()
    tty.setraw(slave)
    yield Pole(master, slave, os.ttyname(slave))
    os.close(master)
    os.close(slave)


def lines_of(sent: bytes, page: str) -> tuple[str, str]:
    """What stands on the display after these bytes."""
    shown = sent.rpartition(CLEAR)[2]
    first, second = shown.removeprefix(FIRST).split(SECOND)
    return first.decode(page), second.decode(page)


def test_two_lines_arrive_and_the_display_is_begun_once(pole: Pole) -> None:
    display = PoleDisplay(pole.name)
    assert display.show("Ceramic mug     9.50", "Total          19.00")
    sent = pole.read()
    assert sent.startswith(BEGIN)
    assert lines_of(sent, "cp852") == ("Ceramic mug     9.50", "Total          19.00")
    assert display.show("Thank you", "Change          1.00")
    again = pole.read()
    assert BEGIN not in again
    assert lines_of(again, "cp852") == ("Thank you", "Change          1.00")
    display.close()
    assert pole.read() == CLEAR


@pytest.mark.parametrize(
    ("top", "bottom", "page", "select_page"),
    [
        ("Příliš žluťoučký kůň", "Celkem     153,10 Kč", "cp852", b"\x1bt\x12"),
        ("Räksmörgås på ångbåt", "Summa          25,00", "cp858", b"\x1bt\x13"),
        ("Välkommen", "12,50 €", "cp858", b"\x1bt\x13"),
    ],
)
def test_czech_and_swedish_letters_are_those_of_the_page(top: str, bottom: str, page: str, select_page: bytes) -> None:
    sent = picture(top, bottom)
    assert sent.startswith(select_page)
    assert lines_of(sent, page) == (top, bottom)


def test_letters_of_no_one_page_lose_what_stands_on_them_alone() -> None:
    assert lines_of(picture("Řeřicha åäö", "Σ −5,00\u00a0Kč"), "cp852") == ("Řeřicha aäö", "? -5,00 Kč")


@given(st.text(), st.text())
def test_whatever_is_shown_fits_the_display_and_commands_nothing(top: str, bottom: str) -> None:
    first, second = lines_of(picture(top, bottom), "latin-1")
    assert len(first) <= COLUMNS
    assert len(second) <= COLUMNS
    assert not any(ord(sign) < 32 for sign in first + second)


def test_a_display_that_is_gone_is_said_and_comes_back(pole: Pole) -> None:
    away = PoleDisplay("/dev/nowhere-pole")
    assert not away.show("a", "b")
    away.close()
    display = PoleDisplay(pole.name)
    assert display.show("a", "b")
    display.close()
    assert display.show("c", "d")
    display.close()
