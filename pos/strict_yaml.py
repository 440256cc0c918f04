"""A file people write: text, rows and fields, each with its line. YAML without its cleverness.

Every scalar stays text, so `no`, `2026-03-02` and `021000021` are what they look like. Tags, anchors, aliases and keys
given twice are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

import yaml

from pos.domain.frozen import dataclass
from pos.wording import N_

FILE_BYTES_MAX = 16 * 1024 * 1024
DEPTH_MAX = 32
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class FileFault(Exception):
    """The file is wrong, or asks for something that is not built. `message` is said with `values` by `Wording`."""

    def __init__(self, line: int | None, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.line = line
        self.message = message
        self.values = values


@dataclass(frozen=True, slots=True)
class Text:
    """One value as it is written."""

    text: str
    line: int
    plain: bool = True

    @property
    def null(self) -> bool:
        """Whether nothing is written, or `null` without quotes."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Rows:
    """A list."""

    line: int
    rows: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """A map. `lines` says where each key stands."""

    line: int
    values: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Rows | Fields


def read_file(path: Path, begins: str) -> Fields:
    """The whole file. Raises FileFault where it cannot be read or is no map; `begins` then says what it should be."""
    return parse(_text_of(path), begins)


def parse(text: str, begins: str) -> Fields:
    """The one document of `text`. Raises FileFault, as `read_file`."""
    try:
        root = _document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise FileFault(line, N_("This cannot be read as YAML: {detail}."), detail=error.problem or "") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileFault(line, N_("This cannot be read as YAML: {detail}."), detail=error.reason) from error
    if not isinstance(root, Fields):
        raise FileFault(1, begins)
    return root


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # A device may never end.
            raw = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise FileFault(None, N_("The file cannot be read: {detail}."), detail=error.strerror or error) from error
    if len(raw) > FILE_BYTES_MAX:
        raise FileFault(None, N_("The file is larger than {limit} bytes."), limit=FILE_BYTES_MAX)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileFault(line, N_("This is not text in UTF-8.")) from error


def _document(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise FileFault(_line(event), N_("A file holds one document; a second document begins here."))
        if isinstance(event, yaml.AliasEvent | yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
            root = _node(event, events, 1)
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    _plain(event)
    if depth > DEPTH_MAX:
        raise FileFault(_line(event), N_("This is nested too deep."))
    if isinstance(event, yaml.SequenceStartEvent):
        rows = Rows(_line(event))
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            rows.rows.append(_node(event, events, depth + 1))
        return rows
    if isinstance(event, yaml.ScalarEvent):
        return Text(event.value, _line(event), plain=event.style is None)
    return _fields(event, events, depth)


def _fields(start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Fields:
    fields = Fields(_line(start))
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        _plain(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise FileFault(_line(event), N_("A key is one word, not a list or a map."))
        key = event.value
        if key in fields.values:
            raise FileFault(_line(event), N_("“{key}” is given twice."), key=key)
        fields.lines[key] = _line(event)
        fields.values[key] = _node(next(events), events, depth + 1)
    return fields


def _plain(event: yaml.Event) -> None:
    """Refuse what would make a value other than the text that stands there."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise FileFault(_line(event), N_("Anchors and aliases are not read here. Write the value out."))
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise FileFault(_line(event), N_("Tags are not read here, every value is text: “{tag}”."), tag=tag)


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1
