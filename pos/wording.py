"""Codes, reasons and labels become sentences (gettext); money, numbers and dates are written as people do (Babel).

The language of the operator and that of the customer are two arguments: each is a `Wording` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.numbers import NumberPattern, format_currency, format_percent, parse_pattern

from pos import code_words as late_code_words
from pos import finding_words as late_finding_words
from pos import refusal_sentences as late_refusal_sentences
from pos import return_words as late_return_words
from pos import selling_words as late_selling_words
from pos import set_up_words as late_set_up_words
from pos import tender_words as late_tender_words
from pos import trouble_words as late_trouble_words
from pos.domain import new_shop as late_new_shop
from pos.domain.by_hand import Share
from pos.domain.money import Money, Quantity, Unit, exponent_of, minor_decimal
from pos.domain.reasons import Reason
from pos.domain.refusal import Refused
from pos.domain.staff import Operator, Role
from pos.domain.tender import Tender, TenderKind
from pos.domain.trouble import KnownError
from pos.speech import LANGUAGES, N_, Speech

if TYPE_CHECKING:
    from pos.domain.country import Register
    from pos.domain.finding import Finding
    from pos.domain.return_decision import Reason as ReturnReason
    from pos.domain.return_decision import Remedy

__all__ = ["LANGUAGES", "N_", "Wording"]

# The region that decides date order and separators where only the language is known.
_LOCALES = {"en": "en_US", "cs": "cs_CZ", "sv": "sv_SE"}

_DAY_TYPED = re.compile(r"([0-9]{1,4})[-./ ]+([0-9]{1,2})(?:[-./ ]+([0-9]{2,4}))?[./ ]*", re.ASCII)
_DAYS_MAX, _CENTURIES, _CENTURY = 31, 100, 2000
_LETTER_AT_FIGURE = re.compile(r"(?<=[^\W\d_])(?=\d)")


class Wording(Speech):
    """Every word one person reads, in one language. Immutable; make another for another language."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(language)
        self._locale = Locale.parse(_LOCALES[self.language])

    def money(self, amount: Money) -> str:
        """An amount with its currency sign: "$138.65", "123 456,78 Kč"."""
        return _money(amount.minor, amount.currency, self._locale)

    def amount(self, amount: Money) -> str:
        """An amount without its sign, for columns: "138.65", "123 456,78"."""
        return _amount(amount.minor, exponent_of(amount.currency), self._locale)

    def short_money(self, amount: Money) -> str:
        """An amount with its sign, and no decimals where they are all zero: "$20", "100 Kč"."""
        whole = 10 ** exponent_of(amount.currency)
        if amount.minor % whole:
            return self.money(amount)
        short = format_currency(
            amount.minor // whole,
            amount.currency,
            locale=self._locale,
            currency_digits=False,
            format=self._locale.currency_formats["standard"].pattern.replace(".00", ""),
        )
        return _spaced(short)

    def number(self, value: int) -> str:
        return _decimal(value, 0, "#,##0", self._locale)

    def quantity(self, quantity: Quantity) -> str:
        """How much, with its unit and all three decimals unless pieces: "3", "1.250 lb"."""
        if quantity.unit is Unit.PIECE:
            return _decimal(quantity.thousandths, 3, "#,##0.###", self._locale)
        return f"{_decimal(quantity.thousandths, 3, '#,##0.000', self._locale)} {self.unit(quantity.unit)}"

    def unit(self, unit: Unit) -> str:
        """The sign of a unit of measure; pieces are said in words."""
        return self.say("piece") if unit is Unit.PIECE else unit.value

    def quoted(self, text: str) -> str:
        """What somebody wrote or may say, in the language's quotation marks."""
        return self.say("“{text}”", text=text)

    def percent(self, millionths: int) -> str:
        """A rate in millionths as per cent: "8.875%", "21 %"."""
        return _percent(millionths, self._locale)

    def tax_rate(self, millionths: int, unit_amount: int | None, currency: str) -> str:
        """What a tax is: a rate in per cent, or an amount a unit."""
        if unit_amount is None:
            return self.percent(millionths)
        return self.say("{amount} a unit", amount=self.amount(Money(unit_amount, currency)))

    def time(self, moment: datetime) -> str:
        """The time of day on a 24-hour clock, hours and minutes."""
        return format_time(moment, "HH:mm", locale=self._locale)

    def day(self, day: date) -> str:
        """A day in full with its weekday: "Saturday, November 21"."""
        return format_date(day, _DAY_PATTERNS[self.language], locale=self._locale)

    def short_day(self, day: date) -> str:
        """A day as short as can be read anywhere: "Nov 21, 2026"."""
        return format_date(day, "medium", locale=self._locale)

    def numeric_day(self, day: date) -> str:
        """A day as people type it: "11/21/2026", "21.11.2026", "2026-11-21"; `read_day` reads it."""
        order, sign = _day_order(self._locale)
        if order == "yMd":
            return day.isoformat()
        return sign.join(str({"y": day.year, "M": day.month, "d": day.day}[letter]) for letter in order)

    def read_day(self, typed: str, today: date) -> date | None:
        """The day somebody typed in the order of their language, or as 2026-11-21; None where it is none.

        Without a year the last such day is meant, a short year is one of this century.
        """
        written = _DAY_TYPED.fullmatch(typed.strip())
        if written is None:
            return None
        figures = [int(figure) for figure in written.groups() if figure]
        order = "yMd" if figures[0] > _DAYS_MAX else _day_order(self._locale)[0]
        told = dict(zip(order if len(figures) == len(order) else order.replace("y", ""), figures, strict=True))
        year = told.get("y", today.year)
        try:
            day = date(year + _CENTURY if year < _CENTURIES else year, told["M"], told["d"])
            return day.replace(year=day.year - 1) if "y" not in told and day > today else day
        except ValueError:
            return None

    def weekday(self, number: int) -> str:
        """A day of the week, 0 is Monday: "Monday"."""
        return str(get_day_names("wide", locale=self._locale)[number])

    def short_weekday(self, number: int) -> str:
        """A day of the week, 0 is Monday, in short: "Mon", "po", "mån"."""
        return str(get_day_names("abbreviated", "stand-alone", self._locale)[number])

    @property
    def decimal_sign(self) -> str:
        """What stands between units and their parts: "." or ","."""
        return str(self._locale.number_symbols["latn"]["decimal"])

    def refusal(self, refused: Refused) -> str:
        """The whole sentence for a "no": what happened, what it means, what to do."""
        return late_refusal_sentences.SENTENCES[refused.code](self, self._facts(refused.facts))

    def return_reason(self, reason: ReturnReason) -> str:
        """What the cashier reads of one reason of a return: the policy's own words, or the program's."""
        return reason.said("cashier", self.language) or late_return_words.return_sentence(
            self, reason.code, self._facts(reason.facts)
        )

    def return_reason_short(self, reason: ReturnReason) -> str:
        """What decided, in a few words beside a line; empty where only the whole sentence says it."""
        return late_return_words.short_words(self, reason.code, self._facts(reason.facts))

    def rule(self, rule: str) -> str:
        """The name of a rule that decided: the policy's own as it is, the program's and the law's in words."""
        return late_return_words.rule_words(self, rule)

    def return_reason_for_customer(self, reason: ReturnReason) -> str:
        """What the customer may be told of it; empty where there is nothing to tell."""
        own = reason.said("customer", self.language)
        return own or late_return_words.customer_sentence(self, reason.code, self._facts(reason.facts))

    def remedy(self, remedy: Remedy) -> str:
        """What the cashier can do to make it a yes."""
        return late_return_words.remedy_sentence(self, remedy.code, self._facts(remedy.facts))

    def remedy_for_customer(self, remedy: Remedy) -> str:
        """What the customer can do to make it a yes; empty where there is nothing."""
        return late_return_words.remedy_for_customer(self, remedy.code, self._facts(remedy.facts))

    def id_kind(self, kind: str) -> str:
        """What an identity document is called; another shop's own kind as it is."""
        return self.say(late_return_words.DOCUMENTS[kind]) if kind in late_return_words.DOCUMENTS else kind

    def condition(self, condition: str) -> str:
        """A state of goods, or the policy's own word for one."""
        return late_return_words.condition_words(self, condition)

    def claim_manner(self, manner: str) -> str:
        """How a claim for a defect may end."""
        return self.say(late_return_words.CLAIM_MANNERS.get(manner, manner))

    def _facts(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: self._fact(value) for name, value in facts.items()}

    def _fact(self, value: object) -> object:
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, late_new_shop.ShopField):
            return self.field(value)
        if isinstance(value, Share):
            return self.percent(value.millionths)
        if isinstance(value, datetime):
            return self.time(value)
        return self.short_day(value) if isinstance(value, date) else value

    def reason(self, reason: Reason) -> str:
        """A reason as its button says it."""
        return late_selling_words.reason_words(self, reason)

    def expired(self, item: str, day: date) -> str:
        """What is said of an item whose last day is over."""
        return late_code_words.expired_words(self, item, self.short_day(day))

    def trouble(self, error: KnownError) -> str:
        """The whole sentence for what the world did: what happened, what it means for the books, what to do."""
        return late_trouble_words.TROUBLES[error.trouble](self, error.facts)

    def finding(self, finding: Finding) -> str:
        """What is wrong with the books, as a clause after its place."""
        return self.say(late_finding_words.FINDINGS[finding])

    def field(self, field: late_new_shop.ShopField) -> str:
        """What a field of the set-up is called."""
        return self.say(late_set_up_words.FIELDS[field])

    def register(self, register: Register, country: str) -> str:
        """What a country's law asks of a register, and that Kassa is none."""
        return self.say(late_set_up_words.REGISTERS[register], country=self.country(country))

    def country(self, code: str) -> str:
        """A country's name; "ZZ" is one that is not on the list."""
        return self.say("Another country") if code == "ZZ" else str(self._locale.territories.get(code, code))

    def currency(self, code: str) -> str:
        """A currency's name and code: "Swedish Krona (SEK)"."""
        return f"{self._locale.currencies.get(code, code)} ({code})"

    def role(self, role: str, name: str = "") -> str:
        """What a role is called: one built in by its word, the shop's own by the name it gave."""
        return name or self.say(_ROLES.get(role, role))

    def role_of(self, operator: Operator) -> str:
        """What somebody's role is called."""
        return self.role(operator.role, operator.role_name)

    def tender(self, kind: TenderKind) -> str:
        """What a kind of tender is called."""
        return self.say(late_tender_words.TENDERS[kind])

    def tender_called(self, code: str) -> str:
        """What the tender of this code is called: a kind by its word, a type of the shop's own as the shop says."""
        return late_tender_words.tender_name(self, code)

    def refund_to(self, kind: str, shown: str = "") -> str:
        """A way money goes out on a return, with what may be shown of where to."""
        return late_return_words.refund_words(self, kind, shown)

    def approved(self, code: str) -> str:
        """What somebody agreed to under this code, in a few words."""
        return late_return_words.approved_words(self, code)

    def deduction(self, code: str) -> str:
        """What is kept back from a return."""
        return late_return_words.deduction_words(self, code)

    def tendered(self, tender: Tender) -> str:
        """What a tender is called on a list and on paper: a type of the shop's own by its name, a card by its end."""
        if tender.kind is TenderKind.OTHER:
            return tender.shown or self.tender(tender.kind)
        return f"{self.tender(tender.kind)} {tender.shown}".rstrip()


