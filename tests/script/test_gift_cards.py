"""Gift cards in lane scripts: the lane that shows them all, and what a script may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.script.playing import play_files, play_text

LANES = Path(__file__).parents[1] / "lanes"
BEGIN = "lane: 1\nshop: {currency: USD}\n"


@pytest.mark.parametrize("name", ["gift_cards", "house_accounts"])
def test_the_lanes_of_gift_cards_and_accounts_hold(name: str) -> None:
    played = play_files(LANES / f"{name}.yaml")
    assert played.status == 0, played.only["failed"]
    assert played.only["end"]["violations"] == []


def test_the_cards_of_a_shop_are_there_in_the_next_file(tmp_path: Path) -> None:
    cards = BEGIN + 'gift_cards: [{number: "6006490000000000024", balance: "25.00"}]\nsteps: []\n'
    shop = tmp_path / "shop"
    assert play_text(tmp_path, cards, shop=shop).status == 0
    again = play_text(tmp_path, cards, shop=shop)
    assert again.only["end"]["gift_cards"] == {"6006490000000000024": "25.00"}
    other = play_text(tmp_path, cards.replace("024", "016"), shop=shop)
    assert other.status == 2
    assert "gift_cards.number" in other.error[1]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("gift_cards: [{number: 1}]\nsteps: []", "“number” cannot be “1”"),
        ("gift_cards: [{balance: 5}]\nsteps: []", "“gift_cards.number” is missing"),
        ("gift_cards: [{number: '6006490000000000024', state: gone}]\nsteps: []", "gone"),
        ("gift_cards: [{number: '6006490000000000024', expires: soon}]\nsteps: []", "“expires” cannot be “soon”"),
        ("gift_cards: [{number: '6006490000000000024', pin: x}]\nsteps: []", "“pin” cannot be “x”"),
        ("gift_cards: [{number: '60064'}, {number: '60064'}]\nsteps: []", "“60064” is given twice"),
        ("steps: [{gift_card: {amount: 5}}]", "“gift_card.sell” is missing"),
        ("steps: [{gift_card: {sell: '1', balance: '2'}}]", "not “sell” and “balance”"),
        ("steps: [{gift_card: {balance: '1', reason: lost}}]", "“reason”"),
    ],
)
def test_what_a_script_may_not_say(tmp_path: Path, part: str, said: str) -> None:
    played = play_text(tmp_path, BEGIN + part + "\n")
    assert played.status == 2
    assert said in played.error[1]
