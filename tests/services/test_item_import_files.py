"""Whatever is handed over as a file of items: read, or refused in a sentence, and never half taken."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.item_columns import FileFault
from pos.domain.item_rows import RowFault
from pos.domain.trouble import KnownError, Trouble
from pos.services import item_file
from pos.services.desk import Desk
from pos.services.item_import import ImportReport
from pos.services.item_report import report_lines
from pos.wording import LANGUAGES, Wording
from tests.services.item_shop import INVENTED, Csv, count, find, item_desk, take


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop") as desk:
        yield desk


def fault_of(desk: Desk, path: Path, *maps: str) -> FileFault:
    report = take(desk, path, *maps)
    assert report.problem is not None
    assert not report.good
    assert count(desk) == 0
    assert len(report_lines(report, Wording("en"))) == 2
    return report.problem.fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (b"\xef\xbb\xbf", FileFault.EMPTY),
        (b"\n \n\n", FileFault.EMPTY),
        (b"name,price,code\n", FileFault.NO_ROWS),
        (b"name,price,code\n,,\n\n", FileFault.NO_ROWS),
        (b"PK\x03\x04 a spreadsheet", FileFault.SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", FileFault.SPREADSHEET),
        ("name,price,code".encode("utf-16"), FileFault.UTF_16),
        (b"%PDF-1.7\n", FileFault.NOT_TEXT),
        (b"name\x00price", FileFault.NOT_TEXT),
        (b"na\xefme,price,code\n", FileFault.HEADER_UNREADABLE),
        (b'"name,price,code\n' * 40, FileFault.HEADER_UNREADABLE),
        (b"x" * 200_000, FileFault.HEADER_UNREADABLE),
        (b"{'name': 'Mug'}", FileFault.NAME_COLUMN_MISSING),
        (b"\x1f\x8b\x08 not gzip", FileFault.PACKING_DAMAGED),
        (gzip.compress(INVENTED.read_bytes(), mtime=0)[:-200], FileFault.PACKING_DAMAGED),
        (gzip.compress(b"", mtime=0), FileFault.EMPTY),
    ],
)
def test_a_file_that_is_no_list_is_refused(desk: Desk, tmp_path: Path, content: bytes, fault: FileFault) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert fault_of(desk, path) is fault


def test_a_folder_and_a_pipe_are_no_files(desk: Desk, tmp_path: Path) -> None:
    assert fault_of(desk, tmp_path) is FileFault.NOT_A_FILE
    os.mkfifo(tmp_path / "pipe")
    assert fault_of(desk, tmp_path / "pipe") is FileFault.NOT_A_FILE


@pytest.mark.parametrize("name", ["missing.csv", "nu\0ll.csv", "x" * 300])
def test_a_file_that_cannot_be_opened_is_the_worlds_doing(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError) as error:
        take(desk, tmp_path / name)
    assert error.value.trouble is Trouble.FILE_UNREADABLE
    assert Wording("en").trouble(error.value)


def test_a_file_too_large_is_refused_packed_or_not(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_file, "BYTES_MAX", 100_000)
    rows = b"name,price,code\n" + b"Mug,9.50,M1\n" * 20_000
    (tmp_path / "plain.csv").write_bytes(rows)
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(rows))
    (tmp_path / "one_line.csv.gz").write_bytes(gzip.compress(b"name,price,code\n" + b"x" * 300_000))
    for name in ("plain.csv", "packed.csv.gz", "one_line.csv.gz"):
        assert fault_of(desk, tmp_path / name) is FileFault.TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [
        "name,price,code\nMug,9.50,M1\n",
        "\ufeffname;price;code\r\nMug;9,50;M1\r\n",
        "name\tprice\tcode\rMug\t9.50\tM1",
        '"name","price","code"\n"Mug","9.50","M1"',
        "sep=;\nname;price;code\nMug;9,50;M1\n",
        "\n\nname,price,code\n\n,,\nMug,9.50,M1\n",
        '"Item; short","name",price,"code, own"\nx,Mug,9.50,M1\n',
    ],
)
def test_dialects_are_understood(desk: Desk, tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8", newline="")
    take(desk, path, *(["code=code, own"] if "own" in content else []))
    assert find(desk, "M1").unit_price_minor == 950


def test_a_quote_left_open_costs_its_own_row_alone(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)("name,price,code", 'Mug,9.50,"M1', *(f"Cup {n},8.50,C{n}" for n in range(100)))
    report = take(desk, path, take_good=True)
    assert (report.new, report.refused_rows) == (100, 1)
    assert report.refused[0].line == 2
    assert report.refused[0].problems[0].fault is RowFault.ROW_TORN


def test_a_quote_closed_far_below_swallows_no_row(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)("name,price,code", '"Mug,9.50,M1', "Cup,8.50,C1", 'Vase,7.50,"V1"', "Jar,6.50,J1")
    report = take(desk, path, take_good=True)
    assert (report.new, report.refused_rows) == (3, 1)
    assert report.refused[0].line == 2


def test_a_quote_closed_below_in_a_row_of_another_width_swallows_no_row(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)("name,price,code", '"Mug,9.50,M1', "Cup,8.50,C1", 'Vase",7.50', "Jar,6.50,J1")
    report = take(desk, path, take_good=True)
    assert (report.new, [row.line for row in report.refused]) == (2, [2, 4])
    assert find(desk, "C1").name == "Cup"


def test_a_row_without_end_is_read_over(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)("name,price,code", "Mug,9.50," + "M" * 300_000, "Cup,8.50,C1")
    report = take(desk, path, take_good=True)
    assert (report.new, [row.line for row in report.refused]) == (1, [2])


def test_lines_are_counted_as_an_editor_counts_them(desk: Desk, tmp_path: Path) -> None:
    path = Csv(tmp_path)("name,price,code", '"A\nname\non three lines",1.00,A', "", "B,free,B")
    assert [row.line for row in take(desk, path).refused] == [6]


def test_a_heading_does_not_reach_the_terminal_as_it_stands(desk: Desk, tmp_path: Path) -> None:
    report = take(desk, Csv(tmp_path)("a\u200b,b", "1,2"))
    assert "�" in report_lines(report, Wording("en"))[1]


def test_a_file_whose_name_is_no_text_can_be_imported(desk: Desk, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/pri\xe8s.csv"))
    path.write_text("name,price,code\nMug,9.50,M1\n", "utf-8")
    report = take(desk, path)
    assert report.written
    assert report.file == "pri\ufffds.csv"


_CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "Mug", "9.50", "0", "-1", "1,5", "M1", "m1", "M1|M2", "4011", "012345678905", "0012345678905"]
    ),
    st.sampled_from(["standard", "luxury", '"', '""', '"a', "a\nb", "\x00", "\udc80", "\u202e", "x" * 400, "|", "="]),
    st.text(max_size=8),
)
_LINES = st.lists(_CELLS, max_size=7).map(",".join)
_HEADERS = st.sampled_from(
    ["name,price,code", "id,name,price,gtin", "name;price;code", "name,price,code,tax,unit", "name,price,plu,upc e"]
)


@given(_HEADERS, st.lists(_LINES, max_size=12), st.booleans())
@example("name,price,code", ['"', "a,1,b", '"', "c,2,d"], True)
def test_any_table_is_taken_whole_or_not_at_all(header: str, lines: list[str], take_good: bool) -> None:
    text = "\n".join([header, *lines])
    _taken_or_not(text.encode("utf-8", "surrogateescape" if "\udc80" in text else "replace"), take_good)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_taken_whole_or_not_at_all(content: bytes) -> None:
    _taken_or_not(content, take_good=True)
    _taken_or_not(b"name,price,code\n" + content, take_good=False)


def _taken_or_not(content: bytes, take_good: bool) -> None:
    with TemporaryDirectory() as folder, item_desk(Path(folder) / "shop") as desk:
        path = Path(folder) / "list.csv"
        path.write_bytes(content)
        founded = _entries(desk)
        report = take(desk, path, take_good=take_good)
        entries = _entries(desk)
        assert count(desk) == (report.new if report.written else 0)
        assert entries == founded + (1 if report.written else 0)
        assert report.written == (report.problem is None and report.new > 0 and (take_good or not report.refused_rows))
        if report.problem is None:
            assert report.rows == report.new + report.changed + report.unchanged + report.refused_rows
        _say(report)


def _entries(desk: Desk) -> int:
    with desk.shop.books.reading() as work:
        return work.journal.head(1).sequence


def _say(report: ImportReport) -> None:
    for language in LANGUAGES:
        for line in report_lines(report, Wording(language)):
            assert line.isprintable(), line
