"""Paper checks of the United States: what a cashier types or a reader sends, and the rules a check is held against."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import Any

from stdnum.us import rtn

from pos.domain import micr as late_micr
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.refusal import Code, Refused

# NACHA gives an account 17 places; fewer than four would leave nothing to hide.
ACCOUNT_DIGITS = range(4, 18)
NUMBER_DIGITS_MAX = 10
ID_CHARACTERS_MAX = 30
# UCC 4-404: a bank need not pay a check presented more than six months after its date.
STALE_DAYS = 180
_SHOWN_WHOLE = 6
# The first two digits of a routing number: Federal Reserve districts, thrifts, electronic use, traveller's checks.
_DISTRICTS = (range(13), range(21, 33), range(61, 73), range(80, 81))
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_AMERICAN = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
_CENTURY = 2000
# A kind of document is a word or two: what holds more digits is the document's own number, which is never kept.
_ID_DIGITS_MAX = 2


class ChecksTaken(StrEnum):
    """Whether the shop takes checks: where it stands decides, or the shop itself."""

    BY_COUNTRY = "by_country"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class CheckRules:
    """The shop's rules for checks. Amounts in minor units.

    Beyond `limit` somebody approves, 0 is no limit. `fee` is what the shop charges for a check that came back unpaid.
    `starter` takes checks without a printed name; over `id_over` a document must be seen, 0 is never.
    """

    taken: ChecksTaken = ChecksTaken.BY_COUNTRY
    limit: int = 0
    id_over: int = 0
    starter: bool = False
    stale_days: int = STALE_DAYS
    fee: int = 0

    def asks_id(self, amount: int) -> bool:
        """Whether a check of so many minor units asks for a document."""
        return 0 < self.id_over < amount

    def taken_in(self, region: str, currency: str) -> bool:
        """Whether a shop of this region (ISO 3166) and currency takes checks at all."""
        if self.taken is not ChecksTaken.BY_COUNTRY:
            return self.taken is ChecksTaken.YES
        return region.partition("-")[0] == "US" if region else currency == "USD"


@dataclass(frozen=True, slots=True)
class TypedCheck:
    """What was typed, or read from the line, of one check; as it came. An empty `written` is today.

    What it holds of the account is shown nowhere.
    """

    routing: str = field(default="", repr=False)
    account: str = field(default="", repr=False)
    number: str = ""
    micr: str = field(default="", repr=False)
    written: str = ""
    id_seen: str = ""
    third_party: bool = False
    starter: bool = False


@dataclass(frozen=True, slots=True)
class ReadCheck:
    """A check whose every field could be read. `account` is the whole number: it goes no further than memory."""

    routing: str
    account: str = field(repr=False)
    number: str
    written: date
    id_seen: str = ""
    starter: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the books keep it: of the account a keyed hash and what may be shown of its end."""

    routing: str
    account_hash: str = field(repr=False)
    account_end: str
    number: str
    written: date
    id_seen: str = ""
    starter: bool = False

    @property
    def shown(self) -> str:
        """The account for paper and screens: "••••6789"."""
        return "••••" + self.account_end

    @property
    def facts(self) -> list[object]:
        """Everything that is kept, as the journal and the open sale spell it."""
        fields = (self.routing, self.account_hash, self.account_end, self.number, self.written.isoformat())
        return [*fields, self.id_seen, int(self.starter)]

    @classmethod
    def of_facts(cls, facts: Sequence[Any]) -> Check:
        """The check again. Raises ValueError or TypeError where the facts are none."""
        routing, hashed, end, number, written, id_seen, starter = facts
        return cls(routing, hashed, end, number, date.fromisoformat(written), id_seen, bool(starter))

    @property
    def same_paper(self) -> tuple[str, str, str]:
        """What no two checks have alike."""
        return self.routing, self.account_hash, self.number


def read_check(typed: TypedCheck, rules: CheckRules, today: date, amount: int = 0) -> ReadCheck | tuple[Refused, ...]:
    """The check, or everything that is wrong with it, in the order a cashier looks; `amount` in minor units.

    Refused: CHECK_THIRD_PARTY, CHECK_STARTER, CHECK_UNREADABLE, CHECK_DIFFERS, ROUTING_INVALID, CHECK_ACCOUNT,
    CHECK_NUMBER, CHECK_DATE, CHECK_POST_DATED, CHECK_STALE, CHECK_ID.
    """
    wrong: list[Refused] = []
    if typed.third_party:
        wrong.append(Refused(Code.CHECK_THIRD_PARTY))
    if typed.starter and not rules.starter:
        wrong.append(Refused(Code.CHECK_STARTER))
    line = _line(typed)
    if isinstance(line, Refused):
        return (*wrong, line)
    found = (
        _routing_refused(line.routing),
        _account_refused(line.account),
        _number_refused(line.number),
        id_refused(typed.id_seen, asked=rules.asks_id(amount)),
    )
    written = read_day(typed.written, today)
    if written is None:
        wrong.append(Refused(Code.CHECK_DATE))
    else:
        wrong += [refused for refused in (date_refused(written, rules, today),) if refused is not None]
    wrong += [refused for refused in found if refused is not None]
    if wrong or written is None:
        return tuple(wrong)
    return ReadCheck(line.routing, line.account, line.number, written, " ".join(typed.id_seen.split()), typed.starter)


