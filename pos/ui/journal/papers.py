"""From a receipt in the journal to all papers of its return, to be looked at and had once more."""

from __future__ import annotations

from pos.domain.refusal import Refused
from pos.services.lookup import ReceiptView
from pos.ui.fittings import PackAtHand
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation


def has_papers(workstation: Workstation, identity: str) -> bool:
    """Whether a return belongs to this receipt, and whoever is signed on may see its papers."""
    return not isinstance(workstation.return_packs.of_receipt(identity), Refused)


def look_at_papers(screen: Screen, workstation: Workstation, pack: PackAtHand, chosen: ReceiptView | None) -> None:
    """Lead to the papers of the return that belongs to this receipt, and from there back to it."""
    done = None if chosen is None else workstation.return_packs.of_receipt(chosen.id)
    if chosen is not None and done is not None and not isinstance(done, Refused):
        pack.look(done, str(chosen.receipt))
        screen.place_wanted.emit("return_papers")
