"""Buttons. All are painted, all are QAbstractButtons, none takes the focus by touch: that stays with the entry."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import keycap, keycap_width, line, name_in_rows, painted_width, rounded, text_width
from pos.ui.shared.item_pictures import draw_picture
from pos.ui.shared.painted import ButtonKind, Paint, PaintedButton, paint_of
from pos.ui.theme import Kind, Tokens, current, draw_icon, font

__all__ = ["ActionButton", "ButtonFace", "ButtonKind", "IconButton", "KeyPlace", "PaintedButton", "TileButton"]

KeyPlace = Literal["start", "follow", "end", "above"]


@dataclass(frozen=True, slots=True)
class ButtonFace:
    """How close the words stand to the edge, their size (None: by the height), and where the key stands."""

    tight: bool
    px: int | None
    key_place: KeyPlace


class ActionButton(PaintedButton):
    """A verb with its icon and its key; optionally a second line. Never narrower than its words."""

    def __init__(
        self,
        text: str = "",
        icon: str | None = None,
        *,
        key: str = "",
        kind: ButtonKind = "secondary",
        height: int = 48,
        detail: str = "",
        align: Literal["center", "left"] = "center",
        key_place: KeyPlace | None = None,
        tile: Kind | None = None,
        px: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._detail, self._align, self._tile = icon, detail, align, tile
        self._key_place: KeyPlace = key_place or ("end" if height >= 60 or align == "left" else "follow")
        self._px = px
        self._tight = False
        self._kind = kind
        self._key = key
        self.radius = 14 if height >= 72 else 12
        self.setFixedHeight(height)
        self.setText(text)
        self.describe(text, key)

    def set_icon(self, icon: str | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_face(self, face: ButtonFace) -> None:
        """Another look of the same words."""
        if face != self._face:
            self._face = face
            self.updateGeometry()
            self.update()

    def width_as(self, face: ButtonFace) -> int:
        """How wide it would want to be with another look."""
        own, self._face = self._face, face
        wide = self.sizeHint().width()
        self._face = own
        return wide

    @property
    def _face(self) -> ButtonFace:
        return ButtonFace(self._tight, self._px, self._key_place)

    @_face.setter
    def _face(self, face: ButtonFace) -> None:
        self._tight, self._px, self._key_place = face.tight, face.px, face.key_place

    def set_detail(self, detail: str) -> None:
        """The second, smaller line."""
        self._detail = detail
        self.updateGeometry()
        self.update()

    @property
    def detail(self) -> str:
        return self._detail

    def set_text(self, text: str) -> None:
        """Text and accessible name at once."""
        self.setText(text)
        self.describe(f"{text}, {self._detail}" if self._detail else text, self.accessibleDescription())
        self.updateGeometry()
        self.update()

    def set_checked_kind(self, kind: ButtonKind) -> None:
        """Make the button one that stays chosen, looking like `kind` then."""
        self.setCheckable(True)
        self._checked_kind = kind

    def _faces(self) -> tuple[QFont, QFont]:
        height = self.height()
        if self._px is not None:
            px = self._px
        elif self._align == "left":
            px = 16
        elif height >= 72:
            px = 22 if self._detail else 24
        else:
            px = 20 if height >= 60 else 15
        return font(px, 600), font(13, 600 if self._align == "center" and self.kind in ("primary", "plum") else 450)

    def _icon_size(self) -> int:
        if self._icon is None:
            return 0
        return 44 if self._tile else 20 if self.height() < 60 else 26 if self._align == "left" else 24

    def _gap(self) -> int:
        if self._tight:
            return 5
        return 12 if self._align == "left" or self.height() >= 60 else 8

    def _padding(self) -> int:
        if self._tight:
            return 7
        return 15 if self._align == "left" or self.height() >= 60 else 12

    def _words_width(self) -> float:
        face, small = self._faces()
        # Both say the same; words that are painted anew each time are laid out once for both.
        wide = painted_width if self.covers else text_width
        return max(wide(self.text(), face), text_width(self._detail, small))

    def sizeHint(self) -> QSize:
        return self._size(centred=True)

    def minimumSizeHint(self) -> QSize:
        """With no room to stand in the middle the words stand beside the key; they are never cut."""
        return self._size(centred=False)

    def _size(self, *, centred: bool) -> QSize:
        """Reckoned once for each look: the pay key is asked four times at every scan."""
        words = (self._text, self._detail, self._icon, self._key)
        look = (centred, *words, self._tight, self._px, self._key_place, self.kind, self.height())
        kept = self._kept
        if kept.sized != look:
            kept.sized, kept.size = look, self._reckoned(centred=centred)
        return kept.size

    def _reckoned(self, *, centred: bool) -> QSize:
        width = self._words_width() + 2 * self._padding()
        if self._icon is not None:
            width += self._icon_size() + (self._gap() if self.text() else 0)
        if self._key and self._key_place == "above":
            width = max(width, keycap_width(self._key) + 2 * self._padding())
        elif self._key:
            cap = keycap_width(self._key) + (self._gap() if self.text() or self._icon else 0)
            width += 2 * cap if centred and self._key_place == "end" and self._align == "center" else cap
        return QSize(max(int(width) + 2, self.height(), 44), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.covers:
            self.paint_whole(self._draw_ground, self._draw_words)
        else:
            self.paint_kept(self._draw)

    def _draw(self, painter: QPainter) -> None:
        self._draw_ground(painter)
        self._draw_words(painter)

    def _draw_ground(self, painter: QPainter) -> None:
        """What stays where the words are others: the key at the end too."""
        t = current()
        paint = self.paint_ground(painter, t)
        if self._key and self._key_place == "end":
            right = self.width() - self._padding()
            keycap(painter, right - keycap_width(self._key), self.height() / 2, self._key, t, on=paint.on)

    def _draw_words(self, painter: QPainter) -> None:
        t = current()
        paint = paint_of(t, self.kind, enabled=self.isEnabled())
        if self._key and self._key_place == "above":
            self._draw_stacked(painter, paint, t)
            return
        middle = self.height() / 2
        left, right = float(self._padding()), float(self.width() - self._padding())
        cap = keycap_width(self._key)
        on = paint.on
        if self._key and self._key_place == "end":
            right -= cap + self._gap()
        content = self._words_width() + (self._icon_size() + (self._gap() if self.text() else 0) if self._icon else 0)
        if self._key and self._key_place != "end":
            content += cap + (self._gap() if self.text() or self._icon else 0)
        if self._align == "center":
            centre = self.width() / 2 - content / 2
            left = max(left, min(centre, right - content))
        if self._key and self._key_place == "start":
            keycap(painter, left, middle, self._key, t, on=on)
            left += cap + self._gap()
        left = self._paint_icon(painter, left, paint, t)
        if self._key and self._key_place == "follow":
            self._paint_words(painter, left, right - cap - self._gap(), paint)
            keycap(
                painter,
                min(left + self._words_width() + (self._gap() if self.text() else 0), right - cap),
                middle,
                self._key,
                t,
                on=on,
            )
        else:
            self._paint_words(painter, left, right, paint)

    def _draw_stacked(self, painter: QPainter, paint: Paint, t: Tokens) -> None:
        """The key over the words: as wide as the wider of them."""
        middle = self.height() / 2
        keycap(painter, (self.width() - keycap_width(self._key)) / 2, middle - 9, self._key, t, on=paint.on)
        face, _ = self._faces()
        words = QRectF(0, middle + 3, self.width(), 18)
        line(painter, words, self.text(), face=face, colour=paint.text, align=Qt.AlignmentFlag.AlignHCenter)

    def _paint_icon(self, painter: QPainter, left: float, paint: Paint, t: Tokens) -> float:
        if self._icon is None:
            return left
        size = self._icon_size()
        rect = QRectF(left, (self.height() - size) / 2, size, size)
        if self._tile and paint.on is None:
            text, ground, _ = t.on_soft(self._tile)
            rounded(painter, rect, size / 2 if self._tile == "neutral" else 12, ground, None)
            draw_icon(painter, rect.adjusted(11, 11, -11, -11), self._icon, text, 1)
        else:
            inset = 9 if self._tile else 0
            draw_icon(painter, rect.adjusted(inset, inset, -inset, -inset), self._icon, paint.icon)
        return left + size + self._gap()

    def _paint_words(self, painter: QPainter, left: float, right: float, paint: Paint) -> None:
        face, small = self._faces()
        align = Qt.AlignmentFlag.AlignLeft
        if self._align == "center" and self._icon is None and not self._key:
            align = Qt.AlignmentFlag.AlignHCenter
            left, right = self._padding(), self.width() - self._padding()
        rect = QRectF(left, 0, right - left + 1, self.height())
        if not self._detail:
            line(painter, rect, self.text(), face=face, colour=paint.text, align=align)
            return
        middle = self.height() / 2
        upper = face.pixelSize() * 1.3
        top = middle - (upper + 18) / 2
        line(painter, QRectF(left, top, rect.width(), upper), self.text(), face=face, colour=paint.text, align=align)
        line(
            painter,
            QRectF(left, top + upper, rect.width(), 18),
            self._detail,
            face=small,
            colour=paint.detail,
            align=align,
        )


class IconButton(PaintedButton):
    """A square button with an icon alone; what it does is its accessible name and its tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        kind: ButtonKind = "ghost",
        size: int = 44,
        icon_size: int = 22,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._icon_size = icon, icon_size
        self._kind = kind
        self.setFixedSize(size, size)
        self.set_name(name, description)

    def set_name(self, name: str, description: str = "") -> None:
        """The words for what the icon means."""
        self.describe(name, description)
        if name != self.toolTip():
            self.setToolTip(name)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint_kept(self._draw)

    def _draw(self, painter: QPainter) -> None:
        paint = self.paint_ground(painter, current())
        inset = (self.width() - self._icon_size) / 2
        draw_icon(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._icon, paint.icon)


