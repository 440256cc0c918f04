"""The request for a check that is mailed: as kept in three languages, with room for what the shop does not know."""

from __future__ import annotations

import pytest

from pos.domain.reasons import Reason
from pos.wording import LANGUAGES, Wording
from receipts.document import Document, Mark
from receipts.paper.mail_check_request import MailedCheck, mail_check_request
from receipts.plain_text import render
from tests.receipts.golden import assert_golden
from tests.receipts.test_return_receipt import SHOPS, done


def paper(language: str, payee: str = "Åsa Nováková", copy_number: int = 0) -> Document:
    words = Wording(language)
    asked = MailedCheck(
        done(language),
        22_300,
        payee,
        ("+420 601 234 567",) if payee else (),
        (words.reason(Reason("not_as_expected")),),
        "Dana Kim",
        10,
    )
    return mail_check_request(asked, SHOPS[language][1], words, copy_number=copy_number)


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_request_is_as_kept(language: str, columns: int) -> None:
    assert_golden(f"mail_check_request_{language}_{columns}.txt", render(paper(language), columns))


def test_whom_nobody_knows_writes_their_name_and_every_address_is_written() -> None:
    known, strange = render(paper("en"), 42), render(paper("en", payee=""), 42)
    assert "Åsa Nováková" in known
    assert strange.count("-" * 42) == known.count("-" * 42) + 1
    assert "Address" in known


def test_a_further_one_says_that_it_is_a_copy() -> None:
    assert paper("en", copy_number=1).blocks[0] == Mark("COPY 1")
