"""The papers of one return are found among all that were ever printed by an index, which sales do not stand in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection

from pos.domain.return_pack import PackPaper
from pos.persistence.paper_jobs import PaperJob, PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.return_papers import return_facts
from tests.corner_shop import new_shop, open_up

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def job(number: int, facts: str, document: str = "return_receipt") -> PaperJob:
    """The paper of this number."""
    return PaperJob(f"p{number}", 1, None, document, "en", 0, PaperState.PRINTED, "", 1, NOW, facts)


def plan_of(work: UnitOfWork, return_id: str) -> list[str]:
    """How SQLite finds the papers of this return, by both questions that are asked of it."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Connection, _cursor: object, statement: str, bound: Any, *_: object) -> None:
        asked.append((statement, bound))

    event.listen(work._connection, "before_cursor_execute", listen)
    work.paper_jobs.of_return(return_id)
    work.paper_jobs.of_facts(PackPaper.RETURN_RECEIPT.value, return_facts(return_id))
    event.remove(work._connection, "before_cursor_execute", listen)
    plans = (work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound) for statement, bound in asked)
    return ["; ".join(str(row[-1]) for row in plan) for plan in plans]


def test_the_papers_of_a_return_go_by_the_index_of_what_they_tell(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    with lane.desk.shop.books.reading() as work:
        plans = plan_of(work, "r1")
    assert len(plans) == 2
    assert all("SEARCH paper_job USING INDEX paper_job_facts (facts" in plan for plan in plans), plans
    lane.close()


def test_a_return_whose_name_begins_another_s_has_its_own_papers_alone(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    mine, line = return_facts("r1"), '{"return": "r1", "line": 0, "vendor": "Å"}'
    with lane.desk.shop.books.writing() as work:
        for number, facts in enumerate((mine, return_facts("r10"), line, return_facts("R1"), return_facts("r%"))):
            work.paper_jobs.add(job(number, facts))
        assert [one.facts for one in work.paper_jobs.of_return("r1")] == [mine, line]
        assert [one.facts for one in work.paper_jobs.of_facts("return_receipt", mine)] == [mine]
    lane.close()
