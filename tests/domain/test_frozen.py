"""Frozen values: whatever the standard library's dataclass would do, these do too."""

from __future__ import annotations

import copy
import dataclasses
import gc
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain import frozen


class _Shape:
    """Fields of every kind the program uses."""

    name: str
    count: int = 0
    secret: str = dataclasses.field(default="", repr=False)
    aside: int = dataclasses.field(default=0, compare=False)
    parts: list[int] = dataclasses.field(default_factory=list)
    last: str = dataclasses.field(default="end", kw_only=True)


def _made(decorator: Callable[..., Callable[[type], Any]], **how: bool) -> Any:
    body = {name: value for name, value in vars(_Shape).items() if name not in {"__dict__", "__weakref__"}}
    return decorator(frozen=True, slots=True, **how)(type("Shape", (), body))


Standard = _made(dataclasses.dataclass, order=True)
Frozen = _made(frozen.dataclass, order=True)


@frozen.dataclass(frozen=True, slots=True)
class Kept:
    """The plainest one."""

    name: str
    count: int = 0


@frozen.dataclass(frozen=True, slots=True)
class Checked(Kept):
    """One that looks at what it is given, and has a field more."""

    limit: int = 3

    def __post_init__(self) -> None:
        if self.count > self.limit:
            raise ValueError("too many")


ARGUMENTS = st.fixed_dictionaries(
    {"name": st.sampled_from("ab")},
    optional={
        "count": st.integers(0, 2),
        "secret": st.sampled_from("xy"),
        "aside": st.integers(0, 1),
        "parts": st.lists(st.integers(0, 1), max_size=1),
        "last": st.sampled_from("yz"),
    },
)


@given(ARGUMENTS, ARGUMENTS)
def test_it_is_what_the_standard_library_makes(one: dict[str, Any], other: dict[str, Any]) -> None:
    mine, theirs = (Frozen(**one), Frozen(**other)), (Standard(**one), Standard(**other))
    assert (mine[0] == mine[1]) is (theirs[0] == theirs[1])
    assert (mine[0] < mine[1], mine[0] >= mine[1]) == (theirs[0] < theirs[1], theirs[0] >= theirs[1])
    assert repr(mine[0]) == repr(theirs[0])
    assert dataclasses.asdict(mine[0]) == dataclasses.asdict(theirs[0])
    assert dataclasses.replace(mine[0], name="c") == Frozen(**{**one, "name": "c"})


def test_its_fields_and_its_signature_are_known() -> None:
    assert [field.name for field in dataclasses.fields(Frozen)] == [
        field.name for field in dataclasses.fields(Standard)
    ]
    for _ in range(8):
        Frozen("a")
    assert list(inspect.signature(Frozen).parameters) == list(inspect.signature(Standard).parameters)
    assert Frozen.__match_args__ == Standard.__match_args__
    assert Frozen("a").parts is not Frozen("a").parts
    assert Frozen("a") != Standard("a")
    with pytest.raises(TypeError):
        Frozen()
    with pytest.raises(TypeError):
        Frozen("a", 1, "x", 0, [], "end")


def test_nothing_of_what_it_was_made_of_stays() -> None:
    class Ground:
        pass

    @frozen.dataclass(frozen=True, slots=True)
    class One(Ground):
        name: str = ""

    assert [field.name for field in dataclasses.fields(One)] == ["name"]
    gc.collect()
    assert Ground.__subclasses__() == [One]


def test_the_first_values_are_what_the_later_ones_are() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Counted:
        name: str
        parts: list[int] = dataclasses.field(default_factory=list)
        last: str = dataclasses.field(default="end", kw_only=True)

    made = [Counted("a", last="z") for _ in range(20)]
    assert len(set(map(repr, made))) == 1
    assert len({id(value.parts) for value in made}) == 20


def test_what_is_not_frozen_can_change_and_has_no_hash() -> None:
    @frozen.dataclass(slots=True)
    class Open:
        name: str
        parts: list[int] = dataclasses.field(default_factory=list)

    for _ in range(8):
        value = Open("a")
        value.name, value.parts = "b", [1]
        assert value == Open("b", [1]) == copy.copy(value)
        assert repr(value).endswith("Open(name='b', parts=[1])")
        with pytest.raises(TypeError, match="unhashable"):
            hash(value)
        with pytest.raises(AttributeError):
            value.other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "named"), [((), {}), (("a", 1, 2), {}), (("a",), {"name": "b"}), (("a",), {"other": 1})]
)
def test_the_first_value_takes_no_other_arguments_than_the_later_ones(
    arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class New:
        name: str
        count: int = 0

    with pytest.raises(TypeError):
        New(*arguments, **named)


def test_nothing_changes_it() -> None:
    value = Kept("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.count
    assert not hasattr(value, "__dict__")


def test_equal_values_are_one_in_a_set_and_copies_are_equal() -> None:
    assert len({Kept("a"), Kept("a"), Kept("b")}) == 2
    assert copy.deepcopy(Kept("a", 2)) == Kept("a", 2)
    assert copy.copy(Checked("a", 2)) == Checked("a", 2)


def test_one_may_stand_on_another_and_looks_at_what_it_is_given() -> None:
    assert Checked("a", 3) == Checked("a", 3, 3)
    assert Checked("a") != Kept("a")
    with pytest.raises(ValueError, match="too many"):
        Checked("a", 4)


def test_what_a_class_says_itself_stands() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 1

    assert (repr(Own("a")), Own("a") == 3, hash(Own("b"))) == ("own", True, 1)


def test_what_it_cannot_make_is_refused() -> None:
    def order() -> None:
        @frozen.dataclass(frozen=True, slots=True)
        class Late:
            first: int = 0
            second: str  # type: ignore[misc]

    def loose() -> None:
        frozen.dataclass(frozen=True, slots=False)(type("Loose", (), {}))

    for make in (order, loose):
        with pytest.raises(TypeError):
            make()
