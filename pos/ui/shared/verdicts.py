"""How a verdict of the return policy looks and what it is called, wherever one is shown."""

from __future__ import annotations

from pos.domain.return_decision import Amounts, LineDecision, Verdict
from pos.return_words import VERDICT_WORDS
from pos.speech import N_
from pos.ui.theme import Kind

_LOOKS: dict[Verdict, tuple[Kind, str]] = {
    Verdict.ALLOWED: ("ok", "check_circle"),
    Verdict.NEEDS_APPROVAL: ("warn", "shield_person"),
    Verdict.EXCHANGE_ONLY: ("warn", "swap_horiz"),
    Verdict.REFUSED_OVERRIDABLE: ("bad", "block"),
    Verdict.STATUTORY_CLAIM: ("warn", "receipt_long"),
    Verdict.REFUSED: ("bad", "block"),
    Verdict.PARTIAL: ("warn", "shield_person"),
}
# Its words, the kind of colour, and the icon.
VERDICTS: dict[Verdict, tuple[str, Kind, str]] = {one: (VERDICT_WORDS[one], *look) for one, look in _LOOKS.items()}
_LESS = N_("Reduced refund")


def verdict_name(verdict: Verdict, money: LineDecision | Amounts) -> str:
    """What a verdict is called: a yes that keeps something back is no full refund."""
    kept = bool(money.fee or money.fee_tax or money.deductions)
    return _LESS if kept and verdict is Verdict.ALLOWED else VERDICTS[verdict][0]
