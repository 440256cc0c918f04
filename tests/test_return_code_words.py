"""Every code of a return has a name of its own where nothing stands beside it."""

from __future__ import annotations

from pos.return_code_words import CODE_NAMES, code_name
from pos.return_words import RETURN_CODES
from pos.wording import Wording


def test_every_code_has_a_name_and_no_other_has_it() -> None:
    assert frozenset(CODE_NAMES) == RETURN_CODES
    assert len(set(CODE_NAMES.values())) == len(CODE_NAMES)


def test_a_code_this_program_no_longer_knows_is_said_as_it_stands() -> None:
    assert code_name(Wording("cs"), "WINDOW_EXPIRED") == "Po lhůtě pro vrácení"
    assert code_name(Wording("cs"), "OF_OLD_TIMES") == "OF_OLD_TIMES"
