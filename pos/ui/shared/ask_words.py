"""What an approval sheet says of one request: what is asked for, what it costs, and what may be answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pos.domain.approval import AS_ASKED, ApprovalRequest, NeedsApproval, Option
from pos.domain.by_hand import Action
from pos.domain.money import Money
from pos.domain.reasons import Reason, ReasonKind
from pos.services.reasons import reasons
from pos.ui.shared import policy_ask, return_ask
from pos.ui.shared.approval_sheet import DECLINE, AskView, Choice
from pos.wording import Wording
from pos.workstation import Workstation


def asked_what(request: ApprovalRequest, workstation: Workstation, words: Wording) -> str:
    """The wish in a few words."""
    needed = request.requirement
    about = needed.about or words.say("Whole sale")
    currency = workstation.desk.rules.currency
    match request.asked.action:
        case Action.VOID_SALE:
            return words.say("Void sale")
        case Action.PRICE_OVERRIDE:
            price = words.money(Money(needed.after, currency))
            return words.say("{item} at {price}", item=about, price=price)
        case Action.TENDER:
            amount = words.money(Money(request.asked.amount or 0, currency))
            return words.say("{tender} {amount}", tender=words.tender_called(about), amount=amount)
        case Action.POST_VOID:
            return words.say("Post-void receipt {receipt}", receipt=about)
        case Action.RETURN:
            amount = words.money(Money(request.asked.amount or 0, currency))
            return words.say("Give back {amount}", amount=amount)
        case Action.GOODWILL:
            amount = words.money(Money(request.asked.amount or 0, currency))
            return words.say("Give back {amount} without goods", amount=amount)
        case Action.CORRECT_TENDER:
            amount = words.money(Money(request.asked.amount or 0, currency))
            return words.say("Correct a tender of {amount}", amount=amount)
        case Action.TAX_EXEMPT:
            return words.say("Sell without tax, certificate {certificate}", certificate=request.asked.certificate)
        case Action.PAID_OUT | Action.PAY_OUT:
            amount = words.money(Money(request.asked.amount or 0, currency))
            return words.say("Pay out {amount}", amount=amount)
        case Action.SWITCH_POLICY:
            day = words.short_day(date.fromisoformat(needed.about))
            return words.say("Switch on a return policy from {day}", day=day)
        case Action.CLOSE_TILL:
            off = over_short_words(Money(request.asked.amount or 0, currency), words)
            return words.say("Close the till: {difference}", difference=off)
        case _:
            return words.say(
                "{item}, discount {amount}", item=about, amount=words.money(Money(needed.at_stake, currency))
            )


def over_short_words(off: Money, words: Wording) -> str:
    """How far a count is from what should be there."""
    if off.minor < 0:
        return words.say("Short {amount}", amount=words.money(-off))
    return words.say("Over {amount}", amount=words.money(off)) if off.minor else words.say("Exact")


def asked_since(request: ApprovalRequest, workstation: Workstation, words: Callable[[], Wording]) -> Callable[[], str]:
    """When it was asked and how long ago, said anew each second."""

    def said() -> str:
        time = words().time(workstation.desk.local(request.asked_at))
        return words().say("Asked {time} · {passed}", time=time, passed=passed(request, workstation))

    return said


def passed(request: ApprovalRequest, workstation: Workstation) -> str:
    """How long it waits already, as minutes and seconds."""
    seconds = max(0, int((workstation.desk.now() - request.asked_at).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def view_of(needs: NeedsApproval, workstation: Workstation, words: Wording, back: str) -> AskView:
    """The view of what has just been asked; of a return with all there is to know of it."""
    view = ask_view(needs.request, workstation, words, back)
    if needs.request.asked.action is Action.SWITCH_POLICY:
        return policy_ask.with_cases(view, needs, words)
    if needs.request.asked.action not in {Action.RETURN, Action.GOODWILL}:
        return view
    return return_ask.with_return(view, needs, workstation, words)


def ask_view(request: ApprovalRequest, workstation: Workstation, words: Wording, back: str) -> AskView:
    """Everything the sheet shows; `back` is what leaving it without an answer is called."""
    needed = request.requirement
    reason = words.reason(Reason(request.asked.reason)) if request.asked.reason else ""
    by = words.say("asked by {name}", name=request.asked_by_name)
    known = reasons(workstation.desk, ReasonKind.APPROVAL)

    def measure(value: int) -> str:
        if needed.limit_of.is_amount:
            return words.money(Money(value, workstation.desk.rules.currency))
        return words.percent(value)

    def choice(option: Option) -> Choice:
        amount = words.amount(Money(option.amount, workstation.desk.rules.currency))
        if option.id == AS_ASKED:
            over = words.say("Over the limit by {over}", over=measure(needed.over_by))
            return Choice(option.id, words.say("As asked"), over, amount, words.say("Approve"))
        limit = words.say("Within the limit of {name}", name=request.asked_by_name)
        return Choice(option.id, words.say("No more than the limit"), limit, amount, words.say("Approve less"))

    no = words.say("Decline")
    as_it_is = words.amount(Money(needed.before, workstation.desk.rules.currency))
    return AskView(
        title=words.say("Manager approval"),
        about=" · ".join(filter(None, (asked_what(request, workstation, words), reason, by))),
        facts=(
            (words.say("At stake"), words.money(Money(needed.at_stake, workstation.desk.rules.currency))),
            (words.say("Over the limit by"), measure(needed.over_by)),
            (words.say("Asked for"), measure(needed.value)),
            (words.say("Limit of {name}", name=request.asked_by_name), measure(needed.limit)),
        ),
        choices=(
            *(choice(one) for one in needed.options),
            Choice(DECLINE, no, words.say("Everything stays as it is"), as_it_is, no),
        ),
        reasons=tuple((one.code, words.reason(one)) for one in known),
        people=tuple((one.id, one.name) for one in workstation.approvals.approvers(request)),
        waiting=asked_since(request, workstation, lambda: words),
        back=back,
        reason=request.asked.reason,
    )
