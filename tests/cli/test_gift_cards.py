"""`kassa import gift-cards` as somebody types it: a dry run, the good rows, the file twice, a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.cli import main
from pos.services.verify import verify_shop
from tests.corner_shop import GIFT_CARD, new_shop

CARDS = f"""number,balance,pin,expires,kind,state
{GIFT_CARD},25.00,4711,2031-12-31,gift_card,active
6006490000000000032,10.50,,,store_credit,active
6006490000000000033,1.00,,,gift_card,active
"""


def liability(shop: Path) -> int:
    balances = verify_shop(shop).balances
    return balances.get("gift_card_liability", 0) + balances.get("store_credit_liability", 0)


def test_a_dry_run_says_what_would_be_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = new_shop(tmp_path / "shop")
    file = tmp_path / "cards.csv"
    file.write_text(CARDS)
    assert main(["import", "gift-cards", str(file), "--shop", str(shop), "--dry-run"]) == 1
    said = capsys.readouterr().out
    assert "2 cards can be taken over, with CZK\u00a035.50 on them." in said
    assert said.startswith("Line 4: •••• 0033 ")
    assert said.endswith("Nothing was written.\n")
    assert liability(shop) == 0


def test_the_good_rows_are_in_the_books_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = new_shop(tmp_path / "shop")
    file = tmp_path / "cards.csv"
    file.write_text("".join(CARDS.splitlines(keepends=True)[:3]))
    command = ["import", "gift-cards", str(file), "--shop", str(shop)]
    assert main(command) == 0
    assert capsys.readouterr().out.endswith("They are in the books.\n")
    assert liability(shop) == -3_550
    # The same file again finds every number there already.
    assert main(command) == 1
    assert capsys.readouterr().out.count("Line ") == 2
    assert liability(shop) == -3_550
    assert verify_shop(shop).sound


def test_a_file_that_holds_no_cards_is_said_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = new_shop(tmp_path / "shop")
    file = tmp_path / "cards.csv"
    file.write_text("name;price\nBread;3\n")
    assert main(["import", "gift-cards", str(file), "--shop", str(shop)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert liability(shop) == 0
