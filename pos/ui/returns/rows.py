"""Purchases and their lines as rows of the list, each with what the policy says of it."""

from __future__ import annotations

from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Money
from pos.domain.purchase import PurchaseLine
from pos.domain.return_decision import Decision, LineDecision, Verdict
from pos.services.purchases import PurchaseFound
from pos.services.returns import Quote
from pos.speech import N_
from pos.ui.returns.draft import ReturnDraft
from pos.ui.shared.row_list import ListRow
from pos.ui.theme import Kind
from pos.wording import Wording

VERDICTS: dict[Verdict, tuple[str, Kind, str]] = {
    Verdict.ALLOWED: (N_("Full refund"), "ok", "check_circle"),
    Verdict.NEEDS_APPROVAL: (N_("Manager decides"), "warn", "shield_person"),
    Verdict.EXCHANGE_ONLY: (N_("Exchange only"), "warn", "swap_horiz"),
    Verdict.REFUSED_OVERRIDABLE: (N_("Not returnable"), "bad", "block"),
    Verdict.STATUTORY_CLAIM: (N_("Claim by law"), "warn", "receipt_long"),
    Verdict.REFUSED: (N_("Not returnable"), "bad", "block"),
    Verdict.PARTIAL: (N_("Some of it"), "warn", "shield_person"),
}


def found_row(found: PurchaseFound, words: Wording) -> ListRow:
    """Day, number and first items at the left, what was paid at the right."""
    paid = words.money(Money(found.paid, found.currency))
    day = words.short_day(found.at.date())
    return ListRow(found.id, "receipt_long", found.receipt, f"{day} · {', '.join(found.items)}", paid)


def line_rows(draft: ReturnDraft, decision: Decision | None, words: Wording) -> list[ListRow]:
    """The lines of the purchase, or the goods on the counter where none is known."""
    by_place = {} if decision is None else {line.place: line for line in decision.lines}
    decided = {number: by_place.get(place) for place, number in enumerate(sorted(draft.ticked))}
    if draft.purchase is None:
        return [
            _ticked(number, item.name, draft, decided.get(number), words)
            for number, item in enumerate(draft.goods, start=1)
            if number in draft.ticked
        ]
    return [
        _ticked(line.line, line.name, draft, decided.get(line.line), words)
        if line.line in draft.ticked
        else _open(line, draft.purchase.currency, words)
        for line in draft.purchase.lines
    ]


def _open(line: PurchaseLine, currency: str, words: Wording) -> ListRow:
    """A line nobody ticked: how much of it is left, and what it cost."""
    left = words.say("{left} of {sold} left", left=words.quantity(line.left), sold=words.quantity(line.quantity))
    paid = words.say("paid {amount}", amount=words.amount(Money(line.total, currency)))
    said = words.say("{item}, not ticked, {left}", item=line.name, left=left)
    return ListRow(str(line.line), "inventory_2", line.name, f"{left} · {paid}", said=said)


def _ticked(number: int, name: str, draft: ReturnDraft, decided: LineDecision | None, words: Wording) -> ListRow:
    """A line that is to come back, with its state and what the policy says."""
    asked = draft.ticked[number]
    verdict = "" if decided is None else words.say(VERDICTS[decided.verdict][0])
    state = f"{words.quantity(asked.quantity)} · {words.condition(asked.condition)}"
    currency = "" if draft.purchase is None else draft.purchase.currency
    worth = "" if decided is None or not currency else words.amount(Money(decided.value, currency))
    alarming = decided is not None and decided.verdict is not Verdict.ALLOWED
    detail = " · ".join(filter(None, (verdict, state)))
    said = ", ".join(filter(None, (words.say("{item}, ticked", item=name), verdict, state, worth)))
    return ListRow(str(number), "check_circle", name, detail, worth, alarming=alarming, said=said)


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
