"""The pages of the settings window, in order: each with its icon and its name."""

from __future__ import annotations

from pos.speech import N_
from pos.ui.settings.entries import DEVICES, LANGUAGES, LOOK, MACHINE, RECEIPT, SHOP, SOUNDS, TENDERS
from pos.ui.settings.keys import KEYS
from pos.ui.settings.people import PEOPLE

PAGES = (
    (SHOP, "point_of_sale", N_("Shop")),
    (TENDERS, "payments", N_("Ways to pay")),
    (RECEIPT, "receipt_long", N_("Receipt")),
    (LANGUAGES, "record_voice_over", N_("Languages")),
    (DEVICES, "print", N_("Devices")),
    (LOOK, "visibility", N_("Look and touch")),
    (SOUNDS, "notifications", N_("Sounds")),
    (MACHINE, "settings", N_("Machine")),
    (PEOPLE, "group", N_("People")),
    (KEYS, "keyboard", N_("Keys")),
)
