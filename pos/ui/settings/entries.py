"""One kind of row for every setting: what it is called, what it says, what a person typed read back."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money, minor_text
from pos.domain.tax import read_percent
from pos.services.machine_settings import MachineSettingView
from pos.services.shop_settings import Kind, ShopSettingView, Value
from pos.speech import N_
from pos.wording import Wording

SHOP, RECEIPT, DEVICES, MACHINE, SOUNDS, LANGUAGES = "shop", "receipt", "devices", "machine", "sounds", "languages"
LOOK, TENDERS = "look", "tenders"

_OFF_ON = (("0", N_("Off")), ("1", N_("On")))
_SEVERAL = (Kind.LINES, Kind.CODE_RULES, Kind.RATES, Kind.TENDERS)
_TABLES = (Kind.CODE_RULES, Kind.TENDERS)
_SWITCHES = ("sounds", "e_receipt_mail", "left_handed")


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting as the window shows it. Everything is text here, as it is typed; `read` makes the value of it.

    `choices` are keys and messages; `table` is the kind of setting that has a table of its own. `of_shop` tells the
    shop's rules from this machine's settings.
    """

    name: str
    page: str
    label: str
    meaning: str
    value: str
    default: str
    of_shop: bool
    read: Callable[[str], Value]
    choices: tuple[tuple[str, str], ...] = ()
    lines: bool = False
    table: str = ""
    currency: str = ""

    def shown(self, text: str, words: Wording) -> str:
        """A value in words: the choice's own, or what is typed."""
        said = dict(self.choices).get(text)
        return words.say(said) if said else text


def entry_of_rule(view: ShopSettingView, currency: str, words: Wording) -> Entry:
    """A rule of the shop."""
    setting = view.setting
    sign = words.decimal_sign

    def typed(value: Value) -> str:
        if isinstance(value, tuple):
            return "\n".join(value)
        if setting.kind is Kind.MONEY and isinstance(value, int):
            return minor_text(value, currency).replace(".", sign)
        if setting.kind is Kind.PERCENT and isinstance(value, int):
            whole, part = divmod(value, 10_000)
            return f"{whole}{sign}{part:04d}".rstrip("0").rstrip(sign) if part else str(whole)
        return str(value)

    def read(text: str) -> Value:
        plain = text.strip().replace(",", ".").replace("%", "").strip()
        try:
            if setting.kind is Kind.MONEY:
                return Money.read(plain, currency).minor
            if setting.kind is Kind.PERCENT:
                return read_percent(plain)
        except AmountUnreadable:
            # The service refuses what is no number, with what it may be.
            return text
        return tuple(text.split("\n")) if setting.kind in _SEVERAL else text

    return Entry(
        name=setting.name,
        page=LANGUAGES if setting.name == "language" else setting.page,
        label=words.say(setting.label, name=setting.name.partition(".")[2]),
        meaning=words.say(setting.meaning),
        value=typed(view.value),
        default=typed(view.founded),
        of_shop=True,
        read=read,
        choices=setting.choices,
        lines=setting.kind in _SEVERAL,
        table=setting.kind.value if setting.kind in _TABLES else "",
        currency=currency,
    )


def entry_of_machine(view: MachineSettingView, words: Wording) -> Entry:
    """A setting of this machine."""
    setting = view.setting
    number = isinstance(setting.default, int)

    def read(text: str) -> Value:
        plain = text.strip()
        return int(plain) if number and plain.isascii() and plain.isdigit() and len(plain) < 12 else plain

    return Entry(
        name=setting.name,
        page=setting.page,
        label=words.say(setting.label) if setting.label else setting.name,
        meaning=words.say(setting.meaning),
        value=str(view.value),
        default=str(setting.default),
        of_shop=False,
        read=read,
        choices=_OFF_ON
        if setting.name in _SWITCHES
        else tuple((name, _CHOICES.get(name, name)) for name in setting.choices),
    )


_CHOICES = {
    "auto": N_("For fingers"),
    "on": N_("Always"),
    "off": N_("Never"),
    "none": N_("None"),
    "tcp": N_("Network"),
    "file": N_("Files"),
    "even": N_("Even"),
    "odd": N_("Odd"),
    "second_screen": N_("Second screen"),
    "window": N_("Window"),
    "pole": N_("Pole, two lines"),
    "nexo_adyen": N_("Adyen"),
    "nexo_westpay": N_("Westpay"),
    "manual": N_("Stands alone"),
    "practice": N_("To practise with"),
    "simulated": N_("In memory"),
    "open_is_high": N_("High is open"),
    "open_is_low": N_("Low is open"),
}
