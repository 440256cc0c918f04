"""The settings of this machine: one declaration each, with name, type, default and meaning."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.speech import N_


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in `kassa.toml`, its default (which gives the type), what it means, what it may be.

    `label` and `meaning` are messages; `page` is where the settings window shows it.
    """

    name: str
    default: str | int
    meaning: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    label: str = ""
    page: str = "machine"

    @property
    def may_be(self) -> str:
        """What it may be, as a sign rather than a sentence."""
        return "|".join(self.choices) or (f"{self.least}–{self.most}" if self.most else "text")

    def allows(self, value: object) -> bool:
        """Whether it may be this: the right type, one of the choices, within its limits, printable."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str):
            return value.isprintable() and (not self.choices or value in self.choices)
        return not self.most or self.least <= value <= self.most


SETTINGS = (
    Setting(
        "workstation",
        1,
        N_("The number of this workstation; no two programs in one shop share it."),
        (),
        1,
        99,
        label=N_("Workstation number"),
    ),
    Setting(
        "printer",
        "none",
        N_("How receipts are printed: not at all, on a network printer, or into files."),
        ("none", "tcp", "file"),
        label=N_("Receipt printer"),
        page="devices",
    ),
    Setting(
        "printer_host",
        "",
        N_("The address of a network printer."),
        label=N_("Printer address"),
        page="devices",
    ),
    Setting(
        "printer_port",
        9100,
        N_("The port of a network printer."),
        (),
        1,
        65535,
        label=N_("Printer port"),
        page="devices",
    ),
    Setting(
        "printer_folder",
        "",
        N_("The folder a file printer writes into."),
        label=N_("Printer folder"),
        page="devices",
    ),
    Setting(
        "printer_profile",
        "80mm-48-cp852",
        N_("The kind of printer: its columns, dots and code page."),
        label=N_("Printer profile"),
        page="devices",
    ),
    Setting(
        "drawer_switch",
        "none",
        N_("What the drawer’s switch tells the printer: nothing, or that its signal is high or low while it is open."),
        ("none", "open_is_high", "open_is_low"),
        label=N_("Switch of the drawer"),
        page="devices",
    ),
    Setting(
        "customer_display",
        "none",
        N_("What the customer sees: nothing, the second screen filled, a window of its own, or two lines on a pole."),
        ("none", "second_screen", "window", "pole"),
        label=N_("Customer display"),
        page="devices",
    ),
    Setting(
        "customer_display_port",
        "",
        N_("The serial port a pole display hangs on: /dev/ttyUSB1, COM5."),
        label=N_("Port of the pole display"),
        page="devices",
    ),
    Setting(
        "e_receipt_folder",
        "",
        N_("The folder e-receipts are saved in. Empty: e-receipts beside this file."),
        label=N_("E-receipt folder"),
        page="devices",
    ),
    Setting(
        "e_receipt_mail",
        0,
        N_("Whether an e-receipt is also handed to the mail program (1) or not (0)."),
        (),
        0,
        1,
        label=N_("E-receipts by mail"),
        page="devices",
    ),
    Setting(
        "scanner_port",
        "",
        N_("The serial port a scanner hangs on: /dev/ttyACM0, COM3. Empty: it types its codes."),
        label=N_("Scanner port"),
        page="devices",
    ),
    Setting(
        "scanner_baud",
        9600,
        N_("How fast that port is."),
        (),
        300,
        921_600,
        label=N_("Scanner speed"),
        page="devices",
    ),
    Setting(
        "scanner_parity",
        "none",
        N_("The parity of that port."),
        ("none", "even", "odd"),
        label=N_("Scanner parity"),
        page="devices",
    ),
    Setting(
        "scale",
        "none",
        N_("The kind of scale. A simulated one shows what a script says."),
        ("none", "toledo_8217", "simulated"),
        label=N_("Scale"),
        page="devices",
    ),
    Setting(
        "scale_port",
        "",
        N_("The serial port the scale hangs on: /dev/ttyUSB0, COM4."),
        label=N_("Scale port"),
        page="devices",
    ),
    Setting(
        "scale_unit",
        "kg",
        N_("What the scale shows."),
        ("kg", "lb"),
        label=N_("Unit of the scale"),
        page="devices",
    ),
    Setting(
        "terminal",
        "none",
        N_(
            "How cards are taken: not at all, on an Adyen or Westpay terminal, on a stand-alone one, "
            "on one to practise with, on one in memory."
        ),
        ("none", "nexo_adyen", "nexo_westpay", "manual", "practice", "simulated"),
        label=N_("Card terminal"),
        page="devices",
    ),
    Setting(
        "terminal_host",
        "",
        N_("The address of the card terminal."),
        label=N_("Terminal address"),
        page="devices",
    ),
    Setting(
        "terminal_port",
        8443,
        N_("The port of the card terminal."),
        (),
        1,
        65535,
        label=N_("Terminal port"),
        page="devices",
    ),
    Setting(
        "terminal_id",
        "",
        N_("The terminal’s own id, as its maker gave it: V400m-346403161."),
        label=N_("Terminal id"),
        page="devices",
    ),
    Setting(
        "terminal_sale_id",
        "",
        N_("What this workstation calls itself to the terminal. Empty: KASSA and its number."),
        label=N_("Name of this till"),
        page="devices",
    ),
    Setting(
        "terminal_certificate",
        "",
        N_("The file with the certificate the terminal is known by, or the root that signed it (PEM)."),
        label=N_("Terminal certificate"),
        page="devices",
    ),
    Setting(
        "terminal_passphrase_file",
        "",
        N_("The file with the passphrase messages to an Adyen terminal are sealed with."),
        label=N_("Passphrase file"),
        page="devices",
    ),
    Setting(
        "terminal_key",
        "",
        N_("The name of that passphrase’s key, as set in the maker’s portal."),
        label=N_("Key name"),
        page="devices",
    ),
    Setting(
        "terminal_key_version",
        1,
        N_("The version of that key."),
        (),
        0,
        9999,
        label=N_("Key version"),
        page="devices",
    ),
    Setting(
        "terminal_connect_seconds",
        5,
        N_("How long the terminal may take to answer the line."),
        (),
        1,
        60,
        label=N_("Wait for the line"),
        page="devices",
    ),
    Setting(
        "terminal_card_seconds",
        140,
        N_("How long a payment may take; longer than the terminal itself waits for a card."),
        (),
        5,
        600,
        label=N_("Wait for a card"),
        page="devices",
    ),
    Setting(
        "terminal_question_seconds",
        10,
        N_("How long the terminal may take to answer a question."),
        (),
        1,
        120,
        label=N_("Wait for an answer"),
        page="devices",
    ),
    Setting(
        "scan_gap_ms",
        35,
        N_("The longest pause between two characters of one scan, in milliseconds."),
        (),
        15,
        80,
        label=N_("Pause within a scan"),
        page="devices",
    ),
    Setting(
        "auto_lock_minutes",
        3,
        N_("After how many quiet minutes the till locks itself; 0 for never."),
        (),
        0,
        60,
        label=N_("Locks itself after"),
    ),
    Setting(
        "keys",
        "",
        N_("Keys of your own, as “sell.keys.void=Ctrl+D; sell.keys.quantity=F4”. Empty: those on the buttons."),
        label=N_("Own keys"),
        page="keys",
    ),
    Setting(
        "ui_scale_percent",
        100,
        N_("How large everything on the screen is, in percent. Holds from the next start."),
        (),
        100,
        150,
        label=N_("Size"),
        page="look",
    ),
    Setting(
        "left_handed",
        0,
        N_("Whether the money column stands at the left (1) or at the right (0)."),
        (),
        0,
        1,
        label=N_("Left-handed"),
        page="look",
    ),
    Setting(
        "on_screen_keyboard",
        "auto",
        N_("Whether a keyboard opens on the screen when a text field is touched: for fingers, for a mouse too, never."),
        ("auto", "on", "off"),
        label=N_("Keyboard on the screen"),
        page="look",
    ),
    Setting(
        "sounds",
        1,
        N_("Whether scans and refusals are heard (1) or not (0)."),
        (),
        0,
        1,
        label=N_("Sounds"),
        page="sounds",
    ),
)
