"""What every paper is made of: blocks that say what is printed, never how wide, in which font or on which device."""

from __future__ import annotations

from enum import Enum

from pos.domain.frozen import dataclass


class Size(Enum):
    """How many times wider and taller than plain text.

    `tall` is what a print head can do; letters that are drawn (PDF, preview) are `drawn` times taller and look less
    stretched. MARK is twice as large as TALL, in which the total stands, either way: what marks a copy or an exercise
    has to be at least twice the size of the total (as in Sweden).
    """

    NORMAL = (1, 1, 1.0)
    TALL = (1, 2, 1.5)
    DOUBLE = (2, 2, 2.0)
    MARK = (2, 4, 3.0)

    def __init__(self, wide: int, tall: int, drawn: float) -> None:
        self.wide = wide
        self.tall = tall
        self.drawn = drawn


@dataclass(frozen=True, slots=True)
class Heading:
    """Who speaks, or what the paper is: centred and large."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What makes the paper something else than an original ("COPY 1"): centred and larger than the total."""

    text: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text and, at the right edge, an amount that is never cut; a long text goes on in the rows before it."""

    left: str
    right: str = ""
    emphasis: bool = False
    size: Size = Size.NORMAL
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Centred:
    """A sentence of its own in the middle of the paper."""

    text: str
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A small table: every row has as many cells; the first stands left, the others right under each other.

    Where the paper is too narrow for it, each row becomes lines of heading and value, so no figure is lost.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heading) for row in self.rows):
            raise ValueError("every row has a cell under each heading")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 of printable ASCII; the caption below is for people and may say something else than the bars."""

    data: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.data or not self.data.isascii() or not self.data.isprintable():
            raise ValueError("a barcode holds printable ASCII")


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty rows."""

    rows: int = 1


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in the middle of the paper, in dots of a print head: one byte a dot, 0 black to 255 white.

    Paper that is only text leaves it out.
    """

    width: int
    height: int
    greys: bytes

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1 or len(self.greys) != self.width * self.height:
            raise ValueError("a logo has a grey for every dot")


Block = Heading | Mark | TextLine | Centred | Columns | Rule | Barcode | Feed | Logo


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: its kind (`sale_receipt`), a title a person reads, its language, and its blocks from top to bottom."""

    name: str
    title: str
    language: str
    blocks: tuple[Block, ...]
