"""What is written into `kassa.toml` from the window works: a printer that is not there is refused before."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.devices.ports import PrinterState
from pos.domain.payment import TerminalInfo
from pos.domain.refusal import Code, Refused
from pos.services.machine_settings import PrinterTried
from pos.settings import FILE_NAME, MachineSettings, read_settings
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    workstation.close()


def written(till: Workstation) -> bool:
    return (till.desk.shop.folder / FILE_NAME).exists()


def test_a_change_is_written_and_seen(till: Workstation, tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    answer = till.machine_settings.change({"sounds": 0, "printer": "file", "printer_folder": str(tmp_path / "paper")})
    assert isinstance(answer, MachineSettings)
    assert read_settings(till.desk.shop.folder) == answer
    changed = [view.setting.name for view in till.machine_settings.view() if view.changed]
    assert changed == ["printer", "printer_folder", "sounds"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"printer_port": 99999}, Code.SETTING_RANGE),
        ({"printer_port": -1}, Code.SETTING_RANGE),
        ({"workstation": 0}, Code.SETTING_RANGE),
        ({"sounds": True}, Code.SETTING_RANGE),
        ({"printer": "laser"}, Code.SETTING_CHOICE),
        ({"printer_host": "a\nb"}, Code.SETTING_TEXT),
        ({"printer": "tcp"}, Code.PRINTER_UNKNOWN),
        ({"printer_profile": "40mm"}, Code.PRINTER_UNKNOWN),
        ({"printer": "tcp", "printer_host": "no-such-host.invalid"}, Code.PRINTER_UNREACHABLE),
        ({"printer": "file", "printer_folder": "/no/such/folder"}, Code.FOLDER_UNUSABLE),
        ({"printer": "file"}, Code.FOLDER_UNUSABLE),
        ({"terminal": "nexo_westpay"}, Code.TERMINAL_SETTING),
        ({"terminal": "nexo_adyen", "terminal_host": "192.0.2.1"}, Code.TERMINAL_SETTING),
        ({"terminal": "card"}, Code.SETTING_CHOICE),
    ],
)
def test_what_could_not_work_is_refused_and_nothing_is_written(
    till: Workstation, values: dict[str, str | int], code: Code
) -> None:
    answer = till.machine_settings.change({"sounds": 0, **values} if "sounds" not in values else values)
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert not written(till)
    assert not any(view.changed for view in till.machine_settings.view())


def test_a_printer_that_is_off(till: Workstation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    values: dict[str, str | int] = {"printer": "tcp", "printer_host": "127.0.0.1", "printer_port": port}
    no = Refused(Code.PRINTER_UNREACHABLE, {"host": "127.0.0.1", "port": port})
    assert till.machine_settings.try_printer(values) == no
    assert till.machine_settings.change(values) == no
    assert not written(till)


def test_what_is_there_is_tried_before_it_is_kept(till: Workstation, tmp_path: Path) -> None:
    values: dict[str, str | int] = {"printer": "file", "printer_folder": str(tmp_path)}
    status = till.machine_settings.try_printer(values)
    assert isinstance(status, PrinterTried)
    assert status.state is PrinterState.READY
    assert status.drawer_open is None
    assert till.machine_settings.try_printer({}) is None
    assert not written(till)


def test_a_terminal_is_tried_before_it_is_kept(till: Workstation) -> None:
    settings = till.machine_settings
    assert settings.try_terminal({}) is None
    assert settings.try_terminal({"terminal": "simulated", "terminal_id": "S-1"}) == TerminalInfo(
        "S-1", model="Simulated", software="1", serial="0"
    )
    assert settings.try_terminal({"terminal": "nexo_westpay"}) == Refused(
        Code.TERMINAL_SETTING, {"setting": "Terminal address"}
    )
    assert isinstance(settings.change({"terminal": "manual"}), MachineSettings)
    assert written(till)


def test_who_may_not(till: Workstation) -> None:
    till.desk.operator = CASHIER
    assert till.machine_settings.change({"sounds": 0}) == Refused(Code.NOT_PERMITTED)
    till.desk.operator = None
    assert till.machine_settings.change({"sounds": 0}) == Refused(Code.NOT_SIGNED_ON)
    assert not written(till)
