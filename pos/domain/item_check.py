"""Whether an item as somebody wrote it can stand in the catalogue, and whether a code can name it."""

from __future__ import annotations

from pos.domain.identifiers import CODE_LENGTH_MAX, CodeInvalid, gtin_key, shop_code_key, upc_e_key
from pos.domain.item import AGE_MAX, Item
from pos.domain.item_cells import (
    WORD_LENGTH_MAX,
    CellUnreadable,
    deposits_fit,
    read_flags,
    read_measure_code,
    read_picture,
    shows,
)
from pos.domain.item_rows import (
    DEPARTMENT_LENGTH_MAX,
    NAME_LENGTH_MAX,
    PRICE_MAX,
    RowFault,
    RowProblem,
    read_price,
    tax_codes,
    text_fault,
)
from pos.domain.money import Money, Unit
from pos.domain.quantity_prices import quantity_prices_fit
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.stock import countable

_PRICE_CODES = {
    RowFault.PRICE_NEGATIVE: Code.PRICE_NEGATIVE,
    RowFault.PRICE_TOO_FINE: Code.PRICE_TOO_FINE,
    RowFault.PRICE_TOO_LARGE: Code.PRICE_TOO_LARGE,
}
# As many digits as a GTIN has are meant to be one: sold under a wrong check digit it would never scan.
_LONG_GTINS = frozenset({8, 12, 13, 14})


def check_item(item: Item, rules: ShopRules) -> Refused | None:
    """The first thing that keeps an item out of the catalogue; its codes are checked by `read_code`."""
    names = (item.name, *(name for _, name in item.names))
    texts = (item.id, *names, item.department, item.family, item.variant, item.icon)
    if any(text_fault(text) for text in texts):
        return Refused(Code.ITEM_TEXT_INVALID)
    if not item.id.strip() or len(item.id) > CODE_LENGTH_MAX or not item.id.isprintable():
        return Refused(Code.ITEM_ID_INVALID, {"limit": CODE_LENGTH_MAX})
    if not all(shows(name) and len(name) <= NAME_LENGTH_MAX for name in names):
        return Refused(Code.ITEM_NAME_INVALID, {"limit": NAME_LENGTH_MAX})
    if max(len(item.department), len(item.family), len(item.variant)) > min(DEPARTMENT_LENGTH_MAX, WORD_LENGTH_MAX):
        return Refused(Code.ITEM_WORD_TOO_LONG, {"limit": DEPARTMENT_LENGTH_MAX})
    for price in (item.unit_price_minor, item.cost or 0):
        refused = price_refused(price, rules.currency)
        if refused is not None:
            return refused
    return _check_tax(item, rules) or _check_more(item)


def price_refused(price: int, currency: str) -> Refused | None:
    """Whether an item may cost that much; nothing is a price too."""
    if price < 0:
        return Refused(Code.PRICE_NEGATIVE, {"price": Money(price, currency)})
    if price > PRICE_MAX:
        return Refused(Code.PRICE_TOO_LARGE, {"price": Money(price, currency)})
    return None


def read_typed_price(text: str, currency: str) -> int | Refused:
    """A price as typed, in minor units: "1234.50" or "1234,50", nothing finer than the currency."""
    price = read_price(text.strip(), currency, allow_free=True)
    if not isinstance(price, RowProblem):
        return price
    code = _PRICE_CODES.get(price.fault, Code.PRICE_UNREADABLE)
    return Refused(code, {"price": str(price.facts.get("price", text.strip()[:24])), "currency": currency})


def read_code(text: str) -> str | Refused:
    """The key of a code as typed or scanned: a GTIN, a UPC-E, a PLU or a code of the shop's own."""
    code = text.strip()
    if "|" in code:
        # A file of items sets codes apart with it.
        return Refused(Code.CODE_UNREADABLE, {"code": code[:40]})
    try:
        return gtin_key(code)
    except CodeInvalid as error:
        reason = error.reason
    if len(code) == 8 and code.isascii() and code.isdigit():
        try:
            return upc_e_key(code)
        except CodeInvalid:
            pass
    if code.isascii() and code.isdigit() and len(code) in _LONG_GTINS and reason == "check_digit":
        return Refused(Code.CHECK_DIGIT_WRONG, {"code": code})
    try:
        return shop_code_key(code)
    except CodeInvalid:
        return Refused(Code.CODE_UNREADABLE, {"code": code[:40]})


def _check_tax(item: Item, rules: ShopRules) -> Refused | None:
    unknown = next((code for code in item.taxes if rules.rate(code) is None), None)
    if unknown is None:
        return None
    return Refused(Code.TAX_UNKNOWN, {"tax": unknown, "taxes": tax_codes(rules)})


def _check_more(item: Item) -> Refused | None:
    if not deposits_fit(item.deposits) or (item.deposits and (item.container or item.unit is not Unit.PIECE)):
        return Refused(Code.DEPOSIT_INVALID)
    if not quantity_prices_fit(item.quantity_prices, item.unit):
        return Refused(Code.QUANTITY_PRICES_INVALID)
    if not 0 <= item.age <= AGE_MAX:
        return Refused(Code.AGE_INVALID, {"limit": AGE_MAX})
    if item.content is not None and not 0 < item.content.thousandths <= 10**9:
        return Refused(Code.CONTENT_INVALID)
    if item.stock_min is not None and (item.stock_min < 0 or not countable(item.stock_min, item.unit)):
        return Refused(Code.STOCK_INVALID)
    for read, text, code in (
        (read_measure_code, item.measure_code, Code.MEASURE_CODE_INVALID),
        (read_picture, item.picture, Code.PICTURE_INVALID),
        (read_flags, " ".join(item.flags), Code.FLAGS_INVALID),
    ):
        try:
            if text:
                read(text)
        except CellUnreadable:
            return Refused(code)
    return None
