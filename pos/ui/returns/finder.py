"""The ways to find a purchase without its receipt, each by what the customer can say. No widgets."""

from __future__ import annotations

from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ShownBy
from pos.services.purchases import PurchaseFound
from pos.workstation import Workstation

RECEIPT, CARD, CUSTOMER, ITEM, NONE = "receipt", "card", "customer", "item", "none"
METHODS = (RECEIPT, CARD, CUSTOMER, ITEM, NONE)
# What each way of finding counts for as a proof of purchase.
SHOWN = {CARD: ShownBy.CARD_LOOKUP, CUSTOMER: ShownBy.CUSTOMER_LOOKUP, ITEM: ShownBy.BANK_STATEMENT}


def look(workstation: Workstation, method: str, typed: str) -> tuple[PurchaseFound, ...] | Refused:
    """The purchases of a card, a customer or an item sold today; none where nobody is meant, or more than one could be.

    Refused as `Purchases`, and ITEM_UNKNOWN.
    """
    purchases = workstation.purchases
    if method == CARD:
        return purchases.by_card(typed.strip())
    if method == CUSTOMER:
        people = workstation.customers.search(typed, 2)
        if isinstance(people, Refused):
            return people
        return purchases.by_customer(people[0].id) if len(people) == 1 else ()
    item = workstation.catalogue.find(typed)
    return Refused(Code.ITEM_UNKNOWN, {"code": typed}) if item is None else purchases.by_item(item.id)
