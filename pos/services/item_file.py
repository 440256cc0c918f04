"""Open a file of items and hand out its rows: CSV as text or packed with gzip, a bounded part of it in memory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from pos.domain.frozen import dataclass
from pos.domain.item_columns import FileFault, FileRefused
from pos.domain.item_rows import text_fault
from pos.domain.trouble import KnownError, Trouble

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BYTES_MAX = 10**9
# One row may stand on several lines, but a quote that nobody closed must not swallow the file.
ROW_LINES_MAX = 30
ROW_CHARACTERS_MAX = 65_536
_SNIFFED = 4096
UTF_8 = "utf-8-sig"
_DELIMITERS = ",;\t"
_GZIP_MAGIC = b"\x1f\x8b"
_UTF_16_MAGICS = (b"\xff\xfe", b"\xfe\xff")
# Excel's two formats, the older one's container, and OpenDocument (a zip, as the newer of Excel).
_SPREADSHEET_MAGICS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class TornRow:
    """Text that is no row: a quote left open, or more of it than a row may have."""

    line: int
    beginning: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row as it stands, with the line it begins on."""

    line: int
    cells: list[str]


class ItemFile:
    """A file of items, opened: its header, then its rows once."""

    def __init__(self, text: TextIO, digest: _Digesting) -> None:
        self._lines = _Lines(text)
        self._digest = digest
        self._delimiter = ","
        self.header = self._read_header()

    @property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes as they lie on the disk. Meant once every row was read."""
        return self._digest.sha256.hexdigest()

    def rows(self) -> Iterator[FileRow | TornRow]:
        """Every row that is not blank; one that is torn gives up its first line alone, the next line begins anew."""
        reader = self._reader()
        while True:
            line = self._lines.begin_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _RowTooLong):
                yield TornRow(line, self._lines.give_back(keep=1))
                continue
            if len(cells) != len(self.header) and self._lines.row_lines > 1:
                yield TornRow(line, self._lines.give_back(keep=1))
            elif any(cells) and any(map(str.strip, cells)):
                yield FileRow(line, cells)

    def _read_header(self) -> list[str]:
        """The headings, whose line also tells the delimiter. Raises FileRefused."""
        first = self._first_line()
        said = first.rstrip("\r\n")
        if said.startswith("sep=") and said[4:] in set(_DELIMITERS):  # a line Excel writes for itself
            self._delimiter = said[4:]
            self._first_line()
        else:
            self._delimiter = max(_DELIMITERS, key=_outside_quotes(first).count)
        self._lines.give_back(keep=0)
        self._lines.begin_row()
        try:
            header = next(self._reader())
        except (csv.Error, _RowTooLong) as error:
            raise FileRefused(FileFault.HEADER_UNREADABLE) from error
        if any(text_fault(name) for name in header):
            raise FileRefused(FileFault.HEADER_UNREADABLE)
        return header

    def _first_line(self) -> str:
        for _ in range(ROW_LINES_MAX):
            self._lines.begin_row()
            try:
                line = next(self._lines)
            except StopIteration:
                raise FileRefused(FileFault.EMPTY) from None
            except _RowTooLong:
                raise FileRefused(FileFault.HEADER_UNREADABLE) from None
            if line.strip():
                return line
        raise FileRefused(FileFault.HEADER_UNREADABLE)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._delimiter, strict=True)


@contextmanager
def open_item_file(path: Path, encoding: str = UTF_8) -> Iterator[ItemFile]:
    """Open a file of items, or of anything else that has a heading and rows.

    Raises FileRefused for what it holds, here or while its rows are read, and KnownError FILE_UNREADABLE for what the
    disk or a permission says.
    """
    with _digesting(path) as digest, _as_text(digest, encoding) as text:
        yield ItemFile(text, digest)


def lines_of_other_letters(path: Path, most: int) -> list[bytes]:
    """The first lines of a file that are no UTF-8, as they lie there. Raises as `open_item_file`."""
    found: list[bytes] = []
    with _digesting(path) as digest, _unpacked(digest) as (unpacked, _):
        left = BYTES_MAX
        while len(found) < most and left > 0 and (line := unpacked.readline(ROW_CHARACTERS_MAX)):
            left -= len(line)
            try:
                line.decode()
            except UnicodeDecodeError:
                found.append(line)
    return found


@contextmanager
def _digesting(path: Path) -> Iterator[_Digesting]:
    """The file's bytes, and what goes wrong with them as this program says it."""
    try:
        if path.exists() and not path.is_file():
            raise FileRefused(FileFault.NOT_A_FILE)
        with path.open("rb", buffering=0) as raw:
            if path.stat().st_size > BYTES_MAX:
                raise FileRefused(FileFault.TOO_LARGE, gigabytes=str(BYTES_MAX // 10**9))
            yield _Digesting(raw)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FileRefused(FileFault.PACKING_DAMAGED) from error
    except (OSError, ValueError) as error:
        # ValueError: a name that no file can have.
        if isinstance(error, ValueError) and not str(error).startswith("embedded null"):
            raise
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=_said(error)) from error


def _said(error: OSError | ValueError) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


@contextmanager
def _unpacked(digest: _Digesting) -> Iterator[tuple[io.BufferedReader[_Digesting] | gzip.GzipFile, bytes]]:
    """The file as it was before it was packed, and how that begins."""
    packed = io.BufferedReader(digest)
    sniffed = packed.peek(_SNIFFED)
    if not sniffed.startswith(_GZIP_MAGIC):
        yield packed, sniffed
        return
    unpacked = gzip.GzipFile(fileobj=packed, mode="rb")
    yield unpacked, unpacked.peek(_SNIFFED)


@contextmanager
def _as_text(digest: _Digesting, encoding: str) -> Iterator[TextIO]:
    with _unpacked(digest) as (unpacked, sniffed):
        _hold_to_text(sniffed)
        with _text_of(unpacked, encoding) as text:
            yield text


@contextmanager
def _text_of(unpacked: io.BufferedReader[_Digesting] | gzip.GzipFile, encoding: str) -> Iterator[TextIO]:
    # Bytes that are no text stay recognisable, so that their row is refused and not the file.
    with io.TextIOWrapper(unpacked, encoding=encoding, errors="surrogateescape", newline="") as text:
        yield text


def _hold_to_text(sniffed: bytes) -> None:
    if not sniffed:
        raise FileRefused(FileFault.EMPTY)
    if sniffed.startswith(_SPREADSHEET_MAGICS):
        raise FileRefused(FileFault.SPREADSHEET)
    if sniffed.startswith(_UTF_16_MAGICS):
        raise FileRefused(FileFault.UTF_16)
    if b"\x00" in sniffed or sniffed.startswith(b"%PDF"):
        raise FileRefused(FileFault.NOT_TEXT)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


class _Digesting(io.RawIOBase):
    """A raw file that notes the SHA-256 of what is read from it."""

    def __init__(self, raw: BinaryIO | io.RawIOBase) -> None:
        super().__init__()
        self._raw = raw
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        count = self._raw.readinto(view) or 0  # type: ignore[union-attr]
        self.sha256.update(view[:count])
        return count


class _RowTooLong(Exception):
    """A row does not end where it should have."""


class _Lines:
    """The lines of the file for the CSV reader, which can be given back until the next row begins."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._returned: deque[str] = deque()
        self._row: list[str] = []
        self._row_characters = 0
        self._characters_left = BYTES_MAX
        self._line = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self._row) >= ROW_LINES_MAX:
            raise _RowTooLong
        line = self._returned.popleft() if self._returned else self._read_line()
        if not line:
            raise StopIteration
        self._row.append(line)
        self._row_characters += len(line)
        self._line += 1
        if self._row_characters > ROW_CHARACTERS_MAX:
            raise _RowTooLong
        return line

    @property
    def row_lines(self) -> int:
        return len(self._row)

    def begin_row(self) -> int:
        """Forget the lines of the row before; the number of the line that comes next, counted from 1."""
        self._row.clear()
        self._row_characters = 0
        return self._line + 1

    def give_back(self, *, keep: int) -> str:
        """Give all lines of this row but the first `keep` to the next one. Returns how the first begins."""
        beginning = self._row[0][:200]
        back = self._row[keep:]
        self._returned.extendleft(reversed(back))
        self._line -= len(back)
        self._row.clear()
        return beginning

    def _read_line(self) -> str:
        """The next line; what is past the most a row may have is read over."""
        line = self._text.readline(ROW_CHARACTERS_MAX + 1)
        self._characters_left -= len(line)
        rest = line
        while len(rest) > ROW_CHARACTERS_MAX and not rest.endswith(("\n", "\r")) and self._characters_left > 0:
            rest = self._text.readline(ROW_CHARACTERS_MAX + 1)
            self._characters_left -= len(rest)
        if self._characters_left < 0:
            raise FileRefused(FileFault.TOO_LARGE, gigabytes=str(BYTES_MAX // 10**9))
        return line
