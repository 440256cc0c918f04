"""What the customer sees, in words that are ready to be painted: nothing else reaches the display."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class Shows(StrEnum):
    """What the display is about."""

    IDLE = "idle"
    SALE = "sale"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it was rung up; `detail` is how many at what price, `saved` what was taken off and by what.

    `within`: it belongs to the line above, as a deposit does.
    """

    name: str
    detail: str
    amount: str
    saved: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class ShownSum:
    """A sum above the total; `saved`: it is money the customer keeps."""

    text: str
    amount: str
    saved: bool = False


@dataclass(frozen=True, slots=True)
class ShownSpecial:
    """Something that is cheaper today: its rule in a line, and what it comes to in large figures."""

    icon: str
    name: str
    detail: str
    figure: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    """One picture of the display. `wait` stands over it while somebody else decides; `code` is shown as a QR code.

    `heading` is what the picture says first, `label` and `total` are its largest figure.
    """

    shows: Shows
    shop: str
    heading: str = ""
    lines: tuple[ShownLine, ...] = ()
    earlier: str = ""
    sums: tuple[ShownSum, ...] = ()
    label: str = ""
    total: str = ""
    label_change: str = ""
    change: str = ""
    specials: tuple[ShownSpecial, ...] = ()
    wait: str = ""
    code: str = ""
    code_says: str = ""

    @property
    def spoken(self) -> str:
        """The picture as a screen reader says it."""
        last = self.lines[-1:]
        said = (
            self.shop,
            self.wait,
            self.heading,
            *(f"{line.name} {line.amount}" for line in last),
            *(f"{row.text} {row.amount}" for row in self.sums),
            f"{self.label} {self.total}".strip(),
            f"{self.label_change} {self.change}".strip(),
        )
        return ", ".join(filter(None, said))
