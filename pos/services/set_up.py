"""Set a shop up: hold what was filled in against the rules, field by field, then found all of it or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from pos.domain.country import CASH_STEPS, CURRENCIES, country_of
from pos.domain.frozen import dataclass
from pos.domain.item_rows import text_fault
from pos.domain.money import AmountUnreadable
from pos.domain.new_shop import FirstItems, NewPerson, NewShop, ShopField, TypedTax
from pos.domain.refusal import Code, Refused
from pos.domain.shop import CashRounding, Mode, ReceiptTexts, ShopRules
from pos.domain.staff import Operator, pin_acceptable, pin_weak
from pos.domain.tax import TaxRate, read_percent
from pos.persistence.shop_folder import OpenShop
from pos.services.desk import Clock, Desk
from pos.services.item_import import ImportOptions, ImportReport, import_items
from pos.services.sample_items import sample_items
from pos.services.shop_logo import file_of, look_at_logo
from pos.services.shops import NewStaff, found_shop
from pos.settings import OWN_SHOP
from pos.speech import LANGUAGES
from receipts.document import Logo

OWNER_NUMBER = 100
STAFF_MAX = 40
TAXES_MAX = 8
LINE_LENGTH_MAX = 48
LINES_MAX = 6
_LENGTHS = {ShopField.NAME: 40, ShopField.VAT_NUMBER: 20, ShopField.OWNER_NAME: 40, ShopField.STAFF_NAME: 40}
_TAX_LENGTH_MAX = 16


@dataclass(frozen=True, slots=True)
class Founded:
    """A shop that is there: its folder, its owner, and what the file of items came to where one was taken."""

    folder: Path
    owner: Operator
    items: ImportReport | None = None


def found_own_shop(home: Path, new: NewShop, clock: Clock) -> Founded | Refused:
    """Found the shop of this machine, whole or not at all.

    Refused: as `check_shop`; ITEMS_REFUSED (`report`) where the file of items was not taken. Raises KnownError
    (SHOP_EXISTS, a full disk, FILE_UNREADABLE …).
    """
    refused = check_shop(new)
    if refused is not None:
        return refused
    folder = home / OWN_SHOP
    report = None
    try:
        report = _found(folder, new, clock)
    except _ItemsRefusedError as error:
        return Refused(Code.ITEMS_REFUSED, {"field": ShopField.ITEMS, "report": error.report})
    return Founded(folder, _operators(new)[0], report)


def try_items(new: NewShop, clock: Clock) -> ImportReport:
    """What the file of items would come to in this shop; nothing is kept. Raises KnownError FILE_UNREADABLE."""
    with tempfile.TemporaryDirectory(prefix="kassa-set-up-") as scratch:
        try:
            nobody: tuple[NewStaff, ...] = ()
            _found_with(Path(scratch) / OWN_SHOP, new, clock, nobody, dry_run=True)
        except _TriedError as tried:
            return tried.report
    raise AssertionError("a dry run always ends in its report")


def check_shop(new: NewShop, fields: Collection[ShopField] = tuple(ShopField)) -> Refused | None:
    """The first of these fields that is not good, with `field` and, of a person of the staff, `line` from 1.

    FIELD_MISSING, FIELD_TOO_LONG (`limit`), FIELD_UNREADABLE, CHOICE_UNKNOWN, STORE_NUMBER_INVALID, TAX_INVALID,
    TAX_TWICE, PIN_TOO_SHORT, PIN_WEAK, PINS_DIFFER, STAFF_LIMIT, and of the logo as `look_at_logo`. Raises KnownError
    FILE_UNREADABLE where the logo's file cannot be read.
    """
    for field in ShopField:
        check = _CHECKS.get(field)
        if field in fields and check is not None and (refused := check(new)) is not None:
            return Refused(refused.code, {"field": field, **refused.facts})
    return None


def check_person(person: NewPerson, number: int, fields: tuple[ShopField, ShopField, ShopField]) -> Refused | None:
    """Whether a person may be taken on as typed: a name, a PIN nobody guesses, the same PIN again."""
    name, pin, again = fields
    if (refused := _line(person.name, name, needed=True)) is not None:
        return Refused(refused.code, {"field": name, **refused.facts})
    if not pin_acceptable(person.pin):
        return Refused(Code.PIN_TOO_SHORT, {"field": pin})
    if pin_weak(person.pin, str(number)):
        return Refused(Code.PIN_WEAK, {"field": pin})
    if person.pin != person.pin_again:
        return Refused(Code.PINS_DIFFER, {"field": again})
    return None


def rules_of(new: NewShop) -> ShopRules:
    """The first version of the shop's rules. Call it for what `check_shop` lets through."""
    return ShopRules(
        name=_plain(new.name),
        store=new.store.strip(),
        currency=new.currency,
        timezone=new.timezone,
        region=f"{new.country}-{new.region}" if new.region else new.country,
        language=new.language,
        price_mode=new.price_mode,
        tax_rates=tuple(_rate(tax, new) for tax in new.taxes),
        cash_rounding=CashRounding(step=new.cash_step),
        vat_number=_plain(new.vat_number),
        receipt=ReceiptTexts(_lines(new.header), _lines(new.policy), _lines(new.footer)),
    )


