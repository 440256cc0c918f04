"""A signature as it stands over its line: dots for the thermal head, greys for PDF and screen."""

from __future__ import annotations

from PIL import Image, ImageDraw

from pos.domain.signature import HIGH, WIDE, Signature
from receipts.document import Logo

# As wide as half of the paper, 36 mm; what was drawn keeps its proportions.
DOTS_WIDE, DOTS_HIGH = 288, 96
_FINER, _PEN, _EDGE = 4, 3, 4


def signature_picture(signature: Signature) -> Logo:
    """What was drawn without the empty field around it, as large as there is room for."""
    left, top, right, bottom = _bounds(signature)
    scale = min(
        (DOTS_WIDE - 2 * _EDGE) / max(right - left, 1),
        (DOTS_HIGH - 2 * _EDGE) / max(bottom - top, 1),
        # A small signature is not blown up beyond the field it was drawn in.
        2 * DOTS_WIDE / WIDE,
        2 * DOTS_HIGH / HIGH,
    )
    wide, high = round((right - left) * scale) + 2 * _EDGE, round((bottom - top) * scale) + 2 * _EDGE
    picture = Image.new("L", (wide * _FINER, high * _FINER), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in signature.strokes:
        points = [(((x - left) * scale + _EDGE) * _FINER, ((y - top) * scale + _EDGE) * _FINER) for x, y in stroke]
        pen.line(points if len(points) > 1 else points * 2, fill=0, width=_PEN * _FINER, joint="curve")
    small = picture.resize((wide, high), Image.Resampling.LANCZOS).point(_INKED)
    return Logo(wide, high, small.tobytes())


# Greys that are nearly white would be lost between the dots of a print head.
_INKED = [0 if level < 176 else 255 for level in range(256)]


def _bounds(signature: Signature) -> tuple[int, int, int, int]:
    across = [x for stroke in signature.strokes for x, _ in stroke]
    down = [y for stroke in signature.strokes for _, y in stroke]
    return min(across), min(down), max(across), max(down)
