"""The Toledo 8217 driver against a scale's end of the line: weights, motion, limits, noise, silence, a pulled cable."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices import toledo_scale
from pos.devices.ports import OverRange, ScaleOffline, ScaleReading, Unstable, Weight
from pos.devices.toledo_scale import ToledoScale

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo terminal stands for the line; Windows has none")


class Scale:
    """Answers each W with what `answers` hold, the last one again and again; None is silence."""

    def __init__(self) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.port = os.ttyname(self._theirs)
        self.answers: list[bytes] = [b""]
        self.asked = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            while os.read(self._ours, 1):
                self.asked += 1
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                os.write(self._ours, answer)
        except OSError:
            return

    def pull(self) -> None:
        for end in (self._ours, self._theirs):
            os.close(end)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Scale, ToledoScale]]:
    monkeypatch.setattr(toledo_scale, "_SECONDS_MAX", 0.15)
    scale = Scale()
    driver = ToledoScale(scale.port)
    yield scale, driver
    driver.close()


@pytest.mark.parametrize(
    ("answer", "reading"),
    [
        (b"\x0200.350\r", Weight(350)),
        (b"\x02 1.25\r", Weight(1250)),
        (b"\x0212.345N\r", Weight(12345)),
        (b"\x0200.000\r", Weight(0)),
        (b"\x82\xb00.350\x8d", Weight(350)),
        (b"\x02?a\r", Unstable()),
        (b"\x02?b\r", OverRange()),
        (b"\x02?d\r", OverRange()),
        (b"\x02?h\r", OverRange()),
    ],
)
def test_what_it_says_is_understood(line: tuple[Scale, ToledoScale], answer: bytes, reading: ScaleReading) -> None:
    scale, driver = line
    scale.answers = [answer]
    assert driver.read() == reading
    assert driver.read() == reading


@pytest.mark.parametrize("noise", [b"", b"\r", b"\x02-1.000\r", b"\x02001234\r", b"\x02?\r", b"hello\r", b"\xff" * 40])
def test_noise_is_no_weight_and_is_asked_about_once_more(line: tuple[Scale, ToledoScale], noise: bytes) -> None:
    scale, driver = line
    scale.answers = [noise]
    assert driver.read() == ScaleOffline()
    scale.answers = [noise, b"\x0200.350\r"]
    assert driver.read() == Weight(350)


def test_a_pulled_cable_and_a_port_that_is_not_there(line: tuple[Scale, ToledoScale], tmp_path: Path) -> None:
    scale, driver = line
    scale.answers = [b"\x0200.350\r"]
    assert driver.read() == Weight(350)
    scale.pull()
    assert isinstance(driver.read(), ScaleOffline)
    assert isinstance(ToledoScale(str(tmp_path / "none")).read(), ScaleOffline)


@given(st.binary(max_size=40))
def test_no_answer_raises(answer: bytes) -> None:
    assert isinstance(toledo_scale._read(answer), Weight | Unstable | OverRange | None)
