"""The bank promises no money twice, whatever is asked of it and whenever it starts anew."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.termsim.bank import BadJournal, Bank, Entry, Key, Posting
from pos.termsim.cards import NoSuchCard, card_named
from pos.termsim.outcomes import MAGIC_CENTS, NAMES, NoSuchOutcome, magic_outcome, outcome_of
from pos.termsim.wire import NotJson, json_text, read_json

CARD = replace(card_named("maestro-77"), balance=Decimal("100.00"))
amounts = st.decimals(min_value="0.01", max_value="150.00", places=2)


@given(
    asks=st.lists(
        st.tuples(amounts, st.decimals(min_value="0.00", max_value="50.00", places=2), st.none() | amounts), max_size=12
    )
)
def test_a_card_never_gives_more_than_it_has(asks: list[tuple[Decimal, Decimal, Decimal | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(Path(folder, "bank.jsonl"))
        for number, (amount, cash_back, least) in enumerate(asks):
            if cash_back >= amount:
                continue
            before = bank.available(CARD)
            assert before is not None
            ruling = bank.rule(CARD, amount, cash_back, least=least)
            if ruling.error:
                assert amount > before
                continue
            assert 0 < ruling.amount <= min(amount, before)
            assert ruling.cash_back in {Decimal(0), cash_back}
            if ruling.amount < amount:
                assert least is not None
                assert ruling.amount >= least
                assert not ruling.cash_back
            bank.write(_entry(str(number), ruling.amount, ruling.cash_back))
        bank.close()
        again = Bank(Path(folder, "bank.jsonl"))
        assert again.entries == bank.entries
        assert again.available(CARD) == bank.available(CARD)
        assert (again.available(CARD) or 0) >= 0
        again.close()


def test_what_goes_back_can_be_spent_again(tmp_path: Path) -> None:
    bank = Bank(tmp_path / "bank.jsonl")
    charge = bank.write(_entry("1", Decimal("60.00")))
    bank.write(replace(_entry("2", Decimal("25.00")), posting=Posting.REFUNDED, of=charge.id))
    assert (bank.remaining(charge), bank.available(CARD)) == (Decimal("35.00"), Decimal("65.00"))
    bank.write(replace(_entry("3", Decimal("35.00")), posting=Posting.REVERSED, of=charge.id))
    assert (bank.remaining(charge), bank.available(CARD)) == (Decimal(0), Decimal("100.00"))
    bank.close()


@pytest.mark.parametrize("line", [b"[]\n", b"{}\n", b'{"posting":"stolen"}\n', b"\xff\n", b"\n"])
def test_a_journal_nobody_can_read_is_not_guessed_at(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "bank.jsonl").write_bytes(line)
    with pytest.raises(BadJournal):
        Bank(tmp_path / "bank.jsonl")


@given(minor=st.integers(0, 10**14), digits=st.integers(0, 3))
def test_an_amount_is_written_with_all_its_digits(minor: int, digits: int) -> None:
    amount = Decimal(minor).scaleb(-digits)
    written = json_text({"a": amount})
    assert "e" not in written.lower().removeprefix('{"a"')
    assert Decimal(str(read_json(written)["a"])) == amount


@pytest.mark.parametrize("raw", [b"", b"7", b"[1]", b'{"a":NaN}', b'{"a":Infinity}', b"[" * 5000, b"\xff\xfe"])
def test_what_is_no_object_is_not_read(raw: bytes) -> None:
    with pytest.raises(NotJson):
        read_json(raw)


def test_magic_amounts_are_known_outcomes() -> None:
    for cents in range(100):
        outcome = magic_outcome(Decimal(f"12.{cents:02}"))
        assert (outcome is None) == (cents not in MAGIC_CENTS)
        assert outcome is None or outcome.name in NAMES


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda each: st.dictionaries(st.text(), each))
)
def test_any_wish_is_an_outcome_or_refused(wish: object) -> None:
    with contextlib.suppress(NoSuchOutcome):
        assert outcome_of(wish).name in NAMES


@pytest.mark.parametrize("name", ["", "visa", "visa-", "visa-12345", "library-1", "VISA-1", "visa-1\n"])
def test_a_name_that_is_no_card_is_refused(name: str) -> None:
    with pytest.raises(NoSuchCard):
        card_named(name)


def _entry(number: str, amount: Decimal, cash_back: Decimal = Decimal(0)) -> Entry:
    return Entry(
        posting=Posting.APPROVED,
        key=Key("Lane1", "Terminal", number),
        category="Payment",
        digest="d",
        at="2026-03-02T10:00:00.000Z",
        answer={"PaymentResponse": {"AuthorizedAmount": amount}},
        id=f"id-{number}",
        card=CARD.name,
        brand=CARD.brand,
        amount=amount,
        cash_back=cash_back,
        currency="USD",
    )
