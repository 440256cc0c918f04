"""A text as the dark and light modules of a QR code, for a screen."""

from __future__ import annotations

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code from the top, each module dark or not, without the quiet zone of four around it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in side) for row in side)
