"""What the command line says of how it is asked, in each language: nothing is left of the library's English."""

from __future__ import annotations

import argparse
import inspect
import re
from pathlib import Path

import pytest

from pos.cli import _parser, main
from pos.cli.heeded import _TAKES
from pos.cli.usage import SENTENCES
from pos.speech import LANGUAGES, Speech

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
        ("verify", "--shop", ""),
        ("restore", "/"),
        ("termsim", "--control-port", "65536"),
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


NOT_HEEDED = {
    "play --codes late.yaml": "kassa play --codes makes nothing of late.yaml. It takes: --json.",
    "play --codes --json --shop there": "kassa play --codes makes nothing of --shop. It takes: --json.",
    "play --codes --workstation 2": "kassa play --codes makes nothing of --workstation. It takes: --json.",
    "import gift-cards cards.csv --take-good --map a=b": (
        "kassa import gift-cards makes nothing of --map, --take-good. It takes: --dry-run, --shop."
    ),
    "import promotions all.yaml --price 1": (
        "kassa import promotions makes nothing of --price. It takes: --dry-run, --shop."
    ),
    "import sales sales.csv --allow-free": (
        "kassa import sales makes nothing of --allow-free. It takes: --date-order, --dry-run, --encoding, --keep-as, "
        "--map, --profile, --report, --round, --shop, --take-good."
    ),
    "import items items.csv --round": (
        "kassa import items makes nothing of --round. It takes: --allow-free, --department, --dry-run, --keep-as, "
        "--map, --price, --profile, --shop, --take-good, --tax, --unit."
    ),
    "export items out.csv --customer C1": "kassa export items makes nothing of --customer. It takes: --shop.",
    "export customer out.json": "Say whose data is to be written: --customer ID.",
    "policy test a.yaml b.yaml": "kassa policy test takes one file or folder. Name only one.",
    "policy export one two": "kassa policy export takes one file or folder. Name only one.",
    "policy keep": "Name at least one lane script to keep.",
    "play": "Name at least one lane script to play.",
}  # fmt: skip


@pytest.mark.parametrize("typed", NOT_HEEDED)
def test_what_would_mean_nothing_is_refused_and_nothing_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, typed: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("KASSA_HOME", str(tmp_path / "home"))
    assert main(typed.split()) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{NOT_HEEDED[typed]}\n")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("LANGUAGE", "cs")
    assert main(typed.split()) == 2
    assert capsys.readouterr().err != said.err


def test_each_option_of_an_import_means_something_to_some_kind() -> None:
    """An option that is added to the parser alone would be refused everywhere."""
    parser = _parser(Speech("en"))
    (commands,) = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for command in ("import", "export"):
        options = {each.dest for each in commands.choices[command]._actions} - {"help", "what", "file", "shop"}
        taken = set().union(*(takes for kind, takes in _TAKES.items() if kind.startswith(command)))
        assert options == taken
