"""Which card terminal the machine's settings name. A driver is imported when it is named, and opens nothing by that."""

from __future__ import annotations

from pathlib import Path

from pos.devices.payment.ports import PaymentTerminal
from pos.settings import MachineSettings

SIMULATED_BANK_FILE = "simulated-bank.jsonl"
# The practice terminals' own folders, in the shop's: one a workstation.
PRACTICE_FOLDER = "practice-terminal"
_NEEDED = ("terminal_host", "terminal_id", "terminal_certificate")
_NEEDED_SEALED = ("terminal_passphrase_file", "terminal_key")


class SettingMissing(ValueError):
    """A terminal is named without what it needs; `name` is the setting."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def open_terminal(settings: MachineSettings, folder: Path, number: int) -> PaymentTerminal | None:
    """The terminal `kassa.toml` names for workstation `number`, or None. A simulated one keeps its bank in the shop's
    `folder`.

    Nothing is connected or read. Raises SettingMissing.
    """
    match settings.terminal:
        case "none":
            return None
        case "manual":
            from pos.devices.payment.manual import ManualTerminal  # noqa: PLC0415 - a start pays for what it uses

            return ManualTerminal(settings.terminal_id or "manual")
        case "simulated":
            from pos.devices.simulated.terminal import SimulatedTerminal  # noqa: PLC0415 - the same

            return SimulatedTerminal(settings.terminal_id or "SIM-1", bank=folder / SIMULATED_BANK_FILE)
        case "practice":
            from pos.devices.payment.practice import PracticeTerminal, practice_terminal  # noqa: PLC0415 - the same
            from pos.devices.simulated.terminal import SimulatedTerminal  # noqa: PLC0415 - the same

            spare = SimulatedTerminal(f"SIM-{number}", bank=folder / SIMULATED_BANK_FILE)
            place = folder / f"{PRACTICE_FOLDER}-{number}"
            return PracticeTerminal(place, practice_terminal(number), _sale_id(settings, number), spare)
        case _:
            return _nexo(settings, number)


def _sale_id(settings: MachineSettings, number: int) -> str:
    """What this till calls itself to a terminal."""
    return settings.terminal_sale_id or f"KASSA{number}"


def _nexo(settings: MachineSettings, number: int) -> PaymentTerminal:
    from pos.devices.payment.nexo import NexoTerminal  # noqa: PLC0415 - it brings TLS and ciphers with it
    from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings, NexoTimes  # noqa: PLC0415 - the same

    adyen = settings.terminal == "nexo_adyen"
    for name in (*_NEEDED, *(_NEEDED_SEALED if adyen else ())):
        if not getattr(settings, name):
            raise SettingMissing(name)
    card = settings.terminal_card_seconds
    times = NexoTimes(
        connect=settings.terminal_connect_seconds,
        card=card,
        reversal=card,
        question=settings.terminal_question_seconds,
    )
    passphrase = settings.terminal_passphrase_file
    return NexoTerminal(
        NexoSettings(
            NexoProfile.ADYEN_LOCAL if adyen else NexoProfile.WESTPAY,
            settings.terminal_host,
            settings.terminal_port,
            settings.terminal_id,
            _sale_id(settings, number),
            Path(settings.terminal_certificate),
            Path(passphrase) if passphrase else None,
            settings.terminal_key,
            settings.terminal_key_version,
            times,
        )
    )
