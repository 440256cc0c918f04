"""Reads a print job as a printer does and draws the paper; written from the command manual, without its writer.

A command it does not know ends the reading with an error, as it would end in rubbish on paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from barcode.charsets import code128
from PIL import Image, ImageDraw, ImageFont

ROW_DOTS = 30
QUIET = 10


@dataclass
class PrintedRow:
    """Letters as they came out."""

    text: str
    emphasis: bool
    wide: int
    tall: int


@dataclass
class PrintedBars:
    """A barcode the printer drew itself; its bars took `dots` of the head."""

    data: str
    dots: int
    picture: Image.Image


@dataclass
class PrintedPicture:
    """A raster picture."""

    picture: Image.Image


@dataclass
class Paper:
    """What one job left on the paper."""

    resets: int = 0
    code_pages: list[int] = field(default_factory=list)
    cuts: int = 0
    parts: list[PrintedRow | PrintedBars | PrintedPicture] = field(default_factory=list)

    @property
    def rows(self) -> list[PrintedRow]:
        return [part for part in self.parts if isinstance(part, PrintedRow)]

    @property
    def bars(self) -> list[PrintedBars]:
        return [part for part in self.parts if isinstance(part, PrintedBars)]

    @property
    def pictures(self) -> list[PrintedPicture]:
        return [part for part in self.parts if isinstance(part, PrintedPicture)]

    def picture(self, dots: int) -> Image.Image:
        """The whole paper, one pixel a dot."""
        heights = [part.tall * ROW_DOTS if isinstance(part, PrintedRow) else part.picture.height for part in self.parts]
        page = Image.new("L", (dots, sum(heights) + 2 * ROW_DOTS), 255)
        pen = ImageDraw.Draw(page)
        top = ROW_DOTS
        for part, height in zip(self.parts, heights, strict=True):
            if isinstance(part, PrintedRow):
                font = ImageFont.load_default(24 * part.tall)
                pen.text((0, top), part.text, fill=0, font=font)
            else:
                left = (dots - part.picture.width) // 2 if isinstance(part, PrintedBars) else 0
                page.paste(part.picture, (left, top))
            top += height
        return page


class _Reader:
    def __init__(self, job: bytes, codec: str, dots: int) -> None:
        self.job, self.codec, self.dots = job, codec, dots
        self.at = 0
        self.paper = Paper()
        self.letters = bytearray()
        self.emphasis, self.wide, self.tall = False, 1, 1
        self.bar_height, self.module = 162, 3

    def take(self, count: int) -> bytes:
        taken = self.job[self.at : self.at + count]
        assert len(taken) == count, "the job ends inside a command"
        self.at += count
        return taken

    def read(self) -> Paper:
        while self.at < len(self.job):
            byte = self.take(1)
            if byte == b"\x1b":
                self.escape(self.take(1))
            elif byte == b"\x1d":
                self.group(self.take(1))
            elif byte == b"\n":
                self.line_feed()
            else:
                assert byte >= b" ", f"a control byte {byte!r} among the letters"
                self.letters += byte
        assert not self.letters, "letters without a line feed never come out"
        return self.paper

    def line_feed(self) -> None:
        text = self.letters.decode(self.codec)
        assert len(text) * 12 * self.wide <= self.dots, f"{text!r} runs over the edge"
        self.paper.parts.append(PrintedRow(text, self.emphasis, self.wide, self.tall))
        self.letters.clear()

    def escape(self, command: bytes) -> None:
        assert not self.letters or command == b"E"
        if command == b"@":
            self.paper.resets += 1
        elif command == b"t":
            self.paper.code_pages.append(self.take(1)[0])
        elif command == b"E":
            self.emphasis = bool(self.take(1)[0] & 1)
        elif command == b"a":
            assert self.take(1)[0] in {0, 1, 2}
        else:
            raise AssertionError(f"ESC {command!r}")

    def group(self, command: bytes) -> None:
        if command == b"!":
            size = self.take(1)[0]
            self.wide, self.tall = (size >> 4) + 1, (size & 7) + 1
        elif command == b"H":
            assert self.take(1) == b"\x00"
        elif command == b"h":
            self.bar_height = self.take(1)[0]
        elif command == b"w":
            self.module = self.take(1)[0]
            assert 2 <= self.module <= 6
        elif command == b"k":
            self.bars()
        elif command == b"v":
            self.raster()
        elif command == b"V":
            assert self.take(2)[:1] in {b"A", b"B"}
            self.paper.cuts += 1
        else:
            raise AssertionError(f"GS {command!r}")

    def bars(self) -> None:
        assert self.take(1) == b"I", "only CODE128"
        data = self.take(self.take(1)[0])
        assert data.startswith(b"{B")
        text = data[2:].replace(b"{{", b"{").decode("ascii")
        numbers = [104, *(ord(sign) - 32 for sign in text)]
        numbers.append((104 + sum(place * number for place, number in enumerate(numbers[1:], start=1))) % 103)
        pattern = "".join(code128.CODES[number] for number in numbers) + code128.STOP + "11"
        across = (len(pattern) + 2 * QUIET) * self.module
        assert across <= self.dots, f"{across} dots of bars on a head of {self.dots}"
        picture = Image.new("L", (across, self.bar_height), 255)
        pen = ImageDraw.Draw(picture)
        for place, module in enumerate(pattern):
            if module == "1":
                left = (QUIET + place) * self.module
                pen.rectangle((left, 0, left + self.module - 1, self.bar_height), fill=0)
        self.paper.parts.append(PrintedBars(text, across, picture))

    def raster(self) -> None:
        assert self.take(2) == b"0\x00"
        across, high = int.from_bytes(self.take(2), "little"), int.from_bytes(self.take(2), "little")
        assert across * 8 <= self.dots, "a picture wider than the head"
        dots = self.take(across * high)
        inked = Image.frombytes("1", (across * 8, high), bytes(byte ^ 0xFF for byte in dots))
        self.paper.parts.append(PrintedPicture(inked.convert("L")))


def read(job: bytes, *, codec: str, dots: int) -> Paper:
    """What comes out of a printer with this code page and head; AssertionError for what it could not print."""
    return _Reader(job, codec, dots).read()
