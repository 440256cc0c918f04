"""Lines of text: their size and weight by the theme's fonts, their colour by tone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.ui.shared.draw import line
from pos.ui.theme import current, font, restyle

Tone = Literal[
    "text",
    "text2",
    "text3",
    "primary_text",
    "ok",
    "warn",
    "bad",
    "out",
    "train_text",
    "onprimary",
    "rail_text",
    "rail_on",
]


class Label(QLabel):
    """A line or paragraph in one size, weight and tone."""

    def __init__(
        self,
        text: str = "",
        px: int = 15,
        weight: int = 450,
        *,
        tone: Tone = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setFont(font(px, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)

    def set_tone(self, tone: Tone) -> None:
        if self.property("tone") != tone:
            restyle(self, tone=tone)


class ElidedLabel(QLabel):
    """A line that ends in "…" where its room ends; the whole text stays in the tooltip and the accessible name."""

    def __init__(
        self,
        text: str = "",
        px: int = 15,
        weight: int = 450,
        *,
        tone: Tone = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFont(font(px, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tone: Tone = tone
        self._align = align
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    @property
    def is_elided(self) -> bool:
        """Whether part of the text is not shown."""
        return QFontMetricsF(self.font()).horizontalAdvance(self.text()) > self.width() + 0.5

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.is_elided else "")

    def resizeEvent(self, _event: object) -> None:
        self._tell()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        return QSize(int(metrics.horizontalAdvance(self.text())) + 2, int(metrics.height()) + 2)

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        return QSize(
            int(min(metrics.horizontalAdvance(self.text()), metrics.horizontalAdvance("MMM…"))) + 2,
            self.sizeHint().height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        line(
            painter,
            QRectF(self.rect()),
            self.text(),
            face=self.font(),
            colour=getattr(current(), self._tone),
            align=self._align,
        )
