"""What the command line says of how it is asked, in each language: nothing is left of the library's English."""

from __future__ import annotations

import argparse
import inspect
import re

import pytest

from pos.cli import main
from pos.cli.usage import SENTENCES
from pos.speech import LANGUAGES

_OTHERS = [language for language in LANGUAGES if language != "en"]
_ENGLISH = re.compile(
    r"\b(usage|options|positional|arguments? are|show|exit|error|invalid|choose|expected|allowed|unrecognized|could)\b"
)


def asked(monkeypatch: pytest.MonkeyPatch, language: str, *words: str) -> int:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("language", _OTHERS)
@pytest.mark.parametrize(
    "words", [(), ("open",), ("play",), ("verify",), ("import",), ("export",), ("bench",), ("policy",), ("termsim",)]
)
def test_help_is_of_one_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, words: tuple[str, ...]
) -> None:
    assert asked(monkeypatch, language, *words, "--help") == 0
    said = capsys.readouterr().out
    assert _ENGLISH.findall(said) == []


@pytest.mark.parametrize("language", _OTHERS)
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sell",),
        ("open", "now"),
        ("open", "--workstation"),
        ("open", "--workstation", "100"),
        ("open", "--demo", "--shop", "x"),
        ("open", "--demo=1"),
        ("termsim", "--port", "x"),
        ("termsim", "--p", "1"),
        ("backup", "--shop"),
        ("import", "people", "file.csv"),
    ],
)
def test_what_was_asked_wrongly_is_said_in_one_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, words: tuple[str, ...]
) -> None:
    assert asked(monkeypatch, language, *words) == 2
    said = capsys.readouterr().err
    assert _ENGLISH.findall(said) == []
    assert said.count("\n") >= 2


@pytest.mark.parametrize("typed", ["0", "100", "-1", "one", "٣", "1.5"])
def test_a_workstation_is_a_number_from_1_to_99(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    assert asked(monkeypatch, "en", "open", f"--workstation={typed}") == 2
    assert f"argument --workstation: {typed} is no number from 1 to 99\n" in capsys.readouterr().err


def test_english_after_another_language_is_english_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch, "sv", "--help")
    capsys.readouterr()
    asked(monkeypatch, "en", "--help")
    assert capsys.readouterr().out.startswith("usage: kassa ")


@pytest.mark.parametrize(
    ("named", "first"), [("cs", "použití"), ("de:sv", "användning"), ("en:cs", "usage"), ("de", "usage")]
)
def test_the_language_is_the_first_we_speak_of_those_that_are_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], named: str, first: str
) -> None:
    monkeypatch.setenv("LANGUAGE", named)
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out.startswith(f"{first}: kassa ")


def test_each_sentence_is_one_the_standard_library_says() -> None:
    source = inspect.getsource(argparse)
    for sentence in SENTENCES:
        assert sentence.replace("\n", "\\n") in source, sentence
