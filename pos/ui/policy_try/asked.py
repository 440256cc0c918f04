"""What was asked and what is kept, as the place of trying shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.policy_case import CaseAsked, CasePlayed, CaseResult, PolicyCase
from pos.domain.policy_rule import DEFAULT_POLICY, Policy
from pos.domain.shop import ShopRules
from pos.services.catalogue import Catalogue
from pos.services.policy_cases import CasePlayer
from pos.ui.shared.row_list import ListRow
from pos.ui.working import Progress
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that was asked, with what each policy said: the one in force, and the draft where one is open."""

    case: CaseAsked
    in_force: Policy
    played: tuple[CasePlayed, ...]

    def names(self, words: Wording) -> list[str]:
        """What each line is called, with its pieces and its state."""
        return [
            " · ".join(
                filter(
                    None, (f"{one.pieces} × {one.item.name}", words.condition(one.condition) if one.condition else "")
                )
            )
            for one in self.case.goods
        ]


def asking(
    player: CasePlayer, case: CaseAsked, rules: ShopRules, policies: tuple[Policy, Policy | None], words: Wording
) -> Callable[[Progress], Asked | None]:
    """The work of playing a case under the policy in force, and under the draft where one is open."""
    script = player.write(case, rules)

    def work(progress: Progress) -> Asked | None:
        played = tuple(
            player.play(script, None if policy == DEFAULT_POLICY else policy, words)
            for policy in policies
            if policy is not None and not progress.stopped
        )
        return None if progress.stopped else Asked(case, policies[0], played)

    return work


def case_row(
    case: PolicyCase, result: CaseResult | None, local: Callable[[datetime], datetime], words: Wording
) -> ListRow:
    """A kept case: what it is called, who kept it when, and what it came to the last time."""
    day = words.short_day(local(case.at).date())
    detail = words.say("kept by {name}, {day}", name=case.by_name, day=day) if case.by_name else day
    if result is None:
        return ListRow(str(case.number), "schedule", case.name, detail, words.say("not tried yet"))
    icon = "check_circle" if result.played.holds else "error"
    said = words.say("as expected") if result.played.holds else words.say("otherwise")
    return ListRow(str(case.number), icon, case.name, detail, said)


def version_words(policy: Policy, words: Wording) -> str:
    """Which policy it is that spoke."""
    if not policy.version:
        return words.say("Kassa’s own")
    version = words.say("Version {version}", version=policy.version)
    return " · ".join(filter(None, (version, policy.name)))


def item_meant(catalogue: Catalogue, text: str, words: Wording) -> Item | None:
    """The item of a code, or the best match of what was typed."""
    item = catalogue.of_code(text)
    if item is not None:
        return item
    found = catalogue.search(text, decimal_sign=words.decimal_sign, limit=1, language=words.language)
    return catalogue.get(found[0].id) if found else None
