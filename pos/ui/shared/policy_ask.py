"""What the approval sheet says of a version of the return policy that breaks kept cases: each of them, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.domain.approval import NeedsApproval
from pos.ui.shared.approval_sheet import DECLINE, AskView, Choice, Told
from pos.wording import Wording


def with_cases(view: AskView, needs: NeedsApproval, words: Wording) -> AskView:
    """The view of the request, told as the policy it is about."""
    cases = needs.facts.get("cases")
    told = cases if isinstance(cases, tuple) else ()
    count = str(needs.facts.get("count", len(told)))
    return replace(
        view,
        title=words.say("The owner has to agree"),
        facts=(
            (words.say("Begins"), words.short_day(date.fromisoformat(needs.request.requirement.about))),
            (words.say("Kept cases that come out otherwise"), count),
        ),
        choices=(
            Choice(
                needs.request.requirement.options[0].id,
                words.say("Switch it on all the same"),
                words.say("The cases stay as they are kept"),
                "",
                words.say("Approve"),
            ),
            *(replace(choice, amount="") for choice in view.choices if choice.id == DECLINE),
        ),
        told=tuple(Told(str(one)) for one in told),
    )
