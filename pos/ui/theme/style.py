"""The one style sheet of the program, written from the tokens.

Widgets are chosen by dynamic property (`tone`, `card`, `ground`), never by `QFrame`: a QLabel is a QFrame too, and the
edge would leak into every label. No rule gives every QWidget a colour: each would hand it down to all below it, which
doubles the time a change of theme takes; the palette says it once. Fonts never stand here: a style sheet cannot ask for
tabular digits.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from pos.ui.theme.tokens import Tokens

_TONES = (
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
)


def stylesheet(t: Tokens) -> str:
    """Everything that is not painted by hand."""
    tones = "\n".join(f'QLabel[tone="{tone}"] {{ color: {getattr(t, tone)}; }}' for tone in _TONES)
    cards = "\n".join(
        f'*[card="{kind}"] {{ background: {ground}; border: {width}px solid {edge}; border-radius: {radius}px; }}'
        for kind, ground, edge, width, radius in (
            ("plain", t.surface, t.border, 1, 14),
            ("sunken", t.sunken, t.border, 1, 14),
            ("selected", t.primary_soft, t.primary_edge, 2, 14),
            ("tabs", t.hover, t.hover, 1, 12),
            ("info", t.primary_soft, t.primary_line, 1, 14),
            ("ok", t.ok_soft, t.ok_line, 1, 14),
            ("warn", t.warn_soft, t.warn_line, 1, 14),
            ("bad", t.bad_soft, t.bad_line, 1, 14),
            ("out", t.out_soft, t.out_line, 1, 14),
            ("ink", t.rail_sel, t.rail_sel, 1, 14),
        )
    )
    return "\n".join((_BASE.format(t=t), tones, cards))


def palette(t: Tokens) -> QPalette:
    """Qt's own colours, for the parts Fusion paints itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, t.bg),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.sunken),
        (role.Text, t.text),
        (role.PlaceholderText, t.text3),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.text),
        (role.Highlight, t.primary),
        (role.HighlightedText, t.onprimary),
        (role.Link, t.primary_text),
        (role.Mid, t.border),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.text3))
    return made


_BASE = """
QMainWindow, QDialog, *[ground="bg"] {{ background: {t.bg}; }}
*[ground="surface"] {{ background: {t.surface}; }}
*[ground="sunken"] {{ background: {t.sunken}; }}
*[ground="rail"] {{ background: {t.rail}; }}
QLabel {{ background: transparent; border: none; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; padding: 6px 8px; }}
QLineEdit {{
  color: {t.text}; background: {t.surface};
  border: 1px solid {t.control}; border-radius: 12px; padding: 0 12px; min-height: 46px;
  selection-background-color: {t.primary}; selection-color: {t.onprimary};
}}
QLineEdit:focus {{ border: 2px solid {t.focus}; padding: 0 11px; min-height: 44px; }}
QLineEdit:disabled {{ color: {t.text3}; background: {t.sunken}; border-color: {t.border}; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{
  background: transparent; border: none; padding: 0; min-height: 0;
}}
QDateEdit {{
  background: {t.surface}; border: 1px solid {t.control}; border-radius: 12px; padding: 0 12px; min-height: 46px;
}}
QDateEdit:focus {{ border: 2px solid {t.focus}; padding: 0 11px; min-height: 44px; }}
QDateEdit::up-button, QDateEdit::down-button {{ width: 0; }}
QPlainTextEdit {{
  color: {t.text}; background: {t.surface}; border: 1px solid {t.control}; border-radius: 12px; padding: 4px 8px;
  selection-background-color: {t.primary}; selection-color: {t.onprimary};
}}
QPlainTextEdit:focus {{ border: 2px solid {t.focus}; padding: 3px 7px; }}
QComboBox {{
  color: {t.text}; background: {t.surface};
  border: 1px solid {t.control}; border-radius: 12px; padding: 0 12px; min-height: 46px;
}}
QComboBox:focus {{ border: 2px solid {t.focus}; padding: 0 11px; min-height: 44px; }}
QComboBox::drop-down {{ border: none; width: 40px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
  color: {t.text}; background: {t.surface}; border: 1px solid {t.control}; outline: none;
  selection-background-color: {t.primary_soft}; selection-color: {t.primary_text};
}}
QComboBox QAbstractItemView::item {{ min-height: 44px; padding: 0 12px; }}
QListView {{ background: transparent; border: none; outline: none; }}
QScrollArea, *[ground="none"] {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {t.control}; border-radius: 4px; min-height: 44px; min-width: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.control}; padding: 6px; }}
QMenu::item {{ padding: 12px 16px; border-radius: 8px; }}
QMenu::item:selected {{ background: {t.primary_soft}; color: {t.primary_text}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
*[line="h"] {{ background: {t.border}; border: none; min-height: 1px; max-height: 1px; }}
*[line="v"] {{ background: {t.border}; border: none; min-width: 1px; max-width: 1px; }}
"""
