"""Bytes for a thermal printer: the one file that imports python-escpos, and of it the command constants only.

Its printer classes stay outside: they switch code pages inside a line, print to standard output and read a database of
printers at every start. Here a printer has ONE code page, said once; a row that page cannot spell goes as a picture.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import groupby
from operator import itemgetter

from escpos import constants as command
from PIL import Image, ImageDraw, ImageFont

from receipts.barcodes import code_set_b_width, fitting_module
from receipts.document import Barcode, Document, Logo, Rule, Size
from receipts.lettering import clusters
from receipts.logo import ink_of
from receipts.plain_text import Row, lay_out
from receipts.printers import PrinterProfile

# One sign for one sign, so that columns stay; used only where the page has not the typographer's own.
_PLAINER = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    "×": "x",
    "·": "-",
    "•": "*",
}

# A raster row is as high as a row of plain letters with its line spacing, in dots.
STRIP_DOTS = 30
_LETTER_WIDTH = 0.602  # of the bundled mono font, in em

_BARCODE_DOTS_HIGH = 72
_BARCODE_MODULE_WIDEST = 3
_BARCODE_MODULE_NARROWEST = 2
_FEED_TO_CUTTER = 4

_LEFT: bytes = command.TXT_STYLE["align"]["left"]
_CENTRE: bytes = command.TXT_STYLE["align"]["center"]
_EMPHASIS: dict[bool, bytes] = command.TXT_STYLE["bold"]
_CODE128: bytes = command.BARCODE_TYPE_B["CODE128"]
# Printers with a slip station wait a minute for a slip, half a second after it is in; then the roll is theirs again.
_SLIP_WAIT: bytes = command.ESC + b"f\x01\x05"
_SLIP_STATION: bytes = command.SHEET_SLIP_MODE
_ROLL_STATION: bytes = command.SHEET_ROLL_MODE
_SLIP_OUT: bytes = command.SLIP_PRINT_AND_EJECT
_PART_CUT_AFTER_FEED: bytes = command.GS + b"VB\x00"
_SIZES = {size: command.TXT_SIZE + bytes([(size.wide - 1) << 4 | (size.tall - 1)]) for size in Size}


def render(document: Document, profile: PrinterProfile) -> bytes:
    """The whole job: reset, code page, rows, feed, cut. The drawer is no paper's business and is kicked by itself."""
    job = [command.HW_INIT, command.CODEPAGE_CHANGE, bytes([profile.code_page_number])]
    rows: list[Row] = []
    for laid in lay_out(document, profile.columns):
        module = _module(laid, profile) if isinstance(laid, Barcode) else None
        if isinstance(laid, Barcode) and module:
            job += [*_styled(rows, profile), _bars(laid.data, module)]
            rows = []
        elif isinstance(laid, Logo):
            job += [*_styled(rows, profile), _raster(ink_of(laid, profile.dots))]
            rows = []
        else:
            rows.append(_as_row(laid, profile))
    job += [*_styled(rows, profile), b"\n" * _FEED_TO_CUTTER]
    if profile.cuts:
        job.append(_PART_CUT_AFTER_FEED)
    return b"".join(job)


def render_slip(document: Document, profile: PrinterProfile) -> bytes | None:
    """The same for the slip station, where a check lies: letters alone, then out with it. None where there is none.

    What the code page cannot spell stands there without its accents: needles print no pictures.
    """
    if not profile.slip_columns:
        return None
    laid = lay_out(document, profile.slip_columns, magnified=False)
    letters = [_needled(row, profile) for row in laid if isinstance(row, Row)]
    begin = [command.HW_INIT, command.CODEPAGE_CHANGE, bytes([profile.code_page_number]), _SLIP_WAIT, _SLIP_STATION]
    return b"".join([*begin, *letters, _SLIP_OUT, _ROLL_STATION])


def _needled(row: Row, profile: PrinterProfile) -> bytes:
    try:
        return row.text.encode(profile.code_page, _PLAINER_SIGNS) + b"\n"
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", row.text.translate(_PLAINER_TABLE))
        bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
        return bare.encode("ascii", "replace") + b"\n"


