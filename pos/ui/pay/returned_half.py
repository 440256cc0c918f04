"""What the end of a sale shows of the return it is the other half of."""

from __future__ import annotations

from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ReturnedHalf:
    """`given_back` is the cash that goes out, in minor units; `to_sign`: papers of it wait for somebody who signs."""

    given_back: int
    to_sign: bool = False
