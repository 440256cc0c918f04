"""The drawer opens where something goes into it or comes out of it, and stays shut where nothing does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.drawer import drawer_opens
from pos.domain.tender import BY_RULE, Tender, TenderKind
from pos.domain.tender_rules import TenderRule
from tests.corner_shop import RULES

CASH, CARD = Tender(TenderKind.CASH, 500), Tender(TenderKind.CREDIT, 500)
SHUT = {TenderKind.CREDIT, TenderKind.DEBIT, TenderKind.GIFT_CARD, TenderKind.STORE_CREDIT, TenderKind.HOUSE_ACCOUNT}


@pytest.mark.parametrize("kind", BY_RULE)
def test_cash_and_checks_are_kept_in_it(kind: TenderKind) -> None:
    assert drawer_opens((Tender(kind, 500),), 0, RULES) == (kind not in SHUT)


def test_what_comes_out_of_it_opens_it() -> None:
    assert not drawer_opens((), 0, RULES)
    assert drawer_opens((), 100, RULES)
    assert drawer_opens((CARD, CASH), 0, RULES)
    assert drawer_opens((replace(CARD, kind=TenderKind.DEBIT, cash_back=2000),), 0, RULES)


@pytest.mark.parametrize("opens", [True, False])
def test_a_tender_of_the_shops_own_does_as_the_shop_says(opens: bool) -> None:
    voucher = TenderRule("meal", TenderKind.OTHER, "Meal voucher", opens_drawer=opens)
    rules = replace(RULES, tender_rules=(voucher,))
    assert drawer_opens((Tender(TenderKind.OTHER, 500, type="meal"),), 0, rules) == opens
    # One that the shop does not know any more is kept nowhere.
    assert not drawer_opens((Tender(TenderKind.OTHER, 500, type="gone"),), 0, rules)