class TileButton(PaintedButton):
    """A tile: icon at the top left, key or badge at the top right, a name and a detail below."""

    def __init__(
        self,
        text: str,
        icon: str,
        *,
        detail: str = "",
        key: str = "",
        badge: str = "",
        tile: Kind | None = None,
        height: int = 104,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tile, self._picture = icon, tile, ""
        self._key = key
        self.radius = 12
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_words(text, detail, badge)

    def set_picture(self, path: str) -> None:
        """A picture in the place of the icon; empty for the icon."""
        self._picture = path
        self.update()

    def set_words(self, text: str, detail: str = "", badge: str = "") -> None:
        self.setText(text)
        self._detail, self._badge = detail, badge
        self.describe(", ".join(filter(None, (text, detail, badge))), self._key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        widest = max(text_width(self.text(), font(15, 600)), text_width(self._detail, font(13)))
        return QSize(int(max(widest + 30, 96)), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        paint = self.paint_ground(painter, t)
        rows, face = name_in_rows(self.text(), self.width() - 24)
        top = 9 if len(rows) == 1 else 5
        if draw_picture(painter, QRectF(11, top, 36, 36), 10, self._picture):
            pass
        elif self._tile:
            text, ground, _ = t.on_soft(self._tile)
            rounded(painter, QRectF(11, top, 36, 36), 10, ground, None)
            draw_icon(painter, QRectF(19, top + 8, 20, 20), self._icon, text)
        else:
            draw_icon(painter, QRectF(15, top + 6, 26, 26), self._icon, paint.icon)
        width = self.width() - 28
        if self._badge:
            # Its key is learned by its place; what it costs today is not.
            self._paint_badge(painter, t)
        elif self._key:
            keycap(painter, self.width() - 14 - keycap_width(self._key), 28, self._key, t, on=paint.on)
        bottom = self.height() - 12
        top, tall, detail = (bottom - 40, 22, 18) if len(rows) == 1 else (bottom - 43, 15, 13)
        for number, row in enumerate(rows):
            line(painter, QRectF(12, top + number * tall, width + 4, tall), row, face=face, colour=paint.text)
        line(painter, QRectF(12, bottom - detail, width, 18), self._detail, face=font(13), colour=paint.detail)

    def _paint_badge(self, painter: QPainter, t: Tokens) -> None:
        face = font(12, 600)
        width = text_width(self._badge, face) + 20
        rect = QRectF(self.width() - 11 - width, 16, width, 22)
        rounded(painter, rect, 11, t.ok_soft, t.ok_line)
        painter.setFont(face)
        painter.setPen(QColor(t.ok))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._badge)
