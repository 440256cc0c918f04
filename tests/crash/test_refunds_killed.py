"""kill -9 at every write of a return onto two cards, a gift card and in cash, and of an exchange that pays one back."""

from __future__ import annotations

from pathlib import Path

from pos.domain.ledger import CARD_RECEIVABLE
from pos.domain.refusal import Refused
from pos.services.card_asking import no_wait
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.gift_card_numbers import hash_number
from pos.services.returns import CompletedReturn, ReturnRefused
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import GIFT_CARD, bank_of, new_shop, open_up, pay_by_card
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep
from tests.crash.test_returns_killed import BREAD, FLOAT, KETTLE, back, cash_in, only_sale, refunds, settled_copy

ON_GIFT_CARD = 50_000


def sold_on_everything(folder: Path, _say: Say | None = None) -> None:
    """A shop with one sale, paid with two cards, a gift card and cash."""
    lane = open_up(new_shop(folder.with_name("selling")), terminal="simulated")
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, [NewGiftCard(GIFT_CARD, ON_GIFT_CARD)], None)
        work.commit()
    lane.sale.scan(KETTLE)
    lane.sale.scan(BREAD)
    due = lane.sale.view.priced.due
    for _ in range(2):
        assert not isinstance(pay_by_card(lane, due // 4), Refused)
    assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD, due // 4), Refused)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    assert isinstance(lane.sale.complete(), CompletedSale)
    lane.close()
    settled_copy(folder)


def with_a_cheaper_thing(folder: Path, say: Say | None = None) -> None:
    """The same shop with a kettle against a loaf in the open basket: most of it goes back to what paid."""
    sold_on_everything(folder, say)
    lane = open_up(folder, terminal="simulated")
    lane.sale.scan(BREAD)
    assert isinstance(lane.exchanges.begin(back(only_sale(lane), 1)), ExchangeView)
    assert isinstance(lane.exchanges.pay(), ExchangeView)
    lane.close()


def give_back_to_all(folder: Path, say: Say) -> None:
    lane = open_up(folder, terminal="simulated")
    done = lane.returns.complete(back(only_sale(lane), 1, 2))
    assert isinstance(done, CompletedReturn)
    say(f"BACK {done.done.refund}")
    lane.card_tendering.recover(no_wait)
    say("ANSWERED")
    lane.paperwork.print_waiting()
    lane.close()


def exchange_down(folder: Path, say: Say) -> None:
    lane = open_up(folder, terminal="simulated")
    lane.sale.recover()
    assert isinstance(lane.exchanges.complete(), CompletedExchange)
    say("EXCHANGED")
    lane.card_tendering.recover(no_wait)
    say("ANSWERED")
    lane.close()


def on_gift_card(lane: Workstation) -> int:
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.find(hash_number(lane.desk.shop.keys, GIFT_CARD))
    assert card is not None
    return card.balance


def carried_on(lane: Workstation) -> None:
    """Nothing waits for a terminal, and the books and the banks hold the same."""
    lane.card_tendering.recover(no_wait)
    assert lane.card_tendering.waiting() == ()
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert report.balances[CARD_RECEIVABLE] == bank_of(lane).balance
    assert report.balances["cash_in_till"] == cash_in(lane)
    assert report.balances.get("exchange_clearing", 0) == 0


def numbers(lane: Workstation) -> list[int]:
    with lane.desk.shop.books.reading() as work:
        return sorted(number for *_, number in work.returns.numbers())


def look_after_all_of_them(folder: Path, outcome: Outcome) -> None:
    """Every way the money came got back what it gave, once; no number is left out."""
    lane = open_up(folder, terminal="simulated")
    given = refunds(lane)
    assert given or not outcome.says("BACK"), "an acknowledged return was lost"
    again = lane.returns.complete(back(only_sale(lane), 1, 2))
    assert isinstance(again, ReturnRefused if given else CompletedReturn)
    carried_on(lane)
    assert len(refunds(lane)) == 1
    assert (cash_in(lane), bank_of(lane).balance, on_gift_card(lane)) == (FLOAT, 0, ON_GIFT_CARD)
    assert numbers(lane) == [1]
    lane.close()


def look_after_the_exchange(folder: Path, outcome: Outcome) -> None:
    """Both halves or neither; then all that is left comes back, and nobody has more or less than before."""
    lane = open_up(folder, terminal="simulated")
    lane.sale.recover()
    there = len(refunds(lane))
    with lane.desk.shop.books.reading() as work:
        assert len(tuple(work.transactions.ids())) == 1 + there, "half an exchange"
    assert there or not outcome.says("EXCHANGED"), "an acknowledged exchange was lost"
    if not there:
        assert isinstance(lane.exchanges.complete(), CompletedExchange)
    carried_on(lane)
    with lane.desk.shop.books.reading() as work:
        sales = [one for one, *_ in work.transactions.ids()]
    for sale, line in zip(sales, (2, 1), strict=True):
        assert isinstance(lane.returns.complete(back(sale, line)), CompletedReturn)
    carried_on(lane)
    # What goods paid in an exchange is no sum of coins: of each half less than one of them may stay.
    assert 0 <= cash_in(lane) - FLOAT < 2 * lane.desk.rules.cash_rounding.step
    assert (bank_of(lane).balance, on_gift_card(lane)) == (0, ON_GIFT_CARD)
    lane.close()


@few_or_all(9)
def test_a_return_onto_two_cards_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, sold_on_everything, give_back_to_all, look_after_all_of_them, at_most=at_most) > 4


@few_or_all(7)
def test_an_exchange_that_pays_a_card_back_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_a_cheaper_thing, exchange_down, look_after_the_exchange, at_most=at_most) > 3
