"""The note for a customer who is told no: as kept in three languages, no amount promised, a copy marked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from pos.domain.money import Quantity
from pos.domain.refusal import Code
from pos.domain.return_decision import Effect, Reason, Remedy, Verdict
from pos.return_customer_words import REMEDIES, REMEDIES_FOR_CUSTOMER
from pos.return_words import refusal_verdict
from pos.wording import LANGUAGES, Wording
from receipts.document import Document, Mark
from receipts.paper.refusal_note import NotedLine, NotedReason, RefusalNote, refusal_note
from receipts.plain_text import render
from tests.receipts import samples
from tests.receipts.golden import assert_golden

SHOPS = {"en": samples.ALDER, "cs": samples.OLSE, "sv": samples.ALEN}
LATE = Reason(
    Code.WINDOW_EXPIRED,
    Effect.REFUSES,
    "R1",
    facts={"last": date(2026, 11, 16)},
    remedy=Remedy("STORE_CREDIT"),
)
OPENED = Reason(
    Code.OPENED_NOT_RETURNABLE, Effect.EXCHANGE_ONLY, "R4", remedy=Remedy("EXCHANGE_SAME"), facts={"item": "DVD"}
)
HOLD = Reason(Code.CHECK_HOLD, Effect.REFUSES, "M6", facts={"day": date(2026, 12, 1)}, remedy=Remedy("WAIT"))


def noted(reason: Reason, words: Wording, possible_from: date | None = None) -> NotedReason:
    remedy = reason.remedy
    facts = Remedy(remedy.code, {"day": date(2026, 12, 1)}) if remedy is not None else None
    said = words.return_reason_for_customer(reason)
    return NotedReason(said, reason.rule, "" if facts is None else words.remedy_for_customer(facts), possible_from)


def paper(language: str, copy_number: int = 0) -> Document:
    words = Wording(language)
    note = RefusalNote(
        number="3/1234",
        at=datetime(2026, 11, 21, 16, 2, tzinfo=UTC),
        workstation=3,
        operator_name="Maya Reyes",
        receipt="0142-03-0117",
        bought=date(2026, 11, 2),
        policy="House rules",
        policy_version=3,
        lines=(
            NotedLine(
                "Kettle 1.7 l",
                Quantity.pieces(2),
                refusal_verdict(words, Verdict.REFUSED),
                (noted(LATE, words),),
                date(2026, 11, 16),
            ),
            NotedLine(
                "The long night of the lighthouse, DVD",
                Quantity.pieces(1),
                refusal_verdict(words, Verdict.EXCHANGE_ONLY),
                (noted(OPENED, words),),
            ),
        ),
        reasons=(noted(HOLD, words, date(2026, 12, 1)),),
        law_until=date(2028, 11, 2),
    )
    return refusal_note(note, SHOPS[language], words, copy_number=copy_number)


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_is_as_kept(language: str, columns: int) -> None:
    assert_golden(f"refusal_note_{language}_{columns}.txt", render(paper(language), columns))


def test_a_further_one_says_that_it_is_a_copy() -> None:
    assert paper("en", copy_number=1).blocks[0] == Mark("COPY 1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_amount_is_promised(language: str) -> None:
    assert not re.search(r"\d[.,]\d{2}\b", render(paper(language), 42))


def test_what_would_help_promises_no_amount_and_every_other_remedy_is_said() -> None:
    assert not any("{amount}" in sentence for sentence in REMEDIES_FOR_CUSTOMER.values())
    unsaid = {code for code in REMEDIES if code not in REMEDIES_FOR_CUSTOMER}
    assert unsaid == {"LESS_AMOUNT", "ANSWER", "WAIVE"}, "an amount, and what only the cashier can ask for"
