"""What is printed: one line of JSON a file, or text to read; the worst status counts; every code is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pos.domain.finding import Finding, Violation
from pos.domain.refusal import Code
from pos.return_words import RETURN_WORDS
from pos.script import play
from pos.services.verify import VerifyReport
from tests.script.playing import play_files, play_steps, play_text

GOOD = "lane: 1\nshop: {currency: USD}\nitems: [{id: A, price: 0}]\nsteps: [{sale: {as: s1, lines: [{item: A}]}}]\n"
FAILS = f"{GOOD}expect_end: {{till: {{expected: '1'}}}}\n"
WRONG = "lane: 1\nshop: {currency: USD}\nsteps: [{print: {document: s1.vendor_return}}]\n"


def test_one_object_a_file_on_one_line(tmp_path: Path) -> None:
    played = play_text(tmp_path, GOOD)
    assert played.out.count("\n") == 1
    assert list(played.only) == ["file", "ok", "steps", "end", "failed"]
    assert (played.only["file"], played.only["ok"]) == (str(tmp_path / "script.yaml"), True)
    assert list(played.steps[0])[:4] == ["step", "as", "kind", "ok"]


def test_a_wrong_file_is_an_object_too(tmp_path: Path) -> None:
    played = play_text(tmp_path, WRONG)
    file = str(tmp_path / "script.yaml")
    assert (played.status, played.err) == (2, "")
    assert played.only == {
        "file": file, "ok": False, "error": {"line": 3, "text": "No step above is called “s1”."},
    }  # fmt: skip
    missing = play_files(tmp_path / "nowhere.yaml")
    assert (missing.status, missing.error[0]) == (2, None)


@pytest.mark.parametrize(
    ("scripts", "status"),
    [([GOOD, GOOD], 0), ([GOOD, FAILS], 1), ([FAILS, WRONG, GOOD], 2), ([WRONG, FAILS], 2)],
)
def test_the_worst_status_counts(scripts: list[str], status: int, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(len(scripts))]
    for file, script in zip(files, scripts, strict=True):
        file.write_text(script, "utf-8")
    played = play_files(*files)
    assert played.status == status
    assert len(played.files) == len(files)


def test_text_to_read(tmp_path: Path) -> None:
    script = f"{FAILS.replace('steps: [', 'steps: [{clock: +1m, expect: {now: x}}, ')}"
    played = play_text(tmp_path, script, as_json=False)
    file = tmp_path / "script.yaml"
    lines = played.out.splitlines()
    assert lines[0] == str(file)
    assert "   2  sale s1" in lines
    assert "      ! now: expected x, got 2026-01-02T09:01." in lines
    assert "      ! till.expected: expected 1, got 0.00." in lines
    assert lines[-1] == f"{file}: not as expected in steps 1."
    assert not [line for line in lines if "None" in line or line != line.rstrip()]
    assert play_text(tmp_path, GOOD, as_json=False).out.endswith(f"{file}: everything came out as expected.\n")
    assert play_text(tmp_path, FAILS, as_json=False).out.endswith(f"{file}: not as expected at the end.\n")


def test_a_broken_promise_of_the_books_is_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (Violation("I-1", "0815", Finding.MONEY_LOST, "by a test"),)
    report = VerifyReport(entries=1, transactions=1, balances={}, violations=found, first_broken="1/4")
    monkeypatch.setattr("pos.script.play.verify_books", lambda _shop: report)
    played = play_text(tmp_path, GOOD)
    assert played.status == 1
    assert played.only["ok"] is False
    assert played.only["end"]["journal"]["verified"] is False
    assert played.only["end"]["violations"] == [
        {"invariant": "I-1", "where": "0815", "finding": "MONEY_LOST", "detail": "by a test"}
    ]
    assert "      ! I-1  0815: tenders, change" in play_text(tmp_path, GOOD, as_json=False).out


def test_the_world_may_stop_a_play(tmp_path: Path) -> None:
    """A disk that fills up, a file that is gone: the step that met it says so, and what was acknowledged stays."""
    shop = tmp_path / "shop"
    assert play_text(tmp_path, GOOD, shop=shop).status == 0
    (shop / "shop.keys").unlink()
    played = play_text(tmp_path, GOOD, shop=shop)
    assert (played.status, played.error[0]) == (2, None)
    assert "shop.keys" in played.error[1]


def test_a_step_the_world_stops_is_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pos.domain.trouble import KnownError, Trouble
    from pos.services.sale import Sale

    def full(_sale: Sale) -> None:
        raise KnownError(Trouble.DISK_FULL)

    monkeypatch.setattr(Sale, "complete", full)
    played = play_steps(tmp_path, "- sale: {lines: [{item: FREE}]}\n- clock: +1m")
    assert (played.status, played.only["ok"]) == (1, False)
    (step,) = played.steps
    assert (step["ok"], step["error"]) == (False, "DISK_FULL")
    assert step["text"]


def test_every_code_is_told() -> None:
    out = io.StringIO()
    assert play.print_codes(as_json=True, stdout=out) == 0
    codes = json.loads(out.getvalue())["codes"]
    assert [one["code"] for one in codes] == [code.value for code in Code]
    assert all(one["text"] for one in codes)
    overridable = {one["code"] for one in codes if one["overridable"]}
    assert {code for code in overridable if Code(code) not in RETURN_WORDS} == {
        "CHECK_LIMIT",
        "CORRECTION_LIMIT",
        "COUNT_DIFFERENCE",
        "DISCOUNT_LIMIT",
        "PAID_OUT_LIMIT",
        "PAY_OUT_LIMIT",
        "POST_VOID_LIMIT",
        "PRICE_LIMIT",
        "TENDER_ALONE",
        "CASH_BACK_ALONE",
        "CARD_KEYED_ALONE",
        "VOID_LIMIT",
        "TAX_EXEMPT_LIMIT",
    }
    assert "WINDOW_EXPIRED" in overridable
    never = {"QTY_EXCEEDS_SOLD", "ALREADY_RETURNED", "SERIAL_MISMATCH", "REFUND_EXCEEDS_PAID", "RECEIPT_OF_TRAINING"}
    never |= {"SERIAL_RETURNED"}
    assert not never & overridable
    assert [one["code"] for one in codes if one["customer_text"]]
    assert out.getvalue().count("\n") == 1

    text = io.StringIO()
    assert play.print_codes(as_json=False, stdout=text) == 0
    assert [line for line in text.getvalue().splitlines() if not line.startswith(" ")] == [code.value for code in Code]
