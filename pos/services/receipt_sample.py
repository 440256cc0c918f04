"""The receipt as it would look under settings that are still being written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pos.domain.basket import Basket, BasketLine
from pos.domain.money import Quantity
from pos.domain.new_shop import NewShop, ShopField
from pos.domain.pricing import price
from pos.domain.refusal import Refused
from pos.domain.shop import ShopRules
from pos.domain.staff import Operator, Role
from pos.domain.tax import PriceMode
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import ReceiptNumber, Transaction, TransactionKind, sale_lines, tender_lines
from pos.services.desk import Desk
from pos.services.set_up import OWNER_NUMBER, check_shop, rules_of
from pos.services.shop_logo import LogoChange, face_of
from pos.services.shop_settings import Value, refusal_of, settings_of
from pos.wording import N_, Wording
from receipts.document import Document, Logo
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.shop_face import ShopFace

_TOKEN = "A" * 16
_PRINTED = (
    ShopField.NAME,
    ShopField.STORE,
    ShopField.LANGUAGE,
    ShopField.TIMEZONE,
    ShopField.CURRENCY,
    ShopField.TAX_RATES,
    ShopField.ROUNDING,
    ShopField.HEADER,
    ShopField.POLICY,
    ShopField.FOOTER,
    ShopField.VAT_NUMBER,
)


def sample_receipt(desk: Desk, values: Mapping[str, Value], logo: LogoChange | None = None) -> Document | Refused:
    """An invented sale on the shop's paper with these settings and this logo in place of its own. Writes nothing.

    Refused: SETTING_TEXT, SETTING_LINES, SETTING_RANGE, SETTING_CHOICE.
    """
    rules = desk.rules
    known = {setting.name: setting for setting in settings_of(rules)}
    for name, value in values.items():
        refused = refusal_of(known[name], value)
        if refused is not None:
            return refused
        rules = known[name].put(rules, value)
    face = face_of(desk, rules) if logo is None else ShopFace.of(rules, logo.logo)
    return _paper(rules, face, desk.now(), desk.number, desk.operator)


def sample_of_new_shop(new: NewShop, logo: Logo | None, at: datetime) -> Document | Refused:
    """The same of a shop that is still being filled in. Writes nothing.

    Refused: as `check_shop`, for what stands on a receipt.
    """
    refused = check_shop(new, _PRINTED)
    if refused is not None:
        return refused
    rules = rules_of(new)
    owner = Operator(str(OWNER_NUMBER), new.owner.name.strip(), Role.OWNER, new.owner.language)
    return _paper(rules, ShopFace.of(rules, logo), at, 1, owner)


def _paper(rules: ShopRules, face: ShopFace, now: datetime, workstation: int, operator: Operator | None) -> Document:
    words = Wording(rules.language)
    return sale_receipt(_invented(rules, words, now, workstation, operator), face, words)


def _invented(
    rules: ShopRules, words: Wording, now: datetime, workstation: int, operator: Operator | None
) -> Transaction:
    taxes = tuple(rate.code for rate in rules.tax_rates[:1])
    who = operator.id if operator is not None else ""
    local = now.astimezone(ZoneInfo(rules.timezone))
    offset = local.utcoffset() or timedelta()
    lines = tuple(
        BasketLine("", words.say(name), unit_price, taxes, Quantity.pieces(count), "", who)
        for name, unit_price, count in ((N_("Coffee"), 8_900, 1), (N_("Bread roll"), 1_200, 3))
    )
    basket = Basket(id="sample", lines=lines)
    due = price(basket, rules).due_cash
    priced = price(Basket(id="sample", lines=lines, tenders=(Tender(TenderKind.CASH, due),)), rules)
    return Transaction(
        id="sample",
        kind=TransactionKind.SALE,
        receipt=ReceiptNumber(rules.store, workstation, 1),
        at=now,
        utc_offset_minutes=offset // timedelta(minutes=1),
        business_day=local.date(),
        operator=who,
        operator_name="" if operator is None else operator.name,
        till="",
        customer=None,
        currency=rules.currency,
        rules_version=rules.version,
        prices_hold_tax=rules.price_mode is PriceMode.TAX_INCLUDED,
        token=_TOKEN,
        subtotal=priced.subtotal,
        discount=priced.discount,
        net=priced.net,
        tax=priced.tax,
        total=priced.total,
        rounding=priced.rounding,
        paid=priced.paid,
        change=priced.change,
        lines=sale_lines(priced),
        tenders=tender_lines(priced),
    )
