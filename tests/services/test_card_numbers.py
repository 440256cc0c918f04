"""Card numbers typed where text is kept: refused, and nothing of them stands anywhere afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.item import Item
from pos.domain.refusal import Code, Refused
from pos.domain.tax_document import Buyer
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, contents, new_shop, open_up, sell

NUMBER = "4111 1111 1111 1111"
DIGITS = NUMBER.replace(" ", "")
# Fourteen digits that would do for a card of Diners Club, and are a case of the shop's own bread.
CASE = "36000000000081"

ENTRIES: dict[str, Callable[[Workstation, str], object]] = {
    "scan": lambda w, text: w.sale.scan(text.replace(" ", "")),
    "note of a sale": lambda w, text: w.sale.set_note(None, text),
    "note of a line": lambda w, text: w.sale.set_note(0, f"Bag {text}, blue"),
    "reference": lambda w, text: w.tendering.take("swish", 1_000, text),
    "certificate": lambda w, text: w.exemptions.exempt(text),
    "customer": lambda w, text: w.customers.add(Customer("", "Ann", note=text)),
    "customer's card": lambda w, text: w.customers.add(Customer("", "Ann", card=text.replace(" ", ""))),
    "cash by hand": lambda w, text: w.till_moves.loan(1_000, "change", note=text),
    "buyer": lambda w, text: w.tax_documents.make_out(
        sell(w, "BREAD").transaction.id, Buyer("Ann", f"{text}\n110 00 Praha", "CZ")
    ),
}


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    return open_up(new_shop(tmp_path / "shop"), operator=MANAGER)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_card_number_is_kept_nowhere(lane: Workstation, entry: str) -> None:
    if entry != "buyer":
        lane.sale.scan("BREAD")
    answer = ENTRIES[entry](lane, NUMBER)
    assert isinstance(answer, Refused), answer
    assert answer.code is Code.CARD_NUMBER_TYPED
    kept = str(contents(lane.desk.shop.folder))
    assert NUMBER not in kept
    assert DIGITS not in kept


def test_a_number_the_shop_knows_is_none(lane: Workstation) -> None:
    assert not isinstance(lane.catalogue.new_item(Item("CASE", "Case of bread", 40_000, (), codes=(CASE,))), Refused)
    assert not isinstance(lane.sale.scan("BREAD"), Refused)
    assert not isinstance(lane.sale.set_note(None, f"Missing: {CASE}"), Refused)
