"""What set-up proposes for a country: currency, taxes, cash rounding, time zone, and whether its law certifies tills.

Proposals to be looked at, not legal advice: laws change, and the owner answers for the rates. As of 2026. Sources of
the profiles that say more than one rate each:

- CZ: 21 and 12 % since 2024-01-01, zákon č. 235/2004 Sb. § 47 as changed by č. 349/2023 Sb. (the reduced rates of 15
  and 10 % became one); books and other supplies free of tax bear 0.
- SE: 25, 12 and 6 %, mervärdesskattelagen (2023:200) 9 kap.; food 6 % from 2026-04-01 to 2027-12-31, prop. 2025/26:55.
- US: the state's own sales tax; a county's and a city's are taxes of their own beside it, and stand at 0 until somebody
  writes down what they are.
"""

from __future__ import annotations

from dataclasses import field

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.shop import ShopRules
from pos.domain.tax import DatedRate, PriceMode, TaxRate


class Register(StrEnum):
    """What a law asks of the register of a shop that takes cash. Kassa is none of these."""

    CONTROL_UNIT = "control_unit"
    SECURITY_DEVICE = "security_device"
    CERTIFIED_SOFTWARE = "certified_software"
    FISCAL_PRINTER = "fiscal_printer"
    ONLINE_REGISTER = "online_register"
    DECLARED_REGISTER = "declared_register"


@dataclass(frozen=True, slots=True)
class Country:
    """One country as a proposal. `cash_step` is in minor units; `regions` have a tax of their own each.

    Of the taxes in `together` an ordinary item bears all, as those of state, county and city.
    """

    code: str
    currency: str
    taxes: tuple[TaxRate, ...]
    zones: tuple[str, ...]
    cash_step: int = 1
    price_mode: PriceMode = PriceMode.TAX_INCLUDED
    language: str = "en"
    register: Register | None = None
    regions: dict[str, TaxRate] = field(default_factory=dict)
    region_zones: dict[str, str] = field(default_factory=dict)
    together: tuple[str, ...] = ()

    def taxes_of(self, region: str) -> tuple[TaxRate, ...]:
        """The rates to propose in a region of the country."""
        own = self.regions.get(region)
        return self.taxes if own is None else (own, *(rate for rate in self.taxes if rate.code != own.code))

    def zone_of(self, region: str) -> str:
        return self.region_zones.get(region, self.zones[0])


def _rates(**percent_hundredths: int) -> tuple[TaxRate, ...]:
    return tuple(TaxRate(code, hundredths * 100) for code, hundredths in percent_hundredths.items())


_US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)

# The state's own sales tax in thousandths of a per cent; counties and cities add theirs, food often has another.
_US_STATES = {
    "AL": 4000, "AK": 0, "AZ": 5600, "AR": 6500, "CA": 7250, "CO": 2900, "CT": 6350, "DC": 6000, "DE": 0, "FL": 6000,
    "GA": 4000, "HI": 4000, "IA": 6000, "ID": 6000, "IL": 6250, "IN": 7000, "KS": 6500, "KY": 6000, "LA": 5000,
    "MA": 6250, "MD": 6000, "ME": 5500, "MI": 6000, "MN": 6875, "MO": 4225, "MS": 7000, "MT": 0, "NC": 4750,
    "ND": 5000, "NE": 5500, "NH": 0, "NJ": 6625, "NM": 4875, "NV": 6850, "NY": 4000, "OH": 5750, "OK": 4500,
    "OR": 0, "PA": 6000, "RI": 7000, "SC": 6000, "SD": 4200, "TN": 7000, "TX": 6250, "UT": 6100, "VA": 5300,
    "VT": 6000, "WA": 6500, "WI": 5000, "WV": 6000, "WY": 4000,
}  # fmt: skip
_US_STATE_ZONES = {
    **dict.fromkeys("AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI".split(), "America/Chicago"),
    **dict.fromkeys("CO ID MT NM UT WY".split(), "America/Denver"),
    **dict.fromkeys("CA NV OR WA".split(), "America/Los_Angeles"),
    "AZ": "America/Phoenix",
    "AK": "America/Anchorage",
    "HI": "Pacific/Honolulu",
}