def logo_of_new(new: NewShop) -> Logo | Refused | None:
    """What the picture named in the set-up would print; None where none is named.

    Refused: as `look_at_logo`. Raises KnownError FILE_UNREADABLE.
    """
    path = new.logo_file.strip()
    return look_at_logo(Path(path).expanduser()) if path else None


def _rate(typed: TypedTax, new: NewShop) -> TaxRate:
    """The tax as typed; one that is as the country proposes it brings its dated rates along."""
    code, rate = _plain(typed.code), _percent(typed.percent)
    country = country_of(new.country)
    known = () if country is None else country.taxes_of(new.region)
    proposed = next((each for each in known if (each.code, each.rate_millionths) == (code, rate)), None)
    return proposed or TaxRate(code, rate)


class _ItemsRefusedError(Exception):
    """The file of items was not taken, so nothing is founded."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(report.problem)
        self.report = report


class _TriedError(_ItemsRefusedError):
    """The dry run is over; nothing is to be kept."""


def _found(folder: Path, new: NewShop, clock: Clock) -> ImportReport | None:
    people = (new.owner, *new.staff)
    staff = [NewStaff(who, person.pin) for who, person in zip(_operators(new), people, strict=True)]
    return _found_with(folder, new, clock, staff)


def _found_with(
    folder: Path, new: NewShop, clock: Clock, staff: Collection[NewStaff], *, dry_run: bool = False
) -> ImportReport | None:
    rules = rules_of(new)
    reports: list[ImportReport] = []
    logo = logo_of_new(new)
    logos: dict[str, bytes] = {}
    if isinstance(logo, Logo):
        kept, content = file_of(logo)
        rules, logos = replace(rules, receipt=replace(rules.receipt, logo=kept)), {kept.sha256: content}

    def begin(shop: OpenShop) -> None:
        if new.items is not FirstItems.FILE:
            return
        desk = Desk(shop, 1, clock, rules, _operators(new)[0])
        options = ImportOptions(maps=new.items_maps, tax=new.items_tax, take_good=new.items_take_good, dry_run=dry_run)
        # In a shop that is only tried nobody works, and nothing stays that somebody could have been let do.
        report = import_items(desk, Path(new.items_file), options, from_command_line=dry_run)
        assert isinstance(report, ImportReport), "an owner may import"
        if dry_run:
            raise _TriedError(report)
        if not report.good:
            raise _ItemsRefusedError(report)
        reports.append(report)

    items = sample_items(rules) if new.items is FirstItems.SAMPLES else ()
    found_shop(
        folder,
        rules,
        mode=Mode.LIVE,
        clock=clock,
        workstation=1,
        staff=tuple(staff),
        items=items,
        begin=begin,
        logos=logos,
    )
    return reports[0] if reports else None


def _operators(new: NewShop) -> list[Operator]:
    """The owner first; numbers in the order in which people were named."""
    people = enumerate((new.owner, *new.staff), OWNER_NUMBER)
    return [Operator(str(number), _plain(person.name), person.role, person.language) for number, person in people]


# --- One check a field ------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Text without blanks at its ends or in rows: how it is kept."""
    return " ".join(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(_plain, text.splitlines()) if line)


def _percent(text: str) -> int:
    return read_percent(text.strip().removesuffix("%").strip().replace(",", "."))


def _line(text: str, field: ShopField, *, needed: bool = False) -> Refused | None:
    plain, limit = _plain(text), _LENGTHS[field]
    if needed and not plain:
        return Refused(Code.FIELD_MISSING)
    if len(plain) > limit:
        return Refused(Code.FIELD_TOO_LONG, {"limit": limit})
    return Refused(Code.FIELD_UNREADABLE) if text_fault(plain) else None


