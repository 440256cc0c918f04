"""A version of the return policy on paper: a poster for the customers, a crib sheet for who stands at the till.

Both are made of the same sentences as the policy's window, so none of the three can say something else than another.
"""

from __future__ import annotations

from pathlib import Path

from pos.domain.names import StrEnum
from pos.domain.policy_rule import Rule, own_words
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.policy_words import RuleSaid, policy_said
from pos.services.desk import Desk
from pos.services.policies import PolicyVersion
from pos.services.whole_file import write_privately
from pos.wording import Wording
from receipts import policy_pdf


class Sheet(StrEnum):
    """What a policy is printed as, and for whom: the name of its file."""

    POSTER = "return-policy"
    CRIB = "return-crib-sheet"


def save_policy_sheet(
    desk: Desk, version: PolicyVersion, sheet: Sheet, folder: Path, language: str = ""
) -> Path | Refused:
    """Write the sheet as a PDF, in the shop's language where none is named.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError FILE_UNREADABLE where the folder cannot be written.
    """
    operator = desk.permit(Permission.RETURN)
    if isinstance(operator, Refused):
        return operator
    words = Wording(language or desk.rules.language)
    path = folder / f"{sheet}-{version.version}-{words.language}.pdf"
    write_privately(path, policy_pdf.render_policy(policy_sheet(desk, version, sheet, words)))
    return path


def policy_sheet(desk: Desk, version: PolicyVersion, sheet: Sheet, words: Wording) -> policy_pdf.PolicyPaper:
    """What stands on it, from the version's own rules."""
    poster = sheet is Sheet.POSTER
    said = policy_said(words, version.policy, desk.rules.currency)
    reader = "customer" if poster else "cashier"
    rows = tuple(_row(words, rule, one, reader) for rule, one in zip(version.policy.rules, said, strict=True))
    number = words.say("Version {version}", version=version.version)
    return policy_pdf.PolicyPaper(
        title=words.say("Returns and exchanges") if poster else words.say("Returns: crib sheet"),
        shop=desk.rules.name,
        since=words.say("For purchases from {day} on", day=words.short_day(version.starts)),
        language=words.language,
        rows=rows,
        foot=" · ".join(filter(None, (desk.rules.name, version.policy.name, number))),
        large=poster,
    )


def _row(words: Wording, rule: Rule, said: RuleSaid, reader: str) -> policy_pdf.PolicyRow:
    own = own_words(rule.words, reader, words.language)
    aside = override_words(words, rule) if reader == "cashier" else ""
    return policy_pdf.PolicyRow(rule.id, said.about, tuple(filter(None, (own, said.says))), aside)


def override_words(words: Wording, rule: Rule) -> str:
    """Who may decide otherwise."""
    if rule.override is None:
        return words.say("Nobody decides otherwise.")
    if not rule.override:
        return words.say("Whoever may approve returns decides otherwise.")
    return words.say("{role} decides otherwise.", role=words.role(rule.override))
