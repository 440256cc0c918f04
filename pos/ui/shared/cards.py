"""Grounds and small signs: cards, dividing lines, chips, keycaps, avatars, icons that follow the theme."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.shared.draw import KEYCAP_HEIGHT, keycap, keycap_width, rounded, text_width
from pos.ui.shared.item_pictures import draw_picture
from pos.ui.theme import Kind, Tokens, current, draw_icon, font, restyle

CardKind = Literal["plain", "sunken", "selected", "tabs", "info", "ok", "warn", "bad", "out", "ink"]


class Card(QFrame):
    """A rounded ground with an edge; `column` is its layout."""

    def __init__(
        self,
        kind: CardKind = "plain",
        *,
        padding: int = 16,
        spacing: int = 8,
        row: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", kind)
        self.column: QVBoxLayout | QHBoxLayout = QHBoxLayout(self) if row else QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(spacing)

    def set_kind(self, kind: CardKind) -> None:
        if self.property("card") != kind:
            restyle(self, card=kind)


def rule(vertical: bool = False) -> QFrame:
    """A thin dividing line."""
    made = QFrame()
    made.setProperty("line", "v" if vertical else "h")
    return made


class KeyCap(QWidget):
    """A key as it is printed on the keyboard."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.set_key(key)

    def set_key(self, key: str) -> None:
        self._key = key
        self.setFixedSize(int(keycap_width(key)) + 1, KEYCAP_HEIGHT)
        # Shown before it has a parent it would be a window of its own.
        if not key or self.parent() is not None:
            self.setVisible(bool(key))
        self.setAccessibleName(key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        keycap(painter, 0, self.height() / 2, self._key, current())


class Icon(QWidget):
    """An icon in a token's colour, alone or centred in a soft square; decoration beside words."""

    def __init__(
        self,
        name: str,
        size: int = 20,
        *,
        colour: str = "text2",
        fill: int = 0,
        tile: Kind | None = None,
        tile_size: int = 44,
        radius: float = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._colour, self._fill, self._tile, self._radius = (
            name,
            size,
            colour,
            fill,
            tile,
            radius,
        )
        self._picture = ""
        side = tile_size if tile else size
        self.setFixedSize(side, side)

    def set_picture(self, path: str) -> None:
        """A picture that fills the square in the icon's place; empty for the icon."""
        self._picture = path
        self.update()

    def set_icon(self, name: str, *, colour: str | None = None, fill: int | None = None) -> None:
        """Another icon; `colour` is the name of a token."""
        self._name = name
        self._colour = colour or self._colour
        self._fill = self._fill if fill is None else fill
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = str(getattr(t, self._colour))
        rect = QRectF(self.rect())
        if draw_picture(painter, rect, self._radius, self._picture):
            return
        if self._tile:
            colour, ground, _ = t.on_soft(self._tile)
            rounded(painter, rect, self._radius, ground, None)
            inset = (self.width() - self._size) / 2
            rect.adjust(inset, inset, -inset, -inset)
        draw_icon(painter, rect, self._name, colour, self._fill)


class Pill(QWidget):
    """A status chip: an icon, a word and a colour together, since colour alone says nothing."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "neutral",
        icon: str | None = None,
        *,
        height: int = 28,
        px: int = 13,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon, self._px = text, kind, icon, px
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_state(self, text: str, kind: Kind | None = None, icon: str | None = None) -> None:
        """New words; kind and icon stay unless given."""
        self._text, self._kind, self._icon = text, kind or self._kind, icon or self._icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        width = text_width(self._text, font(self._px, 600)) + 24 + (22 if self._icon else 0)
        return QSize(max(int(width) + 1, self.height()), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        text, ground, edge = current().on_soft(self._kind)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), self.height() / 2, ground, edge)
        rect = QRectF(self.rect()).adjusted(11, 0, -11, 0)
        if self._icon:
            draw_icon(painter, QRectF(rect.left(), (self.height() - 16) / 2, 16, 16), self._icon, text, 1)
            rect.setLeft(rect.left() + 22)
        painter.setFont(font(self._px, 600))
        painter.setPen(QColor(text))
        align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignLeft if self._icon else Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(rect, align, self._text)


def initials_of(name: str) -> str:
    """Up to two letters of a name, the first and the last word's: "Maya Reyes" is MR."""
    words = [word for word in name.split() if word[:1].isalnum()]
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in picked).upper()


def avatar_colours(t: Tokens, name: str) -> tuple[str, str]:
    """Text and ground of a person's avatar: the same person always gets the same pair."""
    pairs = (
        (t.primary_text, t.primary_soft),
        (t.ok, t.ok_soft),
        (t.out, t.out_soft),
        (t.teal, t.teal_soft),
        (t.violet, t.violet_soft),
        (t.warn, t.warn_soft),
    )
    return pairs[sum(map(ord, name)) % len(pairs)]


def paint_avatar(painter: QPainter, rect: QRectF, name: str, t: Tokens) -> None:
    """A disc with a person's initials."""
    text, ground = avatar_colours(t, name)
    painter.setBrush(QColor(ground))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(rect)
    painter.setFont(font(round(rect.height() * 0.37), 620, display=False))
    painter.setPen(QColor(text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials_of(name))


class Avatar(QWidget):
    """A person as a coloured disc with initials; the name beside it is what is read aloud."""

    def __init__(self, name: str = "", size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(size, size)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, QRectF(self.rect()), self._name, current())
