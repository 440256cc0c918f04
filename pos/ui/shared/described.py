"""A screen reader is told of every part a person operates what the keyboard does there, where the part does not say."""

from __future__ import annotations

from itertools import chain

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from pos.speech import N_, Speech
from pos.ui.shared.general import GENERAL, general_of

OPERATED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)

_PRESSED = N_("Space presses it")
_SWITCHED = N_("Space switches it")
_TYPED = N_("Type here, Tab goes on")
_WRITTEN = N_("Type here, Enter begins a line, Tab goes on")
_CHOSEN = N_("Arrow keys or the first letters choose, Tab goes on")
_COUNTED = N_("Type it, or arrow keys change it")
_LISTED = N_("Arrow keys move in the list")


def describe_rest(root: QWidget, words: Speech) -> None:
    """Give what says nothing of its own a description in these words; what was said so before is said anew.

    The parts of Qt's own fields (the line inside a date, the list of a field of choices) speak with the field.
    """
    for widget in chain.from_iterable(root.findChildren(kind) for kind in OPERATED):
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
            continue
        said = widget.accessibleDescription()
        if said and said != general_of(widget):
            continue
        general = words.say(_sentence(widget))
        if said != general:
            widget.setProperty(GENERAL, general)
            widget.setAccessibleDescription(general)


def _sentence(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton):
        return _SWITCHED if widget.isCheckable() else _PRESSED
    if isinstance(widget, QLineEdit):
        return _TYPED
    if isinstance(widget, QPlainTextEdit):
        return _WRITTEN
    if isinstance(widget, QComboBox):
        return _CHOSEN
    return _COUNTED if isinstance(widget, QAbstractSpinBox) else _LISTED
