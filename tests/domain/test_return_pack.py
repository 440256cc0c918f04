"""Which papers a return leaves: decided by its decisions and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pos.domain.customer_return import CustomerReturn, ReturnLine, ReturnTender
from pos.domain.disposition import Goods
from pos.domain.refund_instead import RefundInstead
from pos.domain.return_pack import PackEntry, PackPaper, pack_of
from receipts.paper import return_receipt
from tests.receipts.test_return_receipt import LINES, done

PLAIN = replace(LINES[1], place=0, instead="", instead_name="", instead_serial="")


def returned(**changes: Any) -> CustomerReturn:
    """One line back on the shelf for cash, with nobody's yes."""
    plain = replace(done("en", (PLAIN,)), tenders=(ReturnTender("cash", 100, tender=1),), approval="", approver="")
    return replace(plain, **changes)


def ticked(one: CustomerReturn, *, signed: bool = False) -> list[str]:
    return [entry.paper.value for entry in pack_of(one, signed=signed) if entry.ticked]


def test_goods_back_on_the_shelf_leave_a_receipt_and_the_rest_is_there_for_who_wants_it() -> None:
    assert pack_of(returned(), signed=False) == (
        PackEntry(PackPaper.RETURN_RECEIPT),
        PackEntry(PackPaper.STORE_SLIP, ticked=False),
        PackEntry(PackPaper.DISPOSITION_TAG, place=0, ticked=False),
    )


def test_the_policy_s_wish_for_a_signature_ticks_the_slip_of_the_shop() -> None:
    assert ticked(returned(), signed=True) == ["return_receipt", "store_slip"]


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        ("gift_card", "gift_card_slip"),
        ("mailed_check", "mail_check_request"),
        ("cash", None),
        ("exchange", None),
        ("house_account", None),
    ],
)
def test_money_leaves_the_paper_of_its_kind(kind: str, paper: str | None) -> None:
    tenders = (ReturnTender(kind, 50, tender=1), ReturnTender(kind, 60, tender=2))
    made = [one for one in pack_of(returned(tenders=tenders), signed=False) if one.tender]
    assert [(one.paper, one.tender) for one in made] == ([] if paper is None else [(paper, 1), (paper, 2)])


def test_store_credit_leaves_a_copy_for_the_shop_that_is_printed_where_papers_are_signed() -> None:
    tenders = (ReturnTender("store_credit", 50, tender=1),)
    for signed in (False, True):
        made = [one for one in pack_of(returned(tenders=tenders), signed=signed) if one.tender]
        assert made == [
            PackEntry(PackPaper.STORE_CREDIT, tender=1),
            PackEntry(PackPaper.STORE_CREDIT_COPY, tender=1, ticked=signed),
        ]


def test_a_card_s_voucher_is_the_terminal_s() -> None:
    tenders = (ReturnTender("credit", 50, tender=1, attempt="a"), ReturnTender("debit", 60, tender=2))
    made = [one for one in pack_of(returned(tenders=tenders), signed=False) if one.tender]
    assert made == [PackEntry(PackPaper.CARD_SLIP, tender=1)]


def test_somebody_s_yes_leaves_the_form_of_the_exception() -> None:
    assert ticked(returned(approval="a", approver="201")) == ["return_receipt", "exception_form"]


@pytest.mark.parametrize("goods", list(Goods))
def test_goods_that_do_not_go_back_to_a_shelf_are_tagged(goods: Goods) -> None:
    made = {one.paper: one for one in pack_of(returned(lines=(replace(PLAIN, disposition=goods.value),)), signed=False)}
    assert made[PackPaper.DISPOSITION_TAG].ticked == (goods not in (Goods.SHELF, Goods.OPEN_BOX))
    to_vendor = made.get(PackPaper.VENDOR_RETURN)
    assert (to_vendor is not None) == (goods in (Goods.VENDOR, Goods.REPAIR))
    assert to_vendor is None or to_vendor.ticked == (goods is Goods.VENDOR)


def test_every_line_has_its_own_tag() -> None:
    lines = tuple(replace(PLAIN, place=place, disposition="destroy") for place in (0, 2))
    tags = [one.place for one in pack_of(returned(lines=lines), signed=False) if one.paper == "disposition_tag"]
    assert tags == [0, 2]


@pytest.mark.parametrize(
    "line",
    [replace(PLAIN, rules=("law.CZ.defect:STATUTORY_DEFECT",)), replace(PLAIN, reason="statutory_claim")],
)
def test_what_comes_back_under_the_law_leaves_a_protocol(line: ReturnLine) -> None:
    assert "claim_protocol" in ticked(returned(lines=(line,)))
    assert "claim_protocol" not in ticked(returned())


def test_money_without_goods_leaves_no_paper_about_goods() -> None:
    assert ticked(returned(lines=(), approval="a", approver="201")) == ["return_receipt", "exception_form"]


@pytest.mark.parametrize(
    ("kind", "approval", "made"),
    [
        ("cash", "", [("refund_slip", True)]),
        ("cash", "a", [("refund_slip", True), ("exception_form", True)]),
        ("mailed_check", "", [("refund_slip", True), ("mail_check_request", True)]),
        ("store_credit", "a", [("store_credit", True), ("store_credit_copy", False), ("exception_form", True)]),
    ],
)
def test_money_a_card_refused_leaves_what_pays_and_whose_yes_it_was(
    kind: str, approval: str, made: list[tuple[str, bool]]
) -> None:
    way = RefundInstead("r", 1, kind, 100, 100, "t", "till", approval=approval, approver=approval)
    pack = pack_of(returned(), signed=False, otherwise=[way])
    assert [(one.paper.value, one.ticked) for one in pack if one.instead] == made
    assert {one.tender for one in pack if one.instead} == {1}


def test_the_names_are_those_of_the_papers() -> None:
    made_of_return = {paper.value for paper in PackPaper} - {"card_slip", "store_credit", "gift_card_slip"}
    assert made_of_return == return_receipt.OF_THE_RETURN
