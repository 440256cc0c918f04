"""Drawer, printing and card terminal in words for the top bar, and every device in words for its panel."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Weighed
from pos.services.terminal_state import TerminalState
from pos.ui.drawer_watch import Standing
from pos.ui.paper_words import printer_words
from pos.ui.printing import Measured
from pos.ui.shared.device_source import DeviceView
from pos.ui.shared.leads import PLAY_CUSTOMER
from pos.ui.shared.top_bar import DeviceState, StateKind
from pos.wording import N_, Wording

PRINTER, DRAWER, SCANNER, SCALE, DISPLAY, TERMINAL = "printer", "drawer", "scanner", "scale", "display", "terminal"

# The state's word, what it means for selling, and what to do: each may be empty.
_Said = tuple[str, StateKind, str, str]

_PRINTS = N_("It prints. Papers come out as soon as the sale is in the books.")
_WAITS = N_("It does not print now. Selling goes on; every paper waits and prints once.")
_CHECK = N_("It is not certain that every paper came out. Look at the printer, then say so under What waits.")
_MEND: dict[str, str] = {
    "paper_low": N_("The roll ends soon. Have a new one ready."),
    "paper_out": N_("Put a new roll in and close the cover."),
    "cover_open": N_("Close the cover."),
    "offline": N_("Switch it on line: there is a button for it on the printer."),
    "fault": N_("Switch it off and on again. If the fault stays, look at the cutter and the paper."),
    "silent": N_("Look at its cable and its switch."),
    "unreachable": N_("Look at its cable and its switch. Its address stands in the settings."),
    "not_writable": N_("Check the rights of the folder that stands in the settings."),
}
_DRAWER: dict[Standing, _Said] = {
    Standing.UNKNOWN: (
        N_("Not known"),
        "neutral",
        N_("The printer does not tell how the drawer stands. Selling goes on."),
        N_("If the drawer has a switch, say in the settings what its signal means."),
    ),
    Standing.SHUT: (N_("Shut"), "ok", N_("It opens by itself when cash goes in or out."), ""),
    Standing.OPEN: (N_("Open"), "neutral", N_("It is open now."), N_("Shut it before you serve the next customer.")),
    Standing.LEFT_OPEN: (N_("Left open"), "warn", N_("It has stood open for a while."), N_("Shut it.")),
}
_TERMINAL: dict[TerminalState, _Said] = {
    TerminalState.UNKNOWN: (N_("Not asked yet"), "neutral", "", ""),
    TerminalState.READY: (N_("Ready"), "ok", N_("It takes cards."), ""),
    TerminalState.BUSY: (
        N_("Busy"),
        "info",
        N_("A payment is under way on it."),
        N_("Wait, or cancel it on the pay screen."),
    ),
    TerminalState.AWAY: (
        N_("Not reached"),
        "bad",
        N_("No cards now. Every other way to pay works."),
        N_("Look at its cable, its network and its switch. Its address stands in the settings."),
    ),
    TerminalState.LOGGED_OUT: (
        N_("Logged out"),
        "warn",
        N_("It is there, and is logged in again by itself with the next payment."),
        "",
    ),
    TerminalState.REFUSES: (
        N_("Refuses"),
        "bad",
        N_("It answers and takes no requests of this till. Every other way to pay works."),
        N_("Its id, its key or its certificate in the settings may be another’s."),
    ),
    TerminalState.UNRESOLVED: (
        N_("Outcome open"),
        "warn",
        N_("It is not certain whether the last card was charged. No other card is taken meanwhile."),
        N_("Look at the terminal. A manager decides it where the terminal does not say."),
    ),
}
_DISPLAY: dict[str, _Said] = {
    "none": (N_("None"), "neutral", N_("This till has no display for the customer. Name one in the settings."), ""),
    "shown": (N_("Shows the sale"), "ok", N_("The customer sees every line, what is saved and the total."), ""),
    "no_screen": (
        N_("No second screen"),
        "warn",
        N_("The customer sees nothing. Selling goes on."),
        N_("Plug the second screen in: the display moves there by itself."),
    ),
    "silent": (
        N_("Not found"),
        "bad",
        N_("The customer sees nothing. Selling goes on."),
        N_("Look at its cable. Its port stands in the settings."),
    ),
}
_BAR: dict[TerminalState, tuple[str, StateKind]] = {
    TerminalState.UNKNOWN: (N_("Terminal"), "neutral"),
    TerminalState.READY: (N_("Terminal"), "ok"),
    TerminalState.BUSY: (N_("Terminal busy"), "info"),
    TerminalState.AWAY: (N_("No terminal"), "bad"),
    TerminalState.LOGGED_OUT: (N_("Terminal"), "warn"),
    TerminalState.REFUSES: (N_("Terminal refuses"), "bad"),
    TerminalState.UNRESOLVED: (N_("Card outcome open"), "warn"),
}


def drawer_words(standing: Standing, seconds: int, words: Wording) -> DeviceState:
    """An open drawer; one that was left open says for how long, as minutes and seconds."""
    if standing is not Standing.LEFT_OPEN:
        return DeviceState(DRAWER, "point_of_sale", words.say("Drawer open"), "neutral")
    lasts = f"{seconds // 60}:{seconds % 60:02d}"
    return DeviceState(DRAWER, "point_of_sale", words.say("Drawer open {time}", time=lasts), "warn")


def progress_words(at: int, of: int, words: Wording) -> DeviceState:
    """How far the printer is with the papers that came together."""
    return DeviceState(PRINTER, "print", words.say("Printing {at} of {of}", at=at, of=of), "neutral")


def terminal_words(state: TerminalState, words: Wording) -> DeviceState:
    """What the top bar shows of the card terminal."""
    text, kind = _BAR[state]
    return DeviceState(TERMINAL, "contactless", words.say(text), kind)


def printer_view(measured: Measured | None, words: Wording, *, there: bool) -> DeviceView:
    """The receipt printer; its queue has a place of its own."""
    say = words.say
    title = say("Receipt printer")
    if not there:
        nothing = say("This till has no printer. Name one in the settings.")
        return DeviceView(PRINTER, "print", title, say("No printer"), "neutral", nothing)
    leads = {"test": say("Test print"), "place": PRINTER, "place_says": say("What waits")}
    if measured is None:
        return DeviceView(PRINTER, "print", title, say("Asking the printer"), "neutral", **leads)
    said = printer_words(measured, words)
    meaning = say(_PRINTS if measured.can_print else _WAITS)
    mend = say(_MEND[measured.state]) if measured.state in _MEND else ""
    if measured.uncertain:
        mend = say(_CHECK)
    state = say("Ready") if measured.state == "ready" and not measured.uncertain else said.text
    return DeviceView(PRINTER, "print", title, state, said.kind, meaning, mend, **leads)


def drawer_view(standing: Standing, words: Wording, *, there: bool) -> DeviceView:
    """The cash drawer on the printer's plug."""
    title, icon = words.say("Cash drawer"), "point_of_sale"
    if not there:
        nothing = words.say("The drawer hangs on the receipt printer, and this till has none that opens one.")
        return DeviceView(DRAWER, icon, title, words.say("No drawer"), "neutral", nothing)
    return _view(DRAWER, icon, title, _DRAWER[standing], words, test=words.say("Is the drawer open?"))


