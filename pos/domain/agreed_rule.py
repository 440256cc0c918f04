"""What somebody agreed to beside the policy, rule by rule, as it was told when they did: the exception form says it."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AgreedRule:
    """One rule that stood in the way: its id in the policy, its code, the line of the receipt (0 for all) with its
    item, and, in words, what was said of it, the value that was found and the limit it was held against. `role` is
    whose yes the rule asks for.
    """

    code: str
    rule: str
    line: int = 0
    item: str = ""
    said: str = ""
    value: str = ""
    limit: str = ""
    role: str = ""

    def told(self) -> dict[str, object]:
        """As the journal keeps it."""
        return {
            "code": self.code,
            "rule": self.rule,
            "line": self.line,
            "item": self.item,
            "said": self.said,
            "value": self.value,
            "limit": self.limit,
            "role": self.role,
        }

    @classmethod
    def read(cls, told: Mapping[str, object]) -> AgreedRule:
        """As `told` said it."""
        texts = {name: str(told[name]) for name in ("code", "rule", "item", "said", "value", "limit", "role")}
        return cls(line=int(str(told["line"])), **texts)