def _as_row(laid: Row | Rule | Barcode, profile: PrinterProfile) -> Row:
    """What is printed as letters; bars wider than the head are, so that their text can at least be typed."""
    if isinstance(laid, Row):
        return laid
    return Row("-" * profile.columns) if isinstance(laid, Rule) else Row(laid.data)


def _styled(rows: list[Row], profile: PrinterProfile) -> Iterator[bytes]:
    """Rows with emphasis and size switched on before them and off again behind."""
    for (emphasis, size), alike in groupby(rows, key=itemgetter(1, 2)):
        letters = b"".join([_letters(row, profile) for row in alike])
        if emphasis:
            letters = _EMPHASIS[True] + letters + _EMPHASIS[False]
        if size is not Size.NORMAL:
            letters = _SIZES[size] + letters + _SIZES[Size.NORMAL]
        yield letters


def _letters(row: Row, profile: PrinterProfile) -> bytes:
    """A row in the printer's one code page, plainer signs for those it lacks; a picture where it has no spelling."""
    if row.text.isascii():
        return row.text.encode("ascii") + b"\n"
    try:
        return row.text.encode(profile.code_page, _PLAINER_SIGNS) + b"\n"
    except UnicodeEncodeError:
        return _strip(row, profile)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Stand in for signs the page lacks, one for one; give up on the first that has no plainer form."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    if not all(sign in _PLAINER for sign in lacking):
        raise error
    return "".join(_PLAINER[sign] for sign in lacking), error.end


_PLAINER_TABLE = str.maketrans(_PLAINER)
_PLAINER_SIGNS = "receipts.plainer"
codecs.register_error(_PLAINER_SIGNS, _plainer)


def _module(barcode: Barcode, profile: PrinterProfile) -> int | None:
    return fitting_module(
        code_set_b_width(barcode.data),
        profile.dots,
        widest=_BARCODE_MODULE_WIDEST,
        narrowest=_BARCODE_MODULE_NARROWEST,
    )


def _bars(text: str, module: int) -> bytes:
    """The printer's own CODE128, centred; code set B throughout, so that its width is known before it is sent."""
    data = b"{B" + text.encode("ascii").replace(b"{", b"{{")
    return b"".join(
        (
            _CENTRE,
            command.BARCODE_TXT_OFF,
            command.BARCODE_HEIGHT + bytes([_BARCODE_DOTS_HIGH]),
            command.BARCODE_WIDTH + bytes([module]),
            _CODE128 + bytes([len(data)]) + data,
            _LEFT,
        )
    )


def _strip(row: Row, profile: PrinterProfile) -> bytes:
    """A row as a picture in the bundled mono font, every sign in its own cell, so that the columns stand."""
    cell, wide, tall = profile.cell, row.size.wide, row.size.tall
    picture = Image.new("L", (profile.dots // wide, STRIP_DOTS), 0)
    pen = ImageDraw.Draw(picture)
    font = _font(row.emphasis, cell)
    for column, cluster in clusters(row.text):
        if cluster != " ":
            pen.text((column * cell, STRIP_DOTS - 8), cluster, fill=255, font=font, anchor="ls")
    if wide > 1 or tall > 1:
        picture = picture.resize((picture.width * wide, picture.height * tall), Image.Resampling.BICUBIC)
    return _raster(picture.point(_INKED, "1"))


_INKED = [255 if level >= 112 else 0 for level in range(256)]


def _raster(picture: Image.Image) -> bytes:
    """`GS v 0` with the black dots of a picture of mode "1".

    A printer obeys real-time commands even inside a picture: where the dots spell one, one dot is added.
    """
    dots = re.sub(rb"\x10(?=[\x04\x05\x14])", b"\x18", picture.tobytes())
    across = (picture.width + 7) // 8
    begin: bytes = command.GS + b"v0\x00"
    return begin + across.to_bytes(2, "little") + picture.height.to_bytes(2, "little") + dots


@cache
def _font(emphasis: bool, cell: int) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if emphasis else "DejaVuSansMono.ttf"
    file = resources.files("pos") / "assets" / "fonts" / name
    return ImageFont.truetype(BytesIO(file.read_bytes()), cell / _LETTER_WIDTH)
