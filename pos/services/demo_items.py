"""What the demo shop sells: invented things in eight departments, one of each kind a till has to know.

Their GTINs begin with 952, the prefix GS1 keeps for demonstrations; the PLUs are the international ones.
"""

from __future__ import annotations

from dataclasses import replace

from stdnum import ean

from pos.domain.identifiers import gtin_key, plu_key, shop_code_key
from pos.domain.item import Deposit, Item
from pos.domain.money import Unit
from pos.services.demo_names import DEMO_NAMES

_ICONS = {
    "Produce": "nutrition",
    "Bakery": "bakery_dining",
    "Dairy": "water_drop",
    "Groceries": "shopping_basket",
    "Drinks": "local_cafe",
    "Kitchen": "inventory_2",
    "Home": "home",
    "Clothing": "checkroom",
}


def demo_gtin(number: int) -> str:
    """The GTIN-13 of the demo company's product `number`, with its check digit."""
    body = f"952{number:09d}"
    return body + str(ean.calc_check_digit(body))


def _weighed(number: int, name: str, price: int, plu: str) -> Item:
    return Item(str(number), name, price, ("food",), Unit.LB, "Produce", (plu_key(plu),), "nutrition")


def _counter(number: int, name: str, price: int, tax: str, department: str, *, code: str, icon: str) -> Item:
    return Item(str(number), name, price, (tax,), Unit.PIECE, department, (shop_code_key(code),), icon)


def _packed(number: int, name: str, price: int, tax: str, department: str, *, icon: str = "") -> Item:
    key = gtin_key(demo_gtin(number))
    return Item(str(number), name, price, (tax,), Unit.PIECE, department, (key,), icon or _ICONS[department])


def _shelf(department: str, tax: str, first: int, *things: tuple[str, int]) -> tuple[Item, ...]:
    """Packed things of one shelf, numbered in a row."""
    return tuple(_packed(first + place, name, price, tax, department) for place, (name, price) in enumerate(things))


_QUICK = (
    _weighed(1001, "Bananas", 69, "4011"),
    _counter(1002, "Sourdough loaf", 580, "food", "Bakery", code="LOAF", icon="bakery_dining"),
    _counter(1003, "Coffee, 12 oz", 325, "meals", "Drinks", code="COFFEE12", icon="local_cafe"),
    _counter(1004, "Paper bag", 10, "standard", "Home", code="BAG", icon="shopping_bag"),
    _counter(1005, "Gift wrap", 400, "standard", "Home", code="WRAP", icon="redeem"),
    _counter(1006, "Cut flowers", 1200, "standard", "Produce", code="FLOWERS", icon="local_florist"),
    _counter(1007, "Butter croissant", 295, "food", "Bakery", code="CROISSANT", icon="bakery_dining"),
    _counter(1008, "Tea, 12 oz", 275, "meals", "Drinks", code="TEA12", icon="coffee"),
    _counter(1009, "Herb pot", 450, "standard", "Produce", code="HERB", icon="local_florist"),
    _packed(1010, "Cotton tote bag", 900, "standard", "Clothing", icon="shopping_bag"),
    _packed(1011, "Merino crew sweater", 6400, "standard", "Clothing"),
    _packed(1012, "Ceramic mug 350 ml", 950, "standard", "Kitchen", icon="local_cafe"),
)

# What the empties of these bring back is the deposit of item 2441.
_ONE_BOTTLE = (Deposit("2441"),)

_PRODUCE = tuple(
    _weighed(number, name, price, plu)
    for number, (name, price, plu) in enumerate(
        (
            ("Honeycrisp apples", 299, "3283"),
            ("Gala apples", 199, "4135"),
            ("Bartlett pears", 219, "4409"),
            ("Navel oranges", 149, "4012"),
            ("Red seedless grapes", 289, "4023"),
            ("Tomatoes on the vine", 249, "4664"),
            ("Yellow onions", 99, "4093"),
            ("Russet potatoes", 89, "4072"),
            ("Carrots, loose", 109, "4562"),
            ("Organic bananas", 89, "94011"),
            ("Lemons", 189, "4053"),
            ("Limes", 199, "4048"),
            ("Yellow peaches", 279, "4038"),
            ("Green peppers", 229, "4065"),
            ("Broccoli crowns", 249, "4548"),
            ("Cucumbers", 159, "4062"),
            ("Garlic", 399, "4608"),
            ("Ginger root", 349, "4612"),
        ),
        2001,
    )
)

_FOOD = (
    *_shelf("Dairy", "food", 2101, ("Whole milk, half gallon", 349), ("Plain yogurt 32 oz", 479),
            ("Salted butter 8 oz", 425), ("Aged cheddar 7 oz", 699), ("Free range eggs, dozen", 549),
            ("Oat drink 32 oz", 399), ("Cottage cheese 16 oz", 389), ("Sour cream 8 oz", 249),
            ("Mozzarella 8 oz", 479), ("Cream cheese 8 oz", 369), ("Heavy cream 16 oz", 459),
            ("Kefir 32 oz", 519), ("Goat cheese 4 oz", 589), ("Vanilla ice cream 16 oz", 629)),
    *_shelf("Bakery", "food", 2201, ("Rye bread", 495), ("Oat cookies, 6 pieces", 520),
            ("Cinnamon rolls, 4 pieces", 610), ("Whole wheat bread", 449), ("Baguette", 325),
            ("Bagels, 6 pieces", 489), ("Blueberry muffins, 4", 640), ("Apple pie", 1450),
            ("Flour tortillas, 10", 379), ("Crispbread 9 oz", 419), ("Dinner rolls, 8", 399)),
    *_shelf("Groceries", "food", 2301, ("Spaghetti 16 oz", 229), ("Chopped tomatoes 14 oz", 179),
            ("Olive oil 500 ml", 1150), ("Wildflower honey 12 oz", 890), ("Strawberry jam 10 oz", 540),
            ("Rolled oats 32 oz", 429), ("Dark chocolate 70 %", 375), ("Coffee beans 12 oz", 1490),
            ("Green tea, 20 bags", 560)),
    replace(_packed(2310, "Sparkling water 1 L", 159, "standard", "Drinks", icon="water_drop"),
            deposits=_ONE_BOTTLE),
    *_shelf("Groceries", "food", 2311, ("Basmati rice 32 oz", 649), ("Red lentils 16 oz", 319),
            ("Chickpeas 15 oz", 149), ("Peanut butter 16 oz", 499), ("Sea salt 8 oz", 299),
            ("Black pepper 2 oz", 459), ("White sugar 4 lb", 389), ("Wheat flour 5 lb", 429),
            ("Apple vinegar 16 oz", 379), ("Dijon mustard 8 oz", 349), ("Tomato ketchup 20 oz", 399),
            ("Potato crisps 8 oz", 449), ("Roasted almonds 10 oz", 899), ("Raisins 12 oz", 459),
            ("Muesli 18 oz", 599), ("Vegetable broth 32 oz", 349)),
)  # fmt: skip

