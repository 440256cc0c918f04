"""The only way in: a staff number and its PIN, or a badge."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import LOCKOUT, WRONG_PINS_MAX, Operator, pin_acceptable
from pos.domain.trouble import KnownError
from pos.persistence.shop_folder import Keys
from pos.persistence.staff import StaffRecord
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record

if TYPE_CHECKING:
    from pos.services.suspended import Suspended

# argon2id with OWASP's figures (2 passes over 19 MiB): a quarter of the time the library's own take, felt at every
# sign-on. What stops a guesser is the pepper outside the database and the lock-out; six digits are no secret by length.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified when a number is not on the staff list, so that a guess takes as long either way. Made once with the same
# figures and written down: making it at every start would cost as much as a sign-on.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$Xi4AXVazmRZPkcOAv8hFIQ$q78S2xcUPkBu4vBNelUWzn/lvoQLgWJbbrtMowuCQtM"
# As long as it takes to read what is asked.
_PROVEN_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StaffView:
    """A person on the sign-in screen."""

    operator: Operator
    locked: bool


class SignOn:
    """Who is at this workstation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._locked_by: Operator | None = None
        # Who proved themselves while somebody else's sale was open here, and until when that counts.
        self._proven: tuple[StaffRecord, datetime] | None = None

    @property
    def operator(self) -> Operator | None:
        return self._desk.operator

    @property
    def locked_by(self) -> Operator | None:
        """Who locked the workstation and has not come back; nobody else signed on since."""
        return self._locked_by

    def still_here(self) -> Refused | None:
        """None while who is signed on still works here; otherwise nobody is signed on any more. Reads one row.

        Refused: NOT_SIGNED_ON, SHUT_OUT.
        """
        try:
            answer = self._desk.still_here()
        except KnownError:
            # Asked by the clock: what the disk does is said at the next act, which needs the books.
            return None
        return answer if isinstance(answer, Refused) else None

    def staff(self) -> tuple[StaffView, ...]:
        """Everybody who may sign in here, by staff number."""
        now = self._desk.now()
        with self._desk.shop.books.reading() as work:
            return tuple(
                StaffView(record.operator, record.locked_until is not None and now < record.locked_until)
                for record in work.staff.all_active()
            )

    def sign_on(self, staff_id: str, pin: str) -> Operator | Refused:
        """Sign on with a PIN. A wrong try is counted before the PIN is looked at, so racing lanes gain nothing.

        Refused: PIN_WRONG (`left` tries), LOCKED_OUT (`until`). An unknown number answers as a wrong PIN does.
        SALE_OF_ANOTHER where somebody locked with a sale open: `take_over` puts that aside first.
        """
        return self._answer(prove_pin(self._desk, staff_id, pin))

    def begin_sign_on(self, staff_id: str, pin: str, worker: Executor) -> Callable[[], Operator | Refused]:
        """Let `worker` count the try and look at the PIN while the caller has something else to do.

        Answers what signs on then, as `sign_on` does.
        """
        found = worker.submit(prove_pin, self._desk, staff_id, pin)
        return lambda: self._answer(found.result())

    def _answer(self, found: StaffRecord | Refused) -> Operator | Refused:
        self._proven = None
        if isinstance(found, Refused):
            return found
        return self._of_another(found) or self._let_in(found)

    def take_over(self, suspended: Suspended) -> Operator | Refused:
        """Put aside the sale of who locked, and be at the workstation: for who was refused SALE_OF_ANOTHER just now.

        Refused: NOT_SIGNED_ON where nobody was, or too long ago; as `Suspended.suspend` (TENDERS_TAKEN), and then the
        workstation is locked as it was.
        """
        proven, self._proven = self._proven, None
        if proven is None or self._desk.now() > proven[1]:
            return Refused(Code.NOT_SIGNED_ON)
        locked_by = self._locked_by
        operator = self._let_in(proven[0])
        aside = suspended.suspend()
        if isinstance(aside, Refused):
            self.sign_off()
            self._locked_by = locked_by
            return aside
        return operator

    def _of_another(self, found: StaffRecord) -> Refused | None:
        """Nobody comes into the sale somebody else locked up; they may put it aside for a while after this."""
        if self._locked_by is None or self._locked_by.id == found.operator.id:
            return None
        with self._desk.shop.books.writing() as work:
            basket = work.baskets.get(self._desk.number)
            if basket is None or basket.empty:
                return None
            # The PIN was right: the try does not count.
            work.staff.record_tries(found.operator.id, 0, None)
            work.commit()
        self._proven = (found, self._desk.now() + _PROVEN_FOR)
        return Refused(Code.SALE_OF_ANOTHER, {"name": self._locked_by.name})

    def sign_on_badge(self, badge: str) -> Operator | Refused:
        """Sign on with a badge, whoever was here before and whatever sale is open, unless they locked it up.

        Refused: BADGE_UNKNOWN, LOCKED_OUT: who is locked out for wrong PINs is so for a badge too; SALE_OF_ANOTHER.
        """
        return self._by_badge(badge, keeping_sale=self._locked_by is not None)

    def switch_by_badge(self, badge: str) -> Operator | Refused:
        """A badge where somebody is at work or has locked: the same person is back, another takes over.

        Nobody comes into somebody else's open sale unasked. Who is here already changes nothing.
        Refused: BADGE_UNKNOWN, LOCKED_OUT, SALE_OF_ANOTHER.
        """
        return self._by_badge(badge, keeping_sale=True)

    def sign_off(self) -> None:
        """Leave the workstation; the basket stays."""
        self._leave(EntryKind.SIGNED_OFF, {})

    def lock(self, *, idle: bool = False) -> None:
        """Lock the workstation for who is at it; nothing can be done here until somebody signs on. The basket stays.

        `idle` says that nobody asked for it: nothing had been touched for a while.
        """
        self._locked_by = self._desk.operator
        self._leave(EntryKind.WORKSTATION_LOCKED, {"idle": idle})

    def unlock(self, pin: str) -> Operator | Refused:
        """Who locked it is back. Refused as `sign_on`, or NOT_SIGNED_ON where nobody locked it."""
        if self._locked_by is None:
            return Refused(Code.NOT_SIGNED_ON)
        return self.sign_on(self._locked_by.id, pin)

    def _by_badge(self, badge: str, *, keeping_sale: bool) -> Operator | Refused:
        desk = self._desk
        self._proven = None
        now = desk.now()
        here = desk.operator or self._locked_by
        badge_hash = hash_badge(desk.shop.keys, badge)
        with desk.shop.books.writing() as work:
            found = work.staff.find_badge(badge_hash)
            if found is None or not found.active:
                return _strange_badge(work, desk)
            operator = found.operator
            if found.locked_until is not None and now < found.locked_until:
                return Refused(Code.LOCKED_OUT, {"until": desk.local(found.locked_until)})
            if operator == desk.operator:
                return operator
            basket = work.baskets.get(desk.number)
            if keeping_sale and here is not None and here.id != operator.id and basket and not basket.empty:
                if desk.operator is None:
                    self._proven = (found, now + _PROVEN_FOR)
                return Refused(Code.SALE_OF_ANOTHER, {"name": here.name})
            if desk.operator is not None:
                record(work, desk, Fact(EntryKind.SIGNED_OFF, now, desk.operator.id, desk.operator.id))
            head = record(work, desk, Fact(EntryKind.SIGNED_ON, now, operator.id, operator.id, {"by": "badge"}))
            work.commit()
        desk.shop.anchor(head)
        desk.operator, self._locked_by = operator, None
        return operator

    def _leave(self, kind: EntryKind, payload: Mapping[str, object]) -> None:
        operator, self._desk.operator = self._desk.operator, None
        if operator is None:
            return
        with self._desk.shop.books.writing() as work:
            head = record(work, self._desk, Fact(kind, self._desk.now(), operator.id, operator.id, payload))
            work.commit()
        self._desk.shop.anchor(head)

    def _let_in(self, found: StaffRecord) -> Operator:
        operator = found.operator
        with self._desk.shop.books.writing() as work:
            work.staff.record_tries(operator.id, 0, None)
            head = record(work, self._desk, Fact(EntryKind.SIGNED_ON, self._desk.now(), operator.id, operator.id))
            work.commit()
        self._desk.shop.anchor(head)
        self._desk.operator, self._locked_by = operator, None
        return operator


