"""The palette: every action by its name or another word for it, items, people; and it is never in the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from pos.domain.refusal import Refused
from pos.ui.customers.screen import CustomersScreen
from pos.ui.journal.screen import JournalScreen
from pos.ui.palette.entries import Entry, Group, best_of, synonyms, words_of
from pos.ui.palette.matching import HOLDS, fit, folded
from pos.ui.palette.sheet import Palette
from pos.ui.palette_sources import customers_found, receipts_found
from tests.lane import DANA, MAYA, MUG, Lane


def opened(lane: Lane) -> Palette:
    QTest.keyClick(lane.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = lane.shell.overlays.palette
    assert palette.isVisible()
    return palette


def titles(palette: Palette) -> list[str]:
    return [entry.title for entry in palette.found]


# Matching.


def test_a_small_word_within_a_name_is_no_better_than_the_beginning_of_a_word() -> None:
    assert fit("pa", words_of("rabatt på hela köpet")) < fit("pa", words_of("pay"))
    assert fit("rabatt pa", words_of("rabatt på hela köpet")) >= HOLDS
    assert fit("z", words_of("print Z")) > fit("z", words_of("zero"))


@pytest.mark.parametrize(
    ("query", "words", "fits"),
    [
        ("", ("pay",), True),
        ("vra", ("vraceni",), True),
        ("Vráce", ("vraceni",), True),
        ("sale void", ("void", "sale"), True),
        ("qunatity", ("quantity",), True),
        ("uantity", ("quantity",), True),
        ("qntty", ("quantity",), True),
        ("x", ("quantity",), False),
        ("void card", ("void", "sale"), False),
    ],
)
def test_what_fits(query: str, words: tuple[str, ...], fits: bool) -> None:
    assert bool(fit(query, words)) is fits


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_any_text_can_be_looked_for(query: str, words: list[str]) -> None:
    assert fit(query, tuple(map(folded, words))) >= 0


@given(st.from_regex(r"[a-zåäöčěř]{2,12}", fullmatch=True), st.integers(min_value=1, max_value=12))
def test_every_beginning_of_a_word_finds_it(word: str, length: int) -> None:
    assert fit(word[:length], (folded(word),)) > 0


def test_a_mistake_counts_only_where_nothing_holds_what_was_typed() -> None:
    suspend, colours = (
        Entry(Group.ACTIONS, title, lambda: None, words=words_of(*words))
        for title, words in (("Suspend", ("suspend", "parkera")), ("Appearance", ("theme", "dark")))
    )
    assert best_of("dark", [suspend, colours]) == [colours]
    assert best_of("dakr", [suspend, colours]) == [colours]
    assert best_of("parc", [suspend, colours]) == [suspend]
    assert best_of("theme dakr", [suspend, colours]) == [colours]


# On the screen.


def test_every_named_action_of_the_screen_is_found_with_its_key(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    named = {action.text() for action in lane.shell.sell.actions() if action.text() and action.isEnabled()}
    palette = opened(lane)
    for name in named:
        palette.type(name)
        assert name in titles(palette), name
    palette.type("Void sale")
    assert palette.found[0].key == "Ctrl Del"


@pytest.mark.parametrize("query", ["storno", "makulera", "zrušit", "cancel"])
@pytest.mark.parametrize("language", ["en", "cs", "sv"])
def test_other_words_of_all_languages_find_an_action(lane: Lane, query: str, language: str) -> None:
    lane.open_till()
    lane.window.choose_language(language)
    lane.shell.sell.scanned(MUG)
    action = lane.window.findChild(QAction, "sell.keys.void")
    assert action is not None
    palette = opened(lane)
    palette.type(query)
    assert action.text() in titles(palette)


def test_enter_runs_it_and_the_sale_has_its_keys_back(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    palette = opened(lane)
    QTest.keyClick(lane.window, Qt.Key.Key_F12)
    assert palette.isVisible()
    QTest.keyClicks(palette.field.edit, "undo")
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert lane.shell.sell.basket.model.rowCount() == 0
    assert lane.shell.sell.scan_field.edit.hasFocus()
    lane.trigger("sell.keys.redo")
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_an_item_is_rung_up_from_the_palette(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    QTest.keyClicks(palette.field.edit, MUG)
    assert [entry.group for entry in palette.found] == [Group.ITEMS]
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Return)
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_choosing_somebody_asks_for_their_pin(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    palette.type("lucie")
    assert palette.found[0].group is Group.PEOPLE
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Return)
    assert lane.window.sign_in.isVisible()
    assert lane.window.sign_in.people.choice == "103"
    assert lane.opened.workstation.sign_on.operator is None


def test_tab_narrows_and_esc_closes(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    palette.type("b")
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Tab)
    assert {entry.group for entry in palette.found} <= {Group.ACTIONS}
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Tab)
    assert {entry.group for entry in palette.found} == {Group.ITEMS}
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_scan_closes_the_palette_and_counts(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    lane.window.scanned(MUG)
    assert not palette.isVisible()
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_what_fits_nothing_is_said(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    palette.type("zzzz zzzz")
    assert palette.found == []
    QTest.keyClick(palette.field.edit, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_other_words_are_there_for_every_action_of_the_sale(lane: Lane) -> None:
    lane.open_till()
    known = synonyms()
    missing = [
        action.objectName()
        for screen in (lane.shell.sell, lane.shell)
        for action in screen.actions()
        if action.text() and action.objectName() not in known
    ]
    assert not missing


def test_a_receipt_of_the_day_is_found_by_its_number_and_opened(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    page = lane.opened.workstation.lookup.page()
    assert not isinstance(page, Refused)
    number = str(page.receipts[0].receipt)
    palette = opened(lane)
    palette.type(number)
    (entry,) = [entry for entry in palette.found if entry.group is Group.RECEIPTS]
    assert entry.title == number
    entry.run()
    journal = lane.shell.screen_shown
    assert isinstance(journal, JournalScreen)
    assert journal.chosen is not None
    assert str(journal.chosen.receipt) == number


def test_who_may_not_see_receipts_finds_none(lane: Lane) -> None:
    lane.open_till()
    workstation = lane.opened.workstation
    workstation.sign_on.sign_off()
    assert receipts_found(workstation, lane.window.words, "1", lambda _: None) == []


def test_a_receipt_of_another_day_is_found_by_its_whole_number_where_somebody_may_see_it(lane: Lane) -> None:
    lane.sign_in(DANA)
    workstation, words = lane.opened.workstation, lane.window.words
    with workstation.desk.shop.books.reading() as work:
        old = work.transactions.get(next(iter(work.transactions.ids()))[0])
    assert old is not None
    (found,) = receipts_found(workstation, words, str(old.receipt), lambda _: None)
    assert found.title == str(old.receipt)
    lane.shell.lock()
    lane.sign_in(MAYA)
    assert receipts_found(workstation, words, str(old.receipt), lambda _: None) == []


def test_a_customer_is_found_by_name_or_phone_and_shown(lane: Lane) -> None:
    lane.open_till()
    palette = opened(lane)
    palette.type("dvorak")
    (entry,) = [entry for entry in palette.found if entry.group is Group.PEOPLE]
    assert entry.title == "Tomáš Dvořák"
    entry.run()
    shown = lane.shell.screen_shown
    assert isinstance(shown, CustomersScreen)
    assert shown.customer is not None
    assert shown.customer.name == "Tomáš Dvořák"


def test_who_may_not_see_customers_finds_none(lane: Lane) -> None:
    lane.open_till()
    workstation = lane.opened.workstation
    workstation.sign_on.sign_off()
    assert customers_found(workstation, lane.window.words, "dvorak", lambda _: None) == []
