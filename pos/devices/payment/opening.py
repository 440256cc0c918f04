"""Which card terminal the machine's settings name. The drivers are late rooms: only the one that is named is loaded."""

from __future__ import annotations

from pathlib import Path

from pos.devices.payment import manual, nexo, nexo_settings, practice
from pos.devices.payment.ports import PaymentTerminal
from pos.devices.simulated import terminal as simulated
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
            return manual.ManualTerminal(settings.terminal_id or "manual")
        case "simulated":
            return simulated.SimulatedTerminal(settings.terminal_id or "SIM-1", bank=folder / SIMULATED_BANK_FILE)
        case "practice":
            spare = simulated.SimulatedTerminal(f"SIM-{number}", bank=folder / SIMULATED_BANK_FILE)
            place, name = folder / f"{PRACTICE_FOLDER}-{number}", practice.practice_terminal(number)
            return practice.PracticeTerminal(place, name, _sale_id(settings, number), spare)
        case _:
            return _nexo(settings, number)


def _sale_id(settings: MachineSettings, number: int) -> str:
    """What this till calls itself to a terminal."""
    return settings.terminal_sale_id or f"KASSA{number}"


def _nexo(settings: MachineSettings, number: int) -> PaymentTerminal:
    adyen = settings.terminal == "nexo_adyen"
    for name in (*_NEEDED, *(_NEEDED_SEALED if adyen else ())):
        if not getattr(settings, name):
            raise SettingMissing(name)
    card = settings.terminal_card_seconds
    times = nexo_settings.NexoTimes(
        connect=settings.terminal_connect_seconds,
        card=card,
        reversal=card,
        question=settings.terminal_question_seconds,
    )
    passphrase = settings.terminal_passphrase_file
    return nexo.NexoTerminal(
        nexo_settings.NexoSettings(
            nexo_settings.NexoProfile.ADYEN_LOCAL if adyen else nexo_settings.NexoProfile.WESTPAY,
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
