"""What a PIN may be."""

from __future__ import annotations

import pytest

from pos.domain.staff import pin_acceptable


@pytest.mark.parametrize("pin", ["123456", "000000", "123456789012"])
def test_pins_that_will_do(pin: str) -> None:
    assert pin_acceptable(pin)


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "１２３４５６", "12 456", "-12345", "12345²"])
def test_pins_that_will_not(pin: str) -> None:
    assert not pin_acceptable(pin)
