"""`dataclass` for classes with slots, frozen or not: the standard library's meaning, made in a twelfth of its time.

A till loads more than three hundred of them before it is ready. The standard library writes and compiles six methods
for each; here only `__init__` is written, for a class whose values are made again and again, and the others are the
same few functions over the names of the fields. What `dataclasses` answers about a class (`fields`, `replace`,
`asdict`) it answers about these: it looks at a class when it is first asked about it.

Measured from the start to a till that is ready: 3.5 thousand million instructions against 4.9 with the standard
library's. An `__init__` that is not written but the same for every class needs no `exec`, and takes one and a half to
six times as long for each value that is made, at every scan; so a class's first few values are made by it, and no more.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as _standard
from threading import RLock
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_PARTS = "__frozen_parts__"
_FIELDS = "__dataclass_fields__"
_PARAMETERS = "__dataclass_params__"
# As many values of a class are made before its `__init__` is written: many a class has no more of them in a day.
_SELDOM = 6
_OF_THE_CLASS = ("ClassVar", "typing.ClassVar")
_ASKING = RLock()
_set = object.__setattr__


# One field: its type as it is written; what it is without an argument (MISSING, a value, a _Factory); whether it is
# given by name only; whether it counts. A tuple, since there are thousands.
_Part = tuple[object, object, bool, bool]


class _Factory:
    """Stands for a default that is made anew for each value."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


_Parts = Mapping[str, _Part]


def _part(kind: object, field: Field[Any], *, named: bool) -> _Part:
    """What `field(...)` says. Raises TypeError for a field that is no argument."""
    if not field.init:
        raise TypeError("every field of a frozen value is an argument")
    default = field.default if field.default_factory is MISSING else _Factory(field.default_factory)
    return kind, default, named if field.kw_only is MISSING else field.kw_only, field.compare


def _frozen(*, slots: bool, frozen: bool = False, kw_only: bool = False, order: bool = False) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, for what has slots. Raises TypeError for anything else."""
    if not slots:
        raise TypeError("what has no slots is a dataclass of the standard library")

    def made(given: type) -> type:
        parts = _parts(given, named=kw_only)
        ordered = [name for name, (_, _, named, _) in parts.items() if not named]
        without = [parts[name][1] is MISSING for name in ordered]
        if without != sorted(without, reverse=True):
            raise TypeError(f"{given.__qualname__}: a field without a default follows one that has a default")
        compared = _values([name for name, (_, _, _, counts) in parts.items() if counts])
        body: dict[str, Any] = {
            "__init__": _init_at_first(parts, ordered),
            "__eq__": _compared(compared, operator.eq),
            "__hash__": _hash(compared) if frozen else None,
            "__repr__": _repr,
            "__match_args__": tuple(ordered),
        }
        if order:
            body |= {f"__{name}__": _compared(compared, getattr(operator, name)) for name in ("lt", "le", "gt", "ge")}
        cls = _slotted(given, parts, body, _FROZEN if frozen else _COPIED)
        type.__setattr__(cls, _PARTS, parts)
        type.__setattr__(cls, _FIELDS, _AskedLater(given, kw_only=kw_only))
        return cls

    return made


def _parts(given: type, *, named: bool) -> _Parts:
    """The fields of the class, after those of the classes it stands on."""
    parts: dict[str, _Part] = {}
    for base in reversed(given.__mro__[1:]):
        parts |= vars(base).get(_PARTS, {})
    body = vars(given)
    for name, kind in body.get("__annotations__", {}).items():
        if not str(kind).startswith(_OF_THE_CLASS):
            default = body.get(name, MISSING)
            special = type(default) is Field
            parts[name] = _part(kind, default, named=named) if special else (kind, default, named, True)
    return parts


class _AskedLater:
    """What the standard library knows of a class's fields; it looks when somebody asks, and few classes are asked."""

    def __init__(self, given: type, *, kw_only: bool) -> None:
        # What it was made of and not the class itself, which would stand beside the one with slots for ever.
        self._body = _unslotted(given)
        self._kw_only = kw_only

    def __get__(self, _value: object, asked: type) -> Any:
        with _ASKING:
            cls = next((cls for cls in asked.__mro__ if vars(cls).get(_FIELDS) is self), None)
            if cls is not None:
                kept = ("__module__", "__annotations__", *self._body.get("__annotations__", {}))
                body = {name: value for name, value in self._body.items() if name in kept}
                # Without a word of its own the standard library would write one, which takes longer than all else.
                told = type(cls)(cls.__name__, cls.__bases__, {**body, "__doc__": cls.__name__})
                _standard(init=False, repr=False, eq=False, kw_only=self._kw_only)(told)
                for name in (_PARAMETERS, _FIELDS):
                    type.__setattr__(cls, name, vars(told)[name])
        return getattr(asked, _FIELDS)


