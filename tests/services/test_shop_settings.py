"""The shop's rules change in versions: journalled with before and after, and no sale is made under another one."""

from __future__ import annotations

import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.check import CheckRules, ChecksTaken
from pos.domain.finding import Finding
from pos.domain.measure_codes import CodeRule, MeasureOf, read_code_rule, write_code_rule
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.services.shop_settings import LINE_MAX, LINES_MAX, SETTINGS, Value, refusal_of, settings_of
from pos.services.verify import verify_books, verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, RULES, TRAINEE, contents, new_shop, open_up, sell
from tests.services.test_verify import findings, tamper


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    workstation.close()


def changed(till: Workstation, **values: Value) -> ShopRules:
    answer = till.shop_settings.change({name.replace("__", "."): value for name, value in values.items()})
    assert isinstance(answer, ShopRules), answer
    return answer


def test_a_change_is_a_new_version_with_before_and_after(till: Workstation) -> None:
    after = changed(till, name="Corner & Sons", receipt__header=("Náměstí 1", "Brno", ""))
    assert (after.version, after.name, after.receipt.header) == (2, "Corner & Sons", ("Náměstí 1", "Brno"))
    assert till.desk.rules == after
    (change,) = till.shop_settings.history()
    assert (change.version, change.operator) == (2, MANAGER.id)
    assert change.before == {"name": "Corner", "receipt.header": []}
    assert change.after == {"name": "Corner & Sons", "receipt.header": ["Náměstí 1", "Brno"]}
    assert changed(till, cash_step=50).version == 3
    assert [change.version for change in till.shop_settings.history()] == [3, 2]
    assert verify_books(till.desk.shop).sound


def test_the_same_again_writes_nothing(till: Workstation) -> None:
    before = contents(till.desk.shop.folder)
    assert changed(till, name="Corner", cash_step=100) == RULES
    assert contents(till.desk.shop.folder) == before


def test_a_sale_keeps_the_rules_it_was_made_under(till: Workstation) -> None:
    old = sell(till, "BREAD").transaction
    changed(till, tax__food=150_000, receipt__footer=("Děkujeme",))
    new = sell(till, "BREAD").transaction
    assert (old.rules_version, new.rules_version) == (1, 2)
    assert [line.taxes[0].rate_millionths for sale in (old, new) for line in sale.lines] == [120_000, 150_000]
    papers = [till.paperwork.document(sale.id) for sale in (old, new)]
    assert ["Děkujeme" in str(paper) for paper in papers] == [False, True]
    assert verify_books(till.desk.shop).sound


def test_the_rules_of_checks_are_settings_and_are_read_back(till: Workstation) -> None:
    after = changed(
        till,
        checks="yes",
        check_limit=30_000,
        check_id_over=5_000,
        check_starter="yes",
        check_days="90",
        check_fee=2_500,
    )
    assert after.checks == CheckRules(ChecksTaken.YES, 30_000, id_over=5_000, starter=True, stale_days=90, fee=2_500)
    with till.desk.shop.books.reading() as work:
        assert work.rules.current() == after
    refused = till.shop_settings.change({"check_days": "soon"})
    assert isinstance(refused, Refused)
    assert refused.code is Code.SETTING_CHOICE


def test_no_rule_changes_under_an_open_sale(till: Workstation) -> None:
    till.sale.scan("BREAD")
    before = contents(till.desk.shop.folder)
    assert till.shop_settings.change({"name": "Other"}) == Refused(Code.BASKET_OPEN)
    assert contents(till.desk.shop.folder) == before


def test_what_another_workstation_changed_is_kept(till: Workstation) -> None:
    other = open_up(till.desk.shop.folder, number=2, operator=OWNER)
    changed(other, name="Elsewhere")
    assert till.desk.rules.name == "Corner"
    after = changed(till, vat_number="CZ12345678")
    assert (after.name, after.version) == ("Elsewhere", 3)
    other.close()
    assert verify_books(till.desk.shop).sound


def test_what_each_setting_was_at_first_is_known(till: Workstation) -> None:
    changed(till, name="Other")
    views = {view.setting.name: view for view in till.shop_settings.view()}
    assert [name for name, view in views.items() if view.changed] == ["name"]
    assert views["name"].founded == "Corner"
    assert views["tax.standard"].value == 210_000
    assert changed(till, name=views["name"].founded).name == "Corner"


