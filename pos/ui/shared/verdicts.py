"""How a verdict of the return policy looks and what it is called, wherever one is shown."""

from __future__ import annotations

from pos.domain.return_decision import Verdict
from pos.return_words import VERDICT_WORDS
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
