"""The last return day on a sale's receipt is the day on which the till would still pay it back, and no later one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.refusal import Refused
from pos.domain.return_decision import Verdict
from pos.domain.transaction import Transaction
from pos.services.return_papers import return_days
from pos.services.returns import Quote
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import CASHIER, MANAGER, OPENED, HandClock, new_shop, open_up, sell
from tests.services.test_returns import BREAD, KETTLE, back

DAYS = st.integers(0, 90)


@dataclass
class Counter:
    """A till that sells under a new policy each day."""

    station: Workstation
    clock: HandClock

    def policy(self, rules: list[str]) -> None:
        """The rules hold from the next day on, which has come."""
        self.clock.moment += timedelta(days=1)
        self.station.desk.operator = MANAGER
        text = "\n".join(("policy: 1", "name: House rules", "rules:", *(f"  - {rule}" for rule in rules)))
        assert not isinstance(self.station.policies.put(text, self.today), Refused)
        self.station.desk.operator = CASHIER

    @property
    def today(self) -> date:
        return self.station.desk.local(self.clock.moment).date()

    def printed(self, sale: Transaction) -> dict[int, date]:
        """What its receipt says, by line."""
        with self.station.desk.shop.books.reading() as work:
            days = dict(return_days(work, self.station.desk, sale))
        document = self.station.paperwork.document(sale.id)
        assert document is not None
        text = " ".join(render(document, 42).split())
        assert all(Wording("en").short_day(day) in text for day in days.values())
        return days

    def comes_back(self, sale: Transaction, line: int, day: date) -> bool:
        """Whether the line is paid back as it was paid, on that day; the clock is where it was afterwards."""
        before = self.clock.moment
        self.clock.moment = datetime.combine(day, time(12), UTC)
        quote = self.station.returns.quote(back(sale.id, line))
        self.clock.moment = before
        assert isinstance(quote, Quote)
        paid = {tender.kind for tender in quote.decision.now.tenders}
        return quote.decision.verdict is Verdict.ALLOWED and paid == {"cash"}


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = new_shop(tmp_path_factory.mktemp("shop") / "shop")
    clock = HandClock(OPENED)
    station = open_up(folder, clock=clock)
    station.desk.rules = replace(station.desk.rules, region="CZ")
    yield Counter(station, clock)
    station.close()


@st.composite
def rules_of_time(draw: st.DrawFn) -> list[str]:
    """A window of the house, and perhaps others: for an item, for what was paid so, at season, longer for some."""
    boundary = st.sampled_from(["inclusive", "exclusive"])
    late = st.sampled_from(["deny", "store_credit", "manager"])

    def window(name: str, scope: str = "") -> str:
        days = draw(DAYS.filter(bool))
        about = f", for: {scope}" if scope else ""
        fields = f"days: {days}, boundary: {draw(boundary)}, after: {{answer: {draw(late)}}}"
        more = ", business_days: true" if draw(st.booleans()) else ""
        cap = ", cap: true" if scope and draw(st.booleans()) else ""
        return f"{{id: {name}, window: {{{fields}{more}{cap}}}{about}}}"

    rules = [window("R1")]
    if draw(st.booleans()):
        rules.append(window("R2", "{item: BREAD}"))
    if draw(st.booleans()):
        rules.append(window("R3", "{tender: cash}"))
    if draw(st.booleans()):
        rules.append(f"{{id: R4, extension: {{days: {draw(DAYS.filter(bool))}}}, for: {{item: BREAD}}}}")
    if draw(st.booleans()):
        rules.append("{id: R5, season: {return_by: 2027-01-20}, for: {sold_from: 2026-11-01, sold_until: 2027-01-10}}")
    return rules


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=rules_of_time())
def test_the_day_on_the_receipt_is_the_last_one_the_till_pays_it_back_on(counter: Counter, rules: list[str]) -> None:
    counter.policy(rules)
    sale = sell(counter.station, KETTLE, BREAD).transaction
    days = counter.printed(sale)
    assert set(days) == {1, 2}
    for line, last in days.items():
        if last >= counter.today:
            assert counter.comes_back(sale, line, last)
        assert not counter.comes_back(sale, line, max(last, counter.today - timedelta(days=1)) + timedelta(days=1))


def test_without_a_policy_no_day_is_printed(tmp_path: Path) -> None:
    station = open_up(new_shop(tmp_path / "shop"))
    sale = sell(station, BREAD).transaction
    with station.desk.shop.books.reading() as work:
        assert dict(return_days(work, station.desk, sale)) == {}
    document = station.paperwork.document(sale.id)
    assert document is not None
    assert "come back" not in render(document, 42)
    station.close()