def routing_valid(routing: str) -> bool:
    """Nine digits whose last one checks, of a district there is (ABA: 3, 7, 1 times the digits come to tens)."""
    if not (len(routing) == len("021000021") and routing.isascii() and routing.isdigit() and routing.strip("0")):
        return False
    return any(int(routing[:2]) in district for district in _DISTRICTS) and bool(rtn.is_valid(routing))


def account_end(account: str) -> str:
    """What may be shown of an account: its last four digits, and of a short one only two."""
    return account[-4:] if len(account) >= _SHOWN_WHOLE else account[-2:]


def account_hash(key: bytes, routing: str, account: str) -> str:
    """A name for this account of this bank that says nothing of it to who has not the key: 64 hex digits.

    Zeros in front are no part of it: the line prints them, people leave them out.
    """
    body = f"check account\n{routing}\n{account.lstrip('0')}".encode("ascii")
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def kept(read: ReadCheck, key: bytes) -> Check:
    """The check as the books keep it."""
    return Check(
        routing=read.routing,
        account_hash=account_hash(key, read.routing, read.account),
        account_end=account_end(read.account),
        number=read.number,
        written=read.written,
        id_seen=read.id_seen,
        starter=read.starter,
    )


def read_day(text: str, today: date) -> date | None:
    """The day on a check: "2026-03-02" or "3/2/2026"; nothing is today; None where it is no day."""
    bare = text.strip()
    if not bare:
        return today
    iso, american = re.fullmatch(_ISO, bare), re.fullmatch(_AMERICAN, bare)
    if not bare.isascii() or (iso is None and american is None):
        return None
    if iso is not None:
        year, month, day = map(int, iso.groups())
    else:
        assert american is not None
        month, day, year = map(int, american.groups())
        year += _CENTURY if len(american[3]) == len("26") else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_refused(written: date, rules: CheckRules, today: date) -> Refused | None:
    """Why a check of this day is not taken today. Refused: CHECK_POST_DATED, CHECK_STALE."""
    if written > today:
        return Refused(Code.CHECK_POST_DATED, {"day": written})
    if today - written > timedelta(days=rules.stale_days):
        return Refused(Code.CHECK_STALE, {"day": written, "days": rules.stale_days})
    return None


def id_refused(seen: str, *, asked: bool) -> Refused | None:
    """Why this is no kind of document: none where one is asked for, too long, or the document's own number."""
    bare = seen.strip()
    kind = bool(bare) or not asked
    few = sum(sign.isdigit() for sign in bare) <= _ID_DIGITS_MAX
    if kind and few and len(bare) <= ID_CHARACTERS_MAX and bare.isprintable():
        return None
    return Refused(Code.CHECK_ID, {"most": ID_CHARACTERS_MAX})


def _line(typed: TypedCheck) -> late_micr.Micr | Refused:
    """The three numbers: from the line where there is one, what was typed beside it saying the same or filling in."""
    given = late_micr.Micr(_plain(typed.routing), _plain(typed.account), _plain(typed.number).lstrip("0"))
    if not typed.micr.strip():
        return given
    line = late_micr.read_micr(typed.micr.strip())
    if isinstance(line, late_micr.MicrFault):
        return Refused(Code.CHECK_UNREADABLE, {"fault": line.value})
    number = line.number.lstrip("0")
    differs = (
        (given.routing and given.routing != line.routing)
        or (given.account and given.account.lstrip("0") != line.account.lstrip("0"))
        or (given.number and number and given.number != number)
    )
    if differs:
        return Refused(Code.CHECK_DIFFERS)
    return late_micr.Micr(line.routing, line.account, number or given.number)


def _plain(text: str) -> str:
    """Without the blanks and dashes people group digits with."""
    return re.sub(r"[ \t\u00a0-]", "", text)


def _routing_refused(routing: str) -> Refused | None:
    return None if routing_valid(routing) else Refused(Code.ROUTING_INVALID)


def _account_refused(account: str) -> Refused | None:
    fits = len(account) in ACCOUNT_DIGITS and account.isascii() and account.isdigit() and account.strip("0")
    return None if fits else Refused(Code.CHECK_ACCOUNT, {"least": ACCOUNT_DIGITS[0], "most": ACCOUNT_DIGITS[-1]})


def _number_refused(number: str) -> Refused | None:
    fits = 0 < len(number) <= NUMBER_DIGITS_MAX and number.isascii() and number.isdigit()
    return None if fits else Refused(Code.CHECK_NUMBER, {"most": NUMBER_DIGITS_MAX})