def _slotted(given: type, parts: _Parts, methods: dict[str, Any], always: Mapping[str, Any]) -> type:
    """The class anew, with slots and these methods; what it says itself stands, but for what it has `always`."""
    inherited = {name for base in given.__mro__[1:-1] for name in getattr(base, "__slots__", ())}
    body = _unslotted(given)
    for name in parts:
        body.pop(name, None)
    for name, method in methods.items():
        if body.get(name) is None:
            body[name] = method
    body |= always
    body["__slots__"] = tuple(name for name in parts if name not in inherited)
    body["__qualname__"] = given.__qualname__
    return type(given)(given.__name__, given.__bases__, body)


def _unslotted(given: type) -> dict[str, Any]:
    """What the class says, without what one with slots has no use for."""
    body: dict[str, Any] = vars(given).copy()
    for name in _NOT_WITH_SLOTS:
        body.pop(name, None)
    return body


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _frozen


def _init_at_first(parts: _Parts, ordered: list[str]) -> Callable[..., None]:
    """Makes a class's first values field by field; then `__init__` is written. Raises TypeError, as that would."""
    seldom = _SELDOM

    def first(self: object, /, *arguments: object, **named: object) -> None:
        nonlocal seldom
        defaults = {name: default for name, (_, default, _, _) in parts.items() if default is not MISSING}
        by_place = dict(zip(ordered, arguments, strict=False))
        values = {**defaults, **by_place, **named}
        wrong = len(by_place) + len(named) != len({**by_place, **named}) or len(arguments) > len(by_place)
        if seldom and not wrong and values.keys() == parts.keys():
            seldom -= 1
            for name, value in values.items():
                _set(self, name, _made(value))
            if hasattr(self, "__post_init__"):
                self.__post_init__()
            return
        cls = next(cls for cls in type(self).__mro__ if vars(cls).get("__init__") is first)
        written = _init(cls, parts)
        type.__setattr__(cls, "__init__", written)
        written(self, *arguments, **named)

    return first


def _init(cls: type, parts: _Parts) -> Callable[..., None]:
    """The one method that is written: each argument to its slot. Its defaults are set, not written."""
    ordered = {name: default for name, (_, default, named, _) in parts.items() if not named}
    by_name = {name: default for name, (_, default, named, _) in parts.items() if named}
    arguments = ", ".join(["self", *ordered, *(["*"] if by_name else []), *by_name])
    lines = [f"  _set(self, {name!r}, {_value(name, default)})\n" for name, (_, default, _, _) in parts.items()]
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()\n")
    source = f"def _written(_set, _made):\n def __init__({arguments}):\n{''.join(lines) or '  pass'}\n return __init__"
    written: dict[str, Any] = {}
    exec(source, vars(sys.modules[cls.__module__]), written)  # noqa: S102 - names of fields only
    init: Callable[..., None] = written["_written"](_set, _made)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__defaults__ = tuple(default for default in ordered.values() if default is not MISSING)
    init.__kwdefaults__ = {name: default for name, default in by_name.items() if default is not MISSING}
    init.__annotations__ = {name: kind for name, (kind, _, _, _) in parts.items()} | {"return": None}
    return init


def _value(name: str, default: object) -> str:
    return f"_made({name})" if isinstance(default, _Factory) else name


def _made(argument: object) -> object:
    return argument.make() if isinstance(argument, _Factory) else argument


def _values(names: list[str]) -> Callable[[object], object]:
    """Everything that counts, as one value to compare."""
    return operator.attrgetter(*names) if names else lambda _: ()


def _compared(
    values: Callable[[object], object], compare: Callable[[Any, Any], bool]
) -> Callable[[object, object], bool]:
    def comparison(self: object, other: object) -> bool:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return comparison


def _hash(values: Callable[[object], object]) -> Callable[[object], int]:
    def hash_(self: object) -> int:
        return hash(values(self))

    return hash_


def _repr(self: Any) -> str:
    shown = [part.name for part in fields(self) if part.repr]
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    """For `copy` and `pickle`, which would set the fields one by one."""
    return [getattr(self, part.name) for part in fields(self)]


def _take_state(self: Any, state: list[object]) -> None:
    for part, value in zip(fields(self), state, strict=True):
        _set(self, part.name, value)


_COPIED = {"__getstate__": _state, "__setstate__": _take_state}
_FROZEN = {"__setattr__": _refuse_set, "__delattr__": _refuse_delete, **_COPIED}
_NOT_WITH_SLOTS = ("__dict__", "__weakref__")
