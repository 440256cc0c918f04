"""What keeps papers from coming out, or from being whole, said before they are printed."""

from __future__ import annotations

from pos.services.shop_logo import logo_gone
from pos.ui.shared.device_source import DeviceSource
from pos.wording import Wording
from pos.workstation import Workstation


def paper_trouble(workstation: Workstation, devices: DeviceSource | None, words: Wording) -> tuple[str, str] | None:
    """A sentence and what to do about it; None where nothing is wrong."""
    views = () if devices is None else devices.views()
    printer = next((view for view in views if view.name == "printer"), None)
    if printer is not None and printer.kind in ("warn", "bad") and workstation.paperwork.has_printer:
        kept = words.say("The papers are kept and print when the printer is ready.")
        return f"{printer.title}: {printer.state}", printer.next_step or kept
    if logo_gone(workstation.desk):
        return (
            words.say("The shop’s logo is not in its place. The papers are whole without it."),
            words.say("Whoever manages the shop chooses the picture again in the settings."),
        )
    return None
