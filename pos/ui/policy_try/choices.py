"""What may be chosen of a case, in the words of the reader: what the shop knows and what its policies ask for."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.policy_case import CHEAPEST_FREE, EXCHANGE, HOUSE_CARD, OTHER_SERIAL, PAID_BY, SAME_SERIAL, CaseWords
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.return_request import FIRST_REASON, Condition, ShownBy
from pos.return_words import proof_words
from pos.services.reasons import reasons
from pos.wording import Wording
from pos.workstation import Workstation

FINAL, FINE, NOT_FINE, AS_KEPT = "final_sale", "fine", "not_fine", "as_kept"
KNOWN, TIER, GROUP = "known", "tier:", "group:"
CODE_MISSING, PART_MISSING = "code", "part:"
# What a customer may wish for; the policy's own way stands first.
_WISHES = ("cash", "store_credit", "gift_card")
_PER_CENT_OFF = ("10", "20", "50")
Choices = dict[str, Sequence[tuple[str, str]]]


def goods_choices(workstation: Workstation, known: CaseWords, words: Wording, *, kept: bool) -> Choices:
    """Of one line of goods; `kept`: its answers were given otherwise than the form gives them."""
    say = words.say
    shop = [(one.code, words.reason(one)) for one in reasons(workstation.desk, ReasonKind.RETURN)]
    why = dict([(FIRST_REASON, words.reason(Reason(FIRST_REASON))), *shop])
    why |= {one: words.reason(Reason(one)) for one in known.reasons if one not in why}
    states = [*Condition, *(one for one in known.conditions if one not in list(Condition))]
    departments = sorted({*known.categories, *workstation.catalogue.departments()} - {""})
    return {
        "condition": [("", say("Nobody looked")), *((str(one), words.condition(one)) for one in states)],
        "reason": [("", say("None given")), *why.items()],
        "category": [("", say("None")), *((one, one) for one in departments)],
        "flag": [("", say("As the item is")), *((one, one) for one in known.flags), (FINAL, say("Final sale"))],
        "serial": [
            (SAME_SERIAL, say("The one that was sold")),
            (OTHER_SERIAL, say("Another one")),
            ("", say("Nobody looked")),
        ],
        "missing": [
            ("", say("Nothing")),
            (CODE_MISSING, say("The product code")),
            *((f"{PART_MISSING}{one}", one) for one in known.parts or (say("A part"),)),
        ],
        "answers": [
            ("", say("Nobody asked")),
            (FINE, say("Every answer is fine")),
            (NOT_FINE, say("No answer is fine")),
            *([(AS_KEPT, say("As they were kept"))] if kept else []),
        ],
    }


def purchase_choices(workstation: Workstation, known: CaseWords, words: Wording) -> Choices:
    """Of the purchase, whoever brings it back, and what they wish."""
    say, own = words.say, workstation.desk.rules.region
    paid = [(one, paid_words(one, words)) for one in PAID_BY]
    further = [("", say("Nothing else")), *paid]
    regions = [one for one in known.regions if one != own]
    off = sorted({*_PER_CENT_OFF, *known.offers} - {CHEAPEST_FREE}, key=int)
    return {
        "tender": paid,
        "second": further,
        "third": further,
        "proof": [(one.value, capital(proof_words(words, one.value))) for one in ShownBy],
        "customer": [
            ("", say("Not known")),
            (KNOWN, say("Known to the shop")),
            *((f"{TIER}{one}", say("Tier {tier}", tier=one)) for one in known.tiers),
            *((f"{GROUP}{one}", say("Group {group}", group=one)) for one in known.groups),
        ],
        "id_seen": [("", say("Not shown")), ("yes", say("Shown"))],
        "refund_to": [
            ("", say("None said")),
            *((one, capital(words.refund_to(one))) for one in _WISHES),
            (EXCHANGE, say("The same thing again")),
        ],
        "region": [("", say("Here ({region})", region=own) if own else say("Here")), *((one, one) for one in regions)],
        "offer": [
            ("", say("None")),
            (CHEAPEST_FREE, say("The cheapest free")),
            *((one, say("{percent} % off all of it", percent=one)) for one in off),
        ],
    }


def paid_words(code: str, words: Wording) -> str:
    """A way it may have been paid."""
    return capital(words.say("the shop’s own card") if code == HOUSE_CARD else words.tender_called(code))


def capital(text: str) -> str:
    """As it begins a line."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """As it stands within a line."""
    return text[:1].lower() + text[1:]
