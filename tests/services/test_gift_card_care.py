"""Gift cards outside a sale: paid out below the bound, blocked, taken over from another system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.gift_card import GiftCardKind, GiftCardState
from pos.domain.gift_card_ledger import BROUGHT_FORWARD
from pos.domain.ledger import CASH_IN_TILL, GIFT_CARD_LIABILITY, STORE_CREDIT_LIABILITY
from pos.domain.refusal import Code
from pos.domain.shop import CashRounding
from pos.services.gift_card_care import CashedOut
from pos.services.gift_card_import import GiftCardImport, NewGiftCard, import_gift_cards, take_over
from pos.services.gift_card_slips import slip_of_job
from pos.services.gift_cards import GiftCardView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, MANAGER, new_shop, open_up
from tests.services.test_gift_cards import balance, card_sold, refused


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


def test_the_rest_goes_out_in_cash_below_the_bound(lane: Workstation) -> None:
    lane.desk.rules = replace(lane.desk.rules, cash_out_threshold=10_000)
    card_sold(lane, 9_960)
    before = verify_books(lane.desk.shop).balances
    done = lane.gift_card_care.cash_out(GIFT_CARD)
    assert isinstance(done, CashedOut)
    # Cash is rounded to whole crowns.
    assert (done.paid.minor, done.card.balance.minor) == (10_000, 0)
    after = verify_books(lane.desk.shop).balances
    assert after[CASH_IN_TILL] == before[CASH_IN_TILL] - 10_000
    assert after[GIFT_CARD_LIABILITY] == before[GIFT_CARD_LIABILITY] + 9_960
    till = lane.tills.current()
    assert till is not None
    assert till.expected.minor == 100_000
    assert refused(lane.gift_card_care.cash_out(GIFT_CARD)) is Code.GIFT_CARD_EMPTY
    paper = lane.paperwork.document_of_job(done.paper)
    assert paper is not None
    assert paper.name == "gift_card_slip"


@pytest.mark.parametrize(("region", "paid"), [("US-CA", True), ("US-TX", False), ("CZ", False), ("", False)])
def test_the_law_of_the_region_says_below_what(lane: Workstation, region: str, *, paid: bool) -> None:
    lane.desk.rules = replace(lane.desk.rules, currency="USD", region=region)
    lane.gift_cards.sell(1_400, GIFT_CARD)
    lane.sale.tender_cash(1_400)
    lane.sale.complete()
    answer = lane.gift_card_care.cash_out(GIFT_CARD)
    assert isinstance(answer, CashedOut) is paid
    if not paid:
        assert refused(answer) is Code.CASH_OUT_THRESHOLD
    lane.desk.rules = replace(lane.desk.rules, currency="CZK")


def test_no_more_goes_out_than_the_bound_and_the_till_let(lane: Workstation) -> None:
    assert refused(lane.gift_card_care.cash_out(GIFT_CARD)) is Code.GIFT_CARD_UNKNOWN
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, [NewGiftCard(GIFT_CARD, 100_001)], None)
        work.commit()
    lane.desk.rules = replace(lane.desk.rules, cash_out_threshold=100_001)
    assert refused(lane.gift_card_care.cash_out(GIFT_CARD)) is Code.CASH_OUT_THRESHOLD
    lane.desk.rules = replace(lane.desk.rules, cash_out_threshold=100_100, cash_rounding=CashRounding())
    assert refused(lane.gift_card_care.cash_out(GIFT_CARD)) is Code.TILL_SHORT
    assert balance(lane).balance.minor == 100_001


def test_a_blocked_card_pays_nothing_until_it_is_let_again(lane: Workstation) -> None:
    card_sold(lane)
    assert refused(lane.gift_card_care.disable(GIFT_CARD, "")) is Code.REASON_MISSING
    assert refused(lane.gift_card_care.disable(GIFT_CARD, "weather")) is Code.REASON_UNKNOWN
    view = lane.gift_card_care.disable(GIFT_CARD, "stolen")
    assert isinstance(view, GiftCardView)
    assert (view.state, view.balance.minor) == (GiftCardState.DISABLED, 50_000)
    assert refused(lane.gift_card_care.disable(GIFT_CARD, "stolen")) is Code.GIFT_CARD_DISABLED
    assert refused(lane.gift_card_care.cash_out(GIFT_CARD)) is Code.GIFT_CARD_DISABLED
    assert refused(lane.gift_cards.reload(GIFT_CARD, 10_000)) is Code.GIFT_CARD_DISABLED
    assert refused(lane.gift_card_care.enable(GIFT_CARD, "found_again")) is Code.NOT_PERMITTED
    lane.desk.operator = MANAGER
    assert isinstance(lane.gift_card_care.enable(GIFT_CARD, "found_again"), GiftCardView)
    assert refused(lane.gift_card_care.enable(GIFT_CARD, "found_again")) is Code.GIFT_CARD_SOLD
    assert balance(lane).state is GiftCardState.ACTIVE


FILE = """number;balance;pin;expires;kind;state
6006490000000000016;250,00;1234;;;
OLD-7781;10.00;;2030-12-31;store_credit;
6006490000000000032;;;;;unsold
6006490000000000040;5.00;;;;disabled
6006490000000000017;1.00;;;;
6006490000000000016;2.00;;;;
6006490000000000057;one;;;;
6006490000000000065;1.00;12;;;
6006490000000000073;1.00;;soon;;
6006490000000000081;1.00;;;voucher;
6006490000000000099;1.00;;;;unsold
"""


def test_cards_of_another_system_are_taken_over_row_by_row(lane: Workstation, tmp_path: Path) -> None:
    path = tmp_path / "cards.csv"
    path.write_text(FILE)
    assert refused(import_gift_cards(lane.desk, path)) is Code.NOT_PERMITTED
    lane.desk.operator = MANAGER
    tried = import_gift_cards(lane.desk, path, dry_run=True)
    assert isinstance(tried, GiftCardImport)
    assert not tried.written
    assert refused(lane.gift_cards.balance("6006490000000000016")) is Code.GIFT_CARD_UNKNOWN
    done = import_gift_cards(lane.desk, path)
    assert done == replace(tried, written=True)
    assert isinstance(done, GiftCardImport)
    assert (done.taken, done.total) == (4, 26_500)
    assert [(row.line, row.refused.code) for row in done.refused] == [
        (6, Code.GIFT_CARD_NUMBER),
        (7, Code.GIFT_CARD_TWICE),
        *((line, Code.GIFT_CARD_ROW) for line in range(8, 13)),
    ]
    assert all("600649" not in row.shown for row in done.refused)
    books = verify_books(lane.desk.shop).balances
    assert (books[GIFT_CARD_LIABILITY], books[STORE_CREDIT_LIABILITY]) == (-25_500, -1_000)
    assert books[BROUGHT_FORWARD] == 26_500
    assert balance(lane, "6006490000000000016").asks_pin
    credit = balance(lane, "OLD-7781")
    assert (credit.kind, credit.expires) == (GiftCardKind.STORE_CREDIT, date(2030, 12, 31))
    assert balance(lane, "6006490000000000032").state is GiftCardState.UNSOLD
    assert balance(lane, "6006490000000000040").state is GiftCardState.DISABLED
    assert refused(lane.gift_cards.reload("OLD-7781", 100)) is Code.GIFT_CARD_KIND
    again = import_gift_cards(lane.desk, path)
    assert isinstance(again, GiftCardImport)
    assert (again.taken, again.written) == (0, False)
    assert card_sold(lane, 30_000, "6006490000000000032").transaction.total == 30_000
    assert balance(lane, "6006490000000000032").balance.minor == 30_000


@pytest.mark.parametrize("text", ["", "number\n1\n", "number,balance,colour\n", "number,number,balance\n"])
def test_what_is_no_list_of_cards(lane: Workstation, tmp_path: Path, text: str) -> None:
    lane.desk.operator = MANAGER
    path = tmp_path / "cards.csv"
    path.write_text(text)
    assert refused(import_gift_cards(lane.desk, path)) is Code.GIFT_CARD_FILE


def test_the_slip_of_a_card_made_here_says_its_number_also_when_it_is_printed_again(lane: Workstation) -> None:
    lane.gift_cards.sell(50_000)
    lane.sale.tender_cash(50_000)
    lane.sale.complete()
    with lane.desk.shop.books.reading() as work:
        (job,) = [job for job in work.paper_jobs.waiting(1) if job.document == "gift_card_slip"]
        slip = slip_of_job(work, lane.desk, job)
    assert len(slip.number) == 19
    assert slip.number not in job.facts
    assert slip.pin
    assert isinstance(lane.gift_cards.balance(slip.number, slip.pin), GiftCardView)
    assert (slip.amount, slip.left, slip.receipt) == (50_000, 50_000, "0142-01-0001")
