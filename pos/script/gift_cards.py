"""Gift cards of a lane script: those it begins with, and the step that does something to one."""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCardKind, number_of, pin_readable
from pos.script.fields import Part
from pos.script.read import ScriptError
from pos.script.sale_steps import typed
from pos.script.tenders import TypedTender, read_tenders
from pos.services.gift_card_import import NewGiftCard
from pos.wording import N_

ACTS = ("sell", "reload", "balance", "cash_out", "disable", "enable")
SOLD = ("sell", "reload")
_STATES = ("active", "disabled", "unsold")
_NUMBER_MAX = 30


@dataclass(frozen=True, slots=True)
class GivenGiftCard:
    """A card the script begins with, and the line that says so."""

    card: NewGiftCard
    line: int


@dataclass(frozen=True, slots=True)
class CardStep:
    """Something done to a card: `act` is one of ACTS, `number` as it was scanned or typed."""

    act: str
    number: str
    amount: str = ""
    pin: str = ""
    reason: str = ""
    tenders: tuple[TypedTender, ...] = ()


def read_gift_cards(script: Part, currency: str) -> tuple[GivenGiftCard, ...]:
    """The cards of the set-up. Raises ScriptError."""
    cards: list[GivenGiftCard] = []
    for row in script.parts("gift_cards"):
        given = GivenGiftCard(_card(row, currency), row.line_of("number"))
        if any(other.card.number == given.card.number for other in cards):
            raise ScriptError(given.line, N_("“{key}” is given twice."), key=given.card.number)
        cards.append(given)
    return tuple(cards)


def _card(row: Part, currency: str) -> NewGiftCard:
    row.keys(("number", "balance", "pin", "state", "expires", "kind"))
    number = number_of(row.needed("number"))
    if not 4 <= len(number) <= _NUMBER_MAX or not number.isalnum():
        raise row.wrong("number")
    pin = row.text("pin") or ""
    if pin and not pin_readable(pin):
        raise row.wrong("pin")
    state = row.choice("state", _STATES)
    unsold = state == "unsold"
    balance = 0 if row.get("balance") is None else row.money("balance", currency)
    return NewGiftCard(
        number=number,
        balance=0 if unsold else balance,
        kind=GiftCardKind(row.choice("kind", list(GiftCardKind)) or GiftCardKind.GIFT_CARD),
        pin=pin,
        expires=_day(row),
        disabled=state == "disabled",
        unsold=unsold,
    )


def _day(row: Part) -> date | None:
    text = row.text("expires")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise row.wrong("expires") from error


def read_card_step(body: Part, common: tuple[str, ...]) -> CardStep:
    """A `gift_card` step. Raises ScriptError."""
    acts = [act for act in ACTS if act in body.fields.values]
    if not acts:
        body.keys((*ACTS, "amount", "tenders", "pin", "reason", *common))
        raise body.missing(ACTS[0])
    if len(acts) > 1:
        message = N_("Step {step} is to be one thing, not “{one}” and “{other}”.")
        raise ScriptError(body.line_of(acts[1]), message, step=body.step, one=acts[0], other=acts[1])
    act = acts[0]
    sold = ("amount", "tenders") if act in SOLD else ()
    pin = ("pin",) if act in {"balance", "cash_out"} else ()
    reason = ("reason",) if act in {"disable", "enable"} else ()
    body.keys((act, *sold, *pin, *reason, *common))
    return CardStep(
        act,
        typed(body, act),
        amount=typed(body, "amount") if sold else "",
        pin=typed(body, "pin") if pin else "",
        reason=typed(body, "reason") if reason else "",
        tenders=read_tenders(body) if sold else (),
    )
