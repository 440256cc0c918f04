"""For each check of the books a fault is planted behind the program's back, and exactly that check speaks."""

# ruff: noqa: S608 - the tables are those of pos/persistence/tables.py
from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.customer import Customer
from pos.domain.finding import Finding
from pos.domain.item import Item, QuantityPrice
from pos.domain.journal import entry_mac
from pos.domain.rights import Role, ShopRole
from pos.domain.signature import Signer
from pos.domain.staff import Operator
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.audit import QUESTIONS
from pos.persistence.every_table import metadata
from pos.persistence.facts import FACTS
from pos.persistence.shop_folder import ANCHORS, DATABASE, KEYS, open_shop
from pos.services.copies import Copies
from pos.services.customers import found_customers
from pos.services.signatures import keep_signature
from pos.services.stock import StockLine
from pos.services.verify import VerifyReport, verify_books, verify_shop
from tests.corner_shop import (
    CASHIER,
    MANAGER,
    OPENED,
    OWNER,
    approve_by_another,
    charge_for_the_books,
    contents,
    end_till,
    give_instead,
    new_shop,
    open_up,
    put_right,
    reduce_by_hand,
    sell,
    sell_for_the_books,
    show_coupon,
    suggest,
    take_back,
    take_check,
)
from tests.domain.test_signature import DRAWN
from tests.taken_over import take_over_for_the_books

