"""How one nexo terminal is reached and spoken to; what makers do differently is data here."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class NexoProfile(StrEnum):
    """A maker's way of wrapping the same messages."""

    # Sealed messages; the certificate names the terminal; a referenced refund is a reversal of an amount.
    ADYEN_LOCAL = "adyen-local"
    # Plain messages; the certificate itself, or one that names the address, is pinned.
    WESTPAY = "westpay"


@dataclass(frozen=True, slots=True)
class NexoTimes:
    """How long to wait, in seconds. A payment waits longer than the terminal itself does before it gives up."""

    connect: float = 5
    card: float = 140
    reversal: float = 60
    question: float = 10


# Those whose makers say how a till asks for a number to be typed: Adyen does, of Westpay nothing is published.
_TAKE_KEYED = frozenset({NexoProfile.ADYEN_LOCAL})
_PROTOCOL_VERSION = {NexoProfile.ADYEN_LOCAL: "3.0", NexoProfile.WESTPAY: "3.1"}


@dataclass(frozen=True, slots=True)
class NexoSettings:
    """One terminal: its address, its id (`poi`), what this workstation calls itself to it (`sale`).

    `certificate` is a PEM file: nothing is trusted but what stands in it. `passphrase_file` holds the passphrase of the
    sealing key `key_identifier` in its version, set in the maker's portal; only sealed profiles need them.
    """

    profile: NexoProfile
    host: str
    port: int
    poi: str
    sale: str
    certificate: Path
    passphrase_file: Path | None = None
    key_identifier: str = ""
    key_version: int = 1
    times: NexoTimes = field(default_factory=NexoTimes)

    @property
    def is_sealed(self) -> bool:
        return self.profile is NexoProfile.ADYEN_LOCAL

    @property
    def refunds_by_reversal(self) -> bool:
        return self.profile is NexoProfile.ADYEN_LOCAL

    @property
    def takes_keyed(self) -> bool:
        return self.profile in _TAKE_KEYED

    @property
    def protocol_version(self) -> str:
        return _PROTOCOL_VERSION[self.profile]
