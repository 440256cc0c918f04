"""Purchases and their lines as rows of the list, each with what the policy says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from pos.domain.customer import Customer
from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Money
from pos.domain.purchase import Purchase, PurchaseLine, Source
from pos.domain.reasons import Reason
from pos.domain.return_decision import Decision, LineDecision, Verdict
from pos.services.purchases import PurchaseFound
from pos.services.returns import Outlook, Quote
from pos.ui.returns.draft import ReturnDraft
from pos.ui.returns.line_list import LineRow
from pos.ui.shared.row_list import ListRow
from pos.ui.shared.verdicts import VERDICTS, verdict_name
from pos.ui.theme import Kind
from pos.wording import Wording


class _Look(TypedDict):
    verdict_icon: str
    kind: Kind


_GONE: _Look = {"verdict_icon": "assignment_return", "kind": "neutral"}


def found_row(found: PurchaseFound, today: date, words: Wording) -> ListRow:
    """Day and time, how long ago, number and first items at the left, what was paid at the right."""
    paid = words.money(Money(found.paid, found.currency))
    when = f"{words.short_day(found.at.date())} · {words.time(found.at)}"
    before = found.source is Source.TAKEN_OVER
    said = (
        ago(found.at.date(), today, words),
        from_before(words) if before else "",
        found.receipt,
        ", ".join(found.items),
    )
    return ListRow(found.id, "history" if before else "receipt_long", when, " · ".join(filter(None, said)), paid)


def receipt_named(purchase: Purchase, words: Wording) -> str:
    """Which receipt it is, and whether another system made it."""
    if purchase.source is Source.TAKEN_OVER:
        return words.say("Imported sale {number}", number=purchase.receipt)
    return words.say("Receipt {receipt}", receipt=purchase.receipt)


def from_before(words: Wording) -> str:
    """That another system sold it."""
    return words.say("Imported sale")


def ago(day: date, today: date, words: Wording) -> str:
    """How many days ago that was."""
    days = (today - day).days
    return words.count("{n} day ago", "{n} days ago", days) if days > 0 else words.say("Today")


def person_row(customer: Customer) -> ListRow:
    """Somebody who may be meant, with what tells them from others of the same name."""
    return ListRow(customer.id, "person", customer.name, " · ".join(filter(None, (customer.phone, customer.email))))


def line_rows(draft: ReturnDraft, decision: Decision | None, outlook: Outlook | None, words: Wording) -> list[ListRow]:
    """The lines of the purchase, or the goods on the counter where none is known. What is ticked says what the policy
    says of it, the rest what it would say.
    """
    by_place = {} if decision is None else _by_place(decision.lines)
    agreed = {} if decision is None or decision.if_approved is None else _by_place(decision.if_approved.lines)
    places = {number: place for place, number in enumerate(sorted(draft.ticked))}
    decided = {
        number: (by_place.get(place), _worth(by_place.get(place), agreed.get(place)))
        for number, place in places.items()
    }
    if draft.purchase is None:
        return [
            _ticked(number, item.name, draft, decided[number], words)
            for number, item in enumerate(draft.goods, start=1)
            if number in draft.ticked
        ]
    return [
        _ticked(line.line, line.name, draft, decided[line.line], words)
        if line.line in draft.ticked
        else _open(line, draft.purchase.currency, outlook or Outlook({}, {}), words)
        for line in draft.purchase.lines
    ]


def _by_place(lines: Sequence[LineDecision]) -> dict[int, LineDecision]:
    return {line.place: line for line in lines}


def _worth(decided: LineDecision | None, agreed: LineDecision | None) -> int:
    """What comes back for a line, minor units; for one that waits for somebody's yes, what would."""
    if decided is None:
        return 0
    return agreed.value if decided.verdict is Verdict.NEEDS_APPROVAL and agreed is not None else decided.value


