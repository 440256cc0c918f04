"""The printers a shop can name: what each model is like."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """What one model of printer is like.

    `dots` is the width of its head, `code_page` a codec of Python and `code_page_number` the same page by the number
    `ESC t` gives it on this model. `answers` says whether it proves a printed job (`GS r 1`) and tells its state.
    `slip_columns` is how many letters its slip station prints across a check or a form; 0 where it has none.
    """

    name: str
    columns: int
    dots: int
    code_page: str
    code_page_number: int
    cuts: bool = True
    drawer_pin: int = 2
    answers: bool = True
    slip_columns: int = 0

    def __post_init__(self) -> None:
        if "Receipt 0-9".encode(self.code_page) != b"Receipt 0-9":
            raise ValueError(f"{self.code_page} is no code page of a receipt printer")
        if self.columns * 8 > self.dots or not 0 <= self.code_page_number <= 255:
            raise ValueError(f"no printer is like the profile {self.name}")

    @property
    def cell(self) -> int:
        """Dots across one plain letter."""
        return self.dots // self.columns


def _profiles() -> dict[str, PrinterProfile]:
    """Epson's numbers of code pages, which most makers copy: 852 spells Czech, 858 Swedish and €, 1250 Czech and €."""
    pages = {"cp437": 0, "cp852": 18, "cp858": 19, "cp1250": 45, "cp1252": 16}
    heads = {"80mm-48": (48, 576), "80mm-42": (42, 512)}
    profiles = [
        PrinterProfile(f"{head}-{page}", columns, dots, page, number)
        for head, (columns, dots) in heads.items()
        for page, number in pages.items()
    ]
    # For printers whose tables lie: nothing but ASCII is trusted to them, every other row is a picture.
    profiles += [PrinterProfile(f"{head}-ascii", columns, dots, "ascii", 0) for head, (columns, dots) in heads.items()]
    # Hybrid printers with a slip station, as Epson's TM-H6000: needles that print letters only.
    profiles += [
        PrinterProfile(f"slip-42-{page}", 42, 512, page, pages[page], slip_columns=45)
        for page in ("cp437", "cp852", "cp858")
    ]
    return {profile.name: profile for profile in profiles}


PROFILES: Mapping[str, PrinterProfile] = MappingProxyType(_profiles())