def prove_pin(desk: Desk, staff_id: str, pin: str) -> StaffRecord | Refused:
    """Whose PIN this is. A wrong try is counted before the PIN is looked at, so racing lanes gain nothing.

    Whoever lets them in forgets the tries, in the same unit of work. Refused: PIN_WRONG, LOCKED_OUT.
    """
    found = _count_try(desk, staff_id)
    if isinstance(found, Refused):
        return found
    right = _verified(found.pin_hash if found else _NOBODY, desk.shop.keys, staff_id, pin)
    if found is None:
        return Refused(Code.PIN_WRONG, {"left": WRONG_PINS_MAX - 1})
    return found if right else _wrong(desk, found)


def prove_badge(desk: Desk, badge: str) -> StaffRecord | Refused:
    """Whose badge this is. Refused: BADGE_UNKNOWN, LOCKED_OUT for who is so for wrong PINs."""
    now = desk.now()
    badge_hash = hash_badge(desk.shop.keys, badge)
    with desk.shop.books.writing() as work:
        found = work.staff.find_badge(badge_hash)
        if found is None or not found.active:
            return _strange_badge(work, desk)
    if found.locked_until is not None and now < found.locked_until:
        return Refused(Code.LOCKED_OUT, {"until": desk.local(found.locked_until)})
    return found