def _open(line: PurchaseLine, currency: str, outlook: Outlook, words: Wording) -> LineRow:
    """A line nobody ticked: how much of it is left, what it cost, and what the policy would say."""
    left = words.say("{left} of {sold} left", left=words.quantity(line.left), sold=words.quantity(line.quantity))
    paid = words.say("paid {amount}", amount=words.amount(Money(line.total, currency)))
    would = outlook.lines.get(line.line)
    verdict = _verdict(would, words) if line.left.thousandths else words.say("Came back already")
    last = outlook.last_days.get(line.line)
    plain = would is not None and would.verdict is Verdict.ALLOWED
    because = words.say("until {day}", day=words.short_day(last)) if plain and last else _because(would, words)
    return LineRow(
        str(line.line),
        "",
        line.name,
        f"{left} · {paid}",
        said=", ".join(filter(None, (words.say("{item}, not ticked, {left}", item=line.name, left=left), verdict))),
        ticked=False if line.left.thousandths else None,
        verdict=verdict,
        because=because,
        **(_look(would) if line.left.thousandths else _GONE),
    )


def _ticked(
    number: int, name: str, draft: ReturnDraft, decided: tuple[LineDecision | None, int], words: Wording
) -> LineRow:
    """A line that is to come back, with its state; `decided` is what the policy says and what that is worth."""
    said_of_it, value = decided
    asked, line = draft.ticked[number], draft.line(number)
    verdict = _verdict(said_of_it, words)
    why = words.reason(Reason(asked.reason)) if asked.reason else ""
    state = " · ".join(filter(None, (words.condition(asked.condition), why)))
    currency = "" if draft.purchase is None else draft.purchase.currency
    worth = "" if said_of_it is None or not currency else words.amount(Money(value, currency))
    asked_for = words.quantity(asked.quantity)
    left = "" if line is None else words.quantity(line.left)
    count = words.say("{asked} of {left}", asked=asked_for, left=left) if left else asked_for
    said = ", ".join(filter(None, (words.say("{item}, ticked", item=name), verdict, asked_for, state, worth)))
    return LineRow(
        str(number),
        "",
        name,
        state,
        worth,
        said=said,
        ticked=True,
        count=count,
        verdict=verdict,
        because=_because(said_of_it, words),
        **_look(said_of_it),
    )


def _verdict(decided: LineDecision | None, words: Wording) -> str:
    return "" if decided is None else words.say(verdict_name(decided.verdict, decided))


def _look(decided: LineDecision | None) -> _Look:
    if decided is None:
        return {"verdict_icon": "", "kind": "neutral"}
    _, kind, icon = VERDICTS[decided.verdict]
    return {"verdict_icon": icon, "kind": kind}


def _because(decided: LineDecision | None, words: Wording) -> str:
    """The rule that stands in the way first, and what decided; empty for a plain yes."""
    if decided is None:
        return ""
    first = next((reason for reason in decided.reasons if reason.stands_in_the_way), None)
    if first is None:
        return ""
    # What no policy says has no number that would say more than the words do.
    rule = first.rule if words.rule(first.rule) == first.rule else ""
    return " · ".join(filter(None, (rule, words.return_reason_short(first))))


def refund_words(quote: Quote | None, words: Wording) -> tuple[str, bool]:
    """What the large button says, and whether there is anything to do."""
    if quote is None:
        return words.say("Pay back"), False
    decision = quote.decision
    if decision.verdict in {Verdict.ALLOWED, Verdict.PARTIAL}:
        return words.say("Refund {amount}", amount=words.money(Money(decision.now.refund, quote.case.currency))), True
    asks = bool(decision.approvals_needed)
    return words.say("Ask a manager") if asks else words.say(VERDICTS[decision.verdict][0]), asks


def paid_where(done: CustomerReturn, words: Wording) -> str:
    """What went back, by the tender it went to."""
    return ", ".join(
        f"{words.refund_to(one.kind, one.card or one.type)} {words.amount(Money(one.amount, done.currency))}"
        for one in done.tenders
    )


def is_exchange(done: CustomerReturn) -> bool:
    """Whether other goods went out for what came back."""
    return bool(done.exchange) or any(line.swapped for line in done.lines)


def done_words(done: CustomerReturn, words: Wording) -> str:
    """That it is in the books."""
    if is_exchange(done):
        return words.say("Exchange {number} is done.", number=done.number)
    return words.say("Return {number} is done.", number=done.number)
