"""The rows of a paper of fixed columns, and the paper as text.

`lay_out` is the one place that decides what stands where; thermal paper, PDF and the preview draw the rows it gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from receipts.document import (
    Barcode,
    Block,
    Centred,
    Columns,
    Document,
    Feed,
    Heading,
    Logo,
    Mark,
    Rule,
    Size,
    TextLine,
)
from receipts.lettering import clean, released, width, wrap

COLUMNS_MIN = 24


class Row(NamedTuple):
    """One row of letters, blanks included; in a size `wide` times wider it holds so many times fewer cells."""

    text: str
    emphasis: bool = False
    size: Size = Size.NORMAL


Laid = Row | Rule | Barcode | Logo

_EMPTY = Row("")


def render(document: Document, columns: int) -> str:
    """The paper as text of at most `columns` cells a row, each row ended by a line feed; sizes are left out."""
    rows = lay_out(document, columns, magnified=False)
    return "".join(f"{line.rstrip()}\n" for laid in rows for line in _typed(laid, columns))


def _typed(laid: Laid, columns: int) -> Iterator[str]:
    if isinstance(laid, Row):
        yield laid.text
    elif isinstance(laid, Rule):
        yield "-" * columns
    elif isinstance(laid, Barcode):
        yield from _centred(f"|| {laid.data} ||", columns)


def lay_out(document: Document, columns: int, *, magnified: bool = True) -> list[Laid]:
    """The rows, rules and bars from top to bottom, no row wider than `columns` cells of plain text.

    Not `magnified`, every size takes the room of plain text, for devices that have one size only.
    """
    if columns < COLUMNS_MIN:
        raise ValueError(f"paper has at least {COLUMNS_MIN} columns")
    rows: list[Laid] = []
    for block in document.blocks:
        if type(block) is TextLine:
            rows.extend(_text_rows(block, columns // block.size.wide if magnified else columns))
        else:
            rows.extend(_block_rows(block, columns, magnified))
    return rows


def _block_rows(block: Block, columns: int, magnified: bool) -> Iterator[Laid]:
    match block:
        case Rule() | Logo():
            yield block
        case Feed(rows):
            yield from [_EMPTY] * rows
        case Centred(text, emphasis):
            yield from (Row(line, emphasis) for line in _centred(text, columns))
        case Heading(text):
            fits = 2 * width(clean(text)) <= columns
            yield from _large(text, Size.DOUBLE if fits else Size.TALL, columns, magnified)
        case Mark(text):
            yield from _large(text, Size.MARK, columns, magnified)
        case Columns():
            yield from _table(block, columns)
        case Barcode(_, caption):
            yield block
            if caption:
                yield from (Row(line) for line in _centred(caption, columns))
        case TextLine():
            raise AssertionError("text lines are laid out before all others")


def _large(text: str, size: Size, columns: int, magnified: bool) -> Iterator[Row]:
    room = columns // size.wide if magnified else columns
    return (Row(line, True, size) for line in _centred(text, room))


def _centred(text: str, room: int) -> list[str]:
    return [" " * ((room - width(line)) // 2) + released(line) for line in wrap(clean(text), room)]


def _text_rows(line: TextLine, room: int) -> list[Row]:
    """Text from the left, amount at the right edge of the last row; the amount is whole even where nothing else is."""
    left, right, size, emphasis = line.left, line.right, line.size, line.emphasis
    both = left + right
    if not (both.isascii() and both.isprintable()):
        left, right = clean(left), clean(right)
        both = left + right
    margin = " " * min(line.indent, room // 4)
    gap = room - len(margin) - width(both)
    if gap > 0 or (gap == 0 and not right):
        text = f"{margin}{left}{' ' * gap}{right}" if right else margin + left
        return [Row(released(text), emphasis, size)]
    if not right:
        return [Row(margin + released(text), emphasis, size) for text in wrap(left, room - len(margin))]
    left_room = room - len(margin) - 1 - width(right)
    if left_room < room // 3:
        rows = [margin + text for text in wrap(left, room - len(margin))] if left else []
        rows += [" " * (room - width(piece)) + piece for piece in wrap(right, room)]
    else:
        rows = [margin + text for text in wrap(left, left_room)]
        rows[-1] += " " * (room - width(rows[-1]) - width(right)) + right
    return [Row(released(text), emphasis, size) for text in rows]


def _table(table: Columns, columns: int) -> Iterator[Row]:
    rows = [tuple(clean(cell) for cell in row) for row in (table.heading, *table.rows)]
    natural = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    slack = columns - sum(natural)
    gaps = len(natural) - 1
    if slack < gaps:
        yield from _unrolled(table, columns)
        return
    room = [size + (slack // gaps if gaps else 0) for size in natural]
    room[0] = columns - sum(room[1:])
    for row in rows:
        first = row[0] + " " * (room[0] - width(row[0]))
        yield Row(released(first + "".join(" " * (room[i] - width(row[i])) + row[i] for i in range(1, len(row)))))


def _unrolled(table: Columns, columns: int) -> Iterator[Row]:
    """A table too wide for the paper, cell under cell."""
    for row in table.rows:
        for heading, cell in zip(table.heading, row, strict=True):
            yield from _text_rows(TextLine(heading, cell), columns)
