"""Goods come back at a real shop: what was paid goes back to what paid it, once, and the books hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, event

from pos.domain.card_attempt import AttemptState
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_decision import Verdict
from pos.domain.return_request import LineAsked, ReturnRequest, ShownBy
from pos.domain.stock import Disposition
from pos.domain.transaction import Transaction
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.gift_card_numbers import hash_number
from pos.services.purchases import Found, as_back
from pos.services.returns import CompletedReturn, Quote, ReturnRefused
from pos.services.sale import CompletedSale
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import CASHIER, GIFT_CARD, MANAGER, new_shop, open_up, pay_by_card, sell

KETTLE, BREAD = "09520000000011", "BREAD"


def back(purchase: str, *lines: int, condition: str = "unopened") -> ReturnRequest:
    asked = tuple(LineAsked(line, Quantity.pieces(1), condition=condition) for line in lines)
    return ReturnRequest(purchase=purchase, lines=asked)


def taken(workstation: Workstation, request: ReturnRequest) -> CompletedReturn:
    done = workstation.returns.complete(request)
    assert isinstance(done, CompletedReturn), done
    return done


def sold_on_card(workstation: Workstation) -> Transaction:
    workstation.sale.scan(KETTLE)
    pay_by_card(workstation)
    done = workstation.sale.complete()
    assert not isinstance(done, Refused)
    return done.transaction


def test_all_that_was_bought_comes_back_in_two_goes_for_exactly_what_was_paid(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    bought = sell(lane, KETTLE, BREAD, BREAD).transaction
    first, rest = taken(lane, back(bought.id, 2)), taken(lane, back(bought.id, 1, 3))
    assert first.done.refund + rest.done.refund == bought.paid
    assert [str(one.done.number) for one in (first, rest)] == ["0142-01-R0001", "0142-01-R0002"]
    lane.close()
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.balances["cash_in_till"] == 100_000
    assert report.balances["tax_payable:standard"] == report.balances["tax_payable:food"] == 0


def test_nothing_comes_back_twice(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, BREAD).transaction
    taken(lane, back(bought.id, 1))
    again = lane.returns.complete(back(bought.id, 1))
    assert isinstance(again, ReturnRefused)
    assert again.code is Code.ALREADY_RETURNED
    assert again.decision.now.refund == 0
    lane.close()


def test_of_two_lanes_that_quoted_the_same_line_one_gives_it_back(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    here, there = open_up(folder, number=1), open_up(folder, number=2)
    bought = sell(here, BREAD).transaction
    request = back(bought.id, 1)
    quotes = [lane.returns.quote(request) for lane in (here, there)]
    assert [quote.decision.verdict for quote in quotes if isinstance(quote, Quote)] == [Verdict.ALLOWED] * 2
    answers = [lane.returns.complete(request) for lane in (there, here)]
    assert [isinstance(answer, CompletedReturn) for answer in answers] == [True, False]
    for lane in (here, there):
        lane.close()
    assert verify_shop(folder).violations == ()


def test_a_card_gets_back_what_it_paid_and_the_terminal_is_asked_afterwards(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder, terminal="simulated")
    bought = sold_on_card(lane)
    done = taken(lane, back(bought.id, 1)).done
    assert [(one.kind, one.amount, one.of) for one in done.tenders] == [("credit", bought.paid, 1)]
    attempt = done.tenders[0].attempt
    waiting = lane.card_tendering.get(attempt)
    assert waiting is not None
    assert waiting.open
    lane.card_tendering.recover()
    answered = lane.card_tendering.get(attempt)
    assert answered is not None
    assert answered.state is AttemptState.APPROVED
    lane.close()
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.balances["card_receivable"] == report.balances["card_suspense"] == 0


def test_a_gift_card_that_paid_twice_gets_both_back_at_once(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    with lane.desk.shop.books.writing() as work:
        take_over(work, lane.desk, [NewGiftCard(GIFT_CARD, 10_000)], None)
        work.commit()
    lane.sale.scan(BREAD)
    for amount in (1_000, 3_290):
        assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD, amount), Refused)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    done = taken(lane, back(bought.transaction.id, 1)).done
    assert sorted(one.amount for one in done.tenders) == [1_000, 3_290]
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.find(hash_number(lane.desk.shop.keys, GIFT_CARD))
    assert card is not None
    assert card.balance == 10_000
    lane.close()
    assert verify_shop(folder).violations == ()


def test_goods_lie_where_their_state_sends_them(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, KETTLE, BREAD).transaction
    taken(lane, back(bought.id, 1, condition="defective"))
    with lane.desk.shop.books.reading() as work:
        lying = work.stock.on_hand(["3"])["3"]
    assert lying[Disposition.VENDOR] == 1_000
    lane.close()


def test_a_receipt_its_return_and_its_number_lead_to_the_same_purchase(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, BREAD, BREAD).transaction
    done = taken(lane, back(bought.id, 1)).done
    for shown in (bought.receipt_code, str(bought.receipt), done.code, str(done.number), str(bought.receipt.number)):
        found = lane.purchases.find(shown)
        assert isinstance(found, Found), shown
        assert found.purchase.id == bought.id
        assert [line.left.thousandths for line in found.purchase.lines] == [0, 1_000]
    for wrong in ("KRAAAAAAAAAAAAAAAA", "0142-01-9999", "T-0142-01-0001", ""):
        assert isinstance(lane.purchases.find(wrong), Refused)
    lane.close()


def test_without_a_known_sale_the_programs_own_policy_says_no_and_why(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    asked = ReturnRequest(shown_by=ShownBy.NONE, lines=(LineAsked(0, Quantity.pieces(1), item="1"),))
    quote = lane.returns.quote(asked)
    assert isinstance(quote, Quote)
    assert quote.decision.verdict is not Verdict.ALLOWED
    assert quote.decision.reasons
    lane.close()


def test_a_return_of_nothing_and_one_of_an_unknown_sale_write_nothing(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    assert isinstance(lane.returns.quote(ReturnRequest(purchase="none")), Refused)
    assert isinstance(lane.returns.complete(back("none", 1)), Refused)
    lane.desk.operator = None
    assert isinstance(lane.returns.quote(back("none", 1)), Refused)
    lane.desk.operator = CASHIER
    with lane.desk.shop.books.reading() as work:
        assert tuple(work.returns.ids()) == ()
    lane.close()


def test_the_sales_receipt_says_until_when_it_comes_back_and_so_does_the_engine(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    text = "policy: 1\nname: House rules\nrules:\n  - {id: R1, window: {days: 30}}\n"
    lane.desk.operator = MANAGER
    assert not isinstance(lane.policies.put(text, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER
    bought = sell(lane, BREAD).transaction
    document = lane.paperwork.document(bought.id)
    assert document is not None
    paper = render(document, 42)
    assert "What you bought may come back until Dec" in paper.replace("\n", " ").replace("  ", " ")
    quote = lane.returns.quote(back(bought.id, 1))
    assert isinstance(quote, Quote)
    assert (quote.decision.policy, quote.decision.version) == ("House rules", 1)
    lane.close()


def test_the_outlook_says_of_every_line_what_the_decision_then_is(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, KETTLE, BREAD, KETTLE).transaction
    text = (
        "policy: 1\nrules:\n  - {id: R1, window: {days: 30}}\n"
        f"  - {{id: R2, non_returnable: {{}}, for: {{item: '{bought.lines[1].item}'}}, override: none}}\n"
    )
    lane.desk.operator = MANAGER
    today = lane.desk.local(lane.desk.now()).date()
    assert not isinstance(lane.policies.put(text, today), Refused)
    lane.desk.operator = CASHIER
    taken(lane, back(bought.id, 1))
    outlook = lane.returns.outlook(bought.id, ShownBy.RECEIPT)
    assert not isinstance(outlook, Refused)
    assert {number: line.verdict for number, line in outlook.lines.items()} == {
        2: Verdict.REFUSED,
        3: Verdict.ALLOWED,
    }
    assert outlook.last_days == {1: today + timedelta(days=30), 3: today + timedelta(days=30)}
    for number, line in outlook.lines.items():
        quote = lane.returns.quote(back(bought.id, number))
        assert isinstance(quote, Quote)
        assert quote.decision.lines[0].verdict is line.verdict
    assert isinstance(lane.returns.outlook("none", ShownBy.RECEIPT), Refused)
    lane.close()


def test_the_books_are_asked_as_often_for_many_lines_as_for_one(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    asked: list[object] = []

    def questions(*items: str) -> int:
        bought = sell(lane, *items).transaction
        asked.clear()
        assert not isinstance(lane.returns.outlook(bought.id, ShownBy.RECEIPT), Refused)
        return len(asked)

    def listen(*given: object) -> None:
        asked.append(given)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        assert questions(KETTLE) == questions(KETTLE, BREAD, BREAD)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    lane.close()


def test_nothing_is_offered_for_a_plain_yes_and_a_wish_can_be_helped(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, KETTLE).transaction
    plain = lane.returns.quote(back(bought.id, 1))
    assert isinstance(plain, Quote)
    assert lane.returns.offers(plain) == ()
    many = replace(back(bought.id, 1), lines=(LineAsked(1, Quantity.pieces(2), condition="unopened"),))
    quote = lane.returns.quote(many)
    assert isinstance(quote, Quote)
    (offer,) = lane.returns.offers(quote)
    assert offer.remedy is not None
    assert (offer.remedy.code, offer.refund) == ("LESS_QUANTITY", bought.paid)
    assert offer.request is not None
    assert taken(lane, offer.request).done.refund == bought.paid
    lane.close()


def test_each_serial_number_of_a_line_of_several_counts_as_come_back(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, KETTLE).transaction
    done = taken(lane, back(bought.id, 1)).done
    both = replace(done, lines=(replace(done.lines[0], serial="SN-1 SN-2"),))
    assert as_back(both).lines[0].serials == ("SN-1", "SN-2")
    lane.close()