SALE = "(SELECT id FROM retail_transaction WHERE workstation = 1 AND number = 2)"
ENTRY = f"(SELECT sequence FROM journal_entry WHERE workstation = 1 AND subject = {SALE})"
# The debit card of the books: paid with cash-back.
PAID = "(SELECT id FROM payment_attempt WHERE kind = 'debit')"
HERE = f"workstation = 1 AND sequence = {ENTRY}"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four sales at workstation 1, one at 2 and one at 3, whose till was counted and closed."""
    folder = new_shop(tmp_path_factory.mktemp("honest") / "shop")
    lanes = [open_up(folder, number=number, terminal="simulated") for number in (1, 2, 3)]
    sell(lanes[0])
    sell(lanes[0], "BREAD", "09520000000011", "1234e567", "1234e567")
    lanes[0].desk.operator = MANAGER
    lanes[0].catalogue.set_price("1", 4_300, quantity_prices=(QuantityPrice(6_000, 4_000),))
    lanes[0].catalogue.new_item(Item("CRATE", "Crate", 100, (), codes=("CRATE",), container=True))
    lanes[0].stock.receive([StockLine("1", 5_000)])
    lanes[0].desk.operator = CASHIER
    sell(lanes[1])
    lanes[0].sale.scan("BREAD")
    lanes[0].sale.set_note(None, "Collected tomorrow")
    reduce_by_hand(lanes[0])
    suggest(lanes[0])
    approve_by_another(lanes[0])
    show_coupon(lanes[0])
    done = sell(lanes[0], "BREAD", "4135", "CRATE")
    sell_for_the_books(lanes[0])
    take_over_for_the_books(lanes[0])
    charge_for_the_books(lanes[0])
    give_instead(lanes[0])
    Copies(lanes[0].desk, prints=True).gift_receipt(done.transaction.id)
    with lanes[0].desk.shop.books.writing() as work:
        found_customers(work, lanes[0].desk, [Customer("C1", "Ann", points=5)])
        head = work.journal.head(1)
        work.commit()
    lanes[0].desk.shop.anchor(head)
    lanes[0].desk.operator = OWNER
    lanes[0].roles.set_role(ShopRole("lead", Role.CASHIER, "Lead cashier"))
    lanes[2].desk.operator = CASHIER
    sell(lanes[2])
    put_right(lanes[2])
    keep_signature(lanes[2].desk, take_back(lanes[2]).id, Signer.CUSTOMER, DRAWN)
    take_check(lanes[2])
    end_till(lanes[2])
    for lane in lanes:
        lane.close()
    return folder


def tamper(folder: Path, *statements: str, guards: bool = True) -> None:
    """Change the books with a database tool: take the triggers away, edit, and put them back as they were."""
    connection = sqlite.connect(folder / DATABASE, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    for name, sql in triggers:
        if guards or "_no_" not in name:
            connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


def findings(report: VerifyReport) -> set[Finding]:
    return {violation.finding for violation in report.violations}


@dataclass(frozen=True)
class Fault:
    """What is done to the books; `also` are checks that cannot help but speak too."""

    statements: tuple[str, ...]
    also: frozenset[Finding] = frozenset({Finding.ENTRY_CHANGED})
    first: str | None = None


def fault(*statements: str, also: tuple[Finding, ...] = (Finding.ENTRY_CHANGED,), first: str | None = None) -> Fault:
    return Fault(statements, frozenset(also), first)


E, P = Finding.ENTRY_CHANGED, Finding.POSTINGS_CHANGED
FAULTS: dict[Finding, Fault] = {
    Finding.STOCK_SALE: fault(f"UPDATE stock_movement SET quantity = quantity - 1 WHERE {HERE}",
                              also=(Finding.STOCK_SUM,)),
    Finding.RETURN_ENTRY: fault("UPDATE customer_return SET reason = 'test'", also=()),
    Finding.RETURN_GAP: fault("UPDATE customer_return SET number = 9", also=(Finding.RETURN_ENTRY,)),
    Finding.RETURN_GOODS: fault("UPDATE return_line SET disposition = 'shelf' WHERE place = 0",
                                also=(Finding.RETURN_ENTRY,)),
    Finding.RETURN_APPROVAL: fault("UPDATE customer_return SET approval = (SELECT MIN(request) FROM approval), "
                                   "approver = '101'", also=(Finding.RETURN_ENTRY,)),
    Finding.RETURN_SIGNATURE: fault("UPDATE return_signature SET strokes = '0,0 500,200'", also=()),
    Finding.RETURN_OVER: fault("UPDATE return_line SET quantity = 3000 WHERE place = 0",
                               also=(Finding.RETURN_ENTRY, Finding.RETURN_GOODS)),
    Finding.REFUND_INSTEAD: fault("UPDATE refund_instead SET card = ''", also=()),
    Finding.REFUND_BOTH: fault("UPDATE payment_outcome SET state = 'approved' WHERE attempt = "
                               "(SELECT attempt FROM refund_instead)", also=(P, Finding.CARD_ENTRY)),
    Finding.RETURN_TENDER: fault("UPDATE refund_tender SET amount = 10000000",
                                 also=(Finding.RETURN_ENTRY, Finding.RETURN_OVER, Finding.REPORT_FIGURES, P,
                                       Finding.REFUND_INSTEAD)),
    Finding.POLICY_ENTRY: fault("UPDATE return_policy_version SET starts = '2020-01-01'", also=()),
    Finding.POLICY_CASE: fault("UPDATE policy_case SET name = 'early' WHERE number = 1", also=()),
    Finding.AFTER_SALE_ENTRY: fault("UPDATE post_void SET reason = 'test'", also=()),
    Finding.POST_VOID_GAP: fault("UPDATE post_void SET number = 9", also=(Finding.AFTER_SALE_ENTRY,)),
    Finding.POST_VOID_UNDONE: fault("UPDATE stock_movement SET quantity = quantity + 1 WHERE kind = 'post_void'",
                                    also=(Finding.STOCK_ENTRY, Finding.STOCK_SUM)),
    Finding.TENDER_CORRECTION: fault("UPDATE tender_correction SET was_kind = 'check'",
                                     also=(P, Finding.AFTER_SALE_ENTRY, Finding.REPORT_FIGURES)),
    Finding.STOCK_SUM: fault("UPDATE stock SET on_hand = on_hand + 1", also=()),
    Finding.STOCK_ENTRY: fault("UPDATE stock_movement SET quantity = 9 WHERE kind = 'receiving'",
                               also=(Finding.STOCK_SUM,)),
    Finding.POINTS_ENTRY: fault("UPDATE points_move SET points = 6", "UPDATE customer SET points = 6", also=()),
    Finding.POINTS_SUM: fault("UPDATE customer SET points = 6", also=()),
    Finding.PRICE_HELD: fault("UPDATE item SET unit_price = 1 WHERE id = '1'", also=()),
    Finding.PRICE_ENTRY: fault("UPDATE item_price SET price = 1 WHERE position = 1", also=()),
    Finding.DAMAGE: fault("UPDATE sale_line SET operator = 'nobody' WHERE line = 1"),
    Finding.VALUE_UNREADABLE: fault(f"UPDATE journal_entry SET at = 'noon' WHERE {HERE}", also=()),
    Finding.MONEY_LOST: fault(f"UPDATE tender_line SET amount = amount + 100 WHERE transaction_id = {SALE}",
                              also=(E, P, Finding.CASH_MOVEMENT)),
    Finding.POSTINGS_UNBALANCED: fault(f"UPDATE ledger_entry SET amount = amount + 1 WHERE leg = 1 AND {HERE}",
                                       also=(E, P, Finding.TILL_BOOKED)),
    Finding.POSTINGS_CHANGED: fault(f"UPDATE ledger_entry SET account = 'cash_office' WHERE leg = 1 AND {HERE}",
                                    also=(E, Finding.TILL_BOOKED)),
    Finding.CHANGE_UNCOVERED: fault(
        f"UPDATE retail_transaction SET change = 900000 WHERE id = {SALE}",
        f"UPDATE tender_line SET amount = 900000 + (SELECT paid FROM retail_transaction WHERE id = {SALE}),"
        f" kind = 'card' WHERE transaction_id = {SALE}",
        also=(Finding.VALUE_UNREADABLE, Finding.CASH_MOVEMENT),
    ),
    Finding.LINE_TAX: fault(f"UPDATE sale_line_tax SET amount = amount + 1 WHERE transaction_id = {SALE} AND line = 1",
                            also=(E, P, Finding.TAX_RECOMPUTED)),
    Finding.TAX_RECOMPUTED: fault(
        f"UPDATE sale_line SET extended = extended + 50, discount = 50 WHERE transaction_id = {SALE} AND line = 1",
        f"UPDATE sale_line SET extended = extended - 50, discount = -50 WHERE transaction_id = {SALE} AND line = 2",
        f"UPDATE sale_line_tax SET rate_millionths = 110000 WHERE transaction_id = {SALE} AND line = 1",
        also=(E, Finding.LINE_DISCOUNT),
    ),
    Finding.LINE_DISCOUNT: fault("UPDATE sale_line_discount SET amount = amount + 1 WHERE position = 1"),
    Finding.TAX_DOCUMENT: fault("UPDATE tax_document SET address = 'Elsewhere'", also=()),
    Finding.NUMBER_GAP: fault(f"UPDATE retail_transaction SET number = 9 WHERE id = {SALE}"),
    Finding.WRONG_DAY: fault(f"UPDATE retail_transaction SET business_day = '2026-11-20' WHERE id = {SALE}"),
    Finding.CASH_MOVEMENT: fault(f"UPDATE till_movement SET amount = amount - 1 WHERE {HERE}",
                                 also=(E, Finding.TILL_BOOKED)),
    Finding.SALE_ENTRY: fault(f"UPDATE journal_entry SET kind = 'SaleVoided' WHERE {HERE}", also=(E, P)),
    Finding.TILL_ENTRY: fault("INSERT INTO till_session SELECT 'x', workstation, business_day, opened_at, opened_by,"
                              ' currency, "float" FROM till_session LIMIT 1', also=(Finding.TILL_CASH,)),
    Finding.TILL_ROWS: fault("UPDATE till_count SET counted_by = '201'", also=()),
    Finding.TILL_CASH: fault("UPDATE till_close SET expected = expected - 1, counted = counted - 1,"
                             " deposit = deposit - 1", also=(E, P, Finding.TILL_ROWS, Finding.REPORT_FIGURES)),
    Finding.TILL_BOOKED: fault("UPDATE till_movement SET amount = amount + 1 WHERE kind = 'loan'",
                               also=(E, P, Finding.TILL_CASH, Finding.REPORT_FIGURES)),
    Finding.TILL_SPAN: fault("UPDATE till_close SET sequence = 2",
                             also=(Finding.TILL_ROWS, Finding.POST_VOID_UNDONE, Finding.TENDER_CORRECTION)),
    Finding.REPORT_GAP: fault("UPDATE till_report SET number = 9 WHERE kind = 'z'",
                              also=(Finding.TILL_ROWS, Finding.REPORT_FIGURES)),
    Finding.REPORT_FIGURES: fault("UPDATE till_report SET body = json_set(body, '$.goods', 99)", also=()),
    Finding.GIFT_RECEIPT: fault("UPDATE gift_receipt SET token = 'AAAAAAAAAAAAAAAA'", also=()),
    Finding.PAPER: fault(f"DELETE FROM paper_job WHERE transaction_id = {SALE}", also=()),
    Finding.SEARCH: fault("UPDATE item SET name = 'Rye bread' WHERE id = '1'", also=()),
    Finding.PIN_HASH: fault("UPDATE staff SET pin_hash = '101101' WHERE id = '101'",
                            also=(Finding.STAFF_CHANGED,)),
    Finding.JOURNAL_GAP: fault("DELETE FROM journal_entry WHERE workstation = 1 AND sequence = 3",
                               also=(E, Finding.STAFF_CHANGED)),
    Finding.ENTRY_CHANGED: fault(
        f"UPDATE retail_transaction SET token = 'X' WHERE id = {SALE}", also=(), first="1/8"),
    Finding.ANCHOR: fault(
        "UPDATE journal_entry SET mac = substr(mac, 2) || substr(mac, 1, 1) WHERE workstation = 2 AND sequence = 2"),
    Finding.RULES_CHANGED: fault("UPDATE shop_rules SET body = replace(body, '120000', '100000')", also=()),
    Finding.ROLES_CHANGED: fault("UPDATE role_rules SET body = replace(body, 'cashier', 'manager')", also=()),
    Finding.STAFF_CHANGED: fault("UPDATE staff SET role = 'owner' WHERE id = '101'", also=()),
    Finding.SUGGESTION: fault("UPDATE suggestion_made SET outcome = 'accepted'", also=()),
    Finding.PROMOTION_ENTRY: fault("UPDATE promotion_version SET body = replace(body, '10', '50')", also=()),
    Finding.COUPON_ENTRY: fault("UPDATE coupon_use SET code = 'AUTUMN'", also=()),
    Finding.CARD_TWICE: fault(
        f"UPDATE payment_attempt SET of_attempt = {PAID} WHERE reason = 'given_back'",
        also=(Finding.CARD_ENTRY, Finding.CARD_LOST)),
    Finding.CARD_ANSWER: fault(
        f"UPDATE payment_outcome SET cash_back = cash_back - 1 WHERE attempt = {PAID}", also=(Finding.CARD_ENTRY,)),
    Finding.CARD_LOST: fault("UPDATE payment_attempt SET queued = 0", also=(Finding.CARD_ENTRY, E, P)),
    Finding.CARD_OPEN: fault("INSERT INTO card_open SELECT id FROM payment_attempt LIMIT 1", also=()),
    Finding.CARD_BACK: fault(
        "UPDATE payment_outcome SET amount = amount + 1 WHERE attempt IN"
        " (SELECT id FROM payment_attempt WHERE purpose = 'reverse')", also=(Finding.CARD_ENTRY,)),
    Finding.CASH_BACK: fault(
        "UPDATE till_movement SET kind = 'sale' WHERE kind = 'cash_back'", also=(E, Finding.CASH_MOVEMENT)),
    Finding.CARD_NUMBER: fault("UPDATE sale_note SET note = '4111 1111 1111 1111'"),
    Finding.CARD_ENTRY: fault("UPDATE payment_outcome SET detail = 'approved'", also=()),
    Finding.GIFT_CARD_ENTRY: fault("UPDATE gift_card SET last_four = '9999'", also=()),
    Finding.GIFT_CARD_BALANCE: fault("UPDATE gift_card_balance SET balance = balance + 1", also=()),
    Finding.GIFT_CARD_LIABILITY: fault(
        "UPDATE ledger_entry SET account = 'store_credit_liability' WHERE account = 'gift_card_liability'",
        also=(E, P)),
    Finding.GIFT_CARD_HELD: fault(
        "UPDATE tender_detail SET account = 'x' WHERE account <> ''"),
    Finding.GIFT_CARD_RULE: fault("DELETE FROM sale_line_stored", also=(E, P, Finding.STOCK_SALE)),
    Finding.CHECK_DETAIL: fault("DELETE FROM tender_check", also=(E, Finding.RETURNED_CHECK, Finding.DAMAGE, P)),
    Finding.CHECK_DEPOSIT: fault("UPDATE check_deposit SET amount = amount + 1", also=(P,)),
    Finding.RETURNED_CHECK: fault("UPDATE returned_check SET customer = 'C1'", also=()),
    Finding.TAKEN_OVER: fault("UPDATE taken_over_line SET net = net + 1, total = total + 1 WHERE line = 1", also=()),
    Finding.APPROVAL_ENTRY: fault("UPDATE approval SET reason = 'friend'", also=()),
    Finding.APPROVAL_RULE: fault("UPDATE approval SET approver = '101'",
                                 also=(Finding.APPROVAL_ENTRY, Finding.POST_VOID_UNDONE, Finding.RETURN_APPROVAL)),
}  # fmt: skip
# Planted by other means, in tests of their own below; the logo's in test_shop_logo.
ELSEWHERE = {Finding.ANCHOR_GONE, Finding.UNGUARDED, Finding.FILE_OPEN_TO_OTHERS, Finding.LOGO_CHANGED}


def test_untouched_books_hold(honest: Path) -> None:
    before = {path: sha256(path.read_bytes()).hexdigest() for path in honest.rglob("*") if path.is_file()}
    report = verify_shop(honest)
    assert report.violations == ()
    assert report.sound
    assert report.first_broken is None
    assert report.transactions == 13
    assert sum(report.balances.values()) == 0
    for path, digest in before.items():
        assert sha256(path.read_bytes()).hexdigest() == digest, "verify writes nothing"


def test_every_check_has_its_fault() -> None:
    assert FAULTS.keys() | ELSEWHERE == set(Finding)
    assert {question.finding for question in QUESTIONS} <= FAULTS.keys()


@pytest.mark.parametrize("finding", FAULTS)
def test_each_check_finds_its_fault_and_nothing_else_is_blamed(tmp_path: Path, honest: Path, finding: Finding) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    planted = FAULTS[finding]
    tamper(folder, *planted.statements)
    report = verify_shop(folder)
    assert finding in findings(report)
    assert findings(report) <= {finding} | planted.also
    if planted.first is not None:
        assert report.first_broken == planted.first
    assert report.first_broken is None or report.first_broken[:2] in {"1/", "2/", "3/"}


def test_each_missing_guard_is_named(tmp_path: Path, honest: Path) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    tamper(folder, "UPDATE item SET unit_price = unit_price", guards=False)
    report = verify_shop(folder)
    assert findings(report) == {Finding.UNGUARDED}
    assert len(report.violations) == 2 * len(FACTS)


REWRITE = "UPDATE sqlite_master SET sql = replace(sql, '{}', '') WHERE name = '{}'"
SCHEMES = {
    "a check taken out": REWRITE.format("CHECK (amount >= 0)", "tender_line"),
    "a table of another kind": REWRITE.format("STRICT", "sale_line"),
    "a trigger beside the guards": "CREATE TRIGGER skim AFTER INSERT ON tender_line BEGIN DELETE FROM basket; END",
    "an index taken out": "DROP INDEX journal_entry_subject",
    "a table beside the others": "CREATE TABLE secret (n INTEGER)",
    "a view": "CREATE VIEW secret AS SELECT 1",
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_schema_that_was_tampered_with_is_named(tmp_path: Path, honest: Path, scheme: str) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    connection = sqlite.connect(folder / DATABASE, isolation_level=None)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(SCHEMES[scheme])
    connection.close()
    assert findings(verify_shop(folder)) == {Finding.DAMAGE}


@pytest.mark.parametrize("name", [DATABASE, KEYS, ANCHORS, f"{ANCHORS}/01.log", "."])
def test_a_file_others_may_read_is_named(tmp_path: Path, honest: Path, name: str) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    (folder / name).chmod(0o755 if (folder / name).is_dir() else 0o640)
    report = verify_shop(folder)
    assert findings(report) == {Finding.FILE_OPEN_TO_OTHERS}
    # What SQLite makes beside the database has the database's rights.
    assert all(found.where.startswith(str(folder / name)) for found in report.violations)


def other_value(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    told = json.loads(value) if isinstance(value, str) and value.startswith("{") else {}
    for name in (name for name, said in told.items() if isinstance(said, str)):
        # An index reads what stands in there: what is no JSON at all the database itself refuses.
        return json.dumps(told | {name: f"{told[name]}x"})
    return None if value is None else f"{value}x"


COLUMNS = [(table.name, column.name) for table in FACTS for column in table.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column}" for table, column in COLUMNS])
def test_no_column_of_a_fact_changes_unnoticed(tmp_path: Path, honest: Path, table: str, column: str) -> None:
    """One value of one row, whatever it means: verify speaks."""
    folder = shutil.copytree(honest, tmp_path / "shop")
    rows = contents(folder, table)[table]
    columns = [part.name for part in metadata.tables[table].columns]
    value = rows[-1][columns.index(column)]
    new = other_value(value) if value is not None else "x"
    keys = [key.name for key in metadata.tables[table].primary_key]
    where = " AND ".join(f'"{key}" = {rows[-1][columns.index(key)]!r}' for key in keys)
    tamper(folder, f'UPDATE "{table}" SET "{column}" = {new!r} WHERE {where}')
    try:
        assert not verify_shop(folder).sound
    except KnownError as error:
        assert error.trouble in {Trouble.KEYS_WRONG, Trouble.BOOKS_DAMAGED}  # noqa: PT017 - either way it is noticed


@pytest.mark.parametrize("few", [True, pytest.param(False, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
@pytest.mark.parametrize("table", [table.name for table in FACTS])
def test_no_row_of_a_fact_disappears_or_comes_unnoticed(tmp_path: Path, honest: Path, table: str, few: bool) -> None:
    """Every row; or, where that takes too long, the first, the last and two between."""
    last = len(contents(honest, table)[table]) - 1
    for number in {round(last * third / 3) for third in range(4)} if few else range(last + 1):
        folder = shutil.copytree(honest, tmp_path / f"shop{number}")
        tamper(folder, f'DELETE FROM "{table}" WHERE rowid = (SELECT rowid FROM "{table}" LIMIT 1 OFFSET {number})')
        try:
            assert not verify_shop(folder).sound, number
        except KnownError as error:
            assert (table, error.trouble) == ("shop", Trouble.BOOKS_DAMAGED)  # noqa: PT017
        shutil.rmtree(folder)


def test_rules_put_in_beside_the_journal(tmp_path: Path, honest: Path) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    tamper(folder, "INSERT INTO shop_rules SELECT 2, starts_at, body, changed_by FROM shop_rules")
    assert findings(verify_shop(folder)) == {Finding.RULES_CHANGED}


def test_a_person_put_in_beside_the_journal(tmp_path: Path, honest: Path) -> None:
    folder = shutil.copytree(honest, tmp_path / "shop")
    tamper(folder, "INSERT INTO staff SELECT '666', name, 'owner', language, pin_hash, 1, 0, NULL FROM staff LIMIT 1")
    assert findings(verify_shop(folder)) == {Finding.STAFF_CHANGED}


@pytest.mark.parametrize("whose", [MANAGER, OWNER], ids=["instead of their own", "who has none"])
def test_a_badge_that_opens_the_till_for_somebody_else_shows(tmp_path: Path, whose: Operator) -> None:
    """With a database tool a cashier's own badge could open the till as the owner."""
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder, operator=OWNER)
    workstation.people.give_badge(CASHIER.id, "KB-7F3Q-2M8X")
    workstation.people.give_badge(MANAGER.id, "KB-2Q8D-XX41")
    assert verify_books(workstation.desk.shop).sound
    workstation.close()
    tamper(
        folder,
        f"DELETE FROM staff_badge WHERE staff = '{MANAGER.id}'",
        f"UPDATE staff_badge SET staff = '{whose.id}' WHERE staff = '{CASHIER.id}'",
    )
    report = verify_shop(folder)
    assert findings(report) == {Finding.STAFF_CHANGED}
    assert whose.id in {found.where for found in report.violations}