def scanner_view(answers: bool | None, words: Wording) -> DeviceView:
    """The scanner; one that types its codes is a keyboard to the till."""
    title, icon, test = words.say("Scanner"), "barcode_scanner", words.say("Try the scanner")
    said: _Said
    if answers is None:
        said = (N_("Types its codes"), "neutral", N_("It works as a keyboard: the till sees it by what it scans."), "")
    elif answers:
        said = (N_("Ready"), "ok", N_("Its line is there. Codes reach every screen."), "")
    else:
        said = (
            N_("Not found"),
            "bad",
            N_("Its line is gone. Codes can be typed, and items searched with F2."),
            N_("Plug it in: it comes back by itself."),
        )
    return _view(SCANNER, icon, title, said, words, test=test)


def scale_view(reading: Weighed | Refused | None, words: Wording, *, there: bool) -> DeviceView:
    """The scale, as it was read last."""
    title, test = words.say("Scale"), words.say("Read the scale")
    said: _Said
    if not there:
        said, test = (N_("No scale"), "neutral", N_("Weights are typed. A scale is named in the settings."), ""), ""
    elif reading is None:
        said = (N_("Not asked yet"), "neutral", "", "")
    elif isinstance(reading, Weighed):
        return DeviceView(
            SCALE, "scale", title, words.quantity(reading.net), "ok", words.say("It stands still."), test=test
        )
    elif reading.code is Code.SCALE_OFFLINE:
        said = (
            N_("Not found"),
            "bad",
            N_("Weights can be typed, with a reason. Selling goes on."),
            N_("Look at its cable and its switch."),
        )
    elif reading.code is Code.WEIGHT_INVALID:
        said = (N_("Ready"), "ok", N_("Nothing lies on it."), "")
    else:
        return DeviceView(SCALE, "scale", title, words.say("Answers"), "warn", words.refusal(reading), test=test)
    return _view(SCALE, "scale", title, said, words, test=test)


def display_view(state: str, words: Wording) -> DeviceView:
    """The customer's display, by its state's own word."""
    test = "" if state == "none" else words.say("Show a test picture")
    return _view(DISPLAY, "monitor", words.say("Customer display"), _DISPLAY[state], words, test=test)


def terminal_view(state: TerminalState | None, words: Wording, *, can_ask: bool, plays: bool = False) -> DeviceView:
    """The card terminal; None where this till has none. `plays`: somebody may play the customer at it."""
    title = words.say("Card terminal")
    if state is None:
        nothing = words.say("Cards are not taken at this till. A terminal is named in the settings.")
        return DeviceView(TERMINAL, "contactless", title, words.say("No terminal"), "neutral", nothing)
    test = words.say("Ask the terminal") if can_ask and state is not TerminalState.BUSY else ""
    view = _view(TERMINAL, "contactless", title, _TERMINAL[state], words, test=test)
    return (
        replace(view, place=PLAY_CUSTOMER, place_says=words.say("Play the customer at the terminal")) if plays else view
    )


def _view(name: str, icon: str, title: str, said: _Said, words: Wording, *, test: str = "") -> DeviceView:
    state, kind, meaning, next_step = said
    means, next_says = (words.say(text) if text else "" for text in (meaning, next_step))
    return DeviceView(name, icon, title, words.say(state), kind, means, next_says, test=test)
