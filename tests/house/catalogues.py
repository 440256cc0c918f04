"""The cycle of words, `python3 run.py translate`: source → pos/locale/*/LC_MESSAGES/kassa.po → kassa.mo.

Sentences new in the source come in untranslated, those gone from it go, and nothing is guessed: test_translations.py
names what is left to do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from pos import wording
from tests.house import tree

# Where people are spoken to, and how many of the first arguments of each call are the English.
SPEAKING = ("pos", "receipts")
_ENGLISH_ARGUMENTS = {"say": 1, "count": 2, "N_": 1}
_COUNT_ARGUMENTS = 3
_HEADER = """\
# Kassa's words in {name}.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
LANGUAGES = tuple(language for language in wording.LANGUAGES if language != "en")


def main() -> None:
    """Update and compile every language, and say how many sentences wait for a translator."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = read(language) if po_path(language).exists() else Catalog(language)
        catalogue.update(template, no_fuzzy_matching=True)
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(written(catalogue))
        mo_path(language).write_bytes(compiled(read(language)))
        untranslated = [message for message in sentences(catalogue) if not all(forms(message))]
        print(f"{po_path(language).relative_to(tree.ROOT)}: {len(sentences(catalogue))} sentences, "
              f"{len(untranslated)} to translate")  # fmt: skip


def po_path(language: str) -> Path:
    """Return where a language's translations are kept."""
    return tree.ROOT / "pos" / "locale" / language / "LC_MESSAGES" / "kassa.po"


def mo_path(language: str) -> Path:
    """Return where the program reads them."""
    return po_path(language).with_suffix(".mo")


def extracted() -> Catalog:
    """Return every sentence in the source, in English and without a translation."""
    template = Catalog(fuzzy=False)
    for name in tree.python_files(SPEAKING):
        for line, words in heard(tree.syntax(name)):
            template.add(words[0] if len(words) == 1 else words, locations=[(name, line)])
    return template


def heard(module: ast.Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line and the words of every sentence in a source; two of them where there is a plural."""
    for line, english in said(module):
        words = [each.value for each in english if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if len(words) == len(english):
            yield line, tuple(words)


def said(module: ast.Module) -> Iterator[tuple[int, list[ast.expr]]]:
    """Yield the line and the arguments in English of every `say`, `count` and `N_` in a source.

    Babel's own reader would do, were it not for Python's `count` of text and bytes, over which it stumbles.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            english = node.args[: _ENGLISH_ARGUMENTS.get(called, 0)]
            if english and not (called == "count" and len(node.args) < _COUNT_ARGUMENTS):
                yield node.lineno, english


def read(language: str) -> Catalog:
    """Return a language's translations as they are kept."""
    with po_path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """Return the form in which a translator reads a catalogue: no dates and no line numbers, which only make noise."""
    file = BytesIO()
    write_po(file, catalogue, 100, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return (
        _HEADER.format(
            name=Locale.parse(str(catalogue.locale)).english_name,
            language=catalogue.locale_identifier,
            plural_forms=catalogue.plural_forms,
        ).encode()
        + file.getvalue()
    )


def compiled(catalogue: Catalog) -> bytes:
    """Return the form in which the program reads a catalogue."""
    file = BytesIO()
    catalogue.creation_date = datetime(2000, 1, 1, tzinfo=UTC)  # else compiling the same words twice differs
    write_mo(file, catalogue)
    return file.getvalue()


def translations(mo: bytes) -> dict[str, tuple[str, ...]]:
    """Return what a compiled catalogue says, without its header, whose date and tool change by themselves."""
    return {english(message): forms(message) for message in sentences(read_mo(BytesIO(mo)))}


def sentences(catalogue: Catalog) -> list[Message]:
    """Return a catalogue's messages without its header."""
    return [message for message in catalogue if message.id]


def english(message: Message) -> str:
    """Return what a message is in the source; of one with a plural, its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return a message's translation in all its forms: one, or as many as its language has plurals."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or [""])


if __name__ == "__main__":
    main()
