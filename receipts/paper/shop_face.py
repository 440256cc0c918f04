"""How the shop presents itself on its papers."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.frozen import dataclass
from pos.domain.shop import ShopRules
from receipts.document import Block, Centred, Feed, Heading, Logo


@dataclass(frozen=True, slots=True)
class ShopFace:
    """Name, address and standing texts as they were under the rules of the printed fact, each entry a sentence."""

    name: str
    header: tuple[str, ...] = ()
    vat_number: str = ""
    policy: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: Logo | None = None

    def top(self) -> Iterator[Block]:
        """Who speaks: the head of every paper that is no receipt of a sale."""
        yield from self.sign()
        yield from (Centred(line) for line in self.header)
        yield Feed()

    def sign(self) -> Iterator[Block]:
        """The logo, where there is one, over the name."""
        if self.logo is not None:
            yield self.logo
            yield Feed()
        yield Heading(self.name)

    @classmethod
    def of(cls, rules: ShopRules, logo: Logo | None = None) -> ShopFace:
        """The face in this version of the rules; the sale says which version that is. `logo` is that version's."""
        texts = rules.receipt
        return cls(
            name=rules.name,
            header=texts.header,
            vat_number=rules.vat_number,
            policy=texts.policy,
            footer=texts.footer,
            logo=logo,
        )
