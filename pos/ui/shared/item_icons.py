"""The icons that tell goods apart, with what they show."""

from __future__ import annotations

from pos.speech import N_

ICONS = {
    "bakery_dining": N_("Bread"),
    "nutrition": N_("Fruit"),
    "eco": N_("Leaf"),
    "coffee": N_("Cup"),
    "water_drop": N_("Drop"),
    "local_florist": N_("Flower"),
    "checkroom": N_("Clothes"),
    "home": N_("House"),
    "redeem": N_("Gift"),
    "menu_book": N_("Book"),
    "devices": N_("Devices"),
    "build": N_("Tool"),
    "shopping_bag": N_("Bag"),
    "shopping_basket": N_("Basket"),
    "scale": N_("Scale"),
    "inventory_2": N_("Box"),
}
