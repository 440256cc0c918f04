"""Labels of items as a PDF: for the shelf with the price, for the goods with the bars alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.identifiers import CodeInvalid, gtin_key
from pos.domain.item import Item
from pos.domain.money import Money, Quantity, Unit
from pos.domain.trouble import KnownError, Trouble
from pos.services.desk import Desk
from pos.wording import Wording
from receipts import label_pdf
from receipts.labels import SHEETS, Label, bars_of

LABELS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """So many labels of an item."""

    item: str
    copies: int = 1


def print_labels(
    desk: Desk,
    requests: Sequence[LabelRequest],
    words: Wording,
    *,
    sheet: str = "a4-3x8",
    shelf: bool = True,
    skip: int = 0,
) -> bytes:
    """The labels as a PDF with the prices of now, in the order asked for; items that are gone are left out.

    `sheet` is a name of SHEETS; `skip` places of the first page are used up already; never more than LABELS_MAX.
    """
    with desk.shop.books.reading() as work:
        items = work.items.get_many([request.item for request in requests], desk.now())
    labels: list[Label] = []
    for request in requests:
        item = items.get(request.item)
        if item is not None:
            label = label_of(item, desk, words, shelf=shelf)
            labels += [label] * max(0, min(request.copies, LABELS_MAX - len(labels)))
    return label_pdf.render_labels(labels, SHEETS[sheet], skip=skip, language=words.language)


def save_labels(
    desk: Desk,
    requests: Sequence[LabelRequest],
    words: Wording,
    *,
    path: Path,
    sheet: str = "a4-3x8",
    shelf: bool = True,
    skip: int = 0,
) -> Path:
    """Write what `print_labels` makes into a file, whole or not at all. Raises KnownError FILE_UNREADABLE."""
    page = print_labels(desk, requests, words, sheet=sheet, shelf=shelf, skip=skip)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(page)
        unfinished.replace(path)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def label_of(item: Item, desk: Desk, words: Wording, *, shelf: bool) -> Label:
    """What stands on the label of an item: its name and bars, on the shelf also what it costs and since when."""
    code, bars = bars_of(_shown_code(item))
    if not shelf:
        return Label(item.name, code=code, bars=bars)
    currency = desk.rules.currency
    price = words.money(Money(item.unit_price_minor, currency))
    if item.unit is not Unit.PIECE:
        price = words.say("{price}/{unit}", price=price, unit=words.unit(item.unit))
    comparison = ""
    if item.comparison_price is not None and item.content is not None:
        amount = words.money(Money(item.comparison_price, currency))
        comparison = words.say("{price}/{unit}", price=amount, unit=words.unit(item.content.unit))
    day = words.short_day(desk.local(desk.now()).date())
    return Label(item.name, price, comparison, day, code, bars, _by_quantity(item, currency, words))


def _by_quantity(item: Item, currency: str, words: Wording) -> tuple[str, ...]:
    """The prices from a quantity on, each with what a kilogram or litre comes to then where the content is known."""
    said: list[str] = []
    for each in item.quantity_prices:
        quantity = Quantity(each.starts, item.unit)
        price = words.money(Money(each.price, currency))
        compared = item.compared(each.price)
        if compared is not None and item.content is not None:
            unit = words.unit(item.content.unit)
            amount = words.say("{price}/{unit}", price=words.money(Money(compared, currency)), unit=unit)
            price = f"{price} ({amount})"
        said.append(words.say("from {quantity}: {price}", quantity=words.quantity(quantity), price=price))
    return tuple(said)


def _shown_code(item: Item) -> str:
    """The code a customer's goods carry: a GTIN before a code of the shop's own."""
    return min(item.codes, key=lambda code: (not _is_gtin(code), len(code), code), default="")


def _is_gtin(code: str) -> bool:
    try:
        return gtin_key(code) == code
    except CodeInvalid:
        return False
