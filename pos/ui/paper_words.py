"""What is known of paper, printer and scanner, in words: only what was measured."""

from __future__ import annotations

from typing import Literal

from pos.domain.copies import COPIED
from pos.domain.frozen import dataclass
from pos.services.paperwork import PaperView
from pos.ui.printing import Measured
from pos.ui.shared.top_bar import DeviceState
from pos.wording import N_, Wording

Kind = Literal["ok", "warn", "neutral"]


@dataclass(frozen=True, slots=True)
class PaperWords:
    """A chip, and a sentence where the cashier has to do something."""

    chip: str
    kind: Kind
    icon: str
    sentence: str = ""


_CHIPS: dict[str, tuple[str, Kind, str]] = {
    "queued": (N_("Waiting to print"), "neutral", "hourglass_top"),
    "sending": (N_("Printing"), "neutral", "print"),
    "printed": (N_("Printed"), "ok", "check_circle"),
    "handed_over": (N_("Sent to the printer"), "neutral", "print"),
    "unknown": (N_("Perhaps printed"), "warn", "warning"),
    "held": (N_("Not printed yet"), "warn", "warning"),
    "dropped": (N_("Not printed"), "neutral", "info"),
    # Nobody knew whether it came out, and a copy was asked for.
    COPIED: (N_("Replaced by a copy"), "neutral", "info"),
    "no_printer": (N_("No printer"), "neutral", "info"),
}

_HELD = {
    "paper_out": N_("Printer is out of paper. The sale is saved. The receipt prints when there is paper."),
    "cover_open": N_("The printer’s cover is open. The sale is saved. Close it and the receipt prints."),
    "unreachable": N_("The printer does not answer. The sale is saved. The receipt prints when it does."),
    "silent": N_("The printer does not answer. The sale is saved. The receipt prints when it does."),
    "offline": N_("The printer is switched off line. The sale is saved. The receipt prints when it is back."),
    "fault": N_("The printer reports a fault. The sale is saved. The receipt prints when it works again."),
    "not_writable": N_("The receipts’ folder cannot be written. The sale is saved. Check the folder’s rights."),
}
_UNKNOWN = N_("It is not certain that the receipt was printed. The sale is saved. Look at the printer.")

_STATES: dict[str, tuple[str, Literal["ok", "warn", "bad"]]] = {
    "ready": (N_("Printer"), "ok"),
    "paper_low": (N_("Paper low"), "warn"),
    "paper_out": (N_("Out of paper"), "bad"),
    "cover_open": (N_("Cover open"), "bad"),
    "offline": (N_("Printer off line"), "bad"),
    "fault": (N_("Printer fault"), "bad"),
    "silent": (N_("Printer silent"), "bad"),
    "unreachable": (N_("Printer not found"), "bad"),
    "not_writable": (N_("Printer folder"), "bad"),
}


def paper_words(view: PaperView, words: Wording, printer: Measured | None = None) -> PaperWords:
    """What to say of one sale's receipt; one that stands behind others waits for what the `printer` waits for."""
    state, reason = view.state.value, view.reason
    if state == "queued" and printer is not None and not printer.can_print:
        state, reason = "held", printer.state
    if (state, reason) in {("printed", "handed_over"), ("dropped", COPIED)}:
        state = reason
    chip, kind, icon = _CHIPS[state]
    sentence = ""
    if state == "held":
        sentence = words.say(_HELD.get(reason, _HELD["fault"]))
    elif state == "unknown":
        sentence = words.say(_UNKNOWN)
    return PaperWords(words.say(chip), kind, icon, sentence)


def printer_words(measured: Measured, words: Wording) -> DeviceState:
    """What the top bar shows of the printer; while it prints, what a person has to look at comes first."""
    if measured.can_print and measured.uncertain:
        check = words.count("{n} paper to check", "{n} papers to check", measured.uncertain)
        return DeviceState("printer", "print", check, "warn")
    text, kind = _STATES.get(measured.state, _STATES["fault"])
    return DeviceState("printer", "print", words.say(text), kind)


def scanner_words(words: Wording, *, answers: bool) -> DeviceState:
    """What the top bar shows of a scanner on a line; one that types its codes is not seen."""
    if answers:
        return DeviceState("scanner", "barcode_scanner", words.say("Scanner"), "ok")
    return DeviceState("scanner", "barcode_scanner", words.say("Scanner not found"), "bad")