def _strange_badge(work: UnitOfWork, desk: Desk) -> Refused:
    """A strange badge is journalled, never its code: it may open something else."""
    head = record(work, desk, Fact(EntryKind.SIGN_ON_REFUSED, desk.now(), payload={"by": "badge"}))
    work.commit()
    desk.shop.anchor(head)
    return Refused(Code.BADGE_UNKNOWN)


def _count_try(desk: Desk, staff_id: str) -> StaffRecord | Refused | None:
    now = desk.now()
    with desk.shop.books.writing() as work:
        found = work.staff.find(staff_id)
        if found is None or not found.active:
            return None
        if found.locked_until is not None and now < found.locked_until:
            return Refused(Code.LOCKED_OUT, {"until": desk.local(found.locked_until)})
        # A lock that has run out begins a new count.
        tries = 1 if found.locked_until is not None else found.wrong_pins + 1
        locked_until = now + LOCKOUT if tries >= WRONG_PINS_MAX else None
        work.staff.record_tries(staff_id, tries, locked_until)
        work.commit()
    return StaffRecord(found.operator, found.pin_hash, found.active, tries, locked_until)


def _wrong(desk: Desk, found: StaffRecord) -> Refused:
    """The try was counted already; say so, in the journal and to the person."""
    kind = EntryKind.SIGN_ON_REFUSED if found.locked_until is None else EntryKind.LOCKED_OUT
    payload = {"wrong_pins": found.wrong_pins}
    with desk.shop.books.writing() as work:
        head = record(work, desk, Fact(kind, desk.now(), None, found.operator.id, payload))
        work.commit()
    desk.shop.anchor(head)
    if found.locked_until is None:
        return Refused(Code.PIN_WRONG, {"left": WRONG_PINS_MAX - found.wrong_pins})
    return Refused(Code.LOCKED_OUT, {"until": desk.local(found.locked_until)})


def hash_pin(keys: Keys, staff_id: str, pin: str) -> str:
    """The argon2id hash of a PIN with the shop's pepper, which never enters the database.

    Raises ValueError for a PIN of fewer than six or more than twelve digits.
    """
    if not pin_acceptable(pin):
        raise ValueError("a PIN has 6 to 12 digits")
    return _HASHER.hash(_peppered(keys, staff_id, pin))


def hash_badge(keys: Keys, badge: str) -> str:
    """What is kept of a badge: enough to find whose it is, nothing to make one from without the shop's pepper."""
    return hmac.new(keys.pepper, f"badge:{badge}".encode(), hashlib.sha256).hexdigest()


def _verified(pin_hash: str, keys: Keys, staff_id: str, pin: str) -> bool:
    try:
        return _HASHER.verify(pin_hash, _peppered(keys, staff_id, pin))
    except (VerificationError, InvalidHashError):
        # A hash that somebody damaged lets nobody in.
        return False


def _peppered(keys: Keys, staff_id: str, pin: str) -> str:
    return hmac.new(keys.pepper, f"{staff_id}:{pin}".encode(), hashlib.sha256).hexdigest()
