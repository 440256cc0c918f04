"""What the simulator writes for a till is what a till can read, and it works."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.devices.payment.opening import open_terminal
from pos.domain.payment import TerminalInfo
from pos.settings import FILE_NAME, read_settings
from tests.terminal import card_terminal


@pytest.mark.parametrize("profile", ["adyen", "westpay"])
def test_a_till_that_takes_them_over_reaches_the_terminal(tmp_path: Path, profile: str) -> None:
    with card_terminal(tmp_path / "terminal", profile) as terminal:
        written = Path(terminal.listens["till_settings"]).read_text("utf-8")
        (tmp_path / FILE_NAME).write_text(written, "utf-8")
        opened = open_terminal(read_settings(tmp_path), tmp_path, 1)
        assert opened is not None
        info = opened.login()
        opened.close()
        assert isinstance(info, TerminalInfo)
        assert info.terminal == terminal.poi_id