def test_the_pin_of_last_year_put_back_shows(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    (old,) = (row[4] for row in contents(folder)["staff"] if row[0] == MANAGER.id)
    workstation = open_up(folder, operator=OWNER)
    workstation.people.new_pin(MANAGER.id, "804712")
    assert verify_books(workstation.desk.shop).sound
    workstation.close()
    tamper(folder, f"UPDATE staff SET pin_hash = '{old}' WHERE id = '{MANAGER.id}'")
    assert findings(verify_shop(folder)) == {Finding.STAFF_CHANGED}


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("shop", "INSERT INTO shop SELECT 2, shop_id, mode, created_at FROM shop"),
        ("item", "UPDATE item SET open_price = 7 WHERE id = '1'"),
        ("customer", "UPDATE customer SET account_limit = -1"),
    ],
)
def test_what_the_checks_of_the_database_refuse_shows(tmp_path: Path, honest: Path, table: str, statement: str) -> None:
    """SQLite's own integrity_check passes over them where the books are opened for reading only."""
    folder = shutil.copytree(honest, tmp_path / "shop")
    tamper(folder, statement)
    report = verify_shop(folder)
    assert findings(report) == {Finding.DAMAGE}
    assert [found.detail for found in report.violations] == [f"CHECK constraint failed in {table}"]


