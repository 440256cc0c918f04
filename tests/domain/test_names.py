"""Names are made quickly and are the standard library's enumerations to whoever uses them."""

from __future__ import annotations

import ast
import copy
import enum
import inspect
import textwrap
from importlib import import_module
from pathlib import Path
from types import new_class
from typing import Any

import pytest

import pos
from pos.domain.names import StrEnum


class Fruit(StrEnum):
    """What grows on trees."""

    APPLE = "apple"
    PEAR = "pear"

    @property
    def loud(self) -> str:
        return self.value.upper()


class Same(enum.StrEnum):
    """What grows on trees."""

    APPLE = "apple"
    PEAR = "pear"

    @property
    def loud(self) -> str:
        return self.value.upper()


def answers(fruit: type[Fruit | Same]) -> list[object]:
    apple = fruit.APPLE
    return [
        [str(each) for each in fruit],
        [each.name for each in reversed(fruit)],
        [fruit("pear") is fruit.PEAR, fruit["PEAR"] is fruit.PEAR, apple in fruit, bool(apple)],
        [len(fruit), list(fruit.__members__), fruit.__doc__, sorted(fruit)],
        [apple.name, apple.value, apple.loud, f"{apple} {apple!s}", repr(apple).partition(".")],
        [apple == "apple", hash(apple) == hash("apple"), copy.deepcopy(apple) is apple, copy.copy(apple) is apple],
        [isinstance(apple, enum.Enum), isinstance(apple, str), type(apple) is fruit],
        apple.__reduce_ex__(2)[1],
    ]


def test_they_answer_as_the_standard_librarys() -> None:
    told = answers(Fruit)
    assert repr(told).replace("Fruit", "Same") == repr(answers(Same))
    assert "APPLE" in repr(told)


@pytest.mark.parametrize("fruit", [Fruit, Same])
def test_they_refuse_as_the_standard_librarys(fruit: Any) -> None:
    with pytest.raises(ValueError, match="'plum' is not a valid"):
        fruit("plum")
    with pytest.raises(AttributeError, match="cannot reassign member"):
        fruit.APPLE = "plum"
    with pytest.raises(TypeError, match="cannot extend"):
        new_class("More", (fruit,))


@pytest.mark.parametrize("second", ["apple", 1, enum.auto()])
def test_two_names_of_one_text_and_what_is_no_text_are_refused(second: object) -> None:
    def body(said: dict[str, object]) -> None:
        said |= {"APPLE": "apple", "OTHER": second}

    with pytest.raises(TypeError, match="a text of its own"):
        new_class("Broken", (StrEnum,), exec_body=body)


def _named(body: list[ast.stmt]) -> list[str]:
    targets = [each.targets[0] for each in body if isinstance(each, ast.Assign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def test_no_name_of_the_domain_is_left_out() -> None:
    for path in sorted(Path(pos.__file__).parent.joinpath("domain").glob("*.py")):
        import_module(f"pos.domain.{path.stem}")
    kinds = [kind for kind in StrEnum.__subclasses__() if kind.__module__.startswith("pos.")]
    assert len(kinds) > 50
    for kind in kinds:
        (written,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
        assert isinstance(written, ast.ClassDef)
        assert [each.name for each in kind] == _named(written.body)
