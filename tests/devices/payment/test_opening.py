"""Each kind of terminal is opened from the settings of the machine, without a byte read or sent."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos.devices.payment.manual import ManualTerminal
from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.opening import SIMULATED_BANK_FILE, SettingMissing, open_terminal
from pos.devices.simulated.terminal import SimulatedTerminal
from pos.domain.payment import PayRequest
from pos.settings import read_settings

_WESTPAY: dict[str, Any] = {
    "terminal": "nexo_westpay",
    "terminal_host": "192.0.2.1",
    "terminal_id": "WP-1",
    "terminal_certificate": "/no/such/root.pem",
}
_ADYEN = {
    **_WESTPAY,
    "terminal": "nexo_adyen",
    "terminal_passphrase_file": "/no/such/passphrase",
    "terminal_key": "kassa",
}


def _opened(folder: Path, **changes: Any) -> object:
    return open_terminal(dataclasses.replace(read_settings(folder), **changes), folder, 1)


def test_each_kind_is_opened(tmp_path: Path) -> None:
    assert _opened(tmp_path) is None
    assert isinstance(_opened(tmp_path, terminal="manual"), ManualTerminal)
    for named in [_WESTPAY, _ADYEN]:
        terminal = _opened(tmp_path, **named)
        assert isinstance(terminal, NexoTerminal)
        assert terminal.terminal == "WP-1"


def test_a_simulated_one_keeps_its_bank_with_the_shop(tmp_path: Path) -> None:
    terminal = _opened(tmp_path, terminal="simulated")
    assert isinstance(terminal, SimulatedTerminal)
    assert not (tmp_path / SIMULATED_BANK_FILE).exists()
    terminal.pay(PayRequest("a1", "A1", 100, "USD", terminal.terminal))
    assert (tmp_path / SIMULATED_BANK_FILE).exists()


@pytest.mark.parametrize("name", [name for name in _ADYEN if name != "terminal"])
def test_what_a_terminal_needs_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingMissing, match=name):
        _opened(tmp_path, **{**_ADYEN, name: ""})


def test_a_till_without_a_terminal_loads_no_driver() -> None:
    code = (
        "import sys; from types import ModuleType; from pos.late_rooms import put_off; put_off();"
        "import pos.workstation;"
        "print([n for n, m in sys.modules.items() if ('nexo' in n or n == 'cryptography') and type(m) is ModuleType])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