def test_a_cut_tail_shows_although_the_rest_holds(tmp_path: Path, honest: Path) -> None:
    """The last entry of workstation 2 with everything under it: the chain that is left is whole."""
    folder = shutil.copytree(honest, tmp_path / "shop")
    sale = "(SELECT id FROM retail_transaction WHERE workstation = 2)"
    last = "workstation = 2 AND sequence = (SELECT MAX(sequence) FROM journal_entry WHERE workstation = 2)"
    tamper(
        folder,
        f"DELETE FROM paper_job WHERE transaction_id = {sale}",
        f"DELETE FROM tender_line WHERE transaction_id = {sale}",
        f"DELETE FROM sale_line_tax WHERE transaction_id = {sale}",
        f"DELETE FROM sale_line_detail WHERE transaction_id = {sale}",
        f"DELETE FROM sale_line WHERE transaction_id = {sale}",
        "UPDATE stock SET on_hand = on_hand - (SELECT SUM(quantity) FROM stock_movement m "
        "WHERE m.item = stock.item AND workstation = 2) "
        "WHERE item IN (SELECT item FROM stock_movement WHERE workstation = 2)",
        f"DELETE FROM stock_movement WHERE {last}",
        f"DELETE FROM ledger_entry WHERE {last}",
        f"DELETE FROM till_movement WHERE {last}",
        "DELETE FROM retail_transaction WHERE workstation = 2",
        f"DELETE FROM journal_entry WHERE {last}",
    )
    report = verify_shop(folder)
    assert [(found.finding, found.where) for found in report.violations] == [(Finding.ANCHOR, "2/2")]
    assert report.first_broken == "2/2"
    with pytest.raises(KnownError) as met:
        open_shop(folder, OPENED)
    assert met.value.trouble is Trouble.BOOKS_BEHIND


