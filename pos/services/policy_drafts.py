"""The draft of a return policy, kept in the shop's folder from one change to the next: it outlives a power cut."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from pos.domain.journal import moment_text
from pos.domain.refusal import Refused
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError, Trouble
from pos.persistence import moments
from pos.services.desk import Desk
from pos.services.policy_draft import PolicyDraft
from pos.services.whole_file import write_privately, write_whole

_FILE = "return-policy-draft.json"


class PolicyDrafts:
    """One draft a shop's folder, of whoever may change the policy; nothing of it holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _path(self) -> Path:
        return self._desk.shop.folder / _FILE

    def kept(self) -> PolicyDraft | Refused | None:
        """The draft, None where there is none. Refused: NOT_SIGNED_ON, NOT_PERMITTED. Raises KnownError FILE_UNREADABLE
        where it is damaged.
        """
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        try:
            return _read(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KnownError(Trouble.FILE_UNREADABLE, file=str(self._path), detail=str(error)) from error

    def keep(self, draft: PolicyDraft) -> PolicyDraft | Refused:
        """Keep it, in place of the one before; answers with it, and who kept it when. Refused: NOT_SIGNED_ON,
        NOT_PERMITTED. Raises KnownError FILE_UNREADABLE where the disk takes nothing.
        """
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        kept = replace(draft, by=operator.id, by_name=operator.name, at=self._desk.now())
        told = asdict(kept) | {"starts": kept.starts.isoformat(), "at": moment_text(self._desk.now())}
        write_whole(self._path, json.dumps(told, ensure_ascii=False))
        return kept

    def throw_away(self) -> bool | Refused:
        """There is no draft any more. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        with suppress(FileNotFoundError):
            self._path.unlink()
        return True

    def save(self, draft: PolicyDraft, folder: Path) -> Path | Refused:
        """Write it as the file of a policy, even where something of it is at fault yet. Refused: NOT_SIGNED_ON,
        NOT_PERMITTED. Raises KnownError FILE_UNREADABLE.
        """
        operator = self._desk.permit(Permission.MANAGE_RETURN_POLICY)
        if isinstance(operator, Refused):
            return operator
        path = folder / f"return-policy-draft-{draft.starts.isoformat()}.yaml"
        write_privately(path, draft.text.encode())
        return path


def _read(text: str) -> PolicyDraft:
    told = json.loads(text)
    return PolicyDraft(
        based_on=int(told["based_on"]),
        head=dict(told["head"]),
        rules=tuple(dict(rule) for rule in told["rules"]),
        starts=date.fromisoformat(told["starts"]),
        source=str(told["source"]),
        by=str(told["by"]),
        by_name=str(told["by_name"]),
        at=moments.from_text(told["at"]),
    )
