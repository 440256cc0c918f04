"""Steps about gift cards, played as at the till."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Refused
from pos.script import results
from pos.script.gift_cards import SOLD, CardStep
from pos.script.lane import Lane
from pos.script.results import Result, money
from pos.script.sale_steps import Sell, TypedLine
from pos.services.crash import dying_at_commit
from pos.services.gift_card_care import CashedOut
from pos.services.gift_cards import GiftCardView

# The number of a card the shop makes itself.
NEW = "new"

PlaySale = Callable[[Lane, Sell, str | None], Result]


def play_card_step(lane: Lane, body: CardStep, name: str | None, play_sale: PlaySale) -> Result:
    """What became of the card: selling and loading are sales of their own, played by `play_sale`."""
    lane.cards_named.append(body.number)
    if body.act in SOLD:
        return _sold(lane, body, play_sale(lane, _as_sale(body), name))
    care = lane.station.gift_card_care
    answer: GiftCardView | CashedOut | Refused
    with dying_at_commit(lane.station.desk, lane.dies_at):
        if body.act == "balance":
            answer = lane.station.gift_cards.balance(body.number, body.pin)
        elif body.act == "cash_out":
            answer = care.cash_out(body.number, body.pin)
        elif body.act == "disable":
            answer = care.disable(body.number, body.reason)
        else:
            answer = care.enable(body.number, body.reason)
    if isinstance(answer, Refused):
        return results.refusal(answer, lane.words)
    if isinstance(answer, CashedOut):
        lane.station.paperwork.after_move(answer.paper, "cash_out")
        if name is not None:
            lane.slip_papers[name] = answer.paper
        return _told(answer.card, body.number) | {"paid_out": money(answer.paid.minor, answer.paid.currency)}
    return _told(answer, body.number)


def _as_sale(body: CardStep) -> Sell:
    line = TypedLine("gift_card" if body.act == "sell" else "reload", body.number, None, amount=body.amount)
    return Sell((line,), body.tenders)


def _sold(lane: Lane, body: CardStep, sale: Result) -> Result:
    """The fields of the sale with those of the card."""
    if "refused" in sale:
        return sale
    number = lane.card_made() if body.number == NEW else body.number
    view = lane.station.gift_cards.balance(number)
    if isinstance(view, Refused):
        # Not paid yet: the shop does not know it.
        nothing = money(0, lane.station.desk.rules.currency)
        return sale | {"number": number, "state": "unsold", "balance": nothing, "paid_out": None}
    return sale | _told(view, number) | {"receipt": sale["receipt"]}


def _told(view: GiftCardView, number: str) -> Result:
    return {
        "number": number,
        "state": view.state.value,
        "balance": money(view.balance.minor, view.balance.currency),
        "paid_out": None,
        "receipt": None,
    }
