"""`dataclass` for frozen values with slots: the standard library's meaning, made in a fifth of its time.

A till loads some three hundred of them before it is ready. The standard library writes and compiles six methods for
each; here only `__init__` is written, the others are the same few functions over the names of the fields. Whatever
`dataclasses` answers about a class (`fields`, `replace`, `asdict`, `is_dataclass`) it answers about these too.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as _standard
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_Fields = tuple[Field[Any], ...]
_set = object.__setattr__


def _frozen(*, frozen: bool, slots: bool, kw_only: bool = False, order: bool = False) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, for what is frozen and has slots. Raises TypeError for anything else."""
    if not (frozen and slots):
        raise TypeError("what can change, or has no slots, is a dataclass of the standard library")

    def made(given: type) -> type:
        # Frozen is said by these: the standard library would write its own for each class.
        for name, method in _FROZEN.items():
            setattr(given, name, method)
        cls: type = _standard(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(given)
        parts = fields(cls)
        compared = _values([part.name for part in parts if part.compare])
        methods: dict[str, Callable[..., Any]] = {
            "__init__": _init(cls, parts),
            "__eq__": _compared(compared, operator.eq),
            "__hash__": _hash(compared),
            "__repr__": _repr([part.name for part in parts if part.repr]),
        }
        if order:
            methods |= {
                f"__{name}__": _compared(compared, getattr(operator, name)) for name in ("lt", "le", "gt", "ge")
            }
        for name, method in methods.items():
            # What the class says itself stands.
            if vars(cls).get(name) is None:
                method.__qualname__ = f"{cls.__qualname__}.{name}"
                setattr(cls, name, method)
        return cls

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _frozen


def _init(cls: type, parts: _Fields) -> Callable[..., None]:
    """The one method that is written: each argument to its slot. Its defaults are set, not written."""
    ordered = [part for part in parts if not part.kw_only]
    named = [part for part in parts if part.kw_only]
    defaults = [_default(part) for part in ordered]
    given = [default for default in defaults if default is not MISSING]
    if MISSING in defaults[len(defaults) - len(given) :] or not all(part.init for part in parts):
        raise TypeError(f"{cls.__qualname__}: a field without a default follows one that has it, or takes no argument")
    arguments = ", ".join(["self", *(part.name for part in ordered), *(["*"] if named else [])])
    arguments = ", ".join([arguments, *(part.name for part in named)])
    lines = [f"  _set(self, {part.name!r}, {_value(part)})\n" for part in parts]
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()\n")
    source = f"def _written(_set, _made):\n def __init__({arguments}):\n{''.join(lines) or '  pass'}\n return __init__"
    written: dict[str, Any] = {}
    exec(source, vars(sys.modules[cls.__module__]), written)  # noqa: S102 - names of fields only
    init: Callable[..., None] = written["_written"](_set, _made)
    init.__defaults__ = tuple(given)
    init.__kwdefaults__ = {part.name: _default(part) for part in named if _default(part) is not MISSING}
    init.__annotations__ = {part.name: part.type for part in parts} | {"return": None}
    return init


class _Factory:
    """Stands for a default that is made anew for each value."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def _default(part: Field[Any]) -> object:
    return part.default if part.default_factory is MISSING else _Factory(part.default_factory)


def _value(part: Field[Any]) -> str:
    return part.name if part.default_factory is MISSING else f"_made({part.name})"


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


def _repr(names: list[str]) -> Callable[[object], str]:
    def repr_(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return repr_


def _refuse_set(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: object) -> list[object]:
    """For `copy` and `pickle`, which would set the fields one by one."""
    return [getattr(self, part.name) for part in fields(self)]  # type: ignore[arg-type]


def _take_state(self: object, state: list[object]) -> None:
    for part, value in zip(fields(self), state, strict=True):  # type: ignore[arg-type]
        _set(self, part.name, value)


_FROZEN = {
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _take_state,
}
