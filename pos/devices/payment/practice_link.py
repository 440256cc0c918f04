"""How the till reaches the practice terminal's process: the driver of its protocol, and the window of its customer.

A late room: TLS and its ciphers cost the till memory before the first card.
"""

from __future__ import annotations

import http.client
from typing import Any

from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings
from pos.devices.payment.ports import PaymentTerminal

_CONTROL_SECONDS = 2.0


def driver(settings: dict[str, Any]) -> PaymentTerminal:
    """The driver for the terminal that these settings of `NexoSettings` name; nothing is connected yet."""
    return NexoTerminal(NexoSettings(NexoProfile.ADYEN_LOCAL, **settings))


def open_window(port: int, token: str) -> bool:
    """Open the window in which somebody plays the customer. Blocks shortly; False where it cannot."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=_CONTROL_SECONDS)
    try:
        link.request("POST", "/window", "{}", {"Authorization": f"Bearer {token}"})
        with link.getresponse() as response:
            return response.status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()
