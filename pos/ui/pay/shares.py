"""Which share of the open sale is asked for next: it follows the tenders as they are taken and given back."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.pricing import PricedBasket
from pos.domain.split import even_share, lines_share


class Shares:
    """Kept for one sale; another sale is whole again."""

    def __init__(self) -> None:
        self._sale = ""
        self._parts, self._before = 1, 0
        self._lines: tuple[int, ...] = ()

    def in_parts(self, priced: PricedBasket, parts: int) -> None:
        """So many even parts of what is due from here on; 1 is the whole."""
        self._sale, self._parts, self._before, self._lines = (
            priced.basket.id,
            parts,
            len(priced.basket.tenders),
            (),
        )

    def by_lines(self, priced: PricedBasket, lines: Iterable[int]) -> None:
        """What these lines come to is asked for next; after that, the rest."""
        self.in_parts(priced, 1)
        self._lines = tuple(lines)

    def next(self, priced: PricedBasket) -> int | None:
        """What is asked for next, in minor units; None for all that is due."""
        if self._sale != priced.basket.id or priced.due <= 0:
            return None
        taken = len(priced.basket.tenders) - self._before
        if self._lines:
            return lines_share(priced, self._lines) if taken <= 0 else None
        left = self._parts - max(0, taken)
        return even_share(priced.due, left) if left > 1 else None
