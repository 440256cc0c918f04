"""The words of the trade in the code, and no word a person reads beside `wording`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.house import tree
from tests.house.catalogues import SPEAKING, said

_WEB_SHOP = {"payment", "payments", "product", "products", "cart", "carts"}
# What a card terminal does is called a payment, by every protocol there is; in the sale it is a tender.
_TERMINALS_WORDS = {"payment", "payments"}
_OF_THE_TERMINAL = re.compile(
    r"pos/domain/payment\.py|pos/devices/payment/\w+\.py|pos/devices/simulated/terminal\.py|pos/services/payments\.py"
)
_TERMINALS_NAMES = re.compile(r"_?(PaymentTerminal|PaymentAttempt|PaymentOutcome|payment_attempt|payment_outcome)")
_SAY_NOTHING = {"helper", "helpers", "util", "utils", "misc"}
# As the name of a thing (a file or a class) these say nothing, or four things at once; `TillSession` says which.
_NO_THING = {"order", "orders", "session", "sessions"}
# As its last word, which says what it is. (A manager is a person of the shop; `ProcessDied` speaks of a real process.)
_NO_KIND_OF_THING = {"manager", "managers", "process", "handle", "handler", "handlers", "data"}
_NO_VERB = {"process", "handle"}
# Methods of Qt that put their text before a person's eyes (or ears)
_SHOWN = {
    "addAction", "addItem", "addRow", "addTab", "drawText", "setAccessibleDescription", "setAccessibleName",
    "setInformativeText", "setPlaceholderText", "setPrefix", "setSuffix", "setStatusTip", "setText", "setTitle",
    "setToolTip", "setWhatsThis", "setWindowTitle",
}  # fmt: skip
_SHOWN_BY_MAKING = re.compile(r"Q(Label|\w*Button|Action|CheckBox|GroupBox|Menu|DockWidget)$")
# A name is the same in every language.
_NAMES = re.compile(r"\bKassa\b")


def test_things_are_called_by_their_names_in_the_trade() -> None:
    found = [complaint for name in tree.python_files(tree.PACKAGES) for complaint in _misnamed(name, tree.syntax(name))]
    assert not found


def test_no_binary_fraction_in_the_domain() -> None:
    """Money, quantities and rates are whole numbers of small units."""
    for name in tree.python_files(["pos/domain"]):
        names = [node for node in ast.walk(tree.syntax(name)) if isinstance(node, ast.Name)]
        assert not [f"{name}:{node.lineno}" for node in names if node.id == "float"]


def test_every_word_on_a_screen_goes_through_wording() -> None:
    for name in tree.python_files(["pos/ui"]):
        assert not list(_unworded(tree.syntax(name))), name


def test_every_sentence_stands_whole_where_it_is_said() -> None:
    for name in tree.python_files(SPEAKING):
        assert not _pieced_together(tree.syntax(name)), name


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("pos/services/payment.py", ""),
        ("pos/utils/text.py", ""),
        ("pos/domain/payment.py", "cart_total = 1"),
        ("pos/x.py", "class OrderLine: pass"),
        ("pos/x.py", "class Session: pass"),
        ("pos/x.py", "class PrinterManager: pass"),
        ("pos/data.py", ""),
        ("pos/x.py", "def process_sale(): pass"),
        ("pos/x.py", "def f(product): pass"),
        ("pos/x.py", "cart_total = 1"),
        ("pos/x.py", "class A:\n  def f(self): self.payments = 1"),
    ],
)
def test_a_foreign_word_is_found(name: str, source: str) -> None:
    assert list(_misnamed(name, ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["class TillSession: pass", "def line_order(manager): pass", "sort_order = processed = 1"]
)
def test_a_word_of_the_trade_is_not(source: str) -> None:
    assert not list(_misnamed("pos/domain/till.py", ast.parse(source)))


def test_what_a_card_terminal_does_is_a_payment() -> None:
    assert not list(_misnamed("pos/domain/payment.py", ast.parse("class PayRequest: pass")))
    assert not list(_misnamed("pos/services/sale.py", ast.parse("class PaymentTerminal: pass")))


@pytest.mark.parametrize(
    "source", ["QLabel('Total')", "w.setText('Total')", "p.drawText(box, 0, 'Total')", "w.setText(f'Sum {x}')"]
)
def test_an_unworded_text_is_found(source: str) -> None:
    assert list(_unworded(ast.parse(source)))


@pytest.mark.parametrize(
    "source", ["w.say(f'Pay {x}')", "w.say('Pay ' + x)", "w.say('Pay {}'.format(x))", "w.count('a', x + 'b', n)"]
)
def test_a_sentence_in_pieces_is_found(source: str) -> None:
    assert _pieced_together(ast.parse(source))


def _misnamed(name: str, module: ast.Module) -> Iterator[str]:
    things = [*PurePosixPath(name).with_suffix("").parts[1:]]
    verbs, others = [], []
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef):
            things.append(node.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            verbs.append(node.name)
        elif isinstance(node, ast.arg):
            others.append(node.arg)
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            others.append(node.id if isinstance(node, ast.Name) else node.attr)
    for called in {*things, *verbs, *others}:
        words = _words(called)
        foreign = (_WEB_SHOP | _SAY_NOTHING) & set(words)
        if _OF_THE_TERMINAL.fullmatch(name) or _TERMINALS_NAMES.match(called):
            foreign -= _TERMINALS_WORDS
        if called in things and "till" not in words:
            foreign |= _NO_THING & set(words)
            foreign |= _NO_KIND_OF_THING & set(words[-1:])
        if called in verbs:
            foreign |= _NO_VERB & set(words[:1])
        if foreign:
            yield f"{name}: {called}"


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def _unworded(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in _SHOWN or _SHOWN_BY_MAKING.match(called):
            for words in map(_literal, node.args):
                if re.search(r"[^\W\d_]{2}", _NAMES.sub("", words)):
                    yield words


def _literal(node: ast.expr) -> str:
    """Return the letters that stand in the source itself, also those of an f-string."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return " ".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _pieced_together(module: ast.Module) -> list[int]:
    """Return the lines where a sentence is put together before it is said: no translator ever sees it."""
    return [line for line, english in said(module) if any(map(_is_pieces, english))]


def _is_pieces(argument: ast.expr) -> bool:
    called = argument.func.attr if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) else ""
    return isinstance(argument, ast.JoinedStr | ast.BinOp) or called in {"format", "join"}
