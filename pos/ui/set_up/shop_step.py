"""Where the shop is and what it is called; the country proposes currency, taxes, rounding and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.country import COUNTRIES, country_of
from pos.domain.new_shop import NewShop, ShopField, TypedTax
from pos.ui.set_up.fields import ChoiceField, LineField
from pos.ui.set_up.step import Step
from pos.ui.shared.notices import Banner
from pos.wording import LANGUAGES, Wording

LANGUAGE_NAMES = {"en": "English", "cs": "Čeština", "sv": "Svenska"}


class ShopStep(Step):
    """Country, name, number, language, time zone."""

    def __init__(self, words: Wording) -> None:
        super().__init__(words)
        self.country = ChoiceField("shop.country")
        self.region = ChoiceField("shop.region", hint=True)
        self.name = LineField("shop.name")
        self.store = LineField("shop.store", hint=True)
        self.language = ChoiceField("shop.language")
        self.timezone = ChoiceField("shop.timezone")
        self.notice = Banner()
        for pair in ((self.country, self.region), (self.name, self.store), (self.language, self.timezone)):
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(pair[0], 3, Qt.AlignmentFlag.AlignTop)
            row.addWidget(pair[1], 2, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(row)
        self.column.addWidget(self.notice)
        self.column.addStretch(1)
        self.country.changed.connect(lambda: self._propose(region=""))
        self.region.changed.connect(lambda: self._propose(region=self.region.choice))
        for field in (self.name, self.store, self.language, self.timezone):
            field.changed.connect(self.changed)
        self._shop = NewShop()

    @property
    def title(self) -> str:
        return self.words.say("The shop")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        return {
            ShopField.COUNTRY: self.country,
            ShopField.NAME: self.name,
            ShopField.STORE: self.store,
            ShopField.LANGUAGE: self.language,
            ShopField.TIMEZONE: self.timezone,
        }

    def show_shop(self, new: NewShop) -> None:
        self._shop = new
        self._list_choices(new)
        self.country.choose(new.country)
        self.region.choose(new.region)
        self.name.set_text(new.name)
        self.store.set_text(new.store)
        self.language.choose(new.language)
        self.timezone.choose(new.timezone)
        self._show_notice()

    def read(self, new: NewShop) -> NewShop:
        return replace(
            new,
            country=self.country.choice,
            region=self.region.choice,
            name=self.name.text,
            store=self.store.text,
            language=self.language.choice,
            timezone=self.timezone.choice,
        )

    def retranslate(self) -> None:
        say, field = self.words.say, self.words.field
        self.country.set_words(field(ShopField.COUNTRY))
        self.region.set_words(say("State"), say("Its own sales tax is proposed; cities and counties add theirs."))
        self.name.set_words(field(ShopField.NAME))
        self.store.set_words(field(ShopField.STORE), say("Four digits; every receipt number begins with them."))
        self.language.set_words(field(ShopField.LANGUAGE))
        self.timezone.set_words(field(ShopField.TIMEZONE))
        self._list_choices(self._shop)
        self._show_notice()

    def _list_choices(self, new: NewShop) -> None:
        countries = [(country.code, self.words.country(country.code)) for country in COUNTRIES]
        last = [pair for pair in countries if pair[0] == "ZZ"]
        named = sorted((pair for pair in countries if pair[0] != "ZZ"), key=lambda pair: pair[1].casefold())
        self.country.set_choices([*named, *last])
        country = country_of(new.country)
        regions = sorted(country.regions) if country is not None else []
        self.region.set_choices([("", "—"), *((region, region) for region in regions)])
        self.region.setVisible(bool(regions))
        zones = country.zones if country is not None else ()
        others = [zone for zone in _zones() if zone not in zones]
        self.timezone.set_choices([(zone, zone.replace("_", " ")) for zone in (*zones, *others)])
        self.language.set_choices([(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])

    def _show_notice(self) -> None:
        country = country_of(self._shop.country)
        if country is None or country.register is None:
            self.notice.hide()
            return
        self.notice.show_message(self.words.register(country.register, country.code), "", "warn")

    def _propose(self, *, region: str) -> None:
        """Another country, or another state of it: its own ways, in the place of the one before."""
        country = country_of(self.country.choice)
        assert country is not None, "the list holds known countries"
        same = country.code == self._shop.country
        new = replace(self.read(self._shop), country=country.code, region=region)
        new = replace(
            new,
            timezone=country.zone_of(region),
            currency=country.currency,
            price_mode=country.price_mode,
            cash_step=country.cash_step,
            language=new.language if same else country.language,
            taxes=tuple(TypedTax(tax.code, _percent(tax.rate_millionths)) for tax in country.taxes_of(region)),
        )
        self.proposed.emit(new)


def _percent(millionths: int) -> str:
    whole, rest = divmod(millionths, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def proposal(language: str, country: str) -> NewShop:
    """A new shop as its country proposes it, before anybody typed a word."""
    found = country_of(country) or COUNTRIES[0]
    taxes = tuple(TypedTax(tax.code, _percent(tax.rate_millionths)) for tax in found.taxes)
    return replace(
        NewShop(),
        country=found.code,
        language=language,
        timezone=found.zones[0],
        currency=found.currency,
        price_mode=found.price_mode,
        cash_step=found.cash_step,
        taxes=taxes,
    )


@cache
def _zones() -> tuple[str, ...]:
    """Every zone with a place in it; the others are abbreviations and offsets."""
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return (*named, "UTC")
