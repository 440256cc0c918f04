"""Keys: one spelling, the global ones stay, two actions that work together never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.keys import GLOBAL_KEYS, read_key, read_keys, refuse_key, write_keys
from pos.domain.refusal import Code

BESIDE = {"sell.keys.void": ["Ctrl+Del"], "sell.keys.quantity": ["F3"], "sell.keys.pay": ["F12"]}
KEYS = st.builds(
    lambda modifiers, key: "+".join([*modifiers, key]),
    st.sampled_from([("Ctrl",), ("Alt",), ("Ctrl", "Shift"), ("Ctrl", "Alt")]),
    st.sampled_from(["A", "9", "F5", "Del", "PgUp"]),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("f4", "F4"),
        ("ctrl+d", "Ctrl+D"),
        ("Shift+Ctrl+f9", "Ctrl+Shift+F9"),
        ("Ctrl Del", "Ctrl+Del"),
        ("Alt+delete", "Alt+Del"),
        ("a", ""),
        ("7", ""),
        ("Shift+A", ""),
        ("Ctrl+", ""),
        ("Ctrl+Ctrl+A", ""),
        ("Hyper+A", ""),
        ("F25", ""),
        ("", ""),
    ],
)
def test_a_key_has_one_spelling(text: str, key: str) -> None:
    assert read_key(text) == key


@pytest.mark.parametrize(
    ("action", "wanted", "code"),
    [
        ("sell.keys.void", "Ctrl+D", None),
        ("sell.keys.void", "Ctrl+Del", None),
        ("sell.keys.void", "f3", Code.KEY_TAKEN),
        ("sell.keys.void", "F12", Code.KEY_RESERVED),
        ("sell.keys.void", "Ctrl+K", Code.KEY_RESERVED),
        ("sell.keys.void", "x", Code.KEY_UNREADABLE),
        ("sell.keys.pay", "F9", Code.KEY_RESERVED),
    ],
)
def test_who_may_have_it(action: str, wanted: str, code: Code | None) -> None:
    refused = refuse_key(action, wanted, BESIDE)
    assert (refused.code if refused else None) is code


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}\.keys\.[a-z]{1,8}", fullmatch=True), KEYS, max_size=6))
def test_what_is_written_is_read_again(chosen: dict[str, str]) -> None:
    assert read_keys(write_keys(chosen)) == chosen


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    spelled = read_key(text)
    assert read_key(spelled) == spelled
    read_keys(text)


def test_the_global_keys_are_spelled_as_they_are_read() -> None:
    assert all(read_key(key) == key for key in GLOBAL_KEYS)
