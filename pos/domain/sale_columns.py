"""Which column of a file of another system's sales holds what: one row is one line of a sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.domain.frozen import dataclass
from pos.domain.item_columns import FileFault, FileRefused, chosen_columns, guessed_columns, heading_names, listed
from pos.domain.names import StrEnum


class SaleColumn(StrEnum):
    """What a column can hold. PRICE is that of one unit, AMOUNT what was paid for the line, TAX the part of it that is
    tax (or what came on top, where the shop's prices hold none); CANCELS the number of the sale a cancellation is of.
    PAID_CASH and its like hold what that kind of tender gave, for the line or for the whole sale.
    """

    RECEIPT = "receipt"
    DATE = "date"
    TIME = "time"
    CODE = "code"
    NAME = "name"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    TAX = "tax"
    DEPARTMENT = "department"
    CUSTOMER = "customer"
    CURRENCY = "currency"
    TENDER = "tender"
    CANCELS = "cancels"
    SERIAL = "serial"
    PAID_CASH = "paid_cash"
    PAID_CHECK = "paid_check"
    PAID_CREDIT = "paid_credit"
    PAID_DEBIT = "paid_debit"


@dataclass(frozen=True, slots=True)
class SaleColumns:
    """Where in a row everything stands, counted from 0."""

    width: int
    places: Mapping[SaleColumn, int]


# What headers are called in English, Czech and Swedish, the surest word first. Compared without accents and blanks.
_WORDS: dict[SaleColumn, tuple[str, ...]] = {
    SaleColumn.RECEIPT: (
        *("receipt", "receipt number", "receipt no", "invoice", "invoice no", "invoice number", "transaction", "sale"),
        *("účtenka", "číslo účtenky", "doklad", "číslo dokladu", "faktura"),
        *("kvitto", "kvittonummer", "fakturanummer"),
    ),
    SaleColumn.DATE: (
        *("date", "invoice date", "sale date", "sold at", "date and time"),
        *("datum", "datum prodeje", "försäljningsdatum"),
    ),
    SaleColumn.TIME: ("time", "čas", "tid", "klockslag"),
    SaleColumn.CODE: (
        *("code", "item code", "stock code", "sku", "item number", "article number", "barcode", "ean", "gtin", "plu"),
        *("kód", "kód zboží", "číslo zboží", "artikelnummer", "artikelnr", "streckkod"),
    ),
    SaleColumn.NAME: (
        *("name", "item name", "description", "item description", "item", "title"),
        *("název", "název zboží", "popis", "zboží"),
        *("namn", "benämning", "artikelnamn", "artikel", "beskrivning"),
    ),
    SaleColumn.QUANTITY: ("quantity", "qty", "pieces", "množství", "počet", "kusů", "antal", "kvantitet"),
    SaleColumn.PRICE: (*("unit price", "price", "cena za kus", "jednotková cena", "cena", "styckpris", "pris"),),
    SaleColumn.AMOUNT: (
        *("amount", "line total", "total", "paid", "částka", "celkem", "zaplaceno", "belopp", "summa", "radsumma"),
    ),
    SaleColumn.TAX: ("tax", "tax amount", "vat", "vat amount", "daň", "dph", "moms", "momsbelopp"),
    SaleColumn.DEPARTMENT: (
        *("department", "category", "group", "oddělení", "skupina", "kategorie"),
        *("avdelning", "varugrupp", "kategori"),
    ),
    SaleColumn.CUSTOMER: (
        *("customer", "customer id", "customer number", "zákazník", "číslo zákazníka", "kund", "kundnummer"),
    ),
    SaleColumn.CURRENCY: ("currency", "měna", "valuta"),
    SaleColumn.TENDER: ("tender", "payment", "paid by", "způsob platby", "platba", "betalsätt", "betalning"),
    SaleColumn.CANCELS: (
        "cancels",
        "original receipt",
        "original invoice",
        "storno dokladu",
        "původní doklad",
        "avser",
    ),
    SaleColumn.SERIAL: (
        *("serial", "serial number", "serial no", "serial numbers"),
        *("výrobní číslo", "sériové číslo", "serienummer"),
    ),
    SaleColumn.PAID_CASH: ("paid cash", "cash paid", "cash amount", "zaplaceno hotově", "betalt kontant"),
    SaleColumn.PAID_CHECK: ("paid check", "check amount", "zaplaceno šekem", "betalt med check"),
    SaleColumn.PAID_CREDIT: ("paid credit", "paid card", "card amount", "zaplaceno kartou", "betalt med kort"),
    SaleColumn.PAID_DEBIT: ("paid debit", "debit amount", "zaplaceno debetní kartou", "betalt med bankkort"),
}
_NEEDED = (
    ((SaleColumn.RECEIPT,), FileFault.RECEIPT_COLUMN_MISSING),
    ((SaleColumn.DATE,), FileFault.DATE_COLUMN_MISSING),
    ((SaleColumn.CODE, SaleColumn.NAME), FileFault.ITEM_COLUMN_MISSING),
    ((SaleColumn.QUANTITY,), FileFault.QUANTITY_COLUMN_MISSING),
    ((SaleColumn.PRICE, SaleColumn.AMOUNT), FileFault.AMOUNT_COLUMN_MISSING),
)


def choose_sale_columns(header: Sequence[str], maps: Sequence[str]) -> SaleColumns:
    """Where everything stands: `maps` ("receipt=InvoiceNo") as said, what they leave open by the header's words.

    Raises FileRefused.
    """
    names = heading_names(header)
    chosen = chosen_columns(names, maps, SaleColumn, _WORDS)
    for one_of, fault in _NEEDED:
        if not any(column in chosen for column in one_of):
            raise FileRefused(fault, columns=listed(names))
    return SaleColumns(len(names), {column: places[0] for column, places in chosen.items()})


def guess_sale_columns(header: Sequence[str], maps: Sequence[str]) -> dict[SaleColumn, tuple[int, ...]]:
    """What each field would be read from, as far as `maps` and the headings say it; never refuses."""
    return guessed_columns(header, maps, SaleColumn, _WORDS)
