"""The settings of this machine, changed from its own window: nothing is written that could not work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from pos.devices.payment.opening import SettingMissing, open_terminal
from pos.devices.payment.ports import PaymentTerminal
from pos.devices.ports import PrinterPort, PrinterState
from pos.domain.frozen import dataclass
from pos.domain.payment import NotProcessed, TerminalInfo
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError
from pos.services.desk import Desk
from pos.settings import SETTINGS, MachineSettings, Setting, write_settings

# What a machine setting may hold.
MachineValue = str | int


@dataclass(frozen=True, slots=True)
class MachineSettingView:
    """A setting as `kassa.toml` has it."""

    setting: Setting
    value: MachineValue

    @property
    def changed(self) -> bool:
        return self.value != self.setting.default


@dataclass(frozen=True, slots=True)
class PrinterTried:
    """How a printer answered; `drawer_open` is None where it does not tell."""

    state: PrinterState
    drawer_open: bool | None


class MachineSettingsDesk:
    """What `kassa.toml` says, and the way to change it. What is written holds from the next start."""

    def __init__(
        self, desk: Desk, settings: MachineSettings, open_printer: Callable[[MachineSettings], PrinterPort | None]
    ) -> None:
        """`open_printer` makes the printer that settings name, or raises KnownError where they name none."""
        self._desk = desk
        self._settings = settings
        self._open_printer = open_printer

    def view(self) -> tuple[MachineSettingView, ...]:
        """Every setting, in the order of its declaration."""
        return tuple(MachineSettingView(setting, getattr(self._settings, setting.name)) for setting in SETTINGS)

    def try_printer(self, values: Mapping[str, MachineValue]) -> PrinterTried | Refused | None:
        """How the printer and its drawer are that these settings name; None where they name none.

        Blocks: a worker thread calls it.
        Refused: SETTING_TEXT, SETTING_RANGE, SETTING_CHOICE, PRINTER_UNKNOWN, PRINTER_UNREACHABLE, FOLDER_UNUSABLE.
        """
        wanted = self._wanted(values)
        return wanted if isinstance(wanted, Refused) else self._tried(wanted)

    def try_terminal(self, values: Mapping[str, MachineValue]) -> TerminalInfo | NotProcessed | Refused | None:
        """Who answers a login at the card terminal that these settings name; None where they name none. Moves no money.

        Blocks: a worker thread calls it. Refused: SETTING_TEXT, SETTING_RANGE, SETTING_CHOICE, TERMINAL_SETTING.
        """
        wanted = self._wanted(values)
        terminal = wanted if isinstance(wanted, Refused) else self._terminal(wanted)
        if terminal is None or isinstance(terminal, Refused):
            return terminal
        try:
            return terminal.login()
        finally:
            terminal.close()

    def change(self, values: Mapping[str, MachineValue]) -> MachineSettings | Refused:
        """Write these settings, all or none; a printer they name must answer first. Blocks for as long as it is asked.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, SETTING_TEXT, SETTING_RANGE, SETTING_CHOICE, PRINTER_UNKNOWN,
        PRINTER_UNREACHABLE, FOLDER_UNUSABLE, TERMINAL_SETTING. Raises KnownError where the file cannot be written.
        """
        operator = self._desk.permit(Permission.MANAGE_SHOP)
        if isinstance(operator, Refused):
            return operator
        wanted = self._wanted(values)
        if isinstance(wanted, Refused):
            return wanted
        if wanted == self._settings:
            return wanted
        if any(name.startswith("printer") for name in values):
            tried = self._tried(wanted)
            if isinstance(tried, Refused):
                return tried
        terminal = self._terminal(wanted)
        if isinstance(terminal, Refused):
            return terminal
        write_settings(wanted.home, values)
        self._settings = wanted
        return wanted

    def _wanted(self, values: Mapping[str, MachineValue]) -> MachineSettings | Refused:
        known = {setting.name: setting for setting in SETTINGS}
        for name, value in values.items():
            setting = known[name]
            if setting.allows(value):
                continue
            if setting.choices:
                return Refused(Code.SETTING_CHOICE, {"value": value, "choices": ", ".join(setting.choices)})
            if setting.most:
                return Refused(Code.SETTING_RANGE, {"value": value, "least": setting.least, "most": setting.most})
            return Refused(Code.SETTING_TEXT, {"value": value, "least": 0, "most": 200})
        changed: MachineSettings = replace(self._settings, **values)  # type: ignore[arg-type]
        return changed

    def _terminal(self, wanted: MachineSettings) -> PaymentTerminal | Refused | None:
        """The terminal these settings name, opened and not asked."""
        try:
            return open_terminal(wanted, self._desk.shop.folder, self._desk.number)
        except SettingMissing as error:
            label = next(setting.label for setting in SETTINGS if setting.name == error.name)
            return Refused(Code.TERMINAL_SETTING, {"setting": label})

    def _tried(self, wanted: MachineSettings) -> PrinterTried | Refused | None:
        if wanted.printer == "file" and not (wanted.printer_folder and Path(wanted.printer_folder).is_dir()):
            return Refused(Code.FOLDER_UNUSABLE, {"folder": wanted.printer_folder})
        try:
            printer = self._open_printer(wanted)
        except KnownError as error:
            return Refused(Code.PRINTER_UNKNOWN, {"detail": error.facts["detail"]})
        if printer is None:
            return None
        status = printer.status()
        state = status.state
        if state is PrinterState.UNREACHABLE:
            return Refused(Code.PRINTER_UNREACHABLE, {"host": wanted.printer_host, "port": wanted.printer_port})
        if state is PrinterState.NOT_WRITABLE:
            return Refused(Code.FOLDER_UNUSABLE, {"folder": wanted.printer_folder})
        return PrinterTried(state, status.drawer_open)
