"""Where the money of one tender goes: back as it came, as the policy says instead, or as the customer asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from pos.domain.gift_card_law import cash_out_below
from pos.domain.money import Money
from pos.domain.policy_rule import EVERYTHING, Policy, Rule, Scope, Subject
from pos.domain.purchase import PurchaseTender
from pos.domain.refund_rules import (
    EXCHANGE,
    MAILED_CHECK,
    SAME,
    CardGone,
    CheckHold,
    RefundChoice,
    RefundTo,
)
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Effect, Reason, Remedy
from pos.domain.return_request import ShownBy
from pos.domain.return_subject import most_specific, subject_of, subject_without_goods, words_of
from pos.domain.tender import CARDS_OF_THE_SHOP, TenderKind
from pos.domain.tender_type import program_rule

STORE_CREDIT = TenderKind.STORE_CREDIT.value
CASH = TenderKind.CASH.value
ORIGINAL = "original"
AS_ASKED = "as_asked"
# A tender of the shop's own that nothing goes back onto, nor for.
_NOT_AT_ALL = "none"
# What may be given instead of a tender of the sale; onto anything else money can only go back.
OTHERS = frozenset({CASH, STORE_CREDIT, TenderKind.GIFT_CARD.value, MAILED_CHECK})


@dataclass(frozen=True, slots=True)
class Drawn:
    """So much of the refund's value out of one tender of the sale (None: no sale is known), and how it must go out
    (`pays`), or how the customer wants it (`wish`, onto `account`); both empty: as the policy says.
    """

    tender: PurchaseTender | None
    exact: int
    pays: str = ""
    wish: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Value on its way out, in minor units before cash rounding, as in RefundTender."""

    tender: PurchaseTender | None
    exact: int
    kind: str
    type: str = ""
    card: str = ""
    account: str = ""
    attempt: str = ""


@dataclass(slots=True)
class Asked:
    """What has to be said about a refund: the reasons, and of those that want somebody's yes the options."""

    reasons: list[Reason] = field(default_factory=list)
    options: dict[Code, tuple[str, ...]] = field(default_factory=dict)

    def note(self, reason: Reason, options: tuple[str, ...] = ()) -> None:
        """Say it once."""
        if all(one.code is not reason.code for one in self.reasons):
            self.reasons.append(reason)
            self.options[reason.code] = options


