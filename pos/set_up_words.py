"""What set-up says: the names of its fields, why one is refused, and what a country's law asks of a register."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.country import Register
from pos.domain.new_shop import ShopField
from pos.domain.refusal import Code
from pos.speech import N_, Speech

FIELDS = {
    ShopField.COUNTRY: N_("Country"),
    ShopField.NAME: N_("Name of the shop"),
    ShopField.STORE: N_("Store number"),
    ShopField.LANGUAGE: N_("Language of the receipts"),
    ShopField.TIMEZONE: N_("Time zone"),
    ShopField.CURRENCY: N_("Currency"),
    ShopField.PRICE_MODE: N_("Shelf prices"),
    ShopField.TAX_RATES: N_("Tax rates"),
    ShopField.ROUNDING: N_("Cash is rounded to"),
    ShopField.HEADER: N_("Under the shop’s name"),
    ShopField.POLICY: N_("What you promise"),
    ShopField.FOOTER: N_("At the end"),
    ShopField.VAT_NUMBER: N_("Tax registration number"),
    ShopField.LOGO: N_("Logo"),
    ShopField.OWNER_NAME: N_("Your name"),
    ShopField.OWNER_PIN: N_("PIN"),
    ShopField.OWNER_PIN_AGAIN: N_("PIN again"),
    ShopField.STAFF_NAME: N_("Name"),
    ShopField.STAFF_PIN: N_("PIN"),
    ShopField.STAFF_PIN_AGAIN: N_("PIN again"),
    ShopField.ITEMS: N_("File of items"),
}

REGISTERS = {
    Register.CONTROL_UNIT: N_(
        "The law of this country ({country}) asks for a register with a certified control unit. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
    Register.SECURITY_DEVICE: N_(
        "The law of this country ({country}) asks for a register with a certified security device. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
    Register.CERTIFIED_SOFTWARE: N_(
        "The law of this country ({country}) asks for certified till software. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
    Register.FISCAL_PRINTER: N_(
        "The law of this country ({country}) asks for a certified fiscal printer or register. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
    Register.ONLINE_REGISTER: N_(
        "The law of this country ({country}) asks for a register that reports to the tax office. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
    Register.DECLARED_REGISTER: N_(
        "The law of this country ({country}) asks for a register its maker has declared to the tax office. "
        "Kassa is none: do not use it there for real sales as it stands."
    ),
}

SET_UP_REFUSALS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.FIELD_MISSING: lambda w, f: w.say("“{field}” is empty. Fill it in to go on.", field=f["field"]),
    Code.FIELD_TOO_LONG: lambda w, f: w.say(
        "“{field}” is too long: {limit} fit. Make it shorter to go on.", field=f["field"], limit=f["limit"]
    ),
    Code.FIELD_UNREADABLE: lambda w, f: w.say(
        "“{field}” holds a character that cannot be printed. Type it anew without it.", field=f["field"]
    ),
    Code.CHOICE_UNKNOWN: lambda w, f: w.say(
        "“{choice}” is not one of the choices for “{field}”. Choose one of the list.",
        choice=f["choice"],
        field=f["field"],
    ),
    Code.STORE_NUMBER_INVALID: lambda w, f: w.say(
        "A store number has four digits, like 0001. It begins every receipt number. Type it anew."
    ),
    Code.TAX_INVALID: lambda w, f: w.say(
        "Tax {line} (“{tax}”, “{percent}”) cannot be used. Give it a name of one word and 0 to 100 per cent.",
        line=f["line"],
        tax=f["tax"],
        percent=f["percent"],
    ),
    Code.TAX_TWICE: lambda w, f: w.say("Two taxes are called “{tax}”. Give each a name of its own.", tax=f["tax"]),
    Code.PIN_WEAK: lambda w, f: w.say(
        "This PIN is among the first anybody would try. Choose one without a pattern, a run or the staff number."
    ),
    Code.PINS_DIFFER: lambda w, f: w.say("The two PINs are not the same. Type the PIN again in both fields."),
    Code.STAFF_LIMIT: lambda w, f: w.say(
        "No more than {limit} people fit here. Leave the others for later.", limit=f["limit"]
    ),
    Code.ITEMS_REFUSED: lambda w, f: w.say(
        "The file of items was not taken, so no shop was made. Look at what it says, or begin without items."
    ),
}
