"""What can be measured of a screen: words that are cut, parts too small to touch, parts a screen reader cannot name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from pos.ui.main_window import MainWindow
from pos.ui.pay.amounts import Amount, FastKey
from pos.ui.pay.pieces import Pieces
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.described import OPERATED as OPERATED_WIDGETS
from pos.ui.shared.key_bar import KeyBar
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.text import ElidedLabel
from pos.ui.sign_on.people import PersonButton

HIT_MIN, ROUTINE_MIN, KEYPAD_MIN, PRIMARY_MIN = 44, 48, 70, 72
# What a person operates: each says what it is called.
OPERATED = frozenset(
    (
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.List,
        QAccessible.Role.ListItem,
        QAccessible.Role.PageTab,
        QAccessible.Role.RadioButton,
        QAccessible.Role.Slider,
        QAccessible.Role.SpinBox,
    )
)
_NO_ROLE = frozenset((QAccessible.Role.NoRole, QAccessible.Role.Client))


def complaints(window: MainWindow) -> list[str]:
    """Everything that is wrong with what a window shows now."""
    return [
        *(
            f"{type(widget).__name__} {widget.objectName()} {said}"
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            for said in (*cut(widget), *untouchable(widget))
        ),
        *unnamed(window),
        *undescribed(window),
        *in_the_way(window),
    ]


def cut(widget: QWidget) -> list[str]:
    """What of the widget's words does not show."""
    if isinstance(widget, ElidedLabel):
        return [f"elides {widget.text()!r}"] if widget.is_elided else []
    if isinstance(widget, QLabel):
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        wide = widget.width() if widget.wordWrap() else widget.sizeHint().width()
        fits = wide <= widget.width() and needed <= widget.height()
        return [] if fits else [f"cuts {widget.text()!r}: {wide}x{needed} in {widget.size().toTuple()}"]
    if isinstance(widget, ActionButton):
        least = widget.minimumSizeHint().width()
        return [] if widget.width() >= least else [f"cuts {widget.text()!r}: {least} in {widget.width()}"]
    if isinstance(widget, QLineEdit) and not widget.text() and (prompt := widget.placeholderText()):
        # Qt leaves two points free on either side of what stands in a field.
        room, wide = widget.contentsRect().width() - 4, widget.fontMetrics().horizontalAdvance(prompt)
        return [f"cuts {prompt!r}: {wide} in {room}"] if wide > room else []
    if isinstance(widget, Amount | FastKey | PersonButton):
        return [] if widget.fits() else [f"cuts {widget.accessibleName()!r} in {widget.width()}"]
    if isinstance(widget, Pieces):
        return [] if widget.fits() else [f"leaves out some of {widget.shown}"]
    return []


def untouchable(widget: QWidget) -> list[str]:
    """Why a finger would miss it."""
    if not isinstance(widget, QAbstractButton):
        return []
    least = hit_min(widget)
    small = widget.width() < min(least, ROUTINE_MIN) or widget.height() < least
    return [f"is {widget.size().toTuple()}, less than {least}"] if small else []


def hit_min(widget: QAbstractButton) -> int:
    """How large a button has to be: the keypad and the one primary action of a screen larger than the rest."""
    ancestors = list(_above(widget))
    if any(isinstance(above, Keypad) for above in ancestors):
        return KEYPAD_MIN
    if any(isinstance(above, KeyBar) for above in ancestors):
        return ROUTINE_MIN
    if isinstance(widget, ActionButton) and widget.kind == "primary" and widget.key == "F12":
        return PRIMARY_MIN
    return HIT_MIN


def _above(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def unnamed(root: QWidget) -> list[str]:
    """Whatever a screen reader would meet on its way through the tree and could not say, or not what it is."""
    found = []
    for part in tree(root):
        name, role = part.text(QAccessible.Text.Name).strip(), part.role()
        made = part.object()
        # A line of a list is no object of its own.
        where = f"{type(made).__name__} {getattr(made, 'objectName', str)()}"
        if part.state().focusable and role in _NO_ROLE and isinstance(made, QAbstractButton):
            found.append(f"{where} has no role")
        if role in OPERATED and not name and not _inside_named(part):
            found.append(f"{where} of role {role.name} has no name")
    return found


def undescribed(root: QWidget) -> list[str]:
    """Parts a person operates of which a screen reader is not told what the keyboard does there."""
    return [
        f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()!r} is not described"
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and isinstance(widget, OPERATED_WIDGETS)
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
        and not widget.accessibleDescription()
    ]


def _inside_named(part: QAccessibleInterface) -> bool:
    """A line inside a field of choices is part of it, and the field says its name."""
    above = _parent(part)
    return above is not None and above.role() in OPERATED and bool(above.text(QAccessible.Text.Name).strip())


def _parent(part: QAccessibleInterface) -> QAccessibleInterface | None:
    return part.parent()


def tree(root: QWidget) -> Iterator[QAccessibleInterface]:
    """Every part that shows, as a screen reader finds it."""
    waiting: list[QAccessibleInterface | None] = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        part = waiting.pop()
        if part is None or not part.isValid() or part.state().invisible:
            continue
        yield part
        waiting.extend(part.child(at) for at in range(part.childCount()))


def in_the_way(window: MainWindow) -> list[str]:
    """More than one sheet over a screen, or anything that has to be answered before the next scan."""
    sheets = [sheet.objectName() for sheet in window.findChildren(Overlay) if sheet.isVisible()]
    found = [f"sheets lie over sheets: {sheets}"] if len(sheets) > 1 else []
    modal = QApplication.activeModalWidget()
    return found if modal is None else [*found, f"{modal.objectName()} has to be answered first"]


def mouse_only(screen: QWidget, actions: Iterable[QAction], found: Iterable[str]) -> list[str]:
    """Actions without a key that the palette does not find either; `found` is what the palette lists."""
    listed = set(found)
    return [
        f"{screen.objectName()}: {action.objectName()}"
        for action in actions
        if action.isVisible() and action.shortcut().isEmpty() and action.text() not in listed
    ]


def tab_stops(window: QWidget) -> list[QWidget]:
    """Everything that shows and takes the focus by Tab."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def not_reached(stops: Iterable[QWidget], reached: Iterable[QWidget]) -> list[str]:
    """What Tab went past; of a group of choices one is enough, arrow keys reach the rest."""
    been = set(reached)
    groups = {widget.group() for widget in been if isinstance(widget, QAbstractButton)} - {None}
    return [
        widget.objectName() or repr(widget)
        for widget in stops
        if widget not in been and not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    ]
