"""From a completed return to its papers: they wait until somebody has looked at them, and the drawer does not."""

from __future__ import annotations

from pos.services.returns import CompletedReturn
from pos.ui.fittings import PackAtHand
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation


def to_paperwork(screen: Screen, workstation: Workstation, pack: PackAtHand, answer: CompletedReturn) -> None:
    """Keep the papers of this return back, open the drawer where cash goes out, and lead to the step about them."""
    workstation.paperwork.keep_back(answer.papers)
    pack.take(answer.done, screen.name)
    for paper in answer.papers:
        screen.paper_wanted.emit("return", paper)
    screen.place_wanted.emit("return_papers")
