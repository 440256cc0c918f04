"""The ways to pay this sale: which there are, what each says of itself, and why one of them cannot pay just now."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.tender import TenderKind
from pos.services.house_accounts import HouseAccountView
from pos.services.tendering import TenderChoice
from pos.wording import N_, Wording
from pos.workstation import Workstation

SPLIT = "split"
OWN_KEYS = tuple(f"Alt+{letter}" for letter in "QERSDF")
ICONS = {
    TenderKind.CASH: "payments",
    TenderKind.CREDIT: "credit_card",
    TenderKind.DEBIT: "contactless",
    TenderKind.GIFT_CARD: "redeem",
    TenderKind.STORE_CREDIT: "account_balance_wallet",
    TenderKind.CHECK: "edit_document",
    TenderKind.HOUSE_ACCOUNT: "person",
    TenderKind.OTHER: "sell",
    TenderKind.EXCHANGE: "swap_horiz",
}
# The order of the column and its keys; a shop's own types come after these.
KEYS = {
    "cash": "F2",
    "credit": "F3",
    "debit": "F4",
    "gift_card": "F5",
    "store_credit": "F6",
    "check": "F7",
    SPLIT: "F8",
}
NAMES = {
    "cash": N_("Cash"),
    "credit": N_("Credit"),
    "debit": N_("Debit"),
    "gift_card": N_("Gift card"),
    "store_credit": N_("Store credit"),
    "check": N_("Check"),
    "house_account": N_("House account"),
    SPLIT: N_("Split"),
}
_ALONE = N_("Type the approval")
_NO_DRAWER = N_("Notes and coins")
_DETAILS = {
    "cash": N_("Drawer opens"),
    "credit": N_("Tap, insert or swipe"),
    "debit": N_("Cash-back too"),
    "gift_card": N_("Scan or type"),
    "store_credit": N_("Scan or type"),
    "check": N_("Read or type"),
    SPLIT: N_("Share it out"),
}


@dataclass(frozen=True, slots=True)
class Method:
    """One way to pay: `why` is empty where it can pay now."""

    code: str
    kind: TenderKind | None
    name: str
    detail: str
    icon: str
    why: str = ""


def methods(workstation: Workstation, words: Wording) -> tuple[Method, ...]:
    """What this till can take for the open sale, in the column's order. What the shop does not take is not there."""
    choices = {choice.rule.code: choice for choice in workstation.tendering.choices() if _there(choice, workstation)}
    priced = workstation.sale.view.priced
    own = [code for code in choices if code not in KEYS]
    shown: list[Method] = []
    for code in (*KEYS, *own):
        if code == SPLIT:
            why = "" if priced.due > 0 else words.say("Nothing is due")
            shown.append(Method(code, None, words.say(NAMES[code]), words.say(_DETAILS[code]), "call_split", why))
        elif (choice := choices.get(code)) is not None:
            shown.append(_method(choice, workstation, words))
    return tuple(shown)


def _there(choice: TenderChoice, workstation: Workstation) -> bool:
    """Whether this till has what the tender needs."""
    kind = choice.rule.kind
    if kind in (TenderKind.CREDIT, TenderKind.DEBIT):
        return workstation.card_terminal.is_there
    if kind is TenderKind.CHECK:
        return workstation.checks.taken_here
    return kind is not TenderKind.HOUSE_ACCOUNT or _account(workstation) is not None


def _account(workstation: Workstation) -> HouseAccountView | None:
    """The account of the sale's customer; None where nobody has one."""
    customer = workstation.sale.view.priced.basket.customer
    view = None if customer is None else workstation.house_accounts.view(customer)
    return view if isinstance(view, HouseAccountView) and view.limit.minor else None


def _method(choice: TenderChoice, workstation: Workstation, words: Wording) -> Method:
    rule = choice.rule
    if rule.kind is TenderKind.OTHER:
        detail = words.say("Number asked") if rule.asks_reference else words.say("Taken as it is")
        return Method(rule.code, rule.kind, rule.words, detail, ICONS[rule.kind], _why(choice, workstation, words))
    if rule.kind is TenderKind.HOUSE_ACCOUNT:
        return _house_account(choice, workstation, words)
    said = _DETAILS[rule.code]
    if rule.kind in (TenderKind.CREDIT, TenderKind.DEBIT) and workstation.card_terminal.stands_alone:
        said = _ALONE
    if rule.kind is TenderKind.CASH and not workstation.drawer.has_drawer:
        said = _NO_DRAWER
    name = words.say(NAMES[rule.code])
    return Method(rule.code, rule.kind, name, words.say(said), ICONS[rule.kind], _why(choice, workstation, words))


def _house_account(choice: TenderChoice, workstation: Workstation, words: Wording) -> Method:
    """The customer's own account, with what may still be put on it."""
    view = _account(workstation)
    assert view is not None, "it is shown for who has one"
    room = view.room.minor
    detail = words.say("{amount} free", amount=words.money(view.room))
    why = _why(choice, workstation, words) or ("" if room else words.say("Nothing free on it"))
    rule = choice.rule
    return Method(rule.code, rule.kind, words.say(NAMES[rule.code]), detail, ICONS[rule.kind], why)


def _why(choice: TenderChoice, workstation: Workstation, words: Wording) -> str:
    """Why it cannot pay anything now, in a few words."""
    priced = workstation.sale.view.priced
    if priced.complete or choice.rule.kind is TenderKind.CASH:
        return ""
    if priced.total < 0:
        return words.say("Cash only here")
    if choice.room <= 0:
        return words.say("Not for these items")
    if choice.rule.least and min(choice.room, priced.due) < choice.rule.least <= priced.due:
        return words.say("From {amount}", amount=words.short_money(Money(choice.rule.least, priced.currency)))
    return ""
