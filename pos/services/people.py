"""Who works in the shop: added, renamed, given a role, a new PIN, ended; each step in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import (
    BADGE_CODE_PREFIX,
    BADGE_LENGTH_MIN,
    Operator,
    Permission,
    Role,
    badge_acceptable,
    badge_of,
    pin_acceptable,
    pin_weak,
)
from pos.persistence.staff import StaffRecord
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, new_token, record
from pos.services.digests import opens_digest
from pos.services.sign_on import hash_badge, hash_pin
from pos.wording import LANGUAGES

NUMBER_DIGITS_MAX = 8
NAME_MAX = 60


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as the shop's list shows them."""

    operator: Operator
    active: bool
    locked: bool
    badge: bool = False


@dataclass(frozen=True, slots=True)
class MadeBadge:
    """A badge that opens the till from now on. Its code is a secret, kept nowhere: on paper now, or never."""

    operator: Operator
    code: str = field(repr=False)


class People:
    """The staff of this shop. Every operation asks for MANAGE_STAFF; what is about an owner asks for an owner.

    Nobody changes, or gives a role to, somebody who may do more than they may themselves (ROLE_ABOVE).
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[PersonView, ...] | Refused:
        """Everybody there ever was, by staff number. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        operator = self._desk.permit(Permission.MANAGE_STAFF)
        if isinstance(operator, Refused):
            return operator
        now = self._desk.now()
        with self._desk.shop.books.reading() as work:
            badges = work.staff.badges()
            return tuple(
                PersonView(
                    each.operator,
                    each.active,
                    each.locked_until is not None and now < each.locked_until,
                    each.operator.id in badges,
                )
                for each in work.staff.all()
            )

    def add(self, person: Operator, pin: str) -> Operator | Refused:
        """Somebody new, who may sign in from now on.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, ROLE_ABOVE, ROLE_UNKNOWN, PERSON_NUMBER, PERSON_NAME,
        PIN_TOO_SHORT, PIN_WEAK, PERSON_KNOWN.
        """
        desk = self._desk
        by = desk.permit(Permission.MANAGE_STAFF)
        if isinstance(by, Refused):
            return by
        person = replace(person, name=person.name.strip())
        refused = _unfit(person) or _unfit_pin(pin, person.id)
        if refused is not None:
            return refused
        # Before the books are locked: hashing takes its time on purpose.
        pin_hash = hash_pin(desk.shop.keys, person.id, pin)
        with desk.shop.books.writing() as work:
            if work.staff.find(person.id) is not None:
                return Refused(Code.PERSON_KNOWN, {"number": person.id})
            work.staff.add(person, pin_hash)
            added = work.staff.find(person.id)
            assert added is not None, "just added"
            refused = _above(work, by, added, added)
            if refused is not None:
                return refused
            payload = {"role": person.role, "opens": opens_digest(work, person.id)}
            head = record(work, desk, Fact(EntryKind.STAFF_ADDED, desk.now(), by.id, person.id, payload))
            work.commit()
        desk.shop.anchor(head)
        return added.operator

    def rename(self, staff_id: str, name: str) -> Operator | Refused:
        """Another name, on screens and receipts from now on and on those made again.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN, PERSON_NAME.
        """
        return self._change(staff_id, "name", lambda found: replace(found.operator, name=name.strip()))

    def change_role(self, staff_id: str, role: str) -> Operator | Refused:
        """Another role, from the person's next act, wherever they are signed on.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, ROLE_ABOVE, ROLE_UNKNOWN, PERSON_UNKNOWN, PERSON_SELF,
        LAST_OWNER.
        """
        return self._change(staff_id, "role", lambda found: replace(found.operator, role=role))

    def change_language(self, staff_id: str, language: str) -> Operator | Refused:
        """The language their screens begin in.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN, SETTING_CHOICE.
        """
        return self._change(staff_id, "language", lambda found: replace(found.operator, language=language))

    def new_pin(self, staff_id: str, pin: str) -> Operator | Refused:
        """A new PIN, which also lets in again who was locked out.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN, PIN_TOO_SHORT, PIN_WEAK.
        """
        refused = _unfit_pin(pin, staff_id)
        if refused is not None:
            by = self._desk.permit(Permission.MANAGE_STAFF)
            return by if isinstance(by, Refused) else refused
        pin_hash = hash_pin(self._desk.shop.keys, staff_id, pin)
        return self._write(staff_id, "pin", lambda work, _: work.staff.set_pin(staff_id, pin_hash))

    def unlock(self, staff_id: str) -> Operator | Refused:
        """Let somebody try again who is locked out for wrong PINs; the PIN stays the same.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, ROLE_ABOVE, PERSON_UNKNOWN.
        """
        return self._write(staff_id, "unlocked", lambda work, _: work.staff.record_tries(staff_id, 0, None))

    def give_badge(self, staff_id: str, scanned: str) -> Operator | Refused:
        """The badge that was scanned opens the till for this person from now on, and the one before no longer.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN, BADGE_UNFIT, BADGE_TAKEN.
        """
        badge = badge_of(scanned)
        badge_hash = hash_badge(self._desk.shop.keys, badge)

        def write(work: UnitOfWork, found: StaffRecord) -> Refused | None:
            if not badge_acceptable(badge):
                return Refused(Code.BADGE_UNFIT, {"least": BADGE_LENGTH_MIN})
            whose = work.staff.find_badge(badge_hash)
            if whose is not None and whose.operator.id != found.operator.id:
                return Refused(Code.BADGE_TAKEN)
            work.staff.set_badge(staff_id, badge_hash)
            return None

        return self._write(staff_id, "badge", write)

    def make_badge(self, staff_id: str) -> MadeBadge | Refused:
        """A badge at random for this person from now on; the one before opens nothing any more.

        Refused: as `give_badge`.
        """
        code = BADGE_CODE_PREFIX + new_token()
        operator = self.give_badge(staff_id, code)
        return operator if isinstance(operator, Refused) else MadeBadge(operator, code)

    def take_badge(self, staff_id: str) -> Operator | Refused:
        """No badge for this person any more. Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN."""
        return self._write(staff_id, "badge_taken", lambda work, _: work.staff.set_badge(staff_id, None))

    def end(self, staff_id: str) -> Operator | Refused:
        """No longer let somebody in; what they did stays theirs.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN, PERSON_SELF, LAST_OWNER.
        """
        return self._write(staff_id, "ended", lambda work, _: work.staff.set_active(staff_id, False))

    def take_back(self, staff_id: str) -> Operator | Refused:
        """Let somebody in again who had left. Refused: NOT_SIGNED_ON, NOT_PERMITTED, OWNER_ONLY, PERSON_UNKNOWN."""
        return self._write(staff_id, "back", lambda work, _: work.staff.set_active(staff_id, True))

    def _change(self, staff_id: str, what: str, changed: Callable[[StaffRecord], Operator]) -> Operator | Refused:
        def write(work: UnitOfWork, found: StaffRecord) -> Refused | None:
            after = changed(found)
            refused = _unfit(after)
            if refused is None:
                work.staff.change(after)
            return refused

        return self._write(staff_id, what, write)

    def _write(
        self, staff_id: str, what: str, write: Callable[[UnitOfWork, StaffRecord], Refused | None]
    ) -> Operator | Refused:
        """One change of one person; what it would break undoes it."""
        desk = self._desk
        by = desk.permit(Permission.MANAGE_STAFF)
        if isinstance(by, Refused):
            return by
        with desk.shop.books.writing() as work:
            before = work.staff.find(staff_id)
            if before is None:
                return Refused(Code.PERSON_UNKNOWN, {"number": staff_id})
            refused = write(work, before)
            if refused is not None:
                return refused
            after = work.staff.find(staff_id)
            assert after is not None, "nobody is ever removed"
            refused = _forbidden(work, by, before, after)
            if refused is not None:
                return refused
            payload: dict[str, object] = {"what": what, "role": after.operator.role, "active": int(after.active)}
            payload["opens"] = opens_digest(work, staff_id)
            payload["change"] = 1 + len(work.journal.of_subject(staff_id, EntryKind.STAFF_CHANGED))
            head = record(work, desk, Fact(EntryKind.STAFF_CHANGED, desk.now(), by.id, staff_id, payload))
            work.commit()
        desk.shop.anchor(head)
        return after.operator


