"""The large button of the Returns screen: it opens what is looked at, or pays out what is decided."""

from __future__ import annotations

from pos.ui.shared.buttons import ActionButton, ButtonFace

# It is as narrow as this on a small screen: the longest amount is then written smaller.
_WIDE = 380
_FACES = tuple(ButtonFace(tight=False, px=px, key_place="end") for px in (24, 20, 16))


def dress(button: ActionButton, *, pays: bool) -> None:
    """Its colour and icon for what it does now, and its words as large as they fit."""
    button.set_face(next((face for face in _FACES if button.width_as(face) <= _WIDE), _FACES[-1]))
    button.set_kind("plum" if pays else "primary")
    button.set_icon("undo" if pays else "arrow_forward")