@pytest.mark.parametrize("person", [None, CASHIER, TRAINEE])
def test_who_may_not(till: Workstation, person: object) -> None:
    till.desk.operator = person  # type: ignore[assignment]
    answer = till.shop_settings.change({"name": "Mine"})
    assert answer == Refused(Code.NOT_PERMITTED if person else Code.NOT_SIGNED_ON)
    assert till.desk.rules == RULES


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("name", "", Code.SETTING_TEXT),
        ("name", "   ", Code.SETTING_TEXT),
        ("name", "x" * 61, Code.SETTING_TEXT),
        ("name", "two\nlines", Code.SETTING_TEXT),
        ("name", 5, Code.SETTING_TEXT),
        ("vat_number", "\x07", Code.SETTING_TEXT),
        ("language", "de", Code.SETTING_CHOICE),
        ("price_mode", "free", Code.SETTING_CHOICE),
        ("cash_step", 0, Code.SETTING_RANGE),
        ("cash_step", -100, Code.SETTING_RANGE),
        ("cash_step", 10**9, Code.SETTING_RANGE),
        ("cash_step", True, Code.SETTING_RANGE),
        ("tax.food", 1_000_001, Code.SETTING_RANGE),
        ("tax.food", -1, Code.SETTING_RANGE),
        ("receipt.header", ("x",) * (LINES_MAX + 1), Code.SETTING_LINES),
        ("receipt.header", ("x" * (LINE_MAX + 1),), Code.SETTING_LINES),
        ("receipt.footer", ("\x1b@",), Code.SETTING_LINES),
        ("receipt.footer", "text", Code.SETTING_LINES),
    ],
)
def test_what_a_setting_cannot_be(till: Workstation, name: str, value: Value, code: Code) -> None:
    before = contents(till.desk.shop.folder)
    answer = till.shop_settings.change({"vat_number": "CZ1", name: value})
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert contents(till.desk.shop.folder) == before


_TEXT = st.text(string.printable + "čřžåäö\u202e\0", max_size=130)
_VALUES = st.one_of(
    _TEXT, st.integers(-(10**12), 10**12), st.lists(_TEXT, max_size=10).map(tuple), st.sampled_from(["up", "sv"])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([setting.name for setting in settings_of(RULES)]), _VALUES, max_size=4))
def test_whatever_is_given_is_kept_whole_or_not_at_all(till: Workstation, values: dict[str, Value]) -> None:
    before = till.desk.rules
    known = {setting.name: setting for setting in settings_of(before)}
    wrong = [name for name, value in values.items() if refusal_of(known[name], value)]
    answer = till.shop_settings.change(values)
    if wrong:
        assert isinstance(answer, Refused)
        assert till.desk.rules == before
    else:
        assert isinstance(answer, ShopRules)
        with till.desk.shop.books.reading() as work:
            assert work.rules.current() == till.desk.rules == answer


def test_rules_changed_beside_the_journal_show(till: Workstation, tmp_path: Path) -> None:
    changed(till, name="Other")
    folder = shutil.copytree(till.desk.shop.folder, tmp_path / "copy")
    tamper(folder, "UPDATE shop_rules SET body = replace(body, 'Other', 'Mine') WHERE version = 2")
    assert findings(verify_shop(folder)) == {Finding.RULES_CHANGED}


def test_every_setting_has_its_words() -> None:
    for setting in SETTINGS:
        assert setting.label
        assert setting.meaning.endswith(".")
        assert setting.get(setting.put(RULES, setting.get(RULES))) == setting.get(RULES)


def test_the_table_of_codes_is_the_countrys_until_the_shop_writes_its_own(till: Workstation) -> None:
    mine = CodeRule("20", "22", 6, 4, MeasureOf.PRICE, 2)
    before = till.desk.rules.measure_rules
    assert changed(till, code_rules=("20-22 6 4 price 2", " ")).code_rules == (mine,)
    (view,) = (view for view in till.shop_settings.view() if view.setting.name == "code_rules")
    assert view.value == ("20-22 6 4 price 2",)
    refused = till.shop_settings.change({"code_rules": ("20-22 6 4 price 2", "20 6 5 price 2")})
    assert refused == Refused(Code.CODE_RULE_INVALID, {"line": "20 6 5 price 2"})
    assert changed(till, code_rules=("",)).code_rules is None
    assert till.desk.rules.measure_rules == before
    assert verify_books(till.desk.shop).sound


@given(
    st.builds(
        lambda prefix, item, of, places, checked, weigh: (prefix, item, of, places, checked, weigh),
        st.integers(20, 29),
        st.integers(1, 9),
        st.sampled_from(list(MeasureOf)),
        st.integers(0, 3),
        st.booleans(),
        st.booleans(),
    )
)
def test_a_rule_for_codes_reads_back_as_it_was_written(drawn: tuple[int, int, MeasureOf, int, bool, bool]) -> None:
    prefix, item, of, places, checked, weigh = drawn
    try:
        rule = CodeRule(str(prefix), "29", item, 10 - item - checked, of, places, checked=checked, weigh=weigh)
    except ValueError:
        return
    assert read_code_rule(write_code_rule(rule)) == rule


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "20 6 4 price",
        "20 6 4 money 2",
        "20 6 9 price 2",
        "2-30 6 4 price 2",
        "29-20 6 4 price 2",
        "20 6 4 price 2 lb lb",
        "20 -6 4 price 2",
        "２０ 6 4 price 2",
    ],
)
def test_what_is_no_rule_for_codes_is_refused(line: str) -> None:
    (setting,) = (setting for setting in SETTINGS if setting.name == "code_rules")
    assert refusal_of(setting, (line,)) == Refused(Code.CODE_RULE_INVALID, {"line": line})