class Router:
    """Finds the way of every piece of one refund; what is worth saying goes to `asked`."""

    def __init__(self, case: ReturnCase, policy: Policy, places: Sequence[int], asked: Asked) -> None:
        self.case = case
        self.policy = policy
        self.asked = asked
        self._places = places
        self.by_gift_receipt = case.request.shown_by is ShownBy.GIFT_RECEIPT

    def pieces(self, drawn: Iterable[Drawn]) -> list[Piece]:
        """Every piece with its way; none is lost, and a card that is full passes on what does not fit."""
        whole = list(drawn)
        pieces: list[Piece] = []
        for one in whole:
            piece = self._piece(one, whole)
            pieces.extend(self._within_room(piece, pieces))
        return pieces

    def rules(self, kind: type[Rule]) -> list[Rule]:
        """The rules of a kind that speak of everything that comes back."""
        return [rule for rule in self.policy.of(kind) if rule.scope == EVERYTHING or self._covers_all(rule.scope)]

    def bounds(self, kind: type[Rule]) -> list[Rule]:
        """The rules of a kind that speak of anything that comes back: a bound holds whatever lies beside it."""
        return [rule for rule in self.policy.of(kind) if rule.scope == EVERYTHING or self._covers_any(rule.scope)]

    def _covers_all(self, scope: Scope) -> bool:
        return all(scope.covers(one) for one in self._subjects)

    def _covers_any(self, scope: Scope) -> bool:
        return any(scope.covers(one) for one in self._subjects)

    @cached_property
    def _subjects(self) -> list[Subject]:
        lines = self.case.request.lines
        if not lines:
            return [subject_without_goods(self.case)]
        return [subject_of(self.case, lines[place]) for place in self._places if place < len(lines)]

    def agreed(self, code: Code) -> bool:
        """Whether somebody has agreed to it."""
        return self.case.agreed is not None and code.value in self.case.agreed.codes

    def option(self) -> str:
        """The way somebody chose when agreeing."""
        return "" if self.case.agreed is None else self.case.agreed.option

    def money(self, amount: int) -> Money:
        return Money(amount, self.case.currency)

    def to(self, kind: str, drawn: Drawn) -> Piece:
        """The piece as another kind than it came as."""
        tender = drawn.tender
        if kind == TenderKind.GIFT_CARD.value:
            account = drawn.account or self.case.request.account or self._own_card()
            if not account:
                return Piece(tender, drawn.exact, STORE_CREDIT)
            known = self.case.cards.get(account)
            return Piece(tender, drawn.exact, kind, card=known.shown if known else "", account=account)
        if tender is not None and kind == tender.kind.value:
            return self._back(tender, drawn.exact)
        return Piece(tender, drawn.exact, kind)

    # --- One piece ----------------------------------------------------------------------------------------------------

    def _piece(self, drawn: Drawn, whole: Sequence[Drawn]) -> Piece:
        wish = "" if drawn.wish == ORIGINAL else drawn.wish
        if drawn.pays:
            if wish and wish != drawn.pays and not self._may_wish(drawn, wish):
                self._not_allowed(wish, drawn, (drawn.pays,), forced=True)
            elif wish:
                return self.to(wish, drawn)
            return self.to(drawn.pays, drawn)
        own = self._own(drawn, whole)
        if not wish or wish == own.kind or drawn.tender is None:
            return own
        if wish == drawn.tender.kind.value and self._is_natural(drawn.tender, own):
            return own
        if self._may_wish(drawn, wish):
            return self.to(wish, drawn)
        bearable = self._not_allowed(wish, drawn, (own.kind,))
        return self.to(wish, drawn) if bearable else own

    def _own(self, drawn: Drawn, whole: Sequence[Drawn]) -> Piece:
        """As it came, or as the policy says of that tender."""
        tender = drawn.tender
        if tender is None:
            return self.to(STORE_CREDIT, drawn)
        held = self._held(tender)
        if held:
            return self.to(held, drawn)
        words = words_of(tender)
        rules = [rule for rule in self.rules(RefundTo) if isinstance(rule, RefundTo) and rule.of & words]
        rule = most_specific(rules)
        if rule is None:
            return self._natural(drawn)
        amount = sum(one.exact for one in whole if one.tender is not None and words_of(one.tender) & rule.of)
        to = rule.to
        if rule.limit is not None and amount > rule.limit:
            to = rule.above
            self._other_way(to, rule.id, amount, rule.limit)
        return self._natural(drawn) if to == SAME else self.to(to, drawn)

    def _natural(self, drawn: Drawn) -> Piece:
        """Back as it came; what cannot go back that way as the shop's rule of the tender says."""
        tender = drawn.tender
        if tender is None:
            return self.to(STORE_CREDIT, drawn)
        if tender.kind in {TenderKind.CREDIT, TenderKind.DEBIT}:
            gone = self.gone_rule()
            if not tender.open or self._too_old(gone):
                return self._card_gone(tender, drawn, gone)
        if tender.kind.value == EXCHANGE:
            return self.to(STORE_CREDIT, drawn)
        code = tender.type or tender.kind.value
        rule = next((one for one in self.case.tender_rules if one.code == code), program_rule(tender.kind))
        if rule.refund_to == SAME:
            return self._back(tender, drawn.exact)
        if rule.refund_to != _NOT_AT_ALL:
            return self.to(rule.refund_to, drawn)
        if not self.agreed(Code.TENDER_NOT_ALLOWED):
            facts = {"tender": code}
            self.asked.note(
                Reason(Code.TENDER_NOT_ALLOWED, Effect.REFUSES, code, overridable=True, value=code, facts=facts)
            )
        return self.to(STORE_CREDIT, drawn)

    def _back(self, tender: PurchaseTender, exact: int) -> Piece:
        kind = MAILED_CHECK if tender.kind is TenderKind.CHECK else tender.kind.value
        return Piece(tender, exact, kind, tender.type, tender.card, tender.account, tender.attempt)

    def _is_natural(self, tender: PurchaseTender, piece: Piece) -> bool:
        return piece == self._back(tender, piece.exact)

    def gone_rule(self) -> CardGone:
        """What holds of a card that takes no money any more."""
        found = [rule for rule in self.rules(CardGone) if isinstance(rule, CardGone)]
        return most_specific(found) or CardGone(id="card_state")

    def _too_old(self, rule: CardGone) -> bool:
        """Whether nothing goes back to a card for a charge of that day."""
        purchase = self.case.purchase
        return purchase is not None and rule.after is not None and (self.case.today - purchase.day).days > rule.after

    def _card_gone(self, tender: PurchaseTender, drawn: Drawn, rule: CardGone) -> Piece:
        yes = self.agreed(Code.CARD_UNAVAILABLE)
        to = self.option() if yes and self.option() in OTHERS else rule.to[0]
        asks = rule.ask and not yes
        hard = rule.ask and rule.override is None
        effect = Effect.TENDER if not asks else Effect.REFUSES if hard else Effect.APPROVAL
        self.asked.note(
            Reason(
                code=Code.CARD_UNAVAILABLE,
                effect=effect,
                rule=rule.id,
                overridable=asks and not hard,
                value=tender.tender,
                facts={"card": tender.card},
                role=rule.override or "",
            ),
            rule.to,
        )
        return self.to(to, drawn)

    def _held(self, tender: PurchaseTender) -> str:
        """How a check's money goes out while the check may still bounce; empty where it does not or waits."""
        found = [rule for rule in self.rules(CheckHold) if isinstance(rule, CheckHold)]
        rule = most_specific(found)
        if rule is None or tender.kind is not TenderKind.CHECK or self.case.purchase is None:
            return ""
        free = self._free_on(self.case.purchase.day, rule)
        if self.case.today >= free or self.agreed(Code.CHECK_HOLD):
            return ""
        days = (self.case.today - self.case.purchase.day).days
        waits = not rule.meanwhile
        self.asked.note(
            Reason(
                code=Code.CHECK_HOLD,
                effect=Effect.REFUSES if waits else Effect.TENDER,
                rule=rule.id,
                overridable=rule.override is not None,
                value=days,
                limit=rule.days,
                possible_from=free,
                facts={"day": free},
                remedy=Remedy("WAIT", {"day": free}, {}) if waits else None,
                role=rule.override or "",
            )
        )
        return rule.meanwhile

    def _free_on(self, sold: date, rule: CheckHold) -> date:
        """The first day the check counts as good."""
        if not rule.business_days:
            return sold + timedelta(days=rule.days)
        day, left = sold, rule.days
        while left:
            day += timedelta(days=1)
            left -= self.case.is_business_day(day)
        return day

    def _other_way(self, to: str, rule: str, amount: int, limit: int) -> None:
        facts: dict[str, object] = {"amount": self.money(amount), "limit": self.money(limit)}
        code = {MAILED_CHECK: Code.MAILED_CHECK, STORE_CREDIT: Code.STORE_CREDIT_ONLY}.get(to)
        if code is not None:
            self.asked.note(Reason(code, Effect.TENDER, rule, value=amount, limit=limit, facts=facts))

    # --- What the customer asks for -----------------------------------------------------------------------------------

    def _may_wish(self, drawn: Drawn, wish: str) -> bool:
        """Whether the policy, the law of small rests or somebody's yes lets it go out so."""
        if self.by_gift_receipt or wish not in OTHERS:
            return False
        if self.agreed(Code.TENDER_NOT_ALLOWED) or (self.option() == wish and self.case.agreed is not None):
            return True
        named = any(wish in rule.to for rule in self._choices(drawn))
        return named or (wish == CASH and self._small_rest(drawn))

    def _choices(self, drawn: Drawn) -> list[RefundChoice]:
        """The rules about what may be had instead of this tender."""
        words = words_of(drawn.tender) if drawn.tender else frozenset()
        found = [rule for rule in self.rules(RefundChoice) if isinstance(rule, RefundChoice)]
        return [rule for rule in found if not rule.of or rule.of & words]

    def _small_rest(self, drawn: Drawn) -> bool:
        """What would be left on a card of the shop is so little that the law gives it in cash to who asks."""
        tender = drawn.tender
        if tender is None or tender.kind not in CARDS_OF_THE_SHOP:
            return False
        below = self.case.cash_out_below
        if below is None:
            below = cash_out_below(self.case.region, self.case.currency, self.case.today)
        card = self.case.cards.get(tender.account)
        return drawn.exact + (card.balance if card else 0) < below

    def _not_allowed(self, wish: str, drawn: Drawn, instead: tuple[str, ...], *, forced: bool = False) -> bool:
        """Say so; answers whether somebody may decide otherwise."""
        choices = self._choices(drawn)
        barred = [rule for rule in choices if rule.override is None]
        bearable = not self.by_gift_receipt and wish in OTHERS and not barred
        # A rule that lets something else be had does not decide this; one that says who may agree does.
        decides = next((one for one in (*barred, *choices) if one.override != ""), None)
        remedy = Remedy("ORIGINAL_TENDER", {}, {"refund_to": ORIGINAL})
        if forced:
            remedy = Remedy("PAY_AS", {"tender": instead[0]}, {"refund_to": instead[0]})
        if forced and instead[0] == STORE_CREDIT:
            remedy = Remedy("STORE_CREDIT", {}, {"refund_to": STORE_CREDIT})
        self.asked.note(
            Reason(
                code=Code.TENDER_NOT_ALLOWED,
                effect=Effect.APPROVAL if bearable else Effect.REFUSES,
                rule="original_tender" if decides is None else decides.id,
                overridable=bearable,
                value=wish,
                limit=instead,
                facts={"tender": wish},
                remedy=remedy,
                role="" if decides is None else decides.override or "",
            ),
            (AS_ASKED, *instead) if forced else tuple(dict.fromkeys((AS_ASKED, ORIGINAL, *_credit_beside(wish)))),
        )
        return bearable

    # --- Cards of the shop --------------------------------------------------------------------------------------------

    def _own_card(self) -> str:
        purchase = self.case.purchase
        tenders = purchase.tenders if purchase else ()
        return next((one.account for one in tenders if one.kind is TenderKind.GIFT_CARD and not one.declined), "")

    def _within_room(self, piece: Piece, before: Sequence[Piece]) -> list[Piece]:
        """What a card of the shop can still be given goes onto it, the rest becomes store credit."""
        known = self.case.cards.get(piece.account) if piece.kind in CARDS_OF_THE_SHOP else None
        if known is None:
            return [piece]
        given = sum(one.exact for one in before if one.account == piece.account)
        room = piece.exact if known.room is None else max(0, min(piece.exact, known.room - given))
        if not known.usable:
            room = 0
        if room == piece.exact:
            return [piece]
        facts = {
            "card": known.shown,
            "limit": self.money(known.room or 0),
            "amount": self.money(piece.exact),
        }
        code = Code.GIFT_CARD_LIMIT if known.usable else Code.GIFT_CARD_DISABLED
        self.asked.note(Reason(code, Effect.TENDER, "gift_card", value=piece.exact, limit=room, facts=facts))
        rest = Piece(piece.tender, piece.exact - room, STORE_CREDIT)
        if not room:
            return [rest]
        return [Piece(piece.tender, room, piece.kind, piece.type, piece.card, piece.account, piece.attempt), rest]


def _credit_beside(wish: str) -> tuple[str, ...]:
    """Store credit may be chosen instead, unless that is what was asked for."""
    return () if wish == STORE_CREDIT else (STORE_CREDIT,)
