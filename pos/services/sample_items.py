"""A dozen everyday items for a new shop to try its till with: named in every language, at round prices."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.country import ordinary_taxes
from pos.domain.identifiers import plu_key, shop_code_key
from pos.domain.item import Item
from pos.domain.money import Unit, exponent_of
from pos.domain.shop import ShopRules

# What one euro or dollar roughly buys in other coins, so that a sample loaf costs what a loaf may.
_SCALE = {"CZK": 20, "SEK": 10, "NOK": 10, "DKK": 7, "PLN": 4, "JPY": 150}
_LANGUAGES = ("en", "cs", "sv")

# Price in hundredths, whether it is food, unit, code, icon, department and name in three languages.
_SAMPLES = (
    (100, True, Unit.KG, "4011", "nutrition", ("Produce", "Ovoce a zelenina", "Frukt och grönt"),
     ("Bananas", "Banány", "Bananer")),
    (150, True, Unit.KG, "4135", "nutrition", ("Produce", "Ovoce a zelenina", "Frukt och grönt"),
     ("Apples", "Jablka", "Äpplen")),
    (80, True, Unit.KG, "4072", "nutrition", ("Produce", "Ovoce a zelenina", "Frukt och grönt"),
     ("Potatoes", "Brambory", "Potatis")),
    (200, True, Unit.PIECE, "BREAD", "bakery_dining", ("Bakery", "Pečivo", "Bröd"), ("Bread", "Chléb", "Bröd")),
    (50, True, Unit.PIECE, "ROLL", "bakery_dining", ("Bakery", "Pečivo", "Bröd"), ("Roll", "Rohlík", "Fralla")),
    (100, True, Unit.PIECE, "MILK", "water_drop", ("Dairy", "Mléčné", "Mejeri"),
     ("Milk, 1 l", "Mléko 1 l", "Mjölk 1 l")),
    (200, True, Unit.PIECE, "BUTTER", "", ("Dairy", "Mléčné", "Mejeri"), ("Butter", "Máslo", "Smör")),
    (300, True, Unit.PIECE, "EGGS", "", ("Dairy", "Mléčné", "Mejeri"), ("Ten eggs", "Deset vajec", "Tio ägg")),
    (250, False, Unit.PIECE, "COFFEE", "local_cafe", ("Café", "Kavárna", "Kafé"), ("Coffee", "Káva", "Kaffe")),
    (200, False, Unit.PIECE, "TEA", "coffee", ("Café", "Kavárna", "Kafé"), ("Tea", "Čaj", "Te")),
    (600, False, Unit.PIECE, "FLOWERS", "local_florist", ("Garden", "Zahrada", "Trädgård"),
     ("Flowers", "Květiny", "Blommor")),
    (20, False, Unit.PIECE, "BAG", "shopping_bag", ("Counter", "Pokladna", "Kassan"),
     ("Paper bag", "Papírová taška", "Papperskasse")),
)  # fmt: skip


def sample_items(rules: ShopRules) -> tuple[Item, ...]:
    """The samples under the shop's rules: food has the second of its rates where there are two, the rest the first."""
    which = _LANGUAGES.index(rules.language)
    rates = ordinary_taxes(rules) or ((),)
    made = []
    for number, (price, food, unit, code, icon, department, name) in enumerate(_SAMPLES, 1):
        minor = price * _SCALE.get(rules.currency, 1) * 10 ** exponent_of(rules.currency) // 100
        key = plu_key(code) if code.isdigit() else shop_code_key(code)
        taxes = rates[min(1, len(rates) - 1)] if food else rates[0]
        others = sorted({*zip(_LANGUAGES, name, strict=True)} - {(rules.language, name[which])})
        sample = Item(str(number), name[which], minor, taxes, unit, department[which], (key,), icon)
        made.append(replace(sample, names=tuple(others)))
    return tuple(made)