_DRINKS = (
    *(replace(soda, deposits=_ONE_BOTTLE) for soda in
      _shelf("Drinks", "standard", 2401, ("Orange soda 12 oz", 189), ("Root beer 12 oz", 189), ("Cola 2 L", 279),
             ("Lemonade 32 oz", 349), ("Tonic water 1 L", 229), ("Iced tea 16 oz", 249))),
    *_shelf("Drinks", "food", 2411, ("Orange juice 52 oz", 499), ("Apple juice 64 oz", 429),
            ("Cocoa powder 8 oz", 579), ("Carrot juice 12 oz", 379)),
    _counter(2421, "Espresso", 250, "meals", "Drinks", code="ESPRESSO", icon="local_cafe"),
    _counter(2422, "Hot chocolate, 12 oz", 375, "meals", "Drinks", code="CHOCOLATE12", icon="local_cafe"),
    replace(_packed(2431, "Harbor red wine 750 ml", 1490, "standard", "Drinks"), age=21),
    replace(_packed(2432, "Alder pale ale, 6 cans", 1190, "standard", "Drinks"),
            age=21, deposits=(Deposit("2441", 6),)),
    replace(_counter(2441, "Bottle or can, deposit", 10, "", "Drinks", code="BOTTLE", icon="water_drop"),
            taxes=(), container=True),
)  # fmt: skip

_HOUSE = (
    *_shelf("Kitchen", "standard", 3001, ("Pour-over kettle 1 L", 4500), ("Paper filters, 100 ct", 690),
            ("Glass coffee server", 2800), ("Bamboo cutting board", 2450), ("Linen kitchen towel", 1250)),
    replace(_packed(3006, "Chef’s knife 20 cm", 7900, "standard", "Kitchen"), age=18),
    *_shelf("Kitchen", "standard", 3007, ("Wooden spoon", 550), ("Whisk", 790), ("Mixing bowl 3 qt", 1850),
            ("Cast iron pan 10 in", 3900), ("Dinner plate", 1200), ("Water glass", 480), ("Food boxes, 3", 1690),
            ("Baking tray", 1590), ("Measuring cup", 890), ("Salt mill", 2190)),
    replace(_packed(3021, "Kitchen scale, digital", 3490, "standard", "Kitchen", icon="scale"), serial=True),
    *_shelf("Home", "standard", 4001, ("Oat soap bar", 525), ("Beeswax candle", 1400), ("Wool blanket", 8900),
            ("Stoneware vase", 3200), ("Laundry powder 2 kg", 1350), ("Matches, 3 boxes", 199),
            ("Dish soap 24 oz", 429), ("Sponges, 4", 349), ("Paper towels, 2", 459), ("Tissues, 3 boxes", 549),
            ("LED bulb 60 W", 699), ("Batteries AA, 8", 899), ("Picture frame", 1890), ("Door mat", 2490),
            ("Cotton towel", 1790), ("Hand cream", 950), ("Tooth brush", 399), ("Garbage bags, 20", 599)),
    replace(_packed(4021, "Bluetooth speaker", 5900, "standard", "Home", icon="volume_up"), serial=True),
    replace(_counter(4031, "Gift card sleeve, any price", 100, "standard", "Home", code="SLEEVE", icon="card_giftcard"),
            open_price=True),
    replace(_counter(4032, "Repair, agreed price", 500, "standard", "Home", code="REPAIR", icon="build"),
            open_price=True),
)  # fmt: skip

_CLOTHING = (
    *_shelf("Clothing", "standard", 5001, ("Organic cotton T-shirt", 2400), ("Wool socks", 1600), ("Knit hat", 2800),
            ("Rain jacket", 12900), ("Linen shirt", 5900), ("Canvas apron", 3400), ("Winter gloves", 2900),
            ("Silk scarf", 4800), ("Cotton cap", 1900), ("House slippers", 3200)),
    *_shelf("Clothing", "standard", 6001, ("Leather wallet", 5400), ("Steel bottle 500 ml", 2600),
            ("Pocket notebook", 780), ("Folding umbrella", 2950), ("Leather belt", 4200), ("Key ring", 690),
            ("Sunglasses", 3900)),
)  # fmt: skip

# In the order of the quick keys first, then by department.
DEMO_ITEMS: tuple[Item, ...] = tuple(
    replace(item, names=DEMO_NAMES.get(item.name, ()))
    for item in (*_QUICK, *_PRODUCE, *_FOOD, *_DRINKS, *_HOUSE, *_CLOTHING)
)
