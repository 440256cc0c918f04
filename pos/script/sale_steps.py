"""What a sale step of a lane script says: its lines, what was given by hand, and its tenders, as typed."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.script.tenders import TypedTender, read_tenders
from pos.script.typed_by_hand import TypedDiscount, TypedPrice, read_discount, read_price
from pos.wording import N_


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line as it was rung up; `by` is how the item was named: item, plu or scan. Of a gift card that is sold
    (`gift_card`) or loaded (`reload`) `code` is the number, and `amount` what comes onto it.
    """

    by: str
    code: str
    quantity: str | None
    serials: tuple[str, ...] = ()
    price: str | None = None
    tare: str | None = None
    age_seen: bool = False
    override: TypedPrice | None = None
    discount: TypedDiscount | None = None
    empties: bool = False
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Sell:
    """`tenders` are as they were typed; `points` how many of the customer's are to be spent.

    `again` names the step whose sale this is once more, `approvals` the steps that approved what it needed.
    """

    lines: tuple[TypedLine, ...]
    tenders: tuple[TypedTender, ...]
    gift_receipt: bool = False
    customer: str | None = None
    points: str | None = None
    discount: TypedDiscount | None = None
    coupons: tuple[str, ...] = ()
    again: str | None = None
    approvals: tuple[str, ...] = ()
    certificate: str | None = None


def read_sale(body: Part, common: tuple[str, ...]) -> Sell:
    """A `sale` step; `common` is what may stand in every step."""
    given = (
        *("lines", "tenders", "gift_receipt", "customer", "points", "discount", "coupons", "again", "approvals"),
        "tax_exempt",
    )
    body.keys((*given, *common))
    exempt = body.part("tax_exempt")
    if exempt is not None:
        exempt.keys(("certificate",))
    return Sell(
        tuple(read_line(row) for row in body.parts("lines")),
        read_tenders(body),
        gift_receipt=body.choice("gift_receipt", ("true", "false")) == "true",
        customer=body.text("customer"),
        points=body.text("points"),
        discount=read_discount(body),
        coupons=tuple(text.text for text in body.texts("coupons")),
        again=body.text("again"),
        approvals=tuple(text.text for text in body.texts("approvals")),
        certificate=None if exempt is None else typed(exempt, "certificate"),
    )


def read_line(row: Part) -> TypedLine:
    """One line of a sale. Raises ScriptError."""
    if "gift_card" in row.fields.values:
        row.keys(("gift_card", "amount"))
        return TypedLine("gift_card", typed(row, "gift_card"), None, amount=typed(row, "amount"))
    if "account_payment" in row.fields.values:
        row.keys(("account_payment",))
        return TypedLine("account_payment", "", None, amount=typed(row, "account_payment"))
    named_by = ("item", "plu", "scan")
    row.keys(
        (
            *named_by,
            "qty",
            "serial",
            "serials",
            "price",
            "discount",
            "tare",
            "age_seen",
            "empties",
            "gift_card",
            "account_payment",
        )
    )
    given = [key for key in named_by if key in row.fields.values]
    if not given:
        raise row.missing("item")
    if len(given) > 1:
        message = N_("A line names its item once, not by “{one}” and “{other}”.")
        raise ScriptError(row.line_of(given[1]), message, one=given[0], other=given[1])
    open_price, override = read_price(row)
    return TypedLine(
        given[0],
        typed(row, given[0]),
        row.text("qty"),
        serials=tuple(text.text for key in ("serial", "serials") for text in row.texts(key)),
        price=open_price,
        tare=row.text("tare"),
        age_seen=row.yes("age_seen"),
        override=override,
        discount=read_discount(row),
        empties=row.yes("empties"),
    )


def typed(row: Part, key: str) -> str:
    """What was typed or scanned, also where that is nothing."""
    value = row.text(key)
    return "" if value is None else value
