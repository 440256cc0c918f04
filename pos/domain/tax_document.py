"""Full tax documents: whom they are made out to, and from which total on the law asks a shop for one."""

from __future__ import annotations

from dataclasses import replace

from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

from pos.domain.frozen import dataclass
from pos.domain.journal import canonical
from pos.domain.money import Money, exponent_of
from pos.domain.refusal import Code, Refused

NAME_MAX = 120
ADDRESS_LINES_MAX = 6
LINE_MAX = 120
NUMBER_MAX = 30

# Up to this total with tax, in whole units of the currency, a receipt without the buyer's name will do for a business:
# CZ zákon č. 235/2004 Sb. § 30 (zjednodušený daňový doklad), SE mervärdesskattelagen (2023:200) 17 kap. (förenklad
# faktura). A consumer needs no full document above it either: the till asks, and does not insist.
_SIMPLIFIED_MAX = {("CZ", "CZK"): 10_000, ("SE", "SEK"): 4_000}


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought, as the tax document says it. `country` is ISO 3166 of two letters, empty where it was not said."""

    name: str
    address: str = ""
    country: str = ""
    vat_number: str = ""


def simplified_max(region: str, currency: str) -> Money | None:
    """The largest total a receipt alone will do for where a business buys; None where no limit is known."""
    limit = _SIMPLIFIED_MAX.get((region[:2], currency))
    return None if limit is None else Money(limit * 10 ** exponent_of(currency), currency)


def wants_document(region: str, total: Money) -> bool:
    """Whether a business that pays this total has to be given a full tax document."""
    limit = simplified_max(region, total.currency)
    return limit is not None and total.minor > limit.minor


def read_buyer(typed: Buyer) -> Buyer | Refused:
    """The buyer as it is kept: blanks in order, the VAT number in its country's own spelling.

    The number is checked where its country is said, or stands before it. Refused: BUYER_INCOMPLETE, VAT_NUMBER_INVALID.
    """
    name = " ".join(typed.name.split())
    lines = [" ".join(line.split()) for line in typed.address.splitlines()]
    lines = [line for line in lines if line]
    country = typed.country.strip().upper()
    fits = (
        0 < len(name) <= NAME_MAX
        and name.isprintable()
        and 0 < len(lines) <= ADDRESS_LINES_MAX
        and all(len(line) <= LINE_MAX and line.isprintable() for line in lines)
        and (not country or (len(country) == 2 and country.isascii() and country.isalpha()))
    )
    if not fits:
        return Refused(Code.BUYER_INCOMPLETE)
    number = "".join(typed.vat_number.split()).upper()
    buyer = Buyer(name, "\n".join(lines), country, number)
    if not number:
        return buyer
    return _with_number(buyer)


def _with_number(buyer: Buyer) -> Buyer | Refused:
    number = buyer.vat_number
    country = buyer.country or (number[:2] if number[:2].isalpha() else "")
    refused = Refused(Code.VAT_NUMBER_INVALID, {"number": number[:NUMBER_MAX]})
    if len(number) > NUMBER_MAX or not number.isascii() or not number.isprintable():
        return refused
    rules = get_cc_module(country.lower(), "vat") if country else None
    if rules is None:
        return buyer
    try:
        plain = str(rules.validate(number))
    except ValidationError:
        return refused
    return replace(buyer, country=country, vat_number=plain if plain.startswith(country) else country + plain)


def buyer_body(buyer: Buyer) -> bytes:
    """The one spelling of a buyer: its digest stands in the journal, the buyer's data in a table alone."""
    return canonical(
        {"name": buyer.name, "address": buyer.address, "country": buyer.country, "vat_number": buyer.vat_number}
    )
