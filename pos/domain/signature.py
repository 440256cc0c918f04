"""A signature drawn on screen: a few strokes, small enough to keep and to erase; who signs, and what is none."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.refusal import Code, Refused

# The field it is drawn in, in units of its own: whatever the screen, a signature has the same shape.
WIDE, HIGH = 1000, 300
STROKES_MOST, POINTS_MOST = 100, 3000
TEXT_MOST = POINTS_MOST * len("1000,300 ")
# Less ink than this, in units along the strokes, is a touch by mistake.
_INK_LEAST = 60

Point = tuple[int, int]


class Signer(StrEnum):
    """Whose signature it is."""

    CUSTOMER = "customer"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Signature:
    """The strokes in the order they were drawn, each of its points in units of the field."""

    strokes: tuple[tuple[Point, ...], ...]

    def text(self) -> str:
        """As it is kept: strokes apart by semicolons, points by spaces."""
        return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in self.strokes)


def signature_of(strokes: Iterable[Sequence[Point]]) -> Signature | Refused:
    """What was drawn, where it is a signature.

    Refused: SIGNATURE_EMPTY for next to no ink, SIGNATURE_TOO_LARGE, SIGNATURE_UNREADABLE for a point off the field.
    """
    drawn = tuple(tuple(stroke) for stroke in strokes if stroke)
    if len(drawn) > STROKES_MOST or sum(map(len, drawn)) > POINTS_MOST:
        return Refused(Code.SIGNATURE_TOO_LARGE)
    if not all(0 <= x <= WIDE and 0 <= y <= HIGH for stroke in drawn for x, y in stroke):
        return Refused(Code.SIGNATURE_UNREADABLE)
    if sum(map(_ink, drawn)) < _INK_LEAST:
        return Refused(Code.SIGNATURE_EMPTY)
    return Signature(drawn)


def read_signature(text: str) -> Signature | Refused:
    """What `Signature.text` wrote. Refused as `signature_of`."""
    if len(text) > TEXT_MOST:
        return Refused(Code.SIGNATURE_TOO_LARGE)
    try:
        strokes = [[_point(one) for one in stroke.split()] for stroke in text.split(";")]
    except ValueError:
        return Refused(Code.SIGNATURE_UNREADABLE)
    return signature_of(strokes)


def signature_digest(text: str, return_id: str, signer: Signer) -> str:
    """What the journal keeps of it, under the return it belongs to: it says whether strokes are those that were drawn,
    and nothing of how they look.
    """
    return hmac.new(f"{return_id}:{signer.value}".encode(), text.encode(), hashlib.sha256).hexdigest()


def _point(text: str) -> Point:
    x, y = text.split(",")
    if not (x.isascii() and y.isascii() and x.isdecimal() and y.isdecimal()):
        raise ValueError(text)
    return int(x), int(y)


def _ink(stroke: Sequence[Point]) -> int:
    return sum(abs(x - a) + abs(y - b) for (x, y), (a, b) in zip(stroke[1:], stroke, strict=False))
