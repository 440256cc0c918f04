"""Why goods come back and where they go, as the documentation and X12 know it."""

from __future__ import annotations

from pathlib import Path

from pos.domain.disposition import DESTINATIONS, Goods, usual_destination
from pos.domain.reasons import DEFAULT_REASONS, REASONS_MAX, X12_OF_REASON, Reason, ReasonKind
from pos.domain.return_request import Condition
from pos.wording import Wording

PAGE = (Path(__file__).parents[2] / "docs" / "return-policy.md").read_text("utf-8")
# Element 1293 as far as a shop's counter meets it (returns.md 6.8).
X12_1293 = {"CO", "CV", "DM", "DP", "DR", "EW", "LP", "NA", "PF", "PW", "PE", "SD", "ST", "WG"}


def test_every_code_of_x12_has_a_reason_with_words_and_the_page_says_which() -> None:
    assert {code for code in X12_OF_REASON.values() if code} == X12_1293
    for reason, code in X12_OF_REASON.items():
        assert f"| `{reason}` | {code or '–'} |" in PAGE
        for language in ("en", "cs", "sv"):
            assert Wording(language).reason(Reason(reason)) != reason


def test_a_shop_begins_with_a_list_that_fits() -> None:
    assert len(DEFAULT_REASONS[ReasonKind.RETURN]) <= REASONS_MAX


def test_the_page_says_where_goods_of_every_condition_go() -> None:
    for condition in Condition:
        goods = Goods(usual_destination(condition.value))
        assert f"| `{condition.value}` | `{goods.value}` | {DESTINATIONS[goods].x12 or '–'} |" in PAGE
