"""Items come in whole or not at all, and every refused row says why."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos.domain.item import Item
from pos.domain.item_columns import FileFault
from pos.domain.item_rows import RowFault
from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.money import Unit
from pos.domain.refusal import Code, Refused
from pos.domain.tax import TaxRate
from pos.services import item_import, item_plan
from pos.services.catalogue import Catalogue
from pos.services.desk import Desk, Fact, record
from pos.services.file_import import Stage
from pos.services.item_import import ImportOptions, ImportReport, import_items
from pos.services.item_plan import Plan
from pos.services.verify import verify_shop
from tests.services.item_shop import CASHIER, INVENTED, MANAGER, RULES, Csv, count, find, item_desk, take

KETTLE = Item("KETTLE", "Kettle", 4500, ("standard",), Unit.PIECE, "Kitchen", ("09520000030018", "K1"), "redeem")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with item_desk(tmp_path / "shop", [KETTLE]) as desk:
        yield desk


@pytest.fixture
def csv(tmp_path: Path) -> Csv:
    return Csv(tmp_path)


def fault_of(report: ImportReport) -> RowFault:
    (row,) = report.refused
    (problem,) = row.problems
    return problem.fault


def test_new_changed_and_unchanged_are_told_apart(desk: Desk, csv: Csv) -> None:
    path = csv("id,name,price,gtin,code", "KETTLE,Kettle,49.00,,", "MUG,Mug,9.50,9520000010126,M1|M2")
    report = take(desk, path)
    assert (report.new, report.changed, report.unchanged, report.refused_rows) == (1, 1, 0, 0)
    assert report.written
    assert [change.after.unit_price_minor for change in report.changes] == [4900]
    assert find(desk, "M2") == find(desk, "9520000010126")
    again = take(desk, path)
    assert (again.new, again.changed, again.unchanged, again.written) == (0, 0, 2, False)


def test_what_a_file_says_nothing_of_stays(desk: Desk, csv: Csv) -> None:
    take(desk, csv("name,price,gtin,icon", "Kettle 1 L,44.00,09520000030018,"), tax="")
    assert find(desk, "K1") == replace(KETTLE, name="Kettle 1 L", unit_price_minor=4400)


def test_names_in_other_languages_come_by_their_columns_and_stay_where_a_cell_is_empty(desk: Desk, csv: Csv) -> None:
    take(desk, csv("name,price,gtin,czech name,name_sv", "Kettle,49.00,09520000030018,Konvice,Vattenkokare"), tax="")
    assert find(desk, "K1").names == (("cs", "Konvice"), ("sv", "Vattenkokare"))
    take(desk, csv("name,price,gtin,name cs,svenskt namn", "Kettle,49.00,09520000030018,Rychlovarná konvice,"), tax="")
    assert find(desk, "K1").names == (("cs", "Rychlovarná konvice"), ("sv", "Vattenkokare"))
    report = take(desk, csv("name,price,gtin,name_cs", f"Kettle,49.00,09520000030018,{'x' * 301}"), tax="")
    assert fault_of(report) is RowFault.NAME_TOO_LONG


def test_codes_are_added_and_none_is_taken_away(desk: Desk, csv: Csv) -> None:
    take(desk, csv("name,price,code", "Kettle,45.00,K1|K2"))
    assert find(desk, "K2").codes == ("09520000030018", "K1", "K2")


def test_an_item_without_an_id_goes_by_its_codes(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,gtin", "Kettle,45.00,9520000030018", "Mug,9.50,9520000010126"), tax="")
    assert report.problem is not None  # two taxes in the shop, and the mug is new
    assert report.problem.fault is FileFault.TAX_NEEDED
    report = take(desk, csv("name,price,gtin", "Kettle,45.00,9520000030018", "Mug,9.50,9520000010126"))
    assert (report.new, report.unchanged) == (1, 1)
    assert find(desk, "9520000010126").id == "09520000010126"


def test_one_bad_row_keeps_all_rows_out(desk: Desk, csv: Csv) -> None:
    path = csv("name,price,code", "Mug,9.50,M1", "Vase,,V1")
    report = take(desk, path)
    assert (report.new, report.refused_rows, report.written, report.good) == (1, 1, False, False)
    assert count(desk) == 1
    assert fault_of(report) is RowFault.PRICE_MISSING
    assert (report.refused[0].line, report.refused[0].code) == (3, "V1")
    report = take(desk, path, take_good=True)
    assert (report.new, report.refused_rows, report.written, report.good) == (1, 1, True, True)
    assert count(desk) == 2


def test_a_trial_writes_nothing(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code", "Mug,9.50,M1"), dry_run=True)
    assert (report.new, report.written, report.good) == (1, False, True)
    assert count(desk) == 1


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["MUG,Mug,9.50,M1", "CUP,Cup,8.50,M1"], RowFault.CODE_TWICE),
        (["MUG,Mug,9.50,M1", "MUG,Mug,8.50,M2"], RowFault.ITEM_TWICE),
        (["MUG,Mug,9.50,K1"], RowFault.CODE_TAKEN),
        ([",Mug,9.50,KETTLE"], RowFault.ID_TAKEN),
        (["KETTLE,Kettle,45.00,", ",Kettle,45.00,K1"], RowFault.ITEM_TWICE),
    ],
)
def test_a_code_names_one_item(desk: Desk, csv: Csv, lines: list[str], fault: RowFault) -> None:
    report = take(desk, csv("id,name,price,code", *lines))
    assert fault_of(report) is fault
    assert not report.written


def test_codes_of_two_items_do_not_make_one(desk: Desk, csv: Csv) -> None:
    take(desk, csv("id,name,price,code", "MUG,Mug,9.50,M1"))
    assert fault_of(take(desk, csv("name,price,code", "Set,50.00,M1|K1"))) is RowFault.CODE_TAKEN


def test_a_upc_and_the_same_number_as_an_ean_are_one_code(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,gtin", "Gum,0.50,012345678905", "Gum,0.50,0012345678905"))
    assert fault_of(report) is RowFault.CODE_TWICE


def test_a_code_of_a_refused_row_is_still_free(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code", "Mug,free,M1", "Mug,9.50,M1"), take_good=True)
    assert (report.new, report.refused_rows) == (1, 1)
    assert find(desk, "M1").unit_price_minor == 950


def test_the_only_tax_of_a_shop_goes_without_saying_and_is_said(desk: Desk, csv: Csv) -> None:
    one_tax = Desk(desk.shop, 1, desk.clock, replace(RULES, tax_rates=(TaxRate("vat", 210_000),)))
    report = take(one_tax, csv("name,price,code", "Mug,9.50,M1"), tax="")
    assert report.tax == ("vat",)
    assert find(desk, "M1").taxes == ("vat",)


def test_a_shop_without_taxes_takes_items_without_taxes(desk: Desk, csv: Csv) -> None:
    no_tax = Desk(desk.shop, 1, desk.clock, replace(RULES, tax_rates=()))
    assert take(no_tax, csv("name,price,code", "Mug,9.50,M1"), tax="").written
    assert find(desk, "M1").taxes == ()


def test_an_empty_tax_cell_is_refused_where_the_shop_has_several(desk: Desk, csv: Csv) -> None:
    report = take(desk, csv("name,price,code,tax", "Mug,9.50,M1,food", "Cup,8.50,C1,"), tax="")
    assert fault_of(report) is RowFault.TAX_MISSING


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"default_price": "cheap"}, FileFault.DEFAULT_PRICE_INVALID),
        ({"default_price": "0"}, FileFault.DEFAULT_PRICE_INVALID),
        ({"tax": "luxury"}, FileFault.DEFAULT_TAX_UNKNOWN),
        ({"unit": "furlong"}, FileFault.DEFAULT_UNIT_UNKNOWN),
        ({"department": "D" * 61}, FileFault.DEFAULT_DEPARTMENT_INVALID),
        ({"department": "\x07"}, FileFault.DEFAULT_DEPARTMENT_INVALID),
    ],
)
def test_what_was_typed_is_held_against_the_shop(
    desk: Desk, csv: Csv, options: dict[str, object], fault: FileFault
) -> None:
    report = take(desk, csv("name,price,code", "Mug,9.50,M1"), **options)  # type: ignore[arg-type]
    assert report.problem is not None
    assert report.problem.fault is fault
    assert not report.good


def test_defaults_fill_what_a_file_leaves_out(desk: Desk, csv: Csv) -> None:
    take(desk, csv("name,plu", "Bananas,4011"), tax="food", default_price="0.69", unit="lb", department="Produce")
    assert find(desk, "4011") == Item("4011", "Bananas", 69, ("food",), Unit.LB, "Produce", ("4011",))


def test_the_journal_says_what_came_in_and_by_whom(desk: Desk, csv: Csv) -> None:
    path = csv("name,price,code", "Mug,9.50,M1", "Vase,,V1")
    desk.operator = MANAGER
    report = import_items(desk, path, ImportOptions(tax="standard", take_good=True))
    assert isinstance(report, ImportReport)
    with desk.shop.books.reading() as work:
        entry, _ = list(work.journal.entries(1))[-1]
    assert (entry.kind, entry.operator) == (EntryKind.ITEMS_IMPORTED, "201")
    assert json.loads(entry.payload) == {
        "file": "items.csv",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }
    folder = desk.shop.folder
    desk.shop.close()
    assert verify_shop(folder).sound


def test_the_command_line_needs_nobody_signed_on_and_the_journal_says_so(desk: Desk, csv: Csv) -> None:
    assert take(desk, csv("name,price,code", "Mug,9.50,M1")).written
    with desk.shop.books.reading() as work:
        entry, _ = list(work.journal.entries(1))[-1]
    assert entry.operator is None


def test_a_window_needs_somebody_who_may_manage_items(desk: Desk, csv: Csv) -> None:
    path = csv("name,price,code", "Mug,9.50,M1")
    for operator, code in ((None, Code.NOT_SIGNED_ON), (CASHIER, Code.NOT_PERMITTED)):
        desk.operator = operator
        assert import_items(desk, path, ImportOptions(tax="standard")) == Refused(code)
    assert count(desk) == 1


@pytest.mark.parametrize("stage", Stage)
def test_an_import_can_be_stopped_at_any_stage(desk: Desk, csv: Csv, stage: Stage) -> None:
    path = csv("name,price,code", *(f"Mug {n},9.50,M{n}" for n in range(2500)))
    seen: list[tuple[Stage, int]] = []

    report = import_items(
        desk,
        path,
        ImportOptions(tax="standard"),
        from_command_line=True,
        progress=lambda at, rows: seen.append((at, rows)),
        cancelled=lambda: any(at is Stage.READING and rows == 2500 for at, rows in seen) or stage is Stage.READING,
    )
    assert isinstance(report, ImportReport)
    assert report.cancelled
    assert not report.good
    assert count(desk) == 1
    assert seen == ([] if stage is Stage.READING else [(Stage.READING, n) for n in (1000, 2000, 2500)])


def test_rows_past_the_limit_refuse_the_file(desk: Desk, csv: Csv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_import, "ROWS_MAX", 2)
    report = take(desk, csv("name,price,code", "A,1.00,A", "B,1.00,B", "C,1.00,C"))
    assert report.problem is not None
    assert report.problem.fault is FileFault.TOO_MANY_ROWS


def test_the_invented_file_has_the_troubles_of_a_real_one(desk: Desk) -> None:
    kept_out = take(desk, INVENTED, tax="food")
    assert (kept_out.rows, kept_out.new, kept_out.refused_rows, kept_out.written) == (200, 169, 31, False)
    assert count(desk) == 1
    report = take(desk, INVENTED, tax="food", take_good=True)
    assert (report.new, report.refused_rows, report.written) == (169, 31, True)
    assert dict(report.reasons) == {
        RowFault.PRICE_TOO_FINE: 1,
        RowFault.PRICE_ZERO: 1,
        RowFault.PRICE_NEGATIVE: 1,
        RowFault.PRICE_MISSING: 1,
        RowFault.PRICE_UNREADABLE: 4,
        RowFault.PRICE_TOO_LARGE: 1,
        RowFault.NAME_MISSING: 2,
        RowFault.NAME_TOO_LONG: 1,
        RowFault.CODE_MISSING: 1,
        RowFault.CODE_TOO_LONG: 1,
        RowFault.CODE_ZEROS: 1,
        RowFault.CODE_TWICE: 2,
        RowFault.GTIN_CHECK_DIGIT: 1,
        RowFault.GTIN_LENGTH: 2,
        RowFault.GTIN_NOT_DIGITS: 1,
        RowFault.GTIN_IS_UPC_E: 1,
        RowFault.TAX_UNKNOWN: 1,
        RowFault.UNIT_UNKNOWN: 1,
        RowFault.DEPARTMENT_TOO_LONG: 1,
        RowFault.CONTROL_CHARACTER: 2,
        RowFault.NOT_UTF_8: 1,
        RowFault.ROW_WIDTH: 2,
        RowFault.ROW_TORN: 2,
    }
    assert find(desk, "15056BL").unit_price_minor == 595
    assert find(desk, "15056bl").unit_price_minor == 495
    assert find(desk, "T101") == find(desk, "T100")
    assert find(desk, "T105").name == "A NAME OVER TWO LINES"
    assert find(desk, "T107").taxes == ("food",)
    assert find(desk, "00123").codes == ("00123",)


def test_a_packed_file_is_the_same_file(desk: Desk, tmp_path: Path) -> None:
    packed = tmp_path / "items.csv.gz"
    packed.write_bytes(gzip.compress(INVENTED.read_bytes()))
    assert take(desk, packed, take_good=True).new == 169


def meanwhile(monkeypatch: pytest.MonkeyPatch, *others: Callable[[], object]) -> None:
    """Let something happen once the rows are held against the catalogue, and before they are written."""
    plan, left = item_plan.plan_items, list(others)

    def planned(*known: Any) -> Plan:
        made = plan(*known)
        if left:
            left.pop(0)()
        return made

    monkeypatch.setattr(item_import, "plan_items", planned)


def test_tills_go_on_while_the_rows_are_held_against_the_catalogue(
    desk: Desk, csv: Csv, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 60,000 rows that takes seconds: the books are locked only while they are written."""
    written = []

    def a_till_writes() -> None:
        with desk.shop.books.writing() as work:
            record(work, desk, Fact(EntryKind.NO_SALE, desk.now(), CASHIER.id))
            work.commit()
            written.append(True)

    meanwhile(monkeypatch, a_till_writes)
    assert take(desk, csv("name,price,code", "Mug,9.50,M1")).written
    assert written
    assert len(item_import_entries(desk)) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_catalogue_that_changed_before_the_rows_are_written_is_held_against_anew(
    desk: Desk, csv: Csv, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    others = csv("id,name,price,code", "CUP,Cup,3.00,M1", "KETTLE,Kettle,39.00,", name="others.csv")
    meanwhile(monkeypatch, lambda: take(desk, others))
    report = take(desk, csv("id,name,price,code", "MUG,Mug,9.50,M1", "KETTLE,Kettle,49.00,"), take_good=not whole)
    assert fault_of(report) is RowFault.CODE_TAKEN
    assert (report.new, report.changed, report.written) == (0, 1, not whole)
    assert [change.before.unit_price_minor for change in report.changes] == [3_900]
    assert find(desk, "K1").unit_price_minor == (3_900 if whole else 4_900)
    assert find(desk, "M1").id == "CUP"


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: Catalogue(desk).add_code("KETTLE", "M1"),
        lambda desk: Catalogue(desk).edit_item(replace(KETTLE, name="Pot")),
        lambda desk: Catalogue(desk).set_price("KETTLE", 3_900),
        lambda desk: Catalogue(desk).new_item(replace(KETTLE, id="CUP", codes=("M1",))),
    ],
)
def test_whatever_changes_the_catalogue_is_seen(desk: Desk, change: Callable[[Desk], object]) -> None:
    with desk.shop.books.reading() as work:
        heads = work.journal.heads()
    desk.operator = MANAGER
    assert not isinstance(change(desk), Refused)
    with desk.shop.books.reading() as work:
        assert work.journal.has_since(heads, item_import.CATALOGUE_ENTRIES)
        assert not work.journal.has_since(work.journal.heads(), item_import.CATALOGUE_ENTRIES)


def item_import_entries(desk: Desk) -> tuple[JournalEntry, ...]:
    with desk.shop.books.reading() as work:
        return work.journal.of_kind(EntryKind.ITEMS_IMPORTED)
