"""What cannot come back is told in a sentence, and nothing is written: every row is the same before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest, SendTo
from pos.domain.transaction import RECEIPT_CODE_PREFIX, RETURN_CODE_PREFIX, Transaction
from pos.services.exchanges import ExchangeView
from pos.services.purchases import Found
from pos.services.returns import CompletedReturn, Quote, ReturnRefused
from pos.services.verify import verify_shop
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import contents, new_shop, open_up, sell

KETTLE, BREAD = "09520000000011", "BREAD"
ONE = Quantity.pieces(1)


@contextmanager
def nothing_written(folder: Path, lane: Workstation) -> Iterator[None]:
    """Every row of every table and the head of the journal stay as they are."""
    before, head = contents(folder), head_of(lane)
    yield
    after = contents(folder)
    assert {name for name in after if after[name] != before[name]} == set()
    assert head_of(lane) == head


def head_of(lane: Workstation) -> object:
    with lane.desk.shop.books.reading() as work:
        return work.journal.head(lane.desk.number)


def told(refused: object) -> Code:
    """The code of a refusal that has a sentence in every language."""
    assert isinstance(refused, Refused), refused
    sentences = {Wording(language).refusal(refused) for language in ("en", "cs", "sv")}
    assert len(sentences) == 3
    assert all(sentence and "{" not in sentence for sentence in sentences)
    return refused.code


def one_sold(folder: Path) -> tuple[Workstation, Transaction]:
    lane = open_up(new_shop(folder))
    return lane, sell(lane, KETTLE, BREAD, BREAD).transaction


def last_changed(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (lambda sale: "0142-01-9999", Code.RECEIPT_UNKNOWN),
        (lambda sale: "0143-01-0001", Code.RECEIPT_UNKNOWN),
        (lambda sale: "0142-01-R0001", Code.RECEIPT_UNKNOWN),
        (lambda sale: "999999999999", Code.RECEIPT_UNKNOWN),
        (lambda sale: RECEIPT_CODE_PREFIX + last_changed(sale.token), Code.RECEIPT_UNKNOWN),
        (lambda sale: RECEIPT_CODE_PREFIX + sale.token[:-1], Code.RECEIPT_UNKNOWN),
        (lambda sale: RETURN_CODE_PREFIX + sale.token, Code.RECEIPT_UNKNOWN),
        (lambda sale: sale.token, Code.RECEIPT_UNKNOWN),
        (lambda sale: "KG" + sale.token, Code.RECEIPT_UNKNOWN),
        (lambda sale: "09520000000011", Code.RECEIPT_UNKNOWN),
        (lambda sale: "", Code.RECEIPT_UNKNOWN),
        (lambda sale: "'; DROP TABLE sale_line; --" * 40, Code.RECEIPT_UNKNOWN),
        (lambda sale: "０１４２-01-0001", Code.RECEIPT_UNKNOWN),
        (lambda sale: "T-0142-01-0001", Code.RECEIPT_OF_TRAINING),
    ],
)
def test_a_receipt_nobody_knows(tmp_path: Path, shown: Callable[[Transaction], str], code: Code) -> None:
    folder = tmp_path / "shop"
    lane, sale = one_sold(folder)
    assert isinstance(lane.purchases.find(RECEIPT_CODE_PREFIX + sale.token), Found)

    with nothing_written(folder, lane):
        assert told(lane.purchases.find(shown(sale))) is code
        request = ReturnRequest(shown(sale) or "?", lines=(LineAsked(1, ONE),))
        assert told(lane.returns.complete(request)) is Code.RECEIPT_UNKNOWN
    lane.close()


def test_a_receipt_is_found_with_caps_lock_on(tmp_path: Path) -> None:
    lane, sale = one_sold(tmp_path / "shop")
    for said in (sale.receipt_code.lower(), "]C0" + sale.receipt_code.swapcase(), str(sale.receipt).lower()):
        found = lane.purchases.find(said)
        assert isinstance(found, Found)
        assert found.purchase.id == sale.id
    assert told(lane.purchases.find("t-0142-01-0001")) is Code.RECEIPT_OF_TRAINING
    lane.close()


ASKED = {
    "more than sold": (LineAsked(1, Quantity.pieces(2)), Code.QTY_EXCEEDS_SOLD),
    "nothing": (LineAsked(1, Quantity.pieces(0)), Code.QUANTITY_INVALID),
    "less than nothing": (LineAsked(1, Quantity.pieces(-1)), Code.QUANTITY_INVALID),
    "part of a piece": (LineAsked(1, Quantity(500)), Code.QUANTITY_INVALID),
    "no such line": (LineAsked(7, ONE), Code.LINE_UNKNOWN),
    "another thing": (LineAsked(1, ONE, item="LEMON"), Code.ITEM_MISMATCH),
    "a thing that was not sold": (LineAsked(0, ONE, item="LEMON"), Code.ITEM_MISMATCH),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_asked_for(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "shop"
    lane, sale = one_sold(folder)
    asked, code = ASKED[name]
    request = ReturnRequest(sale.id, lines=(asked,))

    with nothing_written(folder, lane):
        quote = lane.returns.quote(request)
        assert isinstance(quote, Quote)
        assert quote.decision.now.refund == 0
        refused = lane.returns.complete(request)
        assert told(refused) is code
        assert isinstance(refused, ReturnRefused)
        assert refused.decision.approvals_needed == ()
    lane.close()


def test_the_same_line_twice_in_one_request_and_once_more_later(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    lane, sale = one_sold(folder)
    both = ReturnRequest(sale.id, lines=(LineAsked(2, ONE), LineAsked(2, ONE)), whole=True)
    with nothing_written(folder, lane):
        assert told(lane.returns.complete(both)) is Code.QTY_EXCEEDS_SOLD

    once = ReturnRequest(sale.id, lines=(LineAsked(2, ONE),))
    assert isinstance(lane.returns.complete(once), CompletedReturn)
    with nothing_written(folder, lane):
        assert told(lane.returns.complete(once)) is Code.ALREADY_RETURNED
        assert told(lane.returns.complete(ReturnRequest(sale.id))) is Code.RETURN_EMPTY
        assert told(lane.returns.complete(ReturnRequest(sale.id, amount=0))) is Code.AMOUNT_INVALID
        assert told(lane.returns.complete(ReturnRequest(sale.id, amount=-100))) is Code.AMOUNT_INVALID
    lane.close()


def test_more_money_than_was_paid(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    lane, sale = one_sold(folder)
    too_much = ReturnRequest(sale.id, lines=(LineAsked(1, ONE),), send_to=(SendTo(1, sale.total + 1, "original"),))
    with nothing_written(folder, lane):
        assert told(lane.returns.complete(too_much)) is Code.REFUND_EXCEEDS_PAID
        assert told(lane.returns.complete(ReturnRequest(sale.id, amount=sale.total + 1))) in {
            Code.GOODWILL_LIMIT,
            Code.REFUND_EXCEEDS_PAID,
        }
    lane.close()


def test_the_lane_that_comes_too_late_writes_nothing(tmp_path: Path) -> None:
    """Both tills have the line with its yes on the screen; the second to press the key is told so."""
    folder = tmp_path / "shop"
    here, sale = one_sold(folder)
    there = open_up(folder, number=2)
    request = ReturnRequest(sale.id, lines=(LineAsked(2, ONE),))
    assert all(isinstance(lane.returns.quote(request), Quote) for lane in (here, there))
    there.sale.scan("LEMON")
    assert isinstance(there.exchanges.begin(request), ExchangeView)
    assert isinstance(there.exchanges.pay(), ExchangeView)
    assert isinstance(here.returns.complete(request), CompletedReturn)

    with nothing_written(folder, there):
        assert told(there.exchanges.complete()) is Code.ALREADY_RETURNED
        assert told(there.returns.complete(request)) is Code.ALREADY_RETURNED
    for lane in (here, there):
        lane.close()
    assert verify_shop(folder).violations == ()
