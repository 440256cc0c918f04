"""The shop's picture for the head of its papers: read from a file of anybody's making, kept in grey, dithered to dots.

One picture dot is one dot of a print head of 8 dots a millimetre; wider heads print it in the middle.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageChops, ImageOps

from pos.domain.names import StrEnum
from receipts.document import Logo

DOTS_WIDE_MOST = 576
DOTS_HIGH_MOST = 240
BYTES_MOST = 4_000_000
PIXELS_MOST = 16_000_000
# A picture of an item fills a tile twice over on the sharpest screen.
SMALL_MOST = 256

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
_BROKEN = (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, struct.error, zlib.error, MemoryError)
# Lighter than this leaves no dot worth printing.
_WHITE_FROM = 240


class Unfit(StrEnum):
    """Why a file cannot be a logo."""

    NO_PICTURE = "no_picture"
    ANIMATED = "animated"
    TOO_LARGE = "too_large"
    BLANK = "blank"


def read_logo(content: bytes) -> Logo | Unfit:
    """A picture of any usual format on white paper, its empty edges cut off, no larger than a receipt takes.

    Its size is looked at before it is unpacked: a small file may hold a picture that fills the memory.
    """
    if len(content) > BYTES_MOST:
        return Unfit.TOO_LARGE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(content), formats=_FORMATS)
            if picture.width * picture.height > PIXELS_MOST:
                return Unfit.TOO_LARGE
            if getattr(picture, "is_animated", False):
                return Unfit.ANIMATED
            grey = _on_white(picture)
    except Image.DecompressionBombError:
        return Unfit.TOO_LARGE
    except _BROKEN:
        return Unfit.NO_PICTURE
    inked = grey.point(_INK)
    edges = inked.getbbox()
    if edges is None:
        return Unfit.BLANK
    grey = grey.crop(edges)
    grey.thumbnail((DOTS_WIDE_MOST, DOTS_HIGH_MOST), Image.Resampling.LANCZOS)
    # A hair's breadth of ink may vanish when a large picture becomes small.
    return Unfit.BLANK if _dithered(grey).getextrema() == (255, 255) else _logo_of(grey)


def small_picture(content: bytes) -> bytes | None:
    """A picture of any usual format in colours and upright, as a small PNG file without what else was in it.

    None for what is no picture, and for one that would fill the memory.
    """
    if len(content) > BYTES_MOST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(content), formats=_FORMATS)
            if picture.width * picture.height > PIXELS_MOST:
                return None
            small = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, *_BROKEN):
        return None
    small.thumbnail((SMALL_MOST, SMALL_MOST), Image.Resampling.LANCZOS)
    file = BytesIO()
    small.save(file, "PNG")
    return file.getvalue()


def logo_file(logo: Logo) -> bytes:
    """The logo as a PNG file; equal logos give equal bytes."""
    file = BytesIO()
    _grey(logo).save(file, "PNG")
    return file.getvalue()


def logo_of_file(content: bytes) -> Logo:
    """What `logo_file` wrote. Raises ValueError or OSError for anything else."""
    picture = Image.open(BytesIO(content), formats=("PNG",))
    if picture.mode != "L" or picture.width > DOTS_WIDE_MOST or picture.height > DOTS_HIGH_MOST:
        raise ValueError("no logo of this shop")
    return _logo_of(picture)


def ink_of(logo: Logo, dots: int) -> Image.Image:
    """The black dots, in the middle of a row of `dots`, as a picture of mode "1" in which ink is 1."""
    grey = _grey(logo)
    grey.thumbnail((dots, DOTS_HIGH_MOST), Image.Resampling.LANCZOS)
    page = Image.new("1", (dots, grey.height), 0)
    page.paste(ImageChops.invert(_dithered(grey)), ((dots - grey.width) // 2, 0))
    return page


def _on_white(picture: Image.Image) -> Image.Image:
    """Grey, upright, with white where the picture is transparent."""
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):
        # 16 bits a dot: the upper eight are what a printer can tell apart.
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    return paper.convert("L")


_INK = [255 if level < _WHITE_FROM else 0 for level in range(256)]


def _dithered(grey: Image.Image) -> Image.Image:
    """Black and white by Floyd and Steinberg; what is nearly white stays clean paper."""
    return grey.point([level if level < _WHITE_FROM else 255 for level in range(256)]).convert("1")


def _grey(logo: Logo) -> Image.Image:
    return Image.frombytes("L", (logo.width, logo.height), logo.greys)


def _logo_of(grey: Image.Image) -> Logo:
    return Logo(grey.width, grey.height, grey.tobytes())