_SE_FOOD = TaxRate("food", 120_000, dated=(DatedRate("2026-04-01", 60_000), DatedRate("2028-01-01", 120_000)))

# Where it is: the first is proposed; "ZZ" is a country that is not on this list, with nothing decided for it.
COUNTRIES: tuple[Country, ...] = (
    Country(
        "US",
        "USD",
        _rates(state=0, county=0, city=0, zero=0),
        _US_ZONES,
        price_mode=PriceMode.TAX_ADDED,
        regions={state: TaxRate("state", rate * 10) for state, rate in sorted(_US_STATES.items())},
        region_zones=_US_STATE_ZONES,
        together=("state", "county", "city"),
    ),
    Country("AT", "EUR", _rates(standard=2000, middle=1300, reduced=1000), ("Europe/Vienna",),
            register=Register.SECURITY_DEVICE),
    Country("CZ", "CZK", _rates(standard=2100, reduced=1200, zero=0), ("Europe/Prague",), 100, language="cs"),
    Country("DE", "EUR", _rates(standard=1900, reduced=700), ("Europe/Berlin",), register=Register.SECURITY_DEVICE),
    Country("FI", "EUR", _rates(standard=2550, reduced=1350, low=1000), ("Europe/Helsinki",), 5, language="sv"),
    Country("FR", "EUR", _rates(standard=2000, middle=1000, reduced=550, low=210), ("Europe/Paris",),
            register=Register.CERTIFIED_SOFTWARE),
    Country("GB", "GBP", _rates(standard=2000, reduced=500, zero=0), ("Europe/London",)),
    Country("IE", "EUR", _rates(standard=2300, reduced=1350, low=900, zero=0), ("Europe/Dublin",), 5),
    Country("IT", "EUR", _rates(standard=2200, reduced=1000, low=500, lowest=400), ("Europe/Rome",), 5,
            register=Register.FISCAL_PRINTER),
    Country("NL", "EUR", _rates(standard=2100, reduced=900), ("Europe/Amsterdam",), 5),
    Country("NO", "NOK", _rates(standard=2500, food=1500, low=1200), ("Europe/Oslo",), 100,
            register=Register.DECLARED_REGISTER),
    Country("PL", "PLN", _rates(standard=2300, reduced=800, low=500), ("Europe/Warsaw",),
            register=Register.FISCAL_PRINTER),
    Country("SE", "SEK", (*_rates(standard=2500), _SE_FOOD, *_rates(reduced=1200, low=600, zero=0)),
            ("Europe/Stockholm",), 100, language="sv",
            register=Register.CONTROL_UNIT),
    Country("SK", "EUR", _rates(standard=2300, reduced=1900, low=500), ("Europe/Bratislava",), 5, language="cs",
            register=Register.ONLINE_REGISTER),
    Country("JP", "JPY", _rates(standard=1000, reduced=800), ("Asia/Tokyo",)),
    Country("ZZ", "EUR", _rates(standard=0), ("UTC",)),
)  # fmt: skip

_BY_CODE = {country.code: country for country in COUNTRIES}

# Currencies to choose from: those of the countries above and those with coins known to the till.
CURRENCIES = tuple(sorted({country.currency for country in COUNTRIES} | {"CHF", "DKK", "KWD", "CAD", "AUD", "NZD"}))
# The smallest cash amounts in minor units that any of these countries rounds to.
CASH_STEPS = (1, 5, 10, 50, 100)


def country_of(code: str) -> Country | None:
    """The country of an ISO 3166 code, where there is a proposal for it."""
    return _BY_CODE.get(code)


def ordinary_taxes(rules: ShopRules) -> tuple[tuple[str, ...], ...]:
    """What an item of this shop may be taxed with, most ordinary first: the taxes that go together, then each alone."""
    country = country_of(rules.region[:2])
    codes = [rate.code for rate in rules.tax_rates]
    together = () if country is None else tuple(code for code in country.together if code in codes)
    alone = tuple((code,) for code in codes)
    return (together, *(code for code in alone if code != together)) if together else alone
