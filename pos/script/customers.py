"""The `customers` of a lane script: who they are, and the points they bring."""

from __future__ import annotations

from pos.domain.customer import Customer, card_of, refusal_of
from pos.domain.frozen import dataclass
from pos.domain.points import POINTS_MAX
from pos.domain.refusal import Code
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.wording import LANGUAGES, N_

_KEYS = (
    *("id", "name", "tier", "group", "card", "phone", "email", "language", "points", "tax_exempt", "open_bad_check"),
    *("staff", "note", "account_limit"),
)
# Which key of the file a refusal speaks of.
_AT = {
    Code.CUSTOMER_NUMBER: "id",
    Code.CUSTOMER_NAME: "name",
    Code.CUSTOMER_PHONE: "phone",
    Code.CUSTOMER_EMAIL: "email",
    Code.CARD_UNFIT: "card",
    Code.SETTING_CHOICE: "language",
}


@dataclass(frozen=True, slots=True)
class GivenCustomer:
    """A customer of the script, and which of their parts the file names: part → line."""

    customer: Customer
    lines: dict[str, int]


def read_customers(script: Part, staff: frozenset[str], currency: str) -> tuple[GivenCustomer, ...]:
    """Every customer, each fit to be one; `staff` are the numbers of those who work there. Raises ScriptError."""
    customers: list[GivenCustomer] = []
    for row in script.parts("customers"):
        given = _customer(row, currency)
        for key in ("id", "card"):
            value = getattr(given.customer, key)
            if value and any(getattr(other.customer, key) == value for other in customers):
                raise ScriptError(row.line_of(key), N_("“{key}” is given twice."), key=value)
        if given.customer.staff and given.customer.staff not in staff:
            message = N_("Nobody of the staff has the number “{id}”.")
            raise ScriptError(row.line_of("staff"), message, id=given.customer.staff)
        customers.append(given)
    return tuple(customers)


def _customer(row: Part, currency: str) -> GivenCustomer:
    row.keys(_KEYS)
    customer_id = row.needed("id")
    exempt = row.part("tax_exempt")
    if exempt is not None:
        exempt.keys(("certificate",))
    customer = Customer(
        id=customer_id,
        name=row.text("name") or customer_id,
        phone=row.text("phone") or "",
        email=row.text("email") or "",
        card=card_of(row.text("card") or ""),
        group=row.text("group") or "",
        tier=row.text("tier") or "",
        tax_exempt="" if exempt is None else exempt.needed("certificate"),
        language=row.choice("language", LANGUAGES) or "",
        note=row.text("note") or "",
        staff=row.text("staff") or "",
        open_bad_check=row.yes("open_bad_check"),
        points=_points(row),
        account_limit=0 if row.get("account_limit") is None else row.money("account_limit", currency),
    )
    refused = refusal_of(customer, LANGUAGES)
    if refused is not None:
        raise row.wrong(_AT.get(refused.code, "note"))
    lines = {key: row.line_of(key) for key in row.fields.values if row.get(key) is not None}
    return GivenCustomer(customer, lines)


def _points(row: Part) -> int:
    text = row.text("points")
    if text is None:
        return 0
    points = whole(text)
    if points is None or points > POINTS_MAX:
        raise row.wrong("points")
    return points


def whole(text: str) -> int | None:
    """A whole number as typed, None where it is none."""
    bare = text.strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 12 else None
