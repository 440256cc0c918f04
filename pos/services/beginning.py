"""Whether a sale may begin at this workstation: the till is open, and the drawer shut where the shop wants it so."""

from __future__ import annotations

from pos.domain.refusal import Code, Refused
from pos.services.desk import Desk


def beginning_refused(desk: Desk) -> Refused | None:
    """Why no sale can begin now. Refused: TILL_CLOSED and as `drawer_refused`."""
    with desk.shop.books.glancing() as work:
        if work.tills.open_till(desk.number) is None:
            return Refused(Code.TILL_CLOSED)
    return drawer_refused(desk)


def drawer_refused(desk: Desk) -> Refused | None:
    """Why the drawer keeps the next sale waiting; one that nobody knows anything of keeps none.

    Refused: DRAWER_OPEN.
    """
    return Refused(Code.DRAWER_OPEN) if desk.rules.drawer_shut_first and desk.drawer_open else None
