"""A name and what is typed of it come to the same letters, whatever accents either has."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.search_query import Prices, SearchQuery, read_query
from pos.domain.search_text import fold, index_line, near_misses, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Smörgåsrån", "smorgasran"),
        ("ŽLUŤOUČKÝ kůň, řeřicha", "zlutoucky kun, rericha"),
        ("Weißbier, Straße", "weissbier, strasse"),
        ("SMØRREBRØD, Æble", "smorrebrod, aeble"),
        ("łódź", "lodz"),
        ("Milk ½ l", "milk 1⁄2 l"),
        ("ΚΡΑΣΊ", "κρασι"),
        ("ﬁlé", "file"),
    ],
)
def test_letters_lose_their_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_is_the_same_for_every_spelling_and_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert words_of(unicodedata.normalize(form, text)) == words_of(text)


def test_an_item_is_its_words_and_its_department() -> None:
    assert index_line("Mléko polotučné 1,5 % mléko", "Mléčné a vejce") == (
        "^mleko mleko polotucne 1 5 mlecne a vejce @mlecne_a_vejce",
        "mleko polotucne 1 5 mleko mlecne a vejce",
    )
    assert index_line("—", "") == ("", "")


def test_a_name_in_another_language_is_marked_as_its_own() -> None:
    assert index_line("Salted butter", "Dairy", (("cs", "Solené máslo"), ("sv", "Saltat smör"))) == (
        "^salted salted butter dairy @dairy Čsolene čsolene čmaslo Åsaltat åsaltat åsmor",
        "salted butter dairy solene maslo saltat smor",
    )
    assert index_line("Kiwi", "", (("cs", "—"),)) == ("^kiwi kiwi", "kiwi")


def test_one_mistake_is_one_letter_more_less_other_or_two_changed_round() -> None:
    misses = near_misses("mleko")
    assert {"mlko", "mleeko", "mlako", "lmeko", "mleok", "xmleko", "mlekox"} <= set(misses)
    assert "mleko" not in misses
    assert len(misses) == len(set(misses)) < 320


NOTHING: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("text", "sign", "currency", "expected"),
    [
        ("Bílý chléb", ",", "CZK", SearchQuery(("bily", "chleb"), ("bily", "chleb"))),
        ("19.90", ".", "USD", SearchQuery(("19", "90"), (), Prices(1990, 1990), "19.90")),
        ("19,90", ",", "SEK", SearchQuery(("19", "90"), (), Prices(1990, 1990), "19,90")),
        # A keypad has a point in every language.
        ("19.90", ",", "CZK", SearchQuery(("19", "90"), (), Prices(1990, 1990), "19.90")),
        ("<20", ".", "USD", SearchQuery(NOTHING, NOTHING, Prices(0, 1999))),
        ("<= 20", ".", "USD", SearchQuery(NOTHING, NOTHING, Prices(0, 2000))),
        # A blank separates words; who groups with one types the unbroken one or none.
        (">1 234,50", ",", "CZK", SearchQuery(("234", "50"), ("234", "50"), Prices(101, 2**53))),
        ("≥1\u00a0234,50", ",", "CZK", SearchQuery(NOTHING, NOTHING, Prices(123450, 2**53))),
        (">1,234.50", ".", "USD", SearchQuery(NOTHING, NOTHING, Prices(123451, 2**53))),
        (">1,234", ".", "USD", SearchQuery(NOTHING, NOTHING, Prices(123401, 2**53))),
        ("20-30", ".", "USD", SearchQuery(("20", "30"), (), Prices(2000, 3000), "20-30")),
        ("20 – 30,5", ",", "CZK", SearchQuery(("20", "30", "5"), (), Prices(2000, 3050))),
        ("30-20", ".", "USD", SearchQuery(("30", "20"), ("30", "20"), None, "30-20")),
        ("cola <20", ".", "USD", SearchQuery(("cola",), ("cola",), Prices(0, 1999))),
        ("cola 1.5", ".", "USD", SearchQuery(("cola", "1", "5"), ("cola",), Prices(150, 150))),
        ("1.5", ".", "JPY", SearchQuery(("1", "5"), ("1", "5"), None, "1.5")),
        ("8590001", ".", "USD", SearchQuery(("8590001",), ("8590001",), None, "8590001")),
        ("?", ".", "USD", SearchQuery()),
        ("", ".", "USD", SearchQuery()),
    ],
)
def test_what_is_typed_is_read(text: str, sign: str, currency: str, expected: SearchQuery) -> None:
    assert read_query(text, decimal_sign=sign, currency=currency) == expected


@given(st.text(max_size=200), st.sampled_from(".,"), st.sampled_from(("USD", "JPY", "KWD", "CZK")))
def test_whatever_is_typed_is_read_as_something(text: str, sign: str, currency: str) -> None:
    query = read_query(text, decimal_sign=sign, currency=currency)
    assert len(query.words) <= 8
    assert query.prices is None or query.prices.low >= 0
