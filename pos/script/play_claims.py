"""Claims of a script: taken in with their protocols, and settled."""

from __future__ import annotations

from pos.domain.refusal import Refused
from pos.domain.return_request import ReturnRequest
from pos.script import results
from pos.script.claim_steps import SettleClaim
from pos.script.lane import Lane
from pos.script.results import Result
from pos.services.crash import dying_at_commit
from receipts.document import Document


def take_in(lane: Lane, name: str, asked: ReturnRequest) -> list[Document] | Refused:
    """The protocols of what the step of this name asks for and the law answers for."""
    with dying_at_commit(lane.station.desk, lane.dies_at):
        taken = lane.station.return_claims.take_in(asked)
    if isinstance(taken, Refused):
        return taken
    jobs = tuple(one.job for one in taken)
    lane.returns.claims[name] = tuple(one.number for one in taken)
    lane.returns.papers[name] = (*lane.returns.papers.get(name, ()), *jobs)
    lane.station.paperwork.print_waiting()
    made = (lane.station.paperwork.document_of_job(job) for job in jobs)
    return [paper for paper in made if paper is not None]


def play_settle_claim(lane: Lane, body: SettleClaim) -> Result:
    """Say how the claim ended; its protocol is printed once more, with the confirmation."""
    taken = lane.returns.claims.get(body.claim, ())
    which = int(body.line) if body.line.isascii() and body.line.isdigit() and len(body.line) < 6 else 0
    number = taken[which - 1] if 0 < which <= len(taken) else body.claim
    with dying_at_commit(lane.station.desk, lane.dies_at):
        settled = lane.station.return_claims.settle(number, body.manner)
    if isinstance(settled, Refused):
        return results.refusal(settled, lane.words)
    for name, numbers in lane.returns.claims.items():
        if settled.number in numbers:
            lane.returns.papers[name] = (*lane.returns.papers.get(name, ()), settled.job)
    lane.station.paperwork.print_waiting()
    due = None if settled.due is None else settled.due.isoformat()
    return {"claim": settled.number, "manner": body.manner, "due": due}