def _unfit(person: Operator) -> Refused | None:
    """What of a person cannot stand on a list or a receipt."""
    number = person.id
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS_MAX):
        return Refused(Code.PERSON_NUMBER, {"number": number, "most": NUMBER_DIGITS_MAX})
    if not (0 < len(person.name) <= NAME_MAX and person.name.isprintable()):
        return Refused(Code.PERSON_NAME, {"most": NAME_MAX})
    if person.language not in LANGUAGES:
        return Refused(Code.SETTING_CHOICE, {"value": person.language, "choices": ", ".join(LANGUAGES)})
    return None


def _unfit_pin(pin: str, staff_id: str) -> Refused | None:
    """Why a PIN may not be somebody's."""
    if not pin_acceptable(pin):
        return Refused(Code.PIN_TOO_SHORT)
    return Refused(Code.PIN_WEAK) if pin_weak(pin, staff_id) else None


def _forbidden(work: UnitOfWork, by: Operator, before: StaffRecord, after: StaffRecord) -> Refused | None:
    """What nobody may do to others, to themselves, or to the shop."""
    refused = _above(work, by, before, after)
    if refused is not None:
        return refused
    owners = [each for each in work.staff.all_active() if each.operator.role == Role.OWNER]
    if before.active and before.operator.role == Role.OWNER and not owners:
        return Refused(Code.LAST_OWNER)
    weighty = (before.operator.role, before.active) != (after.operator.role, after.active)
    return Refused(Code.PERSON_SELF) if weighty and before.operator.id == by.id else None


def _above(work: UnitOfWork, by: Operator, before: StaffRecord, after: StaffRecord) -> Refused | None:
    """Why somebody may not be changed by who is signed on, or may not get that role from them."""
    if work.roles.current().find(after.operator.role) is None:
        return Refused(Code.ROLE_UNKNOWN, {"role": after.operator.role})
    if by.role == Role.OWNER:
        return None
    if Role.OWNER in (before.operator.role, after.operator.role):
        return Refused(Code.OWNER_ONLY)
    within = all(each.operator.rights.within(by.rights) for each in (before, after))
    return None if within else Refused(Code.ROLE_ABOVE, {"name": after.operator.name})