@pytest.mark.parametrize("gone", [shutil.rmtree, lambda anchors: (anchors / "02.log").write_text("")])
def test_notes_of_how_far_the_books_reached_that_are_gone_show(
    tmp_path: Path, honest: Path, gone: Callable[[Path], object]
) -> None:
    """Who cuts the books short takes away first what would tell."""
    folder = shutil.copytree(honest, tmp_path / "shop")
    gone(folder / ANCHORS)
    report = verify_shop(folder)
    assert findings(report) == {Finding.ANCHOR_GONE}
    assert "2/2" in {found.where for found in report.violations}


def test_a_first_entry_that_nobody_had_time_to_note_is_no_fault(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    open_up(folder, number=4).close()
    (folder / ANCHORS / "04.log").unlink()
    assert verify_shop(folder).sound


def test_yesterday_s_file_shows(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    old = (folder / DATABASE).read_bytes()
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()
    (folder / DATABASE).write_bytes(old)
    assert findings(verify_shop(folder)) == {Finding.ANCHOR}


def test_a_whole_chain_made_anew_without_the_key_shows(tmp_path: Path, honest: Path) -> None:
    """All consistent, every MAC recomputed with a key of one's own, anchors rewritten: still every entry breaks."""
    folder = shutil.copytree(honest, tmp_path / "shop")
    statements = []
    previous = "0" * 64
    for row in contents(folder)["journal_entry"]:
        workstation, sequence = row[0], row[1]
        if sequence == 1:
            previous = "0" * 64
        previous = entry_mac(b"guessed", previous, repr(row).encode())
        where = f"workstation = {workstation} AND sequence = {sequence}"
        statements.append(f"UPDATE journal_entry SET mac = '{previous}' WHERE {where}")
        (folder / ANCHORS / f"{workstation:02d}.log").write_text(f"{sequence} {previous}\n")
    tamper(folder, *statements)
    report = verify_shop(folder)
    assert findings(report) == {Finding.ENTRY_CHANGED}
    assert len(report.violations) == len(statements)
    assert report.first_broken == "1/1"


REFUSALS = {Trouble.BOOKS_DAMAGED, Trouble.BOOKS_NEWER, Trouble.KEYS_WRONG, Trouble.DISK_FAULT}


@pytest.mark.parametrize("flips", [60, pytest.param(2_000, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
def test_no_flipped_bit_that_means_something_goes_unnoticed(tmp_path: Path, honest: Path, flips: int) -> None:
    """A bit anywhere in the file: either no row of any fact differs, or verify says so; and it never falls over."""
    rng = random.Random(20261121)
    facts = {table.name for table in FACTS}
    before = {table: rows for table, rows in contents(honest).items() if table in facts}
    original = (honest / DATABASE).read_bytes()
    noticed = harmless = 0
    for flip in range(flips):
        folder = shutil.copytree(honest, tmp_path / f"shop{flip}")
        place, bit = rng.randrange(len(original)), 1 << rng.randrange(8)
        (folder / DATABASE).write_bytes(original[:place] + bytes([original[place] ^ bit]) + original[place + 1 :])
        try:
            sound = verify_shop(folder).sound
        except KnownError as error:
            assert error.trouble in REFUSALS, place  # noqa: PT017 - the start says no before verify can
            sound = False
        if sound:
            after = contents(folder)
            assert {table: after[table] for table in facts} == before, f"byte {place} bit {bit}"
            harmless += 1
        else:
            noticed += 1
        shutil.rmtree(folder)
    print(f"{flips} bits: {noticed} noticed, {harmless} changed nothing")
    assert noticed


def test_the_bit_harness_sees_a_verify_that_looks_away(
    tmp_path: Path, honest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "verify_shop", lambda _folder: VerifyReport(0, 0, {}, (), None))
    with pytest.raises((AssertionError, sqlite.DatabaseError)):
        test_no_flipped_bit_that_means_something_goes_unnoticed(tmp_path, honest, 60)


def test_verify_reads_one_moment_while_the_shop_sells(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    for _ in range(5):
        sell(workstation)
        assert verify_shop(folder).sound
        assert verify_books(workstation.desk.shop).sound
    workstation.close()
