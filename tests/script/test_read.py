"""A lane script is plain text in lists and maps, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.script.read import FILE_BYTES_MAX, Fields, Rows, ScriptError, Text, parse, read_script


def test_every_value_is_the_text_that_stands_there() -> None:
    script = parse("a: no\nb: 2026-03-02\nc: 0.10\nd: 021000021\ne: '007'\nf: [yes, 1e3, ~]\n")
    values = {key: node.text for key, node in script.values.items() if isinstance(node, Text)}
    assert values == {"a": "no", "b": "2026-03-02", "c": "0.10", "d": "021000021", "e": "007"}
    rows = script.values["f"]
    assert isinstance(rows, Rows)
    assert [row.text for row in rows.rows if isinstance(row, Text)] == ["yes", "1e3", "~"]


def test_only_what_is_written_without_quotes_is_null() -> None:
    script = parse("a: null\nb: 'null'\nc:\nd: ''\ne: ~\nf: nulls\n")
    nulls = {key: node.null for key, node in script.values.items() if isinstance(node, Text)}
    assert nulls == {"a": True, "b": False, "c": True, "d": False, "e": True, "f": False}


def test_each_part_knows_its_line() -> None:
    script = parse("a: 1\n\nb:\n  - c: 1\n  - d:\n      e: 2\n")
    assert script.lines == {"a": 1, "b": 3}
    rows = script.values["b"]
    assert isinstance(rows, Rows)
    assert [row.line for row in rows.rows] == [4, 5]
    last = rows.rows[1]
    assert isinstance(last, Fields)
    inner = last.values["d"]
    assert isinstance(inner, Fields)
    assert inner.lines == {"e": 6}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: &x 1\nb: *x", 1, "aliases"),
        ("a: 1\nb: *x", 2, "aliases"),
        ("a: &x [1]", 1, "Anchors"),
        ("a:\n  &x b: 1", 2, "Anchors"),
        ("a: 1\nb: !!int 1", 2, "!!int 1|tag:yaml.org,2002:int"),
        ("a: !x {}", 1, "Tags"),
        ("a: ! 1", 1, "Tags"),
        ("a: 1\nb: 2\na: 3", 3, "“a” is given twice"),
        ("a: {b: 1, b: 2}", 1, "“b” is given twice"),
        ("? [1]\n: 2", 1, "A key is one word"),
        ("- 1", 1, "map of fields"),
        ("text", 1, "map of fields"),
        ("", 1, "map of fields"),
        ("# nothing", 1, "map of fields"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: [1, 2\nb: 3", 2, "YAML"),
        ("a: 1\n b: 2", 2, "YAML"),
        ("a: '\n\n", 3, "YAML"),
        ("a: 1\nb: \x07", 2, "YAML"),
        ("a: 1\n\tb: 2", 2, "YAML"),
        ("a: " + "[" * 40 + "]" * 40, 1, "nested too deep"),
    ],
)
def test_what_is_not_read(text: str, line: int, words: str) -> None:
    with pytest.raises(ScriptError) as error:
        parse(text)
    assert error.value.line == line
    assert any(word in str(error.value) for word in words.split("|"))


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_nesting_without_end_is_an_error_and_no_crash(depth: int) -> None:
    with pytest.raises(ScriptError):
        parse("a: " + "[" * depth)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    with pytest.raises(ScriptError) as error:
        read_script(file)
    assert error.value.line is None

    file.write_bytes(b"lane: 1\nshop: \xff\n")
    with pytest.raises(ScriptError, match="UTF-8") as error:
        read_script(file)
    assert error.value.line == 2

    file.write_bytes(b"#" * (FILE_BYTES_MAX + 1))
    with pytest.raises(ScriptError, match="larger"):
        read_script(file)


def test_a_byte_order_mark_and_foreign_letters_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("\ufeffname: Žluťoučký kůň\r\nlane: 1\r\n".encode())
    assert list(read_script(file).values) == ["name", "lane"]
