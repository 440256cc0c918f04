"""What `kassa bench` prints, and what it exits with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.figure import Check, Figure, Measure, What, ratio_p50
from benchmarks.measure import Sample
from benchmarks.run import Report
from pos.cli import main
from pos.cli.figures import report_lines
from pos.wording import LANGUAGES, Wording

PROGRAM = Sample.of([0.002, 0.004, 0.009])
BARE = Sample.of([0.001, 0.002, 0.003])
HOLDS = Figure("sale", PROGRAM, BARE, (ratio_p50(PROGRAM, BARE, 3.0),))
BREAKS = Figure(
    "scan",
    PROGRAM,
    BARE,
    (ratio_p50(PROGRAM, BARE, 4.0), Check(What.P99, 17.5, 16.0, Measure.MILLISECONDS)),
    (("sync", Sample.of([0.0005])),),
)
ALONE = Figure("import", Sample.of([7.25]), None, (Check(What.MAX, 7.25, 20.0, Measure.SECONDS),))


def test_every_figure_has_its_times_its_baseline_s_own_times_and_its_limits() -> None:
    text = "\n".join(report_lines(Report((HOLDS, BREAKS, ALONE), quick=False), Wording()))
    for words in (
        "sale: Complete a cash sale of ten lines",
        "Kassa                            n     3   p50      4.000 ms   p99      9.000 ms   max      9.000 ms",
        "its statements, bare driver      n     3   p50      2.000 ms   p99      3.000 ms   max      3.000 ms",
        "one write to the disk            n     1   p50      0.500 ms   p99      0.500 ms   max      0.500 ms",
        "p50: 2.00 ×, at most 3.00 ×: holds",
        "p99: 17.50 ms, at most 16.00 ms: DOES NOT HOLD",
        "longest: 7.25 s, at most 20.00 s: holds",
    ):
        assert words in text
    assert text.endswith("Not all limits hold.")
    assert "quick" not in text


@pytest.mark.parametrize(("language", "sign"), [("en", "."), ("cs", ","), ("sv", ",")])
def test_its_numbers_are_written_as_its_sentences_are(language: str, sign: str) -> None:
    lines = list(report_lines(Report((HOLDS, BREAKS, ALONE), quick=False), Wording(language)))
    numbers = [number for line in lines for number in re.findall(r"[0-9]+[.,][0-9]+(?= (?:ms|s|×))", line)]
    assert f"17{sign}50" in numbers
    assert f"9{sign}000" in numbers
    assert all(sign in number for number in numbers), numbers


def test_a_run_holds_where_every_figure_does() -> None:
    assert Report((HOLDS, ALONE), quick=False).held
    assert not Report((HOLDS, BREAKS), quick=False).held
    lines = list(report_lines(Report((HOLDS,), quick=True), Wording()))
    assert lines[-1] == "All limits hold."
    assert "quick" in lines[-2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_words(language: str) -> None:
    figures = tuple(
        Figure(name, PROGRAM, BARE, tuple(Check(what, 1.0, 2.0, measure) for what in What for measure in Measure))
        for name in run.FIGURES
    )
    assert len(list(report_lines(Report(figures, quick=False), Wording(language)))) > 3 * len(run.FIGURES)


def test_json_says_the_same_for_a_program() -> None:
    report = json.loads(json.dumps(run.as_json(Report((HOLDS, BREAKS, ALONE), quick=False))))
    assert report["held"] is False
    sale, scan, alone = report["figures"]
    assert sale["kassa"] == {"n": 3, "p50": 4.0, "p99": 9.0, "max": 9.0}
    assert sale["bare"] == {"n": 3, "p50": 2.0, "p99": 3.0, "max": 3.0}
    assert sale["checks"] == [{"what": "p50", "value": 2.0, "limit": 3.0, "measure": "×", "held": True}]
    assert [check["held"] for check in scan["checks"]] == [True, False]
    assert scan["beside"] == {"sync": {"n": 1, "p50": 0.5, "p99": 0.5, "max": 0.5}}
    assert alone["bare"] is None


def test_the_command_measures_what_it_is_asked_and_exits_with_what_it_found(
    kassa_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["bench", "--quick", "--json", "--only", "escpos"])
    report = json.loads(capsys.readouterr().out)
    assert [figure["figure"] for figure in report["figures"]] == ["escpos"]
    assert report["quick"] is True
    assert status == (0 if report["held"] else 1)
    # What was measured in is gone again, and only its owner could look into it.
    assert list(kassa_home.iterdir()) == []
    assert kassa_home.stat().st_mode & 0o077 == 0


def test_a_figure_nobody_knows_is_a_wrong_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--only", "speed"]) == 2
    assert "speed" in capsys.readouterr().err