def _paragraph(text: str) -> Refused | None:
    lines = _lines(text)
    if len(lines) > LINES_MAX or any(len(line) > LINE_LENGTH_MAX for line in lines):
        return Refused(Code.FIELD_TOO_LONG, {"limit": LINE_LENGTH_MAX})
    return Refused(Code.FIELD_UNREADABLE) if any(map(text_fault, lines)) else None


def _one_of(value: object, choices: Collection[object]) -> Refused | None:
    return None if value in choices else Refused(Code.CHOICE_UNKNOWN, {"choice": str(value)[:40]})


def _zone(new: NewShop) -> Refused | None:
    if new.timezone not in available_timezones():
        return Refused(Code.CHOICE_UNKNOWN, {"choice": new.timezone[:40]})
    ZoneInfo(new.timezone)
    return None


def _store(new: NewShop) -> Refused | None:
    store = new.store.strip()
    right = len(store) == 4 and store.isascii() and store.isdigit()
    return None if right else Refused(Code.STORE_NUMBER_INVALID)


def _taxes(new: NewShop) -> Refused | None:
    seen: set[str] = set()
    if len(new.taxes) > TAXES_MAX:
        return Refused(Code.FIELD_TOO_LONG, {"limit": TAXES_MAX})
    for line, tax in enumerate(new.taxes, 1):
        code = _plain(tax.code)
        if not code or len(code) > _TAX_LENGTH_MAX or text_fault(code) or "|" in code or " " in code:
            return Refused(Code.TAX_INVALID, {"line": line, "tax": code[:_TAX_LENGTH_MAX], "percent": tax.percent[:12]})
        if code.casefold() in seen:
            return Refused(Code.TAX_TWICE, {"line": line, "tax": code})
        seen.add(code.casefold())
        try:
            _percent(tax.percent)
        except AmountUnreadable:
            return Refused(Code.TAX_INVALID, {"line": line, "tax": code, "percent": tax.percent[:12]})
    return None


def _owner(new: NewShop, wanted: ShopField) -> Refused | None:
    fields = (ShopField.OWNER_NAME, ShopField.OWNER_PIN, ShopField.OWNER_PIN_AGAIN)
    refused = check_person(new.owner, OWNER_NUMBER, fields)
    return refused if refused is not None and refused.facts["field"] is wanted else None


def _staff(new: NewShop) -> Refused | None:
    if len(new.staff) > STAFF_MAX:
        return Refused(Code.STAFF_LIMIT, {"limit": STAFF_MAX})
    fields = (ShopField.STAFF_NAME, ShopField.STAFF_PIN, ShopField.STAFF_PIN_AGAIN)
    for line, person in enumerate(new.staff, 1):
        if (refused := check_person(person, OWNER_NUMBER + line, fields)) is not None:
            return Refused(refused.code, refused.facts | {"line": line})
    return None


def _logo(new: NewShop) -> Refused | None:
    logo = logo_of_new(new)
    return logo if isinstance(logo, Refused) else None


def _items(new: NewShop) -> Refused | None:
    wanted = new.items is FirstItems.FILE and not new.items_file.strip()
    return Refused(Code.FIELD_MISSING) if wanted else None


_CHECKS: dict[ShopField, Callable[[NewShop], Refused | None]] = {
    ShopField.COUNTRY: lambda new: None if country_of(new.country) else Refused(Code.CHOICE_UNKNOWN, {"choice": ""}),
    ShopField.NAME: lambda new: _line(new.name, ShopField.NAME, needed=True),
    ShopField.STORE: _store,
    ShopField.LANGUAGE: lambda new: _one_of(new.language, LANGUAGES),
    ShopField.TIMEZONE: _zone,
    ShopField.CURRENCY: lambda new: _one_of(new.currency, CURRENCIES),
    ShopField.TAX_RATES: _taxes,
    ShopField.ROUNDING: lambda new: _one_of(new.cash_step, CASH_STEPS),
    ShopField.HEADER: lambda new: _paragraph(new.header),
    ShopField.POLICY: lambda new: _paragraph(new.policy),
    ShopField.FOOTER: lambda new: _paragraph(new.footer),
    ShopField.VAT_NUMBER: lambda new: _line(new.vat_number, ShopField.VAT_NUMBER),
    ShopField.LOGO: _logo,
    ShopField.OWNER_NAME: lambda new: _owner(new, ShopField.OWNER_NAME),
    ShopField.OWNER_PIN: lambda new: _owner(new, ShopField.OWNER_PIN),
    ShopField.OWNER_PIN_AGAIN: lambda new: _owner(new, ShopField.OWNER_PIN_AGAIN),
    ShopField.STAFF_NAME: _staff,
    ShopField.ITEMS: _items,
}