_DAY_PATTERNS = {"en": "EEEE, MMMM d", "cs": "EEEE d. MMMM", "sv": "EEEE d MMMM"}

_ROLES: dict[str, str] = {
    Role.CASHIER: N_("Cashier"),
    Role.MANAGER: N_("Manager"),
    Role.OWNER: N_("Owner"),
    Role.TRAINEE: N_("Trainee"),
}


# The same few figures stand on every line, total and receipt; Babel reads its pattern anew for each.
@lru_cache(maxsize=2048)
def _decimal(value: int, digits: int, pattern: str, locale: Locale) -> str:
    """`value` with its last `digits` behind the decimal sign."""
    return str(_pattern(pattern).apply(Decimal(value).scaleb(-digits), locale))


@lru_cache(maxsize=8)
def _day_order(locale: Locale) -> tuple[str, str]:
    """The letters of a short date in the order people write them, and what stands between them: ("dMy", ".")."""
    pattern = str(locale.date_formats["short"].pattern)
    letters = "".join(dict.fromkeys(letter for letter in pattern if letter in "dMy"))
    return letters, next(sign for sign in pattern if not sign.isalnum())


@lru_cache(maxsize=32)
def _pattern(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


@lru_cache(maxsize=2048)
def _currency(minor: int, currency: str, locale: Locale) -> str:
    return _spaced(format_currency(minor_decimal(minor, currency), currency, locale=locale))


def _spaced(amount: str) -> str:
    """Letters of a currency stand off its figures, as CLDR wants it and Babel leaves it: "KWD 1.500", but "$1.50"."""
    return _LETTER_AT_FIGURE.sub("\u00a0", amount)


@lru_cache(maxsize=2048)
def _money(minor: int, currency: str, locale: Locale) -> str:
    return _in_places(minor, exponent_of(currency), lambda other: _currency(other, currency, locale))


@lru_cache(maxsize=2048)
def _amount(minor: int, digits: int, locale: Locale) -> str:
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return _in_places(minor, digits, lambda other: _decimal(other, digits, pattern, locale))


def _in_places(minor: int, digits: int, written: Callable[[int], str]) -> str:
    """As `written` writes it. Babel takes as long for one amount as it takes to find an item: it is asked once for
    each length of a number, and the digits of all others go to the places where those of the first one stand.
    """
    own = f"{abs(minor):0{digits + 1}}"
    ones = int("1" * len(own))
    between = written(-ones if minor < 0 else ones).split("1")
    if len(between) != len(own) + 1:
        # A currency that people write with other decimals than its own, or in other digits.
        return written(minor)
    return "".join(chain.from_iterable(zip(between, own, strict=False))) + between[-1]


@lru_cache(maxsize=64)
def _percent(millionths: int, locale: Locale) -> str:
    pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0.####")
    return format_percent(Decimal(millionths).scaleb(-6), format=pattern, locale=locale)
