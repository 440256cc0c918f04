"""The ways to find a purchase without its receipt, each by what the customer can say. No widgets."""

from __future__ import annotations

from datetime import date

from pos.domain.customer import Customer
from pos.domain.frozen import dataclass
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ShownBy
from pos.services.purchases import PurchaseFound
from pos.workstation import Workstation

RECEIPT, CARD, CUSTOMER, ITEM, NONE = "receipt", "card", "customer", "item", "none"
METHODS = (RECEIPT, CARD, CUSTOMER, ITEM, NONE)
# What each way of finding counts for as a proof of purchase.
SHOWN = {CARD: ShownBy.CARD_LOOKUP, CUSTOMER: ShownBy.CUSTOMER_LOOKUP, ITEM: ShownBy.BANK_STATEMENT}
# People to choose from, and items a name may mean.
_PEOPLE_MAX, _ITEMS_MAX = 20, 30


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known: `typed` is a card, a customer or an item, `paid` in minor units, `day` a business day; `token` is
    what the terminal calls the card, where it read it.
    """

    method: str
    typed: str
    day: date | None = None
    paid: int | None = None
    token: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found: purchases, or several people one of whom is to be chosen first."""

    purchases: tuple[PurchaseFound, ...] = ()
    people: tuple[Customer, ...] = ()


def look(workstation: Workstation, sought: Sought) -> Seen | Refused:
    """The purchases of a card, a customer or an item; or the people who could be meant.

    Refused as `Purchases`, and ITEM_UNKNOWN.
    """
    if sought.method == CUSTOMER:
        people = workstation.customers.search(sought.typed, _PEOPLE_MAX)
        if isinstance(people, Refused):
            return people
        if not people:
            # Another system's customers are known by the number it gave them alone.
            return of_customer(workstation, sought.typed.strip())
        return of_customer(workstation, people[0].id) if len(people) == 1 else Seen(people=people)
    purchases = workstation.purchases
    if sought.token:
        return _seen(purchases.by_token(sought.token, paid=sought.paid, day=sought.day))
    if sought.method == CARD:
        return _seen(purchases.by_card(sought.typed.strip(), paid=sought.paid, day=sought.day))
    items = items_meant(workstation, sought.typed)
    # What only another system sold is known by the code it had there.
    found = purchases.by_item((*items, sought.typed.strip()), paid=sought.paid, day=sought.day)
    return _seen(found) if items or found else Refused(Code.ITEM_UNKNOWN, {"code": sought.typed})


def of_customer(workstation: Workstation, customer: str) -> Seen | Refused:
    """What this customer bought. Refused as `Purchases.by_customer`."""
    return _seen(workstation.purchases.by_customer(customer))


def items_meant(workstation: Workstation, typed: str) -> tuple[str, ...]:
    """The item of a code or a number, or every one that a name may mean."""
    item = workstation.catalogue.find(typed)
    if item is not None:
        return (item.id,)
    operator = workstation.desk.operator
    spoken = "" if operator is None else operator.language
    return tuple(found.id for found in workstation.catalogue.search(typed, limit=_ITEMS_MAX, language=spoken))


def _seen(found: tuple[PurchaseFound, ...] | Refused) -> Seen | Refused:
    return found if isinstance(found, Refused) else Seen(found)
