"""Every word a person reads exists in every language, and says the same."""

from __future__ import annotations

import ast
import re
import tomllib
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house import tree
from tests.house.catalogues import (
    LANGUAGES,
    compiled,
    english,
    extracted,
    forms,
    heard,
    mo_path,
    read,
    sentences,
    translations,
    written,
)

_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")
_SAME_WORDS = "tests/house/same_words.toml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_complete_and_says_the_same(language: str) -> None:
    same = {words for words, about in tomllib.loads(tree.text(_SAME_WORDS)).items() if language in about["languages"]}
    assert not _complaints(extracted(), read(language), same)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_what_the_translator_wrote(language: str) -> None:
    assert translations(mo_path(language).read_bytes()) == translations(compiled(read(language)))


def test_each_word_that_stays_english_has_its_reason() -> None:
    for words, about in tomllib.loads(tree.text(_SAME_WORDS)).items():
        assert about["reason"].strip(), words
        assert set(about["languages"]) <= set(LANGUAGES), words


def test_there_is_something_to_say() -> None:
    assert len(sentences(extracted())) > 20


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("words.say('Pay {amount}', amount=words.say('Cash'))", [("Pay {amount}",), ("Cash",)]),
        ("words.count('{n} item', '{n} items', n)", [("{n} item", "{n} items")]),
        ("TITLE = N_('Daily ' 'report')", [("Daily report",)]),
        ("text.count('a') + raw.count(b'a', 0, 9) + row.count(x)", []),
    ],
)
def test_what_is_said_is_heard(source: str, sentences: list[tuple[str, ...]]) -> None:
    assert [words for _, words in heard(ast.parse(source))] == sentences


@pytest.mark.parametrize(
    ("source", "czech", "complaint"),
    [
        ("Pay {amount}", "Zaplatit {amount}", None),
        ("Pay {amount}", "", "is not translated"),
        ("Pay {amount}", "Zaplatit", "has other placeholders"),
        ("Pay {amount}", "Zaplatit {částka}", "has other placeholders"),
        ("Total", "Total", "is left as the English has it"),
        ("PIN", "PIN", None),
        ("{name}: {n}", "{name}: {n}", None),
        (("{n} item", "{n} items"), ("{n} položka", "{n} položky", "{n} položek"), None),
        (("{n} item", "{n} items"), ("jedna položka", "{n} položky", "{n} položek"), "has other placeholders"),
        (("One item", "{n} items"), ("Jedna položka", "{n} položky", "{n} položek"), None),
        (("{n} item", "{n} items"), ("{n} položka", "{n} položky", ""), "is not translated"),
        (("{n} item", "{n} items"), ("{n} položka", "{n} items", "{n} položek"), "is left as the English has it"),
    ],
)
def test_a_bad_translation_is_found(
    source: str | tuple[str, str], czech: str | tuple[str, ...], complaint: str | None
) -> None:
    template, catalogue = Catalog(), Catalog(locale="cs", fuzzy=False)
    template.add(source)
    catalogue.add(source, czech)
    found = _complaints(template, catalogue, {"PIN"} if source == "PIN" else set())
    assert [line.rpartition("” ")[2] for line in found] == ([complaint] if complaint else [])


def test_a_compiled_form_that_is_behind_is_found() -> None:
    catalogue = Catalog(locale="cs", fuzzy=False)
    catalogue.add(("{n} item", "{n} items"), ("{n} položka", "{n} položky", "{n} položek"))
    catalogue.add("Sale", "Prodej")
    behind = translations(compiled(catalogue))
    assert behind == {"{n} item": ("{n} položka", "{n} položky", "{n} položek"), "Sale": ("Prodej",)}
    catalogue.add("Drawer", "Zásuvka")
    assert behind != translations(compiled(catalogue))


def test_what_a_translator_wrote_comes_back_word_for_word() -> None:
    catalogue = Catalog(locale="cs", fuzzy=False)
    catalogue.add(("{n} item", "{n} items"), ("{n} položka", "{n} položky", "{n} položek"), locations=[("pos/x.py", 7)])
    catalogue.add("“Quoted”\n", "„V uvozovkách“\n", locations=[("pos/x.py", 3)])
    again = read_po(BytesIO(written(catalogue)), locale="cs", abort_invalid=True)
    assert written(again) == written(catalogue)
    assert compiled(again) == compiled(catalogue)


def test_a_word_unused_missing_uncertain_or_needlessly_excepted_is_found() -> None:
    template, catalogue = Catalog(), Catalog(locale="cs", fuzzy=False)
    template.add("Sale")
    template.add("Drawer")
    catalogue.add("Cart", "Košík")
    catalogue.add("Drawer", "Zásuvka", flags=["fuzzy"])
    assert sorted(_complaints(template, catalogue, {"PIN"})) == [
        "“Cart” is used nowhere any more",
        "“Drawer” is marked as uncertain (fuzzy)",
        "“PIN” need not be an exception",
        "“Sale” is not in the catalogue",
    ]


def _complaints(template: Catalog, catalogue: Catalog, same: set[str]) -> list[str]:
    """Return what is wrong with a catalogue, measured against the source; `same` may equal the English."""
    wanted, kept = ({english(message): message for message in sentences(each)} for each in (template, catalogue))
    found = [f"“{words}” is not in the catalogue" for words in wanted.keys() - kept.keys()]
    found += [f"“{words}” is used nowhere any more" for words in kept.keys() - wanted.keys()]
    found += [f"“{words}” is used nowhere any more" for words in map(english, catalogue.obsolete.values())]
    left_english = set()
    for words, message in kept.items():
        if message.fuzzy:
            found.append(f"“{words}” is marked as uncertain (fuzzy)")
        elif not all(forms(message)):
            found.append(f"“{words}” is not translated")
        elif not _same_placeholders(message):
            found.append(f"“{words}” has other placeholders")
        elif _is_left_english(message):
            left_english.add(words)
    found += [f"“{words}” is left as the English has it" for words in left_english - same]
    found += [f"“{words}” need not be an exception" for words in same - left_english]
    return found


def _same_placeholders(message: Message) -> bool:
    """A plural's first form answers to the English for one, the others to the English for many."""
    one, many = (message.id, message.id) if isinstance(message.id, str) else (message.id[0], message.id[-1])
    return all(
        set(_PLACEHOLDER.findall(form)) == set(_PLACEHOLDER.findall(many if number else one))
        for number, form in enumerate(forms(message))
    )


def _is_left_english(message: Message) -> bool:
    source = {message.id} if isinstance(message.id, str) else set(message.id)
    return any(form in source and re.search(r"[^\W\d_]", _PLACEHOLDER.sub("", form)) for form in forms(message))
