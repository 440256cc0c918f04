"""The poster and the crib sheet say what the policy says: every rule, every number, in every language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from pos.domain.policy_rule import Policy
from pos.domain.refusal import Code, Refused
from pos.policy_words import policy_said
from pos.services.policies import PolicyVersion
from pos.services.policy_file import parse_policy
from pos.services.policy_papers import Sheet, policy_sheet, save_policy_sheet
from pos.wording import LANGUAGES, Wording
from receipts.policy_pdf import render_policy
from tests.corner_shop import TRAINEE, new_shop, open_up
from tests.test_policy_words import every_number, policy_files

# What no shop of the files says.
CLAIMS = "policy: 1\nrules:\n  - {id: K1, claim_days: {days: 14}}\n"


def text_of(pdf: bytes) -> str:
    """What a reader of the pages finds, without its line breaks."""
    pages = pypdfium2.PdfDocument(pdf)
    # The reader gives a hyphen at the end of a line a sign of its own.
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\ufffe", "-").replace("\x02", "-")


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def version_of(policy: Policy) -> PolicyVersion:
    return PolicyVersion(3, date(2026, 11, 1), policy, "", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", Sheet)
def test_every_rule_and_every_number_stands_on_it(tmp_path: Path, sheet: Sheet, language: str) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    words = Wording(language)
    for text in (*(path.read_text("utf-8") for path in policy_files()), CLAIMS):
        version = version_of(parse_policy(text, "CZK"))
        said = packed(text_of(render_policy(policy_sheet(lane.desk, version, sheet, words))))
        figures = re.sub(r"[^0-9]", "", said)
        for rule, one in zip(version.policy.rules, policy_said(words, version.policy, "CZK"), strict=True):
            assert packed(rule.id) in said
            assert packed(one.says) in said, one
            assert packed(one.about) in said
            assert all(number in figures for number in every_number(rule))
        assert words.short_day(version.starts).replace(" ", "").replace("\xa0", "") in said
    lane.close()


def test_the_crib_sheet_says_who_may_decide_otherwise_and_the_poster_what_customers_are_told(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    body = """policy: 1
rules:
  - {id: A, window: {days: 7}, override: none, words: {customer: "Seven days.", cashier: "Seven, no more."}}
  - {id: B, final_sale: {}, for: {flag: clearance}, override: owner}
"""
    version = version_of(parse_policy(body, "CZK"))
    crib, poster = (
        text_of(render_policy(policy_sheet(lane.desk, version, one, Wording("en"))))
        for one in (Sheet.CRIB, Sheet.POSTER)
    )
    assert "Seven, no more." in crib
    assert "Nobody decides otherwise." in crib
    assert "Owner decides otherwise." in crib
    assert "Seven days." in poster
    assert "decides otherwise" not in poster
    lane.close()


def test_a_long_policy_goes_on_over_pages_and_none_of_it_is_lost(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    rules = "\n".join(f"  - {{id: rule-{n}, window: {{days: {n}}}, for: {{item: I{n}}}}}" for n in range(1, 121))
    version = version_of(parse_policy(f"policy: 1\nrules:\n{rules}\n", "CZK"))
    pdf = render_policy(policy_sheet(lane.desk, version, Sheet.POSTER, Wording("sv")))
    assert len(pypdfium2.PdfDocument(pdf)) > 3
    assert all(f"rule-{n}" in text_of(pdf) for n in range(1, 121))
    assert pdf == render_policy(policy_sheet(lane.desk, version, Sheet.POSTER, Wording("sv")))
    lane.close()


def test_a_rule_about_more_goods_than_a_page_holds_is_broken_over_pages(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    names = ", ".join(f"goods-{n}" for n in range(900))
    version = version_of(
        parse_policy(f"policy: 1\nrules:\n  - {{id: A, final_sale: {{}}, for: {{item: [{names}]}}}}\n", "CZK")
    )
    said = text_of(render_policy(policy_sheet(lane.desk, version, Sheet.POSTER, Wording("en"))))
    assert all(f"goods-{n}" in packed(said) for n in range(900))
    lane.close()


def test_it_is_saved_under_its_version_and_language_for_who_may_return(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    version = version_of(parse_policy("policy: 1\nrules:\n  - {id: A, window: {days: 7}}\n", "CZK"))
    saved = save_policy_sheet(lane.desk, version, Sheet.CRIB, tmp_path / "papers", "cs")
    assert saved == tmp_path / "papers" / "return-crib-sheet-3-cs.pdf"
    assert isinstance(saved, Path)
    assert saved.stat().st_mode & 0o777 == 0o600
    lane.desk.operator = TRAINEE
    assert save_policy_sheet(lane.desk, version, Sheet.POSTER, tmp_path / "other") == Refused(Code.NOT_PERMITTED)
    assert not (tmp_path / "other").exists()
    lane.close()
